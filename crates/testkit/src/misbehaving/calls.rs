//! The carrier's webhooks: it calls the service, signed, and repeats as it is asked to.

use std::{sync::Arc, time::Duration};

use carriers::twilio::Signing;

use super::{Carrier, Fault, log::Record};

/// What came of calling a webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The carrier's id of what it told.
    pub sid: String,
    /// The HTTP status of each call, 0 where none came; empty where the call was lost.
    pub statuses: Vec<u16>,
    /// The body of the last answer.
    pub answer: String,
}

/// Between two tries; the real one waits longer, but no less surely.
const BETWEEN: Duration = Duration::from_millis(40);

/// Calls a webhook until it is answered well or the tries are used up.
///
/// The fragment says how often: `rc` repetitions, after failed connections alone or, with
/// `rp=all`, after any answer that is not of the 2xx.
async fn post(carrier: &Carrier, url: &str, pairs: &[(&str, &str)]) -> (Vec<u16>, String) {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let (address, fragment) = url.split_once('#').unwrap_or((url, ""));
    let asked = |name| {
        let found = url::form_urlencoded::parse(fragment.as_bytes()).find(|(key, _)| key == name);
        found.map(|(_, value)| value.into_owned())
    };
    let repetitions = asked("rc").and_then(|n| n.parse().ok()).unwrap_or(1).min(5);
    let all = asked("rp").is_some_and(|policy| policy == "all");
    let token = Signing::AuthToken(&carrier.options.auth_token).sign(address, body.as_bytes());
    let idempotency = carrier.sid("IT");
    let mut statuses = Vec::new();
    let mut answer = String::new();
    for again in 0..=repetitions {
        if again > 0 {
            tokio::time::sleep(BETWEEN * again).await;
        }
        let request = carrier
            .http
            .post(address)
            .header("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
            .header("x-twilio-signature", &token)
            .header("i-twilio-idempotency-token", &idempotency)
            .body(body.clone());
        let status = match request.send().await {
            Ok(response) => {
                let status = response.status().as_u16();
                answer = response.text().await.unwrap_or_default();
                status
            }
            Err(_) => 0,
        };
        statuses.push(status);
        if (200..300).contains(&status) || status != 0 && !all {
            break;
        }
    }
    (statuses, answer)
}

/// Has a text that was taken go its way to the phone, and reports on it.
pub(super) fn deliver(carrier: &Arc<Carrier>, sid: String, fault: Fault) {
    let carrier = Arc::clone(carrier);
    tokio::spawn(async move {
        tokio::time::sleep(carrier.options.step).await;
        let (last, code) = match fault {
            Fault::Undelivered(code) => ("undelivered", Some(code)),
            _ => ("delivered", None),
        };
        let Some(sent) = step(&carrier, &sid, "sent", None) else { return };
        if fault == Fault::Unreported {
            return;
        }
        let chances = carrier.state().chances;
        let overtaken = carrier.happens(chances.reports_reordered);
        if !overtaken {
            report(&carrier, &sent).await;
        }
        tokio::time::sleep(carrier.options.step).await;
        let Some(last) = step(&carrier, &sid, last, code) else { return };
        report(&carrier, &last).await;
        if overtaken {
            report(&carrier, &sent).await;
        }
    });
}

/// Moves a text on, and shows it as it then stands.
fn step(carrier: &Carrier, sid: &str, status: &'static str, code: Option<u32>) -> Option<Record> {
    let now = carrier.clock.now();
    let mut state = carrier.state();
    let record = state.log.find_mut(sid)?;
    record.status = status;
    record.error_code = code;
    record.sent.get_or_insert(now);
    if let (true, Some((_, sender))) = (record.from.is_empty(), &carrier.options.service) {
        record.from.clone_from(sender);
    }
    Some(record.clone())
}

async fn report(carrier: &Carrier, record: &Record) {
    let Some(url) = &record.callback else { return };
    let code = record.error_code.map(|code| code.to_string());
    let mut pairs = vec![
        ("ApiVersion", "2010-04-01"),
        ("MessageStatus", record.status),
        ("SmsSid", &record.sid),
        ("SmsStatus", record.status),
        ("To", &record.to),
        ("From", &record.from),
        ("MessageSid", &record.sid),
        ("AccountSid", &carrier.options.account_sid),
    ];
    if let Some(service) = &record.service {
        pairs.push(("MessagingServiceSid", service));
    }
    if let Some(code) = &code {
        pairs.push(("ErrorCode", code));
    }
    let chances = carrier.state().chances;
    let times = if carrier.happens(chances.reports_doubled) { 2 } else { 1 };
    for _ in 0..times {
        post(carrier, url, &pairs).await;
    }
}

/// What the carrier's own opt-out makes of a text: the word for the webhook, and the list of who
/// may not be texted kept.
fn opt_out(carrier: &Carrier, line: &str, phone: &str, body: &str) -> Option<&'static str> {
    if !carrier.options.answers_stop {
        return None;
    }
    let pair = (line.to_owned(), phone.to_owned());
    match body.trim().to_ascii_uppercase().as_str() {
        "STOP" | "UNSUBSCRIBE" | "END" | "QUIT" | "STOPALL" | "REVOKE" | "OPTOUT" | "CANCEL" => {
            carrier.state().stopped.insert(pair);
            Some("STOP")
        }
        "START" | "UNSTOP" | "YES" => {
            carrier.state().stopped.remove(&pair);
            Some("START")
        }
        "HELP" | "INFO" => Some("HELP"),
        _ => None,
    }
}

