//! Walks over the questions on root's e-mail address and password, and the break-glass sheet.

use crate::support::{START, Walk, text};
use lockroot::account::moment::rfc3339;
use lockroot::account::{AnswerValue, Topic, Traced};
use lockroot::checks::{Verdict, control};
use lockroot::drive::Order;
use lockroot::steps::StepId;
use lockroot::wizard::pages::Sheet;
use lockroot::wizard::{Effect, Event, Key, Page, Reply, Request, update};

const STEP: StepId = StepId::RootSignIn;

fn verdict(walk: &Walk, id: &str) -> Verdict {
    control(id).unwrap().assess(walk.driver.wizard.facts()).verdict
}

#[tokio::test(start_paused = true)]
async fn answers_are_dated_and_make_the_step_pass() {
    let mut walk = Walk::on("fresh").await;
    walk.go_to(STEP).await;
    assert_eq!((verdict(&walk, "root-email"), verdict(&walk, "root-password")), (Verdict::Manual, Verdict::Manual));
    walk.answer_for_root().await;
    assert_eq!((verdict(&walk, "root-email"), verdict(&walk, "root-password")), (Verdict::Pass, Verdict::Pass));
    let answers = &walk.driver.wizard.facts().answers;
    assert_eq!(answers[&Topic::MailboxHolder].said, AnswerValue::Text("IT".into()));
    assert_eq!(answers[&Topic::DevicePlaces].at, crate::support::START);
    // The answers count for root's MFA too.
    walk.go_to(StepId::RootMfa).await;
    walk.press("enter").await;
    assert!(matches!(walk.stage(StepId::RootMfa), Page::Console(_)), "{}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn root_activity_is_shown_for_ninety_days_and_all_regions() {
    let mut walk = Walk::on("leaky-startup").await;
    walk.go_to(STEP).await;
    walk.press("right right enter").await;
    walk.wait(20).await;
    walk.size = (118, 50);
    let shown = walk.draw();
    assert!(shown.contains("What did root do?") && shown.contains("Complete: 17 of 17 Regions"), "{shown}");
    let newest = &walk.driver.wizard.facts().traces[&Traced::Root].newest;
    let by_build_server = newest.iter().find(|event| event.key.starts_with("AKIA")).unwrap().key.clone();
    let oldest = newest.last().unwrap().clone();
    let key = format!("{by_build_server}; MFA not recorded; from 20.55.14.9");
    for part in [
        "events, the newest first",
        "Z ecr GetAuthorizationToken",
        "; without MFA; from 127.0.0.1",
        &key,
        "by aws-cli/2.15.30 Python/3.11 md/Jenkins",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(shown.contains("This may not be all") && !shown.contains("a key is unused"), "{shown}");
    // AWS gives fifty events a page: this one came with a later page.
    walk.press("end").await;
    let shown = walk.draw();
    assert!(newest_first(&walk) && START - oldest.at > time::Duration::days(14), "{oldest:?}");
    assert!(shown.contains(&rfc3339(oldest.at)) && shown.contains("older events, which v sums up"), "{shown}");
    walk.press("v").await;
    assert!(walk.draw().contains("CloudTrail so far"), "{}", walk.draw());
    walk.press("pagedown").await;
    assert!(walk.draw().contains("signed with AKIA"), "{}", walk.draw());
    walk.press("enter").await;
    assert!(matches!(walk.stage(STEP), Page::Home(_)), "{}", walk.draw());
}

fn newest_first(walk: &Walk) -> bool {
    walk.driver.wizard.facts().traces[&Traced::Root].newest.is_sorted_by(|one, next| one.at >= next.at)
}

#[tokio::test(start_paused = true)]
async fn what_to_do_if_an_attacker_may_have_root_is_a_part_of_the_sheet_and_a_key_away() {
    let mut walk = Walk::on("leaky-startup").await;
    walk.size = (118, 50);
    walk.go_to(STEP).await;
    assert!(walk.draw().contains("! incident"), "{}", walk.draw());
    for before in ["", "right right enter", "esc esc 0"] {
        walk.press(before).await;
        assert!(walk.draw().contains("! incident"), "{}", walk.draw());
        walk.press("!").await;
        let shown = walk.draw();
        assert!(shown.contains("If an attacker may have root") && shown.contains("BatchRevokeSessions"), "{shown}");
        assert!(shown.contains("https://support.aws.amazon.com/"), "{shown}");
        walk.press("y esc").await;
        let Some(Order::Copy(copied)) = walk.orders.last() else { panic!("{:?}", walk.orders.last()) };
        assert!(Sheet::text(&walk.driver.wizard.world).contains(&text(copied)), "one text");
    }
    walk.press("?").await;
    assert!(walk.draw().contains("an attacker may have root: what to do"), "{}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn an_unanswered_question_is_reported_and_typed_text_is_kept() {
    let mut walk = Walk::on("fresh").await;
    walk.go_to(STEP).await;
    walk.press("enter down down down").await;
    walk.type_text("the office").await;
    walk.press("ctrl-s").await;
    assert!(walk.draw().contains("Not answered yet"), "{}", walk.draw());
    walk.press("esc enter").await;
    assert!(walk.draw().contains("the office"), "{}", walk.draw());
    assert!(walk.driver.wizard.facts().answers.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_generated_root_password_is_shown_once_and_stored_nowhere() {
    let mut walk = Walk::on("fresh").await;
    walk.go_to(STEP).await;
    walk.press("right enter").await;
    let Page::HandOver(hand_over) = walk.stage(STEP) else { panic!("{}", walk.draw()) };
    let password = text(hand_over.password.as_ref().unwrap());
    assert_eq!(password.len(), 32);
    assert!(!walk.draw().contains(&password[..8]));
    walk.press("enter").await;
    assert!(walk.remark().contains("You have not seen"), "{}", walk.remark());
    walk.press("v").await;
    assert!(walk.draw().contains(&password[..8]), "{}", walk.draw());
    walk.press("enter").await;
    assert!(matches!(walk.stage(STEP), Page::Home(_)), "{}", walk.draw());
    assert!(!format!("{:?}", walk.driver.wizard).contains(&password));
}

#[tokio::test(start_paused = true)]
async fn the_sheet_for_the_safe_is_shown_and_saved_without_overwriting() {
    let mut walk = Walk::on("hardened").await;
    walk.answer_for_root().await;
    walk.press("0 b").await;
    assert!(matches!(walk.driver.wizard.front(), Page::Sheet(_)));
    assert!(walk.draw().contains("Break glass") && walk.draw().contains("Practice"), "{}", walk.draw());
    let sheet = Sheet::text(&walk.driver.wizard.world);
    for part in ["Mailbox read by: IT", "Kept at: IT", "Administrators: alice", "acme-hardened.signin"] {
        assert!(sheet.contains(part), "{part:?} is missing in\n{sheet}");
    }
    // The driver's reply after it wrote the file.
    says(&mut walk, Ok(vec!["lockroot-break-glass-practice-2.md".into()]));
    assert!(walk.remark().contains("practice-2.md"), "{}", walk.remark());
    says(&mut walk, Err("sheet.md: permission denied".into()));
    assert!(walk.remark().contains("permission denied"), "{}", walk.remark());
}

#[tokio::test(start_paused = true)]
async fn the_result_of_saving_is_shown_even_after_its_page_was_closed() {
    let mut walk = Walk::on("hardened").await;
    walk.press("0 b").await;
    let now = walk.clock.now();
    let effects = update(&mut walk.driver.wizard, now, Event::Key(Key::Char('s').into()));
    let [Effect::Ask(ticket, Request::WriteFiles(_))] = effects[..] else { panic!("{effects:?}") };
    walk.press("esc").await;
    assert!(walk.driver.wizard.over().is_none());
    let result = Err("sheet.md: permission denied".into());
    update(&mut walk.driver.wizard, now, Event::Reply(ticket, Reply::Saved(result)));
    assert!(walk.remark().contains("permission denied"), "{}", walk.remark());
}

/// Saves the sheet, with `result` as the driver's reply.
fn says(walk: &mut Walk, result: Result<Vec<String>, String>) {
    let now = walk.clock.now();
    let effects = update(&mut walk.driver.wizard, now, Event::Key(Key::Char('s').into()));
    let [Effect::Ask(ticket, Request::WriteFiles(_))] = effects[..] else { panic!("{effects:?}") };
    update(&mut walk.driver.wizard, now, Event::Reply(ticket, Reply::Saved(result)));
}
