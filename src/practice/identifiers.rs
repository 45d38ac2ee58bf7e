//! Ids in AWS's shapes. They come from a counter, so that the same scenario gives the same ids; secrets come from the
//! operating system's random numbers, never from here's counter.

use crate::secret::Secret;

/// The counter.
#[derive(Debug, Clone)]
pub struct Identifiers {
    seed: u64,
    count: u64,
}

impl Identifiers {
    /// Ids that follow from the account's number.
    pub fn seeded_by(account: &str) -> Self {
        let seed = account.bytes().fold(0, |seed: u64, byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte)));
        Self { seed, count: 0 }
    }

    /// An IAM id: the prefix that tells its kind (`AKIA`, `ASIA`, `AIDA`, `AGPA`) and sixteen or seventeen characters.
    pub fn unique(&mut self, prefix: &str) -> String {
        const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let length = if prefix.starts_with("AK") || prefix.starts_with("AS") { 16 } else { 17 };
        let mut bits = (u128::from(self.next()) << 64) | u128::from(self.next());
        let mut id = prefix.to_owned();
        for _ in 0..length {
            id.push(char::from(ALPHABET[(bits % 32) as usize]));
            bits /= 32;
        }
        id
    }

    /// A request id: a UUID.
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

    /// A number that nothing but the seed decides; no secret may come from it.
    pub fn number(&mut self) -> u64 {
        self.next()
    }

    /// SplitMix64 (Steele, Lea, Flood 2014): small, and no two of its numbers are alike.
    fn next(&mut self) -> u64 {
        self.count += 1;
        let mut z = self.seed.wrapping_add(self.count.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// `length` random characters of `alphabet`, whose length divides 256 so that no character is favoured.
fn random(alphabet: &[u8], length: usize) -> Secret {
    let mut bytes = zeroize::Zeroizing::new(vec![0; length]);
    // Without random numbers the machine could not have signed in anywhere; the account then has weak secrets, and no more.
    let _ = getrandom::fill(&mut bytes);
    let mut secret = Secret::default();
    bytes.iter().for_each(|byte| secret.push(char::from(alphabet[usize::from(*byte) % alphabet.len()])));
    secret
}

/// A secret access key: forty characters.
pub fn secret_access_key() -> Secret {
    random(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 40)
}

/// A session token.
pub fn session_token() -> Secret {
    random(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 96)
}

/// The seed of a virtual MFA device: forty random bytes, which are 64 characters of base32.
pub fn seed() -> Secret {
    random(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_the_shapes_of_aws_and_never_repeat() {
        let mut ids = Identifiers::seeded_by("123456789012");
        assert_eq!(ids.unique("AKIA").len(), 20);
        assert_eq!(ids.unique("AIDA").len(), 21);
        assert_ne!(ids.unique("AKIA"), ids.unique("AKIA"));
        assert_eq!(ids.request().len(), 36);
        assert_eq!(
            Identifiers::seeded_by("123456789012").unique("AKIA"),
            Identifiers::seeded_by("123456789012").unique("AKIA")
        );
    }

    #[test]
    fn secrets_are_random() {
        assert_ne!(seed(), seed());
        assert_eq!(seed().chars(), 64);
        assert_eq!(secret_access_key().chars(), 40);
    }
}
