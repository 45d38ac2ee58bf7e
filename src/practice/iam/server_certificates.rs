//! Server certificates from the scenario. Clients can list them. Source: IAM API, `ListServerCertificates`.

use serde::{Deserialize, Serialize};

use super::super::iam_request::{Answer, IamRequest};
use super::super::page::Page;
use super::super::rules;
use super::super::xml::Xml;
use crate::account::Timestamp;
use crate::account::moment::exact as moment;

#[derive(Serialize, Deserialize)]
pub struct ServerCertificate {
    pub name: String,
    #[serde(with = "moment")]
    pub uploaded: Timestamp,
    #[serde(with = "moment")]
    pub expires: Timestamp,
}

pub fn list(request: &mut IamRequest) -> Answer {
    let prefix = request.form.optional("PathPrefix", &rules::PATH_PREFIX)?.unwrap_or("/");
    let state = &*request.state;
    // All certificates have the path `/`.
    let listed = state.server_certificates.iter().filter(|_| prefix == "/");
    let page = Page::of(request.form, listed.map(|one| (one.name.clone(), one)))?;
    let shape = |one: &&ServerCertificate| {
        let arn = state.arn(&format!("server-certificate/{}", one.name));
        // The id is derived from the name, so that it stays the same.
        let number = one.name.bytes().fold(0x5e7_u64, |id, byte| id.wrapping_mul(31).wrapping_add(byte.into()));
        Xml::new()
            .text("Path", "/")
            .text("ServerCertificateName", &one.name)
            .text("ServerCertificateId", &format!("ASCA{number:016X}"))
            .text("Arn", &arn)
            .moment("UploadDate", one.uploaded)
            .moment("Expiration", one.expires)
    };
    Ok(Some(page.end(Xml::new().list("ServerCertificateMetadataList", page.items.iter().map(shape)))))
}
