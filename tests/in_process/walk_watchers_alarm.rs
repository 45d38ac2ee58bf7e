//! Walks over the root alarm: from the form to the received message.

use crate::support::Walk;
use lockroot::account::{AlarmPart, Change};
use lockroot::checks::{Verdict, control};
use lockroot::practice::{FaultKind, InjectedFault};
use lockroot::steps::StepId;
use lockroot::wizard::Page;
use lockroot::wizard::pages::{Refused, Review};

const STEP: StepId = StepId::Watchers;
const PATTERN: &str = r#"{"detail":{"userIdentity":{"type":["Root"]}}}"#;

/// Ann has the policy `statements`, and a trail logs.
fn scene(statements: &str, rest: &str) -> String {
    format!(
        r#"
        title = "Alarm"
        account = "123456789012"
        signed_in_as = "user:ann"
        [root]
        password = true
        mfa = ["virtual"]
        [[trails]]
        name = "all"
        validation = true
        [[users]]
        name = "ann"
        inline_policies = {{ p = '{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":"*","Resource":"*"}}{statements}]}}' }}
        [[users.keys]]
        age = "1d"
        {rest}
        "#
    )
}

fn denied(actions: &str) -> String {
    format!(r#",{{"Effect":"Deny","Action":[{actions}],"Resource":"*"}}"#)
}

/// Asserts that the page shows `words`, wherever its lines break.
fn says(walk: &Walk, words: &str) {
    let drawn = walk.draw();
    let pane = drawn.lines().filter_map(|line| line.split('│').nth(1));
    let flat = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '"').collect::<String>();
    let pane: String = pane.map(flat).collect();
    assert!(pane.contains(&flat(words)), "{words:?}:\n{drawn}");
}

fn verdict(walk: &Walk) -> Verdict {
    control("root-use-alarm").unwrap().assess(walk.driver.wizard.facts()).verdict
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

fn actions(walk: &Walk) -> Vec<&'static str> {
    review(walk).plan.calls.iter().map(|call| call.change.action()).collect()
}

/// Selects the row of the alarm, on a screen large enough for everything.
async fn at_row(scene: &str) -> Walk {
    let mut walk = Walk::in_scene(scene).await;
    walk.size = (118, 70);
    walk.go_to(STEP).await;
    walk.press("down down down down").await;
    walk
}

/// Opens the review of an alarm for `sec@example.com`.
async fn at_review(scene: &str) -> Walk {
    let mut walk = at_row(scene).await;
    walk.press("enter").await;
    walk.type_text("sec@example.com").await;
    walk.press("ctrl-s").await;
    walk
}

#[tokio::test(start_paused = true)]
async fn the_root_alarm_is_set_up_with_the_keyboard_alone() {
    let mut walk = at_row(&scene("", "")).await;
    assert_eq!(verdict(&walk), Verdict::Fail);
    says(&walk, "[ Set up the root alarm ]");
    walk.press("enter ctrl-s").await;
    says(&walk, "Name at least one address.");
    walk.type_text("sec@example ops@example.com").await;
    walk.press("ctrl-s").await;
    says(&walk, "sec@example:");
    walk.press("ctrl-u").await;
    walk.type_text("sec@example.com, ops@example.com").await;
    walk.press("ctrl-s").await;
    assert_eq!(
        actions(&walk),
        ["sns:CreateTopic", "sns:Subscribe", "sns:Subscribe", "events:PutRule", "events:PutTargets"]
    );
    walk.press("a").await;
    for words in ["events.amazonaws.com", "ops@example.com", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"] {
        says(&walk, words);
    }
    says(&walk, "--notification-endpoint ops@example.com --region us-east-1");
    walk.press("enter").await;
    // All parts exist, but nobody confirmed the subscription. The page says so and watches.
    assert!(matches!(walk.stage(STEP), Page::ByHand(_)), "{}", walk.draw());
    assert_eq!(verdict(&walk), Verdict::Fail);
    says(&walk, "sec@example.com, ops@example.com: open the e-mail");
    says(&walk, "Only the recipient can confirm it");
    says(&walk, "Subject: AWS Notification - Subscription Confirmation");
    says(&walk, "[ Do it in the console ]");
    assert!(
        walk.driver
            .wizard
            .world
            .done()
            .iter()
            .any(|(line, _)| line == "Subscribe ops@example.com to the topic root-use")
    );
    walk.press("enter").await;
    assert_eq!(verdict(&walk), Verdict::Pass, "{}", walk.draw());
    says(&walk, "It passes. Read back from AWS at");
    says(&walk, "Sign in as root once");
    walk.press("enter").await;
    says(&walk, "CloudTrail shows root's ConsoleLogin at");
    says(&walk, "Only the recipient can tell whether the e-mail arrived.");
    says(&walk, "ConsoleLogin by root, us-east-1");
    walk.press("esc").await;
    says(&walk, "home Region");
}

