//! Who is signed in, and the pages of the steps.

use super::*;

pub fn pages() -> Vec<(&'static str, Wizard)> {
    let page = |id, item, action| at(id, Home::at(id, item, action));
    let mut denied_reads = neglected();
    denied_reads.people = Reading::Failed(denied());
    let mut remark = page(StepId::Contacts, 0, 0);
    remark.world.set_remark(Some("Nothing differs from what is set already.".into()));
    vec![
        ("reading", reading()),
        ("page-root-keys", page(StepId::RootKeys, 1, 0)),
        ("page-root-keys-blocked", page(StepId::RootKeys, 0, 1)),
        ("page-root-mfa", page(StepId::RootMfa, 0, 0)),
        ("page-root-mfa-orphan", orphan()),
        ("page-contacts", page(StepId::Contacts, 0, 0)),
        ("page-administrator", page(StepId::Administrator, 0, 0)),
        (
            "page-administrator-done",
            with(having_read(practice(), hardened()), StepId::Administrator, Home::new(StepId::Administrator)),
        ),
        (
            "page-administrator-denied",
            with(having_read(Mode::Live, denied_reads), StepId::Administrator, Home::new(StepId::Administrator)),
        ),
        ("page-password-policy", page(StepId::PasswordPolicy, 0, 0)),
        ("groups", groups()),
        ("page-watchers", watchers()),
        ("page-root-sign-in", page(StepId::RootSignIn, 0, 0)),
        ("remark", remark),
        ("page-read-only", read_only()),
    ]
}

/// GuardDuty is off but in one Region.
pub fn unwatched() -> Facts {
    let mut guard_duty = in_every_region(Detector::Absent);
    if let Reading::Known { value, .. } = &mut guard_duty {
        value.regions.insert("us-east-1".into(), Ok(Detector::Enabled));
    }
    Facts { guard_duty, trails: read(Vec::new()), ..hardened() }
}

fn watchers() -> Wizard {
    with(having_read(practice(), unwatched()), StepId::Watchers, Home::at(StepId::Watchers, 1, 0))
}

pub fn absent(mode: Mode) -> Wizard {
    let (mut wizard, effects) = Wizard::start(mode, NOW);
    let failure = Failure::new(Fault::NoCredentials, "credentials", "no credentials were found");
    for effect in effects {
        if let Effect::Ask(ticket, Request::Connect(_)) = effect {
            update(&mut wizard, NOW, Event::Reply(ticket, Reply::Connected(Err(failure.clone()))));
        }
    }
    wizard
}

fn reading() -> Wizard {
    let mut wizard = Wizard::start(practice(), NOW).0;
    wizard.world.set_session(Session::Established);
    wizard.world.facts_mut().caller = neglected().caller;
    wizard.set_place(Place::Step(StepId::Contacts));
    wizard
}

pub fn signed_in() -> Vec<(&'static str, Wizard)> {
    let mut user = neglected();
    user.caller = read(caller(
        "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_AdministratorAccess_0123456789abcdef/alice@acme.example",
        "ASIAIOSFODNN7EXAMPLE",
        CredentialKind::Temporary,
    ));
    vec![
        ("connecting", Wizard::start(Mode::Live, NOW).0),
        ("signed-in", having_read(practice(), hardened())),
        ("signed-in-root-key", live()),
        ("signed-in-role", having_read(Mode::Live, user)),
        ("not-signed-in", absent(Mode::Live)),
        ("not-signed-in-practice", absent(practice())),
    ]
}

/// Another lockroot works on the account.
fn read_only() -> Wizard {
    let wizard = having_read_beside(Claim::Theirs { pid: Some(4711) }, Mode::Live, neglected());
    with(wizard, StepId::Administrator, Home::new(StepId::Administrator))
}

/// Phone and e-mail are confirmed, AWS has refused to do it here, and a device was left behind.
fn orphan() -> Wizard {
    let mut wizard = at(StepId::RootMfa, Home::new(StepId::RootMfa));
    let facts = wizard.world.facts_mut();
    facts.virtual_devices = read(vec![VirtualDevice {
        serial: "arn:aws:iam::123456789012:mfa/root-account-mfa-device".into(),
        owner: DeviceOwner::Nobody,
        enabled: None,
    }]);
    let refused = Failure {
        code: Some("NoSuchEntity".into()),
        ..Failure::new(Fault::Absent, "iam:EnableMFADevice", "The user with name root cannot be found.")
    };
    facts.root_door = read(Door::Closed(refused));
    facts.answers = [
        (Topic::RecoveryPhone, Answer::new(Said::Sound, NOW - time::Duration::days(2))),
        (Topic::RecoveryEmail, Answer::new(Said::Unsound, NOW)),
    ]
    .into();
    wizard
}

/// Two users hold policies directly; a group carries what the first one holds.
fn groups() -> Wizard {
    let policy = |name: &str| format!("arn:aws:iam::aws:policy/{name}");
    let user = |name: &str, policies: &[&str]| User {
        name: name.into(),
        attached_policies: policies.iter().map(|name| policy(name)).collect(),
        ..User::default()
    };
    let mut wizard = at(StepId::Groups, Home::new(StepId::Groups));
    wizard.world.facts_mut().people = read(People {
        users: vec![user("ada", &["ReadOnlyAccess"]), user("bea", &["AmazonS3FullAccess", "job-function/Billing"])],
        groups: vec![Group {
            name: "Readers".into(),
            attached_policies: vec![policy("ReadOnlyAccess")],
            ..Group::default()
        }],
        ..People::default()
    });
    wizard
}
