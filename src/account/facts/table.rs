//! The table of questions. A row names the fact's type, its audience and its API calls. [`Question`], [`Fact`] and
//! [`Facts`] are generated from it.

mod questions;

use std::collections::BTreeMap;

use questions::questions;

use super::{
    AccessKey, Analyzer, CentralRoot, Detector, Hub, LogAlarms, MfaDevice, People, PolicyHolders, Reading, RootRule,
    ServerCertificate, ServiceCredential, ServiceUse, SignIn, SigningCertificate, Summary, TrailState, VirtualDevice,
    Wait,
};
use crate::account::topics::SnsTopic;
use crate::account::{
    Acceptances, AlternateContact, Answer, Caller, ContactInformation, ContactType, CredentialReport, Failure,
    Parameters, PasswordPolicy, PreviousContact, PreviousPrimary, RecentChange, Regional, RootActivity, RootMfaApi,
    SecondWay, Timestamp, Topic, Trace, Traced, TrailPage, TrailQuery,
};

/// Who gets the same answer from AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Every principal with the permission.
    Anybody,
    /// Only root.
    RootOnly,
    /// Every principal, but without the calls of this session itself.
    WithoutOwnCalls,
}

questions! {
    /// The signed-in principal.
    Caller => caller: Caller, told to Anybody,
        ["sts:GetCallerIdentity"];
    /// The account alias.
    Alias => alias: Option<String>, told to Anybody,
        ["iam:ListAccountAliases"];
    /// The account summary, which carries root's own numbers.
    Summary => summary: Summary, told to Anybody,
        ["iam:GetAccountSummary"];
    /// Root's access keys with their last use.
    RootKeys => root_keys: Vec<AccessKey>, told to RootOnly,
        ["iam:ListAccessKeys", "iam:GetAccessKeyLastUsed"];
    /// Root's signing certificates.
    RootCertificates => root_certificates: Vec<SigningCertificate>, told to RootOnly,
        ["iam:ListSigningCertificates"];
    /// Root's MFA devices of every kind.
    RootDevices => root_devices: Vec<MfaDevice>, told to RootOnly,
        ["iam:ListMFADevices"];
    /// All virtual MFA devices of the account, assigned or not.
    VirtualDevices => virtual_devices: Vec<VirtualDevice>, told to Anybody,
        ["iam:ListVirtualMFADevices"];
    /// The primary contact.
    ContactInformation => contact_information: Option<ContactInformation>, told to Anybody,
        ["account:GetContactInformation"];
    /// Users and groups, their policies, and how administrators sign in.
    People => people: People, told to Anybody,
        ["iam:GetAccountAuthorizationDetails", "iam:GetLoginProfile", "iam:ListMFADevices", "iam:GetUser"];
    /// The account password policy.
    PasswordPolicy => password_policy: Option<PasswordPolicy>, told to Anybody,
        ["iam:GetAccountPasswordPolicy"];
    /// The enabled Regions.
    Regions => regions: Vec<String>, told to Anybody,
        ["account:ListRegions"];
    /// The credential report; an existing one, up to four hours old, is accepted.
    CredentialReport => credential_report: CredentialReport, told to Anybody,
        ["iam:GetCredentialReport", "iam:GenerateCredentialReport"];
    /// CloudTrail trails, and whether they log.
    Trails => trails: Vec<TrailState>, told to Anybody,
        ["cloudtrail:DescribeTrails", "cloudtrail:GetTrailStatus", "cloudtrail:GetEventSelectors"];
    /// Root's recent activity in CloudTrail's event history of the home Region.
    RootActivity => root_activity: RootActivity, told to WithoutOwnCalls,
        ["cloudtrail:LookupEvents", "sts:GetCallerIdentity"];
    /// Recent changes in CloudTrail's event history of the home Region, newest first.
    RecentChanges => recent_changes: Vec<RecentChange>, told to Anybody,
        ["cloudtrail:LookupEvents"];
    /// Centralized root access settings of the organization.
    OrganizationsFeatures => central_root: CentralRoot, told to Anybody,
        ["iam:ListOrganizationsFeatures"];
    /// Principals with AWS's AWSSupportAccess policy.
    SupportRole => support: PolicyHolders, told to Anybody,
        ["iam:ListEntitiesForPolicy"];
    /// Server certificates stored in IAM.
    ServerCertificates => server_certificates: Vec<ServerCertificate>, told to Anybody,
        ["iam:ListServerCertificates"];
    /// Service-specific credentials of all users, which the credential report lacks.
    ServiceCredentials => service_credentials: Vec<ServiceCredential>, told to Anybody,
        ["iam:ListServiceSpecificCredentials"];
    /// GuardDuty in every Region.
    GuardDuty => guard_duty: Regional<Detector>, told to Anybody,
        ["guardduty:ListDetectors", "guardduty:GetDetector", "account:ListRegions"];
    /// Security Hub in every Region.
    SecurityHub => security_hub: Regional<Hub>, told to Anybody,
        ["securityhub:DescribeHub", "account:ListRegions"];
    /// IAM Access Analyzer in every Region.
    AccessAnalyzers => access_analyzers: Regional<Vec<Analyzer>>, told to Anybody,
        ["access-analyzer:ListAnalyzers", "account:ListRegions"];
    /// EventBridge rules that match root use, and the subscribers of their topics.
    RootRules => root_rules: Vec<RootRule>, told to Anybody,
        [
            "events:ListRules",
            "events:ListTargetsByRule",
            "sns:GetTopicAttributes",
            "sns:ListSubscriptionsByTopic",
            "sts:GetCallerIdentity",
        ];
    /// CloudWatch alarms on root use in the trails' log groups.
    LogAlarms => log_alarms: LogAlarms, told to Anybody,
        [
            "logs:DescribeMetricFilters", "cloudwatch:DescribeAlarmsForMetric", "cloudtrail:DescribeTrails",
            "sts:GetCallerIdentity",
        ];
}
