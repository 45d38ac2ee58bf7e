//! Reads an SNS topic: its policy and subscriptions.

use serde_json::{Value, json};

use super::pages;
use crate::account::topics::{SnsTopic, Subscription, TopicAccess};
use crate::account::{Failure, Fault};
use crate::aws::Aws;
use crate::aws::plain::{SNS, ServiceRegion};

impl Aws {
    /// The topic with this ARN; `None`: it does not exist.
    pub(in crate::aws) async fn sns_topic(&self, arn: &str) -> Result<Option<SnsTopic>, Failure> {
        let (access, subscriptions) = futures_util::future::join(self.topic_access(arn), self.subscriptions(arn)).await;
        let access = match access {
            Err(failure) if failure.fault == Fault::Absent => return Ok(None),
            access => access?,
        };
        Ok(Some(SnsTopic { access, subscriptions: subscriptions? }))
    }

    /// The topic's policy and key.
    pub(super) async fn topic_access(&self, arn: &str) -> Result<TopicAccess, Failure> {
        const ACTION: &str = "sns:GetTopicAttributes";
        let place = ServiceRegion { service: &SNS, region: region_of(arn) };
        let answer = self.plain.post(place, ACTION, &json!({ "TopicArn": arn })).await?;
        let text = |name: &str| answer["Attributes"][name].as_str().map(str::to_owned);
        let policy = text("Policy").ok_or_else(|| Failure::lacks(ACTION, "Policy"))?;
        Ok(TopicAccess { policy, kms_key: text("KmsMasterKeyId").filter(|key| !key.is_empty()) })
    }

    /// The topic's subscriptions.
    pub(super) async fn subscriptions(&self, arn: &str) -> Result<Vec<Subscription>, Failure> {
        const ACTION: &str = "sns:ListSubscriptionsByTopic";
        let place = ServiceRegion { service: &SNS, region: region_of(arn) };
        let listed = pages::all(ACTION, ("Subscriptions", "NextToken"), |after| {
            let mut input = json!({ "TopicArn": arn });
            if let Some(after) = after {
                input["NextToken"] = after.into();
            }
            async move { self.plain.post(place, ACTION, &input).await }
        });
        let subscription = |one: &Value| {
            let text = |member| pages::text(one, member, ACTION);
            // Otherwise `PendingConfirmation`, or `Deleted` for a while. SNS sends nothing to either.
            let confirmed = text("SubscriptionArn")?.starts_with("arn:");
            Ok(Subscription { protocol: text("Protocol")?, endpoint: text("Endpoint")?, confirmed })
        };
        listed.await?.iter().map(subscription).collect()
    }
}

fn region_of(arn: &str) -> &str {
    arn.split(':').nth(3).unwrap_or_default()
}
