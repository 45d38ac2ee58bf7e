//! Matches EventBridge event patterns. Source: EventBridge User Guide, "Creating event patterns" and "Comparison
//! operators".

use serde_json::{Map, Value};

use super::glob::like;

/// Whether `pattern` matches `event`. `None`: invalid pattern, or an operator unknown here.
pub(super) fn matches(pattern: &str, event: &Value) -> Option<bool> {
    let pattern: Map<String, Value> = serde_json::from_str(pattern).ok()?;
    object(&pattern, Some(event))
}

/// Logical AND: an unknown result counts only if no other is false.
fn all(results: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let results: Vec<Option<bool>> = results.collect();
    if results.contains(&Some(false)) {
        Some(false)
    } else if results.contains(&None) {
        None
    } else {
        Some(true)
    }
}

/// Logical OR.
fn any(results: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    all(results.map(|result| result.map(|result| !result))).map(|none| !none)
}

fn object(pattern: &Map<String, Value>, event: Option<&Value>) -> Option<bool> {
    all(pattern.iter().map(|(name, wanted)| match (name.as_str(), wanted) {
        ("$or", Value::Array(several)) => any(several.iter().map(|one| object(one.as_object()?, event))),
        (_, Value::Object(inner)) => object(inner, event.and_then(|event| event.get(name))),
        (_, Value::Array(several)) => {
            let value = event.and_then(|event| event.get(name));
            any(several.iter().map(|one| field(one, value)))
        }
        _ => None,
    }))
}

/// One entry of a field's list. If the event holds a list, one matching item suffices.
fn field(wanted: &Value, value: Option<&Value>) -> Option<bool> {
    if let Some(exists) = wanted.get("exists").and_then(Value::as_bool) {
        return Some(exists == value.is_some());
    }
    match value {
        None => Some(false),
        Some(Value::Array(items)) => any(items.iter().map(|item| one(wanted, item))),
        Some(item) => one(wanted, item),
    }
}

fn one(wanted: &Value, value: &Value) -> Option<bool> {
    let Value::Object(operator) = wanted else { return Some(wanted == value) };
    let mut entries = operator.iter();
    let (Some((name, operand)), None) = (entries.next(), entries.next()) else { return None };
    let text = value.as_str().unwrap_or_default();
    match (name.as_str(), operand) {
        ("prefix", Value::String(start)) => Some(text.starts_with(start)),
        ("suffix", Value::String(end)) => Some(text.ends_with(end)),
        ("prefix", Value::Object(inner)) => {
            let start = inner.get("equals-ignore-case")?.as_str()?.to_lowercase();
            Some(text.to_lowercase().starts_with(&start))
        }
        ("suffix", Value::Object(inner)) => {
            let end = inner.get("equals-ignore-case")?.as_str()?.to_lowercase();
            Some(text.to_lowercase().ends_with(&end))
        }
        ("wildcard", Value::String(pattern)) => Some(like(pattern, text)),
        ("equals-ignore-case", Value::String(same)) => Some(text.to_lowercase() == same.to_lowercase()),
        ("equals-ignore-case", Value::Array(several)) => {
            Some(several.iter().filter_map(Value::as_str).any(|same| text.to_lowercase() == same.to_lowercase()))
        }
        ("anything-but", Value::Object(_)) => anything_but(operand, value),
        ("anything-but", Value::Array(several)) => Some(!several.contains(value)),
        ("anything-but", single) => Some(single != value),
        _ => None,
    }
}

/// `{"anything-but": {"prefix": …}}`, whose operand may be a list.
fn anything_but(operand: &Value, value: &Value) -> Option<bool> {
    let mut entries = operand.as_object()?.iter();
    let (Some((name, inner)), None) = (entries.next(), entries.next()) else { return None };
    let tried = |inner: &Value| {
        let mut single = Map::new();
        single.insert(name.clone(), inner.clone());
        one(&Value::Object(single), value)
    };
    let found = match inner {
        Value::Array(several) => any(several.iter().map(tried)),
        single => tried(single),
    };
    found.map(|found| !found)
}
