//! Plans of the policy's form, and the notes of its review.

use super::*;
use crate::account::facts::{LoginProfile, People, SignIn, User};

const NOON: Timestamp = time::macros::datetime!(2026-11-21 12:00 UTC);

fn read<T>(value: T) -> Reading<T> {
    Reading::Known { value, at: NOON }
}

/// An account whose policy is `policy`, with an administrator for each password, so many days old.
fn facts(policy: Option<PasswordPolicy>, ages: &[(&str, i64)]) -> Facts {
    let user = |(name, days): &(&str, i64)| {
        let created = Some(NOON - time::Duration::days(*days));
        let password = read(Some(LoginProfile { created, reset_required: false }));
        User { name: (*name).into(), sign_in: Some(SignIn { password, devices: read(Vec::new()) }), ..User::default() }
    };
    let people = People { users: ages.iter().map(user).collect(), ..People::default() };
    Facts { password_policy: read(policy), people: read(people), ..Facts::default() }
}

fn form(facts: &Facts) -> Form {
    match Policy.open(ActionId::FillIn, 0, facts) {
        Opening::Form(form) => form,
        other => panic!("no form: {other:?}"),
    }
}

/// The plan after `edits`, each as a person makes it.
fn plan(facts: &Facts, edits: &[(FieldId, Value)]) -> Plan {
    let mut form = form(facts);
    for (id, value) in edits {
        form.put(*id, value.clone());
        Policy.settle(&mut form, *id, facts);
    }
    assert_eq!(Policy.problems(&form, facts), []);
    Policy.plan(ActionId::FillIn, 0, Some(&form), facts, NOON).unwrap()
}

fn text(text: &str) -> Value {
    Value::Text { text: text.into(), cursor: 0 }
}

#[test]
fn a_partly_filled_policy_keeps_its_other_fields() {
    let before = PasswordPolicy {
        require_symbols: true,
        max_age: Some(60),
        reuse_prevention: Some(5),
        allow_change: false,
        ..PasswordPolicy::aws_default()
    };
    let facts = facts(Some(before.clone()), &[]);
    let plan = plan(&facts, &[(FieldId::Preset, preset(OWN_VALUES)), (FieldId::MinimumLength, text("20"))]);
    let wanted = PasswordPolicy { minimum_length: 20, ..before };
    assert_eq!(plan.calls[0].change, Change::PutPasswordPolicy(wanted));
    assert_eq!(plan.calls[0].effect, [("Minimum length", "8".into(), "20".into())]);
    assert_eq!(
        plan.notes[0],
        "At the next password change: at least 20 characters. Current passwords work until then."
    );
}

#[test]
fn the_nist_preset_sets_length_alone_and_says_that_it_fails_the_check() {
    let strict = PasswordPolicy {
        minimum_length: 16,
        max_age: Some(90),
        hard_expiry: true,
        ..PasswordPolicy::aws_default().raised_to_cis()
    };
    let facts = facts(Some(strict), &[]);
    let plan = plan(&facts, &[(FieldId::Preset, preset(NIST))]);
    let wanted = PasswordPolicy { minimum_length: 16, ..PasswordPolicy::aws_default() };
    assert_eq!(plan.calls[0].change, Change::PutPasswordPolicy(wanted));
    assert!(plan.notes[0].starts_with("This policy fails the check."), "{:?}", plan.notes);
    assert_eq!(plan.consent, Consent::Careful, "it was green before");
    assert_eq!(PasswordPolicy::aws_default().by_nist().minimum_length, 15);
}

#[test]
fn every_preset_has_a_reason() {
    let facts = facts(None, &[]);
    let mut form = form(&facts);
    let mut reasons = Vec::new();
    for chosen in [CIS, NIST, OWN_VALUES, AWS_DEFAULT] {
        form.put(FieldId::Preset, preset(chosen));
        Policy.settle(&mut form, FieldId::Preset, &facts);
        reasons.push(form.field(FieldId::Preset).unwrap().hint.clone());
    }
    // Two lines are kept for them.
    assert!(reasons.iter().all(|reason| reason.chars().count() <= 88), "{reasons:?}");
    reasons.dedup();
    assert_eq!(reasons.len(), 4);
    form.put_text(FieldId::MinimumLength, "9");
    Policy.settle(&mut form, FieldId::MinimumLength, &facts);
    assert_eq!(form.field(FieldId::Preset).unwrap().hint, reason(OWN_VALUES));
}

#[test]
fn a_longer_expiry_ends_no_password() {
    let before = PasswordPolicy { max_age: Some(60), ..PasswordPolicy::aws_default().raised_to_cis() };
    let facts = facts(Some(before), &[("alice", 400)]);
    let plan = plan(&facts, &[(FieldId::MaxAge, text("90"))]);
    assert_eq!((plan.consent, plan.notes), (Consent::Plain, Vec::new()));
}

mod effect;
