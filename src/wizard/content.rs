//! The content of a page as data: words with their meaning, signs by name, tables, fields, codes. No style and no
//! width: the renderer decides how it looks.

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

/// Words, borrowed from where they stand or made for the page.
pub type Words<'p> = Cow<'p, str>;

/// What a stretch of text means. None of them says anything that a sign or a word does not say too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// To be read.
    Text,
    /// There to be looked up.
    Dim,
    /// A name that matters; what is picked.
    Accent,
    /// Passes.
    Good,
    /// Fails.
    Bad,
    /// To be known before going on.
    Warn,
    /// Can't be taken back.
    Danger,
    /// What the next key goes to.
    Focus,
}

/// A sign by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyph {
    /// Passes; done; seen.
    Pass,
    /// Fails.
    Fail,
    /// In part; take care.
    Partial,
    /// Nothing applies; nothing was done.
    Nothing,
    /// Only a person can answer.
    Manual,
    /// Could not be read.
    Unknown,
    /// Not begun.
    Waiting,
    /// Points at what is picked.
    Pointer,
    /// Begins an item.
    Bullet,
    /// Stands between things in a line.
    Separator,
    /// Something is on its way: it moves.
    Spinner,
}

/// A stretch of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span<'p> {
    /// Words.
    Words(Meaning, Words<'p>),
    /// A sign.
    Sign(Meaning, Glyph),
    /// A bar of which `done` parts of `of` are full, in `parts` pieces; `None`: as long as its line leaves room for.
    Bar {
        /// The meaning of its full part.
        meaning: Meaning,
        /// How much is full.
        done: usize,
        /// Of how much.
        of: usize,
        /// How many pieces it has.
        parts: Option<usize>,
    },
}

/// `text` with that meaning.
pub fn words<'p>(meaning: Meaning, text: impl Into<Words<'p>>) -> Span<'p> {
    Span::Words(meaning, text.into())
}

/// That sign with that meaning.
#[must_use]
pub fn sign(meaning: Meaning, glyph: Glyph) -> Span<'static> {
    Span::Sign(meaning, glyph)
}

/// A sign and a word that say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The sign.
    pub glyph: Glyph,
    /// The word.
    pub word: Words<'static>,
    /// What both mean.
    pub meaning: Meaning,
}

