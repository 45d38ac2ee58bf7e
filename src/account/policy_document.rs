//! Decides whether a policy document allows everything. Source: IAM User Guide, "IAM JSON policy elements
//! reference".

use serde_json::Value;

/// A customer managed policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerPolicy {
    pub name: String,
    pub arn: String,
    /// Number of users, groups and roles with the policy, if AWS tells.
    pub attachments: Option<u32>,
    /// Whether it allows everything, as audits define it.
    pub full_admin: FullAdmin,
    /// Whether it gives full access, by [`allows_everything`].
    pub allows_everything: bool,
    /// Whether it denies everything, whatever other policies allow.
    pub denies_everything: bool,
}

/// Whether a policy allows every action on every resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FullAdmin {
    /// An unconditional statement allows everything.
    Yes,
    /// No statement allows everything.
    No,
    /// Cannot be decided without guessing; the reason, for people.
    Unclear(&'static str),
}

impl FullAdmin {
    /// AWS did not return the policy's text.
    pub const UNSENT: Self = Self::Unclear("AWS did not send it");
    const NO_JSON: Self = Self::Unclear("it is not JSON");
    const NO_STATEMENT: Self = Self::Unclear("it has no statement");

    /// Whether the text could not be read, so that its effect is unknown.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        [Self::UNSENT, Self::NO_JSON, Self::NO_STATEMENT].contains(self)
    }

    /// Parses the JSON in `document`.
    #[must_use]
    pub fn of(document: &str) -> Self {
        let Ok(document) = serde_json::from_str::<Value>(document) else { return Self::NO_JSON };
        let Some(statements) = statements(&document) else { return Self::NO_STATEMENT };
        let findings: Vec<Self> = statements.into_iter().map(statement).collect();
        let unclear = || findings.iter().find(|finding| matches!(finding, Self::Unclear(_)));
        if findings.contains(&Self::Yes) { Self::Yes } else { unclear().cloned().unwrap_or(Self::No) }
    }
}

/// Whether `document` gives full access: an unconditional statement allows all actions on all resources, or all but
/// some that leave IAM open. With IAM the holder can grant the rest.
#[must_use]
pub fn allows_everything(document: &str) -> bool {
    any(document, |statement| {
        let is_allowed =
            is_plain(statement, "Allow") && matches!(reach(statement, "Resource", "NotResource"), Reach::All);
        is_allowed
            && match reach(statement, "Action", "NotAction") {
                Reach::All => true,
                Reach::AllBut => {
                    texts(&statement["NotAction"]).is_some_and(|kept| !kept.iter().any(|one| meets_iam(one)))
                }
                Reach::Some | Reach::Odd => false,
            }
    })
}

/// Whether `document` denies everything: an unconditional statement denies all actions, or all but some, on all
/// resources. Only the exceptions can still be allowed.
#[must_use]
pub fn denies_everything(document: &str) -> bool {
    // Most policies deny nothing and need no JSON parsing. Only a backslash escape could hide the word.
    if !document.contains("Deny") && !document.contains('\\') {
        return false;
    }
    any(document, |statement| {
        let is_denied =
            is_plain(statement, "Deny") && matches!(reach(statement, "Resource", "NotResource"), Reach::All);
        is_denied
            && match reach(statement, "Action", "NotAction") {
                Reach::All => true,
                Reach::AllBut => texts(&statement["NotAction"]).is_some_and(|kept| !kept.iter().any(|one| is_all(one))),
                Reach::Some | Reach::Odd => false,
            }
    })
}

fn any(document: &str, holds: impl Fn(&Value) -> bool) -> bool {
    let Ok(document) = serde_json::from_str::<Value>(document) else { return false };
    statements(&document).is_some_and(|statements| statements.into_iter().any(holds))
}

/// All statements. A single one may come without a list.
fn statements(document: &Value) -> Option<Vec<&Value>> {
    match document.get("Statement") {
        Some(Value::Array(several)) => Some(several.iter().collect()),
        Some(one @ Value::Object(_)) => Some(vec![one]),
        _ => None,
    }
}

/// Whether the statement has this effect and no condition.
fn is_plain(statement: &Value, effect: &str) -> bool {
    statement.get("Effect").and_then(Value::as_str) == Some(effect) && !is_limited(statement)
}

fn is_limited(statement: &Value) -> bool {
    statement.get("Condition").is_some_and(|condition| *condition != Value::Object(Default::default()))
}

fn texts(patterns: &Value) -> Option<Vec<&str>> {
    match patterns {
        Value::String(one) => Some(vec![one]),
        Value::Array(several) => several.iter().map(Value::as_str).collect(),
        _ => None,
    }
}

/// Whether an action pattern can match an IAM action.
fn meets_iam(pattern: &str) -> bool {
    let service = pattern.split(':').next().unwrap_or_default().to_ascii_lowercase();
    service.contains(['*', '?']) || service == "iam"
}

/// Whether the text consists only of wildcards: `*`, `**`, `*:*`.
fn is_all(text: &str) -> bool {
    text.contains('*') && text.chars().all(|c| matches!(c, '*' | ':'))
}

