//! Walks for every kind of principal, and sessions that end midway. The practice account stands in for a live one.

use std::sync::{Arc, Mutex};

use crate::support::{START, Walk};
use aws_sdk_iam::config::{BehaviorVersion, Credentials, Region};
use lockroot::account::machine::{Cli, Machine, Version};
use lockroot::account::source::{CredentialSource, Named, Profile, ProfileKind};
use lockroot::account::{Console, Failure, Fault, Pending};
use lockroot::aws::{InProcess, connect_in_process};
use lockroot::checks::Verdict;
use lockroot::clock::Clock;
use lockroot::drive::{Connection, Connector, Driver, Order};
use lockroot::journal::InMemory;
use lockroot::practice::{FaultKind, InjectedFault, Practice, Scenario, SignedInAs};
use lockroot::secret::Secret;
use lockroot::steps::reach::lacks_mfa;
use lockroot::steps::{Consent, StepId};
use lockroot::totp::Generator;
use lockroot::wire::SigningKeys;
use lockroot::wizard::{Ended, Event, Mode, Page, Place, Reply, Session};

const SCENE: &str = r#"
    title = "An account with an administrator, a root key and no root MFA"
    account = "123456789012"
    [[root.keys]]
    age = "3y"
    [[groups]]
    name = "Administrators"
    policies = ["AdministratorAccess"]
    [[users]]
    name = "alice"
    age = "5d"
    groups = ["Administrators"]
    password = true
    mfa = ["virtual"]
    [[users.keys]]
    age = "3d"
    last_used = "1d"
"#;

/// Leads to practice accounts with keys that the test chooses.
struct Desk {
    clock: Clock,
    account: Practice,
    keys: Arc<Mutex<Result<SigningKeys, Failure>>>,
    other: Practice,
    journals: Arc<InMemory>,
}

impl Desk {
    fn connection(&self, account: &Practice, keys: SigningKeys) -> Connection {
        let aws = connect_in_process(Arc::new(account.clone()), keys, self.clock.clone());
        Connection { account: Arc::new(aws), console: None, journals: self.journals.clone() }
    }
}

impl Connector for Desk {
    fn connect(&self, _mode: Mode) -> Pending<'_, Result<Connection, Failure>> {
        let keys = self.keys.lock().unwrap().clone();
        Box::pin(async move { keys.map(|keys| self.connection(&self.account, keys)) })
    }

    fn connect_with(&self, source: CredentialSource) -> Pending<'_, Result<Connection, Failure>> {
        match source {
            CredentialSource::Profile(name) if name == "other" => {
                let refused = self.keys.lock().unwrap().clone().err();
                Box::pin(async {
                    match refused.filter(|failure| failure.fault == Fault::CodeNeeded) {
                        Some(failure) => Err(failure),
                        None => Ok(self.connection(&self.other, self.other.session())),
                    }
                })
            }
            CredentialSource::Profile(name) if name == "alice" => {
                let keys = self.account.session_as(&SignedInAs::User("alice".into())).unwrap();
                Box::pin(async { Ok(self.connection(&self.account, keys)) })
            }
            _ => self.connect(Mode::Live),
        }
    }

    fn machine(&self, _cli: bool) -> Pending<'_, Machine> {
        let profile = |name: &str, kind, account| Profile {
            name: name.into(),
            kind,
            account: Named::written(account),
            login: Some(format!("arn:aws:iam::{account}:root")),
            region: None,
        };
        Box::pin(std::future::ready(Machine {
            profiles: vec![
                profile("acme", ProfileKind::Login, "123456789012"),
                profile("alice", ProfileKind::StaticKey, "123456789012"),
                profile("other", ProfileKind::Login, "210987654321"),
            ],
            flag: Some("acme".into()),
            cli: Some(Cli::Found { path: "/usr/bin/aws".into(), version: Version(2, 32, 0) }),
            ..Machine::default()
        }))
    }

    fn connect_as(&self, mode: Mode, _: String) -> Pending<'_, Result<Connection, Failure>> {
        self.connect(mode)
    }

    crate::support::no_file!();
}

