//! An accepted risk: why a control may fail for now, who is responsible, and until when. Also its text for the
//! configuration file.

use time::Date;

use super::{Parameters, Timestamp};

/// A risk that somebody accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// The id of a control, or of one of its rules.
    pub id: String,
    /// Why it is accepted.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day on which it holds, in UTC.
    pub until: Date,
}

impl Suppression {
    /// Whether it holds no longer on that day.
    #[must_use]
    pub fn is_expired(&self, on: Date) -> bool {
        on > self.until
    }

    /// Its entry in the configuration file, for that account alone.
    #[must_use]
    pub fn entry(&self, account: &str) -> String {
        let Self { id, reason, owner, until } = self;
        let lines = [("id", quoted(id)), ("reason", quoted(reason)), ("owner", quoted(owner))];
        let lines: String = lines.iter().map(|(name, value)| format!("{name} = {value}\n")).collect();
        format!("[[suppress]]\n{lines}until = {until}\naccount = {}\n", quoted(account))
    }
}

/// What a person set for one account: the risks that are accepted, and what controls measure with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Acceptances {
    /// The account's number.
    pub account: String,
    /// All of them, expired ones too.
    pub all: Vec<Suppression>,
    /// The file in which they are; `None`: they are kept until the program ends, as in practice.
    pub file: Option<String>,
    /// What controls measure with, by the same file.
    pub parameters: Parameters,
    /// The day on which they are held to their ends; `None`: none has come.
    pub on: Option<Date>,
}

/// The day in UTC.
#[must_use]
pub fn day(moment: Timestamp) -> Date {
    moment.to_offset(time::UtcOffset::UTC).date()
}

/// A basic string of TOML 1.0: what would end it or break its line is escaped.
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
    fn it_holds_to_the_end_of_its_last_day() {
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
