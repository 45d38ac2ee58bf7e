//! One client's connection: HTTP/1.1 requests in, replies out in the same order.

use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::ready;
use futures_util::stream::once;
use http::{Request, Response, StatusCode};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited, StreamBody};
use hyper::body::{Body, Bytes, Frame, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;

use super::{Limits, Log, LogEntry};
use crate::wire::{Endpoint, EndpointReply};

/// Maximum size of request line and headers in bytes.
const HEAD: usize = 64 * 1024;

/// Handles a client's requests.
pub struct HttpService {
    endpoint: Arc<dyn Endpoint>,
    log: Arc<dyn Log>,
    limits: Limits,
}

/// The connection must be reset instead of answered.
#[derive(Debug)]
struct ConnectionReset;

impl fmt::Display for ConnectionReset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("reset on purpose")
    }
}

impl std::error::Error for ConnectionReset {}

/// An answer's body, complete or truncated.
type Answer = UnsyncBoxBody<Bytes, ConnectionReset>;

/// Time for a truncated answer to reach its client before the connection breaks.
const ON_ITS_WAY: Duration = Duration::from_millis(50);

fn whole(body: impl Into<Bytes>) -> Answer {
    Full::new(body.into()).map_err(|never| match never {}).boxed_unsync()
}

/// Detects a body that is deliberately shorter than its declared length: it is sent, then the connection breaks.
fn sized(response: Response<Vec<u8>>) -> Response<Answer> {
    let said = response.headers().get(http::header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if said.is_none_or(|said: usize| said == response.body().len()) {
        return response.map(whole);
    }
    response.map(|half| {
        let half = once(ready(Ok(Frame::data(Bytes::from(half)))));
        let end = once(async {
            tokio::time::sleep(ON_ITS_WAY).await;
            Err(ConnectionReset)
        });
        StreamBody::new(half.chain(end)).boxed_unsync()
    })
}

impl HttpService {
    pub fn new(endpoint: Arc<dyn Endpoint>, log: Arc<dyn Log>, limits: Limits) -> Self {
        Self { endpoint, log, limits }
    }

    /// Serves `stream` until the client leaves or is disconnected.
    pub async fn serve(&self, stream: TcpStream) {
        let _ = stream.set_nodelay(true);
        let mut connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.limits.patience)
            .max_buf_size(HEAD)
            .serve_connection(TokioIo::new(stream), service_fn(|request| self.answer(request)));
        let Err(error) = (&mut connection).await else { return };
        if error.is_user() {
            // With zero linger, closing sends RST instead of FIN: the client sees a reset, as from a broken network.
            let _ = connection.into_parts().io.into_inner().set_zero_linger();
        } else if error.is_parse() {
            let status = if error.is_parse_too_large() { "431" } else { "400" };
            self.log.write(&LogEntry::refused(&format!("{status} malformed request")));
        }
    }

    async fn answer(&self, request: Request<Incoming>) -> Result<Response<Answer>, ConnectionReset> {
        let (head, body) = request.into_parts();
        // A declared length above the limit is refused without waiting for the body.
        if body.size_hint().lower() > self.limits.body as u64 {
            return Ok(self.refuse(StatusCode::PAYLOAD_TOO_LARGE, "request body too large"));
        }
        let body =
            match tokio::time::timeout(self.limits.patience, Limited::new(body, self.limits.body).collect()).await {
                Ok(Ok(body)) => body.to_bytes().to_vec(),
                Ok(Err(error)) if error.is::<LengthLimitError>() => {
                    return Ok(self.refuse(StatusCode::PAYLOAD_TOO_LARGE, "request body too large"));
                }
                Ok(Err(_)) => return Ok(self.refuse(StatusCode::BAD_REQUEST, "malformed request body")),
                Err(_) => return Ok(self.refuse(StatusCode::REQUEST_TIMEOUT, "request body too slow")),
            };
        let request = Request::from_parts(head, body);
        let mut entry = LogEntry::of(&request);
        entry.principal = entry.access_key_id.as_deref().map(|id| self.log.principal(id));
        let reply = self.endpoint.answer(request).await;
        entry.note(&reply);
        self.log.write(&entry);
        match reply {
            EndpointReply::Answer(response) => Ok(sized(response)),
            EndpointReply::Late(by, response) => {
                tokio::time::sleep(by).await;
                Ok(sized(response))
            }
            EndpointReply::Reset => Err(ConnectionReset),
            // Ends when the client leaves, which drops the connection and this future.
            EndpointReply::Silence => match std::future::pending::<Infallible>().await {},
        }
    }

    /// Refuses a request. Its body is not read, so the connection must close.
    fn refuse(&self, status: StatusCode, why: &str) -> Response<Answer> {
        self.log.write(&LogEntry::refused(&format!("{} {why}", status.as_u16())));
        let mut response = Response::new(whole(format!("{why}\n")));
        *response.status_mut() = status;
        response.headers_mut().insert(http::header::CONNECTION, http::HeaderValue::from_static("close"));
        response
    }
}
