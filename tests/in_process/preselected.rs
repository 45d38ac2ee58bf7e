//! A user who always accepts the preselected choice reaches the end of every scenario.

use crate::support::{Walk, administered};
use lockroot::account::{ContactType, Facts};
use lockroot::commands::lesson::of_table;
use lockroot::practice::Scenario;
use lockroot::steps::ending::Open;
use lockroot::steps::{Consent, Field, FieldId, Form, Scope, StepId, StepStatus, Value, status_in};
use lockroot::wizard::pages::Summary;
use lockroot::wizard::pages::hand_over::Visibility;
use lockroot::wizard::pages::review::ReviewFocus;
use lockroot::wizard::{Page, Place};

/// Most key presses that a new account may take, typed text and codes included.
const MAX_KEY_PRESSES: usize = 130;

/// More pages than any account needs.
const MAX_PAGES: usize = 400;

/// This many identical pages in a row count as a loop.
const MAX_SAME: usize = 3;

/// A person who accepts what is preselected, and the keys they pressed.
pub struct Newcomer {
    pub walk: Walk,
    /// Each page's name, and the keys pressed there.
    pages: Vec<(String, Vec<String>)>,
    /// Screens left by Enter, to detect circles.
    seen: Vec<String>,
    /// Whether the person reads the key bar, which names the key that sends a form.
    reads_the_bar: bool,
    /// Goes to the ending as soon as the steps that lock root away are done.
    ends_early: bool,
}

impl Newcomer {
    pub async fn on(scenario: &str) -> Self {
        let mut walk = Walk::on(scenario).await;
        let lesson = Scenario::named(scenario).unwrap().lesson();
        walk.driver.wizard.teach(of_table(&lesson, scenario).unwrap());
        Self { walk, pages: Vec::new(), seen: Vec::new(), reads_the_bar: false, ends_early: false }
    }

    fn here(&self) -> &Page {
        self.walk.driver.wizard.here()
    }

    fn label(&self) -> String {
        let place = match self.walk.driver.wizard.place() {
            Place::SignIn => "welcome".to_owned(),
            Place::Step(step) => step.definition().title().to_owned(),
            Place::Summary => "ending".to_owned(),
        };
        format!("{place}: {:?}", self.here().kind())
    }

    /// Presses keys, separated by blanks.
    async fn press(&mut self, keys: &str) {
        self.note(keys.split_whitespace().map(str::to_owned));
        self.walk.press(keys).await;
    }

    async fn type_text(&mut self, text: &str) {
        self.note(text.chars().map(String::from));
        self.walk.type_text(text).await;
    }

    fn note(&mut self, keys: impl Iterator<Item = String>) {
        let label = self.label();
        if self.pages.last().is_none_or(|(last, _)| *last != label) {
            self.pages.push((label, Vec::new()));
        }
        self.pages.last_mut().unwrap().1.extend(keys);
    }

    fn key_presses(&self) -> usize {
        self.pages.iter().map(|(_, keys)| keys.len()).sum()
    }

    /// One line for each page, with the keys pressed there.
    fn listed(&self) -> String {
        let line = |(page, keys): &(String, Vec<String>)| {
            let shown = |key: &String| match key.as_str() {
                // A device's seed is random, and so are its codes.
                digit if page.ends_with("Enrol") && digit.len() == 1 && digit != "p" => "#".to_owned(),
                character if character.len() == 1 => character.to_owned(),
                named => format!("[{named}]"),
            };
            let text: String = keys.iter().map(shown).collect();
            format!("{:3}  {page:<42} {text}\n", keys.len())
        };
        let lines: String = self.pages.iter().map(line).collect();
        format!("{lines}{:3}  in all\n", self.key_presses())
    }

    /// Follows what is preselected to the ending.
    pub async fn follow(&mut self) -> Result<(), String> {
        for _ in 0..MAX_PAGES {
            if matches!(self.here(), Page::Summary(_)) {
                return Ok(());
            }
            if self.ends_early
                && matches!(self.walk.driver.wizard.place(), Place::Step(step) if step.scope() != Scope::Root)
            {
                self.press("0").await;
                continue;
            }
            let screen = self.walk.draw();
            self.seen.push(screen.clone());
            let same = self.seen.iter().filter(|seen| **seen == screen).count();
            if same > MAX_SAME {
                return Err(format!("it goes round in circles:\n{}\n{screen}", self.listed()));
            }
            self.do_what_is_asked().await;
        }
        Err(format!("there is no ending:\n{}\n{}", self.listed(), self.walk.draw()))
    }

