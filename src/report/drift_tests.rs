//! Every change of a verdict, and every file that can't be compared.

use super::*;
use crate::account::{Facts, PasswordPolicy, Reading};
use crate::checks::Verdict;

/// The list that a control lands in after this change of verdict.
fn compared(from: Option<Verdict>, to: Verdict) -> &'static str {
    let facts = Facts::default();
    let mut report = Report::new(&facts, false, time::macros::datetime!(2026-11-21 12:00 UTC));
    report.findings.truncate(1);
    report.findings[0].assessment.verdict = to;
    let id = report.findings[0].control.id;
    let checks = from.map(|verdict| serde_json::json!({ "id": id, "verdict": verdict.word() }));
    let drift = Drift::new(
        &saved(&serde_json::json!(checks.into_iter().collect::<Vec<_>>())),
        &report.findings,
        &Facts::default(),
    );
    let lists = drift.lists();
    let held: Vec<&str> = lists.iter().filter(|(_, moves)| !moves.is_empty()).map(|(name, _)| *name).collect();
    assert!(held.len() <= 1, "{drift:?}");
    held.first().copied().unwrap_or("same")
}

fn document(checks: &serde_json::Value) -> serde_json::Value {
    serde_json::json!({
        "schema": "lockroot.check/1", "practice": false, "checked_at": "2026-11-20T03:15:00Z",
        "account": { "id": "123456789012", "alias": null, "partition": "aws" }, "checks": checks, "a_later_field": 1,
    })
}

fn saved(checks: &serde_json::Value) -> Saved {
    Saved::parse(&document(checks).to_string()).unwrap()
}

#[test]
fn each_change_is_in_one_list() {
    use Verdict::{Fail, Manual, NotApplicable, Pass, Unknown};
    for (from, to, list) in [
        (Pass, Pass, "same"),
        (Fail, Fail, "same"),
        (Pass, NotApplicable, "same"),
        (Fail, Pass, "better"),
        (Unknown, NotApplicable, "better"),
        (Manual, Pass, "better"),
        (Pass, Fail, "worse"),
        (Pass, Unknown, "worse"),
        (Unknown, Fail, "worse"),
        (Fail, Unknown, "other"),
        (Fail, Manual, "other"),
        (Unknown, Manual, "other"),
    ] {
        assert_eq!(compared(Some(from), to), list, "{from:?}, now {to:?}");
    }
    assert_eq!(compared(None, Pass), "new");
}

#[test]
fn a_selected_item_that_no_longer_exists_is_reported() {
    let facts = Facts::default();
    let report = Report::new(&facts, false, time::macros::datetime!(2026-11-21 12:00 UTC));
    let old = saved(&serde_json::json!([{ "id": "once-upon-a-time", "verdict": "fail" }]));
    let drift = Drift::new(&old, &report.findings, &Facts::default());
    assert_eq!(drift.new.len(), report.findings.len());
    assert!(drift.lines().contains(&"gone: once-upon-a-time (fail)".to_owned()), "{:?}", drift.lines());
    let unselected: Vec<Finding> = Vec::new();
    let mfa = saved(&serde_json::json!([{ "id": "root-mfa", "verdict": "pass" }]));
    assert!(Drift::new(&mfa, &unselected, &Facts::default()).is_empty(), "what is not selected is not gone");
    let worse = saved(&serde_json::json!([{ "id": "root-mfa", "verdict": "pass" }]));
    let lines = Drift::new(&worse, &report.findings, &Facts::default()).lines();
    assert_eq!(lines[0], "worse: root-mfa (pass, now unknown)");
}

/// A policy that fails only for its length, and three reports of it: older, current, and narrowed to one rule.
#[test]
fn rules_that_used_to_be_controls_are_no_change() {
    let now = time::macros::datetime!(2026-11-21 12:00 UTC);
    let policy = PasswordPolicy { minimum_length: 8, ..PasswordPolicy::aws_default().raised_to_cis() };
    let facts = Facts { password_policy: Reading::Known { value: Some(policy), at: now }, ..Facts::default() };
    let of = |id: &str| Selection { only: vec![id.into()], ..Selection::default() };
    let report = |facts, id| Report::of(facts, false, now, &of(id), &[]);
    let rules = |verdict: &str| {
        let rest = ["reuse", "uppercase", "lowercase", "symbol", "number"].map(|rule| (rule, "pass"));
        let all = rest.into_iter().chain([("expiry", "not-applicable"), ("length", verdict)]);
        all.map(|(rule, verdict)| serde_json::json!({ "id": format!("password-policy-{rule}"), "verdict": verdict }))
            .collect::<Vec<_>>()
    };
    let old = |verdict: &str| {
        let own = serde_json::json!({ "id": "password-policy", "verdict": verdict });
        saved(&serde_json::json!(std::iter::once(own).chain(rules(verdict)).collect::<Vec<_>>()))
    };
    let new = saved(&serde_json::json!([{ "id": "password-policy", "verdict": "fail", "rules": rules("fail") }]));
    let narrow = saved(&serde_json::json!([
        { "id": "password-policy", "verdict": "pass", "rules": [{ "id": "password-policy-reuse", "verdict": "pass" }] }
    ]));
    let lines = |saved: &Saved, report: &Report| Drift::new(saved, &report.findings, &facts).lines();
    let whole = report(&facts, "password-policy");
    assert_eq!(lines(&old("fail"), &whole), [""; 0]);
    assert_eq!(lines(&new, &whole), [""; 0]);
    assert_eq!(lines(&narrow, &whole), [""; 0], "only what both looked at can have changed");
    assert_eq!(lines(&old("pass"), &whole), ["worse: password-policy (pass, now fail)"]);
    assert_eq!(lines(&old("fail"), &report(&facts, "password-policy-reuse")), [""; 0]);
    let assessment = crate::checks::control("password-policy").unwrap();
    let then = |id: &str| (id == "password-policy-length").then_some(Verdict::Fail);
    assert_eq!(assessment.stored(then), Some(Verdict::Fail), "the wizard's journal of before");
    assert_eq!(assessment.stored(|id| (id == "password-policy").then_some(Verdict::Pass)), Some(Verdict::Pass));
}

#[test]
fn files_that_cannot_be_compared_are_refused_with_the_reason() {
    let refused = |text: &str| Saved::parse(text).unwrap_err();
    assert!(refused("").contains("is not a JSON report"));
    assert!(refused("{}").contains("names no schema"));
    assert!(refused(r#"{"schema":"lockroot.check/2"}"#).contains("has the schema \"lockroot.check/2\""));
    assert!(refused(r#"{"schema":"lockroot.check/1"}"#).contains("is not a whole report"));
    let odd = document(&serde_json::json!([{ "id": "root-mfa", "verdict": "fine" }])).to_string();
    assert!(refused(&odd).contains("\"root-mfa\" the verdict \"fine\""));
    let whole = saved(&serde_json::json!([]));
    assert_eq!(whole.verify(false, "123456789012", "aws"), Ok(()));
    assert!(
        whole.verify(false, "210987654321", "aws").unwrap_err().contains("is about the account 123456789012 (aws)")
    );
    assert!(whole.verify(false, "123456789012", "aws-cn").is_err());
    assert!(whole.verify(true, "123456789012", "aws").unwrap_err().contains("an AWS account, and this run"));
}
