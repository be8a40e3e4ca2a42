//! Answers on their way to the client: whole, damaged, or lost. Knows HTTP alone.

use std::collections::VecDeque;
use std::future::pending;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_util::Stream;
use gitlab_pat::{ResponseBody, TransportError, TransportErrorKind};
use gitlab_pat_fake::Answer;

use crate::network::End;
use crate::plan::{Damage, Impostor, Loss, Says};

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
            let answer = match status {
                500 => Answer::internal_error(),
                _ => Answer::proxy_error(status),
            };
            return Ok(whole(pausing(answer, retry_after), end));
        }
    }))
}

pub(crate) fn pausing(answer: Answer, retry_after: Option<u16>) -> Answer {
    match retry_after {
        Some(seconds) => answer.header("Retry-After", seconds.to_string()),
        None => answer,
    }
}

/// One piece of a body's way to the client.
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

pub(crate) fn whole(answer: Answer, end: End) -> http::Response<ResponseBody> {
    let body = Bytes::copy_from_slice(answer.body_bytes());
    response(&answer, [Piece::Bytes(body)], end)
}

pub(crate) fn damaged(answer: &Answer, how: Damage, end: End) -> http::Response<ResponseBody> {
    let body = Bytes::copy_from_slice(answer.body_bytes());
    let half = body.slice(..body.len() / 2);
    let html = Answer::html(200, "<html><body>Sign in</body></html>");
    match how {
        Damage::Empty => response(answer, [], end),
        Damage::Html => whole(html.status_code(answer.status()), end),
        Damage::Garbage => response(
            answer,
            [Piece::Bytes(Bytes::from_static(b"{\"id\":]"))],
            end,
        ),
        Damage::Truncated => response(answer, [Piece::Bytes(half)], end),
        Damage::BreaksOff => response(answer, [Piece::Bytes(half), Piece::Failure], end),
        Damage::Stalls => response(answer, [Piece::Bytes(half), Piece::Stall], end),
    }
}

pub(crate) fn impostor(by: Impostor, end: End) -> http::Response<ResponseBody> {
    let json = |status, body: &'static str| {
        Answer::new(status)
            .header("Content-Type", "application/json")
            .body(body)
    };
    let sign_in = "<html><body>Sign in</body></html>";
    let answer = match by {
        Impostor::SignIn => Answer::html(200, sign_in),
        Impostor::Nothing => Answer::new(204),
        Impostor::Json => json(200, r#"{"status":"ok"}"#),
        Impostor::Elsewhere => Answer::redirect(307, "https://elsewhere.example/sign_in"),
        Impostor::Gateway { status, says } => match says {
            Says::Nothing => Answer::new(status),
            Says::Page => Answer::html(status, sign_in),
            Says::Text => Answer::text(status, "Refused"),
            Says::Json => json(status, r#"{"refused":true}"#),
            Says::TheServersWords => json(
                status,
                r#"{"error":"forbidden","message":"The gateway refuses this"}"#,
            ),
        },
    };
    whole(answer, end)
}

fn response(
    answer: &Answer,
    pieces: impl IntoIterator<Item = Piece>,
    end: End,
) -> http::Response<ResponseBody> {
    let body = Pieces {
        pieces: pieces.into_iter().collect(),
        _end: end,
    };
    let mut response = http::Response::builder().status(answer.status());
    for (name, value) in answer.headers() {
        response = response.header(name.as_str(), value.as_slice());
    }
    response
        .body(ResponseBody::from_stream(body))
        .expect("an answer")
}
