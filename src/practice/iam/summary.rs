//! The account summary: 34 numbers, counted or AWS's published quotas.

use super::super::iam_request::{Answer, IamRequest};
use super::super::policy::{GROUP_QUOTA, USER_QUOTA};
use super::super::state::State;
use super::super::xml::Xml;
use super::keys;
use crate::account::{Subject, Timestamp};

pub fn summary(request: &mut IamRequest) -> Answer {
    let entry = |(name, number): (&str, usize)| Xml::new().text("key", name).number("value", number);
    let map = numbers(request.state, request.now)
        .into_iter()
        .fold(Xml::new(), |map, number| map.nested("entry", entry(number)));
    Ok(Some(Xml::new().nested("SummaryMap", map)))
}

/// Counts only what reads already show.
fn numbers(state: &State, now: Timestamp) -> [(&'static str, usize); 34] {
    let devices = || state.devices.iter().filter(|device| device.visible_from <= now);
    let root_has_mfa = devices().any(|device| device.owner == Some(Subject::Root));
    let root_has_certificate = state.certificates.iter().any(|certificate| certificate.owner == Subject::Root);
    [
        ("Users", state.users.values().filter(|user| user.visible_from <= now).count()),
        ("UsersQuota", 5000),
        ("Groups", state.groups.values().filter(|group| group.visible_from <= now).count()),
        ("GroupsQuota", 300),
        ("ServerCertificates", state.server_certificates.len()),
        ("ServerCertificatesQuota", 20),
        ("UserPolicySizeQuota", USER_QUOTA),
        ("GroupPolicySizeQuota", GROUP_QUOTA),
        ("GroupsPerUserQuota", 10),
        ("SigningCertificatesPerUserQuota", 2),
        ("AccessKeysPerUserQuota", 2),
        ("MFADevices", devices().count()),
        ("MFADevicesInUse", devices().filter(|device| device.owner.is_some()).count()),
        ("AccountMFAEnabled", usize::from(root_has_mfa)),
        ("AccountAccessKeysPresent", usize::from(keys::root_has_one(state, now))),
        ("AccountPasswordPresent", usize::from(state.root.password)),
        ("AccountSigningCertificatesPresent", usize::from(root_has_certificate)),
        ("AttachedPoliciesPerGroupQuota", 10),
        ("AttachedPoliciesPerRoleQuota", 10),
        ("AttachedPoliciesPerUserQuota", 10),
        ("Policies", 0),
        ("PoliciesQuota", 1500),
        ("PolicySizeQuota", 6144),
        ("PolicyVersionsInUse", attachments(state)),
        ("PolicyVersionsInUseQuota", 10_000),
        ("VersionsPerPolicyQuota", 5),
        ("GlobalEndpointTokenVersion", 1),
        ("AssumeRolePolicySizeQuota", 2048),
        ("InstanceProfiles", 0),
        ("InstanceProfilesQuota", 1000),
        ("Providers", 0),
        ("RolePolicySizeQuota", 10_240),
        ("Roles", state.roles.values().filter(|role| role.visible_from <= now).count()),
        ("RolesQuota", 1000),
    ]
}

/// Number of distinct attached policies.
fn attachments(state: &State) -> usize {
    let users = state.users.values().flat_map(|user| &user.attached_policies);
    let groups = state.groups.values().flat_map(|group| &group.attached_policies);
    let roles = state.roles.values().flat_map(|role| &role.attached_policies);
    users.chain(groups).chain(roles).collect::<std::collections::BTreeSet<_>>().len()
}
