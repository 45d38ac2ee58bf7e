//! Walks over root's access keys: who uses one, deactivate, watch, delete.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::support::{START, Walk};
use lockroot::account::facts::KeyStatus;
use lockroot::account::{Failure, Pending, Question, Timestamp, Traced};
use lockroot::aws::connect_in_process;
use lockroot::clock::Clock;
use lockroot::drive::{Connection, Connector, Order};
use lockroot::journal::InMemory;
use lockroot::practice::{Practice, Scenario, SignedInAs};
use lockroot::steps::StepId;
use lockroot::wire::{Endpoint, Replying};
use lockroot::wizard::{Event, Mode, Page};

/// A practice account that records the time and the region of each lookup.
#[derive(Clone)]
struct Noted {
    account: Practice,
    clock: Clock,
    lookups: Arc<Mutex<Vec<(Timestamp, String)>>>,
    requests: Arc<Mutex<Vec<http::Request<Vec<u8>>>>>,
    journals: Arc<InMemory>,
}

impl Noted {
    fn on(name: &str, opened: Timestamp) -> Self {
        Self::over(Scenario::named(name).unwrap(), opened)
    }

    fn over(scenario: Scenario, opened: Timestamp) -> Self {
        let clock = Clock::set_to(opened);
        let account = Practice::new(scenario, clock.clone());
        Self { account, clock, lookups: Arc::default(), requests: Arc::default(), journals: Arc::default() }
    }

    fn connection(&self, keys: lockroot::wire::SigningKeys) -> Connection {
        let aws = connect_in_process(Arc::new(self.clone()), keys, self.clock.clone());
        Connection { account: Arc::new(aws), console: None, journals: self.journals.clone() }
    }

    fn lookups(&self) -> usize {
        self.lookups.lock().unwrap().len()
    }

    /// Makes a call with root's own key, like the scenario's CI.
    async fn call_as_ci(&self, questions: &[Question]) {
        let connection = self.connection(self.account.session_as(&SignedInAs::RootKey).expect("an active key"));
        for question in questions {
            connection.account.read(question).await;
        }
    }

    /// Gives root a signing certificate, which lockroot itself never does.
    async fn upload_certificate(&self) {
        let keys = self.account.session();
        let token = keys.session_token.as_ref().map(|token| token.expose().to_owned());
        let secret = keys.secret_access_key.expose();
        let credentials = aws_credential_types::Credentials::new(&keys.access_key_id, secret, token, None, "test");
        let config = aws_sdk_iam::Config::builder()
            .behavior_version(aws_sdk_iam::config::BehaviorVersion::latest())
            .region(aws_sdk_iam::config::Region::new("us-east-1"))
            .time_source(self.clock.clone())
            .credentials_provider(credentials)
            .http_client(lockroot::aws::InProcess::new(Arc::new(self.account.clone())))
            .build();
        let pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
        let client = aws_sdk_iam::Client::from_conf(config);
        client.upload_signing_certificate().certificate_body(pem).send().await.unwrap();
    }

    async fn walk(&self) -> Walk {
        Walk::by(self.account.clone(), self.clock.clone(), Arc::new(self.clone())).await
    }
}

impl Endpoint for Noted {
    fn answer(&self, request: http::Request<Vec<u8>>) -> Replying<'_> {
        let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if header("x-amz-target").ends_with("LookupEvents") {
            let region = header("authorization").split('/').nth(2).unwrap_or_default().to_owned();
            self.lookups.lock().unwrap().push((self.clock.now(), region));
        }
        let mut kept = self.requests.lock().unwrap();
        if kept.len() < 8 {
            kept.push(request.clone());
        }
        drop(kept);
        self.account.answer(request)
    }
}

impl Connector for Noted {
    fn connect(&self, _mode: Mode) -> Pending<'_, Result<Connection, Failure>> {
        Box::pin(async move { Ok(self.connection(self.account.session())) })
    }

    crate::support::one_account!();

    crate::support::no_file!();

    crate::support::bare_machine!();
}

/// Lets the program run on its own timers for at most `seconds`, without input.
async fn run(walk: &mut Walk, seconds: u64) {
    let end = walk.clock.now() + Duration::from_secs(seconds);
    while let Some(sleep) = walk.driver.sleeps_for()
        && walk.clock.now() < end
    {
        walk.clock.advance(sleep.max(Duration::from_millis(20)));
        walk.orders.extend(walk.driver.handle(Event::Tick));
        walk.settle().await;
    }
}

