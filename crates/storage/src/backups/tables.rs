//! What a backup holds: every table, in an order in which each comes after those it refers to.

use std::sync::LazyLock;

use model::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use Kind::{Bytes, Document as Json, Id, Instant, Number, Text, Truth};

use crate::{
    Result,
    sql::{Document, Row, Sql, Statement},
};

/// So many rows are read, or written, by one statement.
pub(super) const AT_ONCE: usize = 100;

/// What a column holds, whatever the database calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Id,
    Text,
    Instant,
    Number,
    Truth,
    Document,
    Bytes,
}

/// A table, its primary key and its columns.
pub(super) struct Table {
    pub(super) name: &'static str,
    key: &'static [&'static str],
    pub(super) columns: &'static [(&'static str, Kind)],
}

/// `installation` is left out: it tells of this database and its key, which a restored one has already.
/// A test holds the rest against the tables that there are.
pub(super) const TABLES: &[Table] = &[
    Table {
        name: "chapters",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("slug", Text),
            ("name", Text),
            ("timezone", Text),
            ("settings", Json),
            ("created_at", Instant),
        ],
    },
    Table {
        name: "lines",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("chapter_id", Id),
            ("carrier", Text),
            ("number", Text),
            ("purpose", Text),
            ("state", Text),
            ("account", Bytes),
            ("gap_micros", Number),
            ("next_send_at", Instant),
            ("paused_code", Text),
            ("paused_at", Instant),
            ("listed_until", Instant),
            ("created_at", Instant),
            ("lost_from", Instant),
            ("lost_until", Instant),
        ],
    },
    Table {
        name: "phones",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("chapter_id", Id),
            ("lookup", Bytes),
            ("number", Bytes),
            ("language", Text),
            ("blocked_at", Instant),
            ("unreachable_code", Text),
            ("passive_replies", Number),
            ("next_text_at", Instant),
            ("created_at", Instant),
            ("forget_at", Instant),
        ],
    },
    Table {
        name: "suppressions",
        key: &["chapter_id", "lookup", "scope"],
        columns: &[
            ("chapter_id", Id),
            ("lookup", Bytes),
            ("scope", Text),
            ("source", Text),
            ("since", Instant),
        ],
    },
    Table {
        name: "consents",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("chapter_id", Id),
            ("phone_id", Id),
            ("kind", Text),
            ("wording", Text),
            ("language", Text),
            ("channel", Text),
            ("at", Instant),
        ],
    },
    Table {
        name: "members",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("chapter_id", Id),
            ("phone_id", Id),
            ("name", Bytes),
            ("email", Bytes),
            ("private", Bytes),
            ("status", Text),
            ("status_reason", Bytes),
            ("profile", Json),
            ("away_until", Instant),
            ("awaiting", Json),
            ("created_at", Instant),
            ("number_asked_at", Instant),
            ("number_confirmed_at", Instant),
            ("practised_at", Instant),
        ],
    },
    Table {
        name: "admins",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("chapter_id", Id),
            ("phone_id", Id),
            ("name", Bytes),
            ("email", Bytes),
            ("role", Text),
            ("paging_order", Number),
            ("created_at", Instant),
            ("ended_at", Instant),
        ],
    },
    Table {
        name: "sign_ins",
        key: &["hash"],
        columns: &[
            ("hash", Bytes),
            ("admin_id", Id),
            ("expires_at", Instant),
            ("used_at", Instant),
            ("with_code", Truth),
            ("code", Bytes),
            ("code_until", Instant),
            ("codes", Number),
            ("tries", Number),
        ],
    },
    Table {
        name: "sessions",
        key: &["hash"],
        columns: &[
            ("hash", Bytes),
            ("admin_id", Id),
            ("created_at", Instant),
            ("expires_at", Instant),
            ("ended_at", Instant),
        ],
    },
    Table {
        name: "tokens",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("chapter_id", Id),
            ("name", Text),
            ("hash", Bytes),
            ("role", Text),
            ("created_at", Instant),
            ("revoked_at", Instant),
            ("admin_id", Id),
            ("scopes", Text),
        ],
    },
    Table {
        name: "answers",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("token_id", Id),
            ("key", Bytes),
            ("request", Bytes),
            ("status", Number),
            ("answer", Bytes),
            ("created_at", Instant),
            ("expires_at", Instant),
        ],
    },
    Table {
        name: "inquiries",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("chapter_id", Id),
            ("line_id", Id),
            ("phone_id", Id),
            ("state", Text),
            ("language", Text),
            ("reading", Bytes),
            ("asked", Text),
            ("handled_by", Text),
            ("texts_sent", Number),
            ("first_text_at", Instant),
            ("last_text_at", Instant),
            ("closed_at", Instant),
            ("close_reason", Text),
            ("words_erased_at", Instant),
        ],
    },
    Table {
        name: "inbound",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("seq", Number),
            ("chapter_id", Id),
            ("line_id", Id),
            ("phone_id", Id),
            ("carrier_message_id", Text),
            ("standing", Text),
            ("body", Bytes),
            ("media", Number),
            ("inquiry_id", Id),
            ("read_at", Instant),
            ("received_at", Instant),
        ],
    },
    Table {
        name: "referrals",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("chapter_id", Id),
            ("inquiry_id", Id),
            ("line_id", Id),
            ("phone_id", Id),
            ("code", Text),
            ("state", Text),
            ("hold_reason", Text),
            ("urgent", Truth),
            ("facts", Json),
            ("round", Number),
            ("widened", Number),
            ("asked", Number),
            ("asking_from", Instant),
            ("promised_at", Instant),
            ("opened_at", Instant),
            ("filled_at", Instant),
            ("names_at", Instant),
            ("top_ups", Number),
            ("followed_at", Instant),
            ("outcome", Text),
            ("closed_at", Instant),
            ("close_reason", Text),
            ("version", Number),
            ("created_at", Instant),
            ("policy", Text),
            ("collects_until", Instant),
            ("satisfaction", Number),
        ],
    },
    Table {
        name: "offers",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("chapter_id", Id),
            ("referral_id", Id),
            ("member_id", Id),
            ("round", Number),
            ("position", Number),
            ("state", Text),
            ("due_at", Instant),
            ("outbox_id", Id),
            ("answered_at", Instant),
        ],
    },
    Table {
        name: "claims",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("chapter_id", Id),
            ("referral_id", Id),
            ("member_id", Id),
            ("kind", Text),
            ("place", Number),
            ("turn", Number),
            ("caveat", Bytes),
            ("held_until", Instant),
            ("named_at", Instant),
            ("claimed_at", Instant),
        ],
    },
    Table {
        name: "events",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("seq", Number),
            ("chapter_id", Id),
            ("inquiry_id", Id),
            ("referral_id", Id),
            ("at", Instant),
            ("actor", Text),
            ("actor_id", Id),
            ("kind", Text),
            ("detail", Json),
        ],
    },
    Table {
        name: "hospitals",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("chapter_id", Id),
            ("slug", Text),
            ("name", Text),
            ("baseline", Truth),
            ("stage", Text),
            ("stage_since", Instant),
            ("renewal_on", Text),
            ("private", Bytes),
            ("link_hash", Bytes),
            ("version", Number),
            ("created_at", Instant),
        ],
    },
    Table {
        name: "hospital_contacts",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("chapter_id", Id),
            ("hospital_id", Id),
            ("role", Text),
            ("private", Bytes),
            ("created_at", Instant),
            ("ended_at", Instant),
        ],
    },
    Table {
        name: "outbox",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("seq", Number),
            ("chapter_id", Id),
            ("channel", Text),
            ("line_id", Id),
            ("phone_id", Id),
            ("admin_id", Id),
            ("kind", Text),
            ("priority", Number),
            ("lane", Number),
            ("dedupe", Text),
            ("inquiry_id", Id),
            ("referral_id", Id),
            ("offer_id", Id),
            ("subject", Bytes),
            ("body", Bytes),
            ("state", Text),
            ("due_at", Instant),
            ("expires_at", Instant),
            ("lease_until", Instant),
            ("attempts", Number),
            ("written_at", Instant),
            ("carrier_message_id", Text),
            ("segments", Number),
            ("error_code", Text),
            ("error_class", Text),
            ("settled_how", Text),
            ("accepted_at", Instant),
            ("ended_at", Instant),
            ("created_at", Instant),
            ("contact_id", Id),
            ("member_id", Id),
            ("push_id", Id),
        ],
    },
    Table {
        name: "tasks",
        key: &["kind", "subject"],
        columns: &[
            ("kind", Text),
            ("subject", Id),
            ("chapter_id", Id),
            ("due_at", Instant),
            ("lease_until", Instant),
            ("attempts", Number),
        ],
    },
    Table {
        name: "pages",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("chapter_id", Id),
            ("reason", Text),
            ("inquiry_id", Id),
            ("referral_id", Id),
            ("line_id", Id),
            ("member_id", Id),
            ("turns", Number),
            ("raised_at", Instant),
            ("opened_at", Instant),
            ("answered_at", Instant),
            ("answered_by", Id),
        ],
    },
    Table {
        name: "links",
        key: &["hash"],
        columns: &[
            ("hash", Bytes),
            ("chapter_id", Id),
            ("purpose", Text),
            ("subject", Id),
            ("created_at", Instant),
            ("expires_at", Instant),
        ],
    },
    Table {
        name: "corrections",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("chapter_id", Id),
            ("inquiry_id", Id),
            ("field", Text),
            ("content", Bytes),
            ("actor", Text),
            ("actor_id", Id),
            ("corrected_at", Instant),
        ],
    },
    Table {
        name: "rule_sets",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("chapter_id", Id),
            ("hospital_id", Id),
            ("version", Text),
            ("effective_from", Text),
            ("content", Bytes),
            ("added_by", Text),
            ("created_at", Instant),
        ],
    },
    Table {
        name: "member_facts",
        key: &["member_id"],
        columns: &[
            ("member_id", Id),
            ("chapter_id", Id),
            ("content", Bytes),
            ("updated_at", Instant),
        ],
    },
    Table {
        name: "evidence",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("chapter_id", Id),
            ("member_id", Id),
            ("kind", Text),
            ("status", Text),
            ("content", Bytes),
            ("submitted_by", Text),
            ("submitted_at", Instant),
            ("decided_by", Text),
            ("decided_at", Instant),
        ],
    },
    Table {
        name: "originals",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("evidence_id", Id),
            ("part", Number),
            ("media_type", Text),
            ("content", Bytes),
            ("received_at", Instant),
        ],
    },
    Table {
        name: "overrides",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("chapter_id", Id),
            ("hospital_id", Id),
            ("member_id", Id),
            ("rule", Text),
            ("reason", Bytes),
            ("expires", Text),
            ("requested_by", Text),
            ("requested_at", Instant),
            ("approved_by", Text),
            ("granted", Text),
            ("ended_by", Text),
            ("ended_at", Instant),
        ],
    },
    Table {
        name: "editions",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("chapter_id", Id),
            ("hospital_id", Id),
            ("number", Number),
            ("corrects", Number),
            ("as_of", Text),
            ("content", Bytes),
            ("published_by", Text),
            ("published_at", Instant),
        ],
    },
    Table {
        name: "recalls",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("chapter_id", Id),
            ("hospital_id", Id),
            ("member_id", Id),
            ("reason", Bytes),
            ("recalled_by", Text),
            ("recalled_at", Instant),
            ("lifted_by", Text),
            ("lifted_at", Instant),
        ],
    },
    Table {
        name: "reminders",
        key: &["member_id", "item", "last_good", "stage"],
        columns: &[
            ("member_id", Id),
            ("item", Text),
            ("last_good", Text),
            ("stage", Text),
            ("chapter_id", Id),
            ("sent_at", Instant),
        ],
    },
    Table {
        name: "photos",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("chapter_id", Id),
            ("member_id", Id),
            ("state", Text),
            ("content", Bytes),
            ("received_at", Instant),
            ("ended_at", Instant),
        ],
    },
    Table {
        name: "portraits",
        key: &["member_id"],
        columns: &[("member_id", Id), ("chapter_id", Id), ("content", Bytes), ("kept_at", Instant)],
    },
    Table {
        name: "push_subscriptions",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("chapter_id", Id),
            ("member_id", Id),
            ("lookup", Bytes),
            ("content", Bytes),
            ("created_at", Instant),
        ],
    },
    Table {
        name: "passkeys",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("admin_id", Id),
            ("lookup", Bytes),
            ("content", Json),
            ("created_at", Instant),
            ("used_at", Instant),
        ],
    },
    Table {
        name: "passkey_challenges",
        key: &["hash"],
        columns: &[("hash", Bytes), ("admin_id", Id), ("content", Json), ("expires_at", Instant)],
    },
    Table {
        name: "push_keys",
        key: &["id"],
        columns: &[("id", Id), ("content", Bytes), ("created_at", Instant)],
    },
    Table {
        name: "webhooks",
        key: &["id"],
        columns: &[
            ("id", Id),
            ("chapter_id", Id),
            ("content", Bytes),
            ("kinds", Text),
            ("state", Text),
            ("failing_since", Instant),
            ("rests_until", Instant),
            ("version", Number),
            ("created_at", Instant),
        ],
    },
    Table {
        name: "deliveries",
        key: &["webhook_id", "event_id"],
        columns: &[
            ("webhook_id", Id),
            ("event_id", Id),
            ("chapter_id", Id),
            ("state", Text),
            ("due_at", Instant),
            ("lease_until", Instant),
            ("attempts", Number),
            ("answer", Text),
            ("ended_at", Instant),
        ],
    },
    Table {
        name: "list_versions",
        key: &["chapter_id"],
        columns: &[("chapter_id", Id), ("version", Number)],
    },
];

