//! Groups unknown controls by cause: many depend on the same few calls.

use super::Finding;
use crate::account::{Facts, Failure};

/// A cause and the unknown controls that it explains.
#[derive(Debug)]
pub(super) struct Cause<'a> {
    /// The cause with its calls: `AccessDenied for iam:ListUsers`.
    pub words: String,
    /// In the given order.
    pub findings: Vec<&'a Finding>,
    /// What to do, if a call failed.
    pub advice: Option<&'static str>,
}

/// Maximum calls named per cause. The details list all of them.
const MAX_NAMED: usize = 3;

/// The causes of `unknown`, in order of their first control. Failures with the same code are one cause.
pub(super) fn of<'a>(facts: &Facts, unknown: &[&'a Finding]) -> Vec<Cause<'a>> {
    let mut causes: Vec<(Cause<'a>, Vec<String>)> = Vec::new();
    for finding in unknown {
        let failure = failure(facts, finding);
        let advice = failure.as_ref().map(|failure| failure.fault.command_line_advice());
        let (words, action) = match failure {
            // The same refusal is `AccessDenied` in one protocol and `AccessDeniedException` in another.
            Some(Failure { code: Some(code), action, .. }) => {
                (code.trim_end_matches("Exception").to_owned(), Some(action))
            }
            Some(Failure { message, action, .. }) => (message, Some(action)),
            None => (finding.assessment.why.clone(), None),
        };
        let index = causes.iter().position(|(known, _)| known.words == words).unwrap_or_else(|| {
            causes.push((Cause { words, findings: Vec::new(), advice }, Vec::new()));
            causes.len() - 1
        });
        let (cause, actions) = &mut causes[index];
        cause.findings.push(finding);
        actions.extend(action.filter(|action| !actions.contains(action)));
    }
    let words = |key: String, actions: &[String]| match actions {
        [] => key,
        few if few.len() <= MAX_NAMED + 1 => format!("{key} for {}", few.join(", ")),
        many => format!("{key} for {} and {} more", many[..MAX_NAMED].join(", "), many.len() - MAX_NAMED),
    };
    causes.into_iter().map(|(cause, actions)| Cause { words: words(cause.words, &actions), ..cause }).collect()
}

/// The failure that the control's reason quotes, else the first failure among its answers.
fn failure(facts: &Facts, finding: &Finding) -> Option<Failure> {
    let failures = finding.control.questions.iter().filter_map(|question| facts.answer(question).failure().cloned());
    let mut failures: Vec<Failure> = failures.collect();
    let quoted = failures.iter().position(|failure| finding.assessment.why.contains(&failure.to_string()));
    match quoted {
        Some(index) => Some(failures.swap_remove(index)),
        None => failures.into_iter().next(),
    }
}
