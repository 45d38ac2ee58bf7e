//! SNS topics of the root alarm: whether EventBridge may publish, and who is subscribed.

use super::facts::Reading;
use super::{Timestamp, topic_policy};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SnsTopic {
    /// JSON.
    pub policy: String,
    pub subscriptions: Vec<Subscription>,
}

/// A subscriber of an SNS topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// SNS's name for it, e.g. `email`.
    pub protocol: String,
    /// For the protocol `email`, an address.
    pub endpoint: String,
    /// SNS sends nothing before the subscriber confirms.
    pub confirmed: bool,
}

impl Subscription {
    /// Whether it sends mail to `address`, confirmed or not. Case matters: the part before the @ may be
    /// case-sensitive.
    #[must_use]
    pub fn is_mail_to(&self, address: &str) -> bool {
        self.protocol == "email" && self.endpoint == address
    }
}

impl SnsTopic {
    /// Whether the policy of this topic (`arn`) lets EventBridge publish. `None`: its text does not tell.
    #[must_use]
    pub fn event_bridge_may_publish(&self, arn: &str) -> Option<bool> {
        topic_policy::event_bridge_may_publish(&self.policy, arn)
    }
}

/// A target of an EventBridge rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub arn: String,
    /// The topic's subscriptions; unread if it is not an SNS topic of this account.
    pub subscriptions: Reading<Vec<Subscription>>,
    /// The topic's JSON policy; read together with the subscriptions.
    pub policy: Reading<String>,
}

impl Target {
    /// A target whose topic was not read.
    #[must_use]
    pub fn unread(arn: String) -> Self {
        Self { arn, subscriptions: Reading::Unread, policy: Reading::Unread }
    }

    /// A topic that lets EventBridge publish, with subscriptions read at `at`.
    #[must_use]
    pub fn read_by(arn: String, value: Vec<Subscription>, at: Timestamp) -> Self {
        let policy =
            r#"{"Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sns:Publish"}}"#;
        let policy = Reading::Known { value: policy.to_owned(), at };
        Self { arn, subscriptions: Reading::Known { value, at }, policy }
    }

    /// Whether the target certainly reaches nobody: no subscription is confirmed, or EventBridge may not publish.
    #[must_use]
    pub fn reaches_nobody(&self) -> bool {
        self.denies_event_bridge() || self.subscriptions.known().is_some_and(|all| all.iter().all(|one| !one.confirmed))
    }

    /// Whether EventBridge certainly may not publish to it.
    #[must_use]
    pub fn denies_event_bridge(&self) -> bool {
        self.event_bridge_may_publish() == Some(Some(false))
    }

    /// Whether its policy lets EventBridge publish; outer `None`: not read; inner `None`: the text does not tell.
    #[must_use]
    pub fn event_bridge_may_publish(&self) -> Option<Option<bool>> {
        Some(topic_policy::event_bridge_may_publish(self.policy.known()?, &self.arn))
    }

    /// The unconfirmed e-mail addresses.
    pub fn waiting(&self) -> impl Iterator<Item = &str> {
        let all = self.subscriptions.known().into_iter().flatten();
        all.filter(|one| !one.confirmed && one.protocol == "email").map(|one| one.endpoint.as_str())
    }
}

/// ARN of the SNS topic called `name`.
#[must_use]
pub fn topic_arn(partition: &super::Partition, region: &str, account: &str, name: &str) -> String {
    format!("arn:{}:sns:{region}:{account}:{name}", partition.name())
}

/// The account in an SNS topic's ARN; `None`: not a topic's ARN.
#[must_use]
pub fn account_of_topic(arn: &str) -> Option<&str> {
    let fields: Vec<&str> = arn.split(':').collect();
    match fields[..] {
        ["arn", _, "sns", _, account, _] => Some(account),
        _ => None,
    }
}

/// The name in a topic's ARN.
#[must_use]
pub fn topic_name(arn: &str) -> &str {
    arn.rsplit(':').next().unwrap_or(arn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_topic_arns_yield_an_account() {
        assert_eq!(account_of_topic("arn:aws:sns:us-east-1:123456789012:root-use"), Some("123456789012"));
        for other in ["arn:aws:lambda:us-east-1:1:function:f", "arn:aws:sns:us-east-1:1:t:subscription", "t"] {
            assert_eq!(account_of_topic(other), None, "{other}");
        }
        assert_eq!(topic_name("arn:aws:sns:us-east-1:123456789012:root-use"), "root-use");
    }
}
