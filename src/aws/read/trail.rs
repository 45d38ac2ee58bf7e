//! Reads one page of CloudTrail events. The caller keeps to AWS's two requests a second.

use aws_sdk_account::types::{Region, RegionOptStatus};
use aws_sdk_cloudtrail::types::{Event, LookupAttribute, LookupAttributeKey};
use aws_smithy_types::DateTime;
use serde_json::Value;

use crate::account::{Failure, Fault, Traced, TrailEvent, TrailPage, TrailQuery};
use crate::aws::Aws;
use crate::aws::failures::of_read;
use crate::aws::time::moment;

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
        const ACTION: &str = "cloudtrail:LookupEvents";
        if !is_region(&query.region) {
            let said = format!("{:?} is not a Region; nothing was sent", query.region);
            return Err(Failure::new(Fault::Invalid, ACTION, said));
        }
        let (key, value) = match &query.of {
            Traced::Key(id) => (LookupAttributeKey::AccessKeyId, id.as_str()),
            Traced::Root => (LookupAttributeKey::Username, "root"),
        };
        let whose = LookupAttribute::builder()
            .attribute_key(key)
            .attribute_value(value)
            .build()
            .map_err(|error| Failure::new(Fault::Invalid, ACTION, error.to_string()))?;
        let region = aws_config::Region::new(query.region.clone());
        let client = aws_sdk_cloudtrail::Client::from_conf(self.trails.to_builder().region(region).build());
        let call = client.lookup_events().lookup_attributes(whose).max_results(PAGE);
        let since = query.since.map(|since| DateTime::from_secs(since.unix_timestamp()));
        let call = call.set_start_time(since).set_next_token(query.after.clone());
        let answer = call.send().await.map_err(of_read(ACTION))?;
        let events = answer.events.unwrap_or_default();
        let mut events: Vec<TrailEvent> =
            events.into_iter().map(|event| read(event, &query.region)).collect::<Result<_, _>>()?;
        events.retain(|event| query.of != Traced::Root || event.may_be_of_root());
        Ok(TrailPage { events, next: answer.next_token.filter(|token| !token.is_empty()) })
    }
}

/// The name becomes part of a host name.
fn is_region(name: &str) -> bool {
    !name.is_empty()
        && name.len() < 40
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// The caller of an event: its ARN, else the AWS service that acted, else the listed user name.
pub(super) fn who(event: &Event) -> String {
    let record: Value = event.cloud_trail_event().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let inner = |path: &str| record.pointer(path).and_then(Value::as_str).filter(|text| !text.is_empty());
    let named = inner("/userIdentity/arn").or_else(|| inner("/userIdentity/invokedBy")).or(event.username());
    named.unwrap_or_default().to_owned()
}

/// Parses an event. Fields missing in the record are empty. A missing time is an error: skipping the event could hide
/// activity of today.
pub(super) fn read(event: Event, region: &str) -> Result<TrailEvent, Failure> {
    let at = event.event_time.as_ref().and_then(moment);
    let at = at.ok_or_else(|| Failure::lacks("cloudtrail:LookupEvents", "EventTime"))?;
    let record: Value = event.cloud_trail_event.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    let text = |name: &str| record.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
    let inner = |path: &str| record.pointer(path).and_then(Value::as_str).map(str::to_owned);
    Ok(TrailEvent {
        at,
        source: event.event_source.or_else(|| text("eventSource")).unwrap_or_default(),
        name: event.event_name.or_else(|| text("eventName")).unwrap_or_default(),
        region: text("awsRegion").unwrap_or_else(|| region.to_owned()),
        address: text("sourceIPAddress").unwrap_or_default(),
        agent: text("userAgent").unwrap_or_default(),
        error: text("errorCode"),
        kind: text("eventType").unwrap_or_default(),
        key: event.access_key_id.or_else(|| inner("/userIdentity/accessKeyId")).unwrap_or_default(),
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
            let event = Event::builder()
                .event_time(DateTime::from_secs(1_700_000_000))
                .event_name("RunInstances")
                .cloud_trail_event(record)
                .build();
            let event = read(event, "eu-west-1").expect("an event");
            assert_eq!((event.name.as_str(), event.region.as_str()), ("RunInstances", "eu-west-1"));
            assert_eq!((event.address.as_str(), event.error), ("", None));
        }
        assert!(read(Event::builder().event_name("X").build(), "eu-west-1").is_err(), "it may be of today");
    }

    #[test]
    fn only_valid_region_names_are_accepted() {
        assert!(is_region("eu-west-1") && is_region("us-gov-west-1"));
        for bad in ["", "N/A", "evil.example", "a/b", "EU", "x@y"] {
            assert!(!is_region(bad), "{bad}");
        }
    }
}
