//! Setting up two administrators at once, interrupted after every call or with every answer lost: always the same
//! result. Each gets a password and a device.

use crate::support::cases;
use crate::support::person::Person;
use lockroot::steps::StepId;
use lockroot::wizard::Page;

const STEP: StepId = StepId::Administrator;
const NOTHING: &str = "title = \"t\"\naccount = \"123456789012\"\nsigned_in_as = \"root-login\"\n";
const WANTED: [&str; 2] = ["ada", "bea"];

/// The calls of a whole set-up of two users, in order.
const CALLS: [&str; 12] = [
    "CreateGroup",
    "AttachGroupPolicy",
    "CreateUser",
    "AddUserToGroup",
    "CreateLoginProfile",
    "CreateVirtualMFADevice",
    "CreateUser",
    "AddUserToGroup",
    "CreateLoginProfile",
    "CreateVirtualMFADevice",
    "EnableMFADevice",
    "EnableMFADevice",
];

/// `CALLS`, and the calls that replace so many lost seeds, sorted.
fn expected(lost_seeds: usize) -> Vec<String> {
    let again = ["CreateVirtualMFADevice", "DeleteVirtualMFADevice"].repeat(lost_seeds);
    sorted(CALLS.iter().chain(&again).map(|call| (*call).to_owned()).collect())
}

fn sorted(mut calls: Vec<String>) -> Vec<String> {
    calls.sort();
    calls
}

async fn on_the_page(scene: &str) -> Person {
    let mut person = Person::over(scene, &WANTED).await;
    person.walk.go_to(STEP).await;
    person
}

#[tokio::test(start_paused = true)]
async fn one_plan_gives_each_user_in_turn_a_password_and_a_qr_code() {
    let mut person = on_the_page(NOTHING).await;
    person.go_on(2).await;
    let Page::Review(review) = person.walk.stage(STEP) else { panic!("{}", person.walk.draw()) };
    assert_eq!(review.plan.calls.len(), 10);
    assert!(review.plan.title.contains("2 users"), "{}", review.plan.title);
    person.walk.press("enter").await;
    let mut turns = Vec::new();
    for _ in 0..4 {
        turns.push(match person.walk.stage(STEP) {
            Page::HandOver(shown) => format!("password of {}, then {}", shown.user.name(), shown.rest.len()),
            Page::Enrol(enrolment) => format!("device of {}", enrolment.enrolee.name()),
            other => panic!("{other:?}"),
        });
        person.go_on(1).await;
    }
    let wanted = ["password of ada, then 1", "device of ada", "password of bea, then 0", "device of bea"];
    assert_eq!(turns, wanted);
    assert_eq!(person.taken(), CALLS);
    person.assert_whole("both");
    assert!(WANTED.iter().all(|name| person.holds_password_of(name)));
}

