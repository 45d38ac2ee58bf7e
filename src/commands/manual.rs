//! `lockroot man`: the manual pages, made from what can be typed.

use anyhow::bail;
use clap::Command;

use super::standard_output;

/// Prints the page of `command`, or lockroot's own, or with `list` the names of commands that have one. Returns the exit code.
///
/// # Errors
/// There is no such command; standard output can't be written.
pub fn run(mut lockroot: Command, command: Option<&str>, list: bool) -> anyhow::Result<u8> {
    // So that a command's usage and name begin with the program's.
    lockroot.build();
    let names = lockroot.get_subcommands().map(|found| found.get_name().to_owned());
    let names: Vec<String> = names.filter(|name| name != "help").collect();
    if list {
        return standard_output::write((names.join("\n") + "\n").as_bytes());
    }
    let page = match command {
        None => clap_mangen::Man::new(lockroot),
        Some(name) => match lockroot.find_subcommand(name) {
            // A page is named with a dash: `man lockroot-check`.
            Some(found) => clap_mangen::Man::new(found.clone()).title(format!("lockroot-{name}")),
            None => bail!("no command is called {name:?}; there are: {}", names.join(", ")),
        },
    };
    // In memory first, so that the page is written whole or not at all.
    let mut text = Vec::new();
    page.render(&mut text)?;
    standard_output::write(&text)
}
