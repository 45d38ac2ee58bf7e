//! Reads one page of CloudTrail events. The caller keeps to AWS's two requests a second.

use aws_sdk_account::types::{Region, RegionOptStatus};
use serde_json::{Value, json};

use super::pages;
use crate::account::{Failure, Fault, Timestamp, Traced, TrailEvent, TrailPage, TrailQuery};
use crate::aws::Aws;
use crate::aws::failures::of_read;
use crate::aws::plain::{CLOUD_TRAIL, ServiceRegion};

pub(super) const LOOKUP_EVENTS: &str = "cloudtrail:LookupEvents";

/// AWS's maximum page size.
const PAGE: i32 = 50;

impl Aws {
    /// Names of the enabled Regions.
    pub(in crate::aws) async fn regions(&self) -> Result<Vec<String>, Failure> {
        const ACTION: &str = "account:ListRegions";
        let call = self.reading.account.list_regions().max_results(50);
        let call = call.region_opt_status_contains(RegionOptStatus::Enabled);
        let call = call.region_opt_status_contains(RegionOptStatus::EnabledByDefault);
        let listed: Vec<_> = call.into_paginator().items().send().try_collect().await.map_err(of_read(ACTION))?;
        let name = |region: Region| region.region_name.ok_or_else(|| Failure::lacks(ACTION, "RegionName"));
        let mut names: Vec<String> = listed.into_iter().map(name).collect::<Result<_, _>>()?;
        names.retain(|name| is_region(name));
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// One page by a single request without retries.
    pub(in crate::aws) async fn trail(&self, query: &TrailQuery) -> Result<TrailPage, Failure> {
        if !is_region(&query.region) {
            let said = format!("{:?} is not a Region; nothing was sent", query.region);
            return Err(Failure::new(Fault::Invalid, LOOKUP_EVENTS, said));
        }
        let (key, value) = match &query.of {
            Traced::Key(id) => ("AccessKeyId", id.as_str()),
            Traced::Root => ("Username", "root"),
        };
        let mut input = lookup(key, value, query.after.as_deref());
        if let Some(since) = query.since {
            input["StartTime"] = since.unix_timestamp().into();
        }
        let place = ServiceRegion { service: &CLOUD_TRAIL, region: &query.region };
        let answer = self.plain.post_once(place, LOOKUP_EVENTS, &input).await?;
        let mut events = events(&answer, &query.region)?;
        events.retain(|event| query.of != Traced::Root || event.may_be_of_root());
        Ok(TrailPage { events, next: next(&answer) })
    }
}

/// The name becomes part of a host name.
fn is_region(name: &str) -> bool {
    !name.is_empty()
        && name.len() < 40
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// The input of LookupEvents: a page of the events with this attribute, after the token `after`.
pub(super) fn lookup(key: &str, value: &str, after: Option<&str>) -> Value {
    let attributes = [json!({ "AttributeKey": key, "AttributeValue": value })];
    let mut input = json!({ "LookupAttributes": attributes, "MaxResults": PAGE });
    if let Some(after) = after {
        input["NextToken"] = after.into();
    }
    input
}

/// The events of a page, as AWS lists them.
pub(super) fn listed(answer: &Value) -> impl Iterator<Item = &Value> {
    answer["Events"].as_array().into_iter().flatten()
}

pub(super) fn events(answer: &Value, region: &str) -> Result<Vec<TrailEvent>, Failure> {
    listed(answer).map(|event| read(event, region)).collect()
}

/// The token of the next page.
pub(super) fn next(answer: &Value) -> Option<String> {
    pages::text(answer, "NextToken", LOOKUP_EVENTS).ok()
}

/// The whole record of a listed event; null if it can't be read.
fn record(event: &Value) -> Value {
    event["CloudTrailEvent"].as_str().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

/// The caller of an event: its ARN, else the AWS service that acted, else the listed user name.
pub(super) fn who(event: &Value) -> String {
    let record = record(event);
    let inner = |path: &str| record.pointer(path).and_then(Value::as_str).filter(|text| !text.is_empty());
    let named = inner("/userIdentity/arn").or_else(|| inner("/userIdentity/invokedBy"));
    named.or(event["Username"].as_str()).unwrap_or_default().to_owned()
}

/// The time of a listed event: seconds since the epoch, as JSON 1.1 writes it, to the millisecond.
fn time(event: &Value) -> Option<Timestamp> {
    let milliseconds = (event["EventTime"].as_f64()? * 1000.0).round() as i128;
    Timestamp::from_unix_timestamp_nanos(milliseconds * 1_000_000).ok().filter(|_| milliseconds != 0)
}

/// Parses an event. Fields missing in the record are empty. A missing time is an error: skipping the event could hide
/// activity of today.
pub(super) fn read(event: &Value, region: &str) -> Result<TrailEvent, Failure> {
    let at = time(event).ok_or_else(|| Failure::lacks(LOOKUP_EVENTS, "EventTime"))?;
    let record = record(event);
    let listed = |name: &str| event[name].as_str().map(str::to_owned);
    let text = |name: &str| record.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
    let inner = |path: &str| record.pointer(path).and_then(Value::as_str).map(str::to_owned);
    Ok(TrailEvent {
        at,
        source: listed("EventSource").or_else(|| text("eventSource")).unwrap_or_default(),
        name: listed("EventName").or_else(|| text("eventName")).unwrap_or_default(),
        region: text("awsRegion").unwrap_or_else(|| region.to_owned()),
        address: text("sourceIPAddress").unwrap_or_default(),
        agent: text("userAgent").unwrap_or_default(),
        error: text("errorCode"),
        kind: text("eventType").unwrap_or_default(),
        key: listed("AccessKeyId").or_else(|| inner("/userIdentity/accessKeyId")).unwrap_or_default(),
        identity: inner("/userIdentity/type").unwrap_or_default(),
        mfa: inner("/userIdentity/sessionContext/attributes/mfaAuthenticated")
            .or_else(|| inner("/additionalEventData/MFAUsed"))
            .map(|word| ["true", "yes"].contains(&word.to_ascii_lowercase().as_str())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_with_an_unreadable_record_still_counts() {
        for record in ["", "{", "[1]", "{\"sourceIPAddress\":7,\"errorCode\":\"\"}"] {
            let event = json!({ "EventTime": 1_700_000_000.0, "EventName": "RunInstances", "CloudTrailEvent": record });
            let event = read(&event, "eu-west-1").expect("an event");
            assert_eq!(event.at.unix_timestamp(), 1_700_000_000);
            assert_eq!((event.name.as_str(), event.region.as_str()), ("RunInstances", "eu-west-1"));
            assert_eq!((event.address.as_str(), event.error), ("", None));
        }
        assert!(read(&json!({ "EventName": "X" }), "eu-west-1").is_err(), "it may be of today");
    }

    #[test]
    fn only_valid_region_names_are_accepted() {
        assert!(is_region("eu-west-1") && is_region("us-gov-west-1"));
        for bad in ["", "N/A", "evil.example", "a/b", "EU", "x@y"] {
            assert!(!is_region(bad), "{bad}");
        }
    }
}
