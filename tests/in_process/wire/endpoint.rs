//! An endpoint with prepared answers that records requests.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use lockroot::account::Timestamp;
use lockroot::aws::{Aws, connect_in_process};
use lockroot::clock::Clock;
use lockroot::secret::Secret;
use lockroot::wire::{Endpoint, EndpointReply, Replying, SigningKeys};

/// 14 November 2023, 22:13:20 UTC.
pub const NOW: i64 = 1_700_000_000;

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The action, as IAM names it.
    pub action: String,
    /// The region that it is signed for.
    pub region: String,
    /// Parameters by the API's names, without `Action` and `Version`.
    pub parameters: BTreeMap<String, String>,
}

/// A canned reply.
#[derive(Debug, Clone)]
pub enum Canned {
    Answer(u16, &'static str, String),
    /// JSON by region, as in [`Script::json`]. The status is 200, or 400 if a code comes first.
    ByRegion(ByRegion),
    Reset,
    Silence,
}

/// What each region answers.
#[derive(Clone)]
pub struct ByRegion(Arc<dyn Fn(&str) -> String + Send + Sync>);

impl std::fmt::Debug for ByRegion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ByRegion")
    }
}

/// Canned answers by action, in order. The last one is repeated.
#[derive(Default)]
pub struct Script {
    answers: Mutex<HashMap<&'static str, VecDeque<Canned>>>,
    asked: Mutex<Vec<Asked>>,
}

impl Script {
    /// Answers `action` with `canned`, after its earlier answers.
    pub fn then(self, action: &'static str, canned: Canned) -> Self {
        self.answers.lock().unwrap().entry(action).or_default().push_back(canned);
        self
    }

    /// Answers a query-protocol `action` with `result` inside its result element.
    pub fn result(self, action: &'static str, result: &str) -> Self {
        let name = action.split_once(':').unwrap().1;
        let xml = format!("<{name}Response><{name}Result>{result}</{name}Result></{name}Response>");
        self.then(action, Canned::Answer(200, "text/xml", xml))
    }

    /// Answers a query-protocol `action` with an error document.
    pub fn error(self, action: &'static str, status: u16, code: &str, message: &str) -> Self {
        self.then(action, error(status, code, message))
    }

    /// Answers a REST-JSON `action`.
    pub fn json(self, action: &'static str, status: u16, json: &str) -> Self {
        self.then(action, Canned::Answer(status, "application/json", json.to_owned()))
    }

    /// Answers a REST-JSON `action` in each region as `answer` says.
    pub fn by_region(self, action: &'static str, answer: impl Fn(&str) -> String + Send + Sync + 'static) -> Self {
        self.then(action, Canned::ByRegion(ByRegion(Arc::new(answer))))
    }

    /// The requests so far, in order.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// The number of requests of `action`.
    pub fn count(&self, action: &str) -> usize {
        self.asked().iter().filter(|asked| asked.action == action).count()
    }

    fn reply(&self, request: &http::Request<Vec<u8>>) -> EndpointReply {
        let asked = asked(request);
        let mut answers = self.answers.lock().unwrap();
        let list = answers.get_mut(asked.action.as_str()).unwrap_or_else(|| panic!("no answer for {asked:?}"));
        let mut canned = if list.len() > 1 { list.pop_front().unwrap() } else { list[0].clone() };
        if let Canned::ByRegion(ByRegion(answer)) = &canned {
            let body = answer(&asked.region);
            let status = if body.contains('\n') { 400 } else { 200 };
            canned = Canned::Answer(status, "application/json", body);
        }
        self.asked.lock().unwrap().push(asked);
        match canned {
            Canned::ByRegion(_) => unreachable!("it was answered above"),
            Canned::Reset => EndpointReply::Reset,
            Canned::Silence => EndpointReply::Silence,
            Canned::Answer(status, kind, body) => {
                let response = http::Response::builder().status(status);
                let response = response.header("content-type", kind).header("x-amzn-requestid", "r-1");
                let (code, body) = match body.split_once('\n') {
                    Some((code, rest)) if kind == "application/json" => (Some(code), rest.to_owned()),
                    _ => (None, body.clone()),
                };
                let response = match code {
                    Some(code) => response.header("x-amzn-errortype", code),
                    None => response,
                };
                EndpointReply::Answer(response.body(body.into_bytes()).unwrap())
            }
        }
    }
}

impl Endpoint for Script {
    fn answer(&self, request: http::Request<Vec<u8>>) -> Replying<'_> {
        Box::pin(async move { self.reply(&request) })
    }
}