fn statement(statement: &Value) -> FullAdmin {
    match statement.get("Effect").and_then(Value::as_str) {
        Some("Deny") => return FullAdmin::No,
        Some("Allow") => {}
        _ => return FullAdmin::Unclear("a statement has no effect"),
    }
    let actions = reach(statement, "Action", "NotAction");
    let resources = reach(statement, "Resource", "NotResource");
    match (actions, resources, is_limited(statement)) {
        (Reach::Some, _, _) | (_, Reach::Some, _) => FullAdmin::No,
        (Reach::Odd, _, _) | (_, Reach::Odd, _) => FullAdmin::Unclear("a statement can't be read"),
        (Reach::AllBut, _, _) => FullAdmin::Unclear("it allows all actions except some (NotAction)"),
        (_, Reach::AllBut, _) => FullAdmin::Unclear("it allows all resources except some (NotResource)"),
        (Reach::All, Reach::All, true) => FullAdmin::Unclear("it allows everything under a condition"),
        (Reach::All, Reach::All, false) => FullAdmin::Yes,
    }
}

/// The range of a statement element.
enum Reach {
    All,
    AllBut,
    Some,
    Odd,
}

fn reach(statement: &Value, element: &str, negated: &str) -> Reach {
    let patterns = match (statement.get(element), statement.get(negated)) {
        (Some(patterns), None) => patterns,
        (None, Some(_)) => return Reach::AllBut,
        _ => return Reach::Odd,
    };
    match patterns {
        Value::String(one) if is_all(one) => Reach::All,
        Value::String(_) => Reach::Some,
        Value::Array(several) if several.iter().any(|one| one.as_str().is_some_and(is_all)) => Reach::All,
        Value::Array(several) if several.iter().all(Value::is_string) => Reach::Some,
        _ => Reach::Odd,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(statement: &str) -> FullAdmin {
        FullAdmin::of(&format!(r#"{{"Version":"2012-10-17","Statement":{statement}}}"#))
    }

    #[test]
    fn all_actions_on_all_resources_are_full_admin() {
        for full in [
            r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#,
            r#"[{"Effect":"Allow","Action":["s3:*","*:*"],"Resource":["arn:aws:s3:::a","*"]}]"#,
            r#"[{"Effect":"Deny","Action":"s3:*","Resource":"*"},{"Effect":"Allow","Action":"**","Resource":"*","Condition":{}}]"#,
        ] {
            assert_eq!(of(full), FullAdmin::Yes, "{full}");
        }
    }

    #[test]
    fn fewer_permissions_are_not_full_admin() {
        for less in [
            r#"{"Effect":"Allow","Action":"iam:*","Resource":"*"}"#,
            r#"{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::a/*"}"#,
            r#"{"Effect":"Deny","Action":"*","Resource":"*"}"#,
            r#"{"Effect":"Allow","NotAction":"iam:*","Resource":"arn:aws:s3:::a"}"#,
            "[]",
        ] {
            assert_eq!(of(less), FullAdmin::No, "{less}");
        }
    }

    #[test]
    fn an_ambiguous_policy_is_unclear() {
        for unclear in [
            r#"{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}"#,
            r#"{"Effect":"Allow","Action":"*","NotResource":"arn:aws:s3:::a"}"#,
            r#"{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}"#,
            r#"{"Effect":"allow","Action":"*","Resource":"*"}"#,
            r#"{"Effect":"Allow","Action":7,"Resource":"*"}"#,
            r#"{"Effect":"Allow","Resource":"*"}"#,
            "7",
        ] {
            assert!(matches!(of(unclear), FullAdmin::Unclear(_)), "{unclear}");
        }
        assert!(matches!(FullAdmin::of("{"), FullAdmin::Unclear(_)));
    }

    #[test]
    fn all_actions_except_some_outside_iam_count_as_everything() {
        let allows = |statement: &str| allows_everything(&format!(r#"{{"Statement":{statement}}}"#));
        assert!(allows(r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#));
        assert!(allows(r#"[{"Effect":"Allow","NotAction":["organizations:*","account:*"],"Resource":"*"}]"#));
        for less in [
            r#"{"Effect":"Allow","NotAction":["iam:*","organizations:*"],"Resource":"*"}"#,
            r#"{"Effect":"Allow","NotAction":"i*","Resource":"*"}"#,
            r#"{"Effect":"Allow","NotAction":"s3:*","Resource":"arn:aws:s3:::a"}"#,
            r#"{"Effect":"Allow","NotAction":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}"#,
            r#"{"Effect":"Deny","NotAction":"s3:*","Resource":"*"}"#,
            r#"{"Effect":"Allow","NotAction":7,"Resource":"*"}"#,
        ] {
            assert!(!allows(less), "{less}");
        }
    }

    #[test]
    fn a_deny_of_everything_has_no_condition_and_covers_all_resources() {
        let denies = |statement: &str| denies_everything(&format!(r#"{{"Statement":{statement}}}"#));
        assert!(denies(r#"{"Effect":"Deny","Action":"*","Resource":"*"}"#));
        assert!(denies(r#"[{"Effect":"\u0044eny","Action":["*:*"],"Resource":["*"]}]"#), "JSON can spell it so");
        assert!(denies(r#"{"Effect":"Deny","NotAction":"sts:GetCallerIdentity","Resource":"*"}"#));
        for less in [
            r#"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}"#,
            r#"{"Effect":"Deny","Action":"iam:*","Resource":"*"}"#,
            r#"{"Effect":"Deny","NotAction":"*","Resource":"*"}"#,
            r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#,
        ] {
            assert!(!denies(less), "{less}");
        }
    }
}
