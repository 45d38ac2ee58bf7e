//! Reads GuardDuty in every Region: whether a detector exists and is enabled.

use serde_json::Value;

use super::pages;
use crate::account::regional::{Detector, Regional};
use crate::account::{Failure, Reading};
use crate::aws::Aws;
use crate::aws::plain::{GUARD_DUTY, ServiceRegion};

impl Aws {
    pub(in crate::aws) async fn guard_duty(&self) -> Reading<Regional<Detector>> {
        self.in_every_region(|region| async move { self.detector(&region).await }).await
    }

    /// A Region has at most one detector. If there were more, one enabled detector would suffice.
    async fn detector(&self, region: &str) -> Result<Detector, Failure> {
        const LIST: &str = "guardduty:ListDetectors";
        const GET: &str = "guardduty:GetDetector";
        let place = ServiceRegion { service: &GUARD_DUTY, region };
        let ids = pages::all(LIST, ("detectorIds", "nextToken"), |after| {
            let next = after.map(|after| format!("?nextToken={}", pages::encoded(&after))).unwrap_or_default();
            self.plain.get(place, LIST, format!("/detector{next}"))
        });
        let mut found = Detector::Absent;
        for id in ids.await? {
            let id = id.as_str().ok_or_else(|| Failure::lacks(LIST, "detectorIds"))?;
            let detector = self.plain.get(place, GET, format!("/detector/{}", pages::encoded(id))).await?;
            match detector.get("status").and_then(Value::as_str) {
                Some("ENABLED") => return Ok(Detector::Enabled),
                Some(_) => found = Detector::Disabled { id: id.to_owned() },
                None => return Err(Failure::lacks(GET, "status")),
            }
        }
        Ok(found)
    }
}
