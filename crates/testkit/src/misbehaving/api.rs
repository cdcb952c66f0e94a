//! Twilio's API of messages, as much of it as a line needs.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse as _, Response},
    routing::get,
};
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{Carrier, Fault, calls, control, log::Record, server::hang_up};

pub(super) fn router(carrier: Arc<Carrier>) -> Router {
    Router::new()
        .route("/2010-04-01/Accounts/{account}/Messages.json", get(list).post(create))
        .route("/2010-04-01/Accounts/{account}/Messages/{message}", get(fetch))
        .merge(control::router())
        .with_state(carrier)
}

/// The pairs of a form or a query.
pub(super) struct Pairs(Vec<(String, String)>);

impl Pairs {
    fn read(text: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(text).into_owned().collect())
    }

    fn get(&self, name: &str) -> Option<&str> {
        let pair = self.0.iter().find(|(key, value)| key == name && !value.is_empty());
        pair.map(|(_, value)| value.as_str())
    }

    fn owned(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }
}

fn error(status: StatusCode, code: u32, message: &str) -> Response {
    let more = format!("https://www.twilio.com/docs/errors/{code}");
    let body =
        json!({"code": code, "message": message, "more_info": more, "status": status.as_u16()});
    (status, Json(body)).into_response()
}

fn busy(seconds: u32) -> Response {
    let mut response = error(StatusCode::TOO_MANY_REQUESTS, 20429, "Too Many Requests");
    response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    response
}

fn broken() -> Response {
    let page = Html("<html><body><h1>500 Internal Server Error</h1></body></html>");
    (StatusCode::INTERNAL_SERVER_ERROR, page).into_response()
}

impl Carrier {
    /// What a request is answered that may not be made at all.
    fn turns_away(&self, account: &str, headers: &HeaderMap) -> Option<Response> {
        let Self { options, .. } = self;
        let expected = BASE64.encode(format!("{}:{}", options.account_sid, options.auth_token));
        let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        if given != Some(&format!("Basic {expected}")) {
            return Some(error(StatusCode::UNAUTHORIZED, 20003, "Authenticate"));
        }
        if account != options.account_sid {
            return Some(error(StatusCode::NOT_FOUND, 20404, "The account was not found"));
        }
        None
    }

    /// Answers nothing for a while and then hangs up.
    async fn silence(&self) -> Response {
        tokio::time::sleep(self.options.silence).await;
        hang_up()
    }
}

async fn create(
    State(carrier): State<Arc<Carrier>>,
    Path(account): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    tokio::time::sleep(carrier.options.latency).await;
    if let Some(refused) = carrier.turns_away(&account, &headers) {
        return refused;
    }
    carrier.state().log.attempts += 1;
    let form = Pairs::read(&body);
    let record = match outbound(&carrier, &form) {
        Ok(record) => record,
        Err((code, message)) => return error(StatusCode::BAD_REQUEST, code, message),
    };
    let fault = carrier.fault_of(&record.to);
    match fault {
        Fault::Busy(seconds) => return busy(seconds),
        Fault::Refused(code) => return error(StatusCode::BAD_REQUEST, code, "Refused"),
        Fault::Broken => return broken(),
        Fault::Silent => return carrier.silence().await,
        Fault::Dropped => return hang_up(),
        _ => {}
    }
    let answer = record.json(&account);
    carrier.state().log.records.push(record.clone());
    calls::deliver(&carrier, record.sid, fault);
    match fault {
        Fault::BrokenAfter => broken(),
        Fault::SilentAfter => carrier.silence().await,
        Fault::DroppedAfter => hang_up(),
        _ => (StatusCode::CREATED, Json(answer)).into_response(),
    }
}

