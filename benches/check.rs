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

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    println!("scenario   reads      calls  round trips");
    for scenario in Scenario::NAMES {
        for overlapping in [true, false] {
            let clock = Clock::System;
            let account = Practice::new(Scenario::named(scenario).expect("it is built in"), clock.clone());
            let keys = account.session();
            let distant = Arc::new(Distant { account, calls: AtomicUsize::new(0) });
            let aws = aws::connect_in_process(distant.clone(), keys, clock);
            let start = Instant::now();
            if overlapping {
                commands::check::read_all(&aws).await;
            } else {
                for question in checks::questions() {
                    aws.read(&question).await;
                }
            }
            let trips = start.elapsed().as_secs_f64() / ROUND_TRIP.as_secs_f64();
            let reads = if overlapping { "at once" } else { "in turn" };
            println!("{scenario:<10} {reads:<8} {:>7} {trips:>12.1}", distant.calls.load(Ordering::Relaxed));
        }
    }
}
