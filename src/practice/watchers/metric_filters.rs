//! CloudWatch Logs: metric filters on log groups. No log events arrive. Source: CloudWatch Logs API, 2014-03-28.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::page;
use crate::practice::json_request::{JsonAnswer, JsonCall, JsonRequest};
use crate::practice::refusal::Refusal;

pub const CALLS: &[JsonCall] = &[("DescribeMetricFilters", describe)];

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetricFilter {
    pub name: String,
    pub log_group: String,
    pub region: String,
    pub pattern: String,
    pub namespace: String,
    pub metric: String,
}

fn describe(request: &mut JsonRequest) -> JsonAnswer {
    let (state, region) = (&request.state, request.region);
    let group = request.text("logGroupName");
    // A log group exists if a trail writes to it or a filter is on it.
    let written = state.cloudtrail.trails.iter().filter(|trail| trail.home_region == region);
    let written = written.filter_map(|trail| trail.log_group.as_deref());
    let filtered = state.watchers.filters.iter().filter(|filter| filter.region == region);
    let mut groups = written.chain(filtered.map(|filter| filter.log_group.as_str()));
    if group.is_some_and(|group| !groups.any(|known| known == group)) {
        let said = "The specified log group does not exist.";
        return Err(Refusal::new("ResourceNotFoundException", 400, said));
    }
    let wants = |member: &str, value: &str| request.text(member).is_none_or(|wanted| wanted == value);
    let wanted = |filter: &&MetricFilter| {
        filter.region == region
            && group.is_none_or(|group| filter.log_group == group)
            && filter.name.starts_with(request.text("filterNamePrefix").unwrap_or_default())
            && wants("metricName", &filter.metric)
            && wants("metricNamespace", &filter.namespace)
    };
    let shape = |filter: &MetricFilter| {
        json!({
            "filterName": filter.name,
            "filterPattern": filter.pattern,
            "metricTransformations": [{
                "metricName": filter.metric,
                "metricNamespace": filter.namespace,
                "metricValue": "1",
            }],
            "creationTime": state.created.unix_timestamp() * 1000,
            "logGroupName": filter.log_group,
        })
    };
    let items: Vec<Value> = state.watchers.filters.iter().filter(wanted).map(shape).collect();
    page(request, items, ("limit", 50), ("metricFilters", "nextToken")).map(Some)
}
