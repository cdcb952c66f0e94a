//! How our values stand in each database.

use model::{Code, Timestamp, Word};
use serde::{Serialize, de::DeserializeOwned};
use sqlx::{
    Decode, Encode, Postgres, Sqlite, Type,
    encode::IsNull,
    error::BoxDynError,
    postgres::{PgArgumentBuffer, PgTypeInfo, PgValueRef, types::Oid},
    sqlite::{SqliteArgumentsBuffer, SqliteTypeInfo, SqliteValueRef},
};
use uuid::Uuid;

use super::lite::{FromLite, IntoLite};

/// What all drivers can write.
pub(crate) trait Written:
    for<'q> Encode<'q, Sqlite>
    + Type<Sqlite>
    + for<'q> Encode<'q, Postgres>
    + Type<Postgres>
    + IntoLite
    + Send
    + 'static
{
}
impl<T> Written for T where
    T: for<'q> Encode<'q, Sqlite>
        + Type<Sqlite>
        + for<'q> Encode<'q, Postgres>
        + Type<Postgres>
        + IntoLite
        + Send
        + 'static
{
}

/// What all drivers can read.
pub(crate) trait Readable:
    for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres> + FromLite
{
}
impl<T> Readable for T where
    T: for<'r> Decode<'r, Sqlite>
        + Type<Sqlite>
        + for<'r> Decode<'r, Postgres>
        + Type<Postgres>
        + FromLite
{
}

/// A value of ours that can be bound to a placeholder.
pub(crate) trait Stored {
    type Raw: Written;
    fn into_raw(self) -> Self::Raw;
}

/// A value of ours that a column can be read into.
pub(crate) trait Loaded: Sized {
    type Raw: Readable;
    fn from_raw(raw: Self::Raw) -> Result<Self, BoxDynError>;
}

macro_rules! plain {
    ($($type:ty),+) => {$(
        impl Stored for $type {
            type Raw = Self;
            fn into_raw(self) -> Self {
                self
            }
        }
        impl Loaded for $type {
            type Raw = Self;
            fn from_raw(raw: Self) -> Result<Self, BoxDynError> {
                Ok(raw)
            }
        }
    )+};
}
plain!(bool, i64, String, Vec<u8>, Uuid);

impl Stored for &str {
    type Raw = String;
    fn into_raw(self) -> String {
        self.to_owned()
    }
}

impl Stored for &[u8] {
    type Raw = Vec<u8>;
    fn into_raw(self) -> Vec<u8> {
        self.to_vec()
    }
}

impl<T: Stored> Stored for Option<T>
where
    Option<T::Raw>: Written,
{
    type Raw = Option<T::Raw>;
    fn into_raw(self) -> Self::Raw {
        self.map(T::into_raw)
    }
}

macro_rules! ids {
    ($($name:ident),+ $(,)?) => {$(
        impl Stored for model::$name {
            type Raw = Uuid;
            fn into_raw(self) -> Uuid {
                self.as_uuid()
            }
        }
        impl Loaded for model::$name {
            type Raw = Uuid;
            fn from_raw(raw: Uuid) -> Result<Self, BoxDynError> {
                Ok(Self::from_uuid(raw))
            }
        }
    )+};
}
ids!(
    ChapterId,
    LineId,
    PhoneId,
    PasskeyId,
    PushId,
    MemberId,
    AdminId,
    TokenId,
    InboundId,
    InquiryId,
    ReferralId,
    OfferId,
    ClaimId,
    OutboxId,
    TaskId,
    EventId,
    PageId,
    ConsentId,
    CorrectionId,
    WebhookId,
    HospitalId,
    ContactId,
    RuleSetId,
    EvidenceId,
    OriginalId,
    OverrideId,
    AnswerId,
    EditionId,
    RecallId,
);

macro_rules! words {
    ($($name:ident),+ $(,)?) => {$(
        impl Stored for model::$name {
            type Raw = String;
            fn into_raw(self) -> String {
                self.as_str().to_owned()
            }
        }
        impl Loaded for model::$name {
            type Raw = String;
            fn from_raw(raw: String) -> Result<Self, BoxDynError> {
                Ok(raw.parse::<Self>()?)
            }
        }
    )+};
}
words!(
    CarrierKind,
    LinePurpose,
    LineState,
    MemberStatus,
    Role,
    InquiryState,
    ReferralState,
    OfferState,
    ClaimKind,
    OutboxState,
    Channel,
    MessageKind,
    ErrorClass,
    TaskKind,
    ActorKind,
    Standing,
    Outcome,
    EvidenceKind,
    EvidenceStatus,
    AgreementStage,
    LinkPurpose,
    PhotoState,
    Policy,
    WebhookState,
    DeliveryState,
);

impl Stored for Code {
    type Raw = String;
    fn into_raw(self) -> String {
        self.as_str().to_owned()
    }
}

impl Loaded for Code {
    type Raw = String;
    fn from_raw(raw: String) -> Result<Self, BoxDynError> {
        Ok(raw.parse()?)
    }
}

