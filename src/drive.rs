//! The driver: feeds events to the wizard and carries out its effects. The only room between the pure core and the world;
//! it decides nothing. The terminal is in `terminal`, so that tests drive the same program without one.

mod errand;
mod input;
pub mod keymap;
mod links;
pub mod save;
mod seal;
mod signals;
pub mod terminal;
mod tty;

use std::sync::Arc;

use tokio::sync::mpsc;

use crate::account::new_profile::NewProfile;
use crate::account::{Caller, Console, Fact, Failure, Machine, Pending, Question, Reading, Source, Writer};
use crate::clock::Clock;
use crate::journal::Shelf;
use crate::secret::Secret;
use crate::wizard::{Effect, Errand, Event, Mode, Ticket, Wizard, update};

/// A session with AWS, or with the practice account.
#[derive(Clone)]
pub struct Link {
    /// Asks and changes.
    pub account: Arc<dyn Writer>,
    /// The simulated console, in practice only.
    pub console: Option<Arc<dyn Console>>,
    /// What is remembered from one run to the next.
    pub journals: Arc<dyn Shelf>,
}

/// Makes links.
pub trait Connector: Send + Sync {
    /// Connects to AWS, or to a practice account if `mode` says so.
    fn connect(&self, mode: Mode) -> Pending<'_, Result<Link, Failure>>;

    /// Connects to AWS with the credentials of `source`. Where there is only one, every source leads to it.
    fn connect_with(&self, _source: Source) -> Pending<'_, Result<Link, Failure>> {
        self.connect(Mode::Live)
    }

    /// Connects to the practice account of `mode` as that user of it. Where there is only one link, it leads to that.
    fn connect_as(&self, mode: Mode, _user: String) -> Pending<'_, Result<Link, Failure>> {
        self.connect(mode)
    }

    /// Adds a profile to the AWS credentials file; in practice to a file of its own. What was done, in words.
    ///
    /// # Errors
    /// In words, why nothing was written.
    fn keep_profile(&self, _mode: &Mode, _profile: &NewProfile) -> Result<String, String> {
        Err("there is no such file here".into())
    }

    /// Looks what there is on the machine to sign in with; whether the AWS CLI is asked for its version too.
    fn machine(&self, _cli: bool) -> Pending<'_, Machine> {
        Box::pin(std::future::ready(Machine::default()))
    }
}

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
    Run(Ticket, Errand),
    /// End.
    Quit,
}

/// What comes back from work under way.
enum Reply {
    Event(Box<Event>),
    Linked(Ticket, Result<Link, Failure>),
    /// The work broke down: a bug in lockroot. What it was doing may or may not have happened.
    Broken,
}

/// Who signs with the credentials of `source`. The link is made for this one question.
async fn who(connector: &dyn Connector, source: Source) -> Result<Caller, Failure> {
    let link = connector.connect_with(source).await?;
    match link.account.read(&Question::Caller).await {
        Fact::Caller(Reading::Known { value, .. }) => Ok(value),
        Fact::Caller(Reading::Failed(failure)) => Err(failure),
        _ => Err(Failure::lacks("sts:GetCallerIdentity", "Arn")),
    }
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
    link: Option<Link>,
    connecting: Option<Ticket>,
    under_way: usize,
    sender: mpsc::UnboundedSender<Reply>,
    inbox: mpsc::UnboundedReceiver<Reply>,
}

impl Driver {
    /// Starts a wizard. Must be called inside a tokio runtime, since it starts to connect.
    #[must_use]
    pub fn start(mode: Mode, connector: Arc<dyn Connector>, clock: Clock) -> Self {
        let (wizard, effects) = Wizard::start(mode, clock.now());
        let (sender, inbox) = mpsc::unbounded_channel();
        let mut driver = Self { wizard, clock, connector, link: None, connecting: None, under_way: 0, sender, inbox };
        for effect in effects {
            driver.perform(effect);
        }
        driver
    }

