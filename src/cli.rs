//! The command line's arguments and their help. `commands` carries them out.

mod check;
mod fault_arg;
mod practice_name;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::practice::Scenario;
pub use check::{CheckArgs, Format};
pub use fault_arg::FaultArg;
use practice_name::PracticeName;
pub use practice_name::kept_name;

/// Exit codes, as the help and the documentation list them.
const EXIT_CODES: &str = "\
Exit codes:
  0    nothing to do, or nothing that --fail-on counts
  1    a check fails, or lockroot itself failed
  2    wrong usage: an option, a configuration file, a file that can't be written
  3    something could not be read (and nothing fails)
  130  interrupted

Without a command, the wizard starts on the account that you are signed in to.
To sign in as root without a root access key: `aws login` (AWS CLI 2.32 or newer).";

/// Version, commit and target.
pub const BUILD: &str = concat!(env!("CARGO_PKG_VERSION"), " (", env!("LOCKROOT_BUILD"), ")");

/// Locks away the root user of an AWS account, and proves it.
#[derive(Debug, Parser)]
#[command(name = "lockroot", version, long_version = BUILD, after_help = EXIT_CODES)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Which account.
    #[command(flatten)]
    pub session: SessionArgs,
    /// How it looks.
    #[command(flatten)]
    pub options: DisplayArgs,
}

/// Which account, as whom.
#[derive(Debug, Clone, Args)]
pub struct SessionArgs {
    /// Profile of the AWS configuration to sign in with
    #[arg(long, global = true, value_name = "NAME")]
    pub profile: Option<String>,
    /// Region, which also selects the partition (aws, aws-us-gov, aws-cn)
    #[arg(long, global = true, value_name = "REGION", value_parser = region)]
    pub region: Option<String>,
    /// Use this endpoint for every service, for tests against an emulator
    #[arg(long, global = true, value_name = "URL", value_parser = endpoint)]
    pub endpoint_url: Option<String>,
    /// MFA code for the profile's role (mfa_serial); without it lockroot asks on a terminal
    #[arg(long, global = true, value_name = "CODE", value_parser = mfa_code)]
    pub mfa_code: Option<String>,
}

/// Parses an MFA code: six digits, blanks ignored.
///
/// # Errors
/// What was expected.
pub fn mfa_code(text: &str) -> Result<String, String> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let is_code = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_code { Ok(digits) } else { Err("expected the six digits that the device shows".into()) }
}

/// A Region's name, which becomes part of a host name.
fn region(text: &str) -> Result<String, String> {
    let is_name = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if is_name { Ok(text.to_owned()) } else { Err("expected a Region such as eu-west-1".into()) }
}

/// A URL with scheme and host.
fn endpoint(text: &str) -> Result<String, String> {
    let is_whole = text.parse::<http::Uri>().is_ok_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some_and(|host| !host.is_empty())
    });
    if is_whole { Ok(text.to_owned()) } else { Err("expected an address such as http://127.0.0.1:5000".into()) }
}

/// How it looks.
#[derive(Debug, Clone, Args)]
pub struct DisplayArgs {
    /// Colours for a dark or a light background, or none
    #[arg(long, global = true, value_enum, default_value_t = ThemeArg::Auto, value_name = "THEME")]
    pub theme: ThemeArg,
    /// Draw with ASCII characters only
    #[arg(long, global = true)]
    pub ascii: bool,
}

/// A choice of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ThemeArg {
    /// Decide by NO_COLOR and COLORFGBG; dark if neither is set
    Auto,
    /// For a dark background
    Dark,
    /// For a light background
    Light,
    /// No colours at all
    None,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Try the wizard on a simulated account: no credentials, no network, nothing real changes
    Practice(PracticeArgs),
    /// Check the account and report; never changes anything
    Check(Box<CheckArgs>),
    /// Write the break-glass sheet: who keeps root's mailbox, phone and devices, what only root can do, how to recover root. No secrets
    BreakGlass(BreakGlassArgs),
    /// Save the credential report: who has which credentials, and when they were last used
    Report(ReportArgs),
    /// Explain a control: why it matters, the risk, how to fix it. Without an ID, list all controls
    Explain {
        /// The control's ID, as in reports
        #[arg(value_name = "ID", value_parser = check::ControlId, hide_possible_values = true)]
        id: Option<String>,
    },
    /// Examine this machine: terminal, AWS CLI, AWS files, proxy, certificates, clock. Changes nothing, prints no secrets
    Doctor {
        /// Send nothing (skips the unsigned request that reads AWS's clock)
        #[arg(long)]
        offline: bool,
    },
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page (roff), or write one for each command
    Man {
        /// Write lockroot.1 and a page for each command, such as lockroot-check.1, to an existing folder
        #[arg(long, value_name = "FOLDER")]
        dir: Option<PathBuf>,
    },
}

