//! Ages in a scenario: `3y`, `6w`, `2d`, `5h`, `10m`, `30s`, or `never`.

use std::time::Duration;

use serde::{Deserialize, Deserializer, de};

/// The time before the practice starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Age(pub Duration);

/// The last use, or never.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PastUse(pub Option<Age>);

const EXPECTED: &str = "expected one such as \"3y\", \"6w\", \"2d\", \"5h\", \"10m\" or \"30s\"";

impl Age {
    /// The default age, unless the owner has another one.
    pub const YEAR: Self = Self(Duration::from_secs(365 * 86_400));

    fn read(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no age; {EXPECTED}");
        let unit = text.chars().last().ok_or_else(wrong)?;
        let seconds = match unit {
            'y' => 365 * 86_400,
            'w' => 7 * 86_400,
            'd' => 86_400,
            'h' => 3600,
            'm' => 60,
            's' => 1,
            _ => return Err(wrong()),
        };
        let count: u32 = text[..text.len() - 1].parse().map_err(|_| wrong())?;
        if u64::from(count) * seconds > 100 * 365 * 86_400 {
            return Err(format!("{text:?} is too long ago; expected a hundred years at most"));
        }
        Ok(Self(Duration::from_secs(u64::from(count) * seconds)))
    }
}

/// Parses a duration in the form of ages: `30s`, `10m`, `4h`, `90d`, `6w`, `1y`; a hundred years at most.
///
/// # Errors
/// What was expected.
pub fn span(text: &str) -> Result<Duration, String> {
    Age::read(text).map(|age| age.0).map_err(|_| {
        format!(
            "{text:?} is no length of time; expected one such as 30s, 10m, 4h, 90d, 6w or 1y, a hundred years at most"
        )
    })
}

impl<'de> Deserialize<'de> for Age {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

impl<'de> Deserialize<'de> for PastUse {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "never" => Ok(Self(None)),
            text => Age::read(text)
                .map(|age| Self(Some(age)))
                .map_err(|said| de::Error::custom(format!("{said}, or \"never\""))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_numbers_with_a_unit() {
        assert_eq!(Age::read("2d"), Ok(Age(Duration::from_secs(172_800))));
        for bad in ["", "d", "-1d", "2 d", "2ü", "99999999999y", "4294967295y"] {
            assert!(Age::read(bad).is_err(), "{bad}");
        }
    }
}
