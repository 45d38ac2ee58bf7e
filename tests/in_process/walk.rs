//! Walks: keys in, screens out, on the practice account through the real SDK.

use crate::support::Walk;
use crate::support::cases;
use lockroot::account::{Change, Console};
use lockroot::checks::Verdict;
use lockroot::practice::{FaultKind, InjectedFault};
use lockroot::steps::StepId;
use lockroot::steps::{Call, Consent};
use lockroot::wizard::pages::review::ReviewFocus;
use lockroot::wizard::{Page, Place};

const CONTACTS: [(&str, &str, &str, &str); 1] = [("Ada Lovelace", "Finance", "billing@example.com", "+44 20 1234567")];

fn verdict(walk: &Walk, id: &str) -> Verdict {
    lockroot::checks::control(id).unwrap().assess(walk.driver.wizard.facts()).verdict
}

pub async fn delete_root_key(walk: &mut Walk) {
    walk.go_to(StepId::RootKeys).await;
    walk.press("right enter").await;
    let Page::Review(review) = walk.stage(StepId::RootKeys) else { panic!("{:?}", walk.stage(StepId::RootKeys)) };
    let lockroot::account::Change::DeleteKey { key, .. } = &review.plan.calls[0].change else { panic!() };
    let last_four = key[key.len() - 4..].to_owned();
    walk.type_text(&last_four).await;
    walk.press("enter").await;
}

pub async fn enrol_root(walk: &mut Walk) {
    walk.confirm_way_back().await;
    walk.press("enter").await;
    assert!(matches!(walk.stage(StepId::RootMfa), Page::Console(_)));
    walk.press("enter").await;
    walk.type_codes().await;
}

pub async fn fill_in_contacts(walk: &mut Walk) {
    walk.go_to(StepId::Contacts).await;
    walk.press("enter").await;
    for (name, title, email, phone) in CONTACTS {
        for text in [name, title, email, phone] {
            walk.type_text(text).await;
            walk.press("enter").await;
        }
    }
    // Operations and security take billing's contact.
    walk.press("right down right ctrl-s").await;
    assert!(matches!(walk.stage(StepId::Contacts), Page::Review(_)), "{}", walk.draw());
    walk.press("enter").await;
}

pub async fn set_up_administrator(walk: &mut Walk) {
    walk.go_to(StepId::Administrator).await;
    walk.press("enter ctrl-s").await;
    assert!(matches!(walk.stage(StepId::Administrator), Page::Review(_)), "{}", walk.draw());
    walk.press("enter").await;
    assert!(matches!(walk.stage(StepId::Administrator), Page::HandOver(_)), "{:?}", walk.stage(StepId::Administrator));
    walk.press("v enter").await;
    walk.type_codes().await;
}

/// Turns on every watching service that is off, in every Region, then does the rest in the practice console.
pub async fn turn_on_watchers(walk: &mut Walk) {
    walk.go_to(StepId::Watchers).await;
    walk.press("right enter ctrl-s right enter").await;
    assert!(matches!(walk.stage(StepId::Watchers), Page::Record(_)), "{}", walk.draw());
    for control in StepId::Watchers.controls().filter(|control| verdict(walk, control.id) == Verdict::Fail) {
        walk.account.carry_out(control.id).unwrap();
    }
    walk.press("r").await;
}

pub async fn raise_password_policy(walk: &mut Walk) {
    walk.go_to(StepId::PasswordPolicy).await;
    walk.press("enter ctrl-s enter").await;
}

