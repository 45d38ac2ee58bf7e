//! The severity of a failed control.

use std::fmt;

/// How bad a failure is. In this order: the worst comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The account can be taken over as it stands, and nothing would stop it.
    Critical,
    /// One mistake away from that.
    High,
    /// It makes an attack easier, or its discovery later.
    Medium,
    /// Good order, which others rely on.
    Low,
}

impl Severity {
    /// All four, the worst first.
    pub const ALL: [Self; 4] = [Self::Critical, Self::High, Self::Medium, Self::Low];

    /// As reports and the command line spell it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }

    /// The severity that is spelled `word`.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.word() == word)
    }

    /// Whether it is as bad as `other`, or worse.
    #[must_use]
    pub fn at_least(self, other: Self) -> bool {
        self <= other
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_comes_first_and_words_lead_back() {
        assert!(Severity::ALL.is_sorted());
        assert!(Severity::ALL.iter().all(|severity| Severity::of_word(severity.word()) == Some(*severity)));
        assert!(Severity::Critical.at_least(Severity::High) && Severity::High.at_least(Severity::High));
        assert!(!Severity::Medium.at_least(Severity::High));
    }
}
