//! The arguments of `lockroot check` and their help.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Args, Command, ValueEnum};

use super::AccountArgs;
use crate::checks::{CONTROLS, Severity};
use crate::report::{FailOn, Report, csv, html, json, junit, markdown, ocsf, selection, text};

/// Options of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The account.
    #[command(flatten)]
    pub account: AccountArgs,
    /// Format of the report; by default the file's ending decides, else text
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// Write the report to FILE or FORMAT=FILE (- is standard output); can be repeated
    #[arg(long, short, value_name = "[FORMAT=]FILE")]
    pub output: Vec<String>,
    /// Only these controls, separated by commas
    #[arg(long, value_name = "ID,...", value_delimiter = ',', value_parser = ControlId, hide_possible_values = true)]
    pub only: Vec<String>,
    /// All except these controls, separated by commas
    #[arg(long, value_name = "ID,...", value_delimiter = ',', value_parser = ControlId, hide_possible_values = true)]
    pub skip: Vec<String>,
    /// Only controls of this severity and worse: critical, high, medium, low
    #[arg(long, value_name = "LEVEL", value_parser = severity)]
    pub severity: Option<Severity>,
    /// What makes the exit code 1 or 3, such as fail,unknown (the default), fail:high, worse or never
    #[arg(long, value_name = "WHAT,...", value_parser = FailOn::parse)]
    pub fail_on: Option<FailOn>,
    /// Configuration file with suppressions and defaults, instead of your lockroot/config.toml
    #[arg(long, value_name = "PATH")]
    pub config: Option<PathBuf>,
    /// Show what got better and worse since a saved JSON report, or since the `last` run
    #[arg(long, value_name = "FILE|last")]
    pub since: Option<String>,
    /// Show on standard error how long each call took, its waits and retries, and the critical path
    #[arg(long)]
    pub timings: bool,
    /// How long to wait for AWS in total; missing answers are unknown
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub timeout: Duration,
    /// Print only errors, and write the files of --output
    #[arg(long, short, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Show every control with its reason, evidence and fix; -vv also shows each call on standard error as it ends
    #[arg(long, short, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// Add a table of all users: password, MFA, keys, last use, groups, direct policies, findings
    #[arg(long)]
    pub users: bool,
    /// Ask AWS for a new credential report first; it makes one every four hours at most
    #[arg(long)]
    pub fresh: bool,
}

/// A format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// One JSON object, schema lockroot.check/1
    Json,
    /// Markdown, for tickets and wikis
    Markdown,
    /// One HTML file that needs nothing else, for reading and printing
    Html,
    /// A row for each control
    Csv,
    /// OCSF Compliance Findings, for security data lakes
    Ocsf,
    /// JUnit XML, for CI servers
    Junit,
}

impl Format {
    /// The format called `name`.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::from_str(name, false).ok()
    }

    /// Writes `report`. `style` applies to text only.
    #[must_use]
    pub fn write(self, report: &Report, style: text::Style) -> String {
        match self {
            Self::Text => text::write(report, style),
            Self::Json => json::write(report),
            Self::Markdown => markdown::write(report),
            Self::Html => html::write(report),
            Self::Csv => csv::write(report),
            Self::Ocsf => ocsf::write(report),
            Self::Junit => junit::write(report),
        }
    }

    /// The format for the extension of `name`, if known.
    #[must_use]
    pub fn of_file(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let endings = [
            (".ocsf.json", Self::Ocsf),
            (".json", Self::Json),
            (".md", Self::Markdown),
            (".markdown", Self::Markdown),
            (".html", Self::Html),
            (".htm", Self::Html),
            (".csv", Self::Csv),
            (".xml", Self::Junit),
            (".txt", Self::Text),
        ];
        endings.into_iter().find(|(ending, _)| name.ends_with(ending)).map(|(_, format)| format)
    }
}

/// A control's id; an unknown one is answered with similar ids. Completions offer all ids with their titles.
#[derive(Debug, Clone, Copy)]
pub(super) struct ControlId;

impl TypedValueParser for ControlId {
    type Value = String;

    fn parse_ref(&self, cmd: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<String, clap::Error> {
        let parse = |text: &str| selection::known(text.trim()).map(|()| text.trim().to_owned());
        TypedValueParser::parse_ref(&parse, cmd, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(CONTROLS.iter().map(|control| PossibleValue::new(control.id).help(control.title))))
    }
}

pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    let number = text.parse().ok().filter(|number| (1..=3600).contains(number));
    number.map(Duration::from_secs).ok_or_else(|| "expected a number of seconds, 1 to 3600".to_owned())
}

fn severity(text: &str) -> Result<Severity, String> {
    Severity::of_word(text).ok_or_else(|| "expected critical, high, medium or low".to_owned())
}
