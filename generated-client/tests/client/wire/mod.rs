//! Requests, byte for byte: request line, headers, body. The blocking client sends the same.

mod base_url;
mod bodies;
mod complete;
mod headers;
mod requests;
mod values;

use gitlab_pat_fake::{RecordedRequest, RecordingServer};

use crate::support::{Exchange, TOKEN, block_on, client, json, only, sample};

type Row = (Exchange, Expected);

/// An expected request.
#[derive(Clone, Copy)]
struct Expected {
    /// The request line without the protocol's version.
    line: &'static str,
    /// The JSON body, byte for byte. `None` if there is no body.
    body: Option<&'static str>,
}

/// Creates an expected request without a body.
const fn bare(line: &'static str) -> Expected {
    Expected { line, body: None }
}

/// Creates an expected request with a JSON body.
const fn with_body(line: &'static str, body: &'static str) -> Expected {
    Expected {
        line,
        body: Some(body),
    }
}

/// Runs every row with both clients and compares the requests that arrived.
fn assert_sent(rows: &[Row]) {
    for (exchange, expected) in rows {
        for (client, request) in sent(exchange, "") {
            assert_request(&request, expected, &format!("{} ({client})", exchange.name));
        }
    }
}

/// Returns the request that each client sends for an exchange, with a base URL that ends in `suffix`.
fn sent(exchange: &Exchange, suffix: &str) -> Vec<(&'static str, RecordedRequest)> {
    // The result does not matter here, because the request does not depend on it.
    let run = |call: &dyn Fn(&str)| {
        let server = RecordingServer::start(json(sample::NO_ASSOCIATIONS)).expect("a server");
        call(&format!("{}{suffix}", server.url()));
        only(server.requests())
    };
    vec![
        (
            "async",
            run(&|url| drop(block_on((exchange.send)(&client(url, TOKEN))))),
        ),
        #[cfg(feature = "blocking")]
        (
            "blocking",
            run(&|url| {
                drop((exchange.send_blocking)(&crate::support::blocking_client(
                    url, TOKEN,
                )))
            }),
        ),
    ]
}

#[track_caller]
fn assert_request(request: &RecordedRequest, expected: &Expected, case: &str) {
    assert_eq!(
        request.request_line(),
        format!("{} HTTP/1.1", expected.line),
        "{case}"
    );
    assert_eq!(
        request.body_text(),
        Some(expected.body.unwrap_or_default()),
        "{case}"
    );

    let mut wanted = vec![
        ("accept", "application/json".to_owned()),
        (
            "host",
            request.header("host").unwrap_or_default().to_owned(),
        ),
        ("private-token", TOKEN.to_owned()),
        (
            "user-agent",
            concat!("gitlab-pat/", env!("CARGO_PKG_VERSION")).to_owned(),
        ),
    ];
    // Each POST creates a token. Responses with a secret are requested uncompressed.
    let coding = if expected.line.starts_with("POST") {
        "identity"
    } else {
        "gzip"
    };
    wanted.push(("accept-encoding", coding.to_owned()));
    match expected.body {
        Some(body) => {
            wanted.push(("content-type", "application/json".to_owned()));
            wanted.push(("content-length", body.len().to_string()));
        }
        // A POST without a body has `Content-Length: 0` (RFC 9110, section 8.6).
        None if expected.line.starts_with("POST") => {
            wanted.push(("content-length", "0".to_owned()));
        }
        None => {}
    }
    wanted.sort();
    assert_eq!(headers(request), wanted, "{case}");
}

/// Returns every header as it was sent, by name.
pub(crate) fn headers(request: &RecordedRequest) -> Vec<(&str, String)> {
    let mut headers: Vec<_> = request
        .headers()
        .iter()
        .map(|(name, value)| {
            (
                name.as_str(),
                String::from_utf8(value.clone()).expect("text"),
            )
        })
        .collect();
    headers.sort();
    headers
}
