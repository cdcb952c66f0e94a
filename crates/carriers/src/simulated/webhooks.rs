//! The simulated carrier's webhooks: forms of its own, signed with the account's token.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use hmac::{Hmac, KeyInit as _, Mac as _};
use model::{ErrorClass, MessageText, OutboxState, Phone};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

use crate::{
    Account, Call, Event, Hook, HookError, InboundText, OutboundText, RawRequest, Refusal, Report,
    form::{Form, encode},
};

const HEADER: &str = "x-simulated-signature";

/// A request that the simulated carrier makes of the service.
#[derive(Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Which of the carrier's webhooks it is for.
    pub hook: Hook,
    /// The callback's address of a report, where the text had one; our id of the text also stands
    /// in the body.
    pub url: Option<String>,
    /// Its headers, by lower-case name.
    pub headers: Vec<(&'static str, String)>,
    /// Its body.
    pub body: Vec<u8>,
}

impl Webhook {
    fn signed(account: &Account, hook: Hook, pairs: &[(&str, &str)]) -> Self {
        let body = encode(pairs.iter().copied()).into_bytes();
        let headers = vec![
            ("content-type", "application/x-www-form-urlencoded".to_owned()),
            (HEADER, sign(&account.auth_token, &body)),
        ];
        Self { hook, url: None, headers, body }
    }

    /// The value of a header, by lower-case name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        self.headers.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone())
    }
}

impl std::fmt::Debug for Webhook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Webhook").field("hook", &self.hook).finish_non_exhaustive()
    }
}

fn sign(secret: &str, body: &[u8]) -> String {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(body);
    BASE64.encode(mac.finalize().into_bytes())
}

pub(super) fn verify(account: &Account, request: RawRequest<'_>) -> Result<(), HookError> {
    let given = (request.header)(HEADER).ok_or(HookError::Unsigned)?;
    let ours = sign(&account.auth_token, request.body);
    let holds =
        !account.auth_token.is_empty() && bool::from(ours.as_bytes().ct_eq(given.as_bytes()));
    if holds { Ok(()) } else { Err(HookError::Unsigned) }
}

pub(super) fn text(account: &Account, id: &str, from: &Phone, words: &MessageText) -> Webhook {
    let line = account.number.e164();
    let pairs = [("id", id), ("line", line), ("phone", from.e164()), ("text", words.reveal())];
    Webhook::signed(account, Hook::Message, &pairs)
}

pub(super) fn call(account: &Account, id: &str, from: &Phone) -> Webhook {
    let pairs = [("id", id), ("line", account.number.e164()), ("phone", from.e164())];
    Webhook::signed(account, Hook::Voice, &pairs)
}

pub(super) fn report(
    account: &Account,
    text: &OutboundText,
    id: &str,
    state: OutboxState,
) -> Webhook {
    let (ours, word) = (text.id.to_string(), state.to_string());
    let mut pairs =
        vec![("id", id), ("line", account.number.e164()), ("state", word.as_str()), ("m", &ours)];
    if state == OutboxState::Failed {
        pairs.push(("code", "lost"));
    }
    let url = text.status_url.clone();
    Webhook { url, ..Webhook::signed(account, Hook::Status, &pairs) }
}

pub(super) fn line(request: RawRequest<'_>) -> Option<Phone> {
    Form::read(request.body).get("line").and_then(|line| Phone::from_carrier(&line).ok())
}

pub(super) fn parse(hook: Hook, request: RawRequest<'_>) -> Result<Event, HookError> {
    let form = Form::read(request.body);
    let id = form.filled("id").ok_or(HookError::Incomplete("id"))?.into_owned();
    let phone = || {
        let phone = form.filled("phone").ok_or(HookError::Incomplete("phone"))?;
        Phone::from_carrier(&phone).map_err(|_| HookError::Malformed)
    };
    Ok(match hook {
        Hook::Message => Event::Inbound(InboundText {
            carrier_message_id: id,
            from: phone()?,
            text: MessageText::new(form.get("text").ok_or(HookError::Incomplete("text"))?),
            media: 0,
            carrier_answered: None,
        }),
        Hook::Status => {
            let state = form.filled("state").ok_or(HookError::Incomplete("state"))?;
            let state = state.parse().map_err(|_| HookError::Malformed)?;
            Event::Report(Report {
                outbox_id: form.get("m").and_then(|id| id.parse().ok()),
                carrier_message_id: id,
                state,
                error: form.filled("code").map(|code| refusal(&code)),
            })
        }
        Hook::Voice => Event::Call(Call { carrier_call_id: id, from: Some(phone()?) }),
    })
}

/// What a code of this carrier's means.
pub(super) fn refusal(code: &str) -> Refusal {
    let class = match code {
        "opted-out" => ErrorClass::OptedOut,
        "bad-number" => ErrorClass::BadNumber,
        "busy" | "lost" => ErrorClass::RetryLater,
        _ => ErrorClass::Unlisted,
    };
    Refusal { code: code.to_owned(), class, retry_after: None }
}
