//! A loopback HTTP server for any AWS client. It only carries requests and replies; slow, huge or malformed
//! requests are refused here.

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

/// What a client may ask of the server.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of a request's body.
    pub body: usize,
    /// How long a request's head, and then its body, may take to arrive; a connection without a request lives as long.
    pub patience: Duration,
    /// Connections at a time. More than that wait their turn.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { body: 1 << 20, patience: Duration::from_secs(30), connections: 256 }
    }
}

/// Who keeps the log.
pub trait Log: Send + Sync {
    /// What to call the owner of `access_key_id`, at the time the request arrives: its own call may delete the key.
    fn principal(&self, access_key_id: &str) -> String;

    /// Writes `entry` down.
    fn write(&self, entry: &LogEntry);
}

/// A socket that listens.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    limits: Limits,
}

impl Server {
    /// Listens on `address`; port 0 lets the system pick one.
    ///
    /// # Errors
    /// The address is not this machine's own loopback, or can't be had.
    pub async fn bind(address: SocketAddr, limits: Limits) -> io::Result<Self> {
        if !address.ip().is_loopback() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "only loopback addresses are served"));
        }
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address, limits })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until it is dropped.
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
                // A client that left already, or no file descriptors left: the next one may fare better.
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    }
}
