//! The envelopes of the JSON protocols. rest-json (Account Management) puts error codes into `x-amzn-ErrorType`; JSON
//! 1.0 and 1.1 (CloudWatch, CloudTrail) put them into the body.

use http::Response;
use serde_json::{Map, Value, json};

use super::query::response;
use super::refusal::Refusal;
use crate::account::Timestamp;

/// Merges the parameters of path, query and body.
pub fn parameters(path: Map<String, Value>, query: &str, body: &[u8]) -> Result<Value, Refusal> {
    let mut all = input(body)?;
    if let Some(members) = all.as_object_mut() {
        let number = |text: &str| text.parse::<i64>().map_or_else(|_| Value::from(text), Value::from);
        for (name, text) in form_urlencoded::parse(query.as_bytes()) {
            let value = if name == "maxResults" { number(&text) } else { text.as_ref().into() };
            members.insert(name.into_owned(), value);
        }
        members.extend(path);
    }
    Ok(all)
}

/// Parses the body: an object or empty.
pub fn input(body: &[u8]) -> Result<Value, Refusal> {
    if body.is_empty() {
        return Ok(json!({}));
    }
    match serde_json::from_slice(body) {
        Ok(object @ Value::Object(_)) => Ok(object),
        _ => Err(Refusal::new("SerializationException", 400, "The request body is not a JSON object.")),
    }
}

/// A successful answer; `None` for calls without output.
pub fn answer(output: Option<&Value>, id: &str, now: Timestamp) -> Response<Vec<u8>> {
    let body = output.map(|output| output.to_string().into_bytes()).unwrap_or_default();
    response(200, "application/json", id, now, body)
}

pub fn refusal(refusal: &Refusal, id: &str, now: Timestamp) -> Response<Vec<u8>> {
    let (code, status) = name(refusal);
    let mut body = json!({ "message": refusal.message });
    for (member, text) in &refusal.members {
        body[*member] = text.as_str().into();
    }
    let mut response = response(status, "application/json", id, now, body.to_string().into_bytes());
    response.headers_mut().insert("x-amzn-errortype", http::HeaderValue::from_static(code));
    response
}

/// An error in JSON 1.x: the code is in the body, and the status is 400 for all client errors.
pub fn refusal_1(version: &str, refusal: &Refusal, id: &str, now: Timestamp) -> Response<Vec<u8>> {
    let (code, status) = match name(refusal) {
        ("TooManyRequestsException", _) => ("ThrottlingException", 400),
        ("InternalServerException", _) => ("InternalFailure", 500),
        (code, _) => (code, 400),
    };
    let body = json!({ "__type": code, "message": refusal.message }).to_string().into_bytes();
    response(status, &content(version), id, now, body)
}

/// A successful answer in JSON 1.x.
pub fn answer_1(version: &str, output: Option<&Value>, id: &str, now: Timestamp) -> Response<Vec<u8>> {
    let body = output.map_or_else(|| "{}".to_owned(), ToString::to_string).into_bytes();
    response(200, &content(version), id, now, body)
}

fn content(version: &str) -> String {
    format!("application/x-amz-json-{version}")
}

/// Translates query protocol error codes.
fn name(refusal: &Refusal) -> (&'static str, u16) {
    match refusal.code {
        "InvalidClientTokenId" => ("UnrecognizedClientException", 403),
        "ExpiredToken" => ("ExpiredTokenException", 403),
        "SignatureDoesNotMatch" => ("InvalidSignatureException", 403),
        "MissingAuthenticationToken" => ("MissingAuthenticationTokenException", 403),
        "IncompleteSignature" => ("IncompleteSignatureException", 400),
        "AccessDenied" => ("AccessDeniedException", 403),
        "ValidationError" => ("ValidationException", 400),
        "Throttling" => ("TooManyRequestsException", 429),
        "ServiceFailure" => ("InternalServerException", 500),
        other => (other, refusal.status),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn an_error_contains_its_further_members() {
        let taken = Refusal::new("ConflictException", 409, "It is there.").with("resourceType", "analyzer");
        let response = refusal(&taken, "id", datetime!(2026-11-21 12:00 UTC));
        let body: Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(body, json!({ "message": "It is there.", "resourceType": "analyzer" }));
        assert_eq!(response.headers()["x-amzn-errortype"], "ConflictException");
    }
}
