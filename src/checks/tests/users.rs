//! Users' credentials, by the report and live reads.

use time::Duration;

use super::*;

pub(super) const NOW: Timestamp = datetime!(2026-11-21 12:00 UTC);

pub(super) fn before(days: i64) -> Field<Timestamp> {
    Field::Value(NOW - Duration::days(days))
}

/// An active key with this age and last use in days; `None`: never used.
pub(super) fn report_key(made: i64, used: Option<i64>) -> ReportKey {
    ReportKey {
        active: Field::Value(true),
        made: before(made),
        used: used.map_or(Field::NotApplicable, before),
        region: Field::Value("eu-west-1".into()),
        service: Field::Value("s3".into()),
    }
}

/// An empty key slot.
pub(super) fn no_key() -> ReportKey {
    ReportKey { active: Field::Value(false), made: Field::NotApplicable, ..ReportKey::default() }
}

/// A daily console user with MFA and without keys.
pub(super) fn row(name: &str) -> ReportRow {
    ReportRow {
        user: name.into(),
        created: before(1000),
        password: Field::Value(true),
        password_used: before(1),
        password_changed: before(30),
        mfa: Field::Value(true),
        keys: [no_key(), no_key()],
        ..ReportRow::default()
    }
}

/// A report generated three hours ago.
pub(super) fn report(rows: Vec<ReportRow>) -> Reading<CredentialReport> {
    let generated = Some(NOW - Duration::hours(3));
    read(CredentialReport { generated, rows, ..CredentialReport::default() })
}

/// The report, and a live list of the same users.
pub(super) fn facts(rows: Vec<ReportRow>) -> Facts {
    let user =
        |row: &ReportRow| User { name: row.user.clone(), created: row.created.value().copied(), ..User::default() };
    let users = rows.iter().filter(|row| !row.is_root()).map(user).collect();
    Facts { people: people(users), credential_report: report(rows), ..root() }
}

const BY_REPORT: [&str; 5] =
    ["console-users-mfa", "unused-credentials", "key-age", "two-active-keys", "set-up-key-never-used"];

#[test]
fn a_user_in_order_passes_and_no_user_is_not_applicable() {
    for id in BY_REPORT {
        let assessment = control(id).unwrap().assess(&facts(vec![row("alice")]));
        assert_eq!(assessment.verdict, Verdict::Pass, "{id}: {}", assessment.why);
        assert!(assessment.why.contains("report, 3 h ago"), "{id}: its age is said: {}", assessment.why);
        assert!(assessment.evidence.iter().any(|evidence| evidence.field == "GeneratedTime"), "{id}");
        assert_eq!(verdict(id, &facts(vec![])), Verdict::NotApplicable, "{id}");
        let blind = Facts { credential_report: denied(), ..facts(vec![row("alice")]) };
        assert_eq!(verdict(id, &blind), Verdict::Unknown, "{id}");
        let alone = Facts { people: denied(), ..facts(vec![row("alice")]) };
        assert_eq!(verdict(id, &alone), Verdict::Pass, "{id}: the report is enough");
    }
}

#[test]
fn one_users_problem_fails_exactly_its_controls() {
    let alice = || row("alice");
    for (wrong, ids) in [
        (ReportRow { mfa: Field::Value(false), ..alice() }, vec!["console-users-mfa"]),
        (ReportRow { mfa: Field::Value(false), password: Field::Value(false), ..alice() }, vec![]),
        (ReportRow { password_used: before(45), ..alice() }, vec!["unused-credentials"]),
        (ReportRow { password_used: before(44), ..alice() }, vec![]),
        (
            ReportRow { password_used: Field::NoInformation, password_changed: before(50), ..alice() },
            vec!["unused-credentials"],
        ),
        (ReportRow { password_used: Field::NoInformation, password_changed: before(5), ..alice() }, vec![]),
        (ReportRow { keys: [report_key(90, Some(1)), no_key()], ..alice() }, vec![]),
        (ReportRow { keys: [report_key(91, Some(1)), no_key()], ..alice() }, vec!["key-age"]),
        (ReportRow { keys: [no_key(), report_key(60, Some(45))], ..alice() }, vec!["unused-credentials"]),
        (
            ReportRow { keys: [no_key(), report_key(60, None)], ..alice() },
            vec!["unused-credentials", "set-up-key-never-used"],
        ),
        (ReportRow { keys: [report_key(5, Some(1)), report_key(5, Some(1))], ..alice() }, vec!["two-active-keys"]),
        (
            ReportRow { created: before(5), keys: [report_key(5, None), no_key()], ..alice() },
            vec!["set-up-key-never-used"],
        ),
        (
            ReportRow { created: before(900), keys: [report_key(5, None), no_key()], ..alice() },
            vec!["set-up-key-never-used"],
        ),
        (
            ReportRow {
                created: before(5),
                password: Field::Value(false),
                mfa: Field::Value(false),
                keys: [report_key(5, None), no_key()],
                ..alice()
            },
            vec![],
        ),
        (
            ReportRow {
                keys: [ReportKey { active: Field::Value(false), ..report_key(900, Some(800)) }, no_key()],
                ..alice()
            },
            vec![],
        ),
    ] {
        let facts = facts(vec![wrong.clone(), row("bob")]);
        let failing: Vec<&str> = BY_REPORT.into_iter().filter(|id| verdict(id, &facts) == Verdict::Fail).collect();
        assert_eq!(failing, ids, "{wrong:?}");
        assert_eq!(
            super::super::users::findings(&super::super::Directory::new(&facts), Some(&wrong), None),
            ids,
            "the table of users says the same"
        );
        for id in ids {
            let why = control(id).unwrap().assess(&facts).why;
            assert!(why.contains("alice") && !why.contains("bob"), "{why}");
        }
    }
}

