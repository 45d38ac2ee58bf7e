//! The answer to a question.

use super::super::{
    AlternateContact, Caller, ContactInformation, ContactType, CredentialReport, Failure, PasswordPolicy, Regional,
    TrailEvent, TrailPage, TrailQuery,
};
use super::{
    AccessKey, Analyzer, CentralRoot, Detector, Hub, LogAlarms, MfaDevice, People, PolicyHolders, Reading, RootRule,
    ServerCertificate, ServiceCredential, SignIn, SigningCertificate, Summary, TrailState, VirtualDevice,
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
    /// To [`Question::RootActivity`]: the newest events, fifty at most.
    RootActivity(Reading<Vec<TrailEvent>>),
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