#[tokio::test(start_paused = true)]
async fn a_set_up_restarted_after_any_call_ends_the_same() {
    for count in cases::places(0..CALLS.len() + 1) {
        let told = format!("after {count} calls");
        let mut person = on_the_page(NOTHING).await;
        person.break_after(Some(count));
        person.go_on(16).await;
        assert_eq!(person.taken(), CALLS[..count], "broken off there");
        person.restart().await;
        person.walk.go_to(STEP).await;
        person.go_on(30).await;
        person.assert_whole(&told);
        // The program's end loses the seeds of devices that were not enabled.
        let lost = match count {
            6..=9 | 11 => 1,
            10 => 2,
            _ => 0,
        };
        assert_eq!(sorted(person.taken()), expected(lost), "{told}");
        assert_eq!(person.holds_password_of("ada"), count < 5, "{told}");
        assert_eq!(person.holds_password_of("bea"), count < 9, "{told}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_line_broken_after_any_call_loses_nothing() {
    for count in cases::places(1..CALLS.len()) {
        let told = format!("after {count} calls");
        let mut person = on_the_page(NOTHING).await;
        person.break_after(Some(count));
        person.go_on_until_refused().await;
        person.break_after(None);
        person.walk.press("r").await;
        person.go_on(30).await;
        person.assert_whole(&told);
        assert_eq!(sorted(person.taken()), expected(0), "{told}");
        for name in WANTED {
            assert!(person.holds_password_of(name), "{told}: {name}'s was shown");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_whose_answer_was_lost_is_found_by_a_read() {
    for number in cases::places(1..CALLS.len() + 1) {
        let told = format!("the answer to call {number}");
        let mut person = on_the_page(NOTHING).await;
        person.lose_answer_to(number);
        person.go_on_until_refused().await;
        person.go_on(30).await;
        person.assert_whole(&told);
        // A lost answer loses its seed. A lost password answer leaves open whether AWS took the password.
        let lost = usize::from(CALLS[number - 1] == "CreateVirtualMFADevice");
        let set_anew = usize::from(CALLS[number - 1] == "CreateLoginProfile");
        let wanted = [expected(lost), vec!["UpdateLoginProfile".into(); set_anew]].concat();
        assert_eq!(sorted(person.taken()), sorted(wanted), "{told}");
        for name in WANTED {
            assert!(person.holds_password_of(name), "{told}: {name}'s was shown");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn two_existing_administrators_need_no_call() {
    let user = |name: &str| {
        format!("[[users]]\nname = \"{name}\"\ngroups = [\"Administrators\"]\npassword = true\nmfa = [\"virtual\"]\n")
    };
    let scene = format!(
        "{NOTHING}[[groups]]\nname = \"Administrators\"\npolicies = [\"AdministratorAccess\"]\n{}{}",
        user("ada"),
        user("bea")
    );
    let mut person = on_the_page(&scene).await;
    person.walk.press("enter ctrl-u").await;
    person.walk.type_text("ada bea").await;
    person.walk.press("ctrl-s").await;
    assert!(person.walk.remark().contains("there already"), "{}", person.walk.draw());
    assert_eq!(person.taken(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn leaving_mfa_for_later_continues_with_the_next_user() {
    let mut person = on_the_page(NOTHING).await;
    person.go_on(4).await;
    assert_eq!(person.walk.enrolment().enrolee.name(), "ada");
    person.walk.press("esc enter").await;
    let Page::HandOver(shown) = person.walk.stage(STEP) else { panic!("{}", person.walk.draw()) };
    assert_eq!(shown.user.name(), "bea");
    // The quit page names the secrets that would be lost.
    person.walk.press("ctrl-c y").await;
    let farewell = person.walk.driver.wizard.world.farewell().join("\n");
    assert!(farewell.contains("The secrets of bea were not shown"), "{farewell}");
}

#[tokio::test(start_paused = true)]
async fn quitting_names_the_users_whose_secrets_were_not_shown() {
    let mut person = on_the_page(NOTHING).await;
    person.go_on(4).await;
    person.walk.press("ctrl-c y").await;
    let farewell = person.walk.driver.wizard.world.farewell().join("\n");
    assert!(farewell.contains("MFA for ada is not set up"), "{farewell}");
    assert!(farewell.contains("console password of bea was set but not shown"), "{farewell}");
}

#[tokio::test(start_paused = true)]
async fn after_a_device_is_deleted_elsewhere_the_next_user_follows() {
    let mut person = on_the_page(NOTHING).await;
    person.go_on(2).await;
    person.walk.press("enter v enter").await;
    let Page::Enrol(enrol) = person.walk.stage(STEP) else { panic!("{}", person.walk.draw()) };
    let serial = enrol.device.serial.clone();
    let connection = lockroot::commands::connections::connection_to(&person.walk.account, &person.walk.clock);
    connection.account.apply(&lockroot::account::Change::DeleteDevice { serial }).await.unwrap();
    person.walk.type_codes().await;
    assert!(matches!(person.walk.stage(STEP), Page::Refused(_)), "{}", person.walk.draw());
    assert!(!person.walk.draw().contains("still counts"), "{}", person.walk.draw());
    person.walk.press("enter").await;
    assert!(person.walk.remark().contains("deleted the device"), "{}", person.walk.draw());
    let Page::HandOver(shown) = person.walk.stage(STEP) else { panic!("{}", person.walk.draw()) };
    assert_eq!(shown.user.name(), "bea");
}
