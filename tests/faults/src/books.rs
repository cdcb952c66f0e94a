//! What the accountant reads: the carrier's log and the service's tables, as plain rows.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use model::Timestamp;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error as _},
};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};

/// A row's id: 32 digits, whichever database writes it.
pub(crate) type Id = String;

/// A text that the carrier took from us.
#[derive(Debug, Clone)]
pub(crate) struct Taken {
    pub(crate) sid: String,
    /// The row it says it is.
    pub(crate) row: Option<Id>,
    pub(crate) to: String,
    pub(crate) body: String,
    pub(crate) at: Timestamp,
    /// The carrier had to report that it did not arrive.
    pub(crate) undelivered: bool,
}

/// A text that came in to the carrier.
#[derive(Debug, Clone)]
pub(crate) struct Came {
    pub(crate) sid: String,
    pub(crate) from: String,
    pub(crate) body: String,
    pub(crate) at: Timestamp,
    /// When the service first answered that it has it, where it did.
    pub(crate) answered: Option<Timestamp>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Inbound {
    #[serde(deserialize_with = "id")]
    pub(crate) id: Id,
    pub(crate) seq: i64,
    pub(crate) carrier_message_id: String,
    pub(crate) standing: String,
    #[serde(deserialize_with = "maybe_id")]
    pub(crate) inquiry_id: Option<Id>,
    #[serde(deserialize_with = "maybe_at")]
    pub(crate) read_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Outgoing {
    #[serde(deserialize_with = "id")]
    pub(crate) id: Id,
    pub(crate) kind: String,
    pub(crate) state: String,
    pub(crate) dedupe: String,
    #[serde(deserialize_with = "maybe_id")]
    pub(crate) phone_id: Option<Id>,
    #[serde(deserialize_with = "maybe_id")]
    pub(crate) inquiry_id: Option<Id>,
    #[serde(deserialize_with = "maybe_id")]
    pub(crate) referral_id: Option<Id>,
    #[serde(deserialize_with = "maybe_id")]
    pub(crate) offer_id: Option<Id>,
    pub(crate) carrier_message_id: Option<String>,
    pub(crate) error_class: Option<String>,
    pub(crate) settled_how: Option<String>,
    pub(crate) attempts: i64,
    #[serde(deserialize_with = "maybe_at")]
    pub(crate) written_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Inquiry {
    #[serde(deserialize_with = "id")]
    pub(crate) id: Id,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Referral {
    #[serde(deserialize_with = "id")]
    pub(crate) id: Id,
    #[serde(deserialize_with = "id")]
    pub(crate) phone_id: Id,
    #[serde(deserialize_with = "id")]
    pub(crate) inquiry_id: Id,
    pub(crate) code: Option<String>,
    pub(crate) state: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Offer {
    #[serde(deserialize_with = "id")]
    pub(crate) id: Id,
    #[serde(deserialize_with = "id")]
    pub(crate) referral_id: Id,
    #[serde(deserialize_with = "id")]
    pub(crate) member_id: Id,
    pub(crate) state: String,
    /// The text that carries it: that of the last round in which she was asked.
    #[serde(deserialize_with = "maybe_id")]
    pub(crate) outbox_id: Option<Id>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Claim {
    #[serde(deserialize_with = "id")]
    pub(crate) referral_id: Id,
    #[serde(deserialize_with = "id")]
    pub(crate) member_id: Id,
    pub(crate) kind: String,
    pub(crate) place: Option<i64>,
    #[serde(deserialize_with = "maybe_at")]
    pub(crate) named_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Event {
    pub(crate) seq: i64,
    pub(crate) kind: String,
    #[serde(deserialize_with = "maybe_id")]
    pub(crate) referral_id: Option<Id>,
    #[serde(deserialize_with = "maybe_id")]
    pub(crate) inquiry_id: Option<Id>,
    /// JSON: an object in one database, its text in the other.
    detail: serde_json::Value,
}

impl Event {
    /// A word of its detail.
    pub(crate) fn word(&self, name: &str) -> Option<String> {
        let found = match &self.detail {
            serde_json::Value::String(text) => {
                serde_json::from_str::<serde_json::Value>(text).ok()?.get(name)?.clone()
            }
            detail => detail.get(name)?.clone(),
        };
        Some(match found {
            serde_json::Value::String(word) => word,
            other => other.to_string(),
        })
    }

    /// An id of its detail.
    pub(crate) fn id(&self, name: &str) -> Option<Id> {
        self.word(name).map(|id| plain(&id))
    }

    #[cfg(test)]
    pub(crate) fn new(seq: i64, kind: &str, referral: &str, detail: serde_json::Value) -> Self {
        Self {
            seq,
            kind: kind.to_owned(),
            referral_id: Some(referral.to_owned()),
            inquiry_id: None,
            detail,
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Member {
    #[serde(deserialize_with = "id")]
    pub(crate) id: Id,
    #[serde(deserialize_with = "id")]
    pub(crate) phone_id: Id,
}

/// Everything that the accountant reads.
#[derive(Debug, Clone, Default)]
pub(crate) struct Books {
    pub(crate) taken: Vec<Taken>,
    pub(crate) came: Vec<Came>,
    pub(crate) inbound: Vec<Inbound>,
    pub(crate) outbox: Vec<Outgoing>,
    pub(crate) inquiries: Vec<Inquiry>,
    pub(crate) referrals: Vec<Referral>,
    pub(crate) offers: Vec<Offer>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) events: Vec<Event>,
    pub(crate) members: Vec<Member>,
    /// Tasks that were due long ago, and no one has done.
    pub(crate) overdue: i64,
}

/// A look into the service's tables, beside the service.
pub(crate) enum Ledger {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Ledger {
    pub(crate) async fn open(url: &str) -> Result<Self> {
        Ok(match url.strip_prefix("sqlite:") {
            Some(file) => {
                let options = sqlx::sqlite::SqliteConnectOptions::new()
                    .filename(file)
                    .read_only(true)
                    .busy_timeout(std::time::Duration::from_secs(10));
                Self::Sqlite(SqliteConnection::connect_with(&options).await?)
            }
            None => Self::Postgres(PgConnection::connect(url).await?),
        })
    }

    /// The rows of a table, with these columns that hold ids and those that hold anything else.
    async fn rows<T: DeserializeOwned>(
        &mut self,
        table: &str,
        ids: &[&str],
        others: &[&str],
        which: &str,
    ) -> Result<Vec<T>> {
        let texts: Vec<String> = match self {
            Self::Sqlite(connection) => {
                let ids = ids.iter().map(|name| format!("'{name}', lower(hex({name}))"));
                let others = others.iter().map(|name| format!("'{name}', {name}"));
                let pairs = ids.chain(others).collect::<Vec<_>>().join(", ");
                let query = format!("SELECT json_object({pairs}) FROM {table} WHERE {which}");
                sqlx::query_scalar(AssertSqlSafe(query)).fetch_all(connection).await?
            }
            Self::Postgres(connection) => {
                let names = [ids, others].concat().join(", ");
                let query = format!(
                    "SELECT row_to_json(t)::text FROM (SELECT {names} FROM {table} WHERE {which}) t"
                );
                sqlx::query_scalar(AssertSqlSafe(query)).fetch_all(connection).await?
            }
        };
        let rows = texts.iter().map(|text| serde_json::from_str(text));
        rows.collect::<Result<_, _>>().with_context(|| format!("a row of {table}"))
    }

    pub(crate) async fn count(&mut self, query: &str) -> Result<i64> {
        let query = AssertSqlSafe(query.to_owned());
        Ok(match self {
            Self::Sqlite(connection) => sqlx::query_scalar(query).fetch_one(connection).await?,
            Self::Postgres(connection) => sqlx::query_scalar(query).fetch_one(connection).await?,
        })
    }

    /// How many texts are neither with the carrier nor given up, and how many tasks are overdue.
    pub(crate) async fn unsettled(&mut self) -> Result<(i64, i64)> {
        let texts = self
            .count(
                "SELECT COUNT(*) FROM outbox
                 WHERE line_id IS NOT NULL AND state IN ('waiting', 'sending', 'unknown')",
            )
            .await?;
        let late = match self {
            Self::Sqlite(_) => "strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-2 seconds')",
            Self::Postgres(_) => "now() - interval '2 seconds'",
        };
        let overdue = format!("SELECT COUNT(*) FROM tasks WHERE due_at < {late}");
        Ok((texts, self.count(&overdue).await?))
    }

    /// How many members were reminded of a paper that ends.
    pub(crate) async fn reminded(&mut self) -> Result<i64> {
        self.count("SELECT COUNT(*) FROM events WHERE kind = 'reminded'").await
    }

    /// Who was offered a running referral with a free place and has not answered: referral's code
    /// and the row of the offer's text.
    pub(crate) async fn silent(&mut self) -> Result<Vec<(String, Id)>> {
        #[derive(Deserialize)]
        struct Silent {
            code: String,
            #[serde(deserialize_with = "id")]
            outbox_id: Id,
        }
        let query = "referrals JOIN offers ON offers.referral_id = referrals.id";
        let which = "referrals.closed_at IS NULL AND referrals.state IN ('open', 'handed_off')
             AND offers.state = 'sent' AND offers.outbox_id IS NOT NULL
             AND (SELECT COUNT(*) FROM claims WHERE claims.referral_id = referrals.id
                   AND claims.kind = 'firm') < 3";
        let rows: Vec<Silent> = self.rows(query, &["outbox_id"], &["code"], which).await?;
        Ok(rows.into_iter().map(|row| (row.code, row.outbox_id)).collect())
    }

    /// Reads every table that the accountant wants.
    pub(crate) async fn read(&mut self) -> Result<Books> {
        let all = "1 = 1";
        let overdue = self.unsettled().await?.1;
        Ok(Books {
            taken: Vec::new(),
            came: Vec::new(),
            inbound: self
                .rows(
                    "inbound",
                    &["id", "inquiry_id"],
                    &["seq", "carrier_message_id", "standing", "read_at"],
                    all,
                )
                .await?,
            outbox: self
                .rows(
                    "outbox",
                    &["id", "phone_id", "inquiry_id", "referral_id", "offer_id"],
                    &[
                        "kind",
                        "state",
                        "dedupe",
                        "carrier_message_id",
                        "error_class",
                        "settled_how",
                        "attempts",
                        "written_at",
                    ],
                    "line_id IS NOT NULL",
                )
                .await?,
            inquiries: self.rows("inquiries", &["id"], &[], all).await?,
            referrals: self
                .rows("referrals", &["id", "phone_id", "inquiry_id"], &["code", "state"], all)
                .await?,
            offers: self
                .rows("offers", &["id", "referral_id", "member_id", "outbox_id"], &["state"], all)
                .await?,
            claims: self
                .rows("claims", &["referral_id", "member_id"], &["kind", "place", "named_at"], all)
                .await?,
            events: self
                .rows("events", &["referral_id", "inquiry_id"], &["seq", "kind", "detail"], all)
                .await?,
            members: self.rows("members", &["id", "phone_id"], &[], all).await?,
            overdue,
        })
    }
}

impl Books {
    /// Adds what the carrier kept.
    pub(crate) fn with_log(
        mut self,
        carrier: &testkit::misbehaving::Misbehaving,
        answered: &BTreeMap<String, Timestamp>,
    ) -> Self {
        self.taken = carrier
            .accepted()
            .into_iter()
            .map(|text| Taken {
                row: text.status_callback.as_deref().and_then(row_of),
                undelivered: text.status == "undelivered",
                sid: text.sid,
                to: text.to,
                body: text.body,
                at: text.at,
            })
            .collect();
        self.came = carrier
            .received()
            .into_iter()
            .map(|text| Came {
                answered: answered.get(&text.sid).copied(),
                sid: text.sid,
                from: text.from,
                body: text.body,
                at: text.at,
            })
            .collect();
        self
    }
}

/// Our id in the address at which the carrier reports.
pub(crate) fn row_of(callback: &str) -> Option<Id> {
    let (_, query) = callback.split_once('?')?;
    query.split(['&', '#']).find_map(|pair| pair.strip_prefix("m=")).map(plain)
}

fn plain(id: &str) -> Id {
    id.chars().filter(char::is_ascii_hexdigit).map(|c| c.to_ascii_lowercase()).collect()
}

fn id<'de, D: Deserializer<'de>>(from: D) -> Result<Id, D::Error> {
    Ok(plain(&String::deserialize(from)?))
}

fn maybe_id<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Id>, D::Error> {
    // SQLite's `hex` makes an empty word of nothing.
    let text = Option::<String>::deserialize(from)?;
    Ok(text.map(|text| plain(&text)).filter(|id| !id.is_empty()))
}

fn maybe_at<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
    let text = Option::<String>::deserialize(from)?;
    let at = text.map(|text| text.parse::<jiff::Timestamp>()).transpose();
    Ok(at.map_err(D::Error::custom)?.map(Timestamp::new))
}
