//! The account password policy for IAM users. It never covers root. Source: IAM API, `UpdateAccountPasswordPolicy`,
//! which replaces the whole policy on every call.

use serde::{Deserialize, Serialize};

/// A custom account password policy. Without one, AWS's default applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordPolicy {
    /// 6 to 128 characters.
    pub minimum_length: u32,
    /// At least one of `! @ # $ % ^ & * ( ) _ + - = [ ] { } | '`.
    pub require_symbols: bool,
    /// At least one of 0–9.
    pub require_numbers: bool,
    /// At least one of A–Z.
    pub require_uppercase: bool,
    /// At least one of a–z.
    pub require_lowercase: bool,
    /// Users may change their own password.
    pub allow_change: bool,
    /// Days until a password expires, 1 to 1,095; `None`: never.
    pub max_age: Option<u32>,
    /// Number of old passwords that cannot be reused, 1 to 24; `None`: no such rule.
    pub reuse_prevention: Option<u32>,
    /// Whether only an administrator can reset an expired password.
    pub hard_expiry: bool,
}

impl PasswordPolicy {
    /// Minimum lengths that AWS accepts.
    pub const LENGTH: std::ops::RangeInclusive<u32> = 6..=128;
    /// Days until expiry that AWS accepts.
    pub const AGE: std::ops::RangeInclusive<u32> = 1..=1095;
    /// Numbers of remembered passwords that AWS accepts.
    pub const REUSE: std::ops::RangeInclusive<u32> = 1..=24;
    /// CIS AWS Foundations 2.8 (v7), 1.7 (v5): minimum length 14.
    pub const CIS_LENGTH: u32 = 14;
    /// CIS AWS Foundations 2.9 (v7), 1.8 (v5): remember 24.
    pub const CIS_REUSE: u32 = 24;
    /// NIST SP 800-63B-4, 3.1.1.2: minimum length of a password that is the only factor. With a second factor 8 would
    /// do, but AWS's policy cannot tell users with MFA from those without.
    pub const NIST_LENGTH: u32 = 15;
    /// The symbols that AWS counts.
    pub const SYMBOLS: &'static str = "!@#$%^&*()_+-=[]{}|'";

    /// AWS's default, as far as a custom policy can express it: 8 characters and no expiry. Its rule of three out of
    /// four classes has no counterpart.
    #[must_use]
    pub fn aws_default() -> Self {
        Self {
            minimum_length: 8,
            require_symbols: false,
            require_numbers: false,
            require_uppercase: false,
            require_lowercase: false,
            allow_change: true,
            max_age: None,
            reuse_prevention: None,
            hard_expiry: false,
        }
    }

    /// This policy raised to CIS and Security Hub. Stricter values and expiry stay.
    #[must_use]
    pub fn raised_to_cis(&self) -> Self {
        Self {
            minimum_length: self.minimum_length.max(Self::CIS_LENGTH),
            require_symbols: true,
            require_numbers: true,
            require_uppercase: true,
            require_lowercase: true,
            allow_change: true,
            reuse_prevention: Some(Self::CIS_REUSE),
            ..self.clone()
        }
    }

    /// NIST SP 800-63B-4 as far as AWS can express it: length, no classes, no expiry. NIST requires no password
    /// history. AWS cannot check lists of leaked passwords. A longer minimum stays.
    #[must_use]
    pub fn by_nist(&self) -> Self {
        Self { minimum_length: self.minimum_length.max(Self::NIST_LENGTH), ..Self::aws_default() }
    }

    /// What `password` lacks under this policy, for people; empty if it is accepted.
    #[must_use]
    pub fn refusals(&self, password: &str) -> Vec<String> {
        let mut refusals = Vec::new();
        let length = password.chars().count();
        if length < self.minimum_length as usize {
            refusals.push(format!("{} more characters", self.minimum_length as usize - length));
        }
        let mut lacks = |required: bool, has: &dyn Fn(char) -> bool, what: &str| {
            if required && !password.chars().any(has) {
                refusals.push(what.to_owned());
            }
        };
        lacks(self.require_uppercase, &|c| c.is_ascii_uppercase(), "a capital letter");
        lacks(self.require_lowercase, &|c| c.is_ascii_lowercase(), "a small letter");
        lacks(self.require_numbers, &|c| c.is_ascii_digit(), "a digit");
        lacks(self.require_symbols, &|c| Self::SYMBOLS.contains(c), "a symbol");
        refusals
    }

    /// What `password` lacks under `policy`, or under AWS's default if there is none (8 characters, three of the four
    /// classes).
    #[must_use]
    pub fn refusals_in_force(policy: Option<&Self>, password: &str) -> Vec<String> {
        let Some(policy) = policy else {
            let mut refusals = Self::aws_default().refusals(password);
            let classes: [&dyn Fn(char) -> bool; 4] =
                [&|c| c.is_ascii_uppercase(), &|c| c.is_ascii_lowercase(), &|c| c.is_ascii_digit(), &|c| {
                    Self::SYMBOLS.contains(c)
                }];
            if classes.iter().filter(|class| password.chars().any(class)).count() < 3 {
                refusals.push("three of: capital letter, small letter, digit, symbol".into());
            }
            return refusals;
        };
        policy.refusals(password)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raising_a_policy_to_cis_keeps_stricter_settings() {
        let strict = PasswordPolicy {
            minimum_length: 20,
            max_age: Some(60),
            hard_expiry: true,
            ..PasswordPolicy::aws_default()
        };
        let raised = strict.raised_to_cis();
        assert_eq!((raised.minimum_length, raised.max_age, raised.hard_expiry), (20, Some(60), true));
        assert_eq!(raised.reuse_prevention, Some(24));
    }

    #[test]
    fn the_default_policy_requires_three_of_four_character_classes() {
        assert!(
            PasswordPolicy::refusals_in_force(None, "abcdefgh1")
                .contains(&"three of: capital letter, small letter, digit, symbol".to_owned())
        );
        assert_eq!(PasswordPolicy::refusals_in_force(None, "Abcdefgh1"), Vec::<String>::new());
    }

    #[test]
    fn a_refused_password_is_answered_with_what_is_missing() {
        let cis = PasswordPolicy::aws_default().raised_to_cis();
        assert_eq!(cis.refusals("abc"), ["11 more characters", "a capital letter", "a digit", "a symbol"]);
        assert!(cis.refusals("Correct-horse-7-staple").is_empty());
    }
}