/// A value on its way between a database and a file.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Id(Option<Uuid>),
    Text(Option<String>),
    Instant(Option<Timestamp>),
    Number(Option<i64>),
    Truth(Option<bool>),
    Document(Option<Value>),
    Bytes(Option<Vec<u8>>),
}

impl Cell {
    pub(super) fn of_row(
        row: &Row,
        table: &'static str,
        column: &'static str,
        kind: Kind,
    ) -> Result<Self> {
        Ok(match kind {
            Id => Self::Id(row.maybe(table, column)?),
            Text => Self::Text(row.maybe(table, column)?),
            Instant => Self::Instant(row.maybe(table, column)?),
            Number => Self::Number(row.maybe(table, column)?),
            Truth => Self::Truth(row.maybe(table, column)?),
            Json => {
                let document: Option<Document<Value>> = row.maybe(table, column)?;
                Self::Document(document.map(|document| document.0))
            }
            Bytes => Self::Bytes(row.maybe(table, column)?),
        })
    }

    pub(super) fn bind<'c>(&self, statement: Statement<'c>) -> Statement<'c> {
        match self {
            Self::Id(id) => statement.bind(*id),
            Self::Text(text) => statement.bind(text.clone()),
            Self::Instant(at) => statement.bind(*at),
            Self::Number(number) => statement.bind(*number),
            Self::Truth(truth) => statement.bind(*truth),
            Self::Document(document) => statement.bind(document.as_ref().map(Document)),
            Self::Bytes(bytes) => statement.bind(bytes.clone()),
        }
    }
}

