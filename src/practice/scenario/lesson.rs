//! The lesson of a scenario: goals and questions.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Deserializer, Serialize, de};

/// Questions and explanations by their names.
const WHY: &str = include_str!("../../../assets/practice/why.toml");

/// Longest text of a goal, in characters.
const MAX_TEXT: usize = 120;

/// A goal, and by what it is met: by all of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoalTable {
    /// What is to be reached.
    #[serde(deserialize_with = "text")]
    pub text: String,
    /// Ids of controls that pass.
    #[serde(default)]
    pub controls: Vec<String>,
    /// Names of steps that are done.
    #[serde(default)]
    pub steps: Vec<String>,
    /// It is proven that somebody other than root can sign in.
    #[serde(default)]
    pub second_way: bool,
    /// What of one's own sign-in is as it should be.
    #[serde(default)]
    pub own: Vec<String>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhyTable {
    /// Begins with why.
    pub question: String,
    /// What a good answer says.
    pub explanation: String,
}

/// A scenario's lesson.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonTable {
    /// The scenario's, in a line.
    pub title: String,
    /// What is to be reached.
    pub goals: Vec<GoalTable>,
    /// What is to be understood.
    pub questions: Vec<WhyTable>,
}

fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if (1..=MAX_TEXT).contains(&text.trim().chars().count()) {
        return Ok(text);
    }
    Err(de::Error::custom(format!("a goal has 1 to {MAX_TEXT} characters")))
}

/// All questions. That the file can be read is held by a test: without it there are none.
fn all() -> &'static BTreeMap<String, WhyTable> {
    static ALL: OnceLock<BTreeMap<String, WhyTable>> = OnceLock::new();
    ALL.get_or_init(|| toml::from_str(WHY).unwrap_or_default())
}

/// The question called `name`.
pub(super) fn why(name: &str) -> Option<&'static WhyTable> {
    all().get(name)
}

/// Names of questions that exist.
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
