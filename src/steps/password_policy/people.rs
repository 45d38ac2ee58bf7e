//! What a new password policy does to people: what bites at once, and what at the next change of a password.

use crate::account::age::ago;
use crate::account::{Facts, PasswordPolicy, Timestamp};

/// Where AWS dates everybody's password.
const REPORT: &str =
    "AWS dates everybody's in the credential report only: IAM, Credential report, password_last_changed.";

/// When somebody's console password was set, as far as it is known.
struct Dated<'a> {
    user: &'a str,
    at: Timestamp,
}

/// Whether passwords that are good now may have expired with `after`.
pub(super) fn is_sooner(before: Option<&PasswordPolicy>, after: Option<&PasswordPolicy>) -> bool {
    let days = |policy: Option<&PasswordPolicy>| policy.and_then(|policy| policy.max_age);
    days(after).is_some_and(|new| days(before).is_none_or(|old| new < old))
}

/// All that is worth knowing before consent, what bites first in front.
pub(super) fn notes(before: Option<&PasswordPolicy>, after: Option<&PasswordPolicy>, facts: &Facts) -> Vec<String> {
    let mut notes = Vec::new();
    let max_age = after.and_then(|policy| policy.max_age);
    if let Some(days) = max_age.filter(|_| is_sooner(before, after)) {
        let unit = if days == 1 { "day" } else { "days" };
        notes.push(format!("At once: every password older than {days} {unit} has expired the moment this is set."));
        notes.extend(who(facts, days, after.is_some_and(|policy| policy.hard_expiry)));
    }
    if after.is_some_and(|policy| policy.hard_expiry) {
        notes.push(match max_age {
            Some(_) => "Lock-out risk: whoever's password has expired can't sign in until an administrator sets a new one. If no administrator can, only root is left.".into(),
            None => "Locking out has no effect without an expiry; once somebody sets one, it locks people out.".into(),
        });
    }
    let next = at_next_change(before, after);
    if !next.is_empty() {
        notes.push(format!(
            "At the next change of a password: {}. Those in use now stay good until then.",
            next.join(", ")
        ));
    }
    notes
}

/// Who would have expired, as far as the facts tell.
fn who(facts: &Facts, days: u32, locks: bool) -> Vec<String> {
    let (Some(dated), Some(today)) = (administrators(facts), facts.people.at()) else {
        return vec![format!("Who that is can't be told: the users could not be read. {REPORT}")];
    };
    let limit = time::Duration::days(i64::from(days));
    let (old, young): (Vec<&Dated<'_>>, Vec<&Dated<'_>>) = dated.iter().partition(|dated| today - dated.at > limit);
    let named = |some: &[&Dated<'_>]| {
        let one = |dated: &&Dated<'_>| format!("{} (set up {})", dated.user, ago(dated.at, today));
        some.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    let mut notes = Vec::new();
    if !old.is_empty() {
        notes.push(format!("Among the administrators, unless changed since: {}.", named(&old)));
        if locks && young.is_empty() {
            notes.push(
                "No administrator is known whose password would still be good: nobody but root could let them in."
                    .into(),
            );
        }
    } else if !young.is_empty() {
        notes.push(format!("None of the administrators' is that old: {}.", named(&young)));
    }
    notes.push(REPORT.into());
    notes
}

/// The administrators' passwords; `None` if the users are not known. It is the day on which a password was set up: one
/// that was changed since is younger than that.
fn administrators(facts: &Facts) -> Option<Vec<Dated<'_>>> {
    let people = facts.people.known()?;
    let dated = people.users.iter().filter_map(|user| {
        let profile = facts.sign_in(&user.name)?.password.known()?.as_ref()?;
        Some(Dated { user: &user.name, at: profile.created? })
    });
    Some(dated.collect())
}

/// What a new password has to satisfy that it had not to before.
fn at_next_change(before: Option<&PasswordPolicy>, after: Option<&PasswordPolicy>) -> Vec<String> {
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
