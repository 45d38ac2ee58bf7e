//! Why controls are unknown, each cause once: many controls rest on the same few calls.

use super::Finding;
use crate::account::{Facts, Failure};

/// A cause and the controls that it leaves unknown.
#[derive(Debug)]
pub(super) struct Cause<'a> {
    /// The cause in words, with the calls: `AccessDenied for iam:ListUsers`.
    pub words: String,
    /// The controls, in the order in which they were given.
    pub findings: Vec<&'a Finding>,
}

/// So many calls of a cause are named: whoever may read nothing finds them all in the details.
const MAX_NAMED: usize = 3;

/// The causes of `unknown`, in the order of their first control. Failures with the same code are one cause, whatever the call.
pub(super) fn of<'a>(facts: &Facts, unknown: &[&'a Finding]) -> Vec<Cause<'a>> {
    let mut causes: Vec<(String, Vec<String>, Vec<&Finding>)> = Vec::new();
    for finding in unknown {
        let (key, action) = match failure(facts, finding) {
            Some(failure) => (failure.code.unwrap_or(failure.said), Some(failure.action)),
            None => (finding.judgement.why.clone(), None),
        };
        let index = causes.iter().position(|(known, ..)| *known == key).unwrap_or_else(|| {
            causes.push((key, Vec::new(), Vec::new()));
            causes.len() - 1
        });
        let (_, actions, findings) = &mut causes[index];
        findings.push(finding);
        actions.extend(action.filter(|action| !actions.contains(action)));
    }
    let words = |key: String, actions: &[String]| match actions {
        [] => key,
        few if few.len() <= MAX_NAMED + 1 => format!("{key} for {}", few.join(", ")),
        many => format!("{key} for {} and {} more", many[..MAX_NAMED].join(", "), many.len() - MAX_NAMED),
    };
    causes.into_iter().map(|(key, actions, findings)| Cause { words: words(key, &actions), findings }).collect()
}

/// The failure that a control's reason quotes, among the answers that it rests on.
fn failure(facts: &Facts, finding: &Finding) -> Option<Failure> {
    let failures = finding.control.questions.iter().filter_map(|question| facts.answer(question).failure().cloned());
    let mut failures: Vec<Failure> = failures.collect();
    let quoted = failures.iter().position(|failure| finding.judgement.why.contains(&failure.to_string()));
    match quoted {
        Some(index) => Some(failures.swap_remove(index)),
        None => failures.into_iter().next(),
    }
}
