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

/// A key that waited longer was delayed by drawing for each of the keys before it.
const LATE: Duration = Duration::from_millis(50);

/// Maximum time without a draw while late keys are processed.
const UNDRAWN: Duration = Duration::from_millis(250);

/// Why the wizard ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndedBy {
    Asked,
    /// A signal, or the end of the terminal.
    Interrupted,
}

/// Runs the wizard on this process's terminal until it ends, and restores the terminal.
///
/// # Errors
/// The terminal cannot be taken over or drawn on, or background work panicked.
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
    /// `None` while a command has the terminal, and after its end.
    input: Option<Input>,
    signals: Signals,
    /// When the last draw ended.
    drawn: Instant,
    /// Whether the previous key had waited long.
    late: bool,
    /// How long the next event has waited.
    waited: Duration,
    /// Keys pressed before this time are discarded.
    fresh_from: Instant,
    /// Whether to discard keys pressed until the next draw ends.
    stale: bool,
    /// The program must end, or nobody can confirm anything. A pending change is still awaited.
    cut_off: bool,
}

impl EventLoop<'_> {
    async fn take(&mut self, driver: &mut Driver) -> anyhow::Result<EndedBy> {
        self.input = Some(Input::listen()?);
        loop {
            if !self.is_behind() {
                self.draw(driver);
            }
            // Endless keys must not block background work. tests/outside/openings.py tests it.
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

    /// Whether keys come faster than a slow terminal can be drawn. Their effects are then drawn together, so that
    /// keys and AWS's replies are not delayed. A page that discards earlier keys is always drawn first.
    fn is_behind(&self) -> bool {
        let waits = self.input.as_ref().is_some_and(Input::has_more);
        waits && self.late && !self.stale && self.drawn.elapsed() < UNDRAWN
    }

    /// Draws, and tells the wizard what was visible. Does nothing on a terminal that is gone.
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
        // A terminal without Unicode may print unknown control sequences.
        let links = if self.options.unicode { screen::links(frame.buffer, &driver.wizard) } else { Vec::new() };
        links::write(&mut self.screen, &links)?;
        Ok(shown)
    }

    /// The next event; `None` for input without meaning.
    async fn next(&mut self, driver: &mut Driver) -> anyhow::Result<Option<Event>> {
        let pause = driver.sleeps_for();
        Ok(tokio::select! {
            ends = self.signals.ends_or_resizes() => Some(if ends { self.interrupted() } else { Event::Tick }),
            heard = next_input(&mut self.input) => match heard {
                Some(heard) => self.event_of(driver, heard),
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

    /// Converts input to the wizard's event. Keys pressed before their meaning was visible are discarded, except the
    /// one that leaves.
    fn event_of(&mut self, driver: &mut Driver, heard: input::TimedEvent) -> Option<Event> {
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
        // A key may overtake the resize signal, and its meaning depends on what is visible.
        let drawn_for = self.screen.get_frame().area().as_size();
        if self.screen.size().is_ok_and(|size| size != drawn_for) {
            self.draw(driver);
        }
        self.waited = waited;
        Some(Event::Key(press))
    }

    /// Carries out orders of the wizard. True: the program must end.
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

    /// Lends the terminal to a command. lockroot reads nothing from it until the command ends.
    async fn lend(
        &mut self,
        driver: &mut Driver,
        ticket: Ticket,
        command: &TerminalCommand,
    ) -> anyhow::Result<Vec<Order>> {
        self.input = None;
        // Keys pressed before the command was visible are not meant for it.
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

/// The next input; never resolves while nothing reads.
async fn next_input(input: &mut Option<Input>) -> Option<input::TimedEvent> {
    match input {
        Some(input) => input.next().await,
        None => std::future::pending().await,
    }
}
