//! Two sets of facts: a neglected account, and one with everything done.

use time::macros::datetime;

use crate::account::facts::*;
use crate::account::*;

pub const NOW: Timestamp = datetime!(2026-11-21 12:04:09 UTC);

pub fn read<T>(value: T) -> Reading<T> {
    Reading::Known { value, at: NOW }
}

/// An account of several years in which much is left to do, seen by root with a root key.
pub fn neglected() -> Facts {
    let days = |days| NOW - time::Duration::days(days);
    let key = |id: &str, status, created, last_used| AccessKey {
        id: id.into(),
        status,
        created: Some(days(created)),
        last_used: read(last_used),
    };
    let used = LastUse { at: days(1), service: "s3".into(), region: "eu-west-1".into() };
    Facts {
        caller: read(caller("arn:aws:iam::123456789012:root", "AKIAIOSFODNN7EXAMPLE", CredentialKind::LongTerm)),
        alias: read(Some("acme".into())),
        summary: read(Summary(
            [
                ("AccountAccessKeysPresent".into(), 1),
                ("AccountMFAEnabled".into(), 0),
                ("AccountSigningCertificatesPresent".into(), 0),
            ]
            .into(),
        )),
        root_keys: read(vec![
            key("AKIAIOSFODNN7EXAMPLE", KeyStatus::Active, 1, Some(LastUse { at: NOW, ..used.clone() })),
            key("AKIAI44QH8DHBEXAMPLE", KeyStatus::Active, 1190, Some(used)),
        ]),
        root_devices: read(Vec::new()),
        virtual_devices: read(Vec::new()),
        contacts: [read(Some(contact())), read(None), read(None)],
        contact_information: read(Some(ContactInformation {
            full_name: "Acme Accounts".into(),
            company_name: "Acme GmbH".into(),
            address_line_1: "Lindenstr. 1".into(),
            postal_code: "10969".into(),
            city: "Berlin".into(),
            state_or_region: "Berlin".into(),
            country_code: "DE".into(),
            phone: "+49 30 1234567".into(),
            phone_status: PhoneStatus::Unverified,
            ..ContactInformation::default()
        })),
        people: read(People::default()),
        sign_ins: Default::default(),
        password_policy: read(None),
        root_certificates: read(Vec::new()),
        regions: read(vec!["eu-west-1".into(), "us-east-1".into()]),
        ..Facts::default()
    }
}

/// An account with everything done.
pub fn hardened() -> Facts {
    let device = |name: &str| MfaDevice {
        serial: format!("arn:aws:iam::123456789012:mfa/{name}"),
        enabled: Some(NOW - time::Duration::days(3)),
    };
    let policy = "arn:aws:iam::aws:policy/AdministratorAccess".to_owned();
    let administrator = User {
        name: "administrator".into(),
        groups: vec!["Administrators".into()],
        sign_in: Some(SignIn {
            password: read(Some(LoginProfile { created: None, reset_required: false })),
            devices: read(vec![device("administrator")]),
        }),
        ..User::default()
    };
    let session = caller("arn:aws:iam::123456789012:root", "ASIAIOSFODNN7EXAMPLE", CredentialKind::Temporary);
    Facts {
        caller: read(session),
        summary: read(Summary(
            [
                ("AccountAccessKeysPresent".into(), 0),
                ("AccountMFAEnabled".into(), 1),
                ("AccountSigningCertificatesPresent".into(), 0),
            ]
            .into(),
        )),
        root_keys: read(Vec::new()),
        root_devices: read(vec![device("root-account-mfa-device")]),
        virtual_devices: read(vec![VirtualDevice {
            serial: device("root-account-mfa-device").serial,
            owner: DeviceOwner::Root,
            enabled: None,
        }]),
        contacts: [read(Some(contact())), read(Some(contact())), read(Some(contact()))],
        people: read(People {
            users: vec![administrator],
            groups: vec![Group { name: "Administrators".into(), attached_policies: vec![policy], ..Group::default() }],
            ..People::default()
        }),
        password_policy: read(Some(PasswordPolicy::aws_default().raised_to_cis())),
        credential_report: read(report()),
        trails: read(vec![trail()]),
        root_activity: read(RootActivity::default()),
        central_root: read(CentralRoot::NoOrganization),
        support: read(PolicyHolders { groups: vec!["Support".into()], ..PolicyHolders::default() }),
        guard_duty: in_every_region(Detector::Enabled),
        security_hub: in_every_region(Hub::Subscribed),
        access_analyzers: in_every_region(vec![Analyzer {
            name: "external-access".into(),
            kind: "ACCOUNT".into(),
            status: "ACTIVE".into(),
        }]),
        root_rules: read(vec![RootRule {
            name: "root-use".into(),
            enabled: true,
            sees_reads: false,
            notice: root_use::Notice::Root,
            targets: vec![topics::Target::read_by(
                "arn:aws:sns:us-east-1:123456789012:security".into(),
                vec![topics::Subscription {
                    protocol: "email".into(),
                    endpoint: "security@example.com".into(),
                    confirmed: true,
                }],
                NOW,
            )],
            settings: root_use::RuleSettings::default(),
        }]),
        log_alarms: read(LogAlarms::default()),
        service_credentials: read(Vec::new()),
        ..neglected()
    }
}

pub fn in_every_region<T: Clone>(value: T) -> Reading<Regional<T>> {
    let regions = Partition::Commercial.regions_always_on().iter();
    let regions = regions.map(|region| ((*region).to_owned(), Ok(value.clone()))).collect();
    read(Regional { regions, unlisted: None })
}

/// A report of two hours ago: root long unused, the administrator in daily use.
fn report() -> CredentialReport {
    let csv = "user,password_enabled,password_last_used,mfa_active,access_key_1_active,access_key_2_active\n\
        <root_account>,true,2026-02-01T08:00:00+00:00,true,false,false\n\
        administrator,true,2026-11-20T08:00:00+00:00,true,false,false\n";
    CredentialReport::parse(csv.into(), Some(NOW - time::Duration::hours(2))).expect("it is one")
}

fn trail() -> TrailState {
    TrailState {
        arn: "arn:aws:cloudtrail:us-east-1:123456789012:trail/all".into(),
        name: "all".into(),
        multi_region: true,
        validation: true,
        records_home: true,
        logging: Some(true),
        management: read(crate::account::management_events::ManagementEvents::all()),
        home_region: "us-east-1".into(),
        ..TrailState::default()
    }
}

pub fn caller(arn: &str, key: &str, kind: CredentialKind) -> Caller {
    Caller {
        account: "123456789012".into(),
        arn: arn.into(),
        principal: Principal::of_arn(arn),
        credential: Credential { access_key_id: key.into(), kind, source: "profile acme-root".into(), base: None },
        clock_ahead: None,
    }
}

pub fn contact() -> AlternateContact {
    AlternateContact {
        name: "Accounts payable".into(),
        title: "Finance".into(),
        email: "billing@acme.example".into(),
        phone: "+49 30 1234567".into(),
    }
}

/// The account's answer to `question`.
pub fn fact(facts: &Facts, question: Question) -> Fact {
    match question {
        Question::SignIn(user) => Fact::SignIn(user, SignIn::default()),
        Question::UserKeys(user) => Fact::UserKeys(user, read(Vec::new())),
        Question::SnsTopic(arn) => Fact::SnsTopic(arn, read(None)),
        Question::Trail(query) => Fact::Trail(query, read(TrailPage::default())),
        other => facts.answer(&other),
    }
}