    pub async fn do_what_is_asked(&mut self) {
        match self.here() {
            Page::FillIn(draft) => {
                let (lacks, rest) = lacking(&draft.form, draft.chosen.step, self.walk.driver.wizard.facts());
                match lacks {
                    Some((id, Value::Text { .. })) => self.type_text(value_for(id)).await,
                    Some((_, Value::Choice { .. })) => self.press("right").await,
                    Some((id, value)) => panic!("{id:?} begins with {value:?}, which is wrong:\n{}", self.walk.draw()),
                    None => {}
                }
                // The key bar names the key that sends the form.
                let is_short = self.reads_the_bar && !rest && self.walk.draw().contains("Ctrl-S");
                self.press(if is_short { "ctrl-s" } else { "enter" }).await;
            }
            Page::Review(review) => {
                let (consent, focus) = (review.plan.consent.clone(), review.focus);
                match consent {
                    Consent::Typed { expected, .. } => self.type_text(&expected).await,
                    // An action that takes something away is never preselected. Choosing it is the consent.
                    Consent::Careful => self.press("right").await,
                    Consent::Plain => assert_eq!(focus, ReviewFocus::Ahead, "{}", self.walk.draw()),
                }
                self.read_it_all().await;
                self.press("enter").await;
            }
            Page::HandOver(secrets) if secrets.visibility == Visibility::Unseen => self.press("v").await,
            Page::Enrol(enrol) if !enrol.phone => self.press("p").await,
            Page::Enrol(_) => {
                let codes = [self.walk.shown_code("now"), self.walk.shown_code("next")].concat();
                self.type_text(&codes).await;
                self.press("enter").await;
            }
            Page::Examine(page) if !page.is_whole(&self.walk.driver.wizard.world) => self.walk.wait(8).await,
            Page::Proof(_) | Page::Calls(_) | Page::Prepare(_) => self.walk.wait(8).await,
            _ => self.press("enter").await,
        }
    }

    /// Scrolls to the end of a review that is longer than the screen.
    async fn read_it_all(&mut self) {
        while matches!(self.here(), Page::Review(review) if review.hides_a_loss()) {
            self.press("pagedown").await;
        }
    }
}

/// The problem of the focused field, and whether a later field has one. Blank contacts count as a problem.
fn lacking(form: &Form, step: StepId, facts: &Facts) -> (Option<(FieldId, Value)>, bool) {
    let problems = step.definition().problems(form, facts);
    let lacks = |field: &&Field| {
        let is_wrong = problems.iter().any(|problem| problem.field == field.id);
        match (field.id, &field.value) {
            (FieldId::SameAs(of), Value::Choice { chosen, .. }) => *chosen == 0 && is_blank(form, of),
            (FieldId::Name(of), Value::Text { text, .. }) => text.is_empty() && (is_wrong || is_blank(form, of)),
            (_, Value::Text { text, .. }) => text.is_empty() && is_wrong,
            _ => is_wrong,
        }
    };
    let here = form.focused().filter(&lacks).map(|field| (field.id, field.value.clone()));
    (here, form.visible().skip(form.focus + 1).filter(lacks).count() > 0)
}

fn is_blank(form: &Form, of: ContactType) -> bool {
    [FieldId::Name(of), FieldId::Email(of)].into_iter().all(|field| form.text(field).is_empty())
}

/// The text for a required field.
fn value_for(id: FieldId) -> &'static str {
    match id {
        FieldId::Name(_) => "Ada King",
        FieldId::Title(ContactType::Billing) => "CFO",
        FieldId::Title(_) => "CTO",
        FieldId::Email(_) => "ada@example.com",
        FieldId::Phone(_) => "+4420123456",
        FieldId::UserName => "ada",
        FieldId::Addresses => "security@example.com",
        FieldId::Answer(_) => "Ada",
        other => panic!("nobody said what {other:?} is"),
    }
}

