//! Service-specific credentials from the scenario. Clients can list, update and delete them. Source: IAM API,
//! `ListServiceSpecificCredentials`, `UpdateServiceSpecificCredential`, `DeleteServiceSpecificCredential`.

use serde::{Deserialize, Serialize};

use super::super::iam_request::{Answer, IamRequest};
use super::super::page::Page;
use super::super::refusal::Refusal;
use super::super::rules;
use super::super::xml::Xml;
use super::keys;
use crate::account::moment::exact as moment;
use crate::account::{Subject, Timestamp};

/// Services with such credentials. Source: IAM User Guide, "Service-specific credentials for IAM users".
pub const SERVICES: &[&str] =
    &["bedrock.amazonaws.com", "cassandra.amazonaws.com", "codecommit.amazonaws.com", "logs.amazonaws.com"];

#[derive(Serialize, Deserialize)]
pub struct ServiceCredential {
    pub id: String,
    pub user: String,
    pub service: String,
    pub active: bool,
    #[serde(with = "moment")]
    pub created: Timestamp,
    /// `None`: never.
    #[serde(with = "moment::maybe")]
    pub expires: Option<Timestamp>,
}

pub fn list(request: &mut IamRequest) -> Answer {
    let service = request.form.text("ServiceName");
    let of_all = request.form.text("AllUsers") == Some("true");
    if of_all && request.form.text("UserName").is_some() {
        return Err(Refusal::new("ValidationError", 400, "UserName can't be specified together with AllUsers."));
    }
    let owner = if of_all { None } else { Some(request.subject()?) };
    let is_asked = |one: &&ServiceCredential| {
        service.is_none_or(|service| service == one.service)
            && owner.as_ref().is_none_or(|owner| *owner == Subject::User(one.user.clone()))
    };
    let (state, now) = (&*request.state, request.now);
    let listed = state.service_credentials.iter().filter(is_asked);
    let page = Page::of(request.form, listed.map(|one| (one.id.clone(), one)))?;
    let shape = |one: &&ServiceCredential| shape(one, now);
    Ok(Some(page.end(Xml::new().list("ServiceSpecificCredentials", page.items.iter().map(shape)))))
}

pub fn update(request: &mut IamRequest) -> Answer {
    let place = place(request)?;
    let active = keys::wanted_status(request)?;
    request.state.service_credentials[place].active = active;
    Ok(None)
}

pub fn delete(request: &mut IamRequest) -> Answer {
    let place = place(request)?;
    request.state.service_credentials.remove(place);
    Ok(None)
}

/// Index of the named credential among those of the user.
fn place(request: &IamRequest) -> Result<usize, Refusal> {
    let id = request.form.required("ServiceSpecificCredentialId", &rules::SERVICE_CREDENTIAL_ID)?;
    let owner = request.subject()?;
    let is_it = |one: &ServiceCredential| one.id == id && owner == Subject::User(one.user.clone());
    let found = request.state.service_credentials.iter().position(is_it);
    found.ok_or_else(|| Refusal::no_such_entity(format!("No such credential {id} exists")))
}

fn shape(one: &ServiceCredential, now: Timestamp) -> Xml {
    let status = match (one.active, one.expires) {
        (false, _) => "Inactive",
        (true, Some(end)) if end <= now => "Expired",
        (true, _) => "Active",
    };
    // CodeCommit and Keyspaces use a generated user name; API keys have an alias.
    let name = if ["bedrock.amazonaws.com", "logs.amazonaws.com"].contains(&one.service.as_str()) {
        "ServiceCredentialAlias"
    } else {
        "ServiceUserName"
    };
    Xml::new()
        .text("UserName", &one.user)
        .text("Status", status)
        .text(name, &format!("{}-at-practice", one.user))
        .moment("CreateDate", one.created)
        .maybe_moment("ExpirationDate", one.expires)
        .text("ServiceSpecificCredentialId", &one.id)
        .text("ServiceName", &one.service)
}
