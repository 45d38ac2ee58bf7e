//! Root's signing certificates.

use aws_sdk_iam::types::{SigningCertificate as Listed, StatusType};

use crate::account::facts::{KeyStatus, SigningCertificate};
use crate::account::{Failure, Reading, Subject};
use crate::aws::Aws;
use crate::aws::failures::of_read;
use crate::aws::time::moment;

const ACTION: &str = "iam:ListSigningCertificates";

impl Aws {
    /// Only root can list them, so no other principal asks.
    pub(in crate::aws) async fn root_certificates(&self) -> Reading<Vec<SigningCertificate>> {
        match self.remembered_caller().await {
            Err(failure) => Reading::Failed(failure),
            Ok(caller) if !caller.is_root() => Reading::Closed("only root can list its own signing certificates"),
            Ok(_) => self.reading(self.signing_certificates().await),
        }
    }

    async fn signing_certificates(&self) -> Result<Vec<SigningCertificate>, Failure> {
        let owner = self.owner(&Subject::Root, ACTION).await?;
        let call = self.reading.iam.list_signing_certificates().set_user_name(owner.into_user_name());
        let listed: Vec<Listed> = call.into_paginator().items().send().try_collect().await.map_err(of_read(ACTION))?;
        listed.iter().map(certificate).collect()
    }
}

fn certificate(found: &Listed) -> Result<SigningCertificate, Failure> {
    let id = super::text(found.certificate_id()).ok_or_else(|| Failure::lacks(ACTION, "CertificateId"))?;
    Ok(SigningCertificate {
        id: id.to_owned(),
        status: match found.status() {
            StatusType::Active => KeyStatus::Active,
            StatusType::Inactive => KeyStatus::Inactive,
            other => KeyStatus::Other(other.as_str().to_owned()),
        },
        uploaded: found.upload_date().and_then(moment),
    })
}
