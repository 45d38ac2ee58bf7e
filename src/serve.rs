//! A loopback HTTP server for any AWS client. It only carries requests and replies, and refuses slow, huge or
//! malformed requests.

mod connection;
mod log_entry;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::Semaphore;

pub use log_entry::LogEntry;

use crate::wire::Endpoint;

/// Limits for clients.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Maximum body size in bytes.
    pub body: usize,
    /// Timeout for a request's head, and then its body. An idle connection has the same timeout.
    pub patience: Duration,
    /// Maximum concurrent connections. Others wait.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { body: 1 << 20, patience: Duration::from_secs(30), connections: 256 }
    }
}

/// The server's log.
pub trait Log: Send + Sync {
    /// The name of the key's owner at the time of the request: the call itself may delete the key.
    fn principal(&self, access_key_id: &str) -> String;

    fn write(&self, entry: &LogEntry);
}

/// A listening socket.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    limits: Limits,
}

impl Server {
    /// Listens on `address`; with port 0 the system picks a port.
    ///
    /// # Errors
    /// The address is not loopback, or not available.
    pub async fn bind(address: SocketAddr, limits: Limits) -> io::Result<Self> {
        if !address.ip().is_loopback() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "only loopback addresses are served"));
        }
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address, limits })
    }

    /// The bound address.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until it is dropped.
    pub async fn run(self, endpoint: Arc<dyn Endpoint>, log: Arc<dyn Log>) {
        let room = Arc::new(Semaphore::new(self.limits.connections));
        let mut connections = tokio::task::JoinSet::new();
        loop {
            while connections.try_join_next().is_some() {}
            let Ok(place) = Arc::clone(&room).acquire_owned().await else { return };
            match self.listener.accept().await {
                Ok((stream, _)) => {
                    let service = connection::HttpService::new(Arc::clone(&endpoint), Arc::clone(&log), self.limits);
                    connections.spawn(async move {
                        service.serve(stream).await;
                        drop(place);
                    });
                }
                // The client has left, or no file descriptors are free: retry shortly.
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    }
}