/// Opens each open item with Enter, checks its page, and goes back.
async fn open_each_item(person: &mut Newcomer) {
    let count = person.walk.driver.wizard.world.open_items().len().min(Summary::LISTED);
    for place in 0..count {
        person.walk.press("0").await;
        assert_eq!(person.walk.driver.wizard.place(), Place::Summary);
        // The same row is still selected.
        person.walk.press(&"up ".repeat(Summary::LISTED)).await;
        person.walk.press(&"down ".repeat(place)).await;
        let leads_to = match person.walk.driver.wizard.world.open_items()[place] {
            Open::Step(step, ..) | Open::Beyond(step, ..) => Some(Place::Step(step)),
            Open::Control(..) | Open::SecondWay | Open::Own(..) => None,
        };
        person.walk.press("enter").await;
        let wizard = &person.walk.driver.wizard;
        match leads_to {
            Some(step) => assert_eq!(wizard.place(), step, "{}", person.walk.draw()),
            // A page for a fix by hand that lockroot watches, or the page that proves the second way in.
            None => assert!(matches!(wizard.front(), Page::ByHand(_) | Page::SecondWay(_)), "{}", person.walk.draw()),
        }
        person.walk.press("esc").await;
    }
}

/// Every unfinished step is in the list of the ending, and a waiting step says so.
fn assert_no_step_is_left_out(person: &Newcomer, scenario: &str) {
    let wizard = &person.walk.driver.wizard;
    let facts = wizard.facts();
    for step in StepId::CHECKLIST {
        let status = status_in(facts.assessments(), step, facts);
        let is_done = matches!(status, StepStatus::Done | StepStatus::NotApplicable);
        let items = wizard.world.open_items();
        let is_listed = items.iter().any(|item| matches!(item, Open::Step(of, ..) if *of == step));
        let waits = step == StepId::RootKeys && !facts.waits.is_empty();
        assert!(is_done || (is_listed && waits), "{scenario}: {step:?} is {status:?}:\n{}", person.listed());
    }
}

#[tokio::test(start_paused = true)]
async fn following_the_preselected_actions_finishes_every_scenario() {
    for name in administered() {
        let mut person = Newcomer::on(name).await;
        person.follow().await.unwrap_or_else(|why| panic!("{name}: {why}"));
        assert_no_step_is_left_out(&person, name);
        open_each_item(&mut person).await;
        let goals = person.walk.driver.wizard.world.goals();
        let unmet: Vec<&str> = goals.iter().filter(|(_, met)| !met).map(|(goal, _)| *goal).collect();
        assert_eq!(unmet, goals_that_enter_alone_does_not_reach(name), "{name}");
    }
}

/// Goals that Enter alone does not reach: the proof of a second way in, and a key that has to wait.
fn goals_that_enter_alone_does_not_reach(scenario: &str) -> &'static [&'static str] {
    match scenario {
        "fresh" => &["Create an administrator with MFA, and prove that it can sign in"],
        "leaky-startup" => &["Retire root's access keys without breaking the deployments: deactivate, watch, delete"],
        _ => &[],
    }
}

/// Plays like a new user who reads the key bar.
#[tokio::test(start_paused = true)]
async fn a_new_account_takes_few_key_presses() {
    let mut person = Newcomer { reads_the_bar: true, ends_early: true, ..Newcomer::on("fresh").await };
    person.follow().await.unwrap_or_else(|why| panic!("{why}"));
    // The ending first asks for the proof that someone other than root can sign in.
    person.press("enter enter esc").await;
    assert!(person.walk.draw().contains("Root is locked away"), "{}", person.walk.draw());
    assert!(person.key_presses() <= MAX_KEY_PRESSES, "{}", person.listed());
    // Next the ending offers the rest of the account.
    person.ends_early = false;
    person.press("9").await;
    person.follow().await.unwrap_or_else(|why| panic!("{why}"));
    assert_no_step_is_left_out(&person, "fresh");
    assert!(person.walk.driver.wizard.world.goals().iter().all(|(_, met)| *met), "the lesson is learned");
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("key_presses_of_a_new_account", person.listed());
    });
}
