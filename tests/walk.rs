//! Walks: somebody presses keys, the program talks to the practice account through the real SDK, and screens are read.

mod support;

use lockroot::checks::{CONTROLS, Verdict};
use lockroot::steps::StepId;
use lockroot::wizard::{Place, Stage};
use support::Walk;

const CONTACTS: [(&str, &str, &str, &str); 1] = [("Ada Lovelace", "Finance", "billing@example.com", "+44 20 1234567")];

fn verdict(walk: &Walk, id: &str) -> Verdict {
    lockroot::checks::control(id).unwrap().judge(&walk.driver.wizard.facts).verdict
}

async fn delete_root_key(walk: &mut Walk) {
    walk.go_to(StepId::RootKeys).await;
    walk.press("right enter").await;
    let Stage::Confirming(review) = walk.stage(StepId::RootKeys) else { panic!("{:?}", walk.stage(StepId::RootKeys)) };
    let lockroot::account::Change::DeleteKey { key, .. } = &review.plan.calls[0].change else { panic!() };
    let last_four = key[key.len() - 4..].to_owned();
    walk.type_text(&last_four).await;
    walk.press("enter").await;
}

async fn enrol_root(walk: &mut Walk) {
    walk.go_to(StepId::RootMfa).await;
    walk.press("enter").await;
    assert!(matches!(walk.stage(StepId::RootMfa), Stage::HandedOff(_)));
    walk.press("enter").await;
    walk.type_codes().await;
}

async fn fill_in_contacts(walk: &mut Walk) {
    walk.go_to(StepId::Contacts).await;
    walk.press("enter").await;
    for (name, title, email, phone) in CONTACTS {
        for text in [name, title, email, phone] {
            walk.type_text(text).await;
            walk.press("enter").await;
        }
    }
    // Operations and security: the same as billing.
    walk.press("right down right ctrl-s").await;
    assert!(matches!(walk.stage(StepId::Contacts), Stage::Confirming(_)), "{}", walk.draw());
    walk.press("enter").await;
}

async fn set_up_administrator(walk: &mut Walk) {
    walk.go_to(StepId::Administrator).await;
    walk.press("enter ctrl-s").await;
    assert!(matches!(walk.stage(StepId::Administrator), Stage::Confirming(_)), "{}", walk.draw());
    walk.press("enter").await;
    assert!(matches!(walk.stage(StepId::Administrator), Stage::Showing(_)), "{:?}", walk.stage(StepId::Administrator));
    walk.press("v enter").await;
    walk.type_codes().await;
}

async fn raise_password_policy(walk: &mut Walk) {
    walk.go_to(StepId::PasswordPolicy).await;
    walk.press("enter ctrl-s enter").await;
}

#[tokio::test(start_paused = true)]
async fn a_fresh_account_is_hardened_to_all_green() {
    let mut walk = Walk::on("fresh").await;
    assert_eq!(walk.driver.wizard.place, Place::SignIn);
    delete_root_key(&mut walk).await;
    assert!(matches!(walk.stage(StepId::RootKeys), Stage::Settled(_)), "{:?}", walk.stage(StepId::RootKeys));
    enrol_root(&mut walk).await;
    assert!(matches!(walk.stage(StepId::RootMfa), Stage::Settled(_)), "{:?}", walk.stage(StepId::RootMfa));
    fill_in_contacts(&mut walk).await;
    assert!(matches!(walk.stage(StepId::Contacts), Stage::Settled(_)), "{:?}", walk.stage(StepId::Contacts));
    set_up_administrator(&mut walk).await;
    assert!(matches!(walk.stage(StepId::Administrator), Stage::Settled(_)), "{:?}", walk.stage(StepId::Administrator));
    raise_password_policy(&mut walk).await;
    assert!(
        matches!(walk.stage(StepId::PasswordPolicy), Stage::Settled(_)),
        "{:?}",
        walk.stage(StepId::PasswordPolicy)
    );
    for control in &CONTROLS {
        assert_eq!(verdict(&walk, control.id), Verdict::Pass, "{}", control.id);
    }
    walk.press("7").await;
    assert_eq!(walk.driver.wizard.place, Place::Summary);
}