struct SignedInWalk {
    walk: Walk,
    keys: Arc<Mutex<Result<SigningKeys, Failure>>>,
}

fn practice(toml: &str, clock: &Clock) -> Practice {
    Practice::new(Scenario::parse("the test", toml).unwrap(), clock.clone())
}

async fn signed_in(account: Practice, clock: Clock, keys: SigningKeys) -> SignedInWalk {
    let keys = Arc::new(Mutex::new(Ok(keys)));
    let other = practice("title = \"another\"\naccount = \"210987654321\"", &clock);
    let desk =
        Desk { clock: clock.clone(), account: account.clone(), keys: keys.clone(), other, journals: Arc::default() };
    let driver = Driver::start(Mode::Live, Arc::new(desk), clock.clone());
    let mut walk =
        Walk { driver, clock, account, journals: Arc::default(), orders: Vec::new(), size: (80, 24), is_blind: false };
    walk.settle().await;
    SignedInWalk { walk, keys }
}

async fn signed_in_as(who: SignedInAs) -> SignedInWalk {
    let clock = Clock::set_to(START);
    let account = practice(SCENE, &clock);
    let keys = account.session_as(&who).unwrap();
    signed_in(account, clock, keys).await
}

/// Signs in with alice's temporary credentials from STS: an administrator role, or GetSessionToken without MFA.
async fn visit_by_sts(role: bool) -> SignedInWalk {
    let clock = Clock::set_to(START);
    let account = practice(SCENE, &clock);
    let keys = account.session_as(&SignedInAs::User("alice".into())).unwrap();
    let http = InProcess::new(Arc::new(account.clone()));
    let credentials = Credentials::new(&keys.access_key_id, keys.secret_access_key.expose(), None, None, "a test");
    macro_rules! client {
        ($sdk:ident) => {
            $sdk::Client::from_conf(
                $sdk::Config::builder()
                    .behavior_version(BehaviorVersion::latest())
                    .region(Region::from_static("us-east-1"))
                    .time_source(clock.clone())
                    .credentials_provider(credentials.clone())
                    .http_client(http.clone())
                    .build(),
            )
        };
    }
    let (iam, sts) = (client!(aws_sdk_iam), client!(aws_sdk_sts));
    let session = if role {
        let trust = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"sts:AssumeRole"}]}"#;
        iam.create_role().role_name("Admin").assume_role_policy_document(trust).send().await.unwrap();
        let arn = "arn:aws:iam::aws:policy/AdministratorAccess";
        iam.attach_role_policy().role_name("Admin").policy_arn(arn).send().await.unwrap();
        let role = sts.assume_role().role_arn("arn:aws:iam::123456789012:role/Admin").role_session_name("ada");
        role.send().await.unwrap().credentials.unwrap()
    } else {
        sts.get_session_token().send().await.unwrap().credentials.unwrap()
    };
    let keys = SigningKeys {
        access_key_id: session.access_key_id().into(),
        secret_access_key: Secret::new(session.secret_access_key()),
        session_token: Some(Secret::new(session.session_token())),
        source: "profile acme (a test)".into(),
    };
    signed_in(account, clock, keys).await
}

fn with(walk: &Walk, verdict: Verdict) -> Vec<&'static str> {
    let facts = walk.driver.wizard.facts();
    let controls = crate::support::controls_of_steps().into_iter();
    controls.filter(|control| control.assess(facts).verdict == verdict).map(|control| control.id).collect()
}

/// The text of the main pane in one line, because its line breaks depend on the names in it.
fn said(walk: &Walk) -> String {
    let screen = walk.draw();
    let pane = screen.lines().map(|line| line.trim_matches('"').rsplit('│').next().unwrap_or_default());
    pane.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

fn reaches(walk: &Walk) -> Vec<&'static str> {
    let (facts, caller) = (walk.driver.wizard.facts(), walk.driver.wizard.caller().unwrap());
    StepId::CHECKLIST.into_iter().map(|step| step.definition().reach(caller, facts).word()).collect()
}

