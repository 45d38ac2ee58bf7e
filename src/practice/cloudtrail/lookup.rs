//! LookupEvents: one attribute, a time range, pages of fifty, newest first, ninety days.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::events::Event;
use crate::account::Timestamp;
use crate::practice::json_request::{JsonAnswer, JsonRequest};
use crate::practice::refusal::Refusal;

const RETENTION: time::Duration = time::Duration::days(90);

/// The lookup attributes.
const ATTRIBUTES: [&str; 8] =
    ["EventId", "EventName", "ReadOnly", "Username", "ResourceType", "ResourceName", "EventSource", "AccessKeyId"];

pub fn lookup(request: &mut JsonRequest) -> JsonAnswer {
    let wanted = attribute(request.input)?;
    let (start, end) = (moment(request.input, "StartTime")?, moment(request.input, "EndTime")?);
    if start.zip(end).is_some_and(|(start, end)| start > end) {
        let said = "The start time must be before the end time.";
        return Err(Refusal::new("InvalidTimeRangeException", 400, said));
    }
    let most = match request.input.get("MaxResults").map(Value::as_i64) {
        None => 50,
        Some(Some(most @ 1..=50)) => usize::try_from(most).unwrap_or(50),
        Some(_) => {
            let said = "The max results value must be between 1 and 50.";
            return Err(Refusal::new("InvalidMaxResultsException", 400, said));
        }
    };
    if request.input.get("EventCategory").is_some_and(|category| category != "insight") {
        return Err(Refusal::new("InvalidEventCategoryException", 400, "The event category is not valid."));
    }
    let insights = request.input.get("EventCategory").is_some();
    let after = token(request.input)?;
    let (cloudtrail, now) = (&request.state.cloudtrail, request.now);
    let is_wanted = |event: &&Event| {
        let seen = event.at + cloudtrail.delay <= now
            && event.at >= now - RETENTION
            && event.recorded.region == request.region;
        let in_time = start.is_none_or(|start| event.at >= start) && end.is_none_or(|end| event.at <= end);
        let further = after.is_none_or(|after| (event.at.unix_timestamp(), event.number) < after);
        let fits = wanted.is_none_or(|(key, value)| has(event, key, value));
        seen && in_time && further && fits && !insights
    };
    let events = cloudtrail.newest_first();
    let mut rest = events.into_iter().filter(is_wanted);
    let page: Vec<&Event> = rest.by_ref().take(most).collect();
    let listed: Vec<Value> = page.iter().map(|event| event.listed(&request.state.account)).collect();
    let mut output = json!({ "Events": listed });
    if let (Some(_), Some(last)) = (rest.next(), page.last()) {
        let place = format!("{}.{}", last.at.unix_timestamp(), last.number);
        output["NextToken"] = format!("{}.{place}", digest(request.input)).into();
    }
    Ok(Some(output))
}

fn attribute(input: &Value) -> Result<Option<(&str, &str)>, Refusal> {
    let invalid = |said: &str| Refusal::new("InvalidLookupAttributesException", 400, said);
    let Some(list) = input.get("LookupAttributes").filter(|list| !list.is_null()) else { return Ok(None) };
    match list.as_array().map(Vec::as_slice) {
        Some([]) => Ok(None),
        Some([one]) => {
            let text = |member: &str| one.get(member).and_then(Value::as_str).filter(|text| !text.is_empty());
            let key = text("AttributeKey").filter(|key| ATTRIBUTES.contains(key));
            let pair = key.zip(text("AttributeValue"));
            pair.map(Some).ok_or_else(|| invalid("Lookup attribute key or value is not valid."))
        }
        _ => Err(invalid("You can only use one lookup attribute at a time.")),
    }
}

fn has(event: &Event, key: &str, value: &str) -> bool {
    let what = &event.recorded;
    match key {
        "EventId" => event.id == value,
        "EventName" => what.name == value,
        "ReadOnly" => what.read_only().to_string() == value,
        "Username" => what.user_name == value,
        "EventSource" => what.source == value,
        "AccessKeyId" => what.access_key_id == value,
        "ResourceType" => what.resources().iter().any(|(kind, _)| *kind == value),
        _ => what.resources().iter().any(|(_, name)| *name == value),
    }
}

/// A timestamp in epoch seconds.
fn moment(input: &Value, member: &str) -> Result<Option<Timestamp>, Refusal> {
    let Some(value) = input.get(member).filter(|value| !value.is_null()) else { return Ok(None) };
    let invalid = || Refusal::new("InvalidTimeRangeException", 400, format!("{member} is not valid."));
    let milliseconds = value.as_f64().ok_or_else(invalid)? * 1000.0;
    let nanoseconds = i128::from(milliseconds as i64) * 1_000_000;
    Timestamp::from_unix_timestamp_nanos(nanoseconds).map(Some).map_err(|_| invalid())
}

/// Time and number of the previous page's last event. The token is valid for the same parameters only.
fn token(input: &Value) -> Result<Option<(i64, u64)>, Refusal> {
    let Some(token) = input.get("NextToken").filter(|token| !token.is_null()) else { return Ok(None) };
    let read = |token: &str| {
        let mut parts = token.split('.');
        let same = parts.next()? == digest(input);
        let place = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        same.then_some(place)
    };
    let place = token.as_str().and_then(read);
    let said = "The token is not valid, or the parameters are not those of the request that it came from.";
    place.map(Some).ok_or_else(|| Refusal::new("InvalidNextTokenException", 400, said))
}

/// A digest of the parameters without the token.
fn digest(input: &Value) -> String {
    let mut same = input.clone();
    if let Some(same) = same.as_object_mut() {
        same.remove("NextToken");
    }
    Sha256::digest(same.to_string().as_bytes()).iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}
