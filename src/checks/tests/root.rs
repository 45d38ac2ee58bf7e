//! Root's devices, its last use, and its events in CloudTrail.

use time::Duration;

use super::users::{NOW, before, no_key, report, report_key};
use super::*;

const PRESENT: [(&str, i32); 3] =
    [("AccountMFAEnabled", 1), ("AccountPasswordPresent", 1), ("AccountAccessKeysPresent", 0)];
const REMOVED: [(&str, i32); 3] =
    [("AccountMFAEnabled", 0), ("AccountPasswordPresent", 0), ("AccountAccessKeysPresent", 0)];

fn device(serial: &str) -> MfaDevice {
    MfaDevice { serial: serial.into(), enabled: None }
}

fn virtual_device(name: &str, owner: DeviceOwner) -> VirtualDevice {
    VirtualDevice { serial: format!("arn:aws:iam::123456789012:mfa/{name}"), owner, enabled: None }
}

pub(super) fn root_row() -> ReportRow {
    ReportRow {
        user: ReportRow::ROOT.into(),
        password: Field::Value(true),
        password_used: before(400),
        keys: [no_key(), no_key()],
        ..ReportRow::default()
    }
}

/// Another principal sees root through the report.
pub(super) fn used(row: ReportRow) -> Facts {
    Facts {
        caller: caller("arn:aws:iam::123456789012:user/alice"),
        summary: summary(&PRESENT),
        root_keys: Reading::Closed("not root"),
        root_devices: Reading::Closed("not root"),
        credential_report: report(vec![row]),
        ..Facts::default()
    }
}

#[test]
fn root_needs_two_devices_and_one_of_hardware() {
    const VIRTUAL: &str = "arn:aws:iam::123456789012:mfa/phone";
    const PASSKEY: &str = "arn:aws:iam::123456789012:u2f/root-account/key";
    for (serials, number, kind) in [
        (vec![], Verdict::Fail, Verdict::Fail),
        (vec![VIRTUAL], Verdict::Fail, Verdict::Fail),
        (vec![PASSKEY], Verdict::Fail, Verdict::Pass),
        (vec!["GAHT1"], Verdict::Fail, Verdict::Pass),
        (vec![VIRTUAL, VIRTUAL], Verdict::Pass, Verdict::Fail),
        (vec![VIRTUAL, PASSKEY], Verdict::Pass, Verdict::Pass),
    ] {
        let devices = serials.iter().map(|serial| device(serial)).collect();
        let facts = Facts { root_devices: read(devices), summary: summary(&PRESENT), ..root() };
        assert_eq!(
            (verdict("root-devices", &facts), verdict("root-hardware-mfa", &facts)),
            (number, kind),
            "{serials:?}"
        );
    }
    for facts in [
        Facts { summary: summary(&REMOVED), ..root() },
        Facts { caller: caller("arn:aws-us-gov:iam::123456789012:root"), ..Facts::default() },
    ] {
        assert_eq!(verdict("root-devices", &facts), Verdict::NotApplicable);
        assert_eq!(verdict("root-hardware-mfa", &facts), Verdict::NotApplicable);
    }
    let refused = Facts { root_devices: denied(), summary: summary(&PRESENT), ..root() };
    assert_eq!(
        (verdict("root-devices", &refused), verdict("root-hardware-mfa", &refused)),
        (Verdict::Unknown, Verdict::Unknown)
    );
}

#[test]
fn only_root_sees_all_its_devices() {
    let with = |mfa: i32, owners: Vec<DeviceOwner>| {
        let devices = owners.into_iter().map(|owner| virtual_device("x", owner)).collect();
        let summary = summary(&[("AccountMFAEnabled", mfa), ("AccountPasswordPresent", 1)]);
        let facts = Facts { virtual_devices: read(devices), summary, ..used(root_row()) };
        (verdict("root-devices", &facts), verdict("root-hardware-mfa", &facts))
    };
    assert_eq!(with(0, vec![]), (Verdict::Fail, Verdict::Fail));
    assert_eq!(with(1, vec![]), (Verdict::Manual, Verdict::Pass));
    assert_eq!(with(1, vec![DeviceOwner::Root]), (Verdict::Manual, Verdict::Manual));
    assert_eq!(with(1, vec![DeviceOwner::Root, DeviceOwner::Root]), (Verdict::Pass, Verdict::Manual));
    let blind = Facts { virtual_devices: denied(), ..used(root_row()) };
    assert_eq!(verdict("root-hardware-mfa", &blind), Verdict::Unknown);
}

