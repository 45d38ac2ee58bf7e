//! No console user carries a key that was made together with it and never used: a box that somebody ticked.

use super::credentials::{Law, Look, judge as hold};
use super::{Directory, Judgement};
use crate::account::facts::{Field, ReportRow};
use crate::account::{Facts, Timestamp};

/// A key that is at most this much younger than its user was made at set-up.
const SET_UP: time::Duration = time::Duration::hours(1);

pub(super) fn judge(facts: &Facts) -> Result<Judgement, Judgement> {
    hold(
        facts,
        &Law {
            rule,
            wrong: "A key was made at set-up and never used".into(),
            right: "No console user has an active key from its set-up that was never used.".into(),
            fix: "Delete the key: it was made when the user was, and nobody has used it since.",
            concerns_newer: true,
        },
    )
}

pub(super) fn rule(row: &ReportRow, _live: &Directory<'_>, _now: Timestamp) -> Look {
    let mut look = Look::default();
    match &row.password {
        Field::Value(true) => {}
        Field::Value(false) | Field::NotApplicable => return look,
        other => {
            look.unclear.push(format!("password_enabled = {}", other.words(ToString::to_string)));
            return look;
        }
    }
    let columns = ["access_key_1_last_used_date", "access_key_2_last_used_date"];
    for (column, key) in columns.into_iter().zip(&row.keys).filter(|(_, key)| key.is_active()) {
        match (&row.created, &key.made, &key.used) {
            (_, _, Field::Value(_)) => {}
            (Field::Value(created), Field::Value(made), Field::NotApplicable | Field::NoInformation) => {
                if (*made - *created).abs() <= SET_UP {
                    look.found.push((column, format!("never used, made {} with the user", made.date())));
                }
            }
            (_, _, other) => look.unclear.push(format!("{column} = {}", other.words(ToString::to_string))),
        }
    }
    look
}
