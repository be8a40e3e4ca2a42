//! Responses on their way to the client: whole, damaged, or lost. This module knows only HTTP.

use std::collections::VecDeque;
use std::future::pending;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_util::Stream;
use gitlab_pat::transport::{ResponseBody, TransportError, TransportErrorKind};
use gitlab_pat_fake::FakeResponse;

use crate::network::End;
use crate::plan::{Damage, GatewayBody, Intermediary, Loss};

pub(crate) async fn lost(
    how: Loss,
    end: End,
) -> Result<http::Response<ResponseBody>, TransportError> {
    Err(TransportError::new(match how {
        Loss::ConnectionLost => TransportErrorKind::ConnectionLost,
        Loss::ReadTimeout => TransportErrorKind::ReadTimeout,
        Loss::InvalidResponse => TransportErrorKind::InvalidResponse,
        Loss::Other => TransportErrorKind::Other,
        Loss::Silence => pending().await,
        Loss::Status(status, retry_after) => {
            let response = match status {
                500 => FakeResponse::internal_error(),
                _ => FakeResponse::proxy_error(status),
            };
            return Ok(whole(pausing(response, retry_after), end));
        }
    }))
}

pub(crate) fn pausing(response: FakeResponse, retry_after: Option<u16>) -> FakeResponse {
    match retry_after {
        Some(seconds) => response.header("Retry-After", seconds.to_string()),
        None => response,
    }
}

/// A part of a body on its way to the client.
enum Piece {
    Bytes(Bytes),
    Failure,
    Stall,
}

struct Pieces {
    pieces: VecDeque<Piece>,
    _end: End,
}

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.pieces.pop_front() {
            None => Poll::Ready(None),
            Some(Piece::Bytes(bytes)) => Poll::Ready(Some(Ok(bytes))),
            Some(Piece::Failure) => {
                Poll::Ready(Some(Err(TransportErrorKind::ConnectionLost.into())))
            }
            Some(Piece::Stall) => {
                self.pieces.push_front(Piece::Stall);
                Poll::Pending
            }
        }
    }
}

pub(crate) fn whole(response: FakeResponse, end: End) -> http::Response<ResponseBody> {
    let body = Bytes::copy_from_slice(response.body_bytes());
    in_pieces(&response, [Piece::Bytes(body)], end)
}

pub(crate) fn damaged(
    response: &FakeResponse,
    how: Damage,
    end: End,
) -> http::Response<ResponseBody> {
    let body = Bytes::copy_from_slice(response.body_bytes());
    let half = body.slice(..body.len() / 2);
    let html = FakeResponse::html(200, "<html><body>Sign in</body></html>");
    match how {
        Damage::Empty => in_pieces(response, [], end),
        Damage::Html => whole(html.status_code(response.status()), end),
        Damage::Garbage => in_pieces(
            response,
            [Piece::Bytes(Bytes::from_static(b"{\"id\":]"))],
            end,
        ),
        Damage::Truncated => in_pieces(response, [Piece::Bytes(half)], end),
        Damage::BreaksOff => in_pieces(response, [Piece::Bytes(half), Piece::Failure], end),
        Damage::Stalls => in_pieces(response, [Piece::Bytes(half), Piece::Stall], end),
    }
}

pub(crate) fn intermediary(by: Intermediary, end: End) -> http::Response<ResponseBody> {
    let json = |status, text: &'static str| FakeResponse::raw_json(status, text);
    let sign_in = "<html><body>Sign in</body></html>";
    let response = match by {
        Intermediary::SignIn => FakeResponse::html(200, sign_in),
        Intermediary::Nothing => FakeResponse::new(204),
        Intermediary::Json => json(200, r#"{"status":"ok"}"#),
        Intermediary::Elsewhere => FakeResponse::redirect(307, "https://elsewhere.example/sign_in"),
        Intermediary::Gateway { status, body } => match body {
            GatewayBody::Nothing => FakeResponse::new(status),
            GatewayBody::Page => FakeResponse::html(status, sign_in),
            GatewayBody::Text => FakeResponse::text(status, "Rejected"),
            GatewayBody::Json => json(status, r#"{"rejected":true}"#),
            GatewayBody::ApiError => json(
                status,
                r#"{"error":"forbidden","message":"The gateway rejects this"}"#,
            ),
        },
    };
    whole(response, end)
}

fn in_pieces(
    response: &FakeResponse,
    pieces: impl IntoIterator<Item = Piece>,
    end: End,
) -> http::Response<ResponseBody> {
    let body = Pieces {
        pieces: pieces.into_iter().collect(),
        _end: end,
    };
    let mut builder = http::Response::builder().status(response.status());
    for (name, value) in response.headers() {
        builder = builder.header(name.as_str(), value.as_slice());
    }
    builder
        .body(ResponseBody::from_stream(body))
        .expect("a response")
}
