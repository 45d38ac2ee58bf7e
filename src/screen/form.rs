//! A form: its fields with the focus, the hint for the one that has it, and what is wrong.

use crate::steps::{Field, FieldId, Form, LeadsTo, Problem, StepId, Value, password_strength};
use crate::wizard::content::Meaning::{Accent, Text};
use crate::wizard::content::{Block, Blocks, Content, FieldView, Glyph, Submit, ValueView};
use crate::wizard::stage::Draft;
use crate::wizard::{Mode, Wizard};

/// A form being filled in.
pub(super) fn filling<'p>(wizard: &'p Wizard, id: StepId, draft: &'p Draft) -> Content<'p> {
    let Some(form) = &draft.form else { return preparing(id, draft) };
    let problems = id.definition().problems(form, &wizard.facts);
    let body = body(title(id, form), form, &problems, true);
    let hint = match form.focused() {
        Some(field) => &field.hint,
        None if form.tried && !problems.is_empty() => "What is marked above has to be mended first.",
        None if form.leads_to == LeadsTo::Answers => match wizard.mode {
            Mode::Live => "Kept on this machine, with today's date. Nothing is sent to AWS.",
            Mode::Practice { .. } => "Kept until the practice ends; of an AWS account, on this machine with the date.",
        },
        None => "Next, every call is shown before anything is sent.",
    };
    Content::long(body, Blocks(vec![Block::Hint(hint.into())]))
}

/// The same form, sent off.
pub(super) fn preparing<'p>(id: StepId, draft: &'p Draft) -> Content<'p> {
    let mut body = Blocks::default();
    match &draft.form {
        Some(form) => body = self::body(title(id, form), form, &[], false),
        None => body.title(id.definition().title()),
    }
    let mut foot = Blocks::default();
    foot.signed(Accent, Glyph::Spinner, Text, "Reading what is true now…");
    foot.line([]);
    Content::tight(body, foot)
}

/// What stands above `form`.
fn title(id: StepId, form: &Form) -> &str {
    form.title.as_deref().unwrap_or(id.definition().title())
}

/// The fields under `title`, and the button.
pub(super) fn body<'p>(title: &'p str, form: &'p Form, problems: &[Problem], editable: bool) -> Blocks<'p> {
    let mut body = Blocks::default();
    body.title(title);
    body.gap();
    let fields = form.visible().enumerate();
    let view = |(i, field): (usize, &'p Field)| view(field, form, problems, editable && form.focus == i);
    body.0.push(Block::Fields(fields.map(view).collect()));
    body.gap();
    let focused = editable && form.focused().is_none();
    body.0.push(Block::Submit(Submit { label: form.button, focused, editable }));
    body
}

fn view<'p>(field: &'p Field, form: &'p Form, problems: &[Problem], focused: bool) -> FieldView<'p> {
    let is_strong = field.id == FieldId::Password;
    let strength = || password_strength(form).map(|strength| (strength.0, strength.word()));
    let of_field = problems.iter().filter(|problem| problem.field == field.id);
    let said = of_field.filter(|problem| is_said(problem, field, form.tried, focused));
    FieldView {
        heading: field.heading,
        label: field.label,
        value: value(field),
        focused,
        strength: is_strong.then(strength),
        problems: said.map(|problem| problem.words.clone().into()).collect(),
    }
}

fn value(field: &Field) -> ValueView<'_> {
    match &field.value {
        Value::Text { text, cursor } => ValueView::Text { text, cursor: *cursor, max: field.max },
        Value::Secret(secret) => ValueView::Secret(secret.chars()),
        Value::Choice { options, chosen } => ValueView::Choice(options.get(*chosen).copied().unwrap_or_default()),
        Value::Toggle(on) => ValueView::Toggle(*on),
    }
}

/// What is wrong is said when it can't become right by typing on, when the field has been left, and after the form was
/// tried; never while somebody has only begun to type.
fn is_said(problem: &Problem, field: &Field, tried: bool, focused: bool) -> bool {
    let empty = match &field.value {
        Value::Text { text, .. } => text.is_empty(),
        Value::Secret(secret) => secret.is_empty(),
        Value::Choice { .. } | Value::Toggle(_) => true,
    };
    problem.at_once || tried || (!focused && !empty)
}
