//! The configuration file: suppressions, and defaults for `check`. Unknown entries are errors with their position.

mod parameters;

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use time::{Date, Month};
use toml::Spanned;
use toml::value::Datetime;

use super::folders;
use crate::account::Parameters;
use crate::checks::Severity;
use crate::report::{FailOn, Selection, Suppression, selection};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    /// Selected controls.
    pub selection: Selection,
    /// What makes the exit code nonzero.
    pub fail_on: Option<FailOn>,
    /// Whether to save each run for `--since last`.
    pub remember: bool,
    /// Thresholds of controls.
    pub parameters: Parameters,
    suppressions: Vec<(Option<String>, Suppression)>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    check: Check,
    #[serde(default)]
    parameters: parameters::Table,
    #[serde(default)]
    suppress: Vec<Suppress>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Check {
    #[serde(default)]
    only: Vec<Spanned<String>>,
    #[serde(default)]
    skip: Vec<Spanned<String>>,
    severity: Option<Spanned<String>>,
    fail_on: Option<Spanned<String>>,
    #[serde(default)]
    remember: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Suppress {
    id: Spanned<String>,
    reason: Spanned<String>,
    owner: Spanned<String>,
    until: Spanned<Datetime>,
    account: Option<Spanned<String>>,
}

impl Config {
    /// Reads the file `named`, else the file in the user's folder, if it exists and `own` allows it.
    ///
    /// # Errors
    /// File, line, column, and what was expected.
    pub fn load(named: Option<&Path>, own: bool) -> Result<Self, String> {
        let usual =
            || folders::config().ok().map(|folder| folder.join("config.toml")).filter(|path| own && path.exists());
        let Some(path): Option<PathBuf> = named.map(Path::to_owned).or_else(usual) else {
            return Ok(Self::default());
        };
        let text = super::text_file::read(&path).map_err(|error| format!("can't read {}: {error}", path.display()))?;
        Self::parse(&text).map_err(|error| format!("{}:{error}", path.display()))
    }

    /// Parses a configuration.
    ///
    /// # Errors
    /// `LINE:COLUMN: what was expected`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let at = |span: Option<Range<usize>>, what: &str| format!("{}: {what}", place(text, span));
        let file: File = toml::from_str(text).map_err(|error| at(error.span(), error.message()))?;
        let ids = |ids: Vec<Spanned<String>>| -> Result<Vec<String>, String> {
            ids.into_iter().map(|id| id_of(&id).map_err(|error| at(Some(id.span()), &error))).collect()
        };
        let severity = file.check.severity.map(|word| {
            Severity::of_word(word.get_ref())
                .ok_or_else(|| at(Some(word.span()), "expected critical, high, medium or low"))
        });
        let fail_on = file
            .check
            .fail_on
            .map(|words| FailOn::parse(words.get_ref()).map_err(|error| at(Some(words.span()), &error)));
        let selection =
            Selection { only: ids(file.check.only)?, skip: ids(file.check.skip)?, severity: severity.transpose()? };
        let parameters = file.parameters.read().map_err(|(span, what)| at(Some(span), &what))?;
        let suppressions =
            file.suppress.into_iter().map(|entry| entry.read().map_err(|(span, what)| at(Some(span), &what)));
        Ok(Self {
            selection,
            fail_on: fail_on.transpose()?,
            remember: file.check.remember,
            parameters,
            suppressions: suppressions.collect::<Result<_, _>>()?,
        })
    }

    /// The suppressions for `account`, and those without an account.
    #[must_use]
    pub fn suppressions(&self, account: Option<&str>) -> Vec<Suppression> {
        let meant = self.suppressions.iter().filter(|(only, _)| only.is_none() || only.as_deref() == account);
        meant.map(|(_, suppression)| suppression.clone()).collect()
    }
}

impl Suppress {
    fn read(self) -> Result<(Option<String>, Suppression), (Range<usize>, String)> {
        let id = id_of(&self.id).map_err(|error| (self.id.span(), error))?;
        for (text, what) in [(&self.reason, "why this is accepted"), (&self.owner, "who answers for it")] {
            if text.get_ref().trim().is_empty() {
                return Err((text.span(), format!("expected {what}")));
            }
        }
        let until = date(self.until.get_ref())
            .ok_or_else(|| (self.until.span(), "expected a date without a time, such as 2027-01-31".to_owned()))?;
        let is_account = |text: &str| text.len() == 12 && text.chars().all(|c| c.is_ascii_digit());
        if let Some(account) = self.account.as_ref().filter(|account| !is_account(account.get_ref())) {
            return Err((account.span(), "expected an account's twelve digits, in quotation marks".to_owned()));
        }
        let suppression = Suppression { id, reason: self.reason.into_inner(), owner: self.owner.into_inner(), until };
        Ok((self.account.map(Spanned::into_inner), suppression))
    }
}

