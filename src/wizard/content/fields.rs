//! Inputs as data: form fields, buttons, a line to type on.

use super::Words;

#[derive(Debug)]
pub struct FieldView<'p> {
    /// Heading above this field and those that follow.
    pub heading: Option<&'static str>,
    pub label: &'static str,
    pub value: ValueView<'p>,
    /// Whether the field has the focus.
    pub focused: bool,
    /// Strength of a new password, in quarters and in a word. `Some(None)`: nothing is typed yet. `None`: not such a
    /// field.
    pub strength: Option<Option<(u8, &'static str)>>,
    /// Problems that the person has to fix.
    pub problems: Vec<Words<'p>>,
}

#[derive(Debug)]
pub enum ValueView<'p> {
    /// Text that the person types.
    Text {
        text: &'p str,
        /// Index of the character after the cursor.
        cursor: usize,
        /// Longest value in characters.
        max: Option<usize>,
    },
    /// A secret that the person types: only its number of characters.
    Secret(usize),
    /// The chosen option.
    Choice(&'p str),
    Toggle(bool),
}

/// The button that submits a form.
#[derive(Debug)]
pub struct Submit {
    pub label: &'static str,
    /// Whether the button has the focus.
    pub focused: bool,
    /// Whether the form can still be changed.
    pub editable: bool,
}

#[derive(Debug)]
pub struct Button<'p> {
    pub label: Words<'p>,
    /// Why the button can't be chosen now.
    pub blocked: Option<Words<'p>>,
}

impl<'p> Button<'p> {
    /// A button that can be chosen.
    pub fn new(label: impl Into<Words<'p>>) -> Self {
        Self { label: label.into(), blocked: None }
    }
}

/// A line to type on.
#[derive(Debug)]
pub struct TextInput<'p> {
    pub typed: &'p str,
    /// Characters of room to reserve.
    pub characters: usize,
    /// Hint about Enter or Esc.
    pub hint: Option<Words<'p>>,
}