#[tokio::test(start_paused = true)]
async fn a_fresh_account_is_hardened_to_all_green() {
    let mut walk = Walk::on("fresh").await;
    assert_eq!(walk.driver.wizard.place(), Place::SignIn);
    delete_root_key(&mut walk).await;
    assert!(matches!(walk.stage(StepId::RootKeys), Page::Record(_)), "{:?}", walk.stage(StepId::RootKeys));
    enrol_root(&mut walk).await;
    assert!(matches!(walk.stage(StepId::RootMfa), Page::Record(_)), "{:?}", walk.stage(StepId::RootMfa));
    fill_in_contacts(&mut walk).await;
    assert!(matches!(walk.stage(StepId::Contacts), Page::Record(_)), "{:?}", walk.stage(StepId::Contacts));
    set_up_administrator(&mut walk).await;
    assert!(matches!(walk.stage(StepId::Administrator), Page::Record(_)), "{:?}", walk.stage(StepId::Administrator));
    raise_password_policy(&mut walk).await;
    assert!(matches!(walk.stage(StepId::PasswordPolicy), Page::Record(_)), "{:?}", walk.stage(StepId::PasswordPolicy));
    walk.answer_for_root().await;
    turn_on_watchers(&mut walk).await;
    for control in crate::support::controls_of_steps() {
        assert_eq!(verdict(&walk, control.id), Verdict::Pass, "{}", control.id);
    }
    walk.press("0").await;
    assert_eq!(walk.driver.wizard.place(), Place::Summary);
}

/// Goes past the administrator's password to the QR code.
async fn at_the_qr_code(walk: &mut Walk) {
    walk.go_to(StepId::Administrator).await;
    walk.press("enter ctrl-s enter v enter").await;
    walk.enrolment();
}

fn is_green(walk: &Walk, step: StepId) -> bool {
    step.controls().all(|control| verdict(walk, control.id) == Verdict::Pass)
}

#[tokio::test(start_paused = true)]
async fn impossible_codes_are_not_sent_and_can_be_corrected() {
    let mut walk = Walk::on("fresh").await;
    at_the_qr_code(&mut walk).await;
    let (now, next) = (walk.code(0), walk.code(1));
    for (first, second, words) in [
        (&now, &now, "same code twice"),
        (&next, &now, "wrong order"),
        (&now, &walk.code(3), "another code between"),
        (&"000000".to_owned(), &next, "does not come from this QR code"),
    ] {
        walk.press("backtab ctrl-u").await;
        if walk.enrolment().focus == lockroot::wizard::pages::enrol::CodeField::Second {
            walk.press("ctrl-u backtab ctrl-u").await;
        }
        walk.type_text(first).await;
        walk.press("ctrl-u").await;
        walk.type_text(second).await;
        walk.press("enter").await;
        let problem = walk.enrolment().problem.clone().unwrap_or_default();
        assert!(problem.contains(words), "{first} {second}: {problem}");
        assert!(walk.draw().contains(words.split(' ').next().unwrap()), "{}", walk.draw());
        assert!(!is_green(&walk, StepId::Administrator));
        assert_eq!(walk.enrolment().codes, (first.clone(), second.clone()), "nothing typed is lost");
    }
    walk.press("ctrl-u backtab ctrl-u").await;
    walk.type_codes().await;
    assert!(is_green(&walk, StepId::Administrator));
}

#[tokio::test(start_paused = true)]
async fn codes_that_aws_refuses_lead_back_to_the_same_qr_code() {
    let mut walk = Walk::on("fresh").await;
    at_the_qr_code(&mut walk).await;
    let seed = crate::support::text(&walk.enrolment().device.seed);
    walk.account.inject(fault("iam:EnableMFADevice", FaultKind::AccessDenied));
    walk.type_codes().await;
    let Page::Refused(refusal) = walk.stage(StepId::Administrator) else {
        panic!("{:?}", walk.stage(StepId::Administrator))
    };
    assert_eq!(refusal.failure.action, "iam:EnableMFADevice");
    walk.press("enter").await;
    assert_eq!(crate::support::text(&walk.enrolment().device.seed), seed, "nothing has to be scanned again");
    walk.press("ctrl-u backtab ctrl-u").await;
    walk.wait(30).await;
    walk.type_codes().await;
    assert!(is_green(&walk, StepId::Administrator));
}

