//! Walks over one's own sign-in: a developer sets up MFA, types a code, changes the password, replaces the access
//! key. Failures lose nothing.

use crate::support::Walk;
use lockroot::account::{Change, Subject};
use lockroot::checks::Verdict;
use lockroot::commands::connections::connection_as;
use lockroot::commands::lesson::of_table;
use lockroot::drive::Order;
use lockroot::practice::Scenario;
use lockroot::steps::{ActionId, Own, StepId};
use lockroot::totp::Generator;
use lockroot::wizard::checklist::lines;
use lockroot::wizard::pages::Code;
use lockroot::wizard::{Page, Place, ProofMethod};

const OWN: StepId = StepId::OwnSignIn;
const GIVEN: &str = "Welcome-to-Acme-2024";

async fn developer() -> Walk {
    let mut walk = Walk::on("developer").await;
    let lesson = Scenario::named("developer").unwrap().lesson();
    walk.driver.wizard.teach(of_table(&lesson, "developer").unwrap());
    walk
}

fn verdicts(walk: &Walk) -> Vec<Option<Verdict>> {
    Own::ALL.map(|own| own.assess(walk.driver.wizard.facts()).map(|(verdict, _)| verdict)).into()
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

fn offered(walk: &Walk) -> Vec<ActionId> {
    let Page::Home(home) = walk.stage(OWN) else { panic!("{}", walk.draw()) };
    walk.driver.wizard.world.step_view(OWN, home.item).actions.into_iter().map(|action| action.id).collect()
}

/// Chooses an action of the selected row.
async fn choose(walk: &mut Walk, action: ActionId) {
    let at = offered(walk).iter().position(|id| *id == action).unwrap_or_else(|| panic!("{}", walk.draw()));
    walk.press(&format!("{}{}enter", "left ".repeat(9), "right ".repeat(at))).await;
}

fn code_page(walk: &Walk) -> &Code {
    match walk.stage(OWN) {
        Page::Code(page) => page,
        other => panic!("no code is asked for but {other:?}: {}", walk.draw()),
    }
}

/// Types the next code of the practice phone. AWS accepts each code once.
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

/// Of the account, what dana may not read is unknown for that very reason; what watches over it fails as it did.
fn assert_only_theirs_is_done(walk: &Walk) {
    let assessed = walk.driver.wizard.facts().assessments();
    let with = |wanted: Verdict| assessed.iter().filter(move |(_, assessment)| assessment.verdict == wanted);
    for (control, assessment) in with(Verdict::Unknown) {
        assert!(
            assessment.why.contains("user/dana is not authorized to perform"),
            "{}: {}",
            control.id,
            assessment.why
        );
    }
    let ids = |verdict| with(verdict).map(|(control, _)| control.id).collect::<Vec<_>>();
    let watchers = ["cloudtrail-on", "guardduty-on", "security-hub-on", "access-analyzer-on", "root-use-alarm"];
    assert_eq!(ids(Verdict::Fail), watchers);
    assert_eq!(ids(Verdict::Pass), ["password-policy", "root-activity", "abandoned-devices"]);
    assert_eq!(ids(Verdict::Manual), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn a_developer_makes_their_own_sign_in_pass_with_the_keyboard_alone() {
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
    walk.press("enter").await;
    assert_eq!(walk.done(OWN), ["Create an access key for dana: Shown"]);
    walk.press("enter").await;
    // The new key carries no MFA: one more code.
    assert!(walk.draw().contains("Sign in with MFA"), "{}", walk.draw());
    walk.press("enter").await;
    give_code(&mut walk).await;
    walk.press("down down enter").await;
    assert!(walk.draw().contains("iam:UpdateAccessKey"), "the old one, which signs no more: {}", walk.draw());
    walk.press("right enter").await;
    walk.wait(8).await;
    let shown = walk.draw();
    assert!(matches!(walk.stage(OWN), Page::KeyWatch(_)) && shown.contains("It is inactive"), "{shown}");
    walk.press("esc").await;
    let old = walk.driver.wizard.step_view(OWN).table.rows[2][0].clone();
    assert_eq!(walk.driver.wizard.facts().waits[&old].owner, Subject::User("dana".into()));
    choose(&mut walk, ActionId::Delete).await;
    assert!(walk.draw().contains("It has been inactive only since"), "{}", walk.draw());
    walk.type_text(&old[old.len() - 4..]).await;
    walk.press("enter").await;
    walk.wait(8).await;
    assert_eq!(walk.done(OWN), [format!("Delete dana's access key {old}: Shown")]);
    assert_eq!(verdicts(&walk), [Some(Verdict::Pass); 3]);
    let goals = walk.driver.wizard.world.goals();
    assert!(goals.iter().all(|(_, met)| *met), "{goals:?}");
    assert_only_theirs_is_done(&walk);
    let keys = walk.driver.wizard.facts().keys_of(&Subject::User("dana".into())).unwrap();
    assert!(keys.len() == 1 && keys[0].id != old);
    let new = keys[0].id.clone();
    // At the end, the developer copies a record to send to an administrator.
    walk.press("esc up up up").await;
    choose(&mut walk, ActionId::Message).await;
    let shown = walk.draw();
    assert!(shown.contains("A message to send") && !shown.contains(GIVEN), "{shown}");
    walk.press("y").await;
    let Some(Order::Copy(record)) = walk.orders.last() else { panic!("{:?}", walk.orders.last()) };
    let record = record.expose();
    let dana = "The sign-in of dana in AWS account 678901234567, as AWS showed it on ";
    for part in [
        dana,
        "MFA: dana (virtual, since ",
        "Console password: set",
        &new,
        &format!("- Delete dana's access key {old}"),
    ] {
        assert!(record.contains(part), "{part}: {record}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_user_who_is_no_administrator_is_not_offered_as_the_second_way_in() {
    let mut walk = developer().await;
    walk.press("0 i").await;
    assert!(matches!(walk.driver.wizard.front(), Page::SecondWay(_)), "{}", walk.draw());
    assert_eq!(walk.driver.wizard.world.proof_methods(), [ProofMethod::Accept], "who may not read the account");
    let reader = "title = \"t\"\naccount = \"123456789012\"\nsigned_in_as = \"user:ann\"\n\
        [[users]]\nname = \"ann\"\npolicies = [\"ReadOnlyAccess\"]\n[[users.keys]]\nage = \"9d\"\n";
    let mut walk = Walk::in_scene(reader).await;
    walk.press("0 i").await;
    assert_eq!(walk.driver.wizard.world.proof_methods(), [ProofMethod::Accept], "who may read it");
}

/// A user with MFA who signs with an access key, and a policy that requires MFA. `more` adds lines to the user.
fn with_mfa(more: &str) -> String {
    let developer = include_str!("../../assets/practice/developer.toml");
    developer.replace("last_sign_in = \"20w\"\n", &format!("last_sign_in = \"20w\"\nmfa = [\"virtual\"]\n{more}\n"))
}

#[tokio::test(start_paused = true)]
async fn a_user_with_mfa_and_a_key_is_asked_for_a_code_and_may_mistype_it() {
    let mut walk = Walk::in_scene(&with_mfa("")).await;
    walk.press("enter").await;
    // AWS would refuse a second device without a code, so lockroot does not try.
    walk.press("right enter").await;
    assert!(walk.remark().contains("Choose \"Sign in with MFA\" first"), "{}", walk.draw());
    walk.press("left enter").await;
    walk.type_text("000000").await;
    walk.press("enter").await;
    let refused = code_page(&walk).refused.clone().unwrap();
    assert!(refused.message.contains("invalid MFA one time pass code"), "{refused:?}");
    let shown = walk.draw();
    assert!(shown.contains("sts:GetSessionToken") && shown.contains("Type the next code"), "{shown}");
    give_code(&mut walk).await;
    assert!(walk.remark().contains("Signed in with MFA"), "{}", walk.draw());
    let caller = walk.driver.wizard.caller().unwrap();
    assert!(caller.credential.source.ends_with(", with MFA"), "{caller:?}");
    // Now AWS accepts a second device.
    walk.press("up up enter").await;
    assert!(walk.draw().contains("dana-2"), "{}", walk.draw());
    walk.press("enter").await;
    walk.type_codes().await;
    walk.wait(8).await;
    assert_eq!(walk.done(OWN), ["Enable MFA for dana: Shown"]);
}

#[tokio::test(start_paused = true)]
async fn an_expired_session_keeps_the_filled_in_form() {
    let mut walk = Walk::in_scene(&with_mfa("")).await;
    walk.press("enter enter").await;
    give_code(&mut walk).await;
    walk.press("down enter").await;
    walk.type_text(GIVEN).await;
    walk.press("esc").await;
    walk.clock.advance(std::time::Duration::from_secs(13 * 3600));
    walk.press("r").await;
    assert!(walk.draw().contains("The session has expired. Ctrl-L signs in again"), "{}", walk.draw());
    walk.press("ctrl-l").await;
    assert_eq!(walk.driver.wizard.place(), Place::Step(OWN), "{}", walk.draw());
    assert!(walk.driver.wizard.has_drafts());
    // The key carries no MFA. After the code, the form is as it was.
    walk.press("up up enter").await;
    give_code(&mut walk).await;
    walk.press("down enter ctrl-s").await;
    assert!(walk.draw().contains("iam:ChangePassword"), "{}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn a_denied_change_is_reported_and_its_form_is_kept() {
    let mut walk = Walk::in_scene(
        &with_mfa("").replace("\"iam:ChangePassword\", ", "").replace("allow_change = true", "allow_change = false"),
    )
    .await;
    walk.press("enter enter").await;
    give_code(&mut walk).await;
    walk.press("down enter").await;
    walk.type_text(GIVEN).await;
    walk.press("ctrl-s enter").await;
    let shown = walk.draw();
    assert!(shown.contains("AWS refused the call") && shown.contains("not authorized to perform"), "{shown}");
    assert!(shown.contains("Nothing you filled in is lost."), "{shown}");
    walk.press("enter ctrl-s").await;
    assert!(walk.draw().contains("iam:ChangePassword"), "{}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn aws_refuses_a_wrong_current_password_and_it_can_be_corrected() {
    let mut walk = Walk::in_scene(&with_mfa("")).await;
    walk.press("enter enter").await;
    give_code(&mut walk).await;
    walk.press("down enter").await;
    walk.type_text("not it").await;
    walk.press("ctrl-s enter").await;
    let shown = walk.draw();
    assert!(shown.contains("The old password was") && shown.contains("Check the current password"), "{shown}");
    walk.press("enter").await;
    assert!(matches!(walk.stage(OWN), Page::FillIn(_)), "{}", walk.draw());
    walk.press("up up up ctrl-u").await;
    walk.type_text(GIVEN).await;
    walk.press("ctrl-s enter").await;
    walk.wait(8).await;
    assert!(matches!(walk.stage(OWN), Page::HandOver(_)), "{}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn a_new_password_is_shown_even_if_its_answer_was_lost() {
    let fault = "[[fault]]\ncall = \"iam:ChangePassword\"\nkind = \"reset-after\"\n";
    let mut walk = Walk::in_scene(&format!("{}{fault}", with_mfa(""))).await;
    walk.press("enter enter").await;
    give_code(&mut walk).await;
    walk.press("down enter").await;
    walk.type_text(GIVEN).await;
    walk.press("ctrl-s enter").await;
    assert!(walk.draw().contains("The call may have succeeded"), "{}", walk.draw());
    walk.press("enter").await;
    let shown = walk.draw();
    assert!(matches!(walk.stage(OWN), Page::HandOver(_)) && shown.contains("answer was lost"), "{shown}");
}

#[tokio::test(start_paused = true)]
async fn a_new_key_with_a_lost_answer_is_named_with_the_command_to_delete_it() {
    let fault = "[[fault]]\ncall = \"iam:CreateAccessKey\"\nkind = \"reset-after\"\n";
    let mut walk = Walk::in_scene(&format!("{}{fault}", with_mfa(""))).await;
    walk.press("enter enter").await;
    give_code(&mut walk).await;
    let old = walk.driver.wizard.step_view(OWN).table.rows[2][0].clone();
    walk.press("down down enter enter").await;
    walk.wait(8).await;
    let keys = walk.driver.wizard.facts().keys_of(&Subject::User("dana".into())).unwrap().to_vec();
    let new = keys.iter().find(|key| key.id != old).expect("AWS made it");
    walk.size = (118, 40);
    let shown = walk.draw();
    assert!(shown.contains(&format!("AWS created {} for dana", new.id)), "{shown}");
    assert!(shown.contains("aws iam delete-access-key"), "{shown}");
}

#[tokio::test(start_paused = true)]
async fn a_deactivated_key_of_ones_own_is_watched_over_the_next_runs() {
    let second = "[[users.keys]]\nage = \"1y\"\nlast_used = \"3h\"\n\n";
    let scene = with_mfa("").replace("[contact_information]", &format!("{second}[contact_information]"));
    let mut walk = Walk::in_scene(&scene).await;
    walk.press("enter enter").await;
    give_code(&mut walk).await;
    let key = walk.driver.wizard.step_view(OWN).table.rows[3][0].clone();
    walk.press("down down down").await;
    assert_eq!(offered(&walk), [ActionId::Deactivate, ActionId::Examine], "it is in use");
    walk.press("enter right enter").await;
    walk.wait(8).await;
    assert!(matches!(walk.stage(OWN), Page::KeyWatch(_)), "{}", walk.draw());
    // Enter leads on to the checklist. The page goes on watching.
    walk.press("enter").await;
    assert_ne!(walk.driver.wizard.place(), Place::Step(OWN), "{}", walk.draw());
    assert!(matches!(walk.stage(OWN), Page::KeyWatch(_)));

    let mut walk = Walk::remembering(walk.account, walk.clock, walk.journals).await;
    walk.press("enter enter").await;
    give_code(&mut walk).await;
    let wait = walk.driver.wizard.facts().waits[&key].clone();
    assert_eq!(wait.owner, Subject::User("dana".into()), "it was remembered");
    walk.press("down down down").await;
    assert_eq!(offered(&walk)[0], ActionId::Watch, "{}", walk.draw());
    walk.press("enter").await;
    assert!(walk.draw().contains(&format!("Watching {key}")), "{}", walk.draw());
    walk.press("a").await;
    assert!(walk.draw().contains("Activate your key"), "{}", walk.draw());
    walk.press("right enter").await;
    walk.wait(8).await;
    assert!(walk.driver.wizard.facts().waits.is_empty(), "it waits no longer: {}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn the_key_of_the_session_can_be_neither_deactivated_nor_deleted() {
    let mut walk = Walk::in_scene(&with_mfa("")).await;
    walk.press("enter enter").await;
    give_code(&mut walk).await;
    // The session was made from the key and still depends on it.
    walk.press("down down right enter").await;
    assert!(walk.remark().contains("signs this session"), "{}", walk.draw());
    assert_eq!(offered(&walk), [ActionId::NewKey, ActionId::Deactivate, ActionId::Examine], "no way to delete it");
}

#[tokio::test(start_paused = true)]
async fn a_user_who_may_not_read_the_account_sees_what_is_theirs_and_the_account_in_one_line() {
    let mut walk = developer().await;
    let checklist = |walk: &Walk| -> Vec<String> {
        lines(&walk.driver.wizard).iter().map(|line| format!("{} {}", line.title, line.mark.word)).collect()
    };
    let before =
        ["Signed in yes", "MFA to do", "Password unknown", "Access keys unknown", "Account no access", "Summary 0/3"];
    assert_eq!(checklist(&walk), before, "{}", walk.draw());
    // Tab goes through what is listed, and back.
    let here = |walk: &Walk| walk.driver.wizard.place();
    let mut visited = Vec::new();
    for key in ["tab", "tab", "tab", "backtab", "backtab"] {
        walk.press(key).await;
        visited.push(here(&walk));
    }
    let own = Place::Step(OWN);
    assert_eq!(visited, [own, Place::Summary, Place::Summary, own, Place::SignIn]);
    walk.press("0").await;
    let shown = walk.draw();
    for part in ["0 of 3 parts are done", "✗ You have MFA", "? No password change is pending", "2 to 9 show"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!shown.contains("Root") && !shown.contains("someone other than root"), "{shown}");
    walk.press("m").await;
    assert!(walk.draw().contains("The sign-in of dana in AWS account 678901234567"), "{}", walk.draw());
    walk.press("esc enter").await;
    assert_eq!(here(&walk), own, "the summary leads to it");
    // The line for the account stands for the steps, which their digits still show.
    walk.press("4").await;
    assert_eq!(here(&walk), Place::Step(StepId::Contacts));
    assert!(walk.draw().contains("▸– 2-9 Account"), "{}", walk.draw());
    walk.press("1 enter").await;
    set_up_mfa(&mut walk).await;
    assert_eq!(checklist(&walk)[1], "MFA done");
    walk.press("0").await;
    assert!(walk.draw().contains("1 of 3 parts is done"), "{}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn who_gets_access_later_sees_every_step() {
    let mut walk = Walk::in_scene(&with_mfa("")).await;
    walk.press("enter enter").await;
    give_code(&mut walk).await;
    assert!(walk.draw().contains("2-9 Account"), "{}", walk.draw());
    let kim = connection_as(&walk.account, "kim".into(), &walk.clock).unwrap();
    let change = Change::AddUserToGroup { user: "dana".into(), group: "Administrators".into() };
    kim.account.apply(&change).await.unwrap();
    walk.wait(30).await;
    walk.press("1 r").await;
    let shown = walk.draw();
    assert!(shown.contains("2 Root keys") && !shown.contains("2-9 Account"), "{shown}");
    assert!(shown.contains("Begin"), "{shown}");
}
