//! Page content as data: words with a meaning, signs by name, tables, fields, codes. It has no style and no width; the
//! renderer decides how it looks.

pub(in crate::wizard) mod beside;
mod blocks;
pub(in crate::wizard) mod controls;
pub(in crate::wizard) mod drift;
pub(in crate::wizard) mod evidence;
pub(in crate::wizard) mod failure;
mod fields;
pub(in crate::wizard) mod form;
pub(in crate::wizard) mod lesson;
pub(in crate::wizard) mod marks;
pub(in crate::wizard) mod phone;
pub(crate) mod phrases;
mod table;

use std::borrow::Cow;

pub use blocks::Blocks;
pub use fields::{Button, FieldView, Submit, TextInput, ValueView};
pub use table::{Cell, Column, Table};

use crate::secret::Secret;

/// Text, borrowed from the state or made for the page.
pub type Words<'p> = Cow<'p, str>;

/// Meaning of a text. A sign or a word always says the same, so nothing depends on colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Ordinary text.
    Text,
    /// Secondary detail.
    Dim,
    /// An important name, or the selected item.
    Accent,
    Good,
    Bad,
    /// Important to know before going on.
    Warn,
    /// Can't be undone.
    Danger,
    /// Receives the next key.
    Focus,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyph {
    /// Passed, done or confirmed.
    Pass,
    Fail,
    /// Partly done, or a warning.
    Partial,
    /// Not applicable, or nothing was done.
    Nothing,
    /// Only a person can answer this.
    Manual,
    /// Could not be read.
    Unknown,
    /// Not started.
    Waiting,
    /// Points at the selected item.
    Pointer,
    /// Starts a list item.
    Bullet,
    /// Separates things on one line.
    Separator,
    /// Moves while a request is pending.
    Spinner,
}

/// Part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span<'p> {
    Words(Meaning, Words<'p>),
    Sign(Meaning, Glyph),
    /// A progress bar. `parts: None`: it fills the rest of the line.
    Bar {
        /// Meaning of the filled part.
        meaning: Meaning,
        /// Number of filled units.
        done: usize,
        /// Number of units in total.
        of: usize,
        /// Width in pieces.
        parts: Option<usize>,
    },
}

pub fn words<'p>(meaning: Meaning, text: impl Into<Words<'p>>) -> Span<'p> {
    Span::Words(meaning, text.into())
}

#[must_use]
pub fn sign(meaning: Meaning, glyph: Glyph) -> Span<'static> {
    Span::Sign(meaning, glyph)
}

/// A sign and a word with the same meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub glyph: Glyph,
    pub word: Words<'static>,
    pub meaning: Meaning,
}

