//! Ids in AWS's formats. They come from a counter, so a scenario always gives the same ids. Secrets come from the
//! operating system's random numbers.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::secret::Secret;

/// A deterministic id generator.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Identifiers {
    /// 12 digits.
    account: u64,
    seed: u64,
    count: u64,
}

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

impl Identifiers {
    /// Seeds the generator with the account number.
    pub fn seeded_by(account: &str) -> Self {
        let seed = account.bytes().fold(0, |seed: u64, byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte)));
        Self { account: account.parse().unwrap_or_default(), seed, count: 0 }
    }

    /// An IAM id: a type prefix (`AIDA`, `AGPA`, `AROA`) and seventeen characters.
    pub fn unique(&mut self, prefix: &str) -> String {
        let bits = (u128::from(self.next()) << 64) | u128::from(self.next());
        base32(prefix, bits, 17)
    }

    /// An access key id (`AKIA`, `ASIA`) in base32: a flag that an account number follows, the number, and 39 unique
    /// bits. Source: Aidan Steele, "AWS Access Key ID formats", 2020.
    pub fn key(&mut self, prefix: &str) -> String {
        let own = self.next() & ((1 << 39) - 1);
        base32(prefix, (1 << 79) | (u128::from(self.account) << 39) | u128::from(own), 16)
    }

    /// A request id (UUID).
    pub fn request(&mut self) -> String {
        let (a, b) = (self.next(), self.next());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            a >> 32,
            (a >> 16) & 0xffff,
            a & 0xfff,
            0x8000 | ((b >> 48) & 0x3fff),
            b & 0xffff_ffff_ffff
        )
    }

    /// A number derived from the seed only; never use it for a secret.
    pub fn number(&mut self) -> u64 {
        self.next()
    }

    /// SplitMix64 (Steele, Lea, Flood 2014): small, and its numbers never repeat.
    fn next(&mut self) -> u64 {
        self.count += 1;
        let mut z = self.seed.wrapping_add(self.count.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// An id derived from a text, for things that every account has.
pub fn of_text(prefix: &str, text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let bits = digest.iter().take(16).fold(0_u128, |bits, byte| (bits << 8) | u128::from(*byte));
    base32(prefix, bits, 17)
}

/// `prefix` and the lowest `length` × 5 bits of `bits`.
fn base32(prefix: &str, bits: u128, length: u32) -> String {
    let five = |n: u32| char::from(ALPHABET[((bits >> (5 * n)) % 32) as usize]);
    prefix.chars().chain((0..length).rev().map(five)).collect()
}

/// `length` random characters of `alphabet`, whose length divides 256, so that the distribution is uniform.
fn random(alphabet: &[u8], length: usize) -> Secret {
    let mut bytes = zeroize::Zeroizing::new(vec![0; length]);
    // Without random numbers no TLS connection would work either; the practice account then has weak secrets.
    let _ = getrandom::fill(&mut bytes);
    let mut secret = Secret::default();
    bytes.iter().for_each(|byte| secret.push(char::from(alphabet[usize::from(*byte) % alphabet.len()])));
    secret
}

/// A secret access key: forty characters.
pub fn secret_access_key() -> Secret {
    random(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 40)
}

pub fn session_token() -> Secret {
    random(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 96)
}

/// A text message code: six letters and digits without lookalikes.
pub fn code() -> Secret {
    random(b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 6)
}

/// Seed of a virtual MFA device: forty random bytes, 64 base32 characters.
pub fn seed() -> Secret {
    random(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_awss_format_and_never_repeat() {
        let mut ids = Identifiers::seeded_by("123456789012");
        assert_eq!(ids.key("AKIA").len(), 20);
        assert_eq!(ids.unique("AIDA").len(), 21);
        assert_ne!(ids.key("AKIA"), ids.key("AKIA"));
        assert_eq!(ids.request().len(), 36);
        assert_eq!(
            Identifiers::seeded_by("123456789012").key("AKIA"),
            Identifiers::seeded_by("123456789012").key("AKIA")
        );
    }

    #[test]
    fn a_key_id_contains_its_account() {
        for account in ["123456789012", "000000000001", "999999999999"] {
            let id = Identifiers::seeded_by(account).key("ASIA");
            assert_eq!(crate::account::key_id::likely_account(&id).as_deref(), Some(account), "{id}");
        }
    }

    #[test]
    fn secrets_are_random() {
        assert_ne!(seed(), seed());
        assert_eq!(seed().chars(), 64);
        assert_eq!(secret_access_key().chars(), 40);
    }
}
