//! What is filled in or chosen, as data: the fields of a form, buttons, a line to type on.

use super::Words;

/// A field of a form.
#[derive(Debug)]
pub struct FieldView<'p> {
    /// What stands above it and its followers.
    pub heading: Option<&'static str>,
    /// Its name.
    pub label: &'static str,
    /// Its value.
    pub value: ValueView<'p>,
    /// Whether the next key goes there.
    pub focused: bool,
    /// How strong the secret in it is, in words and in quarters; `None` inside: it shows once something is typed.
    pub strength: Option<Option<(u8, &'static str)>>,
    /// What the person has to fix.
    pub problems: Vec<Words<'p>>,
}

/// A field's value.
#[derive(Debug)]
pub enum ValueView<'p> {
    /// Text being typed.
    Text {
        /// The text.
        text: &'p str,
        /// Before which character the cursor stands.
        cursor: usize,
        /// How many characters it may have.
        max: Option<usize>,
    },
    /// A secret being typed: only how many characters it has.
    Secret(usize),
    /// The chosen option of several.
    Choice(&'p str),
    /// On or off.
    Toggle(bool),
}

/// The button that sends a form off.
#[derive(Debug)]
pub struct Submit {
    /// What it says.
    pub label: &'static str,
    /// Whether the next key goes there.
    pub focused: bool,
    /// Whether the form can still be changed.
    pub editable: bool,
}

/// A button.
#[derive(Debug)]
pub struct Button<'p> {
    /// What it says.
    pub label: Words<'p>,
    /// Why it can't be chosen now, if it can't.
    pub blocked: Option<Words<'p>>,
}

impl<'p> Button<'p> {
    /// One that can be chosen.
    pub fn new(label: impl Into<Words<'p>>) -> Self {
        Self { label: label.into(), blocked: None }
    }
}

/// A line to type on.
#[derive(Debug)]
pub struct TextInput<'p> {
    /// What was typed.
    pub typed: &'p str,
    /// Characters that it should have room for.
    pub characters: usize,
    /// What Enter or Esc does.
    pub hint: Option<Words<'p>>,
}