#[test]
fn a_missing_value_is_unknown_and_not_zero() {
    let alice = || row("alice");
    for (odd, id) in [
        (ReportRow { mfa: Field::Absent, ..alice() }, "console-users-mfa"),
        (ReportRow { keys: [ReportKey::default(), no_key()], ..alice() }, "key-age"),
        (ReportRow { keys: [ReportKey::default(), no_key()], ..alice() }, "unused-credentials"),
        (ReportRow { keys: [ReportKey::default(), report_key(9, Some(1))], ..alice() }, "two-active-keys"),
        (ReportRow { mfa: Field::Other("maybe".into()), ..alice() }, "console-users-mfa"),
        (ReportRow { password: Field::NotSupported, ..alice() }, "console-users-mfa"),
        (ReportRow { password_used: Field::NotSupported, ..alice() }, "unused-credentials"),
        (
            ReportRow { keys: [ReportKey { used: Field::Absent, ..report_key(9, None) }, no_key()], ..alice() },
            "unused-credentials",
        ),
        (
            ReportRow {
                keys: [ReportKey { made: Field::Other("x".into()), ..report_key(9, Some(1)) }, no_key()],
                ..alice()
            },
            "key-age",
        ),
        (
            ReportRow {
                keys: [report_key(9, Some(1)), ReportKey { active: Field::Other("x".into()), ..no_key() }],
                ..alice()
            },
            "two-active-keys",
        ),
        (
            ReportRow { keys: [ReportKey { used: Field::Absent, ..report_key(9, None) }, no_key()], ..alice() },
            "set-up-key-never-used",
        ),
    ] {
        assert_eq!(verdict(id, &facts(vec![odd.clone()])), Verdict::Unknown, "{id}: {odd:?}");
    }
}

#[test]
fn live_reads_override_the_report_and_differences_are_named() {
    let without = ReportRow { mfa: Field::Value(false), ..row("alice") };
    let device = VirtualDevice {
        serial: "arn:aws:iam::1:mfa/x".into(),
        owner: DeviceOwner::User("alice".into()),
        enabled: None,
    };
    let enrolled = Facts { virtual_devices: read(vec![device]), ..facts(vec![without.clone()]) };
    let assessment = control("console-users-mfa").unwrap().assess(&enrolled);
    assert_eq!(assessment.verdict, Verdict::Pass);
    assert!(assessment.why.contains("The report is out of date: alice"), "{}", assessment.why);

    let mut lost = facts(vec![row("alice")]);
    let no_device = SignIn {
        password: read(Some(LoginProfile { created: None, reset_required: false })),
        devices: read(Vec::new()),
    };
    lost.sign_ins.insert("alice".into(), no_device);
    let assessment = control("console-users-mfa").unwrap().assess(&lost);
    assert!(assessment.verdict == Verdict::Fail && assessment.why.contains("out of date"), "{}", assessment.why);

    let mut no_password = facts(vec![without]);
    no_password.sign_ins.insert("alice".into(), SignIn { password: read(None), devices: denied() });
    assert_eq!(verdict("console-users-mfa", &no_password), Verdict::Pass, "the password was deleted since");
}

/// A live key of alice with this age and last use in days.
fn live_key(status: KeyStatus, made: i64, used: i64) -> AccessKey {
    let of_days = |days| NOW - Duration::days(days);
    let last = LastUse { at: of_days(used), service: "s3".into(), region: "eu-west-1".into() };
    AccessKey { id: "AKIAALICE".into(), status, created: Some(of_days(made)), last_used: read(Some(last)) }
}

