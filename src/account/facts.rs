//! What is known of the account: one [`Reading`] for each [`Question`], with the time of its read.
//! Nothing is derived in here; verdicts are the business of `checks`.

mod reading;
mod summary;

use std::collections::BTreeMap;

pub use super::credential_report::{Field, ReportKey, ReportRow};
pub use super::identities::*;
pub use super::policy_document::{CustomerPolicy, FullAdmin};
pub use super::regional::{Analyzer, Detector, Hub};
pub use super::root_use::{LogAlarms, RootRule};
pub use super::safeguards::{CentralRoot, PolicyHolders, TrailState};
use super::{
    AlternateContact, Answer, Caller, ContactInformation, ContactType, CredentialReport, Door, Failure, Parameters,
    PasswordPolicy, PreviousContact, PreviousPrimary, Regional, SecondWay, Topic, Trace, TrailEvent, TrailPage,
    TrailQuery,
};
pub use reading::Reading;
pub use summary::Summary;

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
            Self::Trail(_) | Self::RootActivity => &["cloudtrail:LookupEvents"],
            Self::CredentialReport | Self::FreshCredentialReport => {
                &["iam:GetCredentialReport", "iam:GenerateCredentialReport"]
            }
            Self::Trails => &["cloudtrail:DescribeTrails", "cloudtrail:GetTrailStatus"],
            Self::OrganizationsFeatures => &["iam:ListOrganizationsFeatures"],
            Self::SupportRole => &["iam:ListEntitiesForPolicy"],
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

/// The answer to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// To [`Question::Caller`].
    Caller(Reading<Caller>),
    /// To [`Question::Alias`].
    Alias(Reading<Option<String>>),
    /// To [`Question::Summary`].
    Summary(Reading<Summary>),
    /// To [`Question::RootKeys`].
    RootKeys(Reading<Vec<AccessKey>>),
    /// To [`Question::RootCertificates`].
    RootCertificates(Reading<Vec<SigningCertificate>>),
    /// To [`Question::RootDevices`].
    RootDevices(Reading<Vec<MfaDevice>>),
    /// To [`Question::VirtualDevices`].
    VirtualDevices(Reading<Vec<VirtualDevice>>),
    /// To [`Question::Contact`].
    Contact(ContactType, Reading<Option<AlternateContact>>),
    /// To [`Question::ContactInformation`]; `Known(None)` means that none is set.
    ContactInformation(Reading<Option<ContactInformation>>),
    /// To [`Question::People`].
    People(Reading<People>),
    /// To [`Question::SignIn`].
    SignIn(String, SignIn),
    /// To [`Question::PasswordPolicy`]; `Known(None)` means that AWS's default is in force.
    PasswordPolicy(Reading<Option<PasswordPolicy>>),
    /// To [`Question::Regions`].
    Regions(Reading<Vec<String>>),
    /// To [`Question::Trail`].
    Trail(TrailQuery, Reading<TrailPage>),
    /// To [`Question::CredentialReport`] and [`Question::FreshCredentialReport`].
    CredentialReport(Reading<CredentialReport>),
    /// To [`Question::Trails`].
    Trails(Reading<Vec<TrailState>>),
    /// To [`Question::RootActivity`]: the newest events, fifty at most.
    RootActivity(Reading<Vec<TrailEvent>>),
    /// To [`Question::OrganizationsFeatures`].
    OrganizationsFeatures(Reading<CentralRoot>),
    /// To [`Question::SupportRole`].
    SupportRole(Reading<PolicyHolders>),
    /// To [`Question::GuardDuty`].
    GuardDuty(Reading<Regional<Detector>>),
    /// To [`Question::SecurityHub`].
    SecurityHub(Reading<Regional<Hub>>),
    /// To [`Question::AccessAnalyzers`].
    AccessAnalyzers(Reading<Regional<Vec<Analyzer>>>),
    /// To [`Question::RootRules`].
    RootRules(Reading<Vec<RootRule>>),
    /// To [`Question::LogAlarms`].
    LogAlarms(Reading<LogAlarms>),
}

