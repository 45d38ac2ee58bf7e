//! `practice --list` and `practice --forget NAME`.

use std::fs;
use std::time::Duration;

use super::{KeptAccount, KeptAccounts, Unusable};
use crate::account::SecondWay;
use crate::account::moment::minute;
use crate::checks::Assessments;
use crate::clock::Clock;
use crate::commands::check::read_all;
use crate::commands::connections::connection_to;
use crate::commands::lesson;
use crate::commands::recall::recalled;
use crate::practice::Scenario;
use crate::steps::ending::Score;

/// Timeout per account, which may have been made slow on purpose.
const MAX_WAIT: Duration = Duration::from_secs(10);

/// Column headings.
const HEAD: [&str; 7] = ["NAME", "SCENARIO", "MADE (UTC)", "LAST USED (UTC)", "RUNS", "STEPS", "GOALS"];

type Row = [String; HEAD.len()];

/// All scenarios and kept accounts as text. Each kept account is read for its progress.
pub async fn list(accounts: &KeptAccounts) -> String {
    let width = Scenario::NAMES.iter().map(|name| name.len()).max().unwrap_or(0);
    let titled = |name: &&str| {
        let title = Scenario::named(name).map(|scenario| scenario.title().to_owned()).unwrap_or_default();
        format!("  {name:width$}  {title}\n")
    };
    let scenarios: String = Scenario::NAMES.iter().map(titled).collect();
    format!("Scenarios (lockroot practice SCENARIO):\n{scenarios}\n{}", kept(accounts).await)
}

async fn kept(accounts: &KeptAccounts) -> String {
    let names = accounts.names();
    if names.is_empty() {
        return "No practice account is kept. Keep one: lockroot practice --keep NAME\n".into();
    }
    let mut rows: Vec<Row> = vec![HEAD.map(str::to_owned)];
    for name in names {
        rows.push(row(accounts, name).await);
    }
    let widths: [usize; HEAD.len()] =
        std::array::from_fn(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0));
    let line = |row: &Row| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        format!("  {}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    let table: String = rows.iter().map(line).collect();
    format!("Kept practice accounts (lockroot practice --keep NAME, lockroot check --practice NAME):\n{table}")
}

async fn row(accounts: &KeptAccounts, name: String) -> Row {
    let mut row = Row::default();
    let clock = Clock::movable();
    match accounts.read(&name, &clock) {
        Ok(kept) => {
            let header = &kept.header;
            (row[1], row[2], row[3]) = (header.scenario.clone(), minute(header.made), minute(header.used()));
            row[4] = header.runs.len().to_string();
            let progress = tokio::time::timeout(MAX_WAIT, progress(&kept, &clock)).await;
            (row[5], row[6]) = progress.unwrap_or_else(|_| ("not read".into(), String::new()));
        }
        Err(_) => row[1] = "can't be read".into(),
    }
    row[0] = name;
    row
}

/// Numbers of done steps and met goals.
async fn progress(kept: &KeptAccount, clock: &Clock) -> (String, String) {
    let facts = read_all(connection_to(&kept.practice, clock).account.as_ref()).await;
    let facts = recalled(facts, kept.journals.as_ref());
    let assessed = Assessments::of(&facts);
    let score = Score::of(&assessed, &facts);
    let (lesson, _) = lesson::of_kept(&kept.header.lesson);
    let proven = facts.second_way.as_ref().is_some_and(SecondWay::is_proof);
    let met = lesson.goals.iter().filter(|goal| goal.is_met(&assessed, &facts, proven)).count();
    (format!("{} of {}", score.done, score.all), format!("{met} of {}", lesson.goals.len()))
}

/// Deletes the account called `name` and its journals.
///
/// # Errors
/// It does not exist, is in use, or cannot be deleted.
pub fn forget(accounts: &KeptAccounts, name: &str) -> Result<(), Unusable> {
    if !accounts.has(name) {
        return Err(Unusable::new(format!("no practice account is kept as {name}"), "see `lockroot practice --list`"));
    }
    let claim = accounts.claim(name)?;
    let folder = accounts.folder_of(name);
    // Delete the account's file first: without it, the rest is no kept account.
    let gone = fs::remove_file(accounts.file(name)).and_then(|()| {
        drop(claim);
        fs::remove_dir_all(&folder)
    });
    gone.map_err(|error| Unusable::new(format!("{}: {error}", folder.display()), "remove the folder by hand"))
}
