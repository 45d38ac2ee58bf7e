//! A table as data: columns, and rows made on demand.

use std::fmt;

use super::{Glyph, Meaning, Words};

#[derive(Debug)]
pub struct Column {
    /// Heading.
    pub head: &'static str,
    /// Width in characters; `None`: the widest cell.
    pub characters: Option<usize>,
    /// Smallest width in characters.
    pub least: usize,
}

#[derive(Debug)]
pub struct Cell<'p> {
    /// The cell's own meaning; `None`: the row's.
    pub meaning: Option<Meaning>,
    /// A sign before the text.
    pub sign: Option<Glyph>,
    pub text: Words<'p>,
}

impl<'p> Cell<'p> {
    /// A cell with the meaning of its row.
    pub fn new(text: impl Into<Words<'p>>) -> Self {
        Self { meaning: None, sign: None, text: text.into() }
    }
}

/// Rows to choose from. Rows are made on demand, because there may be thousands.
pub struct Table<'p> {
    pub columns: Vec<Column>,
    /// Number of rows.
    pub len: usize,
    /// Index of the selected row.
    pub picked: usize,
    /// Makes the cells of a row.
    pub row: Box<dyn Fn(usize) -> Vec<Cell<'p>> + 'p>,
}

impl fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").field("columns", &self.columns).field("len", &self.len).finish_non_exhaustive()
    }
}