#[test]
fn roots_last_use_is_the_latest_and_names_the_credential() {
    let assess = |row: ReportRow| control("root-unused").unwrap().assess(&used(row));
    assert_eq!(assess(root_row()).verdict, Verdict::Pass);
    let never = ReportRow { password_used: Field::NoInformation, ..root_row() };
    assert!(assess(never.clone()).why.contains("recorded no use"));
    let recent = assess(ReportRow { password_used: before(89), ..root_row() });
    assert!(recent.verdict == Verdict::Fail && recent.why.contains("its password"), "{}", recent.why);
    assert_eq!(assess(ReportRow { password_used: before(90), ..root_row() }).verdict, Verdict::Pass);
    let by_key = assess(ReportRow { keys: [report_key(500, Some(3)), no_key()], ..root_row() });
    assert!(by_key.why.contains("3 d ago: access key 1, s3 in eu-west-1"), "{}", by_key.why);
    assert!(by_key.why.contains("report, 3 h ago"), "{}", by_key.why);
    for odd in [Field::NotSupported, Field::Absent, Field::Other("soon".into())] {
        assert_eq!(assess(ReportRow { password_used: odd, ..root_row() }).verdict, Verdict::Unknown);
    }
    let no_root = Facts { credential_report: report(vec![]), ..used(root_row()) };
    assert_eq!(verdict("root-unused", &no_root), Verdict::Unknown);
    assert_eq!(verdict("root-unused", &Facts { credential_report: denied(), ..used(root_row()) }), Verdict::Unknown);
    assert_eq!(verdict("root-unused", &Facts { summary: summary(&REMOVED), ..used(never) }), Verdict::NotApplicable);
}

#[test]
fn a_root_key_counts_in_govcloud_and_nothing_applies_in_china() {
    let with = |partition: &str| {
        let row = ReportRow { keys: [report_key(500, Some(3)), no_key()], ..root_row() };
        let arn = format!("arn:{partition}:iam::123456789012:user/alice");
        verdict("root-unused", &Facts { caller: caller(&arn), ..used(row) })
    };
    assert_eq!(with("aws-us-gov"), Verdict::Fail);
    assert_eq!(with("aws-cn"), Verdict::NotApplicable);
}

#[test]
fn roots_live_keys_take_precedence_over_the_report() {
    let last = LastUse { at: NOW - Duration::hours(5), service: "s3".into(), region: "eu-west-1".into() };
    let live = AccessKey { last_used: read(Some(last)), ..key(KeyStatus::Active) };
    let facts = Facts {
        summary: summary(&[("AccountPasswordPresent", 1), ("AccountAccessKeysPresent", 1)]),
        root_keys: read(vec![live]),
        credential_report: report(vec![root_row()]),
        ..root()
    };
    let why = control("root-unused").unwrap().assess(&facts).why;
    assert!(why.contains("5 h ago: access key …MPLE"), "{why}");
    let blind = Facts { credential_report: denied(), ..facts };
    assert_eq!(verdict("root-unused", &blind), Verdict::Fail, "a use that is known is a use");
}

#[test]
fn the_use_of_the_signing_key_does_not_replace_an_unread_report() {
    let mut facts = root();
    let last = LastUse { at: NOW, service: "sts".into(), region: "us-east-1".into() };
    let own = AccessKey { last_used: read(Some(last)), ..key(KeyStatus::Active) };
    if let Reading::Known { value: caller, .. } = &mut facts.caller {
        caller.credential.access_key_id.clone_from(&own.id);
    }
    let summary = summary(&[("AccountPasswordPresent", 1), ("AccountAccessKeysPresent", 1)]);
    let facts = Facts { summary, root_keys: read(vec![own]), credential_report: denied(), ..facts };
    assert_eq!(verdict("root-unused", &facts), Verdict::Unknown);
}

#[test]
fn a_root_sign_in_of_today_may_be_lockroots_own() {
    let today = ReportRow { password_used: before(0), ..root_row() };
    let as_root = Facts { caller: root().caller, root_keys: read(vec![]), ..used(today.clone()) };
    assert_eq!(verdict("root-unused", &as_root), Verdict::Manual);
    let by_key_too = ReportRow { keys: [report_key(500, Some(3)), no_key()], ..today.clone() };
    let by_key_too = Facts { credential_report: report(vec![by_key_too]), ..as_root };
    assert_eq!(verdict("root-unused", &by_key_too), Verdict::Fail, "a key is not the one who asks");
    assert_eq!(verdict("root-unused", &used(today)), Verdict::Fail, "whoever is not root was not it");
}

