//! Asks everything that the controls have to know, and says meanwhile how far it is.

use std::io::IsTerminal;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::time::Instant;

use crate::account::calls::CallMade;
use crate::account::facts::SignIn;
use crate::account::{Fact, Facts, Failure, Question, Reader, Reading};
use crate::checks;

/// A read that takes longer is talked about.
const LONG: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(100);

/// What is said on standard error while reads are on their way.
#[derive(Debug, Clone, Copy, Default)]
pub struct Telling {
    /// Each call as it ends.
    pub calls: bool,
    /// How many answers are there, once it takes long; on a terminal only.
    pub progress: bool,
}

impl Telling {
    /// As the command line asks for it, and as far as standard error is for people.
    #[must_use]
    pub fn new(verbose: bool, quiet: bool) -> Self {
        Self { calls: verbose, progress: !verbose && !quiet && std::io::stderr().is_terminal() }
    }
}

/// Asks everything that all controls have to know. All reads overlap.
pub async fn read_all(account: &dyn Reader) -> Facts {
    read(account, &checks::questions(), Telling::default()).await
}

/// Asks `questions`. All reads overlap.
pub async fn read(account: &dyn Reader, questions: &[Question], telling: Telling) -> Facts {
    let mut facts = Facts::default();
    let mut reads: FuturesUnordered<_> = questions.iter().map(|question| account.read(question)).collect();
    let mut teller = Teller { telling, begun: Instant::now(), told: 0, drawn: false };
    loop {
        let fact = if telling.calls || telling.progress {
            match tokio::time::timeout(TICK, reads.next()).await {
                Ok(fact) => fact,
                Err(_) => {
                    teller.tell(account, questions.len() - reads.len(), questions.len());
                    continue;
                }
            }
        } else {
            reads.next().await
        };
        let Some(fact) = fact else { break };
        facts.learn(fact);
        teller.tell(account, questions.len() - reads.len(), questions.len());
    }
    drop(reads);
    facts
}

/// Says on standard error what there is to say.
struct Teller {
    telling: Telling,
    begun: Instant,
    told: usize,
    drawn: bool,
}

impl Teller {
    fn tell(&mut self, account: &dyn Reader, done: usize, all: usize) {
        if self.telling.calls {
            let calls = account.calls();
            for call in calls.get(self.told..).unwrap_or_default() {
                eprintln!("{}", line(call));
            }
            self.told = calls.len();
        }
        if self.telling.progress && self.begun.elapsed() >= LONG {
            self.drawn = true;
            eprint!("\rreading: {done} of {all} answers, {} s ", self.begun.elapsed().as_secs());
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
        facts.learn(failed(question, failure.clone()));
    }
    facts
}

fn failed(question: &Question, failure: Failure) -> Fact {
    match question {
        Question::Caller => Fact::Caller(Reading::Failed(failure)),
        Question::Alias => Fact::Alias(Reading::Failed(failure)),
        Question::Summary => Fact::Summary(Reading::Failed(failure)),
        Question::RootKeys => Fact::RootKeys(Reading::Failed(failure)),
        Question::RootDevices => Fact::RootDevices(Reading::Failed(failure)),
        Question::VirtualDevices => Fact::VirtualDevices(Reading::Failed(failure)),
        Question::Contact(of) => Fact::Contact(*of, Reading::Failed(failure)),
        Question::ContactInformation => Fact::ContactInformation(Reading::Failed(failure)),
        Question::People => Fact::People(Reading::Failed(failure)),
        Question::SignIn(user) => Fact::SignIn(
            user.clone(),
            SignIn { password: Reading::Failed(failure.clone()), devices: Reading::Failed(failure) },
        ),
        Question::PasswordPolicy => Fact::PasswordPolicy(Reading::Failed(failure)),
        Question::RootCertificates => Fact::RootCertificates(Reading::Failed(failure)),
        Question::Regions => Fact::Regions(Reading::Failed(failure)),
        Question::Trail(query) => Fact::Trail(query.clone(), Reading::Failed(failure)),
        Question::CredentialReport | Question::FreshCredentialReport => {
            Fact::CredentialReport(Reading::Failed(failure))
        }
        Question::Trails => Fact::Trails(Reading::Failed(failure)),
        Question::RootActivity => Fact::RootActivity(Reading::Failed(failure)),
        Question::OrganizationsFeatures => Fact::OrganizationsFeatures(Reading::Failed(failure)),
        Question::SupportRole => Fact::SupportRole(Reading::Failed(failure)),
        Question::ServerCertificates => Fact::ServerCertificates(Reading::Failed(failure)),
        Question::ServiceCredentials => Fact::ServiceCredentials(Reading::Failed(failure)),
        Question::GuardDuty => Fact::GuardDuty(Reading::Failed(failure)),
        Question::SecurityHub => Fact::SecurityHub(Reading::Failed(failure)),
        Question::AccessAnalyzers => Fact::AccessAnalyzers(Reading::Failed(failure)),
        Question::RootRules => Fact::RootRules(Reading::Failed(failure)),
        Question::LogAlarms => Fact::LogAlarms(Reading::Failed(failure)),
    }
}
