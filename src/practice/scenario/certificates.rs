//! Credentials in a scenario that the credential report lacks: server certificates and service-specific credentials.

use serde::Deserialize;
use toml::Spanned;

use super::age::Age;
use super::check::Wrong;
use super::opening::before;
use super::schema::yes;
use crate::account::Timestamp;
use crate::practice::iam::server_certificates::ServerCertificate;
use crate::practice::iam::service_credentials::{SERVICES, ServiceCredential};
use crate::practice::rules;

/// A server certificate. Its lifetime defaults to a year.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ServerCertificateTable {
    pub name: Spanned<String>,
    pub age: Option<Spanned<Age>>,
    pub lasts: Option<Spanned<Age>>,
}

/// A user's service-specific credential. Without a lifetime it never expires.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ServiceCredentialTable {
    pub service: Spanned<String>,
    pub age: Option<Spanned<Age>>,
    pub lasts: Option<Spanned<Age>>,
    #[serde(default = "yes")]
    pub active: bool,
}

impl ServerCertificateTable {
    pub(super) fn open(&self, account: Age, now: Timestamp) -> ServerCertificate {
        let uploaded = before(now, age(self.age.as_ref(), account));
        let lasts = self.lasts.as_ref().map_or(Age::YEAR, |lasts| *lasts.get_ref());
        ServerCertificate { name: self.name.get_ref().clone(), uploaded, expires: uploaded + lasts.0 }
    }

    pub(super) fn check(&self) -> Result<(), Wrong> {
        let said = rules::SERVER_CERTIFICATE_NAME.check("ServerCertificateName", self.name.get_ref());
        said.map_err(|said| (self.name.span(), said.message))
    }
}

impl ServiceCredentialTable {
    pub(super) fn open(&self, id: String, user: &str, owner: Age, now: Timestamp) -> ServiceCredential {
        let created = before(now, age(self.age.as_ref(), owner));
        let expires = self.lasts.as_ref().map(|lasts| created + lasts.get_ref().0);
        let service = self.service.get_ref().clone();
        ServiceCredential { id, user: user.to_owned(), service, active: self.active, created, expires }
    }

    pub(super) fn check(&self) -> Result<(), Wrong> {
        if SERVICES.contains(&self.service.get_ref().as_str()) {
            return Ok(());
        }
        let wrong = format!("IAM has no service-specific credentials for {}", self.service.get_ref());
        Err((self.service.span(), format!("{wrong}; expected one of {}", SERVICES.join(", "))))
    }
}

/// The given age or a year, but never older than the owner.
fn age(given: Option<&Spanned<Age>>, owner: Age) -> Age {
    given.map_or(Age::YEAR, |age| *age.get_ref()).min(owner)
}
