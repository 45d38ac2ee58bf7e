//! Reads server certificates stored in IAM, which predate AWS Certificate Manager.

use aws_sdk_iam::types::ServerCertificateMetadata;

use super::text;
use crate::account::Failure;
use crate::account::facts::ServerCertificate;
use crate::aws::Aws;
use crate::aws::failures::of_read;
use crate::aws::time::moment;

const ACTION: &str = "iam:ListServerCertificates";

impl Aws {
    pub(in crate::aws) async fn server_certificates(&self) -> Result<Vec<ServerCertificate>, Failure> {
        let call = self.reading.iam.list_server_certificates();
        let listed: Vec<_> = call.into_paginator().items().send().try_collect().await.map_err(of_read(ACTION))?;
        listed.iter().map(certificate).collect()
    }
}

fn certificate(found: &ServerCertificateMetadata) -> Result<ServerCertificate, Failure> {
    let name = text(found.server_certificate_name());
    let name = name.ok_or_else(|| Failure::lacks(ACTION, "ServerCertificateName"))?;
    Ok(ServerCertificate { name: name.to_owned(), expires: found.expiration().and_then(moment) })
}
