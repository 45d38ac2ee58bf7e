//! The answer to a question.

use super::super::{
    AlternateContact, Caller, ContactInformation, ContactType, CredentialReport, Failure, PasswordPolicy, Regional,
    RootActivity, TrailPage, TrailQuery,
};
use super::{
    AccessKey, Analyzer, CentralRoot, Detector, Hub, LogAlarms, MfaDevice, People, PolicyHolders, Question, Reading,
    RootRule, ServerCertificate, ServiceCredential, SignIn, SigningCertificate, Summary, TrailState, VirtualDevice,
};

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
    /// To [`Question::RootActivity`].
    RootActivity(Reading<RootActivity>),
    /// To [`Question::OrganizationsFeatures`].
    OrganizationsFeatures(Reading<CentralRoot>),
    /// To [`Question::SupportRole`].
    SupportRole(Reading<PolicyHolders>),
    /// To [`Question::ServerCertificates`].
    ServerCertificates(Reading<Vec<ServerCertificate>>),
    /// To [`Question::ServiceCredentials`].
    ServiceCredentials(Reading<Vec<ServiceCredential>>),
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
    /// That `question` could not be answered.
    #[must_use]
    pub fn unanswered(question: &Question, failure: Failure) -> Self {
        match question {
            Question::Caller => Self::Caller(Reading::Failed(failure)),
            Question::Alias => Self::Alias(Reading::Failed(failure)),
            Question::Summary => Self::Summary(Reading::Failed(failure)),
            Question::RootKeys => Self::RootKeys(Reading::Failed(failure)),
            Question::RootCertificates => Self::RootCertificates(Reading::Failed(failure)),
            Question::RootDevices => Self::RootDevices(Reading::Failed(failure)),
            Question::VirtualDevices => Self::VirtualDevices(Reading::Failed(failure)),
            Question::Contact(of) => Self::Contact(*of, Reading::Failed(failure)),
            Question::ContactInformation => Self::ContactInformation(Reading::Failed(failure)),
            Question::People => Self::People(Reading::Failed(failure)),
            Question::SignIn(user) => {
                let sign_in = SignIn { password: Reading::Failed(failure.clone()), devices: Reading::Failed(failure) };
                Self::SignIn(user.clone(), sign_in)
            }
            Question::PasswordPolicy => Self::PasswordPolicy(Reading::Failed(failure)),
            Question::Regions => Self::Regions(Reading::Failed(failure)),
            Question::Trail(query) => Self::Trail(query.clone(), Reading::Failed(failure)),
            Question::CredentialReport | Question::FreshCredentialReport => {
                Self::CredentialReport(Reading::Failed(failure))
            }
            Question::Trails => Self::Trails(Reading::Failed(failure)),
            Question::RootActivity => Self::RootActivity(Reading::Failed(failure)),
            Question::OrganizationsFeatures => Self::OrganizationsFeatures(Reading::Failed(failure)),
            Question::SupportRole => Self::SupportRole(Reading::Failed(failure)),
            Question::GuardDuty => Self::GuardDuty(Reading::Failed(failure)),
            Question::SecurityHub => Self::SecurityHub(Reading::Failed(failure)),
            Question::AccessAnalyzers => Self::AccessAnalyzers(Reading::Failed(failure)),
            Question::RootRules => Self::RootRules(Reading::Failed(failure)),
            Question::LogAlarms => Self::LogAlarms(Reading::Failed(failure)),
            Question::ServerCertificates => Self::ServerCertificates(Reading::Failed(failure)),
            Question::ServiceCredentials => Self::ServiceCredentials(Reading::Failed(failure)),
        }
    }

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
            Self::ServerCertificates(reading) => reading.failure(),
            Self::ServiceCredentials(reading) => reading.failure(),
            Self::GuardDuty(reading) => reading.failure(),
            Self::SecurityHub(reading) => reading.failure(),
            Self::AccessAnalyzers(reading) => reading.failure(),
            Self::RootRules(reading) => reading.failure(),
            Self::LogAlarms(reading) => reading.failure(),
        }
    }
}
