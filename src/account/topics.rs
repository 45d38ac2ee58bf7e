//! SNS topics of the root alarm: whether EventBridge may publish, and who is subscribed.

use super::facts::Reading;
use super::topic_policy;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SnsTopic {
    pub access: TopicAccess,
    pub subscriptions: Vec<Subscription>,
}

/// What decides whether a service may publish to a topic.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TopicAccess {
    /// JSON.
    pub policy: String,
    /// The KMS key that encrypts the topic: an ARN, an id or an alias (`KmsMasterKeyId`).
    pub kms_key: Option<String>,
}

impl TopicAccess {
    /// Access by this JSON policy, without encryption.
    #[must_use]
    pub fn by_policy(policy: &str) -> Self {
        Self { policy: policy.to_owned(), kms_key: None }
    }

    /// Whether EventBridge may publish to this topic (`arn`). `None`: what was read does not tell, because a
    /// customer managed key has a policy of its own.
    #[must_use]
    pub fn event_bridge_may_publish(&self, arn: &str) -> Option<bool> {
        match (topic_policy::event_bridge_may_publish(&self.policy, arn), &self.kms_key) {
            _ if self.has_aws_key() => Some(false),
            (Some(true), Some(_)) => None,
            (by_policy, _) => by_policy,
        }
    }

    /// Whether the AWS managed key encrypts the topic. Its policy can't be changed and lets no service publish (SNS
    /// developer guide, "Enabling compatibility between event sources from AWS services and encrypted topics").
    #[must_use]
    pub fn has_aws_key(&self) -> bool {
        self.kms_key.as_deref().is_some_and(|key| key.ends_with("alias/aws/sns"))
    }
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

/// A target of an EventBridge rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub arn: String,
    /// The topic's subscriptions; unread if it is not an SNS topic of this account.
    pub subscriptions: Reading<Vec<Subscription>>,
    /// Read together with the subscriptions.
    pub access: Reading<TopicAccess>,
}

impl Target {
    /// A target whose topic was not read.
    #[must_use]
    pub fn unread(arn: String) -> Self {
        Self { arn, subscriptions: Reading::Unread, access: Reading::Unread }
    }

    /// A topic that lets EventBridge publish, with subscriptions read at `at`.
    #[cfg(test)]
    pub fn read_by(arn: String, value: Vec<Subscription>, at: super::Timestamp) -> Self {
        let policy =
            r#"{"Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sns:Publish"}}"#;
        let access = Reading::Known { value: TopicAccess::by_policy(policy), at };
        Self { arn, subscriptions: Reading::Known { value, at }, access }
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

    /// Whether EventBridge may publish to it; outer `None`: not read; inner `None`: what was read does not tell.
    #[must_use]
    pub fn event_bridge_may_publish(&self) -> Option<Option<bool>> {
        Some(self.access.known()?.event_bridge_may_publish(&self.arn))
    }

    /// Why lockroot does not know whether its subscribers get an event. `None`: it knows, or the target is not a topic of
    /// this account, which nobody here can read.
    #[must_use]
    pub fn doubt(&self) -> Option<&'static str> {
        match (self.event_bridge_may_publish(), &self.access.known().map(|access| &access.kms_key)) {
            _ if self.subscriptions.failure().is_some() => Some("whose subscriptions could not be read"),
            _ if self.access.failure().is_some() => Some("whose policy could not be read"),
            (Some(None), Some(Some(_))) => Some("whose KMS key may not let EventBridge use it"),
            (Some(None), _) => Some("whose policy does not say whether EventBridge may publish"),
            (Some(Some(_)) | None, _) => None,
        }
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
