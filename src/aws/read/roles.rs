//! Reads roles with their policies, and which of them IAM Identity Center created.

use aws_sdk_iam::types::RoleDetail;
use percent_encoding::percent_decode_str;

use super::people::{attached, boundary, decoded};
use crate::account::Failure;
use crate::account::assigned_role::trusts_identity_center;
use crate::account::facts::{AssignedRole, FullAdmin, RolePolicies};
use crate::account::policy_document::{allows_everything, denies_everything};
use crate::aws::time::moment;

/// The role of an assigned permission set; `None` for other roles. Where AWS leaves something out, the assumption is
/// the one with fewer rights.
pub(super) fn assigned(detail: &RoleDetail) -> Option<AssignedRole> {
    let name = detail.role_name()?;
    if !AssignedRole::is_one(detail.path().unwrap_or_default(), name) {
        return None;
    }
    let trust = percent_decode_str(detail.assume_role_policy_document().unwrap_or_default()).decode_utf8_lossy();
    let attached = detail.attached_managed_policies().iter();
    let boundary = detail.permissions_boundary();
    let inline = detail.role_policy_list().iter().filter_map(|policy| policy.policy_document());
    let mut inline = inline.map(|text| percent_decode_str(text).decode_utf8_lossy());
    Some(AssignedRole {
        name: name.to_owned(),
        attached_policies: attached.filter_map(|policy| policy.policy_arn().map(str::to_owned)).collect(),
        inline_policies: detail.role_policy_list().len(),
        denies_everything: inline.any(|text| denies_everything(&text)),
        boundary: boundary.map(|boundary| boundary.permissions_boundary_arn().unwrap_or_default().to_owned()),
        is_handed_out: trusts_identity_center(&trust),
        last_used: detail.role_last_used().and_then(|used| used.last_used_date()).and_then(moment),
    })
}

/// A role's policies. Only the verdict on an inline policy is kept: an account may have thousands of roles.
pub(super) fn policies(detail: &RoleDetail, action: &'static str) -> Result<RolePolicies, Failure> {
    let needed = |member: &Option<String>, name| member.clone().ok_or_else(|| Failure::lacks(action, name));
    let mut role = RolePolicies {
        name: needed(&detail.role_name, "RoleName")?,
        path: needed(&detail.path, "RoleDetailList.Path")?,
        attached_policies: attached(&detail.attached_managed_policies)?,
        boundary: boundary(detail.permissions_boundary())?,
        ..RolePolicies::default()
    };
    for policy in detail.role_policy_list() {
        let name = needed(&policy.policy_name, "RolePolicyList.PolicyName")?;
        let text = decoded(policy.policy_document());
        let finding = text.as_deref().map_or(FullAdmin::UNSENT, FullAdmin::of);
        role.denies_everything |= text.as_deref().is_some_and(denies_everything);
        if text.as_deref().is_some_and(allows_everything) {
            role.full_access.get_or_insert_with(|| name.clone());
        }
        role.inline_policies.insert(name, finding);
    }
    Ok(role)
}
