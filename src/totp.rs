//! Time-based one-time passwords (RFC 6238: SHA-1, 30 seconds, 6 digits) as in AWS's virtual MFA devices: codes, the
//! URI of the QR code, and validation of two codes.

use totp_rs::{Algorithm, Builder, Totp};

use crate::secret::Secret;

/// Validity of a code in seconds.
pub const STEP: u64 = 30;

/// Maximum steps of clock drift at enrolment, which AWS accepts and remembers (about eight hours; observed, not
/// documented).
pub const ENROLMENT_WINDOW: u64 = 1000;

/// Generates codes from a seed.
pub struct Generator(Totp);

impl Generator {
    /// Parses a base32 seed (RFC 4648), ignoring blanks and case. `None`: not base32.
    #[must_use]
    pub fn new(seed: &Secret) -> Option<Self> {
        let mut plain = Secret::default();
        seed.expose()
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '=')
            .for_each(|c| plain.push(c.to_ascii_uppercase()));
        if plain.is_empty() {
            return None;
        }
        let secret = totp_rs::Secret::try_from_base32(plain.expose()).ok()?;
        let builder =
            Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_step_duration(STEP).with_secret(secret);
        Some(Self(builder.build_noncompliant()))
    }

    /// The code at `unix` seconds.
    #[must_use]
    pub fn code(&self, unix: u64) -> String {
        self.0.generate(unix).to_string()
    }

    /// The step nearest to `unix`, within `window` steps, in which `code` is valid; counted from the epoch.
    #[must_use]
    pub fn step_of(&self, code: &str, unix: u64, window: u64) -> Option<u64> {
        let now = unix / STEP;
        (0..=window)
            .flat_map(|offset| [now.checked_sub(offset), (offset > 0).then_some(now + offset)])
            .flatten()
            .find(|step| self.code(step * STEP) == code)
    }
}

/// Seconds until the code changes.
#[must_use]
pub fn seconds_left(unix: u64) -> u64 {
    STEP - unix % STEP
}

/// The problem with two codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeProblem {
    /// The first (1) or second (2) code is not six digits.
    NotSixDigits(u8),
    SameTwice,
    /// Both are valid, but in reverse order.
    WrongOrder,
    /// Both are valid, but another code lies between them.
    NotConsecutive,
    /// No device with this seed showed the first (1) or second (2) code.
    NotFromThisSeed(u8),
}

impl CodeProblem {
    /// The problem and what to do. `unix`: the current time, for the seconds to the next code.
    #[must_use]
    pub fn words(self, unix: u64) -> String {
        let wait = seconds_left(unix);
        match self {
            Self::NotSixDigits(1) => "The first code has six digits.".into(),
            Self::NotSixDigits(_) => "The second code has six digits.".into(),
            Self::SameTwice => {
                format!("That is the same code twice. The next one comes in {wait} s: type that as the second.")
            }
            Self::WrongOrder => "These are in the wrong order: the code that was shown first goes first.".into(),
            Self::NotConsecutive => format!(
                "There was another code between these two. Take the current one as the first; the next comes in {wait} s."
            ),
            Self::NotFromThisSeed(n) => {
                let which = if n == 1 { "first" } else { "second" };
                format!(
                    "The {which} code does not come from this QR code. Check the digits, that the right entry is open in the app, and its clock."
                )
            }
        }
    }
}

/// Checks two codes against `seed` before they are sent, so that lockroot sends nothing AWS would certainly refuse.
///
/// Returns how many steps the device's clock seems ahead of `unix` (negative: behind).
///
/// # Errors
/// The first problem. A seed that is not base32 cannot be checked and passes.
pub fn check_pair(seed: &Secret, first: &str, second: &str, unix: u64) -> Result<i64, CodeProblem> {
    let six = |code: &str| code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit());
    if !six(first) {
        return Err(CodeProblem::NotSixDigits(1));
    }
    if !six(second) {
        return Err(CodeProblem::NotSixDigits(2));
    }
    if first == second {
        return Err(CodeProblem::SameTwice);
    }
    let Some(generator) = Generator::new(seed) else { return Ok(0) };
    let first = generator.step_of(first, unix, ENROLMENT_WINDOW).ok_or(CodeProblem::NotFromThisSeed(1))?;
    let second = generator.step_of(second, unix, ENROLMENT_WINDOW).ok_or(CodeProblem::NotFromThisSeed(2))?;
    match second.cmp(&first) {
        _ if second == first + 1 => Ok(second as i64 - (unix / STEP) as i64),
        std::cmp::Ordering::Less => Err(CodeProblem::WrongOrder),
        std::cmp::Ordering::Equal | std::cmp::Ordering::Greater => Err(CodeProblem::NotConsecutive),
    }
}

/// A warning about a device whose clock is `steps` off, if it matters. A slow typist seems a step or two behind.
/// Enrolment accepts any of this; sign-in tolerates two steps.
#[must_use]
pub fn drift_words(steps: i64) -> Option<String> {
    let minutes = |steps: i64| format!("{:.1} minutes", steps as f64 * STEP as f64 / 60.0).replace(".0", "");
    match steps {
        2.. => {
            Some(format!("The device's clock is {} fast. Set it: AWS may refuse its codes at sign-in.", minutes(steps)))
        }
        ..=-4 => Some(format!(
            "The device's clock is {} slow. Set it: AWS may refuse its codes at sign-in.",
            minutes(-steps)
        )),
        _ => None,
    }
}

