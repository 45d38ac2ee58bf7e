//! Reads the facts that the controls need, and reports progress.

use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::time::Instant;

use crate::account::calls::CallMade;
use crate::account::{Fact, Facts, Failure, Fault, Question, Reader, Reading};
use crate::checks;

/// When a terminal starts to show progress.
const LONG: Duration = Duration::from_secs(1);
/// When lockroot says on any output that it takes long.
const VERY_LONG: Duration = Duration::from_secs(3);
const TICK: Duration = Duration::from_millis(100);
/// No timeout.
const NO_LIMIT: Duration = Duration::from_secs(365 * 86_400);

/// Progress on standard error.
#[derive(Debug, Clone, Copy, Default)]
pub struct ProgressOptions {
    /// Show each call when it ends.
    pub calls: bool,
    /// Show a counter of answers when it takes long; terminals only.
    pub counter: bool,
    /// Show one notice when it takes very long.
    pub notice: bool,
}

impl ProgressOptions {
    /// The options by command line and kind of standard error.
    #[must_use]
    pub fn new(verbose: bool, quiet: bool) -> Self {
        Self { calls: verbose, counter: !verbose && !quiet && std::io::stderr().is_terminal(), notice: !quiet }
    }
}

/// Limit for sign-in and all reads together.
#[derive(Debug, Clone, Copy)]
pub struct Deadline {
    begun: Instant,
    limit: Duration,
}

impl Deadline {
    /// Starts now.
    #[must_use]
    pub fn from_now(limit: Duration) -> Self {
        Self { begun: Instant::now(), limit }
    }

    /// Waits for `connecting`, with a notice on standard error if `progress` requests it.
    ///
    /// # Errors
    /// Those of `connecting`, and `TimedOut`.
    pub async fn connected<T>(
        &self,
        connecting: impl Future<Output = Result<T, Failure>>,
        progress: ProgressOptions,
    ) -> Result<T, Failure> {
        let mut connecting = std::pin::pin!(connecting);
        let mut word = if progress.notice { VERY_LONG } else { NO_LIMIT };
        loop {
            tokio::select! {
                biased;
                result = &mut connecting => return result,
                () = self.over() => return Err(self.failure("sign-in")),
                () = tokio::time::sleep(word) => {
                    eprintln!("still signing in; lockroot gives up after {} s (--timeout)", self.limit.as_secs());
                    word = NO_LIMIT;
                }
            }
        }
    }

    async fn over(&self) {
        tokio::time::sleep_until(self.begun + self.limit).await;
    }

    fn failure(&self, action: &str) -> Failure {
        Failure::new(Fault::TimedOut, action, format!("no answer within {} s (--timeout)", self.limit.as_secs()))
    }
}

/// Reads the questions of all controls concurrently.
pub async fn read_all(account: &dyn Reader) -> Facts {
    read(account, &checks::questions(), ProgressOptions::default(), Deadline::from_now(NO_LIMIT)).await
}

/// Reads `questions` concurrently. Gives up pending reads at the deadline, or as soon as the sign-in has failed.
pub async fn read(
    account: &dyn Reader,
    questions: &[Question],
    progress: ProgressOptions,
    deadline: Deadline,
) -> Facts {
    let mut facts = Facts::default();
    let mut open: BTreeSet<&Question> = questions.iter().collect();
    let mut reads: FuturesUnordered<_> =
        questions.iter().map(|question| async move { (question, account.read(question).await) }).collect();
    let mut reporter = ProgressReporter { progress, deadline, told: 0, drawn: false, said: false };
    while !open.is_empty() {
        tokio::select! {
            biased;
            Some((question, fact)) = reads.next() => {
                // Other answers are worthless unless AWS has confirmed the caller.
                if let Fact::Caller(Reading::Failed(failure)) = &fact {
                    return nothing_read(questions, failure);
                }
                open.remove(question);
                facts.learn(fact);
            }
            () = deadline.over() => break,
            () = tokio::time::sleep(reporter.tick()) => {}
        }
        reporter.tell(account, questions.len() - open.len(), questions.len());
    }
    if open.contains(&Question::Caller) {
        return nothing_read(questions, &deadline.failure(Question::Caller.action()));
    }
    open.into_iter().for_each(|question| facts.learn(Fact::unanswered(question, deadline.failure(question.action()))));
    facts
}

/// Writes progress to standard error.
struct ProgressReporter {
    progress: ProgressOptions,
    deadline: Deadline,
    told: usize,
    drawn: bool,
    said: bool,
}

impl ProgressReporter {
    /// Time until the next possible output.
    fn tick(&self) -> Duration {
        let ProgressOptions { calls, counter, notice } = self.progress;
        match () {
            () if calls || counter => TICK,
            () if notice && !self.said => VERY_LONG.saturating_sub(self.deadline.begun.elapsed()),
            () => NO_LIMIT,
        }
    }

    fn tell(&mut self, account: &dyn Reader, done: usize, all: usize) {
        let (begun, limit) = (self.deadline.begun.elapsed(), self.deadline.limit.as_secs());
        if self.progress.calls {
            let calls = account.calls();
            for call in calls.get(self.told..).unwrap_or_default() {
                eprintln!("{}", line(call));
            }
            self.told = calls.len();
        }
        if self.progress.counter && begun >= LONG {
            self.drawn = true;
            eprint!("\rreading: {done} of {all} answers, {} s of {limit} s ", begun.as_secs());
        } else if self.progress.notice && !self.said && begun >= VERY_LONG && done < all {
            self.said = true;
            eprintln!("waiting for AWS: {done} of {all} answers so far; lockroot gives up after {limit} s (--timeout)");
        }
    }
}

impl Drop for ProgressReporter {
    /// Removes the counter line, also after Ctrl-C.
    fn drop(&mut self) {
        if self.drawn {
            eprint!("\r\x1b[K");
        }
    }
}

fn line(call: &CallMade) -> String {
    let end = if call.failed { "ended in an error after" } else { "answered in" };
    let repeated = if call.attempts > 1 { format!(", {} attempts", call.attempts) } else { String::new() };
    format!("{} {end} {} ms{repeated}", call.words(), call.took.as_millis())
}

/// The facts without a session: every question failed with `failure`.
#[must_use]
pub fn nothing_read(questions: &[Question], failure: &Failure) -> Facts {
    let mut facts = Facts::default();
    for question in questions {
        facts.learn(Fact::unanswered(question, failure.clone()));
    }
    facts
}
