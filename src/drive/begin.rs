//! Starts each request. Every request gets a reply; without a session it is a "not signed in" failure.

use std::sync::Arc;

use super::{Answer, Connection, Connector, Driver, save};
use crate::account::{
    Caller, Change, Console, CredentialSource, Fact, Failure, Fault, Question, Reading, Renewal, Writer,
};
use crate::journal::{Claim, JournalStore};
use crate::secret::Secret;
use crate::wizard::{Ended, Reply, Request, Ticket};

/// The failure without a session.
pub(super) fn nobody() -> Failure {
    Failure::new(Fault::NoCredentials, "sign-in", "nobody is signed in")
}

/// The principal of `source`'s credentials. The connection is used for this question only.
async fn who(connector: &dyn Connector, source: CredentialSource) -> Result<Caller, Failure> {
    let connection = connector.connect_with(source).await?;
    match connection.account.read(&Question::Caller).await {
        Fact::Caller(Reading::Known { value, .. }) => Ok(value),
        Fact::Caller(Reading::Failed(failure)) => Err(failure),
        _ => Err(Failure::lacks("sts:GetCallerIdentity", "Arn")),
    }
}

impl Driver {
    /// Starts `request`.
    pub(super) fn begin(&mut self, ticket: Ticket, request: Request) {
        let connector = self.connector.clone();
        let mode = self.wizard.world.mode().clone();
        match request {
            Request::Connect(mode) => self.connect(ticket, async move { connector.connect(mode).await }),
            Request::ConnectWith(source) => self.connect(ticket, async move { connector.connect_with(source).await }),
            Request::ConnectAs(user) => self.connect(ticket, async move { connector.connect_as(mode, user).await }),
            Request::Renew(renewal) => self.renew(ticket, renewal),
            Request::Identify(source) => {
                self.answer(ticket, async move { Reply::Identified(who(connector.as_ref(), source).await) });
            }
            Request::InspectMachine(cli) => {
                self.answer(ticket, async move { Reply::Found(connector.machine(cli).await) });
            }
            Request::Read(question) => self.read(ticket, question),
            Request::Apply(change) => self.apply(ticket, change),
            Request::ConsoleSignIn(user) => {
                self.on_console(ticket, move |console| console.sign_in_as(&user), Reply::ConsoleSignedIn);
            }
            Request::ConsoleOffer => {
                self.on_console(ticket, |console| console.offer_root_device(), Reply::ConsoleOffered);
            }
            Request::ConsoleAssign(serial, codes) => {
                let assign = move |console: &dyn Console| console.assign_root_device(&serial, &codes);
                self.on_console(ticket, assign, Reply::ConsoleAssigned);
            }
            Request::ConsolePhone(serial) => {
                self.on_console(ticket, move |console| console.phone(&serial), Reply::ConsolePhone);
            }
            Request::ConsoleByHand(control) => {
                self.on_console(ticket, move |console| console.carry_out(control), Reply::ConsoleByHand);
            }
            Request::ReadInbox(inbox) => {
                let shown = |message: Result<_, Failure>| Reply::Message(message.unwrap_or_default());
                self.on_console(ticket, move |console| console.message(inbox), shown);
            }
            Request::Claim(account) => {
                let claimed = |claim: Result<_, String>| Reply::Claimed(claim.unwrap_or_else(Claim::Unknown));
                self.on_journals(ticket, move |journals| Ok(journals.claim(&account)), claimed);
            }
            Request::LoadJournal(account) => {
                let load = move |journals: &dyn JournalStore| {
                    journals.read(&account).map(|journal| journal.or_newer(journals.last_check(&account)))
                };
                self.on_journals(ticket, load, Reply::Remembered);
            }
            Request::AppendJournal(account, note) => {
                self.on_journals(ticket, move |journals| journals.note(&account, &note), Reply::Remembered);
            }
            Request::LoadSuppressions(account) => {
                self.on_journals(ticket, move |journals| journals.accepted(&account), Reply::Accepted);
            }
            Request::SaveSuppression(account, risk) => {
                self.on_journals(ticket, move |journals| journals.accept(&account, &risk), Reply::Accepted);
            }
            Request::WriteFiles(files) => self.blocking(ticket, move || save::new_files(&files), Reply::Saved),
            Request::AddProfile(profile) => {
                self.blocking(ticket, move || connector.add_profile(&mode, &profile), Reply::ProfileKept);
            }
            Request::Open(address) => {
                let open = move || open::that_detached(address).map_err(|error| error.to_string());
                self.blocking(ticket, open, Reply::Opened);
            }
            // Handled by `perform_all` and by the terminal's owner.
            Request::GeneratePassword(length) => {
                self.answer(ticket, std::future::ready(Reply::Password(Secret::generate(length))));
            }
            Request::Run(_) => {
                let ended = Ended::NotStarted("there is no terminal".into());
                self.answer(ticket, std::future::ready(Reply::Returned(ended)));
            }
        }
    }

