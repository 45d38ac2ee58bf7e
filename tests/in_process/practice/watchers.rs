//! GuardDuty, Security Hub, Access Analyzer, EventBridge, CloudWatch Logs and CloudWatch, read by the program
//! itself.

use std::collections::BTreeSet;

use lockroot::account::facts::Detector;
use lockroot::account::{Change, Fact, Failure, Fault, Question, Reader, Reading, Regional, TurnOnCall, Writer};
use lockroot::aws::connect_in_process;
use lockroot::checks::{self, Verdict};
use lockroot::commands::check::read_all;

use super::*;

async fn verdicts(account: &Account) -> Vec<(&'static str, Verdict)> {
    let aws = connect_in_process(Arc::new(account.practice.clone()), account.practice.session(), account.clock.clone());
    let facts = read_all(&aws).await;
    let ids = ["guardduty-on", "security-hub-on", "access-analyzer-on", "root-use-alarm"];
    ids.into_iter().map(|id| (id, checks::control(id).unwrap().assess(&facts).verdict)).collect()
}

async fn guardduty(account: &Account) -> Regional<Detector> {
    let aws = connect_in_process(Arc::new(account.practice.clone()), account.practice.session(), account.clock.clone());
    match aws.read(&Question::GuardDuty).await {
        Fact::GuardDuty(Reading::Known { value, .. }) => value,
        other => panic!("{other:?}"),
    }
}

fn are(regional: &Regional<Detector>, wanted: Detector) -> BTreeSet<&str> {
    let found = regional.regions.iter().filter(|(_, answer)| answer.as_ref() == Ok(&wanted));
    found.map(|(region, _)| region.as_str()).collect()
}

#[tokio::test(start_paused = true)]
async fn each_scenario_has_the_watching_services_of_its_story() {
    use Verdict::{Fail, Pass};
    for (name, wanted) in [
        ("fresh", [Fail, Fail, Fail, Fail]),
        ("leaky-startup", [Fail, Fail, Fail, Fail]),
        ("inherited", [Fail, Fail, Fail, Fail]),
        ("hardened", [Pass, Pass, Pass, Pass]),
        ("member", [Pass, Pass, Pass, Fail]),
    ] {
        let found: Vec<Verdict> = verdicts(&open(name)).await.into_iter().map(|(_, verdict)| verdict).collect();
        assert_eq!(found, wanted, "{name}");
    }
    assert_eq!(are(&guardduty(&open("leaky-startup")).await, Detector::Enabled), BTreeSet::from(["eu-west-1"]));
    let inherited = guardduty(&open("inherited")).await;
    let suspended = inherited.regions.iter().filter(|(_, one)| matches!(one, Ok(Detector::Disabled { .. })));
    assert_eq!(suspended.map(|(region, _)| region.as_str()).collect::<Vec<_>>(), ["us-west-2"]);
}

#[tokio::test(start_paused = true)]
async fn an_opted_in_region_is_asked_too() {
    let member = guardduty(&open("member")).await;
    assert_eq!(member.regions.len(), 18);
    assert!(are(&member, Detector::Enabled).contains("eu-central-2"));
    let left_out = open_with("regions = [\"af-south-1\"]\n[[guardduty]]\nregions = [\"us-east-1\"]\n");
    assert!(are(&guardduty(&left_out).await, Detector::Absent).contains("af-south-1"));
}

/// A user whose only policy is `policy`.
fn reader(policy: &str) -> Account {
    open_with(&format!(
        "signed_in_as = \"user:ann\"\n[[guardduty]]\nregions = [\"*\"]\n[[users]]\nname = \"ann\"\ninline_policies = {{ p = '''{policy}''' }}\n[[users.keys]]\nage = \"1d\"\n"
    ))
}

