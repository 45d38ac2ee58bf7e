//! Scenarios: what a practice account is like when it opens. TOML, described at the top of assets/practice/fresh.toml.

mod age;
mod opening;
mod schema;

use std::fmt;

pub use schema::{Scenario, SignedInAs};

/// The scenarios that the program brings along.
const BUILT_IN: [(&str, &str); 2] = [
    ("fresh", include_str!("../../assets/practice/fresh.toml")),
    ("hardened", include_str!("../../assets/practice/hardened.toml")),
];

impl Scenario {
    /// Their names, in the order in which they are offered.
    pub const NAMES: &[&str] = &[BUILT_IN[0].0, BUILT_IN[1].0];

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

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        Scenario::parse("mine.toml", text).unwrap_err().to_string()
    }

    const HEAD: &str = "title = \"t\"\naccount = \"123456789012\"\n";

    #[test]
    fn every_built_in_scenario_reads() {
        for name in Scenario::NAMES {
            Scenario::named(name).unwrap();
        }
        assert_eq!(
            Scenario::named("nope").unwrap_err().to_string(),
            "nope: no such scenario; there are: fresh, hardened"
        );
    }

    #[test]
    fn an_error_names_file_line_and_what_was_expected() {
        let unknown = error(&format!("{HEAD}\n[root]\npasword = true\n"));
        assert!(
            unknown.starts_with("mine.toml, line 5: unknown field `pasword`, expected one of `password`"),
            "{unknown}"
        );
        let age = error(&format!("{HEAD}age = \"3 moons\"\n"));
        assert_eq!(
            age,
            "mine.toml, line 3: \"3 moons\" is no age; expected one such as \"3y\", \"6w\", \"2d\", \"5h\", \"10m\" or \"30s\""
        );
        let account = error("title = \"t\"\naccount = \"12345\"\n");
        assert_eq!(account, "mine.toml, line 2: \"12345\" is no account id; expected twelve digits");
        assert!(error("title = \n").starts_with("mine.toml, line 1: "));
    }

    #[test]
    fn names_that_lead_nowhere_are_found() {
        let group = error(&format!("{HEAD}[[users]]\nname = \"a\"\ngroups = [\"Nobodys\"]\n"));
        assert_eq!(group, "mine.toml, line 5: there is no group Nobodys; expected one of this file's groups");
        let user = error(&format!("{HEAD}signed_in_as = \"user:x\"\n"));
        assert_eq!(user, "mine.toml, line 3: there is no user x; expected one of this file's users");
        let locked = error(&format!("{HEAD}signed_in_as = \"user:x\"\n[[users]]\nname = \"x\"\n"));
        assert_eq!(locked, "mine.toml, line 3: x has nothing to sign in with; expected an active key or a password");
        let twice = error(&format!("{HEAD}[[users]]\nname = \"a\"\n[[users]]\nname = \"A\"\n"));
        assert_eq!(twice, "mine.toml, line 6: there is another A; expected names that differ in more than their case");
        let name = error(&format!("{HEAD}[[groups]]\nname = \"a b\"\n"));
        assert!(name.starts_with("mine.toml, line 4: 1 validation error detected: Value 'a b'"), "{name}");
        let policy = error(&format!("{HEAD}[[groups]]\nname = \"g\"\npolicies = [\"Nope\"]\n"));
        assert!(
            policy.starts_with("mine.toml, line 5: there is no policy Nope; expected one of AdministratorAccess"),
            "{policy}"
        );
        let inline = error(&format!("{HEAD}[[users]]\nname = \"a\"\ninline_policies = {{ x = \"{{\" }}\n"));
        assert!(inline.starts_with("mine.toml, line 5: This policy contains invalid Json"), "{inline}");
    }
}
