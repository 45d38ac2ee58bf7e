//! Calls and round trips on a virtual clock: counts, the same on every machine.

use std::sync::Arc;

use lockroot::account::{Question, Reader};
use lockroot::clock::Clock;
use lockroot::practice::{Practice, Scenario};
use lockroot::{aws, checks, commands};
use tokio::time::Instant;

use crate::crowd;
use crate::distant::{Distant, ROUND_TRIP};

/// How the reads are made.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    /// All at once, with a credential report that AWS has already.
    Warm,
    /// All at once, and no report is there yet.
    Cold,
    /// One after another.
    InTurn,
}

/// Prints the table.
pub async fn print() {
    println!("scenario       reads          calls  round trips");
    let mut scenes: Vec<(String, Scenario)> = Scenario::NAMES
        .iter()
        .map(|name| ((*name).to_owned(), Scenario::named(name).expect("it is built in")))
        .collect();
    for users in [100, 5000] {
        let name = format!("{users} users");
        let scenario = Scenario::parse(&name, &crowd::scene(users)).expect("it is sound");
        scenes.push((name, scenario));
    }
    for (name, scenario) in scenes {
        for (way, words) in [(Way::Warm, "at once"), (Way::Cold, "at once, cold"), (Way::InTurn, "in turn")] {
            let (calls, trips) = measure(&scenario, way).await;
            println!("{name:<14} {words:<14} {calls:>5} {trips:>12.1}");
        }
    }
}

async fn measure(scenario: &Scenario, way: Way) -> (usize, f64) {
    let clock = Clock::default();
    let account = Practice::new(scenario.clone(), clock.clone());
    let keys = account.session();
    let distant = Arc::new(Distant::new(account));
    let aws = aws::connect_in_process(distant.clone(), keys.clone(), clock.clone());
    if way != Way::Cold {
        aws.read(&Question::CredentialReport).await;
    }
    // A new connection, which knows nothing yet.
    let aws = aws::connect_in_process(distant.clone(), keys, clock);
    distant.calls();
    let start = Instant::now();
    if way == Way::InTurn {
        for question in checks::questions() {
            aws.read(&question).await;
        }
    } else {
        commands::check::read_all(&aws).await;
    }
    (distant.calls(), start.elapsed().as_secs_f64() / ROUND_TRIP.as_secs_f64())
}
