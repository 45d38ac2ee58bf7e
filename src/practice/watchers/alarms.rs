//! CloudWatch: alarms on metrics, which never change their state. Source: CloudWatch API, 2010-08-01.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::practice::json_request::{JsonAnswer, JsonCall, JsonRequest};

pub const CALLS: &[JsonCall] = &[("DescribeAlarmsForMetric", describe)];

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alarm {
    pub name: String,
    pub region: String,
    pub namespace: String,
    pub metric: String,
    /// ARNs.
    pub actions: Vec<String>,
    pub actions_enabled: bool,
}

fn describe(request: &mut JsonRequest) -> JsonAnswer {
    let (metric, namespace) = (request.required("MetricName")?, request.required("Namespace")?);
    let (state, region) = (&request.state, request.region);
    let statistic = request.text("Statistic").is_none_or(|statistic| statistic == "Sum");
    let dimensions = request.input.get("Dimensions").and_then(Value::as_array).is_some_and(|list| !list.is_empty());
    let wanted = |alarm: &&Alarm| {
        alarm.region == region && alarm.metric == metric && alarm.namespace == namespace && statistic && !dimensions
    };
    let since = state.created.unix_timestamp();
    let shape = |alarm: &Alarm| {
        json!({
            "AlarmName": alarm.name,
            "AlarmArn": format!("arn:aws:cloudwatch:{region}:{}:alarm:{}", state.account, alarm.name),
            "AlarmConfigurationUpdatedTimestamp": since,
            "ActionsEnabled": alarm.actions_enabled,
            "OKActions": [],
            "AlarmActions": alarm.actions,
            "InsufficientDataActions": [],
            "StateValue": "OK",
            "StateReason": "Nothing was counted.",
            "StateUpdatedTimestamp": since,
            "MetricName": alarm.metric,
            "Namespace": alarm.namespace,
            "Statistic": "Sum",
            "Dimensions": [],
            "Period": 300,
            "EvaluationPeriods": 1,
            "Threshold": 1.0,
            "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        })
    };
    let alarms: Vec<Value> = state.watchers.alarms.iter().filter(wanted).map(shape).collect();
    Ok(Some(json!({ "MetricAlarms": alarms })))
}
