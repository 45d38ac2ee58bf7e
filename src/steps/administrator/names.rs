//! Validates names of users and the group while they are typed. Source: IAM User Guide, "IAM and AWS STS quotas";
//! IAM API, `CreateUser` and `CreateGroup`.

use super::super::{FieldId, Form, Problem};
use crate::account::facts::People;

/// Maximum number of users in one plan, so that its review stays readable.
pub const MAX_USERS_AT_ONCE: usize = 5;
/// Longest name of a group, in characters.
pub const MAX_GROUP_LEN: usize = 128;
/// Longest name of a user, in characters.
const MAX_USER_LEN: usize = 64;
/// Longest list of user names, in characters.
pub(super) const MAX_NAMES_LEN: usize = MAX_USERS_AT_ONCE * (MAX_USER_LEN + 1);

/// The user names in the form. No name can contain a blank, so blanks separate them.
pub(super) fn of(form: &Form) -> Vec<&str> {
    split(form.text(FieldId::UserName))
}

pub(super) fn split(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// Problems of the names. `people`: the existing users and groups, if known.
pub(super) fn problems(form: &Form, people: Option<&People>) -> Vec<Problem> {
    let group = form.text(FieldId::GroupName);
    let existing_group = people.and_then(|people| people.group(group)).map(|group| group.name.as_str());
    let of_group =
        problem(group, MAX_GROUP_LEN, existing_group).map(|(words, at_once)| (FieldId::GroupName, words, at_once));
    let of_users = users(&of(form), people).map(|(words, at_once)| (FieldId::UserName, words, at_once));
    let found = of_users.into_iter().chain(of_group);
    found.map(|(field, words, at_once)| Problem { field, words, at_once }).collect()
}

fn users(names: &[&str], people: Option<&People>) -> Option<(String, bool)> {
    if names.is_empty() {
        return problem("", MAX_USER_LEN, None);
    }
    if names.len() > MAX_USERS_AT_ONCE {
        return Some((format!("{} names: at most {MAX_USERS_AT_ONCE} at once", names.len()), true));
    }
    names.iter().enumerate().find_map(|(place, name)| {
        if let Some(earlier) = names[..place].iter().find(|earlier| earlier.eq_ignore_ascii_case(name)) {
            return Some(match earlier == name {
                true => (format!("{name} is there twice"), true),
                false => (format!("{earlier} and {name} are the same user: IAM ignores case"), true),
            });
        }
        let existing = people.and_then(|people| people.user(name)).map(|user| user.name.as_str());
        let (words, at_once) = problem(name, MAX_USER_LEN, existing)?;
        // With a single name, the message need not repeat it.
        Some((if names.len() > 1 { format!("{}: {words}", shortened(name)) } else { words }, at_once))
    })
}

fn shortened(name: &str) -> String {
    let short: String = name.chars().take(12).collect();
    if short.len() < name.len() { format!("{short}…") } else { short }
}

/// The problem of `name`, and whether to show it while the person types. `existing`: the same name in other capitals,
/// if the account has it.
pub fn problem(name: &str, max: usize, existing: Option<&str>) -> Option<(String, bool)> {
    let bad = name.chars().find(|c| !c.is_ascii_alphanumeric() && !"_+=,.@-".contains(*c));
    Some(match (name.chars().count(), bad, existing) {
        (0, _, _) => ("the name is missing".to_owned(), false),
        (length, _, _) if length > max => (format!("too long by {}: at most {max} characters", length - max), true),
        (_, Some(bad), _) => (format!("{bad:?} is not allowed: use letters, digits and + = , . @ - _"), true),
        (_, None, Some(existing)) if existing != name => {
            (format!("{existing} exists, and IAM ignores case: write it as {existing}"), true)
        }
        (_, None, _) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(names: &str) -> Option<String> {
        users(&names.split_whitespace().collect::<Vec<_>>(), None).map(|(words, _)| words)
    }

    #[test]
    fn each_of_several_names_is_checked() {
        assert_eq!(said("ada bea"), None);
        assert!(said("").unwrap().contains("missing"));
        assert!(said("ada b/ea").unwrap().starts_with("b/ea: '/' is not allowed"));
        assert!(said(&format!("ada {}", "x".repeat(66))).unwrap().contains("too long by 2"));
        assert!(said("ada bea ada").unwrap().contains("twice"));
        assert!(said("ada Ada").unwrap().contains("ignores case"));
        assert_eq!(said("a b c d e"), None);
        assert!(said("a b c d e f").unwrap().contains("at most 5"));
    }
}
