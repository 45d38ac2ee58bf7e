//! Reads trails with their state, and recent root events, in the home Region.

use std::time::Duration;

use serde_json::{Value, json};

use super::each;
use super::pages::text;
use super::trail::{self, LOOKUP_EVENTS};
use crate::account::facts::TrailState;
use crate::account::management_events::{EventSelectors, FieldSelector, ManagementEvents};
use crate::account::{Failure, Fault, Reading, RootActivity, TrailEvent};
use crate::aws::Aws;
use crate::aws::plain::{CLOUD_TRAIL, ServiceRegion};

const DESCRIBE_TRAILS: &str = "cloudtrail:DescribeTrails";
/// Number of root events wanted: one page.
const WANTED: usize = 50;
/// Limits how many of lockroot's own calls are skipped: a thousand events.
const MAX_PAGES: usize = 20;
/// AWS allows two requests a second.
const PAUSE_BETWEEN_PAGES: Duration = Duration::from_millis(500);

impl Aws {
    /// Trails visible in the home Region, including shadow trails and organization trails. Only those that cover all
    /// Regions or the home Region are asked whether they log: no other trail can suffice.
    pub(in crate::aws) async fn trails(&self) -> Result<Vec<TrailState>, Failure> {
        let listed = self.listed_trails().await?;
        let states = each(listed, async |trail: Value| self.state(&trail).await).await;
        states.into_iter().collect()
    }

    /// ARNs of the log groups of multi-Region trails.
    pub(super) async fn log_groups_of_trails(&self) -> Result<Vec<String>, Failure> {
        let mut groups = Vec::new();
        for trail in self.listed_trails().await? {
            if flag(&trail, "IsMultiRegionTrail")? {
                groups.extend(trail["CloudWatchLogsLogGroupArn"].as_str().map(str::to_owned));
            }
        }
        Ok(groups)
    }

    async fn listed_trails(&self) -> Result<Vec<Value>, Failure> {
        let mut answer = self.plain.post(self.cloudtrail_at_home(), DESCRIBE_TRAILS, &json!({})).await?;
        match answer["trailList"].take() {
            Value::Array(trails) => Ok(trails),
            _ => Ok(Vec::new()),
        }
    }

    /// Reads CloudTrail's 90 days page by page, newest first, until it has enough events of other sessions. No start
    /// time is sent: before AWS has answered, this machine's clock may be wrong.
    pub(in crate::aws) async fn root_activity(&self) -> Result<RootActivity, Failure> {
        let place = self.cloudtrail_at_home();
        let caller = self.remembered_caller().await?;
        let (mut found, mut after) = (RootActivity::default(), None);
        for page in 1..=MAX_PAGES {
            let input = trail::lookup("Username", "root", after.as_deref());
            let answer = match self.plain.post(place, LOOKUP_EVENTS, &input).await {
                Ok(answer) => answer,
                // The events read so far count, and the result says how far back they go.
                Err(failure) if failure.fault == Fault::Throttled && page > 1 => break,
                Err(failure) => return Err(failure),
            };
            let events = trail::events(&answer, place.region)?;
            found.take(events.into_iter().filter(TrailEvent::may_be_of_root), &caller);
            let next = trail::next(&answer);
            if next.is_none() || next == after {
                found.read_back_to = None;
                break;
            }
            if found.events.len() >= WANTED {
                break;
            }
            after = next;
            if page > 1 {
                tokio::time::sleep(PAUSE_BETWEEN_PAGES).await;
            }
        }
        Ok(found)
    }

