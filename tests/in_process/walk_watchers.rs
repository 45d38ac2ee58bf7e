//! Walks that turn regional services on.

use std::collections::BTreeSet;

use crate::support::Walk;
use lockroot::account::Change;
use lockroot::checks::{Verdict, control};
use lockroot::practice::{FaultKind, InjectedFault};
use lockroot::steps::StepId;
use lockroot::wizard::Page;
use lockroot::wizard::pages::{Refused, Review};

const STEP: StepId = StepId::Watchers;
const CREATE: &str = "guardduty:CreateDetector";

fn verdicts(walk: &Walk) -> [Verdict; 3] {
    ["access-analyzer-on", "guardduty-on", "security-hub-on"]
        .map(|id| control(id).unwrap().assess(walk.driver.wizard.facts()).verdict)
}

fn review(walk: &Walk) -> &Review {
    match walk.stage(STEP) {
        Page::Review(review) => review,
        _ => panic!("{}", walk.draw()),
    }
}

fn refused(walk: &Walk) -> &Refused {
    match walk.stage(STEP) {
        Page::Refused(refused) => refused,
        _ => panic!("{}", walk.draw()),
    }
}

fn regions<'a>(changes: impl IntoIterator<Item = &'a Change>) -> BTreeSet<&'a str> {
    changes.into_iter().map(|change| change.region().unwrap()).collect()
}

fn says(walk: &Walk, words: &str) {
    assert!(walk.draw().contains(words), "{words:?}:\n{}", walk.draw());
}

/// Opens the form for GuardDuty in a new account.
async fn guard_duty(walk: &mut Walk) {
    walk.go_to(STEP).await;
    walk.press("down enter").await;
    says(walk, "Turn on GuardDuty");
}

#[tokio::test(start_paused = true)]
async fn every_regional_service_is_turned_on_with_the_keyboard_alone() {
    let mut walk = Walk::on("fresh").await;
    walk.press("9").await;
    assert_eq!(verdicts(&walk), [Verdict::Fail; 3]);
    says(&walk, "none of 17 Regions");
    says(&walk, "30 days free");
    // The free service comes first.
    says(&walk, "[ Turn on in 17 Regions ]");
    walk.press("enter ctrl-s").await;
    says(&walk, "CreateAnalyzer in 17 Regions");
    says(&walk, "are free");
    walk.press("enter").await;
    assert_eq!(walk.done(STEP).len(), 17);
    assert!(walk.done(STEP).iter().all(|line| line.ends_with("Shown")), "{:?}", walk.done(STEP));
    assert_eq!(verdicts(&walk), [Verdict::Pass, Verdict::Fail, Verdict::Fail]);
    // The page offers the rest next.
    walk.press("enter").await;
    says(&walk, "[ Turn on everything that is off ]");
    walk.press("enter ctrl-s").await;
    let actions: Vec<&str> = review(&walk).plan.groups().map(|calls| calls[0].change.action()).collect();
    assert_eq!((actions, review(&walk).plan.calls.len()), (vec![CREATE, "securityhub:EnableSecurityHub"], 34));
    // Both cost money, so going back is preselected.
    walk.press("right enter").await;
    assert_eq!(verdicts(&walk), [Verdict::Pass; 3], "{}", walk.draw());
    assert_eq!(walk.done(STEP).len(), 34);
    walk.press("esc").await;
    says(&walk, "all 17 Regions");
}

#[tokio::test(start_paused = true)]
async fn the_review_shows_each_regional_call_and_unfolds_its_commands() {
    let mut walk = Walk::on("fresh").await;
    guard_duty(&mut walk).await;
    walk.press("ctrl-s").await;
    walk.size = (100, 70);
    for words in
        ["CreateDetector in 17 Regions", "Enable", "ap-northeast-1", "us-west-2", "30-day free trial", "off → on"]
    {
        says(&walk, words);
    }
    assert!(!walk.draw().contains("aws guardduty"), "folded:\n{}", walk.draw());
    walk.press("a").await;
    for call in &review(&walk).plan.calls {
        says(&walk, &format!("--region {}", call.change.region().unwrap()));
    }
    says(&walk, "$ aws guardduty create-detector --enable --region sa-east-1");
}

#[tokio::test(start_paused = true)]
async fn only_the_listed_regions_are_changed() {
    let mut walk = Walk::on("fresh").await;
    guard_duty(&mut walk).await;
    walk.press("right enter ctrl-u").await;
    walk.type_text("eu-west-1 mars-1").await;
    walk.press("ctrl-s").await;
    says(&walk, "mars-1 is not an enabled Region");
    walk.press("ctrl-u").await;
    walk.type_text("eu-west-1, us-east-1").await;
    walk.press("ctrl-s right enter").await;
    assert_eq!(walk.done(STEP), ["eu-west-1", "us-east-1"].map(|at| format!("Turn on GuardDuty in {at}: Shown")));
    assert_eq!(verdicts(&walk)[1], Verdict::Fail);
    walk.press("esc").await;
    says(&walk, "eu-west-1, us-east-1");
}

