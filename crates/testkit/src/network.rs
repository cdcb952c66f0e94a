//! A carrier inside a test: it keeps what it was handed, and does to a number's texts what the story
//! says.

use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use carriers::{
    Account, AskError, Carrier, Event, Found, Hook, HookError, InboundText, Missing, OutboundText,
    Picture, RawRequest, Refusal, Sent,
};
use futures_util::future::BoxFuture;
use jiff::SignedDuration;
use model::{CarrierKind, ErrorClass, OutboxId, OutboxState, Phone, Timestamp};

use tokio::sync::watch;

use crate::clock::ManualClock;

/// What the carrier does with the next text to a number; without a script it takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It takes it.
    Taken,
    /// It refuses it, for a reason and with a code of its own.
    Refused(ErrorClass, &'static str),
    /// It refuses it and asks for patience.
    RefusedFor(ErrorClass, &'static str, SignedDuration),
    /// It cannot be reached: nothing was written.
    NotWritten,
    /// It takes it, and its answer is lost.
    AnswerLost,
    /// The same, and its list shows the text so much later.
    AnswerLostListedLate(SignedDuration),
    /// It never gets it, and nobody can tell.
    TextLost,
}

/// A text as the network carried it.
#[derive(Debug, Clone)]
pub struct Carried {
    /// Our id of it.
    pub id: OutboxId,
    /// The carrier's id of it.
    pub carrier_message_id: String,
    /// The number it came from.
    pub from: String,
    /// The number it went to.
    pub to: String,
    /// The words.
    pub text: String,
    /// When it was handed over, by the carrier's own clock.
    pub at: Timestamp,
    /// After so many seconds it was of no use.
    pub valid_seconds: u32,
}

#[derive(Default)]
struct Kept {
    carried: Vec<Carried>,
    fates: HashMap<String, VecDeque<Fate>>,
    attempts: HashMap<String, usize>,
    incoming: Vec<(String, Timestamp, InboundText)>,
    lists_nothing: bool,
    /// What came with a text, by the carrier's id of it.
    pictures: HashMap<String, Vec<Vec<u8>>>,
    /// How often pictures were asked for.
    fetches: usize,
    /// So often the carrier fails when it is asked for pictures.
    failing: usize,
    /// From when the list shows a text, where that is later than it was taken.
    listed_from: HashMap<String, Timestamp>,
}

/// The network of a story. Clones share it.
#[derive(Clone)]
pub struct Network(Arc<Inner>);

struct Inner {
    clock: ManualClock,
    kept: Mutex<Kept>,
    ids: AtomicU64,
    /// Whether answers are held back.
    silent: watch::Sender<bool>,
    /// Whether lists are.
    unlisted: watch::Sender<bool>,
}

impl Network {
    /// A network that takes everything.
    #[must_use]
    pub fn new(clock: ManualClock) -> Self {
        Self(Arc::new(Inner {
            clock,
            kept: Mutex::default(),
            ids: AtomicU64::new(1),
            silent: watch::Sender::new(false),
            unlisted: watch::Sender::new(false),
        }))
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An id that the carrier has given to nothing else.
    #[must_use]
    pub fn next_id(&self) -> String {
        format!("SM{:08}", self.0.ids.fetch_add(1, Ordering::SeqCst))
    }

    /// Answers nothing that is handed over, or all of it again.
    pub fn is_silent(&self, silent: bool) {
        self.0.silent.send_replace(silent);
    }

    /// Keeps whoever asks for its list of incoming texts waiting, or answers all of them again.
    pub fn keeps_lists(&self, waiting: bool) {
        self.0.unlisted.send_replace(waiting);
    }

    /// Waits until somebody waits for its list.
    pub async fn is_asked_to_list(&self) {
        while self.0.unlisted.receiver_count() == 0 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }

    /// What happens to the next texts to a number, one after the other.
    pub fn script(&self, to: &str, fates: impl IntoIterator<Item = Fate>) {
        self.kept().fates.entry(to.to_owned()).or_default().extend(fates);
    }

    /// Everything that was carried, in order.
    #[must_use]
    pub fn carried(&self) -> Vec<Carried> {
        self.kept().carried.clone()
    }

    /// How often a text to a number was handed over, taken or not.
    #[must_use]
    pub fn attempts(&self, to: &str) -> usize {
        self.kept().attempts.get(to).copied().unwrap_or(0)
    }

    /// Gives no list of incoming texts, or gives it again.
    pub fn lists_nothing(&self, nothing: bool) {
        self.kept().lists_nothing = nothing;
    }

    /// What came with a text, to be fetched; the carrier fails so often before it gives it.
    pub fn keeps_pictures(&self, text: &str, pictures: Vec<Vec<u8>>, failing: usize) {
        let mut kept = self.kept();
        kept.pictures.insert(text.to_owned(), pictures);
        kept.failing = failing;
    }

    /// How often pictures were asked for.
    #[must_use]
    pub fn fetches(&self) -> usize {
        self.kept().fetches
    }

    /// Lets the carrier's list of incoming texts show one, delivered or not.
    pub fn list(&self, line: &str, at: Timestamp, text: InboundText) {
        self.kept().incoming.push((line.to_owned(), at, text));
    }
}

impl Carrier for Network {
    fn kind(&self) -> CarrierKind {
        CarrierKind::Simulated
    }

    fn addressed_to(&self, _: Hook, _: RawRequest<'_>) -> Result<Option<Phone>, HookError> {
        Err(HookError::Malformed)
    }

    fn verify(&self, _: &Account, _: RawRequest<'_>) -> Result<(), HookError> {
        Err(HookError::Unsigned)
    }

    fn parse(&self, _: Hook, _: RawRequest<'_>) -> Result<Vec<Event>, HookError> {
        Err(HookError::Malformed)
    }

    fn send<'a>(&'a self, account: &'a Account, text: &'a OutboundText) -> BoxFuture<'a, Sent> {
        let to = text.to.e164().to_owned();
        let carrier_message_id = self.next_id();
        let mut kept = self.kept();
        *kept.attempts.entry(to.clone()).or_default() += 1;
        let fate = kept.fates.get_mut(&to).and_then(VecDeque::pop_front).unwrap_or(Fate::Taken);
        let at = self.0.clock.true_time();
        if let Fate::AnswerLostListedLate(late) = &fate {
            kept.listed_from.insert(carrier_message_id.clone(), at.after(*late));
        }
        if matches!(fate, Fate::Taken | Fate::AnswerLost | Fate::AnswerLostListedLate(_)) {
            kept.carried.push(Carried {
                id: text.id,
                carrier_message_id: carrier_message_id.clone(),
                from: account.number.e164().to_owned(),
                to,
                text: text.text.reveal().to_owned(),
                at,
                valid_seconds: text.valid_seconds,
            });
        }
        let refused = |class, code: &str, retry_after| {
            Sent::Refused(Refusal { code: code.to_owned(), class, retry_after })
        };
        let sent = match fate {
            Fate::Taken => Sent::Accepted { carrier_message_id, segments: None },
            Fate::Refused(class, code) => refused(class, code, None),
            Fate::RefusedFor(class, code, wait) => refused(class, code, Some(wait)),
            Fate::NotWritten => Sent::NotWritten,
            Fate::AnswerLost | Fate::AnswerLostListedLate(_) | Fate::TextLost => Sent::Unknown,
        };
        let mut silent = self.0.silent.subscribe();
        Box::pin(async move {
            silent.wait_for(|silent| !silent).await.expect("the network is there");
            sent
        })
    }

    fn pictures<'a>(
        &'a self,
        _: &'a Account,
        carrier_message_id: &'a str,
    ) -> BoxFuture<'a, Result<Vec<Picture>, AskError>> {
        let mut kept = self.kept();
        kept.fetches += 1;
        let answer = match kept.failing.checked_sub(1) {
            Some(left) => {
                kept.failing = left;
                Err(AskError::Unreachable)
            }
            None => {
                let files = kept.pictures.get(carrier_message_id).cloned().unwrap_or_default();
                Ok(files.into_iter().map(|content| Picture { content }).collect())
            }
        };
        Box::pin(std::future::ready(answer))
    }

    /// The carrier does not know our ids: as in life, it is found by its number, words and time.
    fn find<'a>(
        &'a self,
        _: &'a Account,
        missing: &'a Missing,
    ) -> BoxFuture<'a, Result<Found, AskError>> {
        let kept = self.kept();
        let now = self.0.clock.true_time();
        let found = kept.carried.iter().find(|text| {
            let listed_from = kept.listed_from.get(&text.carrier_message_id);
            text.to == missing.to.e164()
                && text.text == missing.text.reveal()
                && text.at >= missing.written_after.after(SignedDuration::from_secs(-1))
                && !missing.accounted_for.contains(&text.carrier_message_id)
                && listed_from.is_none_or(|from| *from <= now)
        });
        let answer = found.map_or(Found::Nothing, |text| Found::Message {
            carrier_message_id: text.carrier_message_id.clone(),
            state: OutboxState::Accepted,
            error: None,
        });
        Box::pin(std::future::ready(Ok(answer)))
    }

    fn inbound_since<'a>(
        &'a self,
        account: &'a Account,
        since: Timestamp,
    ) -> BoxFuture<'a, Result<Vec<(Timestamp, InboundText)>, AskError>> {
        let kept = self.kept();
        if kept.lists_nothing {
            return Box::pin(std::future::ready(Err(AskError::Unreachable)));
        }
        let texts = kept
            .incoming
            .iter()
            .filter(|(line, at, _)| line == account.number.e164() && *at >= since)
            .map(|(_, at, text)| (*at, text.clone()))
            .collect();
        let mut unlisted = self.0.unlisted.subscribe();
        Box::pin(async move {
            unlisted.wait_for(|waiting| !waiting).await.expect("the network is there");
            Ok(texts)
        })
    }

    fn wrote_since<'a>(
        &'a self,
        account: &'a Account,
        to: &'a Phone,
        since: Timestamp,
    ) -> BoxFuture<'a, Result<bool, AskError>> {
        let wrote = self.kept().carried.iter().any(|text| {
            text.from == account.number.e164() && text.to == to.e164() && text.at >= since
        });
        Box::pin(std::future::ready(Ok(wrote)))
    }

    fn has_voice(&self, lang: &str) -> bool {
        matches!(lang, "en" | "es")
    }

    fn spoken(&self, words: &str, _: &str) -> (&'static str, String) {
        ("text/plain", words.to_owned())
    }

    fn receipt(&self) -> (&'static str, &'static str) {
        ("text/plain", "")
    }
}
