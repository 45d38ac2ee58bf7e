//! Security Hub (CSPM): whether the account is subscribed to it in a Region. Source: Security Hub API, 2018-10-26.

use serde_json::json;

use super::hide;
use crate::account::moment::rfc3339;
use crate::practice::json_request::{JsonAnswer, JsonCall, JsonRequest};
use crate::practice::refusal::Refusal;

pub const CALLS: &[JsonCall] = &[("DescribeHub", describe), ("EnableSecurityHub", enable)];

fn enable(request: &mut JsonRequest) -> JsonAnswer {
    if request.state.watchers.hubs.iter().any(|hub| hub == request.region) {
        return Err(Refusal::new("ResourceConflictException", 409, "Account is already subscribed to Security Hub"));
    }
    request.state.watchers.hubs.push(request.region.to_owned());
    hide(request.state, arn(request), request.now);
    Ok(Some(json!({})))
}

fn arn(request: &JsonRequest) -> String {
    format!("arn:aws:securityhub:{}:{}:hub/default", request.region, request.state.account)
}

fn describe(request: &mut JsonRequest) -> JsonAnswer {
    let (account, region, arn) = (&request.state.account, request.region, arn(request));
    let watchers = &request.state.watchers;
    if !watchers.hubs.iter().any(|hub| hub == region) || !watchers.shows(&arn, request.now) {
        let said = format!("Account {account} is not subscribed to AWS Security Hub");
        return Err(Refusal::new("InvalidAccessException", 401, said));
    }
    if request.text("HubArn").is_some_and(|asked| asked != arn) {
        return Err(Refusal::new("ResourceNotFoundException", 404, "The hub was not found."));
    }
    Ok(Some(json!({
        "HubArn": arn,
        "SubscribedAt": rfc3339(request.state.created),
        "AutoEnableControls": true,
        "ControlFindingGenerator": "SECURITY_CONTROL",
    })))
}
