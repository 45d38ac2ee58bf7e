//! The account alias, and AWS's rules for it. Source: IAM API 2010-05-08, `CreateAccountAlias`; IAM User Guide,
//! "Your AWS account ID and its alias".

/// Length limits of an alias, in characters.
pub const ALIAS_LENGTH: std::ops::RangeInclusive<usize> = 3..=63;

/// The problem with an alias, if any. AWS's pattern is `[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]`. Only AWS knows
/// whether it is taken.
#[must_use]
pub fn alias_problem(alias: &str) -> Option<String> {
    if let Some(bad) = alias.chars().find(|c| !c.is_ascii_lowercase() && !c.is_ascii_digit() && *c != '-') {
        return Some(format!("{bad:?} is not allowed: use lowercase letters, digits and -"));
    }
    let length = alias.chars().count();
    if length > *ALIAS_LENGTH.end() {
        let over = length - ALIAS_LENGTH.end();
        return Some(format!("too long by {over}: at most {} characters", ALIAS_LENGTH.end()));
    }
    if length < *ALIAS_LENGTH.start() {
        return Some(format!("at least {} characters", ALIAS_LENGTH.start()));
    }
    if alias.contains("--") {
        return Some("two hyphens in a row are not allowed".into());
    }
    if alias.starts_with('-') || alias.ends_with('-') {
        return Some("a hyphen at the beginning or the end is not allowed".into());
    }
    // AWS reads twelve digits in a sign-in address as an account number.
    let is_number = length == 12 && alias.chars().all(|c| c.is_ascii_digit());
    is_number.then(|| "twelve digits look like an account number: choose a name".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_follow_the_rules_of_aws() {
        for good in ["abc", "acme-prod-2", "123", "a-b", "1234567890123", &"x".repeat(63)] {
            assert_eq!(alias_problem(good), None, "{good}");
        }
        for (bad, said) in [
            ("", "at least 3"),
            ("ab", "at least 3"),
            ("Acme", "'A' is not allowed"),
            ("a.me", "'.' is not allowed"),
            ("äcme", "'ä' is not allowed"),
            ("a--b", "in a row"),
            ("-abc", "beginning or the end"),
            ("abc-", "beginning or the end"),
            ("123456789012", "account number"),
            (&"x".repeat(65), "too long by 2"),
        ] {
            assert!(alias_problem(bad).is_some_and(|words| words.contains(said)), "{bad}: {:?}", alias_problem(bad));
        }
    }
}
