//! Reads recent changes from CloudTrail in the home Region, which records IAM and Account Management calls. Events
//! can be 15 minutes late, so a missing event proves nothing.

use std::time::Duration;

use aws_sdk_cloudtrail::types::{Event, LookupAttribute, LookupAttributeKey};

use super::trail;
use crate::account::{Failure, Fault, RecentChange};
use crate::aws::Aws;
use crate::aws::failures::of_read;

/// Two hundred events: more than occur between a review and its confirmation.
const MAX_PAGES: usize = 4;
/// AWS allows two requests a second.
const PAUSE_BETWEEN_PAGES: Duration = Duration::from_millis(500);

impl Aws {
    /// Mutating calls of all principals, newest first. No start time is sent: the caller filters by time.
    pub(in crate::aws) async fn recent_changes(&self) -> Result<Vec<RecentChange>, Failure> {
        const ACTION: &str = "cloudtrail:LookupEvents";
        let (client, region) = self.cloudtrail_at_home();
        let changing = LookupAttribute::builder()
            .attribute_key(LookupAttributeKey::ReadOnly)
            .attribute_value("false")
            .build()
            .map_err(|error| Failure::new(Fault::Invalid, ACTION, error.to_string()))?;
        let call = client.lookup_events().lookup_attributes(changing).max_results(50);
        let (mut found, mut after) = (Vec::new(), None);
        for page in 1..=MAX_PAGES {
            let answer = call.clone().set_next_token(after.clone()).send().await.map_err(of_read(ACTION))?;
            for event in answer.events.unwrap_or_default() {
                found.push(change(event, region)?);
            }
            let next = answer.next_token.filter(|token| !token.is_empty());
            if next.is_none() || next == after || page == MAX_PAGES {
                break;
            }
            after = next;
            tokio::time::sleep(PAUSE_BETWEEN_PAGES).await;
        }
        Ok(found)
    }
}

fn change(event: Event, region: &str) -> Result<RecentChange, Failure> {
    let about = event.resources().iter().filter_map(|resource| resource.resource_name().map(str::to_owned)).collect();
    let who = trail::who(&event);
    let event = trail::read(event, region)?;
    let refused = event.error.is_some();
    Ok(RecentChange { at: event.at, source: event.source, name: event.name, who, key: event.key, about, refused })
}
