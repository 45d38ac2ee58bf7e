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

/// How many keys a new account may take at most, what is typed into forms and the codes included.
const MAX_STROKES: usize = 130;

/// More pages than any account has on the way.
const MAX_PAGES: usize = 400;

/// How often the same page may come up unchanged before the person is going round in circles.
const MAX_SAME: usize = 3;

/// The person, and each key that was pressed.
pub struct Newcomer {
    pub walk: Walk,
    /// Page by page: what it is, and the keys that were pressed there.
    pages: Vec<(String, Vec<String>)>,
    /// Screens that were left by Enter, to notice circles.
    seen: Vec<String>,
    /// The bar at the bottom is read too: it says how a form is sent off.
    reads_the_bar: bool,
    /// Goes to the ending as soon as all that locks root away was gone through.
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

    /// Presses a key, or several that are written with blanks between them.
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

    fn strokes(&self) -> usize {
        self.pages.iter().map(|(_, keys)| keys.len()).sum()
    }

    /// Each page with what was pressed on it, one a line.
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
        format!("{lines}{:3}  in all\n", self.strokes())
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
                // The bar at the bottom says what sends the form off.
                let is_short = self.reads_the_bar && !rest && self.walk.draw().contains("Ctrl-S");
                self.press(if is_short { "ctrl-s" } else { "enter" }).await;
            }
            Page::Review(review) => {
                let (consent, focus) = (review.plan.consent.clone(), review.focus);
                match consent {
                    Consent::Typed { expected, .. } => self.type_text(&expected).await,
                    // What takes something away is never preselected: to choose it is the consent.
                    Consent::Careful => self.press("right").await,
                    Consent::Plain => assert_eq!(focus, ReviewFocus::Ahead, "{}", self.walk.draw()),
                }
                self.read_it_all().await;
                self.press("enter").await;
            }
            Page::HandOver(secrets) if secrets.visibility == Visibility::Unseen => self.press("v").await,
            Page::Enrol(enrol) if !enrol.phone => self.press("p").await,
            Page::Enrol(_) => {
                let codes = [self.walk.code(0), self.walk.code(1)].concat();
                self.type_text(&codes).await;
                self.press("enter").await;
            }
            Page::Examine(page) if !page.is_whole(&self.walk.driver.wizard.world) => self.walk.wait(8).await,
            Page::Proof(_) | Page::Calls(_) | Page::Prepare(_) => self.walk.wait(8).await,
            _ => self.press("enter").await,
        }
    }

    /// A review that is longer than the screen is scrolled to its end.
    async fn read_it_all(&mut self) {
        while matches!(self.here(), Page::Review(review) if review.hides_a_loss()) {
            self.press("pagedown").await;
        }
    }
}

/// What the field in focus lacks, and whether a later one lacks something. Contacts that are not set are to be set.
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

/// What the person types into a field that must be filled in.
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

/// Goes to each open thing by Enter, and back: where it leads.
async fn open_things(person: &mut Newcomer) {
    let count = person.walk.driver.wizard.world.open_items().len().min(Summary::LISTED);
    for place in 0..count {
        person.walk.press("0").await;
        assert_eq!(person.walk.driver.wizard.place(), Place::Summary);
        // What was picked before is still picked.
        person.walk.press(&"up ".repeat(Summary::LISTED)).await;
        person.walk.press(&"down ".repeat(place)).await;
        let leads_to = match person.walk.driver.wizard.world.open_items()[place] {
            Open::Step(step, ..) | Open::Beyond(step, ..) => Some(Place::Step(step)),
            Open::Control(..) | Open::SecondWay => None,
        };
        person.walk.press("enter").await;
        let wizard = &person.walk.driver.wizard;
        match leads_to {
            Some(step) => assert_eq!(wizard.place(), step, "{}", person.walk.draw()),
            // What is done by hand while lockroot watches, or the page that proves the second way.
            None => assert!(matches!(wizard.front(), Page::ByHand(_) | Page::SecondWay(_)), "{}", person.walk.draw()),
        }
        person.walk.press("esc").await;
    }
}

/// Every step that is not done is in the ending's list; a step that waits says so.
fn passes_over_nothing(person: &Newcomer, scenario: &str) {
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
async fn following_what_is_preselected_ends_well_in_every_scenario() {
    for name in administered() {
        let mut person = Newcomer::on(name).await;
        person.follow().await.unwrap_or_else(|why| panic!("{name}: {why}"));
        passes_over_nothing(&person, name);
        open_things(&mut person).await;
        let goals = person.walk.driver.wizard.world.goals();
        let unmet: Vec<&str> = goals.iter().filter(|(_, met)| !met).map(|(goal, _)| *goal).collect();
        assert_eq!(unmet, unmet_by_enter_alone(name), "{name}");
    }
}

/// The goals that take more than Enter: a proof that the ending asks for, and a key that has to wait.
fn unmet_by_enter_alone(scenario: &str) -> &'static [&'static str] {
    match scenario {
        "fresh" => &["Create an administrator with MFA, and prove that it can sign in"],
        "leaky-startup" => &["Retire root's access keys without breaking the deployments: deactivate, watch, delete"],
        _ => &[],
    }
}

/// As somebody plays who has never seen the program, and reads the bar at the bottom.
#[tokio::test(start_paused = true)]
async fn a_new_account_takes_few_strokes() {
    let mut person = Newcomer { reads_the_bar: true, ends_early: true, ..Newcomer::on("fresh").await };
    person.follow().await.unwrap_or_else(|why| panic!("{why}"));
    // What the ending has first: that somebody other than root can sign in.
    person.press("enter enter esc").await;
    assert!(person.walk.draw().contains("Root is locked away"), "{}", person.walk.draw());
    assert!(person.strokes() <= MAX_STROKES, "{}", person.listed());
    // The rest of the account is what the ending puts in front next.
    person.ends_early = false;
    person.press("9").await;
    person.follow().await.unwrap_or_else(|why| panic!("{why}"));
    passes_over_nothing(&person, "fresh");
    assert!(person.walk.driver.wizard.world.goals().iter().all(|(_, met)| *met), "the lesson is learned");
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("strokes_of_a_new_account", person.listed());
    });
}
