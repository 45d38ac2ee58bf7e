//! Every user by itself, for the table of users: what the report and the live list know of it, and which controls it breaks.

pub mod words;

use std::collections::BTreeSet;

use super::credentials::Rule;
use super::{Directory, console_users_mfa, key_age, set_up_key, two_active_keys, unused_credentials};
use crate::account::facts::{ReportRow, User};
use crate::account::{Facts, Timestamp};

/// The controls that are about a single user and rest on the report, in the order of reports.
const RULES: [(&str, Rule); 5] = [
    ("console-users-mfa", console_users_mfa::rule),
    ("unused-credentials", unused_credentials::rule),
    ("key-age", key_age::rule),
    ("two-active-keys", two_active_keys::rule),
    ("set-up-key-never-used", set_up_key::rule),
];

/// A user, as the report and the live list know it. Root has a row in the report too.
#[derive(Debug)]
pub struct Entry<'a> {
    /// Its name; [`ReportRow::ROOT`] for root.
    pub name: &'a str,
    /// Its row in the credential report.
    pub row: Option<&'a ReportRow>,
    /// What was listed of it.
    pub user: Option<&'a User>,
    /// Where the two disagree on whether there is such a user.
    pub note: Option<&'static str>,
    /// The ids of the controls that it breaks.
    pub findings: Vec<&'static str>,
}

/// All of them: the report's in its order, then who is newer than it.
#[must_use]
pub fn entries(facts: &Facts) -> Vec<Entry<'_>> {
    let live = Directory::new(facts);
    let (report, people) = (facts.credential_report.known(), facts.people.known());
    let key = str::to_ascii_lowercase;
    let reported: BTreeSet<String> =
        report.into_iter().flat_map(|report| report.users()).map(|row| key(&row.user)).collect();
    let entry = |name, row, user, note| Entry { name, row, user, note, findings: findings(&live, row, user) };
    let mut entries: Vec<Entry<'_>> = report
        .into_iter()
        .flat_map(|report| &report.rows)
        .map(|row| {
            let user = live.user(&row.user);
            let gone = people.is_some() && user.is_none() && !row.is_root();
            entry(row.user.as_str(), Some(row), user, gone.then_some("deleted since the report"))
        })
        .collect();
    let newer = people.into_iter().flat_map(|people| &people.users);
    let newer = newer.filter(|user| !reported.contains(&key(&user.name)));
    let note = report.map(|_| "newer than the report");
    entries.extend(newer.map(|user| entry(user.name.as_str(), None, Some(user), note)));
    entries
}

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