#[tokio::test(start_paused = true)]
async fn permissions_are_evaluated_region_by_region() {
    let policy = r#"{"Statement":[{"Effect":"Allow","Action":["guardduty:*","account:ListRegions"],"Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-west-1","us-east-1"]}}}]}"#;
    let regional = guardduty(&reader(policy)).await;
    assert_eq!(are(&regional, Detector::Enabled), BTreeSet::from(["eu-west-1", "us-east-1"]));
    let refused = |answer: &Result<Detector, Failure>| answer.as_ref().err().map(|failure| failure.fault);
    assert_eq!(refused(&regional.regions["sa-east-1"]), Some(Fault::AccessDenied));
    // The list has no resource. The call for one detector has that detector as its resource.
    let policy = r#"{"Statement":[{"Effect":"Allow","Action":["guardduty:ListDetectors"],"Resource":"*"},{"Effect":"Allow","Action":"guardduty:GetDetector","Resource":"arn:aws:guardduty:eu-*:123456789012:detector/*"}]}"#;
    let regional = guardduty(&reader(policy)).await;
    let european = are(&regional, Detector::Enabled);
    assert!(european.len() == 5 && european.iter().all(|region| region.starts_with("eu-")), "{european:?}");
    assert_eq!(regional.unlisted.as_ref().map(|failure| failure.action.as_str()), Some("account:ListRegions"));
}

/// Turns a service on as the caller of `account`. Returns the result.
async fn turn_on(account: &Account, call: TurnOnCall, region: &str) -> Result<(), Fault> {
    let aws = connect_in_process(Arc::new(account.practice.clone()), account.practice.session(), account.clock.clone());
    let change = Change::TurnOn { call, region: region.into() };
    aws.apply(&change).await.map(|_| ()).map_err(|failure| failure.fault)
}

#[tokio::test(start_paused = true)]
async fn each_service_names_common_errors_its_own_way() {
    for (call, throttled, failed) in [
        (named("a"), "ThrottlingException", "InternalServerException"),
        (TurnOnCall::CreateDetector, "ThrottlingException", "InternalServerErrorException"),
        (TurnOnCall::EnableSecurityHub, "ThrottlingException", "InternalException"),
    ] {
        for (kind, fault, code) in [("throttle", Fault::Throttled, throttled), ("server", Fault::Server, failed)] {
            let faults = format!("[[fault]]\ncall = \"{}\"\nkind = \"{kind}\"\ntimes = 99\n", call.action());
            let account = open_with(&faults);
            let aws = connect_in_process(
                Arc::new(account.practice.clone()),
                account.practice.session(),
                account.clock.clone(),
            );
            let change = Change::TurnOn { call: call.clone(), region: "eu-west-1".into() };
            let failure = aws.apply(&change).await.map(|_| ()).unwrap_err();
            assert_eq!((failure.fault, failure.code.as_deref()), (fault, Some(code)), "{call:?}");
        }
    }
}

fn named(name: &str) -> TurnOnCall {
    TurnOnCall::CreateAnalyzer { name: name.into() }
}

#[tokio::test(start_paused = true)]
async fn a_service_can_be_turned_on_once_in_each_region() {
    let account = open("fresh");
    for call in [named("external-access"), TurnOnCall::CreateDetector, TurnOnCall::EnableSecurityHub] {
        assert_eq!(turn_on(&account, call.clone(), "eu-west-1").await, Ok(()), "{call:?}");
        assert_eq!(turn_on(&account, call.clone(), "eu-west-1").await, Err(Fault::Exists), "{call:?}");
        assert_eq!(turn_on(&account, call.clone(), "eu-west-2").await, Ok(()), "another Region has its own");
        assert_eq!(turn_on(&account, call, "af-south-1").await, Err(Fault::UnknownKey), "it is not enabled");
    }
    assert_eq!(turn_on(&account, named("second"), "eu-west-1").await, Err(Fault::Limit), "one of its type");
    let regional = guardduty(&account).await;
    assert_eq!(are(&regional, Detector::Enabled), BTreeSet::from(["eu-west-1", "eu-west-2"]));
}

