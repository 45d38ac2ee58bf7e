//! The own sign-in of a user who may not read the account.

use super::*;
use crate::wizard::pages::Code;

pub fn own() -> Vec<(&'static str, Wizard)> {
    let page = |facts: Facts, item| {
        with(having_read(practice(), facts), StepId::OwnSignIn, Home::at(StepId::OwnSignIn, item, 0))
    };
    vec![
        ("own-kept-out", having_read(practice(), without_mfa())),
        ("own-summary", summary(without_mfa())),
        ("own-summary-done", summary(in_order())),
        ("own-without-mfa", page(without_mfa(), 0)),
        ("own-old-key", page(with_session(), 2)),
        ("own-code", code(None)),
        ("own-code-refused", code(Some(refused()))),
        ("own-key-shown", key_shown()),
    ]
}

fn denied(action: &str) -> Failure {
    let said = format!("User: arn:aws:iam::123456789012:user/dana is not authorized to perform: {action}");
    Failure { code: Some("AccessDenied".into()), ..Failure::new(Fault::AccessDenied, action, said) }
}

/// A user with an access key, without MFA and without permission to read the account.
fn without_mfa() -> Facts {
    let dana = "arn:aws:iam::123456789012:user/dana";
    let mut facts = Facts {
        caller: read(caller(dana, "AKIAIOSFODNN7EXAMPLE", CredentialKind::LongTerm)),
        people: Reading::Failed(denied("iam:GetAccountAuthorizationDetails")),
        ..Facts::default()
    };
    let password = Reading::Failed(denied("iam:GetLoginProfile"));
    facts.sign_ins.insert("dana".into(), SignIn { password, devices: read(Vec::new()) });
    facts.user_keys.insert("dana".into(), Reading::Failed(denied("iam:ListAccessKeys")));
    facts
}

/// The same user after an MFA code: an old key, which made the session, and a deactivated one.
fn with_session() -> Facts {
    let mut facts = without_mfa();
    let mut signed = caller("arn:aws:iam::123456789012:user/dana", "ASIAIOSFODNN7EXAMPLE", CredentialKind::Temporary);
    signed.credential.base = Some("AKIAIOSFODNN7EXAMPLE".into());
    facts.caller = read(signed);
    let key = |id: &str, status, days| AccessKey {
        id: id.into(),
        status,
        created: Some(NOW - time::Duration::days(days)),
        last_used: read(None),
    };
    let keys = vec![
        key("AKIAIOSFODNN7EXAMPLE", KeyStatus::Active, 730),
        key("AKIAI44QH8DHBEXAMPLE", KeyStatus::Inactive, 900),
    ];
    facts.user_keys.insert("dana".into(), read(keys));
    let device = MfaDevice { serial: "arn:aws:iam::123456789012:mfa/dana".into(), enabled: None };
    let profile = LoginProfile { created: None, reset_required: true };
    facts.sign_ins.insert("dana".into(), SignIn { password: read(Some(profile)), devices: read(vec![device]) });
    facts
}

/// The same once all of it is in order.
fn in_order() -> Facts {
    let mut facts = with_session();
    facts.user_keys.insert("dana".into(), read(Vec::new()));
    if let Some(sign_in) = facts.sign_ins.get_mut("dana") {
        sign_in.password = read(Some(LoginProfile { created: None, reset_required: false }));
    }
    facts
}

fn summary(facts: Facts) -> Wizard {
    let mut wizard = having_read(practice(), facts);
    wizard.set_place(Place::Summary);
    wizard
}

fn refused() -> Failure {
    let said = "MultiFactorAuthentication failed with invalid MFA one time pass code.";
    let failure = Failure::new(Fault::AccessDenied, "sts:GetSessionToken", said);
    Failure { code: Some("AccessDenied".into()), request_id: Some("0a1b2c3d".into()), ..failure }
}

fn code(refused: Option<Failure>) -> Wizard {
    let facts = with_session();
    let Opening::Code(form) = StepId::OwnSignIn.definition().open(ActionId::MfaSession, 0, &facts) else {
        unreachable!("it asks for a code")
    };
    let page = Code { refused, ..Code::ask(form) };
    with(having_read(practice(), facts), StepId::OwnSignIn, page)
}

fn key_shown() -> Wizard {
    let hand_over = HandOver {
        address: "https://123456789012.signin.aws.amazon.com/console".into(),
        account: "123456789012".into(),
        user: Enrolee::Oneself("dana".into()),
        password: None,
        key: Some(("AKIAI44QH8DHBEXAMPLE".into(), Secret::new(SECRET_KEY))),
        visibility: Visibility::Unseen,
        next: None,
        rest: Vec::new(),
        record: Record::shown(StepId::OwnSignIn, "Create an access key for dana"),
    };
    with(having_read(practice(), with_session()), StepId::OwnSignIn, hand_over)
}
