//! X.509 signing certificates of root and users. Without `UserName` a call affects its signer, root included.

use serde::{Deserialize, Serialize};

use super::super::iam_request::{Answer, IamRequest};
use super::super::page::Page;
use super::super::refusal::Refusal;
use super::super::rules;
use super::super::xml::Xml;
use crate::account::moment::exact as moment;
use crate::account::{Subject, Timestamp};

const PER_USER: usize = 2;

#[derive(Serialize, Deserialize)]
pub struct Certificate {
    pub id: String,
    pub owner: Subject,
    /// PEM, as uploaded. Only the BEGIN and END lines are checked.
    pub body: String,
    pub active: bool,
    #[serde(with = "moment")]
    pub uploaded: Timestamp,
}

pub fn list(request: &mut IamRequest) -> Answer {
    let owner = request.subject()?;
    let own = request.state.certificates.iter().filter(|certificate| certificate.owner == owner);
    let mut own: Vec<_> = own.map(|certificate| (certificate.id.clone(), certificate)).collect();
    own.sort_by(|(a, _), (b, _)| a.cmp(b));
    let page = Page::of(request.form, own)?;
    Ok(Some(page.end(Xml::new().list("Certificates", page.items.iter().map(|certificate| shape(certificate))))))
}

pub fn upload(request: &mut IamRequest) -> Answer {
    let body = request.form.required("CertificateBody", &rules::CERTIFICATE)?.trim();
    let owner = request.subject()?;
    if !body.starts_with("-----BEGIN CERTIFICATE-----") || !body.ends_with("-----END CERTIFICATE-----") {
        return Err(Refusal::new(
            "MalformedCertificate",
            400,
            "Unable to parse certificate. Please ensure the certificate is in PEM format.",
        ));
    }
    if request.state.certificates.iter().any(|certificate| certificate.body == body) {
        return Err(Refusal::new("DuplicateCertificate", 409, "The same certificate already exists."));
    }
    if request.state.certificates.iter().filter(|certificate| certificate.owner == owner).count() >= PER_USER {
        return Err(Refusal::limit("SigningCertificatesPerUser", PER_USER));
    }
    let id = format!("{}{}", request.state.ids.unique("T"), request.state.ids.unique(""));
    let certificate = Certificate { id, owner, body: body.to_owned(), active: true, uploaded: request.now };
    let xml = Xml::new().nested("Certificate", shape(&certificate));
    request.state.certificates.push(certificate);
    Ok(Some(xml))
}

pub fn update(request: &mut IamRequest) -> Answer {
    let index = find(request)?;
    let active = match request.form.one_of("Status", &["Active", "Inactive", "Expired"])? {
        Some("Active") => true,
        Some("Inactive") => false,
        Some(_) => return Err(Refusal::new("InvalidInput", 400, "A certificate's status can't be set to Expired.")),
        None => return Err(Refusal::constraint(None, "Status", "Member must not be null")),
    };
    request.state.certificates[index].active = active;
    Ok(None)
}

pub fn delete(request: &mut IamRequest) -> Answer {
    let index = find(request)?;
    request.state.certificates.remove(index);
    Ok(None)
}

fn find(request: &IamRequest) -> Result<usize, Refusal> {
    let id = request.form.required("CertificateId", &rules::CERTIFICATE_ID)?;
    let owner = request.subject()?;
    let index = request.state.certificates.iter().position(|own| own.id == id && own.owner == owner);
    index.ok_or_else(|| Refusal::no_such_entity(format!("The Certificate with id {id} cannot be found.")))
}

fn shape(certificate: &Certificate) -> Xml {
    Xml::new()
        // The model requires a name; AWS does not document root's.
        .text("UserName", certificate.owner.user_name().unwrap_or("root"))
        .text("CertificateId", &certificate.id)
        .text("CertificateBody", &certificate.body)
        .text("Status", if certificate.active { "Active" } else { "Inactive" })
        .moment("UploadDate", certificate.uploaded)
}
