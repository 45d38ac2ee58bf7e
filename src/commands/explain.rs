//! `lockroot explain`: prints the text about a control, or lists the controls.

use anyhow::Context;

use super::standard_output;
use crate::checks::{CONTROLS, explain};

/// Prints the text about `id`, or the list of ids. Returns the exit code.
///
/// # Errors
/// Standard output cannot be written.
pub fn run(id: Option<&str>) -> anyhow::Result<u8> {
    let text = match id {
        Some(id) => explain::text(id).with_context(|| format!("there is no text about {id}"))?,
        None => list(),
    };
    standard_output::write(text.as_bytes())
}

/// One line per control: id, severity, title.
fn list() -> String {
    let width = CONTROLS.iter().map(|control| control.id.len()).max().unwrap_or(0);
    let line = |control: &crate::checks::Control| {
        format!("{:width$}  {:8}  {}\n", control.id, control.severity.word(), control.title)
    };
    CONTROLS.iter().map(line).collect()
}
