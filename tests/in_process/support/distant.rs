//! An account with a network delay that counts calls, for tests and benchmarks.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use lockroot::practice::Practice;
use lockroot::wire::{Endpoint, Replying};

/// How long every call takes.
pub const ROUND_TRIP: Duration = Duration::from_millis(80);

/// The practice account behind a network delay.
pub struct Distant {
    account: Practice,
    calls: AtomicUsize,
}

impl Distant {
    /// No calls yet.
    pub fn new(account: Practice) -> Self {
        Self { account, calls: AtomicUsize::new(0) }
    }

    /// Returns the number of calls since the last query.
    pub fn calls(&self) -> usize {
        self.calls.swap(0, Ordering::Relaxed)
    }
}

impl Endpoint for Distant {
    fn answer(&self, request: http::Request<Vec<u8>>) -> Replying<'_> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        Box::pin(async move {
            tokio::time::sleep(ROUND_TRIP).await;
            self.account.answer(request).await
        })
    }
}
