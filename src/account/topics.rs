//! SNS topics of the root alarm: whether EventBridge may publish, and who is subscribed.

use super::facts::Reading;
use super::{Timestamp, topic_policy};

/// An SNS topic.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SnsTopic {
    /// Its policy, as JSON.
    pub policy: String,
    /// Who subscribed.
    pub subscriptions: Vec<Subscription>,
}

/// Somebody or something that an SNS topic writes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// As SNS names it: `email`.
    pub protocol: String,
    /// An e-mail address, with that protocol.
    pub endpoint: String,
    /// Whether it was confirmed. Until then nothing is sent to it.
    pub confirmed: bool,
}

impl Subscription {
    /// Whether it sends mail to `address`, confirmed or not. The part before the @ may tell letters apart.
    #[must_use]
    pub fn is_mail_to(&self, address: &str) -> bool {
        self.protocol == "email" && self.endpoint == address
    }
}

impl SnsTopic {
    /// Whether its policy lets EventBridge publish to it: the topic `arn`. `None`: that can't be told from its text.
    #[must_use]
    pub fn event_bridge_may_publish(&self, arn: &str) -> Option<bool> {
        topic_policy::event_bridge_may_publish(&self.policy, arn)
    }
}

/// What a rule of EventBridge writes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its ARN.
    pub arn: String,
    /// Who reads it, if it is an SNS topic of this account; else it stays unread.
    pub subscriptions: Reading<Vec<Subscription>>,
    /// The topic's policy, as JSON; read where the subscriptions are.
    pub policy: Reading<String>,
}

impl Target {
    /// One of which nobody was asked who reads it.
    #[must_use]
    pub fn unread(arn: String) -> Self {
        Self { arn, subscriptions: Reading::Unread, policy: Reading::Unread }
    }

    /// A topic to which EventBridge may publish, whose subscribers were read at `at`.
    #[must_use]
    pub fn read_by(arn: String, value: Vec<Subscription>, at: Timestamp) -> Self {
        let policy =
            r#"{"Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sns:Publish"}}"#;
        let policy = Reading::Known { value: policy.to_owned(), at };
        Self { arn, subscriptions: Reading::Known { value, at }, policy }
    }

    /// Whether it is known that what comes here reaches nobody: no subscription is confirmed, or EventBridge may not publish.
    #[must_use]
    pub fn reaches_nobody(&self) -> bool {
        self.denies_event_bridge() || self.subscriptions.known().is_some_and(|all| all.iter().all(|one| !one.confirmed))
    }

    /// Whether it is known that EventBridge may not publish to it.
    #[must_use]
    pub fn denies_event_bridge(&self) -> bool {
        self.event_bridge_may_publish() == Some(Some(false))
    }

    /// Whether its policy lets EventBridge publish, as far as its text tells; `None`: it was not read.
    #[must_use]
    pub fn event_bridge_may_publish(&self) -> Option<Option<bool>> {
        Some(topic_policy::event_bridge_may_publish(self.policy.known()?, &self.arn))
    }

    /// The e-mail addresses whose readers have not confirmed yet.
    pub fn waiting(&self) -> impl Iterator<Item = &str> {
        let all = self.subscriptions.known().into_iter().flatten();
        all.filter(|one| !one.confirmed && one.protocol == "email").map(|one| one.endpoint.as_str())
    }
}

/// The ARN of the SNS topic called `name`.
#[must_use]
pub fn topic_arn(partition: &super::Partition, region: &str, account: &str, name: &str) -> String {
    format!("arn:{}:sns:{region}:{account}:{name}", partition.name())
}

/// The account that an SNS topic's ARN names; `None`: it is none of a topic.
#[must_use]
pub fn account_of_topic(arn: &str) -> Option<&str> {
    let fields: Vec<&str> = arn.split(':').collect();
    match fields[..] {
        ["arn", _, "sns", _, account, _] => Some(account),
        _ => None,
    }
}

/// The last part of an ARN of a topic or of a subscription's topic: its name.
#[must_use]
pub fn topic_name(arn: &str) -> &str {
    arn.rsplit(':').next().unwrap_or(arn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_topic_has_an_account_here() {
        assert_eq!(account_of_topic("arn:aws:sns:us-east-1:123456789012:root-use"), Some("123456789012"));
        for other in ["arn:aws:lambda:us-east-1:1:function:f", "arn:aws:sns:us-east-1:1:t:subscription", "t"] {
            assert_eq!(account_of_topic(other), None, "{other}");
        }
        assert_eq!(topic_name("arn:aws:sns:us-east-1:123456789012:root-use"), "root-use");
    }
}
