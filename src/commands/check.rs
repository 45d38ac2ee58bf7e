//! `lockroot check`: reads everything at once, lets the controls judge, writes a report. It holds a [`Reader`], so that
//! it can't change anything.

use std::io::{IsTerminal, Write};

use anyhow::Context;
use futures_util::future::join_all;

use super::link::Links;
use super::wizard::{speaks_unicode, theme_of};
use crate::account::facts::SignIn;
use crate::account::{Fact, Facts, Failure, Question, Reader, Reading};
use crate::checks;
use crate::cli::{CheckArgs, Format, LookArgs};
use crate::drive::Connector;
use crate::report::{Report, json, text};
use crate::screen::ThemeName;
use crate::wizard::Mode;

/// Asks everything that the controls have to know. All reads overlap.
pub async fn read_all(account: &dyn Reader) -> Facts {
    read(account, checks::questions()).await
}

/// The same, with a new credential report if AWS makes one now.
async fn read_fresh(account: &dyn Reader) -> Facts {
    let mut questions = checks::questions();
    questions.retain(|question| *question != Question::CredentialReport);
    questions.push(Question::FreshCredentialReport);
    read(account, questions).await
}

async fn read(account: &dyn Reader, questions: Vec<Question>) -> Facts {
    let mut facts = Facts::default();
    for fact in join_all(questions.iter().map(|question| account.read(question))).await {
        facts.learn(fact);
    }
    facts
}

/// What is known when not even a session could be had: that nothing could be read, and why.
#[must_use]
pub fn nothing_read(failure: &Failure) -> Facts {
    let mut facts = Facts::default();
    for question in checks::questions() {
        facts.learn(failed(&question, failure.clone()));
    }
    facts
}

fn failed(question: &Question, failure: Failure) -> Fact {
    match question {
        Question::Caller => Fact::Caller(Reading::Failed(failure)),
        Question::Alias => Fact::Alias(Reading::Failed(failure)),
        Question::Summary => Fact::Summary(Reading::Failed(failure)),
        Question::RootKeys => Fact::RootKeys(Reading::Failed(failure)),
        Question::RootCertificates => Fact::RootCertificates(Reading::Failed(failure)),
        Question::RootDevices => Fact::RootDevices(Reading::Failed(failure)),
        Question::VirtualDevices => Fact::VirtualDevices(Reading::Failed(failure)),
        Question::Contact(of) => Fact::Contact(*of, Reading::Failed(failure)),
        Question::ContactInformation => Fact::ContactInformation(Reading::Failed(failure)),
        Question::People => Fact::People(Reading::Failed(failure)),
        Question::SignIn(user) => Fact::SignIn(
            user.clone(),
            SignIn { password: Reading::Failed(failure.clone()), devices: Reading::Failed(failure) },
        ),
        Question::PasswordPolicy => Fact::PasswordPolicy(Reading::Failed(failure)),
        Question::Regions => Fact::Regions(Reading::Failed(failure)),
        Question::Trail(query) => Fact::Trail(query.clone(), Reading::Failed(failure)),
        Question::CredentialReport | Question::FreshCredentialReport => {
            Fact::CredentialReport(Reading::Failed(failure))
        }
        Question::Trails => Fact::Trails(Reading::Failed(failure)),
        Question::RootActivity => Fact::RootActivity(Reading::Failed(failure)),
        Question::OrganizationsFeatures => Fact::OrganizationsFeatures(Reading::Failed(failure)),
        Question::SupportRole => Fact::SupportRole(Reading::Failed(failure)),
    }
}

/// Runs the check in `mode` and writes the report. Returns the exit code.
///
/// # Errors
/// When the report can't be written.
pub async fn run(args: &CheckArgs, mode: Mode, links: &Links, look: &LookArgs) -> anyhow::Result<u8> {
    let practice = mode != Mode::Live;
    let facts = match links.connect(mode).await {
        Ok(link) if args.fresh => read_fresh(link.account.as_ref()).await,
        Ok(link) => read_all(link.account.as_ref()).await,
        Err(failure) => {
            eprintln!("error: {failure}\nhelp: {}", failure.advice());
            nothing_read(&failure)
        }
    };
    let report = Report { users: args.users, ..Report::new(&facts, practice, links.clock.now()) };
    write(&report, args, look)?;
    Ok(report.exit_code())
}

fn write(report: &Report, args: &CheckArgs, look: &LookArgs) -> anyhow::Result<()> {
    let to_terminal = args.output.is_none() && std::io::stdout().is_terminal();
    let text = match args.format {
        Format::Json => json::write(report),
        Format::Text => text::write(report, style(to_terminal, look)),
    };
    match &args.output {
        Some(path) => {
            std::fs::write(path, text).with_context(|| format!("can't write the report to {}", path.display()))
        }
        None => match std::io::stdout().write_all(text.as_bytes()) {
            // Whoever reads has seen enough.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            result => result.context("can't write the report to standard output"),
        },
    }
}

fn style(to_terminal: bool, look: &LookArgs) -> text::Style {
    let colour = to_terminal && theme_of(look) != ThemeName::Plain;
    let columns = if to_terminal { crossterm::terminal::size().map_or(80, |(columns, _)| columns) } else { 100 };
    text::Style {
        colour,
        unicode: !look.ascii && (speaks_unicode() || !to_terminal),
        width: usize::from(columns).clamp(40, 120),
    }
}
