//! Ends the program at once when any thread or task panics, so nothing continues with half-done work. Optimised
//! builds can't unwind anyway, which makes them a fifth smaller.

use std::io::Write;

use crate::drive::Broken;

/// As for every failure of lockroot itself.
const FAILED: i32 = 1;

/// From now on, a panic says what happened and what to do, and ends the program.
pub fn end_at_once() {
    let said = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        said(panic);
        // Where nobody can read it the exit code has to do.
        let _ = writeln!(std::io::stderr(), "error: {Broken}");
        std::process::exit(FAILED);
    }));
}
