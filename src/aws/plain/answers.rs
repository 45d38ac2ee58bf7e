//! Parses answers: JSON objects, XML as JSON, and AWS's error codes and messages. [`crate::aws::genuine`] has
//! verified the answer before. Only a change may return nothing.

use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, OrchestratorError};
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_xml::decode::{Document, ScopedDecoder, XmlDecodeError, try_data};
use serde_json::{Map, Value};

/// Parses a JSON object or an error. A body that is not JSON has no error code and becomes `Unreadable`.
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

/// Parses a query protocol answer: its result element, or the error document.
pub(super) fn read_xml(response: &HttpResponse) -> Result<Value, OrchestratorError<ErrorMetadata>> {
    let body = response.body().bytes().unwrap_or_default();
    let text = std::str::from_utf8(body).unwrap_or_default();
    if !response.status().is_success() {
        return Err(OrchestratorError::operation(refused_xml(text).unwrap_or_default()));
    }
    result(text).map_err(OrchestratorError::other)
}

/// The members of the `…Result` element; empty if the call has no output.
fn result(text: &str) -> Result<Value, XmlDecodeError> {
    let (mut document, mut members) = (Document::new(text), Map::new());
    let mut root = document.root_element()?;
    while let Some(mut element) = root.next_tag() {
        if !element.start_el().local().ends_with("Result") {
            continue;
        }
        while let Some(mut member) = element.next_tag() {
            let name = member.start_el().local().to_owned();
            members.insert(name, value(&mut member)?);
        }
    }
    Ok(Value::Object(members))
}

/// Parses the shapes that lockroot's calls return: a map, a list of structures of texts, or a text.
fn value(element: &mut ScopedDecoder<'_, '_>) -> Result<Value, XmlDecodeError> {
    let mut entries = Map::new();
    match element.start_el().local() {
        "Attributes" => {
            while let Some(mut entry) = element.next_tag() {
                let mut pair = texts(&mut entry)?;
                let name = pair.remove("key").and_then(|key| key.as_str().map(str::to_owned)).unwrap_or_default();
                entries.insert(name, pair.remove("value").unwrap_or_default());
            }
            Ok(Value::Object(entries))
        }
        "Subscriptions" => {
            let mut list = Vec::new();
            while let Some(mut member) = element.next_tag() {
                list.push(Value::Object(texts(&mut member)?));
            }
            Ok(Value::Array(list))
        }
        _ => Ok(try_data(element)?.into_owned().into()),
    }
}

/// A structure of text members.
fn texts(element: &mut ScopedDecoder<'_, '_>) -> Result<Map<String, Value>, XmlDecodeError> {
    let mut members = Map::new();
    while let Some(mut member) = element.next_tag() {
        let name = member.start_el().local().to_owned();
        members.insert(name, try_data(&mut member)?.into_owned().into());
    }
    Ok(members)
}

/// Parses `ErrorResponse`, whose `Error` element has code and message.
fn refused_xml(text: &str) -> Result<ErrorMetadata, XmlDecodeError> {
    let (mut document, mut metadata) = (Document::new(text), ErrorMetadata::builder());
    let mut root = document.root_element()?;
    while let Some(mut element) = root.next_tag() {
        if element.start_el().local() != "Error" {
            continue;
        }
        for (name, value) in texts(&mut element)? {
            let text = value.as_str().unwrap_or_default();
            match name.as_str() {
                "Code" if !text.is_empty() => metadata = metadata.code(text),
                "Message" => metadata = metadata.message(text),
                _ => {}
            }
        }
    }
    Ok(metadata.build())
}

/// The code is in a header (REST) or the body (JSON 1.x). It may have a namespace before `#` and a URL after `:`.
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn xml_is_parsed_like_an_object() {
        let subscribed = "<ListSubscriptionsByTopicResponse xmlns=\"urn:x\"><ListSubscriptionsByTopicResult><Subscriptions><member>\
            <Endpoint>a&amp;b@example.com</Endpoint><SubscriptionArn>PendingConfirmation</SubscriptionArn></member></Subscriptions>\
            <NextToken>t</NextToken></ListSubscriptionsByTopicResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>\
            </ListSubscriptionsByTopicResponse>";
        let member = json!({ "Endpoint": "a&b@example.com", "SubscriptionArn": "PendingConfirmation" });
        assert_eq!(result(subscribed).unwrap(), json!({ "Subscriptions": [member], "NextToken": "t" }));
        let none = "<R><ListSubscriptionsByTopicResult><Subscriptions/></ListSubscriptionsByTopicResult></R>";
        assert_eq!(result(none).unwrap(), json!({ "Subscriptions": [] }));
        let attributes = "<R><GetTopicAttributesResult><Attributes><entry><key>Policy</key><value>{&quot;a&quot;:1}</value></entry>\
            <entry><key>DisplayName</key><value/></entry></Attributes></GetTopicAttributesResult></R>";
        let wanted = json!({ "Attributes": { "Policy": "{\"a\":1}", "DisplayName": "" } });
        assert_eq!(result(attributes).unwrap(), wanted);
    }

    #[test]
    fn an_error_document_has_a_code_and_a_message() {
        let text = "<ErrorResponse xmlns=\"urn:x\"><Error><Type>Sender</Type><Code>NotFound</Code><Message>Topic does not exist</Message>\
            </Error><RequestId>r</RequestId></ErrorResponse>";
        let metadata = refused_xml(text).unwrap();
        assert_eq!((metadata.code(), metadata.message()), (Some("NotFound"), Some("Topic does not exist")));
        assert!(refused_xml("<html>").map_or(true, |metadata| metadata.code().is_none()));
    }
}
