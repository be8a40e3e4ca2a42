//! A minimal HTTP client over a socket, whose requests and responses are available byte for byte.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use gitlab_pat_fake::{FakeGitLab, NewToken};
use serde_json::Value;

/// The time limit for a response.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self
            .headers
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))?;
        Some(value)
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("text")
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    #[track_caller]
    pub(crate) fn ids(&self) -> Vec<i64> {
        assert_eq!(self.status, 200, "{}", self.text());
        self.json()
            .as_array()
            .expect("an array")
            .iter()
            .map(|item| item["id"].as_i64().expect("an id"))
            .collect()
    }

    /// Asserts status and exact body.
    #[track_caller]
    pub(crate) fn assert(&self, status: u16, body: &str) {
        assert_eq!((self.status, self.text()), (status, body));
    }
}

/// One request: method, path below the instance, headers, body.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ask {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

pub(crate) fn ask(method: &str, target: &str) -> Ask {
    Ask {
        method: method.to_owned(),
        target: target.to_owned(),
        ..Ask::default()
    }
}

impl Ask {
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn token(self, token: &NewToken) -> Self {
        self.header("PRIVATE-TOKEN", token.secret())
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    pub(crate) fn body(mut self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.header("Content-Type", content_type)
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut bytes = format!(
            "{} {} HTTP/1.1\r\nHost: gitlab.test\r\n",
            self.method, self.target
        )
        .into_bytes();
        for (name, value) in &self.headers {
            bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        }
        if !self.body.is_empty() {
            bytes.extend_from_slice(format!("Content-Length: {}\r\n", self.body.len()).as_bytes());
        }
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(&self.body);
        bytes
    }

    /// Sends on a new connection and reads the response.
    #[track_caller]
    pub(crate) fn send(&self, gitlab: &FakeGitLab) -> Reply {
        self.try_send(&gitlab.url()).expect("a response")
    }

    pub(crate) fn try_send(&self, url: &str) -> io::Result<Reply> {
        let mut stream = connect(url)?;
        stream.write_all(&self.bytes())?;
        read_reply(&mut stream, self.method == "HEAD")
    }
}

pub(crate) fn connect(url: &str) -> io::Result<TcpStream> {
    let authority = url
        .trim_start_matches("http://")
        .split('/')
        .next()
        .unwrap_or_default();
    let stream = TcpStream::connect(authority)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    Ok(stream)
}

/// Reads one response whose body is framed by `Content-Length`.
pub(crate) fn read_reply(stream: &mut TcpStream, bodiless: bool) -> io::Result<Reply> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).map_err(io::Error::other)?;
    let mut lines = head.lines();
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1))
        .and_then(|status| status.parse().ok());
    let status = status.ok_or_else(|| io::Error::other("no status line"))?;
    let headers = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.into(), value.into()));
    let mut reply = Reply {
        status,
        headers: headers.collect(),
        body: Vec::new(),
    };
    let length = reply
        .header("content-length")
        .and_then(|value| value.parse().ok())
        .unwrap_or(0);
    if !bodiless {
        reply.body.resize(length, 0);
        stream.read_exact(&mut reply.body)?;
    }
    Ok(reply)
}

pub(crate) fn get(gitlab: &FakeGitLab, token: &NewToken, target: &str) -> Reply {
    ask("GET", target).token(token).send(gitlab)
}

pub(crate) fn post(gitlab: &FakeGitLab, token: &NewToken, target: &str) -> Reply {
    ask("POST", target).token(token).send(gitlab)
}

pub(crate) fn delete(gitlab: &FakeGitLab, token: &NewToken, target: &str) -> Reply {
    ask("DELETE", target).token(token).send(gitlab)
}

pub(crate) const TOKENS: &str = "/api/v4/personal_access_tokens";
