//! Walks over root's MFA: recovery data, asking AWS with both answers, leftovers.

use crate::support::Walk;
use lockroot::account::{AnswerValue, Reading, RootMfaApi, Topic};
use lockroot::checks::{Verdict, control};
use lockroot::practice::{FaultKind, InjectedFault};
use lockroot::steps::StepId;
use lockroot::wizard::Page;

const STEP: StepId = StepId::RootMfa;

/// Like `fresh`, but the API accepts root's codes.
fn open_door() -> String {
    format!("root_mfa_by_api = true\n{}", include_str!("../../assets/practice/fresh.toml"))
}

fn verdict(walk: &Walk) -> Verdict {
    control("root-mfa").unwrap().assess(walk.driver.wizard.facts()).verdict
}

fn labels(walk: &Walk) -> Vec<String> {
    walk.driver.wizard.step_view(STEP).actions.into_iter().map(|action| action.label).collect()
}

/// The number of devices, assigned or not.
fn devices(walk: &Walk) -> usize {
    walk.driver.wizard.facts().virtual_devices.known().expect("they have been read").len()
}

/// Chooses "Ask AWS to do it here" and confirms the plan.
async fn ask(walk: &mut Walk) {
    walk.confirm_way_back().await;
    walk.press("right right enter").await;
    let Page::Review(review) = walk.stage(STEP) else { panic!("{}", walk.draw()) };
    let calls: Vec<&str> = review.plan.calls.iter().map(|call| call.change.action()).collect();
    assert_eq!(calls, ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:DeleteVirtualMFADevice"]);
    walk.press("enter").await;
}

#[tokio::test(start_paused = true)]
async fn a_root_device_is_assigned_only_after_phone_and_e_mail_are_confirmed() {
    let mut walk = Walk::on("fresh").await;
    walk.go_to(STEP).await;
    assert_eq!(labels(&walk)[0], "Phone and e-mail");
    walk.press("right enter").await;
    assert!(walk.remark().contains("to recover root"), "{}", walk.remark());
    assert!(matches!(walk.stage(STEP), Page::Home(_)));
    // An unanswered form is refused with the missing answers.
    walk.press("left enter ctrl-s").await;
    assert!(walk.draw().contains("Check it, then"), "{}", walk.draw());
    walk.press("right down right right ctrl-s").await;
    let answers = &walk.driver.wizard.facts().answers;
    assert_eq!(answers[&Topic::RecoveryPhone].said, AnswerValue::Yes);
    assert_eq!(answers[&Topic::RecoveryEmail].said, AnswerValue::No);
    assert!(walk.draw().contains("no, or nobody knows"), "{}", walk.draw());
    assert_eq!(labels(&walk)[0], "Go to the console");
}

#[tokio::test(start_paused = true)]
async fn if_aws_allows_it_lockroot_assigns_roots_device() {
    let mut walk = Walk::in_scene(&open_door()).await;
    ask(&mut walk).await;
    let serial = walk.enrolment().device.serial.clone();
    assert!(serial.ends_with(":mfa/root-mfa"), "{serial}");
    walk.type_codes().await;
    assert!(matches!(walk.stage(STEP), Page::Record(_)), "{}", walk.draw());
    assert_eq!(verdict(&walk), Verdict::Pass);
    assert_eq!(devices(&walk), 1, "the device that the question was asked with is the one that root has");
}

#[tokio::test(start_paused = true)]
async fn if_aws_refuses_the_device_is_deleted_and_the_console_page_opens() {
    let mut walk = Walk::on("fresh").await;
    ask(&mut walk).await;
    assert!(matches!(walk.stage(STEP), Page::Console(_)), "{}", walk.draw());
    assert!(walk.remark().contains("AWS refused to do it here"), "{}", walk.remark());
    assert_eq!(devices(&walk), 0);
    let Reading::Known { value: RootMfaApi::Closed(failure), .. } = &walk.driver.wizard.facts().root_mfa_api else {
        panic!()
    };
    assert_eq!(failure.code.as_deref(), Some("NoSuchEntity"));
    walk.press("enter").await;
    walk.type_codes().await;
    assert_eq!(verdict(&walk), Verdict::Pass);
    walk.press("3").await;
    assert!(!labels(&walk).iter().any(|label| label.contains("Ask AWS")), "it is not asked twice: {:?}", labels(&walk));
}

#[tokio::test(start_paused = true)]
async fn an_unrelated_failure_leaves_the_question_open_and_the_device_can_be_deleted() {
    let mut walk = Walk::in_scene(&open_door()).await;
    walk.account.inject(InjectedFault { call: "iam:EnableMFADevice".into(), kind: FaultKind::Server, times: 9 });
    ask(&mut walk).await;
    assert!(matches!(walk.stage(STEP), Page::Refused(_)), "{}", walk.draw());
    assert!(walk.driver.wizard.facts().root_mfa_api.is_unread());
    walk.press("enter").await;
    assert!(walk.draw().contains("root-mfa"), "the device that was left is shown: {}", walk.draw());
    let place = labels(&walk).iter().position(|label| label == "Delete unassigned device").unwrap();
    walk.press(&"right ".repeat(place)).await;
    walk.press("enter right enter").await;
    assert!(matches!(walk.stage(STEP), Page::Record(_)), "{}", walk.draw());
    assert_eq!(devices(&walk), 0);
}

#[tokio::test(start_paused = true)]
async fn leaving_roots_enrolment_deletes_its_device() {
    let mut walk = Walk::in_scene(&open_door()).await;
    ask(&mut walk).await;
    walk.press("esc enter").await;
    assert!(matches!(walk.stage(STEP), Page::Record(_)), "{}", walk.draw());
    assert_eq!(devices(&walk), 0);
    assert_eq!(verdict(&walk), Verdict::Fail);
}

#[tokio::test(start_paused = true)]
async fn a_user_called_root_is_never_taken_for_root() {
    let scene = format!("{}\n[[users]]\nname = \"Root\"\n", open_door());
    let mut walk = Walk::in_scene(&scene).await;
    walk.confirm_way_back().await;
    walk.press("right right enter").await;
    assert!(walk.remark().contains("is called root"), "{}", walk.remark());
    assert!(matches!(walk.stage(STEP), Page::Home(_)));
}

#[tokio::test(start_paused = true)]
async fn a_pasted_secret_key_is_drawn_as_a_qr_code_and_forgotten() {
    let mut walk = Walk::on("fresh").await;
    walk.confirm_way_back().await;
    walk.press("enter s").await;
    walk.type_text("gezd gnbv gy3t qojq gezd gnbv gy3t qojq").await;
    assert!(walk.draw().contains("39 characters") && !walk.draw().contains("gezd"), "{}", walk.draw());
    walk.press("enter").await;
    assert!(walk.draw().contains("GEZD GNBV GY3T QOJQ") && walk.draw().contains("▀"), "{}", walk.draw());
    // The watch goes on, and suspending the program clears the key.
    walk.wait(5).await;
    walk.press("ctrl-z").await;
    assert!(walk.driver.wizard.over().is_none(), "the key went with its page");
    assert!(matches!(walk.stage(STEP), Page::Console(watch) if watch.watch.polls > 0), "{}", walk.draw());
}
