//! The `lockroot` program: reads the command line, runs the command, ends with its exit code.

#![forbid(unsafe_code)]

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use clap::{CommandFactory, Parser};
use lockroot::aws::{MfaCode, Target};
use lockroot::cli::{AccountArgs, BreakGlassArgs, CheckArgs, Cli, Command, DisplayArgs, ReportArgs, SessionArgs};
use lockroot::clock::Clock;
use lockroot::commands::connections::{Connections, ReadOnly};
use lockroot::commands::{
    break_glass, bugs, check, core_dumps, credential_report, doctor, explain, mfa_code, practice, practice_account,
    standard_output, wizard,
};
use lockroot::wizard::Mode;

/// The exit code that shells use for a program ended by Ctrl-C (128 + SIGINT).
const INTERRUPTED: u8 = 130;

const WRONG_USAGE: u8 = 2;

/// The error of `report` without a format.
const REPORT_FORMATS: &str = "\
error: `lockroot report` saves AWS's credential report, and no format was named
formats:
  --csv    a row for each user, exactly as AWS gives it
help: lockroot report --csv -o credentials.csv
help: for the findings as text, JSON, Markdown, HTML, CSV, OCSF or JUnit: lockroot check --format FORMAT";

/// Time limit for work that can't be stopped when the program ends, such as a write to a drive that does not answer.
const LAST_WAIT: Duration = Duration::from_secs(2);

fn main() -> ExitCode {
    bugs::end_at_once();
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("error: the program can't be set up: {error}");
            return ExitCode::FAILURE;
        }
    };
    let code = runtime.block_on(start());
    runtime.shutdown_timeout(LAST_WAIT);
    code
}

async fn start() -> ExitCode {
    if let Err(error) = core_dumps::forbid() {
        eprintln!("warning: core dumps could not be switched off, so a crash may write what is in memory: {error}");
    }
    match run(Cli::parse()).await {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            // If standard error is closed, the exit code is all that is left.
            let _ = writeln!(std::io::stderr(), "error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> anyhow::Result<u8> {
    let Cli { command, session, options } = cli;
    let SessionArgs { profile, region, endpoint_url, mfa_code } = session;
    let mfa_code = mfa_code.map(MfaCode::new).unwrap_or_default();
    let mut target = Target { profile, region, endpoint_url, mfa_code };
    if is_live(command.as_ref()) {
        mfa_code::ask(&mut target).await?;
    }
    let connections = Connections::new(target, Clock::movable());
    match command {
        None => wizard::run(Mode::Live, connections, &options).await,
        Some(Command::Practice(args)) => practice::run(args, connections, &options).await,
        Some(Command::Check(args)) => until_interrupted(examine(args, connections, &options)).await,
        Some(Command::BreakGlass(args)) => until_interrupted(write_sheet(&args, connections)).await,
        Some(Command::Explain { id }) => explain::run(id.as_deref()),
        Some(Command::Report(args)) => until_interrupted(save_report(&args, connections)).await,
        Some(Command::Doctor { offline }) => until_interrupted(doctor::run(&connections, &options, offline)).await,
        Some(Command::Completions { shell }) => {
            // Generated in memory first, because the generator panics if a write fails.
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "lockroot", &mut script);
            standard_output::write(&script)
        }
        Some(Command::Man { dir: None }) => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command()).render(&mut page)?;
            standard_output::write(&page)
        }
        Some(Command::Man { dir: Some(folder) }) => {
            let written = clap_mangen::generate_to(Cli::command(), &folder);
            written.with_context(|| format!("can't write the manual pages to {}", folder.display()))?;
            Ok(0)
        }
    }
}

/// Runs `command` until it ends, or Ctrl-C ends it.
async fn until_interrupted(command: impl Future<Output = anyhow::Result<u8>>) -> anyhow::Result<u8> {
    tokio::select! {
        // Biased, so that Ctrl-C is caught before the first connection.
        biased;
        _ = tokio::signal::ctrl_c() => Ok(INTERRUPTED),
        code = command => code,
    }
}

/// Whether the command asks AWS, with the session of the command line.
fn is_live(command: Option<&Command>) -> bool {
    match command {
        None => true,
        Some(Command::Check(args)) => args.account.is_live(),
        Some(Command::Report(args)) => args.names_a_format() && args.account.is_live(),
        Some(Command::BreakGlass(args)) => args.account.is_live(),
        Some(
            Command::Practice(_)
            | Command::Explain { .. }
            | Command::Doctor { .. }
            | Command::Completions { .. }
            | Command::Man { .. },
        ) => false,
    }
}

/// The account that a command reads.
struct Opened {
    mode: Mode,
    connections: ReadOnly,
    /// The configuration file with the accepted risks of a kept practice account.
    configuration: Option<PathBuf>,
}

/// Opens the account that the command line names. `None`: there is no such practice account, and standard error says why.
fn open(account: &AccountArgs, connections: Connections) -> Option<Opened> {
    if account.is_live() {
        return Some(Opened { mode: Mode::Live, connections: connections.read_only(), configuration: None });
    }
    let name = account.practice.as_deref().unwrap_or_default();
    match practice_account::open(name, account.file.as_deref(), &connections.clock) {
        Ok(account) => Some(Opened {
            mode: Mode::Practice { scenario: account.name.clone() },
            configuration: account.journals.as_ref().and_then(|journals| journals.configuration()),
            connections: connections.to_practice_account(account).read_only(),
        }),
        Err(error) => {
            eprintln!("error: {error}");
            None
        }
    }
}

async fn examine(mut args: Box<CheckArgs>, connections: Connections, options: &DisplayArgs) -> anyhow::Result<u8> {
    let Some(opened) = open(&args.account, connections) else { return Ok(WRONG_USAGE) };
    args.config = args.config.or(opened.configuration);
    check::run(&args, opened.mode, &opened.connections, options).await
}

async fn write_sheet(args: &BreakGlassArgs, connections: Connections) -> anyhow::Result<u8> {
    let Some(opened) = open(&args.account, connections) else { return Ok(WRONG_USAGE) };
    break_glass::run(args, opened.mode, &opened.connections).await
}

async fn save_report(args: &ReportArgs, connections: Connections) -> anyhow::Result<u8> {
    if !args.names_a_format() {
        eprintln!("{REPORT_FORMATS}");
        return Ok(WRONG_USAGE);
    }
    let Some(opened) = open(&args.account, connections) else { return Ok(WRONG_USAGE) };
    credential_report::run(args, opened.mode, &opened.connections).await
}
