//! Regions, and which of them the account has enabled.

use serde_json::{Value, json};

use super::own_account;
use crate::practice::json_request::{JsonAnswer, JsonRequest};
use crate::practice::refusal::Refusal;
use crate::practice::state::State;
use crate::practice::token;

/// Enabled in every account. Source: Account Management Reference Guide, "Enable or disable AWS Regions in your
/// account".
const BY_DEFAULT: [&str; 17] = [
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

/// Disabled until somebody opts in.
const OPT_IN: [&str; 16] = [
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-south-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-7",
    "ca-west-1",
    "eu-central-2",
    "eu-south-1",
    "eu-south-2",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
];

const STATUSES: [&str; 5] = ["ENABLED", "ENABLING", "DISABLING", "DISABLED", "ENABLED_BY_DEFAULT"];

pub fn list(request: &mut JsonRequest) -> JsonAnswer {
    own_account(request)?;
    let wanted: Vec<&str> = match request.input.get("RegionOptStatusContains").and_then(Value::as_array) {
        Some(wanted) => wanted.iter().filter_map(Value::as_str).collect(),
        None => Vec::new(),
    };
    if let Some(unknown) = wanted.iter().find(|status| !STATUSES.contains(*status)) {
        let constraint = format!("Member must satisfy enum value set: [{}]", STATUSES.join(", "));
        return Err(Refusal::constraint(Some(unknown), "RegionOptStatusContains", &constraint));
    }
    let most = match request.number("MaxResults") {
        None => 20,
        Some(most @ 1..=50) => usize::try_from(most).unwrap_or(50),
        Some(most) => {
            let constraint = "Member must be between 1 and 50, inclusive";
            return Err(Refusal::constraint(Some(&most.to_string()), "MaxResults", constraint));
        }
    };
    let opened = |sent: &'_ str| token::open("Regions", sent).map(str::to_owned);
    let after = match request.text("NextToken") {
        None => String::new(),
        Some(sent) => opened(sent).ok_or_else(|| Refusal::validation("The token is not valid."))?,
    };
    let mut all: Vec<&str> = BY_DEFAULT.into_iter().chain(OPT_IN).collect();
    all.sort_unstable();
    let is_wanted = |region: &&str| wanted.is_empty() || wanted.contains(&status(request.state, region));
    let mut rest = all.into_iter().filter(|region| *region > after.as_str()).filter(is_wanted);
    let page: Vec<&str> = rest.by_ref().take(most).collect();
    let shape = |region: &&str| json!({ "RegionName": region, "RegionOptStatus": status(request.state, region) });
    let mut output = json!({ "Regions": page.iter().map(shape).collect::<Vec<_>>() });
    if let (Some(_), Some(last)) = (rest.next(), page.last()) {
        output["NextToken"] = token::seal("Regions", last).into();
    }
    Ok(Some(output))
}

pub fn opt_status(request: &mut JsonRequest) -> JsonAnswer {
    own_account(request)?;
    let region = request.required("RegionName")?;
    if !BY_DEFAULT.contains(&region) && !OPT_IN.contains(&region) {
        return Err(Refusal::validation(format!("{region} is not a valid Region.")));
    }
    Ok(Some(json!({ "RegionName": region, "RegionOptStatus": status(request.state, region) })))
}

/// Whether the Region exists.
pub fn is_region(region: &str) -> bool {
    BY_DEFAULT.contains(&region) || OPT_IN.contains(&region)
}

pub fn is_opt_in(region: &str) -> bool {
    OPT_IN.contains(&region)
}

/// The enabled Regions, sorted by name.
pub fn enabled(state: &State) -> Vec<&'static str> {
    enabled_with(&state.regions_enabled)
}

/// Default Regions and those in `opted_in`.
pub fn enabled_with(opted_in: &[String]) -> Vec<&'static str> {
    let opted_in = OPT_IN.into_iter().filter(|region| opted_in.iter().any(|opted| opted == region));
    let mut all: Vec<&str> = BY_DEFAULT.into_iter().chain(opted_in).collect();
    all.sort_unstable();
    all
}

fn status(state: &State, region: &str) -> &'static str {
    if BY_DEFAULT.contains(&region) {
        "ENABLED_BY_DEFAULT"
    } else if state.regions_enabled.iter().any(|enabled| enabled == region) {
        "ENABLED"
    } else {
        "DISABLED"
    }
}
