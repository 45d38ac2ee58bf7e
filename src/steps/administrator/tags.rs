//! Tags for users. Existing tags are never overwritten: a value may grant or remove permissions.

use super::super::{Call, FieldId, Form, Problem};
use crate::account::facts::User;
use crate::account::tags::{MAX_TAGS, is_same_key, parse};
use crate::account::{Change, Tag};

/// The problem of the typed tags.
pub(super) fn problem(form: &Form) -> Option<Problem> {
    let words = parse(form.text(FieldId::Tags)).err()?;
    Some(Problem { field: FieldId::Tags, words, at_once: true })
}

pub(super) fn of(form: &Form) -> Result<Vec<Tag>, String> {
    parse(form.text(FieldId::Tags))
}

/// Tags in words.
pub(super) fn words(tags: &[Tag]) -> String {
    let said = tags.iter().map(|tag| format!("{}={}", tag.key, tag.value)).collect::<Vec<_>>();
    if said.is_empty() { "none".into() } else { said.join(", ") }
}

/// The call that adds the tags of `wanted` whose keys `user` lacks, and notes about tags that exist with another value.
pub(super) fn missing(user: &User, wanted: &[Tag]) -> Result<(Option<Call>, Vec<String>), String> {
    let has = |tag: &&Tag| user.tags.iter().find(|own| is_same_key(&own.key, &tag.key));
    let lacking: Vec<Tag> = wanted.iter().filter(|tag| has(tag).is_none()).cloned().collect();
    let differing = wanted.iter().filter_map(|tag| has(&tag).filter(|own| own.value != tag.value));
    let kept = differing.map(|own| format!("{}'s tag {}={}", user.name, own.key, own.value)).collect();
    if lacking.is_empty() {
        return Ok((None, kept));
    }
    let count = user.tags.len() + lacking.len();
    if count > MAX_TAGS {
        return Err(format!("{} would have {count} tags, and IAM allows {MAX_TAGS}. Type fewer.", user.name));
    }
    let (before, after) = (words(&user.tags), words(&lacking));
    let change = Change::TagUser { user: user.name.clone(), tags: lacking };
    Ok((Some(Call::new(change, "Tags", before, format!("{after} besides"))), kept))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(key: &str, value: &str) -> Tag {
        Tag { key: key.into(), value: value.into() }
    }

    fn ada(tags: Vec<Tag>) -> User {
        User { name: "ada".into(), tags, ..User::default() }
    }

    #[test]
    fn existing_tags_are_kept_and_missing_ones_added() {
        let (call, kept) = missing(&ada(vec![tag("Team", "red")]), &[tag("team", "blue"), tag("cost", "42")]).unwrap();
        let change = Change::TagUser { user: "ada".into(), tags: vec![tag("cost", "42")] };
        assert_eq!(call.unwrap().change, change);
        assert_eq!(kept, ["ada's tag Team=red"]);
        let (call, kept) = missing(&ada(vec![tag("team", "blue")]), &[tag("team", "blue")]).unwrap();
        assert!(call.is_none() && kept.is_empty());
    }

    #[test]
    fn tags_beyond_iams_limit_are_refused() {
        let many = (0..50).map(|n| tag(&format!("k{n}"), "")).collect();
        assert!(missing(&ada(many), &[tag("one more", "")]).unwrap_err().contains("51 tags"));
    }
}
