//! Requests that no SDK client of ours makes, signed by hand (SigV4).

use hmac::{Hmac, KeyInit, Mac};
use lockroot::wire::{Endpoint, Reply};
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

/// A JSON call of CloudTrail: its status and its answer.
pub async fn cloudtrail(
    account: &Account,
    keys: &SigningKeys,
    region: &str,
    call: &str,
    input: &Value,
) -> (u16, Value) {
    let moment = account.clock.now();
    let date = format!("{}{:02}{:02}", moment.year(), u8::from(moment.month()), moment.day());
    let (hour, minute, second) = moment.to_hms();
    let moment = format!("{date}T{hour:02}{minute:02}{second:02}Z");
    let (host, target, body) =
        (format!("cloudtrail.{region}.amazonaws.com"), format!("{TARGET}.{call}"), input.to_string());
    let token = keys.session_token.as_ref().map(|token| token.expose().to_owned()).unwrap_or_default();
    let headers =
        [("host", &host), ("x-amz-date", &moment), ("x-amz-security-token", &token), ("x-amz-target", &target)];
    let headers = headers.into_iter().filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>();
    let names = headers.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";");
    let lines: String = headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
    let canonical = format!("POST\n/\n\n{lines}\n{names}\n{}", hex(&Sha256::digest(body.as_bytes())));
    let scope = [date.as_str(), region, "cloudtrail"];
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
    let Reply::Answer(answer) = account.practice.answer(request).await else { panic!("no answer") };
    (answer.status().as_u16(), serde_json::from_slice(answer.body()).unwrap())
}
