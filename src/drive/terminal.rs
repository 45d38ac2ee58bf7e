//! The main loop on a real terminal: draws, waits for keys, signals and replies.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use anyhow::Context;
use crossterm::clipboard::CopyToClipboard;
use crossterm::event::Event as TimedEvent;
use crossterm::execute;

use super::input::{self, Input};
use super::keymap::key_press;
use super::signals::Signals;
use super::tty::{self, Screen};
use super::{Driver, Order, links, terminal_command};
use crate::screen::{self, RenderOptions};
use crate::wizard::{Drawn, Event, Key, KeyPress, Reply, TerminalCommand, Ticket};

/// A key that waited so long was not taken in before, because there was something to draw for each one before it.
const LATE: Duration = Duration::from_millis(50);

/// Longest time without a drawing in which late keys are taken in.
const UNDRAWN: Duration = Duration::from_millis(250);

/// What ended the wizard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndedBy {
    /// The person left.
    Asked,
    /// A signal, or the end of the terminal.
    Interrupted,
}

/// Runs the wizard on this process's terminal until it ends. Returns with the terminal given back.
///
/// # Errors
/// When the terminal can't be taken over or drawn on, or the work broke down.
pub async fn run(driver: &mut Driver, options: &RenderOptions) -> anyhow::Result<EndedBy> {
    let signals = Signals::catch()?;
    let screen = tty::take_over().context("the terminal could not be taken over")?;
    let mut event_loop = EventLoop {
        screen,
        options,
        input: None,
        signals,
        drawn: Instant::now(),
        late: false,
        waited: Duration::ZERO,
        fresh_from: Instant::now(),
        stale: false,
        cut_off: false,
    };
    let result = event_loop.take(driver).await;
    event_loop.input = None;
    tty::give_back();
    result
}

struct EventLoop<'a> {
    screen: Screen,
    options: &'a RenderOptions,
    /// None while the terminal is lent, and once it has ended.
    input: Option<Input>,
    signals: Signals,
    /// When the last drawing was finished.
    drawn: Instant,
    /// The key before had waited for long.
    late: bool,
    /// How long the event that comes next has waited.
    waited: Duration,
    /// Keys that were pressed before this are forgotten.
    fresh_from: Instant,
    /// What was pressed until the next drawing is finished is to be forgotten.
    stale: bool,
    /// The program was told to end, or nobody can confirm anything any more. A change on its way is still waited for.
    cut_off: bool,
}

