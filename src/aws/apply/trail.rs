//! Sends corrections of a trail as plain calls. Members: botocore's model of cloudtrail (2013-11-01).

use serde_json::{Value, json};

use crate::account::{Change, Failure, Outcome};
use crate::aws::Aws;
use crate::aws::plain::{CLOUD_TRAIL, ServiceRegion};

/// The parameters as shown: flags and lists are JSON, the rest is text.
fn wire(change: &Change) -> Value {
    let mut input = json!({});
    for (name, text) in change.parameters() {
        input[name] = match name {
            "Name" | "TrailName" => text.into(),
            _ => serde_json::from_str(&text).unwrap_or_default(),
        };
    }
    input
}

impl Aws {
    pub(super) async fn correct_trail(
        &self,
        change: &Change,
        region: &str,
        action: &'static str,
    ) -> Result<Outcome, Failure> {
        let place = ServiceRegion { service: &CLOUD_TRAIL, region };
        let answer = self.plain.change(place, action, ("POST", "/".into()), &wire(change)).await;
        answer.map(|_| Outcome::Done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::TrailFix;
    use crate::account::management_events::EventSelectors;
    use crate::aws::plain::CHANGES;

    const ARN: &str = "arn:aws:cloudtrail:us-east-1:123456789012:trail/all";

    #[test]
    fn each_trail_call_sends_what_it_shows_and_ends_the_list_of_changes() {
        let selectors = json!([{ "ReadWriteType": "All", "IncludeManagementEvents": true }]);
        let fixes = [
            TrailFix::Update { multi_region: true, global_events: false, validation: true },
            TrailFix::Selectors(EventSelectors::Classic(selectors.clone())),
            TrailFix::Start,
        ];
        let change = |fix| Change::CorrectTrail { trail: ARN.into(), region: "us-east-1".into(), fix };
        let changes = fixes.map(change);
        assert_eq!(changes.each_ref().map(Change::action), CHANGES[8..]);
        assert_eq!(
            changes.each_ref().map(wire),
            [
                json!({ "Name": ARN, "IsMultiRegionTrail": true, "EnableLogFileValidation": true }),
                json!({ "TrailName": ARN, "EventSelectors": selectors }),
                json!({ "Name": ARN }),
            ]
        );
    }
}
