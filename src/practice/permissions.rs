//! Decides whether a principal may make a call. Root may do everything, others what their policies allow, and a
//! service control policy limits all of them. Source: IAM User Guide, "Policy evaluation logic".

use serde_json::Value;

use super::authentication::{Signer, unknown};
use super::form::Form;
use super::managed_policies;
use super::policy::{Context, Decision, matches};
use super::principal::{Credential, Principal};
use super::refusal::Refusal;
use super::service::Service;
use super::state::State;
use crate::account::Subject;

/// Calls that need no permission, by AWS's documentation, and that no policy can deny.
const FREE: [&str; 2] = ["sts:GetCallerIdentity", "sts:GetSessionToken"];

/// Refuses calls that `signer` may not make.
pub fn authorise(
    state: &State,
    signer: &Signer,
    action: &str,
    resource: &str,
    context: &Context,
) -> Result<(), Refusal> {
    within_session(signer, action, resource)?;
    if FREE.contains(&action) {
        return Ok(());
    }
    let denied = |because: &str| Err(denial(signer, action, resource, because));
    if state.denied.iter().any(|pattern| matches(pattern, action)) {
        return denied(" with an explicit deny in a service control policy");
    }
    if needs_own_mfa(state, signer, action, resource) {
        return denied("");
    }
    match decide(state, &signer.principal, action, resource, context) {
        Decision::Allow => Ok(()),
        Decision::Deny => denied(" with an explicit deny in an identity-based policy"),
        // A role may trust the caller by name. The call itself checks that: see `sts`.
        Decision::Silent if action == "sts:AssumeRole" => Ok(()),
        Decision::Silent => denied(&format!(" because no identity-based policy allows the {action} action")),
    }
}

/// Limits of GetSessionToken's credentials. Source: STS API, `GetSessionToken`: "You cannot call any IAM API
/// operations unless MFA authentication information is included in the request. You cannot call any STS API except
/// AssumeRole or GetCallerIdentity."
fn within_session(signer: &Signer, action: &str, resource: &str) -> Result<(), Refusal> {
    match signer.credential {
        Credential::SessionToken if action.starts_with("iam:") && signer.mfa != Some(true) => Err(unknown()),
        Credential::SessionToken
            if action.starts_with("sts:")
                && !["sts:AssumeRole", "sts:GetCallerIdentity", "sts:GetSessionToken"].contains(&action) =>
        {
            Err(denial(signer, action, resource, ""))
        }
        _ => Ok(()),
    }
}

/// Whether a user with MFA needs MFA to change its own devices. Source: AWS Security Bulletin AWS-2023-001: "IAM
/// users who already have one or more MFAs […] who use AK/SK to manage their own MFA must first use
/// sts:GetSessionToken and an existing MFA".
fn needs_own_mfa(state: &State, signer: &Signer, action: &str, resource: &str) -> bool {
    let changes_mfa = matches!(action, "iam:EnableMFADevice" | "iam:DeactivateMFADevice");
    let is_own = resource == signer.arn && signer.credential == Credential::LongTerm;
    let has_mfa = || match &signer.principal {
        Principal::User(name) => state.devices_of(&Subject::User(name.clone())).next().is_some(),
        Principal::Root | Principal::Role { .. } => false,
    };
    changes_mfa && is_own && has_mfa()
}

fn denial(signer: &Signer, action: &str, resource: &str, because: &str) -> Refusal {
    let who = &signer.arn;
    Refusal::access_denied(format!(
        "User: {who} is not authorized to perform: {action} on resource: {resource}{because}"
    ))
}

/// The combined decision of all policies of `principal`, within its permissions boundary. Root has no policies and
/// may do everything.
pub fn decide(state: &State, principal: &Principal, action: &str, resource: &str, context: &Context) -> Decision {
    let managed = |arn: &String| managed_policies::with_arn(arn).map(|policy| policy.decide(action));
    match principal {
        Principal::Root => Decision::Allow,
        Principal::Role { role, .. } => {
            let role = || state.roles.get(role).into_iter();
            let attached = role().flat_map(|role| &role.attached_policies).filter_map(managed);
            let inline = role().flat_map(|role| role.inline_policies.values());
            let inline = inline.map(|document| document.decide(action, resource, context));
            attached.chain(inline).max().unwrap_or(Decision::Silent)
        }
        Principal::User(name) => {
            let Ok(user) = state.user(name) else { return Decision::Silent };
            let groups = || user.groups.iter().filter_map(|membership| state.groups.get(&membership.group));
            let attached = user.attached_policies.iter().chain(groups().flat_map(|group| &group.attached_policies));
            let embedded =
                user.inline_policies.values().chain(groups().flat_map(|group| group.inline_policies.values()));
            let inline = embedded.map(|document| document.decide(action, resource, context));
            // Source: IAM User Guide, "Permit IAM users to change their own passwords".
            let may_change = state.password_policy.as_ref().is_some_and(|policy| policy.allow_change);
            let granted = (may_change && action == "iam:ChangePassword").then_some(Decision::Allow);
            let decision = attached.filter_map(managed).chain(inline).chain(granted).max().unwrap_or(Decision::Silent);
            let bounded = user.boundary.as_ref().is_some_and(|boundary| managed(boundary) != Some(Decision::Allow));
            if bounded && decision == Decision::Allow { Decision::Silent } else { decision }
        }
    }
}

