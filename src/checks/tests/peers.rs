//! Five cases in which other auditors are wrong.

use super::root::{root_row, used};
use super::users::{before, no_key, report_key};
use super::*;

fn root_unused(row: ReportRow) -> Assessment {
    control("root-unused").unwrap().assess(&used(row))
}

#[test]
fn a_root_key_used_today_fails_even_if_the_password_is_unused() {
    let row = ReportRow { password_used: before(400), keys: [report_key(900, Some(0)), no_key()], ..root_row() };
    assert_eq!(root_unused(row).verdict, Verdict::Fail);
}

#[test]
fn awss_default_password_policy_fails_and_is_no_error() {
    let facts = Facts { password_policy: read(None), ..root() };
    let (assessment, rules) = control("password-policy").unwrap().assess_by(&facts, |_| true);
    let of_default =
        |assessment: &Assessment| assessment.verdict == Verdict::Fail && assessment.why.contains("default");
    assert!(of_default(&assessment), "{}", assessment.why);
    // The last rule is about expiry, which is not configured here.
    assert!(rules[..6].iter().all(|(_, assessment)| of_default(assessment)), "{rules:?}");
}

#[test]
fn the_later_use_of_two_root_keys_counts() {
    for (keys, words) in [
        ([report_key(900, Some(300)), report_key(900, Some(2))], "2 d ago: access key 2"),
        ([report_key(900, Some(2)), report_key(900, Some(300))], "2 d ago: access key 1"),
    ] {
        let assessment = root_unused(ReportRow { keys, ..root_row() });
        assert!(assessment.verdict == Verdict::Fail && assessment.why.contains(words), "{}", assessment.why);
    }
}

#[test]
fn a_root_key_use_counts_if_the_password_was_never_used() {
    let row =
        ReportRow { password_used: Field::NoInformation, keys: [no_key(), report_key(900, Some(10))], ..root_row() };
    assert_eq!(root_unused(row).verdict, Verdict::Fail);
}

#[test]
fn the_owner_and_not_the_name_makes_a_virtual_device_roots() {
    let device = |name: &str, owner: DeviceOwner| VirtualDevice {
        serial: format!("arn:aws:iam::123456789012:mfa/{name}"),
        owner,
        enabled: None,
    };
    let with = |device: VirtualDevice| Facts { virtual_devices: read(vec![device]), ..used(root_row()) };
    let renamed = with(device("my-phone", DeviceOwner::Root));
    assert_ne!(verdict("root-hardware-mfa", &renamed), Verdict::Pass, "its owner is root, whatever it is called");
    let anothers = with(device("root-account-mfa-device", DeviceOwner::User("alice".into())));
    assert_eq!(verdict("root-hardware-mfa", &anothers), Verdict::Pass, "its owner is alice, whatever it is called");
}
