//! The driver: feeds events to the wizard and carries out its effects. It makes no decisions. The terminal is in
//! `terminal`, so tests run the same driver without one.

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

/// Work that only the terminal's owner can do.
#[derive(Debug, PartialEq, Eq)]
pub enum Order {
    /// Discard the keys pressed before the next draw.
    DropPendingKeys,
    /// Copy text to the terminal's clipboard; empty text clears it.
    Copy(Secret),
    /// Release the terminal until the process is continued.
    Suspend,
    /// Lend the terminal to a command until it ends, then report how it ended.
    Run(Ticket, TerminalCommand),
    Quit,
}

/// The result of background work.
enum Answer {
    Of(Ticket, Box<Reply>),
    Connected(Ticket, Result<Connection, Failure>),
    Renewed(Ticket, Result<Arc<dyn Writer>, Failure>),
    /// The work panicked: a bug in lockroot. Its effect may or may not have happened.
    Broken,
}

/// Background work panicked: a bug in lockroot.
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
    /// The state to draw.
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
    /// Starts a wizard and its first connection. Call it inside a tokio runtime.
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

    /// Passes `event` to the wizard, starts the requested work, and returns orders for the terminal.
    pub fn handle(&mut self, event: Event) -> Vec<Order> {
        self.handle_after(event, Duration::ZERO)
    }

    /// The same for an event that has `waited`: a key counts from its press, not from when the loop reached it.
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
            // Handle it at once, so that no form is submitted before its password exists.
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

    /// The next reply of background work; waits forever if there is none.
    ///
    /// # Errors
    /// The work panicked.
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
                // A newer connection has replaced this one.
                Answer::Connected(..) | Answer::Renewed(..) => {}
            }
        }
    }

    /// Whether background work will still reply.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.under_way > 0
    }

    /// Time until the wizard wants to be woken; `None`: never.
    #[must_use]
    pub fn sleeps_for(&self) -> Option<std::time::Duration> {
        let wake = self.wizard.wakes_at()?;
        Some((wake - self.clock.now()).max(time::Duration::ZERO).unsigned_abs())
    }

    fn perform(&mut self, effect: Effect) -> Option<Order> {
        match effect {
            Effect::Ask(ticket, Request::Run(command)) => return Some(Order::Run(ticket, command)),
            Effect::Ask(ticket, request) => self.begin(ticket, request),
            // A live clock cannot be moved.
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

    /// Waits until all pending notes are written, with a timeout. Returns whether they were.
    pub async fn recorded(&self) -> bool {
        self.record.up_to_now().await
    }

    fn launch(&mut self, work: impl Future<Output = Answer> + Send + 'static) {
        self.under_way += 1;
        let sender = self.sender.clone();
        let work = tokio::spawn(work);
        tokio::spawn(async move {
            // Sending fails only when the program ends, when nobody needs the reply.
            let _ = sender.send(work.await.unwrap_or(Answer::Broken));
        });
    }
}

#[cfg(test)]
mod tests;
