//! Regional services and the root alarm: GuardDuty, Security Hub, Access Analyzer, EventBridge, metric filters,
//! alarms, SNS. Only root use is simulated: a matching rule writes to its topic, and that to its subscribers.

pub mod access_analyzer;
pub mod alarms;
pub mod event_bridge;
pub mod guard_duty;
pub mod metric_filters;
pub mod security_hub;
pub mod sns;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::cloudtrail::Event;
use super::json_request::JsonRequest;
use super::refusal::Refusal;
use super::state::State;
use super::token;
use crate::account::Timestamp;
use crate::account::moment::exact as moment;
use crate::account::root_use::matches_event;
use crate::account::topics::topic_name;

/// The state of all regional services.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Watchers {
    pub detectors: Vec<guard_duty::Detector>,
    /// The Regions in which the account is subscribed to Security Hub.
    pub hubs: Vec<String>,
    pub analyzers: Vec<access_analyzer::Analyzer>,
    pub rules: Vec<event_bridge::Rule>,
    pub filters: Vec<metric_filters::MetricFilter>,
    pub alarms: Vec<alarms::Alarm>,
    #[serde(default)]
    pub topics: Vec<sns::Topic>,
    /// Delivered mail, oldest first.
    #[serde(default)]
    pub mail: Vec<sns::Mail>,
    #[serde(default)]
    unseen: Vec<Unseen>,
}

/// Something new that reads do not show yet.
#[derive(Debug, Serialize, Deserialize)]
struct Unseen {
    arn: String,
    #[serde(with = "moment")]
    until: Timestamp,
}

impl Watchers {
    /// Whether `action` turns on a service that was never on in the account, so that AWS makes its linked role.
    /// Source: each service's guide, "Using service-linked roles".
    pub fn lacks_role_for(&self, action: &str) -> bool {
        match action {
            "access-analyzer:CreateAnalyzer" => self.analyzers.is_empty(),
            "guardduty:CreateDetector" => self.detectors.is_empty(),
            "securityhub:EnableSecurityHub" => self.hubs.is_empty(),
            _ => false,
        }
    }

    /// Whether reads show `arn` already.
    pub fn shows(&self, arn: &str, now: Timestamp) -> bool {
        !self.unseen.iter().any(|one| one.arn == arn && one.until > now)
    }
}

/// Hides the new `arn` from reads for the scenario's delay. Changes find it at once.
pub fn hide(state: &mut State, arn: String, now: Timestamp) {
    let until = now + state.visible_after;
    state.watchers.unseen.retain(|one| one.until > now);
    if until > now {
        state.watchers.unseen.push(Unseen { arn, until });
    }
}

/// Delivers `event` through matching EventBridge rules to confirmed subscribers. As in AWS, only if a trail logs, and
/// read-only calls only if the rule matches all events.
pub fn deliver(state: &mut State, event: &Event) {
    let what = &event.recorded;
    let is_heard =
        |rule: &&event_bridge::Rule| rule.region == what.region && rule.enabled && (rule.reads || !what.read_only());
    let rules: Vec<&event_bridge::Rule> = state.watchers.rules.iter().filter(is_heard).collect();
    if rules.is_empty() || !state.cloudtrail.logs_in(&what.region) {
        return;
    }
    let delivered = event.delivered(&state.account);
    let through = rules.into_iter().filter(|rule| matches_event(&rule.pattern, &delivered) == Some(true));
    let targets: Vec<String> = through.flat_map(|rule| rule.targets.iter().map(|target| target.arn.clone())).collect();
    let text = format!("{} by {}, {}, {}", what.name, what.user_name, what.region, what.source);
    for arn in targets {
        let of_topic = state.watchers.topics.iter().filter(|topic| topic.arn(&state.account) == arn);
        let open = of_topic.filter(|topic| topic.event_bridge_may_publish(&state.account));
        let readers = open.flat_map(|topic| topic.subscriptions.iter().filter(|one| one.confirmed));
        let readers: Vec<String> = readers.map(|one| one.address.clone()).collect();
        for reader in readers {
            let text = format!("{text}\n(AWS sends the whole event, as JSON, from the topic {}.)", topic_name(&arn));
            sns::send(state, &reader, "AWS Notification Message", text, event.at);
        }
    }
}

/// A page of `items` under `list`, from the request's token; the token of the next page under `token`.
fn page(
    request: &JsonRequest,
    items: Vec<Value>,
    most: (&str, usize),
    (list, next): (&str, &str),
) -> Result<Value, Refusal> {
    let (name, limit) = most;
    let size = match request.number(name) {
        None => limit,
        Some(size) => usize::try_from(size).ok().filter(|size| (1..=limit).contains(size)).ok_or_else(|| {
            let constraint = format!("Member must be between 1 and {limit}, inclusive");
            Refusal::constraint(Some(&size.to_string()), name, &constraint)
        })?,
    };
    let begin = match request.text(next) {
        None => 0,
        Some(text) => token::open(list, text)
            .and_then(|place| place.parse().ok())
            .filter(|begin| *begin <= items.len())
            .ok_or_else(|| Refusal::validation("The token is not valid."))?,
    };
    let end = (begin + size).min(items.len());
    let mut output = serde_json::json!({});
    if end < items.len() {
        output[next] = token::seal(list, &end.to_string()).into();
    }
    output[list] = items.into_iter().take(end).skip(begin).collect();
    Ok(output)
}
