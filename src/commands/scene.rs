//! Which practice account is opened: a built-in scenario or a file, with the faults that were asked for.

use std::io::ErrorKind;
use std::path::Path;

use crate::cli::Mishap;
use crate::clock::Clock;
use crate::practice::{Practice, Scenario, ScenarioError};

/// A practice account and what the screen and the reports call its scenario.
#[derive(Debug)]
pub struct Scene {
    /// A built-in scenario's name, or the file's without its ending.
    pub name: String,
    /// The account.
    pub practice: Practice,
}

/// Opens the scenario in `file`, which can also be the name of a built-in one, or the built-in one called `name`.
///
/// # Errors
/// Why the scenario can't be used: file, line, and what was expected there.
pub fn open(name: &str, file: Option<&Path>, faults: Vec<Mishap>, clock: &Clock) -> Result<Scene, ScenarioError> {
    let (name, scenario) = match file {
        Some(path) if built_in(path).is_none() => read(path)?,
        _ => {
            let name = file.and_then(built_in).unwrap_or(name);
            (name.to_owned(), Scenario::named(name)?)
        }
    };
    let practice = Practice::new(scenario, clock.clone());
    for fault in faults {
        match fault {
            Mishap::Times(fault) => practice.inject(fault),
            Mishap::Chance(chaos) => practice.shake(chaos),
        }
    }
    Ok(Scene { name, practice })
}

/// The built-in scenario of that name. A file that is called so comes first.
pub(super) fn built_in(path: &Path) -> Option<&'static str> {
    Scenario::NAMES.iter().copied().find(|name| Path::new(name) == path && !path.is_file())
}

fn read(path: &Path) -> Result<(String, Scenario), ScenarioError> {
    let origin = path.display().to_string();
    let text = super::text_file::read(path).map_err(|error| ScenarioError {
        origin: origin.clone(),
        line: None,
        expected: match error.kind() {
            // Only a bare word can have been meant as a name.
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
