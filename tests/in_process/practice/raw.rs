//! Requests that no SDK client makes, signed by hand (SigV4).

use hmac::{Hmac, KeyInit, Mac};
use lockroot::wire::{Endpoint, EndpointReply};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::*;

const TARGET: &str = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101";

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn signature(keys: &SigningKeys, moment: &str, scope: [&str; 3], canonical: &str) -> String {
    let [date, region, service] = scope;
    let hash = hex(&Sha256::digest(canonical.as_bytes()));
    let to_sign = format!("AWS4-HMAC-SHA256\n{moment}\n{date}/{region}/{service}/aws4_request\n{hash}");
    let first = format!("AWS4{}", keys.secret_access_key.expose());
    let key = scope.iter().fold(first.into_bytes(), |key, part| hmac(&key, part));
    hex(&hmac(&hmac(&key, "aws4_request"), &to_sign))
}

/// Makes a JSON call of CloudTrail. Returns its status and its answer.
pub async fn cloudtrail(
    account: &Account,
    keys: &SigningKeys,
    region: &str,
    call: &str,
    input: &Value,
) -> (u16, Value) {
    let target = format!("{TARGET}.{call}");
    let (status, answer) = signed(account, keys, (region, "cloudtrail"), &target, input.to_string()).await;
    (status, serde_json::from_str(&answer).unwrap())
}

/// Sends a request, with a target if given, signed for a region and a service. Returns its status and its answer.
async fn signed(
    account: &Account,
    keys: &SigningKeys,
    (region, service): (&str, &str),
    target: &str,
    body: String,
) -> (u16, String) {
    let moment = account.clock.now();
    let date = format!("{}{:02}{:02}", moment.year(), u8::from(moment.month()), moment.day());
    let (hour, minute, second) = moment.to_hms();
    let moment = format!("{date}T{hour:02}{minute:02}{second:02}Z");
    let (host, target) = (format!("{service}.{region}.amazonaws.com"), target.to_owned());
    let token = keys.session_token.as_ref().map(|token| token.expose().to_owned()).unwrap_or_default();
    let headers =
        [("host", &host), ("x-amz-date", &moment), ("x-amz-security-token", &token), ("x-amz-target", &target)];
    let headers = headers.into_iter().filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>();
    let names = headers.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";");
    let lines: String = headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
    let canonical = format!("POST\n/\n\n{lines}\n{names}\n{}", hex(&Sha256::digest(body.as_bytes())));
    let scope = [date.as_str(), region, service];
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential={}/{}/aws4_request, SignedHeaders={names}, Signature={}",
        keys.access_key_id,
        scope.join("/"),
        signature(keys, &moment, scope, &canonical)
    );
    let mut request = http::Request::post(format!("https://{host}/")).header("authorization", authorization);
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let request = request.body(body.into_bytes()).unwrap();
    let EndpointReply::Answer(answer) = account.practice.answer(request).await else { panic!("no answer") };
    (answer.status().as_u16(), String::from_utf8(answer.body().clone()).unwrap())
}

#[tokio::test(start_paused = true)]
async fn an_unknown_service_has_no_operation() {
    let fresh = open("fresh");
    let keys = fresh.practice.session();
    let target = "AWSOrganizationsV20161128.DescribeOrganization";
    let (status, answer) = signed(&fresh, &keys, ("us-east-1", "organizations"), target, "{}".into()).await;
    assert_eq!((status, answer.contains("\"UnknownOperationException\"")), (400, true), "{answer}");
    let (status, answer) = signed(&fresh, &keys, ("eu-west-1", "lambda"), "", String::new()).await;
    assert_eq!((status, answer.contains("does not exist")), (404, true), "{answer}");
}

#[tokio::test(start_paused = true)]
async fn a_scope_of_another_region_is_refused() {
    let fresh = open("fresh");
    let keys = fresh.practice.session();
    let ask = |region: &'static str, service: &'static str| {
        let call = if service == "iam" { ("ListUsers", "2010-05-08") } else { ("GetCallerIdentity", "2011-06-15") };
        let body = format!("Action={}&Version={}", call.0, call.1);
        signed(&fresh, &keys, (region, service), "", body)
    };
    assert_eq!(ask("us-east-1", "iam").await.0, 200);
    let (status, answer) = ask("eu-west-1", "iam").await;
    assert_eq!((status, answer.contains("<Code>SignatureDoesNotMatch</Code>")), (403, true), "{answer}");
    assert!(answer.contains("Credential should be scoped to a valid region"), "{answer}");
    assert_eq!(ask("eu-west-1", "sts").await.0, 200, "STS has an endpoint in every Region");
    assert_eq!(ask("mars-north-1", "sts").await.0, 403);
    let (status, answer) = cloudtrail(&fresh, &keys, "mars-north-1", "DescribeTrails", &serde_json::json!({})).await;
    assert_eq!((status, answer["__type"].as_str()), (400, Some("InvalidSignatureException")), "{answer}");
}
