//! Each rule of the password policy alone, and all together.

use super::*;

fn said(facts: &Facts) -> Vec<(&'static str, Assessment)> {
    let (_, rules) = control("password-policy").unwrap().assess_by(facts, |_| true);
    rules.into_iter().map(|(rule, assessment)| (rule.id, assessment)).collect()
}

fn with_expiry(policy: PasswordPolicy) -> Facts {
    let parameters = Parameters { password_expiry_days: Some(90), ..Parameters::default() };
    Facts { password_policy: read(Some(policy)), parameters, ..root() }
}

#[test]
fn each_rule_fails_alone_and_fails_the_control() {
    let whole = PasswordPolicy { max_age: Some(90), ..PasswordPolicy::aws_default().raised_to_cis() };
    let failing = |policy: PasswordPolicy| {
        let facts = with_expiry(policy);
        let failing = said(&facts).into_iter().filter(|(_, assessment)| assessment.verdict != Verdict::Pass);
        let failing: Vec<(&str, Assessment)> = failing.collect();
        let assessment = control("password-policy").unwrap().assess(&facts);
        let expected = if failing.is_empty() { Verdict::Pass } else { Verdict::Fail };
        assert_eq!(verdict("password-policy", &facts), expected);
        assert!(assessment.evidence.len() == 7, "each rule rests on its own field: {:?}", assessment.evidence);
        for (id, rule) in &failing {
            assert_eq!(assessment.why, rule.why, "{id}: the reason is that of the rule that fails");
            assert_eq!(assessment.fix, rule.fix, "{id}");
        }
        failing.into_iter().map(|(id, _)| id).collect::<Vec<_>>()
    };
    assert_eq!(failing(whole.clone()), [""; 0]);
    for (less, id) in [
        (PasswordPolicy { minimum_length: 13, ..whole.clone() }, "password-policy-length"),
        (PasswordPolicy { reuse_prevention: Some(23), ..whole.clone() }, "password-policy-reuse"),
        (PasswordPolicy { reuse_prevention: None, ..whole.clone() }, "password-policy-reuse"),
        (PasswordPolicy { require_uppercase: false, ..whole.clone() }, "password-policy-uppercase"),
        (PasswordPolicy { require_lowercase: false, ..whole.clone() }, "password-policy-lowercase"),
        (PasswordPolicy { require_symbols: false, ..whole.clone() }, "password-policy-symbol"),
        (PasswordPolicy { require_numbers: false, ..whole.clone() }, "password-policy-number"),
        (PasswordPolicy { max_age: Some(91), ..whole.clone() }, "password-policy-expiry"),
        (PasswordPolicy { max_age: None, ..whole.clone() }, "password-policy-expiry"),
    ] {
        assert_eq!(failing(less), [id]);
    }
}

#[test]
fn every_failing_rule_is_named_once() {
    let policy =
        PasswordPolicy { minimum_length: 8, require_symbols: false, ..PasswordPolicy::aws_default().raised_to_cis() };
    let assess =
        |policy| control("password-policy").unwrap().assess(&Facts { password_policy: read(policy), ..root() });
    let why = assess(Some(policy)).why;
    assert_eq!(why, "Minimum length is 8; 14 is required. A password need not have a symbol.");
    let default = assess(None);
    assert_eq!(default.why.matches("Only AWS's default is in force").count(), 1, "{}", default.why);
    // The default itself, and that no expiry is configured.
    assert_eq!(default.evidence.len(), 2, "{:?}", default.evidence);
}

#[test]
fn an_expiry_is_assessed_only_if_it_is_required() {
    let whole = PasswordPolicy::aws_default().raised_to_cis();
    let facts = Facts { password_policy: read(Some(whole.clone())), ..root() };
    let expiry = |facts: &Facts| said(facts).pop().map(|(id, assessment)| (id, assessment.verdict));
    assert_eq!(expiry(&facts), Some(("password-policy-expiry", Verdict::NotApplicable)));
    assert_eq!(verdict("password-policy", &facts), Verdict::Pass, "it says nothing beside the others");
    assert_eq!(expiry(&with_expiry(whole)), Some(("password-policy-expiry", Verdict::Fail)));
    let (only, _) = control("password-policy").unwrap().assess_by(&facts, |rule| rule.id.ends_with("expiry"));
    assert_eq!(only.verdict, Verdict::NotApplicable);
}

#[test]
fn an_unread_password_policy_is_unknown_for_each_rule() {
    let facts = Facts { password_policy: denied(), ..root() };
    let rules = said(&facts);
    assert_eq!(rules.len(), 7);
    let assessed = rules.iter().filter(|(id, _)| *id != "password-policy-expiry");
    assessed.for_each(|(id, assessment)| assert_eq!(assessment.verdict, Verdict::Unknown, "{id}"));
    assert_eq!(rules[6].1.verdict, Verdict::NotApplicable, "what nobody asked for need not be read");
    assert_eq!(verdict("password-policy", &facts), Verdict::Unknown);
}

#[test]
fn a_controls_references_are_those_of_its_rules() {
    let names = control("password-policy").unwrap().references();
    let cis = [("5.0", "1.7, 1.8"), ("6.0", "2.7, 2.8"), ("7.0", "2.8, 2.9")];
    assert_eq!(names.cis, cis.map(|(version, numbers)| (version, numbers.to_owned())));
    assert_eq!(names.security_hub, ["IAM.15", "IAM.16", "IAM.11", "IAM.12", "IAM.13", "IAM.14", "IAM.17"]);
    let (found, rule) = named("password-policy-reuse").unwrap();
    assert_eq!(
        (found.id, rule.unwrap().references().prowler),
        ("password-policy", vec!["iam_password_policy_reuse_24"])
    );
}
