//! Every request gets a reply.

use super::begin::nobody;
use super::*;
use crate::account::new_profile::NewProfile;
use crate::account::{Change, CredentialSource, Machine, Pending, Question, Renewal, Suppression};
use crate::journal::Note;
use crate::wizard::Mode;

/// A connector without any account.
struct Nobody;

impl Connector for Nobody {
    fn connect(&self, _: Mode) -> Pending<'_, Result<Connection, Failure>> {
        Box::pin(std::future::ready(Err(nobody())))
    }

    fn connect_with(&self, _: CredentialSource) -> Pending<'_, Result<Connection, Failure>> {
        Box::pin(std::future::ready(Err(nobody())))
    }

    fn connect_as(&self, _: Mode, _: String) -> Pending<'_, Result<Connection, Failure>> {
        Box::pin(std::future::ready(Err(nobody())))
    }

    fn add_profile(&self, _: &Mode, _: &NewProfile) -> Result<String, String> {
        Err("no such file".into())
    }

    fn machine(&self, _: bool) -> Pending<'_, Machine> {
        Box::pin(std::future::ready(Machine::default()))
    }
}

#[tokio::test]
async fn every_request_is_answered_even_without_a_session_and_leaves_no_task() {
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
