//! The work: from a family's text to three names.
//!
//! All rules of the trade live here. A text, a report, a tap and the passing of time come through
//! the same door: a unit of work on the database, in which a [`Desk`](desk) reads the rows, decides,
//! and writes events, planned tasks and outbox rows; nothing is sent inside one. The sender hands
//! the outbox to the carriers; the worker does what is due. Both recover by the same path as they
//! work, so a crash costs time and nothing else.
//!
//! This room knows neither HTTP nor SQL.

mod ahead;
mod applying;
mod asking;
mod asks;
mod broadcast;
mod chapter;
mod claims;
mod closing;
mod consent;
mod conversations;
mod corrections;
mod deleting;
mod desk;
mod error;
mod follow_up;
mod gate;
mod gather;
mod hand_off;
mod joining;
mod language;
mod lines;
mod links;
pub mod matching;
mod member_page;
mod members;
mod merging;
mod moderation;
mod names_page;
mod noticing;
mod number;
mod offer_page;
mod outgoing;
mod paging;
mod passkeys;
mod people;
mod photos;
pub mod places;
pub mod policy;
mod promise;
mod push;
mod readers;
mod receive;
mod recovery;
mod reminding;
mod reports;
mod retention;
mod running;
mod sender;
mod settle;
mod signing_in;
mod standing;
mod tasks;
pub mod texts;
pub mod trial;
pub mod view;
mod waiting;
mod webhooks;

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use carriers::{Carrier, email::Mailer, push::Pusher};
use model::{CarrierKind, Chance, Clock, settings::Settings};
use storage::Store;
pub use storage::{Chapter, Member};

pub use broadcast::WouldAsk;
pub use carriers::push::Subscription;
pub use chapter::{ChapterChange, ChapterRefusal, ChapterSettingsError, ChapterView, plan_chapter};
pub use conversations::{Answered, TalkRefusal};
pub use corrections::Correction;
pub use error::{Error, Result};
pub use lines::RegisteredLine;
pub use member_page::{
    Before, Figure, KEPT_DAYS, Keeping, OwnPage, OwnReferral, Past, PastClaim, Share, Work,
};
pub use moderation::{By, Decision, Refusal};
pub use offer_page::{OfferPage, Stands, Tap, Tapped};
pub use passkeys::Judge;
pub use people::{AboutPerson, Invited, PeopleRefusal};
pub use receive::Received;
pub use reports::Spoken;
pub use retention::NotErased;
pub use sender::Sending;
pub use signing_in::{CodeSent, Entered};
pub use webhooks::{Change, Reach, Unreachable, WebhookChange, WebhookRefusal};

use crate::texts::Texts;

/// What the work is done with. Everything that differs between service, demo and test is passed in.
pub struct Parts {
    /// The database.
    pub store: Store,
    /// Who carries texts.
    pub carriers: Vec<Arc<dyn Carrier>>,
    /// Who carries e-mails; without one they wait in the outbox.
    pub mailer: Option<Arc<dyn Mailer>>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub chance: Chance,
    /// What holds for every chapter that does not decide otherwise.
    pub settings: Settings,
    /// How texts are sent.
    pub sending: Sending,
    /// Where carriers and people reach this service, without a slash at the end.
    pub public_url: String,
    /// Whether the public pages are served there: texts then carry links to them.
    pub links: bool,
}

/// The work of all chapters of an installation. Cloning shares it.
#[derive(Clone)]
pub struct Dispatch(Arc<Shared>);

pub(crate) struct Shared {
    store: Store,
    carriers: HashMap<CarrierKind, Arc<dyn Carrier>>,
    mailer: Option<Arc<dyn Mailer>>,
    clock: Arc<dyn Clock>,
    chance: Chance,
    settings: Settings,
    sending: Sending,
    public_url: String,
    links: bool,
    readers: readers::Readers,
    texts: Texts,
    lines: lines::Register,
    door: receive::Door,
    missed: sender::Missed,
    looked: ahead::Looked,
    baselines: standing::Baselines,
    medians: member_page::Medians,
    pusher: OnceLock<Arc<dyn Pusher>>,
}

impl Dispatch {
    /// Takes up the work.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(Shared {
            door: receive::Door::of(&parts.store),
            store: parts.store,
            carriers: parts.carriers.into_iter().map(|carrier| (carrier.kind(), carrier)).collect(),
            mailer: parts.mailer,
            clock: parts.clock,
            chance: parts.chance,
            settings: parts.settings,
            sending: parts.sending,
            public_url: parts.public_url,
            links: parts.links,
            readers: readers::Readers::new(),
            texts: Texts::new(),
            lines: lines::Register::default(),
            missed: sender::Missed::default(),
            looked: ahead::Looked::default(),
            baselines: standing::Baselines::default(),
            medians: member_page::Medians::default(),
            pusher: OnceLock::new(),
        }))
    }

    /// Logs what failed once, where nobody is left to be told: work in the background.
    pub(crate) fn log<T>(&self, what: &'static str, result: Result<T>) {
        if let Err(error) = result {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                what,
                "this could not be done"
            );
        }
    }

    /// The database the work is done on.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The time as the work knows it.
    #[must_use]
    pub fn now(&self) -> model::Timestamp {
        self.0.clock.now()
    }

    /// The source of chance the work draws from.
    #[must_use]
    pub fn chance(&self) -> &Chance {
        &self.0.chance
    }

    /// Where carriers and people reach this service.
    #[must_use]
    pub fn public_url(&self) -> &str {
        &self.0.public_url
    }

    /// What people are told, and how.
    #[must_use]
    pub fn texts(&self) -> &Texts {
        &self.0.texts
    }

    /// The carrier of a kind, if this service has it.
    #[must_use]
    pub fn carrier(&self, kind: CarrierKind) -> Option<&Arc<dyn Carrier>> {
        self.0.carriers.get(&kind)
    }
}