/// The condition keys of a request by `signer`.
pub fn context(state: &State, signer: &Signer) -> Context {
    let (kind, arn) = match &signer.principal {
        Principal::Root => ("Account", signer.arn.clone()),
        Principal::User(_) => ("User", signer.arn.clone()),
        // The role's ARN, not the session's.
        Principal::Role { role, .. } => {
            ("AssumedRole", state.roles.get(role).map_or_else(|| signer.arn.clone(), |role| state.role_arn(role)))
        }
    };
    Context::default()
        .with("aws:PrincipalArn", arn)
        .with("aws:PrincipalAccount", &state.account)
        .with("aws:PrincipalType", kind)
        .with("aws:userid", &signer.id)
        .with("aws:SecureTransport", "true")
        .with("aws:SourceIp", "127.0.0.1")
        .maybe("aws:username", signer.principal.user_name())
        .maybe("aws:MultiFactorAuthPresent", signer.mfa.map(|present| present.to_string()))
}

/// The resource of an IAM or STS call, from its parameters. Source: Service Authorization Reference, "Actions,
/// resources, and condition keys for AWS IAM".
pub fn resource(state: &State, signer: &Signer, call: &str, form: &Form) -> String {
    let path = form.text("Path").unwrap_or("/");
    let user = |name: &str| {
        state.user(name).map_or_else(|_| state.arn(&format!("user{path}{name}")), |user| state.user_arn(user))
    };
    match call {
        "AssumeRole" => return form.text("RoleArn").unwrap_or("*").to_owned(),
        "CreateVirtualMFADevice" => {
            return state.arn(&format!("mfa{path}{}", form.text("VirtualMFADeviceName").unwrap_or_default()));
        }
        "DeleteVirtualMFADevice" => return form.text("SerialNumber").unwrap_or("*").to_owned(),
        "GetAccessKeyLastUsed" => return key_owner(state, form.text("AccessKeyId").unwrap_or_default()),
        _ => {}
    }
    if let Some(name) = form.text("GroupName") {
        return state
            .group(name)
            .map_or_else(|_| state.arn(&format!("group{path}{name}")), |group| state.group_arn(group));
    }
    if let Some(name) = form.text("RoleName") {
        return state.arn(&format!("role/{name}"));
    }
    if let Some(name) = form.text("UserName") {
        return user(name);
    }
    match call {
        "GetPolicy" | "GetPolicyVersion" | "ListPolicyVersions" | "ListEntitiesForPolicy" => {
            form.text("PolicyArn").unwrap_or("*").to_owned()
        }
        "ListUsers" => state.arn("user/"),
        "ListGroups" => state.arn("group/"),
        "ListRoles" => state.arn("role/"),
        "ListVirtualMFADevices" => state.arn("mfa/"),
        "ListServiceSpecificCredentials" if form.text("AllUsers") == Some("true") => "*".to_owned(),
        "SimulatePrincipalPolicy" => form.text("PolicySourceArn").unwrap_or("*").to_owned(),
        "GetUser"
        | "CreateAccessKey"
        | "UpdateAccessKey"
        | "DeleteAccessKey"
        | "ListAccessKeys"
        | "ListMFADevices"
        | "GetMFADevice"
        | "DeactivateMFADevice"
        | "ChangePassword"
        | "CreateLoginProfile"
        | "GetLoginProfile"
        | "DeleteLoginProfile"
        | "ListServiceSpecificCredentials"
        | "UpdateServiceSpecificCredential"
        | "DeleteServiceSpecificCredential"
        | "ListSigningCertificates"
        | "UploadSigningCertificate"
        | "UpdateSigningCertificate"
        | "DeleteSigningCertificate" => signer.arn.clone(),
        _ => "*".to_owned(),
    }
}

/// The resource of a JSON call. Lists and calls that name no resource have `*`. Source: Service Authorization
/// Reference, each service's own page.
pub fn json_resource(state: &State, service: Service, region: &str, input: &Value) -> String {
    let account = &state.account;
    let text = |member: &str| input.get(member).and_then(Value::as_str);
    match service {
        Service::Account => format!("arn:aws:account::{account}:account"),
        Service::SecurityHub => format!("arn:aws:securityhub:{region}:{account}:hub/default"),
        Service::GuardDuty => text("DetectorId")
            .map_or_else(|| "*".to_owned(), |id| format!("arn:aws:guardduty:{region}:{account}:detector/{id}")),
        Service::AccessAnalyzer => text("analyzerName").map_or_else(
            || "*".to_owned(),
            |name| format!("arn:aws:access-analyzer:{region}:{account}:analyzer/{name}"),
        ),
        Service::EventBridge => text("Rule")
            .or_else(|| text("Name"))
            .map_or_else(|| "*".to_owned(), |rule| format!("arn:aws:events:{region}:{account}:rule/{rule}")),
        Service::CloudTrail => {
            let trail = text("Name").or_else(|| text("TrailName")).filter(|name| name.starts_with("arn:"));
            trail.unwrap_or("*").to_owned()
        }
        Service::Logs => text("logGroupName")
            .map_or_else(|| "*".to_owned(), |group| format!("arn:aws:logs:{region}:{account}:log-group:{group}")),
        _ => "*".to_owned(),
    }
}

/// The owner's ARN. AWS does not document the resource for unknown keys; here it is `*`.
fn key_owner(state: &State, id: &str) -> String {
    let owner = state.keys.iter().find(|key| key.id == id).map(|key| &key.owner);
    match owner {
        None => "*".to_owned(),
        Some(crate::account::Subject::Root) => state.arn("root"),
        Some(crate::account::Subject::User(name)) => {
            state.user(name).map_or_else(|_| "*".into(), |u| state.user_arn(u))
        }
    }
}
