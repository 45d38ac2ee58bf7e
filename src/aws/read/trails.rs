//! CloudTrail in the home region: trails with their state, and what root did lately.

use aws_config::Region;
use aws_sdk_cloudtrail::types::{LookupAttribute, LookupAttributeKey, Trail};

use super::{each, trail};
use crate::account::facts::TrailState;
use crate::account::{Failure, Fault, Partition, TrailEvent};
use crate::aws::Aws;
use crate::aws::failures::of_read;
use crate::aws::retries::retries;

impl Aws {
    /// Trails of all regions that show in the home region, the organization's too. Those that record every region or the
    /// home region are asked whether they log: no other can be enough.
    pub(in crate::aws) async fn trails(&self) -> Result<Vec<TrailState>, Failure> {
        const ACTION: &str = "cloudtrail:DescribeTrails";
        let (client, home) = self.cloudtrail_at_home();
        let answer = client.describe_trails().send().await.map_err(of_read(ACTION))?;
        let states =
            each(answer.trail_list.unwrap_or_default(), async |trail: Trail| state(&client, home, &trail).await).await;
        states.into_iter().collect()
    }

    /// The ARNs of the log groups that trails of all regions write to.
    pub(super) async fn log_groups_of_trails(&self) -> Result<Vec<String>, Failure> {
        let (client, _) = self.cloudtrail_at_home();
        let answer = client.describe_trails().send().await.map_err(of_read("cloudtrail:DescribeTrails"))?;
        let trails = answer.trail_list.unwrap_or_default().into_iter();
        let everywhere = trails.filter(|trail| trail.is_multi_region_trail().unwrap_or(false));
        Ok(everywhere.filter_map(|trail| trail.cloud_watch_logs_log_group_arn).collect())
    }

    /// One call, one page: of all that CloudTrail keeps, which is 90 days, the fifty newest. No beginning is named: before
    /// AWS has answered, nobody knows whether this machine's clock is right.
    pub(in crate::aws) async fn root_activity(&self) -> Result<Vec<TrailEvent>, Failure> {
        const ACTION: &str = "cloudtrail:LookupEvents";
        let (client, region) = self.cloudtrail_at_home();
        let by_root = LookupAttribute::builder()
            .attribute_key(LookupAttributeKey::Username)
            .attribute_value("root")
            .build()
            .map_err(|error| Failure::new(Fault::Invalid, ACTION, error.to_string()))?;
        let call = client.lookup_events().lookup_attributes(by_root).max_results(50);
        let answer = call.send().await.map_err(of_read(ACTION))?;
        let events = answer.events.unwrap_or_default();
        Ok(events.into_iter().filter_map(|event| trail::read(event, region)).collect())
    }

    fn cloudtrail_at_home(&self) -> (aws_sdk_cloudtrail::Client, &'static str) {
        let region = self.trails.region().map(ToString::to_string).unwrap_or_default();
        let home = Partition::of_region(&region).home_region();
        let config = self.trails.to_builder().region(Region::new(home)).retry_config(retries());
        (aws_sdk_cloudtrail::Client::from_conf(config.build()), home)
    }
}

async fn state(client: &aws_sdk_cloudtrail::Client, home: &str, trail: &Trail) -> Result<TrailState, Failure> {
    const ACTION: &str = "cloudtrail:GetTrailStatus";
    let arn = trail.trail_arn().ok_or_else(|| Failure::lacks("cloudtrail:DescribeTrails", "TrailARN"))?;
    let multi_region = trail.is_multi_region_trail().unwrap_or(false);
    let records_home = multi_region || trail.home_region() == Some(home);
    let logging = if records_home {
        let status = client.get_trail_status().name(arn).send().await.map_err(of_read(ACTION))?;
        Some(status.is_logging().unwrap_or(false))
    } else {
        None
    };
    Ok(TrailState {
        arn: arn.to_owned(),
        name: trail.name().unwrap_or(arn).to_owned(),
        multi_region,
        validation: trail.log_file_validation_enabled().unwrap_or(false),
        logging,
        records_home,
        log_group: trail.cloud_watch_logs_log_group_arn().map(str::to_owned),
    })
}
