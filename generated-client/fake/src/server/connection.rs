//! One connection. hyper speaks HTTP on it until an exchange takes it over. Independent of the exchanged data.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::{oneshot, watch};

use super::Shared;
use super::capture::{Capture, CapturedStream};
use super::exchange;
use super::play::play;
use crate::wire::Wire;

/// The connection of an exchange.
pub(crate) struct ConnectionContext {
    pub(crate) shared: Arc<Shared>,
    pub(crate) capture: Arc<Capture>,
    pub(crate) number: u64,
    takeover: Mutex<Option<oneshot::Sender<Wire>>>,
}

impl ConnectionContext {
    /// Ends HTTP on this connection and runs the script on it.
    pub(crate) fn take_over(&self, wire: Wire) {
        let sender = self
            .takeover
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(sender) = sender {
            let _ = sender.send(wire);
        }
    }
}

pub(crate) async fn serve(
    stream: TcpStream,
    number: u64,
    shared: Arc<Shared>,
    mut refused: watch::Receiver<()>,
) {
    let capture = Arc::new(Capture::default());
    let (takeover, mut taken_over) = oneshot::channel();
    let context = Arc::new(ConnectionContext {
        shared: Arc::clone(&shared),
        capture: Arc::clone(&capture),
        number,
        takeover: Mutex::new(Some(takeover)),
    });
    let service = service_fn(move |request| Box::pin(exchange::run(request, Arc::clone(&context))));
    let keep_alive = shared.keep_alive;
    let io = TokioIo::new(CapturedStream::new(stream, Arc::clone(&capture), shared));
    let mut connection = http1::Builder::new()
        .auto_date_header(false)
        .header_read_timeout(None)
        .keep_alive(keep_alive)
        .title_case_headers(true)
        .serve_connection(io, service);

    // The service owns the sender as long as hyper runs, so an error here means that hyper has ended.
    let wire = loop {
        tokio::select! {
            biased;
            wire = &mut taken_over => break wire.ok(),
            _ = poll_fn(|cx| connection.poll_without_shutdown(cx)) => break None,
            changed = refused.changed() => match changed {
                Ok(()) => std::pin::Pin::new(&mut connection).graceful_shutdown(),
                Err(_) => return,
            },
        }
    };
    let stream = connection.into_parts().io.into_inner().into_inner();
    let wire = match wire {
        Some(wire) => wire,
        None if capture.is_cut() => Wire::new().reset(),
        // A connection that hyper has ended only needs to be closed.
        None => Wire::new(),
    };
    play(wire, stream).await;
}
