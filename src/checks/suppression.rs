//! Applies accepted risks to a control: whether one is in force, and what it covers.

use time::Date;

use super::{Assessment, Control, Rule, Verdict};
use crate::account::Suppression;

/// What a suppression covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuppressionScope {
    /// Everything that fails.
    Whole,
    /// Some failing rules, but not all.
    Part,
    /// Nothing: it has expired.
    Expired,
}

impl SuppressionScope {
    /// A sentence on the suppression of a control that does not pass.
    #[must_use]
    pub fn words(self, one: &Suppression) -> String {
        let Suppression { id, reason, owner, until } = one;
        match self {
            Self::Whole => format!("Accepted until {until} by {owner}: {reason}"),
            Self::Part => format!("Only {id} is accepted, until {until} by {owner}: {reason}"),
            Self::Expired => format!("{owner} accepted this until {until}. That ran out: {reason}"),
        }
    }
}

/// The suppression of a finding on day `on`, and its scope. Of several for the control, the longest counts. Those for
/// its rules are combined, and cover everything if each failing rule is covered.
#[must_use]
pub fn of(
    control: &Control,
    rules: &[(&'static Rule, Assessment)],
    all: &[Suppression],
    on: Date,
) -> Option<(Suppression, SuppressionScope)> {
    let longest = |id: &str| all.iter().filter(|one| one.id == id).max_by_key(|one| one.until);
    let holds = |one: &&Suppression| !one.is_expired(on);
    let whole = longest(control.id);
    if let Some(whole) = whole.filter(holds) {
        return Some((whole.clone(), SuppressionScope::Whole));
    }
    let of_rules = rules.iter().filter_map(|(rule, _)| longest(rule.id));
    let (holding, over): (Vec<&Suppression>, Vec<&Suppression>) = of_rules.partition(holds);
    let is_covered = |(rule, assessment): &(&Rule, Assessment)| {
        matches!(assessment.verdict, Verdict::Pass | Verdict::NotApplicable)
            || holding.iter().any(|one| one.id == rule.id)
    };
    let scope = if rules.iter().all(is_covered) { SuppressionScope::Whole } else { SuppressionScope::Part };
    let over = || over.into_iter().chain(whole).max_by_key(|one| one.until);
    together(&holding).map(|one| (one, scope)).or_else(|| Some((over()?.clone(), SuppressionScope::Expired)))
}

/// Combines several suppressions; the first end date counts.
fn together(several: &[&Suppression]) -> Option<Suppression> {
    let until = several.iter().map(|one| one.until).min()?;
    let join = |field: fn(&Suppression) -> &str, separator: &str| {
        let mut said: Vec<&str> = several.iter().map(|one| field(one)).collect();
        said.dedup();
        said.join(separator)
    };
    Some(Suppression {
        id: join(|one| &one.id, ", "),
        reason: join(|one| &one.reason, "; "),
        owner: join(|one| &one.owner, ", "),
        until,
    })
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;
    use crate::account::{Facts, PasswordPolicy, Reading};
    use crate::checks;

    /// The scope of suppressions for the rules `ids`. The policy lacks symbols and, if `short`, length.
    fn reach(short: bool, ids: &[(&str, Date)]) -> Option<(String, SuppressionScope)> {
        let now = datetime!(2026-11-21 12:00 UTC);
        let policy = PasswordPolicy { require_symbols: false, ..PasswordPolicy::aws_default().raised_to_cis() };
        let policy = if short { PasswordPolicy { minimum_length: 8, ..policy } } else { policy };
        let value = Some(policy);
        let facts = Facts { password_policy: Reading::Known { value, at: now }, ..Facts::default() };
        let control = checks::control("password-policy").unwrap();
        let (_, rules) = control.assess_by(&facts, |rule| rule.id != "password-policy-expiry");
        let one = |(id, until): &(&str, Date)| Suppression {
            id: (*id).to_owned(),
            reason: format!("why {id}"),
            owner: "dana".into(),
            until: *until,
        };
        let all: Vec<Suppression> = ids.iter().map(one).collect();
        of(control, &rules, &all, now.date()).map(|(one, scope)| (one.reason, scope))
    }

    #[test]
    fn a_rule_that_is_suppressed_does_not_hide_another_one_that_fails() {
        const SYMBOL: &str = "password-policy-symbol";
        const LENGTH: &str = "password-policy-length";
        let (later, over) = (date!(2027 - 01 - 31), date!(2026 - 10 - 31));
        let said = |reason: &str, scope| Some((reason.to_owned(), scope));
        assert_eq!(reach(false, &[]), None);
        assert_eq!(reach(false, &[(SYMBOL, later)]), said("why password-policy-symbol", SuppressionScope::Whole));
        assert_eq!(reach(true, &[(SYMBOL, later)]), said("why password-policy-symbol", SuppressionScope::Part));
        let both = "why password-policy-length; why password-policy-symbol";
        assert_eq!(reach(true, &[(SYMBOL, later), (LENGTH, later)]), said(both, SuppressionScope::Whole));
        assert_eq!(reach(false, &[(SYMBOL, over)]), said("why password-policy-symbol", SuppressionScope::Expired));
        assert_eq!(reach(true, &[("password-policy", later)]), said("why password-policy", SuppressionScope::Whole));
        let stale = [("password-policy", over), (SYMBOL, later)];
        assert_eq!(reach(false, &stale), said("why password-policy-symbol", SuppressionScope::Whole));
    }
}
