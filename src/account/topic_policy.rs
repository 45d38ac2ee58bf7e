//! Whether an SNS topic's policy lets EventBridge publish, as far as its text tells. Source: SNS Developer Guide,
//! "Evaluation logic"; EventBridge User Guide, "Using resource-based policies", Amazon SNS permissions; IAM User
//! Guide, "IAM JSON policy elements reference".

use serde_json::Value;

const SERVICE: &str = "events.amazonaws.com";
const ACTION: &str = "sns:Publish";

/// Whether `policy` of the topic `arn` lets EventBridge publish. `None`: it cannot be decided without guessing.
#[must_use]
pub fn event_bridge_may_publish(policy: &str, arn: &str) -> Option<bool> {
    let policy: Value = serde_json::from_str(policy).ok()?;
    let statements = match &policy["Statement"] {
        Value::Array(several) => several.iter().collect(),
        one @ Value::Object(_) => vec![one],
        _ => return None,
    };
    let (mut allowed, mut denied) = (Some(false), Some(false));
    for statement in statements {
        match statement["Effect"].as_str() {
            Some("Allow") => allowed = or(allowed, allows(statement, arn)),
            Some("Deny") => denied = or(denied, denies(statement, arn)),
            _ => return None,
        }
    }
    match (denied, allowed) {
        (Some(true), _) | (_, Some(false)) => Some(false),
        (Some(false), allowed) => allowed,
        (None, _) => None,
    }
}

/// AWS documents that conditions never hold for EventBridge, so a statement with one allows nothing.
fn allows(statement: &Value, arn: &str) -> Option<bool> {
    if has_condition(statement) {
        return Some(false);
    }
    let principal = match &statement["Principal"] {
        // AWS does not document whether "*" includes services.
        Value::String(all) => {
            if all == "*" {
                None
            } else {
                Some(false)
            }
        }
        Value::Object(kinds) => match kinds.get("Service").map(texts) {
            Some(Some(services)) if services.contains(&SERVICE) => Some(true),
            Some(Some(services)) if !services.contains(&"*") => is_everybody(kinds.get("AWS")),
            Some(_) => None,
            None => is_everybody(kinds.get("AWS")),
        },
        Value::Null if statement.get("NotPrincipal").is_none() => Some(false),
        _ => None,
    };
    and(principal, is_of(statement, arn))
}

/// `Some(false)`: not everybody. `None`: everybody, which may or may not include services.
fn is_everybody(principal: Option<&Value>) -> Option<bool> {
    match principal.map(texts) {
        Some(Some(names)) if !names.contains(&"*") => Some(false),
        None => Some(false),
        Some(_) => None,
    }
}

fn denies(statement: &Value, arn: &str) -> Option<bool> {
    let principal = match &statement["Principal"] {
        Value::String(all) => Some(all == "*"),
        Value::Object(kinds) => {
            let named = |kind: &str, wanted: &[&str]| match kinds.get(kind).map(texts) {
                None => Some(false),
                Some(names) => names.map(|names| names.iter().any(|name| wanted.contains(name))),
            };
            or(named("Service", &[SERVICE, "*"]), named("AWS", &["*"]))
        }
        _ => None,
    };
    let condition = match (has_condition(statement), spares_services(&statement["Condition"])) {
        (false, _) => Some(true),
        (true, true) => Some(false),
        (true, false) => None,
    };
    and(and(principal, is_of(statement, arn)), condition)
}

/// Whether the condition cannot hold for a call of an AWS service: it requires a call without TLS, or one not made by
/// a service.
fn spares_services(condition: &Value) -> bool {
    let is_false = |key: &str| {
        let operators = condition.as_object().into_iter().flatten();
        let bools = operators.filter(|(operator, _)| operator.as_str() == "Bool");
        let mut keys = bools.flat_map(|(_, keys)| keys.as_object().into_iter().flatten());
        keys.any(|(name, value)| {
            name.eq_ignore_ascii_case(key)
                && (*value == Value::Bool(false) || texts(value).is_some_and(|all| all == ["false"]))
        })
    };
    is_false("aws:SecureTransport") || is_false("aws:PrincipalIsAWSService")
}

/// Whether the statement covers publishing to the topic.
fn is_of(statement: &Value, arn: &str) -> Option<bool> {
    let action =
        meets(statement, "Action", "NotAction", |pattern| like(&pattern.to_lowercase(), &ACTION.to_lowercase()));
    // A topic's policy applies to that topic unless it names a resource.
    let resource = match (statement.get("Resource"), statement.get("NotResource")) {
        (None, None) => Some(true),
        _ => meets(statement, "Resource", "NotResource", |pattern| like(pattern, arn)),
    };
    and(action, resource)
}

fn meets(statement: &Value, key: &str, not: &str, fits: impl Fn(&str) -> bool) -> Option<bool> {
    match (statement.get(key), statement.get(not)) {
        (Some(patterns), None) => Some(texts(patterns)?.into_iter().any(fits)),
        (None, Some(patterns)) => Some(!texts(patterns)?.into_iter().any(fits)),
        _ => None,
    }
}

