//! What no step changes, in a person's hands, and a risk that somebody accepts, from the first key to its end.

use std::time::Duration;

use crate::support::Walk;
use lockroot::account::Change;
use lockroot::checks::Verdict;
use lockroot::commands::link::link_to;
use lockroot::journal::Shelf;
use lockroot::steps::ending::Open;
use lockroot::wizard::Page;

/// On the ending, picks the control called `id`.
async fn pick(walk: &mut Walk, id: &str) {
    walk.press("9").await;
    let is_it = |item: &Open<'_>| matches!(item, Open::Control(control, _) if control.id == id);
    let open = walk.driver.wizard.world.open_items();
    let place = open.iter().position(is_it).unwrap_or_else(|| panic!("{id} is not open: {open:?}"));
    walk.press(&"up ".repeat(60)).await;
    walk.press(&"down ".repeat(place)).await;
}

fn is_open(walk: &Walk, id: &str) -> bool {
    let is_it = |item: &Open<'_>| matches!(item, Open::Control(control, _) if control.id == id);
    walk.driver.wizard.world.open_items().iter().any(is_it)
}

fn says(walk: &Walk, words: &str) {
    assert!(walk.draw().contains(words), "{words:?}:\n{}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn what_somebody_does_by_hand_turns_green_by_itself_and_leads_on() {
    for scenario in ["leaky-startup", "inherited"] {
        let mut walk = Walk::on(scenario).await;
        if !is_open(&walk, "support-role") {
            continue;
        }
        pick(&mut walk, "support-role").await;
        says(&walk, "Fix it by hand");
        walk.press("enter").await;
        assert!(matches!(walk.driver.wizard.front(), Page::ByHand(_)), "{}", walk.draw());
        says(&walk, "Attach. Choose the role or the group.");
        walk.wait(20).await;
        says(&walk, "2 looks");
        let link = link_to(&walk.account, &walk.clock);
        let (group, policy) = ("Support".to_owned(), "arn:aws:iam::aws:policy/AWSSupportAccess".to_owned());
        for change in [Change::CreateGroup { group: group.clone() }, Change::AttachGroupPolicy { group, policy }] {
            link.account.apply(&change).await.unwrap();
        }
        // Somebody looks at something else meanwhile: it is watched all the same.
        walk.press("2").await;
        walk.wait(40).await;
        walk.press("9").await;
        says(&walk, "It passes. Read back from AWS at");
        assert!(!is_open(&walk, "support-role"));
        walk.press("enter").await;
        assert!(!walk.draw().contains("It passes"), "it leads on:\n{}", walk.draw());
        return;
    }
    panic!("no scenario lacks the support role");
}

#[tokio::test(start_paused = true)]
async fn an_accepted_risk_is_reviewed_kept_shown_never_as_pass_and_due_again_at_its_end() {
    let mut walk = Walk::on("leaky-startup").await;
    let account = walk.driver.wizard.world.account();
    pick(&mut walk, "guardduty-on").await;
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
        (1, "guardduty-on", "dana"),
        "{}",
        walk.draw()
    );
    assert!(matches!(walk.driver.wizard.front(), Page::Summary(_)), "{}", walk.draw());
    says(&walk, "GuardDuty is on in every region: until 2027-02-19 by");
    assert!(!is_open(&walk, "guardduty-on"));
    let verdict = |walk: &Walk| walk.driver.wizard.facts().judged().verdict("guardduty-on");
    assert_eq!(verdict(&walk), Some(Verdict::Fail), "it is never a pass");
    walk.clock.advance(Duration::from_secs(91 * 86_400));
    walk.wait(1).await;
    assert!(is_open(&walk, "guardduty-on"), "its time is over");
    pick(&mut walk, "guardduty-on").await;
    says(&walk, "dana accepted this until 2027-02-19. That ran out");
    walk.press("enter").await;
    says(&walk, "That ran out");
}
