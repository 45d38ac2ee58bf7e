//! Constraints of IAM's model on parameters. Source: the service model of IAM, 2010-05-08.

use std::ops::RangeInclusive;

use super::refusal::Refusal;

/// The constraint of a string parameter.
pub struct Rule {
    length: RangeInclusive<usize>,
    /// In AWS's messages.
    pattern: &'static str,
    allows: fn(&str) -> bool,
}

impl Rule {
    const fn new(length: RangeInclusive<usize>, pattern: &'static str, allows: fn(&str) -> bool) -> Self {
        Self { length, pattern, allows }
    }

    pub fn check(&self, member: &str, value: &str) -> Result<(), Refusal> {
        let refuse = |constraint: String| Err(Refusal::constraint(Some(value), member, &constraint));
        let length = value.chars().count();
        if length > *self.length.end() {
            return refuse(format!("Member must have length less than or equal to {}", self.length.end()));
        }
        if length < *self.length.start() {
            return refuse(format!("Member must have length greater than or equal to {}", self.length.start()));
        }
        if !(self.allows)(value) {
            return refuse(format!("Member must satisfy regular expression pattern: {}", self.pattern));
        }
        Ok(())
    }
}

const NAME: &str = r"[\w+=,.@-]+";

/// For creating a user.
pub const NEW_USER_NAME: Rule = Rule::new(1..=64, NAME, is_name);
/// For naming an existing user.
pub const USER_NAME: Rule = Rule::new(1..=128, NAME, is_name);
pub const GROUP_NAME: Rule = Rule::new(1..=128, NAME, is_name);
pub const POLICY_NAME: Rule = Rule::new(1..=128, NAME, is_name);
/// The model sets no maximum, but the serial number, which contains the name, has one.
pub const DEVICE_NAME: Rule = Rule::new(1..=226, NAME, is_name);
pub const SERIAL_NUMBER: Rule =
    Rule::new(9..=256, r"[\w+=/:,.@-]+", |text| text.chars().all(|c| is_word(c) || "+=/:,.@-".contains(c)));
pub const CODE: Rule = Rule::new(6..=6, r"[\d]+", |text| text.bytes().all(|b| b.is_ascii_digit()));
pub const ACCESS_KEY_ID: Rule = Rule::new(16..=128, r"[\w]+", |text| text.chars().all(is_word));
pub const POLICY_ARN: Rule = Rule::new(20..=2048, "", |_| true);
pub const POLICY_DOCUMENT: Rule = Rule::new(1..=131_072, PRINTABLE, is_printable);
pub const PASSWORD: Rule = Rule::new(1..=128, PRINTABLE, is_printable);
pub const MARKER: Rule = Rule::new(1..=320, r"[\u0020-\u00FF]+", |text| text.chars().all(|c| (' '..='ÿ').contains(&c)));
pub const POLICY_VERSION: Rule = Rule::new(2..=32, r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?", |text| {
    text.strip_prefix('v').is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit() && c != '0'))
});
pub const PATH: Rule = Rule::new(1..=512, r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)", is_path);
pub const PATH_PREFIX: Rule = Rule::new(1..=512, r"\u002F[\u0021-\u007F]*", |text| {
    text.starts_with('/') && text.chars().all(|c| ('!'..='\u{7f}').contains(&c))
});
pub const SESSION_NAME: Rule = Rule::new(2..=64, r"[\w+=,.@-]*", is_name);
/// Source: IAM Identity Center API, `CreatePermissionSet`.
pub const PERMISSION_SET_NAME: Rule = Rule::new(1..=32, NAME, is_name);
pub const SERVER_CERTIFICATE_NAME: Rule = Rule::new(1..=128, NAME, is_name);
pub const ROLE_NAME: Rule = Rule::new(1..=64, NAME, is_name);
pub const CERTIFICATE: Rule = Rule::new(1..=16_384, PRINTABLE, is_printable);
pub const SERVICE_CREDENTIAL_ID: Rule = Rule::new(20..=128, r"[\w]+", |text| text.chars().all(is_word));
pub const JOB_ID: Rule = Rule::new(36..=36, "", |_| true);
pub const CERTIFICATE_ID: Rule = Rule::new(24..=128, r"[\w]+", |text| text.chars().all(is_word));
pub const ALIAS: Rule = Rule::new(3..=63, r"^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$", is_alias);
pub const TAG_KEY: Rule = Rule::new(1..=128, "", |_| true);
pub const TAG_VALUE: Rule = Rule::new(0..=256, "", |_| true);

const PRINTABLE: &str = r"[\u0009\u000A\u000D\u0020-\u00FF]+";

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn is_name(text: &str) -> bool {
    text.chars().all(|c| is_word(c) || "+=,.@-".contains(c))
}

fn is_printable(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '\t' | '\n' | '\r' | ' '..='ÿ'))
}

fn is_path(text: &str) -> bool {
    let inside = text.strip_prefix('/').map(|rest| rest.strip_suffix('/').unwrap_or(rest));
    text == "/"
        || (text.ends_with('/') && inside.is_some_and(|i| !i.is_empty() && i.chars().all(|c| ('!'..='~').contains(&c))))
}

fn is_alias(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_validation_error_reads_like_awss() {
        let refusal = NEW_USER_NAME.check("UserName", "a b!").unwrap_err();
        assert_eq!(refusal.code, "ValidationError");
        assert_eq!(
            refusal.message,
            r"1 validation error detected: Value 'a b!' at 'userName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]+"
        );
        let long = NEW_USER_NAME.check("UserName", &"x".repeat(65)).unwrap_err();
        assert!(long.message.ends_with("Member must have length less than or equal to 64"));
    }

    #[test]
    fn aliases_and_paths_follow_the_model() {
        for good in ["abc", "a-b-c", "123"] {
            assert!(ALIAS.check("AccountAlias", good).is_ok(), "{good}");
        }
        for bad in ["ab", "-abc", "abc-", "a--b", "UPPER_bad"] {
            assert!(ALIAS.check("AccountAlias", bad).is_err(), "{bad}");
        }
        assert!(PATH.check("Path", "/").is_ok());
        assert!(PATH.check("Path", "/a/b/").is_ok());
        assert!(PATH.check("Path", "/a").is_err());
        assert!(PATH.check("Path", "a/").is_err());
    }
}
