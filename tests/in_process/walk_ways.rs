//! Walks over controls fixed by hand, and accepted risks.

use std::time::Duration;

use crate::preselected::Newcomer;
use crate::support::Walk;
use lockroot::account::Console;
use lockroot::checks::{self, CONTROLS, Verdict};
use lockroot::journal::JournalStore;
use lockroot::steps::StepId;
use lockroot::steps::ending::Open;
use lockroot::wizard::Page;

/// No step changes this control: a person fixes it.
const FIXED_BY_HAND: &str = "administrator-hardware-mfa";

/// Selects the row of control `id` on the ending.
async fn pick(walk: &mut Walk, id: &str) {
    walk.press("0").await;
    let is_it = |item: &Open<'_>| matches!(item, Open::Control(control, _) if control.id == id);
    let open = walk.driver.wizard.world.open_items();
    let place = open.iter().position(is_it).unwrap_or_else(|| panic!("{id} is not open: {open:?}"));
    pick_row(walk, place).await;
}

/// Selects that row on the ending.
async fn pick_row(walk: &mut Walk, row: usize) {
    let Page::Summary(page) = walk.driver.wizard.front() else { panic!("{}", walk.draw()) };
    let picked = page.picked(&walk.driver.wizard.world);
    let (key, times) = if picked > row { ("up ", picked - row) } else { ("down ", row - picked) };
    walk.press(&key.repeat(times)).await;
}

fn is_open(walk: &Walk, id: &str) -> bool {
    let is_it = |item: &Open<'_>| matches!(item, Open::Control(control, _) if control.id == id);
    walk.driver.wizard.world.open_items().iter().any(is_it)
}