    pub(super) fn cloudtrail_at_home(&self) -> ServiceRegion<'static> {
        ServiceRegion { service: &CLOUD_TRAIL, region: self.plain.partition().home_region() }
    }

    async fn state(&self, trail: &Value) -> Result<TrailState, Failure> {
        const ACTION: &str = "cloudtrail:GetTrailStatus";
        let place = self.cloudtrail_at_home();
        let arn = text(trail, "TrailARN", DESCRIBE_TRAILS)?;
        let multi_region = flag(trail, "IsMultiRegionTrail")?;
        let records_home = multi_region || text(trail, "HomeRegion", DESCRIBE_TRAILS)? == place.region;
        let (mut logging, mut management, mut selectors) = (None, Reading::Unread, None);
        if records_home {
            let name = json!({ "Name": arn });
            let (status, events) = tokio::join!(self.plain.post(place, ACTION, &name), self.management_events(&arn));
            logging = Some(status?["IsLogging"].as_bool().ok_or_else(|| Failure::lacks(ACTION, "IsLogging"))?);
            selectors = events.as_ref().ok().map(|(_, selectors)| selectors.clone());
            management = self.reading(events.map(|(events, _)| events));
        }
        Ok(TrailState {
            name: trail["Name"].as_str().unwrap_or(&arn).to_owned(),
            arn,
            multi_region,
            validation: flag(trail, "LogFileValidationEnabled")?,
            logging,
            management,
            records_home,
            selectors,
            home_region: trail["HomeRegion"].as_str().unwrap_or_default().to_owned(),
            is_organization: trail["IsOrganizationTrail"].as_bool().unwrap_or(false),
            global_events: trail["IncludeGlobalServiceEvents"].as_bool().unwrap_or(true),
            log_group: trail["CloudWatchLogsLogGroupArn"].as_str().map(str::to_owned),
        })
    }

    /// A trail has classic or advanced selectors, never both.
    async fn management_events(&self, arn: &str) -> Result<(ManagementEvents, EventSelectors), Failure> {
        const ACTION: &str = "cloudtrail:GetEventSelectors";
        let answer = self.plain.post(self.cloudtrail_at_home(), ACTION, &json!({ "TrailName": arn })).await?;
        let (classic, advanced) = (answer["EventSelectors"].as_array(), answer["AdvancedEventSelectors"].as_array());
        if classic.is_none() && advanced.is_none() {
            return Err(Failure::lacks(ACTION, "EventSelectors"));
        }
        let mut events = ManagementEvents::default();
        for selector in classic.into_iter().flatten() {
            let includes = selector["IncludeManagementEvents"].as_bool();
            if includes.ok_or_else(|| Failure::lacks(ACTION, "IncludeManagementEvents"))? {
                let kind = text(selector, "ReadWriteType", ACTION)?;
                events.take_classic(&kind, &texts(&selector["ExcludeManagementEventSources"]));
            }
        }
        for selector in advanced.into_iter().flatten() {
            let fields = selector["FieldSelectors"].as_array().into_iter().flatten();
            events.take_advanced(&fields.map(field).collect::<Vec<_>>());
        }
        let selectors = match advanced.filter(|advanced| !advanced.is_empty()) {
            Some(advanced) => EventSelectors::Advanced(Value::Array(advanced.clone())),
            None => EventSelectors::Classic(Value::Array(classic.cloned().unwrap_or_default())),
        };
        Ok((events, selectors))
    }
}

/// A required flag of a trail. AWS sends all of them; a missing one means neither yes nor no.
fn flag(trail: &Value, name: &'static str) -> Result<bool, Failure> {
    trail[name].as_bool().ok_or_else(|| Failure::lacks(DESCRIBE_TRAILS, name))
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(|one| one.as_str().map(str::to_owned)).collect()
}

fn field(selector: &Value) -> FieldSelector {
    let more = ["StartsWith", "EndsWith", "NotStartsWith", "NotEndsWith"];
    FieldSelector {
        field: selector["Field"].as_str().unwrap_or_default().to_owned(),
        equals: texts(&selector["Equals"]),
        not_equals: texts(&selector["NotEquals"]),
        says_more: more.iter().any(|operator| !texts(&selector[*operator]).is_empty()),
    }
}
