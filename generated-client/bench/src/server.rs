//! A server on loopback that responds from memory, in a process of its own so that it is not measured.

use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;

/// The pages of the list.
pub const PAGES: usize = 200;

/// The tokens on a page.
pub const PER_PAGE: usize = 100;

/// The first argument of the server's process.
const ROLE: &str = "serve";

/// A running server, which ends when this is dropped.
pub struct Server {
    process: Child,
    url: String,
}

impl Server {
    /// Starts this executable again as the server.
    ///
    /// # Errors
    ///
    /// Returns an error if the process can't be started or prints no address.
    pub fn start() -> io::Result<Self> {
        let mut process = Command::new(std::env::current_exe()?)
            .arg(ROLE)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut url = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut url)?;
        }
        let url = url.trim().to_owned();
        Ok(Self { process, url })
    }

    /// Returns the URL of the server.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The server ends with its input. A failure can't be handled here.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

/// Serves until the input ends if this process is the server, and returns whether it was.
///
/// # Errors
///
/// Returns an error if the server can't listen.
pub fn run_if_server() -> io::Result<bool> {
    if std::env::args().nth(1).as_deref() != Some(ROLE) {
        return Ok(false);
    }
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("http://{}", listener.local_addr()?);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || serve(&stream));
        }
    });
    io::stdin().read_to_end(&mut Vec::new())?;
    Ok(true)
}

fn serve(mut stream: &TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let one = response(&token(1), "");
    let pages: Vec<Vec<u8>> = (1..=PAGES).map(page).collect();
    let mut lines = BufReader::new(stream).lines();
    while let Some(line) = lines.next() {
        let target = line?.split(' ').nth(1).unwrap_or_default().to_owned();
        for line in lines.by_ref() {
            if line?.is_empty() {
                break;
            }
        }
        let number = target
            .split(['?', '&'])
            .find_map(|pair| pair.strip_prefix("page="))
            .and_then(|number| number.parse::<usize>().ok())
            .unwrap_or(1);
        let response = if target.ends_with("/self") {
            Some(&one)
        } else {
            pages.get(number - 1)
        };
        stream.write_all(response.unwrap_or(&one))?;
    }
    Ok(())
}

fn page(number: usize) -> Vec<u8> {
    let next = match number {
        PAGES => String::new(),
        number => (number + 1).to_string(),
    };
    let headers = format!(
        "X-Next-Page: {next}\r\nX-Page: {number}\r\nX-Per-Page: {PER_PAGE}\r\nX-Total: {}\r\nX-Total-Pages: {PAGES}\r\n",
        PAGES * PER_PAGE
    );
    response(&tokens(PER_PAGE), &headers)
}

/// Returns a response with the headers that GitLab sends.
fn response(body: &str, headers: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 200 OK\r\n\
         Date: Tue, 05 May 2026 10:11:12 GMT\r\n\
         Content-Type: application/json\r\n\
         Content-Length: {}\r\n\
         Connection: keep-alive\r\n\
         Cache-Control: max-age=0, private, must-revalidate\r\n\
         Etag: W/\"b6d767d2f8ed5d21a44b0e5886680cb9\"\r\n\
         Vary: Origin\r\n\
         X-Content-Type-Options: nosniff\r\n\
         X-Frame-Options: SAMEORIGIN\r\n\
         X-Gitlab-Meta: {{\"correlation_id\":\"01JTGQ4ZPA8Q3T3Y6DZ2X4N5RV\",\"version\":\"1\"}}\r\n\
         X-Request-Id: 01JTGQ4ZPA8Q3T3Y6DZ2X4N5RV\r\n\
         X-Runtime: 0.043215\r\n\
         Strict-Transport-Security: max-age=63072000\r\n\
         RateLimit-Limit: 2000\r\n\
         RateLimit-Name: throttle_authenticated_api\r\n\
         RateLimit-Observed: 3\r\n\
         RateLimit-Remaining: 1997\r\n\
         RateLimit-Reset: 1777975920\r\n\
         {headers}\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Returns the body of a page with this number of tokens.
#[must_use]
pub fn tokens(count: usize) -> String {
    let items: Vec<String> = (1..=count).map(token).collect();
    format!("[{}]", items.join(","))
}

fn token(id: usize) -> String {
    let mut text = String::new();
    // Writing to a `String` does not fail.
    let _ = write!(
        text,
        r#"{{"id":{id},"name":"deploy of service {id}","revoked":false,"created_at":"2026-01-20T08:15:30.123Z","description":"for the nightly pipeline","scopes":["api","read_repository"],"user_id":1066,"last_used_at":"2026-05-04T09:10:11.000Z","last_used_ips":["192.0.2.17"],"active":true,"expires_at":"2027-01-20"}}"#
    );
    text
}
