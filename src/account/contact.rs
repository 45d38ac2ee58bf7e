//! The alternate contacts and AWS's rules for their fields.
//! Source: Account Management API 2021-02-01, `PutAlternateContact`.

use super::plain_text::hidden_problem;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ContactType {
    /// Invoices and payments.
    Billing,
    /// Service availability and scheduled maintenance.
    Operations,
    /// Abuse reports, leaked keys and vulnerabilities.
    Security,
}

impl ContactType {
    /// In the console's order.
    pub const ALL: [Self; 3] = [Self::Billing, Self::Operations, Self::Security];

    /// The API's spelling, which is case-sensitive.
    #[must_use]
    pub fn wire(self) -> &'static str {
        match self {
            Self::Billing => "BILLING",
            Self::Operations => "OPERATIONS",
            Self::Security => "SECURITY",
        }
    }

    /// Parses the API's spelling.
    #[must_use]
    pub fn of_wire(wire: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|of| of.wire() == wire)
    }

    /// The word shown to people.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Billing => "billing",
            Self::Operations => "operations",
            Self::Security => "security",
        }
    }
}

/// A contact in addition to the primary one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AlternateContact {
    /// 1 to 64 characters.
    pub name: String,
    /// 1 to 50 characters.
    pub title: String,
    /// 1 to 254 characters, see [`email_problem`].
    pub email: String,
    /// 1 to 25 characters, see [`phone_problem`].
    pub phone: String,
}

/// An alternate contact as it was before lockroot changed or deleted it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviousContact {
    pub of: ContactType,
    pub contact: AlternateContact,
    /// When lockroot replaced it.
    pub until: super::Timestamp,
}

/// In characters.
pub const MAX_NAME_LEN: usize = 64;
/// In characters.
pub const MAX_TITLE_LEN: usize = 50;
/// In characters.
pub const MAX_EMAIL_LEN: usize = 254;
/// In characters.
pub const MAX_PHONE_LEN: usize = 25;

/// The problem with a name, if any.
#[must_use]
pub fn name_problem(name: &str) -> Option<String> {
    length_problem("a name", name, MAX_NAME_LEN).or_else(|| hidden_problem(name))
}

/// The problem with a title, if any.
#[must_use]
pub fn title_problem(title: &str) -> Option<String> {
    length_problem("a title", title, MAX_TITLE_LEN).or_else(|| hidden_problem(title))
}

/// The problem with an e-mail address under AWS's pattern `[\w+=.#|!&-]+@[\w.-]+\.[\w]+`, if any.
#[must_use]
pub fn email_problem(email: &str) -> Option<String> {
    let email = email.trim();
    if let Some(problem) = length_problem("an e-mail address", email, MAX_EMAIL_LEN) {
        return Some(problem);
    }
    let Some((local, host)) = email.split_once('@') else {
        return Some("the @ is missing: name@example.com".into());
    };
    if local.is_empty() {
        return Some("the part before the @ is missing".into());
    }
    if let Some(bad) = local.chars().find(|c| !is_word(*c) && !"+=.#|!&-".contains(*c)) {
        return Some(format!("{bad:?} is not allowed before the @: use letters, digits and + = . # | ! & - _"));
    }
    match host.rsplit_once('.') {
        None => Some("the domain after the @ is incomplete: name@example.com".into()),
        Some((domain, top)) if domain.is_empty() || top.is_empty() => {
            Some("the domain after the @ is incomplete: name@example.com".into())
        }
        Some((domain, top)) => domain
            .chars()
            .find(|c| !is_word(*c) && !".-".contains(*c))
            .or_else(|| top.chars().find(|c| !is_word(*c)))
            .map(|bad| format!("{bad:?} is not allowed in the domain after the @")),
    }
}

/// The problem with a phone number under AWS's pattern `[\s0-9()+-]+`, if any.
#[must_use]
pub fn phone_problem(phone: &str) -> Option<String> {
    let wrong = length_problem("a phone number", phone, MAX_PHONE_LEN).or_else(|| hidden_problem(phone));
    wrong.or_else(|| {
        phone
            .chars()
            .find(|c| !c.is_ascii_digit() && !" ()+-".contains(*c))
            .map(|bad| format!("{bad:?} is not allowed: use digits, blanks, ( ) + and -"))
            .or_else(|| (!phone.chars().any(|c| c.is_ascii_digit())).then(|| "the phone number has no digits".into()))
    })
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn length_problem(what: &str, text: &str, max: usize) -> Option<String> {
    match text.trim().chars().count() {
        0 => Some(format!("{what} is needed")),
        _ if text.chars().count() > max => {
            Some(format!("too long by {}: at most {max} characters", text.chars().count() - max))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e_mail_addresses_follow_the_pattern_of_aws() {
        for good in ["aws@example.com", " a+b=c.d#e|f!g&h-i_j@sub.example-host.co ", "x@y.z"] {
            assert_eq!(email_problem(good), None, "{good}");
        }
        for bad in [
            "",
            "aws",
            "@example.com",
            "aws@",
            "aws@example",
            "aws@.com",
            "aws@example.",
            "a b@example.com",
            "a'b@example.com",
            "a@exa mple.com",
            "a@example.c-m",
            "a@b@c.de",
        ] {
            assert!(email_problem(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn phones_need_no_plus_but_only_the_characters_of_aws() {
        assert_eq!(phone_problem("+49 (0)30 123-456"), None);
        assert_eq!(phone_problem("030 123456"), None);
        for bad in ["", "  ", "()", "030/123", "call me", &"1".repeat(26), "+33\u{a0}1", "+33\u{200b}1"] {
            assert!(phone_problem(bad).is_some(), "{bad}");
        }
        assert!(phone_problem("+33\u{202f}1").unwrap().starts_with("U+202F, an unusual blank"));
        assert!(name_problem("Ada\u{200b}").is_some() && title_problem("CTO\u{a0}").is_some());
    }

    #[test]
    fn a_title_that_is_too_long_reports_by_how_much() {
        assert_eq!(title_problem(&"x".repeat(53)).unwrap(), "too long by 3: at most 50 characters");
        assert_eq!(title_problem(&"ü".repeat(50)), None);
    }
}
