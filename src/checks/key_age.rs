//! Access keys of users are replaced in time.

use super::credentials::{Law, Look, days, judge as hold};
use super::{Directory, Judgement};
use crate::account::facts::{Field, ReportRow};
use crate::account::{Facts, Timestamp};

pub(super) fn judge(facts: &Facts) -> Result<Judgement, Judgement> {
    let limit = facts.parameters.key_age_days;
    hold(
        facts,
        &Law {
            rule,
            wrong: format!("Active keys older than {limit} days"),
            right: format!("No active key is older than {limit} days."),
            fix: "Replace the keys: make a second one, move to it, deactivate the old one, watch, delete it. Better: use roles, which need no keys.",
            concerns_newer: false,
        },
    )
}

pub(super) fn rule(row: &ReportRow, live: &Directory<'_>, now: Timestamp) -> Look {
    // A key of 90 days and a second is older than 90 days: whole days would let it be for another one.
    let limit = time::Duration::days(live.facts.parameters.key_age_days.into());
    let mut look = Look::default();
    let columns = ["access_key_1_last_rotated", "access_key_2_last_rotated"];
    for (column, key) in columns.into_iter().zip(&row.keys) {
        match (&key.active, &key.made) {
            (Field::Value(true), Field::Value(made)) if now - *made > limit => {
                look.found.push((column, format!("made {}, {} days ago", made.date(), days(*made, now))));
            }
            (Field::Value(true), Field::Value(_)) => {}
            (Field::Value(true), other) => {
                look.unclear.push(format!("{column} = {}", other.words(ToString::to_string)))
            }
            (Field::Value(false) | Field::NotApplicable, _) => {}
            (other, _) => look.unclear.push(format!("an access key's state = {}", other.words(ToString::to_string))),
        }
    }
    look
}
