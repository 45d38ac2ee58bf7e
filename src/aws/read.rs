//! Questions: each is asked with the calls that [`Question::actions`](crate::account::Question::actions) names, and no other.

mod access_analyzers;
mod caller;
mod certificates;
mod contacts;
mod credential_report;
mod devices;
mod guard_duty;
mod keys;
mod last_sign_in;
mod log_alarms;
mod organizations;
mod pages;
mod people;
mod policy;
mod regional;
mod roles;
mod root_rules;
mod security_hub;
mod server_certificates;
mod service_credentials;
mod support;
mod trail;
mod trails;

pub(super) use contacts::contact_type;

use futures_util::StreamExt;
use futures_util::stream;

/// How many calls of one question may be on their way at once. IAM throttles an account as a whole.
const IN_FLIGHT: usize = 8;

/// Does `work` for all of `items`, a few at a time, and keeps their order.
async fn each<T, F: Future>(items: impl IntoIterator<Item = T>, work: impl FnMut(T) -> F) -> Vec<F::Output> {
    stream::iter(items).map(work).buffered(IN_FLIGHT).collect().await
}

/// A text that AWS answered. The SDK fills a missing one that the model requires with "": that one is absent.
fn text(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}