/// Ann may do everything except in some Regions.
const LIMITED: &str = r#"
    title = "Regions"
    account = "123456789012"
    signed_in_as = "user:ann"
    [[users]]
    name = "ann"
    inline_policies = { p = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"guardduty:CreateDetector","Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":["ap-south-1","eu-west-3"]}}}]}' }
    [[users.keys]]
    age = "1d"
"#;

#[tokio::test(start_paused = true)]
async fn a_refusal_names_its_region_and_the_other_regions_continue() {
    let mut walk = Walk::in_scene(LIMITED).await;
    guard_duty(&mut walk).await;
    walk.press("ctrl-s right enter").await;
    let page = refused(&walk);
    assert_eq!((page.done.len(), page.tried.as_str()), (15, "Turn on GuardDuty in ap-south-1"));
    assert_eq!(page.left, ["Turn on GuardDuty in eu-west-3 (AWS said AccessDeniedException)"]);
    assert!(!regions(&page.done).contains("eu-west-3"), "a refusal is never told as done");
    says(&walk, "AWS refused the call");
    walk.press("enter").await;
    assert!(matches!(walk.stage(STEP), Page::FillIn(_)), "nothing that was filled in is lost: {}", walk.draw());
    walk.press("ctrl-s").await;
    assert_eq!(regions(review(&walk).plan.calls.iter().map(|call| &call.change)), ["ap-south-1", "eu-west-3"].into());
    let control = control("guardduty-on").unwrap().assess(walk.driver.wizard.facts());
    assert_eq!(control.verdict, Verdict::Fail);
    assert!(control.why.contains("off in ap-south-1, eu-west-3"), "{}", control.why);
}

#[tokio::test(start_paused = true)]
async fn a_session_error_stops_the_other_regions_and_a_lost_answer_is_read_back() {
    for (kind, may_have_happened) in
        [(FaultKind::ExpiredToken, false), (FaultKind::ResetAfter, true), (FaultKind::Server, true)]
    {
        let mut walk = Walk::on("fresh").await;
        guard_duty(&mut walk).await;
        walk.press("ctrl-s").await;
        walk.account.inject(InjectedFault { call: CREATE.into(), kind, times: 1 });
        walk.press("right enter").await;
        let page = refused(&walk);
        assert_eq!((page.done.len(), page.left.len()), (0, 16), "{kind:?}");
        assert_eq!(page.failure.may_have_happened, may_have_happened, "{kind:?}");
        assert_eq!(page.has_happened(walk.driver.wizard.facts()), kind == FaultKind::ResetAfter, "{kind:?}");
        if may_have_happened {
            walk.press("enter ctrl-s").await;
            let left = if kind == FaultKind::ResetAfter { 16 } else { 17 };
            assert_eq!(review(&walk).plan.calls.len(), left, "{kind:?}: {}", walk.draw());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_service_turned_on_elsewhere_is_not_turned_on_again() {
    let mut walk = Walk::on("fresh").await;
    guard_duty(&mut walk).await;
    walk.press("ctrl-s").await;
    let connection = lockroot::commands::connections::connection_to(&walk.account, &walk.clock);
    let call = lockroot::account::TurnOnCall::CreateDetector;
    connection.account.apply(&Change::TurnOn { call, region: "eu-west-1".into() }).await.unwrap();
    walk.press("right enter").await;
    assert!(!regions(review(&walk).plan.calls.iter().map(|call| &call.change)).contains("eu-west-1"));
    says(&walk, "The account changed after you read the review");
}

#[tokio::test(start_paused = true)]
async fn a_missing_trail_or_alarm_is_fixed_by_hand_and_watched() {
    let mut walk = Walk::on("fresh").await;
    walk.go_to(STEP).await;
    for (row, id) in [("down down down", "cloudtrail-on"), ("down down down down right", "root-use-alarm")] {
        assert_eq!(control(id).unwrap().assess(walk.driver.wizard.facts()).verdict, Verdict::Fail);
        walk.press(row).await;
        says(&walk, "[ By hand, and watch ]");
        walk.press("enter").await;
        assert!(matches!(walk.stage(STEP), Page::ByHand(_)), "{}", walk.draw());
        // Practice mode simulates the console.
        walk.press("enter").await;
        assert_eq!(control(id).unwrap().assess(walk.driver.wizard.facts()).verdict, Verdict::Pass, "{}", walk.draw());
        says(&walk, "It passes. Read back from AWS at");
        walk.press("esc").await;
        assert!(matches!(walk.stage(STEP), Page::Home(_)), "{}", walk.draw());
        walk.press("up up up up").await;
    }
}
