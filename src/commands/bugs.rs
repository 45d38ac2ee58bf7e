//! Ends the program at once when any thread or task panics, so nothing continues with half-done work. Optimised
//! builds cannot unwind anyway, which makes them a fifth smaller.

use std::io::Write;

use crate::drive::Broken;

/// The exit code of every failure of lockroot itself.
const FAILED: i32 = 1;

/// Installs a panic hook that reports the bug, says what to do, and ends the program.
pub fn end_at_once() {
    let said = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        said(panic);
        // If standard error is closed, the exit code has to suffice.
        let _ = writeln!(std::io::stderr(), "error: {Broken}");
        std::process::exit(FAILED);
    }));
}
