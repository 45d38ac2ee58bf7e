//! One line of the log: caller, call and result. No parameters, headers or answers.

use std::fmt;

use http::Request;

use crate::wire::EndpointReply;

/// Maximum length of a name logged verbatim.
const MAX_NAME_LEN: usize = 64;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// The signing key, as named in the request.
    pub access_key_id: Option<String>,
    /// The key's owner.
    pub principal: Option<String>,
    /// E.g. `iam:CreateUser`; `None` if the request names no call.
    pub call: Option<String>,
    /// `200`, `404 NoSuchEntity`, `200 late`, `reset`, `silence`.
    pub outcome: String,
}

impl LogEntry {
    /// The entry before the answer.
    pub(super) fn of(request: &Request<Vec<u8>>) -> Self {
        let scope = scope(request);
        let call = call(request).filter(|call| is_name(call)).map(|call| match &scope {
            Some((_, service)) => format!("{service}:{call}"),
            None => call,
        });
        Self { access_key_id: scope.map(|(id, _)| id), principal: None, call, outcome: String::new() }
    }

    /// A request that never reached the endpoint.
    pub(super) fn refused(outcome: &str) -> Self {
        Self { access_key_id: None, principal: None, call: None, outcome: outcome.to_owned() }
    }

    /// Adds the outcome.
    pub(super) fn note(&mut self, reply: &EndpointReply) {
        self.outcome = match reply {
            EndpointReply::Answer(response) => answered(response),
            EndpointReply::Late(_, response) => format!("{} late", answered(response)),
            EndpointReply::Reset => "reset".into(),
            EndpointReply::Silence => "silence".into(),
        };
    }
}

impl fmt::Display for LogEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let principal = self.principal.as_deref().unwrap_or("-");
        write!(f, "{principal} {} {}", self.call.as_deref().unwrap_or("-"), self.outcome)
    }
}

/// Access key id and service of the credential scope: `Credential=AKIA…/20261121/us-east-1/iam/aws4_request`.
fn scope(request: &Request<Vec<u8>>) -> Option<(String, String)> {
    let header = request.headers().get(http::header::AUTHORIZATION)?.to_str().ok()?;
    let scope = header.split_once("Credential=")?.1.split([',', ' ']).next()?;
    let mut parts = scope.split('/');
    let (id, service) = (parts.next()?, parts.nth(2)?);
    (is_name(id) && is_name(service)).then(|| (id.to_owned(), service.to_owned()))
}

/// The call's name, from the target header, the path, or the parameter Action, depending on the protocol.
fn call(request: &Request<Vec<u8>>) -> Option<String> {
    if let Some(target) = request.headers().get("x-amz-target") {
        return target.to_str().ok()?.rsplit('.').next().map(str::to_owned);
    }
    let path = request.uri().path().trim_start_matches('/');
    if !path.is_empty() {
        let mut rest = path.chars();
        return rest.next().map(|first| first.to_uppercase().chain(rest).collect());
    }
    let query = request.uri().query().unwrap_or_default().as_bytes();
    let mut pairs = form_urlencoded::parse(request.body()).chain(form_urlencoded::parse(query));
    pairs.find(|(name, _)| name == "Action").map(|(_, value)| value.into_owned())
}

/// The status, with the code of an error.
fn answered(response: &http::Response<Vec<u8>>) -> String {
    match code(response) {
        Some(code) => format!("{} {code}", response.status().as_u16()),
        None => response.status().as_u16().to_string(),
    }
}

/// The error code, from the JSON protocols' header or the query protocol's XML.
fn code(response: &http::Response<Vec<u8>>) -> Option<String> {
    if response.status().is_success() {
        return None;
    }
    let code = match response.headers().get("x-amzn-errortype") {
        Some(code) => code.to_str().ok()?.to_owned(),
        None => {
            let text = std::str::from_utf8(response.body()).ok()?;
            text.split_once("<Code>")?.1.split_once("</Code>")?.0.to_owned()
        }
    };
    is_name(&code).then_some(code)
}

/// Whether `text` can be logged verbatim: one word of letters, digits, dashes and underscores.
fn is_name(text: &str) -> bool {
    (1..=MAX_NAME_LEN).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(service: &str) -> http::request::Builder {
        let scope =
            format!("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261121/us-east-1/{service}/aws4_request, Signature=f00");
        Request::builder().header("authorization", scope)
    }

    fn entry(request: http::request::Builder, body: &str) -> String {
        let mut entry = LogEntry::of(&request.body(body.into()).unwrap());
        entry.principal = entry.access_key_id.clone();
        entry.note(&EndpointReply::Answer(http::Response::new(Vec::new())));
        entry.to_string()
    }

    #[test]
    fn the_log_names_the_call_of_every_protocol() {
        assert_eq!(entry(signed("iam").uri("/"), "Action=GetUser&UserName=x"), "AKIDEXAMPLE iam:GetUser 200");
        assert_eq!(
            entry(signed("account").uri("/getRegionOptStatus"), "{}"),
            "AKIDEXAMPLE account:GetRegionOptStatus 200"
        );
        let target = signed("cloudtrail").uri("/").header("x-amz-target", "CloudTrail_20131101.LookupEvents");
        assert_eq!(entry(target, "{}"), "AKIDEXAMPLE cloudtrail:LookupEvents 200");
        assert_eq!(entry(Request::builder().uri("/?Action=GetUser"), ""), "- GetUser 200");
    }

    #[test]
    fn an_invalid_name_is_not_logged() {
        assert_eq!(entry(signed("iam").uri("/"), "Action=a%0Ab%1B%5B2J"), "AKIDEXAMPLE - 200");
        assert_eq!(entry(signed("iam").uri("/hunter2/etc"), ""), "AKIDEXAMPLE - 200");
        assert_eq!(entry(signed("iam").uri("/"), &format!("Action={}", "A".repeat(65))), "AKIDEXAMPLE - 200");
        assert_eq!(entry(Request::builder().uri("/").header("authorization", "Basic c2VjcmV0"), ""), "- - 200");
    }

    #[test]
    fn an_error_is_written_with_its_code() {
        let answer = |status, body: &str| {
            let response = http::Response::builder().status(status).body(body.as_bytes().to_vec()).unwrap();
            let mut entry = LogEntry::refused("");
            entry.note(&EndpointReply::Answer(response));
            entry.outcome
        };
        assert_eq!(answer(404, "<Error><Code>NoSuchEntity</Code><Message>x</Message></Error>"), "404 NoSuchEntity");
        assert_eq!(answer(500, "oh"), "500");
    }
}