/// The statements on one table. They are made once and kept for good, as every statement is.
pub(super) struct Statements {
    pub(super) table: &'static Table,
    pub(super) count: Sql,
    pub(super) first: Sql,
    pub(super) next: Sql,
    pub(super) delete: Sql,
}

/// A column in which something sealed may stand, and the statements by which it is sealed anew.
#[derive(Clone, Copy)]
pub(crate) struct SealedColumn {
    pub(crate) table: &'static str,
    /// Table and column: what a value is bound to beside its row.
    pub(crate) place: &'static str,
    pub(crate) first: Sql,
    pub(crate) next: Sql,
    pub(crate) update: Sql,
}

/// Every column of bytes in a table whose rows have ids. Hashes are among them: they open with no key.
pub(crate) fn sealed_columns() -> impl Iterator<Item = SealedColumn> {
    static ALL: LazyLock<Vec<SealedColumn>> = LazyLock::new(|| {
        let of = |table: &'static Table| {
            let bytes = table.columns.iter().filter(|(_, kind)| *kind == Bytes);
            bytes.filter_map(|(column, _)| table.sealed(column))
        };
        TABLES.iter().flat_map(of).collect()
    });
    ALL.iter().copied()
}

/// The statements on every table, in the order of [`TABLES`].
pub(super) static STATEMENTS: LazyLock<Vec<Statements>> =
    LazyLock::new(|| TABLES.iter().map(Statements::on).collect());

