//! Walks over controls fixed by hand, and accepted risks.

use std::time::Duration;

use crate::preselected::Newcomer;
use crate::support::Walk;
use crate::walk;
use lockroot::account::{Console, Inbox};
use lockroot::checks::{CONTROLS, Verdict};
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

/// Controls that pass only after some time.
const TAKES_TIME: [&str; 2] = ["root-activity", "root-unused"];

fn verdict(walk: &Walk, id: &str) -> Verdict {
    walk.driver.wizard.facts().assessments().verdict(id).unwrap()
}

/// Fixes every failing control that lockroot hands over, in the practice console.
async fn do_by_hand(walk: &mut Walk) {
    for control in CONTROLS.iter().filter(|control| control.remedy.hand_off().is_some()) {
        let id = control.id;
        if verdict(walk, id) != Verdict::Fail || TAKES_TIME.contains(&id) {
            continue;
        }
        let by_step = control.remedy.step();
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
                walk.clock.advance(Duration::from_secs(4 * 3600 + 1));
                walk.wait(1).await;
                walk.press("r").await;
            }
        }
        assert_eq!(verdict(walk, id), Verdict::Pass, "{id}:\n{}", walk.draw());
        says(walk, "It passes. Read back from AWS at");
        walk.press("esc").await;
        let is_back = matches!(walk.driver.wizard.front(), Page::Summary(_)) || by_step.is_some();
        assert!(is_back, "{}", walk.draw());
    }
}

/// The row of control `id` on the page of the step Watch over the account.
fn row_of(walk: &Walk, id: &str) -> usize {
    let label = match id {
        "cloudtrail-on" => "CloudTrail",
        "support-role" => "Support",
        _ => "Root alarm",
    };
    walk.driver.wizard.world.page(StepId::Watchers, 0).table.row_of(label).unwrap_or_else(|| panic!("{id}"))
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
        do_by_hand(&mut walk).await;
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

fn failing(walk: &Walk) -> Vec<&'static str> {
    CONTROLS.iter().map(|control| control.id).filter(|id| verdict(walk, id) == Verdict::Fail).collect()
}

#[tokio::test(start_paused = true)]
async fn a_new_account_reaches_zero_fails_with_the_keyboard_alone() {
    let mut walk = Walk::on("fresh").await;
    walk::delete_root_key(&mut walk).await;
    walk::enrol_root(&mut walk).await;
    walk::fill_in_contacts(&mut walk).await;
    walk::set_up_administrator(&mut walk).await;
    walk::raise_password_policy(&mut walk).await;
    walk.answer_for_root().await;
    choose(&mut walk, StepId::RootMfa, "Add a second device").await;
    walk.press("p").await;
    walk.wait(3).await;
    assert!(matches!(walk.stage(StepId::RootMfa), Page::Record(_)), "{}", walk.draw());
    choose(&mut walk, StepId::Contacts, "Account alias").await;
    walk.type_text("lovelace-prod").await;
    walk.press("ctrl-s enter").await;
    choose(&mut walk, StepId::Contacts, "Alternate contacts").await;
    for (downs, email) in [(7, "operations@example.com"), (5, "security@example.com")] {
        walk.press(&format!("{}ctrl-u", "down ".repeat(downs))).await;
        walk.type_text(email).await;
    }
    walk.press("ctrl-s enter").await;
    choose(&mut walk, StepId::Administrator, "Set up a second").await;
    walk.press("ctrl-s enter").await;
    assert!(matches!(walk.stage(StepId::Administrator), Page::HandOver(_)), "{}", walk.draw());
    walk.press("v enter").await;
    walk.type_codes().await;
    choose(&mut walk, StepId::Watchers, "Turn on everything that is off").await;
    walk.press("ctrl-s right enter").await;
    assert!(matches!(walk.stage(StepId::Watchers), Page::Record(_)), "{}", walk.draw());
    do_by_hand(&mut walk).await;
    assert_eq!(failing(&walk), [""; 0], "{}", walk.draw());
    walk.press("0").await;
    says(&walk, "8 of 8 steps are done, and read back from AWS.");
    assert!(walk.driver.wizard.world.score().accepted == 0, "nothing had to be accepted");
}

