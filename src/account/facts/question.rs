//! What AWS can be asked, and which call answers it.

use super::super::{ContactType, TrailQuery};

/// Something that AWS can be asked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// Who is signed in.
    Caller,
    /// The account's alias.
    Alias,
    /// The account summary, which carries root's own numbers.
    Summary,
    /// Root's access keys with their last use. Only root can ask.
    RootKeys,
    /// Root's signing certificates. Only root can ask.
    RootCertificates,
    /// Root's MFA devices of every kind. Only root can ask.
    RootDevices,
    /// All virtual MFA devices of the account, assigned or not.
    VirtualDevices,
    /// One alternate contact.
    Contact(ContactType),
    /// The account's own contact.
    ContactInformation,
    /// Users and groups, their policies, and how those with administrator rights sign in.
    People,
    /// How one user signs in: console password and MFA devices.
    SignIn(String),
    /// The account password policy.
    PasswordPolicy,
    /// The regions that are enabled.
    Regions,
    /// One page of what CloudTrail recorded of an access key.
    Trail(TrailQuery),
    /// The credential report; one that AWS has already, up to four hours old, is taken.
    CredentialReport,
    /// The credential report, a new one if AWS makes one now.
    FreshCredentialReport,
    /// CloudTrail's trails, and whether they log.
    Trails,
    /// What root did lately, by CloudTrail's history in the home region.
    RootActivity,
    /// What the organization manages of its members' root users.
    OrganizationsFeatures,
    /// Who carries AWS's AWSSupportAccess.
    SupportRole,
    /// Server certificates stored in IAM.
    ServerCertificates,
    /// Service-specific credentials of all users, which the credential report leaves out.
    ServiceCredentials,
    /// GuardDuty in every region.
    GuardDuty,
    /// Security Hub in every region.
    SecurityHub,
    /// IAM Access Analyzer in every region.
    AccessAnalyzers,
    /// Rules of EventBridge that let root's use through.
    RootRules,
    /// Alarms on root's use in the log groups of trails.
    LogAlarms,
}

impl Question {
    /// The API calls that answer it, as IAM names actions.
    #[must_use]
    pub fn actions(&self) -> &'static [&'static str] {
        match self {
            Self::Caller => &["sts:GetCallerIdentity"],
            Self::Alias => &["iam:ListAccountAliases"],
            Self::Summary => &["iam:GetAccountSummary"],
            Self::RootKeys => &["iam:ListAccessKeys", "iam:GetAccessKeyLastUsed"],
            Self::RootCertificates => &["iam:ListSigningCertificates"],
            Self::RootDevices => &["iam:ListMFADevices"],
            Self::VirtualDevices => &["iam:ListVirtualMFADevices"],
            Self::Contact(_) => &["account:GetAlternateContact"],
            Self::ContactInformation => &["account:GetContactInformation"],
            Self::People => {
                &["iam:GetAccountAuthorizationDetails", "iam:GetLoginProfile", "iam:ListMFADevices", "iam:GetUser"]
            }
            Self::SignIn(_) => &["iam:GetLoginProfile", "iam:ListMFADevices"],
            Self::PasswordPolicy => &["iam:GetAccountPasswordPolicy"],
            Self::Regions => &["account:ListRegions"],
            Self::Trail(_) => &["cloudtrail:LookupEvents"],
            Self::RootActivity => &["cloudtrail:LookupEvents", "sts:GetCallerIdentity"],
            Self::CredentialReport | Self::FreshCredentialReport => {
                &["iam:GetCredentialReport", "iam:GenerateCredentialReport"]
            }
            Self::Trails => &["cloudtrail:DescribeTrails", "cloudtrail:GetTrailStatus", "cloudtrail:GetEventSelectors"],
            Self::OrganizationsFeatures => &["iam:ListOrganizationsFeatures"],
            Self::SupportRole => &["iam:ListEntitiesForPolicy"],
            Self::ServerCertificates => &["iam:ListServerCertificates"],
            Self::ServiceCredentials => &["iam:ListServiceSpecificCredentials"],
            Self::GuardDuty => &["guardduty:ListDetectors", "guardduty:GetDetector", "account:ListRegions"],
            Self::SecurityHub => &["securityhub:DescribeHub", "account:ListRegions"],
            Self::AccessAnalyzers => &["access-analyzer:ListAnalyzers", "account:ListRegions"],
            Self::RootRules => &["events:ListRules", "events:ListTargetsByRule", "sts:GetCallerIdentity"],
            Self::LogAlarms => &[
                "logs:DescribeMetricFilters",
                "cloudwatch:DescribeAlarmsForMetric",
                "cloudtrail:DescribeTrails",
                "sts:GetCallerIdentity",
            ],
        }
    }

    /// The call that stands for the question in evidence.
    #[must_use]
    pub fn action(&self) -> &'static str {
        self.actions()[0]
    }

    /// Whether AWS answers it to root only.
    #[must_use]
    pub fn is_for_root_only(&self) -> bool {
        matches!(self, Self::RootKeys | Self::RootCertificates | Self::RootDevices)
    }
}
