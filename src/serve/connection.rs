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

/// The most that a request's line and headers may take up.
const HEAD: usize = 64 * 1024;

/// Where a client's requests are answered.
pub struct HttpService {
    endpoint: Arc<dyn Endpoint>,
    log: Arc<dyn Log>,
    limits: Limits,
}

/// The connection is to be reset instead of answered on.
#[derive(Debug)]
struct ConnectionReset;

impl fmt::Display for ConnectionReset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("reset on purpose")
    }
}

impl std::error::Error for ConnectionReset {}

/// An answer's body: whole, or cut off before its end.
type Answer = UnsyncBoxBody<Bytes, ConnectionReset>;

/// How long a half answer is left to reach its client before the connection breaks.
const ON_ITS_WAY: Duration = Duration::from_millis(50);

fn whole(body: impl Into<Bytes>) -> Answer {
    Full::new(body.into()).map_err(|never| match never {}).boxed_unsync()
}

/// A body that is shorter than its header says was cut off on purpose: what there is of it is sent, then the connection
/// breaks.
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

    /// Serves `stream` until the client leaves or has to go.
    pub async fn serve(&self, stream: TcpStream) {
        let _ = stream.set_nodelay(true);
        let mut connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.limits.patience)
            .max_buf_size(HEAD)
            .serve_connection(TokioIo::new(stream), service_fn(|request| self.answer(request)));
        let Err(error) = (&mut connection).await else { return };
        if error.is_user() {
            // Without lingering, closing sends RST in place of FIN: the client sees a reset, as from a broken network.
            let _ = connection.into_parts().io.into_inner().set_zero_linger();
        } else if error.is_parse() {
            let status = if error.is_parse_too_large() { "431" } else { "400" };
            self.log.write(&LogEntry::refused(&format!("{status} malformed request")));
        }
    }

    async fn answer(&self, request: Request<Incoming>) -> Result<Response<Answer>, ConnectionReset> {
        let (head, body) = request.into_parts();
        // What a client says beforehand that it will send is believed: nobody waits for it.
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
            // Ends when the client leaves: the connection is then dropped with all that waits in it.
            EndpointReply::Silence => match std::future::pending::<Infallible>().await {},
        }
    }

    /// Turns a request away. The rest of its body is not read, so that the connection has to end.
    fn refuse(&self, status: StatusCode, why: &str) -> Response<Answer> {
        self.log.write(&LogEntry::refused(&format!("{} {why}", status.as_u16())));
        let mut response = Response::new(whole(format!("{why}\n")));
        *response.status_mut() = status;
        response.headers_mut().insert(http::header::CONNECTION, http::HeaderValue::from_static("close"));
        response
    }
}
