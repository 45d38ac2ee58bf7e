//! Who is signed in, and the pages of the steps.

use super::*;

pub fn pages() -> Vec<(&'static str, Wizard)> {
    let page = |id, item, action| at(id, Home::at(id, item, action));
    let mut denied_reads = neglected();
    denied_reads.people = Reading::Failed(denied());
    let mut remark = page(StepId::Contacts, 0, 0);
    remark.world.set_remark(Some("Nothing differs from the current settings.".into()));
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
        ("page-users", users(0)),
        ("page-users-waiting", users(5)),
        ("page-users-policies", groups()),
        ("page-watchers", watchers()),
        ("page-root-sign-in", page(StepId::RootSignIn, 0, 0)),
        ("remark", remark),
        ("page-read-only", read_only()),
    ]
}

/// GuardDuty is on in one Region only.
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

/// Phone and e-mail are confirmed, AWS refused root's MFA by API, and an unassigned device is left over.
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
    facts.root_mfa_api = read(RootMfaApi::Closed(refused));
    facts.answers = [
        (Topic::RecoveryPhone, Answer::new(AnswerValue::Yes, NOW - time::Duration::days(2))),
        (Topic::RecoveryEmail, Answer::new(AnswerValue::No, NOW)),
    ]
    .into();
    wizard
}

/// Users with one finding of each kind; row `item` is picked.
fn users(item: usize) -> Wizard {
    let days = |days: i64| NOW - time::Duration::days(days);
    let csv = "user,password_enabled,password_last_used,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_2_active\n\
        <root_account>,true,2026-02-01T08:00:00+00:00,true,false,N/A,N/A,false\n\
        administrator,true,2026-11-20T08:00:00+00:00,false,false,N/A,N/A,false\n\
        maria,true,2023-11-20T08:00:00+00:00,true,true,2018-11-20T08:00:00+00:00,2023-11-20T08:00:00+00:00,false\n\
        build-server,false,N/A,false,true,2018-11-20T08:00:00+00:00,2026-11-21T11:00:00+00:00,true\n";
    let used = |at| Some(LastUse { at, service: "s3".into(), region: "eu-west-1".into() });
    let key = |id: &str, status, last_used| AccessKey {
        id: id.into(),
        status,
        created: Some(days(2920)),
        last_used: read(last_used),
    };
    let mut facts = hardened();
    let report = CredentialReport::parse(csv.into(), Some(NOW - time::Duration::hours(2))).expect("it is one");
    facts.credential_report = read(report);
    if let Reading::Known { value: people, .. } = &mut facts.people {
        let user = |name: &str| User { name: name.into(), ..User::default() };
        people.users.extend([user("maria"), user("build-server")]);
        if let Some(sign_in) = people.users.first_mut().and_then(|user| user.sign_in.as_mut()) {
            sign_in.devices = read(Vec::new());
        }
    }
    let of_maria = vec![key("AKIAIOSFODNN7MARIAAA", KeyStatus::Active, used(days(1096)))];
    let of_server = vec![
        key("AKIAIOSFODNN7SERVERA", KeyStatus::Active, used(days(0))),
        key("AKIAIOSFODNN7SERVERB", KeyStatus::Inactive, used(days(3))),
    ];
    facts.user_keys = [("maria".into(), read(of_maria)), ("build-server".into(), read(of_server))].into();
    let owner = Subject::User("build-server".into());
    let wait = crate::account::facts::Wait { owner, since: days(2), until: days(-12) };
    facts.waits = [("AKIAIOSFODNN7SERVERB".into(), wait)].into();
    facts.service_credentials = read(vec![ServiceCredential {
        id: "ACCAIOSFODNN7EXAMPLE".into(),
        user: "maria".into(),
        service: "codecommit.amazonaws.com".into(),
        status: KeyStatus::Active,
        expires: None,
    }]);
    with(having_read(Mode::Live, facts), StepId::Users, Home::at(StepId::Users, item, 0))
}

/// Two users have policies of their own. A group has the policies of the first.
fn groups() -> Wizard {
    let policy = |name: &str| format!("arn:aws:iam::aws:policy/{name}");
    let user = |name: &str, policies: &[&str]| User {
        name: name.into(),
        attached_policies: policies.iter().map(|name| policy(name)).collect(),
        ..User::default()
    };
    let mut wizard = at(StepId::Users, Home::new(StepId::Users));
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
