//! A server on this machine with scripted replies.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// The action of a server after it has read a request.
#[derive(Clone)]
pub(crate) enum Reply {
    /// Sends these bytes and ends the connection.
    Close(&'static str),
    /// Sends these bytes and waits for the next request on the same connection.
    Keep(&'static str),
    /// Sends these bytes, then nothing until the client disconnects.
    Stall(&'static str),
    /// Ends the connection with a reset.
    Reset,
}

/// A listening server, which ends with the test's process.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Replies to the requests in turn. The last reply is repeated.
    pub(crate) fn start(replies: impl Into<Vec<Reply>>) -> Self {
        let replies = Mutex::new(replies.into());
        Self::start_with(move |stream, requests| {
            serve(stream, requests, &replies);
        })
    }

    /// Serves connections in turn.
    pub(crate) fn start_with(
        serve: impl Fn(TcpStream, &Mutex<Vec<String>>) + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        thread::spawn(move || {
            for stream in listener.incoming() {
                serve(stream.unwrap(), &seen);
            }
        });
        Self { address, requests }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the heads and bodies of the requests.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// Returns an address without a server.
pub(crate) fn closed_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

fn serve(mut stream: TcpStream, requests: &Mutex<Vec<String>>, replies: &Mutex<Vec<Reply>>) {
    while let Some(request) = read_request(&mut stream) {
        requests.lock().unwrap().push(request);
        let reply = {
            let mut replies = replies.lock().unwrap();
            if replies.len() > 1 {
                replies.remove(0)
            } else {
                replies[0].clone()
            }
        };
        // The client may have disconnected.
        let send = |stream: &mut TcpStream, text: &str| drop(stream.write_all(text.as_bytes()));
        match reply {
            Reply::Keep(text) => send(&mut stream, text),
            Reply::Close(text) => {
                send(&mut stream, text);
                let _ = stream.shutdown(Shutdown::Write);
                let _ = stream.read(&mut [0; 64]);
                return;
            }
            Reply::Stall(text) => {
                send(&mut stream, text);
                let _ = stream.read(&mut [0; 64]);
                return;
            }
            Reply::Reset => {
                // This resets the connection, as closing a socket with unread bytes does.
                let socket = socket2::Socket::from(stream);
                socket.set_linger(Some(std::time::Duration::ZERO)).unwrap();
                return;
            }
        }
    }
}

/// Reads a head and as many bytes after it as `Content-Length` declares, or none if the connection ended.
pub(crate) fn read_request(stream: &mut impl Read) -> Option<String> {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => bytes.push(byte[0]),
            _ => return None,
        }
    }
    let head = String::from_utf8(bytes).unwrap();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    Some(head + &String::from_utf8(body).unwrap())
}
