//! Takes over the terminal, lends it to commands, and restores it in every case, including panics and a lost
//! terminal.

use std::io::{Result, Stdout, Write, stdout};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::execute;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

pub(super) type Screen = Terminal<CrosstermBackend<Tty>>;

/// Whether writing to the terminal failed: it hung up, and its output is lost. A process has one terminal.
static GONE: AtomicBool = AtomicBool::new(false);

/// The terminal's output. After a hang-up, writes are discarded without error. Otherwise the terminal library would
/// print late errors to stderr, which is the same terminal, and panic.
pub(super) struct Tty(Stdout);

impl Write for Tty {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        match self.0.write(bytes) {
            Err(error) if ended(&error) => Ok(bytes.len()),
            result => result,
        }
    }

    fn flush(&mut self) -> Result<()> {
        match self.0.flush() {
            Err(error) if ended(&error) => Ok(()),
            result => result,
        }
    }
}

fn ended(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{Interrupted, WouldBlock};
    let ended = !matches!(error.kind(), Interrupted | WouldBlock);
    GONE.fetch_or(ended, Ordering::Relaxed);
    ended
}

pub(super) fn is_gone() -> bool {
    GONE.load(Ordering::Relaxed)
}

/// Records that drawing failed.
pub(super) fn hung_up() {
    GONE.store(true, Ordering::Relaxed);
}

/// Takes over the terminal, and installs a panic hook that restores it.
///
/// # Errors
/// It cannot be set up.
pub(super) fn take_over() -> Result<Screen> {
    // Our themes decide on colours, not crossterm. Under NO_COLOR it would write resets that undo bold and reverse,
    // and remove black and white from QR codes.
    crossterm::style::force_color_output(true);
    let said = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        give_back();
        said(panic);
    }));
    take_again()
}

/// Takes the terminal over again as a new one, which redraws the whole screen. Clearing the old one would query the
/// cursor, and the response would mix with keys.
///
/// # Errors
/// It cannot be set up.
pub(super) fn take_again() -> Result<Screen> {
    enable_raw_mode()?;
    let mut tty = Tty(stdout());
    execute!(tty, EnterAlternateScreen, EnableBracketedPaste)?;
    Terminal::new(CrosstermBackend::new(tty))
}

/// Restores the terminal.
pub(super) fn give_back() {
    // If the terminal is gone, nobody can be told.
    let _ = disable_raw_mode();
    let _ = execute!(Tty(stdout()), DisableBracketedPaste, LeaveAlternateScreen, Show);
}
