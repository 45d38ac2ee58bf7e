//! Evaluates policy documents. A statement with an unknown condition never allows, and always denies. Source: IAM
//! User Guide, "IAM JSON policy elements reference".

mod condition;
pub mod trust;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use condition::Condition;
pub use condition::Context;

/// Maximum characters of all inline policies of a user, and of a group. Source: IAM User Guide, "IAM and AWS STS
/// quotas".
pub const USER_QUOTA: usize = 2048;
pub const GROUP_QUOTA: usize = 5120;

/// The counted size of a document: "IAM does not count white space when calculating the size of a policy".
pub fn size(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// The decision of policies, in increasing precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    /// No statement applies.
    Silent,
    /// A statement allows it.
    Allow,
    /// A statement denies it, whatever others allow.
    Deny,
}

/// A policy document, as text and parsed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Document {
    /// JSON.
    pub text: String,
    statements: Vec<Statement>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Statement {
    denies: bool,
    actions: Patterns,
    resources: Patterns,
    conditions: Vec<Condition>,
}

/// A statement element (`Action`) or its negation (`NotAction`).
#[derive(Debug, Clone, PartialEq, Eq)]
struct Patterns {
    negated: bool,
    patterns: Vec<String>,
}

impl Document {
    /// Parses a document.
    ///
    /// # Errors
    /// The problem, as a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let json: Value = serde_json::from_str(text).map_err(|_| "This policy contains invalid Json".to_owned())?;
        let statements = json.get("Statement").ok_or("Syntax errors in policy.")?;
        let statements = match statements {
            Value::Array(statements) => statements.iter().map(Statement::read).collect::<Result<_, _>>()?,
            single => vec![Statement::read(single)?],
        };
        Ok(Self { text: text.to_owned(), statements })
    }

    /// The decision about `action` (`iam:CreateUser`) on `resource` (an ARN).
    pub fn decide(&self, action: &str, resource: &str, context: &Context) -> Decision {
        let decisions = self.statements.iter().map(|statement| statement.decide(action, resource, context));
        decisions.max().unwrap_or(Decision::Silent)
    }
}

impl TryFrom<String> for Document {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}

impl From<Document> for String {
    fn from(document: Document) -> Self {
        document.text
    }
}

impl Statement {
    fn read(json: &Value) -> Result<Self, String> {
        let denies = match json.get("Effect").and_then(Value::as_str) {
            Some("Allow") => false,
            Some("Deny") => true,
            _ => return Err("Syntax errors in policy.".into()),
        };
        Ok(Self {
            denies,
            actions: Patterns::read(json, "Action", "NotAction")?,
            resources: Patterns::read(json, "Resource", "NotResource")?,
            conditions: Condition::read_all(json.get("Condition"))?,
        })
    }

    fn decide(&self, action: &str, resource: &str, context: &Context) -> Decision {
        let applies = self.actions.apply(&action.to_ascii_lowercase(), |pattern| Some(pattern.to_owned()))
            && self.resources.apply(resource, |pattern| context.fill(pattern));
        let hold = || self.conditions.iter().map(|condition| condition.holds(context));
        if !applies || hold().any(|holds| holds == Some(false)) {
            return Decision::Silent;
        }
        match (self.denies, hold().all(|holds| holds.is_some())) {
            (true, _) => Decision::Deny,
            (false, true) => Decision::Allow,
            (false, false) => Decision::Silent,
        }
    }
}

impl Patterns {
    fn read(json: &Value, positive: &str, negative: &str) -> Result<Self, String> {
        let (negated, value) = match (json.get(positive), json.get(negative)) {
            (Some(value), None) => (false, value),
            (None, Some(value)) => (true, value),
            _ => {
                return Err(format!(
                    "Policy statement must contain {}.",
                    if positive == "Action" { "actions" } else { "resources" }
                ));
            }
        };
        // Actions are case-insensitive, resources case-sensitive.
        let read = |text: &str| if positive == "Action" { text.to_ascii_lowercase() } else { text.to_owned() };
        let patterns = match value {
            Value::String(one) => vec![read(one)],
            Value::Array(many) => many.iter().filter_map(Value::as_str).map(read).collect(),
            _ => return Err("Syntax errors in policy.".into()),
        };
        Ok(Self { negated, patterns })
    }

