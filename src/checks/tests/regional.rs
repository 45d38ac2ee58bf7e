//! Controls on regional services: GuardDuty, Security Hub CSPM, IAM Access Analyzer.

use super::*;
use crate::account::regional::Regional;

const REGIONS: [&str; 4] = ["ap-south-1", "eu-west-1", "us-east-1", "us-west-2"];

fn refusal() -> Failure {
    let mut failure =
        Failure::new(Fault::AccessDenied, "guardduty:ListDetectors", "explicit deny in a service control policy");
    failure.code = Some("AccessDeniedException".into());
    failure
}

/// GuardDuty with the answer `at` for each Region.
fn guardduty(at: impl Fn(&str) -> Result<Detector, Failure>, unlisted: Option<Failure>) -> Assessment {
    let regions = REGIONS.iter().map(|region| ((*region).to_owned(), at(region))).collect();
    let facts = Facts { guard_duty: read(Regional { regions, unlisted }), ..root() };
    control("guardduty-on").unwrap().assess(&facts)
}

fn on_in(regions: &[&str]) -> impl Fn(&str) -> Result<Detector, Failure> {
    let regions: Vec<String> = regions.iter().map(|region| (*region).to_owned()).collect();
    move |region| Ok(if regions.iter().any(|on| on == region) { Detector::Enabled } else { Detector::Absent })
}

#[test]
fn a_service_passes_only_if_it_is_on_in_every_enabled_region() {
    let all = guardduty(on_in(&REGIONS), None);
    assert_eq!((all.verdict, all.why.as_str()), (Verdict::Pass, "GuardDuty is on in all 4 enabled Regions."));
    let one = guardduty(on_in(&["eu-west-1"]), None);
    assert_eq!(one.verdict, Verdict::Fail);
    assert_eq!(one.why, "GuardDuty is off in ap-south-1, us-east-1, us-west-2 (on in eu-west-1).");
    let none = guardduty(on_in(&[]), None);
    assert_eq!((none.verdict, none.why.as_str()), (Verdict::Fail, "GuardDuty is off in all 4 enabled Regions."));
    let suspended = guardduty(|_| Ok(Detector::Disabled { id: "d".into() }), None);
    assert_eq!(suspended.verdict, Verdict::Fail);
    assert!(suspended.evidence[0].value.starts_with("DISABLED in ap-south-1, "), "{:?}", suspended.evidence);
}

#[test]
fn every_region_is_in_the_evidence() {
    let assessment = guardduty(on_in(&["eu-west-1"]), None);
    let calls: Vec<&str> = assessment.evidence.iter().map(|evidence| evidence.call).collect();
    assert_eq!(calls, ["guardduty:ListDetectors", "guardduty:GetDetector"], "those that were made there");
    let told: Vec<&str> = assessment.evidence.iter().map(|evidence| evidence.value.as_str()).collect();
    assert_eq!(told, ["empty in ap-south-1, us-east-1, us-west-2", "ENABLED in eu-west-1"]);
}

#[test]
fn an_unread_region_is_named_and_never_passes() {
    let denied_in =
        |at: &'static str| move |region: &str| if region == at { Err(refusal()) } else { Ok(Detector::Enabled) };
    let unread = guardduty(denied_in("us-west-2"), None);
    assert_eq!(unread.verdict, Verdict::Unknown);
    assert_eq!(
        unread.why,
        "GuardDuty is on in ap-south-1, eu-west-1, us-east-1. Could not be read in us-west-2: guardduty:ListDetectors: AccessDeniedException: explicit deny in a service control policy"
    );
    let off_too = guardduty(
        |region| match region {
            "us-west-2" => Err(refusal()),
            "us-east-1" => Ok(Detector::Absent),
            _ => Ok(Detector::Enabled),
        },
        None,
    );
    assert_eq!(off_too.verdict, Verdict::Fail, "one Region is off whatever the other is");
    assert!(
        off_too.why.contains("off in us-east-1 (on in ap-south-1, eu-west-1). Could not be read in us-west-2"),
        "{}",
        off_too.why
    );
    let off_elsewhere =
        guardduty(|region| if region == "us-west-2" { Err(refusal()) } else { Ok(Detector::Absent) }, None);
    assert!(off_elsewhere.why.starts_with("GuardDuty is off in "), "{}", off_elsewhere.why);
}

