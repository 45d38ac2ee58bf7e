//! Roles of a scenario: of IAM Identity Center's permission sets, and the account's own.

use std::collections::BTreeMap;

use super::age::Age;
use super::opening::{before, inline, past, policy_arn};
use super::schema::{PermissionSetTable, RoleTable};
use crate::account::Timestamp;
use crate::account::assigned_role::PATH;
use crate::practice::state::{Role, State, key};

/// Adds the role of an assigned permission set.
pub(super) fn add(state: &mut State, table: &PermissionSetTable, created: Timestamp, now: Timestamp) {
    let policies = table.policies.iter().map(|name| policy_arn(name.get_ref())).collect();
    assign(state, table.name.get_ref(), policies, created, past(now, &table.last_used));
}

/// Assigns the permission set `name` with these policies.
pub(in crate::practice) fn assign(
    state: &mut State,
    name: &str,
    attached_policies: Vec<String>,
    created: Timestamp,
    last_used: Option<Timestamp>,
) {
    let id = state.ids.unique("AROA");
    let provider = "saml-provider/AWSSSO_a1b2c3d4e5f60718_DO_NOT_DELETE";
    let name = format!("AWSReservedSSO_{name}_{:016x}", state.roles.len() + 0x5e7);
    let trust = serde_json::json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Principal": { "Federated": state.arn(provider) },
            "Action": ["sts:AssumeRoleWithSAML", "sts:TagSession"],
            "Condition": { "StringEquals": { "SAML:aud": "https://signin.aws.amazon.com/saml" } }
        }]
    });
    let role = Role {
        path: PATH.into(),
        id,
        created,
        visible_from: created,
        trust: trust.to_string(),
        attached_policies,
        inline_policies: BTreeMap::new(),
        max_session_seconds: 43_200,
        last_used,
        name,
    };
    state.roles.insert(key(&role.name), role);
}

/// Adds a role that any principal of the account may assume whose policies allow it.
pub(super) fn add_own(state: &mut State, table: &RoleTable, account: Age, now: Timestamp) {
    let created = before(now, table.lifetime(account));
    let trust = serde_json::json!({
        "Version": "2012-10-17",
        "Statement": [{ "Effect": "Allow", "Principal": { "AWS": state.arn("root") }, "Action": "sts:AssumeRole" }]
    });
    let role = Role {
        name: table.name.get_ref().clone(),
        path: "/".into(),
        id: state.ids.unique("AROA"),
        created,
        visible_from: created,
        trust: trust.to_string(),
        attached_policies: table.policies.iter().map(|name| policy_arn(name.get_ref())).collect(),
        inline_policies: table.inline_policies.iter().filter_map(inline).collect(),
        max_session_seconds: 3600,
        last_used: past(now, &table.last_used),
    };
    state.roles.insert(key(&role.name), role);
}
