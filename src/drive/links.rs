//! Addresses as links that a terminal lets people click (OSC 8). They are written over what was just drawn, with the same
//! letters in the same style: where a terminal knows no links, nothing is different.

use std::io::{Write, stdout};

use crossterm::cursor::{RestorePosition, SavePosition};
use crossterm::queue;
use ratatui::DefaultTerminal;
use ratatui::backend::Backend;

use crate::screen::Link;

/// Writes `links` over the screen.
///
/// # Errors
/// When the terminal can't be written to.
pub(super) fn write(terminal: &mut DefaultTerminal, links: &[Link]) -> std::io::Result<()> {
    if links.is_empty() {
        return Ok(());
    }
    queue!(stdout(), SavePosition)?;
    for link in links {
        write!(stdout(), "\x1b]8;;{}\x1b\\", link.address)?;
        terminal.backend_mut().draw(link.cells.iter().map(|(x, y, cell)| (*x, *y, cell)))?;
        write!(stdout(), "\x1b]8;;\x1b\\")?;
    }
    queue!(stdout(), RestorePosition)?;
    stdout().flush()
}