    /// `fill` replaces variables. A pattern with an unknown variable matches nothing.
    fn apply(&self, text: &str, fill: impl Fn(&str) -> Option<String>) -> bool {
        let fits = |pattern: &String| fill(pattern).is_some_and(|pattern| matches(&pattern, text));
        self.patterns.iter().any(fits) != self.negated
    }
}

/// Whether `text` matches `pattern`, with `*` for any characters and `?` for one.
pub fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    // Where to resume after the last star on a mismatch.
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p + 1, t));
                p += 1;
            }
            Some(c) if *c == b'?' || *c == text[t] => {
                p += 1;
                t += 1;
            }
            _ => {
                let Some((after, from)) = star else { return false };
                star = Some((after, from + 1));
                (p, t) = (after, from + 1);
            }
        }
    }
    pattern[p..].iter().all(|c| *c == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide(document: &str, action: &str) -> Decision {
        let context = Context::default().with("aws:username", "x");
        Document::parse(document).unwrap().decide(action, "arn:aws:iam::123456789012:user/x", &context)
    }

    #[test]
    fn wildcards_match_as_in_iam() {
        for (pattern, text, yes) in [
            ("*", "", true),
            ("iam:Get*", "iam:GetUser", true),
            ("iam:Get*", "iam:ListUsers", false),
            ("iam:*User*", "iam:CreateUser", true),
            ("iam:?etUser", "iam:GetUser", true),
            ("a*b*c", "axxbyyc", true),
            ("a*b*c", "axxbyy", false),
            ("", "x", false),
        ] {
            assert_eq!(matches(pattern, text), yes, "{pattern} {text}");
        }
    }

    #[test]
    fn an_explicit_deny_wins() {
        let document = r#"{"Version":"2012-10-17","Statement":[
            {"Effect":"Allow","Action":"*","Resource":"*"},
            {"Effect":"Deny","Action":["iam:DeleteUser"],"Resource":"*"}]}"#;
        assert_eq!(decide(document, "iam:CreateUser"), Decision::Allow);
        assert_eq!(decide(document, "iam:DeleteUser"), Decision::Deny);
    }

    #[test]
    fn not_action_and_single_statements_are_parsed() {
        let document = r#"{"Statement":{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}}"#;
        assert_eq!(decide(document, "iam:CreateUser"), Decision::Silent);
        assert_eq!(decide(document, "account:GetAlternateContact"), Decision::Allow);
    }

    #[test]
    fn actions_ignore_case_and_resources_do_not() {
        let document =
            r#"{"Statement":{"Effect":"Allow","Action":"IAM:createuser","Resource":"arn:aws:iam::*:user/x"}}"#;
        assert_eq!(decide(document, "iam:CreateUser"), Decision::Allow);
        let other = "arn:aws:iam::123456789012:user/y";
        let other = Document::parse(document).unwrap().decide("iam:CreateUser", other, &Context::default());
        assert_eq!(other, Decision::Silent);
    }

    #[test]
    fn resources_may_contain_variables() {
        let own = r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:iam::*:user/${aws:username}"}}"#;
        assert_eq!(decide(own, "iam:CreateAccessKey"), Decision::Allow);
        let other = own.replace("aws:username", "aws:PrincipalTag/x");
        assert_eq!(decide(&other, "iam:CreateAccessKey"), Decision::Silent);
        let not_own = own.replace("Resource", "NotResource");
        assert_eq!(decide(&not_own, "iam:CreateAccessKey"), Decision::Silent);
    }

    #[test]
    fn an_unknown_condition_denies_and_never_allows() {
        let unknown = r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*",
            "Condition":{"DateLessThan":{"aws:CurrentTime":"2030-01-01T00:00:00Z"}}}}"#;
        assert_eq!(decide(unknown, "iam:CreateUser"), Decision::Silent);
        assert_eq!(decide(&unknown.replace("Allow", "Deny"), "iam:CreateUser"), Decision::Deny);
    }

    #[test]
    fn a_statement_without_an_effect_is_malformed() {
        assert!(Document::parse(r#"{"Statement":{"Action":"*","Resource":"*"}}"#).is_err());
        assert!(Document::parse("{").is_err());
        assert!(Document::parse("{}").is_err());
    }
}
