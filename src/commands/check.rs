//! `lockroot check`: reads everything concurrently, assesses the controls, writes reports. Its connection can only
//! read.

mod output;
mod read;
mod saved;
mod timings;

use std::path::Path;

use super::config::Config;
use super::connections::ReadOnly;
use super::practice_account;
use super::recall::recalled;
use crate::account::{Caller, Facts, Question};
use crate::checks;
use crate::cli::{CheckArgs, DisplayArgs};
use crate::practice::Scenario;
use crate::report::{Drift, FailOn, Guide, Report, Saved, Selection, json};
use crate::steps::StepId;
use crate::wizard::Mode;

pub(super) use read::{Deadline, ProgressOptions, read};
pub use read::{nothing_read, read_all};
pub(super) use saved::kept_in;

const WRONG_USAGE: u8 = 2;

/// Everything prepared before the first call.
struct Order {
    config: Config,
    selection: Selection,
    fail_on: FailOn,
    saved: Option<Saved>,
    outputs: Vec<output::Output>,
}

/// Runs the check in `mode` and writes the reports. Returns the exit code.
///
/// # Errors
/// A report cannot be written.
pub async fn run(args: &CheckArgs, mode: Mode, connections: &ReadOnly, options: &DisplayArgs) -> anyhow::Result<u8> {
    let practice = mode != Mode::Live;
    let Order { config, selection, fail_on, saved, outputs } = match prepare(args, practice) {
        Ok(order) => order,
        Err(error) => return Ok(refused(&error)),
    };
    let mut questions = checks::questions_of(selection.controls());
    if args.users {
        questions.extend([Question::CredentialReport, Question::People]);
        questions.sort();
        questions.dedup();
    }
    if args.fresh {
        let asked = questions.iter_mut().find(|question| **question == Question::CredentialReport);
        asked.into_iter().for_each(|question| *question = Question::FreshCredentialReport);
    }
    let mut facts = facts(args, mode, connections, &questions).await;
    warn_about(&facts, args.quiet);
    facts.parameters = config.parameters;
    let account = facts.caller.known().map(|caller| caller.account.clone());
    let suppressions = config.suppressions(account.as_deref());
    let mut report = Report::of(&facts, practice, connections.clock().now(), &selection, &suppressions);
    report.fail_on = fail_on;
    report.users = args.users;
    report.guide = Guide { command: wizard_of(args), step: step_about };
    match compare(args, &report, saved) {
        Ok(drift) => report.drift = drift,
        Err(error) => return Ok(refused(&error)),
    }
    for output in outputs {
        output.write(&report, args.verbose > 0, options)?;
    }
    if !practice && (config.remember || is_last(args)) {
        remember(&report)?;
    }
    Ok(report.exit_code())
}

/// The command that starts the wizard on the same account.
fn wizard_of(args: &CheckArgs) -> String {
    match (&args.account.practice, &args.account.file) {
        (_, Some(file)) if practice_account::built_in(file).is_some() => {
            format!("lockroot practice {}", file.display())
        }
        (_, Some(file)) => format!("lockroot practice --scenario {}", file.display()),
        (Some(name), None) if Scenario::NAMES.contains(&name.as_str()) => format!("lockroot practice {name}"),
        (Some(name), None) => format!("lockroot practice --keep {name}"),
        (None, None) => "lockroot".to_owned(),
    }
}

/// Number of the wizard's step that fixes the control `id`.
#[must_use]
pub fn step_about(id: &str) -> Option<usize> {
    checks::control(id).and_then(|control| control.remedy.step()).map(StepId::number)
}

/// Reports a usage error.
fn refused(error: &str) -> u8 {
    eprintln!("error: {error}");
    WRONG_USAGE
}

fn is_last(args: &CheckArgs) -> bool {
    args.since.as_deref() == Some(saved::LAST)
}

/// Reads and opens all inputs and outputs, so that their errors come before any call to AWS.
fn prepare(args: &CheckArgs, practice: bool) -> Result<Order, String> {
    let config = Config::load(args.config.as_deref(), !practice)?;
    let or = |typed: &[String], set: &[String]| if typed.is_empty() { set.to_vec() } else { typed.to_vec() };
    let selection = Selection {
        only: or(&args.only, &config.selection.only),
        skip: or(&args.skip, &config.selection.skip),
        severity: args.severity.or(config.selection.severity),
    };
    selection.verify()?;
    if practice && is_last(args) {
        return Err("a practice run is not kept, so that there is no last one; name a file: --since FILE".into());
    }
    let fail_on = args.fail_on.clone().or(config.fail_on.clone()).unwrap_or_default();
    if fail_on.counts_worse() && args.since.is_none() {
        return Err("nothing can be worse without a run to compare with: add --since FILE, or --since last".into());
    }
    let file = args.since.as_deref().filter(|_| !is_last(args)).map(Path::new);
    let saved = file.map(saved::load).transpose()?;
    let outputs = output::open(args).map_err(|error| format!("{error:#}"))?;
    Ok(Order { config, selection, fail_on, saved, outputs })
}

/// Signs in and reads `questions` within `--timeout`.
async fn facts(args: &CheckArgs, mode: Mode, connections: &ReadOnly, questions: &[Question]) -> Facts {
    let progress = ProgressOptions::new(args.verbose > 1, args.quiet);
    let deadline = Deadline::from_now(args.timeout);
    let connection = match deadline.connected(connections.connect(mode), progress).await {
        Ok(connection) => connection,
        Err(failure) => return nothing_read(questions, &failure),
    };
    let facts = read(connection.account.as_ref(), questions, progress, deadline).await;
    if args.timings {
        eprint!("{}", timings::table(&connection.account.calls()));
    }
    recalled(facts, connection.journals.as_ref())
}

/// Reports a failed sign-in with its advice, or a wrong clock of this machine.
fn warn_about(facts: &Facts, quiet: bool) {
    if let Some(failure) = facts.caller.failure() {
        eprintln!("error: {failure}\nhelp: {}", failure.fault.command_line_advice());
    }
    let skew = facts.caller.known().and_then(Caller::skew_words).filter(|_| !quiet);
    skew.iter().for_each(|words| eprintln!("note: {words}"));
}

/// The changes since the saved report, if requested.
fn compare(args: &CheckArgs, report: &Report, saved: Option<Saved>) -> Result<Option<Drift>, String> {
    let Some(since) = args.since.as_deref() else { return Ok(None) };
    let Some(caller) = report.caller() else {
        eprintln!("note: nobody is signed in, so that nothing is compared");
        return Ok(None);
    };
    let saved = match saved {
        Some(saved) => saved,
        None => match saved::last(caller).filter(|path| path.exists()) {
            Some(path) => saved::load(&path)?,
            None => {
                eprintln!("note: no run on this account was kept before; the next one can be compared with this one");
                return Ok(None);
            }
        },
    };
    let verified = saved.verify(report.practice, &caller.account, caller.partition().name());
    verified.map_err(|error| format!("{since} {error}"))?;
    Ok(Some(Drift::new(&saved, &report.findings, report.facts)))
}

/// Saves this run for `--since last`. A partial run is not saved: the next one would report all other controls as
/// new.
fn remember(report: &Report) -> anyhow::Result<()> {
    if report.not_selected() > 0 {
        eprintln!("note: not kept for --since last, because not every control was selected");
        return Ok(());
    }
    match report.caller().and_then(saved::last) {
        Some(path) => saved::keep(&path, &json::write(report)),
        None => Ok(()),
    }
}
