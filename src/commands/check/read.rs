//! Asks everything that the controls have to know, and says meanwhile how far it is.

use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::time::Instant;

use crate::account::calls::CallMade;
use crate::account::{Fact, Facts, Failure, Fault, Question, Reader, Reading};
use crate::checks;

/// A read that takes longer is talked about on a terminal.
const LONG: Duration = Duration::from_secs(1);
/// One that takes longer, everywhere.
const VERY_LONG: Duration = Duration::from_secs(3);
const TICK: Duration = Duration::from_millis(100);
/// A wait that something else ends.
const FOR_EVER: Duration = Duration::from_secs(365 * 86_400);

/// What is said on standard error while reads are on their way.
#[derive(Debug, Clone, Copy, Default)]
pub struct Telling {
    /// Each call as it ends.
    pub calls: bool,
    /// How many answers are there, once it takes long; on a terminal only.
    pub progress: bool,
    /// One word that it takes very long.
    pub word: bool,
}

impl Telling {
    /// As the command line asks for it, and as far as standard error is for people.
    #[must_use]
    pub fn new(verbose: bool, quiet: bool) -> Self {
        Self { calls: verbose, progress: !verbose && !quiet && std::io::stderr().is_terminal(), word: !quiet }
    }
}

/// How long all of it may take together, sign-in included.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    begun: Instant,
    limit: Duration,
}

impl Patience {
    /// Patience for `limit` from now on.
    #[must_use]
    pub fn from_now(limit: Duration) -> Self {
        Self { begun: Instant::now(), limit }
    }

    /// What `connecting` comes to, or that it took too long; with a word on standard error if `telling` asks for it.
    ///
    /// # Errors
    /// Its own, and `TimedOut`.
    pub async fn connected<T>(
        &self,
        connecting: impl Future<Output = Result<T, Failure>>,
        telling: Telling,
    ) -> Result<T, Failure> {
        let mut connecting = std::pin::pin!(connecting);
        let mut word = if telling.word { VERY_LONG } else { FOR_EVER };
        loop {
            tokio::select! {
                biased;
                result = &mut connecting => return result,
                () = self.over() => return Err(self.failure("sign-in")),
                () = tokio::time::sleep(word) => {
                    eprintln!("still signing in; lockroot gives up after {} s (--timeout)", self.limit.as_secs());
                    word = FOR_EVER;
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

/// Asks everything that all controls have to know. All reads overlap.
pub async fn read_all(account: &dyn Reader) -> Facts {
    read(account, &checks::questions(), Telling::default(), Patience::from_now(FOR_EVER)).await
}

/// Asks `questions`. All reads overlap. Once it is known that nobody is signed in, or when patience is over, what is still
/// on its way is given up.
pub async fn read(account: &dyn Reader, questions: &[Question], telling: Telling, patience: Patience) -> Facts {
    let mut facts = Facts::default();
    let mut open: BTreeSet<&Question> = questions.iter().collect();
    let mut reads: FuturesUnordered<_> =
        questions.iter().map(|question| async move { (question, account.read(question).await) }).collect();
    let mut teller = Teller { telling, patience, told: 0, drawn: false, said: false };
    while !open.is_empty() {
        tokio::select! {
            biased;
            Some((question, fact)) = reads.next() => {
                // Without a caller that AWS confirmed, no other answer is worth anything.
                if let Fact::Caller(Reading::Failed(failure)) = &fact {
                    return nothing_read(questions, failure);
                }
                open.remove(question);
                facts.learn(fact);
            }
            () = patience.over() => break,
            () = tokio::time::sleep(teller.tick()) => {}
        }
        teller.tell(account, questions.len() - open.len(), questions.len());
    }
    if open.contains(&Question::Caller) {
        return nothing_read(questions, &patience.failure(Question::Caller.action()));
    }
    open.into_iter().for_each(|question| facts.learn(Fact::unanswered(question, patience.failure(question.action()))));
    facts
}

/// Says on standard error what there is to say.
struct Teller {
    telling: Telling,
    patience: Patience,
    told: usize,
    drawn: bool,
    said: bool,
}

impl Teller {
    /// How long until there may be something to say.
    fn tick(&self) -> Duration {
        let Telling { calls, progress, word } = self.telling;
        match () {
            () if calls || progress => TICK,
            () if word && !self.said => VERY_LONG.saturating_sub(self.patience.begun.elapsed()),
            () => FOR_EVER,
        }
    }

    fn tell(&mut self, account: &dyn Reader, done: usize, all: usize) {
        let (begun, limit) = (self.patience.begun.elapsed(), self.patience.limit.as_secs());
        if self.telling.calls {
            let calls = account.calls();
            for call in calls.get(self.told..).unwrap_or_default() {
                eprintln!("{}", line(call));
            }
            self.told = calls.len();
        }
        if self.telling.progress && begun >= LONG {
            self.drawn = true;
            eprint!("\rreading: {done} of {all} answers, {} s of {limit} s ", begun.as_secs());
        } else if self.telling.word && !self.said && begun >= VERY_LONG && done < all {
            self.said = true;
            eprintln!("waiting for AWS: {done} of {all} answers so far; lockroot gives up after {limit} s (--timeout)");
        }
    }
}

impl Drop for Teller {
    /// Also when Ctrl-C ends it: the line does not stay behind.
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

/// What is known when not even a session could be had: that nothing could be read, and why.
#[must_use]
pub fn nothing_read(questions: &[Question], failure: &Failure) -> Facts {
    let mut facts = Facts::default();
    for question in questions {
        facts.learn(Fact::unanswered(question, failure.clone()));
    }
    facts
}
