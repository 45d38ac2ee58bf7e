//! Writes clickable links (OSC 8) over drawn URLs with the same letters and style. Terminals without links show no
//! difference.

use std::io::Write;

use crossterm::cursor::{RestorePosition, SavePosition};
use crossterm::queue;
use ratatui::backend::Backend;

use super::tty::Screen;
use crate::screen::Hyperlink;

/// Writes `links` over the screen.
///
/// # Errors
/// The terminal cannot be written to.
pub(super) fn write(terminal: &mut Screen, links: &[Hyperlink]) -> std::io::Result<()> {
    if links.is_empty() {
        return Ok(());
    }
    let backend = terminal.backend_mut();
    queue!(backend, SavePosition)?;
    for link in links {
        write!(backend, "\x1b]8;;{}\x1b\\", link.address)?;
        backend.draw(link.cells.iter().map(|(x, y, cell)| (*x, *y, cell)))?;
        write!(backend, "\x1b]8;;\x1b\\")?;
    }
    queue!(backend, RestorePosition)?;
    Write::flush(backend)
}
