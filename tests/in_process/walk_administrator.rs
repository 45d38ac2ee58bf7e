//! Setting up an administrator, interrupted after every call and repeated: always the same result, no unnecessary
//! call.

use crate::support::cases;
use crate::support::person::Person;
use lockroot::steps::{ActionId, StepId};
use lockroot::wizard::Page;
use lockroot::wizard::pages::review::ReviewFocus;

const STEP: StepId = StepId::Administrator;

/// The calls of a whole set-up, in order.
const CALLS: [&str; 7] = [
    "CreateGroup",
    "AttachGroupPolicy",
    "CreateUser",
    "AddUserToGroup",
    "CreateLoginProfile",
    "CreateVirtualMFADevice",
    "EnableMFADevice",
];

const NAME: &str = "administrator";

const NOTHING: &str = "title = \"t\"\naccount = \"123456789012\"\nsigned_in_as = \"root-login\"\n";

/// `CALLS`, and the calls that replace a lost seed or a lost password.
fn expected(further: &[&str]) -> Vec<String> {
    let mut calls: Vec<String> = CALLS.iter().chain(further).map(|call| (*call).to_owned()).collect();
    calls.sort();
    calls
}

fn sorted(mut calls: Vec<String>) -> Vec<String> {
    calls.sort();
    calls
}

#[tokio::test(start_paused = true)]
async fn a_set_up_restarted_after_any_call_ends_the_same() {
    for count in cases::places(0..CALLS.len() + 1) {
        let mut person = Person::over(NOTHING, &[NAME]).await;
        person.walk.go_to(STEP).await;
        person.break_after(Some(count));
        person.go_on(9).await;
        assert_eq!(person.taken(), CALLS[..count], "broken off there");
        person.restart().await;
        person.walk.go_to(STEP).await;
        person.go_on(14).await;
        let told = format!("after {count} calls");
        person.assert_whole(&told);
        // The program's end loses the seed of a device and a password that was not shown.
        let seed: &[&str] = if count == 6 { &["CreateVirtualMFADevice", "DeleteVirtualMFADevice"] } else { &[] };
        assert_eq!(sorted(person.taken()), expected(seed), "{told}");
        assert_eq!(person.holds_password_of(NAME), count < 5, "{told}");
        if count < 5 {
            continue;
        }
        // Nobody knows the password, so the person sets another one on the page.
        person.walk.press("esc").await;
        person.choose(ActionId::ResetPassword).await;
        assert!(matches!(person.walk.stage(STEP), Page::FillIn(_)), "{}", person.walk.draw());
        person.walk.press("ctrl-s").await;
        let Page::Review(review) = person.walk.stage(STEP) else { panic!("{}", person.walk.draw()) };
        assert_eq!(review.focus, ReviewFocus::Back, "a password that works is taken away");
        person.walk.press("right enter").await;
        assert!(matches!(person.walk.stage(STEP), Page::HandOver(_)), "{}", person.walk.draw());
        person.go_on(2).await;
        assert!(person.holds_password_of(NAME), "{told}");
        person.assert_whole(&told);
    }
}

