//! GuardDuty: one detector a Region at most. Source: GuardDuty API, 2017-11-28.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::page;
use crate::account::Timestamp;
use crate::account::moment::exact as moment;
use crate::account::moment::rfc3339;
use crate::practice::inquiry::{Inquiry, JsonAnswer, JsonCall};
use crate::practice::refusal::Refusal;

/// Its calls.
pub const CALLS: &[JsonCall] = &[("GetDetector", get), ("ListDetectors", list)];

/// A detector.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detector {
    pub id: String,
    pub region: String,
    /// Whether it works, or is suspended.
    pub enabled: bool,
    #[serde(with = "moment")]
    pub since: Timestamp,
}

fn list(inquiry: &mut Inquiry) -> JsonAnswer {
    let here = inquiry.state.watchers.detectors.iter().filter(|detector| detector.region == inquiry.region);
    let ids: Vec<Value> = here.map(|detector| detector.id.clone().into()).collect();
    page(inquiry, ids, ("maxResults", 50), ("detectorIds", "nextToken")).map(Some)
}

fn get(inquiry: &mut Inquiry) -> JsonAnswer {
    let id = inquiry.required("DetectorId")?;
    let found = |detector: &&Detector| detector.id == id && detector.region == inquiry.region;
    let detector = inquiry.state.watchers.detectors.iter().find(found).ok_or_else(|| {
        let said = "The request is rejected because the input detectorId is not owned by the current account.";
        Refusal::new("BadRequestException", 400, said)
    })?;
    let status = if detector.enabled { "ENABLED" } else { "DISABLED" };
    let service = "aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty";
    let since = rfc3339(detector.since);
    Ok(Some(json!({
        "createdAt": since,
        "updatedAt": since,
        "findingPublishingFrequency": "SIX_HOURS",
        "serviceRole": inquiry.state.arn(&format!("role/{service}")),
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
