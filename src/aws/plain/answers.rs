//! Reads answers: a JSON object, or AWS's code and words for what went wrong. Whether a good answer is the call's own was
//! judged before ([`crate::aws::genuine`]): nothing at all comes only from a change that brings nothing back.

use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, OrchestratorError};
use aws_smithy_types::error::ErrorMetadata;
use serde_json::Value;

/// The object that came, or the error that it stands for. What is no JSON has no code, and is called unreadable.
pub(super) fn read(response: &HttpResponse) -> Result<Value, OrchestratorError<ErrorMetadata>> {
    let body = response.body().bytes().unwrap_or_default();
    let document: Option<Value> = serde_json::from_slice(body).ok();
    let document = document.filter(Value::is_object);
    match document {
        None if response.status().is_success() && body.is_empty() => Ok(Value::Object(serde_json::Map::new())),
        Some(document) if response.status().is_success() => Ok(document),
        document => Err(OrchestratorError::operation(refused(response, document.as_ref()))),
    }
}

/// The code is in a header (REST) or in the body (JSON 1.x); around it there may be a namespace before `#` and an address
/// behind `:`.
fn refused(response: &HttpResponse, document: Option<&Value>) -> ErrorMetadata {
    let member = |names: &[&str]| {
        let found = names.iter().find_map(|name| document?.get(*name)?.as_str());
        found.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let is_error = !response.status().is_success();
    let header = response.headers().get("x-amzn-errortype").map(str::to_owned);
    let code = header.or_else(|| member(&["__type", "code", "Code"])).filter(|_| is_error && document.is_some());
    let code = code.map(|code| {
        let code = code.split(':').next().unwrap_or_default();
        code.rsplit('#').next().unwrap_or_default().to_owned()
    });
    let mut metadata = ErrorMetadata::builder();
    if let Some(code) = code.filter(|code| !code.is_empty()) {
        metadata = metadata.code(code);
    }
    if let Some(message) = member(&["message", "Message", "errorMessage"]) {
        metadata = metadata.message(message);
    }
    metadata.build()
}