    fn connect(&mut self, ticket: Ticket, work: impl Future<Output = Result<Connection, Failure>> + Send + 'static) {
        (self.connecting, self.renewing) = (Some(ticket), None);
        self.launch(async move { Answer::Connected(ticket, work.await) });
    }

    fn renew(&mut self, ticket: Ticket, renewal: Renewal) {
        let account = self.account();
        self.renewing = Some(ticket);
        self.launch(async move {
            let renewed = match account {
                Ok(account) => account.renew(&renewal).await,
                Err(failure) => Err(failure),
            };
            Answer::Renewed(ticket, renewed)
        });
    }

    fn read(&mut self, ticket: Ticket, question: Question) {
        let account = self.account();
        self.answer(ticket, async move {
            Reply::Learned(match account {
                Ok(account) => account.read(&question).await,
                Err(failure) => Fact::unanswered(&question, failure),
            })
        });
    }

    fn apply(&mut self, ticket: Ticket, change: Change) {
        let (account, recorded) = (self.account(), self.record.up_to_now());
        self.answer(ticket, async move {
            // Notes recorded before the call must be on disk before the call is sent.
            recorded.await;
            let result = match account {
                Ok(account) => account.apply(&change).await,
                Err(failure) => Err(failure),
            };
            Reply::Applied(change, result)
        });
    }

    /// Runs work on the practice account's console.
    fn on_console<T>(
        &mut self,
        ticket: Ticket,
        work: impl FnOnce(&dyn Console) -> Result<T, Failure> + Send + 'static,
        reply: impl FnOnce(Result<T, Failure>) -> Reply + Send + 'static,
    ) {
        let console = self.connection.as_ref().and_then(|connection| connection.console.clone()).ok_or_else(nobody);
        self.answer(ticket, async move { reply(console.and_then(|console| work(console.as_ref()))) });
    }

    /// Runs journal work in order.
    fn on_journals<T: Send + 'static>(
        &mut self,
        ticket: Ticket,
        work: impl FnOnce(&dyn JournalStore) -> Result<T, String> + Send + 'static,
        reply: impl FnOnce(Result<T, String>) -> Reply + Send + 'static,
    ) {
        let journals = self.connection.as_ref().map(|connection| connection.journals.clone());
        let journals = journals.ok_or_else(|| nobody().message);
        let done = self.record.add(move || journals.and_then(|journals| work(journals.as_ref())));
        self.answer(ticket, async move { reply(done.await.unwrap_or_else(Err)) });
    }

    fn account(&self) -> Result<Arc<dyn Writer>, Failure> {
        self.connection.as_ref().map(|connection| connection.account.clone()).ok_or_else(nobody)
    }

    fn answer(&mut self, ticket: Ticket, work: impl Future<Output = Reply> + Send + 'static) {
        self.launch(async move { Answer::Of(ticket, Box::new(work.await)) });
    }

    /// Runs work that may block a thread.
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
}
