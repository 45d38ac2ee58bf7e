//! Reads trails with their state, and recent root events, in the home Region.

use std::time::Duration;

use aws_config::Region;
use aws_sdk_cloudtrail::types::{
    AdvancedEventSelector, AdvancedFieldSelector, DataResource, EventSelector, LookupAttribute, LookupAttributeKey,
    ReadWriteType, Trail,
};
use serde_json::{Value, json};

use super::{each, trail};
use crate::account::facts::TrailState;
use crate::account::management_events::{EventSelectors, FieldSelector, ManagementEvents};
use crate::account::{Failure, Fault, Partition, Reading, RootActivity, TrailEvent};
use crate::aws::Aws;
use crate::aws::failures::of_read;
use crate::aws::retries::retries;

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
        const ACTION: &str = "cloudtrail:DescribeTrails";
        let (client, home) = self.cloudtrail_at_home();
        let answer = client.describe_trails().send().await.map_err(of_read(ACTION))?;
        let states =
            each(answer.trail_list.unwrap_or_default(), async |trail: Trail| self.state(&client, home, &trail).await)
                .await;
        states.into_iter().collect()
    }

    /// ARNs of the log groups of multi-Region trails.
    pub(super) async fn log_groups_of_trails(&self) -> Result<Vec<String>, Failure> {
        let (client, _) = self.cloudtrail_at_home();
        let answer = client.describe_trails().send().await.map_err(of_read("cloudtrail:DescribeTrails"))?;
        let mut groups = Vec::new();
        for trail in answer.trail_list.unwrap_or_default() {
            if needed(trail.is_multi_region_trail, "IsMultiRegionTrail")? {
                groups.extend(trail.cloud_watch_logs_log_group_arn);
            }
        }
        Ok(groups)
    }

    /// Reads CloudTrail's 90 days page by page, newest first, until it has enough events of other sessions. No start
    /// time is sent: before AWS has answered, this machine's clock may be wrong.
    pub(in crate::aws) async fn root_activity(&self) -> Result<RootActivity, Failure> {
        const ACTION: &str = "cloudtrail:LookupEvents";
        let (client, region) = self.cloudtrail_at_home();
        let caller = self.remembered_caller().await?;
        let by_root = LookupAttribute::builder()
            .attribute_key(LookupAttributeKey::Username)
            .attribute_value("root")
            .build()
            .map_err(|error| Failure::new(Fault::Invalid, ACTION, error.to_string()))?;
        let call = client.lookup_events().lookup_attributes(by_root).max_results(50);
        let (mut found, mut after) = (RootActivity::default(), None);
        for page in 1..=MAX_PAGES {
            let answer = match call.clone().set_next_token(after.clone()).send().await.map_err(of_read(ACTION)) {
                Ok(answer) => answer,
                // The events read so far count, and the result says how far back they go.
                Err(failure) if failure.fault == Fault::Throttled && page > 1 => break,
                Err(failure) => return Err(failure),
            };
            let events = answer.events.unwrap_or_default();
            let events = events.into_iter().map(|event| trail::read(event, region));
            let events = events.collect::<Result<Vec<_>, _>>()?;
            found.take(events.into_iter().filter(TrailEvent::may_be_of_root), &caller);
            let next = answer.next_token.filter(|token| !token.is_empty());
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

    pub(super) fn cloudtrail_at_home(&self) -> (aws_sdk_cloudtrail::Client, &'static str) {
        let region = self.trails.region().map(ToString::to_string).unwrap_or_default();
        let home = Partition::of_region(&region).home_region();
        let config = self.trails.to_builder().region(Region::new(home)).retry_config(retries());
        (aws_sdk_cloudtrail::Client::from_conf(config.build()), home)
    }

    async fn state(
        &self,
        client: &aws_sdk_cloudtrail::Client,
        home: &str,
        trail: &Trail,
    ) -> Result<TrailState, Failure> {
        const ACTION: &str = "cloudtrail:GetTrailStatus";
        let arn = needed(trail.trail_arn(), "TrailARN")?;
        let multi_region = needed(trail.is_multi_region_trail(), "IsMultiRegionTrail")?;
        let records_home = multi_region || needed(trail.home_region(), "HomeRegion")? == home;
        let (mut logging, mut management, mut selectors) = (None, Reading::Unread, None);
        if records_home {
            let status = client.get_trail_status().name(arn).send();
            let (status, events) = tokio::join!(status, management_events(client, arn));
            let is_logging = status.map_err(of_read(ACTION))?.is_logging();
            logging = Some(is_logging.ok_or_else(|| Failure::lacks(ACTION, "IsLogging"))?);
            selectors = events.as_ref().ok().map(|(_, selectors)| selectors.clone());
            management = self.reading(events.map(|(events, _)| events));
        }
        Ok(TrailState {
            arn: arn.to_owned(),
            name: trail.name().unwrap_or(arn).to_owned(),
            multi_region,
            validation: needed(trail.log_file_validation_enabled(), "LogFileValidationEnabled")?,
            logging,
            management,
            records_home,
            selectors,
            home_region: trail.home_region().unwrap_or_default().to_owned(),
            is_organization: trail.is_organization_trail().unwrap_or(false),
            global_events: trail.include_global_service_events().unwrap_or(true),
            log_group: trail.cloud_watch_logs_log_group_arn().map(str::to_owned),
        })
    }
}

/// A required member of a trail. AWS sends all of them; a missing one means neither yes nor no.
fn needed<T>(member: Option<T>, name: &'static str) -> Result<T, Failure> {
    member.ok_or_else(|| Failure::lacks("cloudtrail:DescribeTrails", name))
}

/// A trail has classic or advanced selectors, never both.
async fn management_events(
    client: &aws_sdk_cloudtrail::Client,
    arn: &str,
) -> Result<(ManagementEvents, EventSelectors), Failure> {
    const ACTION: &str = "cloudtrail:GetEventSelectors";
    let answer = client.get_event_selectors().trail_name(arn).send().await.map_err(of_read(ACTION))?;
    if answer.event_selectors.is_none() && answer.advanced_event_selectors.is_none() {
        return Err(Failure::lacks(ACTION, "EventSelectors"));
    }
    let mut events = ManagementEvents::default();
    for selector in answer.event_selectors() {
        let lacks = |member| Failure::lacks(ACTION, member);
        if !selector.include_management_events().ok_or_else(|| lacks("IncludeManagementEvents"))? {
            continue;
        }
        let kind = selector.read_write_type().ok_or_else(|| lacks("ReadWriteType"))?;
        events.take_classic(kind.as_str(), selector.exclude_management_event_sources());
    }
    for selector in answer.advanced_event_selectors() {
        events.take_advanced(&selector.field_selectors().iter().map(field).collect::<Vec<_>>());
    }
    let selectors = match answer.advanced_event_selectors() {
        [] => EventSelectors::Classic(answer.event_selectors().iter().map(classic).collect()),
        advanced => EventSelectors::Advanced(advanced.iter().map(self::advanced).collect()),
    };
    Ok((events, selectors))
}

/// A classic selector in the API's JSON.
fn classic(selector: &EventSelector) -> Value {
    let data = |one: &DataResource| json!({ "Type": one.r#type(), "Values": one.values() });
    json!({
        "ReadWriteType": selector.read_write_type().map(ReadWriteType::as_str),
        "IncludeManagementEvents": selector.include_management_events(),
        "DataResources": selector.data_resources().iter().map(data).collect::<Value>(),
        "ExcludeManagementEventSources": selector.exclude_management_event_sources(),
    })
}

/// An advanced selector in the API's JSON.
fn advanced(selector: &AdvancedEventSelector) -> Value {
    let field = |one: &AdvancedFieldSelector| {
        let mut field = json!({ "Field": one.field() });
        for (operator, values) in [
            ("Equals", one.equals()),
            ("StartsWith", one.starts_with()),
            ("EndsWith", one.ends_with()),
            ("NotEquals", one.not_equals()),
            ("NotStartsWith", one.not_starts_with()),
            ("NotEndsWith", one.not_ends_with()),
        ] {
            if !values.is_empty() {
                field[operator] = json!(values);
            }
        }
        field
    };
    let mut written = json!({ "FieldSelectors": selector.field_selectors().iter().map(field).collect::<Value>() });
    if let Some(name) = selector.name() {
        written["Name"] = name.into();
    }
    written
}

fn field(selector: &AdvancedFieldSelector) -> FieldSelector {
    let more = [selector.starts_with(), selector.ends_with(), selector.not_starts_with(), selector.not_ends_with()];
    FieldSelector {
        field: selector.field().to_owned(),
        equals: selector.equals().to_vec(),
        not_equals: selector.not_equals().to_vec(),
        says_more: more.iter().any(|values| !values.is_empty()),
    }
}