#[tokio::test(start_paused = true)]
async fn a_line_broken_after_any_call_loses_nothing() {
    for count in cases::places(0..CALLS.len()) {
        let mut person = Person::over(NOTHING, &[NAME]).await;
        person.walk.go_to(STEP).await;
        if count == 0 {
            // Everything is read before the review.
            person.go_on(2).await;
        }
        person.break_after(Some(count));
        if count == 0 {
            // The reads after the confirmation fail too, so nothing is sent.
            person.go_on(1).await;
            assert!(person.walk.remark().contains("Nothing was sent"), "{}", person.walk.draw());
        } else {
            person.go_on_until_refused().await;
        }
        assert_eq!(person.taken(), CALLS[..count], "broken off there");
        person.break_after(None);
        person.walk.press("r").await;
        person.go_on(16).await;
        let told = format!("after {count} calls");
        person.assert_whole(&told);
        assert!(person.holds_password_of(NAME), "{told}: it was shown");
        assert_eq!(sorted(person.taken()), expected(&[]), "{told}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_existing_administrator_needs_no_call() {
    let scene = format!(
        "{NOTHING}[[groups]]\nname = \"Administrators\"\npolicies = [\"AdministratorAccess\"]\n\
         [[users]]\nname = \"administrator\"\ngroups = [\"Administrators\"]\npassword = true\nmfa = [\"virtual\"]\n"
    );
    let mut person = Person::over(&scene, &[NAME]).await;
    person.walk.go_to(STEP).await;
    person.choose(ActionId::FillIn).await;
    person.walk.press("ctrl-u").await;
    person.walk.type_text("administrator").await;
    person.walk.press("ctrl-s").await;
    assert!(person.walk.remark().contains("there already"), "{}", person.walk.draw());
    assert_eq!(person.taken(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn the_review_names_adopted_users_and_groups() {
    let scene = format!(
        "{NOTHING}[[groups]]\nname = \"Administrators\"\n[[users]]\nname = \"administrator\"\npassword = true\n"
    );
    let mut person = Person::over(&scene, &[NAME]).await;
    person.walk.go_to(STEP).await;
    person.walk.press("enter ctrl-s").await;
    let Page::Review(review) = person.walk.stage(STEP) else { panic!("{}", person.walk.draw()) };
    let note = review.plan.notes.join("\n");
    let raised = "administrator exists already and becomes an administrator";
    for words in ["the group Administrators", "the user administrator", "administrator's console password", raised] {
        assert!(note.contains(words), "{note}");
    }
    assert_eq!(review.focus, ReviewFocus::Back, "whoever signs as that user becomes an administrator");
}

#[tokio::test(start_paused = true)]
async fn a_password_typed_for_one_user_is_not_offered_for_another() {
    let user = |name: &str| {
        format!("[[users]]\nname = \"{name}\"\ngroups = [\"Administrators\"]\npassword = true\nmfa = [\"virtual\"]\n")
    };
    let scene = format!(
        "{NOTHING}[[groups]]\nname = \"Administrators\"\npolicies = [\"AdministratorAccess\"]\n{}{}",
        user("ada"),
        user("bea")
    );
    let mut person = Person::over(&scene, &[NAME]).await;
    person.walk.go_to(STEP).await;
    person.choose(ActionId::ResetPassword).await;
    person.walk.press("right down").await;
    person.walk.type_text("for ada alone").await;
    person.walk.press("esc down").await;
    person.choose(ActionId::ResetPassword).await;
    let Page::FillIn(draft) = person.walk.stage(STEP) else { panic!("{}", person.walk.draw()) };
    assert_eq!(draft.chosen.subject.as_deref(), Some("bea"));
    let typed = draft.form.secret(lockroot::steps::FieldId::Password).unwrap();
    assert!(typed.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_user_for_daily_work_is_offered_next_and_is_no_administrator() {
    let mut person = Person::over(NOTHING, &[NAME]).await;
    person.walk.is_blind = false;
    person.walk.go_to(STEP).await;
    person.go_on(9).await;
    person.assert_whole("the administrator");
    let Page::Record(_) = person.walk.stage(STEP) else { panic!("{}", person.walk.draw()) };
    assert!(person.walk.draw().contains("User for daily work"), "{}", person.walk.draw());
    person.walk.press("right right enter").await;
    assert!(matches!(person.walk.stage(STEP), Page::FillIn(_)), "{}", person.walk.draw());
    person.walk.type_text("dana").await;
    person.walk.press("ctrl-s").await;
    let Page::Review(review) = person.walk.stage(STEP) else { panic!("{}", person.walk.draw()) };
    assert_eq!(review.focus, ReviewFocus::Ahead, "nothing is taken from anybody");
    person.walk.press("enter").await;
    let Page::HandOver(shown) = person.walk.stage(STEP) else { panic!("{}", person.walk.draw()) };
    assert_eq!(shown.user.name(), "dana");
    person.walk.press("v enter").await;
    person.walk.type_codes().await;
    assert!(matches!(person.walk.stage(STEP), Page::Record(_)), "{}", person.walk.draw());
    assert!(!person.walk.draw().contains("User for daily work"), "{}", person.walk.draw());
    let people = person.walk.driver.wizard.facts().people.known().unwrap();
    assert_eq!(people.user("dana").unwrap().groups, ["PowerUsers"]);
    let names = people.perhaps_with_full_access().map(|user| user.name.as_str());
    assert_eq!(names.collect::<Vec<_>>(), [NAME]);
}
