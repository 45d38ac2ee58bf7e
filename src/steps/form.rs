//! A form: fields, values and focus. Only its step knows their meaning and problems.

mod field;
mod value;

use crate::secret::Secret;
pub use field::{Field, FieldId, Problem};
pub use value::Value;

/// The result of submitting a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeadsTo {
    /// A review of the calls.
    Review,
    /// Answers, kept on this machine.
    Answers,
    /// A profile in a file.
    File,
    /// A session with MFA.
    Session,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// All fields, including those that are hidden now.
    pub fields: Vec<Field>,
    /// Index of the visible field in focus; one past the last is the button.
    pub focus: usize,
    /// Label of the button.
    pub button: &'static str,
    /// A title in place of the step's.
    pub title: Option<String>,
    pub leads_to: LeadsTo,
    /// Whether the person tried to submit it. From then on all problems are shown.
    pub tried: bool,
    /// Users whose password AWS may have set although nobody was shown it: the reply was lost.
    pub unsure_passwords: Vec<String>,
}

impl Form {
    /// A form with the focus on its first field.
    #[must_use]
    pub fn new(fields: Vec<Field>, button: &'static str) -> Self {
        Self {
            fields,
            focus: 0,
            button,
            title: None,
            leads_to: LeadsTo::Review,
            tried: false,
            unsure_passwords: Vec::new(),
        }
    }

    /// Sets a title in place of the step's.
    #[must_use]
    pub fn titled(mut self, title: String) -> Self {
        self.title = Some(title);
        self
    }

    /// Sets a result other than a review.
    #[must_use]
    pub fn leading_to(mut self, outcome: LeadsTo) -> Self {
        self.leads_to = outcome;
        self
    }

    /// Shows the code from the practice phone in the hint.
    pub fn say_code(&mut self, code: &str) {
        if let Some(field) = self.fields.iter_mut().find(|field| field.id == FieldId::PhoneCode) {
            field.hint = format!("The practice phone shows {code}. It is valid for five minutes.").into();
        }
    }

    /// The fields that are visible now.
    pub fn visible(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| self.is_visible(field))
    }

    fn is_visible(&self, field: &Field) -> bool {
        field.id != FieldId::GeneratedPassword
            && field.only_if.is_none_or(|(choice, option)| self.chosen(choice) == option)
    }

    /// The field in focus; `None`: the button.
    #[must_use]
    pub fn focused(&self) -> Option<&Field> {
        self.visible().nth(self.focus)
    }

    /// The field in focus, mutable.
    pub fn focused_mut(&mut self) -> Option<&mut Field> {
        let id = self.focused()?.id;
        self.fields.iter_mut().find(|field| field.id == id)
    }

    #[must_use]
    pub fn field(&self, id: FieldId) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The trimmed text of a field; empty if there is none.
    #[must_use]
    pub fn text(&self, id: FieldId) -> &str {
        match self.field(id).map(|field| &field.value) {
            Some(Value::Text { text, .. }) => text.trim(),
            _ => "",
        }
    }

    /// The chosen option of a field; 0 if there is none.
    #[must_use]
    pub fn chosen(&self, id: FieldId) -> usize {
        match self.field(id).map(|field| &field.value) {
            Some(Value::Choice { chosen, .. }) => *chosen,
            _ => 0,
        }
    }

    /// Whether a toggle is on.
    #[must_use]
    pub fn is_on(&self, id: FieldId) -> bool {
        matches!(self.field(id).map(|field| &field.value), Some(Value::Toggle(true)))
    }

    #[must_use]
    pub fn secret(&self, id: FieldId) -> Option<&Secret> {
        match self.field(id).map(|field| &field.value) {
            Some(Value::Secret(secret)) => Some(secret),
            _ => None,
        }
    }

    /// The fields for generated passwords.
    fn made_passwords(&self) -> impl Iterator<Item = &Field> {
        let made = |id| matches!(id, FieldId::GeneratedPassword | FieldId::FurtherPassword(_));
        self.fields.iter().filter(move |field| made(field.id))
    }

    pub fn forget_secrets(&mut self) {
        for field in &mut self.fields {
            if let Value::Secret(secret) = &mut field.value {
                *secret = Secret::default();
            }
        }
    }

    /// Number of passwords that are still to be generated.
    #[must_use]
    pub fn lacks_passwords(&self) -> usize {
        self.made_passwords().filter(|field| matches!(&field.value, Value::Secret(own) if own.is_empty())).count()
    }

    /// Stores a generated password in the first empty field, or else replaces the first.
    pub fn keep_made(&mut self, password: Secret) {
        let empty = self.made_passwords().find(|field| matches!(&field.value, Value::Secret(own) if own.is_empty()));
        let id = empty.map_or(FieldId::GeneratedPassword, |field| field.id);
        self.put(id, Value::Secret(password));
    }

    /// Sets a field's value.
    pub fn put(&mut self, id: FieldId, value: Value) {
        if let Some(field) = self.fields.iter_mut().find(|field| field.id == id) {
            field.value = value;
        }
    }

    /// Sets a field's text, with the cursor at its end.
    pub fn put_text(&mut self, id: FieldId, text: impl Into<String>) {
        let text = text.into();
        let cursor = text.chars().count();
        self.put(id, Value::Text { text, cursor });
    }

    /// Moves the focus by `by` fields, in a circle that includes the button.
    pub fn step_focus(&mut self, by: isize) {
        let stops = self.visible().count() + 1;
        self.focus = (self.focus as isize + by).rem_euclid(stops as isize) as usize;
    }

    /// Moves the focus to a field, if it is visible.
    pub fn focus_on(&mut self, id: FieldId) {
        let place = self.visible().position(|field| field.id == id);
        self.focus = place.unwrap_or(self.focus);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> Form {
        Form::new(
            vec![
                Field::choice(FieldId::PasswordSource, "Password", "", &["generated", "typed"], 0),
                Field::secret(FieldId::Password, "Password", "").only_if(FieldId::PasswordSource, 1),
                Field::text(FieldId::UserName, "User name", "", "admin"),
            ],
            "Review",
        )
    }

    #[test]
    fn a_field_is_visible_only_while_its_choice_requires_it() {
        let mut form = form();
        assert_eq!(form.visible().count(), 2);
        form.focused_mut().unwrap().value.shift(1);
        assert_eq!(form.visible().count(), 3);
    }

    #[test]
    fn the_focus_wraps_around_past_the_button() {
        let mut form = form();
        form.step_focus(-1);
        assert!(form.focused().is_none());
        form.step_focus(1);
        assert_eq!(form.focused().unwrap().id, FieldId::PasswordSource);
    }

    #[test]
    fn text_is_edited_by_characters_and_not_by_bytes() {
        let mut value = Value::Text { text: "äöü".into(), cursor: 3 };
        value.shift(-1);
        value.insert('ß');
        value.shift(-9);
        value.erase_ahead();
        assert_eq!(value, Value::Text { text: "ößü".into(), cursor: 0 });
        value.shift(2);
        value.erase();
        assert_eq!(value, Value::Text { text: "öü".into(), cursor: 1 });
    }
}
