//! Every user by itself, for the table of users: what the report and the live list know of it, and which controls it breaks.

pub mod words;

use std::collections::{BTreeMap, BTreeSet};

use super::controls::{console_users_mfa, key_age, set_up_key_never_used, two_active_keys, unused_credentials};
use super::credentials::Rule;
use super::{CONTROLS, Directory, Verdict};
use crate::account::facts::{ReportRow, User};
use crate::account::{Facts, Timestamp};

/// The controls that are about a single user and rest on the report, in the order of reports.
const RULES: [(&str, Rule); 5] = [
    ("console-users-mfa", console_users_mfa::rule),
    ("unused-credentials", unused_credentials::rule),
    ("key-age", key_age::rule),
    ("two-active-keys", two_active_keys::rule),
    ("set-up-key-never-used", set_up_key_never_used::rule),
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
    pub findings: &'a [&'static str],
}

/// All users by their places in the facts, each with what it breaks: made once, and true of those facts only.
#[derive(Debug, Default)]
pub struct Listing {
    places: Vec<Listed>,
}

#[derive(Debug)]
struct Listed {
    row: Option<usize>,
    user: Option<usize>,
    note: Option<&'static str>,
    is_root: bool,
    findings: Vec<&'static str>,
}

impl Listing {
    /// All of them: the report's in its order, then who is newer than it.
    #[must_use]
    pub fn of(facts: &Facts) -> Self {
        let live = Directory::new(facts);
        let report = facts.credential_report.known().map(|report| report.rows.as_slice());
        let people = facts.people.known().map(|people| people.users.as_slice());
        let key = str::to_ascii_lowercase;
        let listed: BTreeMap<String, usize> =
            people.into_iter().flatten().enumerate().map(|(i, user)| (key(&user.name), i)).collect();
        let mut newer: BTreeSet<usize> = listed.values().copied().collect();
        let mut places = Vec::new();
        for (i, row) in report.into_iter().flatten().enumerate() {
            let user = listed.get(&key(&row.user)).copied();
            if let Some(user) = user {
                newer.remove(&user);
            }
            let gone = people.is_some() && user.is_none() && !row.is_root();
            let is_root = row.is_root();
            let findings = match is_root {
                true => of_root(facts),
                false => findings(&live, Some(row), user.and_then(|user| people?.get(user))),
            };
            let note = gone.then_some("deleted since the report");
            places.push(Listed { row: Some(i), user, note, is_root, findings });
        }
        let note = report.map(|_| "newer than the report");
        for i in newer {
            let findings = findings(&live, None, people.and_then(|users| users.get(i)));
            places.push(Listed { row: None, user: Some(i), note, is_root: false, findings });
        }
        Self { places }
    }

    /// How many there are, root among them.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether nobody is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The user in line `line`, by the facts that this was made of.
    #[must_use]
    pub fn entry<'a>(&'a self, facts: &'a Facts, line: usize) -> Option<Entry<'a>> {
        let Listed { row, user, note, findings, .. } = self.places.get(line)?;
        let row = row.and_then(|row| facts.credential_report.known()?.rows.get(row));
        let user = user.and_then(|user| facts.people.known()?.users.get(user));
        let name = row.map(|row| row.user.as_str()).or(user.map(|user| user.name.as_str()))?;
        Some(Entry { name, row, user, note: *note, findings })
    }

    /// Every user, by the facts that this was made of.
    pub fn entries<'a>(&'a self, facts: &'a Facts) -> impl Iterator<Item = Entry<'a>> {
        (0..self.len()).filter_map(|line| self.entry(facts, line))
    }

    /// How many users break a control, root aside.
    #[must_use]
    pub fn wrong(&self) -> usize {
        self.places.iter().filter(|listed| !listed.is_root && !listed.findings.is_empty()).count()
    }
}

/// The ids of the controls about root that fail.
fn of_root(facts: &Facts) -> Vec<&'static str> {
    let about_root = CONTROLS.iter().filter(|control| control.id.starts_with("root-"));
    about_root.filter(|control| control.judge(facts).verdict == Verdict::Fail).map(|control| control.id).collect()
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
