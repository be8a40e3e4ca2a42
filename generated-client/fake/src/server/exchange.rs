//! One request and its response: recorded, executed and delivered, with the fault of a rule if there is one. Knows faults
//! and the handler, but not GitLab.

use std::convert::Infallible;
use std::sync::Arc;

use http::{Request, Response};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use tokio::sync::oneshot;

use super::Shared;
use super::connection::ConnectionContext;
use super::reply::{ReplyBody, ordinary};
use crate::delivery::Delivery;
use crate::fault::{Execution, Fault, Outcome, Point};
use crate::request::RecordedRequest;
use crate::response::FakeResponse;
use crate::wire::Wire;

pub(crate) async fn run(
    request: Request<Incoming>,
    context: Arc<ConnectionContext>,
) -> Result<Response<ReplyBody>, Infallible> {
    let (parts, body) = request.into_parts();
    let captured = context
        .capture
        .take_head(context.number)
        .filter(|head| head.method == parts.method.as_str());
    let mut record = captured.unwrap_or_else(|| {
        // A pipelined request, whose bytes were read with another's.
        RecordedRequest::parsed(&parts, parts.uri.to_string(), context.number)
    });
    let fault = context.shared.faults.at_request(&record);

    if fault
        .as_ref()
        .is_some_and(|fault| fault.point == Point::Head)
    {
        context.shared.log.push(record);
        return taken_over(&context, Wire::new().reset()).await;
    }
    match body.collect().await {
        Ok(body) => {
            record.body = body.to_bytes();
            record.complete = true;
        }
        Err(_) => {
            context.shared.log.push(record);
            return taken_over(&context, Wire::new()).await;
        }
    }
    let cut = context.capture.finish_request();
    context.shared.log.push(record.clone());
    if cut {
        return taken_over(&context, Wire::new().reset()).await;
    }

    let with_body = record.method != "HEAD";
    // A task of its own, because a request that has arrived is executed even if its client disconnects.
    let (reply, replied) = oneshot::channel();
    let shared = Arc::clone(&context.shared);
    tokio::spawn(async move {
        let _ = reply.send(carry_out(&shared, record, fault).await);
    });
    match replied.await {
        Ok(Reply::FakeResponse(response, delivery)) => {
            match ordinary(&response).filter(|_| delivery.is_whole()) {
                Some(response) => Ok(response),
                None => taken_over(&context, delivery.script(&response, with_body)).await,
            }
        }
        Ok(Reply::Wire(wire)) => taken_over(&context, wire).await,
        Err(_) => taken_over(&context, Wire::new()).await,
    }
}

enum Reply {
    FakeResponse(FakeResponse, Delivery),
    Wire(Wire),
}

async fn carry_out(shared: &Shared, record: RecordedRequest, fault: Option<Fault>) -> Reply {
    let fault = fault.unwrap_or_else(Fault::none);
    if let Some(gate) = &fault.before {
        gate.pass().await;
    }
    let own = match fault.execution {
        Execution::Now => Some(shared.handler.response(&record)),
        Execution::Never => None,
        Execution::Late => {
            shared.held.hold(record);
            None
        }
    };
    if let Some(gate) = &fault.after {
        gate.pass().await;
    }
    match (fault.outcome, own) {
        (Outcome::Own, Some(response)) => Reply::FakeResponse(response, fault.delivery),
        (Outcome::Changed(change), Some(response)) => {
            Reply::FakeResponse(change(response), fault.delivery)
        }
        (Outcome::FakeResponse(response), _) => Reply::FakeResponse(response, fault.delivery),
        (Outcome::Wire(wire), _) => Reply::Wire(wire),
        (Outcome::Reset, _) => Reply::Wire(Wire::new().reset()),
        (Outcome::Close | Outcome::Own | Outcome::Changed(_), _) => Reply::Wire(Wire::new()),
    }
}

/// Hands the connection over to a script. The connection ends with it, and this future with the connection.
async fn taken_over(
    context: &ConnectionContext,
    wire: Wire,
) -> Result<Response<ReplyBody>, Infallible> {
    context.take_over(wire);
    std::future::pending().await
}