    /// Lets the wizard take in `event`, starts what it asks for, and returns what the terminal has to do.
    pub fn handle(&mut self, event: Event) -> Vec<Order> {
        let effects = update(&mut self.wizard, self.clock.now(), event);
        effects.into_iter().filter_map(|effect| self.perform(effect)).collect()
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
                Reply::Event(event) => return Ok(*event),
                Reply::Broken => return Err(Broken),
                Reply::Linked(ticket, result) if self.connecting == Some(ticket) => {
                    self.connecting = None;
                    return Ok(Event::Connected(ticket, result.map(|link| self.link = Some(link))));
                }
                Reply::Linked(..) => {}
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
            Effect::Connect(ticket, mode) => self.start_connecting(ticket, mode),
            Effect::ConnectWith(ticket, source) => {
                self.connecting = Some(ticket);
                let connector = self.connector.clone();
                self.launch(async move { Reply::Linked(ticket, connector.connect_with(source).await) });
            }
            Effect::ConnectAs(ticket, user) => {
                self.connecting = Some(ticket);
                let (connector, mode) = (self.connector.clone(), self.wizard.mode.clone());
                self.launch(async move { Reply::Linked(ticket, connector.connect_as(mode, user).await) });
            }
            Effect::Ask(ticket, source) => {
                let connector = self.connector.clone();
                self.work_on(async move { Event::Answered(ticket, who(connector.as_ref(), source).await) });
            }
            Effect::ConsoleSignIn(ticket, user) => {
                let console = self.link.as_ref()?.console.clone()?;
                self.work_on(async move { Event::ConsoleSignedIn(ticket, console.sign_in_as(&user)) });
            }
            Effect::LookAround(ticket, cli) => {
                let connector = self.connector.clone();
                self.work_on(async move { Event::Found(ticket, connector.machine(cli).await) });
            }
            Effect::Read(ticket, question) => {
                let account = self.link.as_ref()?.account.clone();
                self.work_on(async move {
                    let fact = account.read(&question).await;
                    Event::Learned(ticket, question, fact)
                });
            }
            Effect::Apply(ticket, change) => {
                let account = self.link.as_ref()?.account.clone();
                self.work_on(async move {
                    let result = account.apply(&change).await;
                    Event::Applied(ticket, change, result)
                });
            }
            Effect::ConsoleOffer(ticket) => {
                let console = self.link.as_ref()?.console.clone()?;
                self.work_on(async move { Event::ConsoleOffered(ticket, console.offer_root_device()) });
            }
            Effect::ConsoleAssign(ticket, serial, codes) => {
                let console = self.link.as_ref()?.console.clone()?;
                self.work_on(
                    async move { Event::ConsoleAssigned(ticket, console.assign_root_device(&serial, &codes)) },
                );
            }
            Effect::Recall(account) => {
                let journals = self.link.as_ref()?.journals.clone();
                self.work_on(async move {
                    let result = journals.read(&account).map(|journal| journal.or_newer(journals.last_check(&account)));
                    Event::Remembered(account, result)
                });
            }
            Effect::Remember(account, note) => {
                let journals = self.link.as_ref()?.journals.clone();
                self.work_on(async move {
                    let result = journals.note(&account, &note);
                    Event::Remembered(account, result)
                });
            }
            // At once, so that a form is never sent off before its password is there.
            Effect::Generate(length) => {
                self.handle(Event::Generated(Secret::generate(length)));
            }
            // The clock of what is for real is the machine's, and stays so.
            Effect::Advance(by) => {
                if self.wizard.mode != Mode::Live {
                    self.clock.advance(by);
                }
            }
            Effect::DropPendingKeys => return Some(Order::DropPendingKeys),
            Effect::Copy(text) => return Some(Order::Copy(text)),
            Effect::Save(files) => self.work_on(async move {
                let written = tokio::task::spawn_blocking(move || save::new_files(&files)).await;
                Event::Saved(written.unwrap_or_else(|error| Err(error.to_string())))
            }),
            Effect::Seal(name, text, lock) => self.work_on(async move {
                let written = tokio::task::spawn_blocking(move || seal::new_file(&name, &text, &lock)).await;
                Event::Sealed(written.unwrap_or_else(|error| Err(error.to_string())))
            }),
            Effect::KeepProfile(profile) => {
                let (connector, mode) = (self.connector.clone(), self.wizard.mode.clone());
                self.work_on(async move {
                    let written = tokio::task::spawn_blocking(move || connector.keep_profile(&mode, &profile)).await;
                    Event::ProfileKept(written.unwrap_or_else(|error| Err(error.to_string())))
                });
            }
            Effect::Open(address) => self.work_on(async move {
                let opened = tokio::task::spawn_blocking(move || open::that_detached(address)).await;
                let said = |error: &dyn std::fmt::Display| error.to_string();
                Event::Opened(match opened {
                    Ok(result) => result.map_err(|error| said(&error)),
                    Err(error) => Err(said(&error)),
                })
            }),
            Effect::Run(ticket, errand) => return Some(Order::Run(ticket, errand)),
            Effect::Suspend => return Some(Order::Suspend),
            Effect::Quit => return Some(Order::Quit),
        }
        None
    }

    fn start_connecting(&mut self, ticket: Ticket, mode: Mode) {
        self.connecting = Some(ticket);
        let connector = self.connector.clone();
        self.launch(async move { Reply::Linked(ticket, connector.connect(mode).await) });
    }

    fn work_on(&mut self, work: impl Future<Output = Event> + Send + 'static) {
        self.launch(async move { Reply::Event(Box::new(work.await)) });
    }

    fn launch(&mut self, work: impl Future<Output = Reply> + Send + 'static) {
        self.under_way += 1;
        let sender = self.sender.clone();
        let work = tokio::spawn(work);
        tokio::spawn(async move {
            // Nobody listens any more once the program is ending; then the reply is nobody's loss.
            let _ = sender.send(work.await.unwrap_or(Reply::Broken));
        });
    }
}
