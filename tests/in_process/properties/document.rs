//! A checker for well-formed XML, as far as AWS uses it.

/// Returns what is wrong with `text`.
pub fn check(text: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map_or(text, |(_, rest)| rest);
    let mut roots = 0;
    while let Some((before, after)) = rest.split_once('<') {
        check_text(before)?;
        let (tag, after) = after.split_once('>').ok_or("a tag without an end")?;
        let name = tag.trim_end_matches('/').split(' ').next().unwrap_or_default();
        match (tag.strip_prefix('/'), tag.ends_with('/')) {
            (Some(name), _) if open.pop() != Some(name) => return Err(format!("</{name}> closes nothing")),
            (Some(_), _) => {}
            (None, _) if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric()) => {
                return Err(format!("<{tag}> has no name"));
            }
            (None, empty) => {
                roots += usize::from(open.is_empty());
                if !empty {
                    open.push(name);
                }
            }
        }
        rest = after;
    }
    match (roots, open.is_empty(), rest.trim().is_empty()) {
        (1, true, true) => Ok(()),
        _ => Err(format!("{roots} roots, {open:?} open, {rest:?} at the end")),
    }
}

/// Entities are known, and no character is one that XML 1.0 forbids.
fn check_text(text: &str) -> Result<(), String> {
    for part in text.split('&').skip(1) {
        let entity = part.split_once(';').map(|(entity, _)| entity).unwrap_or_default();
        if !["amp", "lt", "gt", "quot", "apos"].contains(&entity) && !entity.starts_with('#') {
            return Err(format!("&{part} is no entity"));
        }
    }
    match text.chars().find(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{7f}'..='\u{9f}')) {
        Some(bad) => Err(format!("{bad:?} is no character of XML")),
        None => Ok(()),
    }
}

#[test]
fn the_checker_accepts_good_and_rejects_bad_documents() {
    for good in ["<a/>", "<?xml version=\"1.0\"?>\n<a x=\"1\"><b>1 &amp; 2</b><c/></a>\n"] {
        assert_eq!(check(good), Ok(()), "{good}");
    }
    for bad in ["", "a", "<a>", "<a></b>", "<a/><b/>", "<a>&nope;</a>", "<a>\u{1}</a>", "<a", "<>x</>"] {
        assert!(check(bad).is_err(), "{bad}");
    }
}