/// An error document of the query protocol.
pub fn error(status: u16, code: &str, message: &str) -> Canned {
    let xml = format!(
        "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>"
    );
    Canned::Answer(status, "text/xml", xml)
}

fn asked(request: &http::Request<Vec<u8>>) -> Asked {
    let scope = request.headers()["authorization"].to_str().unwrap();
    let [region, service] = [2, 3].map(|place| scope.split('/').nth(place).unwrap());
    let region = region.to_owned();
    if service == "account" {
        let name = request.uri().path().trim_start_matches('/');
        let name = format!("{}{}", name[..1].to_uppercase(), &name[1..]);
        let mut json: BTreeMap<String, serde_json::Value> = serde_json::from_slice(request.body()).unwrap();
        // A review shows its fields, so it must have no siblings.
        if let Some(serde_json::Value::Object(fields)) = json.remove("ContactInformation") {
            assert!(json.is_empty(), "an account is named: {json:?}");
            json.extend(fields);
        }
        let text = |value: serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let parameters = json.into_iter().map(|(name, value)| (name, text(value))).collect();
        return Asked { action: format!("account:{name}"), region, parameters };
    }
    if let Some((action, path)) = rest(service, request.method().as_str(), request.uri().path()) {
        let body = request.body();
        let json: BTreeMap<String, serde_json::Value> =
            if body.is_empty() { BTreeMap::new() } else { serde_json::from_slice(body).unwrap() };
        let text = |value: serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let members = json.into_iter().map(|(name, value)| (name, text(value)));
        let query = form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes()).into_owned();
        return Asked {
            action: format!("{service}:{action}"),
            region,
            parameters: path.into_iter().chain(query).chain(members).collect(),
        };
    }
    if let Some(target) = request.headers().get("x-amz-target") {
        let service = if service == "monitoring" { "cloudwatch" } else { service };
        // JSON 1.x names the call in a header, and its parameters can be nested.
        let name = target.to_str().unwrap().rsplit('.').next().unwrap();
        let json: BTreeMap<String, serde_json::Value> = serde_json::from_slice(request.body()).unwrap();
        let text = |value: serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let parameters = json.into_iter().map(|(name, value)| (name, text(value))).collect();
        return Asked { action: format!("{service}:{name}"), region, parameters };
    }
    let mut form: BTreeMap<String, String> = form_urlencoded::parse(request.body()).into_owned().collect();
    form.remove("Version");
    let action = format!("{service}:{}", form.remove("Action").unwrap());
    Asked { action, region, parameters: form }
}

/// The call of a REST path, and the parameter in it.
fn rest(service: &str, method: &str, path: &str) -> Option<(&'static str, Option<(String, String)>)> {
    match (service, method, path) {
        ("guardduty", "GET", "/detector") => Some(("ListDetectors", None)),
        ("guardduty", "POST", "/detector") => Some(("CreateDetector", None)),
        ("guardduty", _, _) => {
            let id = ("DetectorId".to_owned(), path.strip_prefix("/detector/")?.to_owned());
            Some((if method == "POST" { "UpdateDetector" } else { "GetDetector" }, Some(id)))
        }
        ("securityhub", "GET", "/accounts") => Some(("DescribeHub", None)),
        ("securityhub", "POST", "/accounts") => Some(("EnableSecurityHub", None)),
        ("access-analyzer", "GET", "/analyzer") => Some(("ListAnalyzers", None)),
        ("access-analyzer", "PUT", "/analyzer") => Some(("CreateAnalyzer", None)),
        _ => None,
    }
}

/// A script with `arn` as the caller.
pub fn signed_by(arn: &str) -> Script {
    Script::default().result(
        "sts:GetCallerIdentity",
        &format!("<Arn>{arn}</Arn><UserId>123456789012</UserId><Account>123456789012</Account>"),
    )
}

/// A script with root as the caller.
pub fn root() -> Script {
    signed_by("arn:aws:iam::123456789012:root")
}

/// A script with an IAM user as the caller.
pub fn alice() -> Script {
    signed_by("arn:aws:iam::123456789012:user/alice")
}

/// A connection to `script`, and the script with the requests it received.
pub fn connected(script: Script) -> (Aws, Arc<Script>) {
    let script = Arc::new(script);
    let keys = SigningKeys {
        access_key_id: "AKIAROOT".into(),
        secret_access_key: Secret::new("wJalr"),
        session_token: None,
        source: "a test".into(),
    };
    let clock = Clock::set_to(Timestamp::from_unix_timestamp(NOW).unwrap());
    let endpoint: Arc<dyn Endpoint> = script.clone();
    (connect_in_process(endpoint, keys, clock), script)
}