async fn fill_in_contacts(walk: &mut Walk) {
    walk.go_to(StepId::Contacts).await;
    walk.press("enter").await;
    for text in ["Ada Lovelace", "Finance", "billing@example.com", "+44 20 1234567"] {
        walk.type_text(text).await;
        walk.press("enter").await;
    }
    walk.press("right down right ctrl-s enter").await;
    assert!(matches!(walk.stage(StepId::Contacts), Page::Record(_)), "{}", walk.draw());
}

async fn raise_password_policy(walk: &mut Walk) {
    walk.go_to(StepId::PasswordPolicy).await;
    walk.press("enter ctrl-s enter").await;
    assert!(matches!(walk.stage(StepId::PasswordPolicy), Page::Record(_)), "{}", walk.draw());
}

async fn delete_root_key(walk: &mut Walk) {
    confirm_deletion(walk).await;
    assert!(matches!(walk.stage(StepId::RootKeys), Page::Record(_)), "{}", walk.draw());
}

async fn confirm_deletion(walk: &mut Walk) {
    walk.go_to(StepId::RootKeys).await;
    walk.press("left left right enter").await;
    let Page::Review(review) = walk.stage(StepId::RootKeys) else { panic!("{}", walk.draw()) };
    let Consent::Typed { expected, .. } = review.plan.consent.clone() else { panic!("{:?}", review.plan.consent) };
    walk.type_text(&expected).await;
    walk.press("enter").await;
}

/// Does root's hand-off in the practice console.
async fn assign_at_the_console(walk: &mut Walk) {
    walk.confirm_way_back().await;
    walk.press("enter").await;
    assert!(matches!(walk.stage(StepId::RootMfa), Page::Console(_)), "{}", walk.draw());
    let device = walk.account.offer_root_device().unwrap();
    let unix = walk.clock.now().unix_timestamp().unsigned_abs();
    let code = |steps: u64| Generator::new(&device.seed).unwrap().code(unix + steps * 30);
    walk.account.assign_root_device(&device.serial, &(code(0), code(1))).unwrap();
    walk.wait(60).await;
}

fn green(walk: &Walk) -> bool {
    with(walk, Verdict::Pass).len() == crate::support::controls_of_steps().len()
}

/// Asserts that every control of the steps passes, and names those that do not.
fn assert_green(walk: &Walk) {
    assert!(green(walk), "{:?}", [Verdict::Fail, Verdict::Manual, Verdict::Unknown].map(|verdict| with(walk, verdict)));
}

#[tokio::test(start_paused = true)]
async fn root_signed_in_by_a_login_session_makes_every_step_pass() {
    let SignedInWalk { mut walk, .. } = signed_in_as(SignedInAs::RootLogin).await;
    assert_eq!(reaches(&walk), ["here", "hand-off", "here", "here", "here", "hand-off", "here", "here"]);
    assert!(said(&walk).contains("the safest way"), "{}", walk.draw());
    delete_root_key(&mut walk).await;
    fill_in_contacts(&mut walk).await;
    raise_password_policy(&mut walk).await;
    assign_at_the_console(&mut walk).await;
    walk.answer_for_root().await;
    crate::walk::turn_on_watchers(&mut walk).await;
    assert_green(&walk);
}

