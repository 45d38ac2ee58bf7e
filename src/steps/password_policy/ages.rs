//! The age of each console password, from the credential report and live reads.

use std::collections::BTreeSet;

use crate::account::facts::{Field, LoginProfile, ReportRow, User};
use crate::account::{CredentialReport, Facts, Timestamp};
use crate::checks::Directory;

/// A console password with a known age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dated<'a> {
    pub user: &'a str,
    /// Time of its last change.
    pub at: Timestamp,
}

impl Dated<'_> {
    /// Whether it has expired at `now` if passwords are valid for `days`.
    pub fn has_expired(&self, days: u32, now: Timestamp) -> bool {
        now - self.at >= time::Duration::days(days.into())
    }
}

/// Ages of all IAM users' console passwords. Root is left out, because no password policy applies to it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Ages<'a> {
    /// Passwords with a known age, oldest first.
    pub dated: Vec<Dated<'a>>,
    /// Users newer than the report or missing in it, with their creation time. Their password can't be older.
    pub newer: Vec<(&'a str, Option<Timestamp>)>,
    /// Users for whom the report does not say whether or since when they have a password, with the column and its
    /// value.
    pub untold: Vec<(&'a str, String)>,
}

/// Ages from `report`, corrected by live reads.
pub(super) fn by_report<'a>(report: &'a CredentialReport, facts: &'a Facts) -> Ages<'a> {
    let mut ages = Ages::default();
    let live = Directory::new(facts);
    let are_known = facts.people.known().is_some();
    let made_since = |user: &User| user.created.zip(report.generated).is_some_and(|(made, written)| made > written);
    let mut reported = BTreeSet::new();
    for row in report.users() {
        reported.insert(row.user.to_ascii_lowercase());
        // A user deleted since then has no password. A user recreated under the same name is newer.
        if live.user(&row.user).map_or(!are_known, |user| !made_since(user)) {
            ages.take(row, set_since(&live, &row.user, report.generated));
        }
    }
    for user in facts.people.known().into_iter().flat_map(|people| &people.users) {
        if !reported.contains(&user.name.to_ascii_lowercase()) || made_since(user) {
            ages.newer.push((&user.name, user.created));
        }
    }
    ages.dated.sort_by_key(|dated| (dated.at, dated.user));
    ages
}

/// Difference between a live read and the report.
enum Since {
    /// Nothing: it was not read, or it agrees.
    Nothing,
    /// The password was deleted.
    Gone,
    /// The password was created after the report.
    SetUp(Timestamp),
}

fn set_since(live: &Directory<'_>, user: &str, written: Option<Timestamp>) -> Since {
    match live.sign_in(user).and_then(|sign_in| sign_in.password.known()) {
        None => Since::Nothing,
        Some(None) => Since::Gone,
        Some(Some(LoginProfile { created, .. })) => match created.zip(written) {
            Some((created, written)) if created > written => Since::SetUp(created),
            _ => Since::Nothing,
        },
    }
}

impl<'a> Ages<'a> {
    fn take(&mut self, row: &'a ReportRow, since: Since) {
        let untold = |column: &str, field: &dyn Fn() -> String| (row.user.as_str(), format!("{column}: {}", field()));
        match (since, &row.password, &row.password_changed) {
            (Since::Gone, ..) | (Since::Nothing, Field::Value(false), _) => {}
            (Since::SetUp(at), ..) => self.dated.push(Dated { user: &row.user, at }),
            (Since::Nothing, Field::Value(true), Field::Value(at)) => {
                self.dated.push(Dated { user: &row.user, at: *at })
            }
            (Since::Nothing, Field::Value(true), changed) => {
                self.untold.push(untold("password_last_changed", &|| changed.words(Timestamp::to_string)));
            }
            (Since::Nothing, password, _) => {
                self.untold.push(untold("password_enabled", &|| password.words(bool::to_string)));
            }
        }
    }
}

/// The administrators' passwords without a report. `None`: the users are unknown too. The time is the creation of the
/// password; a later change is not known.
pub(super) fn of_administrators(facts: &Facts) -> Option<Vec<Dated<'_>>> {
    let people = facts.people.known()?;
    let live = Directory::new(facts);
    let dated = people.users.iter().filter_map(|user| {
        let profile = live.sign_in(&user.name)?.password.known()?.as_ref()?;
        Some(Dated { user: &user.name, at: profile.created? })
    });
    Some(dated.collect())
}
