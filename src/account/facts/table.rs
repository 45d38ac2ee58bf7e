//! The table of questions. A row names the fact's type, who may ask, and the calls that answer it. [`Question`],
//! [`Fact`] and [`Facts`] are generated from it.

use std::collections::BTreeMap;

use super::{
    AccessKey, Analyzer, CentralRoot, Detector, Hub, LogAlarms, MfaDevice, People, PolicyHolders, Reading, RootRule,
    ServerCertificate, ServiceCredential, ServiceUse, SignIn, SigningCertificate, Summary, TrailState, VirtualDevice,
    Wait,
};
use crate::account::topics::SnsTopic;
use crate::account::{
    Acceptances, AlternateContact, Answer, Caller, ContactInformation, ContactType, CredentialReport, Failure,
    Parameters, PasswordPolicy, PreviousContact, PreviousPrimary, RecentChange, Regional, RootActivity, RootMfaApi,
    SecondWay, Topic, Trace, Traced, TrailPage, TrailQuery,
};

/// Whom AWS tells the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody who may ask.
    Anybody,
    /// Root only.
    RootOnly,
    /// Everybody, but each without what this session did itself.
    WithoutOwnCalls,
}

macro_rules! questions {
    ($($(#[$doc:meta])+ $name:ident => $field:ident: $value:ty, told to $told:ident, $actions:expr;)+) => {
        /// Something that AWS can be asked.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Question {
            $($(#[$doc])+ $name,)+
            /// The credential report, a new one if AWS makes one now.
            FreshCredentialReport,
            /// One alternate contact.
            Contact(ContactType),
            /// How one user signs in: console password and MFA devices.
            SignIn(String),
            /// The access keys of one user with their last use.
            UserKeys(String),
            /// Which services the policies of the principal of that ARN grant, and when each was used last.
            ServicesUsed(String),
            /// An SNS topic, by its ARN.
            SnsTopic(String),
            /// One page of what CloudTrail recorded of an access key or of root.
            Trail(TrailQuery),
        }

        impl Question {
            /// The API calls that answer it, as IAM names actions.
            #[must_use]
            pub fn actions(&self) -> &'static [&'static str] {
                match self {
                    $(Self::$name => &$actions,)+
                    Self::FreshCredentialReport => Self::CredentialReport.actions(),
                    Self::Contact(_) => &["account:GetAlternateContact"],
                    Self::SignIn(_) => &["iam:GetLoginProfile", "iam:ListMFADevices"],
                    Self::UserKeys(_) => Self::RootKeys.actions(),
                    Self::ServicesUsed(_) => {
                        &["iam:GenerateServiceLastAccessedDetails", "iam:GetServiceLastAccessedDetails"]
                    }
                    Self::SnsTopic(_) => &["sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic"],
                    Self::Trail(_) => &["cloudtrail:LookupEvents"],
                }
            }

            /// The user whom it is about, where it is about a single one.
            #[must_use]
            pub fn user(&self) -> Option<&str> {
                match self {
                    Self::SignIn(user) | Self::UserKeys(user) => Some(user),
                    _ => None,
                }
            }

            /// Whom AWS tells the same.
            #[must_use]
            pub fn told_to(&self) -> Audience {
                match self {
                    $(Self::$name => Audience::$told,)+
                    Self::FreshCredentialReport
                    | Self::Contact(_)
                    | Self::SignIn(_)
                    | Self::UserKeys(_)
                    | Self::ServicesUsed(_)
                    | Self::SnsTopic(_)
                    | Self::Trail(_) => Audience::Anybody,
                }
            }
        }

        /// The answer to one question.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Fact {
            $($(#[$doc])+ $name(Reading<$value>),)+
            /// To [`Question::Contact`].
            Contact(ContactType, Reading<Option<AlternateContact>>),
            /// To [`Question::SignIn`].
            SignIn(String, SignIn),
            /// To [`Question::UserKeys`].
            UserKeys(String, Reading<Vec<AccessKey>>),
            /// To [`Question::ServicesUsed`].
            ServicesUsed(String, Reading<Vec<ServiceUse>>),
            /// To [`Question::SnsTopic`]; `None`: there is none.
            SnsTopic(String, Reading<Option<SnsTopic>>),
            /// To [`Question::Trail`].
            Trail(TrailQuery, Reading<TrailPage>),
        }

        impl Fact {
            /// That `question` could not be answered.
            #[must_use]
            pub fn unanswered(question: &Question, failure: Failure) -> Self {
                match question {
                    $(Question::$name => Self::$name(Reading::Failed(failure)),)+
                    Question::FreshCredentialReport => Self::CredentialReport(Reading::Failed(failure)),
                    Question::Contact(of) => Self::Contact(*of, Reading::Failed(failure)),
                    Question::SignIn(user) => {
                        let password = Reading::Failed(failure.clone());
                        Self::SignIn(user.clone(), SignIn { password, devices: Reading::Failed(failure) })
                    }
                    Question::UserKeys(user) => Self::UserKeys(user.clone(), Reading::Failed(failure)),
                    Question::ServicesUsed(arn) => Self::ServicesUsed(arn.clone(), Reading::Failed(failure)),
                    Question::SnsTopic(arn) => Self::SnsTopic(arn.clone(), Reading::Failed(failure)),
                    Question::Trail(query) => Self::Trail(query.clone(), Reading::Failed(failure)),
                }
            }

            /// Why the question could not be answered, if so.
            #[must_use]
            pub fn failure(&self) -> Option<&Failure> {
                match self {
                    $(Self::$name(reading) => reading.failure(),)+
                    Self::Contact(_, reading) => reading.failure(),
                    Self::SignIn(_, sign_in) => sign_in.password.failure().or_else(|| sign_in.devices.failure()),
                    Self::UserKeys(_, reading) => reading.failure(),
                    Self::ServicesUsed(_, reading) => reading.failure(),
                    Self::SnsTopic(_, reading) => reading.failure(),
                    Self::Trail(_, reading) => reading.failure(),
                }
            }
        }

        /// All that is known.
        #[derive(Debug, Clone, PartialEq, Eq, Default)]
        pub struct Facts {
            $($(#[$doc])+ pub $field: Reading<$value>,)+
            /// The alternate contacts, billing, operations, security.
            pub contacts: [Reading<Option<AlternateContact>>; 3],
            /// How single users sign in, where that was asked.
            pub sign_ins: BTreeMap<String, SignIn>,
            /// The access keys of single users, where that was asked.
            pub user_keys: BTreeMap<String, Reading<Vec<AccessKey>>>,
            /// Which services single principals use, by their ARNs, where that was asked.
            pub services_used: BTreeMap<String, Reading<Vec<ServiceUse>>>,
            /// SNS topics, by their ARNs, where that was asked.
            pub sns_topics: BTreeMap<String, Reading<Option<SnsTopic>>>,
            /// What CloudTrail recorded of access keys and of root, as far as it is read.
            pub traces: BTreeMap<Traced, Trace>,
            /// The newest page of what was done with a key since some moment, by its id and region.
            pub attempts: BTreeMap<(String, String), Reading<TrailPage>>,
            /// What AWS said when it was asked whether root's MFA can be assigned here. No read tells it; it was tried.
            pub root_mfa_api: Reading<RootMfaApi>,
            /// What persons said that no read tells.
            pub answers: BTreeMap<Topic, Answer>,
            /// Deactivated keys that wait to be deleted, by their ids: what this program remembers of them.
            pub waits: BTreeMap<String, Wait>,
            /// The way in that is not root, as it was proven last: what this program remembers of it.
            pub second_way: Option<SecondWay>,
            /// Alternate contacts that were changed or deleted here, the oldest first: what this program remembers of them.
            pub previous_contacts: Vec<PreviousContact>,
            /// The primary contact as it was before it was changed here, the oldest first: what this program remembers of it.
            pub previous_primaries: Vec<PreviousPrimary>,
            /// The risks that somebody accepts. No read tells it.
            pub accepted: Acceptances,
            /// What controls measure with. No read tells it.
            pub parameters: Parameters,
        }

        impl Facts {
            /// Takes in one answer, in place of what was known before.
            pub fn learn(&mut self, fact: Fact) {
                self.forget_older_sign_ins(&fact);
                match fact {
                    $(Fact::$name(reading) => self.$field = reading,)+
                    Fact::Contact(of, reading) => self.contacts[of as usize] = reading,
                    Fact::SignIn(user, sign_in) => {
                        self.sign_ins.insert(user, sign_in);
                    }
                    Fact::UserKeys(user, reading) => {
                        self.user_keys.insert(user, reading);
                    }
                    Fact::ServicesUsed(arn, reading) => {
                        self.services_used.insert(arn, reading);
                    }
                    Fact::SnsTopic(arn, reading) => {
                        self.sns_topics.insert(arn, reading);
                    }
                    Fact::Trail(TrailQuery { of: Traced::Key(key), since: Some(_), region, .. }, reading) => {
                        self.attempts.insert((key, region), reading);
                    }
                    Fact::Trail(query, reading) => {
                        self.traces.entry(query.of.clone()).or_default().take(&query, &reading);
                    }
                }
            }

            /// Forgets the answer to `question`, because something may have changed since.
            pub fn forget(&mut self, question: &Question) {
                match question {
                    $(Question::$name => self.$field = Reading::Unread,)+
                    Question::FreshCredentialReport => self.credential_report = Reading::Unread,
                    Question::Contact(of) => self.contacts[*of as usize] = Reading::Unread,
                    Question::SignIn(user) => {
                        self.sign_ins.remove(user);
                    }
                    Question::UserKeys(user) => {
                        self.user_keys.remove(user);
                    }
                    Question::ServicesUsed(arn) => {
                        self.services_used.remove(arn);
                    }
                    Question::SnsTopic(arn) => {
                        self.sns_topics.remove(arn);
                    }
                    Question::Trail(query) => {
                        self.traces.remove(&query.of);
                    }
                }
            }

            /// Whether `question` has no answer yet, not even that it can't be had.
            #[must_use]
            pub fn is_unread(&self, question: &Question) -> bool {
                match question {
                    $(Question::$name => self.$field.is_unread(),)+
                    Question::FreshCredentialReport => self.credential_report.is_unread(),
                    Question::Contact(of) => self.contact(*of).is_unread(),
                    Question::SignIn(user) => !self.sign_ins.contains_key(user),
                    Question::UserKeys(user) => !self.user_keys.contains_key(user),
                    Question::ServicesUsed(arn) => !self.services_used.contains_key(arn),
                    Question::SnsTopic(arn) => !self.sns_topics.contains_key(arn),
                    Question::Trail(query) => !self.traces.contains_key(&query.of),
                }
            }

            /// Why `question` could not be answered, if so.
            #[must_use]
            pub fn failure(&self, question: &Question) -> Option<&Failure> {
                match question {
                    $(Question::$name => self.$field.failure(),)+
                    Question::FreshCredentialReport => self.credential_report.failure(),
                    Question::Contact(of) => self.contact(*of).failure(),
                    Question::SignIn(user) => {
                        let sign_in = self.sign_ins.get(user)?;
                        sign_in.password.failure().or_else(|| sign_in.devices.failure())
                    }
                    Question::UserKeys(user) => self.user_keys.get(user)?.failure(),
                    Question::ServicesUsed(arn) => self.services_used.get(arn)?.failure(),
                    Question::SnsTopic(arn) => self.sns_topics.get(arn)?.failure(),
                    Question::Trail(_) => None,
                }
            }

            /// What is known, as an answer to `question`: for what stands in for AWS. Pages of CloudTrail are not kept, so that
            /// of them nothing is known.
            #[must_use]
            pub fn answer(&self, question: &Question) -> Fact {
                match question {
                    $(Question::$name => Fact::$name(self.$field.clone()),)+
                    Question::FreshCredentialReport => Fact::CredentialReport(self.credential_report.clone()),
                    Question::Contact(of) => Fact::Contact(*of, self.contact(*of).clone()),
                    Question::SignIn(user) => {
                        Fact::SignIn(user.clone(), self.sign_in(user).cloned().unwrap_or_default())
                    }
                    Question::UserKeys(user) => {
                        Fact::UserKeys(user.clone(), self.user_keys.get(user).cloned().unwrap_or_default())
                    }
                    Question::ServicesUsed(arn) => {
                        Fact::ServicesUsed(arn.clone(), self.services_used.get(arn).cloned().unwrap_or_default())
                    }
                    Question::SnsTopic(arn) => {
                        Fact::SnsTopic(arn.clone(), self.sns_topics.get(arn).cloned().unwrap_or_default())
                    }
                    Question::Trail(query) => Fact::Trail(query.clone(), Reading::Unread),
                }
            }
        }
    };
}

questions! {
    /// Who is signed in.
    Caller => caller: Caller, told to Anybody,
        ["sts:GetCallerIdentity"];
    /// The account's alias.
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
    /// The account's own contact.
    ContactInformation => contact_information: Option<ContactInformation>, told to Anybody,
        ["account:GetContactInformation"];
    /// Users and groups, their policies, and how those with administrator rights sign in.
    People => people: People, told to Anybody,
        ["iam:GetAccountAuthorizationDetails", "iam:GetLoginProfile", "iam:ListMFADevices", "iam:GetUser"];
    /// The account password policy.
    PasswordPolicy => password_policy: Option<PasswordPolicy>, told to Anybody,
        ["iam:GetAccountPasswordPolicy"];
    /// The regions that are enabled.
    Regions => regions: Vec<String>, told to Anybody,
        ["account:ListRegions"];
    /// The credential report; one that AWS has already, up to four hours old, is taken.
    CredentialReport => credential_report: CredentialReport, told to Anybody,
        ["iam:GetCredentialReport", "iam:GenerateCredentialReport"];
    /// CloudTrail's trails, and whether they log.
    Trails => trails: Vec<TrailState>, told to Anybody,
        ["cloudtrail:DescribeTrails", "cloudtrail:GetTrailStatus", "cloudtrail:GetEventSelectors"];
    /// What root did lately, by CloudTrail's history in the home region.
    RootActivity => root_activity: RootActivity, told to WithoutOwnCalls,
        ["cloudtrail:LookupEvents", "sts:GetCallerIdentity"];
    /// What was changed in the account lately, by CloudTrail's history in the home region, the newest first.
    RecentChanges => recent_changes: Vec<RecentChange>, told to Anybody,
        ["cloudtrail:LookupEvents"];
    /// What the organization manages of its members' root users.
    OrganizationsFeatures => central_root: CentralRoot, told to Anybody,
        ["iam:ListOrganizationsFeatures"];
    /// Who carries AWS's AWSSupportAccess.
    SupportRole => support: PolicyHolders, told to Anybody,
        ["iam:ListEntitiesForPolicy"];
    /// Server certificates stored in IAM.
    ServerCertificates => server_certificates: Vec<ServerCertificate>, told to Anybody,
        ["iam:ListServerCertificates"];
    /// Service-specific credentials of all users, which the credential report leaves out.
    ServiceCredentials => service_credentials: Vec<ServiceCredential>, told to Anybody,
        ["iam:ListServiceSpecificCredentials"];
    /// GuardDuty in every region.
    GuardDuty => guard_duty: Regional<Detector>, told to Anybody,
        ["guardduty:ListDetectors", "guardduty:GetDetector", "account:ListRegions"];
    /// Security Hub in every region.
    SecurityHub => security_hub: Regional<Hub>, told to Anybody,
        ["securityhub:DescribeHub", "account:ListRegions"];
    /// IAM Access Analyzer in every region.
    AccessAnalyzers => access_analyzers: Regional<Vec<Analyzer>>, told to Anybody,
        ["access-analyzer:ListAnalyzers", "account:ListRegions"];
    /// Rules of EventBridge that let root's use through, and who reads the topics that they write to.
    RootRules => root_rules: Vec<RootRule>, told to Anybody,
        [
            "events:ListRules",
            "events:ListTargetsByRule",
            "sns:GetTopicAttributes",
            "sns:ListSubscriptionsByTopic",
            "sts:GetCallerIdentity",
        ];
    /// Alarms on root's use in the log groups of trails.
    LogAlarms => log_alarms: LogAlarms, told to Anybody,
        [
            "logs:DescribeMetricFilters", "cloudwatch:DescribeAlarmsForMetric", "cloudtrail:DescribeTrails",
            "sts:GetCallerIdentity",
        ];
}
