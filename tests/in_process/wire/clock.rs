//! AWS's clock, from its answers.

use std::time::Duration;

use lockroot::account::{Caller, Fact, Question, Reading};
use lockroot::clock::Clock;
use lockroot::commands::connections::connection_to;
use lockroot::practice::{Practice, Scenario};
use time::macros::datetime;

async fn caller_with(offset: Duration) -> Caller {
    let theirs = datetime!(2026-11-21 12:00:07 UTC);
    let practice = Practice::new(Scenario::named("fresh").unwrap(), Clock::set_to(theirs));
    let connection = connection_to(&practice, &Clock::set_to(theirs + offset));
    match connection.account.read(&Question::Caller).await {
        Fact::Caller(Reading::Known { value, .. }) => value,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_date_of_an_answer_shows_that_the_clock_is_off() {
    let caller = caller_with(Duration::from_secs(150)).await;
    assert_eq!(caller.clock_ahead, Some(time::Duration::seconds(150)));
    assert_eq!(
        caller.clock_words().as_deref(),
        Some("This machine's clock is 2 min ahead of AWS's. Codes must match AWS's clock.")
    );
}

#[tokio::test]
async fn a_correct_clock_is_not_reported() {
    let caller = caller_with(Duration::ZERO).await;
    assert_eq!(caller.clock_ahead, Some(time::Duration::ZERO));
    assert_eq!(caller.clock_words(), None);
}