/// A piece of a page, in reading order.
#[derive(Debug)]
pub enum Block<'p> {
    /// An empty line, dropped if the page is too long.
    Gap,
    Title(Words<'p>),
    Say(Meaning, Words<'p>),
    /// A paragraph behind a sign or a number. Its further lines are indented.
    Hang(Vec<Span<'p>>, Meaning, Words<'p>),
    /// A name with its value.
    Pair(Pair<'p>),
    /// A name with its value on one line. What does not fit is cut, and is readable elsewhere.
    Short {
        name: &'static str,
        /// Characters reserved for names in the group.
        names: usize,
        value: Words<'p>,
    },
    /// A paragraph behind a sign. A word at the end says the same as the sign.
    Marked {
        /// The sign, or blanks of the same width.
        sign: Span<'p>,
        /// Meaning of the text.
        meaning: Meaning,
        text: Words<'p>,
        /// The word, with the sign's meaning.
        word: Words<'p>,
    },
    /// A control: its verdict as a badge, its name, and the reason below.
    Assessed(Mark, Words<'p>, Words<'p>),
    Line(Vec<Span<'p>>),
    /// A change from one state to another.
    Becomes {
        /// Name of the thing that changes.
        what: Words<'p>,
        before: Words<'p>,
        after: Words<'p>,
    },
    /// Blocks that must stay visible however small the screen is.
    Keep(Vec<Block<'p>>),
    /// Blocks whose pairs align at the longest name, up to this many characters.
    Aligned(usize, Vec<Block<'p>>),
    /// Rows to choose from.
    Table(Table<'p>),
    /// Form fields, one below the other.
    Fields(Vec<FieldView<'p>>),
    /// The button below the fields.
    Submit(Submit),
    /// Buttons side by side, with the index of the one in focus. If that one is blocked, the reason is shown.
    Buttons(Vec<Button<'p>>, Option<usize>),
    /// A line to type on, below a question.
    TextInput(TextInput<'p>),
    /// A one-time code that the person types.
    Code {
        name: &'static str,
        typed: &'p str,
        /// Whether the code has the focus.
        focused: bool,
    },
    /// Help for the field in focus. Its height is fixed, so that nothing moves.
    Hint(Words<'p>),
    Keys(Vec<KeyLine>),
    Markdown(Words<'p>),
    /// A secret, covered unless visible.
    Secret {
        name: &'static str,
        /// Characters reserved for names in the group.
        names: usize,
        value: &'p Secret,
        /// Whether it is shown in clear.
        visible: bool,
        /// How to show it, while it is covered.
        hint: &'static str,
    },
    /// The seed of an authenticator app, in groups for typing.
    Seed(&'p Secret),
    /// Text beside a QR code. If the code does not fit, the function gets the space needed and returns the text to show
    /// instead.
    Scan(Vec<Block<'p>>, fn(&str) -> Blocks<'static>),
    /// An address to open. It is broken over lines only if it does not fit on one.
    Address(Words<'p>),
}

/// A name with its value.
#[derive(Debug)]
pub struct Pair<'p> {
    pub name: Words<'p>,
    /// Characters reserved for names in the group; `None` inside [`Block::Aligned`].
    pub names: Option<usize>,
    /// Whether the value is being read.
    pub busy: bool,
    /// Meaning of the value.
    pub meaning: Meaning,
    pub value: Words<'p>,
}

/// Keys with their explanation.
#[derive(Debug)]
pub struct KeyLine {
    /// Key names: with Unicode signs, and in plain letters.
    pub label: (&'static str, &'static str),
    /// The explanation.
    pub meaning: Words<'static>,
}

/// Where a page is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// In the main pane, at a width that reads well.
    Readable,
    Whole,
    /// In a box of that many columns, which replaces the main pane.
    Box(u16),
}

#[derive(Debug)]
pub enum Qr<'p> {
    /// A secret code, with text beside it.
    Beside(&'p Secret),
    /// A code that is not secret, below the text.
    Below(Words<'p>),
}

/// The content of a page.
#[derive(Debug)]
pub struct Content<'p> {
    /// The text. It may be longer than the screen.
    pub body: Blocks<'p>,
    /// Always visible, below the body.
    pub foot: Blocks<'p>,
    /// Whether it is a long text that scrolls and keeps its gaps.
    pub scrolls: bool,
    /// Where it is drawn.
    pub room: Room,
    pub qr: Option<Qr<'p>>,
    /// A small box below the text, with its title.
    pub below: Option<(&'static str, Blocks<'p>)>,
}

impl<'p> Content<'p> {
    /// A page that drops gaps before it scrolls.
    #[must_use]
    pub fn tight(body: Blocks<'p>, foot: Blocks<'p>) -> Self {
        Self { body, foot, scrolls: false, room: Room::Readable, qr: None, below: None }
    }

    /// A long text that scrolls.
    #[must_use]
    pub fn long(body: Blocks<'p>, foot: Blocks<'p>) -> Self {
        Self { scrolls: true, ..Self::tight(body, foot) }
    }

    /// Moves the content to another room.
    #[must_use]
    pub fn in_room(self, room: Room) -> Self {
        Self { room, ..self }
    }
}
