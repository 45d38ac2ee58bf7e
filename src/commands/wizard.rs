//! `lockroot` and `lockroot practice`: runs the wizard on this terminal.

use std::io::{IsTerminal, Write};
use std::sync::Arc;

use super::connections::Connections;
use crate::cli::{DisplayArgs, ThemeArg};
use crate::drive::terminal::EndedBy;
use crate::drive::{Driver, terminal};
use crate::plain::plain;
use crate::screen::{RenderOptions, ThemeName};
use crate::wizard::Mode;

const WRONG_USAGE: u8 = 2;

/// The exit code of a shell for a signal.
const INTERRUPTED: u8 = 130;

/// Runs the wizard in `mode` until the person leaves, then prints the result on the plain terminal. Returns the exit
/// code.
///
/// # Errors
/// The terminal cannot be taken over or drawn on.
pub async fn run(mode: Mode, connections: Connections, options: &DisplayArgs) -> anyhow::Result<u8> {
    if !has_terminal() {
        return Ok(WRONG_USAGE);
    }
    play(&mut start(mode, connections), options).await
}

/// Creates the wizard in `mode`.
#[must_use]
pub fn start(mode: Mode, connections: Connections) -> Driver {
    let clock = connections.clock.clone();
    let mut driver = Driver::start(mode, Arc::new(connections), clock);
    driver.wizard.set_has_browser(!over_ssh());
    driver
}

/// Runs the wizard until the person leaves, then prints the result on the plain terminal. Returns the exit code.
///
/// # Errors
/// The terminal cannot be taken over or drawn on.
pub async fn play(driver: &mut Driver, options: &DisplayArgs) -> anyhow::Result<u8> {
    let left = terminal::run(driver, &render_options(options)).await;
    // Wait for the last notes: deactivated keys, results of the run.
    if !driver.recorded().await {
        let words =
            "What lockroot did last could not be written down in time. `lockroot check` tells what is true now.";
        driver.wizard.add_farewell(words);
    }
    let mut stdout = std::io::stdout().lock();
    for line in driver.wizard.world.farewell() {
        // If the terminal is gone, nobody can read this.
        let _ = writeln!(stdout, "{}", plain(line));
    }
    left.map(|left| if left == EndedBy::Interrupted { INTERRUPTED } else { 0 })
}

/// Whether there is a terminal. Otherwise prints an error.
#[must_use]
pub fn has_terminal() -> bool {
    let is_there = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    if !is_there {
        eprintln!("error: the wizard needs a terminal to talk to\nhelp: for scripts there is `lockroot check`");
    }
    is_there
}

/// Render options by flags and environment.
#[must_use]
pub fn render_options(args: &DisplayArgs) -> RenderOptions {
    let unicode = !args.ascii && speaks_unicode();
    if has_24_bits() {
        RenderOptions::in_24_bits(theme_of(args), unicode)
    } else {
        RenderOptions::new(theme_of(args), unicode)
    }
}

/// Whether the terminal declares 24-bit colours in `COLORTERM`.
#[must_use]
pub fn has_24_bits() -> bool {
    std::env::var("COLORTERM").is_ok_and(|value| matches!(value.as_str(), "truecolor" | "24bit"))
}

/// The theme by flags and environment.
#[must_use]
pub fn theme_of(args: &DisplayArgs) -> ThemeName {
    match args.theme {
        ThemeArg::Dark => ThemeName::Dark,
        ThemeArg::Light => ThemeName::Light,
        ThemeArg::None => ThemeName::Plain,
        ThemeArg::Auto if is_set("NO_COLOR") => ThemeName::Plain,
        ThemeArg::Auto if has_light_background() => ThemeName::Light,
        ThemeArg::Auto => ThemeName::Dark,
    }
}

/// Whether the person works over SSH, so that a browser opened here would be invisible.
fn over_ssh() -> bool {
    is_set("SSH_CONNECTION") || is_set("SSH_TTY")
}

fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

/// COLORFGBG ends in the background's number; 7 and 15 are light.
fn has_light_background() -> bool {
    std::env::var("COLORFGBG").is_ok_and(|value| matches!(value.rsplit(';').next(), Some("7" | "15")))
}

/// Whether the locale uses UTF-8. The font of the Linux console lacks most of our characters.
#[must_use]
pub fn speaks_unicode() -> bool {
    if cfg!(windows) {
        return true;
    }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    let utf8 = locale.is_some_and(|value| value.to_ascii_lowercase().replace('-', "").contains("utf8"));
    utf8 && std::env::var("TERM").is_ok_and(|term| term != "linux")
}