fn id_of(id: &Spanned<String>) -> Result<String, String> {
    selection::known(id.get_ref()).map(|()| id.get_ref().clone())
}

fn date(moment: &Datetime) -> Option<Date> {
    let date = moment.date.filter(|_| moment.time.is_none() && moment.offset.is_none())?;
    Date::from_calendar_date(i32::from(date.year), Month::try_from(date.month).ok()?, date.day).ok()
}

/// `LINE:COLUMN` of the start of `span`, both from 1, columns in characters.
fn place(text: &str, span: Option<Range<usize>>) -> String {
    let before = span.and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("{line}:{column}")
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    const WHOLE: &str = r#"
[check]
skip = ["billing-contact"]
severity = "medium"
fail_on = "fail:high"
remember = true

[parameters]
unused_days = 30
password_expiry_days = 180

[[suppress]]
id = "root-mfa"
reason = "the safe is being delivered"
owner = "dana@example.com"
until = 2026-12-31

[[suppress]]
id = "password-policy"
account = "123456789012"
reason = "nobody has a password"
owner = "eli"
until = 2027-01-31
"#;

    #[test]
    fn every_setting_is_read() {
        let config = Config::parse(WHOLE).unwrap();
        assert_eq!(config.selection.skip, ["billing-contact"]);
        assert_eq!(config.selection.severity, Some(Severity::Medium));
        assert_eq!(config.fail_on, Some(FailOn::parse("fail:high").unwrap()));
        assert!(config.remember);
        let set = Parameters { unused_days: 30, password_expiry_days: Some(180), ..Parameters::default() };
        assert_eq!(config.parameters, set);
        let of = |account| config.suppressions(account).into_iter().map(|s| s.id).collect::<Vec<_>>();
        assert_eq!(of(Some("123456789012")), ["root-mfa", "password-policy"]);
        assert_eq!(of(Some("210987654321")), ["root-mfa"]);
        assert_eq!(of(None), ["root-mfa"]);
        assert_eq!(config.suppressions(None)[0].until, date!(2026 - 12 - 31));
        assert_eq!(Config::parse("").unwrap(), Config::default());
    }

    #[test]
    fn configuration_errors_have_line_column_and_expectation() {
        let suppress = |line: &str| {
            let mut lines =
                vec!["[[suppress]]", "id = \"root-mfa\"", "reason = \"r\"", "owner = \"o\"", "until = 2027-01-31"];
            let field = line.split(' ').next().unwrap();
            lines.retain(|kept| !kept.starts_with(field));
            format!("{}\n{line}\n", lines.join("\n"))
        };
        for (text, begins, says) in [
            ("[check]\nskipp = []".to_owned(), "2:1: ", "unknown field `skipp`"),
            ("[check]\n  skip = [\"root-mfaa\"]".to_owned(), "2:11: ", "near to it: root-mfa"),
            ("[check]\nseverity = \"urgent\"".to_owned(), "2:12: ", "expected critical, high, medium or low"),
            ("[check]\nfail_on = \"fial\"".to_owned(), "2:11: ", "\"fial\" is not understood"),
            ("[parameters]\nunused_days = 0".to_owned(), "2:15: ", "expected a number from 1 to 3650"),
            ("[parameters]\npassword_length = 5".to_owned(), "2:19: ", "expected a number from 6 to 128"),
            ("[parameters]\nunused = 5".to_owned(), "2:1: ", "unknown field `unused`"),
            ("[check\n".to_owned(), "1:7: ", ""),
            (suppress("id = \"nobody\""), "5:6: ", "no control is called \"nobody\""),
            (suppress("until = \"tomorrow\""), "5:9: ", ""),
            (suppress("until = 2027-01-31T00:00:00Z"), "5:9: ", "expected a date without a time"),
            (suppress("reason = \" \""), "5:10: ", "expected why this is accepted"),
            (suppress("owner = \"\""), "5:9: ", "expected who answers for it"),
            (suppress("account = \"12\""), "6:11: ", "twelve digits"),
            ("[[suppress]]\nid = \"root-mfa\"".to_owned(), "1:1: ", "missing field"),
        ] {
            let error = Config::parse(&text).unwrap_err();
            assert!(error.starts_with(begins) && error.contains(says), "{text}\n{error}");
        }
    }
}
