//! IAM. Source: AWS IAM API Reference, 2010-05-08. One file for each resource, one function for each call.

pub mod aliases;
pub mod attachments;
pub mod credential_report;
pub mod details;
pub mod groups;
pub mod holders;
pub mod inline_policies;
pub mod keys;
pub mod login_profiles;
pub mod mfa;
pub mod organizations_features;
pub mod password_policy;
pub mod policies;
pub mod roles;
pub mod server_certificates;
pub mod service_credentials;
pub mod services_used;
pub mod signing_certificates;
pub mod simulation;
pub mod summary;
pub mod users;

use super::iam_request::Call;

/// By name. AWS answers other names with `InvalidAction`.
pub const CALLS: &[Call] = &[
    ("AddUserToGroup", groups::add_user),
    ("AttachGroupPolicy", attachments::attach_to_group),
    ("AttachRolePolicy", roles::attach),
    ("AttachUserPolicy", attachments::attach_to_user),
    ("ChangePassword", login_profiles::change),
    ("CreateAccessKey", keys::create),
    ("CreateAccountAlias", aliases::create),
    ("CreateGroup", groups::create),
    ("CreateLoginProfile", login_profiles::create),
    ("CreateRole", roles::create),
    ("CreateUser", users::create),
    ("CreateVirtualMFADevice", mfa::create),
    ("DeactivateMFADevice", mfa::deactivate),
    ("DeleteAccessKey", keys::delete),
    ("DeleteAccountAlias", aliases::delete),
    ("DeleteAccountPasswordPolicy", password_policy::delete),
    ("DeleteGroup", groups::delete),
    ("DeleteGroupPolicy", inline_policies::delete_of_group),
    ("DeleteLoginProfile", login_profiles::delete),
    ("DeleteRole", roles::delete),
    ("DeleteServiceSpecificCredential", service_credentials::delete),
    ("DeleteSigningCertificate", signing_certificates::delete),
    ("DeleteUser", users::delete),
    ("DeleteUserPolicy", inline_policies::delete),
    ("DeleteVirtualMFADevice", mfa::delete),
    ("DetachGroupPolicy", attachments::detach_from_group),
    ("DetachRolePolicy", roles::detach),
    ("DetachUserPolicy", attachments::detach_from_user),
    ("DisableOrganizationsRootCredentialsManagement", organizations_features::disable_root_credentials),
    ("DisableOrganizationsRootSessions", organizations_features::disable_root_sessions),
    ("EnableMFADevice", mfa::enable),
    ("EnableOrganizationsRootCredentialsManagement", organizations_features::enable_root_credentials),
    ("EnableOrganizationsRootSessions", organizations_features::enable_root_sessions),
    ("GenerateCredentialReport", credential_report::generate),
    ("GenerateServiceLastAccessedDetails", services_used::generate),
    ("GetAccessKeyLastUsed", keys::last_used),
    ("GetAccountAuthorizationDetails", details::details),
    ("GetAccountPasswordPolicy", password_policy::read),
    ("GetAccountSummary", summary::summary),
    ("GetCredentialReport", credential_report::read),
    ("GetGroup", groups::read),
    ("GetGroupPolicy", inline_policies::read_of_group),
    ("GetLoginProfile", login_profiles::read),
    ("GetMFADevice", mfa::read),
    ("GetPolicy", policies::read),
    ("GetPolicyVersion", policies::read_version),
    ("GetRole", roles::read),
    ("GetServiceLastAccessedDetails", services_used::read),
    ("GetUser", users::read),
    ("GetUserPolicy", inline_policies::read),
    ("ListAccessKeys", keys::list),
    ("ListAccountAliases", aliases::list),
    ("ListAttachedGroupPolicies", attachments::list_of_group),
    ("ListAttachedRolePolicies", roles::list_attached),
    ("ListAttachedUserPolicies", attachments::list_of_user),
    ("ListEntitiesForPolicy", holders::list),
    ("ListGroupPolicies", inline_policies::list_of_group),
    ("ListGroups", groups::list),
    ("ListGroupsForUser", groups::list_of_user),
    ("ListMFADevices", mfa::list),
    ("ListOrganizationsFeatures", organizations_features::list),
    ("ListPolicies", policies::list),
    ("ListPolicyVersions", policies::list_versions),
    ("ListRolePolicies", roles::list_inline),
    ("ListRoleTags", roles::list_tags),
    ("ListRoles", roles::list),
    ("ListServerCertificates", server_certificates::list),
    ("ListServiceSpecificCredentials", service_credentials::list),
    ("ListSigningCertificates", signing_certificates::list),
    ("ListUserPolicies", inline_policies::list),
    ("ListUserTags", users::list_tags),
    ("ListUsers", users::list),
    ("ListVirtualMFADevices", mfa::list_virtual),
    ("PutGroupPolicy", inline_policies::put_to_group),
    ("PutUserPolicy", inline_policies::put),
    ("RemoveUserFromGroup", groups::remove_user),
    ("ResyncMFADevice", mfa::resync),
    ("SimulatePrincipalPolicy", simulation::simulate),
    ("TagUser", users::tag),
    ("UpdateAccessKey", keys::update),
    ("UpdateAccountPasswordPolicy", password_policy::update),
    ("UpdateLoginProfile", login_profiles::update),
    ("UpdateServiceSpecificCredential", service_credentials::update),
    ("UpdateSigningCertificate", signing_certificates::update),
    ("UploadSigningCertificate", signing_certificates::upload),
];

#[cfg(test)]
mod tests {
    use super::super::authentication::Signer;
    use super::super::form::Form;
    use super::super::iam_request::IamRequest;
    use super::super::scenario::Scenario;
    use super::*;

    #[test]
    fn the_table_of_calls_is_sorted_and_has_no_duplicates() {
        assert!(CALLS.is_sorted_by(|(a, _), (b, _)| a < b));
    }

    #[test]
    fn every_call_answers_any_parameters() {
        const NAMES: [&str; 23] = [
            "Arn",
            "JobId",
            "OldPassword",
            "NewPassword",
            "RoleName",
            "CertificateId",
            "CertificateBody",
            "PolicySourceArn",
            "ActionNames.member.1",
            "AssumeRolePolicyDocument",
            "UserName",
            "GroupName",
            "AccessKeyId",
            "SerialNumber",
            "AuthenticationCode1",
            "AuthenticationCode2",
            "PolicyArn",
            "PolicyName",
            "PolicyDocument",
            "Marker",
            "MaxItems",
            "VirtualMFADeviceName",
            "Path",
        ];
        let now = time::macros::datetime!(2026-11-21 12:00:00 UTC);
        let odd =
            ["", "alice", "%00", "%FF%FE", "a%2F..%2F", "000000", "1", "-1", "99999999999999999999", &"x".repeat(3000)];
        for (name, call) in CALLS {
            let mut state = Scenario::named("hardened").unwrap().open(now);
            let signer = Signer::root(&state);
            for value in odd {
                let sent: Vec<String> = NAMES.iter().map(|name| format!("{name}={value}")).collect();
                for body in [sent.join("&"), sent[0].clone(), String::new(), value.to_owned()] {
                    let form = Form::parse(body.as_bytes());
                    if let Err(refusal) = call(&mut IamRequest {
                        state: &mut state,
                        signer: &signer,
                        form: &form,
                        region: "us-east-1",
                        now,
                    }) {
                        assert!((400..500).contains(&refusal.status), "{name}: {refusal:?}");
                    }
                }
            }
        }
    }
}