#[test]
fn recent_root_events_are_shown_without_lockroots_own() {
    let event = |days: i64, agent: &str| TrailEvent {
        at: NOW - Duration::days(days),
        source: "ec2.amazonaws.com".into(),
        name: "RunInstances".into(),
        region: "us-east-1".into(),
        address: "192.0.2.1".into(),
        agent: agent.into(),
        error: None,
        kind: "AwsApiCall".into(),
        key: String::new(),
        mfa: None,
        identity: String::new(),
    };
    let signer = used(root_row()).caller.known().unwrap().clone();
    let own =
        |days: i64| TrailEvent { key: signer.credential.access_key_id.clone(), ..event(days, "sdk app/lockroot") };
    let with = |events: Vec<TrailEvent>| {
        let mut activity = RootActivity::default();
        activity.take(events.into_iter(), &signer);
        activity.read_back_to = None;
        Facts { root_activity: read(activity), ..used(root_row()) }
    };
    assert_eq!(verdict("root-activity", &with(vec![])), Verdict::Pass);
    assert_eq!(verdict("root-activity", &with(vec![event(8, "aws-cli")])), Verdict::Pass, "longer ago");
    assert_eq!(verdict("root-activity", &with(vec![own(0)])), Verdict::Pass);
    let claimed = with(vec![event(0, "sdk app/lockroot")]);
    assert_eq!(verdict("root-activity", &claimed), Verdict::Fail, "anybody can send this program's name");
    let by_aws = TrailEvent { kind: "AwsServiceEvent".into(), ..event(1, "") };
    assert_eq!(verdict("root-activity", &with(vec![by_aws])), Verdict::Pass);
    let seen = with(vec![event(6, "aws-cli"), own(0)]);
    let assessment = control("root-activity").unwrap().assess(&seen);
    assert!(
        assessment.verdict == Verdict::Fail && assessment.why.contains("6 d ago: RunInstances"),
        "{}",
        assessment.why
    );
    assert_eq!(verdict("root-activity", &Facts { caller: root().caller, ..seen }), Verdict::Manual, "it may be you");
    let told = |event: TrailEvent| {
        let proof = control("root-activity").unwrap().assess(&with(vec![event])).evidence;
        proof.into_iter().find(|proof| proof.field == "RunInstances").unwrap().value
    };
    let by_key = TrailEvent { key: "AKIAOTHER".into(), mfa: Some(false), ..event(1, "sdk app/lockroot") };
    let said = "from 192.0.2.1, key AKIAOTHER, without MFA, by an earlier session of lockroot";
    assert!(told(by_key.clone()).ends_with(said), "{}", told(by_key));
    let with_mfa = TrailEvent { address: String::new(), mfa: Some(true), ..event(1, "aws-cli") };
    assert!(told(with_mfa.clone()).ends_with("from an unnamed place, with MFA"), "{}", told(with_mfa));
    let mut cut = with(vec![own(0); 50]);
    if let Reading::Known { value, .. } = &mut cut.root_activity {
        value.read_back_to = Some(NOW);
    }
    assert_eq!(verdict("root-activity", &cut), Verdict::Manual, "what is before them is not read");
    assert_eq!(verdict("root-activity", &Facts { root_activity: denied(), ..with(vec![]) }), Verdict::Unknown);
    let china = Facts { caller: caller("arn:aws-cn:iam::123456789012:user/a"), ..Facts::default() };
    assert_eq!(verdict("root-activity", &china), Verdict::NotApplicable);
}

