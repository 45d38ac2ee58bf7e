//! The lesson of a scenario: goals and questions.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Deserializer, Serialize, de};

/// Questions and explanations by name.
const WHY: &str = include_str!("../../../assets/practice/why.toml");

/// Maximum length of a goal, in characters.
const MAX_TEXT: usize = 120;

/// A goal, met when all of its conditions are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoalTable {
    /// The goal for people.
    #[serde(deserialize_with = "text")]
    pub text: String,
    /// Ids of controls that must pass.
    #[serde(default)]
    pub controls: Vec<String>,
    /// Names of steps that must be done.
    #[serde(default)]
    pub steps: Vec<String>,
    /// Whether someone other than root must have a proven sign-in.
    #[serde(default)]
    pub second_way: bool,
    /// Aspects of the learner's own sign-in that must be in order.
    #[serde(default)]
    pub own: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhyTable {
    /// Starts with "Why".
    pub question: String,
    /// The points of a good answer.
    pub explanation: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonTable {
    /// The scenario's title.
    pub title: String,
    pub goals: Vec<GoalTable>,
    pub questions: Vec<WhyTable>,
}

fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if (1..=MAX_TEXT).contains(&text.trim().chars().count()) {
        return Ok(text);
    }
    Err(de::Error::custom(format!("a goal has 1 to {MAX_TEXT} characters")))
}

/// All questions. A test ensures that the file parses; otherwise there would be none.
fn all() -> &'static BTreeMap<String, WhyTable> {
    static ALL: OnceLock<BTreeMap<String, WhyTable>> = OnceLock::new();
    ALL.get_or_init(|| toml::from_str(WHY).unwrap_or_default())
}

pub(super) fn why(name: &str) -> Option<&'static WhyTable> {
    all().get(name)
}

/// Deserializes names of existing questions.
pub(super) fn names<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let names = Vec::<String>::deserialize(deserializer)?;
    match names.iter().find(|name| why(name).is_none()) {
        None => Ok(names),
        Some(unknown) => {
            let known: Vec<&str> = all().keys().map(String::as_str).collect();
            Err(de::Error::custom(format!("there is no question {unknown:?}; there are: {}", known.join(", "))))
        }
    }
}