#[test]
fn keys_read_after_the_report_override_it() {
    let old = || facts(vec![ReportRow { keys: [report_key(400, Some(300)), no_key()], ..row("alice") }]);
    let ids = ["unused-credentials", "key-age"];
    let with = |keys: Vec<AccessKey>, at: Timestamp| {
        let user_keys = [("alice".to_owned(), Reading::Known { value: keys, at })].into();
        Facts { user_keys, ..old() }
    };
    for id in ids {
        assert_eq!(verdict(id, &old()), Verdict::Fail);
        let now = with(vec![live_key(KeyStatus::Inactive, 400, 300)], NOW);
        let assessment = control(id).unwrap().assess(&now);
        assert_eq!(assessment.verdict, Verdict::Pass, "{id}: it was deactivated: {}", assessment.why);
        assert!(assessment.why.contains("The report is out of date: alice"), "{id}: {}", assessment.why);
        assert_eq!(verdict(id, &with(vec![], NOW)), Verdict::Pass, "{id}: it was deleted");
        let before = with(vec![], NOW - Duration::hours(4));
        assert_eq!(verdict(id, &before), Verdict::Fail, "{id}: the report is newer than that read");
    }
    let worse = Facts {
        user_keys: [("alice".to_owned(), read(vec![live_key(KeyStatus::Active, 400, 300)]))].into(),
        ..facts(vec![row("alice")])
    };
    let assessment = control("key-age").unwrap().assess(&worse);
    assert_eq!(assessment.verdict, Verdict::Fail);
    assert!(
        assessment.evidence.iter().any(|evidence| evidence.call == "iam:ListAccessKeys"),
        "by the call that told it"
    );
    assert_eq!(crate::checks::users::Listing::of(&worse).wrong(), 1, "the list of users says the same");
}

#[test]
fn a_user_newer_than_the_report_is_assessed_from_live_reads() {
    let sign_in = |devices| SignIn {
        password: read(Some(LoginProfile { created: Some(NOW), reset_required: true })),
        devices: read(devices),
    };
    let new = |devices| User {
        name: "new".into(),
        created: Some(NOW - Duration::hours(1)),
        sign_in: Some(sign_in(devices)),
        password_used: read(None),
        ..User::default()
    };
    let with = |devices, keys: Vec<AccessKey>| Facts {
        people: people(vec![new(devices)]),
        user_keys: [("new".to_owned(), read(keys))].into(),
        ..facts(vec![])
    };
    let device = || MfaDevice { serial: "arn:aws:iam::1:mfa/x".into(), enabled: None };
    for id in BY_REPORT {
        assert_eq!(verdict(id, &with(vec![device()], vec![])), Verdict::Pass, "{id}");
    }
    assert_eq!(verdict("console-users-mfa", &with(vec![], vec![])), Verdict::Fail);
    let two = vec![live_key(KeyStatus::Active, 0, 0), live_key(KeyStatus::Active, 0, 0)];
    assert_eq!(verdict("two-active-keys", &with(vec![device()], two)), Verdict::Fail);
    let mut unread = with(vec![device()], vec![]);
    unread.people = people(vec![User { password_used: Reading::Unread, ..new(vec![device()]) }]);
    assert_eq!(verdict("unused-credentials", &unread), Verdict::Unknown, "a use that nobody read is not none");
}

#[test]
fn users_deleted_since_the_report_are_left_out_and_new_ones_are_named() {
    let gone =
        Facts { people: people(Vec::new()), ..facts(vec![ReportRow { mfa: Field::Value(false), ..row("gone") }]) };
    assert_eq!(verdict("console-users-mfa", &gone), Verdict::NotApplicable);
    let new = User { name: "new".into(), created: Some(NOW - Duration::hours(1)), ..User::default() };
    let newer = Facts { people: people(vec![new.clone()]), ..facts(vec![]) };
    let again =
        Facts { people: people(vec![new]), ..facts(vec![ReportRow { mfa: Field::Value(false), ..row("new") }]) };
    for facts in [newer, again] {
        let assessment = control("console-users-mfa").unwrap().assess(&facts);
        assert!(
            assessment.verdict == Verdict::Unknown && assessment.why.contains("Not in the report yet: new"),
            "{}",
            assessment.why
        );
        assert_eq!(verdict("unused-credentials", &facts), Verdict::Pass, "too new to be unused");
    }
}

#[test]
fn the_limits_come_from_the_parameters() {
    let mut facts = facts(vec![ReportRow { keys: [report_key(30, Some(20)), no_key()], ..row("alice") }]);
    assert_eq!((verdict("key-age", &facts), verdict("unused-credentials", &facts)), (Verdict::Pass, Verdict::Pass));
    facts.parameters = Parameters { key_age_days: 29, unused_days: 20, ..Parameters::default() };
    assert_eq!((verdict("key-age", &facts), verdict("unused-credentials", &facts)), (Verdict::Fail, Verdict::Fail));
}

#[test]
fn a_key_is_too_old_once_its_last_day_is_over() {
    for (over, wanted) in [(Duration::ZERO, Verdict::Pass), (Duration::SECOND, Verdict::Fail)] {
        let key = ReportKey { made: Field::Value(NOW - Duration::days(90) - over), ..report_key(90, Some(1)) };
        let facts = facts(vec![ReportRow { keys: [key, no_key()], ..row("alice") }]);
        assert_eq!(verdict("key-age", &facts), wanted, "90 days and {over}");
    }
}

#[test]
fn a_sentence_names_a_few_and_counts_the_rest() {
    let rows = (0..20).map(|n| ReportRow { mfa: Field::Value(false), ..row(&format!("user-{n:02}")) }).collect();
    let assessment = control("console-users-mfa").unwrap().assess(&facts(rows));
    assert!(assessment.why.contains("user-07 and 12 more"), "{}", assessment.why);
    assert_eq!(assessment.evidence.iter().filter(|evidence| evidence.field.ends_with("mfa_active")).count(), 20);
}