/// Ten thousand events of the CI's key: four repeated calls by two programs.
async fn ten_thousand(noted: &Noted) {
    let programs = ["aws-cli/2.15.0 Python/3.11 md/Jenkins", "APN/1.0 HashiCorp/1.0 Terraform/1.5.7"];
    for batch in 0..20 {
        noted.clock.advance(Duration::from_secs(300));
        noted.requests.lock().unwrap().clear();
        noted.call_as_ci(&[Question::Caller, Question::Summary, Question::Alias, Question::PasswordPolicy]).await;
        let kept = noted.requests.lock().unwrap().clone();
        for n in 0..496 {
            let mut request = kept[n % kept.len()].clone();
            request.headers_mut().insert("user-agent", programs[(n + batch) % 2].parse().unwrap());
            noted.account.answer(request).await;
        }
    }
}

fn key_of(walk: &Walk, status: KeyStatus) -> String {
    let keys = walk.driver.wizard.facts().root_keys.known().unwrap();
    keys.iter().find(|key| key.status == status).unwrap().id.clone()
}

/// Selects the row of root's active key.
async fn at_active_key(walk: &mut Walk) -> String {
    walk.go_to(StepId::RootKeys).await;
    let keys = walk.driver.wizard.facts().root_keys.known().unwrap();
    let row = keys.iter().position(|key| key.status == KeyStatus::Active).unwrap();
    let down = "down ".repeat(row);
    walk.press(&down).await;
    key_of(walk, KeyStatus::Active)
}

#[tokio::test(start_paused = true)]
async fn ten_thousand_events_are_read_within_two_requests_a_second_and_can_be_stopped() {
    let scene = "title = \"busy\"\naccount = \"123456789012\"\n[[root.keys]]\nage = \"3y\"\nlast_used = \"5h\"\n";
    let noted = Noted::over(Scenario::parse("the test", scene).unwrap(), START - Duration::from_secs(6000));
    ten_thousand(&noted).await;
    let mut walk = noted.walk().await;
    walk.is_blind = true;
    // The start has looked up root's recent activity once.
    walk.wait(1).await;
    let key = at_active_key(&mut walk).await;
    walk.press("right right enter").await;
    assert!(matches!(walk.stage(StepId::RootKeys), Page::Examine(_)), "{}", walk.draw());
    assert!(walk.draw().contains("Regions, "), "it says how far it is: {}", walk.draw());

    run(&mut walk, 20).await;
    let found = walk.driver.wizard.facts().traces[&Traced::Key(key.clone())].events;
    assert!(found > 500 && found < 5000, "the view fills while it is read: {found}");
    walk.press("esc").await;
    let asked = noted.lookups();
    run(&mut walk, 60).await;
    walk.wait(5).await;
    assert_eq!(noted.lookups(), asked, "stopped is stopped: no request more");
    assert_eq!(walk.driver.sleeps_for(), None, "and nothing spins");
    assert!(walk.draw().contains("Stopped"), "{}", walk.draw());
    assert_eq!(walk.driver.wizard.facts().traces[&Traced::Key(key.clone())].events, found, "what was found stays");

    walk.press("enter").await;
    run(&mut walk, 400).await;
    assert!(is_whole(&walk), "{}", walk.draw());
    let trace = &walk.driver.wizard.facts().traces[&Traced::Key(key.clone())];
    let set_apart = trace.own.count;
    assert_eq!((trace.events, set_apart), (20 * 496, 20 * 4), "each event once, those of lockroot set apart");
    assert!(trace.uses.len() <= 5 && trace.senders.len() == 2, "summed up: {:?}", trace.senders.keys());

    let lookups = noted.lookups.lock().unwrap().clone();
    assert!(lookups.len() > 200, "{}", lookups.len());
    let mut regions: Vec<&String> = lookups.iter().map(|(_, region)| region).collect();
    regions.sort();
    regions.dedup();
    assert_eq!(regions.len(), 17, "every Region that is enabled");
    for region in regions {
        let times: Vec<Timestamp> = lookups.iter().filter(|(_, of)| of == region).map(|(at, _)| *at).collect();
        for (i, start) in times.iter().enumerate() {
            let within = times[i..].iter().take_while(|at| **at - *start < time::Duration::seconds(1)).count();
            assert!(within <= 2, "{region}: {within} requests in a second from {start}");
        }
    }
    assert!(trace.unreadable().next().is_none(), "nothing was throttled for good");

    // The page draws the totals, so drawing does not depend on the number of events.
    let screen = walk.draw();
    assert!(screen.contains("A missing record does not prove"), "{screen}");
}