/// A piece of a page, in the order in which it is read.
#[derive(Debug)]
pub enum Block<'p> {
    /// Room between two things.
    Gap,
    /// A heading.
    Title(Words<'p>),
    /// A paragraph.
    Say(Meaning, Words<'p>),
    /// A paragraph behind a sign or a number, under which its further lines are indented.
    Hang(Vec<Span<'p>>, Meaning, Words<'p>),
    /// A name and what it stands for.
    Pair(Pair<'p>),
    /// A name and what it stands for, in one line: what does not fit is left out, and can be read elsewhere.
    Short {
        /// The name.
        name: &'static str,
        /// Characters kept for the names of its group.
        names: usize,
        /// The value.
        value: Words<'p>,
    },
    /// A paragraph behind a sign, with a word at the end that says the same as the sign.
    Marked {
        /// The sign, or blanks in its place.
        sign: Span<'p>,
        /// The meaning of the text.
        meaning: Meaning,
        /// The text.
        text: Words<'p>,
        /// The word, which means what the sign means.
        word: Words<'p>,
    },
    /// What was assessed: its verdict as a badge, its name, and the reason below it.
    Assessed(Mark, Words<'p>, Words<'p>),
    /// One line.
    Line(Vec<Span<'p>>),
    /// What turns from one state into another.
    Becomes {
        /// What does.
        what: Words<'p>,
        /// The state before.
        before: Words<'p>,
        /// The state after.
        after: Words<'p>,
    },
    /// What has to stay in view however little room there is.
    Keep(Vec<Block<'p>>),
    /// Pairs among these have names as wide as the longest of them, at most that many characters.
    Aligned(usize, Vec<Block<'p>>),
    /// Rows to pick from.
    Table(Table<'p>),
    /// Fields, under each other.
    Fields(Vec<FieldView<'p>>),
    /// The button below fields.
    Submit(Submit),
    /// Buttons beside each other; and why the one with the focus can't be chosen.
    Buttons(Vec<Button<'p>>, Option<usize>),
    /// A line to type on, below a question.
    TextInput(TextInput<'p>),
    /// A one-time code being typed.
    Code {
        /// Its name.
        name: &'static str,
        /// What was typed.
        typed: &'p str,
        /// Whether the next key goes there.
        focused: bool,
    },
    /// What helps with the field that has the focus: always in the same room, so that nothing moves.
    Hint(Words<'p>),
    /// Keys, with what they do.
    Keys(Vec<KeyLine>),
    /// A text in Markdown.
    Markdown(Words<'p>),
    /// A secret, covered unless it is visible.
    Secret {
        /// Its name.
        name: &'static str,
        /// Characters kept for the names of what stands around it.
        names: usize,
        /// The secret itself.
        value: &'p Secret,
        /// Whether it is shown.
        visible: bool,
        /// How it can be shown, while it is not.
        hint: &'static str,
    },
    /// The secret of an authenticator app, in groups to be typed.
    Seed(&'p Secret),
    /// What is said beside a QR code, and what is said where there is no room for it, given the room that it takes.
    Scan(Vec<Block<'p>>, fn(&str) -> Blocks<'static>),
    /// An address to be opened, never broken if that can be.
    Address(Words<'p>),
}

/// A name and what it stands for.
#[derive(Debug)]
pub struct Pair<'p> {
    /// The name.
    pub name: Words<'p>,
    /// Characters kept for the names of its group; `None`: the group is an [`Block::Aligned`].
    pub names: Option<usize>,
    /// Something is on its way.
    pub busy: bool,
    /// The meaning of the value.
    pub meaning: Meaning,
    /// The value.
    pub value: Words<'p>,
}

/// Keys and what they do.
#[derive(Debug)]
pub struct KeyLine {
    /// Their names, with signs and in plain letters.
    pub label: (&'static str, &'static str),
    /// What they do.
    pub meaning: Words<'static>,
}

/// Where a page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// In the main pane, as wide as can be read well.
    Readable,
    /// On the whole screen.
    Whole,
    /// In a box of that many columns, in place of whatever was there.
    Box(u16),
}

/// A QR code.
#[derive(Debug)]
pub enum Qr<'p> {
    /// A secret one, with the words beside it.
    Beside(&'p Secret),
    /// An open one, below the words.
    Below(Words<'p>),
}

/// What a page says.
#[derive(Debug)]
pub struct Content<'p> {
    /// The text, which may be longer than its room.
    pub body: Blocks<'p>,
    /// What is always in view.
    pub foot: Blocks<'p>,
    /// It is a long text that keeps the room between its things, and is scrolled.
    pub scrolls: bool,
    /// Where it is shown.
    pub room: Room,
    /// A QR code with it.
    pub qr: Option<Qr<'p>>,
    /// A small box below the words, with its title.
    pub below: Option<(&'static str, Blocks<'p>)>,
}

impl<'p> Content<'p> {
    /// A page that does without room between its things before it is scrolled.
    #[must_use]
    pub fn tight(body: Blocks<'p>, foot: Blocks<'p>) -> Self {
        Self { body, foot, scrolls: false, room: Room::Readable, qr: None, below: None }
    }

    /// A long text.
    #[must_use]
    pub fn long(body: Blocks<'p>, foot: Blocks<'p>) -> Self {
        Self { scrolls: true, ..Self::tight(body, foot) }
    }

    /// The same in another room.
    #[must_use]
    pub fn in_room(self, room: Room) -> Self {
        Self { room, ..self }
    }
}
