//! Text that wipes itself and never prints: seeds, passwords, secret keys, session tokens. No other type may hold
//! one.

use zeroize::{Zeroize, ZeroizeOnDrop};

/// Initial capacity in bytes, so that typing a password leaves no shorter copies on the heap.
const CAPACITY: usize = 128;

/// Password characters: the four classes that AWS counts, without look-alikes.
const CLASSES: [&str; 4] = ["ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnopqrstuvwxyz", "23456789", "!@#$%^&*()_+-=[]{}"];

fn random_byte() -> u8 {
    let mut byte = [0];
    getrandom::fill(&mut byte).expect("the operating system gives randomness");
    byte[0]
}

/// Secret text. Read it with [`Secret::expose`], deliberately and as late as possible.
#[derive(PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Secret(String);

impl Secret {
    /// Takes over `text` without copying it.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// A random password of `length` characters with each of AWS's classes and without look-alikes.
    ///
    /// # Panics
    /// The operating system provides no random numbers: a secret made without them would be worthless.
    #[must_use]
    pub fn generate(length: u32) -> Self {
        let alphabet: Vec<char> = CLASSES.concat().chars().collect();
        loop {
            let mut password = Self::default();
            while password.chars() < length.max(CLASSES.len() as u32) as usize {
                let byte = random_byte();
                // Use only bytes below the largest multiple, so that all characters are equally likely.
                if usize::from(byte) < 256 - 256 % alphabet.len() {
                    password.push(alphabet[usize::from(byte) % alphabet.len()]);
                }
            }
            if CLASSES.iter().all(|class| password.0.contains(|c| class.contains(c))) {
                return password;
            }
        }
    }

    /// The text itself. Every call is a place where a secret can leak: draw, sign or send it, never store it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Number of characters.
    #[must_use]
    pub fn chars(&self) -> usize {
        self.0.chars().count()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Appends `character`. If the buffer is full, a larger one replaces it and the old one is wiped.
    pub fn push(&mut self, character: char) {
        if self.0.len() + character.len_utf8() > self.0.capacity() {
            let mut larger = String::with_capacity((self.0.capacity() * 2).max(CAPACITY));
            larger.push_str(&self.0);
            std::mem::swap(&mut self.0, &mut larger);
            larger.zeroize();
        }
        self.0.push(character);
    }

    /// Removes the last character.
    pub fn pop(&mut self) {
        self.0.pop();
    }
}

impl Default for Secret {
    fn default() -> Self {
        Self(String::with_capacity(CAPACITY))
    }
}

impl Clone for Secret {
    fn clone(&self) -> Self {
        let mut copy = Self::default();
        self.0.chars().for_each(|character| copy.push(character));
        copy
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_prints_nothing_of_itself() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "Secret(…)");
    }

    #[test]
    fn generated_passwords_have_all_classes_and_no_look_alikes() {
        for _ in 0..200 {
            let password = Secret::generate(24);
            assert_eq!(password.chars(), 24);
            assert!(CLASSES.iter().all(|class| password.expose().contains(|c| class.contains(c))));
            assert!(!password.expose().contains(['0', 'O', '1', 'l', 'I', '|', '\'']));
        }
        assert_ne!(Secret::generate(24), Secret::generate(24));
    }

    #[test]
    fn a_secret_keeps_characters_beyond_its_first_buffer() {
        let mut secret = Secret::default();
        "ä".repeat(300).chars().for_each(|character| secret.push(character));
        secret.pop();
        assert_eq!(secret.expose(), "ä".repeat(299));
        assert_eq!(secret.chars(), 299);
    }
}
