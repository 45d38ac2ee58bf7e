//! The credential report, the organization's features, holders of a policy, customer policies, trails: calls and answers.

use lockroot::account::facts::*;
use lockroot::account::*;

use super::endpoint::{Script, connected, root};

const GET: &str = "iam:GetCredentialReport";
const GENERATE: &str = "iam:GenerateCredentialReport";
const DATE: &str = "2023-11-14T20:13:20Z";

/// `user,mfa_active\nalice,true`
const REPORT: &str = "<Content>dXNlcixtZmFfYWN0aXZlCmFsaWNlLHRydWU=</Content><ReportFormat>text/csv</ReportFormat>";

fn report() -> String {
    format!("{REPORT}<GeneratedTime>{DATE}</GeneratedTime>")
}

/// The answer and its calls.
async fn read(script: Script, question: &Question) -> (Fact, Vec<String>) {
    let (aws, script) = connected(script);
    let fact = aws.read(question).await;
    let actions: Vec<String> = script.asked().into_iter().map(|asked| asked.action).collect();
    assert!(
        actions.iter().all(|action| question.actions().contains(&action.as_str())),
        "{question:?} asked {actions:?}"
    );
    (fact, actions)
}

fn known(fact: Fact) -> CredentialReport {
    let Fact::CredentialReport(Reading::Known { value, .. }) = fact else { panic!("{fact:?}") };
    value
}

const SELECTORS: &str = "cloudtrail:GetEventSelectors";
const ALL_EVENTS: &str = r#"{"EventSelectors":[{"ReadWriteType":"All","IncludeManagementEvents":true}]}"#;

#[tokio::test(start_paused = true)]
async fn an_existing_report_takes_one_call() {
    let (fact, asked) = read(root().result(GET, &report()), &Question::CredentialReport).await;
    assert_eq!(asked, [GET]);
    let report = known(fact);
    assert_eq!(report.csv, "user,mfa_active\nalice,true");
    assert_eq!(report.generated.unwrap().unix_timestamp(), super::endpoint::NOW - 7200, "two hours old, and used");
    assert_eq!(report.user("alice").unwrap().mfa, Field::Value(true));
}

