//! A message as Twilio's API shows it.

use model::{OutboxState, Timestamp};
use serde::Deserialize;
use serde_json::Value;

use super::errors;
use crate::Refusal;

/// A message, or as much of one as was sent. No field is relied on to be there.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Message {
    pub(super) sid: Option<String>,
    pub(super) status: Option<String>,
    pub(super) direction: Option<String>,
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
    pub(super) body: Option<String>,
    pub(super) num_segments: Option<String>,
    pub(super) num_media: Option<String>,
    pub(super) messaging_service_sid: Option<String>,
    pub(super) date_created: Option<String>,
    pub(super) date_sent: Option<String>,
    /// A number in JSON; text in some answers.
    error_code: Option<Value>,
}

impl Message {
    /// Its id, where it has one.
    pub(super) fn id(&self) -> Option<&str> {
        self.sid.as_deref().filter(|sid| !sid.is_empty())
    }

    /// How far a text of ours has come.
    pub(super) fn state(&self) -> Option<OutboxState> {
        self.status.as_deref().and_then(state)
    }

    /// Why it failed.
    pub(super) fn error(&self) -> Refusal {
        errors::refusal(&self.error_code.as_ref().map(code).unwrap_or_default())
    }

    /// When it was made. Texts that wait have not been sent, but all have been made.
    pub(super) fn created(&self) -> Option<Timestamp> {
        instant(self.date_created.as_deref()?)
    }

    /// When it came in, or was sent.
    pub(super) fn sent(&self) -> Option<Timestamp> {
        instant(self.date_sent.as_deref()?)
    }
}

/// A code from JSON, be it a number or text.
pub(super) fn code(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        _ => String::new(),
    }
}

/// How far a text of ours has come; `None` for words of texts that come in, and for words Twilio
/// has not told us yet.
pub(super) fn state(status: &str) -> Option<OutboxState> {
    match status {
        "accepted" | "scheduled" | "queued" | "sending" | "sent" => Some(OutboxState::Accepted),
        "delivered" | "read" | "partially_delivered" => Some(OutboxState::Delivered),
        "undelivered" | "failed" | "canceled" => Some(OutboxState::Failed),
        _ => None,
    }
}

fn instant(rfc2822: &str) -> Option<Timestamp> {
    let at = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(rfc2822).ok()?;
    Some(Timestamp::new(at))
}