#[test]
fn a_service_cannot_pass_without_the_list_of_regions() {
    let list = || Some(Failure::new(Fault::AccessDenied, "account:ListRegions", "no"));
    let on = guardduty(on_in(&REGIONS), list());
    assert_eq!(on.verdict, Verdict::Unknown);
    assert!(on.why.contains("account:ListRegions"), "{}", on.why);
    assert_eq!(guardduty(on_in(&["eu-west-1"]), list()).verdict, Verdict::Fail, "that is known all the same");
}

#[test]
fn many_regions_are_counted_and_all_are_in_the_evidence() {
    let regions = Partition::Commercial.regions_always_on();
    let at = |region: &str| Ok(if region == "eu-west-1" { Hub::Subscribed } else { Hub::NotSubscribed });
    let regions = regions.iter().map(|region| ((*region).to_owned(), at(region))).collect();
    let facts = Facts { security_hub: read(Regional { regions, unlisted: None }), ..root() };
    let assessment = control("security-hub-on").unwrap().assess(&facts);
    assert_eq!(assessment.why, "Security Hub is off in 16 of 17 Regions (on in eu-west-1).");
    assert_eq!(assessment.evidence[0].value.matches(", ").count(), 15);
    let half: Vec<&str> = Partition::Commercial.regions_always_on().iter().step_by(2).copied().collect();
    let at = |region: &str| Ok(if half.contains(&region) { Hub::Subscribed } else { Hub::NotSubscribed });
    let regions = Partition::Commercial.regions_always_on().iter();
    let regions = regions.map(|region| ((*region).to_owned(), at(region))).collect();
    let facts = Facts { security_hub: read(Regional { regions, unlisted: None }), ..root() };
    assert_eq!(
        control("security-hub-on").unwrap().assess(&facts).why,
        "Security Hub is off in 8 of 17 Regions, ap-northeast-2 and ap-south-1 among them."
    );
}

#[test]
fn security_hub_is_on_or_off() {
    let with = |hub: Hub| {
        let regions = [("us-east-1".to_owned(), Ok(hub))].into();
        verdict("security-hub-on", &Facts { security_hub: read(Regional { regions, unlisted: None }), ..root() })
    };
    assert_eq!(with(Hub::Subscribed), Verdict::Pass);
    assert_eq!(with(Hub::NotSubscribed), Verdict::Fail);
    assert_eq!(verdict("security-hub-on", &Facts { security_hub: denied(), ..root() }), Verdict::Unknown);
}

#[test]
fn only_an_active_analyzer_of_external_access_counts() {
    let analyzer = |kind: &str, status: &str| Analyzer { name: "a".into(), kind: kind.into(), status: status.into() };
    let with = |analyzers: Vec<Analyzer>| {
        let regions = [("us-east-1".to_owned(), Ok(analyzers))].into();
        let facts = Facts { access_analyzers: read(Regional { regions, unlisted: None }), ..root() };
        control("access-analyzer-on").unwrap().assess(&facts)
    };
    for analyzers in [
        vec![analyzer("ACCOUNT", "ACTIVE")],
        vec![analyzer("ORGANIZATION", "ACTIVE")],
        vec![analyzer("ACCOUNT", "FAILED"), analyzer("ORGANIZATION", "ACTIVE")],
    ] {
        assert_eq!(with(analyzers).verdict, Verdict::Pass);
    }
    for (analyzers, words) in [
        (vec![], "none in"),
        (vec![analyzer("ACCOUNT_UNUSED_ACCESS", "ACTIVE")], "none for external access in"),
        (vec![analyzer("ACCOUNT", "CREATING")], "ACCOUNT CREATING in"),
    ] {
        let assessment = with(analyzers);
        assert_eq!(assessment.verdict, Verdict::Fail);
        assert!(assessment.evidence[0].value.starts_with(words), "{:?}", assessment.evidence);
    }
    assert_eq!(verdict("access-analyzer-on", &Facts { access_analyzers: denied(), ..root() }), Verdict::Unknown);
}

#[test]
fn without_any_region_the_verdict_is_unknown() {
    let nowhere = Facts { guard_duty: read(Regional::default()), ..root() };
    assert_eq!(verdict("guardduty-on", &nowhere), Verdict::Unknown);
}