#[tokio::test(start_paused = true)]
async fn a_missing_report_is_generated_and_awaited() {
    for code in ["ReportNotPresent", "ReportExpired"] {
        let script = root()
            .error(GET, 410, code, "none")
            .result(GENERATE, "<State>STARTED</State>")
            .error(GET, 404, "ReportInProgress", "soon")
            .error(GET, 404, "ReportInProgress", "soon")
            .result(GET, &report());
        let (fact, asked) = read(script, &Question::CredentialReport).await;
        assert_eq!(asked, [GET, GENERATE, GET, GET, GET], "{code}");
        assert_eq!(known(fact).rows.len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_fresh_report_is_generated_first() {
    let script = root().result(GENERATE, "<State>COMPLETE</State>").result(GET, &report());
    let (fact, asked) = read(script, &Question::FreshCredentialReport).await;
    assert_eq!(asked, [GENERATE, GET]);
    assert_eq!(known(fact).rows.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_report_that_never_comes_is_a_failure() {
    let script = root().result(GENERATE, "<State>STARTED</State>").error(GET, 404, "ReportInProgress", "soon");
    let start = tokio::time::Instant::now();
    let (fact, _) = read(script, &Question::CredentialReport).await;
    assert_eq!(fact.failure().map(|failure| failure.fault), Some(Fault::Busy), "{fact:?}");
    assert!(start.elapsed() < std::time::Duration::from_secs(60));
}

#[tokio::test(start_paused = true)]
async fn a_missing_permission_for_the_report_is_named() {
    let script = root().error(GET, 403, "AccessDenied", "no");
    let (fact, asked) = read(script, &Question::CredentialReport).await;
    assert_eq!((fact.failure().unwrap().fault, asked.len()), (Fault::AccessDenied, 1));
    let script = root().error(GET, 410, "ReportNotPresent", "none").error(GENERATE, 403, "AccessDenied", "no");
    let (fact, _) = read(script, &Question::CredentialReport).await;
    assert_eq!(fact.failure().unwrap().action, GENERATE);
}

#[tokio::test(start_paused = true)]
async fn a_report_without_its_columns_is_unreadable() {
    // `hello`
    let script = root().result(GET, "<Content>aGVsbG8=</Content>");
    let (fact, _) = read(script, &Question::CredentialReport).await;
    assert_eq!(fact.failure().map(|failure| failure.fault), Some(Fault::Unreadable), "{fact:?}");
}

#[tokio::test(start_paused = true)]
async fn a_missing_organization_is_no_failure() {
    const LIST: &str = "iam:ListOrganizationsFeatures";
    for (code, expected) in [
        ("OrganizationNotFoundException", CentralRoot::NoOrganization),
        ("AccountNotManagementOrDelegatedAdministratorException", CentralRoot::Member),
        ("ServiceAccessNotEnabledException", CentralRoot::NoTrustedAccess),
        ("OrganizationNotInAllFeaturesModeException", CentralRoot::NotAllFeatures),
    ] {
        let (fact, _) = read(root().error(LIST, 400, code, "no"), &Question::OrganizationsFeatures).await;
        let Fact::OrganizationsFeatures(Reading::Known { value, .. }) = fact else { panic!("{code}: {fact:?}") };
        assert_eq!(value, expected);
    }
    let features = "<OrganizationId>o-1</OrganizationId><EnabledFeatures><member>RootCredentialsManagement</member></EnabledFeatures>";
    let (fact, _) = read(root().result(LIST, features), &Question::OrganizationsFeatures).await;
    let Fact::OrganizationsFeatures(Reading::Known { value, .. }) = fact else { panic!("{fact:?}") };
    assert_eq!(value, CentralRoot::Features { credentials: true, sessions: false });
    let (fact, _) = read(root().error(LIST, 403, "AccessDenied", "no"), &Question::OrganizationsFeatures).await;
    assert_eq!(fact.failure().map(|failure| failure.fault), Some(Fault::AccessDenied));
}

#[tokio::test(start_paused = true)]
async fn holders_of_the_support_policy_are_read_from_every_page() {
    const LIST: &str = "iam:ListEntitiesForPolicy";
    let first = "<PolicyGroups><member><GroupName>Desk</GroupName></member></PolicyGroups><PolicyUsers/><PolicyRoles/><IsTruncated>true</IsTruncated><Marker>m</Marker>";
    let second = "<PolicyGroups/><PolicyUsers/><PolicyRoles><member><RoleName>Incidents</RoleName></member></PolicyRoles><IsTruncated>false</IsTruncated>";
    let (aws, script) = connected(root().result(LIST, first).result(LIST, second));
    let Fact::SupportRole(Reading::Known { value, .. }) = aws.read(&Question::SupportRole).await else { panic!() };
    assert_eq!(value.words(), "role Incidents, group Desk");
    assert_eq!(script.asked()[0].parameters["PolicyArn"], "arn:aws:iam::aws:policy/AWSSupportAccess");
}

#[tokio::test(start_paused = true)]
async fn customer_policies_are_read_with_the_users_in_their_default_version() {
    const DETAILS: &str = "iam:GetAccountAuthorizationDetails";
    let document = "%7B%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22%2A%22%2C%22Resource%22%3A%22%2A%22%7D%7D";
    let version = |document: &str, in_force: bool| {
        format!("<member><Document>{document}</Document><IsDefaultVersion>{in_force}</IsDefaultVersion></member>")
    };
    let policy = |name: &str, versions: String| {
        format!(
            "<member><PolicyName>{name}</PolicyName><Arn>arn:aws:iam::123456789012:policy/{name}</Arn><AttachmentCount>3</AttachmentCount><PolicyVersionList>{versions}</PolicyVersionList></member>"
        )
    };
    let harmless = "%7B%22Statement%22%3A%5B%5D%7D";
    let all = [
        policy("all", version(harmless, false) + &version(document, true)),
        policy("none", version(document, false) + &version(harmless, true)),
        policy("unsent", String::new()),
    ];
    let script =
        root().result(DETAILS, &format!("<UserDetailList/><GroupDetailList/><RoleDetailList/><Policies>{}</Policies><IsTruncated>false</IsTruncated>", all.concat()));
    let (aws, script) = connected(script);
    let Fact::People(Reading::Known { value: people, .. }) = aws.read(&Question::People).await else { panic!() };
    let found: Vec<_> =
        people.policies.iter().map(|policy| (policy.name.as_str(), policy.full_admin.clone())).collect();
    assert_eq!(found[..2], [("all", FullAdmin::Yes), ("none", FullAdmin::No)]);
    assert!(matches!(found[2].1, FullAdmin::Unclear(_)));
    assert_eq!(people.policies[0].attachments, Some(3));
    assert_eq!(script.count(DETAILS), 1, "no call for each policy");
    assert!(script.asked()[0].parameters.values().any(|value| value == "LocalManagedPolicy"));
}

#[tokio::test(start_paused = true)]
async fn the_state_of_relevant_trails_is_read() {
    const DESCRIBE: &str = "cloudtrail:DescribeTrails";
    const STATUS: &str = "cloudtrail:GetTrailStatus";
    let trails = r#"{"trailList":[{"Name":"all","TrailARN":"arn:aws:cloudtrail:eu-west-1:123456789012:trail/all","IsMultiRegionTrail":true,"LogFileValidationEnabled":true},{"Name":"one","TrailARN":"arn:aws:cloudtrail:us-east-1:123456789012:trail/one","IsMultiRegionTrail":false,"LogFileValidationEnabled":false,"HomeRegion":"eu-west-1"}]}"#;
    let script =
        root().json(DESCRIBE, 200, trails).json(STATUS, 200, r#"{"IsLogging":true}"#).json(SELECTORS, 200, ALL_EVENTS);
    let (aws, script) = connected(script);
    let Fact::Trails(Reading::Known { value, .. }) = aws.read(&Question::Trails).await else { panic!() };
    let states: Vec<_> = value.iter().map(|trail| (trail.multi_region, trail.validation, trail.logging)).collect();
    assert_eq!(states, [(true, true, Some(true)), (false, false, None)]);
    assert_eq!(script.count(STATUS), 1);
    let asked = script.asked();
    let status = asked.iter().find(|asked| asked.action == STATUS).unwrap();
    assert!(status.parameters["Name"].contains(":trail/all"), "by its ARN, whatever its home Region");
}

#[tokio::test(start_paused = true)]
async fn a_single_region_trail_at_home_is_read_because_it_records_root_sign_ins() {
    const STATUS: &str = "cloudtrail:GetTrailStatus";
    let trail = |name: &str, region: &str| {
        format!(
            r#"{{"Name":"{name}","HomeRegion":"{region}","TrailARN":"arn:aws:cloudtrail:{region}:123456789012:trail/{name}","IsMultiRegionTrail":false,"LogFileValidationEnabled":false}}"#
        )
    };
    let trails = format!(r#"{{"trailList":[{},{}]}}"#, trail("home", "us-east-1"), trail("away", "eu-west-1"));
    let script = root()
        .json("cloudtrail:DescribeTrails", 200, &trails)
        .json(STATUS, 200, r#"{"IsLogging":true}"#)
        .json(SELECTORS, 200, ALL_EVENTS);
    let (aws, script) = connected(script);
    let Fact::Trails(Reading::Known { value, .. }) = aws.read(&Question::Trails).await else { panic!() };
    let states: Vec<_> = value.iter().map(|trail| (trail.records_home, trail.logging)).collect();
    assert_eq!(states, [(true, Some(true)), (false, None)]);
    assert_eq!(script.count(STATUS), 1);
}

#[tokio::test(start_paused = true)]
async fn a_trail_records_what_its_classic_or_advanced_selectors_select() {
    let trail = r#"{"trailList":[{"TrailARN":"arn:aws:cloudtrail:eu-west-1:123456789012:trail/all","IsMultiRegionTrail":true,"LogFileValidationEnabled":true}]}"#;
    let advanced = |more: &str| {
        format!(
            r#"{{"AdvancedEventSelectors":[{{"FieldSelectors":[{{"Field":"eventCategory","Equals":["Management"]}}{more}]}}]}}"#
        )
    };
    let classic = |kind: &str| ALL_EVENTS.replace(r#""All""#, &format!("\"{kind}\""));
    for (selectors, reads, writes) in [
        (classic("ReadOnly"), true, false),
        (classic("WriteOnly"), false, true),
        (advanced(r#",{"Field":"readOnly","Equals":["false"]}"#), false, true),
        (advanced(r#",{"Field":"readOnly","NotEquals":["false"]}"#), true, false),
        (advanced(r#",{"Field":"readOnly","StartsWith":["f"]}"#), false, false),
        (advanced(""), true, true),
    ] {
        let script = root().json("cloudtrail:DescribeTrails", 200, trail);
        let script = script.json("cloudtrail:GetTrailStatus", 200, r#"{"IsLogging":true}"#);
        let (fact, _) = read(script.json(SELECTORS, 200, &selectors), &Question::Trails).await;
        let Fact::Trails(Reading::Known { value, .. }) = fact else { panic!("{fact:?}") };
        let events = value[0].management.known().unwrap();
        assert_eq!((events.reads, events.writes), (reads, writes), "{selectors}");
    }
}

#[tokio::test(start_paused = true)]
async fn root_activity_is_read_page_by_page_by_user_name() {
    const LOOKUP: &str = "cloudtrail:LookupEvents";
    let events = r#"{"Events":[{"EventName":"ConsoleLogin","EventTime":1699999000,"CloudTrailEvent":"{\"eventType\":\"AwsConsoleSignIn\"}"}],"NextToken":"more"}"#;
    let last = r#"{"Events":[]}"#;
    let (aws, script) = connected(root().json(LOOKUP, 200, events).json(LOOKUP, 200, last));
    let Fact::RootActivity(Reading::Known { value, .. }) = aws.read(&Question::RootActivity).await else { panic!() };
    assert_eq!((value.events[0].name.as_str(), value.events[0].kind.as_str()), ("ConsoleLogin", "AwsConsoleSignIn"));
    assert_eq!(script.count(LOOKUP), 2);
    let asked = script.asked();
    let asked = &asked.iter().find(|asked| asked.action == LOOKUP).unwrap().parameters;
    assert!(asked["LookupAttributes"].contains("Username") && asked["LookupAttributes"].contains("root"), "{asked:?}");
}

#[tokio::test(start_paused = true)]
async fn lockroots_own_calls_are_only_counted_and_others_keep_their_key_and_mfa() {
    const LOOKUP: &str = "cloudtrail:LookupEvents";
    let event = |record: &str| {
        let record = record.replace('"', "\\\"");
        format!(r#"{{"EventName":"ListUsers","EventTime":1699999000,"CloudTrailEvent":"{record}"}}"#)
    };
    let (aws, _) = connected(root());
    let Fact::Caller(Reading::Known { value: caller, .. }) = aws.read(&Question::Caller).await else { panic!() };
    let own = event(&format!(
        r#"{{"userAgent":"sdk app/lockroot","userIdentity":{{"accessKeyId":"{}"}}}}"#,
        caller.credential.access_key_id
    ));
    let full = format!(r#"{{"Events":[{}],"NextToken":"more"}}"#, vec![own; 50].join(","));
    let others = [
        event(
            r#"{"userIdentity":{"accessKeyId":"AKIAOTHER","sessionContext":{"attributes":{"mfaAuthenticated":"true"}}}}"#,
        ),
        event(r#"{"additionalEventData":{"MFAUsed":"No"}}"#),
        event("{}").replace("\"EventTime\"", "\"AccessKeyId\":\"AKIALISTED\",\"EventTime\""),
    ];
    let last = format!(r#"{{"Events":[{}]}}"#, others.join(","));
    let again = full.replace("more", "again");
    let (aws, script) = connected(root().json(LOOKUP, 200, &full).json(LOOKUP, 200, &again).json(LOOKUP, 200, &last));
    let Fact::RootActivity(Reading::Known { value, .. }) = aws.read(&Question::RootActivity).await else { panic!() };
    assert_eq!((script.count(LOOKUP), value.own, value.read_back_to), (3, 100, None));
    let told: Vec<_> = value.events.iter().map(|event| (event.key.as_str(), event.mfa)).collect();
    assert_eq!(told, [("AKIAOTHER", Some(true)), ("", Some(false)), ("AKIALISTED", None)]);
}

#[tokio::test(start_paused = true)]
async fn server_certificates_are_read_from_every_page_and_need_a_name() {
    const LIST: &str = "iam:ListServerCertificates";
    let one = |inside: &str| {
        format!("<ServerCertificateMetadataList><member>{inside}</member></ServerCertificateMetadataList>")
    };
    let first = one("<ServerCertificateName>old</ServerCertificateName><Expiration>2023-11-14T20:13:20Z</Expiration>")
        + "<IsTruncated>true</IsTruncated><Marker>m</Marker>";
    let second = one("<ServerCertificateName>new</ServerCertificateName>") + "<IsTruncated>false</IsTruncated>";
    let (fact, asked) = read(root().result(LIST, &first).result(LIST, &second), &Question::ServerCertificates).await;
    assert_eq!(asked, [LIST, LIST]);
    let Fact::ServerCertificates(Reading::Known { value, .. }) = fact else { panic!("{fact:?}") };
    let names: Vec<(&str, bool)> = value.iter().map(|one| (one.name.as_str(), one.expires.is_some())).collect();
    assert_eq!(names, [("old", true), ("new", false)]);
    let nameless = one("<Path>/</Path>");
    let (fact, _) = read(root().result(LIST, &nameless), &Question::ServerCertificates).await;
    assert_eq!(fact.failure().map(|failure| failure.fault), Some(Fault::Unreadable), "{fact:?}");
}

#[tokio::test(start_paused = true)]
async fn service_credentials_of_all_users_are_read_page_by_page() {
    const LIST: &str = "iam:ListServiceSpecificCredentials";
    let one = |user: &str, rest: &str| {
        format!(
            "<member><UserName>{user}</UserName><Status>Active</Status><CreateDate>{DATE}</CreateDate><ServiceSpecificCredentialId>ACCAEXAMPLE</ServiceSpecificCredentialId><ServiceName>bedrock.amazonaws.com</ServiceName>{rest}</member>"
        )
    };
    let page =
        |inside: &str, more: &str| format!("<ServiceSpecificCredentials>{inside}</ServiceSpecificCredentials>{more}");
    let first = page(&one("alice", ""), "<IsTruncated>true</IsTruncated><Marker>m</Marker>");
    let ends = format!("<ExpirationDate>{DATE}</ExpirationDate>");
    let second = page(&one("bob", &ends), "<IsTruncated>false</IsTruncated>");
    let (aws, script) = connected(root().result(LIST, &first).result(LIST, &second));
    let fact = aws.read(&Question::ServiceCredentials).await;
    let Fact::ServiceCredentials(Reading::Known { value, .. }) = fact else { panic!("{fact:?}") };
    let found: Vec<(&str, bool)> = value.iter().map(|one| (one.user.as_str(), one.expires.is_some())).collect();
    assert_eq!(found, [("alice", false), ("bob", true)]);
    let asked = script.asked();
    assert_eq!(asked[0].parameters["AllUsers"], "true");
    assert_eq!(asked[1].parameters["Marker"], "m");

    let (fact, _) = read(root().result(LIST, "<IsTruncated>false</IsTruncated>"), &Question::ServiceCredentials).await;
    assert_eq!(
        fact.failure().map(|failure| failure.fault),
        Some(Fault::Unreadable),
        "an absent list is not an empty one"
    );
    let nobodys = page("<member><Status>Active</Status></member>", "");
    let (fact, _) = read(root().result(LIST, &nobodys), &Question::ServiceCredentials).await;
    assert_eq!(fact.failure().map(|failure| failure.fault), Some(Fault::Unreadable), "{fact:?}");
}

/// The results of `question` with a complete answer, and with each of `members` missing.
async fn lacking(question: &Question, script: impl Fn(&str) -> Script, whole: &str, members: &[&str]) {
    let (fact, _) = read(script(whole), question).await;
    assert!(fact.failure().is_none(), "{fact:?}");
    for member in members {
        assert_eq!(whole.matches(&format!("\"{member}\":")).count(), 1, "{member} in {whole}");
        let (fact, _) = read(script(&whole.replace(&format!("\"{member}\":"), "\"Other\":")), question).await;
        let said = fact.failure().map(|failure| (failure.fault, failure.message.clone()));
        assert_eq!(said, Some((Fault::Unreadable, format!("the answer has no {member}"))), "{fact:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_field_that_a_trail_lacks_is_unknown() {
    const STATUS: &str = "cloudtrail:GetTrailStatus";
    let trail = r#"{"trailList":[{"Name":"one","TrailARN":"arn:aws:cloudtrail:us-east-1:123456789012:trail/one","IsMultiRegionTrail":false,"LogFileValidationEnabled":true,"HomeRegion":"us-east-1"}]}"#;
    let script = |trails: &str| {
        let script = root().json("cloudtrail:DescribeTrails", 200, trails);
        script.json(STATUS, 200, r#"{"IsLogging":true}"#).json(SELECTORS, 200, ALL_EVENTS)
    };
    let selectors = |selectors: &str| {
        let script = root().json("cloudtrail:DescribeTrails", 200, trail).json(STATUS, 200, r#"{"IsLogging":true}"#);
        script.json(SELECTORS, 200, selectors)
    };
    for member in ["IncludeManagementEvents", "ReadWriteType"] {
        let other = ALL_EVENTS.replace(&format!("\"{member}\":"), "\"Other\":");
        for (text, is_known) in [(ALL_EVENTS, true), (other.as_str(), false)] {
            let (fact, _) = read(selectors(text), &Question::Trails).await;
            let Fact::Trails(Reading::Known { value, .. }) = fact else { panic!("{fact:?}") };
            assert_eq!(value[0].management.known().is_some(), is_known, "{member}");
        }
    }
    let members = ["TrailARN", "IsMultiRegionTrail", "LogFileValidationEnabled", "HomeRegion"];
    lacking(&Question::Trails, script, trail, &members).await;
    let alarms = |trails: &str| root().json("cloudtrail:DescribeTrails", 200, trails);
    lacking(&Question::LogAlarms, alarms, trail, &["IsMultiRegionTrail"]).await;
}

#[tokio::test(start_paused = true)]
async fn an_event_without_a_time_is_a_failure() {
    let events = r#"{"Events":[{"EventName":"ConsoleLogin","EventTime":1699999000}]}"#;
    let script = |events: &str| root().json("cloudtrail:LookupEvents", 200, events);
    lacking(&Question::RootActivity, script, events, &["EventTime"]).await;
}

#[tokio::test(start_paused = true)]
async fn an_incomplete_answer_does_not_count_as_empty() {
    let people = |inside: String| {
        let all = "<UserDetailList/><GroupDetailList/><RoleDetailList/><Policies/><IsTruncated>false</IsTruncated>";
        let name = inside.split_once('>').map(|(name, _)| name[1..].to_owned()).unwrap_or_default();
        let whole = all.replace(&format!("<{name}/>"), &inside);
        root().result("iam:GetAccountAuthorizationDetails", &whole)
    };
    let attached = "<AttachedManagedPolicies/>";
    for (list, name, needed) in [
        ("UserDetailList", "<UserName>u</UserName>", vec!["<GroupList/>", attached]),
        ("GroupDetailList", "<GroupName>g</GroupName>", vec![attached]),
        ("RoleDetailList", "<RoleName>r</RoleName>", vec!["<Path>/</Path>", attached]),
        ("Policies", "<PolicyName>p</PolicyName>", vec!["<Arn>arn:aws:iam::123456789012:policy/p</Arn>"]),
        (
            "GroupDetailList",
            "<GroupName>g</GroupName><AttachedManagedPolicies/>",
            vec!["<GroupPolicyList><member><PolicyName>p</PolicyName></member></GroupPolicyList>"],
        ),
    ] {
        let with = |parts: &str| people(format!("<{list}><member>{name}{parts}</member></{list}>"));
        let (fact, _) = read(with(&needed.concat()), &Question::People).await;
        assert!(fact.failure().is_none(), "{list}: {fact:?}");
        for part in &needed {
            let without = match part.contains("PolicyList") {
                true => needed.concat().replace("<PolicyName>p</PolicyName>", ""),
                false => needed.concat().replace(part, ""),
            };
            let (fact, _) = read(with(&without), &Question::People).await;
            assert_eq!(fact.failure().map(|failure| failure.fault), Some(Fault::Unreadable), "{list} without {part}");
        }
    }
}
