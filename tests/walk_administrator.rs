//! The administrator, broken off after every single call and done again: it always ends the same, and no call is made
//! twice without need.

mod support;

use std::sync::{Arc, Mutex};

use lockroot::account::{Failure, Pending};
use lockroot::checks::{Verdict, control};
use lockroot::clock::Clock;
use lockroot::drive::{Connector, Link};
use lockroot::practice::{Practice, Scenario};
use lockroot::steps::{ActionId, StepId};
use lockroot::wire::{Endpoint, Reply, Replying};
use lockroot::wizard::stage::ReviewFocus;
use lockroot::wizard::{Mode, Stage};
use support::{START, Walk, text};

const STEP: StepId = StepId::Administrator;

/// What a whole set-up calls, in order.
const CALLS: [&str; 7] = [
    "CreateGroup",
    "AttachGroupPolicy",
    "CreateUser",
    "AddUserToGroup",
    "CreateLoginProfile",
    "CreateVirtualMFADevice",
    "EnableMFADevice",
];

#[derive(Debug, Default)]
struct Record {
    /// Changes that the account took, with the password that they set.
    taken: Vec<(String, Option<String>)>,
    /// After how many of them the line breaks.
    breaks_after: Option<usize>,
}

/// The line to the practice account, which can break for good.
#[derive(Clone)]
struct Line {
    practice: Practice,
    record: Arc<Mutex<Record>>,
}

impl Endpoint for Line {
    fn answer(&self, request: http::Request<Vec<u8>>) -> Replying<'_> {
        let fields: Vec<(String, String)> = form_urlencoded::parse(request.body()).into_owned().collect();
        let field = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone());
        let action = field("Action").unwrap_or_default();
        let reads = ["Get", "List", "GenerateCredentialReport", ""]
            .iter()
            .any(|verb| action == *verb || !verb.is_empty() && action.starts_with(verb));
        let password = field("Password");
        Box::pin(async move {
            let broken = {
                let record = self.record.lock().unwrap();
                record.breaks_after.is_some_and(|count| record.taken.len() >= count)
            };
            if broken {
                return Reply::Reset;
            }
            let reply = self.practice.answer(request).await;
            if let (Reply::Answer(answer), false) = (&reply, reads)
                && answer.status().is_success()
            {
                self.record.lock().unwrap().taken.push((action, password));
            }
            reply
        })
    }
}

struct Scene {
    line: Line,
    clock: Clock,
}

impl Connector for Scene {
    fn connect(&self, _mode: Mode) -> Pending<'_, Result<Link, Failure>> {
        let keys = self.line.practice.session();
        let account = lockroot::aws::connect_in_process(Arc::new(self.line.clone()), keys, self.clock.clone());
        let link =
            Link { account: Arc::new(account), console: None, journals: Arc::<lockroot::journal::InMemory>::default() };
        Box::pin(std::future::ready(Ok(link)))
    }
}

/// A person who sets up an administrator, and what that person was shown.
struct Person {
    line: Line,
    clock: Clock,
    walk: Walk,
    password: Option<String>,
}

impl Person {
    async fn over(scene: &str) -> Self {
        let clock = Clock::set_to(START);
        let practice = Practice::new(Scenario::parse("the test", scene).unwrap(), clock.clone());
        let line = Line { practice, record: Arc::default() };
        let walk = Self::start(&line, &clock).await;
        Self { line, clock, walk, password: None }
    }

    async fn start(line: &Line, clock: &Clock) -> Walk {
        let scene = Arc::new(Scene { line: line.clone(), clock: clock.clone() });
        Walk::by(line.practice.clone(), clock.clone(), scene).await
    }

    fn break_after(&self, count: Option<usize>) {
        self.line.record.lock().unwrap().breaks_after = count;
    }

    fn taken(&self) -> Vec<String> {
        self.line.record.lock().unwrap().taken.iter().map(|(action, _)| action.clone()).collect()
    }

