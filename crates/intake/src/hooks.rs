//! One request of a carrier, from raw bytes to its effect.

use std::{future::Future, pin::Pin};

use axum::{
    body::Body,
    extract::{FromRequest as _, State},
    http::{self, HeaderMap, header},
    response::{IntoResponse as _, Response},
};
use bytes::Bytes;
use carriers::{Event, Hook, HookError, RawRequest};
use dispatch::{Dispatch, RegisteredLine};
use model::{CarrierKind, OutboxId, Phone};

use crate::Receipt;

/// A request as it came: path with query, headers, and the body byte for byte.
#[derive(Debug, Clone)]
pub struct Request {
    /// The path and the query, as they were called.
    pub path_and_query: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

type Handled = Pin<Box<dyn Future<Output = Response> + Send>>;

/// The handler of one webhook of one carrier.
pub(crate) fn endpoint(
    carrier: CarrierKind,
    hook: Hook,
) -> impl Fn(State<Dispatch>, http::Request<Body>) -> Handled + Clone + Send + Sync + 'static {
    move |State(dispatch), request| Box::pin(handle(dispatch, carrier, hook, request))
}

async fn handle(
    dispatch: Dispatch,
    carrier: CarrierKind,
    hook: Hook,
    request: http::Request<Body>,
) -> Response {
    let path_and_query =
        request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    let headers = request.headers().clone();
    let body = match Bytes::from_request(request, &()).await {
        Ok(body) => body,
        // Too large, or the connection broke off in the middle.
        Err(refused) => return refused.into_response(),
    };
    take(&dispatch, carrier, hook, &Request { path_and_query, headers, body }).await.into_response()
}

/// Verifies a request and does what it tells. The simulated carrier's requests come in here too.
#[tracing::instrument(name = "intake.webhook", skip_all, fields(%carrier, ?hook))]
pub async fn take(
    dispatch: &Dispatch,
    carrier: CarrierKind,
    hook: Hook,
    request: &Request,
) -> Receipt {
    let receipt = attempt(dispatch, carrier, hook, request).await;
    metrics::counter!("latchline_webhooks_total", "carrier" => carrier.to_string(), "outcome" => receipt.outcome())
        .increment(1);
    receipt
}

async fn attempt(dispatch: &Dispatch, kind: CarrierKind, hook: Hook, request: &Request) -> Receipt {
    let Some(carrier) = dispatch.carrier(kind) else { return Receipt::Forbidden };
    if !is_form(&request.headers) {
        return Receipt::WrongType;
    }
    let url = format!("{}{}", dispatch.public_url(), request.path_and_query);
    let header = |name: &str| {
        request.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
    };
    let raw = RawRequest { url: &url, header: &header, body: &request.body };
    let Ok(number) = carrier.addressed_to(hook, raw) else { return Receipt::Forbidden };
    let line = match line_of(dispatch, number, || carrier.about(hook, raw)).await {
        Ok(Some(line)) if line.carrier == kind => line,
        Ok(_) => return Receipt::Forbidden,
        Err(error) => return failed(&error),
    };
    if carrier.verify(&line.account, raw).is_err() {
        return Receipt::Forbidden;
    }
    let events = match carrier.parse(hook, raw) {
        Ok(events) => events,
        Err(HookError::Unsigned) => return Receipt::Forbidden,
        Err(HookError::Incomplete(_) | HookError::Malformed) => return Receipt::Unusable,
    };
    let mut spoken = None;
    for event in events {
        let done = match event {
            Event::Inbound(text) => dispatch.receive(&line, text).await.map(|_| ()),
            Event::Report(report) => dispatch.report(&line, report).await,
            Event::Call(call) => dispatch.call(&line, call).await.map(|said| {
                spoken = Some(carrier.spoken(&said.words, &said.lang));
            }),
        };
        if let Err(error) = done {
            return failed(&error);
        }
    }
    match spoken {
        Some((content_type, document)) => Receipt::Taken(content_type, document),
        None => {
            let (content_type, body) = carrier.receipt();
            Receipt::Taken(content_type, body.to_owned())
        }
    }
}

/// The line with the number that a request names, or the one over which the text went that it is
/// about: a messaging service may name a sender of its own choice, or none yet.
async fn line_of(
    dispatch: &Dispatch,
    number: Option<Phone>,
    about: impl FnOnce() -> Option<OutboxId>,
) -> Result<Option<RegisteredLine>, dispatch::Error> {
    if let Some(number) = number
        && let Some(line) = dispatch.line_by_number(&number).await?
    {
        return Ok(Some(line));
    }
    match about() {
        Some(message) => dispatch.line_of_message(message).await,
        None => Ok(None),
    }
}

/// Nothing was kept: the carrier is asked to come again, and what it does not bring again is found
/// by asking it.
fn failed(error: &dispatch::Error) -> Receipt {
    tracing::error!(error = error as &dyn std::error::Error, "a webhook could not be recorded");
    Receipt::Later
}

/// Every carrier there is sends forms.
fn is_form(headers: &HeaderMap) -> bool {
    let kind =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}
