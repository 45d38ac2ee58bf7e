//! A bug ends the program at once, whichever thread or task it is in: what a task that broke down has left half done is
//! never gone on with. An optimised build could not go on anyway: it does not unwind, which makes it a fifth smaller.

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
