//! Whether a principal may make a call: root may everything, users what their policies and groups' policies allow, and
//! nobody what the organization's service control policy denies. Source: IAM User Guide, "Policy evaluation logic".

use super::authentication::Signer;
use super::form::Form;
use super::managed_policies;
use super::policy::{Decision, matches};
use super::refusal::Refusal;
use super::state::State;
use crate::account::Subject;

/// Refuses what `signer` may not do.
pub fn authorise(state: &State, signer: &Signer, action: &str, resource: &str) -> Result<(), Refusal> {
    // AWS: "No permissions are required to perform this operation", and no policy can take it away.
    if action == "sts:GetCallerIdentity" {
        return Ok(());
    }
    let denied = |because: &str| {
        let message =
            format!("User: {} is not authorized to perform: {action} on resource: {resource} {because}", signer.arn);
        Err(Refusal::access_denied(message))
    };
    if state.denied.iter().any(|pattern| matches(pattern, action)) {
        return denied("with an explicit deny in a service control policy");
    }
    let Subject::User(name) = &signer.subject else { return Ok(()) };
    match decide(state, name, action, resource) {
        Decision::Allow => Ok(()),
        Decision::Deny => denied("with an explicit deny in an identity-based policy"),
        Decision::Silent => denied(&format!("because no identity-based policy allows the {action} action")),
    }
}

/// What all policies of the user called `name` say together, under its permissions boundary.
fn decide(state: &State, name: &str, action: &str, resource: &str) -> Decision {
    let Ok(user) = state.user(name) else { return Decision::Silent };
    let managed = |arn: &String| managed_policies::with_arn(arn).map(|policy| policy.decide(action));
    let groups = user.groups.iter().filter_map(|membership| state.groups.get(&membership.group));
    let attached = user.attached_policies.iter().chain(groups.flat_map(|group| &group.attached_policies));
    let inline = user.inline_policies.values().map(|document| document.decide(action, resource));
    let decision = attached.filter_map(managed).chain(inline).max().unwrap_or(Decision::Silent);
    let bounded = user.boundary.as_ref().is_some_and(|boundary| managed(boundary) != Some(Decision::Allow));
    if bounded && decision == Decision::Allow { Decision::Silent } else { decision }
}

/// The resource that an IAM call is about, read from its parameters.
pub fn resource(state: &State, signer: &Signer, action: &str, form: &Form) -> String {
    if let Some(serial) = form.text("SerialNumber") {
        return serial.to_owned();
    }
    if let Some(name) = form.text("VirtualMFADeviceName") {
        return state.arn(&format!("mfa/{name}"));
    }
    if let Some(name) = form.text("GroupName") {
        return state.group(name).map_or_else(|_| state.arn(&format!("group/{name}")), |group| state.group_arn(group));
    }
    if let Some(name) = form.text("UserName") {
        return state.user(name).map_or_else(|_| state.arn(&format!("user/{name}")), |user| state.user_arn(user));
    }
    match action {
        "ListUsers" => state.arn("user/"),
        "ListGroups" => state.arn("group/"),
        "ListVirtualMFADevices" => state.arn("mfa/"),
        "GetUser" | "CreateAccessKey" | "UpdateAccessKey" | "DeleteAccessKey" | "ListAccessKeys" | "ListMFADevices" => {
            signer.arn.clone()
        }
        _ => "*".to_owned(),
    }
}
