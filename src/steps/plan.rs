//! A plan: the calls of a step in order. What is shown and what is sent is the same value.

use crate::account::{AlternateContact, Change, PasswordPolicy};

/// One call of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// What is sent.
    pub change: Change,
    /// What is true before it, and after it: name, before, after.
    pub effect: Vec<(&'static str, String, String)>,
}

impl Call {
    /// A call whose effect is that `what` turns from `before` to `after`.
    #[must_use]
    pub fn new(change: Change, what: &'static str, before: impl Into<String>, after: impl Into<String>) -> Self {
        Self { change, effect: vec![(what, before.into(), after.into())] }
    }
}

/// What the person has to do so that a plan is carried out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Consent {
    /// Choose the button that goes ahead, which is preselected.
    #[default]
    Plain,
    /// Choose the button that goes ahead; going back is preselected.
    Careful,
    /// Type something meaningful.
    Typed {
        /// What to type, in words.
        what: String,
        /// The text itself.
        expected: String,
    },
}

impl Consent {
    /// Whether `typed` is what is asked for. No two things that can be asked for differ in case alone, so case does not matter.
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
    /// What it is of, with how many there are.
    pub title: String,
    /// One thing a line.
    pub lines: Vec<String>,
}

/// Calls in order, with the consent that they need.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// What it is about.
    pub title: String,
    /// The calls.
    pub calls: Vec<Call>,
    /// What is worth knowing before consenting.
    pub notes: Vec<String>,
    /// The consent.
    pub consent: Consent,
    /// What the notes name in part only.
    pub listings: Vec<Listing>,
}

impl Plan {
    /// The calls as a review shows them: those that send the same to one Region after the other stand together.
    pub fn groups(&self) -> impl Iterator<Item = &[Call]> {
        self.calls.chunk_by(|one, next| one.change.is_elsewhere(&next.change) && one.effect == next.effect)
    }

    /// What is different from `before`, a plan for the same wish that was made from older facts. One thing a line.
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

/// Where AWS shows something else now than at the review.
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

/// The differences between two contacts, field by field.
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

/// The differences between two password policies, field by field.
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
