//! `practice --list` and `practice --forget NAME`.

use std::fs;

use super::{Shelf, Unusable};
use crate::account::moment::rfc3339;
use crate::practice::Scenario;

/// All scenarios and all kept accounts, as text.
#[must_use]
pub fn list(shelf: &Shelf) -> String {
    let width = Scenario::NAMES.iter().map(|name| name.len()).max().unwrap_or(0);
    let titled = |name: &&str| {
        let title = Scenario::named(name).map(|scenario| scenario.title().to_owned()).unwrap_or_default();
        format!("  {name:width$}  {title}\n")
    };
    let scenarios: String = Scenario::NAMES.iter().map(titled).collect();
    format!("Scenarios (lockroot practice SCENARIO):\n{scenarios}\n{}", kept(shelf))
}

fn kept(shelf: &Shelf) -> String {
    let names = shelf.names();
    if names.is_empty() {
        return "No practice account is kept. Keep one: lockroot practice --keep NAME\n".into();
    }
    let rows: Vec<[String; 5]> = names.into_iter().map(|name| row(shelf, name)).collect();
    let head = ["NAME", "SCENARIO", "MADE (UTC)", "LAST USED (UTC)", "RUNS"].map(str::to_owned);
    let all: Vec<&[String; 5]> = std::iter::once(&head).chain(&rows).collect();
    let widths = [0, 1, 2, 3, 4].map(|column| all.iter().map(|row| row[column].chars().count()).max().unwrap_or(0));
    let line = |row: &&[String; 5]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        format!("  {}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    let table: String = all.iter().map(line).collect();
    format!("Kept practice accounts (lockroot practice --keep NAME, lockroot check --practice NAME):\n{table}")
}

fn row(shelf: &Shelf, name: String) -> [String; 5] {
    match shelf.header(&name) {
        Ok(header) => {
            let [made, used] = [header.made, header.used()].map(|at| rfc3339(at).replace('T', " ")[..16].to_owned());
            [name, header.scenario.clone(), made, used, header.runs.len().to_string()]
        }
        Err(_) => [name, "can't be read".into(), String::new(), String::new(), String::new()],
    }
}

/// Removes the account called `name` with all that is remembered of it.
///
/// # Errors
/// There is none, it is in use, or it can't be removed.
pub fn forget(shelf: &Shelf, name: &str) -> Result<(), Unusable> {
    if !shelf.has(name) {
        return Err(Unusable::new(format!("no practice account is kept as {name}"), "see `lockroot practice --list`"));
    }
    let claim = shelf.claim(name)?;
    let folder = shelf.folder_of(name);
    // First what makes it an account: if the rest stays, it is none any more.
    let gone = fs::remove_file(shelf.file(name)).and_then(|()| {
        drop(claim);
        fs::remove_dir_all(&folder)
    });
    gone.map_err(|error| Unusable::new(format!("{}: {error}", folder.display()), "remove the folder by hand"))
}