fn says(walk: &Walk, words: &str) {
    assert!(walk.draw().contains(words), "{words:?}:\n{}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn a_control_fixed_by_hand_passes_and_leads_on() {
    for scenario in ["leaky-startup", "inherited"] {
        let mut walk = Walk::on(scenario).await;
        if !is_open(&walk, FIXED_BY_HAND) {
            continue;
        }
        pick(&mut walk, FIXED_BY_HAND).await;
        says(&walk, "Fix it by hand");
        walk.press("enter").await;
        assert!(matches!(walk.driver.wizard.front(), Page::ByHand(_)), "{}", walk.draw());
        walk.wait(20).await;
        says(&walk, "2 reads");
        walk.account.carry_out(FIXED_BY_HAND).unwrap();
        // The watch goes on while another page is open.
        walk.press("2").await;
        walk.wait(40).await;
        walk.press("0").await;
        says(&walk, "It passes. Read back from AWS at");
        assert!(!is_open(&walk, FIXED_BY_HAND));
        walk.press("enter").await;
        assert!(!walk.draw().contains("It passes"), "it leads on:\n{}", walk.draw());
        return;
    }
    panic!("the control is open in no scenario");
}

fn verdict(walk: &Walk, id: &str) -> Verdict {
    walk.driver.wizard.facts().assessments().verdict(id).unwrap()
}

/// Fixes the control `id` by hand, in the practice console.
async fn do_by_hand(walk: &mut Walk, id: &str) {
    let by_step = checks::control(id).unwrap().remedy.step();
    match by_step {
        Some(step) => {
            walk.go_to(step).await;
            walk.press("esc").await;
            walk.press(&"up ".repeat(5)).await;
            walk.press(&"down ".repeat(row_of(walk, id))).await;
            choose(walk, step, "By hand, and watch").await;
            walk.press("enter").await;
        }
        None => {
            pick(walk, id).await;
            walk.press("enter enter").await;
        }
    }
    // AWS makes a new credential report after four hours.
    for _ in 0..2 {
        if verdict(walk, id) != Verdict::Pass {
            walk.press("t 3 enter").await;
        }
    }
    assert_eq!(verdict(walk, id), Verdict::Pass, "{id}:\n{}", walk.draw());
    says(walk, "It passes. Read back from AWS at");
    walk.press("esc").await;
    let is_back = matches!(walk.driver.wizard.front(), Page::Summary(_)) || by_step.is_some();
    assert!(is_back, "{}", walk.draw());
}

/// The row of control `id` on the page of the step Watch over the account.
fn row_of(walk: &Walk, id: &str) -> usize {
    let label = match id {
        "cloudtrail-on" => "CloudTrail",
        "support-role" => "Support",
        _ => "Root alarm",
    };
    walk.driver.wizard.world.step_view(StepId::Watchers, 0).table.row_of(label).unwrap_or_else(|| panic!("{id}"))
}

/// Accepts the risk of the item selected on the ending.
async fn accept(walk: &mut Walk) {
    walk.press("x").await;
    walk.type_text("for the walk").await;
    walk.press("enter ctrl-u").await;
    walk.type_text("dana").await;
    walk.press("ctrl-s right").await;
    walk.wait(1).await;
    walk.press("enter").await;
    assert!(matches!(walk.driver.wizard.front(), Page::Summary(_)), "{}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn every_failing_control_can_be_fixed_answered_or_accepted() {
    for scenario in ["fresh", "leaky-startup", "inherited"] {
        let mut walk = Walk::on(scenario).await;
        for control in CONTROLS.iter().filter(|control| control.remedy.hand_off().is_some()) {
            // What passes only after some time is accepted below.
            if verdict(&walk, control.id) == Verdict::Fail && !["root-activity", "root-unused"].contains(&control.id) {
                do_by_hand(&mut walk, control.id).await;
            }
        }
        for _ in 0..60 {
            walk.press("0").await;
            pick_row(&mut walk, 0).await;
            match walk.driver.wizard.world.open_items().first() {
                None => break,
                Some(
                    Open::Step(_, _, assessment, _) | Open::Beyond(_, _, assessment, _) | Open::Control(_, assessment),
                ) => match assessment.verdict {
                    Verdict::Fail => accept(&mut walk).await,
                    Verdict::Manual => walk.answer_for_root().await,
                    other => panic!("{scenario}: {other:?}:\n{}", walk.draw()),
                },
                Some(Open::Own(..)) => panic!("an administrator is signed in"),
                Some(Open::SecondWay) => {
                    let account = walk.driver.wizard.world.account();
                    walk.press(&format!("i {}enter", "down ".repeat(9))).await;
                    walk.type_text(&account).await;
                    walk.press("enter esc").await;
                }
            }
        }
        assert!(walk.driver.wizard.world.open_items().is_empty(), "{scenario}:\n{}", walk.draw());
        assert!(walk.driver.wizard.world.score().is_full(), "{scenario}: {}", walk.driver.wizard.world.score());
        walk.size = (118, 60);
        says(&walk, "Only accepted risks are open.");
        let fails = CONTROLS.iter().filter(|control| verdict(&walk, control.id) == Verdict::Fail);
        for control in fails {
            assert!(walk.driver.wizard.facts().assessments().is_accepted(control.id), "{scenario}: {}", control.id);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_accepted_risk_stays_a_fail_and_is_open_again_after_its_end() {
    let mut walk = Walk::on("leaky-startup").await;
    let account = walk.driver.wizard.world.account();
    pick(&mut walk, FIXED_BY_HAND).await;
    walk.press("x ctrl-s").await;
    says(&walk, "Say why.");
    walk.type_text("Waits for the budget, OPS-71").await;
    walk.press("enter").await;
    walk.type_text("dana").await;
    walk.press("ctrl-s").await;
    says(&walk, "reason = \"Waits for the budget, OPS-71\"");
    says(&walk, &format!("account = \"{account}\""));
    walk.wait(1).await;
    walk.press("enter").await;
    assert!(walk.journals.accepted(&account).unwrap().all.is_empty(), "going back is preselected");
    walk.press("ctrl-s right").await;
    walk.wait(1).await;
    walk.press("enter").await;
    let kept = walk.journals.accepted(&account).unwrap().all;
    assert_eq!(
        (kept.len(), kept[0].id.as_str(), kept[0].owner.as_str()),
        (1, FIXED_BY_HAND, "dana"),
        "{}",
        walk.draw()
    );
    assert!(matches!(walk.driver.wizard.front(), Page::Summary(_)), "{}", walk.draw());
    walk.size = (118, 50);
    says(&walk, "has a passkey or a hardware token. dana accepted it until");
    says(&walk, "2027-02-19");
    walk.size = (80, 24);
    assert!(!is_open(&walk, FIXED_BY_HAND));
    let verdict = |walk: &Walk| walk.driver.wizard.facts().assessments().verdict(FIXED_BY_HAND);
    assert_eq!(verdict(&walk), Some(Verdict::Fail), "it is never a pass");
    walk.clock.advance(Duration::from_secs(91 * 86_400));
    walk.wait(1).await;
    assert!(is_open(&walk, FIXED_BY_HAND), "its time is over");
    walk.size = (118, 50);
    pick(&mut walk, FIXED_BY_HAND).await;
    says(&walk, "dana accepted this until 2027-02-19. That ran out");
    walk.press("enter").await;
    assert!(matches!(walk.driver.wizard.front(), Page::ByHand(_)), "{}", walk.draw());
}

/// Chooses the action called `label` on the step's page.
async fn choose(walk: &mut Walk, step: StepId, label: &str) {
    walk.go_to(step).await;
    if matches!(walk.stage(step), Page::Record(_)) {
        walk.press("esc").await;
    }
    for _ in 0..8 {
        if walk.draw().contains(&format!("[ {label} ]")) {
            walk.press("enter").await;
            return;
        }
        walk.press("right").await;
    }
    panic!("no {label:?}:\n{}", walk.draw());
}

fn with_verdict(walk: &Walk, wanted: Verdict) -> Vec<&'static str> {
    CONTROLS.iter().map(|control| control.id).filter(|id| verdict(walk, id) == wanted).collect()
}

/// Moves the practice clock with the wizard's own key. The session ends, and the person signs in again.
async fn days_pass(walk: &mut Walk, days: usize) {
    walk.press(&format!("0 t {}enter c", "4 ".repeat(days))).await;
    says(walk, "Signed in as before. lockroot reads everything again.");
}

/// Follows the preselected actions until the step shows its result.
async fn go_through(person: &mut Newcomer, step: StepId) {
    for _ in 0..30 {
        if matches!(person.walk.stage(step), Page::Record(_)) {
            return;
        }
        person.do_what_is_asked().await;
    }
    panic!("it has no end:\n{}", person.walk.draw());
}

/// The code that the practice phone shows on the screen.
fn code_on_screen(walk: &Walk) -> String {
    let screen = walk.draw();
    let shown = screen.split_once("The practice phone shows ").unwrap_or_else(|| panic!("{screen}")).1;
    shown.chars().take_while(char::is_ascii_alphanumeric).collect()
}

/// Fixes the control `id` in the way that lockroot offers for it.
async fn fix(person: &mut Newcomer, id: &str) {
    match id {
        "root-access-keys" => {
            // Then the deactivated key has waited long enough, and the preselected action deletes it.
            days_pass(&mut person.walk, 15).await;
            person.walk.go_to(StepId::RootKeys).await;
            person.do_what_is_asked().await;
            go_through(person, StepId::RootKeys).await;
        }
        "root-devices" | "root-hardware-mfa" => {
            choose(&mut person.walk, StepId::RootMfa, "Add a second device").await;
            person.walk.press("p").await;
            person.walk.wait(3).await;
            assert!(matches!(person.walk.stage(StepId::RootMfa), Page::Record(_)), "{}", person.walk.draw());
        }
        // The next credential report has no deleted key.
        "root-unused" => days_pass(&mut person.walk, 1).await,
        "contacts-differ" => {
            choose(&mut person.walk, StepId::Contacts, "Alternate contacts").await;
            for (downs, email) in [(7, "operations@example.com"), (5, "security@example.com")] {
                person.walk.press(&format!("{}ctrl-u", "down ".repeat(downs))).await;
                person.walk.type_text(email).await;
            }
            person.walk.press("ctrl-s").await;
            go_through(person, StepId::Contacts).await;
        }
        "primary-contact" => {
            choose(&mut person.walk, StepId::Contacts, "Verify phone").await;
            go_through(person, StepId::Contacts).await;
            choose(&mut person.walk, StepId::Contacts, "Enter the phone's code").await;
            let code = code_on_screen(&person.walk);
            person.walk.type_text(&code).await;
            person.walk.press("ctrl-s").await;
            go_through(person, StepId::Contacts).await;
        }
        "two-administrators" => {
            choose(&mut person.walk, StepId::Administrator, "Set up a second").await;
            person.walk.press("ctrl-s").await;
            go_through(person, StepId::Administrator).await;
        }
        "account-alias" => {
            choose(&mut person.walk, StepId::Contacts, "Account alias").await;
            person.walk.type_text("lovelace-prod").await;
            person.walk.press("ctrl-s").await;
            go_through(person, StepId::Contacts).await;
        }
        by_hand => do_by_hand(&mut person.walk, by_hand).await,
    }
    assert_ne!(verdict(&person.walk, id), Verdict::Fail, "{id}:\n{}", person.walk.draw());
}

/// Plays a scenario with the keyboard alone: follows the preselected actions, then fixes each control that still fails. At
/// the end every control is read again at one moment, and none fails. `manual`: the controls that only a person can judge.
async fn reaches_zero_fails(scenario: &str, manual: &[&str]) {
    let mut person = Newcomer::on(scenario).await;
    person.follow().await.unwrap_or_else(|why| panic!("{scenario}: {why}"));
    for _ in 0..30 {
        let Some(id) = with_verdict(&person.walk, Verdict::Fail).first().copied() else { break };
        fix(&mut person, id).await;
    }
    let walk = &mut person.walk;
    if !walk.driver.wizard.world.is_proven() {
        walk.press("i enter esc").await;
    }
    // On the next day AWS makes a new credential report.
    let before = walk.clock.now();
    days_pass(walk, 1).await;
    let assessed = walk.driver.wizard.facts().assessments();
    for (control, assessment) in assessed.iter() {
        let of_aws = assessment.evidence.iter().filter(|evidence| evidence.call != "a person");
        let old = of_aws.into_iter().find(|evidence| evidence.read_at <= before);
        assert_eq!(old, None, "{scenario}: {} was not read again", control.id);
    }
    assert_eq!(with_verdict(walk, Verdict::Fail), [""; 0], "{scenario}:\n{}", walk.draw());
    assert_eq!(with_verdict(walk, Verdict::Unknown), [""; 0], "{scenario}:\n{}", walk.draw());
    assert_eq!(with_verdict(walk, Verdict::Manual), manual, "{scenario}");
    let wizard = &walk.driver.wizard;
    assert!(wizard.world.score().is_full() && wizard.world.score().accepted == 0, "nothing had to be accepted");
    let open = wizard.world.open_items();
    assert!(open.is_empty(), "{scenario}: {open:?}");
    assert!(wizard.world.goals().iter().all(|(_, met)| *met), "{scenario}:\n{}", walk.draw());
    assert_eq!(walk.size, (80, 24));
    says(walk, "Root is locked away");
    says(walk, "read back from AWS");
}

/// The walk itself uses root, and the last two controls are advice.
const OF_ROOT: [&str; 4] = ["root-unused", "root-activity", "in-organization", "federated-sign-in"];

#[tokio::test(start_paused = true)]
async fn fresh_reaches_zero_fails_with_the_keyboard_alone() {
    reaches_zero_fails("fresh", &OF_ROOT).await;
}

#[tokio::test(start_paused = true)]
async fn leaky_startup_reaches_zero_fails_with_the_keyboard_alone() {
    reaches_zero_fails("leaky-startup", &OF_ROOT).await;
}

#[tokio::test(start_paused = true)]
async fn inherited_reaches_zero_fails_with_the_keyboard_alone() {
    reaches_zero_fails("inherited", &OF_ROOT).await;
}

#[tokio::test(start_paused = true)]
async fn hardened_reaches_zero_fails_with_the_keyboard_alone() {
    reaches_zero_fails("hardened", &OF_ROOT).await;
}

#[tokio::test(start_paused = true)]
async fn member_reaches_zero_fails_with_the_keyboard_alone() {
    reaches_zero_fails("member", &["federated-sign-in"]).await;
}

#[tokio::test(start_paused = true)]
async fn lockroot_watches_identity_center_until_its_role_is_used() {
    let mut walk = Walk::on("fresh").await;
    walk.size = (118, 48);
    walk.go_to(StepId::Administrator).await;
    choose(&mut walk, StepId::Administrator, "Identity Center, and watch").await;
    assert!(matches!(walk.driver.wizard.front(), Page::ByHand(_)), "{}", walk.draw());
    says(&walk, "Permission sets, Create permission set");
    says(&walk, "no role yet that IAM Identity");
    walk.press("enter").await;
    says(&walk, "The role AWSReservedSSO_AdministratorAccess_");
    says(&walk, "access portal URL, in a private window");
    assert_eq!(verdict(&walk, "administrator"), Verdict::Fail, "a role that nobody used is no way in");
    // A user signs in elsewhere. The page notices.
    walk.account.carry_out("federated-sign-in").unwrap();
    walk.wait(70).await;
    says(&walk, "An administrator came in this way. Read back from AWS at");
    assert_eq!(verdict(&walk, "administrator"), Verdict::Pass);
    walk.go_to(StepId::Administrator).await;
    walk.press("esc").await;
    let offered = walk.driver.wizard.world.step_view(StepId::Administrator, 0).actions;
    assert!(!offered.iter().any(|action| action.label.starts_with("Identity Center")), "it is done");
}
