//! Asks for an MFA code before the screen is drawn, if the profile's role requires it and there is a terminal.

use std::io::{IsTerminal, Write};

use crate::aws::{self, MfaCode, Target};
use crate::cli;

/// Asks for a code and stores it in `target`, if one is needed and there is a terminal. Without a code, connecting
/// fails with advice.
///
/// # Errors
/// The terminal cannot be read.
pub async fn ask(target: &mut Target) -> anyhow::Result<()> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Ok(());
    }
    let Some(device) = aws::wanted_code(target).await else { return Ok(()) };
    let mut said = format!("MFA code of {device}: ");
    while !target.mfa_code.is_there() {
        eprint!("{said}");
        std::io::stderr().flush()?;
        let mut line = String::new();
        // End of input or an empty line ends the questions.
        if std::io::stdin().read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        match cli::mfa_code(&line) {
            Ok(code) => target.mfa_code = MfaCode::new(code),
            Err(expected) => said = format!("{expected}: "),
        }
    }
    Ok(())
}