/// Maximum length of a device name in the label. With a seed of 64 characters the QR code then stays at version 5.
const LABEL_NAME: usize = 20;

/// The URI for authenticator apps. It is kept short, so that its QR code fits a terminal of 80×24. The issuer is only
/// in the label, where apps read it too. The account tells several entries apart in the app.
#[must_use]
pub fn uri(seed: &Secret, device: &str, account: &str) -> Secret {
    let device: String = device
        .chars()
        .take(LABEL_NAME)
        .map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' })
        .collect();
    let mut uri = Secret::default();
    format!("otpauth://totp/AWS:{device}@{account}?secret=").chars().for_each(|c| uri.push(c));
    seed.expose().chars().filter(|c| *c != '=').for_each(|c| uri.push(c));
    uri
}

/// Accepted seed lengths in base32 characters. The minimum is 80 bits: RFC 4226 requires 128, but shorter ones are
/// still in use. The maximum is twice AWS's length.
const SEED_LENGTHS: std::ops::RangeInclusive<usize> = 16..=128;

/// Normalizes a seed copied from a page, with blanks, hyphens, padding or lowercase, to plain base32.
///
/// # Errors
/// The problem, without any part of the seed.
pub fn seed_from(typed: &Secret) -> Result<Secret, String> {
    let mut seed = Secret::default();
    for character in typed.expose().chars().filter(|c| !c.is_whitespace() && *c != '-' && *c != '=') {
        match character.to_ascii_uppercase() {
            letter @ ('A'..='Z' | '2'..='7') => seed.push(letter),
            _ => return Err("That is no secret key: it has only the letters A to Z and the digits 2 to 7. Copy it again from the console (\"Show secret key\").".into()),
        }
    }
    let length = seed.chars();
    if SEED_LENGTHS.contains(&length) {
        return Ok(seed);
    }
    Err(format!(
        "A secret key has {} to {} characters, AWS's have 64; this has {length}.",
        SEED_LENGTHS.start(),
        SEED_LENGTHS.end()
    ))
}

/// `seed` in groups of four, for typing.
#[must_use]
pub fn grouped(seed: &Secret) -> Secret {
    let mut grouped = Secret::default();
    for (i, c) in seed.expose().chars().enumerate() {
        if i > 0 && i % 4 == 0 {
            grouped.push(' ');
        }
        grouped.push(c);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "12345678901234567890" in base32: the seed of RFC 6238, appendix B.
    fn rfc_seed() -> Secret {
        Secret::new("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    }

    #[test]
    fn codes_are_those_of_rfc_6238_appendix_b() {
        let generator = Generator::new(&rfc_seed()).unwrap();
        for (unix, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(generator.code(unix), code, "{unix}");
        }
    }

    #[test]
    fn only_two_consecutive_codes_in_order_are_a_pair() {
        let seed = rfc_seed();
        let generator = Generator::new(&seed).unwrap();
        let now: u64 = 1_234_567_890;
        let at = |steps: i64| generator.code(now.wrapping_add_signed(steps * 30));
        let check = |first: &str, second: &str| check_pair(&seed, first, second, now);
        assert_eq!(check(&at(-1), &at(0)), Ok(0));
        assert_eq!(check(&at(0), &at(1)), Ok(1));
        assert_eq!(check(&at(-500), &at(-499)), Ok(-499), "a drift that AWS accepts at enrolment");
        assert_eq!(drift_words(1), None);
        assert_eq!(drift_words(-3), None, "somebody types slowly");
        assert!(drift_words(4).unwrap().contains("2 minutes fast"));
        assert!(drift_words(-5).unwrap().contains("2.5 minutes slow"));
        assert_eq!(check(&at(0), &at(0)), Err(CodeProblem::SameTwice));
        assert_eq!(check(&at(0), &at(-1)), Err(CodeProblem::WrongOrder));
        assert_eq!(check(&at(-2), &at(0)), Err(CodeProblem::NotConsecutive));
        assert_eq!(check(&at(-5000), &at(0)), Err(CodeProblem::NotFromThisSeed(1)));
        assert_eq!(check("12345", &at(0)), Err(CodeProblem::NotSixDigits(1)));
        assert_eq!(check(&at(0), "12345x"), Err(CodeProblem::NotSixDigits(2)));
    }

    #[test]
    fn a_pasted_seed_is_cleaned_and_a_wrong_one_is_not_shown() {
        let clean = seed_from(&Secret::new(" gezd-gnbv GY3T QOJQ gezd gnbv gy3t qojq==\n")).unwrap();
        assert_eq!(clean, rfc_seed());
        for wrong in ["GEZD", "GEZDGNBVGY3TQOJ1", "https://console.aws.amazon.com/", ""] {
            let words = seed_from(&Secret::new(wrong)).unwrap_err();
            assert!(wrong.is_empty() || !words.contains(wrong), "{words}");
        }
    }

    #[test]
    fn the_uri_is_short_and_names_the_account() {
        let seed = Secret::new("A".repeat(64));
        let uri = uri(&seed, "administrator", "123456789012");
        assert_eq!(uri.expose(), format!("otpauth://totp/AWS:administrator@123456789012?secret={}", "A".repeat(64)));
    }
}