#[tokio::test(start_paused = true)]
async fn the_page_notices_a_confirmation_made_elsewhere() {
    let pending = "[[event_rules]]\nname = \"root-use\"\nreads = true\ntargets = [\"arn:aws:sns:us-east-1:123456789012:alerts\"]\n";
    let pending =
        format!("{pending}pattern = '{PATTERN}'\n[[topics]]\nname = \"alerts\"\npending = [\"sec@example.com\"]\n");
    let mut walk = at_row(&scene("", &pending)).await;
    says(&walk, "not confirmed yet");
    says(&walk, "can confirm it.");
    says(&walk, "[ Watch for the confirmation ]");
    walk.press("enter").await;
    lockroot::account::Console::carry_out(&walk.account, "root-use-alarm").unwrap();
    walk.wait(20).await;
    says(&walk, "It passes. Read back from AWS at");
    // Another address subscribes to the same topic: one call and no new topic.
    let mut walk = at_row(&scene("", &pending)).await;
    walk.press("right enter").await;
    says(&walk, "Get notified");
    assert!(!walk.draw().contains("The SNS topic that the rule writes to."), "{}", walk.draw());
    walk.type_text("ops@example.com").await;
    walk.press("ctrl-s").await;
    assert_eq!(actions(&walk), ["sns:Subscribe"]);
    assert!(matches!(
        &review(&walk).plan.calls[0].change,
        Change::Alarm { part: AlarmPart::Subscription { topic, .. }, .. } if topic.ends_with(":alerts")
    ));
}

#[tokio::test(start_paused = true)]
async fn nobody_is_asked_to_sign_in_as_root_where_root_has_no_password() {
    let removed = scene("", "").replace("password = true", "password = false").replace("mfa = [\"virtual\"]", "");
    let mut walk = at_review(&removed).await;
    walk.press("enter enter").await;
    assert_eq!(verdict(&walk), Verdict::Pass, "{}", walk.draw());
    says(&walk, "It passes. Read back from AWS at");
    says(&walk, "[ Next: ");
    assert!(!walk.draw().contains("Sign in as root once, in a private"), "{}", walk.draw());
    let refused = lockroot::account::Console::carry_out(&walk.account, "root-use-alarm").unwrap_err();
    assert!(refused.message.contains("nobody can sign in as root"), "{refused:?}");
}

#[tokio::test(start_paused = true)]
async fn an_existing_rule_is_completed_and_keeps_its_pattern() {
    let disabled = format!("[[event_rules]]\nname = \"watch-root\"\nenabled = false\npattern = '{PATTERN}'\n");
    let mut walk = at_row(&scene("", &disabled)).await;
    says(&walk, "[ Complete the root alarm ]");
    walk.press("enter").await;
    walk.type_text("sec@example.com").await;
    walk.press("ctrl-s").await;
    assert_eq!(actions(&walk), ["sns:CreateTopic", "sns:Subscribe", "events:PutRule", "events:PutTargets"]);
    says(&walk, "disabled → on");
    let Change::Alarm { part: AlarmPart::Rule { name, settings }, .. } = &review(&walk).plan.calls[2].change else {
        panic!()
    };
    assert_eq!((name.as_str(), settings.pattern.as_str()), ("watch-root", PATTERN), "its own pattern, not ours");
    walk.press("enter enter").await;
    assert_eq!(verdict(&walk), Verdict::Pass, "{}", walk.draw());
    // A rule that is only disabled takes one call and asks for no address.
    let off = format!("{disabled}targets = [\"arn:aws:lambda:us-east-1:123456789012:function:page\"]\n");
    let mut walk = at_row(&scene("", &off)).await;
    walk.press("enter").await;
    assert_eq!(actions(&walk), ["events:PutRule"]);
    walk.press("enter").await;
    assert_eq!(walk.done(STEP), ["Put the EventBridge rule watch-root: Shown"]);
    assert_eq!(verdict(&walk), Verdict::Pass);
}

#[tokio::test(start_paused = true)]
async fn taken_names_are_not_suggested_and_existing_rules_are_not_replaced() {
    let others = "[[event_rules]]\nname = \"root-use\"\npattern = '{\"source\":[\"aws.s3\"]}'\n";
    let mut walk = at_row(&scene("", others)).await;
    walk.press("enter").await;
    walk.type_text("sec@example.com").await;
    says(&walk, "root-use-2");
    walk.press("down down ctrl-u").await;
    walk.type_text("root-use").await;
    walk.press("ctrl-s").await;
    says(&walk, "A rule root-use exists already, and AWS would replace it.");
}

