//! Failures: their kinds, retries, and which may have happened.

use lockroot::account::*;
use lockroot::secret::Secret;

use super::endpoint::{Canned, Script, alice, connected, error};

const READ: &str = "iam:GetAccountSummary";
const CHANGE: &str = "iam:CreateUser";
const SUMMARY: &str = "<SummaryMap><entry><key>Users</key><value>1</value></entry></SummaryMap>";
const USER: &str = "<User><Path>/</Path><UserName>a</UserName><UserId>1</UserId><Arn>a</Arn><CreateDate>2023-11-14T22:13:20Z</CreateDate></User>";

fn page(status: u16) -> Canned {
    Canned::Answer(status, "text/html", "<!DOCTYPE html><html>Sign in to the hotel's wifi</html>".into())
}

/// The result of a read, and the number of its requests.
async fn read(script: Script) -> (Reading<facts::Summary>, usize) {
    let (aws, script) = connected(script);
    let Fact::Summary(reading) = aws.read(&Question::Summary).await else { panic!() };
    (reading, script.count(READ))
}

/// The result of creating a user, and the number of its requests.
async fn create(script: Script) -> (Result<Outcome, Failure>, usize) {
    let (aws, script) = connected(script);
    let result = aws.apply(&Change::CreateUser { user: "a".into(), tags: Vec::new() }).await;
    (result, script.count(CHANGE))
}

#[tokio::test(start_paused = true)]
async fn a_throttled_read_and_a_throttled_change_are_repeated() {
    let throttled = || error(400, "Throttling", "Rate exceeded");
    let (reading, requests) = read(Script::default().then(READ, throttled()).result(READ, SUMMARY)).await;
    assert!(reading.known().is_some(), "{reading:?}");
    assert_eq!(requests, 2);
    let (result, requests) = create(Script::default().then(CHANGE, throttled()).result(CHANGE, USER)).await;
    assert_eq!((result, requests), (Ok(Outcome::Done), 2));
    let (result, requests) = create(Script::default().then(CHANGE, throttled())).await;
    let failure = result.unwrap_err();
    assert_eq!((failure.fault, failure.may_have_happened, requests), (Fault::Throttled, false, 4));
}

#[tokio::test(start_paused = true)]
async fn a_read_is_repeated_after_every_transient_failure() {
    for canned in [Canned::Reset, Canned::Silence, error(500, "ServiceFailure", "oops"), page(503)] {
        let (reading, requests) = read(Script::default().then(READ, canned.clone()).result(READ, SUMMARY)).await;
        assert!(reading.known().is_some(), "{canned:?}: {reading:?}");
        assert_eq!(requests, 2, "{canned:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_change_that_may_have_happened_is_not_repeated() {
    let cases = [
        (Canned::Silence, Fault::TimedOut),
        (Canned::Reset, Fault::Broken),
        (error(500, "ServiceFailure", "oops"), Fault::Server),
        (error(503, "ServiceUnavailable", "oops"), Fault::Server),
        (page(200), Fault::Unreadable),
        (page(502), Fault::Unreadable),
        (Canned::Answer(200, "text/xml", "<CreateUserResponse><CreateUs".into()), Fault::Unreadable),
    ];
    for (canned, fault) in cases {
        // A repeated call would get the second answer, which is a success.
        let (result, requests) = create(Script::default().then(CHANGE, canned.clone()).result(CHANGE, USER)).await;
        let failure = result.expect_err("repeated");
        assert_eq!((failure.fault, failure.may_have_happened, requests), (fault, true, 1), "{canned:?} {failure}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_failed_read_is_never_marked_as_may_have_happened() {
    for canned in [Canned::Silence, Canned::Reset, page(200), error(500, "ServiceFailure", "oops")] {
        let (reading, _) = read(Script::default().then(READ, canned)).await;
        assert!(reading.failure().is_some_and(|failure| !failure.may_have_happened), "{reading:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_change_keeps_awss_message_code_and_request_id() {
    let cases = [
        (403, "AccessDenied", Fault::AccessDenied),
        (403, "ExpiredToken", Fault::ExpiredSession),
        (403, "InvalidClientTokenId", Fault::UnknownKey),
        (403, "SignatureDoesNotMatch", Fault::BadSignature),
        (404, "NoSuchEntity", Fault::Absent),
        (409, "EntityAlreadyExists", Fault::Exists),
        (409, "LimitExceeded", Fault::Limit),
        (409, "ConcurrentModification", Fault::Busy),
        (400, "ValidationError", Fault::Invalid),
        (418, "SomethingNew", Fault::Other),
    ];
    for (status, code, fault) in cases {
        let (result, requests) = create(Script::default().error(CHANGE, status, code, "AWS's own words")).await;
        let expected = Failure {
            code: Some(code.into()),
            request_id: Some("r-1".into()),
            ..Failure::new(fault, CHANGE, "AWS's own words")
        };
        assert_eq!((result, requests), (Err(expected), 1));
    }
}

#[tokio::test(start_paused = true)]
async fn a_web_page_instead_of_an_answer_is_named_and_not_shown() {
    for status in [200, 403, 502] {
        let (result, _) = create(alice().then(CHANGE, page(status))).await;
        let said = result.unwrap_err().message;
        assert_eq!(said, format!("HTTP {status} came with a web page instead of an answer"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_failure_is_one_plain_line_without_sdk_wrappers() {
    for canned in [Canned::Silence, Canned::Reset, page(200), error(400, "X", "y")] {
        let (result, _) = create(Script::default().then(CHANGE, canned)).await;
        let said = result.unwrap_err().message;
        for junk in ["\n", "SdkError", "dispatch failure", "ConnectorError", "{ ", "Some("] {
            assert!(!said.contains(junk), "{said}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn no_failure_contains_a_password() {
    for canned in [Canned::Silence, Canned::Reset, page(200), error(400, "PasswordPolicyViolation", "too short")] {
        let (aws, _) = connected(Script::default().then("iam:CreateLoginProfile", canned));
        let change =
            Change::CreateLoginProfile { user: "a".into(), password: Secret::new("hunter2"), reset_required: true };
        let failure = aws.apply(&change).await.unwrap_err();
        assert!(!format!("{failure:?}{failure}{aws:?}").contains("hunter2"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_change_counts_as_made_only_with_its_own_answer() {
    let whole = "<DeleteAccessKeyResponse></DeleteAccessKeyResponse>";
    let answers = [
        page(200),
        Canned::Answer(200, "text/xml", String::new()),
        Canned::Answer(200, "application/json", "{}".into()),
        Canned::Answer(200, "text/xml", "<CreateUserResponse></CreateUserResponse>".into()),
        Canned::Answer(200, "text/xml", whole[..whole.len() - 5].into()),
    ];
    let change = Change::DeleteKey { owner: Subject::User("a".into()), key: "AKIA1".into() };
    for canned in answers {
        let (aws, script) = connected(Script::default().then("iam:DeleteAccessKey", canned.clone()));
        let failure = aws.apply(&change).await.expect_err("made");
        assert_eq!((failure.fault, failure.may_have_happened), (Fault::Unreadable, true), "{canned:?} {failure}");
        assert_eq!(script.count("iam:DeleteAccessKey"), 1, "{canned:?}");
    }
    let answer = Canned::Answer(200, "text/xml", whole.into());
    let (aws, _) = connected(Script::default().then("iam:DeleteAccessKey", answer));
    assert_eq!(aws.apply(&change).await, Ok(Outcome::Done));
}