impl Fact {
    /// Why the question could not be answered, if so.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Caller(reading) => reading.failure(),
            Self::Alias(reading) => reading.failure(),
            Self::Summary(reading) => reading.failure(),
            Self::RootKeys(reading) => reading.failure(),
            Self::RootDevices(reading) => reading.failure(),
            Self::VirtualDevices(reading) => reading.failure(),
            Self::Contact(_, reading) => reading.failure(),
            Self::ContactInformation(reading) => reading.failure(),
            Self::People(reading) => reading.failure(),
            Self::SignIn(_, sign_in) => sign_in.password.failure().or_else(|| sign_in.devices.failure()),
            Self::PasswordPolicy(reading) => reading.failure(),
            Self::RootCertificates(reading) => reading.failure(),
            Self::Regions(reading) => reading.failure(),
            Self::Trail(_, reading) => reading.failure(),
            Self::CredentialReport(reading) => reading.failure(),
            Self::Trails(reading) => reading.failure(),
            Self::RootActivity(reading) => reading.failure(),
            Self::OrganizationsFeatures(reading) => reading.failure(),
            Self::SupportRole(reading) => reading.failure(),
            Self::GuardDuty(reading) => reading.failure(),
            Self::SecurityHub(reading) => reading.failure(),
            Self::AccessAnalyzers(reading) => reading.failure(),
            Self::RootRules(reading) => reading.failure(),
            Self::LogAlarms(reading) => reading.failure(),
        }
    }
}

/// All that is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Who is signed in.
    pub caller: Reading<Caller>,
    /// The account's alias.
    pub alias: Reading<Option<String>>,
    /// The account summary.
    pub summary: Reading<Summary>,
    /// Root's access keys.
    pub root_keys: Reading<Vec<AccessKey>>,
    /// Root's signing certificates.
    pub root_certificates: Reading<Vec<SigningCertificate>>,
    /// Root's MFA devices.
    pub root_devices: Reading<Vec<MfaDevice>>,
    /// All virtual MFA devices.
    pub virtual_devices: Reading<Vec<VirtualDevice>>,
    /// The alternate contacts, billing, operations, security.
    pub contacts: [Reading<Option<AlternateContact>>; 3],
    /// The account's own contact.
    pub contact_information: Reading<Option<ContactInformation>>,
    /// Users and groups.
    pub people: Reading<People>,
    /// How single users sign in, where that was asked.
    pub sign_ins: BTreeMap<String, SignIn>,
    /// The account password policy.
    pub password_policy: Reading<Option<PasswordPolicy>>,
    /// What AWS said when it was asked whether root's MFA can be assigned here. No read tells it; it was tried.
    pub root_door: Reading<Door>,
    /// What persons said that no read tells.
    pub answers: BTreeMap<Topic, Answer>,
    /// The regions that are enabled.
    pub regions: Reading<Vec<String>>,
    /// What CloudTrail recorded of access keys, by their ids, as far as it is read.
    pub traces: BTreeMap<String, Trace>,
    /// Deactivated keys that wait to be deleted, by their ids: what this program remembers of them.
    pub waits: BTreeMap<String, Wait>,
    /// The newest page of what was done with a key since some moment, by its id and region.
    pub attempts: BTreeMap<(String, String), Reading<TrailPage>>,
    /// The way in that is not root, as it was proven last: what this program remembers of it.
    pub second_way: Option<SecondWay>,
    /// Alternate contacts that were changed or deleted here, the oldest first: what this program remembers of them.
    pub previous_contacts: Vec<PreviousContact>,
    /// The primary contact as it was before it was changed here, the oldest first: what this program remembers of it.
    pub previous_primaries: Vec<PreviousPrimary>,
    /// The credential report.
    pub credential_report: Reading<CredentialReport>,
    /// CloudTrail's trails.
    pub trails: Reading<Vec<TrailState>>,
    /// What root did lately.
    pub root_activity: Reading<Vec<TrailEvent>>,
    /// What the organization manages of its members' root users.
    pub central_root: Reading<CentralRoot>,
    /// Who carries AWSSupportAccess.
    pub support: Reading<PolicyHolders>,
    /// GuardDuty by region.
    pub guard_duty: Reading<Regional<Detector>>,
    /// Security Hub by region.
    pub security_hub: Reading<Regional<Hub>>,
    /// Analyzers of IAM Access Analyzer by region.
    pub access_analyzers: Reading<Regional<Vec<Analyzer>>>,
    /// Rules of EventBridge that let root's use through.
    pub root_rules: Reading<Vec<RootRule>>,
    /// Alarms on root's use in the log groups of trails.
    pub log_alarms: Reading<LogAlarms>,
    /// What controls measure with. No read tells it.
    pub parameters: Parameters,
}

