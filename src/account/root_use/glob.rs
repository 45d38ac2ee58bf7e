//! Matches text with `*` wildcards.

/// Whether `text` matches `pattern`.
pub(super) fn like(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        match rest.find(part) {
            Some(place) => rest = &rest[place + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::like;

    #[test]
    fn a_star_matches_any_text() {
        for (pattern, text) in [("Root", "Root"), ("*:root", "arn:aws:iam::1:root"), ("a*b*c", "axxbyyc"), ("*", "")] {
            assert!(like(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("Root", "Roots"), ("*:root", "root"), ("a*b*c", "acb"), ("", "x"), ("ab*ba", "aba")] {
            assert!(!like(pattern, text), "{pattern} {text}");
        }
    }
}
