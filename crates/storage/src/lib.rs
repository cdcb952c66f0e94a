//! The database: the referee and the queue, and the only room that knows SQL.
//!
//! A [`Store`] runs units of work ([`Store::write`], [`Store::read`]); within one, each noun of the
//! trade has its rows and its statements in a module of its own. Every statement is written once
//! for SQLite and PostgreSQL. No rule of the trade lives here: a method does what its name says to
//! the rows, and what is expected to happen comes back as a value, not as an error.
//!
//! Numbers, names and texts are sealed on their way in and opened on their way out (`Vault`); what
//! stands in clear are ids, instants, states and the structured facts of a referral.

#[macro_use]
mod sql;
mod admins;
mod ahead;
mod answers;
mod arrivals;
mod backups;
mod chapters;
mod claims;
mod corrections;
mod editions;
mod erasure;
mod error;
mod events;
mod evidence;
mod hospitals;
mod inbound;
mod inquiries;
mod installation;
mod lines;
mod links;
mod list_versions;
mod loose;
mod members;
mod migrations;
mod offers;
mod originals;
mod outbox;
mod overrides;
mod pages;
mod phones;
mod photos;
mod portraits;
mod push;
mod referrals;
mod reminders;
mod room;
mod rotation;
mod store;
mod tasks;
mod tokens;
mod undecided;
mod vault;
mod webhooks;

pub use admins::{Admin, Challenge, CodedLink, NewAdmin, Passkey, SessionRow, SignIn};
pub use ahead::Furthest;
pub use answers::{Answered, Begun, Keyed};
pub use arrivals::{Arrival, Caller, FirstText};
pub use backups::{BackedUp, Backup, BackupError, Restored, Restoring};
pub use chapters::Chapter;
pub use claims::{Claim, NewClaim, Part};
pub use corrections::{Correction, NewCorrection};
pub use editions::{Edition, Recall};
pub use error::{Error, Result, SqlError};
pub use events::{Event, EventFilter, NewEvent, Recorded};
pub use evidence::{Evidence, MemberFacts};
pub use hospitals::{Contact, ContactPrivate, Hospital, HospitalPrivate, RuleSet};
pub use inbound::{Inbound, NewInbound};
pub use inquiries::{Conversation, ConversationFilter, InboxFilter, Inquiry, NewInquiry};
pub use lines::{Line, LineAccount, LineEntry, NewLine};
pub use links::Link;
pub use loose::LooseText;
pub use members::{Askable, Member, MemberPrivate, Named, NewMember, Profile, SHABBAT};
pub use offers::{CopySent, NewOffer, Offer};
pub use originals::Original;
pub use outbox::{
    Addressee, By, Leased, NewMessage, OutboxCount, Outgoing, Settled, SettledCount, StillGoes,
    Taken,
};
pub use overrides::Override;
pub use pages::{NewPage, Page};
pub use phones::{Consent, PhoneRow, Suppression};
pub use photos::Photo;
pub use push::NewSubscription;
pub use referrals::{Figures, NewReferral, Referral, ReferralFilter, ReferralTime};
pub use reminders::Reminded;
pub use room::Room;
pub use store::{ReadTx, Service, Store, Wake, WriteTx};
pub use tasks::{DueTask, Task};
pub use tokens::{ListedToken, Token};
pub use undecided::Undecided;
pub use vault::{KeyError, Keyring, Vault, hash_secret};
pub use webhooks::{Delivery, DeliveryOutcome, Webhook, WebhookContent};
