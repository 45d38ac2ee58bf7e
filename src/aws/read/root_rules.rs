//! Reads EventBridge rules that match root use: on the default bus of the home Region, with targets and confirmed
//! subscriptions.

use serde_json::{Value, json};

use super::{each, pages};
use crate::account::root_use::{Notice, Occasion, RootRule, RuleSettings};
use crate::account::topics::{Target, account_of_topic};
use crate::account::{Failure, Fault};
use crate::aws::Aws;
use crate::aws::plain::{EVENT_BRIDGE, ServiceRegion};

impl Aws {
    /// Root's sign-ins and events of global services occur in the home Region only.
    pub(in crate::aws) async fn root_rules(&self) -> Result<Vec<RootRule>, Failure> {
        const ACTION: &str = "events:ListRules";
        let place = self.events();
        let listed = pages::all(ACTION, ("Rules", "NextToken"), |after| {
            let input = after.map_or_else(|| json!({}), |after| json!({ "NextToken": after }));
            async move { self.plain.post(place, ACTION, &input).await }
        });
        // Run concurrently: patterns are tested with the account number, which the caller read provides.
        let (listed, caller) = futures_util::future::try_join(listed, self.remembered_caller()).await?;
        let occasion = Occasion { account: caller.account.clone(), partition: caller.partition() };
        let mut rules = Vec::new();
        for rule in &listed {
            let text = |member| rule.get(member).and_then(Value::as_str).map(str::to_owned);
            let (pattern, schedule) = (text("EventPattern"), text("ScheduleExpression"));
            let notice = match &pattern {
                Some(pattern) => Notice::of_event_pattern(pattern, &occasion),
                // The rule runs on a schedule.
                None if schedule.is_some() => Notice::Nothing,
                None => return Err(Failure::lacks(ACTION, "EventPattern")),
            };
            let state = pages::text(rule, "State", ACTION)?;
            rules.push(RootRule {
                name: pages::text(rule, "Name", ACTION)?,
                enabled: state.starts_with("ENABLED"),
                sees_reads: state == RootRule::ALL_EVENTS,
                notice,
                targets: Vec::new(),
                settings: RuleSettings {
                    pattern: pattern.unwrap_or_default(),
                    description: text("Description"),
                    schedule,
                    role: text("RoleArn"),
                    managed_by: text("ManagedBy"),
                },
            });
        }
        let account = caller.account.as_str();
        let with_targets = each(rules, async |rule: RootRule| {
            if rule.notice == Notice::Nothing {
                return Ok(rule);
            }
            let targets = each(self.targets(&rule.name).await?, async |arn| self.read_by(arn, account).await).await;
            Ok(RootRule { targets, ..rule })
        });
        with_targets.await.into_iter().collect()
    }

    async fn targets(&self, rule: &str) -> Result<Vec<String>, Failure> {
        const ACTION: &str = "events:ListTargetsByRule";
        let place = self.events();
        let listed = pages::all(ACTION, ("Targets", "NextToken"), |after| {
            let mut input = json!({ "Rule": rule });
            if let Some(after) = after {
                input["NextToken"] = after.into();
            }
            async move { self.plain.post(place, ACTION, &input).await }
        });
        listed.await?.iter().map(|target| pages::text(target, "Arn", ACTION)).collect()
    }

    /// The subscribers of `arn`, if it is a topic of this account. A failed read of them does not fail the rule.
    async fn read_by(&self, arn: String, account: &str) -> Target {
        if account_of_topic(&arn) != Some(account) {
            return Target::unread(arn);
        }
        let (found, access) = futures_util::future::join(self.subscriptions(&arn), self.topic_access(&arn)).await;
        // A deleted topic has no subscribers.
        let found = match found {
            Err(failure) if failure.fault == Fault::Absent => Ok(Vec::new()),
            found => found,
        };
        let (subscriptions, access) = (self.reading(found), self.reading(access));
        Target { arn, subscriptions, access }
    }

    fn events(&self) -> ServiceRegion<'static> {
        ServiceRegion { service: &EVENT_BRIDGE, region: self.plain.partition().home_region() }
    }
}
