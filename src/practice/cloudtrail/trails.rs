//! Trails and their state. Practice trails deliver nothing.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::account::Timestamp;
use crate::account::moment::exact as moment;
use crate::practice::json_request::{JsonAnswer, JsonRequest};
use crate::practice::refusal::Refusal;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trail {
    pub name: String,
    pub bucket: String,
    pub home_region: String,
    pub multi_region: bool,
    pub logging: bool,
    pub validation: bool,
    /// An additional log group, in its home Region.
    pub log_group: Option<String>,
    pub selectors: Selectors,
    /// When logging was last started or stopped.
    #[serde(with = "moment")]
    pub since: Timestamp,
}

/// A trail's event selectors: classic or advanced, never both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Selectors {
    /// `EventSelectors`
    Classic(Value),
    /// `AdvancedEventSelectors`
    Advanced(Value),
}

impl Default for Selectors {
    /// A new trail's default: all management events.
    fn default() -> Self {
        Self::classic("All", true, &[])
    }
}

impl Selectors {
    pub fn classic(kind: &str, includes_management: bool, excluded: &[String]) -> Self {
        Self::Classic(json!([{
            "ReadWriteType": kind,
            "IncludeManagementEvents": includes_management,
            "DataResources": [],
            "ExcludeManagementEventSources": excluded,
        }]))
    }
}

pub fn describe(request: &mut JsonRequest) -> JsonAnswer {
    let names: Vec<&str> = match request.input.get("trailNameList").and_then(Value::as_array) {
        Some(names) => names.iter().filter_map(Value::as_str).collect(),
        None => Vec::new(),
    };
    let shadows = request.input.get("includeShadowTrails").and_then(Value::as_bool).unwrap_or(true);
    let here = |trail: &&Trail| trail.home_region == request.region || (shadows && trail.multi_region);
    let asked = |trail: &&Trail| {
        let arn = arn(&request.state.account, trail);
        names.is_empty() || names.contains(&trail.name.as_str()) || names.contains(&arn.as_str())
    };
    let trails = request.state.cloudtrail.trails.iter().filter(here).filter(asked);
    let list: Vec<Value> = trails.map(|trail| shape(&request.state.account, trail)).collect();
    Ok(Some(json!({ "trailList": list })))
}

pub fn status(request: &mut JsonRequest) -> JsonAnswer {
    let trail = named(request, "Name")?;
    let changed = if trail.logging { "StartLoggingTime" } else { "StopLoggingTime" };
    Ok(Some(json!({ "IsLogging": trail.logging, changed: trail.since.unix_timestamp() })))
}

pub fn selectors(request: &mut JsonRequest) -> JsonAnswer {
    let trail = named(request, "TrailName")?;
    let (member, list) = match &trail.selectors {
        Selectors::Classic(list) => ("EventSelectors", list),
        Selectors::Advanced(list) => ("AdvancedEventSelectors", list),
    };
    Ok(Some(json!({ "TrailARN": arn(&request.state.account, trail), member: list })))
}

/// Changes only the given settings.
pub fn update(request: &mut JsonRequest) -> JsonAnswer {
    let place = place(request, "Name")?;
    let flag = |member: &str| request.input.get(member).and_then(Value::as_bool);
    let (everywhere, files) = (flag("IsMultiRegionTrail"), flag("EnableLogFileValidation"));
    if flag("IncludeGlobalServiceEvents") == Some(false) && everywhere == Some(true) {
        let said = "A multi-region trail must include global service events.";
        return Err(Refusal::new("InvalidParameterCombinationException", 400, said));
    }
    let account = request.state.account.clone();
    let trail = &mut request.state.cloudtrail.trails[place];
    trail.multi_region = everywhere.unwrap_or(trail.multi_region);
    trail.validation = files.unwrap_or(trail.validation);
    Ok(Some(json!({
        "Name": trail.name,
        "S3BucketName": trail.bucket,
        "IncludeGlobalServiceEvents": true,
        "IsMultiRegionTrail": trail.multi_region,
        "TrailARN": arn(&account, trail),
        "LogFileValidationEnabled": trail.validation,
        "IsOrganizationTrail": false,
    })))
}

