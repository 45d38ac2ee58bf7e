//! The table of users: the report and live list of each user, and the failed controls.

pub mod words;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::controls::{console_users_mfa, key_age, set_up_key_never_used, two_active_keys, unused_credentials};
use super::credentials::Rule;
use super::{CONTROLS, Directory, Verdict, credentials, live};
use crate::account::facts::{AccessKey, ReportRow, User};
use crate::account::{Facts, Timestamp};

/// Controls on single users that use the report, in report order.
const RULES: [(&str, Rule); 5] = [
    ("console-users-mfa", console_users_mfa::rule),
    ("unused-credentials", unused_credentials::rule),
    ("key-age", key_age::rule),
    ("two-active-keys", two_active_keys::rule),
    ("set-up-key-never-used", set_up_key_never_used::rule),
];

/// A user in the report and the live list. The report has a row for root too.
#[derive(Debug)]
pub struct UserEntry<'a> {
    /// User name; [`ReportRow::ROOT`] for root.
    pub name: &'a str,
    /// Row of the credential report.
    pub row: Option<&'a ReportRow>,
    /// Entry of the live list.
    pub user: Option<&'a User>,
    /// Where the two disagree on the user's existence.
    pub note: Option<&'static str>,
    /// Ids of the controls that the user fails.
    pub findings: &'a [&'static str],
}

/// All users by index into the facts, with their failed controls. Valid for these facts only.
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
    /// The report's users in its order, then newer ones.
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

    /// Number of users, root included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The user in line `line`; `facts` must be those that this was built from.
    #[must_use]
    pub fn entry<'a>(&'a self, facts: &'a Facts, line: usize) -> Option<UserEntry<'a>> {
        let Listed { row, user, note, findings, .. } = self.places.get(line)?;
        let row = row.and_then(|row| facts.credential_report.known()?.rows.get(row));
        let user = user.and_then(|user| facts.people.known()?.users.get(user));
        let name = row.map(|row| row.user.as_str()).or(user.map(|user| user.name.as_str()))?;
        Some(UserEntry { name, row, user, note: *note, findings })
    }

    /// Every user; `facts` must be those that this was built from.
    pub fn entries<'a>(&'a self, facts: &'a Facts) -> impl Iterator<Item = UserEntry<'a>> {
        (0..self.len()).filter_map(|line| self.entry(facts, line))
    }

    /// Number of users who fail a control, without root.
    #[must_use]
    pub fn wrong(&self) -> usize {
        self.places.iter().filter(|listed| !listed.is_root && !listed.findings.is_empty()).count()
    }
}

/// A user's credential that violates a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing<'a> {
    Password,
    Key(&'a AccessKey),
    /// A key slot of the report, whose key was not read live.
    Reported(usize),
}

/// A user with violations.
#[derive(Debug, Clone)]
pub struct Broken<'a> {
    /// The corrected row.
    pub row: Cow<'a, ReportRow>,
    /// The user's keys, if read after the report.
    pub keys: Vec<&'a AccessKey>,
    /// Each violation with the control's id.
    pub things: Vec<(Thing<'a>, &'static str)>,
}

/// Every user who violates a control on credentials, in report order.
#[must_use]
pub fn broken(facts: &Facts) -> Vec<Broken<'_>> {
    let Some(report) = facts.credential_report.known() else { return Vec::new() };
    let now = facts.credential_report.at().unwrap_or(Timestamp::UNIX_EPOCH);
    let live = Directory::new(facts);
    let all = credentials::users(&live, report).rows.into_iter().map(|row| {
        let keys = live::keys(facts, &row.now.user, report.generated);
        let things = RULES.iter().flat_map(|(id, rule)| {
            let found = rule(&row.now, &live, now).found;
            found.into_iter().map(|(column, _)| (thing(column, keys.as_deref()), *id)).collect::<Vec<_>>()
        });
        let things = things.collect();
        Broken { things, keys: keys.unwrap_or_default(), row: row.now }
    });
    all.filter(|broken| !broken.things.is_empty()).collect()
}

/// Users missing from the report who were not read singly either.
#[must_use]
pub fn unknown_to_report(facts: &Facts) -> Vec<String> {
    let Some(report) = facts.credential_report.known() else { return Vec::new() };
    credentials::users(&Directory::new(facts), report).newer.into_iter().map(str::to_owned).collect()
}

/// The credential that a report column is about.
fn thing<'a>(column: &str, keys: Option<&[&'a AccessKey]>) -> Thing<'a> {
    let place = match column {
        _ if column.starts_with("access_key_1") => 0,
        _ if column.starts_with("access_key_2") => 1,
        _ => return Thing::Password,
    };
    keys.and_then(|keys| keys.get(place).copied()).map_or(Thing::Reported(place), Thing::Key)
}

/// Ids of the failed controls on root.
fn of_root(facts: &Facts) -> Vec<&'static str> {
    let about_root = CONTROLS.iter().filter(|control| control.id.starts_with("root-"));
    about_root.filter(|control| control.assess(facts).verdict == Verdict::Fail).map(|control| control.id).collect()
}

/// Ids of the controls that a user violates, from the report's `row` and the live list.
#[must_use]
pub fn findings(live: &Directory<'_>, row: Option<&ReportRow>, user: Option<&User>) -> Vec<&'static str> {
    let now = live.facts.credential_report.at().unwrap_or(Timestamp::UNIX_EPOCH);
    let written = live.facts.credential_report.known().and_then(|report| report.generated);
    let row = row.filter(|row| !row.is_root()).map(|row| live::with_live_reads(row, live, written));
    let broken = |(_, rule): &&(&str, Rule)| row.as_ref().is_some_and(|row| !rule(row, live, now).found.is_empty());
    let by_report = RULES.iter().filter(broken).map(|(id, _)| *id);
    let direct = user.filter(|user| !user.attached_policies.is_empty() || !user.inline_policies.is_empty());
    by_report.chain(direct.map(|_| "permissions-through-groups")).collect()
}
