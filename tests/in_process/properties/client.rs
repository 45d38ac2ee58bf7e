//! A minimal client: signs (Signature Version 4), sends, and reads the answer.

use form_urlencoded::Serializer;
use futures_util::FutureExt;
use hmac::{Hmac, KeyInit, Mac};
use http::Request;
use lockroot::clock::Clock;
use lockroot::practice::Practice;
use lockroot::wire::{Endpoint, EndpointReply, SigningKeys};
use sha2::{Digest, Sha256};

use super::document;

/// The answer to a call of the query protocol.
#[derive(Debug, Clone)]
pub struct Answer {
    /// AWS's error code. `None`: the call succeeded.
    pub code: Option<String>,
    pub body: String,
}

impl Answer {
    /// The texts of all elements called `name`.
    pub fn texts(&self, name: &str) -> Vec<String> {
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        let inside = |part: &str| part.split_once(&close).map(|(text, _)| text.to_owned());
        self.body.split(&open).skip(1).filter_map(inside).collect()
    }

    /// The text of the first element called `name`.
    pub fn text(&self, name: &str) -> String {
        self.texts(name).into_iter().next().unwrap_or_else(|| panic!("no {name} in {}", self.body))
    }
}

/// Makes the call and asserts a complete answer: well-formed, with a request id, and with a code if it is an error.
pub fn call(
    practice: &Practice,
    clock: &Clock,
    keys: &SigningKeys,
    action: &str,
    parameters: &[(&str, &str)],
) -> Answer {
    let (service, version) = if action == "GetCallerIdentity" { ("sts", "2011-06-15") } else { ("iam", "2010-05-08") };
    let mut form = Serializer::new(String::new());
    form.append_pair("Action", action).append_pair("Version", version).extend_pairs(parameters);
    let request = signed(clock, keys, service, "/", form.finish().into_bytes());
    let EndpointReply::Answer(response) = send(practice, request) else { panic!("{action}: no answer") };
    let (status, id) = (response.status(), response.headers()["x-amzn-requestid"].to_str().unwrap().to_owned());
    let body = String::from_utf8(response.into_body()).unwrap();
    let answer = Answer { code: (status != 200).then(String::new), body };
    document::check(&answer.body).unwrap_or_else(|problem| panic!("{action}: {problem}: {}", answer.body));
    assert_eq!(answer.texts("RequestId"), [id], "{action}");
    match status.as_u16() {
        200 => answer,
        400..500 => Answer { code: Some(answer.text("Code")), ..answer },
        _ => panic!("{action}: {status} {}", answer.body),
    }
}

/// The account's answer to `request`, at once.
pub fn send(practice: &Practice, request: Request<Vec<u8>>) -> EndpointReply {
    practice.answer(request).now_or_never().expect("the account waits for nothing")
}

/// A POST signed by `keys`.
pub fn signed(clock: &Clock, keys: &SigningKeys, service: &str, path: &str, body: Vec<u8>) -> Request<Vec<u8>> {
    let format = time::macros::format_description!("[year][month][day]T[hour][minute][second]Z");
    let moment = clock.now().format(&format).unwrap();
    let (date, host) = (&moment[..8], "practice.example");
    let token = keys.session_token.as_ref().map(lockroot::secret::Secret::expose);
    let mut headers = vec![("host", host), ("x-amz-date", &moment)];
    headers.extend(token.map(|token| ("x-amz-security-token", token)));
    let names = headers.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";");
    let lines: String = headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
    let canonical = format!("POST\n{path}\n\n{lines}\n{names}\n{}", hex(&Sha256::digest(&body)));
    let scope = format!("{date}/us-east-1/{service}/aws4_request");
    let to_sign = format!("AWS4-HMAC-SHA256\n{moment}\n{scope}\n{}", hex(&Sha256::digest(canonical)));
    let first = format!("AWS4{}", keys.secret_access_key.expose()).into_bytes();
    let key = [date, "us-east-1", service, "aws4_request"].iter().fold(first, |key, part| hmac(&key, part));
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={names}, Signature={}",
        keys.access_key_id,
        hex(&hmac(&key, &to_sign))
    );
    let request = Request::post(format!("https://{host}{path}")).header("authorization", authorization);
    headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).body(body).unwrap()
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
