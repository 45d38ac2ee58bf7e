use time::macros::datetime;

use super::*;
use crate::account::facts::{Analyzer, Detector, Hub, Reading};
use crate::account::{Caller, Credential, CredentialKind, Failure, Fault, Principal, Regional};

const NOW: Timestamp = datetime!(2026-11-21 12:00 UTC);

fn everywhere<T>(answers: impl IntoIterator<Item = (&'static str, Result<T, Failure>)>) -> Reading<Regional<T>> {
    let regions = answers.into_iter().map(|(region, answer)| (region.to_owned(), answer)).collect();
    Reading::Known { value: Regional { regions, unlisted: None }, at: NOW }
}

fn analyzer(name: &str, kind: &str, status: &str) -> Analyzer {
    Analyzer { name: name.into(), kind: kind.into(), status: status.into() }
}

/// Each kind of answer in a Region of its own.
fn facts() -> Facts {
    let denied = || Failure::new(Fault::AccessDenied, "guardduty:ListDetectors", "no");
    Facts {
        guard_duty: everywhere([
            ("eu-west-1", Ok(Detector::Absent)),
            ("eu-west-2", Ok(Detector::Disabled { id: "d2".into() })),
            ("eu-west-3", Ok(Detector::Absent)),
            ("sa-east-1", Err(denied())),
            ("us-east-1", Ok(Detector::Enabled)),
        ]),
        access_analyzers: everywhere([
            ("eu-west-1", Ok(vec![])),
            ("eu-west-2", Ok(vec![analyzer("external-access", "ACCOUNT_UNUSED_ACCESS", "ACTIVE")])),
            ("eu-west-3", Ok(vec![analyzer("mine", "ACCOUNT", "FAILED")])),
            ("us-east-1", Ok(vec![analyzer("mine", "ACCOUNT", "ACTIVE")])),
        ]),
        security_hub: everywhere([("eu-west-1", Ok(Hub::Subscribed)), ("us-east-1", Ok(Hub::Subscribed))]),
        ..Facts::default()
    }
}

fn plan(action: ActionId, item: usize, regions: Option<&str>) -> Result<Vec<(TurnOnCall, String)>, String> {
    let facts = facts();
    let Opening::Form(mut form) = Watchers.open(action, item, &facts) else { panic!() };
    if let Some(regions) = regions {
        form.put(FieldId::RegionScope, crate::steps::Value::Choice { options: &["all", "list"], chosen: 1 });
        form.put_text(FieldId::RegionList, regions);
        assert_eq!(Watchers.problems(&form, &facts), []);
    }
    let plan = Watchers.plan(action, item, Some(&form), &facts, NOW)?;
    let of_call = |call: Call| match call.change {
        Change::TurnOn { call, region } => (call, region),
        other => panic!("{other:?}"),
    };
    Ok(plan.calls.into_iter().map(of_call).collect())
}

fn named(name: &str) -> TurnOnCall {
    TurnOnCall::CreateAnalyzer { name: name.into() }
}

#[test]
fn only_regions_read_as_off_are_changed_and_suspended_detectors_are_resumed() {
    let detectors = [
        (TurnOnCall::CreateDetector, "eu-west-1".to_owned()),
        (TurnOnCall::CreateDetector, "eu-west-3".to_owned()),
        (TurnOnCall::UpdateDetector { id: "d2".into() }, "eu-west-2".to_owned()),
    ];
    assert_eq!(plan(ActionId::TurnOn, 1, None).unwrap(), detectors, "not where it could not be read");
    let analyzers =
        [(named("external-access"), "eu-west-1".to_owned()), (named("external-access-2"), "eu-west-2".to_owned())];
    assert_eq!(plan(ActionId::TurnOn, 0, None).unwrap(), analyzers, "no second one beside one that failed");
    assert_eq!(plan(ActionId::TurnOnAll, 0, None).unwrap(), [&analyzers[..], &detectors[..]].concat());
    assert!(plan(ActionId::TurnOn, 2, None).unwrap_err().starts_with("Security Hub CSPM is off in none"));
}

#[test]
fn only_the_chosen_regions_are_changed() {
    assert_eq!(
        plan(ActionId::TurnOn, 1, Some("EU-west-3,")).unwrap(),
        [(TurnOnCall::CreateDetector, "eu-west-3".into())]
    );
    let facts = facts();
    let Opening::Form(mut form) = Watchers.open(ActionId::TurnOn, 1, &facts) else { panic!() };
    form.put(FieldId::RegionScope, crate::steps::Value::Choice { options: &["all", "list"], chosen: 1 });
    for (typed, said) in
        [("", "Name a Region."), ("eu-west-1 mars-1", "mars-1 is no"), ("us-east-1", "us-east-1 is no")]
    {
        form.put_text(FieldId::RegionList, typed);
        let problems = Watchers.problems(&form, &facts);
        assert!(problems[0].words.starts_with(said), "{typed}: {problems:?}");
    }
}

#[test]
fn the_page_shows_where_each_service_is_on_and_unread_regions() {
    let facts = facts();
    let page = Watchers.view(&facts, 0, NOW);
    let on: Vec<&str> = page.table.rows.iter().map(|row| row[1].as_str()).collect();
    assert_eq!(on, ["us-east-1 (1 of 4)", "us-east-1 (1 of 5)", "all 2 Regions", "reading…", "reading…", "reading…"]);
    assert!(page.notes[0].starts_with("GuardDuty could not be read in sa-east-1"), "{:?}", page.notes);
    assert!(page.notes[1].contains("does not work in eu-west-3 (FAILED)"), "{:?}", page.notes);
    let labels =
        |item| Watchers.view(&facts, item, NOW).actions.into_iter().map(|action| action.label).collect::<Vec<_>>();
    assert_eq!(labels(0), ["Turn on in 2 Regions", "Turn on everything that is off"]);
    assert_eq!(labels(1), ["Turn on in 3 Regions", "Turn on everything that is off"]);
    assert_eq!(labels(2), ["Turn on everything that is off"], "it is on where it was asked");
    assert_eq!(labels(3), ["Turn on everything that is off"], "nothing is handed over before it was read");
    for item in [4, 5] {
        assert_eq!(labels(item), ["Turn on everything that is off"], "nothing is handed over before it was read");
    }
    let trails = Reading::Known { value: Vec::new(), at: NOW };
    let page = Watchers.view(&Facts { trails, ..Facts::default() }, 3, NOW);
    assert_eq!((page.table.rows[3][1].as_str(), page.actions[0].id), ("not enough", ActionId::ByHand));
    assert_eq!(Watchers.open(ActionId::ByHand, 3, &facts), Opening::ByHand("cloudtrail-on"));
    assert_eq!(Watchers.open(ActionId::ByHand, 4, &facts), Opening::ByHand("root-use-alarm"));
    assert!(Watchers.view(&Facts::default(), 0, NOW).actions.is_empty(), "nothing is offered before it was read");
}

fn root() -> Reading<Caller> {
    let (access_key_id, source) = ("ASIASESSION".into(), "the test".into());
    let value = Caller {
        account: "123456789012".into(),
        arn: "arn:aws:iam::123456789012:root".into(),
        principal: Principal::Root,
        credential: Credential { access_key_id, kind: CredentialKind::Temporary, source, base: None },
        clock_ahead: None,
    };
    Reading::Known { value, at: NOW }
}

#[test]
fn a_topic_that_eventbridge_may_not_publish_to_is_refused() {
    use crate::account::topics::{SnsTopic, TopicAccess};
    let own = r#"{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"SNS:Publish","Resource":"*","Condition":{"StringEquals":{"AWS:SourceOwner":"123456789012"}}}]}"#;
    let open = r#"{"Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sns:Publish","Resource":"*"}]}"#;
    let said = |policy: &str| {
        let topic = SnsTopic { access: TopicAccess::by_policy(policy), subscriptions: Vec::new() };
        let arn = "arn:aws:sns:us-east-1:123456789012:mails".to_owned();
        let root_rules = Reading::Known { value: Vec::new(), at: NOW };
        let sns_topics = [(arn, Reading::Known { value: Some(topic), at: NOW })].into();
        let facts = Facts { caller: root(), sns_topics, root_rules, ..facts() };
        let Opening::Form(mut form) = Watchers.open(ActionId::FillIn, 4, &facts) else { panic!() };
        form.put_text(FieldId::Addresses, "a@example.com");
        form.put_text(FieldId::TopicName, "mails");
        Watchers.problems(&form, &facts).into_iter().map(|problem| problem.words).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(said(open), "");
    assert!(said(own).contains("may not publish"), "{}", said(own));
    let everybody = own.replace(r#","Condition":{"StringEquals":{"AWS:SourceOwner":"123456789012"}}"#, "");
    assert!(said(&everybody).contains("can't tell whether"), "{}", said(&everybody));
}

/// The topic's policy may be intended, so lockroot keeps it and creates another topic.
#[test]
fn a_rule_whose_topic_refuses_events_gets_another_topic() {
    use crate::account::root_use::{Notice, RootRule, RuleSettings};
    use crate::account::topics::{Subscription, Target, TopicAccess};
    let reader = Subscription { protocol: "email".into(), endpoint: "a@example.com".into(), confirmed: true };
    let open = Target::read_by("arn:aws:sns:us-east-1:123456789012:mails".into(), vec![reader], NOW);
    let access = Reading::Known { value: TopicAccess::by_policy(r#"{"Statement":[]}"#), at: NOW };
    let shut = Target { access, ..open };
    let (name, settings) = ("root".to_owned(), RuleSettings::default());
    let rule = RootRule { name, enabled: true, sees_reads: true, notice: Notice::Root, targets: vec![shut], settings };
    let root_rules = Reading::Known { value: vec![rule], at: NOW };
    let facts = Facts { caller: root(), root_rules, ..facts() };
    let Opening::Form(mut form) = Watchers.open(ActionId::FillIn, 4, &facts) else { panic!() };
    form.put_text(FieldId::Addresses, "a@example.com");
    assert!(Watchers.problems(&form, &facts).is_empty());
    let plan = Watchers.plan(ActionId::FillIn, 4, Some(&form), &facts, NOW).unwrap();
    let calls: Vec<&str> = plan.calls.iter().map(|call| call.change.action()).collect();
    assert_eq!(calls, ["sns:CreateTopic", "sns:Subscribe", "events:PutTargets"]);
}

#[test]
fn in_an_organization_the_page_names_the_delegated_administrator() {
    let told = |central| {
        let central_root = Reading::Known { value: central, at: NOW };
        Watchers.view(&Facts { central_root, ..Facts::default() }, 0, NOW).notes.concat()
    };
    assert!(told(CentralRoot::Member).contains("Ask the delegated administrator"));
    assert!(told(CentralRoot::NotAllFeatures).contains("a delegated administrator of each service can"));
    assert_eq!(told(CentralRoot::NoOrganization), "");
}
