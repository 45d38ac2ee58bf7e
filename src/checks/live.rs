//! Live reads of single users. They take precedence over the credential report, which can be four hours old.

use std::borrow::Cow;

use super::Directory;
use crate::account::facts::{AccessKey, Field, KeyStatus, LastUse, ReportKey, ReportRow, SignIn, User};
use crate::account::{Facts, Reading, Timestamp};

/// Keys of a user that fit a report row.
const ROOM: usize = 2;

/// Replaces values of `row` by reads later than the report, which was `written` at that time.
pub(super) fn with_live_reads<'a>(
    row: &'a ReportRow,
    live: &Directory<'_>,
    written: Option<Timestamp>,
) -> Cow<'a, ReportRow> {
    let keys = keys(live.facts, &row.user, written);
    let password = live.sign_in(&row.user).and_then(|sign_in| later(&sign_in.password, written));
    let mut row = Cow::Borrowed(row);
    if let Some(keys) = keys {
        row.to_mut().keys = in_row(&keys);
    }
    if let Some(profile) = password.filter(|profile| row.password != Field::Value(profile.is_some())) {
        let row = row.to_mut();
        row.password = Field::Value(profile.is_some());
        row.password_changed = profile.as_ref().and_then(|profile| profile.created).map_or(Field::Absent, Field::Value);
    }
    row
}

/// A row for a user missing from the report, if everything was read.
pub(super) fn row_of(user: &User, live: &Directory<'_>) -> Option<ReportRow> {
    let SignIn { password, devices } = live.sign_in(&user.name)?;
    let (profile, devices) = (password.known()?, devices.known()?);
    let keys = keys(live.facts, &user.name, None)?;
    Some(ReportRow {
        user: user.name.clone(),
        created: user.created.map_or(Field::Absent, Field::Value),
        password: Field::Value(profile.is_some()),
        password_used: match user.password_used.known() {
            Some(Some(at)) => Field::Value(*at),
            Some(None) => Field::NoInformation,
            None => Field::Absent,
        },
        password_changed: profile.as_ref().and_then(|profile| profile.created).map_or(Field::Absent, Field::Value),
        mfa: Field::Value(!devices.is_empty()),
        keys: in_row(&keys),
        ..ReportRow::default()
    })
}

/// The keys of `user`, if read after the report, in the order of the corrected row. Active ones come first: a user
/// may have more than fit.
pub(super) fn keys<'a>(facts: &'a Facts, user: &str, written: Option<Timestamp>) -> Option<Vec<&'a AccessKey>> {
    let (_, reading) = facts.user_keys.iter().find(|(name, _)| name.eq_ignore_ascii_case(user))?;
    let mut keys: Vec<&AccessKey> = later(reading, written)?.iter().collect();
    keys.sort_by_key(|key| key.status != KeyStatus::Active);
    Some(keys)
}

fn later<T>(reading: &Reading<T>, written: Option<Timestamp>) -> Option<&T> {
    let is_later = reading.at().is_some_and(|at| written.is_none_or(|written| at >= written));
    reading.known().filter(|_| is_later)
}

fn in_row(keys: &[&AccessKey]) -> [ReportKey; ROOM] {
    let none = || ReportKey { active: Field::Value(false), made: Field::NotApplicable, ..ReportKey::default() };
    std::array::from_fn(|place| keys.get(place).map_or_else(none, |key| in_report(key)))
}

/// A key in the report's form.
fn in_report(key: &AccessKey) -> ReportKey {
    let used = key.last_used.known();
    let of_use = |text: fn(&LastUse) -> &String| match used {
        Some(Some(used)) => Field::Value(text(used).clone()),
        Some(None) => Field::NotApplicable,
        None => Field::Absent,
    };
    ReportKey {
        active: match &key.status {
            KeyStatus::Active => Field::Value(true),
            KeyStatus::Inactive => Field::Value(false),
            KeyStatus::Other(other) => Field::Other(other.clone()),
        },
        made: key.created.map_or(Field::Absent, Field::Value),
        used: match used {
            Some(Some(used)) => Field::Value(used.at),
            Some(None) => Field::NotApplicable,
            None => Field::Absent,
        },
        region: of_use(|used| &used.region),
        service: of_use(|used| &used.service),
    }
}
