//! Conditions of policy statements. Source: IAM User Guide, "IAM JSON policy elements: Condition operators" and
//! "AWS global condition context keys".

use serde_json::Value;

use super::matches;

/// Condition keys of a request with their values.
#[derive(Debug, Clone, Default)]
pub struct Context(Vec<(&'static str, String)>);

impl Context {
    pub fn with(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.0.push((key, value.into()));
        self
    }

    /// Replaces the value of `key`.
    pub fn but(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.0.retain(|(known, _)| !known.eq_ignore_ascii_case(key));
        self.with(key, value)
    }

    /// Adds a key, if it has a value.
    pub fn maybe(self, key: &'static str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// The value of `key`, regardless of case.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(key)).map(|(_, value)| value.as_str())
    }

    /// `text` with variables such as `${aws:username}` replaced. `None`: a variable has no value.
    pub fn fill(&self, text: &str) -> Option<String> {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let (key, after) = after.split_once('}')?;
            filled.push_str(before);
            match key {
                // Escaped wildcards. They can stay wildcards: no value here contains such a character.
                "*" | "?" | "$" => filled.push_str(key),
                key => filled.push_str(self.get(key)?),
            }
            rest = after;
        }
        filled.push_str(rest);
        Some(filled)
    }
}

/// One operator on one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    test: Test,
    negated: bool,
    if_exists: bool,
    key: String,
    values: Vec<String>,
}

/// How a key's value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Test {
    Same,
    SameButForCase,
    Like,
    Missing,
    /// An operator that practice does not support.
    Unknown,
}

impl Condition {
    /// Parses a `Condition` element: all conditions must hold.
    ///
    /// # Errors
    /// The problem, as a sentence.
    pub fn read_all(json: Option<&Value>) -> Result<Vec<Self>, String> {
        let malformed = || "Syntax errors in policy.".to_owned();
        let Some(json) = json else { return Ok(Vec::new()) };
        let mut conditions = Vec::new();
        for (operator, keys) in json.as_object().ok_or_else(malformed)? {
            for (key, values) in keys.as_object().ok_or_else(malformed)? {
                let values = match values {
                    Value::Array(many) => many.iter().map(plain).collect::<Option<_>>(),
                    one => plain(one).map(|one| vec![one]),
                };
                conditions.push(Self::read(operator, key, values.ok_or_else(malformed)?));
            }
        }
        Ok(conditions)
    }

    fn read(operator: &str, key: &str, values: Vec<String>) -> Self {
        let (operator, all) = match operator.split_once(':') {
            Some(("ForAllValues", operator)) => (operator, true),
            Some(("ForAnyValue", operator)) => (operator, false),
            _ => (operator, false),
        };
        let (operator, optional) = operator.strip_suffix("IfExists").map_or((operator, false), |short| (short, true));
        let (test, negated) = match operator {
            "StringEquals" => (Test::Same, false),
            "StringNotEquals" => (Test::Same, true),
            "Bool" | "StringEqualsIgnoreCase" => (Test::SameButForCase, false),
            "StringNotEqualsIgnoreCase" => (Test::SameButForCase, true),
            "StringLike" | "ArnLike" | "ArnEquals" => (Test::Like, false),
            "StringNotLike" | "ArnNotLike" | "ArnNotEquals" => (Test::Like, true),
            "Null" => (Test::Missing, false),
            _ => (Test::Unknown, false),
        };
        // ForAllValues holds if the key has no value.
        Self { test, negated, if_exists: optional || all, key: key.to_owned(), values }
    }

    /// Whether it holds. `None`: unsupported operator.
    pub fn holds(&self, context: &Context) -> Option<bool> {
        let found = context.get(&self.key);
        match (self.test, found) {
            (Test::Unknown, _) => None,
            (Test::Missing, found) => {
                let missing = if found.is_none() { "true" } else { "false" };
                Some(self.values.iter().any(|value| value.eq_ignore_ascii_case(missing)))
            }
            (_, None) => Some(self.if_exists || self.negated),
            (test, Some(found)) => {
                let mut wanted = self.values.iter().filter_map(|value| context.fill(value));
                Some(wanted.any(|wanted| test.compare(&wanted, found)) != self.negated)
            }
        }
    }
}

impl Test {
    fn compare(self, wanted: &str, found: &str) -> bool {
        match self {
            Self::Same => wanted == found,
            Self::SameButForCase => wanted.eq_ignore_ascii_case(found),
            Self::Like => matches(wanted, found),
            Self::Missing | Self::Unknown => false,
        }
    }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(json: &str, context: &Context) -> Option<bool> {
        let json: Value = serde_json::from_str(json).unwrap();
        Condition::read_all(Some(&json)).unwrap()[0].holds(context)
    }

    #[test]
    fn a_missing_key_fails_positive_conditions_and_passes_negated_or_optional_ones() {
        let none = Context::default();
        for (condition, expected) in [
            (r#"{"Bool":{"aws:MultiFactorAuthPresent":"true"}}"#, Some(false)),
            (r#"{"Bool":{"aws:MultiFactorAuthPresent":false}}"#, Some(false)),
            (r#"{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}"#, Some(true)),
            (r#"{"Null":{"aws:MultiFactorAuthPresent":"true"}}"#, Some(true)),
            (r#"{"Null":{"aws:MultiFactorAuthPresent":"false"}}"#, Some(false)),
            (r#"{"StringEquals":{"aws:username":"a"}}"#, Some(false)),
            (r#"{"StringNotEquals":{"aws:username":"a"}}"#, Some(true)),
            (r#"{"NumericLessThan":{"aws:MultiFactorAuthAge":"300"}}"#, None),
        ] {
            assert_eq!(holds(condition, &none), expected, "{condition}");
        }
    }

    #[test]
    fn condition_operators_compare_values() {
        let context = Context::default().with("aws:username", "alice").with("aws:MultiFactorAuthPresent", "true");
        for (condition, expected) in [
            (r#"{"Bool":{"AWS:MultiFactorAuthPresent":true}}"#, true),
            (r#"{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}"#, false),
            (r#"{"StringEquals":{"aws:username":["bob","alice"]}}"#, true),
            (r#"{"StringEquals":{"aws:username":"Alice"}}"#, false),
            (r#"{"StringNotLike":{"aws:username":"al*"}}"#, false),
            (r#"{"ForAnyValue:StringLike":{"aws:username":"${aws:username}"}}"#, true),
        ] {
            assert_eq!(holds(condition, &context), Some(expected), "{condition}");
        }
    }

    #[test]
    fn variables_are_all_replaced_or_the_text_is_refused() {
        let context = Context::default().with("aws:username", "alice");
        assert_eq!(context.fill("user/${aws:username}/x").as_deref(), Some("user/alice/x"));
        assert_eq!(context.fill("user/${aws:nobody}"), None);
        assert_eq!(context.fill("user/${aws:username"), None);
    }
}