#[tokio::test(start_paused = true)]
async fn a_suspended_detector_is_resumed_by_its_id_in_its_own_region() {
    let account = open("inherited");
    let regional = guardduty(&account).await;
    let Ok(Detector::Disabled { id }) = &regional.regions["us-west-2"] else { panic!("{regional:?}") };
    let resume = || TurnOnCall::UpdateDetector { id: id.clone() };
    assert_eq!(turn_on(&account, resume(), "us-east-1").await, Err(Fault::Invalid));
    assert_eq!(turn_on(&account, TurnOnCall::CreateDetector, "us-west-2").await, Err(Fault::Exists));
    assert_eq!(turn_on(&account, resume(), "us-west-2").await, Ok(()));
    assert!(are(&guardduty(&account).await, Detector::Enabled).contains("us-west-2"));
}

#[tokio::test(start_paused = true)]
async fn turning_a_service_on_needs_permission_for_the_call_and_for_its_role() {
    let account = |actions: &str| {
        open_with(&format!(
            "signed_in_as = \"user:ann\"\n[[users]]\nname = \"ann\"\ninline_policies = {{ p = '''{{\"Statement\":[{{\"Effect\":\"Allow\",\"Action\":{actions},\"Resource\":\"*\"}}]}}''' }}\n[[users.keys]]\nage = \"1d\"\n"
        ))
    };
    for call in [named("external-access"), TurnOnCall::CreateDetector, TurnOnCall::EnableSecurityHub] {
        let none = account(r#"["guardduty:Get*"]"#);
        assert_eq!(turn_on(&none, call.clone(), "eu-west-1").await, Err(Fault::AccessDenied), "{call:?}");
        let own = account(&format!("[\"{}\"]", call.action()));
        assert_eq!(turn_on(&own, call.clone(), "eu-west-1").await, Err(Fault::AccessDenied), "no role is there");
        let both = account(&format!("[\"{}\",\"iam:CreateServiceLinkedRole\"]", call.action()));
        assert_eq!(turn_on(&both, call, "eu-west-1").await, Ok(()));
    }
}

#[tokio::test(start_paused = true)]
async fn the_history_shows_lockroots_calls_as_its_own() {
    use serde_json::json;
    let hardened = open("hardened");
    guardduty(&hardened).await;
    let keys = hardened.practice.session();
    let by =
        json!({ "LookupAttributes": [{ "AttributeKey": "EventSource", "AttributeValue": "guardduty.amazonaws.com" }] });
    let (_, answer) = raw::cloudtrail(&hardened, &keys, "eu-west-1", "LookupEvents", &by).await;
    let events = answer["Events"].as_array().unwrap();
    assert_eq!(events.len(), 2, "{answer}");
    assert!(events.iter().all(|event| event["ReadOnly"] == "true"));
    assert!(events[0]["CloudTrailEvent"].as_str().unwrap().contains("app/lockroot"), "{answer}");
}

#[tokio::test(start_paused = true)]
async fn a_fault_in_one_service_does_not_affect_the_others() {
    let account = open("hardened");
    account.practice.inject(lockroot::practice::InjectedFault {
        call: "securityhub:*".into(),
        kind: lockroot::practice::FaultKind::AccessDenied,
        times: 100,
    });
    use Verdict::{Pass, Unknown};
    let found: Vec<Verdict> = verdicts(&account).await.into_iter().map(|(_, verdict)| verdict).collect();
    assert_eq!(found, [Pass, Unknown, Pass, Pass]);
}

#[tokio::test(start_paused = true)]
async fn a_disabled_region_refuses_every_credential() {
    let fresh = open("fresh");
    let keys = fresh.practice.session();
    let ask =
        async |region: &str| raw::cloudtrail(&fresh, &keys, region, "DescribeTrails", &serde_json::json!({})).await;
    assert_eq!(ask("eu-west-1").await.0, 200);
    let (status, answer) = ask("af-south-1").await;
    assert_eq!((status, answer["__type"].as_str()), (400, Some("UnrecognizedClientException")), "{answer}");
}
