//! Scenarios: the initial state of a practice account. TOML, described at the top of assets/practice/fresh.toml.

mod age;
mod certificates;
mod check;
mod history;
mod lesson;
mod lifetimes;
mod opening;
pub(super) mod permission_sets;
mod primary_contact;
mod schema;
#[cfg(test)]
mod tests;
mod watchers;

use std::fmt;

pub use age::span;
pub use lesson::{GoalTable, LessonTable, WhyTable};
pub use schema::{Scenario, SignedInAs};

/// The scenarios that the program brings along.
const BUILT_IN: [(&str, &str); 6] = [
    ("fresh", include_str!("../../assets/practice/fresh.toml")),
    ("leaky-startup", include_str!("../../assets/practice/leaky-startup.toml")),
    ("inherited", include_str!("../../assets/practice/inherited.toml")),
    ("hardened", include_str!("../../assets/practice/hardened.toml")),
    ("member", include_str!("../../assets/practice/member.toml")),
    ("developer", include_str!("../../assets/practice/developer.toml")),
];

impl Scenario {
    /// Their names, in the order in which they are offered.
    pub const NAMES: &[&str] =
        &[BUILT_IN[0].0, BUILT_IN[1].0, BUILT_IN[2].0, BUILT_IN[3].0, BUILT_IN[4].0, BUILT_IN[5].0];

    /// One line for people.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What is to be learned in it.
    #[must_use]
    pub fn lesson(&self) -> LessonTable {
        let questions = self.why.iter().filter_map(|name| lesson::why(name).cloned()).collect();
        LessonTable { title: self.title.clone(), goals: self.goals.clone(), questions }
    }

    /// The built-in scenario called `name`.
    ///
    /// # Errors
    /// There is none of that name; the error says which there are.
    pub fn named(name: &str) -> Result<Self, ScenarioError> {
        let text = BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, text)| text);
        let text = text.ok_or_else(|| ScenarioError {
            origin: name.to_owned(),
            line: None,
            expected: format!("no such scenario; there are: {}", Self::NAMES.join(", ")),
        })?;
        Self::parse(&format!("{name}.toml"), text)
    }

    /// Reads a scenario from `text`. `origin` is what errors call it: a file's name.
    ///
    /// # Errors
    /// The first thing wrong with it, with its line and what was expected there.
    pub fn parse(origin: &str, text: &str) -> Result<Self, ScenarioError> {
        let wrong = |span: Option<std::ops::Range<usize>>, expected: &str| ScenarioError {
            origin: origin.to_owned(),
            line: span.map(|span| line_of(text, span.start)),
            expected: expected.trim_end().replace('\n', "; "),
        };
        let scenario: Self = toml::from_str(text).map_err(|error| wrong(error.span(), error.message()))?;
        scenario.check().map_err(|(span, expected)| wrong(Some(span), &expected))?;
        Ok(scenario)
    }
}

/// The line, counted from one, in which the byte at `offset` stands.
fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

/// Why a scenario can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioError {
    /// The file.
    pub origin: String,
    /// The line, counted from one; none where the whole is missing.
    pub line: Option<usize>,
    /// What is wrong there and what was expected.
    pub expected: String,
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}, line {line}: {}", self.origin, self.expected),
            None => write!(f, "{}: {}", self.origin, self.expected),
        }
    }
}

impl std::error::Error for ScenarioError {}
