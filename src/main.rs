//! The `lockroot` program: reads the command line, runs the command, ends with its exit code.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use lockroot::aws::Target;
use lockroot::cli::{Cli, Command};
use lockroot::clock::Clock;
use lockroot::commands::link::Links;
use lockroot::commands::{check, wizard};
use lockroot::wizard::Mode;

/// As a shell reports a program that Ctrl-C ended.
const INTERRUPTED: u8 = 130;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(Cli::parse()).await {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> anyhow::Result<u8> {
    let Cli { command, session, look } = cli;
    let target = Target { profile: session.profile, region: session.region, endpoint_url: session.endpoint_url };
    let links = Links::new(target, Clock::System);
    match command {
        None => wizard::run(Mode::Live, links, &look).await,
        Some(Command::Practice { scenario }) => wizard::run(Mode::Practice { scenario }, links, &look).await,
        Some(Command::Check(args)) => tokio::select! {
            code = check::run(&args, &links) => code,
            _ = tokio::signal::ctrl_c() => Ok(INTERRUPTED),
        },
        Some(Command::Completions { shell }) => {
            clap_complete::generate(shell, &mut Cli::command(), "lockroot", &mut std::io::stdout());
            Ok(0)
        }
        Some(Command::Man) => {
            clap_mangen::Man::new(Cli::command()).render(&mut std::io::stdout())?;
            Ok(0)
        }
    }
}