impl Statements {
    fn on(table: &'static Table) -> Self {
        let Table { name, key, columns } = table;
        let columns = columns.iter().map(|(column, _)| *column).collect::<Vec<_>>().join(", ");
        let after = (1..=key.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
        let key = key.join(", ");
        let select = format!("SELECT {columns} FROM {name}");
        Self {
            table,
            count: both(format!("SELECT COUNT(*) FROM {name}")),
            first: both(format!("{select} ORDER BY {key} LIMIT {AT_ONCE}")),
            next: both(format!(
                "{select} WHERE ({key}) > ({after}) ORDER BY {key} LIMIT {AT_ONCE}"
            )),
            delete: both(format!("DELETE FROM {name}")),
        }
    }
}

impl Table {
    fn sealed(&self, column: &'static str) -> Option<SealedColumn> {
        let [key] = self.key else { return None };
        if self.columns.iter().any(|(name, kind)| name == key && *kind != Id) {
            return None;
        }
        let table = self.name;
        let select = format!("SELECT {key}, {column} FROM {table}");
        let page = format!("ORDER BY {key} LIMIT {AT_ONCE}");
        Some(SealedColumn {
            table,
            place: format!("{table}.{column}").leak(),
            first: both(format!("{select} {page}")),
            next: both(format!("{select} WHERE {key} > $1 {page}")),
            update: both(format!(
                "UPDATE {table} SET {column} = $1 WHERE {key} = $2 AND {column} = $3"
            )),
        })
    }