/// A day is text in both: it is compared and shown, never computed with.
impl Stored for jiff::civil::Date {
    type Raw = String;
    fn into_raw(self) -> String {
        self.to_string()
    }
}

impl Loaded for jiff::civil::Date {
    type Raw = String;
    fn from_raw(raw: String) -> Result<Self, BoxDynError> {
        Ok(raw.parse()?)
    }
}

/// A document: `JSONB` in PostgreSQL, checked text in SQLite.
pub(crate) struct Document<T>(pub(crate) T);

impl<T: Serialize> Stored for Document<&T> {
    type Raw = Source;
    fn into_raw(self) -> Source {
        // By way of a value: the keys stand in their order, whatever wrote them.
        Source(serde_json::to_value(self.0).unwrap_or(serde_json::Value::Null).to_string())
    }
}

impl<T: DeserializeOwned> Loaded for Document<T> {
    type Raw = Source;
    fn from_raw(raw: Source) -> Result<Self, BoxDynError> {
        // The parser's own words would repeat the content.
        Ok(Self(serde_json::from_str(&raw.0).map_err(|_| "it is no such document")?))
    }
}

/// A document as it is written.
pub(crate) struct Source(pub(super) String);

const JSONB: PgTypeInfo = PgTypeInfo::with_oid(Oid(3802));
/// What stands before a document in PostgreSQL's protocol, and in none of its letters.
const JSONB_VERSION: u8 = 1;

impl Type<Postgres> for Source {
    fn type_info() -> PgTypeInfo {
        JSONB
    }
}

impl Encode<'_, Postgres> for Source {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        buffer.push(JSONB_VERSION);
        buffer.extend_from_slice(self.0.as_bytes());
        Ok(IsNull::No)
    }
}

impl Decode<'_, Postgres> for Source {
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        let bytes = value.as_bytes()?;
        let text = bytes.strip_prefix(&[JSONB_VERSION]).unwrap_or(bytes);
        Ok(Self(std::str::from_utf8(text)?.to_owned()))
    }
}

impl Type<Sqlite> for Source {
    fn type_info() -> SqliteTypeInfo {
        <str as Type<Sqlite>>::type_info()
    }
}

impl Encode<'_, Sqlite> for Source {
    fn encode_by_ref(&self, arguments: &mut SqliteArgumentsBuffer) -> Result<IsNull, BoxDynError> {
        <String as Encode<'_, Sqlite>>::encode_by_ref(&self.0, arguments)
    }
}

impl Decode<'_, Sqlite> for Source {
    fn decode(value: SqliteValueRef<'_>) -> Result<Self, BoxDynError> {
        Ok(Self(<&str as Decode<'_, Sqlite>>::decode(value)?.to_owned()))
    }
}

impl Stored for Timestamp {
    type Raw = Instant;
    fn into_raw(self) -> Instant {
        Instant(self)
    }
}

impl Loaded for Timestamp {
    type Raw = Instant;
    fn from_raw(raw: Instant) -> Result<Self, BoxDynError> {
        Ok(raw.0)
    }
}

/// An instant as the databases keep it: `TIMESTAMPTZ`, or RFC 3339 text of fixed length, whose
/// order as text is its order in time.
pub(crate) struct Instant(pub(super) Timestamp);

/// PostgreSQL counts microseconds from 2000-01-01; we count them from 1970-01-01.
const POSTGRES_EPOCH_MICROS: i64 = 946_684_800_000_000;
const TIMESTAMPTZ: PgTypeInfo = PgTypeInfo::with_oid(Oid(1184));

impl Type<Postgres> for Instant {
    fn type_info() -> PgTypeInfo {
        TIMESTAMPTZ
    }
}

impl Encode<'_, Postgres> for Instant {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        buffer.extend_from_slice(&(self.0.as_micros() - POSTGRES_EPOCH_MICROS).to_be_bytes());
        Ok(IsNull::No)
    }
}

impl Decode<'_, Postgres> for Instant {
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        let micros = i64::from_be_bytes(value.as_bytes()?.try_into()?);
        let at = micros.checked_add(POSTGRES_EPOCH_MICROS).and_then(Timestamp::from_micros);
        Ok(Self(at.ok_or("an instant out of range")?))
    }
}

impl Type<Sqlite> for Instant {
    fn type_info() -> SqliteTypeInfo {
        <str as Type<Sqlite>>::type_info()
    }
}

impl Encode<'_, Sqlite> for Instant {
    fn encode_by_ref(&self, arguments: &mut SqliteArgumentsBuffer) -> Result<IsNull, BoxDynError> {
        <String as Encode<'_, Sqlite>>::encode(self.0.to_text(), arguments)
    }
}

impl Decode<'_, Sqlite> for Instant {
    fn decode(value: SqliteValueRef<'_>) -> Result<Self, BoxDynError> {
        Ok(Self(<&str as Decode<'_, Sqlite>>::decode(value)?.parse()?))
    }
}
