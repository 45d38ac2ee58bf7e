//! Opens a practice account from a built-in scenario, a file or a kept account, with the requested faults.

use std::fmt;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use super::kept::{KeptAccounts, Unusable};
use super::lesson;
use super::state_folder::StateFolder;
use crate::cli::FaultArg;
use crate::clock::Clock;
use crate::lesson::Lesson;
use crate::practice::{Practice, Scenario, ScenarioError};

/// A practice account with its name for screen and reports.
#[derive(Debug)]
pub struct PracticeAccount {
    /// A built-in scenario's name, or a file's name without extension. A kept account's own name comes first.
    pub name: String,
    pub practice: Practice,
    /// Journals of a kept account; `None` for one that ends with the program.
    pub journals: Option<Arc<StateFolder>>,
    pub lesson: Lesson,
}

/// Why the practice account cannot be opened; a usage error.
#[derive(Debug)]
pub enum PracticeAccountError {
    Scenario(ScenarioError),
    Kept(Unusable),
}

impl fmt::Display for PracticeAccountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scenario(error) => write!(f, "{error}\nhelp: docs/scenarios.md says what a scenario may hold"),
            Self::Kept(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for PracticeAccountError {}

impl From<Unusable> for PracticeAccountError {
    fn from(error: Unusable) -> Self {
        Self::Kept(error)
    }
}

impl From<ScenarioError> for PracticeAccountError {
    fn from(error: ScenarioError) -> Self {
        Self::Scenario(error)
    }
}

/// Opens the scenario in `file` (a path or built-in name), or else `name`: a built-in scenario or a kept account,
/// which is only read.
///
/// # Errors
/// Why it cannot be used: file, line, and what was expected.
pub fn open(name: &str, file: Option<&Path>, clock: &Clock) -> Result<PracticeAccount, PracticeAccountError> {
    if file.is_none() && !Scenario::NAMES.contains(&name) {
        return kept(name, clock);
    }
    let (name, scenario, _) = scenario(name, file)?;
    let lesson = lesson::of_table(&scenario.lesson(), &name)?;
    Ok(PracticeAccount { name, practice: Practice::new(scenario, clock.clone()), journals: None, lesson })
}

fn kept(name: &str, clock: &Clock) -> Result<PracticeAccount, PracticeAccountError> {
    let accounts = KeptAccounts::of_this_user()?;
    if !accounts.has(name) {
        let kept = match accounts.names().as_slice() {
            [] => "no account is kept".to_owned(),
            names => format!("kept accounts: {}", names.join(", ")),
        };
        let what = format!("there is no scenario and no kept practice account called {name}");
        let help =
            format!("scenarios: {}; {kept}; keep one: lockroot practice --keep {name}", Scenario::NAMES.join(", "));
        return Err(Unusable { what, help }.into());
    }
    let kept = accounts.read(name, clock)?;
    let (lesson, _) = lesson::of_kept(&kept.header.lesson);
    let name = called(&kept.header.scenario, name);
    Ok(PracticeAccount { name, practice: kept.practice, journals: Some(kept.journals), lesson })
}

/// A kept account's name on screen and in reports.
pub(super) fn called(scenario: &str, kept_as: &str) -> String {
    format!("{kept_as} ({scenario})")
}

/// The scenario in `file`, or the built-in one called `name`. Returns its name, and whether it came from a file.
///
/// # Errors
/// Why it cannot be used.
pub(super) fn scenario(name: &str, file: Option<&Path>) -> Result<(String, Scenario, bool), ScenarioError> {
    match file {
        Some(path) if built_in(path).is_none() => read(path).map(|(name, scenario)| (name, scenario, true)),
        _ => {
            let name = file.and_then(built_in).unwrap_or(name);
            Ok((name.to_owned(), Scenario::named(name)?, false))
        }
    }
}

/// Adds the faults.
pub(super) fn shake(practice: &Practice, faults: Vec<FaultArg>) {
    for fault in faults {
        match fault {
            FaultArg::Times(fault) => practice.inject(fault),
            FaultArg::Chance(chaos) => practice.shake(chaos),
        }
    }
}

/// The built-in scenario of this name. A file of the same name wins.
pub(super) fn built_in(path: &Path) -> Option<&'static str> {
    Scenario::NAMES.iter().copied().find(|name| Path::new(name) == path && !path.is_file())
}

fn read(path: &Path) -> Result<(String, Scenario), ScenarioError> {
    let origin = path.display().to_string();
    let text = super::text_file::read(path).map_err(|error| ScenarioError {
        origin: origin.clone(),
        line: None,
        expected: match error.kind() {
            // Only a bare word can be meant as a scenario's name.
            ErrorKind::NotFound if path.components().count() == 1 => {
                format!(
                    "there is no such file, and no scenario of that name; there are: {}",
                    Scenario::NAMES.join(", ")
                )
            }
            _ => format!("can't be read: {error}"),
        },
    })?;
    let name = path.file_stem().map_or_else(|| origin.clone(), |stem| stem.to_string_lossy().into_owned());
    Ok((name, Scenario::parse(&origin, &text)?))
}