pub fn start(request: &mut JsonRequest) -> JsonAnswer {
    let (place, now) = (place(request, "Name")?, request.now);
    let trail = &mut request.state.cloudtrail.trails[place];
    if !trail.logging {
        (trail.logging, trail.since) = (true, now);
    }
    Ok(Some(json!({})))
}

/// Maximum classic selectors per trail. Source: CloudTrail API, `PutEventSelectors`.
const MAX_SELECTORS: usize = 5;

pub fn put_selectors(request: &mut JsonRequest) -> JsonAnswer {
    let place = place(request, "TrailName")?;
    let list = |member: &str| request.input.get(member).filter(|list| list.is_array()).cloned();
    let count = |list: &Value| list.as_array().map_or(0, Vec::len);
    let (member, selectors) = match (list("EventSelectors"), list("AdvancedEventSelectors")) {
        (Some(list), None) if (1..=MAX_SELECTORS).contains(&count(&list)) => {
            ("EventSelectors", Selectors::Classic(list))
        }
        (None, Some(list)) if count(&list) > 0 => ("AdvancedEventSelectors", Selectors::Advanced(list)),
        _ => {
            let said = "Give between one and five event selectors, or advanced ones, not both.";
            return Err(Refusal::new("InvalidEventSelectorsException", 400, said));
        }
    };
    let account = request.state.account.clone();
    let trail = &mut request.state.cloudtrail.trails[place];
    trail.selectors = selectors;
    let (Selectors::Classic(list) | Selectors::Advanced(list)) = &trail.selectors;
    Ok(Some(json!({ "TrailARN": arn(&account, trail), member: list })))
}

/// Index of the named trail. Only its home Region can change it.
fn place(request: &JsonRequest, member: &str) -> Result<usize, Refusal> {
    let trail = named(request, member)?;
    if trail.home_region != request.region {
        let said = format!("The trail {} is changed in its home Region, {}.", trail.name, trail.home_region);
        return Err(Refusal::new("InvalidHomeRegionException", 400, said));
    }
    let is_it = |other: &Trail| other.name == trail.name && other.home_region == trail.home_region;
    request
        .state
        .cloudtrail
        .trails
        .iter()
        .position(is_it)
        .ok_or_else(|| Refusal::new("TrailNotFoundException", 400, format!("Unknown trail: {}", trail.name)))
}

/// The named trail, by ARN or, where it is visible, by name.
fn named<'a>(request: &'a JsonRequest<'_>, member: &str) -> Result<&'a Trail, Refusal> {
    let invalid = || Refusal::new("InvalidTrailNameException", 400, "Trail name cannot be blank!");
    let name = request.text(member).filter(|name| !name.is_empty()).ok_or_else(invalid)?;
    if name.starts_with("arn:") && !name.contains(":trail/") {
        return Err(Refusal::new("CloudTrailARNInvalidException", 400, format!("{name} is not a valid trail ARN.")));
    }
    let account = &request.state.account;
    let fits = |trail: &&Trail| {
        let is_here = trail.home_region == request.region || trail.multi_region;
        (trail.name == name && is_here) || arn(account, trail) == name
    };
    request.state.cloudtrail.trails.iter().find(fits).ok_or_else(|| {
        Refusal::new("TrailNotFoundException", 400, format!("Unknown trail: {name} for the user: {account}"))
    })
}

fn shape(account: &str, trail: &Trail) -> Value {
    let mut shape = json!({
        "Name": trail.name,
        "S3BucketName": trail.bucket,
        "IncludeGlobalServiceEvents": true,
        "IsMultiRegionTrail": trail.multi_region,
        "HomeRegion": trail.home_region,
        "TrailARN": arn(account, trail),
        "LogFileValidationEnabled": trail.validation,
        "HasCustomEventSelectors": trail.selectors != Selectors::default(),
        "HasInsightSelectors": false,
        "IsOrganizationTrail": false,
    });
    if let Some(group) = &trail.log_group {
        let home = &trail.home_region;
        shape["CloudWatchLogsLogGroupArn"] = format!("arn:aws:logs:{home}:{account}:log-group:{group}:*").into();
        shape["CloudWatchLogsRoleArn"] = format!("arn:aws:iam::{account}:role/CloudTrail_CloudWatchLogs_Role").into();
    }
    shape
}

fn arn(account: &str, trail: &Trail) -> String {
    format!("arn:aws:cloudtrail:{}:{account}:trail/{}", trail.home_region, trail.name)
}
