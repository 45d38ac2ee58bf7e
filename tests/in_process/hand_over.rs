//! Handing over secrets: the clipboard, the profile, and the page.

use std::sync::{Arc, Mutex};

use crate::support::{START, Walk, text};
use lockroot::account::new_profile::NewProfile;
use lockroot::account::{Failure, Pending};
use lockroot::clock::Clock;
use lockroot::commands::connections::connection_to;
use lockroot::drive::{Connection, Connector, Order};
use lockroot::practice::{Practice, Scenario};
use lockroot::steps::StepId;
use lockroot::wizard::pages::hand_over::Visibility;
use lockroot::wizard::{Mode, Page};

const STEP: StepId = StepId::Administrator;

/// Opens the page with a password and an access key.
async fn at_the_hand_over() -> (Walk, String, String) {
    let mut walk = Walk::on("fresh").await;
    walk.go_to(STEP).await;
    walk.press("enter down down down down space ctrl-s enter").await;
    let Page::HandOver(shown) = walk.stage(STEP) else { panic!("{}", walk.draw()) };
    let (password, key) = (text(shown.password.as_ref().unwrap()), text(&shown.key.as_ref().unwrap().1));
    (walk, password, key)
}

fn copied(walk: &Walk) -> Vec<String> {
    let copies = walk.orders.iter().filter_map(|order| match order {
        Order::Copy(secret) => Some(text(secret)),
        _ => None,
    });
    copies.collect()
}

#[tokio::test(start_paused = true)]
async fn a_copied_secret_is_cleared_from_the_clipboard() {
    let (mut walk, password, key) = at_the_hand_over().await;
    walk.press("y").await;
    assert!(walk.remark().contains("copied to the terminal's clipboard"), "{}", walk.remark());
    assert!(!walk.draw().contains(&password), "copied, not shown");
    walk.wait(44).await;
    assert_eq!(copied(&walk), std::slice::from_ref(&password));
    assert!(walk.driver.sleeps_for().is_some_and(|pause| pause.as_secs() <= 1), "it wakes up for it");
    walk.wait(1).await;
    assert_eq!(copied(&walk), [password, String::new()]);
    assert!(walk.remark().contains("clear"), "{}", walk.remark());
    assert_eq!(walk.driver.sleeps_for(), None, "and then sleeps");
    walk.press("k").await;
    assert_eq!(copied(&walk).last(), Some(&key));
    assert!(!format!("{:?} {:?}", walk.driver.wizard, walk.orders).contains(&key));
    walk.press("ctrl-c y").await;
    assert_eq!(copied(&walk).last(), Some(&String::new()), "not left behind by quitting");
    assert_eq!(walk.orders.last(), Some(&Order::Quit));
}

#[tokio::test(start_paused = true)]
async fn a_copied_address_stays_on_the_clipboard() {
    let mut walk = Walk::on("fresh").await;
    walk.confirm_way_back().await;
    walk.press("enter y").await;
    assert_eq!(copied(&walk).len(), 1);
    walk.wait(60).await;
    assert_eq!(copied(&walk).len(), 1, "it is no secret");
}

#[tokio::test(start_paused = true)]
async fn the_page_shows_the_address_the_user_and_the_account() {
    let (mut walk, password, _) = at_the_hand_over().await;
    walk.press("v").await;
    let screen = walk.draw();
    for words in ["signin.aws.amazon.com/console", "123456789012", "administrator", password.as_str()] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    for size in [(60, 20), (200, 60)] {
        walk.size = size;
        assert!(walk.draw().contains("I have saved them"), "{}", walk.draw());
    }
}

/// Records the profiles that it is asked to save, and refuses the first.
struct Files {
    scene: Practice,
    clock: Clock,
    asked: Mutex<Vec<String>>,
}

impl Connector for Files {
    fn connect(&self, _mode: Mode) -> Pending<'_, Result<Connection, Failure>> {
        Box::pin(async { Ok(connection_to(&self.scene, &self.clock)) })
    }

    fn add_profile(&self, _mode: &Mode, profile: &NewProfile) -> Result<String, String> {
        let mut asked = self.asked.lock().unwrap();
        asked.push(format!("{} {} {}", profile.name, profile.key_id, profile.secret.expose()));
        if asked.len() == 1 { Err("there is no folder".into()) } else { Ok("Profile work is there.".into()) }
    }

    crate::support::one_account!();

    crate::support::bare_machine!();
}

#[tokio::test(start_paused = true)]
async fn a_key_can_be_saved_as_a_profile_and_stays_on_its_page() {
    let clock = Clock::set_to(START);
    let scene = Practice::new(Scenario::named("fresh").unwrap(), clock.clone());
    let files = Arc::new(Files { scene: scene.clone(), clock: clock.clone(), asked: Mutex::default() });
    let mut walk = Walk::by(scene, clock, files.clone()).await;
    walk.go_to(STEP).await;
    walk.press("enter down down down down space ctrl-s enter").await;
    let Page::HandOver(shown) = walk.stage(STEP) else { panic!("{}", walk.draw()) };
    let (id, secret) = shown.key.as_ref().map(|(id, secret)| (id.clone(), text(secret))).unwrap();
    walk.press("v p").await;
    let screen = walk.draw();
    assert!(screen.contains("In plain text") && !screen.contains(&secret), "{screen}");
    walk.press("ctrl-u").await;
    walk.type_text("default").await;
    walk.press("ctrl-s").await;
    assert!(walk.draw().contains("another name") && files.asked.lock().unwrap().is_empty(), "{}", walk.draw());
    walk.press("ctrl-u").await;
    walk.type_text("work").await;
    walk.press("ctrl-s").await;
    assert!(walk.remark().contains("Nothing was written: there is no folder"), "{}", walk.remark());
    walk.press("esc v").await;
    let Page::HandOver(shown) = walk.stage(STEP) else { panic!("{}", walk.draw()) };
    assert!(shown.key.is_some() && shown.visibility == Visibility::Open, "the key is still there");
    walk.press("v p ctrl-u").await;
    walk.type_text("work").await;
    walk.press("ctrl-s").await;
    assert_eq!(*files.asked.lock().unwrap(), vec![format!("work {id} {secret}"); 2]);
    assert_eq!(walk.remark(), "Profile work is there.");
    let Page::HandOver(shown) = walk.stage(STEP) else { panic!("{}", walk.draw()) };
    assert!(shown.key.is_some() && shown.visibility == Visibility::Covered);
    assert!(!format!("{:?}", walk.driver.wizard).contains(&secret));
}

#[tokio::test(start_paused = true)]
async fn a_saved_profile_does_not_replace_seeing_the_password() {
    let clock = Clock::set_to(START);
    let scene = Practice::new(Scenario::named("fresh").unwrap(), clock.clone());
    let asked = Mutex::new(vec!["the first is refused".to_owned()]);
    let files = Arc::new(Files { scene: scene.clone(), clock: clock.clone(), asked });
    let mut walk = Walk::by(scene, clock, files).await;
    walk.go_to(STEP).await;
    walk.press("enter down down down down space ctrl-s enter p ctrl-s enter").await;
    assert!(walk.remark().contains("You have not seen them yet"), "{}", walk.draw());
}
