//! The parts of the root alarm: a topic, a subscription, an EventBridge rule, its target. Each is one call.

use serde_json::json;

use crate::account::facts::{Facts, RootRule};
use crate::account::root_use::RuleSettings;
use crate::account::topics::topic_name;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AlarmPart {
    /// `sns:CreateTopic`. AWS returns an existing topic of the same name and attributes.
    Topic {
        /// The topic's future ARN. Only its name is sent.
        arn: String,
        /// JSON policy that lets EventBridge publish.
        policy: String,
    },
    /// `sns:Subscribe`, by e-mail.
    Subscription {
        /// Topic ARN.
        topic: String,
        /// AWS sends a confirmation request to this address.
        address: String,
    },
    /// `events:PutRule`, which replaces the whole rule. The rule is enabled, for read-only calls too.
    Rule { name: String, settings: Box<RuleSettings> },
    /// `events:PutTargets`
    Target {
        rule: String,
        /// Topic ARN.
        topic: String,
    },
}

/// Id of the target within its rule.
const TARGET: &str = "root-use";

impl AlarmPart {
    /// IAM action name, e.g. `iam:CreateUser`.
    #[must_use]
    pub fn action(&self) -> &'static str {
        match self {
            Self::Topic { .. } => "sns:CreateTopic",
            Self::Subscription { .. } => "sns:Subscribe",
            Self::Rule { .. } => "events:PutRule",
            Self::Target { .. } => "events:PutTargets",
        }
    }

    /// A few words for people, in the imperative.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Topic { arn, .. } => format!("Create the SNS topic {}", topic_name(arn)),
            Self::Subscription { topic, address } => format!("Subscribe {address} to the topic {}", topic_name(topic)),
            Self::Rule { name, .. } => format!("Put the EventBridge rule {name}"),
            Self::Target { rule, topic } => format!("Let the rule {rule} write to the topic {}", topic_name(topic)),
        }
    }

    /// Every parameter by its API name. Nested values are JSON.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Topic { arn, policy } => {
                vec![("Name", topic_name(arn).to_owned()), ("Attributes", json!({ "Policy": policy }).to_string())]
            }
            Self::Subscription { topic, address } => {
                vec![("TopicArn", topic.clone()), ("Protocol", "email".to_owned()), ("Endpoint", address.clone())]
            }
            Self::Rule { name, settings } => {
                let mut parameters = vec![
                    ("Name", name.clone()),
                    ("EventPattern", settings.pattern.clone()),
                    ("State", RootRule::ALL_EVENTS.to_owned()),
                ];
                parameters.extend(settings.description.iter().map(|text| ("Description", text.clone())));
                parameters.extend(settings.schedule.iter().map(|text| ("ScheduleExpression", text.clone())));
                parameters.extend(settings.role.iter().map(|text| ("RoleArn", text.clone())));
                parameters
            }
            Self::Target { rule, topic } => {
                vec![("Rule", rule.clone()), ("Targets", json!([{ "Id": TARGET, "Arn": topic }]).to_string())]
            }
        }
    }

    /// The topic whose own facts must be read to prove the change.
    pub(super) fn topic(&self) -> Option<&str> {
        match self {
            Self::Topic { arn, .. } => Some(arn),
            Self::Subscription { topic, .. } => Some(topic),
            Self::Rule { .. } | Self::Target { .. } => None,
        }
    }

    /// Whether fresh facts show the change. `None`: the needed facts are unknown.
    pub(super) fn shows_in(&self, facts: &Facts) -> Option<bool> {
        let topic = |arn: &str| facts.sns_topics.get(arn)?.known().map(Option::as_ref);
        let rule = |name: &str| facts.root_rules.known().map(|rules| rules.iter().find(|rule| rule.name == name));
        Some(match self {
            Self::Topic { arn, .. } => match topic(arn)? {
                Some(topic) => topic.access.event_bridge_may_publish(arn)?,
                None => false,
            },
            Self::Subscription { topic: arn, address } => {
                topic(arn)?.is_some_and(|topic| topic.subscriptions.iter().any(|one| one.is_mail_to(address)))
            }
            Self::Rule { name, settings } => rule(name)?
                .is_some_and(|rule| rule.enabled && rule.sees_reads && rule.settings.pattern == settings.pattern),
            Self::Target { rule: name, topic } => {
                rule(name)?.is_some_and(|rule| rule.targets.iter().any(|target| target.arn == *topic))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::account::root_use::Notice;
    use crate::account::topics::{SnsTopic, Subscription, Target, TopicAccess};
    use crate::account::{Change, Reading};

    const TOPIC: &str = "arn:aws:sns:us-east-1:123456789012:root-use";

    fn parts() -> [AlarmPart; 4] {
        let settings = Box::new(RuleSettings { pattern: "{}".into(), ..RuleSettings::default() });
        [
            AlarmPart::Topic { arn: TOPIC.into(), policy: "{}".into() },
            AlarmPart::Subscription { topic: TOPIC.into(), address: "sec@example.com".into() },
            AlarmPart::Rule { name: "root-use".into(), settings },
            AlarmPart::Target { rule: "root-use".into(), topic: TOPIC.into() },
        ]
    }

    fn shown(facts: &Facts) -> [Option<bool>; 4] {
        parts().map(|part| part.shows_in(facts))
    }

    fn read<T>(value: T) -> Reading<T> {
        Reading::Known { value, at: datetime!(2026-11-21 12:00 UTC) }
    }

    #[test]
    fn each_part_of_the_alarm_is_confirmed_by_a_fresh_read() {
        assert_eq!(shown(&Facts::default()), [None; 4]);
        let mut facts = Facts { root_rules: read(Vec::new()), ..Facts::default() };
        facts.sns_topics.insert(TOPIC.into(), read(None));
        assert_eq!(shown(&facts), [Some(false); 4]);
        let policy = r#"{"Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sns:Publish"}]}"#;
        let address = Subscription { protocol: "email".into(), endpoint: "sec@example.com".into(), confirmed: false };
        let topic = SnsTopic { access: TopicAccess::by_policy(policy), subscriptions: vec![address] };
        facts.sns_topics.insert(TOPIC.into(), read(Some(topic)));
        facts.root_rules = read(vec![RootRule {
            name: "root-use".into(),
            enabled: true,
            sees_reads: true,
            notice: Notice::Root,
            targets: vec![Target::unread(TOPIC.into())],
            settings: RuleSettings { pattern: "{}".into(), ..RuleSettings::default() },
        }]);
        assert_eq!(shown(&facts), [Some(true); 4]);
    }

    #[test]
    fn an_updated_rule_keeps_its_settings() {
        let settings = RuleSettings {
            pattern: "{}".into(),
            description: Some("ours".into()),
            schedule: Some("rate(1 day)".into()),
            role: Some("arn:role".into()),
            managed_by: None,
        };
        let sent = AlarmPart::Rule { name: "r".into(), settings: Box::new(settings) }.parameters();
        let names: Vec<&str> = sent.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["Name", "EventPattern", "State", "Description", "ScheduleExpression", "RoleArn"]);
    }

    #[test]
    fn alarm_commands_match_the_aws_cli() {
        let said = parts().map(|part| Change::Alarm { part, region: "us-east-1".into() }.cli());
        assert_eq!(
            said[0],
            r#"aws sns create-topic --name root-use --attributes '{"Policy":"{}"}' --region us-east-1"#
        );
        assert_eq!(
            said[1],
            format!(
                "aws sns subscribe --topic-arn {TOPIC} --protocol email --notification-endpoint sec@example.com --region us-east-1"
            )
        );
        assert_eq!(
            said[2],
            "aws events put-rule --name root-use --event-pattern '{}' --state ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS --region us-east-1"
        );
        assert!(said[3].starts_with("aws events put-targets --rule root-use --targets '[{"), "{}", said[3]);
    }
}
