//! `lockroot break-glass`: writes the break-glass sheet without the wizard.

use std::io::Write;
use std::path::Path;

use anyhow::Context;

use super::check::{Deadline, ProgressOptions, read};
use super::connections::ReadOnly;
use super::output_file::{OutputFile, Readers};
use super::recall::recalled;
use crate::break_glass::{QUESTIONS, html, markdown};
use crate::cli::BreakGlassArgs;
use crate::wizard::Mode;

/// As in `check`: something could not be read.
const UNREAD: u8 = 3;

/// Reads what the sheet needs in `mode`, and writes it. Unreadable parts are left blank and reported on standard
/// error. Returns the exit code.
///
/// # Errors
/// The sheet cannot be written.
pub async fn run(args: &BreakGlassArgs, mode: Mode, connections: &ReadOnly) -> anyhow::Result<u8> {
    let practice = mode != Mode::Live;
    let cannot = |path: &Path| format!("can't write the sheet to {}", path.display());
    let open = |path: &Path| OutputFile::open(path, Readers::Owner).with_context(|| cannot(path));
    let file = args.output.as_deref().map(open).transpose()?;
    let (deadline, progress) = (Deadline::from_now(args.timeout), ProgressOptions::new(false, false));
    let connection = match deadline.connected(connections.connect(mode), progress).await {
        Ok(connection) => connection,
        Err(failure) => {
            eprintln!("error: {failure}\nhelp: {}", failure.fault.command_line_advice());
            return Ok(UNREAD);
        }
    };
    let facts = read(connection.account.as_ref(), &QUESTIONS, progress, deadline).await;
    if let Some(failure) = facts.caller.failure() {
        eprintln!("error: {failure}\nhelp: {}", failure.fault.command_line_advice());
        return Ok(UNREAD);
    }
    for failure in QUESTIONS.iter().filter_map(|question| facts.answer(question).failure().cloned()) {
        eprintln!("not read, left to be filled in: {failure}");
    }
    let facts = recalled(facts, connection.journals.as_ref());
    let sheet = markdown(&facts, practice, connections.clock().now());
    let ending = args.output.as_deref().and_then(Path::extension);
    let is_page = args.html || ending.is_some_and(|ending| ending.eq_ignore_ascii_case("html"));
    let sheet = if is_page { html(&sheet) } else { sheet };
    match file {
        Some(file) => {
            let path = file.path().to_owned();
            file.write(sheet.as_bytes()).with_context(|| cannot(&path))?;
        }
        None => print(&sheet)?,
    }
    Ok(0)
}

fn print(sheet: &str) -> anyhow::Result<()> {
    match std::io::stdout().write_all(sheet.as_bytes()) {
        // The reader closed the pipe on purpose, e.g. `head`.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => result.context("can't write the sheet to standard output"),
    }
}
