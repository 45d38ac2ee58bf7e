//! The driver: feeds events to the wizard and carries out its effects. The only room between the pure core and the world;
//! it decides nothing. The terminal is in `terminal`, so that tests drive the same program without one.

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

use crate::account::new_profile::NewProfile;
use crate::account::{
    Caller, Console, CredentialSource, Fact, Failure, Fault, Machine, Pending, Question, Reading, Writer,
};
use crate::clock::Clock;
use crate::journal::{Claim, JournalStore};
use crate::secret::Secret;
use crate::wizard::{Effect, Ended, Event, Mode, Reply, Request, TerminalCommand, Ticket, Wizard, update};
use record::Record;

/// A session with AWS, or with the practice account.
#[derive(Clone)]
pub struct Connection {
    /// Asks and changes.
    pub account: Arc<dyn Writer>,
    /// The simulated console, in practice only.
    pub console: Option<Arc<dyn Console>>,
    /// What is remembered from one run to the next.
    pub journals: Arc<dyn JournalStore>,
}

/// Makes connections.
pub trait Connector: Send + Sync {
    /// Connects to AWS, or to a practice account if `mode` says so.
    fn connect(&self, mode: Mode) -> Pending<'_, Result<Connection, Failure>>;

    /// Connects to AWS with the credentials of `source`. Where there is only one, every source leads to it.
    fn connect_with(&self, _source: CredentialSource) -> Pending<'_, Result<Connection, Failure>> {
        self.connect(Mode::Live)
    }

    /// Connects to the practice account of `mode` as that user of it. Where there is only one connection, it leads to that.
    fn connect_as(&self, mode: Mode, _user: String) -> Pending<'_, Result<Connection, Failure>> {
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

/// There is no session to ask with.
fn nobody() -> Failure {
    Failure::new(Fault::NoCredentials, "sign-in", "nobody is signed in")
}

