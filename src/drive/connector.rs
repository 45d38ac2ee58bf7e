//! The source of sessions: what the driver needs, and what it gets.

use std::sync::Arc;

use crate::account::new_profile::NewProfile;
use crate::account::{Console, CredentialSource, Failure, Machine, Pending, Writer};
use crate::journal::JournalStore;
use crate::wizard::Mode;

/// A session with AWS or the practice account.
#[derive(Clone)]
pub struct Connection {
    /// Reads and changes.
    pub account: Arc<dyn Writer>,
    /// The simulated console, in practice only.
    pub console: Option<Arc<dyn Console>>,
    /// Journals of earlier runs.
    pub journals: Arc<dyn JournalStore>,
}

/// Opens connections.
pub trait Connector: Send + Sync {
    /// Connects to AWS, or to a practice account in that `mode`.
    fn connect(&self, mode: Mode) -> Pending<'_, Result<Connection, Failure>>;

    /// Connects to AWS with credentials from `source`. An implementation with a single source ignores it.
    fn connect_with(&self, source: CredentialSource) -> Pending<'_, Result<Connection, Failure>>;

    /// Connects to the practice account of `mode` as `user`. An implementation with a single connection ignores both.
    fn connect_as(&self, mode: Mode, user: String) -> Pending<'_, Result<Connection, Failure>>;

    /// Adds a profile to the AWS credentials file; in practice to a separate file. Returns a message about what was
    /// done.
    ///
    /// # Errors
    /// Why nothing was written.
    fn add_profile(&self, mode: &Mode, profile: &NewProfile) -> Result<String, String>;

    /// The credential sources of this machine. `cli`: also asks the AWS CLI for its version.
    fn machine(&self, cli: bool) -> Pending<'_, Machine>;
}
