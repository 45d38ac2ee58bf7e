//! Walks over an existing administrator: tags, a device whose codes AWS refuses.

use crate::support::Walk;
use lockroot::account::Tag;
use lockroot::secret::Secret;
use lockroot::steps::{ActionId, FieldId, StepId, StepStatus, status_in};
use lockroot::totp::Generator;
use lockroot::wizard::Page;

const STEP: StepId = StepId::Administrator;

/// Chooses `action` on the page.
async fn choose(walk: &mut Walk, action: ActionId) {
    let page = walk.driver.wizard.step_view(STEP);
    let place = page.actions.iter().position(|offer| offer.id == action).unwrap();
    walk.press(&format!("{}enter", "right ".repeat(place))).await;
}

/// Focuses `field` in the open form.
async fn focus(walk: &mut Walk, field: FieldId) {
    for _ in 0..12 {
        let Page::FillIn(draft) = walk.stage(STEP) else { panic!("{}", walk.draw()) };
        if draft.form.focused().is_some_and(|focused| focused.id == field) {
            return;
        }
        walk.press("down").await;
    }
    panic!("no {field:?}: {}", walk.draw());
}

fn tags(walk: &Walk, user: &str) -> Vec<(String, String)> {
    let people = walk.driver.wizard.facts().people.known().unwrap();
    people.user(user).unwrap().tags.iter().map(|Tag { key, value }| (key.clone(), value.clone())).collect()
}

/// Sets up `administrator` with `tags`. Returns the seed of its device.
async fn set_up(walk: &mut Walk, tags: &str) -> Secret {
    walk.go_to(STEP).await;
    choose(walk, ActionId::FillIn).await;
    focus(walk, FieldId::Tags).await;
    walk.type_text(tags).await;
    walk.press("ctrl-s").await;
    let Page::Review(_) = walk.stage(STEP) else { panic!("{}", walk.draw()) };
    walk.press("enter v enter").await;
    let seed = walk.enrolment().device.seed.clone();
    walk.type_codes().await;
    assert!(matches!(walk.stage(STEP), Page::Record(_)), "{}", walk.draw());
    walk.press("esc").await;
    seed
}

#[tokio::test(start_paused = true)]
async fn typed_tags_are_checked_and_never_overwrite_existing_ones() {
    let mut walk = Walk::on("fresh").await;
    walk.size = (80, 40);
    walk.go_to(STEP).await;
    choose(&mut walk, ActionId::FillIn).await;
    focus(&mut walk, FieldId::Tags).await;
    walk.type_text("aws:team=platform").await;
    assert!(walk.draw().contains("reserved for AWS"), "{}", walk.draw());
    walk.press("ctrl-u").await;
    walk.type_text("team=platform, Team=other").await;
    assert!(walk.draw().contains("same tag key"), "{}", walk.draw());
    walk.press("ctrl-s").await;
    assert!(walk.remark().contains("Fix 1 problem"), "{}", walk.remark());
    walk.press("ctrl-u").await;
    walk.type_text("team=platform, cost center=42").await;
    walk.press("ctrl-s").await;
    assert!(walk.draw().contains("team=platform, cost center=42"), "{}", walk.draw());
    walk.press("enter v enter").await;
    walk.type_codes().await;
    let tag = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    assert_eq!(tags(&walk, "administrator"), [tag("cost center", "42"), tag("team", "platform")]);
    // Again with other tags: existing tags stay, missing ones are added.
    walk.press("esc").await;
    choose(&mut walk, ActionId::FillIn).await;
    walk.press("ctrl-u").await;
    walk.type_text("administrator").await;
    focus(&mut walk, FieldId::Tags).await;
    walk.type_text("Team=red, owner=ada").await;
    walk.press("ctrl-s").await;
    let Page::Review(review) = walk.stage(STEP) else { panic!("{}", walk.draw()) };
    let actions: Vec<&str> = review.plan.calls.iter().map(|call| call.change.action()).collect();
    assert_eq!(actions, ["iam:TagUser"]);
    assert!(review.plan.notes.join(" ").contains("tag team=platform"), "{:?}", review.plan.notes);
    walk.press("enter").await;
    assert_eq!(walk.done(STEP), ["Tag the user administrator: Shown"]);
    let expected = [tag("cost center", "42"), tag("owner", "ada"), tag("team", "platform")];
    assert_eq!(tags(&walk, "administrator"), expected);
}

