//! Where sessions come from: what the driver has to be given, and what it gets.

use std::sync::Arc;

use crate::account::new_profile::NewProfile;
use crate::account::{Console, CredentialSource, Failure, Machine, Pending, Writer};
use crate::journal::JournalStore;
use crate::wizard::Mode;

/// A session with AWS, or with the practice account.
#[derive(Clone)]
pub struct Connection {
    /// Asks and changes.
    pub account: Arc<dyn Writer>,
    /// The simulated console, in practice only.
    pub console: Option<Arc<dyn Console>>,
    /// What is remembered from one run to the next.
    pub journals: Arc<dyn JournalStore>,
}

/// Makes connections.
pub trait Connector: Send + Sync {
    /// Connects to AWS, or to a practice account if `mode` says so.
    fn connect(&self, mode: Mode) -> Pending<'_, Result<Connection, Failure>>;

    /// Connects to AWS with the credentials of `source`. Where there is only one, every source leads to it.
    fn connect_with(&self, source: CredentialSource) -> Pending<'_, Result<Connection, Failure>>;

    /// Connects to the practice account of `mode` as that user of it. Where there is only one connection, it leads to that.
    fn connect_as(&self, mode: Mode, user: String) -> Pending<'_, Result<Connection, Failure>>;

    /// Adds a profile to the AWS credentials file; in practice to a file of its own. What was done, in words.
    ///
    /// # Errors
    /// In words, why nothing was written.
    fn add_profile(&self, mode: &Mode, profile: &NewProfile) -> Result<String, String>;

    /// Looks what there is on the machine to sign in with; whether the AWS CLI is asked for its version too.
    fn machine(&self, cli: bool) -> Pending<'_, Machine>;
}
