//! Builds the blocks of a page.

use super::{Block, Button, Glyph, Meaning, Pair, Span, Words, sign, words};

/// Blocks in the order in which they were added.
#[derive(Debug, Default)]
pub struct Blocks<'p>(pub Vec<Block<'p>>);

impl<'p> Blocks<'p> {
    pub fn gap(&mut self) {
        self.0.push(Block::Gap);
    }

    pub fn title(&mut self, text: impl Into<Words<'p>>) {
        self.0.push(Block::Title(text.into()));
    }

    pub fn say(&mut self, meaning: Meaning, text: impl Into<Words<'p>>) {
        self.0.push(Block::Say(meaning, text.into()));
    }

    /// Adds a paragraph behind `lead`.
    pub fn hang<const N: usize>(&mut self, lead: [Span<'p>; N], meaning: Meaning, text: impl Into<Words<'p>>) {
        self.0.push(Block::Hang(lead.into(), meaning, text.into()));
    }

    /// Adds a paragraph behind a sign.
    pub fn signed(&mut self, of_sign: Meaning, glyph: Glyph, meaning: Meaning, text: impl Into<Words<'p>>) {
        self.hang([sign(of_sign, glyph), words(Meaning::Text, " ")], meaning, text);
    }

    /// Adds a paragraph that belongs to the one above.
    pub fn indented(&mut self, meaning: Meaning, text: impl Into<Words<'p>>) {
        self.hang([words(Meaning::Text, "  ")], meaning, text);
    }

    /// Adds a name with its value; `names` characters are reserved for the name.
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

    /// Adds a paragraph with a sign before it and a word behind it.
    pub fn marked(&mut self, sign: Span<'p>, meaning: Meaning, text: impl Into<Words<'p>>, word: impl Into<Words<'p>>) {
        self.0.push(Block::Marked { sign, meaning, text: text.into(), word: word.into() });
    }

    pub fn line<const N: usize>(&mut self, spans: [Span<'p>; N]) {
        self.0.push(Block::Line(spans.into()));
    }

    /// Adds a single button, which has the focus.
    pub fn button(&mut self, label: impl Into<Words<'p>>) {
        self.0.push(Block::Buttons(vec![Button::new(label)], Some(0)));
    }

    /// Adds blocks that must stay visible if `picked`.
    pub fn keep(&mut self, picked: bool, write: impl FnOnce(&mut Self)) {
        let mut inner = Self::default();
        write(&mut inner);
        if picked {
            self.0.push(Block::Keep(inner.0));
        } else {
            self.append(inner);
        }
    }

    /// Adds an option of a list to choose from.
    pub fn pick(&mut self, picked: bool, meaning: Meaning, text: impl Into<Words<'p>>) {
        let pointer = if picked { sign(Meaning::Accent, Glyph::Pointer) } else { words(Meaning::Text, " ") };
        self.keep(picked, |inner| inner.hang([pointer, words(Meaning::Text, " ")], meaning, text));
    }

    /// Adds an address to open.
    pub fn address(&mut self, address: impl Into<Words<'p>>) {
        self.0.push(Block::Address(address.into()));
    }

    pub fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}
