//! The driver: feeds events to the wizard and carries out its effects. It decides nothing. The terminal is in
//! `terminal`, so tests run the same program without one.

mod begin;
mod connector;
mod input;
pub mod keymap;
mod links;
mod record;
pub mod save;
mod signals;
pub mod terminal;
mod terminal_command;
mod tty;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;

use crate::account::{Failure, Writer};
use crate::clock::Clock;
use crate::secret::Secret;
use crate::wizard::{Effect, Event, Mode, Reply, Request, TerminalCommand, Ticket, Wizard, update};
pub use connector::{Connection, Connector};
use record::JournalQueue;

/// What only whoever owns the terminal can do.
#[derive(Debug, PartialEq, Eq)]
pub enum Order {
    /// Forget the keys that were pressed so far, before the next drawing.
    DropPendingKeys,
    /// Send text to the terminal's clipboard; none clears it.
    Copy(Secret),
    /// Give the terminal back until the program is continued.
    Suspend,
    /// Give the terminal to a command until it ends, and tell how it ended.
    Run(Ticket, TerminalCommand),
    /// End.
    Quit,
}

/// What comes back from work under way.
enum Answer {
    Of(Ticket, Box<Reply>),
    Connected(Ticket, Result<Connection, Failure>),
    Renewed(Ticket, Result<Arc<dyn Writer>, Failure>),
    /// The work broke down: a bug in lockroot. What it was doing may or may not have happened.
    Broken,
}

/// Work under way broke down because of a bug in lockroot itself.
#[derive(Debug)]
pub struct Broken;

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(
            "lockroot has a bug and had to stop; a call on its way may or may not have happened\n\
             help: `lockroot check` tells what is true now",
        )
    }
}

impl std::error::Error for Broken {}

/// The wizard with everything that its effects need.
pub struct Driver {
    /// The wizard, to be drawn.
    pub wizard: Wizard,
    clock: Clock,
    connector: Arc<dyn Connector>,
    connection: Option<Connection>,
    connecting: Option<Ticket>,
    renewing: Option<Ticket>,
    under_way: usize,
    record: JournalQueue,
    sender: mpsc::UnboundedSender<Answer>,
    inbox: mpsc::UnboundedReceiver<Answer>,
}

impl Driver {
    /// Starts a wizard. Must be called inside a tokio runtime, since it starts to connect.
    #[must_use]
    pub fn start(mode: Mode, connector: Arc<dyn Connector>, clock: Clock) -> Self {
        let (wizard, effects) = Wizard::start(mode, clock.now());
        let (sender, inbox) = mpsc::unbounded_channel();
        let record = JournalQueue::start();
        let mut driver = Self {
            wizard,
            clock,
            connector,
            connection: None,
            connecting: None,
            renewing: None,
            under_way: 0,
            record,
            sender,
            inbox,
        };
        driver.perform_all(effects);
        driver
    }

    /// Lets the wizard take in `event`, starts what it asks for, and returns what the terminal has to do.
    pub fn handle(&mut self, event: Event) -> Vec<Order> {
        self.handle_after(event, Duration::ZERO)
    }

    /// The same for what happened a while ago: a key counts from when it was pressed, not from when there was time for it.
    pub fn handle_after(&mut self, event: Event, waited: Duration) -> Vec<Order> {
        let now = self.clock.now();
        let then = (now - waited).max(self.wizard.now()).min(now);
        let effects = update(&mut self.wizard, then, event);
        self.perform_all(effects)
    }

    fn perform_all(&mut self, effects: Vec<Effect>) -> Vec<Order> {
        let mut waiting = VecDeque::from(effects);
        let mut orders = Vec::new();
        while let Some(effect) = waiting.pop_front() {
            // At once, so that a form is never sent off before its password is there.
            if let Effect::Ask(ticket, Request::GeneratePassword(length)) = effect {
                let password = Reply::Password(Secret::generate(length));
                let then = update(&mut self.wizard, self.clock.now(), Event::Reply(ticket, password));
                then.into_iter().rev().for_each(|effect| waiting.push_front(effect));
                continue;
            }
            orders.extend(self.perform(effect));
        }
        orders
    }

    /// The next reply of work under way. Waits for ever if there is none.
    ///
    /// # Errors
    /// When the work broke down.
    pub async fn next(&mut self) -> Result<Event, Broken> {
        loop {
            let Some(reply) = self.inbox.recv().await else { return std::future::pending().await };
            self.under_way = self.under_way.saturating_sub(1);
            match reply {
                Answer::Of(ticket, reply) => return Ok(Event::Reply(ticket, *reply)),
                Answer::Broken => return Err(Broken),
                Answer::Connected(ticket, result) if self.connecting == Some(ticket) => {
                    self.connecting = None;
                    let result = result.map(|connection| self.connection = Some(connection));
                    return Ok(Event::Reply(ticket, Reply::Connected(result)));
                }
                Answer::Renewed(ticket, result) if self.renewing == Some(ticket) => {
                    self.renewing = None;
                    let renewed = result.map(|account| {
                        if let Some(connection) = &mut self.connection {
                            connection.account = account;
                        }
                    });
                    return Ok(Event::Reply(ticket, Reply::Renewed(renewed)));
                }
                // A newer connection has come meanwhile.
                Answer::Connected(..) | Answer::Renewed(..) => {}
            }
        }
    }

    /// Whether anything is under way whose reply will come.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.under_way > 0
    }

    /// How long until the wizard wants to be woken; `None`: it does not.
    #[must_use]
    pub fn sleeps_for(&self) -> Option<std::time::Duration> {
        let wake = self.wizard.wakes_at()?;
        Some((wake - self.clock.now()).max(time::Duration::ZERO).unsigned_abs())
    }

    fn perform(&mut self, effect: Effect) -> Option<Order> {
        match effect {
            Effect::Ask(ticket, Request::Run(command)) => return Some(Order::Run(ticket, command)),
            Effect::Ask(ticket, request) => self.begin(ticket, request),
            // The clock of what is for real is the machine's, and stays so.
            Effect::Advance(by) => {
                if self.wizard.world.is_practice() {
                    self.clock.advance(by);
                }
            }
            Effect::DropPendingKeys => return Some(Order::DropPendingKeys),
            Effect::Copy(text) => return Some(Order::Copy(text)),
            Effect::Suspend => return Some(Order::Suspend),
            Effect::Quit => return Some(Order::Quit),
        }
        None
    }

    /// Waits until everything that was to be remembered is, but not for ever: whether it is.
    pub async fn recorded(&self) -> bool {
        self.record.up_to_now().await
    }

    fn launch(&mut self, work: impl Future<Output = Answer> + Send + 'static) {
        self.under_way += 1;
        let sender = self.sender.clone();
        let work = tokio::spawn(work);
        tokio::spawn(async move {
            // Nobody listens any more once the program is ending; then the reply is nobody's loss.
            let _ = sender.send(work.await.unwrap_or(Answer::Broken));
        });
    }
}

#[cfg(test)]
mod tests;