impl Facts {
    /// Takes in one answer, in place of what was known before.
    pub fn learn(&mut self, fact: Fact) {
        match fact {
            Fact::Caller(reading) => self.caller = reading,
            Fact::Alias(reading) => self.alias = reading,
            Fact::Summary(reading) => self.summary = reading,
            Fact::RootKeys(reading) => self.root_keys = reading,
            Fact::RootCertificates(reading) => self.root_certificates = reading,
            Fact::RootDevices(reading) => self.root_devices = reading,
            Fact::VirtualDevices(reading) => self.virtual_devices = reading,
            Fact::Contact(of, reading) => self.contacts[of as usize] = reading,
            Fact::ContactInformation(reading) => self.contact_information = reading,
            Fact::People(reading) => {
                // It tells afresh how administrators sign in: what was asked singly before is older.
                if let Reading::Known { value: people, .. } = &reading {
                    self.sign_ins.retain(|user, _| people.user(user).is_none_or(|user| user.sign_in.is_none()));
                }
                self.people = reading;
            }
            Fact::SignIn(user, sign_in) => {
                self.sign_ins.insert(user, sign_in);
            }
            Fact::PasswordPolicy(reading) => self.password_policy = reading,
            Fact::Regions(reading) => self.regions = reading,
            Fact::Trail(query, reading) if query.since.is_some() => {
                self.attempts.insert((query.key, query.region), reading);
            }
            Fact::Trail(query, reading) => self.traces.entry(query.key.clone()).or_default().take(&query, &reading),
            Fact::CredentialReport(reading) => self.credential_report = reading,
            Fact::Trails(reading) => self.trails = reading,
            Fact::RootActivity(reading) => self.root_activity = reading,
            Fact::OrganizationsFeatures(reading) => self.central_root = reading,
            Fact::SupportRole(reading) => self.support = reading,
            Fact::GuardDuty(reading) => self.guard_duty = reading,
            Fact::SecurityHub(reading) => self.security_hub = reading,
            Fact::AccessAnalyzers(reading) => self.access_analyzers = reading,
            Fact::RootRules(reading) => self.root_rules = reading,
            Fact::LogAlarms(reading) => self.log_alarms = reading,
        }
    }

