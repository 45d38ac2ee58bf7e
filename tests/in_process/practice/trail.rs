//! CloudTrail records what callers do.

use serde_json::{Value, json};

use lockroot::account::{Fact, Question, Reader, Reading, changed_by};
use lockroot::aws::connect_in_process;

use super::raw::cloudtrail;
use super::*;

async fn lookup(account: &Account, input: Value) -> (u16, Value) {
    // AWS allows two lookups a second.
    account.clock.advance(Duration::from_secs(1));
    let keys = account.practice.session();
    cloudtrail(account, &keys, "us-east-1", "LookupEvents", &input).await
}

fn by(key: &str, value: &str) -> Value {
    json!({ "LookupAttributes": [{ "AttributeKey": key, "AttributeValue": value }] })
}

fn names(answer: &Value) -> Vec<&str> {
    answer["Events"].as_array().unwrap().iter().map(|event| event["EventName"].as_str().unwrap()).collect()
}

#[tokio::test(start_paused = true)]
async fn the_history_records_calls_with_their_callers() {
    let fresh = open("fresh");
    fresh.create_user("alice").await;
    fresh.iam.create_login_profile().user_name("alice").password("Correct-Horse-1").send().await.unwrap();
    let twice = fresh.iam.create_user().user_name("alice").send();
    assert_eq!(refused(twice).await, "409 EntityAlreadyExists");
    let (status, answer) = lookup(&fresh, by("EventName", "CreateUser")).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(names(&answer), ["CreateUser", "CreateUser"]);
    let event = &answer["Events"][0];
    assert_eq!((&event["Username"], &event["ReadOnly"]), (&json!("root"), &json!("false")));
    assert_eq!(event["Resources"][0], json!({ "ResourceType": "AWS::IAM::User", "ResourceName": "alice" }));
    assert_eq!(event["EventTime"], json!(NOON.unix_timestamp()));
    let record: Value = serde_json::from_str(event["CloudTrailEvent"].as_str().unwrap()).unwrap();
    assert_eq!(record["errorCode"], "EntityAlreadyExists");
    assert_eq!(record["userIdentity"]["type"], "Root");
    assert_eq!(record["userIdentity"]["sessionContext"]["attributes"]["mfaAuthenticated"], "false");
    assert_eq!(record["requestParameters"], json!({ "userName": "alice" }));
    assert!(record["userAgent"].as_str().unwrap().contains("aws-sdk-rust"), "{record}");
    let (_, everything) = lookup(&fresh, json!({})).await;
    assert_eq!(names(&everything), ["LookupEvents", "CreateUser", "CreateLoginProfile", "CreateUser"]);
    assert!(!everything.to_string().contains("Correct-Horse-1"));
    let (_, other) = lookup(&fresh, by("AccessKeyId", "AKIANOBODY")).await;
    assert_eq!(names(&other).len(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_history_records_a_refused_caller_and_not_a_wrong_secret() {
    let hardened = open("hardened");
    let carol = hardened.seen_by(user("carol"));
    assert_eq!(refused(carol.iam.create_user().user_name("x").send()).await, "403 AccessDenied");
    let mut keys = hardened.practice.session_as(&user("carol")).unwrap();
    keys.secret_access_key = Secret::new("wrong");
    assert!(hardened.signed_with(&keys).iam.list_users().send().await.is_err());
    let (_, answer) = lookup(&hardened, by("Username", "carol")).await;
    assert_eq!(names(&answer), ["CreateUser"]);
    assert!(answer["Events"][0]["CloudTrailEvent"].as_str().unwrap().contains("AccessDenied"));
}

#[tokio::test(start_paused = true)]
async fn global_events_appear_in_one_region_only() {
    let fresh = open("fresh");
    fresh.create_user("alice").await;
    let keys = fresh.practice.session();
    let (_, answer) = cloudtrail(&fresh, &keys, "eu-central-1", "LookupEvents", &json!({})).await;
    assert_eq!(names(&answer).len(), 0);
    let (_, again) = cloudtrail(&fresh, &keys, "eu-central-1", "LookupEvents", &json!({})).await;
    assert_eq!(names(&again), ["LookupEvents"]);
}

#[tokio::test(start_paused = true)]
async fn the_next_page_needs_the_same_parameters() {
    let fresh = open("fresh");
    for n in 0..7 {
        fresh.create_user(&format!("user-{n}")).await;
    }
    let mut input = by("EventName", "CreateUser");
    input["MaxResults"] = 3.into();
    let (mut found, mut pages) = (Vec::new(), 0);
    loop {
        let (status, answer) = lookup(&fresh, input.clone()).await;
        assert_eq!(status, 200, "{answer}");
        let page = answer["Events"].as_array().unwrap();
        found.extend(page.iter().map(|event| event["Resources"][0]["ResourceName"].as_str().unwrap().to_owned()));
        pages += 1;
        match answer.get("NextToken") {
            Some(token) => input["NextToken"] = token.clone(),
            None => break,
        }
    }
    assert_eq!((found.len(), pages, found[0].as_str()), (7, 3, "user-6"));
    input["MaxResults"] = 4.into();
    let (status, answer) = lookup(&fresh, input).await;
    assert_eq!((status, &answer["__type"]), (400, &json!("InvalidNextTokenException")));
}

#[tokio::test(start_paused = true)]
async fn an_unsupported_lookup_is_refused_with_its_own_error() {
    let fresh = open("fresh");
    let two = json!({ "LookupAttributes": [
        { "AttributeKey": "Username", "AttributeValue": "a" },
        { "AttributeKey": "EventName", "AttributeValue": "b" },
    ]});
    for (input, code) in [
        (two, "InvalidLookupAttributesException"),
        (by("Colour", "red"), "InvalidLookupAttributesException"),
        (json!({ "MaxResults": 51 }), "InvalidMaxResultsException"),
        (json!({ "NextToken": "x" }), "InvalidNextTokenException"),
        (json!({ "StartTime": 2, "EndTime": 1 }), "InvalidTimeRangeException"),
        (json!({ "EventCategory": "x" }), "InvalidEventCategoryException"),
        (json!([]), "SerializationException"),
    ] {
        let (status, answer) = lookup(&fresh, input.clone()).await;
        assert_eq!((status, answer["__type"].as_str().unwrap()), (400, code), "{input}");
    }
    let keys = fresh.practice.session();
    let mut codes = Vec::new();
    for _ in 0..3 {
        let (status, answer) = cloudtrail(&fresh, &keys, "us-east-1", "LookupEvents", &json!({})).await;
        codes.push((status, answer["__type"].as_str().unwrap_or_default().to_owned()));
    }
    assert!(codes.contains(&(400, "ThrottlingException".into())), "{codes:?}");
    fresh.clock.advance(Duration::from_secs(91 * 86_400));
    let old = fresh.signed_with(&fresh.practice.session());
    let (_, answer) = lookup(&old, json!({})).await;
    assert_eq!(names(&answer).len(), 0, "ninety days");
}

#[tokio::test(start_paused = true)]
async fn a_new_account_has_no_trail() {
    let fresh = open("fresh");
    let keys = fresh.practice.session();
    let (status, answer) = cloudtrail(&fresh, &keys, "us-east-1", "DescribeTrails", &json!({})).await;
    assert_eq!((status, answer), (200, json!({ "trailList": [] })));
    for (name, code) in [("", "InvalidTrailNameException"), ("main", "TrailNotFoundException")] {
        let (status, answer) = cloudtrail(&fresh, &keys, "us-east-1", "GetTrailStatus", &json!({ "Name": name })).await;
        assert_eq!((status, answer["__type"].as_str()), (400, Some(code)));
    }
    let mut wrong = keys.clone();
    wrong.secret_access_key = Secret::new("wrong");
    let (status, answer) = cloudtrail(&fresh, &wrong, "us-east-1", "DescribeTrails", &json!({})).await;
    assert_eq!((status, answer["__type"].as_str()), (400, Some("InvalidSignatureException")));
}

#[tokio::test(start_paused = true)]
async fn a_trail_returns_the_event_selectors_of_its_scenario() {
    let account = open_with(
        r#"
        [[trails]]
        name = "reads"
        management_events = "ReadOnly"
        excluded_sources = ["kms.amazonaws.com"]
        [[trails]]
        name = "data"
        management_events = "None"
        [[trails]]
        name = "advanced"
        advanced_selectors = '[{"FieldSelectors":[{"Field":"eventCategory","Equals":["Management"]}]}]'
        "#,
    );
    let classic = |kind: &str, management: bool, excluded: Value| json!([{ "ReadWriteType": kind, "IncludeManagementEvents": management, "DataResources": [], "ExcludeManagementEventSources": excluded }]);
    let advanced = json!([{ "FieldSelectors": [{ "Field": "eventCategory", "Equals": ["Management"] }] }]);
    for (name, member, list) in [
        ("reads", "EventSelectors", classic("ReadOnly", true, json!(["kms.amazonaws.com"]))),
        ("data", "EventSelectors", classic("All", false, json!([]))),
        ("advanced", "AdvancedEventSelectors", advanced),
    ] {
        let asked = json!({ "TrailName": name });
        let keys = account.practice.session();
        let (status, answer) = cloudtrail(&account, &keys, "us-east-1", "GetEventSelectors", &asked).await;
        let arn = format!("arn:aws:cloudtrail:us-east-1:123456789012:trail/{name}");
        assert_eq!((status, answer), (200, json!({ "TrailARN": arn, member: list })));
    }
}

#[tokio::test(start_paused = true)]
async fn recent_changes_are_read_from_cloudtrail() {
    let fresh = open("fresh");
    fresh.create_user("early").await;
    fresh.clock.advance(Duration::from_secs(60));
    let since = fresh.clock.now();
    fresh.create_user("alice").await;
    assert_eq!(refused(fresh.iam.create_user().user_name("alice").send()).await, "409 EntityAlreadyExists");
    fresh.iam.list_users().send().await.unwrap();
    let keys = fresh.practice.session();
    let aws = connect_in_process(Arc::new(fresh.practice.clone()), keys, fresh.clock.clone());
    let Fact::RecentChanges(Reading::Known { value, .. }) = aws.read(&Question::RecentChanges).await else { panic!() };
    let lately = value.iter().filter(|change| change.at >= since);
    let found: Vec<_> = lately.map(|change| (change.name.as_str(), change.about.join(" "), change.refused)).collect();
    let name = "CreateUser";
    assert_eq!(
        found,
        [(name, "alice".to_owned(), true), (name, "alice".to_owned(), false)],
        "changes since then, and no reads"
    );
    let by = changed_by(&value, since, "AKIAANOTHER");
    assert_eq!(by[0].who, "arn:aws:iam::123456789012:root");
    assert_eq!((by.len(), by[0].what.join(";")), (1, "CreateUser (alice)".to_owned()));
    assert_eq!(changed_by(&value, since, &value[0].key), [], "one's own");
}
