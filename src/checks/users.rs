//! The same rules user by user, for the table of users.

use super::credentials::Rule;
use super::{Directory, console_users_mfa, key_age, set_up_key, two_active_keys, unused_credentials};
use crate::account::Timestamp;
use crate::account::facts::{ReportRow, User};

/// The controls that are about a single user and rest on the report, in the order of reports.
const RULES: [(&str, Rule); 5] = [
    ("console-users-mfa", console_users_mfa::rule),
    ("unused-credentials", unused_credentials::rule),
    ("key-age", key_age::rule),
    ("two-active-keys", two_active_keys::rule),
    ("set-up-key-never-used", set_up_key::rule),
];

/// The ids of the controls that a user breaks: by the report's `row` and by what was listed of the user.
#[must_use]
pub fn findings(live: &Directory<'_>, row: Option<&ReportRow>, user: Option<&User>) -> Vec<&'static str> {
    let now = live.facts.credential_report.at().unwrap_or(Timestamp::UNIX_EPOCH);
    let by_report = row.filter(|row| !row.is_root()).into_iter().flat_map(|row| {
        let broken = move |(_, rule): &&(&str, Rule)| !rule(row, live, now).found.is_empty();
        RULES.iter().filter(broken).map(|(id, _)| *id)
    });
    let direct = user.filter(|user| !user.attached_policies.is_empty() || !user.inline_policies.is_empty());
    by_report.chain(direct.map(|_| "permissions-through-groups")).collect()
}
