//! A plan: the calls of a step in order. The same value is shown and sent.

use crate::account::{AlternateContact, Change, PasswordPolicy};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub change: Change,
    /// Effects of the call: name, state before, state after.
    pub effect: Vec<(&'static str, String, String)>,
}

impl Call {
    /// A call with one effect.
    #[must_use]
    pub fn new(change: Change, what: &'static str, before: impl Into<String>, after: impl Into<String>) -> Self {
        Self { change, effect: vec![(what, before.into(), after.into())] }
    }
}

/// How the person confirms a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Consent {
    /// Choose the button that goes ahead. It is preselected.
    #[default]
    Plain,
    /// Choose the button that goes ahead. Going back is preselected.
    Careful,
    /// Type a text that names the consequence.
    Typed {
        /// Description of the text.
        what: String,
        expected: String,
    },
}

impl Consent {
    /// Whether `typed` confirms the plan. Case does not matter: no two expected texts differ only in case.
    #[must_use]
    pub fn is_given_by(&self, typed: &str) -> bool {
        match self {
            Self::Plain | Self::Careful => true,
            Self::Typed { expected, .. } => typed.trim().eq_ignore_ascii_case(expected),
        }
    }
}

/// A list that is too long for a sentence. The review shows it below the calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Title with the number of items.
    pub title: String,
    /// One item per line.
    pub lines: Vec<String>,
}

/// Calls in order, with the consent that they need.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    pub title: String,
    pub calls: Vec<Call>,
    /// Notes to read before confirming.
    pub notes: Vec<String>,
    pub consent: Consent,
    /// Full lists, where the notes name only some items.
    pub listings: Vec<Listing>,
}

impl Plan {
    /// The calls grouped for the review: calls in a row that differ only in their Region form one group.
    pub fn groups(&self) -> impl Iterator<Item = &[Call]> {
        self.calls.chunk_by(|one, next| one.change.is_elsewhere(&next.change) && one.effect == next.effect)
    }

    /// Differences from `before`, a plan for the same action from older facts. One per line.
    #[must_use]
    pub fn differences(&self, before: &Self) -> Vec<String> {
        let find = |plan: &Self, call: &Call| plan.calls.iter().find(|other| other.change == call.change).cloned();
        let mut lines = Vec::new();
        for call in &self.calls {
            match find(before, call) {
                None => lines.push(format!("New call: {}.", call.change.words())),
                Some(then) => lines.extend(moved_effects(call, &then)),
            }
        }
        let gone = before.calls.iter().filter(|call| find(self, call).is_none());
        lines.extend(gone.map(|call| format!("No longer needed: {}.", call.change.words())));
        let only_in = |one: &Self, other: &Self| -> Vec<String> {
            one.notes.iter().filter(|note| !other.notes.contains(note)).cloned().collect()
        };
        lines.extend(only_in(self, before).into_iter().map(|note| format!("True now: {note}")));
        lines.extend(only_in(before, self).into_iter().map(|note| format!("No longer true: {note}")));
        if lines.is_empty() {
            lines.push("The affected users changed; see the review below.".into());
        }
        lines
    }
}

/// Effects whose starting state has changed since the review.
fn moved_effects(call: &Call, then: &Call) -> Vec<String> {
    let old = |name: &str| then.effect.iter().find(|(other, ..)| *other == name);
    let moved = |(name, now, after): &(&'static str, String, String)| match old(name) {
        Some((_, before, _)) if before == now => None,
        Some((_, before, _)) => Some(format!("{name}: {before} at your review, {now} now.")),
        None => Some(format!("{name}: {now} now, and it would become {after}.")),
    };
    let same = |(name, before, after): &&(&'static str, String, String)| {
        call.effect.iter().all(|(other, ..)| other != name) && before != after
    };
    let gone = then.effect.iter().filter(same).map(|(name, _, after)| format!("{name}: {after} already."));
    call.effect.iter().filter_map(moved).chain(gone).collect()
}

/// The effects of replacing a contact, field by field.
#[must_use]
pub fn contact_effect(
    before: Option<&AlternateContact>,
    after: &AlternateContact,
) -> Vec<(&'static str, String, String)> {
    let fields =
        |contact: &AlternateContact| [&contact.name, &contact.title, &contact.email, &contact.phone].map(Clone::clone);
    let old = before.map_or_else(|| [(); 4].map(|()| "not set".to_owned()), fields);
    ["Name", "Title", "E-mail", "Phone"]
        .into_iter()
        .zip(old)
        .zip(fields(after))
        .map(|((name, before), after)| (name, before, after))
        .filter(|(_, before, after)| before != after)
        .collect()
}

/// The effects of replacing a password policy, field by field.
#[must_use]
pub fn policy_effect(
    before: Option<&PasswordPolicy>,
    after: Option<&PasswordPolicy>,
) -> Vec<(&'static str, String, String)> {
    let default = PasswordPolicy::aws_default();
    let (from, to) = (before.unwrap_or(&default), after.unwrap_or(&default));
    let yes = |on: bool| if on { "yes".to_owned() } else { "no".to_owned() };
    let days = |days: Option<u32>| {
        days.map_or("never".to_owned(), |days| format!("after {days} {}", if days == 1 { "day" } else { "days" }))
    };
    let count = |count: Option<u32>| count.map_or("none".to_owned(), |count| count.to_string());
    let classes = |has: bool, on: bool| if has { yes(on) } else { "any three of four classes".to_owned() };
    let (old, new) = (before.is_some(), after.is_some());
    [
        ("Minimum length", from.minimum_length.to_string(), to.minimum_length.to_string()),
        ("Capital letter", classes(old, from.require_uppercase), classes(new, to.require_uppercase)),
        ("Small letter", classes(old, from.require_lowercase), classes(new, to.require_lowercase)),
        ("Digit", classes(old, from.require_numbers), classes(new, to.require_numbers)),
        ("Symbol", classes(old, from.require_symbols), classes(new, to.require_symbols)),
        ("Old passwords refused", count(from.reuse_prevention), count(to.reuse_prevention)),
        ("Expiry", days(from.max_age), days(to.max_age)),
        ("Users may change theirs", yes(from.allow_change), yes(to.allow_change)),
        ("Locked out when expired", yes(from.hard_expiry), yes(to.hard_expiry)),
    ]
    .into_iter()
    .filter(|(_, before, after)| before != after)
    .collect()
}