#[tokio::test(start_paused = true)]
async fn root_deletes_its_signing_key_last_and_an_administrator_sees_it_gone() {
    let SignedInWalk { mut walk, .. } = signed_in_as(SignedInAs::RootKey).await;
    assert!(said(&walk).contains("itself is a problem"), "{}", walk.draw());
    fill_in_contacts(&mut walk).await;
    raise_password_policy(&mut walk).await;
    assign_at_the_console(&mut walk).await;
    walk.answer_for_root().await;
    crate::walk::turn_on_watchers(&mut walk).await;
    assert_eq!(with(&walk, Verdict::Fail), ["root-access-keys"], "all but the key that signs");
    walk.go_to(StepId::RootKeys).await;
    walk.press("right enter").await;
    assert!(walk.remark().contains("once another way to sign in is proven"), "{}", walk.remark());
    walk.press("i").await;
    assert!(said(&walk).contains("Second way in: not proven yet"), "{}", walk.draw());
    for (keys, words) in [
        ("down enter", "That is root again"),
        ("down down enter", "another account: 210987654321"),
        ("up enter", "Second way in: proven by IAM user alice (profile alice), 2026-11-21"),
    ] {
        walk.press(keys).await;
        assert!(said(&walk).contains(words), "{}", walk.draw());
        assert!(walk.driver.wizard.caller().unwrap().is_root(), "the session is as it was");
    }
    walk.press("esc enter").await;
    assert!(said(&walk).contains("This session ends with the key, as planned"), "{}", walk.draw());
    walk.press("esc").await;
    confirm_deletion(&mut walk).await;
    assert_eq!(walk.driver.wizard.place(), Place::SignIn, "the sign-in page opens by itself");
    let screen = said(&walk);
    assert!(screen.contains("This session ended with it, as planned"), "{}", walk.draw());
    assert!(walk.draw().contains("▸ profile alice"), "{}", walk.draw());
    assert!(!screen.contains("InvalidClientTokenId") && !screen.contains("AWS refused"), "{}", walk.draw());
    // Reconnecting with root's deleted key reports nothing alarming either.
    walk.press("c").await;
    let screen = said(&walk);
    assert!(screen.contains("as planned") && !screen.contains("InvalidClientTokenId"), "{}", walk.draw());
    assert!(walk.draw().contains("▸ profile alice"), "{}", walk.draw());
    walk.press("enter").await;
    assert_eq!(walk.driver.wizard.place(), Place::Step(StepId::RootKeys));
    let done = walk.done(StepId::RootKeys);
    assert!(done.iter().any(|line| line.ends_with("is deleted, confirmed by IAM user alice: Shown")), "{done:?}");
    assert_green(&walk);
    walk.press("0").await;
    assert!(said(&walk).contains("Root is locked away"), "{}", walk.draw());
}

/// Signs in with root's key and proves a second way in, which allows the deletion of the key.
async fn ready_to_delete_the_signing_key() -> SignedInWalk {
    let mut signed_in = signed_in_as(SignedInAs::RootKey).await;
    let walk = &mut signed_in.walk;
    walk.press("i down down enter esc").await;
    assert!(walk.driver.wizard.world.second_way().is_some_and(|way| way.is_proof()), "{}", walk.draw());
    signed_in
}

#[tokio::test(start_paused = true)]
async fn after_a_lost_answer_to_the_last_deletion_the_administrator_reads_the_result() {
    let SignedInWalk { mut walk, .. } = ready_to_delete_the_signing_key().await;
    let kind = FaultKind::ResetAfter;
    walk.account.inject(InjectedFault { call: "iam:DeleteAccessKey".into(), kind, times: 1 });
    confirm_deletion(&mut walk).await;
    let screen = said(&walk);
    assert!(screen.contains("AWS's answer was lost") && !screen.contains("as planned"), "{}", walk.draw());
    walk.press("enter").await;
    let done = walk.done(StepId::RootKeys);
    assert!(done.iter().any(|line| line.ends_with("is deleted, confirmed by IAM user alice: Shown")), "{done:?}");
}

