//! The cost of a check: calls do not grow with users, and at most three run one after another.

use std::collections::BTreeSet;
use std::sync::Arc;

use futures_util::future::join_all;
use lockroot::account::{Question, Reader};
use lockroot::aws::connect_in_process;
use lockroot::checks::{self, CONTROLS};
use lockroot::clock::Clock;
use lockroot::commands::check::read_all;
use lockroot::practice::{Practice, Scenario};
use tokio::time::Instant;

use crate::support::distant::{Distant, ROUND_TRIP};

/// Calls and round trips of a check when the credential report exists.
async fn cost(users: usize, root_keys: usize) -> (usize, u128) {
    let mut scene = include_str!("../../assets/practice/hardened.toml").to_owned();
    for n in 0..root_keys {
        scene += &format!("\n[[root.keys]]\nage = \"{}y\"\nlast_used = \"1d\"\n", n + 1);
    }
    for n in 0..users {
        scene += &format!("\n[[users]]\nname = \"user-{n}\"\npassword = true\nmfa = [\"virtual\"]\n");
    }
    let clock = Clock::default();
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
async fn the_number_of_calls_grows_with_pages_of_users() {
    let (few, _) = cost(0, 0).await;
    let (many, trips) = cost(100, 0).await;
    assert_eq!(few, many);
    assert!(trips <= 3, "{trips} round trips");
    // One more page of users and one more of virtual devices. Each waits for the page before it.
    let (pages, trips) = cost(1100, 0).await;
    assert_eq!(pages, few + 2);
    assert!(trips <= 4, "{trips} round trips");
}

#[tokio::test(start_paused = true)]
async fn at_most_three_calls_run_one_after_another() {
    let (_, trips) = cost(0, 2).await;
    assert!((1..=3).contains(&trips), "{trips} round trips");
}

/// The questions to regional services.
const REGIONAL: [&str; 4] = ["guardduty-on", "security-hub-on", "access-analyzer-on", "root-use-alarm"];

#[tokio::test(start_paused = true)]
async fn only_selected_controls_are_read_and_regions_run_together() {
    let cost = async |ids: &[&str], chosen: bool| {
        let clock = Clock::default();
        let account = Practice::new(Scenario::named("member").unwrap(), clock.clone());
        let keys = account.session();
        let distant = Arc::new(Distant::new(account));
        let aws = connect_in_process(distant.clone(), keys, clock);
        let controls = CONTROLS.iter().filter(|control| ids.contains(&control.id) == chosen);
        let questions = checks::questions_of(controls);
        let start = Instant::now();
        join_all(questions.iter().map(|question| aws.read(question))).await;
        let regions: BTreeSet<String> = aws.calls().into_iter().filter_map(|call| call.region).collect();
        (distant.calls(), regions.len(), start.elapsed().as_millis() / ROUND_TRIP.as_millis())
    };
    let (calls, regions, _) = cost(&REGIONAL, false).await;
    assert!(
        calls < 30 && regions == 1,
        "{calls} calls, {regions} Regions: CloudTrail is asked in the home Region only"
    );
    // The caller, the alias and the list of regions. Then in each region the list of detectors and the detector.
    assert_eq!(cost(&["guardduty-on"], true).await, (3 + 18 * 2, 18, 3), "the eighteenth had to be opted in to");
    assert_eq!(cost(&["security-hub-on"], true).await, (3 + 18, 18, 2));
}
