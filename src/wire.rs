//! The HTTP exchange between the SDK's side (`aws`) and the practice account (`practice`): real requests and
//! responses without a socket.

use std::pin::Pin;
use std::time::Duration;

/// An endpoint's reply to a request.
#[derive(Debug)]
pub enum EndpointReply {
    /// A complete response.
    Answer(http::Response<Vec<u8>>),
    /// A complete response after a delay. The call has taken effect before.
    Late(Duration, http::Response<Vec<u8>>),
    /// The connection is reset; the request may have taken effect.
    Reset,
    /// No response; the client's timeout ends the wait.
    Silence,
}

/// A pending reply of an [`Endpoint`].
pub type Replying<'a> = Pin<Box<dyn Future<Output = EndpointReply> + Send + 'a>>;

/// Answers signed AWS requests.
pub trait Endpoint: Send + Sync {
    /// Answers `request` as AWS would. Service and Region come from the credential scope in the `Authorization`
    /// header, never from the host.
    fn answer(&self, request: http::Request<Vec<u8>>) -> Replying<'_>;
}

/// Credentials for a session inside the process.
#[derive(Debug, Clone)]
pub struct SigningKeys {
    /// `AKIA…` or `ASIA…`
    pub access_key_id: String,
    pub secret_access_key: crate::secret::Secret,
    /// Set for a temporary key.
    pub session_token: Option<crate::secret::Secret>,
    /// Where they come from, for people.
    pub source: String,
}