/// Options of `practice`.
#[derive(Debug, Args)]
pub struct PracticeArgs {
    /// The scenario to open (default: fresh)
    #[arg(value_name = "SCENARIO", value_parser = PossibleValuesParser::new(Scenario::NAMES))]
    pub scenario: Option<String>,
    /// Open your own scenario from a TOML file, or a built-in one by name
    #[arg(long = "scenario", value_name = "PATH|NAME", conflicts_with = "scenario")]
    pub file: Option<PathBuf>,
    /// Keep the account under this name, and continue with it next time; it has practice secrets only
    #[arg(long, value_name = "NAME", value_parser = kept_name)]
    pub keep: Option<String>,
    /// List the scenarios and the kept accounts
    #[arg(long, exclusive = true)]
    pub list: bool,
    /// Delete a kept account
    #[arg(long, value_name = "NAME", value_parser = kept_name, exclusive = true)]
    pub forget: Option<String>,
    /// At the end, write a record of the lesson (steps, goals, questions) to a .md or .html file
    #[arg(long, value_name = "FILE", value_parser = record_file, conflicts_with = "serve")]
    pub record: Option<PathBuf>,
    /// Make calls fail, once or several times: iam:List*=throttle:3; can be repeated
    #[arg(long, value_name = "CALL=KIND[:TIMES]", value_parser = fault_arg::read)]
    pub fault: Vec<FaultArg>,
    /// Instead of the wizard, serve the account to any AWS client on a loopback address (port 0 picks one)
    #[arg(long, value_name = "ADDRESS:PORT", value_parser = loopback)]
    pub serve: Option<SocketAddr>,
    /// Write the address and the credentials as JSON to a file once the server is ready
    #[arg(long, value_name = "PATH", requires = "serve")]
    pub ready_file: Option<PathBuf>,
}

/// A file name that ends in .md or .html.
fn record_file(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    let ends = |wanted: &str| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(wanted));
    if ends("md") || ends("html") { Ok(path) } else { Err("expected a file that ends in .md or .html".into()) }
}

/// A loopback address: only this machine may reach the practice account, because clients can read its credentials.
fn loopback(text: &str) -> Result<SocketAddr, String> {
    let address: SocketAddr =
        text.parse().map_err(|_| "expected an address and a port, such as 127.0.0.1:0".to_owned())?;
    if address.ip().is_loopback() {
        return Ok(address);
    }
    Err(format!("{} is not a loopback address; expected one such as 127.0.0.1:0 or [::1]:0", address.ip()))
}

/// The account that a command reads: by default the one that the session is signed in to.
#[derive(Debug, Args)]
pub struct AccountArgs {
    /// Use a practice scenario, or a kept practice account, instead of AWS
    #[arg(long, value_name = "SCENARIO|NAME", value_parser = PracticeName, hide_possible_values = true)]
    pub practice: Option<String>,
    /// Use your own scenario from a TOML file, or a built-in one by name, instead of AWS
    #[arg(long = "scenario", value_name = "PATH|NAME", conflicts_with = "practice")]
    pub file: Option<PathBuf>,
}

impl AccountArgs {
    /// Whether it is an account of AWS.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.practice.is_none() && self.file.is_none()
    }
}

/// Options of `break-glass`.
#[derive(Debug, Args)]
pub struct BreakGlassArgs {
    /// The account.
    #[command(flatten)]
    pub account: AccountArgs,
    /// Write HTML for printing (the default for a file that ends in .html) instead of Markdown
    #[arg(long)]
    pub html: bool,
    /// How long to wait for AWS in total; missing answers leave blanks to fill in
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = check::seconds)]
    pub timeout: Duration,
    /// Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Options of `report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// Write CSV, exactly as AWS sends it; required unless --output names a file that ends in .csv
    #[arg(long)]
    pub csv: bool,
    /// The account.
    #[command(flatten)]
    pub account: AccountArgs,
    /// Ask AWS for a new report first; AWS writes one at most every four hours
    #[arg(long)]
    pub fresh: bool,
    /// How long to wait for AWS in total, which may have to write the report first
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = check::seconds)]
    pub timeout: Duration,
    /// Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

impl ReportArgs {
    /// Whether an option or the file's ending selects a format.
    #[must_use]
    pub fn names_a_format(&self) -> bool {
        let is_csv = |path: &PathBuf| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
        self.csv || self.output.as_ref().is_some_and(is_csv)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_has_a_scheme_and_a_host() {
        for good in ["http://127.0.0.1:5000", "https://localhost", "http://[::1]:4566/"] {
            assert!(endpoint(good).is_ok(), "{good}");
        }
        for bad in ["foo", "127.0.0.1:5000", "ftp://x", "http://", ""] {
            assert!(endpoint(bad).is_err(), "{bad}");
        }
    }
}
