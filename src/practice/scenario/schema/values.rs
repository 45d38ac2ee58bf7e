//! Single values of a scenario file: defaults and rules.

use std::ops::RangeInclusive;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use toml::Spanned;

use super::super::age::PastUse;
use super::{AccountId, SignedInAs};
use crate::account::{PasswordPolicy, contact};
use crate::practice::rules;

pub(super) fn selectors<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<serde_json::Value>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let list = serde_json::from_str(&text).ok().filter(serde_json::Value::is_array);
    let wrong = || de::Error::custom("advanced_selectors is no list in JSON; expected AWS's AdvancedEventSelectors");
    list.map(Some).ok_or_else(wrong)
}

pub(super) fn never() -> Spanned<PastUse> {
    Spanned::new(0..0, PastUse::default())
}

pub(super) fn root_login() -> Spanned<SignedInAs> {
    Spanned::new(0..0, SignedInAs::RootLogin)
}

pub(in crate::practice::scenario) fn yes() -> bool {
    true
}

pub(super) fn s3() -> String {
    "s3".to_owned()
}

pub(in crate::practice::scenario) fn us_east_1() -> String {
    "us-east-1".to_owned()
}

impl<'de> Deserialize<'de> for AccountId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self(text))
        } else {
            Err(de::Error::custom(format!("{text:?} is no account id; expected twelve digits")))
        }
    }
}

impl<'de> Deserialize<'de> for SignedInAs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match (text.as_str(), text.strip_prefix("user:")) {
            ("root-login", _) => Ok(Self::RootLogin),
            ("root-key", _) => Ok(Self::RootKey),
            (_, Some(name)) => Ok(Self::User(name.to_owned())),
            _ => Err(de::Error::custom(format!(
                "{text:?} is nobody; expected \"root-login\", \"root-key\" or \"user:NAME\""
            ))),
        }
    }
}

impl Serialize for SignedInAs {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::RootLogin => serializer.serialize_str("root-login"),
            Self::RootKey => serializer.serialize_str("root-key"),
            Self::User(name) => serializer.collect_str(&format_args!("user:{name}")),
        }
    }
}

pub(super) fn alias<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    rules::ALIAS.check("AccountAlias", &text).map_err(|_| {
        de::Error::custom(format!(
            "{text:?} is no account alias; expected 3 to 63 small letters, digits and single hyphens, none at an end"
        ))
    })?;
    Ok(Some(text))
}

/// Source: Organizations API, `Organization.Id`.
pub(super) fn organization_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    let rest = text.strip_prefix("o-").unwrap_or_default();
    let is_good = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit();
    if (10..=32).contains(&rest.len()) && rest.bytes().all(is_good) {
        return Ok(text);
    }
    let expected = "expected \"o-\" and 10 to 32 small letters and digits";
    Err(de::Error::custom(format!("{text:?} is no organization's id; {expected}")))
}

/// A text without a `problem`.
fn sound<'de, D: Deserializer<'de>>(
    deserializer: D,
    problem: fn(&str) -> Option<String>,
    what: &str,
) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    match problem(&text) {
        None => Ok(text),
        Some(problem) => Err(de::Error::custom(format!("{text:?} can't be {what}: {problem}"))),
    }
}

pub(super) fn contact_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    sound(deserializer, contact::name_problem, "a contact's name")
}

pub(super) fn contact_title<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    sound(deserializer, contact::title_problem, "a contact's title")
}

pub(super) fn contact_email<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    sound(deserializer, contact::email_problem, "an e-mail address")
}

pub(super) fn contact_phone<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    sound(deserializer, contact::phone_problem, "a phone number")
}

fn within<'de, D: Deserializer<'de>>(deserializer: D, range: &RangeInclusive<u32>) -> Result<u32, D::Error> {
    let number = i64::deserialize(deserializer)?;
    let fits = u32::try_from(number).ok().filter(|number| range.contains(number));
    fits.ok_or_else(|| {
        de::Error::custom(format!("AWS does not take {number}; expected {} to {}", range.start(), range.end()))
    })
}

pub(super) fn length<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    within(deserializer, &PasswordPolicy::LENGTH)
}

pub(super) fn per_thousand<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    let number = i64::deserialize(deserializer)?;
    let fits = u16::try_from(number).ok().filter(|number| *number <= 1000);
    fits.ok_or_else(|| de::Error::custom(format!("{number} of a thousand can't be; expected 0 to 1000")))
}

pub(super) fn max_age<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    within(deserializer, &PasswordPolicy::AGE).map(Some)
}

pub(super) fn reuse<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    within(deserializer, &PasswordPolicy::REUSE).map(Some)
}
