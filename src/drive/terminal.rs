//! The terminal: takes it over, draws, waits for keys and replies, and gives it back in every case, panics included.

use std::collections::VecDeque;
use std::io::{Write, stdout};
use std::time::{Duration, Instant};

use anyhow::Context;
use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste, Event as Input, EventStream};
use crossterm::execute;
use futures_util::{FutureExt, StreamExt};
use ratatui::DefaultTerminal;
use ratatui::backend::CrosstermBackend;

use super::keymap::key_press;
use super::links;
use super::{Driver, Order, errand};
use crate::screen::{self, Look};
use crate::wizard::{Ended, Errand, Event, Key};

/// Runs the wizard on this process's terminal until it ends. Returns with the terminal given back.
///
/// # Errors
/// When the terminal can't be taken over or drawn on.
pub async fn run(driver: &mut Driver, look: &Look) -> anyhow::Result<()> {
    let mut terminal = take_over()?;
    let mut input = Some(EventStream::new());
    let mut ending = Ending::new()?;
    let result = turns(driver, look, &mut terminal, &mut input, &mut ending).await;
    give_back();
    result
}

/// How long after a command has ended the signal that ended it may still be on its way here.
const ECHO: Duration = Duration::from_secs(1);

/// Whether the terminal belongs to somebody else.
enum Lent {
    Never,
    Now,
    Until(Instant),
}

impl Lent {
    fn lasts(&self) -> bool {
        match self {
            Self::Never => false,
            Self::Now => true,
            Self::Until(end) => Instant::now() < *end,
        }
    }
}

/// The signals that end a terminal program.
#[cfg(unix)]
pub(super) struct Ending {
    terminate: tokio::signal::unix::Signal,
    hang_up: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
    quit: tokio::signal::unix::Signal,
    lent: Lent,
}

#[cfg(unix)]
impl Ending {
    fn new() -> anyhow::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
            interrupt: signal(SignalKind::interrupt())?,
            quit: signal(SignalKind::quit())?,
            lent: Lent::Never,
        })
    }

    /// The next signal that ends the program. While the terminal is lent, those of Ctrl-C and of Ctrl-\ are meant for
    /// the command that has it, and do not count here.
    pub(super) async fn comes(&mut self) {
        loop {
            tokio::select! {
                _ = self.terminate.recv() => return,
                _ = self.hang_up.recv() => return,
                _ = self.interrupt.recv() => if !self.lent.lasts() { return },
                _ = self.quit.recv() => if !self.lent.lasts() { return },
            }
        }
    }
}

#[cfg(not(unix))]
pub(super) struct Ending {
    lent: Lent,
}

#[cfg(not(unix))]
impl Ending {
    fn new() -> anyhow::Result<Self> {
        Ok(Self { lent: Lent::Never })
    }

    pub(super) async fn comes(&mut self) {
        // Without a console there is no key to press either; an error here means that no signal will ever come.
        while tokio::signal::ctrl_c().await.is_ok() {
            if !self.lent.lasts() {
                return;
            }
        }
        std::future::pending::<()>().await;
    }
}

async fn turns(
    driver: &mut Driver,
    look: &Look,
    terminal: &mut DefaultTerminal,
    input: &mut Option<EventStream>,
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
            heard = next(input), if !input_ended => match heard {
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
        let mut orders = VecDeque::from(driver.handle(event));
        while let Some(order) = orders.pop_front() {
            match order {
                // What is in the queue by now was pressed before the next drawing could be seen.
                Order::DropPendingKeys => while let Some(Some(Ok(_))) = next(input).now_or_never() {},
                Order::Copy(text) => execute!(stdout(), CopyToClipboard::to_clipboard_from(text.expose()))?,
                Order::Suspend => suspend(terminal)?,
                Order::Run(ticket, errand) => {
                    let (ended, told_to_end) = lend(terminal, input, &errand, ending).await?;
                    orders.extend(driver.handle(Event::Returned(ticket, ended)));
                    if told_to_end {
                        orders.extend(driver.handle(Event::Interrupted));
                    }
                }
                Order::Quit => return Ok(()),
            }
        }
    }
}

/// The next thing heard; never any while the terminal is lent.
async fn next(input: &mut Option<EventStream>) -> Option<std::io::Result<Input>> {
    match input {
        Some(stream) => stream.next().await,
        None => std::future::pending().await,
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
    let _ = execute!(stdout(), DisableBracketedPaste, crossterm::cursor::Show);
    ratatui::restore();
    let _ = stdout().flush();
}

fn take_again(terminal: &mut DefaultTerminal) -> anyhow::Result<()> {
    crossterm::terminal::enable_raw_mode()?;
    execute!(stdout(), crossterm::terminal::EnterAlternateScreen, EnableBracketedPaste)?;
    // A new one knows nothing of the screen and draws all of it. Clearing the old one would ask where the cursor is, and
    // the answer would come in between the keys.
    *terminal = DefaultTerminal::new(CrosstermBackend::new(stdout()))?;
    Ok(())
}

/// Lends the terminal to a command: nothing of ours reads from it until it is taken again.
async fn lend(
    terminal: &mut DefaultTerminal,
    input: &mut Option<EventStream>,
    errand: &Errand,
    ending: &mut Ending,
) -> anyhow::Result<(Ended, bool)> {
    // The stream's thread waits for keys. It is told to stop; asking for keys here waits until it has, and takes away what
    // was pressed before the command could be seen.
    *input = None;
    while crossterm::event::poll(Duration::from_millis(20))? {
        crossterm::event::read()?;
    }
    give_back();
    ending.lent = Lent::Now;
    let ended = errand::run(errand, ending).await;
    ending.lent = Lent::Until(Instant::now() + ECHO);
    take_again(terminal)?;
    *input = Some(EventStream::new());
    Ok(ended)
}

#[cfg(unix)]
fn suspend(terminal: &mut DefaultTerminal) -> anyhow::Result<()> {
    give_back();
    rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::TSTP)?;
    take_again(terminal)
}

#[cfg(not(unix))]
fn suspend(_terminal: &mut DefaultTerminal) -> anyhow::Result<()> {
    Ok(())
}
