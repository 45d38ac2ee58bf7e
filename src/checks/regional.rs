//! Shared by the controls on regional services: where a service is on, off, or unknown.

use super::{Assessment, Evidence, evidence, known};
use crate::account::facts::Reading;
use crate::account::{Failure, Question, Regional};

/// Maximum Regions named; further ones are counted. The evidence has all of them.
const MAX_NAMED: usize = 5;

/// A regional service, and how to interpret its answers.
pub(super) struct Watcher<T: 'static> {
    pub name: &'static str,
    pub question: Question,
    pub read: fn(&T) -> State,
    pub fix: &'static str,
}

/// The interpretation of a Region's answer, with its evidence.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct State {
    pub on: bool,
    /// IAM action name.
    pub call: &'static str,
    /// Field name in the answer.
    pub field: &'static str,
    pub value: String,
}

/// Regions with the same state.
#[derive(Default)]
struct Group<'a> {
    regions: Vec<&'a str>,
}

pub(super) fn assess<T>(reading: &Reading<Regional<T>>, watcher: &Watcher<T>) -> Result<Assessment, Assessment> {
    let answer = known(reading, &watcher.question)?;
    let Sorted { on, off, unread, states, refusal } = Sorted::of(answer, watcher);
    let proof: Vec<Evidence> = states
        .iter()
        .filter_map(|(state, group)| {
            let value = format!("{} in {}", state.value, group.regions.join(", "));
            evidence(reading, state.call, state.field, value)
        })
        .collect();
    let (name, all) = (watcher.name, answer.regions.len());
    let not_asked = match refusal {
        Some(failure) => format!(" Could not be read in {}: {failure}", unread.words()),
        None => String::new(),
    };
    if all == 0 {
        return Ok(Assessment::unknown(format!("{name}: no Region was read."), proof));
    }
    Ok(match (on.regions.len(), off.regions.len()) {
        (_, 0) if refusal.is_some() => {
            Assessment::unknown(format!("{name} is on in {}.{not_asked}", on.words_of(all)), proof)
        }
        (_, 0) => match &answer.unlisted {
            None => Assessment::pass(format!("{name} is on in all {all} enabled Regions."), proof),
            Some(failure) => {
                let why = format!(
                    "{name} is on in the {all} Regions that every account has. Other enabled Regions could not be listed: {failure}"
                );
                Assessment::unknown(why, proof)
            }
        },
        (0, _) if refusal.is_none() => {
            Assessment::fail(format!("{name} is off in all {all} enabled Regions."), proof, watcher.fix)
        }
        (some, _) => {
            let is_named = (1..=MAX_NAMED).contains(&some);
            let off = if is_named { off.words_of(all) } else { off.some_of(all) };
            let on = if is_named { format!(" (on in {})", on.words_of(all)) } else { String::new() };
            Assessment::fail(format!("{name} is off in {off}{on}.{not_asked}"), proof, watcher.fix)
        }
    })
}

/// The Regions, sorted by what AWS answered in each.
#[derive(Default)]
struct Sorted<'a> {
    on: Group<'a>,
    off: Group<'a>,
    unread: Group<'a>,
    states: Vec<(State, Group<'a>)>,
    /// The first failure.
    refusal: Option<&'a Failure>,
}

impl<'a> Sorted<'a> {
    fn of<T>(answer: &'a Regional<T>, watcher: &Watcher<T>) -> Self {
        let mut sorted = Self::default();
        for (region, answer) in &answer.regions {
            match answer {
                Ok(value) => {
                    let state = (watcher.read)(value);
                    (if state.on { &mut sorted.on } else { &mut sorted.off }).regions.push(region);
                    match sorted.states.iter_mut().find(|(known, _)| *known == state) {
                        Some((_, group)) => group.regions.push(region),
                        None => sorted.states.push((state, Group { regions: vec![region] })),
                    }
                }
                Err(failure) => {
                    sorted.refusal = sorted.refusal.or(Some(failure));
                    sorted.unread.regions.push(region);
                }
            }
        }
        sorted
    }
}

impl Group<'_> {
    /// Their names, or their number.
    fn words(&self) -> String {
        match self.regions.len() {
            count if count > MAX_NAMED => {
                format!("{count} Regions, {} among them", self.regions[..2].join(" and "))
            }
            _ => self.regions.join(", "),
        }
    }

    /// The same, relative to the number of all Regions.
    fn words_of(&self, all: usize) -> String {
        match self.regions.len() {
            0 => "none of the others".to_owned(),
            count if count > MAX_NAMED => format!("{count} of {all} Regions"),
            _ => self.regions.join(", "),
        }
    }

    /// The same, naming two of them.
    fn some_of(&self, all: usize) -> String {
        match self.regions.as_slice() {
            [one, other, _, ..] if self.regions.len() > MAX_NAMED => {
                format!("{}, {one} and {other} among them", self.words_of(all))
            }
            _ => self.words_of(all),
        }
    }
}
