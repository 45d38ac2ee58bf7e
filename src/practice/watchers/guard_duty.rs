//! GuardDuty: one detector a Region at most. Source: GuardDuty API, 2017-11-28.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{hide, page};
use crate::account::Timestamp;
use crate::account::moment::exact as moment;
use crate::account::moment::rfc3339;
use crate::practice::json_request::{JsonAnswer, JsonCall, JsonRequest};
use crate::practice::refusal::Refusal;

pub const CALLS: &[JsonCall] =
    &[("CreateDetector", create), ("GetDetector", get), ("ListDetectors", list), ("UpdateDetector", update)];

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detector {
    pub id: String,
    pub region: String,
    /// Whether it is enabled; otherwise it is suspended.
    pub enabled: bool,
    #[serde(with = "moment")]
    pub since: Timestamp,
}

fn create(request: &mut JsonRequest) -> JsonAnswer {
    let enabled = request.input.get("enable").and_then(Value::as_bool);
    let enabled = enabled.ok_or_else(|| Refusal::constraint(None, "enable", "Member must not be null"))?;
    if request.state.watchers.detectors.iter().any(|detector| detector.region == request.region) {
        let said = "The request is rejected because a detector already exists for the current account.";
        return Err(Refusal::new("BadRequestException", 400, said));
    }
    let id = request.state.ids.request().replace('-', "");
    let (region, since) = (request.region.to_owned(), request.now);
    request.state.watchers.detectors.push(Detector { id: id.clone(), region, enabled, since });
    hide(request.state, arn(request, &id), request.now);
    Ok(Some(json!({ "detectorId": id })))
}

fn update(request: &mut JsonRequest) -> JsonAnswer {
    let (id, region) = (request.required("DetectorId")?, request.region);
    let enable = request.input.get("enable").and_then(Value::as_bool);
    let mut all = request.state.watchers.detectors.iter_mut();
    let detector = all.find(|detector| detector.id == id && detector.region == region).ok_or_else(not_owned)?;
    detector.enabled = enable.unwrap_or(detector.enabled);
    Ok(Some(json!({})))
}

fn not_owned() -> Refusal {
    let said = "The request is rejected because the input detectorId is not owned by the current account.";
    Refusal::new("BadRequestException", 400, said)
}

fn list(request: &mut JsonRequest) -> JsonAnswer {
    let watchers = &request.state.watchers;
    let is_seen = |detector: &&Detector| {
        detector.region == request.region && watchers.shows(&arn(request, &detector.id), request.now)
    };
    let ids: Vec<Value> =
        watchers.detectors.iter().filter(is_seen).map(|detector| detector.id.clone().into()).collect();
    page(request, ids, ("maxResults", 50), ("detectorIds", "nextToken")).map(Some)
}

fn arn(request: &JsonRequest, id: &str) -> String {
    format!("arn:aws:guardduty:{}:{}:detector/{id}", request.region, request.state.account)
}

fn get(request: &mut JsonRequest) -> JsonAnswer {
    let id = request.required("DetectorId")?;
    let found = |detector: &&Detector| detector.id == id && detector.region == request.region;
    let detector = request.state.watchers.detectors.iter().find(found).ok_or_else(not_owned)?;
    let status = if detector.enabled { "ENABLED" } else { "DISABLED" };
    let service = "aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty";
    let since = rfc3339(detector.since);
    Ok(Some(json!({
        "createdAt": since,
        "updatedAt": since,
        "findingPublishingFrequency": "SIX_HOURS",
        "serviceRole": request.state.arn(&format!("role/{service}")),
        "status": status,
        "dataSources": {
            "cloudTrail": { "status": status },
            "dnsLogs": { "status": status },
            "flowLogs": { "status": status },
            "s3Logs": { "status": "DISABLED" },
        },
        "tags": {},
        "features": [],
    })))
}
