//! The content of a page as data: words with their meaning, signs by name, tables, fields, codes. No style and no
//! width: the renderer decides how it looks.

pub(in crate::wizard) mod beside;
pub(in crate::wizard) mod controls;
pub(in crate::wizard) mod drift;
pub(in crate::wizard) mod evidence;
pub(in crate::wizard) mod failure;
pub(in crate::wizard) mod form;
pub(in crate::wizard) mod lesson;
pub(in crate::wizard) mod marks;
pub(in crate::wizard) mod phone;
pub(crate) mod phrases;

use std::borrow::Cow;
use std::fmt;

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

/// A column of a table.
#[derive(Debug)]
pub struct Column {
    /// What stands above it.
    pub head: &'static str,
    /// Characters it has; `None`: as many as its widest cell.
    pub characters: Option<usize>,
    /// Characters below which it is not made narrower.
    pub least: usize,
}

/// A cell of a table.
#[derive(Debug)]
pub struct Cell<'p> {
    /// What it means; `None`: what its row means.
    pub meaning: Option<Meaning>,
    /// A sign before the text.
    pub sign: Option<Glyph>,
    /// The text.
    pub text: Words<'p>,
}

impl<'p> Cell<'p> {
    /// `text`, with the meaning of its row.
    pub fn new(text: impl Into<Words<'p>>) -> Self {
        Self { meaning: None, sign: None, text: text.into() }
    }
}

/// Rows to pick from. A row is made only when it is asked for: there may be thousands.
pub struct Table<'p> {
    /// The columns.
    pub columns: Vec<Column>,
    /// How many rows there are.
    pub len: usize,
    /// The row that is picked.
    pub picked: usize,
    /// The cells of a row.
    pub row: Box<dyn Fn(usize) -> Vec<Cell<'p>> + 'p>,
}

impl fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").field("columns", &self.columns).field("len", &self.len).finish_non_exhaustive()
    }
}

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
    /// What has to be mended.
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

/// Blocks, written one after the other.
#[derive(Debug, Default)]
pub struct Blocks<'p>(pub Vec<Block<'p>>);

impl<'p> Blocks<'p> {
    /// Room between two things.
    pub fn gap(&mut self) {
        self.0.push(Block::Gap);
    }

    /// A heading.
    pub fn title(&mut self, text: impl Into<Words<'p>>) {
        self.0.push(Block::Title(text.into()));
    }

    /// A paragraph.
    pub fn say(&mut self, meaning: Meaning, text: impl Into<Words<'p>>) {
        self.0.push(Block::Say(meaning, text.into()));
    }

    /// A paragraph behind `lead`.
    pub fn hang<const N: usize>(&mut self, lead: [Span<'p>; N], meaning: Meaning, text: impl Into<Words<'p>>) {
        self.0.push(Block::Hang(lead.into(), meaning, text.into()));
    }

    /// A paragraph behind a sign.
    pub fn signed(&mut self, of_sign: Meaning, glyph: Glyph, meaning: Meaning, text: impl Into<Words<'p>>) {
        self.hang([sign(of_sign, glyph), words(Meaning::Text, " ")], meaning, text);
    }

    /// A paragraph that belongs to the one above it.
    pub fn indented(&mut self, meaning: Meaning, text: impl Into<Words<'p>>) {
        self.hang([words(Meaning::Text, "  ")], meaning, text);
    }

    /// A name and what it stands for, with room for names of `names` characters.
    pub fn pair(
        &mut self,
        name: impl Into<Words<'p>>,
        names: impl Into<Option<usize>>,
        meaning: Meaning,
        value: impl Into<Words<'p>>,
    ) {
        let pair = Pair { name: name.into(), names: names.into(), busy: false, meaning, value: value.into() };
        self.0.push(Block::Pair(pair));
    }

    /// A paragraph with a sign before it and a word behind it.
    pub fn marked(&mut self, sign: Span<'p>, meaning: Meaning, text: impl Into<Words<'p>>, word: impl Into<Words<'p>>) {
        self.0.push(Block::Marked { sign, meaning, text: text.into(), word: word.into() });
    }

    /// One line.
    pub fn line<const N: usize>(&mut self, spans: [Span<'p>; N]) {
        self.0.push(Block::Line(spans.into()));
    }

    /// A single button, which has the focus.
    pub fn button(&mut self, label: impl Into<Words<'p>>) {
        self.0.push(Block::Buttons(vec![Button::new(label)], Some(0)));
    }

    /// What `write` writes has to stay in view if `picked`.
    pub fn keep(&mut self, picked: bool, write: impl FnOnce(&mut Self)) {
        let mut inner = Self::default();
        write(&mut inner);
        if picked {
            self.0.push(Block::Keep(inner.0));
        } else {
            self.append(inner);
        }
    }

    /// One of several things to pick from.
    pub fn pick(&mut self, picked: bool, meaning: Meaning, text: impl Into<Words<'p>>) {
        let pointer = if picked { sign(Meaning::Accent, Glyph::Pointer) } else { words(Meaning::Text, " ") };
        self.keep(picked, |inner| inner.hang([pointer, words(Meaning::Text, " ")], meaning, text));
    }

    /// An address to be opened.
    pub fn address(&mut self, address: impl Into<Words<'p>>) {
        self.0.push(Block::Address(address.into()));
    }

    /// Appends `other`.
    pub fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }
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