#[tokio::test(start_paused = true)]
async fn after_the_last_deletion_only_a_caller_of_this_account_proves_it() {
    let SignedInWalk { mut walk, keys } = ready_to_delete_the_signing_key().await;
    confirm_deletion(&mut walk).await;
    *keys.lock().unwrap() = Ok(walk.account.session_as(&SignedInAs::RootLogin).unwrap());
    walk.press("c").await;
    let done = walk.done(StepId::RootKeys);
    assert!(done.iter().any(|line| line.ends_with("is deleted, confirmed by root: Shown")), "{done:?}");

    let SignedInWalk { mut walk, .. } = ready_to_delete_the_signing_key().await;
    confirm_deletion(&mut walk).await;
    walk.press("down enter").await;
    assert!(walk.remark().contains("You are now signed in to another account"), "{}", walk.remark());
    assert!(matches!(walk.stage(StepId::RootKeys), Page::Home(_)), "{}", walk.draw());
    let farewell = walk.driver.wizard.world.farewell().join("\n");
    assert!(farewell.contains("of account 123456789012: its deletion is not confirmed yet"), "{farewell}");
}

#[tokio::test(start_paused = true)]
async fn a_refused_deletion_of_the_signing_key_leaves_the_session_as_it_is() {
    let SignedInWalk { mut walk, .. } = ready_to_delete_the_signing_key().await;
    let kind = FaultKind::AccessDenied;
    walk.account.inject(InjectedFault { call: "iam:DeleteAccessKey".into(), kind, times: 1 });
    confirm_deletion(&mut walk).await;
    assert!(matches!(walk.stage(StepId::RootKeys), Page::Refused(_)), "{}", walk.draw());
    assert!(walk.driver.wizard.world.sign_in().over.is_none());
}

#[tokio::test(start_paused = true)]
async fn the_page_notices_a_console_sign_in_in_iam() {
    let SignedInWalk { mut walk, .. } = signed_in_as(SignedInAs::RootLogin).await;
    walk.press("i").await;
    assert!(said(&walk).contains("https://123456789012.signin.aws.amazon.com/console"), "{}", walk.draw());
    walk.wait(20).await;
    assert!(said(&walk).contains("not proven yet"), "{}", walk.draw());
    walk.account.sign_in_as("alice").unwrap();
    walk.wait(16).await;
    assert!(said(&walk).contains("proven by alice's console sign-in, 2026-11-21"), "{}", walk.draw());
    assert_eq!(walk.driver.wizard.wakes_at(), None, "nothing is asked any more");
}

