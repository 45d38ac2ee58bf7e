//! Sends the parts of the root alarm as plain calls. Members: botocore's models of sns (2010-03-31) and events
//! (2015-10-07).

use serde_json::{Value, json};

use crate::account::{AlarmPart, Failure, Fault, Outcome};
use crate::aws::Aws;
use crate::aws::plain::{EVENT_BRIDGE, SNS, Service, ServiceRegion};

/// Service and body of the call. It sends exactly the parameters shown; nested values are JSON in both places.
fn wire(part: &AlarmPart) -> (&'static Service, Value) {
    let shown = part.parameters();
    let parsed = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
    let mut input = json!({});
    for (name, text) in &shown {
        match *name {
            // The query protocol writes a map as numbered entries.
            "Attributes" => {
                for (number, (key, value)) in parsed(text).as_object().into_iter().flatten().enumerate() {
                    input[format!("Attributes.entry.{}.key", number + 1)] = key.as_str().into();
                    input[format!("Attributes.entry.{}.value", number + 1)] = value.clone();
                }
            }
            "Targets" => input["Targets"] = parsed(text),
            name => input[name] = text.as_str().into(),
        }
    }
    let service = match part {
        AlarmPart::Topic { .. } | AlarmPart::Subscription { .. } => &SNS,
        AlarmPart::Rule { .. } | AlarmPart::Target { .. } => &EVENT_BRIDGE,
    };
    (service, input)
}

impl Aws {
    pub(super) async fn put_alarm(
        &self,
        part: &AlarmPart,
        region: &str,
        action: &'static str,
    ) -> Result<Outcome, Failure> {
        let (service, input) = wire(part);
        let answer = self.plain.change(ServiceRegion { service, region }, action, ("POST", "/".into()), &input).await;
        let answer = answer.map_err(|failure| Failure { fault: fault(&failure), ..failure })?;
        refused_entries(&answer, action)
    }
}

/// PutTargets succeeds even if EventBridge refused the target: the refusal is in the answer.
fn refused_entries(answer: &Value, action: &str) -> Result<Outcome, Failure> {
    if answer.get("FailedEntryCount").and_then(Value::as_u64).is_none_or(|count| count == 0) {
        return Ok(Outcome::Done);
    }
    let text = |member: &str| answer["FailedEntries"][0][member].as_str().map(str::to_owned);
    let code = text("ErrorCode");
    let fault = code.as_deref().map_or(Fault::Other, Fault::of_code);
    let said = text("ErrorMessage").unwrap_or_else(|| "EventBridge did not take the target".to_owned());
    Err(Failure { code, ..Failure::new(fault, action, said) })
}

/// A topic of the same name with other attributes is an `Exists`, not an invalid parameter.
fn fault(failure: &Failure) -> Fault {
    match failure.fault {
        Fault::Invalid if failure.message.contains("already exists") => Fault::Exists,
        fault => fault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::root_use::RuleSettings;
    use crate::aws::plain::CHANGES;

    const TOPIC: &str = "arn:aws:sns:us-east-1:123456789012:root-use";

    fn all() -> [AlarmPart; 4] {
        let settings = RuleSettings { pattern: "{\"a\":[1]}".into(), ..RuleSettings::default() };
        [
            AlarmPart::Topic { arn: TOPIC.into(), policy: "{\"b\":2}".into() },
            AlarmPart::Subscription { topic: TOPIC.into(), address: "sec@example.com".into() },
            AlarmPart::Rule { name: "root-use".into(), settings: Box::new(settings) },
            AlarmPart::Target { rule: "root-use".into(), topic: TOPIC.into() },
        ]
    }

    #[test]
    fn the_list_of_changes_continues_with_the_alarms_calls() {
        assert_eq!(all().map(|part| part.action()), CHANGES[4..8]);
    }

    #[test]
    fn each_alarm_call_sends_what_it_shows() {
        let sent = all().map(|part| wire(&part).1);
        let topic =
            json!({ "Name": "root-use", "Attributes.entry.1.key": "Policy", "Attributes.entry.1.value": "{\"b\":2}" });
        let rule = json!({
            "Name": "root-use",
            "EventPattern": "{\"a\":[1]}",
            "State": "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
        });
        let subscription = json!({ "TopicArn": TOPIC, "Protocol": "email", "Endpoint": "sec@example.com" });
        let target = json!({ "Rule": "root-use", "Targets": [{ "Id": "root-use", "Arn": TOPIC }] });
        assert_eq!(sent, [topic, subscription, rule, target]);
    }

    #[test]
    fn a_failed_target_is_a_refusal() {
        assert_eq!(refused_entries(&json!({ "FailedEntryCount": 0, "FailedEntries": [] }), "a"), Ok(Outcome::Done));
        assert_eq!(refused_entries(&json!({}), "a"), Ok(Outcome::Done), "another call's answer");
        let entry = json!({ "ErrorCode": "ResourceNotFoundException", "ErrorMessage": "Rule r does not exist." });
        let failure = refused_entries(&json!({ "FailedEntryCount": 1, "FailedEntries": [entry] }), "events:PutTargets")
            .unwrap_err();
        assert_eq!((failure.fault, failure.may_have_happened), (Fault::Absent, false));
        assert_eq!(failure.to_string(), "events:PutTargets: ResourceNotFoundException: Rule r does not exist.");
        assert!(refused_entries(&json!({ "FailedEntryCount": 1 }), "a").is_err());
    }
}
