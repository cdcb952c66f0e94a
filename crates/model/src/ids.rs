use std::{fmt, str::FromStr};

use uuid::Uuid;

use crate::{Chance, Timestamp};

/// Defines an id type: a UUIDv7 that cannot stand where another kind of id is meant.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        ///
        /// The first half is the moment it was made, so rows sort by age. It is no secret and no
        /// proof of order between nodes: who was first is decided by the database alone.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Makes a fresh id from the moment and ten drawn bytes, so a test can replay it.
            #[must_use]
            pub fn generate(now: Timestamp, chance: &Chance) -> Self {
                let millis = u64::try_from(now.as_micros() / 1000).unwrap_or(0);
                Self(uuid::Builder::from_unix_timestamp_millis(millis, &chance.bytes()).into_uuid())
            }

            /// The id of a row that was read.
            #[must_use]
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The bare UUID, for the database and for URLs.
            #[must_use]
            pub const fn as_uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({"type": "string", "format": "uuid"})
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// Names a chapter: the tenant to which everything else belongs.
    ChapterId,
    /// Names a line: a chapter's number at a carrier.
    LineId,
    /// Names a person's phone number within a chapter; the number itself is sealed in one row.
    PhoneId,
    /// Names a member of a chapter.
    MemberId,
    /// Names an admin of a chapter.
    AdminId,
    /// Names a passkey of an admin's.
    PasskeyId,
    /// Names an API token.
    TokenId,
    /// Names what was answered to a request that must not be carried out twice.
    AnswerId,
    /// Names a text that came in.
    InboundId,
    /// Names one family's need: its thread and what was read.
    InquiryId,
    /// Names an inquiry put to the members.
    ReferralId,
    /// Names one member's copy of a referral's broadcast.
    OfferId,
    /// Names a member's answer that took, or wanted, a place.
    ClaimId,
    /// Names a message on its way out: a text, an e-mail or a notification.
    OutboxId,
    /// Names a browser that wants notifications.
    PushId,
    /// Names a piece of timed work.
    TaskId,
    /// Names a recorded change.
    EventId,
    /// Names a call for the admin's attention.
    PageId,
    /// Names a record of what somebody agreed to or was told.
    ConsentId,
    /// Names a tool of a chapter's that is told of changes.
    WebhookId,
    /// Names what a person corrected of a reading.
    CorrectionId,
    /// Names a hospital: a list and its rules.
    HospitalId,
    /// Names a person of a hospital's.
    ContactId,
    /// Names a version of a hospital's rules.
    RuleSetId,
    /// Names a member's paper or statement.
    EvidenceId,
    /// Names a piece of the original of one.
    OriginalId,
    /// Names an exception.
    OverrideId,
    /// Names a published list.
    EditionId,
    /// Names the taking off of a member from a published list.
    RecallId,
}
