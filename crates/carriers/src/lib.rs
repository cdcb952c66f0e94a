//! Carriers: how texts come in and go out, whoever carries them.
//!
//! One folder a carrier; each implements [`Carrier`] and nothing else is visible of it. A carrier
//! keeps no state of ours: what it must know to speak for a line is in [`Account`], what it is
//! asked stands in the call, and whether a thing was done before is the database's business.

pub mod email;
mod form;
pub mod push;
pub mod segments;
pub mod simulated;
pub mod twilio;
pub mod webhook;

use std::fmt;

use futures_util::future::BoxFuture;
use model::{CarrierKind, ErrorClass, MessageText, OutboxId, OutboxState, Phone, Timestamp};

/// A request as it came over the wire, before anything in it is believed.
#[derive(Clone, Copy)]
pub struct RawRequest<'a> {
    /// The address the carrier was told to call: the configured public URL with the request's own
    /// path and query, never the address this process sees behind its proxy.
    pub url: &'a str,
    /// The value of a header, by lower-case name.
    pub header: &'a (dyn Fn(&str) -> Option<String> + Sync),
    /// The body, byte for byte.
    pub body: &'a [u8],
}

/// Which of a carrier's webhooks was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hook {
    /// A text came in.
    Message,
    /// What became of a text of ours.
    Status,
    /// Somebody calls the line.
    Voice,
}

/// Why a webhook is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HookError {
    /// No signature, a wrong one, or one for another address.
    #[error("the signature is missing or wrong")]
    Unsigned,
    /// Signed, but without what every such request carries.
    #[error("the request lacks {0}")]
    Incomplete(&'static str),
    /// Not in the form this carrier uses.
    #[error("the body is not what this carrier sends")]
    Malformed,
}

/// What a carrier has to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A text that came in.
    Inbound(InboundText),
    /// News of a text of ours.
    Report(Report),
    /// Somebody calls the line.
    Call(Call),
}

/// A text that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboundText {
    /// The carrier's id of it: the same on every delivery of the same text.
    pub carrier_message_id: String,
    /// Who texts.
    pub from: Phone,
    /// The words; empty for a picture alone.
    pub text: MessageText,
    /// How many pictures or other attachments came with it.
    pub media: u32,
    /// What the carrier itself made of it, where it already answered (Twilio's `OptOutType`).
    pub carrier_answered: Option<CarrierAnswered>,
}

/// A picture or file that came with a text. It prints without its content.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// The file, whatever it is: what its sender calls it is not trusted.
    pub content: Vec<u8>,
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Picture({} bytes)", self.content.len())
    }
}

/// A keyword that the carrier has already acted on and confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CarrierAnswered {
    /// It has stopped our texts.
    Stop,
    /// It lets them through again.
    Start,
    /// It sent its own help.
    Help,
}

/// News of a text of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Our own id, as it travelled in the callback's address; it may come before the answer to the
    /// request did.
    pub outbox_id: Option<OutboxId>,
    /// The carrier's id of it.
    pub carrier_message_id: String,
    /// Accepted, delivered or failed.
    pub state: OutboxState,
    /// Why it failed.
    pub error: Option<Refusal>,
}

/// Somebody calls the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The carrier's id of the call.
    pub carrier_call_id: String,
    /// Who calls; `None` where the number is withheld.
    pub from: Option<Phone>,
}

/// A refusal by the carrier: its code and what that means for us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The carrier's own code, as text; empty where it gave none.
    pub code: String,
    /// What to do about it.
    pub class: ErrorClass,
    /// Not before so long, where the carrier says.
    pub retry_after: Option<jiff::SignedDuration>,
}

/// What a carrier needs to speak for a line.
#[derive(Clone)]
pub struct Account {
    /// The line's own number.
    pub number: Phone,
    /// The account's id at the carrier.
    pub account_sid: String,
    /// The secret that signs webhooks and opens the API.
    pub auth_token: String,
    /// The key that signs webhooks instead, where the account is set up so at the carrier
    /// (Twilio's SharedKeys). It decides the algorithm: no header of a request ever does.
    pub shared_key: Option<String>,
    /// The messaging service that sends for the line, if one does.
    pub messaging_service: Option<String>,
    /// Where the carrier's API is, if not at its usual address.
    pub api_base: Option<String>,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").finish_non_exhaustive()
    }
}

/// A text on its way out.
#[derive(Debug, Clone)]
pub struct OutboundText {
    /// Our id of it: it travels in the callback's address.
    pub id: OutboxId,
    /// To whom.
    pub to: Phone,
    /// The words.
    pub text: MessageText,
    /// Where the carrier reports what became of it; the carrier adds our id to it, as the query
    /// parameter `m`, where it is not there yet.
    pub status_url: Option<String>,
    /// After so many seconds it is of no use and must not arrive.
    pub valid_seconds: u32,
}

/// What came of handing a text to the carrier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// The carrier took it.
    Accepted {
        /// The carrier's id of it.
        carrier_message_id: String,
        /// In how many segments it goes, where the carrier says.
        segments: Option<u32>,
    },
    /// The carrier did not take it and said why.
    Refused(Refusal),
    /// The request was never written: nobody can have it.
    NotWritten,
    /// The request was written and no usable answer came: the carrier may have it.
    Unknown,
}