impl EventLoop<'_> {
    async fn take(&mut self, driver: &mut Driver) -> anyhow::Result<EndedBy> {
        self.input = Some(Input::listen()?);
        loop {
            if !self.is_behind() {
                self.draw(driver);
            }
            // Keys may come without end: work under way goes on in between. tests/outside/openings.py finds it missing.
            tokio::task::yield_now().await;
            let event =
                if tty::is_gone() && !self.cut_off { Some(self.interrupted()) } else { self.next(driver).await? };
            let Some(event) = event else { continue };
            let orders = driver.handle_after(event, std::mem::take(&mut self.waited));
            if self.obey(driver, orders).await? {
                return Ok(if self.cut_off { EndedBy::Interrupted } else { EndedBy::Asked });
            }
        }
    }

    /// Keys come faster than a slow terminal can be drawn on: what they do is drawn together, so that the next one, and what AWS
    /// answers, does not wait for all of them. What opens a page that drops earlier keys is drawn first in any case.
    fn is_behind(&self) -> bool {
        let waits = self.input.as_ref().is_some_and(Input::has_more);
        waits && self.late && !self.stale && self.drawn.elapsed() < UNDRAWN
    }

    /// Draws, and tells the wizard what of it could be seen. On a terminal that is gone there is nothing to draw.
    fn draw(&mut self, driver: &mut Driver) {
        if tty::is_gone() {
            return;
        }
        match self.try_to_draw(driver) {
            Ok(shown) => {
                if std::mem::take(&mut self.stale) {
                    self.fresh_from = Instant::now();
                }
                driver.handle(Event::Drawn(shown));
            }
            Err(_) => tty::hung_up(),
        }
        self.drawn = Instant::now();
    }

    fn try_to_draw(&mut self, driver: &Driver) -> std::io::Result<Drawn> {
        let mut shown = Drawn::NOTHING;
        let frame = self.screen.draw(|frame| shown = screen::draw(frame, &driver.wizard, self.options))?;
        // A terminal without Unicode may be one that shows control sequences it does not know.
        let links = if self.options.unicode { screen::links(frame.buffer, &driver.wizard) } else { Vec::new() };
        links::write(&mut self.screen, &links)?;
        Ok(shown)
    }

    /// What happens next; nothing where something was heard that means nothing.
    async fn next(&mut self, driver: &mut Driver) -> anyhow::Result<Option<Event>> {
        let pause = driver.sleeps_for();
        Ok(tokio::select! {
            ends = self.signals.ends_or_resizes() => Some(if ends { self.interrupted() } else { Event::Tick }),
            heard = heard(&mut self.input) => match heard {
                Some(heard) => self.understood(driver, heard),
                None => {
                    self.input = None;
                    Some(self.interrupted())
                }
            },
            event = driver.next() => Some(event?),
            () = tokio::time::sleep(pause.unwrap_or(Duration::MAX)), if pause.is_some() => Some(Event::Tick),
        })
    }

    fn interrupted(&mut self) -> Event {
        self.cut_off = true;
        Event::Interrupted
    }

    /// What was heard, as the wizard's own event. Keys that were pressed before what they would mean could be seen are
    /// forgotten, but for the one that leaves.
    fn understood(&mut self, driver: &mut Driver, heard: input::TimedEvent) -> Option<Event> {
        let waited = heard.at.elapsed();
        self.late = waited > LATE;
        let press: KeyPress = match heard.event {
            TimedEvent::Key(key) => key_press(&key)?,
            TimedEvent::Paste(text) => Key::Paste(text).into(),
            TimedEvent::Resize(..) => return Some(Event::Tick),
            TimedEvent::FocusGained | TimedEvent::FocusLost | TimedEvent::Mouse(_) => return None,
        };
        if heard.at < self.fresh_from && press.key != Key::Ctrl('c') {
            return None;
        }
        // The key may be faster than the signal that tells of another size: what it means depends on what can be read.
        let drawn_for = self.screen.get_frame().area().as_size();
        if self.screen.size().is_ok_and(|size| size != drawn_for) {
            self.draw(driver);
        }
        self.waited = waited;
        Some(Event::Key(press))
    }

    /// Does what the wizard asks of the terminal. True: it is to end.
    async fn obey(&mut self, driver: &mut Driver, orders: Vec<Order>) -> anyhow::Result<bool> {
        let mut orders = VecDeque::from(orders);
        while let Some(order) = orders.pop_front() {
            match order {
                Order::DropPendingKeys => self.stale = true,
                Order::Copy(text) => {
                    let copy = CopyToClipboard::to_clipboard_from(text.expose());
                    execute!(self.screen.backend_mut(), copy)?;
                }
                Order::Suspend => self.suspend()?,
                Order::Run(ticket, command) => orders.extend(self.lend(driver, ticket, &command).await?),
                Order::Quit => return Ok(true),
            }
        }
        Ok(false)
    }

    /// Lends the terminal to a command: nothing of ours reads from it until it is taken again.
    async fn lend(
        &mut self,
        driver: &mut Driver,
        ticket: Ticket,
        command: &TerminalCommand,
    ) -> anyhow::Result<Vec<Order>> {
        self.input = None;
        // What was pressed before the command could be seen is not meant for it.
        input::forget_unread();
        tty::give_back();
        self.signals.lend();
        let (ended, told_to_end) = terminal_command::run(command, &mut self.signals).await;
        self.signals.take_again();
        self.take_again()?;
        let mut orders = driver.handle(Event::Reply(ticket, Reply::Returned(ended)));
        if told_to_end {
            let event = self.interrupted();
            orders.extend(driver.handle(event));
        }
        Ok(orders)
    }

    fn take_again(&mut self) -> anyhow::Result<()> {
        match tty::take_again() {
            Ok(screen) => {
                self.screen = screen;
                self.input = Some(Input::listen()?);
            }
            Err(_) => tty::hung_up(),
        }
        Ok(())
    }

    #[cfg(unix)]
    fn suspend(&mut self) -> anyhow::Result<()> {
        self.input = None;
        tty::give_back();
        rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::TSTP)?;
        self.take_again()
    }

    #[cfg(not(unix))]
    #[allow(clippy::unused_self, clippy::unnecessary_wraps)]
    fn suspend(&mut self) -> anyhow::Result<()> {
        Ok(())
    }
}

/// The next thing heard; never any while nothing listens.
async fn heard(input: &mut Option<Input>) -> Option<input::TimedEvent> {
    match input {
        Some(input) => input.next().await,
        None => std::future::pending().await,
    }
}
