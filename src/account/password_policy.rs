//! The account password policy for IAM users. It never covers root. Source: IAM API, `UpdateAccountPasswordPolicy`,
//! which replaces the whole policy at every call.

use serde::{Deserialize, Serialize};

/// A custom account password policy. Where an account has none, AWS's default is in force.
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
    /// Days after which a password expires, 1 to 1,095; none: never.
    pub max_age: Option<u32>,
    /// How many old passwords may not be used again, 1 to 24; none: no such rule.
    pub reuse_prevention: Option<u32>,
    /// An expired password locks its user out until an administrator resets it.
    pub hard_expiry: bool,
}

impl PasswordPolicy {
    /// Shortest and longest minimum length that AWS takes.
    pub const LENGTH: std::ops::RangeInclusive<u32> = 6..=128;
    /// Days that AWS takes for an expiry.
    pub const AGE: std::ops::RangeInclusive<u32> = 1..=1095;
    /// How many remembered passwords AWS takes.
    pub const REUSE: std::ops::RangeInclusive<u32> = 1..=24;
    /// CIS AWS Foundations 2.8 (v7), 1.7 (v5): minimum length 14.
    pub const CIS_LENGTH: u32 = 14;
    /// CIS AWS Foundations 2.9 (v7), 1.8 (v5): remember 24.
    pub const CIS_REUSE: u32 = 24;
    /// NIST SP 800-63B-4, 3.1.1.2: the shortest password that is used alone. With a second factor 8 would do, but a policy
    /// of AWS can't tell users with MFA from those without.
    pub const NIST_LENGTH: u32 = 15;
    /// The symbols that AWS counts.
    pub const SYMBOLS: &'static str = "!@#$%^&*()_+-=[]{}|'";

    /// What is in force where no custom policy is set, as far as a custom policy can say it: 8 characters, and of the four
    /// classes three (which no custom policy can express), no expiry.
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

    /// This policy raised to what CIS and Security Hub ask for; what is stricter already stays, expiry is left as it is.
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

    /// What NIST SP 800-63B-4 asks for, as far as AWS can express it: length, no classes, no expiry. It knows no memory of
    /// old passwords. That a password is on no list of leaked ones, AWS can't check. A longer minimum stays.
    #[must_use]
    pub fn by_nist(&self) -> Self {
        Self { minimum_length: self.minimum_length.max(Self::NIST_LENGTH), ..Self::aws_default() }
    }

    /// What `password` lacks under this policy, in words; nothing if it will do.
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

    /// What `password` lacks under the policy in force: `policy`, or AWS's default where there is none
    /// (8 characters, three of the four classes).
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
    fn raising_to_cis_keeps_what_is_stricter() {
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
    fn the_default_wants_three_of_four_classes() {
        assert!(
            PasswordPolicy::refusals_in_force(None, "abcdefgh1")
                .contains(&"three of: capital letter, small letter, digit, symbol".to_owned())
        );
        assert_eq!(PasswordPolicy::refusals_in_force(None, "Abcdefgh1"), Vec::<String>::new());
    }

    #[test]
    fn refusals_name_what_is_missing() {
        let cis = PasswordPolicy::aws_default().raised_to_cis();
        assert_eq!(cis.refusals("abc"), ["11 more characters", "a capital letter", "a digit", "a symbol"]);
        assert!(cis.refusals("Correct-horse-7-staple").is_empty());
    }
}
