//! The overhead of the practice account for one call, compared with an endpoint that always gives the same answer.
//! Run with `cargo bench --profile dev --bench call`.

use std::sync::Arc;
use std::time::{Duration, Instant};

use lockroot::account::{Question, Reader};
use lockroot::aws;
use lockroot::clock::Clock;
use lockroot::practice::{Practice, Scenario};
use lockroot::wire::{Endpoint, EndpointReply, Replying};

/// Calls that are counted, after as many that only warm up.
const CALLS: u32 = 300;

/// Always the same answer, which cost nothing to make.
struct Canned(http::Response<Vec<u8>>);

impl Endpoint for Canned {
    fn answer(&self, _: http::Request<Vec<u8>>) -> Replying<'_> {
        Box::pin(std::future::ready(EndpointReply::Answer(self.0.clone())))
    }
}

/// The practice account, of which one answer is kept.
struct Kept(Practice, std::sync::Mutex<Option<http::Response<Vec<u8>>>>);

impl Endpoint for Kept {
    fn answer(&self, request: http::Request<Vec<u8>>) -> Replying<'_> {
        Box::pin(async move {
            let reply = self.0.answer(request).await;
            if let EndpointReply::Answer(response) = &reply {
                *self.1.lock().expect("nobody panics") = Some(response.clone());
            }
            reply
        })
    }
}

/// The mean of the faster half: what else runs on the machine only ever makes calls slower.
async fn cost(account: &dyn Reader, question: &Question) -> Duration {
    let mut costs = Vec::new();
    for call in 0..CALLS * 2 {
        let start = Instant::now();
        account.read(question).await;
        if call >= CALLS {
            costs.push(start.elapsed());
        }
    }
    costs.sort();
    costs.truncate((CALLS / 2) as usize);
    costs.iter().sum::<Duration>() / (CALLS / 2)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("call                 SDK alone   with practice   ratio");
    for (name, question) in [("GetCallerIdentity", Question::Caller), ("GetAccountSummary", Question::Summary)] {
        let practice = Practice::new(Scenario::named("hardened").expect("it is built in"), Clock::default());
        let keys = practice.session();
        let kept = Arc::new(Kept(practice.clone(), std::sync::Mutex::default()));
        aws::connect_in_process(kept.clone(), keys.clone(), Clock::default()).read(&question).await;
        let answer = kept.1.lock().expect("nobody panics").take().expect("the practice account answers");
        let canned = aws::connect_in_process(Arc::new(Canned(answer)), keys.clone(), Clock::default());
        let alone = cost(&canned, &question).await;
        let with = cost(&aws::connect_in_process(Arc::new(practice), keys, Clock::default()), &question).await;
        let ratio = with.as_secs_f64() / alone.as_secs_f64();
        println!("{name:<18} {:>8} µs {:>12} µs {ratio:>7.2}", alone.as_micros(), with.as_micros());
    }
}
