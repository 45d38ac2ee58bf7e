//! Walks over correcting a trail and creating a support group.

use crate::support::Walk;
use lockroot::account::management_events::EventSelectors;
use lockroot::account::{Change, TrailFix};
use lockroot::checks::{Verdict, control};
use lockroot::steps::{ActionId, StepId};
use lockroot::wizard::Page;
use lockroot::wizard::pages::Review;

const STEP: StepId = StepId::Watchers;

fn scene(trails: &str) -> String {
    format!(
        r#"
        title = "The rest"
        account = "123456789012"
        signed_in_as = "user:ann"
        [root]
        password = true
        [[users]]
        name = "ann"
        policies = ["AdministratorAccess"]
        [[users.keys]]
        age = "1d"
        [[users]]
        name = "bob"
        {trails}
        "#
    )
}

/// One Region, stopped, not validated, without writes.
const POOR: &str =
    "[[trails]]\nname = \"old\"\nmulti_region = false\nlogging = false\nmanagement_events = \"ReadOnly\"\n";

fn verdict(walk: &Walk, id: &str) -> Verdict {
    control(id).unwrap().assess(walk.driver.wizard.facts()).verdict
}

fn says(walk: &Walk, words: &str) {
    assert!(walk.draw().contains(words), "{words:?}:\n{}", walk.draw());
}

fn review(walk: &Walk) -> &Review {
    match walk.stage(STEP) {
        Page::Review(review) => review,
        _ => panic!("{}", walk.draw()),
    }
}

fn actions(walk: &Walk) -> Vec<&'static str> {
    review(walk).plan.calls.iter().map(|call| call.change.action()).collect()
}

async fn at_row(scene: &str, row: usize) -> Walk {
    let mut walk = Walk::in_scene(scene).await;
    walk.size = (118, 60);
    walk.go_to(STEP).await;
    walk.press(&"down ".repeat(row)).await;
    walk
}

