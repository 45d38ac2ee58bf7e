//! Writes the blocks of a page one after the other.

use super::{Block, Button, Glyph, Meaning, Pair, Span, Words, sign, words};

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