impl Sent {
    /// What came of it in one word, for logs and metrics.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Accepted { .. } => "accepted",
            Self::Refused(_) => "refused",
            Self::NotWritten => "not_written",
            Self::Unknown => "unknown",
        }
    }
}

/// What the carrier says of a text that we cannot account for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It has it.
    Message {
        /// The carrier's id of it.
        carrier_message_id: String,
        /// How far it has come.
        state: OutboxState,
        /// Why it failed, if it did.
        error: Option<Refusal>,
    },
    /// It has no such text.
    Nothing,
}

/// A text we cannot account for.
#[derive(Debug, Clone)]
pub struct Missing {
    /// Our id of it.
    pub id: OutboxId,
    /// To whom.
    pub to: Phone,
    /// The words.
    pub text: MessageText,
    /// Not written before this instant.
    pub written_after: Timestamp,
    /// The carrier's ids of texts that we know as others, so that none is taken for this one.
    pub accounted_for: Vec<String>,
}

/// A question to the carrier that found no answer.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The carrier could not be reached, or answered with a fault of its own.
    #[error("the carrier did not answer")]
    Unreachable,
    /// The carrier refuses us.
    #[error("the carrier refuses the question (code {0})")]
    Refused(String),
    /// The answer makes no sense.
    #[error("the carrier's answer could not be understood")]
    Unreadable,
}

/// Somebody who carries texts.
///
/// `verify` comes before everything else that believes a request; `parse` is only for verified
/// ones. Nothing here retries: the outbox decides.
pub trait Carrier: Send + Sync {
    /// Which carrier it is.
    fn kind(&self) -> CarrierKind;

    /// Which line the request claims to be for: its number. Nothing is believed yet.
    ///
    /// # Errors
    /// [`HookError::Malformed`] where the body is not in the carrier's form.
    fn addressed_to(&self, hook: Hook, request: RawRequest<'_>)
    -> Result<Option<Phone>, HookError>;

    /// Which text of ours the request claims to be about, for where it names no line of ours: a
    /// messaging service that fails before it has chosen a sender names none. Nothing is believed yet.
    fn about(&self, _hook: Hook, _request: RawRequest<'_>) -> Option<OutboxId> {
        None
    }

    /// Whether the carrier sent the request, for this account and this address.
    ///
    /// # Errors
    /// [`HookError::Unsigned`] where it did not.
    fn verify(&self, account: &Account, request: RawRequest<'_>) -> Result<(), HookError>;

    /// What a verified request tells.
    ///
    /// # Errors
    /// [`HookError::Incomplete`] or [`HookError::Malformed`] where it tells nothing usable.
    fn parse(&self, hook: Hook, request: RawRequest<'_>) -> Result<Vec<Event>, HookError>;

    /// Hands a text over, once.
    fn send<'a>(&'a self, account: &'a Account, text: &'a OutboundText) -> BoxFuture<'a, Sent>;

    /// Asks what became of a text of which we know only that it was written.
    ///
    /// A carrier's list may show a text some seconds late, so [`Found::Nothing`] is worth
    /// believing only where the question comes well after the writing.
    ///
    /// # Errors
    /// [`AskError`] where the carrier cannot be asked now.
    fn find<'a>(
        &'a self,
        account: &'a Account,
        missing: &'a Missing,
    ) -> BoxFuture<'a, Result<Found, AskError>>;

    /// Asks which texts came in for the line since `since`, oldest first.
    ///
    /// # Errors
    /// [`AskError`] where the carrier cannot be asked now.
    fn inbound_since<'a>(
        &'a self,
        account: &'a Account,
        since: Timestamp,
    ) -> BoxFuture<'a, Result<Vec<(Timestamp, InboundText)>, AskError>>;

    /// Asks whether anything went out from the line to a number since `since`, whatever it said: for
    /// whoever does not know what it sent.
    ///
    /// # Errors
    /// [`AskError`] where the carrier cannot be asked now.
    fn wrote_since<'a>(
        &'a self,
        account: &'a Account,
        to: &'a Phone,
        since: Timestamp,
    ) -> BoxFuture<'a, Result<bool, AskError>>;

    /// Fetches the pictures and files that came with a text, by the carrier's id of it. None where it
    /// has none, any more or yet.
    ///
    /// # Errors
    /// [`AskError`] where the carrier cannot be asked now.
    fn pictures<'a>(
        &'a self,
        _account: &'a Account,
        _carrier_message_id: &'a str,
    ) -> BoxFuture<'a, Result<Vec<Picture>, AskError>> {
        Box::pin(std::future::ready(Ok(Vec::new())))
    }

    /// Whether the carrier has a voice for a language.
    fn has_voice(&self, lang: &str) -> bool;

    /// What a caller hears: the carrier's own document for these words, with its content type.
    fn spoken(&self, words: &str, lang: &str) -> (&'static str, String);

    /// What a webhook is answered when all is well: content type and body; never a text.
    fn receipt(&self) -> (&'static str, &'static str);
}
