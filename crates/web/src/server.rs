//! The accept loop: our own, because the ready-made one never closes a connection that dribbles. Bounds on every wait, and an orderly end.

use std::{
    collections::HashMap,
    convert::Infallible,
    future::Future,
    io,
    net::{IpAddr, SocketAddr},
    pin::{Pin, pin},
    sync::{Arc, Mutex, OnceLock, PoisonError},
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{Router, body::Body, extract::Request, response::Response};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    task::JoinSet,
    time::{Instant, Sleep, sleep, timeout},
};
use tower::ServiceExt as _;

use crate::routes;

/// How long and how many. The defaults suit an office's own machine without a proxy before it.
#[derive(Clone, Debug)]
pub struct Bounds {
    /// From the first byte, or the end of the last answer, to the end of the head.
    pub header: Duration,
    /// The longest that a peer may take nothing of an answer.
    pub stall: Duration,
    pub connections: usize,
    /// Of one address that is no proxy of ours: an office behind one address still fits.
    pub per_address: usize,
    pub proxies: Vec<IpAddr>,
    /// How long open requests may go on once the end has come.
    pub grace: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            header: Duration::from_secs(10),
            stall: Duration::from_secs(30),
            connections: 2048,
            per_address: 256,
            proxies: Vec::new(),
            grace: Duration::from_secs(20),
        }
    }
}

/// The address at the other end of the connection.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// The way in: everyone is told to come back until it is opened.
#[derive(Clone, Default)]
pub struct Door(Arc<OnceLock<Router>>);

impl Door {
    pub fn closed() -> Self {
        Self::default()
    }

    /// Opens once; later calls change nothing.
    pub fn open(&self, router: Router) {
        let _ = self.0.set(router);
    }

    pub fn is_open(&self) -> bool {
        self.0.get().is_some()
    }

    async fn answer(self, request: Request) -> Response {
        match self.0.get().cloned() {
            Some(router) => match router.oneshot(request).await {
                Ok(response) => response,
                Err(never) => match never {},
            },
            None => routes::not_yet(),
        }
    }
}

/// Serves until `stop`, then lets open requests end.
pub async fn serve(
    listener: TcpListener,
    door: Door,
    bounds: Bounds,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    let mut stop = pin!(stop);
    let places = Arc::new(Semaphore::new(bounds.connections));
    let guests = Guests::default();
    let (end, ending) = watch::channel(false);
    let mut open = JoinSet::new();
    loop {
        // A place first: whom we cannot serve waits in the system's queue, and costs nothing.
        let place = tokio::select! {
            () = &mut stop => break,
            place = places.clone().acquire_owned() => place.map_err(io::Error::other)?,
        };
        let (stream, peer) = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file handles, most likely; others will close.
                    tracing::warn!(%error, "a connection could not be accepted");
                    sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        while open.try_join_next().is_some() {}
        let limit = if bounds.proxies.contains(&peer.ip()) { usize::MAX } else { bounds.per_address };
        let Some(guest) = guests.let_in(peer.ip(), limit) else { continue };
        let serving = connection(stream, peer, door.clone(), bounds.clone(), ending.clone());
        open.spawn(async move {
            serving.await;
            drop((place, guest));
        });
    }
    drop(listener);
    let _ = end.send(true);
    let all = async { while open.join_next().await.is_some() {} };
    if timeout(bounds.grace, all).await.is_err() {
        tracing::warn!("requests were still open when the time of grace ended");
    }
    Ok(())
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    door: Door,
    bounds: Bounds,
    mut ending: watch::Receiver<bool>,
) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let door = door.clone();
        async move {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(Peer(peer));
            Ok::<_, Infallible>(door.answer(request).await)
        }
    });
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(bounds.header)
        .max_buf_size(64 * 1024)
        .max_headers(64)
        .serve_connection(TokioIo::new(Patient::new(stream, bounds.stall)), service);
    let mut serving = pin!(serving);
    let end = async move { ending.wait_for(|end| *end).await.is_ok() };
    let ended = tokio::select! {
        ended = serving.as_mut() => ended,
        _ = end => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}

/// How many connections each address holds.
#[derive(Clone, Default)]
struct Guests(Arc<Mutex<HashMap<IpAddr, usize>>>);

struct Guest {
    guests: Guests,
    address: IpAddr,
}

impl Guests {
    fn let_in(&self, address: IpAddr, limit: usize) -> Option<Guest> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = held.entry(address).or_default();
        if *count >= limit {
            return None;
        }
        *count += 1;
        Some(Guest { guests: self.clone(), address })
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        let mut held = self.guests.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = held.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                held.remove(&self.address);
            }
        }
    }
}

/// A stream that gives up on a peer who takes nothing for too long.
struct Patient {
    stream: TcpStream,
    patience: Duration,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    fn new(stream: TcpStream, patience: Duration) -> Self {
        Self { stream, patience, waiting: None }
    }

    fn wait<T>(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.waiting = None;
            return written;
        }
        let until = Instant::now() + self.patience;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(until)));
        ready!(waiting.as_mut().poll(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Patient {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, into)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.wait(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        self.wait(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
