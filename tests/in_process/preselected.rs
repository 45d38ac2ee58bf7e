//! Somebody who knows nothing and follows what the program puts in front: Enter on what is preselected, what forms must have,
//! codes from the practice phone, what a review asks to be typed. From the welcome to the ending, over every scenario.

use crate::support::Walk;
use lockroot::account::{ContactType, Facts};
use lockroot::practice::Scenario;
use lockroot::steps::{Consent, Field, FieldId, Form, StepId, Value, standing_in};
use lockroot::wizard::pages::hand_over::Sight;
use lockroot::wizard::pages::review::ReviewFocus;
use lockroot::wizard::{Page, Place};

/// More pages than any account has on the way.
const MAX_PAGES: usize = 400;

/// How often the same page may come up unchanged before the person is going round in circles.
const MAX_SAME: usize = 3;

/// The person, and each key that was pressed.
struct Newcomer {
    walk: Walk,
    /// Page by page: what it is, and the keys that were pressed there.
    pages: Vec<(String, Vec<String>)>,
    /// Screens that were left by Enter, to notice circles.
    seen: Vec<String>,
    /// The bar at the bottom is read too: it says how a form is sent off.
    reads_the_bar: bool,
}

impl Newcomer {
    async fn on(scenario: &str) -> Self {
        Self { walk: Walk::on(scenario).await, pages: Vec::new(), seen: Vec::new(), reads_the_bar: false }
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
            let text: String =
                keys.iter().map(|key| if key.len() == 1 { key.clone() } else { format!("[{key}]") }).collect();
            format!("{:3}  {page:<42} {text}\n", keys.len())
        };
        let lines: String = self.pages.iter().map(line).collect();
        format!("{lines}{:3}  in all\n", self.strokes())
    }

    /// Follows what is preselected to the ending.
    async fn follow(&mut self) -> Result<(), String> {
        for _ in 0..MAX_PAGES {
            if matches!(self.here(), Page::Summary(_)) {
                return Ok(());
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

    async fn do_what_is_asked(&mut self) {
        match self.here() {
            Page::FillIn(draft) => {
                let (lacks, rest) = lacking(&draft.form, draft.wish.step, self.walk.driver.wizard.facts());
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
            Page::HandOver(secrets) if secrets.sight == Sight::Unseen => self.press("v").await,
            Page::Enrol(enrol) if !enrol.phone => self.press("p").await,
            Page::Enrol(_) => {
                let codes = [self.walk.code(0), self.walk.code(1)].concat();
                self.type_text(&codes).await;
                self.press("enter").await;
            }
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
        FieldId::Answer(_) => "Ada",
        other => panic!("nobody said what {other:?} is"),
    }
}

#[tokio::test(start_paused = true)]
async fn following_what_is_preselected_ends_well_in_every_scenario() {
    for (name, reads_the_bar) in Scenario::NAMES.iter().map(|name| (*name, false)).chain([("fresh", true)]) {
        let mut person = Newcomer { reads_the_bar, ..Newcomer::on(name).await };
        let ended = person.follow().await;
        eprintln!("== {name} {}\n{}\n{}", ended.is_ok(), person.listed(), person.walk.draw());
        let facts = person.walk.driver.wizard.facts();
        for step in StepId::ALL {
            let standing = standing_in(facts.judged(), step, facts);
            eprintln!("{}: {standing:?}", step.definition().title());
        }
    }
}
