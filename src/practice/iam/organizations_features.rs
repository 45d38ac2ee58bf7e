//! IAM's settings for centralized root access. Source: IAM User Guide, "Centrally manage root access for member
//! accounts".

use super::super::iam_request::{Answer, IamRequest};
use super::super::organization::Organization;
use super::super::refusal::Refusal;
use super::super::xml::Xml;

pub fn list(request: &mut IamRequest) -> Answer {
    let organization = organization(request)?;
    if !organization.management && !organization.delegated_for_iam {
        let said = "The request was rejected because the account making the request is not the management account or delegated administrator account for centralized root access.";
        return Err(Refusal::new("AccountNotManagementOrDelegatedAdministratorException", 400, said));
    }
    ready(organization)?;
    Ok(Some(shape(organization)))
}

pub fn enable_root_credentials(request: &mut IamRequest) -> Answer {
    switch(request, |organization| organization.root_credentials_management = true)
}

pub fn enable_root_sessions(request: &mut IamRequest) -> Answer {
    switch(request, |organization| organization.root_sessions = true)
}

pub fn disable_root_credentials(request: &mut IamRequest) -> Answer {
    switch(request, |organization| organization.root_credentials_management = false)
}

pub fn disable_root_sessions(request: &mut IamRequest) -> Answer {
    switch(request, |organization| organization.root_sessions = false)
}

fn switch(request: &mut IamRequest, set: fn(&mut Organization)) -> Answer {
    let organization = organization(request)?;
    if !organization.management {
        let said = "The request was rejected because the account making the request is not the management account for the organization.";
        return Err(Refusal::new("CallerIsNotManagementAccountException", 400, said));
    }
    ready(organization)?;
    set(organization);
    Ok(Some(shape(organization)))
}

fn organization<'a>(request: &'a mut IamRequest) -> Result<&'a mut Organization, Refusal> {
    request.state.organization.as_mut().ok_or_else(|| {
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

#[cfg(test)]
mod tests {
    use super::super::super::authentication::Signer;
    use super::super::super::form::Form;
    use super::super::super::state::State;
    use super::*;

    fn call(
        organization: Organization,
        call: fn(&mut IamRequest) -> Answer,
    ) -> (Result<(), &'static str>, Organization) {
        let now = time::macros::datetime!(2026-11-21 12:00:00 UTC);
        let mut state = State::empty("123456789012", now);
        state.organization = Some(organization);
        let (signer, form) = (Signer::root(&state), Form::default());
        let answer =
            call(&mut IamRequest { state: &mut state, signer: &signer, form: &form, region: "us-east-1", now });
        (answer.map(|_| ()).map_err(|refusal| refusal.code), state.organization.unwrap())
    }

    #[test]
    fn a_management_account_with_all_features_can_enable_root_features() {
        let ready = Organization { management: true, all_features: true, trusts_iam: true, ..Organization::default() };
        let (answer, after) = call(ready.clone(), enable_root_credentials);
        assert!(answer.is_ok() && after.root_credentials_management && !after.root_sessions);
        let (answer, after) = call(after, enable_root_sessions);
        assert!(answer.is_ok() && after.root_sessions);
        assert!(!call(after.clone(), disable_root_sessions).1.root_sessions);
        assert!(!call(after, disable_root_credentials).1.root_credentials_management);
        for (less, code) in [
            (Organization { trusts_iam: false, ..ready.clone() }, "ServiceAccessNotEnabledException"),
            (Organization { all_features: false, ..ready.clone() }, "OrganizationNotInAllFeaturesModeException"),
            (Organization { management: false, ..ready.clone() }, "CallerIsNotManagementAccountException"),
        ] {
            assert_eq!(call(less, enable_root_sessions).0, Err(code));
        }
        let member = Organization { management: false, ..ready };
        assert_eq!(call(member.clone(), list).0, Err("AccountNotManagementOrDelegatedAdministratorException"));
        let delegated = Organization { delegated_for_iam: true, ..member };
        assert_eq!(call(delegated.clone(), list).0, Ok(()), "it reads");
        assert_eq!(
            call(delegated, enable_root_sessions).0,
            Err("CallerIsNotManagementAccountException"),
            "and no more"
        );
    }
}
