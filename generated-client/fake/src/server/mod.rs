//! The HTTP server: a thread with a runtime of its own, a listener on loopback, a task for each connection. Knows how
//! requests are recorded and faults injected. The handler knows the meaning of requests.

mod capture;
mod connection;
mod exchange;
mod play;
mod reply;

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{mpsc, watch};

use crate::faults::Faults;
use crate::late::HeldRequests;
use crate::log::RequestLog;
use crate::request::RecordedRequest;
use crate::response::FakeResponse;

/// Responds to requests. Called on the server's thread, and on a test's thread for late deliveries.
pub(crate) trait Handler: Send + Sync + 'static {
    fn response(&self, request: &RecordedRequest) -> FakeResponse;
}

#[derive(Clone, Debug)]
pub(crate) struct ListenOptions {
    pub(crate) ipv6: bool,
    pub(crate) keep_alive: bool,
    pub(crate) record_limit: usize,
}

/// The state that the server's thread and the test share.
pub(crate) struct Shared {
    pub(crate) handler: Arc<dyn Handler>,
    pub(crate) faults: Faults,
    pub(crate) log: RequestLog,
    pub(crate) held: HeldRequests,
    pub(crate) keep_alive: bool,
    connections: AtomicU64,
}

pub(crate) struct Server {
    pub(crate) shared: Arc<Shared>,
    address: SocketAddr,
    control: Option<mpsc::UnboundedSender<Control>>,
    thread: Option<JoinHandle<()>>,
}

/// Commands to the thread, each acknowledged after its execution. The thread stops when no sender remains.
enum Control {
    Refuse(std::sync::mpsc::Sender<io::Result<()>>),
    Accept(std::sync::mpsc::Sender<io::Result<()>>),
}

impl Server {
    pub(crate) fn start(handler: Arc<dyn Handler>, options: &ListenOptions) -> io::Result<Self> {
        let loopback = if options.ipv6 {
            IpAddr::V6(Ipv6Addr::LOCALHOST)
        } else {
            IpAddr::V4(Ipv4Addr::LOCALHOST)
        };
        let listener = std::net::TcpListener::bind(SocketAddr::new(loopback, 0))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let shared = Arc::new(Shared {
            handler,
            faults: Faults::default(),
            log: RequestLog::new(options.record_limit),
            held: HeldRequests::default(),
            keep_alive: options.keep_alive,
            connections: AtomicU64::new(0),
        });
        let (control, commands) = mpsc::unbounded_channel();
        let served = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name(format!("gitlab-pat-fake {}", address.port()))
            .spawn(move || {
                runtime.block_on(async move {
                    if let Ok(listener) = TcpListener::from_std(listener) {
                        run(listener, address, served, commands).await;
                    }
                });
            })?;
        Ok(Self {
            shared,
            address,
            control: Some(control),
            thread: Some(thread),
        })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns how many connections have been accepted so far.
    pub(crate) fn connections(&self) -> u64 {
        self.shared.connections.load(Ordering::Relaxed)
    }

    pub(crate) fn refuse_connections(&self) -> io::Result<()> {
        self.command(Control::Refuse)
    }

    pub(crate) fn accept_connections(&self) -> io::Result<()> {
        self.command(Control::Accept)
    }

    fn command(
        &self,
        make: impl FnOnce(std::sync::mpsc::Sender<io::Result<()>>) -> Control,
    ) -> io::Result<()> {
        let stopped = || io::Error::other("the server's thread has stopped");
        let (acknowledge, acknowledged) = std::sync::mpsc::channel();
        let control = self.control.as_ref().ok_or_else(stopped)?;
        control.send(make(acknowledge)).map_err(|_| stopped())?;
        acknowledged.recv().map_err(|_| stopped())?
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.control = None;
        if let Some(thread) = self.thread.take() {
            // The thread ends on its own. A panic in it has been printed and must not become a second one here.
            let _ = thread.join();
        }
    }
}

/// Accepts connections until the other end of `commands` is dropped.
async fn run(
    listener: TcpListener,
    address: SocketAddr,
    shared: Arc<Shared>,
    mut commands: mpsc::UnboundedReceiver<Control>,
) {
    let mut port = Listener::Open(listener);
    let refusing = watch::Sender::new(());
    loop {
        tokio::select! {
            command = commands.recv() => {
                let (result, acknowledge) = match command {
                    None => return,
                    Some(Control::Refuse(acknowledge)) => {
                        refusing.send_replace(());
                        (port.close(address), acknowledge)
                    }
                    Some(Control::Accept(acknowledge)) => (port.open(address), acknowledge),
                };
                let _ = acknowledge.send(result);
            }
            accepted = port.accept() => match accepted {
                Ok(stream) => handle_connection(stream, &shared, refusing.subscribe()),
                // Out of file descriptors, most likely: the next attempt must not be at once.
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            },
        }
    }
}

fn handle_connection(stream: TcpStream, shared: &Arc<Shared>, refused: watch::Receiver<()>) {
    let number = shared.connections.fetch_add(1, Ordering::Relaxed) + 1;
    if shared.faults.at_connect() {
        let _ = stream.set_zero_linger();
        return;
    }
    let _ = stream.set_nodelay(true);
    tokio::spawn(connection::serve(
        stream,
        number,
        Arc::clone(shared),
        refused,
    ));
}

/// The listener, or a bound socket that reserves its port while connections are refused.
enum Listener {
    Open(TcpListener),
    Closed(Option<TcpSocket>),
}

impl Listener {
    async fn accept(&self) -> io::Result<TcpStream> {
        match self {
            Self::Open(listener) => listener.accept().await.map(|(stream, _)| stream),
            Self::Closed(_) => std::future::pending().await,
        }
    }

    fn close(&mut self, address: SocketAddr) -> io::Result<()> {
        if let Self::Open(_) = self {
            *self = Self::Closed(None);
            *self = Self::Closed(Some(bound(address)?));
        }
        Ok(())
    }

    fn open(&mut self, address: SocketAddr) -> io::Result<()> {
        if let Self::Closed(socket) = self {
            let socket = match socket.take() {
                Some(socket) => socket,
                None => bound(address)?,
            };
            *self = Self::Open(socket.listen(1024)?);
        }
        Ok(())
    }
}

fn bound(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()?
    } else {
        TcpSocket::new_v6()?
    };
    // On Unix a port with connections in their last minutes can be bound only so; on Windows the option means
    // something else.
    if cfg!(unix) {
        socket.set_reuseaddr(true)?;
    }
    socket.bind(address)?;
    Ok(socket)
}
