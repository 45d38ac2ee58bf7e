//! The HTTP exchange between the SDK's side (`aws`) and the practice account (`practice`): real requests and
//! responses without a socket.

use std::pin::Pin;
use std::time::Duration;

/// What comes back for a request.
#[derive(Debug)]
pub enum EndpointReply {
    /// A complete response.
    Answer(http::Response<Vec<u8>>),
    /// A complete response that comes after that time only. What it answers has taken effect before.
    Late(Duration, http::Response<Vec<u8>>),
    /// The connection is reset; the request may have taken effect.
    Reset,
    /// Nothing ever comes; the client's own timeout ends the wait.
    Silence,
}

/// The reply that an [`Endpoint`] is working on.
pub type Replying<'a> = Pin<Box<dyn Future<Output = EndpointReply> + Send + 'a>>;

/// Something that answers signed AWS requests.
pub trait Endpoint: Send + Sync {
    /// Answers `request` as AWS would. Service and region are read from the credential scope in its
    /// `Authorization` header, never from the host.
    fn answer(&self, request: http::Request<Vec<u8>>) -> Replying<'_>;
}

/// What signs the requests of a session inside the process.
#[derive(Debug, Clone)]
pub struct SigningKeys {
    /// `AKIA…` or `ASIA…`
    pub access_key_id: String,
    /// The secret access key.
    pub secret_access_key: crate::secret::Secret,
    /// The session token that goes with a temporary key.
    pub session_token: Option<crate::secret::Secret>,
    /// Where they come from, in words.
    pub source: String,
}
