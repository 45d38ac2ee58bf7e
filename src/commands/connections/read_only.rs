//! Connections for commands that change nothing: their type has no method that changes an account.

use std::sync::Arc;

use super::Connections;
use crate::account::{Failure, Reader};
use crate::clock::Clock;
use crate::drive::Connector;
use crate::journal::JournalStore;
use crate::wizard::Mode;

/// Creates connections that can only read.
#[derive(Debug, Clone)]
pub struct ReadOnly(Connections);

/// A session that can only read.
pub struct ReadConnection {
    pub account: Arc<dyn Reader>,
    /// Journals of earlier runs.
    pub journals: Arc<dyn JournalStore>,
}

impl ReadOnly {
    /// Restricts `connections` to reading.
    pub(super) fn of(connections: Connections) -> Self {
        Self(connections)
    }

    /// AWS's time.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Connects to AWS, or to a practice account in that `mode`.
    ///
    /// # Errors
    /// As [`Connector::connect`].
    pub async fn connect(&self, mode: Mode) -> Result<ReadConnection, Failure> {
        let connection = self.0.connect(mode).await?;
        Ok(ReadConnection { account: connection.account, journals: connection.journals })
    }
}
