//! A person's word that a control may fail for now: why, who answers for it, and until when.

use time::Date;

use crate::account::Timestamp;
use crate::checks::{Control, Judgement, Rule, Verdict};

/// One suppression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// The id of a control, or of one of its rules.
    pub id: String,
    /// Why it is accepted.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day on which it holds, in UTC.
    pub until: Date,
}

impl Suppression {
    /// Whether it holds no longer at `now`.
    #[must_use]
    pub fn is_expired(&self, now: Timestamp) -> bool {
        now.to_offset(time::UtcOffset::UTC).date() > self.until
    }
}

/// How far a suppression reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// All that is wrong.
    Whole,
    /// Some rules of the control, and another one is wrong too.
    Part,
    /// Nothing any more.
    Expired,
}

/// The suppression of a finding among `all`, and how far it reaches. Of several that name the control, the one that holds
/// longest counts. Those that name `rules` of it count together: they reach as far as each rule that is wrong is named.
#[must_use]
pub fn of(
    control: &Control,
    rules: &[(&'static Rule, Judgement)],
    all: &[Suppression],
    now: Timestamp,
) -> Option<(Suppression, Reach)> {
    let longest = |id: &str| all.iter().filter(|one| one.id == id).max_by_key(|one| one.until);
    let holds = |one: &&Suppression| !one.is_expired(now);
    let whole = longest(control.id);
    if let Some(whole) = whole.filter(holds) {
        return Some((whole.clone(), Reach::Whole));
    }
    let of_rules = rules.iter().filter_map(|(rule, _)| longest(rule.id));
    let (holding, over): (Vec<&Suppression>, Vec<&Suppression>) = of_rules.partition(holds);
    let is_covered = |(rule, judgement): &(&Rule, Judgement)| {
        matches!(judgement.verdict, Verdict::Pass | Verdict::NotApplicable)
            || holding.iter().any(|one| one.id == rule.id)
    };
    let reach = if rules.iter().all(is_covered) { Reach::Whole } else { Reach::Part };
    let over = || over.into_iter().chain(whole).max_by_key(|one| one.until);
    together(&holding).map(|one| (one, reach)).or_else(|| Some((over()?.clone(), Reach::Expired)))
}

/// Several that count as one: it ends when the first of them does.
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

    /// The reach of suppressions of the rules called `ids`, with a policy that lacks symbols and, if `short`, length.
    fn reach(short: bool, ids: &[(&str, Date)]) -> Option<(String, Reach)> {
        let now = datetime!(2026-11-21 12:00 UTC);
        let policy = PasswordPolicy { require_symbols: false, ..PasswordPolicy::aws_default().raised_to_cis() };
        let policy = if short { PasswordPolicy { minimum_length: 8, ..policy } } else { policy };
        let value = Some(policy);
        let facts = Facts { password_policy: Reading::Known { value, at: now }, ..Facts::default() };
        let control = checks::control("password-policy").unwrap();
        let (_, rules) = control.judge_by(&facts, |rule| rule.id != "password-policy-expiry");
        let one = |(id, until): &(&str, Date)| Suppression {
            id: (*id).to_owned(),
            reason: format!("why {id}"),
            owner: "dana".into(),
            until: *until,
        };
        let all: Vec<Suppression> = ids.iter().map(one).collect();
        of(control, &rules, &all, now).map(|(one, reach)| (one.reason, reach))
    }

    #[test]
    fn a_rule_that_is_suppressed_does_not_hide_another_one_that_fails() {
        const SYMBOL: &str = "password-policy-symbol";
        const LENGTH: &str = "password-policy-length";
        let (later, over) = (date!(2027 - 01 - 31), date!(2026 - 10 - 31));
        let said = |reason: &str, reach| Some((reason.to_owned(), reach));
        assert_eq!(reach(false, &[]), None);
        assert_eq!(reach(false, &[(SYMBOL, later)]), said("why password-policy-symbol", Reach::Whole));
        assert_eq!(reach(true, &[(SYMBOL, later)]), said("why password-policy-symbol", Reach::Part));
        let both = "why password-policy-length; why password-policy-symbol";
        assert_eq!(reach(true, &[(SYMBOL, later), (LENGTH, later)]), said(both, Reach::Whole));
        assert_eq!(reach(false, &[(SYMBOL, over)]), said("why password-policy-symbol", Reach::Expired));
        assert_eq!(reach(true, &[("password-policy", later)]), said("why password-policy", Reach::Whole));
        let stale = [("password-policy", over), (SYMBOL, later)];
        assert_eq!(reach(false, &stale), said("why password-policy-symbol", Reach::Whole));
    }

    #[test]
    fn it_holds_to_the_end_of_its_last_day() {
        let of = |until| Suppression { id: "root-mfa".into(), reason: "r".into(), owner: "o".into(), until };
        let now = datetime!(2026-11-21 23:59 UTC);
        assert!(!of(date!(2026 - 11 - 21)).is_expired(now));
        assert!(of(date!(2026 - 11 - 20)).is_expired(now));
        assert!(!of(date!(2026 - 11 - 22)).is_expired(now));
    }
}
