//! A form: fields with their values and the focus. What a field means, and what is wrong with it, only its step knows.

mod value;

use crate::account::{ContactField, ContactType, Topic};
use crate::secret::Secret;
pub use value::Value;

/// Which field of which step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldId {
    /// Own values for this contact, or those of another.
    SameAs(ContactType),
    /// The contact's name.
    Name(ContactType),
    /// The contact's title.
    Title(ContactType),
    /// The contact's e-mail address.
    Email(ContactType),
    /// The contact's phone number.
    Phone(ContactType),
    /// The administrator's user name.
    UserName,
    /// The administrators' group.
    GroupName,
    /// Password generated or typed.
    PasswordSource,
    /// The password that lockroot made; never drawn in the form.
    GeneratedPassword,
    /// The password that was typed.
    Password,
    /// The password that was typed, again.
    PasswordAgain,
    /// Whether the password has to be changed at the first sign-in.
    ResetRequired,
    /// Whether an access key is made too.
    AccessKey,
    /// Whether the group denies everything until MFA is present.
    DenyUnlessMfa,
    /// Which set of values the password policy starts from.
    Preset,
    /// `MinimumPasswordLength`
    MinimumLength,
    /// `RequireUppercaseCharacters`
    Uppercase,
    /// `RequireLowercaseCharacters`
    Lowercase,
    /// `RequireNumbers`
    Numbers,
    /// `RequireSymbols`
    Symbols,
    /// `PasswordReusePrevention`
    Reuse,
    /// `MaxPasswordAge`
    MaxAge,
    /// `AllowUsersToChangePassword`
    AllowChange,
    /// `HardExpiry`
    HardExpiry,
    /// What a person says of that.
    Answer(Topic),
    /// A field of the primary contact.
    Primary(ContactField),
    /// The account's alias.
    Alias,
    /// Which of the alternate contacts.
    WhichContact,
    /// For whom a file is encrypted.
    SealWith,
    /// The passphrase of a file.
    Passphrase,
    /// The same again.
    PassphraseAgain,
    /// The age key of whoever may open a file.
    Recipient,
    /// Tags for whom or what is made.
    Tags,
    /// The password that lockroot made for another administrator of the same form; never drawn. From 1.
    FurtherPassword(u8),
    /// Which MFA device, of several.
    WhichDevice,
    /// A code of an MFA device.
    FirstCode,
    /// The code after it.
    SecondCode,
    /// The name of a profile for the AWS CLI and the SDKs.
    ProfileName,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Which one.
    pub id: FieldId,
    /// What stands before it.
    pub label: &'static str,
    /// A heading above it, where a group of fields begins.
    pub heading: Option<&'static str>,
    /// What is said of it while it has the focus: meaning, range, reason.
    pub hint: &'static str,
    /// What it holds.
    pub value: Value,
    /// It is there only while that choice has that option chosen; `None`: always.
    pub only_if: Option<(FieldId, usize)>,
    /// Longest text, in characters: what is typed past it is kept and said to be too long.
    pub max: Option<usize>,
}

impl Field {
    /// A line of text.
    #[must_use]
    pub fn text(id: FieldId, label: &'static str, hint: &'static str, text: impl Into<String>) -> Self {
        let text = text.into();
        let cursor = text.chars().count();
        Self::new(id, label, hint, Value::Text { text, cursor })
    }

    /// A secret.
    #[must_use]
    pub fn secret(id: FieldId, label: &'static str, hint: &'static str) -> Self {
        Self::new(id, label, hint, Value::Secret(Secret::default()))
    }

    /// One of several.
    #[must_use]
    pub fn choice(
        id: FieldId,
        label: &'static str,
        hint: &'static str,
        options: &'static [&'static str],
        chosen: usize,
    ) -> Self {
        Self::new(id, label, hint, Value::Choice { options, chosen })
    }

    /// Yes or no.
    #[must_use]
    pub fn toggle(id: FieldId, label: &'static str, hint: &'static str, on: bool) -> Self {
        Self::new(id, label, hint, Value::Toggle(on))
    }

    fn new(id: FieldId, label: &'static str, hint: &'static str, value: Value) -> Self {
        Self { id, label, heading: None, hint, value, only_if: None, max: None }
    }

    /// Under a heading.
    #[must_use]
    pub fn under(mut self, heading: &'static str) -> Self {
        self.heading = Some(heading);
        self
    }

    /// There only while `choice` has option `chosen`.
    #[must_use]
    pub fn only_if(mut self, choice: FieldId, chosen: usize) -> Self {
        self.only_if = Some((choice, chosen));
        self
    }

    /// At most `max` characters.
    #[must_use]
    pub fn at_most(mut self, max: usize) -> Self {
        self.max = Some(max);
        self
    }
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which field.
    pub field: FieldId,
    /// What is wrong, what is allowed.
    pub words: String,
    /// It is said even before the form is sent off: the field holds something that can't be right.
    pub at_once: bool,
}

