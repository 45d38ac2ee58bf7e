//! Scenarios: the initial state of a practice account, in TOML, described at the top of assets/practice/fresh.toml.

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

const BUILT_IN: [(&str, &str); 6] = [
    ("fresh", include_str!("../../assets/practice/fresh.toml")),
    ("leaky-startup", include_str!("../../assets/practice/leaky-startup.toml")),
    ("inherited", include_str!("../../assets/practice/inherited.toml")),
    ("hardened", include_str!("../../assets/practice/hardened.toml")),
    ("member", include_str!("../../assets/practice/member.toml")),
    ("developer", include_str!("../../assets/practice/developer.toml")),
];

impl Scenario {
    /// In the order in which they are offered.
    pub const NAMES: &[&str] =
        &[BUILT_IN[0].0, BUILT_IN[1].0, BUILT_IN[2].0, BUILT_IN[3].0, BUILT_IN[4].0, BUILT_IN[5].0];

    /// One line for people.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The scenario's goals and questions.
    #[must_use]
    pub fn lesson(&self) -> LessonTable {
        let questions = self.why.iter().filter_map(|name| lesson::why(name).cloned()).collect();
        LessonTable { title: self.title.clone(), goals: self.goals.clone(), questions }
    }

    /// The built-in scenario called `name`.
    ///
    /// # Errors
    /// No such scenario; the error lists the existing ones.
    pub fn named(name: &str) -> Result<Self, ScenarioError> {
        let text = BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, text)| text);
        let text = text.ok_or_else(|| ScenarioError {
            origin: name.to_owned(),
            line: None,
            expected: format!("no such scenario; there are: {}", Self::NAMES.join(", ")),
        })?;
        Self::parse(&format!("{name}.toml"), text)
    }

    /// Parses a scenario. `origin`: the file name for errors.
    ///
    /// # Errors
    /// The first problem, with its line and what was expected.
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

/// The line number, from one, of byte `offset`.
fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioError {
    /// File name.
    pub origin: String,
    /// Counted from one; `None` if the whole file is missing.
    pub line: Option<usize>,
    /// The problem, and what was expected.
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