/// Who signs with the credentials of `source`. The connection is made for this one question.
async fn who(connector: &dyn Connector, source: CredentialSource) -> Result<Caller, Failure> {
    let connection = connector.connect_with(source).await?;
    match connection.account.read(&Question::Caller).await {
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
    connection: Option<Connection>,
    connecting: Option<Ticket>,
    renewing: Option<Ticket>,
    under_way: usize,
    record: Record,
    sender: mpsc::UnboundedSender<Answer>,
    inbox: mpsc::UnboundedReceiver<Answer>,
}

impl Driver {
    /// Starts a wizard. Must be called inside a tokio runtime, since it starts to connect.
    #[must_use]
    pub fn start(mode: Mode, connector: Arc<dyn Connector>, clock: Clock) -> Self {
        let (wizard, effects) = Wizard::start(mode, clock.now());
        let (sender, inbox) = mpsc::unbounded_channel();
        let record = Record::start();
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

    /// Starts what is asked for. Whatever comes of it, there is an answer.
    fn begin(&mut self, ticket: Ticket, request: Request) {
        let connector = self.connector.clone();
        let mode = self.wizard.world.mode().clone();
        match request {
            Request::Connect(mode) => self.connection(ticket, async move { connector.connect(mode).await }),
            Request::ConnectWith(source) => {
                self.connection(ticket, async move { connector.connect_with(source).await })
            }
            Request::ConnectAs(user) => self.connection(ticket, async move { connector.connect_as(mode, user).await }),
            Request::Claim(..)
            | Request::LoadJournal(..)
            | Request::AppendJournal(..)
            | Request::LoadSuppressions(..)
            | Request::SaveSuppression(..) => self.remembering(ticket, request),
            Request::Renew(renewal) => {
                let account = self.account();
                self.renewing = Some(ticket);
                self.launch(async move {
                    Answer::Renewed(
                        ticket,
                        match account {
                            Ok(account) => account.renew(&renewal).await,
                            Err(failure) => Err(failure),
                        },
                    )
                });
            }
            Request::Identify(source) => {
                self.answer(ticket, async move { Reply::Identified(who(connector.as_ref(), source).await) });
            }
            Request::InspectMachine(cli) => {
                self.answer(ticket, async move { Reply::Found(connector.machine(cli).await) });
            }
            Request::Read(question) => {
                let account = self.account();
                self.answer(ticket, async move {
                    Reply::Learned(match account {
                        Ok(account) => account.read(&question).await,
                        Err(failure) => Fact::unanswered(&question, failure),
                    })
                });
            }
            Request::Apply(change) => {
                let (account, recorded) = (self.account(), self.record.up_to_now());
                self.answer(ticket, async move {
                    // What was to be remembered before the call is on the disk before the call is sent.
                    recorded.await;
                    let result = match account {
                        Ok(account) => account.apply(&change).await,
                        Err(failure) => Err(failure),
                    };
                    Reply::Applied(change, result)
                });
            }
            Request::ConsoleSignIn(user) => {
                let console = self.console();
                self.answer(ticket, async move {
                    Reply::ConsoleSignedIn(console.and_then(|console| console.sign_in_as(&user)))
                });
            }
            Request::ConsoleOffer => {
                let console = self.console();
                self.answer(ticket, async move {
                    Reply::ConsoleOffered(console.and_then(|console| console.offer_root_device()))
                });
            }
            Request::ConsoleAssign(serial, codes) => {
                let console = self.console();
                self.answer(ticket, async move {
                    Reply::ConsoleAssigned(console.and_then(|console| console.assign_root_device(&serial, &codes)))
                });
            }
            Request::ConsolePhone(serial) => {
                let console = self.console();
                self.answer(
                    ticket,
                    async move { Reply::ConsolePhone(console.and_then(|console| console.phone(&serial))) },
                );
            }
            Request::ConsoleByHand(control) => {
                let console = self.console();
                self.answer(ticket, async move {
                    Reply::ConsoleByHand(console.and_then(|console| console.carry_out(control)))
                });
            }
            Request::ReadInbox(inbox) => {
                let console = self.console();
                self.answer(ticket, async move {
                    Reply::Message(console.and_then(|console| console.message(inbox)).unwrap_or_default())
                });
            }
            Request::WriteFiles(files) => self.blocking(ticket, move || save::new_files(&files), Reply::Saved),
            Request::AddProfile(profile) => {
                self.blocking(ticket, move || connector.keep_profile(&mode, &profile), Reply::ProfileKept);
            }
            Request::Open(address) => {
                let open = move || open::that_detached(address).map_err(|error| error.to_string());
                self.blocking(ticket, open, Reply::Opened);
            }
            // By `perform_all` and by whoever owns the terminal.
            Request::GeneratePassword(length) => {
                self.answer(ticket, std::future::ready(Reply::Password(Secret::generate(length))));
            }
            Request::Run(_) => {
                let ended = Ended::NotStarted("there is no terminal".into());
                self.answer(ticket, std::future::ready(Reply::Returned(ended)));
            }
        }
    }

    fn account(&self) -> Result<Arc<dyn Writer>, Failure> {
        self.connection.as_ref().map(|connection| connection.account.clone()).ok_or_else(nobody)
    }

    fn console(&self) -> Result<Arc<dyn Console>, Failure> {
        self.connection.as_ref().and_then(|connection| connection.console.clone()).ok_or_else(nobody)
    }

    fn journals(&self) -> Result<Arc<dyn JournalStore>, String> {
        self.connection.as_ref().map(|connection| connection.journals.clone()).ok_or_else(|| nobody().message)
    }

    /// Waits until everything that was to be remembered is, but not for ever: whether it is.
    pub async fn recorded(&self) -> bool {
        self.record.up_to_now().await
    }

    /// Work on what is remembered, in its order.
    fn remembering(&mut self, ticket: Ticket, request: Request) {
        let journals = self.journals();
        let broken: fn(String) -> Reply = match request {
            Request::Claim(_) => |why| Reply::Claimed(Claim::Unknown(why)),
            Request::LoadSuppressions(_) | Request::SaveSuppression(..) => |why| Reply::Accepted(Err(why)),
            _ => |why| Reply::Remembered(Err(why)),
        };
        let done = self.record.add(move || match request {
            Request::Claim(account) => {
                Reply::Claimed(journals.map_or_else(Claim::Unknown, |journals| journals.claim(&account)))
            }
            Request::LoadJournal(account) => Reply::Remembered(journals.and_then(|journals| {
                journals.read(&account).map(|journal| journal.or_newer(journals.last_check(&account)))
            })),
            Request::LoadSuppressions(account) => {
                Reply::Accepted(journals.and_then(|journals| journals.accepted(&account)))
            }
            Request::SaveSuppression(account, risk) => {
                Reply::Accepted(journals.and_then(|journals| journals.accept(&account, &risk)))
            }
            Request::AppendJournal(account, note) => {
                Reply::Remembered(journals.and_then(|journals| journals.note(&account, &note)))
            }
            _ => Reply::Remembered(Err(nobody().message)),
        });
        self.answer(ticket, async move { done.await.unwrap_or_else(broken) });
    }

    fn connection(&mut self, ticket: Ticket, work: impl Future<Output = Result<Connection, Failure>> + Send + 'static) {
        (self.connecting, self.renewing) = (Some(ticket), None);
        self.launch(async move { Answer::Connected(ticket, work.await) });
    }

    fn answer(&mut self, ticket: Ticket, work: impl Future<Output = Reply> + Send + 'static) {
        self.launch(async move { Answer::Of(ticket, Box::new(work.await)) });
    }

    /// Work that may hold a thread up.
    fn blocking<T: Send + 'static>(
        &mut self,
        ticket: Ticket,
        work: impl FnOnce() -> Result<T, String> + Send + 'static,
        reply: impl FnOnce(Result<T, String>) -> Reply + Send + 'static,
    ) {
        self.answer(ticket, async move {
            let done = tokio::task::spawn_blocking(work).await;
            reply(done.unwrap_or_else(|error| Err(error.to_string())))
        });
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
mod tests {
    use super::*;
    use crate::account::{Change, Renewal, Suppression};
    use crate::journal::Note;

    /// There is nobody to connect to.
    struct Nobody;

    impl Connector for Nobody {
        fn connect(&self, _: Mode) -> Pending<'_, Result<Connection, Failure>> {
            Box::pin(std::future::ready(Err(nobody())))
        }
    }

    #[tokio::test]
    async fn every_request_is_answered_also_without_a_session_and_leaves_no_task() {
        let command = TerminalCommand { program: "none".into(), arguments: Vec::new() };
        let profile = NewProfile { name: "p".into(), key_id: "AKIA".into(), secret: Secret::new("s") };
        let until = time::macros::date!(2027 - 01 - 31);
        let risk = Suppression { id: "root-mfa".into(), reason: "r".into(), owner: "o".into(), until };
        let requests = [
            Request::Connect(Mode::Live),
            Request::ConnectWith(CredentialSource::AsStarted),
            Request::ConnectAs("ada".into()),
            Request::Identify(CredentialSource::AsStarted),
            Request::Renew(Renewal::Mfa { serial: "s".into(), code: Secret::new("123456") }),
            Request::ConsoleSignIn("ada".into()),
            Request::InspectMachine(false),
            Request::Run(command),
            Request::Read(Question::Alias),
            Request::Apply(Change::DeletePasswordPolicy),
            Request::ConsoleOffer,
            Request::ConsoleAssign("arn".into(), ("1".into(), "2".into())),
            Request::ConsolePhone("arn".into()),
            Request::ConsoleByHand("guardduty-on"),
            Request::Claim("123456789012".into()),
            Request::LoadJournal("123456789012".into()),
            Request::AppendJournal("123456789012".into(), Note::CallEnded),
            Request::LoadSuppressions("123456789012".into()),
            Request::SaveSuppression("123456789012".into(), risk),
            Request::GeneratePassword(24),
            Request::WriteFiles(Vec::new()),
            Request::AddProfile(profile),
        ];
        for (number, request) in requests.into_iter().enumerate() {
            let now = time::macros::datetime!(2026-11-21 12:00 UTC);
            let mut driver = Driver::start(Mode::Live, Arc::new(Nobody), Clock::set_to(now));
            let Ok(Event::Reply(..)) = driver.next().await else { panic!("the first connection is answered") };
            let (said, ticket) = (format!("{request:?}"), Ticket(1_000 + number as u64));
            driver.begin(ticket, request);
            match driver.next().await {
                Ok(Event::Reply(answered, _)) => assert_eq!(answered, ticket, "{said}"),
                other => panic!("{said}: {other:?}"),
            }
            drop(driver);
            let ended = async {
                while tokio::runtime::Handle::current().metrics().num_alive_tasks() > 0 {
                    tokio::task::yield_now().await;
                }
            };
            let ended = tokio::time::timeout(Duration::from_secs(30), ended).await;
            assert!(ended.is_ok(), "{said}: a task is left behind");
        }
    }
}
