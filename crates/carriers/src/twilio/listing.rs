//! Asking Twilio which messages it has.
//!
//! The list shows the newest first and page by page. It filters by the day a text was *sent*,
//! which texts that still wait do not have, and by a sender that a messaging service has perhaps
//! not chosen yet: so a text of ours is looked for by its recipient alone and the rest is compared
//! here.

use jiff::SignedDuration;
use model::{MessageText, Phone, Timestamp};
use reqwest::Client;
use serde::Deserialize;

use super::{
    message::Message,
    rest::{self, Answer},
    webhooks::sender,
};
use crate::{Account, AskError, Found, InboundText, Missing};

/// How far Twilio's clock may be from ours, and how coarse its dates are.
const SKEW: SignedDuration = SignedDuration::from_secs(60);

/// A list longer than so many pages is not understood: better no answer than half of one.
const MOST_PAGES: usize = 100;

/// What Twilio puts before every text of an account on trial.
const TRIAL: &str = "Sent from your Twilio trial account - ";

#[derive(Deserialize)]
struct Page {
    messages: Vec<Message>,
    next_page_uri: Option<String>,
}

/// Reads the list for as long as `wanted` wants more of it; it is given the messages one by one.
async fn read(
    http: &Client,
    account: &Account,
    filter: &[(&str, &str)],
    mut wanted: impl FnMut(Message) -> bool + Send,
) -> Result<(), AskError> {
    let first = rest::messages(account).ok_or_else(|| AskError::Refused("account-sid".into()))?;
    let mut next = Some(format!("{first}?{}", crate::form::encode(filter.iter().copied())));
    for _ in 0..MOST_PAGES {
        let Some(address) = next else { return Ok(()) };
        let page = page(http, account, &address).await?;
        let mut more = page.messages.is_empty();
        for message in page.messages {
            more |= wanted(message);
        }
        if !more {
            return Ok(());
        }
        next = match page.next_page_uri {
            // Relative to the API's address; anything else would carry our credentials elsewhere.
            Some(path) if path.starts_with('/') => Some(format!("{}{path}", rest::base(account))),
            Some(path) if path.is_empty() => None,
            Some(_) => return Err(AskError::Unreadable),
            None => None,
        };
    }
    Err(AskError::Unreadable)
}

async fn page(http: &Client, account: &Account, address: &str) -> Result<Page, AskError> {
    let body = ask(http, account, address).await?;
    serde_json::from_slice(&body).map_err(|_| AskError::Unreadable)
}

/// Asks the API, and gives what it answered.
pub(super) async fn ask(
    http: &Client,
    account: &Account,
    address: &str,
) -> Result<Vec<u8>, AskError> {
    let request = http.get(address).basic_auth(&account.account_sid, Some(&account.auth_token));
    let response = request.send().await.map_err(|error| {
        tracing::debug!(error = &error.without_url() as &dyn std::error::Error);
        AskError::Unreachable
    })?;
    let answer = Answer::read(response).await;
    match answer.status.as_u16() {
        200..=299 => answer.body.ok_or(AskError::Unreachable),
        408 | 429 | 500.. => Err(AskError::Unreachable),
        status => {
            Err(AskError::Refused(answer.error_code().unwrap_or_else(|| format!("http-{status}"))))
        }
    }
}

/// Looks for a text of which we know only that it was written.
pub(super) async fn find(
    http: &Client,
    account: &Account,
    missing: &Missing,
) -> Result<Found, AskError> {
    let from = missing.written_after.after(-SKEW);
    let filter = [("To", missing.to.e164()), ("PageSize", "100")];
    let mut found: Option<Message> = None;
    let mut illegible = false;
    read(http, account, &filter, |message| {
        let Some(created) = message.created() else { return true };
        if created < from {
            return false;
        }
        if is_ours(&message, account, missing) {
            let body = message.body.as_deref().unwrap_or_default();
            if is_text(body, missing.text.reveal()) {
                // The oldest: one written later belongs to a later text with the same words.
                found = Some(message);
            } else if body.is_empty() {
                illegible = true;
            }
        }
        true
    })
    .await?;
    match found {
        Some(message) => {
            let state = message.state().ok_or(AskError::Unreadable)?;
            let error = (state == model::OutboxState::Failed).then(|| message.error());
            let carrier_message_id = message.sid.ok_or(AskError::Unreadable)?;
            Ok(Found::Message { carrier_message_id, state, error })
        }
        // The account has Twilio forget the words, so one of these may be it.
        None if illegible => Err(AskError::Unreadable),
        None => Ok(Found::Nothing),
    }
}

