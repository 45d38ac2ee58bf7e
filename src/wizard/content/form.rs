//! A form: fields, focus and problems.

use super::{Block, Blocks, FieldView, Submit, ValueView};
use crate::steps::{Field, FieldId, Form, Problem, StepId, Value, password_strength};

/// The form's own title, or the step's.
pub(in crate::wizard) fn title(id: StepId, form: &Form) -> &str {
    form.title.as_deref().unwrap_or(id.definition().title())
}

/// The title, the fields and the button.
pub(in crate::wizard) fn body<'p>(title: &'p str, form: &'p Form, problems: &[Problem], editable: bool) -> Blocks<'p> {
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
    let said = of_field.filter(|problem| is_shown(problem, field, form.tried, focused));
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

/// Whether to show a problem: if typing on can't fix it, if the person has left the field, or after a try to submit.
/// Never while the person has only begun to type.
fn is_shown(problem: &Problem, field: &Field, tried: bool, focused: bool) -> bool {
    let empty = match &field.value {
        Value::Text { text, .. } => text.is_empty(),
        Value::Secret(secret) => secret.is_empty(),
        Value::Choice { .. } | Value::Toggle(_) => true,
    };
    problem.at_once || tried || (!focused && !empty)
}
