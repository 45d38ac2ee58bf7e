//! The facts with the results of the controls. They are computed on first use and again after a change, because with
//! thousands of users they take most of a frame's time.

use std::ops::{Deref, DerefMut};
use std::sync::OnceLock;

use crate::account::Facts;
use crate::checks::Assessments;
use crate::checks::users::Listing;

/// The facts with cached results. Any mutable access drops the results.
#[derive(Debug, Default)]
pub struct AssessedFacts {
    facts: Facts,
    assessed: OnceLock<Assessments>,
    listing: OnceLock<Listing>,
}

impl AssessedFacts {
    /// Every user with its findings.
    #[must_use]
    pub fn listing(&self) -> &Listing {
        self.listing.get_or_init(|| Listing::of(&self.facts))
    }

    /// The verdict of every control.
    #[must_use]
    pub fn assessments(&self) -> &Assessments {
        self.assessed.get_or_init(|| Assessments::of(&self.facts))
    }
}

impl From<Facts> for AssessedFacts {
    fn from(facts: Facts) -> Self {
        Self { facts, assessed: OnceLock::new(), listing: OnceLock::new() }
    }
}

impl Deref for AssessedFacts {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        &self.facts
    }
}

impl DerefMut for AssessedFacts {
    fn deref_mut(&mut self) -> &mut Facts {
        self.assessed = OnceLock::new();
        self.listing = OnceLock::new();
        &mut self.facts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Reading;
    use crate::account::facts::{People, User};
    use crate::checks::Verdict;

    #[test]
    fn a_verdict_is_cached_until_the_facts_change() {
        let policy = Reading::Known { value: None, at: time::OffsetDateTime::UNIX_EPOCH };
        let mut facts = AssessedFacts::from(Facts { password_policy: policy, ..Facts::default() });
        assert_eq!(facts.assessments().verdict("password-policy"), Some(Verdict::Fail));
        assert!(std::ptr::eq(facts.assessments(), facts.assessments()), "nobody assesses twice");
        facts.password_policy = Reading::Unread;
        assert_eq!(facts.assessments().verdict("password-policy"), Some(Verdict::Unknown));
    }

    #[test]
    fn a_list_of_users_is_cached_until_the_facts_change() {
        let at = time::OffsetDateTime::UNIX_EPOCH;
        let mut facts = AssessedFacts::default();
        assert!(facts.listing().is_empty());
        let users = vec![User { name: "ann".into(), ..User::default() }];
        facts.people = Reading::Known { value: People { users, ..People::default() }, at };
        assert_eq!(facts.listing().entry(&facts, 0).map(|entry| entry.name), Some("ann"));
        assert!(std::ptr::eq(facts.listing(), facts.listing()), "nobody lists twice");
    }
}
