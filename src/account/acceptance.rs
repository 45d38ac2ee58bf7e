//! An accepted risk: why a control may fail for now, who is responsible, and until when. Also its text for the
//! configuration file.

use time::Date;

use super::{Parameters, Timestamp};

/// An accepted risk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// Id of a control or of one of its rules.
    pub id: String,
    pub reason: String,
    /// Who is responsible for the risk.
    pub owner: String,
    /// Last valid day, in UTC.
    pub until: Date,
}

impl Suppression {
    /// Whether the acceptance has expired on day `on`.
    #[must_use]
    pub fn is_expired(&self, on: Date) -> bool {
        on > self.until
    }

    /// The TOML entry for the configuration file, limited to `account`.
    #[must_use]
    pub fn entry(&self, account: &str) -> String {
        let Self { id, reason, owner, until } = self;
        let lines = [("id", quoted(id)), ("reason", quoted(reason)), ("owner", quoted(owner))];
        let lines: String = lines.iter().map(|(name, value)| format!("{name} = {value}\n")).collect();
        format!("[[suppress]]\n{lines}until = {until}\naccount = {}\n", quoted(account))
    }
}

/// A person's settings for one account: accepted risks and the thresholds of controls.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Acceptances {
    /// 12 digits.
    pub account: String,
    /// Every entry, expired ones too.
    pub all: Vec<Suppression>,
    /// The configuration file; `None`: kept in memory until the program ends, as in practice.
    pub file: Option<String>,
    /// Thresholds of controls, from the same file.
    pub parameters: Parameters,
    /// The day against which expiry is checked; `None`: not set yet.
    pub on: Option<Date>,
}

/// The UTC day of `moment`.
#[must_use]
pub fn day(moment: Timestamp) -> Date {
    moment.to_offset(time::UtcOffset::UTC).date()
}

/// A TOML 1.0 basic string: quotes, backslashes and control characters are escaped.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            _ if character.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(character))),
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;

    #[test]
    fn an_accepted_risk_expires_after_its_last_day() {
        let of = |until| Suppression { id: "root-mfa".into(), reason: "r".into(), owner: "o".into(), until };
        let on = day(datetime!(2026-11-21 23:59 -1));
        assert_eq!(on, date!(2026 - 11 - 22), "days are counted in UTC");
        assert!(of(date!(2026 - 11 - 21)).is_expired(on));
        assert!(!of(date!(2026 - 11 - 22)).is_expired(on));
    }

    #[test]
    fn special_characters_in_a_string_are_escaped() {
        assert_eq!(quoted("a \"b\" \\ \u{7}"), r#""a \"b\" \\ \u0007""#);
    }
}
