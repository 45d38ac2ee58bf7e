//! Random faults, reproducible by seed.

use serde::{Deserialize, Serialize};

use super::fault::FaultKind;
use super::identifiers::Identifiers;
use super::policy::matches;

/// Random faults for some calls.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Chaos {
    calls: String,
    kinds: Vec<FaultKind>,
    per_thousand: u16,
    numbers: Identifiers,
}

impl Chaos {
    /// Of the calls matching `calls` (`iam:*`), `per_thousand` fail with one of `kinds`, reproducibly by `seed`.
    #[must_use]
    pub fn new(seed: u64, calls: &str, per_thousand: u16, kinds: &[FaultKind]) -> Self {
        let numbers = Identifiers::seeded_by(&seed.to_string());
        Self { calls: calls.to_owned(), kinds: kinds.to_vec(), per_thousand, numbers }
    }

    /// The fault for this call, if any.
    pub(super) fn next_fault(&mut self, call: &str) -> Option<FaultKind> {
        if !matches(&self.calls, call) || self.numbers.number() % 1000 >= u64::from(self.per_thousand) {
            return None;
        }
        let count = u64::try_from(self.kinds.len()).ok().filter(|count| *count > 0)?;
        let chosen = usize::try_from(self.numbers.number() % count).ok()?;
        self.kinds.get(chosen).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(seed: u64) -> Vec<Option<FaultKind>> {
        let mut chaos = Chaos::new(seed, "iam:*", 250, &[FaultKind::Throttle, FaultKind::Server]);
        (0..1000).map(|_| chaos.next_fault("iam:ListUsers")).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_faults() {
        assert_eq!(run(1), run(1));
        assert_ne!(run(1), run(2));
        let count = run(1).iter().flatten().count();
        assert!((200..300).contains(&count), "{count}");
    }

    #[test]
    fn other_calls_are_left_alone() {
        let mut chaos = Chaos::new(1, "iam:*", 1000, &[FaultKind::Throttle]);
        assert_eq!(chaos.next_fault("sts:GetCallerIdentity"), None);
        assert_eq!(chaos.next_fault("iam:ListUsers"), Some(FaultKind::Throttle));
        assert_eq!(Chaos::new(1, "*", 1000, &[]).next_fault("iam:ListUsers"), None);
    }
}