#[tokio::test(start_paused = true)]
async fn a_key_in_daily_use_is_examined_deactivated_watched_and_activated_again() {
    let noted = Noted::on("leaky-startup", START);
    noted.call_as_ci(&[Question::Caller, Question::Alias]).await;
    let mut kept = noted.requests.lock().unwrap().clone();
    for request in &mut kept {
        request.headers_mut().insert("user-agent", "aws-cli/2.15.0 md/Jenkins".parse().unwrap());
        noted.account.answer(request.clone()).await;
    }
    let mut walk = noted.walk().await;
    let key = at_active_key(&mut walk).await;
    assert!(walk.draw().contains("[ Deactivate and watch ]"), "the first thing that is offered: {}", walk.draw());
    walk.press("right right enter").await;
    run(&mut walk, 60).await;
    walk.size = (80, 120);
    let screen = said(&walk);
    let history = ["ecr GetAuthorizationToken", "180 times", "20.55.14.9", "Terraform", "IAM, last use"];
    for words in ["iam ListAccountAliases", "OIDC", "Complete: ", "lockroot itself"].iter().chain(&history) {
        assert!(screen.contains(words), "{words}: {}", walk.draw());
    }
    walk.press("p").await;
    for action in ["iam:ListAccountAliases", "cloudfront:CreateInvalidation", "s3:ListBucket", "ec2:DescribeInstances"]
    {
        assert!(walk.draw().contains(&format!("\"{action}\"")), "{action}: {}", walk.draw());
    }
    assert!(!walk.draw().contains("\"sts:GetCallerIdentity\""), "needs no permission: {}", walk.draw());
    walk.press("y").await;
    let copied = walk.orders.iter().find_map(|order| match order {
        Order::Copy(text) => Some(crate::support::text(text)),
        _ => None,
    });
    assert!(copied.is_some_and(|text| text.contains("2012-10-17") && text.contains("iam:ListAccountAliases")));
    walk.press("esc esc").await;
    assert!(matches!(walk.stage(StepId::RootKeys), Page::Home(_)), "{}", walk.draw());

    walk.press("enter").await;
    assert!(matches!(walk.stage(StepId::RootKeys), Page::Review(_)), "{}", walk.draw());
    walk.press("right enter").await;
    let Page::KeyWatch(watch) = walk.stage(StepId::RootKeys) else { panic!("{}", walk.draw()) };
    assert_eq!(watch.key, key);
    assert!(walk.draw().contains("inactive"), "proven by a fresh read: {}", walk.draw());

    // The CI's next call is refused, and AWS does not record it. The screen says that no event is no proof.
    let again = kept[0].clone();
    let lockroot::wire::EndpointReply::Answer(answer) = noted.account.answer(again).await else { panic!() };
    assert_eq!(answer.status(), 403);
    walk.wait(40).await;
    let Page::KeyWatch(watch) = walk.stage(StepId::RootKeys) else { panic!() };
    assert!((3..=4).contains(&watch.watch.polls), "gently: {}", watch.watch.polls);
    assert!(walk.draw().contains("no events here prove nothing"), "{}", walk.draw());

    walk.press("a").await;
    let Page::Review(review) = walk.stage(StepId::RootKeys) else { panic!("{}", walk.draw()) };
    assert!(review.plan.title.contains("Activate again"), "{}", review.plan.title);
    walk.press("right enter").await;
    assert_eq!(key_of(&walk, KeyStatus::Active), key);
    let connection = noted.connection(noted.account.session_as(&SignedInAs::RootKey).unwrap());
    assert!(
        matches!(connection.account.read(&Question::Alias).await, lockroot::account::Fact::Alias(reading) if reading.known().is_some())
    );
}

#[tokio::test(start_paused = true)]
async fn a_region_that_may_not_be_read_is_unknown_not_unused() {
    let scene = "title = \"denied\"\naccount = \"123456789012\"\nsigned_in_as = \"root-login\"\n\
                 denied = [\"cloudtrail:LookupEvents\", \"account:ListRegions\"]\n[[root.keys]]\nage = \"3y\"\n";
    let mut walk = Walk::in_scene(scene).await;
    at_active_key(&mut walk).await;
    walk.press("right right enter").await;
    run(&mut walk, 10).await;
    walk.size = (80, 40);
    let screen = walk.draw();
    assert!(screen.contains("Unknown, not unused: us-east-1"), "{screen}");
    assert!(screen.contains("Unknown: the other Regions"), "{screen}");
    assert!(!screen.contains("Complete: "), "{screen}");
}

