//! The permissions that `check` needs, one row per fact. assets/policies and docs/permissions.md are generated from
//! it.

/// Actions that are allowed together, and their purpose.
#[derive(Debug, Clone, Copy)]
pub struct Permission {
    /// IAM action names.
    pub actions: &'static [&'static str],
    /// The policy statement that allows them.
    pub statement: Statement,
    /// The fact that they reveal.
    pub learns: &'static str,
}

/// A policy statement. The Service Authorization Reference tells which resources each action can be limited to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statement {
    /// The account's settings in IAM.
    Account,
    /// Console passwords and MFA devices of users.
    SignIn,
    /// Principals with AWSSupportAccess.
    Support,
    /// Trails and event history.
    CloudTrail,
    /// Monitoring services.
    Watchers,
    Contacts,
}

impl Statement {
    /// In the order of the policies.
    pub const ALL: [Self; 6] =
        [Self::Account, Self::SignIn, Self::Support, Self::CloudTrail, Self::Watchers, Self::Contacts];

    /// Statement id (`Sid`) in the policies.
    #[must_use]
    pub fn sid(self) -> &'static str {
        match self {
            Self::Account => "ReadTheAccount",
            Self::SignIn => "ReadHowUsersSignIn",
            Self::Support => "ReadWhoHasSupport",
            Self::CloudTrail => "ReadCloudTrail",
            Self::Watchers => "ReadWhatWatches",
            Self::Contacts => "ReadTheContacts",
        }
    }

    /// The resource in the partition `aws`, and a short form for people.
    #[must_use]
    pub fn resource(self) -> (&'static str, &'static str) {
        match self {
            Self::Account | Self::CloudTrail | Self::Watchers => ("*", "`*`"),
            Self::SignIn => ("arn:aws:iam::*:user/*", "`user/*`"),
            Self::Support => ("arn:aws:iam::aws:policy/AWSSupportAccess", "AWSSupportAccess"),
            Self::Contacts => ("arn:aws:account::*:account", "the account"),
        }
    }
}

/// In the order of docs/permissions.md.
pub const PERMISSIONS: &[Permission] = &[
    Permission { actions: &["iam:ListAccountAliases"], statement: Statement::Account, learns: "the account's alias" },
    Permission {
        actions: &["iam:GetAccountSummary"],
        statement: Statement::Account,
        learns: "root access keys and signing certificates, root MFA",
    },
    Permission {
        actions: &["iam:ListVirtualMFADevices"],
        statement: Statement::Account,
        learns: "whether root's device is a virtual one",
    },
    Permission {
        actions: &["iam:GetAccountAuthorizationDetails"],
        statement: Statement::Account,
        learns: "users, groups, roles and their policies, customer managed policies",
    },
    Permission {
        actions: &["iam:GetLoginProfile"],
        statement: Statement::SignIn,
        learns: "whether each administrator has a console password",
    },
    Permission {
        actions: &["iam:GetUser"],
        statement: Statement::SignIn,
        learns: "when each administrator's password was last used: proof that somebody other than root can sign in",
    },
    Permission {
        actions: &["iam:ListMFADevices"],
        statement: Statement::SignIn,
        learns: "the MFA devices of each administrator",
    },
    Permission {
        actions: &["iam:GetAccountPasswordPolicy"],
        statement: Statement::Account,
        learns: "the password policy",
    },
    Permission {
        actions: &["account:GetAlternateContact"],
        statement: Statement::Contacts,
        learns: "the three alternate contacts",
    },
    Permission {
        actions: &["account:GetContactInformation"],
        statement: Statement::Contacts,
        learns: "the primary contact",
    },
    Permission {
        actions: &["iam:GetCredentialReport", "iam:GenerateCredentialReport"],
        statement: Statement::Account,
        learns: "last use and age of passwords and keys, MFA of every user. GenerateCredentialReport only makes AWS write a report; it changes nothing",
    },
    Permission {
        actions: &["iam:ListEntitiesForPolicy"],
        statement: Statement::Support,
        learns: "who can open AWS Support cases",
    },
    Permission {
        actions: &["iam:ListOrganizationsFeatures"],
        statement: Statement::Account,
        learns: "whether the account is in an organization, and whether that manages its members' root users",
    },
    Permission {
        actions: &["iam:ListServerCertificates"],
        statement: Statement::Account,
        learns: "server certificates in IAM that have expired",
    },
    Permission {
        actions: &["iam:ListServiceSpecificCredentials"],
        statement: Statement::Account,
        learns: "service-specific credentials of all users, which the credential report leaves out",
    },
    Permission {
        actions: &["cloudtrail:DescribeTrails", "cloudtrail:GetTrailStatus", "cloudtrail:GetEventSelectors"],
        statement: Statement::CloudTrail,
        learns: "whether a trail is logging, in which Regions, and which management events. An organization's trail belongs to another account, so no narrower resource fits",
    },
    Permission {
        actions: &["cloudtrail:LookupEvents"],
        statement: Statement::CloudTrail,
        learns: "recent activity of root",
    },
    Permission {
        actions: &["account:ListRegions"],
        statement: Statement::Watchers,
        learns: "the enabled Regions, for the next three rows",
    },
    Permission {
        actions: &["guardduty:ListDetectors", "guardduty:GetDetector"],
        statement: Statement::Watchers,
        learns: "whether GuardDuty is on, in every enabled Region",
    },
    Permission {
        actions: &["securityhub:DescribeHub"],
        statement: Statement::Watchers,
        learns: "whether Security Hub is on, in every enabled Region",
    },
    Permission {
        actions: &["access-analyzer:ListAnalyzers"],
        statement: Statement::Watchers,
        learns: "whether an external access analyzer is active, in every enabled Region",
    },
    Permission {
        actions: &["events:ListRules", "events:ListTargetsByRule"],
        statement: Statement::Watchers,
        learns: "EventBridge rules that report root use, in the home Region",
    },
    Permission {
        actions: &["sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic"],
        statement: Statement::Watchers,
        learns: "whether the topics of these rules let EventBridge publish, and have confirmed subscriptions",
    },
    Permission {
        actions: &["logs:DescribeMetricFilters", "cloudwatch:DescribeAlarmsForMetric"],
        statement: Statement::Watchers,
        learns: "alarms that report root use, in the Region of a trail's log group",
    },
];
