//! The lock-out guard: without proof that somebody other than root can sign in, nothing is finished and the signing
//! key stays.

use std::sync::Arc;

use crate::support::bench::{self, Bench};
use crate::support::{START, Walk};
use lockroot::account::{Answer, AnswerValue, Caller, Principal, ProofKind, Reading, Topic};
use lockroot::checks;
use lockroot::clock::Clock;
use lockroot::drive::Order;
use lockroot::journal::InMemory;
use lockroot::practice::{Practice, Scenario};
use lockroot::steps::{Consent, StepId};
use lockroot::wizard::pages::KeyRemoval;
use lockroot::wizard::{Event, Key, Page, Place, Removal};

/// Everything is done except root's key, which signs the session.
const SCENE: &str = r#"
    title = "Hardened but for the key that signs"
    account = "123456789012"
    signed_in_as = "root-key"
    [root]
    mfa = ["virtual"]
    [[root.keys]]
    age = "3y"
    [[groups]]
    name = "Administrators"
    policies = ["AdministratorAccess"]
    [[users]]
    name = "alice"
    groups = ["Administrators"]
    password = true
    mfa = ["virtual"]
"#;

async fn walk() -> Walk {
    Walk::in_scene(SCENE).await
}

/// The text of the main pane in one line.
fn said(walk: &Walk) -> String {
    let screen = walk.draw();
    let pane = screen.lines().map(|line| line.trim_matches('"').rsplit('│').next().unwrap_or_default());
    pane.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

async fn delete_the_key(walk: &mut Walk) {
    walk.go_to(StepId::RootKeys).await;
    walk.press("left left right enter").await;
    let Page::Review(review) = walk.stage(StepId::RootKeys) else { panic!("{}", walk.draw()) };
    let Consent::Typed { expected, .. } = review.plan.consent.clone() else { panic!("{:?}", review.plan.consent) };
    walk.type_text(&expected).await;
    walk.press("enter").await;
}

#[tokio::test(start_paused = true)]
async fn the_practice_console_proves_the_way_in_and_the_administrator_sees_the_key_gone() {
    let mut walk = walk().await;
    walk.go_to(StepId::RootKeys).await;
    walk.press("right enter").await;
    assert!(matches!(walk.stage(StepId::RootKeys), Page::Home(_)), "{}", walk.draw());
    walk.press("i").await;
    assert!(walk.draw().contains("▸ alice signs in at the practice console"), "{}", walk.draw());
    walk.press("enter").await;
    assert!(said(&walk).contains("proven by alice's console sign-in, 2026-11-21"), "{}", walk.draw());
    walk.press("esc").await;
    delete_the_key(&mut walk).await;
    assert!(said(&walk).contains("This session ended with it, as planned"), "{}", walk.draw());
    assert!(walk.draw().contains("[ Sign in as alice ]"), "{}", walk.draw());
    walk.press("r").await;
    assert!(walk.remark().contains("This session ended with root's key"), "{}", walk.remark());
    walk.press("enter").await;
    assert_eq!(walk.driver.wizard.place(), Place::Step(StepId::RootKeys));
    let done = walk.done(StepId::RootKeys);
    assert!(done.iter().any(|line| line.ends_with("is deleted, confirmed by IAM user alice: Shown")), "{done:?}");
    let facts = walk.driver.wizard.facts();
    assert_eq!(facts.summary.known().and_then(|summary| summary.root_keys()), Some(0));
    assert!(walk.driver.wizard.world.second_way().is_some_and(|way| way.is_proof()));
    // Reconnecting signs in as alice, because root has no key any more.
    walk.press("c").await;
    assert!(!walk.driver.wizard.caller().unwrap().is_root());
}

#[tokio::test(start_paused = true)]
async fn the_risk_is_accepted_only_with_the_account_number_and_is_no_proof() {
    let mut walk = walk().await;
    walk.press("i down down enter").await;
    assert!(said(&walk).contains("type the account's number: 123456789012"), "{}", walk.draw());
    walk.type_text("12345678901q").await;
    walk.press("enter").await;
    assert!(walk.remark().contains("Nothing was accepted"), "{}", walk.remark());
    assert_eq!(walk.driver.wizard.world.second_way(), None);
    walk.press("ctrl-u").await;
    walk.type_text("123456789012").await;
    walk.press("enter").await;
    assert_eq!(walk.driver.wizard.world.second_way().map(|way| way.how), Some(ProofKind::Accepted));
    assert!(said(&walk).contains("Second way in: not proven; risk accepted 2026-11-21"), "{}", walk.draw());
    walk.press("esc").await;
    delete_the_key(&mut walk).await;
    assert!(matches!(walk.stage(StepId::RootKeys), Page::KeyRemoval(_)), "{}", walk.draw());
    walk.press("enter").await;
    let way = walk.driver.wizard.world.second_way().unwrap();
    assert!(way.is_proof(), "whoever sees the key gone is the proof: {way:?}");
}

#[tokio::test(start_paused = true)]
async fn the_next_run_remembers_proof_and_answers_of_this_account_only() {
    let (clock, journals) = (Clock::set_to(START), Arc::<InMemory>::default());
    let practice = |toml: &str| Practice::new(Scenario::parse("the test", toml).unwrap(), clock.clone());
    let account = practice(SCENE);
    let mut first = Walk::remembering(account.clone(), clock.clone(), journals.clone()).await;
    first.press("i down down enter").await;
    first.type_text("123456789012").await;
    first.press("enter esc").await;
    first.answer_for_root().await;
    drop(first);

    let second = Walk::remembering(account, clock.clone(), journals.clone()).await;
    let facts = second.driver.wizard.facts();
    assert_eq!(second.driver.wizard.world.second_way().map(|way| way.how), Some(ProofKind::Accepted));
    assert_eq!(facts.answers.get(&Topic::EmailDomain), Some(&Answer::new(AnswerValue::Yes, START)));
    let verdict = |id: &str| checks::control(id).unwrap().assess(facts).verdict;
    assert_eq!([verdict("root-email"), verdict("root-password")], [checks::Verdict::Pass; 2]);

    let other = practice(&SCENE.replace("123456789012", "210987654321"));
    let third = Walk::remembering(other, clock.clone(), journals).await;
    assert_eq!(third.driver.wizard.world.second_way(), None);
    assert!(third.driver.wizard.facts().answers.is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_wizard_is_not_finished_before_a_second_way_in_is_proven() {
    let hardened = include_str!("../../assets/practice/hardened.toml");
    let scene: String =
        hardened.lines().filter(|line| !line.starts_with("last_sign_in")).collect::<Vec<_>>().join("\n");
    // A never used password counts as unused from its 45th day on.
    let scene = ["4y", "3y", "1y"]
        .iter()
        .fold(scene, |scene, age| scene.replace(&format!("age = \"{age}\"\ngroups"), "age = \"9d\"\ngroups"));
    let mut walk = Walk::in_scene(&scene).await;
    walk.answer_for_root().await;
    walk.press("0").await;
    let facts = walk.driver.wizard.facts();
    for control in crate::support::controls_of_steps() {
        assert_eq!(control.assess(facts).verdict, checks::Verdict::Pass, "{}", control.id);
    }
    assert!(said(&walk).contains("Second way in: not proven yet"), "{}", walk.draw());
    assert!(said(&walk).contains("Root is almost locked away"), "{}", walk.draw());
    assert!(said(&walk).contains("Prove that someone other than root can sign in"), "{}", walk.draw());
    let line = |walk: &Walk| {
        walk.draw().lines().find(|line| line.contains("0 Summary")).unwrap().split('│').next().unwrap().to_owned()
    };
    assert!(!line(&walk).contains('✓'), "{}", walk.draw());
    walk.press("i enter esc").await;
    assert!(said(&walk).contains("Second way in: proven by"), "{}", walk.draw());
    // Other controls report users who never signed in, and root's own session.
    assert!(said(&walk).contains("Root is locked away"), "{}", walk.draw());
    assert!(said(&walk).contains("8 of 8 steps are done, and read back"), "{}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn quitting_without_proof_asks_first_if_root_was_changed() {
    let mut walk = walk().await;
    walk.press("q").await;
    assert_eq!(walk.orders.last(), Some(&Order::Quit), "nothing was changed");
    let farewell = |walk: &Walk| walk.driver.wizard.world.farewell().join("\n");
    assert!(farewell(&walk).contains("Second way in: not proven yet"), "{}", farewell(&walk));

    let mut walk = Walk::in_scene(&format!("{SCENE}\n[[root.keys]]\nage = \"1y\"\n").replace("    ", "")).await;
    walk.go_to(StepId::RootKeys).await;
    // Go to the other key's row. The practice account makes the ids, so their order varies.
    let signs = walk.driver.wizard.caller().unwrap().credential.access_key_id.clone();
    let keys = walk.driver.wizard.facts().root_keys.known().unwrap();
    let place = keys.iter().position(|key| key.id != signs).unwrap();
    walk.press(&"down ".repeat(place)).await;
    delete_the_key(&mut walk).await;
    assert!(matches!(walk.stage(StepId::RootKeys), Page::Record(_)), "{}", walk.draw());
    walk.press("q").await;
    assert!(matches!(walk.driver.wizard.front(), Page::Leave(_)));
    assert!(walk.draw().contains("Root was changed"), "{}", walk.draw());
    walk.press("esc i enter esc q").await;
    assert_eq!(walk.orders.last(), Some(&Order::Quit), "{}", walk.draw());
    assert!(farewell(&walk).contains("Second way in: proven by alice's console sign-in"), "{}", farewell(&walk));
}

#[tokio::test(start_paused = true)]
async fn quitting_before_the_key_is_confirmed_gone_asks_first_and_gives_advice() {
    let mut walk = walk().await;
    walk.press("i enter esc").await;
    delete_the_key(&mut walk).await;
    walk.press("q").await;
    assert!(matches!(walk.driver.wizard.front(), Page::Leave(_)));
    assert!(walk.draw().contains("The deletion of root key"), "{}", walk.draw());
    walk.press("y").await;
    assert_eq!(walk.orders.last(), Some(&Order::Quit));
    let farewell = walk.driver.wizard.world.farewell().join("\n");
    assert!(farewell.contains("its deletion is not confirmed yet"), "{farewell}");
    assert!(farewell.contains("run `lockroot check`"), "{farewell}");
}

/// A wizard after root's key was deleted. An administrator is signed in, and IAM still counts `keys`.
fn after_the_key_removal(keys: i32) -> Bench {
    let mut truth = bench::fresh("AKIAIOSFODNN7EXAMPLE", &["AKIAIOSFODNN7EXAMPLE"]);
    let mut numbers = truth.summary.known().unwrap().clone();
    numbers.0.insert("AccountAccessKeysPresent".into(), keys);
    truth.summary = bench::read(numbers);
    truth.root_keys = Reading::Closed("only root can list them");
    let arn = "arn:aws:iam::123456789012:user/alice";
    let caller = truth.caller.known().unwrap().clone();
    truth.caller = bench::read(Caller { arn: arn.into(), principal: Principal::of_arn(arn), ..caller });
    let mut bench = Bench::with(truth);
    let key = "AKIAIOSFODNN7EXAMPLE".to_owned();
    bench.wizard.world.set_removal(Removal { step: StepId::RootKeys, key, is_sure: true, since: START });
    bench.wizard.set_place(Place::Step(StepId::RootKeys));
    bench.wizard.set_page(Place::Step(StepId::RootKeys), KeyRemoval::default());
    bench
}

#[test]
fn a_key_that_iam_still_counts_is_read_again_and_not_reported_as_gone() {
    let mut bench = after_the_key_removal(1);
    bench.press(Key::Char('r'));
    bench.answer_all();
    for _ in 0..20 {
        let Some(at) = bench.wizard.wakes_at() else { break };
        bench.now = at;
        bench.put(Event::Tick);
        bench.answer_all();
    }
    assert_eq!(bench.wizard.wakes_at(), None, "it is given up in the end");
    let waited = bench.now - START;
    assert!(waited > time::Duration::seconds(20) && waited < time::Duration::minutes(1), "{waited}");
    assert!(
        matches!(bench.wizard.step(StepId::RootKeys), Page::KeyRemoval(_)),
        "{:?}",
        bench.wizard.step(StepId::RootKeys)
    );
    let mut numbers = bench.truth.summary.known().unwrap().clone();
    numbers.0.insert("AccountAccessKeysPresent".into(), 0);
    bench.truth.summary = Reading::Known { value: numbers, at: bench.now };
    bench.press(Key::Char('r'));
    bench.answer_all();
    assert!(
        matches!(bench.wizard.step(StepId::RootKeys), Page::Record(_)),
        "{:?}",
        bench.wizard.step(StepId::RootKeys)
    );
}

#[test]
fn a_read_before_the_deletion_does_not_prove_it() {
    let mut bench = after_the_key_removal(0);
    let removal = bench.wizard.world.removal().cloned().unwrap();
    bench.wizard.world.set_removal(Removal { since: START + time::Duration::seconds(1), ..removal });
    bench.press(Key::Char('r'));
    bench.answer_all();
    assert!(
        matches!(bench.wizard.step(StepId::RootKeys), Page::KeyRemoval(_)),
        "{:?}",
        bench.wizard.step(StepId::RootKeys)
    );
}
