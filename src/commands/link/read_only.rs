//! What commands get that change nothing: links without the half that changes an account, by type.

use std::sync::Arc;

use super::Links;
use crate::account::{Failure, Reader};
use crate::clock::Clock;
use crate::drive::Connector;
use crate::journal::JournalStore;
use crate::wizard::Mode;

/// Makes links that can only read.
#[derive(Debug, Clone)]
pub struct ReadOnly(Links);

/// A session that can only read.
pub struct ReadLink {
    /// Asks.
    pub account: Arc<dyn Reader>,
    /// What is remembered from one run to the next.
    pub journals: Arc<dyn JournalStore>,
}

impl ReadOnly {
    /// Of `links`, whatever else they can do.
    pub(super) fn of(links: Links) -> Self {
        Self(links)
    }

    /// AWS's time.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Connects to AWS, or to a practice account if `mode` says so.
    ///
    /// # Errors
    /// As [`Connector::connect`].
    pub async fn connect(&self, mode: Mode) -> Result<ReadLink, Failure> {
        let link = self.0.connect(mode).await?;
        Ok(ReadLink { account: link.account, journals: link.journals })
    }
}