pub(super) async fn text(
    carrier: &Carrier,
    url: &str,
    from: &str,
    to: &str,
    body: &str,
) -> Delivery {
    let now = carrier.clock.now();
    let record = Record {
        sid: carrier.sid("SM"),
        inbound: true,
        from: from.to_owned(),
        to: to.to_owned(),
        body: body.to_owned(),
        created: now,
        sent: Some(now),
        status: "received",
        error_code: None,
        service: None,
        callback: None,
        validity_period: None,
    };
    carrier.state().log.records.push(record.clone());
    let keyword = opt_out(carrier, to, from, body);
    let chances = carrier.state().chances;
    if carrier.happens(chances.texts_lost) {
        return Delivery { sid: record.sid, statuses: vec![], answer: String::new() };
    }
    let mut delivery = tell(carrier, url, &record, keyword).await;
    if carrier.happens(chances.texts_doubled) {
        let again = tell(carrier, url, &record, keyword).await;
        delivery.statuses.extend(again.statuses);
        delivery.answer = again.answer;
    }
    delivery
}

pub(super) async fn redeliver(carrier: &Carrier, url: &str, sid: &str) -> Delivery {
    let record = carrier.state().log.find(sid).filter(|record| record.inbound).cloned();
    let Some(record) = record else {
        return Delivery { sid: sid.to_owned(), statuses: vec![], answer: String::new() };
    };
    let keyword = opt_out(carrier, &record.to, &record.from, &record.body);
    tell(carrier, url, &record, keyword).await
}

async fn tell(
    carrier: &Carrier,
    url: &str,
    record: &Record,
    keyword: Option<&'static str>,
) -> Delivery {
    let mut pairs = vec![
        ("ToCountry", "US"),
        ("ToState", "NY"),
        ("SmsMessageSid", record.sid.as_str()),
        ("NumMedia", "0"),
        ("ToCity", ""),
        ("FromZip", ""),
        ("SmsSid", &record.sid),
        ("FromState", "NY"),
        ("SmsStatus", "received"),
        ("FromCity", ""),
        ("Body", &record.body),
        ("FromCountry", "US"),
        ("To", &record.to),
        ("ToZip", ""),
        ("NumSegments", "1"),
        ("MessageSid", &record.sid),
        ("AccountSid", &carrier.options.account_sid),
        ("From", &record.from),
        ("ApiVersion", "2010-04-01"),
    ];
    if let Some(keyword) = keyword {
        pairs.push(("OptOutType", keyword));
    }
    let (statuses, answer) = post(carrier, url, &pairs).await;
    Delivery { sid: record.sid.clone(), statuses, answer }
}

pub(super) async fn call(carrier: &Carrier, url: &str, from: &str, to: &str) -> Delivery {
    let sid = carrier.sid("CA");
    let pairs = [
        ("CallSid", sid.as_str()),
        ("AccountSid", &carrier.options.account_sid),
        ("From", from),
        ("To", to),
        ("CallStatus", "ringing"),
        ("Direction", "inbound"),
        ("ForwardedFrom", ""),
        ("CallerName", ""),
        ("ApiVersion", "2010-04-01"),
    ];
    let (statuses, answer) = post(carrier, url, &pairs).await;
    Delivery { sid, statuses, answer }
}
