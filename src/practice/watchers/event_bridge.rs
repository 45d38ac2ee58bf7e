//! EventBridge: rules of the default bus and their targets. No event comes. Source: EventBridge API, 2015-10-07.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::page;
use crate::practice::inquiry::{Inquiry, JsonAnswer, JsonCall};
use crate::practice::refusal::Refusal;

/// Its calls.
pub const CALLS: &[JsonCall] = &[("ListRules", list), ("ListTargetsByRule", targets)];

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    pub name: String,
    pub region: String,
    /// JSON.
    pub pattern: String,
    pub enabled: bool,
    /// Whether read-only calls come to it too.
    pub reads: bool,
    /// ARNs.
    pub targets: Vec<String>,
}

fn list(inquiry: &mut Inquiry) -> JsonAnswer {
    bus(inquiry)?;
    let (state, region) = (&inquiry.state, inquiry.region);
    let prefix = inquiry.text("NamePrefix").unwrap_or_default();
    let shape = |rule: &Rule| {
        json!({
            "Name": rule.name,
            "Arn": format!("arn:aws:events:{region}:{}:rule/{}", state.account, rule.name),
            "EventPattern": rule.pattern,
            "State": rule.state(),
            "EventBusName": "default",
        })
    };
    let wanted = |rule: &&Rule| rule.region == region && rule.name.starts_with(prefix);
    let items: Vec<Value> = state.watchers.rules.iter().filter(wanted).map(shape).collect();
    page(inquiry, items, ("Limit", 100), ("Rules", "NextToken")).map(Some)
}

impl Rule {
    fn state(&self) -> &'static str {
        match (self.enabled, self.reads) {
            (false, _) => "DISABLED",
            (true, false) => "ENABLED",
            (true, true) => "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
        }
    }
}

fn targets(inquiry: &mut Inquiry) -> JsonAnswer {
    bus(inquiry)?;
    let name = inquiry.required("Rule")?;
    let found = |rule: &&Rule| rule.name == name && rule.region == inquiry.region;
    let rule = inquiry.state.watchers.rules.iter().find(found).ok_or_else(|| {
        Refusal::new("ResourceNotFoundException", 400, format!("Rule {name} does not exist on EventBus default."))
    })?;
    let shape = |(number, arn): (usize, &String)| json!({ "Id": format!("target-{}", number + 1), "Arn": arn });
    let items: Vec<Value> = rule.targets.iter().enumerate().map(shape).collect();
    page(inquiry, items, ("Limit", 100), ("Targets", "NextToken")).map(Some)
}

/// There is the default bus, and no other.
fn bus(inquiry: &Inquiry) -> Result<(), Refusal> {
    match inquiry.text("EventBusName") {
        None | Some("default") => Ok(()),
        Some(name) => Err(Refusal::new("ResourceNotFoundException", 400, format!("Event bus {name} does not exist."))),
    }
}
