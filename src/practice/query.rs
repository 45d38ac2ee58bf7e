//! The envelopes of the query protocol (IAM, STS): XML answers and XML errors, with the headers that AWS sends.

use http::Response;

use super::refusal::Refusal;
use super::xml::Xml;
use crate::account::Timestamp;

/// A successful answer to `action`.
pub fn answer(namespace: &str, action: &str, result: Option<Xml>, id: &str, now: Timestamp) -> Response<Vec<u8>> {
    let body = match result {
        Some(result) => Xml::new().nested(&format!("{action}Result"), result),
        None => Xml::new(),
    };
    let body = body.nested("ResponseMetadata", Xml::new().text("RequestId", id));
    response(200, "text/xml", id, now, body.document(&format!("{action}Response"), namespace))
}

pub fn refusal(namespace: &str, refusal: &Refusal, id: &str, now: Timestamp) -> Response<Vec<u8>> {
    let side = if refusal.status >= 500 { "Receiver" } else { "Sender" };
    let error = Xml::new().text("Type", side).text("Code", refusal.code).text("Message", &refusal.message);
    let body = Xml::new().nested("Error", error).text("RequestId", id).document("ErrorResponse", namespace);
    response(refusal.status, "text/xml", id, now, body)
}

/// The page of a proxy or captive portal.
pub fn foreign_page() -> Response<Vec<u8>> {
    Response::new(b"<html><body><h1>Welcome to the guest network</h1><p>Please log in.</body></html>".to_vec())
}

/// A response with the headers that all services send.
pub fn response(status: u16, content: &str, id: &str, now: Timestamp, body: Vec<u8>) -> Response<Vec<u8>> {
    let mut response = Response::new(body);
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
    let date = http_date(now);
    for (name, value) in [("content-type", content), ("x-amzn-requestid", id), ("date", date.as_str())] {
        if let Ok(value) = http::HeaderValue::from_str(value) {
            response.headers_mut().insert(http::HeaderName::from_static(name), value);
        }
    }
    response
}

/// `Sat, 21 Nov 2026 20:31:08 GMT` (RFC 9110, IMF-fixdate).
fn http_date(moment: Timestamp) -> String {
    let format = time::macros::format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
    );
    moment.to_offset(time::UtcOffset::UTC).format(&format).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = time::macros::datetime!(2026-11-21 20:31:08 UTC);

    fn text(response: &Response<Vec<u8>>) -> &str {
        std::str::from_utf8(response.body()).unwrap()
    }

    #[test]
    fn a_call_without_output_has_no_result_element() {
        let response = answer("urn:x", "DeleteUser", None, "id", NOW);
        assert_eq!(
            text(&response),
            "<DeleteUserResponse xmlns=\"urn:x\"><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></DeleteUserResponse>"
        );
        assert_eq!(response.headers()["date"], "Sat, 21 Nov 2026 20:31:08 GMT");
    }

    #[test]
    fn an_error_names_the_side_at_fault() {
        let response = refusal("urn:x", &Refusal::new("ServiceFailure", 500, "no"), "id", NOW);
        assert_eq!(response.status(), 500);
        assert!(text(&response).contains("<Type>Receiver</Type><Code>ServiceFailure</Code>"), "{}", text(&response));
    }
}
