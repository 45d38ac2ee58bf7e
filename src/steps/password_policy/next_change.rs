//! The rules of a new policy that apply only at the next password change.

use crate::account::PasswordPolicy;

/// The new requirements for a password, in words.
pub(super) fn at_next_change(before: Option<&PasswordPolicy>, after: Option<&PasswordPolicy>) -> Vec<String> {
    let default = PasswordPolicy::aws_default();
    let (old, new) = (before.unwrap_or(&default), after.unwrap_or(&default));
    let mut wanted = Vec::new();
    if new.minimum_length > old.minimum_length {
        wanted.push(format!("at least {} characters", new.minimum_length));
    }
    for (was, is, class) in [
        (old.require_uppercase, new.require_uppercase, "a capital letter"),
        (old.require_lowercase, new.require_lowercase, "a small letter"),
        (old.require_numbers, new.require_numbers, "a digit"),
        (old.require_symbols, new.require_symbols, "a symbol"),
    ] {
        if is && !was {
            wanted.push(class.to_owned());
        }
    }
    if let Some(count) = new.reuse_prevention.filter(|count| old.reuse_prevention.is_none_or(|old| *count > old)) {
        wanted.push(format!("none of the last {count}"));
    }
    wanted
}
