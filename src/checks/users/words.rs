//! A user's row of the credential report in words. AWS's placeholders mean different things in different columns.
//! Source: IAM User Guide, "Get credential reports for your AWS account".

use crate::account::Timestamp;
use crate::account::age::{age, ago};
use crate::account::facts::{Field, ReportKey, ReportRow, User};

/// The password and its last use.
#[must_use]
pub fn password(row: &ReportRow, now: Timestamp) -> String {
    let used = match &row.password_used {
        Field::Value(at) => format!("used {}", ago(*at, now)),
        // Never, or not since AWS began to record it in October 2014.
        Field::NoInformation => "no use on record".into(),
        // There is nothing that could be used.
        Field::NotApplicable => "last use does not apply".into(),
        other => format!("last use {}", untold(other)),
    };
    match &row.password {
        Field::Value(false) => "none".into(),
        Field::Value(true) => used,
        other => format!("{}; {used}", untold(other)),
    }
}

/// Whether there is an MFA device.
#[must_use]
pub fn mfa(row: &ReportRow) -> String {
    match &row.mfa {
        Field::Value(true) => "yes".into(),
        Field::Value(false) => "no".into(),
        other => untold(other),
    }
}

/// What is said of a key that is not there.
pub const NO_KEY: &str = "none";

/// One of the two keys, its age and its last use.
#[must_use]
pub fn key(key: &ReportKey, now: Timestamp) -> String {
    if !key.exists() {
        return NO_KEY.into();
    }
    let state = match &key.active {
        Field::Value(true) => "active".into(),
        Field::Value(false) => "inactive".into(),
        other => format!("state {}", untold(other)),
    };
    let made = match &key.made {
        Field::Value(at) => match age(*at, now).as_str() {
            "now" => "made just now".into(),
            age => format!("{age} old"),
        },
        other => format!("age {}", untold(other)),
    };
    let used = match &key.used {
        Field::Value(at) => format!("used {}", ago(*at, now)),
        // Of a key that is there this means: never, or not since 22 April 2015, when AWS began to record it.
        Field::NotApplicable => "no use on record".into(),
        Field::NoInformation => "no use on record".into(),
        other => format!("last use {}", untold(other)),
    };
    format!("{state}, {made}, {used}")
}

/// The policies that the user holds itself.
#[must_use]
pub fn policies(user: &User) -> String {
    let short = |arn: &String| arn.rsplit('/').next().unwrap_or(arn).to_owned();
    let inline = user.inline_policies.iter().map(|name| format!("{name} (inline)"));
    user.attached_policies.iter().map(short).chain(inline).collect::<Vec<_>>().join(", ")
}

/// What stands in place of a value.
fn untold<T>(field: &Field<T>) -> String {
    match field {
        Field::NotApplicable => "does not apply".into(),
        Field::NoInformation => "not on record".into(),
        Field::NotSupported => "not reported by AWS".into(),
        Field::Absent => "not in the report".into(),
        Field::Other(other) => format!("\u{201c}{other}\u{201d}"),
        Field::Value(_) => "known".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = time::macros::datetime!(2026-11-21 12:00 UTC);

    #[test]
    fn placeholders_for_a_last_use_have_different_words() {
        let used = |used| {
            password(&ReportRow { password: Field::Value(true), password_used: used, ..ReportRow::default() }, NOW)
        };
        let said = [
            used(Field::Value(NOW - time::Duration::days(2))),
            used(Field::NoInformation),
            used(Field::NotApplicable),
            used(Field::NotSupported),
            used(Field::Absent),
        ];
        assert_eq!(
            said.each_ref().map(String::as_str),
            [
                "used 2 d ago",
                "no use on record",
                "last use does not apply",
                "last use not reported by AWS",
                "last use not in the report"
            ]
        );
        let root =
            ReportRow { password: Field::NotSupported, password_used: Field::Value(NOW), ..ReportRow::default() };
        assert_eq!(password(&root, NOW), "not reported by AWS; used just now");
        let none =
            ReportRow { password: Field::Value(false), password_used: Field::NotApplicable, ..ReportRow::default() };
        assert_eq!(password(&none, NOW), "none");
    }

    #[test]
    fn a_key_without_a_last_use_was_never_used() {
        let made = Field::Value(NOW - time::Duration::days(30));
        let of = |used| {
            key(&ReportKey { active: Field::Value(true), made: made.clone(), used, ..ReportKey::default() }, NOW)
        };
        assert_eq!(of(Field::NotApplicable), "active, 30 d old, no use on record");
        assert_eq!(of(Field::NoInformation), "active, 30 d old, no use on record");
        let fresh = ReportKey { active: Field::Value(true), made: Field::Value(NOW), ..ReportKey::default() };
        assert!(key(&fresh, NOW).starts_with("active, made just now,"), "{}", key(&fresh, NOW));
        assert_eq!(key(&ReportKey::default(), NOW), "none");
    }
}
