//! The only folder that talks to the AWS SDK. It answers [`Question`]s and applies [`Change`]s, in the account's own types;
//! nothing of the SDK leaves it, and nothing in it decides what a fact means.

mod apply;
mod bounded;
mod calls;
mod chain;
mod command_line;
mod connect;
mod credentials;
mod failures;
mod genuine;
mod in_process;
mod mfa_code;
mod owner;
mod plain;
mod read;
mod remembered;
mod retries;
mod shared_config;
mod sources;
mod time;
mod transport;

use std::sync::Arc;

use tokio::sync::OnceCell;

use crate::account::calls::CallMade;
use crate::account::{Caller, Change, Fact, Failure, Outcome, Pending, Question, Reader, Reading, Writer};
use crate::clock::Clock;
use credentials::Held;
use remembered::Remembered;

pub use connect::{Target, connect, connect_in_process, wanted_code};
pub use in_process::InProcess;
pub use mfa_code::MfaCode;
pub use sources::machine;

/// A connection to AWS: who signs, and a client for each service.
///
/// Reads and changes have clients of their own, because the SDK may repeat a read whenever it likes, but a change only when
/// it can't have happened.
#[derive(Debug)]
pub struct Aws {
    sts: aws_sdk_sts::Client,
    reading: Clients,
    changing: Clients,
    clock: Clock,
    credentials: Arc<Held>,
    /// What clients of CloudTrail are made from, one for each region.
    trails: aws_sdk_cloudtrail::Config,
    /// Services without an SDK crate.
    plain: plain::Plain,
    /// The regions that are enabled, once AWS has said so.
    enabled_regions: OnceCell<Vec<String>>,
    /// Who opened this connection, once AWS has said so.
    caller: Remembered,
    /// What the reads cost.
    calls: calls::CallLog,
}

/// The account-level services, pinned to the partition's home region.
#[derive(Debug)]
struct Clients {
    iam: aws_sdk_iam::Client,
    account: aws_sdk_account::Client,
}

impl Aws {
    /// What came of a read that has just ended.
    fn reading<T>(&self, result: Result<T, Failure>) -> Reading<T> {
        Reading::from_result(result, self.clock.now())
    }

    /// Who signs, asked once and remembered.
    async fn remembered_caller(&self) -> Result<Caller, Failure> {
        self.caller.or_ask(self.ask_caller()).await
    }
}

impl Reader for Aws {
    fn read<'a>(&'a self, question: &'a Question) -> Pending<'a, Fact> {
        Box::pin(async move {
            match question {
                Question::Caller => Fact::Caller(self.reading(self.fresh_caller().await)),
                Question::Alias => Fact::Alias(self.reading(self.alias().await)),
                Question::Summary => Fact::Summary(self.reading(self.summary().await)),
                Question::RootKeys => Fact::RootKeys(self.root_keys().await),
                Question::RootCertificates => Fact::RootCertificates(self.root_certificates().await),
                Question::RootDevices => Fact::RootDevices(self.root_devices().await),
                Question::VirtualDevices => Fact::VirtualDevices(self.reading(self.virtual_devices().await)),
                Question::Contact(of) => Fact::Contact(*of, self.reading(self.contact(*of).await)),
                Question::ContactInformation => {
                    Fact::ContactInformation(self.reading(self.contact_information().await))
                }
                Question::People => Fact::People(self.reading(self.people().await)),
                Question::SignIn(user) => Fact::SignIn(user.clone(), self.sign_in(user).await),
                Question::PasswordPolicy => Fact::PasswordPolicy(self.reading(self.password_policy().await)),
                Question::Regions => Fact::Regions(self.reading(self.regions().await)),
                Question::Trail(query) => Fact::Trail(query.clone(), self.reading(self.trail(query).await)),
                Question::CredentialReport => Fact::CredentialReport(self.reading(self.credential_report(false).await)),
                Question::FreshCredentialReport => {
                    Fact::CredentialReport(self.reading(self.credential_report(true).await))
                }
                Question::Trails => Fact::Trails(self.reading(self.trails().await)),
                Question::RootActivity => Fact::RootActivity(self.reading(self.root_activity().await)),
                Question::OrganizationsFeatures => Fact::OrganizationsFeatures(self.reading(self.central_root().await)),
                Question::SupportRole => Fact::SupportRole(self.reading(self.support_role().await)),
                Question::ServerCertificates => {
                    Fact::ServerCertificates(self.reading(self.server_certificates().await))
                }
                Question::ServiceCredentials => {
                    Fact::ServiceCredentials(self.reading(self.service_credentials().await))
                }
                Question::RootRules => Fact::RootRules(self.reading(self.root_rules().await)),
                Question::LogAlarms => Fact::LogAlarms(self.reading(self.log_alarms().await)),
                Question::GuardDuty => Fact::GuardDuty(self.guard_duty().await),
                Question::SecurityHub => Fact::SecurityHub(self.security_hub().await),
                Question::AccessAnalyzers => Fact::AccessAnalyzers(self.access_analyzers().await),
            }
        })
    }
    fn calls(&self) -> Vec<CallMade> {
        self.calls.made()
    }
}

impl Writer for Aws {
    fn apply<'a>(&'a self, change: &'a Change) -> Pending<'a, Result<Outcome, Failure>> {
        Box::pin(self.send(change))
    }
}
