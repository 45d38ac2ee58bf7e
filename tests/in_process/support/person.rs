//! A simulated person who sets up administrators over an unreliable connection.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use lockroot::account::{Failure, Pending};
use lockroot::clock::Clock;
use lockroot::drive::{Connection, Connector};
use lockroot::practice::{Practice, Scenario};
use lockroot::steps::{ActionId, FieldId, StepId};
use lockroot::wire::{Endpoint, EndpointReply, Replying};
use lockroot::wizard::pages::enrol::CodeField;
use lockroot::wizard::pages::review::ReviewFocus;
use lockroot::wizard::{Mode, Page};

use super::{START, Walk, text};

const STEP: StepId = StepId::Administrator;

/// A change that the account accepted.
#[derive(Debug)]
struct Taken {
    action: String,
    user: Option<String>,
    password: Option<String>,
}

#[derive(Debug, Default)]
struct Record {
    taken: Vec<Taken>,
    /// The line breaks after so many changes.
    breaks_after: Option<usize>,
    /// The answer to the change of this number is lost, counted from 1.
    loses_answer_to: Option<usize>,
}

/// A line to the practice account that can break.
#[derive(Clone)]
pub struct Line {
    practice: Practice,
    record: Arc<Mutex<Record>>,
}

impl Endpoint for Line {
    fn answer(&self, request: http::Request<Vec<u8>>) -> Replying<'_> {
        let fields: Vec<(String, String)> = form_urlencoded::parse(request.body()).into_owned().collect();
        let field = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone());
        let action = field("Action").unwrap_or_default();
        let reads = action.is_empty() || ["Get", "List", "Generate"].iter().any(|verb| action.starts_with(verb));
        let (user, password) = (field("UserName"), field("Password"));
        Box::pin(async move {
            let broken = {
                let record = self.record.lock().unwrap();
                record.breaks_after.is_some_and(|count| record.taken.len() >= count)
            };
            if broken {
                return EndpointReply::Reset;
            }
            let reply = self.practice.answer(request).await;
            if let (EndpointReply::Answer(answer), false) = (&reply, reads)
                && answer.status().is_success()
            {
                let mut record = self.record.lock().unwrap();
                record.taken.push(Taken { action, user, password });
                if record.loses_answer_to == Some(record.taken.len()) {
                    return EndpointReply::Reset;
                }
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
    fn connect(&self, _mode: Mode) -> Pending<'_, Result<Connection, Failure>> {
        let keys = self.line.practice.session();
        let account = lockroot::aws::connect_in_process(Arc::new(self.line.clone()), keys, self.clock.clone());
        let connection = Connection {
            account: Arc::new(account),
            console: None,
            journals: Arc::<lockroot::journal::InMemory>::default(),
        };
        Box::pin(std::future::ready(Ok(connection)))
    }

    crate::support::one_account!();

    crate::support::no_file!();

    crate::support::bare_machine!();
}

pub struct Person {
    line: Line,
    clock: Clock,
    pub walk: Walk,
    /// Users that the person wants as administrators.
    wants: Vec<String>,
    /// The passwords shown since the program started.
    passwords: BTreeMap<String, String>,
}

impl Person {
    pub async fn over(scene: &str, wants: &[&str]) -> Self {
        let clock = Clock::set_to(START);
        let practice = Practice::new(Scenario::parse("the test", scene).unwrap(), clock.clone());
        let line = Line { practice, record: Arc::default() };
        let walk = Self::start(&line, &clock).await;
        let wants = wants.iter().map(|name| (*name).to_owned()).collect();
        Self { line, clock, walk, wants, passwords: BTreeMap::new() }
    }

    async fn start(line: &Line, clock: &Clock) -> Walk {
        let scene = Arc::new(Scene { line: line.clone(), clock: clock.clone() });
        let mut walk = Walk::by(line.practice.clone(), clock.clone(), scene).await;
        walk.is_blind = true;
        walk
    }

    /// Breaks the line after `count` changes. `None`: the line works.
    pub fn break_after(&self, count: Option<usize>) {
        self.line.record.lock().unwrap().breaks_after = count;
    }

    /// Loses the answer to the change of that number, from 1. The change itself is made.
    pub fn lose_answer_to(&self, number: usize) {
        self.line.record.lock().unwrap().loses_answer_to = Some(number);
    }

    /// The changes that the account accepted, in order.
    pub fn taken(&self) -> Vec<String> {
        self.line.record.lock().unwrap().taken.iter().map(|taken| taken.action.clone()).collect()
    }

    /// Ends the program and starts it again over a working line.
    pub async fn restart(&mut self) {
        self.break_after(None);
        self.walk = Self::start(&self.line, &self.clock).await;
        self.passwords.clear();
    }

    /// Whether each wanted user is an administrator with a password and one MFA device.
    pub fn is_done(&self) -> bool {
        let facts = self.walk.driver.wizard.facts();
        let Some(people) = facts.people.known() else { return false };
        self.wants.iter().all(|name| {
            people.administrators().filter(|user| user.name == *name).any(|user| {
                let Some(sign_in) = facts.sign_in(&user.name) else { return false };
                matches!(sign_in.password.known(), Some(Some(_)))
                    && sign_in.devices.known().is_some_and(|d| d.len() == 1)
            })
        })
    }

    /// Follows the first offer of each page until all is done, for at most `rounds`.
    pub async fn go_on(&mut self, rounds: usize) {
        for _ in 0..rounds {
            if !self.one_round().await {
                return;
            }
        }
    }

    /// Goes on until AWS refuses a call or the line breaks.
    pub async fn go_on_until_refused(&mut self) {
        for _ in 0..40 {
            if matches!(self.walk.stage(STEP), Page::Refused(_)) {
                return;
            }
            assert!(self.one_round().await, "nothing was refused: {}", self.walk.draw());
        }
        panic!("nothing was refused: {}", self.walk.draw());
    }

    async fn one_round(&mut self) -> bool {
        let done = self.is_done();
        let walk = &mut self.walk;
        match walk.stage(STEP) {
            Page::Refused(_) => walk.press("enter").await,
            Page::HandOver(_) => {
                walk.press("v").await;
                let Page::HandOver(shown) = walk.stage(STEP) else { panic!("{}", walk.draw()) };
                if let Some(password) = &shown.password {
                    self.passwords.insert(shown.user.name().to_owned(), text(password));
                }
                walk.press("enter").await;
            }
            Page::Enrol(_) => {
                walk.press("ctrl-u backtab ctrl-u").await;
                if walk.enrolment().focus == CodeField::Second {
                    walk.press("backtab").await;
                }
                walk.type_codes().await;
            }
            Page::FillIn(draft) => {
                let form = &draft.form;
                let names = self.wants.join(" ");
                if form.field(FieldId::UserName).is_some() && form.text(FieldId::UserName) != names {
                    assert_eq!(form.focused().map(|field| field.id), Some(FieldId::UserName));
                    walk.press("ctrl-u").await;
                    walk.type_text(&names).await;
                }
                walk.press("ctrl-s").await;
            }
            Page::Review(review) if review.focus == ReviewFocus::Back => walk.press("right enter").await,
            Page::Review(_) => walk.press("enter").await,
            Page::Proof(_) => walk.wait(8).await,
            Page::Record(_) | Page::Home(_) if done => return false,
            Page::Record(_) => walk.press("esc").await,
            Page::Home(_) => walk.press("enter").await,
            other => panic!("{other:?}"),
        }
        true
    }

    /// Chooses `action` on the page.
    pub async fn choose(&mut self, action: ActionId) {
        let page = self.walk.driver.wizard.step_view(STEP);
        let place = page.actions.iter().position(|offer| offer.id == action).unwrap();
        self.walk.press(&format!("{}enter", "right ".repeat(place))).await;
    }

    /// Whether the page showed the password that `user` has in the account.
    pub fn holds_password_of(&self, user: &str) -> bool {
        let record = self.line.record.lock().unwrap();
        let of_user = record.taken.iter().rev().filter(|taken| taken.user.as_deref() == Some(user));
        let last = of_user.into_iter().find_map(|taken| taken.password.as_ref());
        last.is_some() && last == self.passwords.get(user)
    }

    pub fn assert_whole(&self, told: &str) {
        assert!(self.is_done(), "{told}: {}", self.walk.draw());
        let facts = self.walk.driver.wizard.facts();
        let people = facts.people.known().unwrap();
        let count = self.wants.len();
        assert_eq!((people.users.len(), people.groups.len()), (count, 1), "{told}: nothing is there twice");
        for user in &people.users {
            assert!(user.attached_policies.is_empty(), "{told}: rights come through the group only");
        }
        assert_eq!(facts.virtual_devices.known().unwrap().len(), count, "{told}: no device is left over");
    }
}
