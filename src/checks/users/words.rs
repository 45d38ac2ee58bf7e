//! A report row in words. AWS's placeholders have different meanings in different columns. Source: IAM User Guide,
//! "Get credential reports for your AWS account".

use crate::account::Timestamp;
use crate::account::age::{age, ago};
use crate::account::facts::{Field, ReportKey, ReportRow, User};

#[must_use]
pub fn password(row: &ReportRow, now: Timestamp) -> String {
    let used = match &row.password_used {
        Field::Value(at) => format!("used {}", ago(*at, now)),
        // Never used, or not since AWS began to record it in October 2014.
        Field::NoInformation => "no use on record".into(),
        // No password exists.
        Field::NotApplicable => "last use does not apply".into(),
        other => format!("last use {}", untold(other)),
    };
    match &row.password {
        Field::Value(false) => "none".into(),
        Field::Value(true) => used,
        other => format!("{}; {used}", untold(other)),
    }
}

/// Whether an MFA device exists.
#[must_use]
pub fn mfa(row: &ReportRow) -> String {
    match &row.mfa {
        Field::Value(true) => "yes".into(),
        Field::Value(false) => "no".into(),
        other => untold(other),
    }
}

/// The text for an empty key slot.
pub const NO_KEY: &str = "none";

/// A key's state, age and last use.
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
        // For an existing key: never used, or not since 22 April 2015, when AWS began to record it.
        Field::NotApplicable => "no use on record".into(),
        Field::NoInformation => "no use on record".into(),
        other => format!("last use {}", untold(other)),
    };
    format!("{state}, {made}, {used}")
}

/// The user's own policies, attached and inline.
#[must_use]
pub fn policies(user: &User) -> String {
    let short = |arn: &String| arn.rsplit('/').next().unwrap_or(arn).to_owned();
    let inline = user.inline_policies.iter().map(|name| format!("{name} (inline)"));
    user.attached_policies.iter().map(short).chain(inline).collect::<Vec<_>>().join(", ")
}

/// The text for a placeholder.
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
