//! Whether a policy document gives everything away. Source: IAM User Guide, "IAM JSON policy elements reference".

use serde_json::Value;

/// What is known of a customer's managed policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerPolicy {
    /// Its name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// How many users, groups and roles carry it, if AWS says.
    pub attachments: Option<u32>,
    /// Whether it allows everything.
    pub full_admin: FullAdmin,
}

/// Whether a document allows every action on every resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FullAdmin {
    /// A statement does, without a condition.
    Yes,
    /// None does.
    No,
    /// One may, and to tell would be to guess: the reason in words.
    Unclear(&'static str),
}

impl FullAdmin {
    /// Reads `document`, which is JSON.
    #[must_use]
    pub fn of(document: &str) -> Self {
        let Ok(document) = serde_json::from_str::<Value>(document) else { return Self::Unclear("it is no JSON") };
        let statements: Vec<&Value> = match document.get("Statement") {
            Some(Value::Array(several)) => several.iter().collect(),
            Some(one @ Value::Object(_)) => vec![one],
            _ => return Self::Unclear("it has no statement"),
        };
        let findings: Vec<Self> = statements.into_iter().map(statement).collect();
        let unclear = || findings.iter().find(|finding| matches!(finding, Self::Unclear(_)));
        if findings.contains(&Self::Yes) { Self::Yes } else { unclear().cloned().unwrap_or(Self::No) }
    }
}

fn statement(statement: &Value) -> FullAdmin {
    match statement.get("Effect").and_then(Value::as_str) {
        Some("Deny") => return FullAdmin::No,
        Some("Allow") => {}
        _ => return FullAdmin::Unclear("a statement has no effect"),
    }
    let actions = reach(statement, "Action", "NotAction");
    let resources = reach(statement, "Resource", "NotResource");
    let limited = statement.get("Condition").is_some_and(|condition| *condition != Value::Object(Default::default()));
    match (actions, resources, limited) {
        (Reach::Some, _, _) | (_, Reach::Some, _) => FullAdmin::No,
        (Reach::Odd, _, _) | (_, Reach::Odd, _) => FullAdmin::Unclear("a statement can't be read"),
        (Reach::AllBut, _, _) => FullAdmin::Unclear("it allows all actions but some (NotAction)"),
        (_, Reach::AllBut, _) => FullAdmin::Unclear("it allows all resources but some (NotResource)"),
        (Reach::All, Reach::All, true) => FullAdmin::Unclear("it allows everything under a condition"),
        (Reach::All, Reach::All, false) => FullAdmin::Yes,
    }
}

/// How far an element of a statement goes.
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
    // `*`, `**`, `*:*`: nothing but stars.
    let all = |text: &str| text.contains('*') && text.chars().all(|c| matches!(c, '*' | ':'));
    match patterns {
        Value::String(one) if all(one) => Reach::All,
        Value::String(_) => Reach::Some,
        Value::Array(several) if several.iter().any(|one| one.as_str().is_some_and(all)) => Reach::All,
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
    fn everything_on_everything_is_full_admin() {
        for full in [
            r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#,
            r#"[{"Effect":"Allow","Action":["s3:*","*:*"],"Resource":["arn:aws:s3:::a","*"]}]"#,
            r#"[{"Effect":"Deny","Action":"s3:*","Resource":"*"},{"Effect":"Allow","Action":"**","Resource":"*","Condition":{}}]"#,
        ] {
            assert_eq!(of(full), FullAdmin::Yes, "{full}");
        }
    }

    #[test]
    fn less_is_not() {
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
    fn what_would_be_a_guess_is_unclear() {
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
}