#[test]
fn govcloud_is_assessed_by_root_keys_and_the_sovereign_cloud_is_unknown() {
    let row =
        |keys| ReportRow { password: Field::NotSupported, password_used: Field::NotSupported, keys, ..root_row() };
    let in_gov = |keys| Facts { caller: caller("arn:aws-us-gov:iam::123456789012:user/alice"), ..used(row(keys)) };
    let lately = in_gov([report_key(500, Some(3)), no_key()]);
    assert_eq!(verdict("root-unused", &lately), Verdict::Fail);
    assert_eq!(verdict("root-unused", &in_gov([report_key(500, Some(300)), no_key()])), Verdict::Pass);
    let none = Facts { root_keys: read(vec![]), ..in_gov([no_key(), no_key()]) };
    assert_eq!(verdict("root-unused", &none), Verdict::NotApplicable, "neither password nor key");
    let csv = "user,arn,user_creation_time,password_enabled,password_last_used,mfa_active,access_key_1_active\n\
        <root_account>,arn:aws-us-gov:iam::123456789012:root,2020-02-21T15:38:49+00:00,not_supported,not_supported,false,";
    for (active, expected) in [("false", Verdict::NotApplicable), ("true", Verdict::Unknown)] {
        let report = CredentialReport::parse(format!("{csv}{active}\n"), Some(NOW)).unwrap();
        let facts = Facts { credential_report: read(report), ..none.clone() };
        assert_eq!(verdict("root-unused", &facts), expected, "as AWS writes it there; of a key's use it has no word");
    }
    let sovereign = Facts { caller: caller("arn:aws-eusc:iam::123456789012:user/alice"), ..used(root_row()) };
    for id in ["root-mfa", "root-devices", "root-hardware-mfa"] {
        assert_eq!(verdict(id, &sovereign), Verdict::Unknown, "{id}: AWS has published nothing of it");
    }
}

#[test]
fn a_verdict_that_differs_only_by_caller_is_no_change() {
    let facts = Facts { caller: caller("arn:aws:iam::123456789012:user/alice"), ..root() };
    let differs = |id: &str, then, now| {
        control(id).unwrap().differs_by_caller(then, "arn:aws:iam::123456789012:root", now, &facts)
    };
    assert!(differs("security-contact", Verdict::Unknown, Verdict::Fail), "not everybody may read it");
    assert!(differs("root-devices", Verdict::Manual, Verdict::Pass), "root alone is told of its devices");
    assert!(!differs("security-contact", Verdict::Pass, Verdict::Fail));
    assert!(!differs("root-access-keys", Verdict::Pass, Verdict::Fail));
}

#[test]
fn root_activity_differs_by_caller_only_for_excused_events() {
    const ROOT: &str = "arn:aws:iam::123456789012:root";
    const ALICE: &str = "arn:aws:iam::123456789012:user/alice";
    const BOB: &str = "arn:aws:iam::123456789012:user/bob";
    let differs = |then, told: &str, now, asks: &str, events: Vec<TrailEvent>, own| {
        let activity = RootActivity { events, own, read_back_to: None };
        let facts = Facts { caller: caller(asks), root_activity: read(activity), ..root() };
        control("root-activity").unwrap().differs_by_caller(then, told, now, &facts)
    };
    let event = |agent: &str| TrailEvent {
        at: NOW,
        source: "iam.amazonaws.com".into(),
        name: "ListUsers".into(),
        region: "us-east-1".into(),
        address: "192.0.2.1".into(),
        agent: agent.into(),
        error: None,
        kind: "AwsApiCall".into(),
        key: String::new(),
        mfa: None,
        identity: String::new(),
    };
    let (ours, foreign) = (|| event("aws-sdk-rust/1 app/lockroot"), || event("aws-cli/2.32"));
    assert!(differs(Verdict::Pass, ROOT, Verdict::Fail, ALICE, vec![ours()], 0), "root's own session, excused then");
    assert!(!differs(Verdict::Pass, ROOT, Verdict::Fail, ALICE, vec![ours(), foreign()], 0), "that is news");
    assert!(!differs(Verdict::Pass, BOB, Verdict::Fail, ALICE, vec![ours()], 0), "neither of them is excused anything");
    assert!(!differs(Verdict::Fail, BOB, Verdict::Pass, ALICE, vec![], 0));
    assert!(differs(Verdict::Manual, ROOT, Verdict::Fail, ALICE, vec![foreign()], 0), "root may be the one who did it");
    assert!(differs(Verdict::Fail, ALICE, Verdict::Manual, ROOT, vec![foreign()], 0));
    assert!(differs(Verdict::Fail, ALICE, Verdict::Pass, ROOT, vec![], 3), "left out for root alone");
    assert!(!differs(Verdict::Fail, ALICE, Verdict::Pass, ROOT, vec![], 0), "it is long ago now");
    assert!(!differs(Verdict::Pass, ROOT, Verdict::Fail, ROOT, vec![ours()], 0), "the same principal");
}
