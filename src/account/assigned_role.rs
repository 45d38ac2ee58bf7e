//! Roles that IAM Identity Center creates in an account, one for each assigned permission set. Source: IAM Identity
//! Center User Guide, "Referencing permission sets in resource policies"; IAM User Guide, "Role last used".

use serde_json::Value;

use super::Timestamp;

/// IAM path of these roles. Only AWS can create roles under `/aws-reserved/`.
pub const PATH: &str = "/aws-reserved/sso.amazonaws.com/";
/// Prefix of their names.
const PREFIX: &str = "AWSReservedSSO_";
/// For how many days AWS reports the last use of a role.
pub const TRACKED_DAYS: u32 = 400;

/// One such role. It proves that a permission set is assigned in this account. Only IAM Identity Center knows to
/// whom, and whether they can sign in; the account's own API does not tell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AssignedRole {
    /// `AWSReservedSSO_AdministratorAccess_0123456789abcdef`
    pub name: String,
    /// ARNs.
    pub attached_policies: Vec<String>,
    /// Number of inline policies. They may deny what the managed policies allow.
    pub inline_policies: usize,
    /// Whether one of its policies denies everything.
    pub denies_everything: bool,
    /// Permissions boundary ARN.
    pub boundary: Option<String>,
    /// Whether its trust policy lets an Identity Center provider issue sessions.
    pub is_handed_out: bool,
    /// Last use within the last 400 days. AWS reports a use some hours later.
    pub last_used: Option<Timestamp>,
}

impl AssignedRole {
    /// Whether a role with this path and name is an Identity Center role.
    #[must_use]
    pub fn is_one(path: &str, name: &str) -> bool {
        path.starts_with(PATH) && name.starts_with(PREFIX)
    }

    /// The permission set's name, without AWS's prefix and suffix.
    #[must_use]
    pub fn permission_set(&self) -> &str {
        let name = self.name.strip_prefix(PREFIX).unwrap_or(&self.name);
        name.rsplit_once('_').map_or(name, |(name, _)| name)
    }

    /// The last use, if within [`TRACKED_DAYS`] before `now`. An older use proves nothing.
    #[must_use]
    pub fn used_lately(&self, now: Timestamp) -> Option<Timestamp> {
        self.last_used.filter(|used| now - *used <= time::Duration::days(TRACKED_DAYS.into()))
    }
}

/// Whether the trust policy `trust` lets an identity provider of Identity Center assume the role.
#[must_use]
pub fn trusts_identity_center(trust: &str) -> bool {
    let Ok(policy) = serde_json::from_str::<Value>(trust) else { return false };
    let several = |value: &Value| match value {
        Value::Array(items) => items.clone(),
        one => vec![one.clone()],
    };
    let has = |value: &Value, fits: fn(&str) -> bool| several(value).iter().any(|item| item.as_str().is_some_and(fits));
    several(&policy["Statement"]).iter().any(|statement| {
        statement["Effect"] == "Allow"
            && has(&statement["Principal"]["Federated"], |arn| arn.contains(":saml-provider/AWSSSO_"))
            && has(&statement["Action"], |action| action.eq_ignore_ascii_case("sts:AssumeRoleWithSAML"))
    })
}

#[cfg(test)]
mod tests {
    use super::super::facts::People;
    use super::*;

    const TRUST: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::1:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE"},"Action":["sts:AssumeRoleWithSAML","sts:TagSession"],"Condition":{"StringEquals":{"SAML:aud":"https://signin.aws.amazon.com/saml"}}}]}"#;

    #[test]
    fn only_genuine_identity_center_roles_are_recognized() {
        assert!(AssignedRole::is_one("/aws-reserved/sso.amazonaws.com/", "AWSReservedSSO_A_0123456789abcdef"));
        assert!(AssignedRole::is_one("/aws-reserved/sso.amazonaws.com/eu-west-1/", "AWSReservedSSO_A_01"));
        assert!(!AssignedRole::is_one("/", "AWSReservedSSO_A_0123456789abcdef"));
        assert!(!AssignedRole::is_one("/aws-reserved/sso.amazonaws.com/", "other"));
        assert!(trusts_identity_center(TRUST));
        for (from, to) in [("Allow", "Deny"), ("AWSSSO_", "Okta_"), ("AssumeRoleWithSAML", "AssumeRole"), ("{", "")] {
            assert!(!trusts_identity_center(&TRUST.replace(from, to)), "{from}");
        }
    }

    #[test]
    fn an_administrator_role_has_awss_policy_and_no_boundary() {
        let policy = |name: &str| format!("arn:aws:iam::aws:policy/{name}");
        let role = AssignedRole {
            name: "AWSReservedSSO_Break_Glass_0123456789abcdef".into(),
            attached_policies: vec![policy("AdministratorAccess")],
            is_handed_out: true,
            ..AssignedRole::default()
        };
        let is_one = |role: AssignedRole| People::default().is_administrator_role(&role);
        assert_eq!(role.permission_set(), "Break_Glass");
        assert!(is_one(role.clone()));
        assert!(!is_one(AssignedRole { boundary: Some(policy("ReadOnlyAccess")), ..role.clone() }));
        assert!(!is_one(AssignedRole { attached_policies: vec![policy("ReadOnlyAccess")], ..role.clone() }));
        assert!(!is_one(AssignedRole { denies_everything: true, ..role.clone() }));
        assert!(!is_one(AssignedRole { is_handed_out: false, ..role }));
    }

    #[test]
    fn a_role_use_counts_for_the_400_days_that_aws_reports() {
        let now = time::macros::datetime!(2026-11-21 12:00 UTC);
        let used = |days| AssignedRole { last_used: Some(now - time::Duration::days(days)), ..AssignedRole::default() };
        assert!(used(400).used_lately(now).is_some() && used(401).used_lately(now).is_none());
        assert_eq!(AssignedRole::default().used_lately(now), None);
    }
}
