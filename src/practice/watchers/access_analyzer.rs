//! IAM Access Analyzer: analyzers by Region. Source: Access Analyzer API, 2019-11-01.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::page;
use crate::account::moment::rfc3339;
use crate::practice::inquiry::{Inquiry, JsonAnswer, JsonCall};

/// Its calls.
pub const CALLS: &[JsonCall] = &[("ListAnalyzers", list)];

/// An analyzer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Analyzer {
    pub name: String,
    pub region: String,
    /// As AWS spells it: `ACCOUNT`.
    pub kind: String,
    /// As AWS spells it: `ACTIVE`.
    pub status: String,
}

fn list(inquiry: &mut Inquiry) -> JsonAnswer {
    let (state, region, kind) = (&inquiry.state, inquiry.region, inquiry.text("type"));
    let wanted = |analyzer: &&Analyzer| analyzer.region == region && kind.is_none_or(|kind| analyzer.kind == kind);
    let shape = |analyzer: &Analyzer| {
        json!({
            "arn": format!("arn:aws:access-analyzer:{region}:{}:analyzer/{}", state.account, analyzer.name),
            "name": analyzer.name,
            "type": analyzer.kind,
            "createdAt": rfc3339(state.created),
            "status": analyzer.status,
        })
    };
    let items: Vec<Value> = state.watchers.analyzers.iter().filter(wanted).map(shape).collect();
    page(inquiry, items, ("maxResults", 100), ("analyzers", "nextToken")).map(Some)
}
