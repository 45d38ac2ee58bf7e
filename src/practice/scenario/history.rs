//! CloudTrail events of a key before the practice starts.

use serde::Deserialize;
use serde_json::json;

use super::age::Age;
use crate::account::{Subject, Timestamp};
use crate::practice::cloudtrail::RecordedEvent;
use crate::practice::state::State;

/// A repeated call.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallsTable {
    /// E.g. `ecr`
    pub service: String,
    /// E.g. `GetAuthorizationToken`
    pub event: String,
    pub region: String,
    pub address: String,
    pub agent: String,
    /// Number of times.
    pub times: u16,
    /// Interval between two calls.
    pub every: Age,
    /// Age of the last call.
    pub last: Age,
}

/// Adds the calls of `key` to the account's history.
pub fn add(state: &mut State, calls: &[CallsTable], owner: &Subject, key: &str, now: Timestamp) {
    for table in calls {
        let recorded = recorded(state, table, owner, key);
        for n in 0..table.times {
            let at = now - table.last.0 - table.every.0 * u32::from(n);
            state.cloudtrail.record(recorded.clone(), at.replace_nanosecond(0).unwrap_or(at));
        }
    }
}

fn recorded(state: &State, table: &CallsTable, owner: &Subject, key: &str) -> RecordedEvent {
    let (kind, resource, name) = match owner {
        Subject::Root => ("Root", "root".to_owned(), "root"),
        Subject::User(name) => ("IAMUser", format!("user/{name}"), name.as_str()),
    };
    RecordedEvent {
        name: table.event.clone(),
        source: format!("{}.amazonaws.com", table.service),
        region: table.region.clone(),
        identity: json!({
            "type": kind,
            "principalId": state.account,
            "arn": state.arn(&resource),
            "accountId": state.account,
            "accessKeyId": key,
        }),
        user_name: name.to_owned(),
        access_key_id: key.to_owned(),
        source_address: table.address.clone(),
        user_agent: table.agent.clone(),
        parameters: Vec::new(),
        error: None,
    }
}
