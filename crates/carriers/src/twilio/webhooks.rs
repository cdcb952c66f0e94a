//! Twilio's webhooks: which line they are for and what they tell.

use model::{MessageText, OutboxId, OutboxState, Phone};

use super::{errors, message};
use crate::{
    Call, CarrierAnswered, Event, Hook, HookError, InboundText, RawRequest, Report, form,
    form::Form,
};

/// What Twilio writes where a caller's number is withheld or cannot be told: words spelt on the
/// keys of a telephone (ANONYMOUS, BLOCKED, RESTRICTED, UNAVAILABLE, UNKNOWN), no numbers.
const WITHHELD: [&str; 5] = ["+266696687", "+2562533", "+7378742833", "+86282452253", "+8656696"];

/// The number that the request names as ours. Nothing is believed yet.
pub(super) fn addressed_to(hook: Hook, request: RawRequest<'_>) -> Option<Phone> {
    let form = Form::read(request.body);
    // A report is about a text of ours: there the line is the sender.
    let name = if hook == Hook::Status { "From" } else { "To" };
    form.get(name).and_then(|number| Phone::from_carrier(&number).ok())
}

/// The text of ours that a report is about, as its callback's address names it. Nothing is believed
/// yet.
pub(super) fn about(hook: Hook, request: RawRequest<'_>) -> Option<OutboxId> {
    if hook != Hook::Status {
        return None;
    }
    form::query(request.url).get("m").and_then(|id| id.parse().ok())
}

/// What the request tells.
pub(super) fn parse(hook: Hook, request: RawRequest<'_>) -> Result<Vec<Event>, HookError> {
    let form = Form::read(request.body);
    let event = match hook {
        Hook::Message => text(&form)?.map(Event::Inbound),
        Hook::Status => report(&form, request.url)?.map(Event::Report),
        Hook::Voice => call(&form)?.map(Event::Call),
    };
    Ok(event.into_iter().collect())
}

fn text(form: &Form) -> Result<Option<InboundText>, HookError> {
    let carrier_message_id = id(form, "MessageSid")?;
    let Some(from) = sender(&form.filled("From").ok_or(HookError::Incomplete("From"))?)? else {
        return Ok(None);
    };
    Ok(Some(InboundText {
        carrier_message_id,
        from,
        text: MessageText::new(form.get("Body").unwrap_or_default()),
        media: form.get("NumMedia").and_then(|n| n.parse().ok()).unwrap_or(0),
        carrier_answered: form.get("OptOutType").and_then(|kind| answered(&kind)),
    }))
}

/// Who texts; `None` for a sender that is no number and cannot be answered.
///
/// # Errors
/// [`HookError::Malformed`] for an address of another channel (`whatsapp:+1...`): no line of ours
/// is on one, so the account is set up wrongly, and Twilio's own log of errors should show it.
pub(super) fn sender(from: &str) -> Result<Option<Phone>, HookError> {
    if from.contains(':') {
        return Err(HookError::Malformed);
    }
    Ok(Phone::from_carrier(from).ok())
}

fn answered(kind: &str) -> Option<CarrierAnswered> {
    match kind.to_ascii_uppercase().as_str() {
        "STOP" => Some(CarrierAnswered::Stop),
        "START" => Some(CarrierAnswered::Start),
        "HELP" => Some(CarrierAnswered::Help),
        _ => None,
    }
}

fn report(form: &Form, url: &str) -> Result<Option<Report>, HookError> {
    let carrier_message_id = id(form, "MessageSid")?;
    let status = form
        .filled("MessageStatus")
        .or_else(|| form.filled("SmsStatus"))
        .ok_or(HookError::Incomplete("MessageStatus"))?;
    let Some(state) = message::state(&status) else { return Ok(None) };
    let error = (state == OutboxState::Failed)
        .then(|| errors::refusal(&form.get("ErrorCode").unwrap_or_default()));
    let outbox_id = form::query(url).get("m").and_then(|id| id.parse().ok());
    Ok(Some(Report { outbox_id, carrier_message_id, state, error }))
}

fn call(form: &Form) -> Result<Option<Call>, HookError> {
    let carrier_call_id = id(form, "CallSid")?;
    let begins =
        matches!(form.get("CallStatus").as_deref(), None | Some("ringing" | "in-progress"));
    let comes_in = matches!(form.get("Direction").as_deref(), None | Some("inbound"));
    let from = form.get("From").filter(|from| !WITHHELD.contains(&from.as_ref()));
    let from = from.and_then(|from| Phone::from_carrier(&from).ok());
    Ok((begins && comes_in).then_some(Call { carrier_call_id, from }))
}

/// An id of Twilio's: today two letters and 32 digits, but that is theirs to change.
fn id(form: &Form, name: &'static str) -> Result<String, HookError> {
    let id = form.filled(name).ok_or(HookError::Incomplete(name))?;
    if id.len() <= 64 && id.bytes().all(|b| b.is_ascii_graphic()) {
        Ok(id.into_owned())
    } else {
        Err(HookError::Malformed)
    }
}
