//! The value of a field, and how keys edit it.

use crate::account::plain_text::plain;
use crate::secret::Secret;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A line of text.
    Text {
        text: String,
        /// Number of characters before the cursor.
        cursor: usize,
    },
    /// A secret that is typed without being shown.
    Secret(Secret),
    /// One of several options.
    Choice {
        options: &'static [&'static str],
        /// Index of the chosen option.
        chosen: usize,
    },
    Toggle(bool),
}

impl Value {
    /// Inserts `character` at the cursor. Invisible characters of a text are made plain; a secret takes them as typed.
    pub fn insert(&mut self, character: char) {
        match self {
            Self::Text { text, cursor } if !character.is_control() => {
                if let Some(character) = plain(character) {
                    text.insert(byte_at(text, *cursor), character);
                    *cursor += 1;
                }
            }
            Self::Secret(secret) if !character.is_control() => secret.push(character),
            Self::Text { .. } | Self::Secret(_) | Self::Choice { .. } | Self::Toggle(_) => {}
        }
    }

    /// Deletes the character before the cursor.
    pub fn erase(&mut self) {
        match self {
            Self::Text { text, cursor } if *cursor > 0 => {
                *cursor -= 1;
                text.remove(byte_at(text, *cursor));
            }
            Self::Secret(secret) => secret.pop(),
            Self::Text { .. } | Self::Choice { .. } | Self::Toggle(_) => {}
        }
    }

    /// Deletes the character after the cursor.
    pub fn erase_ahead(&mut self) {
        if let Self::Text { text, cursor } = self
            && *cursor < text.chars().count()
        {
            text.remove(byte_at(text, *cursor));
        }
    }

    /// Clears a text or a secret.
    pub fn clear(&mut self) {
        match self {
            Self::Text { text, cursor } => {
                text.clear();
                *cursor = 0;
            }
            Self::Secret(secret) => *secret = Secret::default(),
            Self::Choice { .. } | Self::Toggle(_) => {}
        }
    }

    /// Moves the cursor, chooses another option, or toggles.
    pub fn shift(&mut self, by: isize) {
        match self {
            Self::Text { text, cursor } => {
                *cursor = cursor.saturating_add_signed(by).min(text.chars().count());
            }
            Self::Choice { options, chosen } => {
                *chosen = (*chosen as isize + by).rem_euclid(options.len() as isize) as usize;
            }
            Self::Toggle(on) => *on = !*on,
            Self::Secret(_) => {}
        }
    }
}

fn byte_at(text: &str, cursor: usize) -> usize {
    text.char_indices().nth(cursor).map_or(text.len(), |(byte, _)| byte)
}