#[tokio::test(start_paused = true)]
async fn trail_alarm_and_support_go_from_fail_to_pass_in_this_step() {
    const CONTROLS: [&str; 3] = ["cloudtrail-on", "root-use-alarm", "support-role"];
    let mut walk = at_row(&scene(POOR), 3).await;
    assert_eq!(CONTROLS.map(|id| verdict(&walk, id)), [Verdict::Fail; 3]);
    says(&walk, "[ Correct the trail ]");
    walk.press("enter").await;
    assert_eq!(actions(&walk), ["cloudtrail:UpdateTrail", "cloudtrail:PutEventSelectors", "cloudtrail:StartLogging"]);
    for words in ["us-east-1 → all", "off → on", "stopped → on", "The first copy of management events"] {
        says(&walk, words);
    }
    // It may cost money, so going back is preselected.
    walk.press("right enter").await;
    assert_eq!(walk.done(STEP).len(), 3, "{}", walk.draw());
    assert!(walk.done(STEP).iter().all(|line| line.ends_with("Shown")), "{:?}", walk.done(STEP));
    assert_eq!(verdict(&walk, "cloudtrail-on"), Verdict::Pass);
    walk.press("esc down down down down enter").await;
    walk.type_text("sec@example.com").await;
    walk.press("ctrl-s enter enter").await;
    assert_eq!(verdict(&walk, "root-use-alarm"), Verdict::Pass, "{}", walk.draw());
    walk.press("esc").await;
    walk.press("down down down down down").await;
    says(&walk, "[ Create a support group ]");
    walk.press("enter").await;
    walk.type_text("-team").await;
    walk.press("down").await;
    walk.type_text("BOB nobody").await;
    walk.press("ctrl-s").await;
    says(&walk, "No user is called nobody.");
    walk.press("ctrl-u").await;
    walk.type_text("BOB").await;
    walk.press("ctrl-s").await;
    assert_eq!(actions(&walk), ["iam:CreateGroup", "iam:AttachGroupPolicy", "iam:AddUserToGroup"]);
    walk.press("enter").await;
    assert_eq!(
        walk.done(STEP),
        [
            "Create the group support-team: Shown",
            "Attach AWSSupportAccess to the group support-team: Shown",
            "Add bob to the group support-team: Shown"
        ]
    );
    assert_eq!(CONTROLS.map(|id| verdict(&walk, id)), [Verdict::Pass; 3], "{}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn correcting_a_trail_keeps_its_data_event_selectors() {
    let data = r#"{"Name":"objects","FieldSelectors":[{"Field":"eventCategory","Equals":["Data"]},{"Field":"resources.type","Equals":["AWS::S3::Object"]}]}"#;
    let reads = r#"{"FieldSelectors":[{"Field":"eventCategory","Equals":["Management"]},{"Field":"readOnly","Equals":["true"]}]}"#;
    let trail = format!("[[trails]]\nname = \"all\"\nvalidation = true\nadvanced_selectors = '[{reads},{data}]'\n");
    let mut walk = at_row(&scene(&trail), 3).await;
    walk.press("enter").await;
    let calls = &review(&walk).plan.calls;
    let [call] = calls.as_slice() else { panic!("{calls:?}") };
    let Change::CorrectTrail { fix: TrailFix::Selectors(EventSelectors::Advanced(list)), .. } = &call.change else {
        panic!("{call:?}")
    };
    assert_eq!(list[1], serde_json::from_str::<serde_json::Value>(data).unwrap());
    walk.press("right enter").await;
    assert_eq!(walk.done(STEP), ["Make the trail all record all management events: Shown"]);
    assert_eq!(verdict(&walk, "cloudtrail-on"), Verdict::Pass);
}

#[tokio::test(start_paused = true)]
async fn only_a_trail_of_this_account_in_the_home_region_is_corrected() {
    let abroad = "[[trails]]\nname = \"abroad\"\nregion = \"eu-west-1\"\n";
    for trails in ["", abroad] {
        let walk = at_row(&scene(trails), 3).await;
        assert_eq!(verdict(&walk, "cloudtrail-on"), Verdict::Fail);
        says(&walk, "[ By hand, and watch ]");
        assert!(!walk.draw().contains("Correct the trail"), "{}", walk.draw());
    }
}

#[tokio::test(start_paused = true)]
async fn a_trail_corrected_meanwhile_is_not_changed_again() {
    let mut walk = at_row(&scene(POOR), 3).await;
    walk.press("enter").await;
    let connection = lockroot::commands::connections::connection_to(&walk.account, &walk.clock);
    let calls: Vec<Change> = review(&walk).plan.calls.iter().map(|call| call.change.clone()).collect();
    for change in &calls {
        connection.account.apply(change).await.unwrap();
    }
    walk.press("right enter").await;
    says(&walk, "Nothing was sent. No trail of this account needs correction.");
}

#[tokio::test(start_paused = true)]
async fn in_a_member_account_the_step_leads_to_the_delegated_administrator() {
    let member = include_str!("../../assets/practice/member.toml");
    let guard_duty = |regions: &str| format!("[[guardduty]]\nregions = [\"{regions}\"]");
    let scattered = member.replace(&guard_duty("*"), &guard_duty("us-east-1"));
    let mut walk = at_row(&scattered, 0).await;
    walk.press(&format!("{}down", "up ".repeat(5))).await;
    says(&walk, "GuardDuty, as its delegated administrator: https://console.aws.amazon.com/guardduty/,");
    let actions = walk.driver.wizard.step_view(STEP).actions;
    let ask = actions.iter().position(|action| action.id == ActionId::Message).expect("it is offered");
    walk.press(&format!("{}enter", "right ".repeat(ask))).await;
    says(&walk, "Please turn on GuardDuty for AWS account 567890123456, which is in your organization.");
    says(&walk, "It is off in: ");
    // What is on needs nobody, and who manages the organization asks nobody.
    walk.press("esc down").await;
    let is_asked = |walk: &Walk| walk.driver.wizard.step_view(STEP).actions.iter().any(|it| it.id == ActionId::Message);
    assert!(!is_asked(&walk), "{}", walk.draw());
    assert!(!is_asked(&at_row(&scene("").replace("user:ann", "root-login"), 1).await));
}