fn is_ours(message: &Message, account: &Account, missing: &Missing) -> bool {
    let known = message.id().is_none_or(|sid| missing.accounted_for.iter().any(|id| id == sid));
    went_out(message, account, &missing.to) && !known
}

/// Whether a message of the list went from the line to this number.
fn went_out(message: &Message, account: &Account, to: &Phone) -> bool {
    let outbound = message.direction.as_deref().is_some_and(|way| way.starts_with("outbound"));
    let to = message.to.as_deref() == Some(to.e164());
    // While a messaging service has not chosen a sender there is none to compare.
    let from = message.from.as_deref() == Some(account.number.e164());
    let service = account.messaging_service.is_some()
        && message.messaging_service_sid == account.messaging_service;
    outbound && to && (from || service)
}

/// Whether anything went out to a number since `since`. Its dates are whole seconds, and its clock is
/// its own: a text that comes in and its answer are told apart by it alone.
pub(super) async fn wrote_since(
    http: &Client,
    account: &Account,
    to: &Phone,
    since: Timestamp,
) -> Result<bool, AskError> {
    let filter = [("To", to.e164()), ("PageSize", "100")];
    let mut wrote = false;
    read(http, account, &filter, |message| {
        let Some(created) = message.created() else { return true };
        if created < since {
            return false;
        }
        wrote |= went_out(&message, account, to);
        !wrote
    })
    .await?;
    Ok(wrote)
}

fn is_text(body: &str, text: &str) -> bool {
    // Twilio takes spaces off the ends.
    let body = body.strip_prefix(TRIAL).unwrap_or(body);
    body.trim() == text.trim() && !body.is_empty()
}

/// The texts that came in since `since`, oldest first.
pub(super) async fn inbound_since(
    http: &Client,
    account: &Account,
    since: Timestamp,
) -> Result<Vec<(Timestamp, InboundText)>, AskError> {
    let from = since.after(-SKEW);
    // The filter knows days alone (in UTC); the rest is compared here.
    let day = from.as_jiff().strftime("%Y-%m-%d").to_string();
    let line = account.number.e164();
    let filter = [("To", line), ("DateSent>", day.as_str()), ("PageSize", "200")];
    let mut texts = Vec::new();
    read(http, account, &filter, |message| {
        let Some(at) = message.created().or_else(|| message.sent()) else { return true };
        // A text counts from when Twilio had it or called us, whichever was later.
        if message.sent().unwrap_or(at).max(at) < from {
            return false;
        }
        let comes_in = message.direction.as_deref() == Some("inbound");
        if comes_in && message.to.as_deref() == Some(line) {
            texts.extend(text(&message).map(|text| (at, text)));
        }
        true
    })
    .await?;
    texts.reverse();
    texts.sort_by_key(|(at, _)| *at);
    Ok(texts)
}

/// A text from the list; `None` where it concerns no line of ours.
fn text(message: &Message) -> Option<InboundText> {
    let from: Phone = sender(message.from.as_deref()?).ok()??;
    Some(InboundText {
        carrier_message_id: message.id()?.to_owned(),
        from,
        text: MessageText::new(message.body.clone().unwrap_or_default()),
        media: message.num_media.as_deref().and_then(|n| n.parse().ok()).unwrap_or(0),
        carrier_answered: None,
    })
}
