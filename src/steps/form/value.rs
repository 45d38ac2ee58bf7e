//! The value of a field, and how keys edit it.

use crate::account::plain_text::plain;
use crate::secret::Secret;

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A line of text and the cursor's place in it, in characters.
    Text {
        /// The text.
        text: String,
        /// Characters before the cursor.
        cursor: usize,
    },
    /// A secret that is typed blind.
    Secret(Secret),
    /// One of several.
    Choice {
        /// What there is to choose from.
        options: &'static [&'static str],
        /// Which one is chosen.
        chosen: usize,
    },
    /// Yes or no.
    Toggle(bool),
}

impl Value {
    /// Types `character` at the cursor. In a text what nobody sees is made plain; a secret is kept as it is.
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

    /// Takes away the character before the cursor.
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

    /// Takes away the character under the cursor.
    pub fn erase_ahead(&mut self) {
        if let Self::Text { text, cursor } = self
            && *cursor < text.chars().count()
        {
            text.remove(byte_at(text, *cursor));
        }
    }

    /// Empties a text or a secret.
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

    /// Moves the cursor, or chooses another option, or switches.
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
