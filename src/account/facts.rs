//! What is known of the account: one [`Reading`] for each [`Question`], with the time of its read.
//! Nothing is derived in here; verdicts are the business of `checks`.

mod fact;
mod question;
mod reading;
mod summary;

use std::collections::BTreeMap;

pub use super::credential_report::{Field, ReportKey, ReportRow};
pub use super::identities::*;
pub use super::policy_document::{CustomerPolicy, FullAdmin};
pub use super::regional::{Analyzer, Detector, Hub};
pub use super::root_use::{LogAlarms, RootRule};
pub use super::safeguards::{CentralRoot, PolicyHolders, ServerCertificate, ServiceCredential, TrailState};
use super::{
    AlternateContact, Answer, Caller, ContactInformation, ContactType, CredentialReport, Door, Parameters,
    PasswordPolicy, PreviousContact, PreviousPrimary, Regional, RootActivity, SecondWay, Topic, Trace, TrailPage,
};
pub use fact::Fact;
pub use question::Question;
pub use reading::Reading;
pub use summary::Summary;

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
    pub root_activity: Reading<RootActivity>,
    /// What the organization manages of its members' root users.
    pub central_root: Reading<CentralRoot>,
    /// Who carries AWSSupportAccess.
    pub support: Reading<PolicyHolders>,
    /// Server certificates stored in IAM.
    pub server_certificates: Reading<Vec<ServerCertificate>>,
    /// Service-specific credentials of all users.
    pub service_credentials: Reading<Vec<ServiceCredential>>,
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
            Fact::ServerCertificates(reading) => self.server_certificates = reading,
            Fact::ServiceCredentials(reading) => self.service_credentials = reading,
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
            Question::ServerCertificates => self.server_certificates = Reading::Unread,
            Question::ServiceCredentials => self.service_credentials = Reading::Unread,
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
            Question::ServerCertificates => self.server_certificates.is_unread(),
            Question::ServiceCredentials => self.service_credentials.is_unread(),
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
