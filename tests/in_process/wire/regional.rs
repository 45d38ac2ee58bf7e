//! Regional services: which Regions are asked, with which calls, and the results.

use std::collections::BTreeSet;

use lockroot::account::facts::{Detector, Hub};
use lockroot::account::root_use::Notice;
use lockroot::account::*;

use super::endpoint::{Canned, Script, connected, root};

const REGIONS: &str = "account:ListRegions";
const LIST: &str = "guardduty:ListDetectors";
const GET: &str = "guardduty:GetDetector";

/// Regions as AWS lists them, with one that the account opted in to.
fn listed() -> Script {
    Script::default().json(REGIONS, 200, r#"{"Regions":[{"RegionName":"eu-west-1"},{"RegionName":"eu-central-2"}]}"#)
}

/// A service that is on in one region, and off in all others.
fn one(on: &'static str, action: &'static str, yes: &'static str, no: &'static str) -> Script {
    let at = move |region: &str| if region == on { yes } else { no }.to_owned();
    listed().by_region(action, at)
}

async fn detectors(script: Script) -> (Reading<Regional<Detector>>, std::sync::Arc<Script>) {
    let (aws, script) = connected(script);
    match aws.read(&Question::GuardDuty).await {
        Fact::GuardDuty(reading) => (reading, script),
        other => panic!("{other:?}"),
    }
}

fn on<T: PartialEq>(regional: &Regional<T>, value: &T) -> BTreeSet<String> {
    let is = |answer: &Result<T, Failure>| answer.as_ref() == Ok(value);
    regional.regions.iter().filter(|(_, answer)| is(answer)).map(|(region, _)| region.clone()).collect()
}

#[tokio::test(start_paused = true)]
async fn every_enabled_region_is_asked_and_one_without_a_detector_takes_one_call() {
    let script = one("eu-west-1", LIST, r#"{"detectorIds":["d1"]}"#, r#"{"detectorIds":[]}"#);
    let (reading, script) = detectors(script.json(GET, 200, r#"{"serviceRole":"r","status":"ENABLED"}"#)).await;
    let Reading::Known { value, .. } = reading else { panic!("{reading:?}") };
    assert_eq!(value.regions.len(), 18, "those of every account, and the one that was opted in to");
    assert_eq!(on(&value, &Detector::Enabled), BTreeSet::from(["eu-west-1".to_owned()]));
    assert_eq!(value.unlisted, None);
    assert_eq!((script.count(LIST), script.count(GET), script.count(REGIONS)), (18, 1, 1));
    let places: BTreeSet<String> =
        script.asked().iter().filter(|asked| asked.action == LIST).map(|asked| asked.region.clone()).collect();
    assert_eq!(places.len(), 18, "each in its own Region");
}

#[tokio::test(start_paused = true)]
async fn a_suspended_detector_is_not_on_and_every_page_is_read() {
    let script = Script::default()
        .json(REGIONS, 200, r#"{"Regions":[]}"#)
        .json(LIST, 200, r#"{"detectorIds":[],"nextToken":"a b"}"#)
        .json(LIST, 200, r#"{"detectorIds":["d1"]}"#)
        .json(GET, 200, r#"{"serviceRole":"r","status":"DISABLED"}"#);
    let (reading, script) = detectors(script).await;
    let Reading::Known { value, .. } = reading else { panic!("{reading:?}") };
    assert_eq!(on(&value, &Detector::Disabled { id: "d1".into() }).len(), 17);
    assert_eq!(script.count(LIST), 18);
    let second = script.asked().into_iter().find(|asked| asked.parameters.contains_key("nextToken")).unwrap();
    assert_eq!(second.parameters["nextToken"], "a b", "it is encoded on the way");
}

#[tokio::test(start_paused = true)]
async fn a_denied_list_of_regions_is_reported_and_default_regions_are_read() {
    let script = Script::default().json(REGIONS, 403, "AccessDeniedException\n{\"message\":\"no\"}").json(
        LIST,
        200,
        r#"{"detectorIds":[]}"#,
    );
    let (reading, script) = detectors(script).await;
    let Reading::Known { value, .. } = reading else { panic!("{reading:?}") };
    assert_eq!((value.regions.len(), script.count(LIST)), (17, 17));
    assert_eq!(value.unlisted.map(|failure| failure.fault), Some(Fault::AccessDenied));
}

#[tokio::test(start_paused = true)]
async fn a_refusing_region_is_named_and_refusals_everywhere_are_a_failure() {
    let refused = |region: &str| {
        if region == "ap-south-1" {
            "AccessDeniedException\n{\"message\":\"by a service control policy\"}"
        } else {
            r#"{"detectorIds":[]}"#
        }
        .to_owned()
    };
    let (reading, _) = detectors(listed().by_region(LIST, refused)).await;
    let Reading::Known { value, .. } = reading else { panic!("{reading:?}") };
    let failure = value.regions["ap-south-1"].as_ref().unwrap_err();
    assert_eq!((failure.fault, failure.action.as_str()), (Fault::AccessDenied, LIST));
    assert_eq!(failure.message, "by a service control policy");
    assert_eq!(value.regions.values().filter(|answer| answer.is_err()).count(), 1);
    let script = listed().json(LIST, 403, "ExpiredTokenException\n{\"message\":\"over\"}");
    let (reading, _) = detectors(script).await;
    assert_eq!(reading.failure().map(|failure| failure.fault), Some(Fault::ExpiredSession), "{reading:?}");
}

#[tokio::test(start_paused = true)]
async fn a_throttled_region_is_retried_and_a_silent_one_times_out() {
    let script = Script::default()
        .json(REGIONS, 200, r#"{"Regions":[]}"#)
        .json(LIST, 429, "TooManyRequestsException\n{\"message\":\"slow\"}")
        .json(LIST, 200, r#"{"detectorIds":[]}"#);
    let (reading, script) = detectors(script).await;
    assert!(reading.known().is_some_and(|value| value.regions.values().all(Result::is_ok)), "{reading:?}");
    assert_eq!(script.count(LIST), 18, "one of the seventeen was throttled once");
    let begun = tokio::time::Instant::now();
    let (reading, _) = detectors(listed().then(LIST, Canned::Silence)).await;
    assert_eq!(reading.failure().map(|failure| failure.fault), Some(Fault::TimedOut));
    assert!(begun.elapsed() <= std::time::Duration::from_secs(15), "{:?}", begun.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_malformed_answer_is_unreadable() {
    for body in ["<html>", "[]", "{}", "", r#"{"detectorIds":7}"#] {
        let script = Script::default().json(REGIONS, 200, r#"{"Regions":[]}"#).json(LIST, 200, body);
        let (reading, _) = detectors(script).await;
        assert_eq!(reading.failure().map(|failure| failure.fault), Some(Fault::Unreadable), "{body}");
    }
}

#[tokio::test(start_paused = true)]
async fn three_regional_questions_list_the_regions_once() {
    let script = listed()
        .json(LIST, 200, r#"{"detectorIds":[]}"#)
        .json("securityhub:DescribeHub", 200, r#"{"HubArn":"arn"}"#)
        .json("access-analyzer:ListAnalyzers", 200, r#"{"analyzers":[]}"#);
    let (aws, script) = connected(script);
    tokio::join!(
        aws.read(&Question::GuardDuty),
        aws.read(&Question::SecurityHub),
        aws.read(&Question::AccessAnalyzers)
    );
    assert_eq!(script.count(REGIONS), 1);
}

#[tokio::test(start_paused = true)]
async fn a_missing_subscription_is_no_failure() {
    const HUB: &str = "securityhub:DescribeHub";
    let not = "InvalidAccessException\n{\"Message\":\"Account is not subscribed to AWS Security Hub\"}";
    let (aws, _) = connected(one("eu-central-2", HUB, r#"{"HubArn":"arn"}"#, not));
    let Fact::SecurityHub(Reading::Known { value, .. }) = aws.read(&Question::SecurityHub).await else { panic!() };
    assert_eq!(on(&value, &Hub::Subscribed), BTreeSet::from(["eu-central-2".to_owned()]));
    assert_eq!(on(&value, &Hub::NotSubscribed).len(), 17);
    let (aws, _) = connected(listed().json(HUB, 403, "AccessDeniedException\n{\"Message\":\"no\"}"));
    let fact = aws.read(&Question::SecurityHub).await;
    assert_eq!(
        fact.failure().map(|failure| (failure.fault, failure.message.as_str())),
        Some((Fault::AccessDenied, "no"))
    );
}

#[tokio::test(start_paused = true)]
async fn analyzers_are_read_with_their_type_and_status() {
    const LIST: &str = "access-analyzer:ListAnalyzers";
    let all = r#"{"analyzers":[{"arn":"a","name":"x","type":"ACCOUNT","status":"ACTIVE","createdAt":"2026-01-01T00:00:00Z"},{"arn":"b","name":"y","type":"ACCOUNT_UNUSED_ACCESS","status":"CREATING","createdAt":"2026-01-01T00:00:00Z"}]}"#;
    let (aws, _) = connected(listed().json(LIST, 200, all));
    let Fact::AccessAnalyzers(Reading::Known { value, .. }) = aws.read(&Question::AccessAnalyzers).await else {
        panic!()
    };
    let analyzers = value.regions["eu-central-2"].as_ref().unwrap();
    assert!(analyzers[0].is_external() && analyzers[0].is_active());
    assert!(!analyzers[1].is_external() && !analyzers[1].is_active());
}

const RULES: &str = "events:ListRules";
const TARGETS: &str = "events:ListTargetsByRule";
const READERS: &str = "sns:ListSubscriptionsByTopic";
const FILTERS: &str = "logs:DescribeMetricFilters";
const ALARMS: &str = "cloudwatch:DescribeAlarmsForMetric";

#[tokio::test(start_paused = true)]
async fn rules_are_read_in_the_home_region_with_the_targets_of_relevant_ones() {
    let about_root = r#"{\"detail\":{\"userIdentity\":{\"type\":[\"Root\"]}}}"#;
    let rule = |name: &str, rest: &str| format!(r#"{{"Name":"{name}","State":"ENABLED",{rest}}}"#);
    let first = format!(
        r#"{{"Rules":[{},{}],"NextToken":"more"}}"#,
        rule("nightly", r#""ScheduleExpression":"rate(1 day)""#),
        rule("builds", r#""EventPattern":"{\"source\":[\"aws.codebuild\"]}""#)
    );
    let [off, all] = [("old", "DISABLED"), ("root-reads", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS")]
        .map(|(name, state)| format!(r#"{{"Name":"{name}","State":"{state}","EventPattern":"{about_root}"}}"#));
    let use_of_root = rule("root-use", &format!(r#""EventPattern":"{about_root}""#));
    let second = format!(r#"{{"Rules":[{use_of_root},{off},{all}]}}"#);
    let target = |arn: &str| format!(r#"{{"Targets":[{{"Id":"1","Arn":"{arn}"}}]}}"#);
    let member = |arn: &str, address: &str| {
        format!(
            "<member><SubscriptionArn>{arn}</SubscriptionArn><Protocol>email</Protocol><Endpoint>{address}</Endpoint></member>"
        )
    };
    let confirmed = member("arn:aws:sns:us-east-1:123456789012:t:1", "a@example.com");
    let more = format!("<Subscriptions>{confirmed}</Subscriptions><NextToken>more</NextToken>");
    let pending = format!("<Subscriptions>{}</Subscriptions>", member("PendingConfirmation", "b@example.com"));
    let policy = r#"{&quot;Statement&quot;:{&quot;Effect&quot;:&quot;Allow&quot;,&quot;Principal&quot;:{&quot;Service&quot;:&quot;events.amazonaws.com&quot;},&quot;Action&quot;:&quot;sns:Publish&quot;}}"#;
    let entry = |key: &str, value: &str| format!("<entry><key>{key}</key><value>{value}</value></entry>");
    let attributes = entry("Policy", policy) + &entry("KmsMasterKeyId", "1234abcd");
    let attributes = format!("<Attributes>{attributes}</Attributes>");
    let script = root()
        .json(RULES, 200, &first)
        .json(RULES, 200, &second)
        .json(TARGETS, 200, &target("arn:aws:sns:us-east-1:123456789012:t"))
        .json(TARGETS, 200, &target("arn:aws:sns:us-east-1:999999999999:t"))
        .result(READERS, &more)
        .result(READERS, &pending)
        .result("sns:GetTopicAttributes", &attributes);
    let (aws, script) = connected(script);
    let Fact::RootRules(Reading::Known { value, .. }) = aws.read(&Question::RootRules).await else { panic!() };
    let about_root = value.iter().filter(|rule| rule.notice != Notice::Nothing);
    let found: Vec<_> =
        about_root.map(|rule| (rule.name.as_str(), rule.enabled, rule.sees_reads, rule.targets.len())).collect();
    assert_eq!(found, [("root-use", true, false, 1), ("old", false, false, 1), ("root-reads", true, true, 1)]);
    assert_eq!(value.len(), 5, "the names of the others are taken");
    let readers = |rule: usize| {
        let subscriptions = value[rule].targets[0].subscriptions.known();
        subscriptions.map(|all| all.iter().map(|one| (one.endpoint.as_str(), one.confirmed)).collect::<Vec<_>>())
    };
    assert_eq!(readers(2), Some(vec![("a@example.com", true), ("b@example.com", false)]));
    assert_eq!(readers(3), None, "a topic of another account");
    let publishes = |rule: usize| value[rule].targets[0].event_bridge_may_publish();
    assert_eq!((publishes(2), publishes(3)), (Some(None), None), "the policy of the key decides");
    let access = value[2].targets[0].access.known().unwrap();
    assert!(access.policy.contains("events.amazonaws.com"), "{access:?}");
    assert_eq!(access.kms_key.as_deref(), Some("1234abcd"));
    assert_eq!((script.count(RULES), script.count(TARGETS), script.count(READERS)), (2, 3, 2));
    let asked = script.asked();
    assert!(asked.iter().filter(|asked| asked.action.starts_with("events:")).all(|asked| asked.region == "us-east-1"));
    let targets = asked.iter().find(|asked| asked.action == TARGETS).unwrap();
    assert_eq!(targets.parameters["Rule"], "root-use");
}

#[tokio::test(start_paused = true)]
async fn alarms_are_read_in_the_region_of_the_trails_log_group() {
    const TRAILS: &str = "cloudtrail:DescribeTrails";
    let trail = |name: &str, everywhere: bool, group: &str| {
        format!(
            r#"{{"Name":"{name}","TrailARN":"arn:aws:cloudtrail:us-east-1:123456789012:trail/{name}","IsMultiRegionTrail":{everywhere},"CloudWatchLogsLogGroupArn":"{group}"}}"#
        )
    };
    let trails = [
        trail("all", true, "arn:aws:logs:eu-west-1:123456789012:log-group:trail:*"),
        trail("again", true, "arn:aws:logs:eu-west-1:123456789012:log-group:trail:*"),
        trail("one", false, "arn:aws:logs:us-east-1:123456789012:log-group:one:*"),
        trail("organization", true, "arn:aws:logs:us-east-1:999999999999:log-group:all:*"),
    ];
    let to = r#""metricTransformations":[{"metricName":"M","metricNamespace":"N","metricValue":"1"}]"#;
    let filters = format!(
        r#"{{"metricFilters":[{{"filterName":"root","filterPattern":"{{ $.userIdentity.type = \"Root\" }}",{to}}},{{"filterName":"denied","filterPattern":"{{ $.errorCode = \"AccessDenied*\" }}",{to}}}]}}"#
    );
    let alarms = r#"{"MetricAlarms":[{"AlarmName":"a","ActionsEnabled":true,"AlarmActions":["arn"]},{"AlarmName":"b","ActionsEnabled":false,"AlarmActions":["arn"]},{"AlarmName":"c","ActionsEnabled":true,"AlarmActions":[]}]}"#;
    let script = root()
        .json(TRAILS, 200, &format!(r#"{{"trailList":[{}]}}"#, trails.join(",")))
        .json(FILTERS, 200, &filters)
        .json(ALARMS, 200, alarms);
    let (aws, script) = connected(script);
    let Fact::LogAlarms(Reading::Known { value, .. }) = aws.read(&Question::LogAlarms).await else { panic!() };
    assert_eq!((value.groups.as_slice(), value.elsewhere.len()), (["trail".to_owned()].as_slice(), 1));
    let found: Vec<_> = value.filters.iter().map(|filter| (filter.name.as_str(), filter.alarms.len())).collect();
    assert_eq!(found, [("root", 3)]);
    assert_eq!(value.filters[0].alarms.iter().map(|alarm| alarm.acts).collect::<Vec<_>>(), [true, false, false]);
    assert_eq!((script.count(FILTERS), script.count(ALARMS)), (1, 1));
    let asked = script.asked();
    let last: Vec<_> = asked.iter().filter(|asked| asked.action == FILTERS || asked.action == ALARMS).collect();
    assert!(last.iter().all(|asked| asked.region == "eu-west-1"), "{last:?}");
    assert_eq!((last[1].parameters["Namespace"].as_str(), last[1].parameters["MetricName"].as_str()), ("N", "M"));
}

#[tokio::test(start_paused = true)]
async fn json_errors_have_their_code_in_the_body() {
    let denied = r#"{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"not you"}"#;
    let (aws, _) = connected(root().json(RULES, 400, denied));
    let fact = aws.read(&Question::RootRules).await;
    let failure = fact.failure().unwrap();
    assert_eq!(
        (failure.fault, failure.action.as_str(), failure.message.as_str()),
        (Fault::AccessDenied, RULES, "not you")
    );
    assert_eq!(failure.request_id.as_deref(), Some("r-1"));
}

#[tokio::test(start_paused = true)]
async fn incomplete_answers_about_alarms_and_rules_are_unknown() {
    const TRAILS: &str = "cloudtrail:DescribeTrails";
    let trail = r#"{"trailList":[{"Name":"a","TrailARN":"arn","IsMultiRegionTrail":true,"CloudWatchLogsLogGroupArn":"arn:aws:logs:eu-west-1:123456789012:log-group:trail:*"}]}"#;
    let filter = r#"{"metricFilters":[{"filterName":"f","filterPattern":"","metricTransformations":[{"metricName":"M","metricNamespace":"N"}]}]}"#;
    let alarm = r#"{"MetricAlarms":[{"AlarmName":"a","ActionsEnabled":true,"AlarmActions":["arn"]}]}"#;
    let alarms = async |filter: &str, alarm: &str| {
        let script = root().json(TRAILS, 200, trail).json(FILTERS, 200, filter).json(ALARMS, 200, alarm);
        connected(script).0.read(&Question::LogAlarms).await
    };
    for lost in ["AlarmName", "ActionsEnabled", "AlarmActions"] {
        let fact = alarms(filter, &alarm.replace(lost, "Other")).await;
        assert_eq!(fact.failure().map(|failure| failure.message.clone()), Some(format!("the answer has no {lost}")));
    }
    for (filter, notice) in
        [(filter.to_owned(), Notice::Everybody), (filter.replace("filterPattern", "other"), Notice::Unclear)]
    {
        let Fact::LogAlarms(Reading::Known { value, .. }) = alarms(&filter, alarm).await else { panic!("{filter}") };
        assert_eq!(value.filters[0].notice, notice, "{filter}");
    }
    let rule = r#"{"Rules":[{"Name":"nightly","State":"ENABLED","ScheduleExpression":"rate(1 day)"}]}"#;
    for (rules, is_known) in [(rule.to_owned(), true), (rule.replace("ScheduleExpression", "other"), false)] {
        let fact = connected(root().json(RULES, 200, &rules)).0.read(&Question::RootRules).await;
        assert_eq!(fact.failure().is_none(), is_known, "{fact:?}");
    }
}
