//! Parses the name of a practice account: a built-in scenario or a kept account.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Command};

use crate::practice::Scenario;

/// In characters.
const MAX_LEN: usize = 40;

/// A name for a kept account. It becomes a folder name, and can't be a built-in scenario's, because
/// `--practice` takes both.
///
/// # Errors
/// What was expected.
pub fn kept_name(name: &str) -> Result<String, String> {
    let is_inside = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    let begins = name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
    if !begins || !name.chars().all(is_inside) || name.len() > MAX_LEN {
        return Err(format!("expected 1 to {MAX_LEN} lowercase letters, digits, - and _, such as anna"));
    }
    if Scenario::NAMES.contains(&name) {
        return Err("a built-in scenario has this name; expected another one, such as anna".into());
    }
    Ok(name.to_owned())
}

/// A built-in scenario or a kept account. Completions offer the scenarios, with their titles.
#[derive(Debug, Clone, Copy)]
pub(super) struct PracticeName;

impl TypedValueParser for PracticeName {
    type Value = String;

    fn parse_ref(&self, cmd: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<String, clap::Error> {
        let parse = |text: &str| match Scenario::NAMES.contains(&text) {
            true => Ok(text.to_owned()),
            false => kept_name(text).map_err(|_| {
                let scenarios = Scenario::NAMES.join(", ");
                format!("expected a scenario ({scenarios}) or the name of a kept account")
            }),
        };
        TypedValueParser::parse_ref(&parse, cmd, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let titled = |name: &&'static str| {
            let title = Scenario::named(name).map(|scenario| scenario.title().to_owned()).unwrap_or_default();
            PossibleValue::new(*name).help(title)
        };
        Some(Box::new(Scenario::NAMES.iter().map(titled)))
    }
}