/// The text that a form asks to be sent, or the error it earns.
fn outbound(carrier: &Carrier, form: &Pairs) -> Result<Record, (u32, &'static str)> {
    let to = form.owned("To").ok_or((21604, "A 'To' phone number is required"))?;
    let body = form.owned("Body").ok_or((21602, "Message body is required"))?;
    if body.chars().count() > 1600 {
        return Err((21617, "The message body exceeds the 1600 character limit"));
    }
    if !to.starts_with('+') || !to[1..].bytes().all(|b| b.is_ascii_digit()) {
        return Err((21211, "Invalid 'To' phone number"));
    }
    let service = form.owned("MessagingServiceSid");
    let from = match (&service, form.owned("From")) {
        (_, Some(from)) => from,
        (Some(service), None) => {
            let known = carrier.options.service.as_ref().is_some_and(|(sid, _)| sid == service);
            // It has no sender before it is its turn.
            if known { String::new() } else { return Err((21705, "No such messaging service")) }
        }
        (None, None) => return Err((21603, "A 'From' phone number is required")),
    };
    // A service writes texts plainly unless it is told not to.
    let plainly = service.is_some() && form.get("SmartEncoded") != Some("false");
    let body = if plainly { carriers::segments::fold(&body) } else { body };
    let sender = match &carrier.options.service {
        Some((_, sender)) if from.is_empty() => sender.clone(),
        _ => from.clone(),
    };
    if carrier.state().stopped.contains(&(sender, to.clone())) {
        return Err((21610, "Attempt to send to unsubscribed recipient"));
    }
    Ok(Record {
        sid: carrier.sid("SM"),
        inbound: false,
        status: if from.is_empty() { "accepted" } else { "queued" },
        from,
        to,
        body,
        created: carrier.clock.now(),
        sent: None,
        error_code: None,
        service,
        callback: form.owned("StatusCallback"),
        validity_period: form.owned("ValidityPeriod"),
    })
}

async fn fetch(
    State(carrier): State<Arc<Carrier>>,
    Path((account, message)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    if let Some(refused) = carrier.turns_away(&account, &headers) {
        return refused;
    }
    let sid = message.trim_end_matches(".json");
    match carrier.state().log.find(sid) {
        Some(record) => Json(record.json(&account)).into_response(),
        None => error(StatusCode::NOT_FOUND, 20404, "The message was not found"),
    }
}

async fn list(
    State(carrier): State<Arc<Carrier>>,
    Path(account): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    tokio::time::sleep(carrier.options.latency).await;
    if let Some(refused) = carrier.turns_away(&account, &headers) {
        return refused;
    }
    let (scripted, chances) = {
        let mut state = carrier.state();
        (state.lists.pop_front(), state.chances)
    };
    let by_chance = || carrier.happens(chances.list_broken).then_some(Fault::Broken);
    match scripted.or_else(by_chance).unwrap_or_default() {
        Fault::Busy(seconds) => return busy(seconds),
        Fault::Refused(code) => return error(StatusCode::BAD_REQUEST, code, "Refused"),
        Fault::Broken | Fault::BrokenAfter => return broken(),
        Fault::Silent | Fault::SilentAfter => return carrier.silence().await,
        Fault::Dropped | Fault::DroppedAfter => return hang_up(),
        Fault::Fine | Fault::Undelivered(_) | Fault::Unreported => {}
    }
    let query = query.unwrap_or_default();
    page(&carrier, &account, &query)
}

/// One page of the list, the newest first. The next one begins after the last message of this one,
/// whatever has come in between.
fn page(carrier: &Carrier, account: &str, query: &str) -> Response {
    let filter = Pairs::read(query.as_bytes());
    let day = |name| filter.get(name).and_then(|text| text.get(..10)?.parse::<Date>().ok());
    let (on, from, until) = (day("DateSent"), day("DateSent>"), day("DateSent<"));
    let asked = filter.get("PageSize").and_then(|size| size.parse().ok()).unwrap_or(50);
    let size = usize::clamp(asked, 1, carrier.options.page_size);
    let seen = carrier.clock.now().after(-carrier.options.listing_lag);
    let state = carrier.state();
    let matching = state.log.records.iter().rev().filter(|record| {
        let sent = record.sent.map(|at| at.as_jiff().to_zoned(jiff::tz::TimeZone::UTC).date());
        let within = |bound: Option<Date>, holds: fn(&Date, &Date) -> bool| {
            bound.is_none_or(|bound| sent.is_some_and(|sent| holds(&sent, &bound)))
        };
        record.created <= seen
            && filter.get("To").is_none_or(|to| record.to == to)
            && filter.get("From").is_none_or(|from| record.from == from)
            && within(on, Date::eq)
            && within(from, Date::ge)
            && within(until, Date::le)
    });
    let mut rest = matching.peekable();
    if let Some(after) = filter.get("PageToken") {
        while rest.next_if(|record| record.sid != after).is_some() {}
        rest.next();
    }
    let records: Vec<&Record> = rest.by_ref().take(size).collect();
    let next = rest.peek().and(records.last()).map(|last| {
        let kept = filter.0.iter().filter(|(name, _)| name != "PageToken");
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(kept)
            .append_pair("PageToken", &last.sid)
            .finish();
        format!("/2010-04-01/Accounts/{account}/Messages.json?{query}")
    });
    let messages: Vec<Value> = records.iter().map(|record| record.json(account)).collect();
    let body = json!({"messages": messages, "page_size": size, "next_page_uri": next});
    Json(body).into_response()
}
