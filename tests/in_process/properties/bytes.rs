//! Any bytes get an answer or a closed connection, and the account keeps working.

use http::Request;
use lockroot::wire::EndpointReply;
use proptest::prelude::*;
use proptest::sample::select;

use super::client::{send, signed};
use super::{Account, document};
use crate::support::cases;

/// A header value, of a kind that the account reads or of no kind.
fn any_value() -> impl Strategy<Value = Vec<u8>> {
    let scope = "AWS4-HMAC-SHA256 Credential=[A-Z0-9/]{0,40}(/2026[0-9]{4})?/us-east-1/(iam|sts|account|s3|)/aws4_request, \
                 SignedHeaders=[a-z;-]{0,40}, Signature=[0-9a-f]{0,64}";
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        scope.prop_map(String::into_bytes),
        "2026[0-9]{4}T[0-9]{6}Z".prop_map(String::into_bytes),
    ]
}

fn any_headers() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    let known = select(&["authorization", "x-amz-date", "x-amz-security-token", "host", "content-type", "date"][..]);
    let name = prop_oneof![3 => known.prop_map(str::to_owned), 1 => "[a-z][a-z0-9-]{0,20}"];
    prop::collection::vec((name, any_value()), 0..8)
}

/// A form body with a known action, mostly known parameters, and any values.
fn any_form() -> impl Strategy<Value = Vec<u8>> {
    let action = select(
        &[
            "CreateUser",
            "CreateGroup",
            "ListUsers",
            "GetUser",
            "EnableMFADevice",
            "CreateVirtualMFADevice",
            "UpdateAccountPasswordPolicy",
            "PutUserPolicy",
            "CreateAccessKey",
            "GetAccountAuthorizationDetails",
            "TagUser",
            "CreateAccountAlias",
            "GetCallerIdentity",
        ][..],
    );
    let known = select(
        &[
            "UserName",
            "GroupName",
            "Path",
            "Marker",
            "MaxItems",
            "SerialNumber",
            "AuthenticationCode1",
            "AuthenticationCode2",
            "PolicyName",
            "PolicyDocument",
            "MinimumPasswordLength",
            "VirtualMFADeviceName",
            "AccountAlias",
            "Tags.member.1.Key",
            "Tags.member.1.Value",
        ][..],
    );
    let name = prop_oneof![9 => known.prop_map(str::to_owned), 1 => any::<String>()];
    let value = prop_oneof![any::<String>(), "[\\PC]{0,30}", "[0-9]{1,20}", "[a-z]{1,70}", Just(String::new())];
    (action, prop::collection::vec((name, value), 0..8)).prop_map(|(action, pairs)| {
        let mut form = form_urlencoded::Serializer::new(format!("Action={action}&Version=2010-05-08"));
        form.extend_pairs(pairs).finish().into_bytes()
    })
}

/// Asserts an answer with a request id that matches its content type, or a closed connection.
fn assert_answered(reply: EndpointReply) -> Result<(), TestCaseError> {
    let EndpointReply::Answer(response) = reply else { return Ok(()) };
    let status = response.status().as_u16();
    prop_assert!(status == 200 || (400..500).contains(&status), "{}", status);
    prop_assert!(!response.headers()["x-amzn-requestid"].is_empty());
    let content = response.headers()["content-type"].to_str().unwrap().to_owned();
    let body = String::from_utf8(response.into_body()).unwrap();
    match content.as_str() {
        "text/xml" => prop_assert_eq!(document::check(&body), Ok(()), "{}", body),
        _ => prop_assert!(body.is_empty() || serde_json::from_str::<serde_json::Value>(&body).is_ok(), "{}", body),
    }
    Ok(())
}

fn assert_account_still_works(account: &mut Account) -> Result<(), TestCaseError> {
    let caller = account.call("GetCallerIdentity", &[]);
    prop_assert_eq!(caller.text("Account"), "123456789012");
    Ok(())
}

/// Answers a request as `tests/corpus/request` writes them: service, path and, if it has one, target; then the body.
fn answered(text: &str) -> EndpointReply {
    let (head, body) = text.split_once('\n').unwrap_or_default();
    let mut words = head.split(' ');
    let one_of = |word: Option<&str>, known: &[&'static str]| {
        known.iter().find(|known| word == Some(known)).copied().unwrap_or(known[0])
    };
    let service = one_of(words.next(), &["iam", "sts", "account", "cloudtrail"]);
    let path = one_of(words.next(), &["/", "/putAlternateContact", "/listRegions"]);
    let account = Account::open();
    let mut request = signed(&account.clock, &account.root, service, path, body.as_bytes().to_vec());
    if let Some(Ok(target)) = words.next().map(http::HeaderValue::from_str) {
        request.headers_mut().insert("x-amz-target", target);
    }
    send(&account.practice, request)
}

/// Asserts that a request of the corpus, changed or not, is answered.
pub fn request(text: &str) {
    assert_answered(answered(text)).unwrap_or_else(|error| panic!("{error}: {text:?}"));
}

#[test]
fn the_account_fulfils_every_request_of_the_corpus() {
    for seed in super::parsers::seeds("request") {
        let EndpointReply::Answer(response) = answered(&seed) else { panic!("no answer: {seed}") };
        assert_eq!(response.status(), 200, "{seed}: {}", String::from_utf8_lossy(response.body()));
    }
}

proptest! {
    #![proptest_config(cases::property(50, 150))]

    #[test]
    fn random_bytes_and_headers_are_answered(
        method in select(&["GET", "POST", "PUT", "HEAD", "BREW"][..]),
        path in "/[a-zA-Z0-9%/?&=+._~-]{0,60}",
        headers in any_headers(),
        body in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let mut account = Account::open();
        let request = Request::builder().method(method).uri(format!("http://127.0.0.1{path}"));
        let mut request = request.body(body).unwrap();
        for (name, value) in headers {
            // An invalid header never arrives.
            let name: Result<http::HeaderName, _> = name.parse();
            if let (Ok(name), Ok(value)) = (name, http::HeaderValue::from_bytes(&value)) {
                request.headers_mut().append(name, value);
            }
        }
        assert_answered(send(&account.practice, request))?;
        assert_account_still_works(&mut account)?;
    }

    #[test]
    fn random_bytes_under_a_good_signature_are_answered(
        service in select(&["iam", "sts", "account", "cloudtrail", "s3"][..]),
        path in select(&["/", "/putAlternateContact", "/getAlternateContact", "/nothing"][..]),
        body in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..400),
            any_form(),
            "\\{(\"AlternateContactType\": ?\"(BILLING|x)\",? ?)?\"Name\": ?\"\\PC{0,70}\"\\}".prop_map(String::into_bytes),
        ],
    ) {
        let mut account = Account::open();
        let request = signed(&account.clock, &account.root, service, path, body);
        assert_answered(send(&account.practice, request))?;
        assert_account_still_works(&mut account)?;
    }

    #[test]
    fn any_values_of_parameters_are_answered(forms in prop::collection::vec(any_form(), 1..6)) {
        let mut account = Account::open();
        for form in forms {
            let request = signed(&account.clock, &account.root, "iam", "/", form);
            assert_answered(send(&account.practice, request))?;
        }
        account.call("GetAccountAuthorizationDetails", &[]);
        account.call("ListUsers", &[]);
        assert_account_still_works(&mut account)?;
    }
}
