//! Each rule of the password policy by itself.

use super::*;

fn rules() -> impl Iterator<Item = &'static Control> {
    CONTROLS.iter().filter(|control| control.id.starts_with("password-policy-"))
}

#[test]
fn each_rule_fails_alone() {
    let whole = PasswordPolicy { max_age: Some(90), ..PasswordPolicy::aws_default().raised_to_cis() };
    let failing = |policy: PasswordPolicy| {
        let parameters = Parameters { password_expiry_days: Some(90), ..Parameters::default() };
        let facts = Facts { password_policy: read(Some(policy)), parameters, ..root() };
        rules().map(|rule| rule.id).filter(|id| verdict(id, &facts) != Verdict::Pass).collect::<Vec<_>>()
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
fn an_expiry_is_judged_only_where_it_is_asked_for() {
    let facts = Facts { password_policy: read(None), ..root() };
    assert_eq!(verdict("password-policy-expiry", &facts), Verdict::NotApplicable);
}

#[test]
fn a_policy_that_could_not_be_read_is_unknown_for_each_rule() {
    let facts = Facts { password_policy: denied(), ..root() };
    assert_eq!(rules().count(), 7);
    let judged = rules().filter(|rule| rule.id != "password-policy-expiry");
    judged.for_each(|rule| assert_eq!(verdict(rule.id, &facts), Verdict::Unknown, "{}", rule.id));
}
