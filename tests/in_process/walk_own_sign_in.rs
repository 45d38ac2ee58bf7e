//! One's own sign-in, with keys only: a developer who may not read the account sets up MFA, gives a code, changes the password,
//! and replaces the access key. Refusals lose nothing.

use crate::support::Walk;
use lockroot::account::Subject;
use lockroot::checks::Verdict;
use lockroot::commands::lesson::of_table;
use lockroot::practice::Scenario;
use lockroot::steps::{Own, StepId};
use lockroot::totp::Generator;
use lockroot::wizard::pages::Code;
use lockroot::wizard::{Page, Place};

const OWN: StepId = StepId::OwnSignIn;
const GIVEN: &str = "Welcome-to-Acme-2024";

async fn developer() -> Walk {
    let mut walk = Walk::on("developer").await;
    let lesson = Scenario::named("developer").unwrap().lesson();
    walk.driver.wizard.teach(of_table(&lesson, "developer").unwrap());
    walk
}

fn verdicts(walk: &Walk) -> Vec<Option<Verdict>> {
    Own::ALL.map(|own| own.judge(walk.driver.wizard.facts()).map(|(verdict, _)| verdict)).into()
}

/// Sets up the first device, from the page.
async fn set_up_mfa(walk: &mut Walk) {
    walk.press("enter").await;
    assert!(walk.draw().contains("iam:CreateVirtualMFADevice"), "{}", walk.draw());
    walk.press("enter").await;
    walk.type_codes().await;
    walk.wait(8).await;
    assert_eq!(walk.done(OWN), ["Enable MFA for dana: Shown"]);
    walk.press("enter").await;
}

fn code_page(walk: &Walk) -> &Code {
    match walk.stage(OWN) {
        Page::Code(page) => page,
        other => panic!("no code is asked for but {other:?}: {}", walk.draw()),
    }
}

/// Gives the code that the practice phone shows next: AWS takes none twice.
async fn give_code(walk: &mut Walk) {
    walk.wait(30).await;
    if code_page(walk).phone.is_none() {
        walk.press("p").await;
    }
    let seed = code_page(walk).phone.as_ref().unwrap().seed.clone();
    let code = Generator::new(&seed).unwrap().code(walk.clock.now().unix_timestamp().unsigned_abs());
    let shown = walk.draw();
    assert!(shown.contains(&format!("{} {}", &code[..3], &code[3..])), "the phone shows it: {shown}");
    walk.type_text(&code).await;
    walk.press("enter").await;
}

#[tokio::test(start_paused = true)]
async fn a_developer_takes_their_own_sign_in_to_all_pass_with_keys_only() {
    let mut walk = developer().await;
    assert!(walk.draw().contains("You may not read the account"), "{}", walk.draw());
    walk.press("enter").await;
    assert_eq!(walk.driver.wizard.place(), Place::Step(OWN), "what is theirs is preselected");
    assert_eq!(verdicts(&walk), [Some(Verdict::Fail), Some(Verdict::Unknown), Some(Verdict::Unknown)]);
    set_up_mfa(&mut walk).await;
    assert_eq!(verdicts(&walk)[0], Some(Verdict::Pass));
    assert!(walk.draw().contains("Sign in with MFA"), "{}", walk.draw());
    walk.press("enter").await;
    give_code(&mut walk).await;
    assert!(walk.remark().contains("Signed in with MFA"), "{}", walk.draw());
    assert_eq!(verdicts(&walk), [Some(Verdict::Pass), Some(Verdict::Fail), Some(Verdict::Fail)]);

    walk.press("down enter").await;
    walk.type_text(GIVEN).await;
    walk.press("ctrl-s").await;
    assert!(walk.draw().contains("iam:ChangePassword"), "{}", walk.draw());
    assert!(!walk.draw().contains(GIVEN), "{}", walk.draw());
    walk.press("enter").await;
    walk.wait(8).await;
    walk.press("v enter").await;
    assert_eq!(walk.done(OWN), ["Change dana's own console password: Shown"]);
    walk.press("enter").await;
    assert_eq!(verdicts(&walk)[1], Some(Verdict::Pass));

    walk.press("down down enter").await;
    assert!(walk.draw().contains("iam:CreateAccessKey"), "{}", walk.draw());
    walk.press("enter").await;
    walk.wait(8).await;
    walk.press("v s").await;
    assert!(walk.remark().contains("The new key works"), "{}", walk.draw());
    walk.press("enter enter").await;
    // The new key carries no MFA: one more code.
    assert!(walk.draw().contains("Sign in with MFA"), "{}", walk.draw());
    walk.press("enter").await;
    give_code(&mut walk).await;
    walk.press("down down enter").await;
    assert!(walk.draw().contains("iam:UpdateAccessKey"), "the old one, which signs no more: {}", walk.draw());
    walk.press("right enter").await;
    walk.wait(8).await;
    walk.press("enter").await;
    walk.press("down down").await;
    let old = walk.driver.wizard.page(OWN).table.rows[2][0].clone();
    walk.press("enter").await;
    walk.type_text(&old[old.len() - 4..]).await;
    walk.press("enter").await;
    walk.wait(8).await;
    assert_eq!(walk.done(OWN), [format!("Delete dana's access key {old}: Shown")]);
    assert_eq!(verdicts(&walk), [Some(Verdict::Pass); 3]);
    let goals = walk.driver.wizard.world.goals();
    assert!(goals.iter().all(|(_, met)| *met), "{goals:?}");
    let keys = walk.driver.wizard.facts().keys_of(&Subject::User("dana".into())).unwrap();
    assert!(keys.len() == 1 && keys[0].id != old);
}
