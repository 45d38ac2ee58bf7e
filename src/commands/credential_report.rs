//! `lockroot report --csv`: saves the credential report exactly as AWS sent it. Read-only.

use std::io::Write;
use std::path::Path;

use anyhow::Context;

use super::check::{self, Deadline, ProgressOptions};
use super::connections::ReadOnly;
use super::output_file::{OutputFile, Readers};
use crate::account::age::ago;
use crate::account::{CredentialReport, Fact, Failure, Question, Reading, Timestamp};
use crate::cli::ReportArgs;
use crate::wizard::Mode;

/// The exit code of `check` for something unread.
const UNREAD: u8 = 3;

/// Writes the report to a file or standard output, and its age to standard error. Returns the exit code.
///
/// # Errors
/// The report cannot be written.
pub async fn run(args: &ReportArgs, mode: Mode, connections: &ReadOnly) -> anyhow::Result<u8> {
    let open = |path: &Path| OutputFile::open(path, Readers::Owner).with_context(|| cannot(path));
    let file = args.output.as_deref().map(open).transpose()?;
    match read(args, mode, connections).await {
        Ok(report) => {
            eprintln!("{}", words(&report, args.fresh, connections.clock().now()));
            save(&report, file)?;
            Ok(0)
        }
        Err(failure) => {
            eprintln!("error: {failure}\nhelp: {}", failure.fault.command_line_advice());
            Ok(UNREAD)
        }
    }
}

async fn read(args: &ReportArgs, mode: Mode, connections: &ReadOnly) -> Result<CredentialReport, Failure> {
    let (deadline, progress) = (Deadline::from_now(args.timeout), ProgressOptions::new(false, false));
    let connection = deadline.connected(connections.connect(mode), progress).await?;
    let question = if args.fresh { Question::FreshCredentialReport } else { Question::CredentialReport };
    match check::read(connection.account.as_ref(), std::slice::from_ref(&question), progress, deadline)
        .await
        .answer(&question)
    {
        Fact::CredentialReport(Reading::Known { value, .. }) => Ok(value),
        fact => Err(fact.failure().cloned().unwrap_or_else(|| Failure::lacks(question.action(), "Content"))),
    }
}

/// Its age, and when AWS can generate the next one.
fn words(report: &CredentialReport, fresh: bool, now: Timestamp) -> String {
    let Some(generated) = report.generated else { return "credential report of unknown age".into() };
    let clock = |moment: Timestamp| format!("{} {:02}:{:02} UTC", moment.date(), moment.hour(), moment.minute());
    let next = generated + CredentialReport::VALID_FOR;
    let made = format!("credential report of {}, {}", clock(generated), ago(generated, now));
    let is_old = now - generated > time::Duration::minutes(5);
    if fresh && is_old {
        return format!("{made}; AWS makes no newer one before about {}", clock(next));
    }
    made
}

fn cannot(path: &Path) -> String {
    format!("can't write the credential report to {}", path.display())
}

fn save(report: &CredentialReport, file: Option<OutputFile>) -> anyhow::Result<()> {
    match file {
        Some(file) => {
            let path = file.path().to_owned();
            file.write(report.csv.as_bytes()).with_context(|| cannot(&path))
        }
        None => match std::io::stdout().write_all(report.csv.as_bytes()) {
            // The reader closed the pipe on purpose, e.g. `head`.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            result => result.context("can't write the credential report to standard output"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn the_reports_age_and_the_time_of_the_next_one_are_shown() {
        let report =
            CredentialReport { generated: Some(datetime!(2026-11-21 09:05 UTC)), ..CredentialReport::default() };
        let now = datetime!(2026-11-21 12:05 UTC);
        assert_eq!(words(&report, false, now), "credential report of 2026-11-21 09:05 UTC, 3 h ago");
        assert!(words(&report, true, now).ends_with("AWS makes no newer one before about 2026-11-21 13:05 UTC"));
        assert!(words(&report, true, datetime!(2026-11-21 09:06 UTC)).ends_with("1 min ago"), "it is a new one");
        assert!(words(&CredentialReport::default(), false, now).contains("unknown age"));
    }
}