#[tokio::test(start_paused = true)]
async fn a_topic_with_other_attributes_is_refused_with_awss_reason() {
    let topic = "[[topics]]\nname = \"root-use\"\n";
    let statements = denied(r#""sns:GetTopicAttributes""#);
    let mut walk = at_review(&scene(&statements, topic)).await;
    walk.press("enter").await;
    let page = refused(&walk);
    assert_eq!((page.done.len(), page.failure.code.as_deref()), (0, Some("InvalidParameter")));
    assert_eq!(page.failure.fault, lockroot::account::Fault::Exists);
    assert_eq!(page.left.len(), 3, "what rests on it is not sent: {:?}", page.left);
    says(&walk, "Topic already exists with different attributes");
    walk.press("enter").await;
    assert!(matches!(walk.stage(STEP), Page::FillIn(_)), "nothing that was filled in is lost: {}", walk.draw());
    // A caller who may read the topic is offered it, because EventBridge may publish to it.
    let walk = at_review(&scene("", topic)).await;
    assert_eq!(actions(&walk), ["sns:Subscribe", "events:PutRule", "events:PutTargets"]);
}

#[tokio::test(start_paused = true)]
async fn failed_targets_are_a_refusal_and_only_they_are_sent_again() {
    let mut walk = at_review(&scene("", "")).await;
    walk.account.inject(InjectedFault { call: "events:PutTargets".into(), kind: FaultKind::FailedEntries, times: 1 });
    walk.press("enter").await;
    let page = refused(&walk);
    assert_eq!((page.done.len(), page.failure.code.as_deref()), (3, Some("ConcurrentModificationException")));
    assert!(!page.has_happened(walk.driver.wizard.facts()), "a refusal is never told as done");
    walk.press("enter").await;
    walk.press("ctrl-s").await;
    assert_eq!(actions(&walk), ["events:PutTargets"], "{}", walk.draw());
    walk.press("enter").await;
    assert_eq!(walk.done(STEP), ["Let the rule root-use write to the topic root-use: Shown"]);
}

#[tokio::test(start_paused = true)]
async fn a_missing_permission_stops_the_alarm_and_a_lost_answer_is_read_back() {
    let mut walk = at_review(&scene(&denied(r#""sns:Subscribe""#), "")).await;
    walk.press("enter").await;
    let page = refused(&walk);
    assert_eq!((page.done.len(), page.failure.fault), (1, lockroot::account::Fault::AccessDenied));
    assert_eq!(page.left.len(), 2);
    says(&walk, "AuthorizationError");
    let mut walk = at_review(&scene("", "")).await;
    walk.account.inject(InjectedFault { call: "sns:CreateTopic".into(), kind: FaultKind::ResetAfter, times: 1 });
    walk.press("enter").await;
    assert!(refused(&walk).has_happened(walk.driver.wizard.facts()), "{}", walk.draw());
    walk.press("enter ctrl-s").await;
    assert_eq!(actions(&walk), ["sns:Subscribe", "events:PutRule", "events:PutTargets"], "{}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn new_services_and_a_new_alarm_that_aws_shows_late_are_read_back_patiently() {
    let late = scene("", "").replace("signed_in_as", "visible_after_seconds = 5\n        signed_in_as");
    let mut walk = Walk::in_scene(&late).await;
    walk.size = (118, 70);
    walk.go_to(STEP).await;
    walk.press("right enter ctrl-s right enter").await;
    assert!(matches!(walk.stage(STEP), Page::Proof(_)), "AWS shows nothing yet: {}", walk.draw());
    walk.wait(10).await;
    let done = walk.done(STEP);
    assert_eq!(done.len(), 3 * 17);
    assert!(done.iter().all(|line| line.ends_with("Shown")), "{done:?}");
    walk.press("esc up up up up down down down down enter").await;
    walk.type_text("sec@example.com").await;
    walk.press("ctrl-s enter").await;
    assert!(matches!(walk.stage(STEP), Page::Proof(_)), "{}", walk.draw());
    walk.wait(10).await;
    assert!(matches!(walk.stage(STEP), Page::ByHand(_)), "{}", walk.draw());
    says(&walk, "sec@example.com: open the e-mail");
    for (line, seen) in walk.driver.wizard.world.done() {
        assert_eq!(format!("{seen:?}"), "Shown", "{line}");
    }
}
