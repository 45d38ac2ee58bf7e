//! IAM Access Analyzer: analyzers by Region. Source: Access Analyzer API, 2019-11-01.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{hide, page};
use crate::account::moment::rfc3339;
use crate::practice::json_request::{JsonAnswer, JsonCall, JsonRequest};
use crate::practice::refusal::Refusal;

pub const CALLS: &[JsonCall] = &[("CreateAnalyzer", create), ("ListAnalyzers", list)];

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Analyzer {
    pub name: String,
    pub region: String,
    /// AWS's spelling, e.g. `ACCOUNT`.
    pub kind: String,
    /// AWS's spelling, e.g. `ACTIVE`.
    pub status: String,
}

/// All types. A Region has at most one analyzer of each type, except for unused access. Source: IAM User Guide, "IAM Access Analyzer quotas".
const TYPES: [&str; 6] = [
    "ACCOUNT",
    "ORGANIZATION",
    "ACCOUNT_UNUSED_ACCESS",
    "ORGANIZATION_UNUSED_ACCESS",
    "ACCOUNT_INTERNAL_ACCESS",
    "ORGANIZATION_INTERNAL_ACCESS",
];

fn create(request: &mut JsonRequest) -> JsonAnswer {
    let (name, kind) = (request.required("analyzerName")?, request.required("type")?);
    if !TYPES.contains(&kind) {
        let allowed = format!("Member must satisfy enum value set: [{}]", TYPES.join(", "));
        return Err(Refusal::constraint(Some(kind), "type", &allowed));
    }
    let region = request.region;
    let here = || request.state.watchers.analyzers.iter().filter(|analyzer| analyzer.region == region);
    if here().any(|analyzer| analyzer.name == name) {
        let said = format!("An analyzer with the name {name} already exists.");
        return Err(about(name, Refusal::new("ConflictException", 409, said)));
    }
    if kind == "ACCOUNT" && here().any(|analyzer| analyzer.kind == kind) {
        let said = "The account has as many analyzers of this type as it can have.";
        return Err(about(name, Refusal::new("ServiceQuotaExceededException", 402, said)));
    }
    let arn = arn(request, name);
    let (name, region, kind) = (name.to_owned(), region.to_owned(), kind.to_owned());
    request.state.watchers.analyzers.push(Analyzer { name, region, kind, status: "ACTIVE".into() });
    hide(request.state, arn.clone(), request.now);
    Ok(Some(json!({ "arn": arn })))
}

/// A refusal that names the existing analyzer, with the members that the model requires.
fn about(name: &str, refusal: Refusal) -> Refusal {
    refusal.with("resourceId", name).with("resourceType", "analyzer")
}

fn arn(request: &JsonRequest, name: &str) -> String {
    format!("arn:aws:access-analyzer:{}:{}:analyzer/{name}", request.region, request.state.account)
}

fn list(request: &mut JsonRequest) -> JsonAnswer {
    let (state, region, kind) = (&request.state, request.region, request.text("type"));
    let wanted = |analyzer: &&Analyzer| {
        let is_asked = analyzer.region == region && kind.is_none_or(|kind| analyzer.kind == kind);
        is_asked && state.watchers.shows(&arn(request, &analyzer.name), request.now)
    };
    let shape = |analyzer: &Analyzer| {
        json!({
            "arn": arn(request, &analyzer.name),
            "name": analyzer.name,
            "type": analyzer.kind,
            "createdAt": rfc3339(state.created),
            "status": analyzer.status,
        })
    };
    let items: Vec<Value> = state.watchers.analyzers.iter().filter(wanted).map(shape).collect();
    page(request, items, ("maxResults", 100), ("analyzers", "nextToken")).map(Some)
}
