//! Selects the controls of a report.

use crate::checks::{self, CONTROLS, Control, Rule, Severity};

/// The selected controls: all or some.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// Only these ids; empty: all.
    pub only: Vec<String>,
    /// Not these ids.
    pub skip: Vec<String>,
    /// Minimum severity.
    pub severity: Option<Severity>,
}

impl Selection {
    /// The selected controls, in table order.
    pub fn controls(&self) -> impl Iterator<Item = &'static Control> {
        CONTROLS.iter().filter(|control| self.holds(control))
    }

    fn holds(&self, control: &Control) -> bool {
        let rules = control.rules();
        !names(&self.skip, control.id)
            && self.severity.is_none_or(|severity| control.severity.at_least(severity))
            && match rules.is_empty() {
                true => self.only.is_empty() || names(&self.only, control.id),
                false => rules.iter().any(|rule| self.asks(control, rule)),
            }
    }

    /// Whether `rule` is selected. The id of a control selects all its rules.
    #[must_use]
    pub fn asks(&self, control: &Control, rule: &Rule) -> bool {
        let named = self.only.is_empty() || names(&self.only, control.id) || names(&self.only, rule.id);
        named && !names(&self.skip, rule.id)
    }

    /// Validates the selection.
    ///
    /// # Errors
    /// An unknown id, or a selection without any control.
    pub fn verify(&self) -> Result<(), String> {
        for id in self.only.iter().chain(&self.skip) {
            known(id)?;
        }
        if self.controls().next().is_none() {
            return Err("no control is left to be checked: each one is skipped or below the severity".into());
        }
        Ok(())
    }
}

fn names(ids: &[String], id: &str) -> bool {
    ids.iter().any(|one| one == id)
}

/// Checks that a control or rule is called `id`.
///
/// # Errors
/// Similar ids, or a hint at the list of all.
pub fn known(id: &str) -> Result<(), String> {
    if checks::named(id).is_some() {
        return Ok(());
    }
    let near = nearest(id);
    if near.is_empty() {
        return Err(format!("no control is called {id:?}; `lockroot explain` lists them"));
    }
    Err(format!("no control is called {id:?}; near to it: {}", near.join(", ")))
}

/// At most three ids that share words with `id` or differ by a few letters; nearest first.
fn nearest(id: &str) -> Vec<&'static str> {
    let id = id.to_lowercase().replace('_', "-");
    let near = CONTROLS.iter().map(|control| {
        let (distance, shared) = (strsim::levenshtein(&id, control.id), shared_words(&id, control.id));
        // A typo ranks before a shared topic.
        let slip = distance <= 3;
        (!slip, std::cmp::Reverse(shared), distance, control.id)
    });
    let mut near: Vec<_> = near.filter(|(far, shared, ..)| !far || shared.0 > 0).collect();
    near.sort_unstable();
    near.into_iter().take(3).map(|(.., id)| id).collect()
}

fn shared_words(one: &str, other: &str) -> usize {
    let words = one.split('-').filter(|word| word.len() > 2);
    words.filter(|word| other.split('-').any(|part| part.starts_with(word))).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(selection: &Selection) -> Vec<&'static str> {
        selection.controls().map(|control| control.id).collect()
    }

    #[test]
    fn only_skip_and_severity_filter_and_keep_the_order() {
        let all = Selection::default();
        assert_eq!(ids(&all).len(), CONTROLS.len());
        let only = Selection { only: vec!["root-mfa".into(), "root-access-keys".into()], ..all.clone() };
        assert_eq!(ids(&only), ["root-access-keys", "root-mfa"]);
        let without = Selection { skip: vec!["root-mfa".into()], ..only.clone() };
        assert_eq!(ids(&without), ["root-access-keys"]);
        let critical = Selection { severity: Some(Severity::Critical), ..all };
        assert!(!ids(&critical).is_empty() && critical.controls().all(|c| c.severity == Severity::Critical));
        let nothing = Selection { skip: vec!["root-mfa".into()], only: vec!["root-mfa".into()], severity: None };
        assert!(nothing.verify().unwrap_err().contains("no control is left"));
    }

    #[test]
    fn a_wrong_name_is_an_error_with_similar_names() {
        // The further suggestions depend on the existing controls.
        let words = known("root_mfa").unwrap_err();
        assert!(words.starts_with("no control is called \"root_mfa\"; near to it: root-mfa, "), "{words}");
        assert!(known("pasword-policy").unwrap_err().contains("near to it: password-policy"));
        assert!(known("zzzzzzzzz").unwrap_err().contains("`lockroot explain` lists them"));
        assert_eq!(known("root-mfa"), Ok(()));
    }

    #[test]
    fn a_rule_is_selected_and_skipped_by_its_own_name() {
        let of = |only: &[&str], skip: &[&str]| {
            let owned = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
            Selection { only: owned(only), skip: owned(skip), severity: None }
        };
        let policy = checks::control("password-policy").unwrap();
        let asked = |selection: &Selection| -> Vec<&str> {
            let rules = policy.rules().iter().filter(|rule| selection.asks(policy, rule));
            rules.map(|rule| rule.id.strip_prefix("password-policy-").unwrap()).collect()
        };
        let all = ["length", "reuse", "uppercase", "lowercase", "symbol", "number", "expiry"];
        assert_eq!(asked(&of(&[], &[])), all);
        assert_eq!(asked(&of(&["password-policy"], &[])), all);
        assert_eq!(asked(&of(&["password-policy-reuse"], &[])), ["reuse"]);
        assert_eq!(
            asked(&of(&[], &["password-policy-symbol"])),
            ["length", "reuse", "uppercase", "lowercase", "number", "expiry"]
        );
        assert_eq!(ids(&of(&["password-policy-reuse"], &[])), ["password-policy"]);
        assert!(!ids(&of(&["root-mfa"], &[])).contains(&"password-policy"));
        assert!(!ids(&of(&[], &["password-policy"])).contains(&"password-policy"));
        let each: Vec<&str> = policy.rules().iter().map(|rule| rule.id).collect();
        assert!(!ids(&of(&[], &each)).contains(&"password-policy"), "none of its rules is left");
        let both = of(&["password-policy-reuse"], &["password-policy-reuse"]);
        assert!(both.verify().unwrap_err().contains("no control is left"));
    }
}