/// Two consecutive codes of a phone whose clock is off by `drift` seconds.
async fn type_codes_of(walk: &mut Walk, seed: &Secret, drift: i64) {
    let generator = Generator::new(seed).unwrap();
    let code = |walk: &Walk| generator.code((walk.clock.now().unix_timestamp() + drift).unsigned_abs());
    focus(walk, FieldId::FirstCode).await;
    walk.press("ctrl-u").await;
    let first = code(walk);
    walk.type_text(&first).await;
    walk.wait(30).await;
    focus(walk, FieldId::SecondCode).await;
    walk.press("ctrl-u").await;
    let second = code(walk);
    walk.type_text(&second).await;
}

#[tokio::test(start_paused = true)]
async fn a_device_that_drifted_is_resynchronized() {
    let mut walk = Walk::on("fresh").await;
    let seed = set_up(&mut walk, "").await;
    walk.wait(90).await;
    choose(&mut walk, ActionId::ResyncMfa).await;
    type_codes_of(&mut walk, &seed, 240).await;
    walk.press("ctrl-s").await;
    let Page::Review(review) = walk.stage(STEP) else { panic!("{}", walk.draw()) };
    assert_eq!(review.plan.calls[0].change.action(), "iam:ResyncMFADevice");
    assert!(review.plan.notes.join(" ").contains("no call to check the result"));
    walk.press("enter").await;
    let done = walk.done(STEP);
    assert_eq!(done, ["Resynchronize administrator's MFA device administrator: Unread"]);
}

#[tokio::test(start_paused = true)]
async fn codes_of_another_device_are_refused_with_advice_and_can_be_retyped() {
    let mut walk = Walk::on("fresh").await;
    let seed = set_up(&mut walk, "").await;
    walk.wait(90).await;
    choose(&mut walk, ActionId::ResyncMfa).await;
    let other = Secret::new("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    type_codes_of(&mut walk, &other, 0).await;
    walk.press("ctrl-s enter").await;
    let Page::Refused(refusal) = walk.stage(STEP) else { panic!("{}", walk.draw()) };
    assert_eq!(refusal.failure.code.as_deref(), Some("InvalidAuthenticationCode"));
    assert!(walk.draw().contains("next code"), "what to do: {}", walk.draw());
    walk.press("enter up up").await;
    type_codes_of(&mut walk, &seed, 0).await;
    walk.press("ctrl-s enter").await;
    assert!(matches!(walk.stage(STEP), Page::Record(_)), "{}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn identity_center_counts_as_a_way_in_with_its_limits_named() {
    let scene = "title = \"t\"\naccount = \"123456789012\"\nsigned_in_as = \"root-login\"\n\
        [[permission_sets]]\nname = \"AdministratorAccess\"\npolicies = [\"AdministratorAccess\"]\nlast_used = \"2d\"\n";
    let mut walk = Walk::in_scene(scene).await;
    walk.size = (80, 40);
    walk.go_to(STEP).await;
    let words = walk.draw().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("IAM Identity Center"), "{}", walk.draw());
    assert_eq!(status(&walk), StepStatus::Done, "{}", walk.draw());
    let unused = scene.replace("\"2d\"", "\"never\"");
    let mut walk = Walk::in_scene(&unused).await;
    walk.go_to(STEP).await;
    assert_ne!(status(&walk), StepStatus::Done);
}

fn status(walk: &Walk) -> StepStatus {
    let facts = walk.driver.wizard.facts();
    status_in(facts.assessments(), STEP, facts)
}
