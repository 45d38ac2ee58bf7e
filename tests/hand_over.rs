//! Handing secrets over: the clipboard for a while, a file only encrypted, and what is on the page.

mod support;

use lockroot::drive::Order;
use lockroot::steps::StepId;
use lockroot::wizard::Stage;
use lockroot::wizard::stage::Sight;
use support::{Walk, text};

const STEP: StepId = StepId::Administrator;

/// In front of a password and an access key.
async fn in_front() -> (Walk, String, String) {
    let mut walk = Walk::on("fresh").await;
    walk.go_to(STEP).await;
    walk.press("enter down down down down space ctrl-s enter").await;
    let Stage::Showing(shown) = walk.stage(STEP) else { panic!("{}", walk.draw()) };
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
async fn what_is_copied_is_cleared_again() {
    let (mut walk, password, key) = in_front().await;
    walk.press("y").await;
    assert!(walk.remark().contains("sent to the terminal's clipboard"), "{}", walk.remark());
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
async fn copying_an_address_takes_nothing_off_the_clipboard() {
    let mut walk = Walk::on("fresh").await;
    walk.confirm_way_back().await;
    walk.press("enter y").await;
    assert_eq!(copied(&walk).len(), 1);
    walk.wait(60).await;
    assert_eq!(copied(&walk).len(), 1, "it is no secret");
}

#[tokio::test(start_paused = true)]
async fn the_page_says_where_who_and_in_which_account() {
    let (mut walk, password, _) = in_front().await;
    walk.press("v").await;
    let screen = walk.draw();
    for words in ["signin.aws.amazon.com/console", "123456789012", "administrator", password.as_str()] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    for size in [(60, 20), (200, 60)] {
        walk.size = size;
        assert!(walk.draw().contains("I have kept them"), "{}", walk.draw());
    }
}

/// The only test here that writes, so that the folder can be set for it.
#[tokio::test(start_paused = true)]
async fn it_is_saved_encrypted_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    std::env::set_current_dir(folder.path()).unwrap();
    let files = || std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let (mut walk, password, key) = in_front().await;
    walk.press("v s").await;
    assert!(!walk.draw().contains(&password), "covered while the form is there");
    walk.press("down").await;
    walk.type_text("password1").await;
    walk.press("down").await;
    walk.type_text("password1").await;
    walk.press("ctrl-s").await;
    assert!(walk.draw().contains("too weak"), "{}", walk.draw());
    assert!(files().is_empty());
    const PASSPHRASE: &str = "correct walnut battery tulip";
    walk.press("ctrl-u").await;
    walk.type_text(PASSPHRASE).await;
    walk.press("down ctrl-u").await;
    walk.type_text(PASSPHRASE).await;
    walk.press("ctrl-s").await;
    assert!(walk.remark().contains("Written, encrypted"), "{}", walk.remark());
    let Stage::Showing(shown) = walk.stage(STEP) else { panic!("{}", walk.draw()) };
    assert_eq!(shown.sight, Sight::Covered);
    let [file] = files().try_into().unwrap();
    let bytes = std::fs::read(&file).unwrap();
    for secret in [&password, &key] {
        assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()));
    }
    let identity = age::scrypt::Identity::new(age::secrecy::SecretString::from(PASSPHRASE.to_owned()));
    let mut opened = String::new();
    let mut reader = age::Decryptor::new(&bytes[..]).unwrap().decrypt(std::iter::once(&identity as _)).unwrap();
    std::io::Read::read_to_string(&mut reader, &mut opened).unwrap();
    assert!(opened.contains(&password) && opened.contains(&key) && opened.contains("123456789012"), "all of it");
    walk.press("enter").await;
    walk.enrolment();
}
