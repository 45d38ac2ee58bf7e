//! Creates connections to AWS (by the credential chain) or to an in-process practice account.

mod read_only;

use std::sync::{Arc, OnceLock};

use super::credentials_file::CredentialsFile;
use super::practice_account::PracticeAccount;
use super::state_folder::StateFolder;
use crate::account::new_profile::NewProfile;
use crate::account::{CredentialSource, Failure, Fault, Machine, Pending};
use crate::aws;
use crate::clock::Clock;
use crate::drive::{Connection, Connector};
use crate::journal::{InMemory, JournalStore};
use crate::practice::{Practice, Scenario, SignedInAs};
use crate::wizard::Mode;

pub use read_only::{ReadConnection, ReadOnly};

/// Credentials file of practice: practice keys must not mix with real ones.
const PRACTICE_FILE: &str = "aws-credentials-practice";

/// Creates connections for the wizard and `check`.
#[derive(Debug, Clone, Default)]
pub struct Connections {
    /// The target of live connections.
    pub target: aws::Target,
    /// The time for client and practice account.
    pub clock: Clock,
    /// The practice account, created by the first connection. Later connections continue with it.
    practice: Arc<OnceLock<Practice>>,
    /// Practice journals, kept as long as the program or the kept account.
    practice_journals: PracticeJournals,
    /// Journals of AWS accounts. All connections share them, because they hold the lock of the current account.
    journals: Arc<StateFolder>,
}

/// The store of practice journals.
#[derive(Debug, Clone)]
enum PracticeJournals {
    InMemory(Arc<InMemory>),
    Kept(Arc<StateFolder>),
}

impl Default for PracticeJournals {
    fn default() -> Self {
        Self::InMemory(Arc::default())
    }
}

impl PracticeJournals {
    fn journals(&self) -> Arc<dyn JournalStore> {
        match self {
            Self::InMemory(journals) => journals.clone(),
            Self::Kept(journals) => journals.clone(),
        }
    }
}

impl Connections {
    /// Connections to `target`, or to practice accounts, by `clock`.
    #[must_use]
    pub fn new(target: aws::Target, clock: Clock) -> Self {
        Self {
            target,
            clock,
            practice: Arc::default(),
            practice_journals: PracticeJournals::default(),
            journals: Arc::default(),
        }
    }

    /// Uses `practice` for all practice connections, whatever scenario they name.
    #[must_use]
    pub fn to_practice(self, practice: Practice) -> Self {
        Self { practice: Arc::new(OnceLock::from(practice)), ..self }
    }

    /// Uses `account`, with its journals if it is a kept account.
    #[must_use]
    pub fn to_practice_account(self, account: PracticeAccount) -> Self {
        let practice_journals = account.journals.map_or_else(PracticeJournals::default, PracticeJournals::Kept);
        Self { practice_journals, ..self.to_practice(account.practice) }
    }

    /// Restricts it to reading.
    #[must_use]
    pub fn read_only(self) -> ReadOnly {
        ReadOnly::of(self)
    }

    async fn live(&self, target: &aws::Target) -> Result<Connection, Failure> {
        let account = aws::connect(target, self.clock.clone()).await?;
        Ok(Connection { account: Arc::new(account), console: None, journals: self.journals.clone() })
    }

    fn practise(&self, scenario: &str, user: Option<String>) -> Result<Connection, Failure> {
        let practice = match self.practice.get() {
            Some(practice) => practice,
            None => {
                let scenario = Scenario::named(scenario)
                    .map_err(|error| Failure::new(Fault::Invalid, "practice", error.to_string()))?;
                self.practice.get_or_init(|| Practice::new(scenario, self.clock.clone()))
            }
        };
        let connection = match user {
            Some(user) => connection_as(practice, user, &self.clock)?,
            None => connection_to(practice, &self.clock),
        };
        Ok(Connection { journals: self.practice_journals.journals(), ..connection })
    }
}

impl Connector for Connections {
    fn connect(&self, mode: Mode) -> Pending<'_, Result<Connection, Failure>> {
        Box::pin(async move {
            match mode {
                Mode::Live => self.live(&self.target).await,
                Mode::Practice { scenario } => self.practise(&scenario, None),
            }
        })
    }

    fn connect_as(&self, mode: Mode, user: String) -> Pending<'_, Result<Connection, Failure>> {
        Box::pin(async move {
            match mode {
                Mode::Live => self.live(&self.target).await,
                Mode::Practice { scenario } => self.practise(&scenario, Some(user)),
            }
        })
    }

    fn connect_with(&self, source: CredentialSource) -> Pending<'_, Result<Connection, Failure>> {
        Box::pin(async move {
            let profile = match source {
                CredentialSource::AsStarted => self.target.profile.clone(),
                CredentialSource::Profile(name) => Some(name),
                CredentialSource::Environment => None,
            };
            self.live(&aws::Target { profile, ..self.target.clone() }).await
        })
    }

    fn add_profile(&self, mode: &Mode, profile: &NewProfile) -> Result<String, String> {
        match mode {
            Mode::Live => CredentialsFile::of_this_user()?.add(profile),
            Mode::Practice { .. } => CredentialsFile::at(PRACTICE_FILE).add(profile),
        }
    }

    fn machine(&self, cli: bool) -> Pending<'_, Machine> {
        Box::pin(aws::machine(&self.target, cli))
    }
}

/// A connection to `practice` as its scenario's principal.
#[must_use]
pub fn connection_to(practice: &Practice, clock: &Clock) -> Connection {
    let account = aws::connect_in_process(Arc::new(practice.clone()), practice.session(), clock.clone());
    over(practice, account)
}

/// A connection to `practice` as this user.
///
/// # Errors
/// `NoCredentials`: no such user, or it has neither key nor password.
pub fn connection_as(practice: &Practice, user: String, clock: &Clock) -> Result<Connection, Failure> {
    let nobody = || Failure::new(Fault::NoCredentials, "sign-in", format!("{user} can't sign in here"));
    let keys = practice.session_as(&SignedInAs::User(user.clone())).ok_or_else(nobody)?;
    Ok(over(practice, aws::connect_in_process(Arc::new(practice.clone()), keys, clock.clone())))
}

fn over(practice: &Practice, account: aws::Aws) -> Connection {
    Connection {
        account: Arc::new(account),
        console: Some(Arc::new(practice.clone())),
        journals: Arc::new(InMemory::default()),
    }
}
