//! What a check costs: calls do not grow with users, and no more than three wait for one another.

#[path = "support/distant.rs"]
mod distant;

use std::sync::Arc;

use lockroot::account::{Question, Reader};
use lockroot::aws::connect_in_process;
use lockroot::clock::Clock;
use lockroot::commands::check::read_all;
use lockroot::practice::{Practice, Scenario};
use tokio::time::Instant;

use distant::{Distant, ROUND_TRIP};

/// Calls and round trips of a check with a credential report that is there.
async fn cost(users: usize, root_keys: usize) -> (usize, u128) {
    let mut scene = include_str!("../assets/practice/hardened.toml").to_owned();
    for n in 0..root_keys {
        scene += &format!("\n[[root.keys]]\nage = \"{}y\"\nlast_used = \"1d\"\n", n + 1);
    }
    for n in 0..users {
        scene += &format!("\n[[users]]\nname = \"user-{n}\"\npassword = true\nmfa = [\"virtual\"]\n");
    }
    let clock = Clock::System;
    let account = Practice::new(Scenario::parse("the test", &scene).unwrap(), clock.clone());
    let keys = account.session();
    let distant = Arc::new(Distant::new(account));
    connect_in_process(distant.clone(), keys.clone(), clock.clone()).read(&Question::CredentialReport).await;
    distant.calls();
    let start = Instant::now();
    let facts = read_all(&connect_in_process(distant.clone(), keys, clock)).await;
    assert_eq!(facts.credential_report.known().unwrap().users().count(), users + 3, "all of them are in it");
    (distant.calls(), start.elapsed().as_millis() / ROUND_TRIP.as_millis())
}

#[tokio::test(start_paused = true)]
async fn calls_grow_with_pages_of_users_and_not_with_users() {
    let (few, _) = cost(0, 0).await;
    let (many, trips) = cost(100, 0).await;
    assert_eq!(few, many);
    assert!(trips <= 3, "{trips} round trips");
    // One page more of users, and one of virtual devices; each waits for the one before it.
    let (pages, trips) = cost(1100, 0).await;
    assert_eq!(pages, few + 2);
    assert!(trips <= 4, "{trips} round trips");
}

#[tokio::test(start_paused = true)]
async fn at_most_three_calls_wait_for_one_another() {
    let (_, trips) = cost(0, 2).await;
    assert!((1..=3).contains(&trips), "{trips} round trips");
}
