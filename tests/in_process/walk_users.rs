//! Walks over the table of users, with many of them.

use crate::support::Walk;
use lockroot::wizard::{Page, Place};

fn says(walk: &Walk, words: &str) {
    assert!(walk.draw().contains(words), "{words:?}:\n{}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn every_user_can_be_selected_and_shown_with_its_problems() {
    let mut walk = Walk::on("inherited").await;
    for size in [(80, 24), (60, 20), (200, 60)] {
        walk.size = size;
        walk.press("0 u").await;
        let facts = walk.driver.wizard.facts();
        let names: Vec<String> = facts.listing().entries(facts).map(|entry| entry.name.to_owned()).collect();
        assert_eq!(names.len(), 10, "root and nine users");
        for (i, name) in names.iter().enumerate() {
            assert_eq!(users(&walk), (i, None));
            says(&walk, &format!("▸ {name}"));
            walk.press("down").await;
        }
        assert_eq!(users(&walk), (9, None), "the last one is the last one");
        let sam = names.iter().position(|name| name == "sam").unwrap();
        for _ in sam..9 {
            walk.press("up").await;
        }
        says(&walk, "no use on record");
        walk.press("enter").await;
        assert_eq!(users(&walk), (sam, Some(0)));
        says(&walk, "Every console user signs in with MFA");
        walk.press("right").await;
        says(&walk, "tom");
        walk.press("esc").await;
        assert_eq!(users(&walk), (sam + 1, None), "back to the one that was looked at last");
        walk.press("esc").await;
        assert!(walk.driver.wizard.over().is_none());
        assert_eq!(walk.driver.wizard.place(), Place::Summary);
    }
    assert_eq!(walk.driver.wizard.facts().people.known().unwrap().users.len(), 9, "looking changes nothing");
}

#[tokio::test(start_paused = true)]
async fn keyboard_input_after_the_users_are_gone_does_no_harm() {
    let mut walk = Walk::on("inherited").await;
    walk.press("0 u").await;
    walk.press(&format!("{}enter", "down ".repeat(9))).await;
    assert_eq!(users(&walk), (9, Some(0)));
    let facts = walk.driver.wizard.world.facts_mut();
    facts.credential_report = lockroot::account::Reading::Unread;
    facts.people = lockroot::account::Reading::Unread;
    walk.press("right down left esc").await;
    assert_eq!(users(&walk), (0, None));
    says(&walk, "The credential report has not been read yet.");
    walk.press("enter down esc esc").await;
    assert!(walk.driver.wizard.over().is_none());
}

/// The selected user, and the first line of their details, if shown.
fn users(walk: &Walk) -> (usize, Option<u16>) {
    let Page::Users(users) = walk.driver.wizard.front() else { panic!("{}", walk.draw()) };
    (users.picked, users.detail)
}
