//! IAM's rules for tags. Source: IAM User Guide, "Rules for tagging in IAM and AWS STS", and the API's model.

/// Maximum tags per user.
pub const MAX_TAGS: usize = 50;
/// In characters.
pub const MAX_KEY_LEN: usize = 128;
/// In characters.
pub const MAX_VALUE_LEN: usize = 256;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tag {
    /// 1 to 128 characters. IAM keeps the case, but ignores it in comparisons.
    pub key: String,
    /// 0 to 256 characters.
    pub value: String,
}

/// Parses `key=value` pairs, separated by commas. A tag cannot contain a comma. A key ends at the first equals sign;
/// without one the value is empty.
///
/// # Errors
/// The problem with a tag.
pub fn parse(text: &str) -> Result<Vec<Tag>, String> {
    let mut tags: Vec<Tag> = Vec::new();
    for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let tag = Tag { key: key.trim().to_owned(), value: value.trim().to_owned() };
        check(&tag)?;
        if let Some(existing) = tags.iter().find(|other| is_same_key(&other.key, &tag.key)) {
            return Err(match existing.key == tag.key {
                true => format!("the key {} appears twice", tag.key),
                false => format!("{} and {} are the same tag key: IAM ignores case", existing.key, tag.key),
            });
        }
        tags.push(tag);
    }
    if tags.len() > MAX_TAGS { Err(format!("{} tags: IAM allows {MAX_TAGS} at most", tags.len())) } else { Ok(tags) }
}

fn check(tag: &Tag) -> Result<(), String> {
    let Tag { key, value } = tag;
    let (keys, values) = (key.chars().count(), value.chars().count());
    if key.is_empty() {
        return Err(format!("the key before ={value} is missing"));
    }
    if keys > MAX_KEY_LEN {
        return Err(format!("a key is too long by {}: at most {MAX_KEY_LEN} characters", keys - MAX_KEY_LEN));
    }
    if values > MAX_VALUE_LEN {
        return Err(format!(
            "the value of {key} is too long by {}: at most {MAX_VALUE_LEN} characters",
            values - MAX_VALUE_LEN
        ));
    }
    if let Some(bad) = key.chars().chain(value.chars()).find(|c| !is_allowed(*c)) {
        return Err(format!("{bad:?} is not allowed: use letters, digits, blanks and _ . : / = + - @"));
    }
    if is_reserved(key) {
        return Err(format!("{key}: keys that begin with aws: are reserved for AWS"));
    }
    Ok(())
}

/// Whether IAM treats two keys as equal.
#[must_use]
pub fn is_same_key(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// Whether `key` has the prefix reserved for AWS.
#[must_use]
pub fn is_reserved(key: &str) -> bool {
    key.to_lowercase().starts_with("aws:")
}

/// Whether IAM allows `c` in keys and values: `[\p{L}\p{Z}\p{N}_.:/=+\-@]`.
#[must_use]
pub fn is_allowed(c: char) -> bool {
    c.is_alphabetic() || c.is_numeric() || (c.is_whitespace() && !c.is_control()) || "_.:/=+-@".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        parse(text).unwrap().into_iter().map(|tag| (tag.key, tag.value)).collect()
    }

    #[test]
    fn pairs_are_separated_by_commas_and_values_may_be_empty() {
        let tag = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(pairs(""), []);
        assert_eq!(pairs(" , "), []);
        assert_eq!(
            pairs("team=platform, cost center = 42 ,owner,expr=a=b, Größe=ü"),
            [
                tag("team", "platform"),
                tag("cost center", "42"),
                tag("owner", ""),
                tag("expr", "a=b"),
                tag("Größe", "ü")
            ]
        );
    }

    #[test]
    fn tags_that_iam_would_refuse_are_named() {
        let said = |text: &str| parse(text).unwrap_err();
        assert!(said("=x").contains("the key before =x is missing"));
        assert!(said(&"k".repeat(129)).contains("too long by 1: at most 128"));
        assert!(said(&format!("k={}", "v".repeat(258))).contains("too long by 2: at most 256"));
        assert!(said("a=b!").contains("'!' is not allowed"));
        assert!(said("a\tb=c").contains("is not allowed"));
        assert!(said("AWS:owner=me").contains("reserved for AWS"));
        assert!(said("team=a, team=b").contains("appears twice"));
        assert!(said("Team=a, team=b").contains("Team and team"));
        let many = |count: usize| (0..count).map(|n| format!("k{n}")).collect::<Vec<_>>().join(",");
        assert_eq!(parse(&many(50)).unwrap().len(), 50);
        assert!(said(&many(51)).contains("50 at most"));
        assert_eq!(parse(&format!("{}={}", "k".repeat(128), "v".repeat(256))).unwrap().len(), 1);
    }
}