#[tokio::test(start_paused = true)]
async fn the_lookup_waits_for_a_throttled_region() {
    let noted = Noted::on("leaky-startup", START);
    noted.call_as_ci(&[Question::Alias]).await;
    let mut walk = noted.walk().await;
    let key = at_active_key(&mut walk).await;
    for _ in 0..3 {
        let kind = lockroot::practice::FaultKind::Throttle;
        noted.account.inject(lockroot::practice::InjectedFault {
            call: "cloudtrail:LookupEvents".into(),
            kind,
            times: 1,
        });
    }
    walk.press("right right enter").await;
    run(&mut walk, 60).await;
    assert!(is_whole(&walk), "{}", walk.draw());
    let trace = &walk.driver.wizard.facts().traces[&Traced::Key(key.clone())];
    assert!(trace.unreadable().next().is_none() && trace.own.count > 0, "{}", walk.draw());
}

/// The text of the main pane in one line.
fn said(walk: &Walk) -> String {
    let screen = walk.draw();
    let lines = screen.lines().map(|line| line.trim_matches('"').rsplit('│').next().unwrap_or_default());
    lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// Deactivates the key that is in use, and leaves the page.
async fn deactivate(noted: &Noted) -> String {
    let mut walk = noted.walk().await;
    let key = at_active_key(&mut walk).await;
    walk.press("enter right enter").await;
    assert!(matches!(walk.stage(StepId::RootKeys), Page::KeyWatch(_)), "{}", walk.draw());
    key
}

#[tokio::test(start_paused = true)]
async fn a_deactivated_key_is_remembered_and_can_be_deleted_after_its_wait() {
    let noted = Noted::on("leaky-startup", START);
    let key = deactivate(&noted).await;
    let four = &key[key.len() - 4..];

    noted.clock.advance(Duration::from_secs(3 * 86_400));
    let mut walk = noted.walk().await;
    let screen = said(&walk);
    assert!(screen.contains(&format!("…{four} was deactivated 3 d ago")), "at sign-in: {screen}");
    walk.go_to(StepId::RootKeys).await;
    let row = walk.driver.wizard.step_view(StepId::RootKeys).table.rows.iter().position(|row| row[0] == key).unwrap();
    walk.press(&"down ".repeat(row)).await;
    walk.size = (80, 40);
    let screen = said(&walk);
    assert!(screen.contains("waits for deletion") && screen.contains("[ Watch ]"), "{screen}");
    walk.press("right right right enter").await;
    let Page::Review(review) = walk.stage(StepId::RootKeys) else { panic!("{}", walk.draw()) };
    assert!(review.plan.notes.iter().any(|note| note.contains("only since 2026-11-21")), "{:?}", review.plan.notes);
    walk.press("esc q").await;

    noted.clock.advance(Duration::from_secs(12 * 86_400));
    let mut walk = noted.walk().await;
    assert!(said(&walk).contains("It has waited long enough"), "{}", walk.draw());
    walk.go_to(StepId::RootKeys).await;
    walk.press(&"down ".repeat(row)).await;
    assert!(walk.draw().contains("[ Delete ]"), "offered first now: {}", walk.draw());
    walk.press("enter").await;
    assert!(matches!(walk.stage(StepId::RootKeys), Page::Review(_)), "{}", walk.draw());
    walk.type_text(four).await;
    walk.press("enter").await;
    assert!(matches!(walk.stage(StepId::RootKeys), Page::Record(_)), "{}", walk.draw());
    assert!(walk.driver.wizard.facts().waits.is_empty(), "nothing waits any more");
    let walk = noted.walk().await;
    assert!(!walk.draw().contains("deactivated"), "nor on the next run: {}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn a_key_activated_elsewhere_waits_no_longer() {
    let noted = Noted::on("leaky-startup", START);
    let key = deactivate(&noted).await;
    noted.clock.advance(Duration::from_secs(86_400));
    let connection = noted.connection(noted.account.session());
    let change = lockroot::account::Change::SetKeyStatus {
        owner: lockroot::account::Subject::Root,
        key: key.clone(),
        status: KeyStatus::Active,
    };
    connection.account.apply(&change).await.unwrap();
    let walk = noted.walk().await;
    assert!(walk.driver.wizard.facts().waits.is_empty(), "{}", walk.draw());
    assert!(lockroot::journal::JournalStore::read(&*noted.journals, "345678901234").unwrap().waits().is_empty());
}

/// A journal store that can be neither read nor written.
struct Sealed;

impl lockroot::journal::JournalStore for Sealed {
    fn read(&self, _: &str) -> Result<lockroot::journal::Journal, String> {
        Err("/state: permission denied".into())
    }
    fn note(&self, _: &str, _: &lockroot::journal::Note) -> Result<lockroot::journal::Journal, String> {
        Err("/state: permission denied".into())
    }
}

struct WithoutMemory(Noted);

impl Connector for WithoutMemory {
    fn connect(&self, _mode: Mode) -> Pending<'_, Result<Connection, Failure>> {
        Box::pin(
            async move { Ok(Connection { journals: Arc::new(Sealed), ..self.0.connection(self.0.account.session()) }) },
        )
    }

    crate::support::one_account!();

    crate::support::no_file!();

    crate::support::bare_machine!();
}

#[tokio::test(start_paused = true)]
async fn an_unusable_state_folder_is_reported_once_and_stops_nothing() {
    let noted = Noted::on("leaky-startup", START);
    let mut walk = Walk::by(noted.account.clone(), noted.clock.clone(), Arc::new(WithoutMemory(noted.clone()))).await;
    assert!(walk.remark().contains("permission denied"), "{}", walk.remark());
    let key = at_active_key(&mut walk).await;
    walk.press("enter right enter").await;
    assert!(matches!(walk.stage(StepId::RootKeys), Page::KeyWatch(_)), "{}", walk.draw());
    assert_eq!(walk.remark(), "", "not again");
    assert!(walk.driver.wizard.facts().waits.contains_key(&key), "for this run it is known");
}

#[tokio::test(start_paused = true)]
async fn a_root_signing_certificate_is_deactivated_and_deleted_and_then_passes() {
    let noted = Noted::on("hardened", START);
    noted.upload_certificate().await;
    let mut walk = noted.walk().await;
    let verdict = |walk: &Walk| {
        let control = lockroot::checks::control("root-signing-certificates").unwrap();
        control.assess(walk.driver.wizard.facts()).verdict
    };
    assert_eq!(verdict(&walk), lockroot::checks::Verdict::Fail);
    walk.go_to(StepId::RootKeys).await;
    assert!(said(&walk).contains("signing certificate"), "{}", walk.draw());
    walk.press("enter right enter").await;
    assert!(matches!(walk.stage(StepId::RootKeys), Page::Record(_)), "{}", walk.draw());
    let found = walk.driver.wizard.facts().root_certificates.known().unwrap()[0].clone();
    assert_eq!(found.status, KeyStatus::Inactive);
    assert_eq!(verdict(&walk), lockroot::checks::Verdict::Fail, "inactive is there all the same");
    walk.press("esc enter").await;
    walk.press("enter").await;
    assert!(matches!(walk.stage(StepId::RootKeys), Page::Review(_)), "nothing without the four characters");
    walk.type_text(found.last_four()).await;
    walk.press("enter").await;
    assert!(matches!(walk.stage(StepId::RootKeys), Page::Record(_)), "{}", walk.draw());
    assert_eq!(verdict(&walk), lockroot::checks::Verdict::Pass);
}

#[tokio::test(start_paused = true)]
async fn a_never_used_key_can_be_deleted_at_once() {
    let noted = Noted::on("fresh", START);
    let mut walk = noted.walk().await;
    let key = at_active_key(&mut walk).await;
    walk.press("enter right enter").await;
    walk.size = (80, 40);
    let four = &key[key.len() - 4..];
    let screen = said(&walk);
    assert!(screen.contains("Root has an inactive access key."), "{screen}");
    assert!(screen.contains(&format!("…{four} was deactivated just now, and has never been used")), "{screen}");
    walk.press("esc").await;
    let screen = said(&walk);
    assert!(screen.contains("delete it without waiting.") && screen.contains("[ Delete ]"), "{screen}");
}

/// Whether everything about the shown key has been read.
fn is_whole(walk: &Walk) -> bool {
    matches!(walk.stage(StepId::RootKeys), Page::Examine(page) if page.is_whole(&walk.driver.wizard.world))
}