#[tokio::test(start_paused = true)]
async fn aws_login_as_the_administrator_proves_the_way_in_beside_the_session() {
    let SignedInWalk { mut walk, keys } = signed_in_as(SignedInAs::RootLogin).await;
    walk.press("i down down down down enter").await;
    let (ticket, command) = ordered(&mut walk);
    assert_eq!(command, "/usr/bin/aws login --profile admin");
    returned(&mut walk, ticket, Ended::Code(1)).await;
    assert!(said(&walk).contains("ended with exit code 1"), "{}", walk.draw());
    walk.press("enter").await;
    let (ticket, _) = ordered(&mut walk);
    *keys.lock().unwrap() = Ok(walk.account.session_as(&SignedInAs::User("alice".into())).unwrap());
    returned(&mut walk, ticket, Ended::Code(0)).await;
    assert!(said(&walk).contains("proven by IAM user alice (profile admin)"), "{}", walk.draw());
    assert!(walk.driver.wizard.caller().unwrap().is_root(), "{}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn a_profile_that_aws_refuses_proves_nothing() {
    let SignedInWalk { mut walk, keys } = signed_in_as(SignedInAs::RootLogin).await;
    *keys.lock().unwrap() = Err(Failure::new(Fault::ExpiredSession, "sign-in", "the token is expired"));
    walk.press("i down enter").await;
    assert!(said(&walk).contains("AWS did not answer"), "{}", walk.draw());
    assert!(said(&walk).contains("not proven yet"), "{}", walk.draw());
    assert!(walk.driver.wizard.world.sign_in().over.is_none(), "the session that there is goes on");
}

#[tokio::test(start_paused = true)]
async fn administrators_hand_off_roots_own_steps_at_the_end() {
    for role in [false, true] {
        let SignedInWalk { mut walk, .. } = match role {
            false => signed_in_as(SignedInAs::User("alice".into())).await,
            true => visit_by_sts(true).await,
        };
        assert_eq!(reaches(&walk), ["hand-off", "hand-off", "here", "here", "here", "hand-off", "here", "here"]);
        let kind = if role { "A role:" } else { "An IAM user:" };
        assert!(walk.draw().contains(kind), "{}", walk.draw());
        fill_in_contacts(&mut walk).await;
        raise_password_policy(&mut walk).await;
        crate::walk::turn_on_watchers(&mut walk).await;
        assert_eq!(with(&walk, Verdict::Fail), ["root-access-keys", "root-mfa"]);
        assert_eq!(with(&walk, Verdict::Unknown), [""; 0]);
        walk.go_to(StepId::RootKeys).await;
        assert!(walk.draw().contains("sign in as root (`aws login`)"), "{}", walk.draw());
        assign_at_the_console(&mut walk).await;
        assert_eq!(with(&walk, Verdict::Fail), ["root-access-keys"], "the console's part is watched by anybody");
    }
}

#[tokio::test(start_paused = true)]
async fn a_session_without_mfa_is_named_and_iam_steps_are_handed_off() {
    let SignedInWalk { mut walk, .. } = visit_by_sts(false).await;
    assert!(lacks_mfa(walk.driver.wizard.facts()));
    assert_eq!(reaches(&walk), ["refused", "hand-off", "here", "refused", "refused", "hand-off", "refused", "here"]);
    assert!(said(&walk).contains("GetSessionToken without MFA"), "{}", walk.draw());
    fill_in_contacts(&mut walk).await;
    let watchers = ["cloudtrail-on", "guardduty-on", "security-hub-on", "access-analyzer-on", "root-use-alarm"];
    assert_eq!(with(&walk, Verdict::Fail), watchers, "IAM answered nothing, so nothing of it is assessed");
    assert!(with(&walk, Verdict::Unknown).contains(&"root-access-keys"));
}

#[tokio::test(start_paused = true)]
async fn a_member_has_nothing_to_do_about_root() {
    let clock = Clock::set_to(START);
    let account = Practice::new(Scenario::named("member").unwrap(), clock.clone());
    let keys = account.session();
    let SignedInWalk { mut walk, .. } = signed_in(account, clock, keys).await;
    assert_eq!(reaches(&walk), ["n/a", "n/a", "here", "here", "here", "n/a", "here", "here"]);
    walk.press("down down down down down down down down").await;
    assert!(said(&walk).contains("nobody can sign in as root"), "{}", walk.draw());
    raise_password_policy(&mut walk).await;
    walk.go_to(StepId::Contacts).await;
    walk.press("enter").await;
    walk.press("down down down down right down right ctrl-s enter").await;
    let left = ["support-role", "cloudtrail-on", "root-use-alarm"];
    assert_eq!(with(&walk, Verdict::Fail), left, "what watches over the account: {}", walk.draw());
}

/// Fills the contacts form, whose call fails because the session has expired, and returns to the form.
async fn at_the_form_after_the_session_ended() -> SignedInWalk {
    let mut signed_in = signed_in_as(SignedInAs::RootLogin).await;
    let walk = &mut signed_in.walk;
    walk.go_to(StepId::Contacts).await;
    walk.press("enter").await;
    for text in ["Ada Lovelace", "Finance", "billing@example.com", "+44 20 1234567"] {
        walk.type_text(text).await;
        walk.press("enter").await;
    }
    walk.press("right down right").await;
    walk.account.inject(InjectedFault {
        call: "account:PutAlternateContact".into(),
        kind: FaultKind::ExpiredToken,
        times: 1,
    });
    walk.press("ctrl-s enter").await;
    assert!(matches!(walk.stage(StepId::Contacts), Page::Refused(_)), "{}", walk.draw());
    let screen = walk.draw();
    assert!(screen.contains("Ctrl-L sign in again") && screen.contains("The session has expired"), "{screen}");
    walk.press("enter").await;
    assert!(matches!(walk.stage(StepId::Contacts), Page::FillIn(_)), "{}", walk.draw());
    walk.type_text("x").await;
    signed_in
}

/// The command for the terminal, and its ticket.
fn ordered(walk: &mut Walk) -> (lockroot::wizard::Ticket, String) {
    let place = walk.orders.iter().position(|order| matches!(order, Order::Run(..))).expect("the terminal is lent");
    let Order::Run(ticket, command) = walk.orders.remove(place) else { unreachable!() };
    (ticket, format!("{} {}", command.program, command.arguments.join(" ")))
}

async fn returned(walk: &mut Walk, ticket: lockroot::wizard::Ticket, ended: Ended) {
    walk.orders.extend(walk.driver.handle(Event::Reply(ticket, Reply::Returned(ended))));
    walk.settle().await;
}

#[tokio::test(start_paused = true)]
async fn a_half_filled_form_survives_an_expired_session_and_a_new_login() {
    let SignedInWalk { mut walk, keys } = at_the_form_after_the_session_ended().await;
    let before = walk.draw();
    *keys.lock().unwrap() = Ok(walk.account.session_as(&SignedInAs::RootLogin).unwrap());
    walk.press("ctrl-l").await;
    let screen = walk.draw();
    assert!(screen.contains("▸ aws login, profile acme (sign in again)"), "{screen}");
    assert!(said(&walk).contains("What you filled in is kept"), "{screen}");
    walk.press("enter").await;
    let (ticket, command) = ordered(&mut walk);
    assert_eq!(command, "/usr/bin/aws login --profile acme");
    returned(&mut walk, ticket, Ended::Code(1)).await;
    assert!(said(&walk).contains("ended with exit code 1"), "{}", walk.draw());
    walk.press("enter").await;
    let (ticket, _) = ordered(&mut walk);
    returned(&mut walk, ticket, Ended::Code(0)).await;
    assert_eq!(walk.driver.wizard.place(), Place::Step(StepId::Contacts), "exactly where one was");
    assert!(walk.remark().contains("Signed in as before"), "{}", walk.remark());
    let rows = |screen: &str| screen.lines().skip(2).take(16).map(|line| line[26..].to_owned()).collect::<Vec<_>>();
    walk.driver.wizard.world.set_remark(None);
    assert_eq!(rows(&walk.draw()), rows(&before), "nothing in the form has changed");
    // Account Management limits its rate, and no time has passed yet.
    walk.wait(3).await;
    walk.press("ctrl-s enter").await;
    assert!(matches!(walk.stage(StepId::Contacts), Page::Record(_)), "{}", walk.draw());
    delete_root_key(&mut walk).await;
    raise_password_policy(&mut walk).await;
    assign_at_the_console(&mut walk).await;
    walk.answer_for_root().await;
    crate::walk::turn_on_watchers(&mut walk).await;
    assert_green(&walk);
}

#[tokio::test(start_paused = true)]
async fn a_failed_sign_in_keeps_the_form_too() {
    let SignedInWalk { mut walk, keys } = at_the_form_after_the_session_ended().await;
    let over = Failure::new(Fault::ExpiredSession, "sign-in", "cached Login token is expired");
    let fresh = std::mem::replace(&mut *keys.lock().unwrap(), Err(over));
    walk.press("ctrl-l down down enter").await;
    assert!(matches!(walk.driver.wizard.world.session(), Session::Absent(_)), "{}", walk.draw());
    assert!(said(&walk).contains("Cached Login token is expired"), "{}", walk.draw());
    assert_eq!(walk.driver.wizard.wakes_at(), None);
    *keys.lock().unwrap() = fresh;
    walk.press("c").await;
    assert_eq!(walk.driver.wizard.place(), Place::Step(StepId::Contacts));
    assert!(walk.draw().contains("Ada Lovelace"), "{}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn reconnecting_keeps_the_page_that_the_person_went_to() {
    let SignedInWalk { mut walk, .. } = at_the_form_after_the_session_ended().await;
    walk.press("ctrl-l 6 c").await;
    assert_eq!(walk.driver.wizard.place(), Place::Step(StepId::PasswordPolicy));
    assert!(matches!(walk.stage(StepId::Contacts), Page::FillIn(_)), "and the form is still there");
}

#[tokio::test(start_paused = true)]
async fn drafts_are_dropped_for_another_account_or_principal() {
    for (keys_to, words) in [
        ("down down down", "You are now signed in as IAM user alice, not root"),
        ("down down down down", "You are now signed in to another account: 210987654321"),
    ] {
        let SignedInWalk { mut walk, .. } = at_the_form_after_the_session_ended().await;
        walk.press("ctrl-l").await;
        walk.press(keys_to).await;
        walk.press("enter").await;
        assert!(walk.remark().contains(words) && walk.remark().contains("starts over"), "{}", walk.remark());
        assert_eq!(walk.driver.wizard.place(), Place::SignIn);
        assert!(matches!(walk.stage(StepId::Contacts), Page::Home(_)));
        assert!(!walk.driver.wizard.has_drafts());
        walk.go_to(StepId::Contacts).await;
        walk.press("enter").await;
        assert!(!walk.draw().contains("Ada Lovelace"), "{}", walk.draw());
    }
}

#[tokio::test(start_paused = true)]
async fn unsaved_secrets_block_a_change_of_account() {
    let SignedInWalk { mut walk, .. } = signed_in_as(SignedInAs::RootLogin).await;
    walk.go_to(StepId::Administrator).await;
    let actions = walk.driver.wizard.step_view(StepId::Administrator).actions;
    let place = actions.iter().position(|action| action.id == lockroot::steps::ActionId::FillIn).unwrap();
    walk.press(&format!("{}enter ctrl-u", "right ".repeat(place))).await;
    walk.type_text("ada").await;
    walk.press("ctrl-s enter").await;
    assert!(matches!(walk.stage(StepId::Administrator), Page::HandOver(_)), "{}", walk.draw());
    walk.driver.wizard.world.sign_in_mut().over = Some(Failure::new(Fault::ExpiredSession, "sign-in", "over"));
    walk.press("ctrl-l down down down down enter").await;
    assert!(walk.remark().contains("First save the secrets of the step \"Administrator\""), "{}", walk.remark());
    assert_eq!(walk.driver.wizard.caller().unwrap().account, "123456789012");
    walk.press("esc v enter").await;
    assert!(matches!(walk.stage(StepId::Administrator), Page::Enrol(_)), "{}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn signing_in_differently_can_be_cancelled_or_confirmed() {
    let SignedInWalk { mut walk, .. } = signed_in_as(SignedInAs::RootLogin).await;
    assert!(walk.draw().contains("s sign in differently"), "{}", walk.draw());
    walk.press("s").await;
    assert!(said(&walk).contains("profile other (login session of root, 2109-8765-4321)"), "{}", walk.draw());
    walk.press("esc").await;
    assert!(walk.draw().contains("Lock away the root user"), "{}", walk.draw());
    walk.press("s down down down down enter").await;
    let screen = said(&walk);
    assert!(screen.contains("2109-8765-4321"), "{screen}");
    // --profile names acme, so the page names both accounts.
    assert!(screen.contains("Two accounts") && screen.contains("profile acme (--profile"), "{screen}");
}

#[tokio::test(start_paused = true)]
async fn a_profile_whose_role_asks_for_a_code_says_how_to_give_it() {
    let SignedInWalk { mut walk, keys } = signed_in_as(SignedInAs::RootLogin).await;
    let wanted = "profile other: its role asks for a code of the MFA device arn:aws:iam::210987654321:mfa/ada";
    *keys.lock().unwrap() = Err(Failure::new(Fault::CodeNeeded, "sign-in", wanted));
    walk.press("s down down down down enter").await;
    let screen = said(&walk);
    assert!(screen.contains("its role asks for a code") && screen.contains("mfa/ada"), "{screen}");
    assert!(screen.contains("Quit (q) and start lockroot with that profile"), "{screen}");
}