fn has_condition(statement: &Value) -> bool {
    statement.get("Condition").is_some_and(|condition| *condition != Value::Object(Default::default()))
}

fn texts(value: &Value) -> Option<Vec<&str>> {
    match value {
        Value::String(one) => Some(vec![one]),
        Value::Array(several) => several.iter().map(Value::as_str).collect(),
        _ => None,
    }
}

/// Whether `text` matches a pattern with the wildcards `*` and `?`.
fn like(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let mut reached = vec![true];
    reached.resize(text.len() + 1, false);
    for wanted in pattern {
        let before = reached.clone();
        for place in 0..=text.len() {
            reached[place] = match wanted {
                '*' => before[..=place].contains(&true),
                '?' => place > 0 && before[place - 1],
                other => place > 0 && before[place - 1] && text[place - 1] == other,
            };
        }
    }
    reached[text.len()]
}

fn and(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn or(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARN: &str = "arn:aws:sns:us-east-1:123456789012:root-use";
    const LET: &str =
        r#"{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sns:Publish","Resource":"*"}"#;

    fn lets(statements: &[&str]) -> Option<bool> {
        event_bridge_may_publish(&format!(r#"{{"Statement":[{}]}}"#, statements.join(",")), ARN)
    }

    /// `LET` with `from` replaced by `to`.
    fn with(from: &str, to: &str) -> Option<bool> {
        assert!(LET.contains(from), "{from}");
        lets(&[&LET.replace(from, to)])
    }

    #[test]
    fn a_statement_that_names_eventbridge_publish_and_the_topic_lets_events_in() {
        assert_eq!(lets(&[LET]), Some(true));
        assert_eq!(
            event_bridge_may_publish(&format!(r#"{{"Statement":{LET}}}"#), ARN),
            Some(true),
            "one without a list"
        );
        let services = r#"["s3.amazonaws.com","events.amazonaws.com"]"#;
        assert_eq!(with(r#""events.amazonaws.com""#, services), Some(true));
        assert_eq!(with("events.", "s3."), Some(false));
        for action in [r#"["SNS:Publish"]"#, r#""sns:Pub*""#, r#""*""#, r#""SNS:*""#] {
            assert_eq!(with(r#""sns:Publish""#, action), Some(true), "{action}");
        }
        assert_eq!(with(r#""sns:Publish""#, r#""sns:Subscribe""#), Some(false));
        assert_eq!(with(r#""Action":"sns:Publish""#, r#""NotAction":"sns:Subscribe""#), Some(true));
        for (resource, allowed) in
            [(ARN, true), ("arn:aws:sns:*:*:root-?se", true), ("arn:aws:sns:us-east-1:1:a", false)]
        {
            assert_eq!(with(r#""Resource":"*""#, &format!(r#""Resource":"{resource}""#)), Some(allowed), "{resource}");
        }
    }

    #[test]
    fn a_statement_with_a_condition_never_lets_events_in() {
        let condition = r#","Condition":{"ArnEquals":{"aws:SourceArn":"arn"}}}"#;
        assert_eq!(
            lets(&[&LET.replacen(r#""Resource":"*"}"#, &format!(r#""Resource":"*"{condition}"#), 1)]),
            Some(false)
        );
    }

    #[test]
    fn a_deny_overrides_an_allow() {
        let deny = r#"{"Effect":"Deny","Principal":"*","Action":"sns:*","Resource":"*"}"#;
        assert_eq!(lets(&[LET, deny]), Some(false));
        assert_eq!(lets(&[LET, &deny.replace("sns:*", "sns:Subscribe")]), Some(true));
        assert_eq!(
            lets(&[LET, &deny.replace(r#""*","Action"#, r#"{"AWS":"arn:aws:iam::1:root"},"Action"#)]),
            Some(true)
        );
        let but = |condition: &str| {
            lets(&[LET, &deny.replace(r#""Resource":"*""#, &format!(r#""Resource":"*","Condition":{condition}"#))])
        };
        assert_eq!(but(r#"{"Bool":{"aws:SecureTransport":"false"}}"#), Some(true), "EventBridge comes by TLS");
        assert_eq!(but(r#"{"StringNotEquals":{"aws:SourceAccount":"123456789012"}}"#), None);
    }

    #[test]
    fn a_policy_that_does_not_decide_is_unknown() {
        let everybody = r#"{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sns:Publish","Resource":"*"}"#;
        assert_eq!(lets(&[everybody]), None);
        assert_eq!(lets(&[&everybody.replace(r#"{"AWS":"*"}"#, r#""*""#)]), None);
        assert_eq!(lets(&[everybody, LET]), Some(true));
        assert_eq!(lets(&[&everybody.replace(r#""AWS":"*""#, r#""AWS":"arn:aws:iam::1:root""#)]), Some(false));
        assert_eq!(event_bridge_may_publish("no JSON", ARN), None);
        assert_eq!(lets(&[]), Some(false));
    }
}
