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
pub use surroundings::{Surroundings, Trusted, probe, surroundings};

/// A connection to AWS: credentials, and a client for each service.
///
/// Reads and changes have separate clients. The SDK may repeat a read freely, but a change only if it cannot have
/// happened.
#[derive(Debug)]
pub struct Aws {
    sts: aws_sdk_sts::Client,
    reading: Clients,
    changing: Clients,
    clock: Clock,
    credentials: Arc<CachedCredentials>,
    /// The base for clients that sign with other credentials of the same principal.
    config: SdkConfig,
    /// Services without an SDK crate.
    plain: plain::Plain,
    /// The enabled Regions, after the first successful read.
    enabled_regions: OnceCell<Vec<String>>,
    /// The signed-in principal, after the first successful read.
    caller: Remembered,
    /// Timings of the reads.
    calls: calls::CallLog,
}

/// Clients of account-level services, in the partition's home Region.
#[derive(Debug)]
struct Clients {
    iam: aws_sdk_iam::Client,
    account: aws_sdk_account::Client,
}

impl Aws {
    /// Dates the result of a read that has just ended.
    fn reading<T>(&self, result: Result<T, Failure>) -> Reading<T> {
        Reading::from_result(result, self.clock.now())
    }

    /// The signed-in principal, read once and cached.
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