/// A form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// All fields, also those that are not there at the moment.
    pub fields: Vec<Field>,
    /// Which of the fields that are there has the focus; one past the last: the button that sends the form off.
    pub focus: usize,
    /// What the button says.
    pub button: &'static str,
    /// It was tried to send it off: now all problems are said, not only those of what was typed.
    pub tried: bool,
}

impl Form {
    /// A form with the focus on its first field.
    #[must_use]
    pub fn new(fields: Vec<Field>, button: &'static str) -> Self {
        Self { fields, focus: 0, button, tried: false }
    }

    /// The fields that are there now.
    pub fn visible(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| self.is_visible(field))
    }

    fn is_visible(&self, field: &Field) -> bool {
        field.id != FieldId::GeneratedPassword
            && field.only_if.is_none_or(|(choice, option)| self.chosen(choice) == option)
    }

    /// The field that has the focus; `None`: the button has it.
    #[must_use]
    pub fn focused(&self) -> Option<&Field> {
        self.visible().nth(self.focus)
    }

    /// The same, to be changed.
    pub fn focused_mut(&mut self) -> Option<&mut Field> {
        let id = self.focused()?.id;
        self.fields.iter_mut().find(|field| field.id == id)
    }

    /// The field `id`.
    #[must_use]
    pub fn field(&self, id: FieldId) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The text in `id`, without blanks around it.
    #[must_use]
    pub fn text(&self, id: FieldId) -> &str {
        match self.field(id).map(|field| &field.value) {
            Some(Value::Text { text, .. }) => text.trim(),
            _ => "",
        }
    }

    /// The option chosen in `id`.
    #[must_use]
    pub fn chosen(&self, id: FieldId) -> usize {
        match self.field(id).map(|field| &field.value) {
            Some(Value::Choice { chosen, .. }) => *chosen,
            _ => 0,
        }
    }

    /// Whether `id` is switched on.
    #[must_use]
    pub fn is_on(&self, id: FieldId) -> bool {
        matches!(self.field(id).map(|field| &field.value), Some(Value::Toggle(true)))
    }

    /// The secret in `id`.
    #[must_use]
    pub fn secret(&self, id: FieldId) -> Option<&Secret> {
        match self.field(id).map(|field| &field.value) {
            Some(Value::Secret(secret)) => Some(secret),
            _ => None,
        }
    }

    /// The fields for passwords that lockroot makes.
    pub fn made_passwords(&self) -> impl Iterator<Item = &Field> {
        let made = |id| matches!(id, FieldId::GeneratedPassword | FieldId::FurtherPassword(_));
        self.fields.iter().filter(move |field| made(field.id))
    }

    /// Keeps a password that lockroot made: in a field that has none yet, or else in place of the first.
    pub fn keep_made(&mut self, password: Secret) {
        let empty = self.made_passwords().find(|field| matches!(&field.value, Value::Secret(own) if own.is_empty()));
        let id = empty.map_or(FieldId::GeneratedPassword, |field| field.id);
        self.put(id, Value::Secret(password));
    }

    /// Puts `value` into `id`.
    pub fn put(&mut self, id: FieldId, value: Value) {
        if let Some(field) = self.fields.iter_mut().find(|field| field.id == id) {
            field.value = value;
        }
    }

    /// Puts `text` into `id`.
    pub fn put_text(&mut self, id: FieldId, text: impl Into<String>) {
        let text = text.into();
        let cursor = text.chars().count();
        self.put(id, Value::Text { text, cursor });
    }

    /// Moves the focus by `by`, round and round, the button included.
    pub fn step_focus(&mut self, by: isize) {
        let stops = self.visible().count() + 1;
        self.focus = (self.focus as isize + by).rem_euclid(stops as isize) as usize;
    }

    /// Puts the focus on the field `id`, if it is there.
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
    fn a_field_is_there_only_while_its_choice_says_so() {
        let mut form = form();
        assert_eq!(form.visible().count(), 2);
        form.focused_mut().unwrap().value.shift(1);
        assert_eq!(form.visible().count(), 3);
    }

    #[test]
    fn the_focus_goes_round_over_the_button() {
        let mut form = form();
        form.step_focus(-1);
        assert!(form.focused().is_none());
        form.step_focus(1);
        assert_eq!(form.focused().unwrap().id, FieldId::PasswordSource);
    }

    #[test]
    fn text_is_edited_by_characters_not_bytes() {
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
