//! AWS's managed policies, as far as the account needs them: what each allows.
//! Reduced from the AWS Managed Policy Reference Guide to the actions of the services that the account answers for.

use super::policy::{Decision, matches};

/// One managed policy.
pub struct ManagedPolicy {
    /// Its path and name, e.g. `job-function/ViewOnlyAccess`.
    pub path_and_name: &'static str,
    allow: &'static [&'static str],
    /// What `allow` does not reach, because the policy is written with `NotAction`.
    except: &'static [&'static str],
}

const fn allow(path_and_name: &'static str, allow: &'static [&'static str]) -> ManagedPolicy {
    ManagedPolicy { path_and_name, allow, except: &[] }
}

const READ: &[&str] = &["*:Get*", "*:List*", "*:Describe*", "*:Generate*", "*:Lookup*", "iam:Simulate*"];

/// All that are known.
pub const POLICIES: &[ManagedPolicy] = &[
    allow("AdministratorAccess", &["*"]),
    allow("ReadOnlyAccess", READ),
    allow("SecurityAudit", READ),
    allow("job-function/ViewOnlyAccess", &["iam:Get*", "iam:List*", "account:List*", "cloudtrail:*Events"]),
    allow("job-function/Billing", &["account:Get*", "account:List*", "iam:Get*Password*"]),
    allow(
        "job-function/SupportUser",
        &["support:*", "cloudtrail:Describe*", "cloudtrail:Lookup*", "iam:Get*", "iam:List*"],
    ),
    allow(
        "job-function/SystemAdministrator",
        &[
            "cloudtrail:*",
            "iam:GetAccessKeyLastUsed",
            "iam:GetGroup*",
            "iam:GetInstanceProfile",
            "iam:GetPolicy*",
            "iam:GetRole*",
            "iam:GetUser*",
            "iam:List*",
            "iam:PassRole",
        ],
    ),
    allow("job-function/NetworkAdministrator", &["cloudtrail:DescribeTrails", "iam:GetRole*", "iam:ListRoles"]),
    allow("job-function/DatabaseAdministrator", &["iam:GetRole", "iam:ListRoles", "iam:PassRole"]),
    allow("job-function/DataScientist", &["iam:GetRole", "iam:ListRoles", "iam:GetPolicy*", "iam:ListPolicies"]),
    allow("AWSCloudTrail_FullAccess", &["cloudtrail:*", "iam:ListRoles"]),
    allow(
        "AWSCloudTrail_ReadOnlyAccess",
        &["cloudtrail:Get*", "cloudtrail:Describe*", "cloudtrail:List*", "cloudtrail:Lookup*"],
    ),
    allow("IAMFullAccess", &["iam:*"]),
    allow("IAMReadOnlyAccess", &["iam:Generate*", "iam:Get*", "iam:List*", "iam:Simulate*"]),
    allow("IAMUserChangePassword", &["iam:ChangePassword", "iam:GetAccountPasswordPolicy"]),
    allow("AWSAccountManagementFullAccess", &["account:*"]),
    allow("AWSAccountManagementReadOnlyAccess", &["account:Get*", "account:List*"]),
    allow("SignInLocalDevelopmentAccess", &["signin:AuthorizeOAuth2Access", "signin:CreateOAuth2Token"]),
    allow("AWSCloudShellFullAccess", &["cloudshell:*"]),
    allow("AWSSupportAccess", &["support:*"]),
    ManagedPolicy {
        path_and_name: "PowerUserAccess",
        allow: &["*"],
        except: &["iam:*", "organizations:*", "account:*"],
    },
];

/// The policy with the ARN `arn`.
pub fn with_arn(arn: &str) -> Option<&'static ManagedPolicy> {
    let path_and_name = arn.strip_prefix("arn:aws:iam::aws:policy/")?;
    POLICIES.iter().find(|policy| policy.path_and_name == path_and_name)
}

/// The policy called `name`, without its path.
pub fn named(name: &str) -> Option<&'static ManagedPolicy> {
    POLICIES.iter().find(|policy| policy.name() == name)
}

impl ManagedPolicy {
    /// Its name, without its path.
    pub fn name(&self) -> &'static str {
        self.path_and_name.rsplit('/').next().unwrap_or(self.path_and_name)
    }

    /// Its ARN.
    pub fn arn(&self) -> String {
        format!("arn:aws:iam::aws:policy/{}", self.path_and_name)
    }

    /// Its text, as far as it is known here.
    pub fn document(&self) -> String {
        let mut statement = serde_json::json!({ "Effect": "Allow", "Action": self.allow, "Resource": "*" });
        if !self.except.is_empty() {
            statement = serde_json::json!({ "Effect": "Allow", "NotAction": self.except, "Resource": "*" });
        }
        serde_json::json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string()
    }

    /// What it says about `action`.
    pub fn decide(&self, action: &str) -> Decision {
        let among = |patterns: &[&str]| patterns.iter().any(|pattern| matches(pattern, action));
        if among(self.allow) && !among(self.except) { Decision::Allow } else { Decision::Silent }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(name: &str, action: &str) -> bool {
        with_arn(&format!("arn:aws:iam::aws:policy/{name}")).unwrap().decide(action) == Decision::Allow
    }

    #[test]
    fn readers_read_and_do_not_write() {
        for name in ["ReadOnlyAccess", "SecurityAudit"] {
            assert!(allows(name, "iam:GenerateCredentialReport"), "{name}");
            assert!(allows(name, "account:GetAlternateContact"), "{name}");
            assert!(!allows(name, "iam:CreateUser"), "{name}");
        }
    }

    #[test]
    fn power_users_do_not_touch_iam() {
        assert!(!allows("PowerUserAccess", "iam:ListUsers"));
        assert!(allows("PowerUserAccess", "cloudtrail:LookupEvents"));
        assert!(allows("AdministratorAccess", "iam:DeleteUser"));
    }
}