/// Gives the operations and security contacts their own e-mail addresses.
async fn give_contacts_their_own_addresses(walk: &mut Walk) {
    choose(walk, StepId::Contacts, "Alternate contacts").await;
    for (downs, email) in [(7, "operations@example.com"), (5, "security@example.com")] {
        walk.press(&format!("{}ctrl-u", "down ".repeat(downs))).await;
        walk.type_text(email).await;
    }
    walk.press("ctrl-s").await;
    if matches!(walk.stage(StepId::Contacts), Page::Review(_)) {
        walk.press("enter").await;
    }
    assert!(matches!(walk.stage(StepId::Contacts), Page::Record(_)), "{}", walk.draw());
}

/// Moves the clock by `days` and signs in again.
async fn days_pass(walk: &mut Walk, days: u64) {
    walk.clock.advance(Duration::from_secs(days * 86_400));
    walk.wait(1).await;
    walk.press("r").await;
    walk.press("ctrl-l").await;
    walk.wait(1).await;
    says(walk, "Signed in as before.");
}

/// Requests a code for the practice phone and types it.
async fn verify_phone(walk: &mut Walk) {
    choose(walk, StepId::Contacts, "Verify phone").await;
    walk.press("enter enter").await;
    choose(walk, StepId::Contacts, "Enter the phone's code").await;
    let code = walk.account.message(Inbox::Phone).unwrap().unwrap();
    walk.type_text(&code).await;
    walk.press("ctrl-s enter").await;
}

/// Lets the deactivated key wait long enough, then follows the preselected actions that delete it.
async fn delete_the_waiting_key(person: &mut Newcomer) {
    days_pass(&mut person.walk, 15).await;
    person.walk.go_to(StepId::RootKeys).await;
    for _ in 0..8 {
        person.do_what_is_asked().await;
        if matches!(person.walk.stage(StepId::RootKeys), Page::Record(_)) {
            return;
        }
    }
    panic!("the key still exists:\n{}", person.walk.draw());
}

/// Follows the preselected actions first, then fixes the rest.
#[tokio::test(start_paused = true)]
async fn grown_accounts_reach_zero_fails_with_the_keyboard_alone() {
    for scenario in ["leaky-startup", "inherited"] {
        let mut person = Newcomer::on(scenario).await;
        person.follow().await.unwrap_or_else(|why| panic!("{scenario}: {why}"));
        choose(&mut person.walk, StepId::RootMfa, "Add a second device").await;
        person.walk.press("p").await;
        person.walk.wait(3).await;
        assert!(matches!(person.walk.stage(StepId::RootMfa), Page::Record(_)), "{}", person.walk.draw());
        do_by_hand(&mut person.walk).await;
        give_contacts_their_own_addresses(&mut person.walk).await;
        if failing(&person.walk).contains(&"primary-contact") {
            verify_phone(&mut person.walk).await;
        }
        if failing(&person.walk).contains(&"root-access-keys") {
            delete_the_waiting_key(&mut person).await;
        }
        let unread = CONTROLS.iter().filter(|control| verdict(&person.walk, control.id) == Verdict::Unknown);
        assert_eq!(unread.count(), 0, "{scenario}:\n{}", person.walk.draw());
        assert!(person.walk.driver.wizard.world.score().accepted == 0, "nothing had to be accepted");
        // The remaining controls pass after 91 days without root use.
        let failing = failing(&person.walk);
        assert!(failing.iter().all(|id| TAKES_TIME.contains(id)), "{scenario}: {failing:?}");
        if !failing.is_empty() {
            days_pass(&mut person.walk, 91).await;
            for id in failing {
                assert_ne!(verdict(&person.walk, id), Verdict::Fail, "{scenario}: {id}");
            }
        }
    }
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
    let offered = walk.driver.wizard.world.page(StepId::Administrator, 0).actions;
    assert!(!offered.iter().any(|action| action.label.starts_with("Identity Center")), "it is done");
}
