//! EventBridge: rules of the default bus and their targets. Source: EventBridge API, 2015-10-07.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{hide, page};
use crate::practice::json_request::{JsonAnswer, JsonCall, JsonRequest};
use crate::practice::refusal::Refusal;

pub const CALLS: &[JsonCall] =
    &[("ListRules", list), ("ListTargetsByRule", targets), ("PutRule", put), ("PutTargets", put_targets)];

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    pub name: String,
    pub region: String,
    /// JSON.
    pub pattern: String,
    pub enabled: bool,
    /// Whether it also matches read-only calls.
    pub reads: bool,
    pub targets: Vec<Target>,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub role: Option<String>,
    #[serde(default)]
    pub schedule: Option<String>,
}

/// Where a rule sends events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    pub id: String,
    pub arn: String,
}

impl Target {
    /// Targets with ids like the console's.
    pub fn of_arns(arns: &[String]) -> Vec<Self> {
        let target = |(number, arn): (usize, &String)| Self { id: format!("target-{}", number + 1), arn: arn.clone() };
        arns.iter().enumerate().map(target).collect()
    }
}

/// Maximum rules of a bus in a Region, and maximum targets of a rule. Source: EventBridge User Guide, "Quotas".
const MAX_RULES: usize = 300;
const MAX_TARGETS: usize = 5;
/// Maximum length of an event pattern.
const MAX_PATTERN_LEN: usize = 4096;
const STATES: [&str; 3] = ["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"];

fn is_name(name: &str) -> bool {
    (1..=64).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c))
}

/// Whether the text is an event pattern: JSON objects whose fields are lists.
fn is_pattern(text: &str) -> bool {
    fn fits(value: &Value) -> bool {
        match value {
            Value::Object(members) => !members.is_empty() && members.values().all(fits),
            Value::Array(several) => !several.is_empty(),
            _ => false,
        }
    }
    serde_json::from_str::<Value>(text).is_ok_and(|value| value.is_object() && fits(&value))
}

/// Replaces the whole rule except its targets.
fn put(request: &mut JsonRequest) -> JsonAnswer {
    bus(request)?;
    let name = request.required("Name")?;
    if !is_name(name) {
        let pattern = "Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+";
        return Err(Refusal::constraint(Some(name), "Name", pattern));
    }
    let (pattern, schedule) = (request.text("EventPattern"), request.text("ScheduleExpression"));
    if pattern.is_none() && schedule.is_none() {
        return Err(Refusal::validation("Parameter(s) EventPattern or ScheduleExpression must be specified."));
    }
    if let Some(pattern) = pattern.filter(|pattern| pattern.len() > MAX_PATTERN_LEN || !is_pattern(pattern)) {
        let said = format!("Event pattern is not valid. Reason: {} characters that are no pattern", pattern.len());
        return Err(Refusal::new("InvalidEventPatternException", 400, said));
    }
    let state = request.text("State").unwrap_or(STATES[0]);
    if !STATES.contains(&state) {
        let allowed = format!("Member must satisfy enum value set: [{}]", STATES.join(", "));
        return Err(Refusal::constraint(Some(state), "State", &allowed));
    }
    let text = |member: &str| request.text(member).map(str::to_owned);
    let mut rule = Rule {
        name: name.to_owned(),
        region: request.region.to_owned(),
        pattern: pattern.unwrap_or_default().to_owned(),
        enabled: state.starts_with("ENABLED"),
        reads: state == STATES[2],
        targets: Vec::new(),
        description: text("Description"),
        role: text("RoleArn"),
        schedule: text("ScheduleExpression"),
    };
    let rules = &mut request.state.watchers.rules;
    let here = rules.iter().filter(|other| other.region == request.region).count();
    match rules.iter_mut().find(|other| other.name == name && other.region == request.region) {
        Some(there) => {
            rule.targets = std::mem::take(&mut there.targets);
            *there = rule;
        }
        None if here >= MAX_RULES => {
            let said = "The requested resource exceeds the maximum number allowed.";
            return Err(Refusal::new("LimitExceededException", 400, said));
        }
        None => {
            rules.push(rule);
            hide(request.state, arn(request, name), request.now);
        }
    }
    let arn = arn(request, name);
    Ok(Some(json!({ "RuleArn": arn })))
}

/// The targets that a request names: id and ARN.
fn named_targets(input: &Value) -> Vec<Target> {
    let text = |target: &Value, member: &str| target[member].as_str().unwrap_or_default().to_owned();
    let named = input["Targets"].as_array().into_iter().flatten();
    named.map(|target| Target { id: text(target, "Id"), arn: text(target, "Arn") }).collect()
}

