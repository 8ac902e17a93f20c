//! A server in this process, and a client that keeps its connection: no more of HTTP/1.1 than the measurement needs.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context as _;
use axum::Router;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{Mutex, oneshot};

/// A running server; it ends when dropped.
pub struct Server {
    pub address: SocketAddr,
    _stop: oneshot::Sender<()>,
}

/// Serves on a free port of the loopback address, with two worker threads of its own.
///
/// # Errors
/// No port, no thread.
pub fn serve(router: Router) -> anyhow::Result<Server> {
    let listener = std::net::TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let (stop, stopped) = oneshot::channel::<()>();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    std::thread::spawn(move || {
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            let service = router.into_make_service_with_connect_info::<SocketAddr>();
            axum::serve(listener, service)
                .with_graceful_shutdown(async move {
                    let _ = stopped.await;
                })
                .await
        })
    });
    Ok(Server { address, _stop: stop })
}

/// One connection.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// A connection that a load's futures can share one after the other.
pub type Shared = Arc<Mutex<Connection>>;

impl Connection {
    pub async fn open(address: SocketAddr) -> anyhow::Result<Shared> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Arc::new(Mutex::new(Self { stream, buffer: Vec::with_capacity(8192) })))
    }

    /// Asks and reads the whole answer; gives the body's length.
    ///
    /// # Errors
    /// The connection broke, or the answer is not 200.
    pub async fn get(&mut self, path: &str, cookie: &str) -> anyhow::Result<usize> {
        let request =
            format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: {cookie}\r\naccept: application/json\r\n\r\n");
        self.stream.write_all(request.as_bytes()).await?;
        self.buffer.clear();
        loop {
            let read = self.stream.read_buf(&mut self.buffer).await?;
            anyhow::ensure!(read > 0, "the server closed the connection");
            let Some(end) = self.buffer.windows(4).position(|w| w == b"\r\n\r\n") else { continue };
            let head = std::str::from_utf8(self.buffer.get(..end).unwrap_or_default())?;
            let length: usize = head
                .lines()
                .filter_map(|l| l.split_once(':'))
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .and_then(|(_, value)| value.trim().parse().ok())
                .context("an answer without a length")?;
            if self.buffer.len() < end + 4 + length {
                continue;
            }
            let body = self.buffer.get(end + 4..).unwrap_or_default();
            anyhow::ensure!(head.starts_with("HTTP/1.1 200"), "{head}: {}", String::from_utf8_lossy(body));
            return Ok(length);
        }
    }
}
