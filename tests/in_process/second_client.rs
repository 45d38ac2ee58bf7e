//! Somebody else changes the account while the wizard is open. A confirmed plan is sent only if it is still valid.

use crate::support::{START, Walk};
use lockroot::account::facts::KeyStatus;
use lockroot::account::{AlternateContact, CallUnderWay, Change, ContactType, Outcome, PasswordPolicy, Subject};
use lockroot::commands::connections::{connection_as, connection_to};
use lockroot::drive::Order;
use lockroot::journal::{JournalStore, Note};
use lockroot::practice::{FaultKind, InjectedFault};
use lockroot::steps::StepId;
use lockroot::wizard::pages::Review;
use lockroot::wizard::{Event, Key, KeyPress, Page};

/// Makes `change` from another session of root.
async fn meanwhile(walk: &Walk, change: Change) {
    let connection = connection_to(&walk.account, &walk.clock);
    connection.account.apply(&change).await.unwrap_or_else(|failure| panic!("{failure}"));
}

fn review(walk: &Walk, step: StepId) -> &Review {
    let Page::Review(review) = walk.stage(step) else { panic!("{}", walk.draw()) };
    review
}

fn moved(walk: &Walk, step: StepId) -> String {
    review(walk, step).moved.join("\n")
}

#[tokio::test(start_paused = true)]
async fn a_stricter_policy_set_meanwhile_is_shown_before_it_is_overwritten() {
    let mut walk = Walk::on("fresh").await;
    walk.go_to(StepId::PasswordPolicy).await;
    walk.press("enter ctrl-s").await;
    let stricter = PasswordPolicy { minimum_length: 30, ..PasswordPolicy::aws_default() };
    meanwhile(&walk, Change::PutPasswordPolicy(stricter)).await;
    walk.press("enter").await;
    assert!(
        moved(&walk, StepId::PasswordPolicy).contains("Minimum length: 8 at your review, 30 now"),
        "{}",
        walk.draw()
    );
    assert!(walk.draw().contains("Nothing was sent"), "{}", walk.draw());
    // After a second confirmation it is sent.
    walk.press("right enter").await;
    assert!(walk.done(StepId::PasswordPolicy)[0].ends_with("Shown"), "{}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn a_contact_set_meanwhile_is_shown_before_it_is_overwritten() {
    let mut walk = Walk::on("fresh").await;
    walk.go_to(StepId::Contacts).await;
    walk.press("enter").await;
    for text in ["Ada Lovelace", "Head of finance", "billing@example.com", "+44 20 7946 0000"] {
        walk.type_text(text).await;
        walk.press("enter").await;
    }
    walk.press("ctrl-s").await;
    let calls = review(&walk, StepId::Contacts).plan.calls.len();
    let contact = AlternateContact {
        name: "Grace Hopper".into(),
        title: "Controller".into(),
        email: "grace@example.com".into(),
        phone: "+1 202 555 0100".into(),
    };
    meanwhile(&walk, Change::PutContact { of: ContactType::Billing, contact }).await;
    walk.press("enter").await;
    assert!(moved(&walk, StepId::Contacts).contains("Grace Hopper now"), "{}", walk.draw());
    assert_eq!(review(&walk, StepId::Contacts).plan.calls.len(), calls);
}

#[tokio::test(start_paused = true)]
async fn a_member_added_meanwhile_is_shown_before_becoming_an_administrator() {
    let scene = r#"
        title = "An empty group"
        account = "123456789012"
        [[groups]]
        name = "Administrators"
        [[users]]
        name = "mallory"
    "#;
    let mut walk = Walk::in_scene(scene).await;
    walk.go_to(StepId::Administrator).await;
    walk.press("enter ctrl-s").await;
    let (user, group) = ("mallory".to_owned(), "Administrators".to_owned());
    meanwhile(&walk, Change::AddUserToGroup { user, group }).await;
    walk.press("enter").await;
    let moved = moved(&walk, StepId::Administrator);
    assert!(moved.contains("mallory"), "{moved}");
    assert!(walk.driver.wizard.facts().people.known().unwrap().user("administrator").is_none(), "nothing was sent");
}

#[tokio::test(start_paused = true)]
async fn a_password_set_elsewhere_is_never_shown_as_lockroots_own() {
    let scene = r#"
        title = "A user without a password"
        account = "123456789012"
        [[groups]]
        name = "Administrators"
        policies = ["AdministratorAccess"]
        [[users]]
        name = "administrator"
    "#;
    let mut walk = Walk::in_scene(scene).await;
    walk.go_to(StepId::Administrator).await;
    walk.press("enter ctrl-s").await;
    let password = lockroot::secret::Secret::new("somebody else's 9 choice");
    let theirs = Change::CreateLoginProfile { user: "administrator".into(), password, reset_required: true };
    meanwhile(&walk, theirs).await;
    walk.press("right enter").await;
    let moved = moved(&walk, StepId::Administrator);
    assert!(moved.contains("No longer needed: Give administrator a console password"), "{moved}");
    walk.press("right enter").await;
    let screen = walk.draw();
    assert!(
        !matches!(walk.stage(StepId::Administrator), Page::HandOver(shown) if shown.password.is_some()),
        "{screen}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_key_deactivated_meanwhile_is_not_changed_again() {
    let scene = r#"
        title = "One root key"
        account = "123456789012"
        [[root.keys]]
        age = "2y"
        last_used = "3d"
    "#;
    let mut walk = Walk::in_scene(scene).await;
    walk.go_to(StepId::RootKeys).await;
    let key = walk.driver.wizard.facts().root_keys.known().unwrap()[0].id.clone();
    walk.press("enter").await;
    review(&walk, StepId::RootKeys);
    let status = KeyStatus::Inactive;
    meanwhile(&walk, Change::SetKeyStatus { owner: Subject::Root, key, status }).await;
    walk.press("right enter").await;
    assert!(walk.remark().contains("Nothing was sent"), "{}", walk.draw());
}

/// An account in which eve may change everything too.
const EVE: &str = r#"
    title = "Somebody else is here"
    account = "123456789012"
    denied = []
    [[users]]
    name = "eve"
    policies = ["AdministratorAccess"]
    password = true
"#;

/// Opens the review of the password policy and confirms it after eve changed the account.
async fn changed_by_eve(scene: &str) -> (Walk, String) {
    let mut walk = Walk::in_scene(scene).await;
    walk.go_to(StepId::PasswordPolicy).await;
    walk.press("enter ctrl-s").await;
    let eve = connection_as(&walk.account, "eve".into(), &walk.clock).unwrap();
    let stricter = PasswordPolicy { minimum_length: 30, ..PasswordPolicy::aws_default() };
    eve.account.apply(&Change::PutPasswordPolicy(stricter)).await.unwrap();
    walk.press("enter").await;
    let by_whom = review(&walk, StepId::PasswordPolicy).by_whom.join("\n");
    (walk, by_whom)
}

#[tokio::test(start_paused = true)]
async fn a_new_review_names_who_changed_the_account_if_cloudtrail_shows_it() {
    let (mut walk, by_whom) = changed_by_eve(EVE).await;
    let eve = "arn:aws:iam::123456789012:user/eve: UpdateAccountPasswordPolicy; the last at 20";
    assert!(by_whom.contains(eve) && by_whom.lines().count() == 1, "nobody else, not this session itself: {by_whom}");
    // Without a further change the new review is confirmed and sent.
    walk.press("right enter").await;
    assert!(walk.done(StepId::PasswordPolicy)[0].ends_with("Shown"), "{}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn the_new_review_does_not_depend_on_cloudtrail() {
    let scene = EVE.replace("denied = []", "denied = [\"cloudtrail:LookupEvents\"]");
    let (mut walk, by_whom) = changed_by_eve(&scene).await;
    assert!(by_whom.starts_with("Changed by: unknown. cloudtrail:LookupEvents: AccessDenied"), "{by_whom}");
    walk.press("right enter").await;
    assert!(walk.done(StepId::PasswordPolicy)[0].ends_with("Shown"), "{}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn the_new_review_does_not_wait_for_cloudtrail() {
    let mut walk = Walk::in_scene(EVE).await;
    walk.go_to(StepId::PasswordPolicy).await;
    walk.press("enter ctrl-s").await;
    walk.account.inject(InjectedFault { call: "cloudtrail:LookupEvents".into(), kind: FaultKind::Silence, times: 1 });
    let stricter = PasswordPolicy { minimum_length: 30, ..PasswordPolicy::aws_default() };
    meanwhile(&walk, Change::PutPasswordPolicy(stricter)).await;
    walk.clock.advance(std::time::Duration::from_secs(1));
    walk.driver.handle(Event::Key(KeyPress::from(Key::Enter)));
    while !matches!(walk.stage(StepId::PasswordPolicy), Page::Review(review) if !review.moved.is_empty()) {
        let event = walk.driver.next().await.unwrap();
        walk.driver.handle(event);
    }
    let by_whom = review(&walk, StepId::PasswordPolicy).by_whom.join("\n");
    assert_eq!(by_whom, "Changed by: reading CloudTrail…");
    assert!(walk.draw().contains("30 now"), "all of it is there: {}", walk.draw());
}

/// An account with a root key that is in use.
const USED_KEY: &str = r#"
    title = "A root key in daily use"
    account = "123456789012"
    [[root.keys]]
    age = "2y"
    last_used = "5h"
"#;

#[tokio::test(start_paused = true)]
async fn the_next_run_watches_a_key_whose_deactivation_was_under_way_at_the_end() {
    let mut walk = Walk::in_scene(USED_KEY).await;
    walk.go_to(StepId::RootKeys).await;
    walk.press("enter right").await;
    walk.clock.advance(std::time::Duration::from_secs(1));
    // Presses Enter and answers the reads until the call is under way.
    walk.driver.handle(Event::Key(KeyPress::from(Key::Enter)));
    while !walk.driver.wizard.world.is_changing() {
        let event = walk.driver.next().await.unwrap();
        walk.driver.handle(event);
    }
    walk.driver.handle(Event::Interrupted);
    walk.settle().await;
    assert!(walk.orders.contains(&Order::Quit));
    walk.driver.recorded().await;
    let journal = walk.journals.read("123456789012").unwrap();
    assert_eq!((journal.waits().len(), journal.call_under_way()), (1, None), "{}", journal.text());
    let mut next = Walk::remembering(walk.account.clone(), walk.clock.clone(), walk.journals.clone()).await;
    next.go_to(StepId::RootKeys).await;
    assert!(next.draw().contains("Watch"), "{}", next.draw());
    assert_eq!(next.driver.wizard.step_view(StepId::RootKeys).actions[0].label, "Watch");
}

#[tokio::test(start_paused = true)]
async fn the_next_start_reads_how_an_interrupted_call_ended() {
    for took_effect in [true, false] {
        let first = Walk::in_scene(USED_KEY).await;
        let key = first.driver.wizard.facts().root_keys.known().unwrap()[0].id.clone();
        let change = Change::SetKeyStatus { owner: Subject::Root, key: key.clone(), status: KeyStatus::Inactive };
        let call = CallUnderWay {
            action: change.action().into(),
            words: change.words(),
            deactivates: Some((lockroot::account::Subject::Root, key.clone())),
            at: START,
        };
        first.journals.note("123456789012", &Note::Sends(call)).unwrap();
        if took_effect {
            meanwhile(&first, change).await;
        }
        let next = Walk::remembering(first.account.clone(), first.clock.clone(), first.journals.clone()).await;
        let said = next.draw();
        assert!(said.contains("The last run was cut off"), "{said}");
        assert_eq!(next.driver.wizard.facts().waits.contains_key(&key), took_effect, "{said}");
        assert_eq!(first.journals.read("123456789012").unwrap().call_under_way(), None, "it is settled");
    }
}

/// An inactive key is no problem, so the wizard reads that user only because of the journal.
#[tokio::test(start_paused = true)]
async fn the_next_start_reads_how_an_interrupted_call_on_a_user_key_ended() {
    let first = Walk::in_scene(USED_KEY).await;
    let account = connection_to(&first.account, &first.clock).account;
    account.apply(&Change::CreateUser { user: "ada".into(), tags: Vec::new() }).await.unwrap();
    let Outcome::Key { id: key, .. } = account.apply(&Change::CreateKey { user: "ada".into() }).await.unwrap() else {
        panic!("no key")
    };
    let owner = Subject::User("ada".into());
    let change = Change::SetKeyStatus { owner: owner.clone(), key: key.clone(), status: KeyStatus::Inactive };
    let deactivates = Some((owner, key.clone()));
    let call = CallUnderWay { action: change.action().into(), words: change.words(), deactivates, at: START };
    first.journals.note("123456789012", &Note::Sends(call)).unwrap();
    meanwhile(&first, change).await;
    let mut next = Walk::remembering(first.account.clone(), first.clock.clone(), first.journals.clone()).await;
    assert!(next.driver.wizard.facts().waits.contains_key(&key), "{}", next.draw());
    next.go_to(StepId::Users).await;
    assert!(next.draw().contains("waits until"), "{}", next.draw());
}

#[tokio::test(start_paused = true)]
async fn a_call_is_recorded_before_it_is_sent_and_cleared_when_it_ends() {
    let mut walk = Walk::on("fresh").await;
    walk.go_to(StepId::PasswordPolicy).await;
    walk.press("enter ctrl-s").await;
    walk.clock.advance(std::time::Duration::from_secs(1));
    walk.driver.handle(Event::Key(KeyPress::from(Key::Enter)));
    while !walk.driver.wizard.world.is_changing() {
        let event = walk.driver.next().await.unwrap();
        walk.driver.handle(event);
    }
    walk.driver.recorded().await;
    let account = walk.driver.wizard.caller().unwrap().account.clone();
    let noted = walk.journals.read(&account).unwrap();
    assert_eq!(noted.call_under_way().map(|call| call.action.as_str()), Some("iam:UpdateAccountPasswordPolicy"));
    walk.settle().await;
    walk.driver.recorded().await;
    assert_eq!(walk.journals.read(&account).unwrap().call_under_way(), None);
}
