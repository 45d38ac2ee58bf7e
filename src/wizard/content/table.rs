//! A table as data: its columns, and its rows, made when they are asked for.

use std::fmt;

use super::{Glyph, Meaning, Words};

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
