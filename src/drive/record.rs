//! Journal work in order, off the main loop: an unresponsive folder blocks neither keys nor signals.

use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

/// Timeout for one piece of work, which writes a few hundred bytes.
const MAX_WAIT: Duration = Duration::from_secs(5);

type Work = Box<dyn FnOnce() + Send>;

pub(super) struct JournalQueue(mpsc::UnboundedSender<Work>);

impl JournalQueue {
    /// An empty queue. Call it inside a tokio runtime.
    pub(super) fn start() -> Self {
        let (sender, mut queue) = mpsc::unbounded_channel::<Work>();
        tokio::spawn(async move {
            while let Some(work) = queue.recv().await {
                // Overdue work continues by itself and does not delay the next. `add` reports a panic.
                let _ = tokio::time::timeout(MAX_WAIT, tokio::task::spawn_blocking(work)).await;
            }
        });
        Self(sender)
    }

    /// Queues `work` and returns its future result.
    pub(super) fn add<T: Send + 'static, W: FnOnce() -> T + Send + 'static>(
        &self,
        work: W,
    ) -> impl Future<Output = Result<T, String>> + Send + use<T, W> {
        let (sender, done) = oneshot::channel();
        let queued = self.0.send(Box::new(move || drop(sender.send(work()))));
        async move {
            queued.map_err(|_| BROKEN.to_owned())?;
            match tokio::time::timeout(MAX_WAIT, done).await {
                Ok(result) => result.map_err(|_| BROKEN.to_owned()),
                Err(_) => Err(format!("Its folder did not answer within {} s", MAX_WAIT.as_secs())),
            }
        }
    }

    /// Waits until all work queued so far is done or overdue. Returns whether it is done.
    pub(super) fn up_to_now(&self) -> impl Future<Output = bool> + Send + use<> {
        let done = self.add(|| ());
        async move { done.await.is_ok() }
    }
}

const BROKEN: &str = "a bug in lockroot prevented it";

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[tokio::test]
    async fn journal_writes_run_in_order_and_a_panic_is_reported() {
        let record = JournalQueue::start();
        let (sender, order) = channel();
        let work = |n: u32| {
            let sender = sender.clone();
            move || sender.send(n).unwrap()
        };
        let (first, second) = (record.add(work(1)), record.add(work(2)));
        let broken = record.add(|| panic!("this is the bug"));
        let third = record.add(work(3));
        assert_eq!(
            (third.await, broken.await, second.await, first.await),
            (Ok(()), Err(BROKEN.into()), Ok(()), Ok(()))
        );
        assert_eq!(order.try_iter().collect::<Vec<_>>(), [1, 2, 3]);
    }

    #[tokio::test]
    async fn a_folder_that_hangs_does_not_block_the_program() {
        let record = JournalQueue::start();
        let (release, held) = channel::<()>();
        let stuck = record.add(move || held.recv().is_ok());
        // The loop continues meanwhile: this task is polled although the work is not done.
        tokio::select! {
            biased;
            _ = stuck => panic!("it is stuck"),
            () = tokio::task::yield_now() => {}
        }
        release.send(()).unwrap();
        record.up_to_now().await;
    }
}
