//! Rules of EventBridge that let root's use through: those of the default bus in the home region, with their targets.

use serde_json::{Value, json};

use super::{each, pages};
use crate::account::Failure;
use crate::account::root_use::{Notice, Occasion, RootRule};
use crate::aws::Aws;
use crate::aws::plain::{EVENT_BRIDGE, Place};

impl Aws {
    /// Root's sign-ins and what global services record come to the home region only. Rules that are off are not asked for
    /// their targets.
    pub(in crate::aws) async fn root_rules(&self) -> Result<Vec<RootRule>, Failure> {
        const ACTION: &str = "events:ListRules";
        let place = self.events();
        let listed = pages::all(ACTION, ("Rules", "NextToken"), |after| {
            let input = after.map_or_else(|| json!({}), |after| json!({ "NextToken": after }));
            async move { self.plain.post(place, ACTION, &input).await }
        });
        // Both begin at once: the account's number stands in patterns too.
        let (listed, caller) = futures_util::future::try_join(listed, self.remembered_caller()).await?;
        let occasion = Occasion { account: caller.account.clone(), partition: caller.partition() };
        let mut rules = Vec::new();
        for rule in &listed {
            let pattern = match rule.get("EventPattern").and_then(Value::as_str) {
                Some(pattern) => pattern,
                // It runs by the clock.
                None if rule.get("ScheduleExpression").is_some() => continue,
                None => return Err(Failure::lacks(ACTION, "EventPattern")),
            };
            let notice = Notice::of_event_pattern(pattern, &occasion);
            if notice != Notice::Nothing {
                let state = pages::text(rule, "State", ACTION)?;
                let (enabled, sees_reads) = (state.starts_with("ENABLED"), state == RootRule::ALL_EVENTS);
                let name = pages::text(rule, "Name", ACTION)?;
                rules.push(RootRule { name, enabled, sees_reads, notice, targets: Vec::new() });
            }
        }
        let with_targets = each(rules, async |rule: RootRule| match rule.enabled {
            true => Ok(RootRule { targets: self.targets(&rule.name).await?, ..rule }),
            false => Ok(rule),
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

    fn events(&self) -> Place<'static> {
        Place { service: &EVENT_BRIDGE, region: self.plain.partition().home_region() }
    }
}
