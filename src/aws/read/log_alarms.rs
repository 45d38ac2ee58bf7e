//! Reads alarms on root use: log groups of multi-Region trails, their metric filters, and the alarms on these
//! metrics.

use std::collections::BTreeSet;

use futures_util::future::try_join;
use serde_json::{Value, json};

use super::{each, pages};
use crate::account::Failure;
use crate::account::root_use::{LogAlarms, MetricAlarm, Notice, Occasion, RootFilter};
use crate::aws::Aws;
use crate::aws::plain::{CLOUD_WATCH, CLOUD_WATCH_LOGS, ServiceRegion};

/// A log group, parsed from its ARN: `arn:aws:logs:REGION:ACCOUNT:log-group:NAME:*`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct LogGroup {
    arn: String,
    region: String,
    account: String,
    name: String,
}

impl LogGroup {
    fn of_arn(arn: &str) -> Option<Self> {
        let mut fields = arn.splitn(7, ':').skip(3).map(str::to_owned);
        let (region, account) = (fields.next()?, fields.next()?);
        let name = fields.nth(1)?;
        let name = name.strip_suffix(":*").unwrap_or(&name).to_owned();
        (!region.is_empty() && !name.is_empty()).then_some(Self { arn: arn.to_owned(), region, account, name })
    }
}

impl Aws {
    /// Single-Region trails are left out: they miss root's activity elsewhere.
    pub(in crate::aws) async fn log_alarms(&self) -> Result<LogAlarms, Failure> {
        let (arns, caller) = try_join(self.log_groups_of_trails(), self.remembered_caller()).await?;
        let mut found = LogAlarms::default();
        let mut groups = BTreeSet::new();
        for arn in arns {
            match LogGroup::of_arn(&arn) {
                Some(group) if group.account == caller.account => drop(groups.insert(group)),
                _ => found.elsewhere.push(arn),
            }
        }
        let occasion = Occasion { account: caller.account.clone(), partition: caller.partition() };
        found.groups = groups.iter().map(|group| group.name.clone()).collect();
        for filters in each(groups, async |group: LogGroup| self.filters(&group, &occasion).await).await {
            found.filters.extend(filters?);
        }
        Ok(found)
    }

    async fn filters(&self, group: &LogGroup, occasion: &Occasion) -> Result<Vec<RootFilter>, Failure> {
        const ACTION: &str = "logs:DescribeMetricFilters";
        let place = ServiceRegion { service: &CLOUD_WATCH_LOGS, region: &group.region };
        let listed = pages::all(ACTION, ("metricFilters", "nextToken"), |after| {
            let mut input = json!({ "logGroupName": group.name });
            if let Some(after) = after {
                input["nextToken"] = after.into();
            }
            async move { self.plain.post(place, ACTION, &input).await }
        });
        let mut counted = Vec::new();
        for filter in listed.await? {
            let pattern = filter.get("filterPattern").and_then(Value::as_str);
            let notice = pattern.map_or(Notice::Unclear, |pattern| Notice::of_filter_pattern(pattern, occasion));
            if notice == Notice::Nothing {
                continue;
            }
            let name = pages::text(&filter, "filterName", ACTION)?;
            let transformations = filter.get("metricTransformations").and_then(Value::as_array);
            let metrics: Vec<(String, String)> = transformations
                .ok_or_else(|| Failure::lacks(ACTION, "metricTransformations"))?
                .iter()
                .map(|to| Ok((pages::text(to, "metricNamespace", ACTION)?, pages::text(to, "metricName", ACTION)?)))
                .collect::<Result<_, Failure>>()?;
            let (group, group_arn) = (group.name.clone(), group.arn.clone());
            counted.push((RootFilter { name, group, group_arn, notice, alarms: Vec::new() }, metrics));
        }
        let alarmed = each(counted, async |(mut filter, metrics): (RootFilter, Vec<(String, String)>)| {
            for (namespace, metric) in metrics {
                filter.alarms.extend(self.alarms(&group.region, &namespace, &metric).await?);
            }
            Ok(filter)
        });
        alarmed.await.into_iter().collect()
    }

    async fn alarms(&self, region: &str, namespace: &str, metric: &str) -> Result<Vec<MetricAlarm>, Failure> {
        const ACTION: &str = "cloudwatch:DescribeAlarmsForMetric";
        let input = json!({ "Namespace": namespace, "MetricName": metric });
        let answer = self.plain.post(ServiceRegion { service: &CLOUD_WATCH, region }, ACTION, &input).await?;
        let listed = answer.get("MetricAlarms").and_then(Value::as_array);
        let alarm = |alarm: &Value| {
            let lacks = |member| Failure::lacks(ACTION, member);
            let enabled =
                alarm.get("ActionsEnabled").and_then(Value::as_bool).ok_or_else(|| lacks("ActionsEnabled"))?;
            let actions = alarm.get("AlarmActions").and_then(Value::as_array).ok_or_else(|| lacks("AlarmActions"))?;
            Ok(MetricAlarm { name: pages::text(alarm, "AlarmName", ACTION)?, acts: enabled && !actions.is_empty() })
        };
        listed.ok_or_else(|| Failure::lacks(ACTION, "MetricAlarms"))?.iter().map(alarm).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_group_is_parsed_from_its_arn() {
        let group = LogGroup::of_arn("arn:aws:logs:eu-west-1:123456789012:log-group:aws-cloudtrail-logs/a:*").unwrap();
        assert_eq!((group.region.as_str(), group.account.as_str()), ("eu-west-1", "123456789012"));
        assert_eq!(group.name, "aws-cloudtrail-logs/a");
        for bad in ["", "arn:aws:logs", "arn:aws:logs:eu-west-1:1:log-group:"] {
            assert_eq!(LogGroup::of_arn(bad), None, "{bad}");
        }
    }
}
