//! Reads recent changes from CloudTrail in the home Region, which records IAM and Account Management calls. Events
//! can be 15 minutes late, so a missing event proves nothing.

use std::time::Duration;

use serde_json::Value;

use super::trail::{self, LOOKUP_EVENTS};
use crate::account::{Failure, RecentChange};
use crate::aws::Aws;

/// Two hundred events: more than occur between a review and its confirmation.
const MAX_PAGES: usize = 4;
/// AWS allows two requests a second.
const PAUSE_BETWEEN_PAGES: Duration = Duration::from_millis(500);

impl Aws {
    /// Mutating calls of all principals, newest first. No start time is sent: the caller filters by time.
    pub(in crate::aws) async fn recent_changes(&self) -> Result<Vec<RecentChange>, Failure> {
        let place = self.cloudtrail_at_home();
        let (mut found, mut after) = (Vec::new(), None);
        for page in 1..=MAX_PAGES {
            let input = trail::lookup("ReadOnly", "false", after.as_deref());
            let answer = self.plain.post(place, LOOKUP_EVENTS, &input).await?;
            for event in trail::listed(&answer) {
                found.push(change(event, place.region)?);
            }
            let next = trail::next(&answer);
            if next.is_none() || next == after || page == MAX_PAGES {
                break;
            }
            after = next;
            tokio::time::sleep(PAUSE_BETWEEN_PAGES).await;
        }
        Ok(found)
    }
}

fn change(event: &Value, region: &str) -> Result<RecentChange, Failure> {
    let resources = event["Resources"].as_array().into_iter().flatten();
    let about = resources.filter_map(|one| one["ResourceName"].as_str().map(str::to_owned)).collect();
    let who = trail::who(event);
    let event = trail::read(event, region)?;
    let refused = event.error.is_some();
    Ok(RecentChange { at: event.at, source: event.source, name: event.name, who, key: event.key, about, refused })
}
