//! The only module that names the AWS SDK. It answers [`Question`](crate::account::Question)s and applies
//! [`Change`]s in the account's types. It draws no conclusions from facts.

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
mod renewed;
mod retries;
mod shared_config;
mod sources;
mod surroundings;
mod time;
mod transport;

use std::sync::Arc;

use aws_config::SdkConfig;
use tokio::sync::OnceCell;

use crate::account::{Caller, Change, Failure, Outcome, Pending, Reading, Renewal, Writer};
use crate::clock::Clock;
use credentials::CachedCredentials;
use remembered::Remembered;

pub use connect::{Target, connect, connect_in_process, wanted_code};
pub use in_process::InProcess;
pub use mfa_code::MfaCode;
pub use sources::machine;
pub use surroundings::{Surroundings, Trusted, knock, surroundings};

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
    credentials: Arc<CachedCredentials>,
    /// What all clients are made from, for a session of the same principal that signs otherwise.
    config: SdkConfig,
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

impl Writer for Aws {
    fn apply<'a>(&'a self, change: &'a Change) -> Pending<'a, Result<Outcome, Failure>> {
        Box::pin(self.send(change))
    }

    fn renew<'a>(&'a self, renewal: &'a Renewal) -> Pending<'a, Result<Arc<dyn Writer>, Failure>> {
        Box::pin(async move { Ok(Arc::new(self.renewed(renewal).await?) as Arc<dyn Writer>) })
    }
}
