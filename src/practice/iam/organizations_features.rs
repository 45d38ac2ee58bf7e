//! Central management of member accounts' root users, as IAM switches it on. Source: IAM User Guide, "Centrally manage
//! root access for member accounts".

use super::super::organization::Organization;
use super::super::refusal::Refusal;
use super::super::visit::{Answer, Visit};
use super::super::xml::Xml;

pub fn list(visit: &mut Visit) -> Answer {
    let organization = organization(visit)?;
    if !organization.management {
        let said = "The request was rejected because the account making the request is not the management account or delegated administrator account for centralized root access.";
        return Err(Refusal::new("AccountNotManagementOrDelegatedAdministratorException", 400, said));
    }
    ready(organization)?;
    Ok(Some(shape(organization)))
}

pub fn enable_root_credentials(visit: &mut Visit) -> Answer {
    switch(visit, |organization| organization.root_credentials_management = true)
}

pub fn enable_root_sessions(visit: &mut Visit) -> Answer {
    switch(visit, |organization| organization.root_sessions = true)
}

pub fn disable_root_credentials(visit: &mut Visit) -> Answer {
    switch(visit, |organization| organization.root_credentials_management = false)
}

pub fn disable_root_sessions(visit: &mut Visit) -> Answer {
    switch(visit, |organization| organization.root_sessions = false)
}

fn switch(visit: &mut Visit, set: fn(&mut Organization)) -> Answer {
    let organization = organization(visit)?;
    if !organization.management {
        let said = "The request was rejected because the account making the request is not the management account for the organization.";
        return Err(Refusal::new("CallerIsNotManagementAccountException", 400, said));
    }
    ready(organization)?;
    set(organization);
    Ok(Some(shape(organization)))
}

fn organization<'a>(visit: &'a mut Visit) -> Result<&'a mut Organization, Refusal> {
    visit.state.organization.as_mut().ok_or_else(|| {
        let said = "The request was rejected because no organization is associated with your account.";
        Refusal::new("OrganizationNotFoundException", 400, said)
    })
}

fn ready(organization: &Organization) -> Result<(), Refusal> {
    if !organization.all_features {
        let said = "The request was rejected because your organization does not have All features enabled.";
        return Err(Refusal::new("OrganizationNotInAllFeaturesModeException", 400, said));
    }
    if !organization.trusts_iam {
        let said = "The request was rejected because trusted access is not enabled for IAM in Organizations.";
        return Err(Refusal::new("ServiceAccessNotEnabledException", 400, said));
    }
    Ok(())
}

fn shape(organization: &Organization) -> Xml {
    let features = [
        (organization.root_credentials_management, "RootCredentialsManagement"),
        (organization.root_sessions, "RootSessions"),
    ];
    let enabled = features.into_iter().filter(|(on, _)| *on).map(|(_, name)| name);
    Xml::new().text("OrganizationId", &organization.id).texts("EnabledFeatures", enabled)
}
