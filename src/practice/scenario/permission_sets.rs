//! Permission sets of IAM Identity Center: the roles that they leave in an account. Identity Center itself is not played.

use super::opening::{past, policy_arn};
use super::schema::PermissionSetTable;
use crate::account::Timestamp;
use crate::account::assigned_role::PATH;
use crate::practice::state::{Role, State, key};

/// Adds the role of an assigned permission set.
pub(super) fn add(state: &mut State, table: &PermissionSetTable, created: Timestamp, now: Timestamp) {
    let id = state.ids.unique("AROA");
    let provider = "saml-provider/AWSSSO_a1b2c3d4e5f60718_DO_NOT_DELETE";
    let name = format!("AWSReservedSSO_{}_{:016x}", table.name.get_ref(), state.roles.len() + 0x5e7);
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
        attached_policies: table.policies.iter().map(|name| policy_arn(name.get_ref())).collect(),
        max_session_seconds: 43_200,
        last_used: past(now, &table.last_used),
        name,
    };
    state.roles.insert(key(&role.name), role);
}
