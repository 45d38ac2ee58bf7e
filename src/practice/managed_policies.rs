//! The AWS managed policies that the account needs, in their current version.

mod table;

use super::identifiers;
use super::policy::{Decision, matches};
use crate::account::Timestamp;

pub use table::POLICIES;

pub struct ManagedPolicy {
    /// Path and name, e.g. `job-function/ViewOnlyAccess`.
    pub path_and_name: &'static str,
    /// Default version: 12 means `v12`.
    pub version: u16,
    /// Publication date of that version.
    pub updated: Timestamp,
    allow: &'static [&'static str],
    /// Exceptions of a `NotAction` statement, which allows everything else. Empty: no such statement.
    all_but: &'static [&'static str],
}

pub fn with_arn(arn: &str) -> Option<&'static ManagedPolicy> {
    let path_and_name = arn.strip_prefix("arn:aws:iam::aws:policy/")?;
    POLICIES.iter().find(|policy| policy.path_and_name == path_and_name)
}

/// The policy called `name`, without path.
pub fn named(name: &str) -> Option<&'static ManagedPolicy> {
    POLICIES.iter().find(|policy| policy.name() == name)
}

impl ManagedPolicy {
    /// The name without its path.
    pub fn name(&self) -> &'static str {
        self.path_and_name.rsplit('/').next().unwrap_or(self.path_and_name)
    }

    pub fn arn(&self) -> String {
        format!("arn:aws:iam::aws:policy/{}", self.path_and_name)
    }

    /// E.g. `/job-function/`.
    pub fn path(&self) -> &'static str {
        match self.path_and_name.split_once('/') {
            Some(("service-role", _)) => "/service-role/",
            Some(_) => "/job-function/",
            None => "/",
        }
    }

    /// An invented policy id; AWS's real ones differ.
    pub fn id(&self) -> String {
        identifiers::of_text("ANPA", self.path_and_name)
    }

    /// The simulated part of its document.
    pub fn document(&self) -> String {
        let all_but = (!self.all_but.is_empty())
            .then(|| serde_json::json!({ "Effect": "Allow", "NotAction": self.all_but, "Resource": "*" }));
        let allow = serde_json::json!({ "Effect": "Allow", "Action": self.allow, "Resource": "*" });
        let statements: Vec<_> = all_but.into_iter().chain([allow]).collect();
        serde_json::json!({ "Version": "2012-10-17", "Statement": statements }).to_string()
    }

    /// Its decision about `action`.
    pub fn decide(&self, action: &str) -> Decision {
        let among = |patterns: &[&str]| patterns.iter().any(|pattern| matches(pattern, action));
        let rest = !self.all_but.is_empty() && !among(self.all_but);
        if among(self.allow) || rest { Decision::Allow } else { Decision::Silent }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(name: &str, action: &str) -> bool {
        with_arn(&format!("arn:aws:iam::aws:policy/{name}")).unwrap().decide(action) == Decision::Allow
    }

    #[test]
    fn read_only_policies_allow_reads_and_no_writes() {
        for name in ["ReadOnlyAccess", "SecurityAudit"] {
            for call in ["iam:GenerateCredentialReport", "account:GetAlternateContact", "cloudtrail:LookupEvents"] {
                assert!(allows(name, call), "{name} {call}");
            }
            assert!(!allows(name, "iam:CreateUser"), "{name}");
        }
    }

    /// Current versions list Account Management calls one by one, and an auditor gets few of them.
    #[test]
    fn account_management_reads_use_the_current_action_names() {
        for (name, call, wanted) in [
            ("SecurityAudit", "account:GetAccountInformation", true),
            ("SecurityAudit", "account:GetRegionOptStatus", true),
            ("SecurityAudit", "account:GetContactInformation", false),
            ("SecurityAudit", "account:ListRegions", false),
            ("ReadOnlyAccess", "account:GetContactInformation", true),
            ("ReadOnlyAccess", "account:ListRegions", true),
            ("job-function/ViewOnlyAccess", "account:ListRegions", false),
            ("job-function/ViewOnlyAccess", "iam:GetUser", false),
            ("PowerUserAccess", "account:ListRegions", true),
            ("PowerUserAccess", "account:GetAlternateContact", false),
        ] {
            assert_eq!(allows(name, call), wanted, "{name} {call}");
        }
    }

    #[test]
    fn power_users_may_list_iam_roles_and_do_nothing_else_in_iam() {
        assert!(!allows("PowerUserAccess", "iam:ListUsers") && !allows("PowerUserAccess", "iam:GetRole"));
        assert!(allows("PowerUserAccess", "iam:ListRoles") && allows("PowerUserAccess", "cloudtrail:LookupEvents"));
        assert!(allows("AdministratorAccess", "iam:DeleteUser"));
    }

    #[test]
    fn a_managed_policy_has_its_path_and_its_name() {
        let of = |name: &str| named(name).map(|policy| (policy.path(), policy.arn()));
        let billing = ("/job-function/", "arn:aws:iam::aws:policy/job-function/Billing".to_owned());
        assert_eq!(of("Billing"), Some(billing));
        assert_eq!(of("IAMFullAccess").map(|(path, _)| path), Some("/"));
    }
}
