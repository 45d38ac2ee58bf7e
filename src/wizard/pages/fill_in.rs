//! A form: keys and characters go to the focused field.

mod content;

use super::super::keys::common::{bind, enter, esc, one, quiet};
use super::super::keys::{Binding, Intent, Key};
use super::prepare::Prepare;
use super::record::Record;
use super::{Content, Input, Leaving, Next, Page, PageBehaviour, World};
use crate::account::{Answer, Facts, Inbox};
use crate::journal::Note;
use crate::steps::{ActionId, FieldId, Form, LeadsTo, StepId, StepStatus, Value, status_in};
use crate::wizard::chosen_action::{ChosenAction, PlanSource};
use crate::wizard::content::beside;
use crate::wizard::event::{Reply, Request};

/// Shortest generated password, in characters.
const GENERATED_LENGTH: u32 = 24;

/// The page with a form.
#[derive(Debug, PartialEq)]
pub struct FillIn {
    /// The action that the form is for. Its `form` is empty while the page has it.
    pub chosen: ChosenAction,
    pub form: Form,
}

/// Length of a generated password: [`GENERATED_LENGTH`], or more if the password policy demands it.
fn generated_length(world: &World) -> u32 {
    let policy = world.facts().password_policy.known().and_then(Option::as_ref);
    policy.map_or(0, |policy| policy.minimum_length).max(GENERATED_LENGTH)
}

impl FillIn {
    /// Opens a form, or the draft that the person left. The form starts from the current state, so that is read first.
    pub(super) fn open(mut chosen: ChosenAction, form: Form, world: &mut World) -> Page {
        let mut unread = chosen.step.questions(world.facts());
        unread.extend(chosen.plan_questions(world));
        unread.retain(|question| world.facts().is_unread(question));
        if unread.is_empty() {
            let form = chosen.form.take().unwrap_or(form);
            Self::with(chosen, form, world).into()
        } else {
            Prepare::for_form(chosen, unread, world).into()
        }
    }

    /// Shows the form, and generates the passwords that it lacks.
    pub(super) fn with(chosen: ChosenAction, form: Form, world: &mut World) -> Self {
        for _ in 0..form.lacks_passwords() {
            world.ask_for_page(Request::GeneratePassword(generated_length(world)));
        }
        // In practice nobody holds a phone, so the page reads the code from the practice phone.
        if form.field(FieldId::PhoneCode).is_some() && world.is_practice() {
            world.ask_for_page(Request::ReadInbox(Inbox::Phone));
        }
        Self { chosen, form }
    }

    /// Generates a new password, because AWS may have set the first one.
    pub(super) fn make_anew(world: &mut World) {
        world.ask_for_page(Request::GeneratePassword(generated_length(world)));
    }

    fn into_chosen(self) -> ChosenAction {
        ChosenAction { form: Some(self.form), ..self.chosen }
    }

    /// Submits the form, unless it has problems.
    pub(super) fn submit(mut self, world: &mut World) -> Next {
        let definition = self.chosen.step.definition();
        let problems = definition.problems(&self.form, world.facts());
        if let Some(first) = problems.first() {
            self.form.tried = true;
            self.form.focus_on(first.field);
            world.say(match problems.len() {
                1 => "Fix 1 problem first.".into(),
                count => format!("Fix {count} problems first."),
            });
            return self.stay();
        }
        if self.chosen.action == ActionId::Answer {
            // Answers need no request: a person's answer is known at once.
            let now = world.now();
            let answers = definition.answers(&self.form).into_iter();
            world.note(Note::Answered(answers.map(|(topic, said)| (topic, Answer::new(said, now))).collect()));
            // If something is left of the step, its page shows it. A step that is done ends with a record.
            let step = self.chosen.step;
            return match status_in(world.facts().assessments(), step, world.facts()) {
                StepStatus::Done => Next::Go(Record::kept(step).into()),
                _ => Next::Back,
            };
        }
        Next::Go(Prepare::for_review(PlanSource::Action(self.into_chosen()), world).into())
    }

    fn edit(&mut self, change: impl FnOnce(&mut Value), world: &World) {
        edit(self.chosen.step, &mut self.form, change, world.facts());
    }
}

