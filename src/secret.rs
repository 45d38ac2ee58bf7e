//! Text that wipes itself and never prints: seeds, passwords, secret keys, session tokens. Nothing else may hold
//! one.

use zeroize::{Zeroize, ZeroizeOnDrop};

/// Room reserved at birth, so that typing a password does not leave shorter copies behind on the heap.
const CAPACITY: usize = 128;

/// What passwords are made of: the four classes that AWS counts, without characters that look alike.
const CLASSES: [&str; 4] = ["ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnopqrstuvwxyz", "23456789", "!@#$%^&*()_+-=[]{}"];

fn random_byte() -> u8 {
    let mut byte = [0];
    getrandom::fill(&mut byte).expect("the operating system gives randomness");
    byte[0]
}

/// Secret text. Read it with [`Secret::expose`], on purpose and as late as possible.
#[derive(PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Secret(String);

impl Secret {
    /// Takes over `text`, which is not copied.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// A random password of `length` characters, at least one of each class that AWS counts, none that look alike.
    ///
    /// # Panics
    /// If the operating system has no randomness to give: then nothing that is made here would be worth anything.
    #[must_use]
    pub fn generate(length: u32) -> Self {
        let alphabet: Vec<char> = CLASSES.concat().chars().collect();
        loop {
            let mut password = Self::default();
            while password.chars() < length.max(CLASSES.len() as u32) as usize {
                let byte = random_byte();
                // Only bytes below the largest multiple, so that each character is as likely as any other.
                if usize::from(byte) < 256 - 256 % alphabet.len() {
                    password.push(alphabet[usize::from(byte) % alphabet.len()]);
                }
            }
            if CLASSES.iter().all(|class| password.0.contains(|c| class.contains(c))) {
                return password;
            }
        }
    }

    /// The text itself. Every call of this is a place where a secret can leak: draw, sign or send it, never store it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// How many characters it has.
    #[must_use]
    pub fn chars(&self) -> usize {
        self.0.chars().count()
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts `character` at the end. A buffer that is too small is replaced and the old one wiped.
    pub fn push(&mut self, character: char) {
        if self.0.len() + character.len_utf8() > self.0.capacity() {
            let mut larger = String::with_capacity((self.0.capacity() * 2).max(CAPACITY));
            larger.push_str(&self.0);
            std::mem::swap(&mut self.0, &mut larger);
            larger.zeroize();
        }
        self.0.push(character);
    }

    /// Takes the last character away.
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
    fn prints_nothing_of_itself() {
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
    fn keeps_what_was_pushed_past_its_first_buffer() {
        let mut secret = Secret::default();
        "ä".repeat(300).chars().for_each(|character| secret.push(character));
        secret.pop();
        assert_eq!(secret.expose(), "ä".repeat(299));
        assert_eq!(secret.chars(), 299);
    }
}