fn put_targets(request: &mut JsonRequest) -> JsonAnswer {
    bus(request)?;
    let (name, region) = (request.required("Rule")?, request.region);
    let targets = named_targets(request.input);
    if targets.is_empty() || targets.iter().any(|target| !is_name(&target.id) || target.arn.is_empty()) {
        return Err(Refusal::constraint(None, "Targets", "Member must have an Id and an Arn"));
    }
    if let Some(target) = targets.iter().find(|target| !target.arn.starts_with("arn:")) {
        let said = format!("Parameter {} is not valid. Reason: Provided Arn is not in correct format.", target.arn);
        return Err(Refusal::validation(said));
    }
    let mut rules = request.state.watchers.rules.iter_mut();
    let found = rules.find(|rule| rule.name == name && rule.region == region);
    let rule = found.ok_or_else(|| no_rule(name))?;
    let new = targets.iter().filter(|target| rule.targets.iter().all(|other| other.id != target.id)).count();
    if rule.targets.len() + new > MAX_TARGETS {
        let said = "The requested resource exceeds the maximum number allowed.";
        return Err(Refusal::new("LimitExceededException", 400, said));
    }
    for target in targets {
        match rule.targets.iter_mut().find(|other| other.id == target.id) {
            Some(there) => *there = target,
            None => rule.targets.push(target),
        }
    }
    Ok(Some(json!({ "FailedEntryCount": 0, "FailedEntries": [] })))
}

/// The answer of a PutTargets that failed for every target.
pub fn failed_entries(input: &Value) -> Value {
    let failed = |target: Target| {
        json!({
            "TargetId": target.id,
            "ErrorCode": "ConcurrentModificationException",
            "ErrorMessage": "Too many requests were made at the same time.",
        })
    };
    let entries: Vec<Value> = named_targets(input).into_iter().map(failed).collect();
    json!({ "FailedEntryCount": entries.len(), "FailedEntries": entries })
}

fn no_rule(name: &str) -> Refusal {
    Refusal::new("ResourceNotFoundException", 400, format!("Rule {name} does not exist on EventBus default."))
}

fn arn(request: &JsonRequest, name: &str) -> String {
    format!("arn:aws:events:{}:{}:rule/{name}", request.region, request.state.account)
}

fn list(request: &mut JsonRequest) -> JsonAnswer {
    bus(request)?;
    let (state, region) = (&request.state, request.region);
    let prefix = request.text("NamePrefix").unwrap_or_default();
    let shape = |rule: &Rule| {
        let mut shape = json!({
            "Name": rule.name,
            "Arn": arn(request, &rule.name),
            "State": rule.state(),
            "EventBusName": "default",
        });
        let pattern = Some(&rule.pattern).filter(|pattern| !pattern.is_empty());
        for (member, text) in [
            ("EventPattern", pattern),
            ("Description", rule.description.as_ref()),
            ("RoleArn", rule.role.as_ref()),
            ("ScheduleExpression", rule.schedule.as_ref()),
        ] {
            if let Some(text) = text {
                shape[member] = text.as_str().into();
            }
        }
        shape
    };
    let wanted = |rule: &&Rule| {
        let is_asked = rule.region == region && rule.name.starts_with(prefix);
        is_asked && state.watchers.shows(&arn(request, &rule.name), request.now)
    };
    let items: Vec<Value> = state.watchers.rules.iter().filter(wanted).map(shape).collect();
    page(request, items, ("Limit", 100), ("Rules", "NextToken")).map(Some)
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

fn targets(request: &mut JsonRequest) -> JsonAnswer {
    bus(request)?;
    let name = request.required("Rule")?;
    let found = |rule: &&Rule| rule.name == name && rule.region == request.region;
    let rule = request.state.watchers.rules.iter().find(found).ok_or_else(|| no_rule(name))?;
    let items: Vec<Value> = rule.targets.iter().map(|target| json!({ "Id": target.id, "Arn": target.arn })).collect();
    page(request, items, ("Limit", 100), ("Targets", "NextToken")).map(Some)
}

/// Refuses every bus except the default one.
fn bus(request: &JsonRequest) -> Result<(), Refusal> {
    match request.text("EventBusName") {
        None | Some("default") => Ok(()),
        Some(name) => Err(Refusal::new("ResourceNotFoundException", 400, format!("Event bus {name} does not exist."))),
    }
}
