//! Reads the caller once for all concurrent questions.

use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::Mutex;

use crate::account::{Caller, Failure};

/// The last result. A known caller is kept. A failure is shared only with the calls that were waiting for it, so that
/// ten calls don't wait for ten failures in turn.
#[derive(Debug, Default)]
pub(super) struct Remembered {
    last: Mutex<Option<Result<Caller, Failure>>>,
    ended: AtomicU64,
}

impl Remembered {
    /// Whether the caller is known.
    pub fn is_known(&self) -> bool {
        self.last.try_lock().is_ok_and(|last| matches!(*last, Some(Ok(_))))
    }

    /// The known caller, or the result of `ask`.
    pub async fn or_ask(&self, ask: impl Future<Output = Result<Caller, Failure>>) -> Result<Caller, Failure> {
        let ended_before = self.ended.load(Ordering::Relaxed);
        let mut last = self.last.lock().await;
        match &*last {
            Some(Ok(caller)) => Ok(caller.clone()),
            Some(Err(failure)) if self.ended.load(Ordering::Relaxed) > ended_before => Err(failure.clone()),
            _ => {
                let result = ask.await;
                *last = Some(result.clone());
                self.ended.fetch_add(1, Ordering::Relaxed);
                result
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Fault;

    #[tokio::test(start_paused = true)]
    async fn concurrent_callers_share_a_failure_and_later_ones_retry() {
        let remembered = Remembered::default();
        let asked = AtomicU64::new(0);
        let ask = || async {
            asked.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(std::time::Duration::from_secs(60)).await;
            Err(Failure::new(Fault::TimedOut, "sts:GetCallerIdentity", "nothing came"))
        };
        let begun = tokio::time::Instant::now();
        let (one, two, three) =
            tokio::join!(remembered.or_ask(ask()), remembered.or_ask(ask()), remembered.or_ask(ask()));
        assert!(one.is_err() && one == two && two == three);
        assert_eq!((asked.load(Ordering::Relaxed), begun.elapsed().as_secs()), (1, 60));
        assert!(remembered.or_ask(ask()).await.is_err() && !remembered.is_known());
        assert_eq!(asked.load(Ordering::Relaxed), 2);
    }
}
