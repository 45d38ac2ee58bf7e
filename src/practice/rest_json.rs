//! The envelopes of rest-json (Account Management): JSON answers, errors with their code in `x-amzn-ErrorType`.

use http::Response;
use serde_json::{Value, json};

use super::query::response;
use super::refusal::Refusal;
use crate::account::Timestamp;

/// Reads a request's body, which is an object or empty.
pub fn input(body: &[u8]) -> Result<Value, Refusal> {
    if body.is_empty() {
        return Ok(json!({}));
    }
    match serde_json::from_slice(body) {
        Ok(object @ Value::Object(_)) => Ok(object),
        _ => Err(Refusal::new("SerializationException", 400, "The request body is not a JSON object.")),
    }
}

/// A good answer; none for calls without output.
pub fn answer(output: Option<&Value>, id: &str, now: Timestamp) -> Response<Vec<u8>> {
    let body = output.map(|output| output.to_string().into_bytes()).unwrap_or_default();
    response(200, "application/json", id, now, body)
}

/// An error answer.
pub fn refusal(refusal: &Refusal, id: &str, now: Timestamp) -> Response<Vec<u8>> {
    let (code, status) = name(refusal);
    let body = json!({ "message": refusal.message }).to_string().into_bytes();
    let mut response = response(status, "application/json", id, now, body);
    response.headers_mut().insert("x-amzn-errortype", http::HeaderValue::from_static(code));
    response
}

/// What this protocol's services call the query protocol's errors.
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