    /// What stands in the columns of the key.
    pub(super) fn key_of(&self, row: &[Cell]) -> Vec<Cell> {
        let named = self.columns.iter().zip(row);
        let cell = |key: &&str| named.clone().find(|((name, _), _)| name == key).map(|at| at.1);
        self.key.iter().filter_map(cell).cloned().collect()
    }

    /// Puts so many rows of these columns into the table.
    pub(super) fn insert(&self, columns: &[&str], rows: usize) -> Sql {
        let row = |nth: usize| {
            let from = nth * columns.len() + 1;
            let places = (from..from + columns.len()).map(|n| format!("${n}"));
            format!("({})", places.collect::<Vec<_>>().join(", "))
        };
        let into = format!("INSERT INTO {} ({})", self.name, columns.join(", "));
        let values = (0..rows).map(row).collect::<Vec<_>>().join(", ");
        // The order in which rows were written is kept: it is more than a number of the database's.
        let kept = if columns.contains(&"seq") { "OVERRIDING SYSTEM VALUE " } else { "" };
        Sql {
            sqlite: format!("{into} VALUES {values}").leak(),
            postgres: format!("{into} {kept}VALUES {values}").leak(),
        }
    }
}

fn both(text: String) -> Sql {
    let text: &'static str = text.leak();
    Sql { sqlite: text, postgres: text }
}