    /// The program is ended and started again over a line that works.
    async fn restart(&mut self) {
        self.break_after(None);
        self.walk = Self::start(&self.line, &self.clock).await;
        self.password = None;
    }

    fn is_done(&self) -> bool {
        let pass = |id| control(id).unwrap().judge(&self.walk.driver.wizard.facts).verdict == Verdict::Pass;
        pass("administrator") && pass("administrator-mfa")
    }

    /// Does what the page offers first, until all is there or `rounds` are over.
    async fn go_on(&mut self, rounds: usize) {
        for _ in 0..rounds {
            let done = self.is_done();
            let walk = &mut self.walk;
            match walk.stage(STEP) {
                Stage::Refused(_) => walk.press("enter").await,
                Stage::Showing(_) => {
                    walk.press("v").await;
                    let Stage::Showing(shown) = walk.stage(STEP) else { panic!("{}", walk.draw()) };
                    self.password = shown.password.as_ref().map(text);
                    walk.press("enter").await;
                }
                Stage::Enrolling(_) => {
                    walk.press("ctrl-u backtab ctrl-u").await;
                    if walk.enrolment().focus == lockroot::wizard::stage::CodeField::Second {
                        walk.press("backtab").await;
                    }
                    walk.type_codes().await;
                }
                Stage::Filling(_) => walk.press("ctrl-s").await,
                Stage::Confirming(review) if review.focus == ReviewFocus::Back => walk.press("right enter").await,
                Stage::Confirming(_) => walk.press("enter").await,
                Stage::Proving(_) => walk.wait(8).await,
                Stage::Settled(_) if done => return,
                Stage::Settled(_) => walk.press("esc").await,
                Stage::Explaining(_) if done => return,
                Stage::Explaining(_) => walk.press("enter").await,
                other => panic!("{other:?}"),
            }
        }
    }

    /// Chooses that action of the page.
    async fn choose(&mut self, action: ActionId) {
        let page = self.walk.driver.wizard.page(STEP);
        let place = page.actions.iter().position(|offer| offer.id == action).unwrap();
        self.walk.press(&format!("{}enter", "right ".repeat(place))).await;
    }

    /// The password that the person holds is the one that the account has.
    fn holds_the_password(&self) -> bool {
        let record = self.line.record.lock().unwrap();
        let last = record.taken.iter().rev().find_map(|(_, password)| password.clone());
        last.is_some() && last == self.password
    }

    fn assert_whole(&self, told: &str) {
        assert!(self.is_done(), "{told}: {}", self.walk.draw());
        let facts = &self.walk.driver.wizard.facts;
        let people = facts.people.known().unwrap();
        assert_eq!((people.users.len(), people.groups.len()), (1, 1), "{told}: nothing is there twice");
        assert!(people.users[0].attached_policies.is_empty(), "{told}: rights come through the group only");
        assert_eq!(facts.virtual_devices.known().unwrap().len(), 1, "{told}: no device is left over");
    }
}

const NOTHING: &str = "title = \"t\"\naccount = \"123456789012\"\nsigned_in_as = \"root-login\"\n";

