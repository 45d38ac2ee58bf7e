//! Walks over improvements and regressions since the last run.

use std::sync::Arc;
use std::time::Duration;

use crate::support::{START, Walk};
use lockroot::account::{Change, ContactType, Failure, Fault, LastRun, Pending, Reading};
use lockroot::clock::Clock;
use lockroot::commands::connections::connection_to;
use lockroot::drive::{Connection, Connector};
use lockroot::journal::{InMemory, JournalStore, Note};
use lockroot::practice::{Practice, Scenario};
use lockroot::wizard::Mode;

const ACCOUNT: &str = "210987654321";
const DAYS_3: Duration = Duration::from_secs(3 * 86_400);

/// Starts the program again on the same account with the same journal.
#[derive(Clone)]
struct Same {
    account: Practice,
    clock: Clock,
    journals: Arc<InMemory>,
}

impl Same {
    fn new(scenario: &str) -> Self {
        let clock = Clock::set_to(START);
        let account = Practice::new(Scenario::named(scenario).unwrap(), clock.clone());
        Self { account, clock, journals: Arc::default() }
    }

    async fn start(&self) -> Walk {
        let mut walk = Walk::by(self.account.clone(), self.clock.clone(), Arc::new(self.clone())).await;
        walk.size = (100, 40);
        walk
    }

    /// Changes the account from another program.
    async fn change(&self, change: Change) {
        connection_to(&self.account, &self.clock).account.apply(&change).await.unwrap();
    }
}

impl Connector for Same {
    fn connect(&self, _mode: Mode) -> Pending<'_, Result<Connection, Failure>> {
        let connection = Connection { journals: self.journals.clone(), ..connection_to(&self.account, &self.clock) };
        Box::pin(async move { Ok(connection) })
    }

    crate::support::one_account!();

    crate::support::no_file!();

    crate::support::bare_machine!();
}

fn ids(controls: &[&lockroot::checks::Control]) -> Vec<&'static str> {
    lockroot::checks::CONTROLS
        .iter()
        .filter(|control| controls.iter().any(|other| other.id == control.id))
        .map(|control| control.id)
        .collect()
}

#[tokio::test(start_paused = true)]
async fn the_next_run_shows_improvements_and_regressions() {
    let same = Same::new("hardened");
    let first = same.start().await;
    assert!(first.driver.wizard.world.drift().is_none(), "nobody looked before");
    let contact = first.driver.wizard.facts().contact(ContactType::Security).known().cloned().flatten().unwrap();
    drop(first);

    same.change(Change::DeleteContact { of: ContactType::Security }).await;
    same.clock.advance(DAYS_3);
    let second = same.start().await;
    let drift = second.driver.wizard.world.drift().expect("there was a run");
    assert_eq!((ids(&drift.better), drift.since), (vec![], START));
    assert!(ids(&drift.worse).contains(&"security-contact"), "{:?}", ids(&drift.worse));
    assert!(second.draw().contains("Since the last run, 3 d ago: 1 worse."), "{}", second.draw());
    drop(second);

    same.change(Change::PutContact { of: ContactType::Security, contact }).await;
    same.change(Change::DeletePasswordPolicy).await;
    same.clock.advance(Duration::from_secs(7200));
    let mut third = same.start().await;
    let drift = third.driver.wizard.world.drift().expect("there was a run");
    assert!(ids(&drift.better).contains(&"security-contact"), "{:?}", ids(&drift.better));
    assert!(ids(&drift.worse).contains(&"password-policy"), "{:?}", ids(&drift.worse));
    assert!(third.draw().contains("Since the last run, 2 h ago: "), "{}", third.draw());
    third.press("0").await;
    assert!(third.draw().contains("Worse: "), "{}", third.draw());
    drop(third);

    let fourth = same.start().await;
    assert!(fourth.draw().contains("Nothing got better or worse since the last run, just now"), "{}", fourth.draw());
}

#[tokio::test(start_paused = true)]
async fn a_verdict_that_differs_only_by_caller_is_neither_better_nor_worse() {
    for (principal, better) in [("root", vec!["root-devices"]), ("user/alice", vec![])] {
        let same = Same::new("hardened");
        let principal = Some(format!("arn:aws:iam::{ACCOUNT}:{principal}"));
        let verdicts = [("root-devices".to_owned(), "manual".to_owned())].into();
        same.journals.note(ACCOUNT, &Note::Run(LastRun { at: START, principal, verdicts })).unwrap();
        same.clock.advance(DAYS_3);
        let drift = same.start().await.driver.wizard.world.drift().expect("there was a run");
        assert_eq!(ids(&drift.better), better, "root alone is told of its devices");
    }
}

#[tokio::test(start_paused = true)]
async fn unknown_controls_are_neither_better_nor_worse() {
    let same = Same::new("hardened");
    let verdicts = [("password-policy", "unknown"), ("root-mfa", "fail"), ("a-control-of-old", "fail")];
    let verdicts = verdicts.map(|(id, word)| (id.to_owned(), word.to_owned())).into();
    same.journals.note(ACCOUNT, &Note::Run(LastRun { at: START, principal: None, verdicts })).unwrap();
    same.clock.advance(DAYS_3);
    let mut again = same.start().await;
    let drift = again.driver.wizard.world.drift().expect("there was a run");
    assert_eq!((ids(&drift.better), ids(&drift.worse)), (vec!["root-mfa"], vec![]));

    again.driver.wizard.world.facts_mut().summary =
        Reading::Failed(Failure::new(Fault::AccessDenied, "iam:GetAccountSummary", "not allowed"));
    let drift = again.driver.wizard.world.drift().expect("there was a run");
    assert_eq!((ids(&drift.better), ids(&drift.worse)), (vec![], vec![]), "unknown now");
    again.size = (118, 40);
    assert!(drift.unknown > 0 && again.draw().contains("could not be read"), "{}", again.draw());
}
