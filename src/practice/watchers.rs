//! What watches over the account: GuardDuty, Security Hub, IAM Access Analyzer, EventBridge's rules, the metric filters of
//! CloudWatch Logs, CloudWatch's alarms. They are on or off as the scenario says; the first three can be turned on. They watch nothing.

pub mod access_analyzer;
pub mod alarms;
pub mod event_bridge;
pub mod guard_duty;
pub mod metric_filters;
pub mod security_hub;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::inquiry::Inquiry;
use super::refusal::Refusal;
use super::token;

/// All of them.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Watchers {
    pub detectors: Vec<guard_duty::Detector>,
    /// The Regions in which the account is subscribed to Security Hub.
    pub hubs: Vec<String>,
    pub analyzers: Vec<access_analyzer::Analyzer>,
    pub rules: Vec<event_bridge::Rule>,
    pub filters: Vec<metric_filters::MetricFilter>,
    pub alarms: Vec<alarms::Alarm>,
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
}

/// A page of `items`, beginning where the token says, under `list`; where the next one begins, under `token`.
fn page(
    inquiry: &Inquiry,
    items: Vec<Value>,
    most: (&str, usize),
    (list, next): (&str, &str),
) -> Result<Value, Refusal> {
    let (name, limit) = most;
    let size = match inquiry.number(name) {
        None => limit,
        Some(size) => usize::try_from(size).ok().filter(|size| (1..=limit).contains(size)).ok_or_else(|| {
            let constraint = format!("Member must be between 1 and {limit}, inclusive");
            Refusal::constraint(Some(&size.to_string()), name, &constraint)
        })?,
    };
    let begin = match inquiry.text(next) {
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