impl PageBehaviour for FillIn {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content::of(world, self)
    }

    fn keys(&self, _: &World) -> Vec<Binding> {
        of_form(&self.form)
    }

    fn on(mut self, input: Input, world: &mut World) -> Next {
        match input {
            Input::Do(Intent::Back) => return Next::BackWith(self.into_chosen()),
            Input::Do(Intent::Turn(_)) => return self.submit(world),
            Input::Do(Intent::Choose) if self.form.focused().is_none() => return self.submit(world),
            Input::Do(Intent::Choose) => self.form.step_focus(1),
            Input::Do(Intent::Move(by)) => self.form.step_focus(by),
            Input::Do(Intent::Shift(by)) => self.edit(|value| value.shift(by), world),
            Input::Do(Intent::Edge(to)) => self.edit(|value| value.shift(to.saturating_mul(isize::MAX / 2)), world),
            Input::Do(Intent::Erase(by)) if by < 0 => self.edit(Value::erase, world),
            Input::Do(Intent::Erase(_)) => self.edit(Value::erase_ahead, world),
            Input::Do(Intent::Clear) => self.edit(Value::clear, world),
            Input::Text(character) => self.edit(|value| value.insert(character), world),
            Input::Reply(_, Reply::Message(Some(code))) => self.form.say_code(&code),
            Input::Reply(_, Reply::Password(password)) => self.form.keep_made(password),
            _ => return self.unhandled(),
        }
        self.stay()
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::HalfWay
    }

    fn third_pane<'p>(&'p self, _: &'p World) -> Option<Content<'p>> {
        Some(beside::why(self.chosen.step))
    }

    fn types(&self) -> bool {
        takes_text(&self.form)
    }
}

/// Whether the field in focus takes any character.
pub(super) fn takes_text(form: &Form) -> bool {
    matches!(form.focused().map(|field| &field.value), Some(Value::Text { .. } | Value::Secret(_)))
}

/// Handles a key that edits any form, without telling the step. Returns whether it did something.
pub(super) fn edit_form(form: &mut Form, input: &Input) -> bool {
    let edits: Box<dyn FnOnce(&mut Value)> = match *input {
        Input::Do(Intent::Choose) if form.focused().is_some() => {
            form.step_focus(1);
            return true;
        }
        Input::Do(Intent::Move(by)) => {
            form.step_focus(by);
            return true;
        }
        Input::Do(Intent::Shift(by)) => Box::new(move |value| value.shift(by)),
        Input::Do(Intent::Edge(to)) => Box::new(move |value| value.shift(to.saturating_mul(isize::MAX / 2))),
        Input::Do(Intent::Erase(by)) if by < 0 => Box::new(Value::erase),
        Input::Do(Intent::Erase(_)) => Box::new(Value::erase_ahead),
        Input::Do(Intent::Clear) => Box::new(Value::clear),
        Input::Text(character) => Box::new(move |value| value.insert(character)),
        _ => return false,
    };
    if let Some(field) = form.focused_mut() {
        edits(&mut field.value);
    }
    true
}

/// Changes the value in focus, and lets the step react.
fn edit(step: StepId, form: &mut Form, change: impl FnOnce(&mut Value), facts: &Facts) {
    let Some(field) = form.focused_mut() else { return };
    let (before, changed) = (field.value.clone(), field.id);
    change(&mut field.value);
    let moved_only = match (&before, &field.value) {
        (Value::Text { text: before, .. }, Value::Text { text: after, .. }) => before == after,
        (before, after) => before == after,
    };
    if !moved_only {
        step.definition().settle(form, changed, facts);
    }
}

pub(super) fn of_form(form: &Form) -> Vec<Binding> {
    let (enters, ends) = match form.leads_to {
        LeadsTo::Review => ("go on", "review"),
        LeadsTo::Answers => ("keep", "keep"),
        LeadsTo::File => ("save", "save"),
        LeadsTo::Session => ("sign in", "sign in"),
    };
    let pairs = |pairs: [(Key, isize); 4]| pairs.map(|(key, by)| (key, Intent::Move(by)));
    let fields = pairs([(Key::Up, -1), (Key::Down, 1), (Key::Tab, 1), (Key::BackTab, -1)]);
    let mut bindings = vec![bind(("↑↓", "Up/Down"), "field", &fields)];
    let shifting =
        |words| bind(("←→", "Left/Right"), words, &[(Key::Left, Intent::Shift(-1)), (Key::Right, Intent::Shift(1))]);
    match form.focused().map(|field| &field.value) {
        None => bindings.push(enter(enters)),
        Some(Value::Text { .. } | Value::Secret(_)) => {
            bindings.extend([enter("next field"), quiet(shifting("move in the line")), typing()]);
        }
        Some(Value::Choice { .. }) => {
            bindings.extend([shifting("change"), enter("next field")]);
            bindings.push(quiet(one(Key::Char(' '), "Space", "change", Intent::Shift(1))));
        }
        Some(Value::Toggle(_)) => {
            bindings.push(one(Key::Char(' '), "Space", "switch", Intent::Shift(1)));
            bindings.extend([quiet(shifting("switch")), enter("next field")]);
        }
    }
    bindings.push(one(Key::Ctrl('s'), "Ctrl-S", ends, Intent::Turn(1)));
    bindings.push(esc("back"));
    bindings
}

fn typing() -> Binding {
    let pairs = [
        (Key::Backspace, Intent::Erase(-1)),
        (Key::Delete, Intent::Erase(1)),
        (Key::Home, Intent::Edge(-1)),
        (Key::End, Intent::Edge(1)),
        (Key::Ctrl('u'), Intent::Clear),
    ];
    quiet(bind(("⌫ Del Home End Ctrl-U", "Backspace Del Home End Ctrl-U"), "edit the line", &pairs))
}