#[tokio::test(start_paused = true)]
async fn the_form_reports_contacts_that_aws_would_refuse() {
    let mut walk = Walk::on("fresh").await;
    walk.go_to(StepId::Contacts).await;
    walk.press("enter").await;
    walk.type_text("Ada Lovelace").await;
    walk.press("down").await;
    walk.type_text(&"Chief ".repeat(9)).await;
    assert!(walk.draw().contains("too long by 3"), "{}", walk.draw());
    walk.press("down").await;
    walk.type_text("ada@example").await;
    walk.press("down ctrl-s").await;
    assert!(matches!(walk.stage(StepId::Contacts), Page::FillIn(_)), "not sent off");
    assert!(walk.remark().contains("problems first"), "{}", walk.remark());
    let screen = walk.draw();
    assert!(screen.contains("too long by") && screen.contains("domain after the @"), "{screen}");
    assert!(screen.contains("Ada Lovelace") && screen.contains("ada@example"), "nothing typed is lost: {screen}");
    walk.press("esc").await;
    walk.press("enter").await;
    assert!(walk.draw().contains("Ada Lovelace"), "not even by leaving the form: {}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn the_form_reports_what_a_typed_password_still_needs() {
    let mut walk = Walk::on("hardened").await;
    walk.go_to(StepId::Administrator).await;
    walk.press("enter down down right down").await;
    walk.type_text("short1").await;
    assert!(walk.draw().contains("still needs 8 more"), "{}", walk.draw());
    walk.press("ctrl-s").await;
    assert!(matches!(walk.stage(StepId::Administrator), Page::FillIn(_)));
    assert!(!walk.draw().contains("short1"), "{}", walk.draw());
}

fn fault(call: &str, kind: FaultKind) -> InjectedFault {
    InjectedFault { call: call.into(), kind, times: 1 }
}

#[tokio::test(start_paused = true)]
async fn a_denied_call_is_reported_in_the_step_and_the_form_is_kept() {
    let scene = "title = \"denied\"\naccount = \"123456789012\"\nsigned_in_as = \"root-login\"\ndenied = [\"iam:CreateGroup\"]\n";
    let mut walk = Walk::in_scene(scene).await;
    walk.go_to(StepId::Administrator).await;
    walk.press("enter ctrl-u").await;
    walk.type_text("ada").await;
    walk.press("ctrl-s enter").await;
    let screen = walk.draw();
    for words in ["iam:CreateGroup", "AccessDenied", "explicit deny"] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    walk.press("enter").await;
    assert!(matches!(walk.stage(StepId::Administrator), Page::FillIn(_)));
    assert!(walk.draw().contains("ada"), "{}", walk.draw());
    assert!(!is_green(&walk, StepId::Administrator));
}

#[tokio::test(start_paused = true)]
async fn a_denied_read_is_unknown_and_its_form_does_not_open() {
    let scene = "title = \"denied\"\naccount = \"123456789012\"\nsigned_in_as = \"root-login\"\n\
                 denied = [\"iam:GetAccountAuthorizationDetails\", \"iam:GetAccountPasswordPolicy\", \"account:GetAlternateContact\"]\n";
    let mut walk = Walk::in_scene(scene).await;
    for (step, id) in [
        (StepId::Contacts, "security-contact"),
        (StepId::Administrator, "administrator"),
        (StepId::PasswordPolicy, "password-policy"),
    ] {
        assert_eq!(verdict(&walk, id), Verdict::Unknown, "{id}");
        walk.go_to(step).await;
        assert!(walk.draw().contains("unknown"), "{}", walk.draw());
        walk.press("enter").await;
        assert!(matches!(walk.stage(step), Page::Home(_)));
        assert!(walk.remark().contains("could not"), "{}", walk.remark());
    }
    assert_eq!(verdict(&walk, "root-access-keys"), Verdict::Pass, "the others are not touched by it");
}

#[tokio::test(start_paused = true)]
async fn a_session_that_expires_between_two_calls_loses_nothing() {
    let mut walk = Walk::on("fresh").await;
    walk.go_to(StepId::Administrator).await;
    walk.press("enter ctrl-u").await;
    walk.type_text("ada").await;
    walk.account.inject(fault("iam:CreateUser", FaultKind::ExpiredToken));
    walk.press("ctrl-s enter").await;
    let screen = walk.draw();
    assert!(screen.contains("ExpiredToken") && screen.contains("aws login"), "{screen}");
    walk.press("c").await;
    walk.press("enter").await;
    assert!(walk.draw().contains("ada"), "{}", walk.draw());
    walk.press("ctrl-s").await;
    let Page::Review(review) = walk.stage(StepId::Administrator) else { panic!("{}", walk.draw()) };
    assert_eq!(review.plan.calls.len(), 4, "the group and its policy are adopted");
    walk.press("enter v enter").await;
    walk.type_codes().await;
    assert!(is_green(&walk, StepId::Administrator));
}

const ADMINISTRATOR_CALLS: [&str; 6] = [
    "iam:CreateGroup",
    "iam:AttachGroupPolicy",
    "iam:CreateUser",
    "iam:AddUserToGroup",
    "iam:CreateLoginProfile",
    "iam:CreateVirtualMFADevice",
];

#[tokio::test(start_paused = true)]
async fn a_half_made_administrator_is_finished_after_any_failed_call() {
    use FaultKind::{AccessDenied, ResetAfter, ResetBefore, Server, Silence};
    let kinds = [AccessDenied, Server, ResetBefore, ResetAfter, Silence];
    for (call, kind) in cases::pairs(&ADMINISTRATOR_CALLS, &kinds) {
        let mut walk = Walk::on("fresh").await;
        walk.is_blind = !cases::are_full();
        walk.go_to(StepId::Administrator).await;
        walk.account.inject(fault(call, kind));
        walk.press("enter ctrl-s enter").await;
        for _ in 0..12 {
            match walk.stage(StepId::Administrator) {
                Page::Refused(_) => walk.press("enter").await,
                Page::HandOver(_) => walk.press("v enter").await,
                Page::Enrol(_) => walk.type_codes().await,
                Page::FillIn(_) => walk.press("ctrl-s").await,
                Page::Review(review) if review.focus == ReviewFocus::Back => walk.press("right enter").await,
                Page::Review(_) => walk.press("enter").await,
                Page::Proof(_) => walk.wait(8).await,
                Page::Home(_) => walk.press("enter").await,
                Page::Record(_) if is_green(&walk, StepId::Administrator) => break,
                Page::Record(_) => walk.press("esc").await,
                other => panic!("{call} {kind:?}: {other:?}"),
            }
        }
        assert!(is_green(&walk, StepId::Administrator), "{call} {kind:?}: {}", walk.draw());
        let people = walk.driver.wizard.facts().people.known().unwrap();
        assert_eq!((people.users.len(), people.groups.len()), (1, 1), "{call} {kind:?}: nothing was made twice");
    }
}

#[tokio::test(start_paused = true)]
async fn an_existing_user_is_adopted() {
    let scene = "title = \"half\"\naccount = \"123456789012\"\nsigned_in_as = \"root-login\"\n[[users]]\nname = \"administrator\"\nage = \"1d\"\n";
    let mut walk = Walk::in_scene(scene).await;
    walk.go_to(StepId::Administrator).await;
    walk.press("enter ctrl-s").await;
    let Page::Review(review) = walk.stage(StepId::Administrator) else { panic!("{}", walk.draw()) };
    assert!(review.plan.calls.iter().all(|call| call.change.action() != "iam:CreateUser"));
    walk.press("right enter v enter").await;
    walk.type_codes().await;
    assert!(is_green(&walk, StepId::Administrator));
}

#[tokio::test(start_paused = true)]
async fn a_change_passes_only_once_iam_shows_it() {
    let scene =
        "title = \"slow\"\naccount = \"123456789012\"\nsigned_in_as = \"root-login\"\nvisible_after_seconds = 5\n";
    let mut walk = Walk::in_scene(scene).await;
    walk.go_to(StepId::Administrator).await;
    walk.press("enter ctrl-s enter").await;
    assert!(matches!(walk.stage(StepId::Administrator), Page::Proof(_)), "{:?}", walk.stage(StepId::Administrator));
    assert_ne!(verdict(&walk, "administrator"), Verdict::Pass);
    walk.wait(20).await;
    assert!(matches!(walk.stage(StepId::Administrator), Page::HandOver(_)), "{:?}", walk.stage(StepId::Administrator));
}

#[tokio::test(start_paused = true)]
async fn leaving_an_enrolment_deletes_its_device() {
    let mut walk = Walk::on("fresh").await;
    at_the_qr_code(&mut walk).await;
    walk.press("esc").await;
    let Page::Review(review) = walk.stage(StepId::Administrator) else { panic!("{}", walk.draw()) };
    assert_eq!(review.plan.calls[0].change.action(), "iam:DeleteVirtualMFADevice");
    walk.press("esc").await;
    walk.enrolment();
    walk.press("esc enter").await;
    assert_eq!(walk.driver.wizard.facts().virtual_devices.known().unwrap().len(), 0);
    walk.press("esc enter").await;
    let Page::Review(review) = walk.stage(StepId::Administrator) else { panic!("{}", walk.draw()) };
    assert_eq!(review.plan.calls.len(), 1, "the page offers to finish the MFA");
}

#[tokio::test(start_paused = true)]
async fn a_step_is_skipped_with_a_reason_and_resumed() {
    let mut walk = Walk::on("fresh").await;
    walk.go_to(StepId::RootMfa).await;
    walk.press("s enter").await;
    assert!(matches!(walk.stage(StepId::RootMfa), Page::Skip(skip) if !skip.is_skipped()), "a reason is asked for");
    walk.type_text("the key is in the safe").await;
    walk.press("enter").await;
    assert!(walk.draw().contains("the key is in the safe"), "{}", walk.draw());
    assert!(walk.draw().contains("Skipped"), "{}", walk.draw());
    walk.press("enter").await;
    assert!(matches!(walk.stage(StepId::RootMfa), Page::Home(_)));
}

#[tokio::test(start_paused = true)]
async fn a_second_run_finds_everything_green_and_changes_nothing() {
    let mut walk = Walk::on("hardened").await;
    // AWS tells nothing about root's e-mail address and password.
    for step in StepId::CHECKLIST.into_iter().filter(|step| *step != StepId::RootSignIn) {
        assert!(is_green(&walk, step), "{step:?}");
    }
    walk.go_to(StepId::Contacts).await;
    walk.press("enter ctrl-s").await;
    assert!(walk.remark().contains("Nothing differs"), "{}", walk.remark());
    walk.go_to_from_form(StepId::PasswordPolicy).await;
    walk.press("enter ctrl-s").await;
    assert!(walk.remark().contains("Nothing differs"), "{}", walk.remark());
}

#[tokio::test(start_paused = true)]
async fn a_partial_password_policy_is_merged_and_not_overwritten() {
    let scene = "title = \"partly\"\naccount = \"123456789012\"\nsigned_in_as = \"root-login\"\n[password_policy]\nminimum_length = 20\nmax_age = 365\n";
    let mut walk = Walk::in_scene(scene).await;
    walk.go_to(StepId::PasswordPolicy).await;
    walk.press("enter ctrl-s enter").await;
    let policy = walk.driver.wizard.facts().password_policy.known().unwrap().clone().unwrap();
    assert_eq!((policy.minimum_length, policy.max_age, policy.reuse_prevention), (20, Some(365), Some(24)));
    assert!(is_green(&walk, StepId::PasswordPolicy));
}

#[tokio::test(start_paused = true)]
async fn an_idle_wizard_sets_no_timer() {
    let walk = Walk::on("fresh").await;
    assert_eq!(walk.driver.sleeps_for(), None, "no tick, no redraw, no poll");
}

#[tokio::test(start_paused = true)]
async fn a_password_whose_answer_was_lost_is_set_again_and_shown() {
    let mut walk = Walk::on("fresh").await;
    walk.go_to(StepId::Administrator).await;
    walk.account.inject(fault("iam:CreateLoginProfile", FaultKind::ResetAfter));
    walk.press("enter ctrl-s enter").await;
    let Page::Refused(refusal) = walk.stage(StepId::Administrator) else { panic!("{}", walk.draw()) };
    assert!(refusal.failure.may_have_happened && !refusal.left.is_empty());
    walk.press("enter").await;
    assert!(walk.remark().contains("may not have accepted"), "{}", walk.remark());
    walk.press("ctrl-s").await;
    let Page::Review(review) = walk.stage(StepId::Administrator) else { panic!("{}", walk.draw()) };
    let sets = |call: &Call| matches!(call.change, Change::SetPassword { .. });
    assert!(review.plan.calls.iter().any(sets), "nobody knows whether the first was taken");
    walk.press("right enter").await;
    let Page::HandOver(hand_over) = walk.stage(StepId::Administrator) else { panic!("{}", walk.draw()) };
    assert!(hand_over.password.is_some(), "AWS took this one");
}

#[tokio::test(start_paused = true)]
async fn secrets_must_be_shown_before_their_page_is_left() {
    let mut walk = Walk::on("fresh").await;
    walk.go_to(StepId::Administrator).await;
    walk.press("enter ctrl-s enter enter").await;
    assert!(matches!(walk.stage(StepId::Administrator), Page::HandOver(_)), "{}", walk.draw());
    assert!(walk.remark().contains("You have not seen them"), "{}", walk.remark());
    walk.press("v v enter").await;
    walk.enrolment();
}

#[tokio::test(start_paused = true)]
async fn deleting_the_signing_key_passes_only_after_another_caller_sees_it_gone() {
    let scene = r#"
        title = "Root is signed in by its own access key, and an administrator is there"
        account = "123456789012"
        signed_in_as = "root-key"
        [[root.keys]]
        age = "3y"
        [[groups]]
        name = "Administrators"
        policies = ["AdministratorAccess"]
        [[users]]
        name = "alice"
        groups = ["Administrators"]
        password = true
        last_sign_in = "1h"
        mfa = ["virtual"]
    "#;
    let mut walk = Walk::in_scene(scene).await;
    walk.go_to(StepId::RootKeys).await;
    assert!(walk.draw().contains("This session is signed with"), "{}", walk.draw());
    walk.press("enter").await;
    assert!(matches!(walk.stage(StepId::RootKeys), Page::Home(_)), "it can't be deactivated");
    walk.press("right enter").await;
    let Page::Review(review) = walk.stage(StepId::RootKeys) else { panic!("{}", walk.draw()) };
    assert!(review.plan.notes.iter().any(|note| note.contains("This session ends with the key")));
    let Consent::Typed { expected, .. } = review.plan.consent.clone() else { panic!() };
    walk.type_text(&expected).await;
    walk.press("enter").await;
    assert!(matches!(walk.stage(StepId::RootKeys), Page::KeyRemoval(_)), "{}", walk.draw());
    assert_ne!(verdict(&walk, "root-access-keys"), Verdict::Pass, "AWS took it, but nobody is left here to read it");
    let screen = walk.draw();
    assert!(screen.contains("unread") && !screen.contains("this step is green"), "{screen}");
}

#[tokio::test(start_paused = true)]
async fn a_key_moves_the_practice_clock_and_the_header_shows_by_how_much() {
    let mut walk = Walk::on("leaky-startup").await;
    walk.go_to(StepId::RootKeys).await;
    assert!(!walk.draw().contains("clock +"));
    let used = |walk: &Walk| {
        let keys = walk.driver.wizard.facts().root_keys.known().unwrap().clone();
        let last = keys.iter().find_map(|key| key.last_used.known().cloned().flatten()).unwrap();
        lockroot::account::age::ago(last.at, walk.driver.wizard.now())
    };
    let before = used(&walk);
    walk.press("t").await;
    assert!(walk.draw().contains("Move the practice account's clock"), "{}", walk.draw());
    walk.press("3").await;
    assert_eq!(walk.clock.now() - crate::support::START, time::Duration::hours(4));
    assert!(walk.draw().contains("clock +4 h"), "{}", walk.draw());
    walk.press("2 esc").await;
    assert!(walk.draw().contains("clock +5 h"), "{}", walk.draw());
    assert_ne!(used(&walk), before);
    assert!(walk.draw().contains(&used(&walk)), "what is on the screen was read again: {}", walk.draw());
    walk.press("t 5 esc").await;
    assert!(walk.draw().contains("clock +90 d 5 h"), "{}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn a_sign_in_expires_after_a_day_and_reconnecting_renews_it() {
    let mut walk = Walk::on("fresh").await;
    walk.press("t 4 esc").await;
    assert!(walk.driver.wizard.facts().caller.known().is_none(), "{:?}", walk.driver.wizard.facts().caller);
    walk.press("c").await;
    assert!(walk.driver.wizard.facts().caller.known().is_some(), "{:?}", walk.driver.wizard.facts().caller);
}

#[tokio::test(start_paused = true)]
async fn the_practice_phone_follows_the_clock() {
    let mut walk = Walk::on("fresh").await;
    at_the_qr_code(&mut walk).await;
    let (first, second) = (walk.code(0), walk.code(1));
    walk.type_text(&first).await;
    walk.press("t 1 esc p").await;
    walk.wait(1).await;
    let shown = format!("now   {} {}", &second[..3], &second[3..]);
    assert!(walk.draw().contains(&shown), "{}", walk.draw());
    walk.type_text(&second).await;
    walk.press("enter").await;
    assert!(is_green(&walk, StepId::Administrator), "{:?}", walk.stage(StepId::Administrator));
}

/// Moving the clock ends the pause of a proof.
#[tokio::test(start_paused = true)]
async fn delayed_changes_appear_after_the_clock_is_moved() {
    let mut walk = Walk::in_scene(
        "title = \"t\"\naccount = \"123456789012\"\nvisible_after_seconds = 3000\n[root]\npassword = true\n",
    )
    .await;
    walk.go_to(StepId::Administrator).await;
    walk.press("enter ctrl-s enter").await;
    assert!(matches!(walk.stage(StepId::Administrator), Page::Proof(_)), "{:?}", walk.stage(StepId::Administrator));
    walk.press("t 2 esc").await;
    walk.wait(1).await;
    assert!(matches!(walk.stage(StepId::Administrator), Page::HandOver(_)), "{:?}", walk.stage(StepId::Administrator));
}

#[test]
fn no_key_moves_the_clock_of_a_live_account() {
    use lockroot::wizard::keys::Intent;
    use lockroot::wizard::{Key, bindings};
    let mut bench = crate::support::bench::Bench::with(crate::support::bench::fresh("ASIASESSION", &["AKIAOLD"]));
    for place in "123456789".chars() {
        bench.press(Key::Char(place));
        let offered = bindings(&bench.wizard).into_iter().flat_map(|binding| binding.intents);
        assert!(!offered.into_iter().any(|intent| intent == Intent::Clock));
        bench.press(Key::Char('t'));
        assert!(bench.wizard.over().is_none());
        // Even if the page were open, the clock would not move.
        bench.wizard.set_over(lockroot::wizard::pages::Clock);
        assert_eq!(bench.press(Key::Char('5')), Vec::<String>::new());
        bench.wizard.clear_over();
    }
    assert!(bench.wizard.world.clock_ahead().is_zero());
}