/// `CALLS`, and what a lost seed or a lost password takes besides.
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
async fn broken_off_after_any_call_and_started_again_it_ends_the_same() {
    for count in 0..=CALLS.len() {
        let mut person = Person::over(NOTHING).await;
        person.walk.go_to(STEP).await;
        person.break_after(Some(count));
        person.go_on(9).await;
        assert_eq!(person.taken(), CALLS[..count], "broken off there");
        person.restart().await;
        person.walk.go_to(STEP).await;
        person.go_on(14).await;
        let told = format!("after {count} calls");
        person.assert_whole(&told);
        // The seed of a device went with the program, and so did a password that was not shown.
        let seed: &[&str] = if count == 6 { &["CreateVirtualMFADevice", "DeleteVirtualMFADevice"] } else { &[] };
        assert_eq!(sorted(person.taken()), expected(seed), "{told}");
        assert_eq!(person.holds_the_password(), count < 5, "{told}");
        if count < 5 {
            continue;
        }
        // Nobody holds it: another one is set from the page.
        person.walk.press("esc").await;
        person.choose(ActionId::ResetPassword).await;
        assert!(matches!(person.walk.stage(STEP), Stage::Filling(_)), "{}", person.walk.draw());
        person.walk.press("ctrl-s").await;
        let Stage::Confirming(review) = person.walk.stage(STEP) else { panic!("{}", person.walk.draw()) };
        assert_eq!(review.focus, ReviewFocus::Back, "a password that works is taken away");
        person.walk.press("right enter").await;
        assert!(matches!(person.walk.stage(STEP), Stage::Showing(_)), "{}", person.walk.draw());
        person.go_on(2).await;
        assert!(person.holds_the_password(), "{told}");
        person.assert_whole(&told);
    }
}

#[tokio::test(start_paused = true)]
async fn a_line_that_breaks_after_any_call_and_comes_back_loses_nothing() {
    for count in 0..CALLS.len() {
        let mut person = Person::over(NOTHING).await;
        person.walk.go_to(STEP).await;
        person.break_after(Some(count));
        person.go_on(2).await;
        if count > 5 {
            person.go_on(3).await;
        }
        person.break_after(None);
        person.walk.press("r").await;
        person.go_on(16).await;
        let told = format!("after {count} calls");
        person.assert_whole(&told);
        assert!(person.holds_the_password(), "{told}: it was shown");
        assert_eq!(sorted(person.taken()), expected(&[]), "{told}");
    }
}

#[tokio::test(start_paused = true)]
async fn where_everything_exists_nothing_is_called() {
    let scene = format!(
        "{NOTHING}[[groups]]\nname = \"Administrators\"\npolicies = [\"AdministratorAccess\"]\n\
         [[users]]\nname = \"administrator\"\ngroups = [\"Administrators\"]\npassword = true\nmfa = [\"virtual\"]\n"
    );
    let mut person = Person::over(&scene).await;
    person.walk.go_to(STEP).await;
    person.choose(ActionId::FillIn).await;
    person.walk.press("ctrl-u").await;
    person.walk.type_text("administrator").await;
    person.walk.press("ctrl-s").await;
    assert!(person.walk.remark().contains("there already"), "{}", person.walk.draw());
    assert_eq!(person.taken(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn what_is_adopted_is_shown_as_such() {
    let scene = format!(
        "{NOTHING}[[groups]]\nname = \"Administrators\"\n[[users]]\nname = \"administrator\"\npassword = true\n"
    );
    let mut person = Person::over(&scene).await;
    person.walk.go_to(STEP).await;
    person.walk.press("enter ctrl-s").await;
    let Stage::Confirming(review) = person.walk.stage(STEP) else { panic!("{}", person.walk.draw()) };
    let note = review.plan.notes.join("\n");
    for words in ["the group Administrators", "the user administrator", "administrator's console password"] {
        assert!(note.contains(words), "{note}");
    }
    assert_eq!(review.focus, ReviewFocus::Ahead, "adopting is nothing to be careful of");
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
    let mut person = Person::over(&scene).await;
    person.walk.go_to(STEP).await;
    person.choose(ActionId::ResetPassword).await;
    person.walk.press("right down").await;
    person.walk.type_text("for ada alone").await;
    person.walk.press("esc down").await;
    person.choose(ActionId::ResetPassword).await;
    let Stage::Filling(draft) = person.walk.stage(STEP) else { panic!("{}", person.walk.draw()) };
    assert_eq!(draft.subject.as_deref(), Some("bea"));
    let typed = draft.form.as_ref().unwrap().secret(lockroot::steps::FieldId::Password).unwrap();
    assert!(typed.is_empty());
}