    /// Forgets the answer to `question`, because something may have changed since.
    pub fn forget(&mut self, question: &Question) {
        match question {
            Question::Caller => self.caller = Reading::Unread,
            Question::Alias => self.alias = Reading::Unread,
            Question::Summary => self.summary = Reading::Unread,
            Question::RootKeys => self.root_keys = Reading::Unread,
            Question::RootCertificates => self.root_certificates = Reading::Unread,
            Question::RootDevices => self.root_devices = Reading::Unread,
            Question::VirtualDevices => self.virtual_devices = Reading::Unread,
            Question::Contact(of) => self.contacts[*of as usize] = Reading::Unread,
            Question::ContactInformation => self.contact_information = Reading::Unread,
            Question::People => self.people = Reading::Unread,
            Question::SignIn(user) => {
                self.sign_ins.remove(user);
            }
            Question::PasswordPolicy => self.password_policy = Reading::Unread,
            Question::Regions => self.regions = Reading::Unread,
            Question::Trail(query) => {
                self.traces.remove(&query.key);
            }
            Question::CredentialReport | Question::FreshCredentialReport => self.credential_report = Reading::Unread,
            Question::Trails => self.trails = Reading::Unread,
            Question::RootActivity => self.root_activity = Reading::Unread,
            Question::OrganizationsFeatures => self.central_root = Reading::Unread,
            Question::SupportRole => self.support = Reading::Unread,
            Question::GuardDuty => self.guard_duty = Reading::Unread,
            Question::SecurityHub => self.security_hub = Reading::Unread,
            Question::AccessAnalyzers => self.access_analyzers = Reading::Unread,
            Question::RootRules => self.root_rules = Reading::Unread,
            Question::LogAlarms => self.log_alarms = Reading::Unread,
        }
    }

    /// Whether `question` has no answer yet, not even that it can't be had.
    #[must_use]
    pub fn is_unread(&self, question: &Question) -> bool {
        match question {
            Question::Caller => self.caller.is_unread(),
            Question::Alias => self.alias.is_unread(),
            Question::Summary => self.summary.is_unread(),
            Question::RootKeys => self.root_keys.is_unread(),
            Question::RootCertificates => self.root_certificates.is_unread(),
            Question::RootDevices => self.root_devices.is_unread(),
            Question::VirtualDevices => self.virtual_devices.is_unread(),
            Question::Contact(of) => self.contact(*of).is_unread(),
            Question::ContactInformation => self.contact_information.is_unread(),
            Question::People => self.people.is_unread(),
            Question::SignIn(user) => !self.sign_ins.contains_key(user),
            Question::PasswordPolicy => self.password_policy.is_unread(),
            Question::Regions => self.regions.is_unread(),
            Question::Trail(query) => !self.traces.contains_key(&query.key),
            Question::CredentialReport | Question::FreshCredentialReport => self.credential_report.is_unread(),
            Question::Trails => self.trails.is_unread(),
            Question::RootActivity => self.root_activity.is_unread(),
            Question::OrganizationsFeatures => self.central_root.is_unread(),
            Question::SupportRole => self.support.is_unread(),
            Question::GuardDuty => self.guard_duty.is_unread(),
            Question::SecurityHub => self.security_hub.is_unread(),
            Question::AccessAnalyzers => self.access_analyzers.is_unread(),
            Question::RootRules => self.root_rules.is_unread(),
            Question::LogAlarms => self.log_alarms.is_unread(),
        }
    }

    /// The alternate contact for `of`.
    #[must_use]
    pub fn contact(&self, of: ContactType) -> &Reading<Option<AlternateContact>> {
        &self.contacts[of as usize]
    }

    /// The alternate contact for `of` that was set before what is set now, if it is remembered.
    #[must_use]
    pub fn previous_contact(&self, of: ContactType) -> Option<&PreviousContact> {
        let now = self.contact(of).known()?.as_ref();
        self.previous_contacts.iter().rev().find(|previous| previous.of == of && Some(&previous.contact) != now)
    }

    /// The primary contact that was set before what is set now, if it is remembered.
    #[must_use]
    pub fn previous_primary(&self) -> Option<&PreviousPrimary> {
        let now = self.contact_information.known()?.as_ref();
        let differs = |before: &&PreviousPrimary| now.is_none_or(|now| !now.says_the_same_as(&before.contact));
        self.previous_primaries.iter().rev().find(differs)
    }

    /// How `user` signs in: asked singly, or together with all administrators.
    #[must_use]
    pub fn sign_in(&self, user: &str) -> Option<&SignIn> {
        self.sign_ins.get(user).or_else(|| self.people.known()?.user(user)?.sign_in.as_ref())
    }
}
