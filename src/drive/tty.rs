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

/// What is drawn on.
pub(super) type Screen = Terminal<CrosstermBackend<Tty>>;

/// Whether writing to the terminal failed: it hung up, and nothing written to it will ever be seen. A process has one terminal.
static GONE: AtomicBool = AtomicBool::new(false);

/// The terminal's bytes. Once it is gone they go nowhere and that is no error: the terminal library prints errors of the
/// last moment to stderr, which is the same terminal, and a failure there would be a panic.
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

/// Whether the terminal hung up.
pub(super) fn is_gone() -> bool {
    GONE.load(Ordering::Relaxed)
}

/// Drawing on it failed.
pub(super) fn hung_up() {
    GONE.store(true, Ordering::Relaxed);
}

/// Takes the terminal over, so that a panic gives it back too.
///
/// # Errors
/// When it can't be set up.
pub(super) fn take_over() -> Result<Screen> {
    // Themes decide on colours here, not crossterm: under NO_COLOR it writes resets that undo bold and reverse,
    // and it would take the black and white away from QR codes.
    crossterm::style::force_color_output(true);
    let said = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        give_back();
        said(panic);
    }));
    take_again()
}

/// Takes the terminal again. It is a new one, which knows nothing of the screen and draws all of it: clearing the old one
/// would ask where the cursor is, and the answer would come in between the keys.
///
/// # Errors
/// When it can't be set up.
pub(super) fn take_again() -> Result<Screen> {
    enable_raw_mode()?;
    let mut tty = Tty(stdout());
    execute!(tty, EnterAlternateScreen, EnableBracketedPaste)?;
    Terminal::new(CrosstermBackend::new(tty))
}

/// Gives the terminal back.
pub(super) fn give_back() {
    // There is nobody left to tell if the terminal is gone already.
    let _ = disable_raw_mode();
    let _ = execute!(Tty(stdout()), DisableBracketedPaste, LeaveAlternateScreen, Show);
}
