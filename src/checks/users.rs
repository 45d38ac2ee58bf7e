//! Every user by itself: what the report and the live list know of it, and which controls it breaks.

use std::collections::BTreeMap;

use super::credentials::Rule;
use super::ground::{Ground, key};
use super::{console_users_mfa, key_age, set_up_key, two_active_keys, unused_credentials};
use crate::account::Facts;
use crate::account::facts::{ReportRow, User};

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
    let ground = Ground::of(facts);
    let (report, people) = (facts.credential_report.known(), facts.people.known());
    let mut listed: BTreeMap<String, &User> =
        people.into_iter().flat_map(|people| &people.users).map(|user| (key(&user.name), user)).collect();
    let mut entries = Vec::new();
    for row in report.into_iter().flat_map(|report| &report.rows) {
        let user = if row.is_root() { None } else { listed.remove(&key(&row.user)) };
        let gone = people.is_some() && user.is_none() && !row.is_root();
        let note = gone.then_some("deleted since the report");
        entries.push(Entry {
            name: &row.user,
            row: Some(row),
            user,
            note,
            findings: findings(&ground, Some(row), user),
        });
    }
    let note = report.map(|_| "newer than the report");
    let newer =
        people.into_iter().flat_map(|people| &people.users).filter(|user| listed.contains_key(&key(&user.name)));
    entries.extend(newer.map(|user| Entry {
        name: &user.name,
        row: None,
        user: Some(user),
        note,
        findings: findings(&ground, None, Some(user)),
    }));
    entries
}

fn findings(ground: &Ground, row: Option<&ReportRow>, user: Option<&User>) -> Vec<&'static str> {
    let by_report = row.filter(|row| !row.is_root()).into_iter().flat_map(|row| {
        let broken = move |(_, rule): &&(&str, Rule)| !rule(row, ground).found.is_empty();
        RULES.iter().filter(broken).map(|(id, _)| *id)
    });
    let direct = user.filter(|user| !user.attached_policies.is_empty() || !user.inline_policies.is_empty());
    by_report.chain(direct.map(|_| "permissions-through-groups")).collect()
}
