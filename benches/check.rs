//! What `check` costs in round trips: all reads at once, next to the same reads one after another. Time is virtual, so the
//! figures are counts and the same on every machine. Run with `cargo bench --profile dev --bench check`.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use lockroot::account::Reader;
use lockroot::clock::Clock;
use lockroot::practice::{Practice, Scenario};
use lockroot::wire::{Endpoint, Replying};
use lockroot::{aws, checks, commands};
use tokio::time::Instant;

/// How long every call takes.
const ROUND_TRIP: Duration = Duration::from_millis(80);

/// The practice account, a round trip away.
struct Distant {
    account: Practice,
    calls: AtomicUsize,
}

impl Endpoint for Distant {
    fn answer(&self, request: http::Request<Vec<u8>>) -> Replying<'_> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        Box::pin(async move {
            tokio::time::sleep(ROUND_TRIP).await;
            self.account.answer(request).await
        })
    }
}

/// A hardened account with a hundred users more, each with a password, a device and a key.
fn crowd() -> String {
    let users = (0..100).map(|n| {
        format!(
            "\n[[users]]\nname = \"user-{n:03}\"\ngroups = [\"ReadOnly\"]\npassword = true\nlast_sign_in = \"1d\"\nmfa = [\"virtual\"]\n[[users.keys]]\nage = \"30d\"\nlast_used = \"1d\"\n"
        )
    });
    users.fold(include_str!("../assets/practice/hardened.toml").to_owned(), |text, user| text + &user)
}

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

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    println!("scenario       reads          calls  round trips");
    let mut scenes: Vec<(&str, Scenario)> =
        Scenario::NAMES.iter().map(|name| (*name, Scenario::named(name).expect("it is built in"))).collect();
    scenes.push(("100 users", Scenario::parse("100 users", &crowd()).expect("it is sound")));
    for (name, scenario) in scenes {
        for (way, words) in [(Way::Warm, "at once"), (Way::Cold, "at once, cold"), (Way::InTurn, "in turn")] {
            let clock = Clock::System;
            let account = Practice::new(scenario.clone(), clock.clone());
            let keys = account.session();
            let distant = Arc::new(Distant { account, calls: AtomicUsize::new(0) });
            let aws = aws::connect_in_process(distant.clone(), keys.clone(), clock.clone());
            if way != Way::Cold {
                aws.read(&lockroot::account::Question::CredentialReport).await;
            }
            // A new connection, which knows nothing yet.
            let aws = aws::connect_in_process(distant.clone(), keys, clock);
            distant.calls.store(0, Ordering::Relaxed);
            let start = Instant::now();
            if way == Way::InTurn {
                for question in checks::questions() {
                    aws.read(&question).await;
                }
            } else {
                commands::check::read_all(&aws).await;
            }
            let trips = start.elapsed().as_secs_f64() / ROUND_TRIP.as_secs_f64();
            println!("{name:<14} {words:<14} {:>5} {trips:>12.1}", distant.calls.load(Ordering::Relaxed));
        }
    }
}
