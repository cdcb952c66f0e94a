//! The door at which texts come in. Those that come at once share a unit of work: families' first
//! texts, of which a rush is made, are kept together, and all others one by one.

use std::{
    collections::{HashMap, HashSet, VecDeque, hash_map::Entry},
    sync::{Mutex, PoisonError},
};

use carriers::InboundText;
use model::{ChapterId, EventId, InboundId, InquiryId, LinePurpose, PhoneId, seconds};
use storage::{Arrival, Caller, FirstText, Store};
use tokio::sync::{Semaphore, oneshot};

use super::{Received, word_of};
use crate::{Dispatch, RegisteredLine, Result, chapter::settings_of};

/// At most so many share a unit; beyond it the first would wait too long for the last.
const TOGETHER: usize = 64;

/// The texts that wait to be taken in.
pub(crate) struct Door {
    waiting: Mutex<VecDeque<Waiting>>,
    units: Semaphore,
}

impl Door {
    /// A door at which nobody waits, before this database.
    pub(crate) fn of(store: &Store) -> Self {
        Self { waiting: Mutex::default(), units: Semaphore::new(store.units_at_once()) }
    }
}

struct Waiting {
    line: RegisteredLine,
    text: InboundText,
    told: oneshot::Sender<Result<Received>>,
}

impl Dispatch {
    /// Takes in a text beside those that come with it, to its end even if the caller goes away.
    pub(super) async fn receive_at_door(
        &self,
        line: &RegisteredLine,
        text: InboundText,
    ) -> Result<Received> {
        let (told, received) = oneshot::channel();
        let waiting = Waiting { line: line.clone(), text, told };
        self.0.door.waiting.lock().unwrap_or_else(PoisonError::into_inner).push_back(waiting);
        tokio::spawn(self.clone().let_in());
        received.await.unwrap_or_else(|_| Err(storage::Error::BrokenOff.into()))
    }

    /// Takes in all who wait, if nobody was quicker.
    async fn let_in(self) {
        let Ok(_unit) = self.0.door.units.acquire().await else { return };
        let waiting = {
            let mut waiting = self.0.door.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            let most = waiting.len().min(TOGETHER);
            waiting.drain(..most).collect::<Vec<_>>()
        };
        if waiting.is_empty() {
            return;
        }
        let texts = waiting.iter().map(|one| (one.line.clone(), one.text.clone())).collect();
        // Where they cannot be kept together, another node was quicker with one of them, or the
        // database is away: each finds out for itself.
        let received = self.receive_together(texts).await.unwrap_or_default();
        let mut received = received.into_iter();
        for Waiting { line, text, told } in waiting {
            match received.next().flatten() {
                Some(received) => {
                    let _ = told.send(Ok(received));
                }
                None => {
                    let dispatch = self.clone();
                    tokio::spawn(async move {
                        let _ = told.send(dispatch.receive_alone(line, text, false).await);
                    });
                }
            }
        }
    }

    /// Keeps those of the texts that can be kept together; `None` for each of the others.
    async fn receive_together(
        &self,
        texts: Vec<(RegisteredLine, InboundText)>,
    ) -> Result<Vec<Option<Received>>> {
        let shared = self.0.clone();
        // The one writer of SQLite must not be kept waiting by the reading.
        let danger =
            texts.iter().map(|(_, text)| shared.readers.plain().danger(text.text.reveal()));
        let danger = danger.collect::<Vec<_>>();
        shared
            .clone()
            .store
            .write(move |tx| {
                Box::pin(async move {
                    let callers = texts.iter().map(|(line, text)| Caller {
                        chapter: line.chapter_id,
                        line: line.id,
                        number: text.from.clone(),
                        carrier_message_id: text.carrier_message_id.clone(),
                    });
                    let arrivals = tx.arrivals(&callers.collect::<Vec<_>>()).await?;
                    let now = shared.clock.now();
                    let mut settings = HashMap::new();
                    let (mut received, mut firsts) = (Vec::new(), Vec::new());
                    let mut numbers: HashSet<(ChapterId, &str)> = HashSet::new();
                    for (((line, text), arrival), danger) in texts.iter().zip(arrivals).zip(danger)
                    {
                        let Some(arrival) = arrival else {
                            received.push(None);
                            continue;
                        };
                        // Two of one number: the second is no first text.
                        let alone = numbers.insert((line.chapter_id, text.from.e164()));
                        received.push(if arrival.is_kept {
                            Some(Received::Repeated)
                        } else if alone && is_first(line, text, &arrival) {
                            let settings = match settings.entry(line.chapter_id) {
                                Entry::Occupied(known) => known.into_mut(),
                                Entry::Vacant(place) => {
                                    place.insert(settings_of(&arrival.chapter, &shared.settings)?)
                                }
                            };
                            let settle = seconds(i64::from(settings.settle_seconds));
                            let danger = danger
                                || shared.readers.danger_in_own_words(
                                    line.chapter_id,
                                    settings,
                                    text.text.reveal(),
                                );
                            firsts.push(FirstText {
                                phone: PhoneId::generate(now, &shared.chance),
                                number: text.from.clone(),
                                inquiry: InquiryId::generate(now, &shared.chance),
                                event: EventId::generate(now, &shared.chance),
                                id: InboundId::generate(now, &shared.chance),
                                chapter: line.chapter_id,
                                line: line.id,
                                carrier_message_id: text.carrier_message_id.clone(),
                                body: text.text.clone(),
                                media: i64::from(text.media),
                                received_at: now,
                                // Danger does not wait.
                                read_at: if danger { now } else { now.after(settle) },
                            });
                            Some(Received::New)
                        } else {
                            None
                        });
                    }
                    if !firsts.is_empty() {
                        // In one order everywhere: two nodes with the same texts wait for each other
                        // and not in a ring.
                        firsts.sort_by(|a, b| a.number.e164().cmp(b.number.e164()));
                        tx.begin_inquiries(&firsts).await?;
                    }
                    Ok(received)
                })
            })
            .await
    }
}

/// Whether a text is one by which somebody never heard of asks for help.
fn is_first(line: &RegisteredLine, text: &InboundText, arrival: &Arrival) -> bool {
    arrival.phone.is_none()
        && line.purpose != LinePurpose::Members
        && !arrival.is_suppressed
        && word_of(text).is_none()
}
