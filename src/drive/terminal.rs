//! The terminal: takes it over, draws, waits for keys and replies, and gives it back in every case, panics included.

use std::io::{Write, stdout};
use std::time::Duration;

use anyhow::Context;
use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste, Event as Input, EventStream};
use crossterm::execute;
use futures_util::{FutureExt, StreamExt};
use ratatui::DefaultTerminal;
use ratatui::backend::CrosstermBackend;

use super::keymap::key_press;
use super::links;
use super::{Driver, Order};
use crate::screen::{self, Look};
use crate::wizard::{Event, Key};

/// Runs the wizard on this process's terminal until it ends. Returns with the terminal given back.
///
/// # Errors
/// When the terminal can't be taken over or drawn on.
pub async fn run(driver: &mut Driver, look: &Look) -> anyhow::Result<()> {
    let mut terminal = take_over()?;
    let mut input = EventStream::new();
    let mut ending = Ending::new()?;
    let result = turns(driver, look, &mut terminal, &mut input, &mut ending).await;
    give_back();
    result
}

/// The signals that end a terminal program.
#[cfg(unix)]
struct Ending {
    terminate: tokio::signal::unix::Signal,
    hang_up: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Ending {
    fn new() -> anyhow::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { terminate: signal(SignalKind::terminate())?, hang_up: signal(SignalKind::hangup())? })
    }

    async fn comes(&mut self) {
        tokio::select! { _ = self.terminate.recv() => {}, _ = self.hang_up.recv() => {} }
    }
}

#[cfg(not(unix))]
struct Ending;

#[cfg(not(unix))]
impl Ending {
    fn new() -> anyhow::Result<Self> {
        Ok(Self)
    }

    async fn comes(&mut self) {
        // Without a console there is no key to press either; an error here means that no signal will ever come.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

async fn turns(
    driver: &mut Driver,
    look: &Look,
    terminal: &mut DefaultTerminal,
    input: &mut EventStream,
    ending: &mut Ending,
) -> anyhow::Result<()> {
    // Once input is at its end nothing more can be confirmed; a change on its way is still waited for.
    let mut input_ended = false;
    loop {
        let drawn = terminal.draw(|frame| screen::draw(frame, &driver.wizard, look)).context("drawing failed")?;
        // A terminal without Unicode may be one that shows control sequences it does not know.
        let links = if look.unicode { screen::links(drawn.buffer, &driver.wizard) } else { Vec::new() };
        links::write(terminal, &links).context("drawing failed")?;
        let pause = driver.sleeps_for();
        let event = tokio::select! {
            () = ending.comes() => Some(Event::Interrupted),
            heard = input.next(), if !input_ended => match heard {
                Some(Ok(heard)) => understood(heard),
                Some(Err(_)) | None => {
                    input_ended = true;
                    Some(Event::Interrupted)
                }
            },
            event = driver.next() => Some(event?),
            () = tokio::time::sleep(pause.unwrap_or(Duration::MAX)), if pause.is_some() => Some(Event::Tick),
        };
        let Some(event) = event else { continue };
        for order in driver.handle(event) {
            match order {
                // What is in the queue by now was pressed before the next drawing could be seen.
                Order::DropPendingKeys => while let Some(Some(Ok(_))) = input.next().now_or_never() {},
                Order::Copy(text) => execute!(stdout(), CopyToClipboard::to_clipboard_from(text))?,
                Order::Suspend => suspend(terminal)?,
                Order::Quit => return Ok(()),
            }
        }
    }
}

fn understood(heard: Input) -> Option<Event> {
    match heard {
        Input::Key(key) => key_press(&key).map(Event::Key),
        Input::Paste(text) => Some(Event::Key(Key::Paste(text).into())),
        Input::Resize(..) => Some(Event::Tick),
        Input::FocusGained | Input::FocusLost | Input::Mouse(_) => None,
    }
}

fn take_over() -> anyhow::Result<DefaultTerminal> {
    // Themes decide on colours here, not crossterm: under NO_COLOR it writes resets that undo bold and reverse,
    // and it would take the black and white away from QR codes.
    crossterm::style::force_color_output(true);
    let terminal = ratatui::try_init().context("the terminal could not be taken over")?;
    let restored = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let _ = execute!(stdout(), DisableBracketedPaste);
        restored(panic);
    }));
    execute!(stdout(), EnableBracketedPaste)?;
    Ok(terminal)
}

fn give_back() {
    // The program is ending: there is nobody left to tell if the terminal is gone already.
    let _ = execute!(stdout(), DisableBracketedPaste);
    ratatui::restore();
    let _ = stdout().flush();
}

#[cfg(unix)]
fn suspend(terminal: &mut DefaultTerminal) -> anyhow::Result<()> {
    give_back();
    rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::TSTP)?;
    crossterm::terminal::enable_raw_mode()?;
    execute!(stdout(), crossterm::terminal::EnterAlternateScreen, EnableBracketedPaste)?;
    // A new one knows nothing of the screen and draws all of it. Clearing the old one would ask where the cursor is, and
    // the answer would come in between the keys.
    *terminal = DefaultTerminal::new(CrosstermBackend::new(stdout()))?;
    Ok(())
}

#[cfg(not(unix))]
fn suspend(_terminal: &mut DefaultTerminal) -> anyhow::Result<()> {
    Ok(())
}
