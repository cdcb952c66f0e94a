//! Backups: everything the database holds, in a file, and back again.
//!
//! A backup is one consistent state, taken beside a running service. It is restored where no service
//! is, all of it or nothing. A restored database knows that it does not know what happened since:
//! what was on its way may have arrived, and what it writes next may have been sent already, so the
//! carrier is asked before anything goes out ([`Line::lost_from`](crate::Line)).

mod file;
mod restoring;
mod tables;
mod taking;

use std::{collections::BTreeMap, fs::File, io};

pub(crate) use tables::{SealedColumn, sealed_columns};

use model::{Chance, Timestamp};

use crate::{Error, Keyring, Vault, migrations};

/// Why a backup was not made, or not restored. Where it was not restored, nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Some other file.
    #[error("this is no backup made by latchline backup")]
    NotABackup,
    /// In a form that this program does not know.
    #[error(
        "this backup is in form {0}, which a newer latchline writes: restore it with that version"
    )]
    NewerForm(u32),
    /// With tables that this program does not know.
    #[error(
        "this backup was made by latchline {program} with tables of version {schema}, which are newer than this \
         program's: restore it with that version"
    )]
    NewerTables {
        /// The version of the program that made it.
        program: String,
        /// The version of its tables.
        schema: i64,
    },
    /// Sealed with a key that is not at hand.
    #[error(
        "this backup was made with another key: put the key file of that time where secrets.key_file says"
    )]
    OtherKey,
    /// Cut off or altered.
    #[error("this backup is not whole, or was altered: use another one")]
    Damaged,
    /// There is a database already.
    #[error(
        "the database holds chapters already: name an empty one in database.url, or have its contents replaced with \
         --replace"
    )]
    Occupied,
    /// The file could not be read or written.
    #[error("the file could not be read or written")]
    File(#[from] io::Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] Error),
}

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackedUp {
    /// When it was taken: everything kept before this instant is in it.
    pub taken_at: Timestamp,
    /// The version of its tables.
    pub schema: i64,
    /// How many rows of each table it holds.
    pub rows: BTreeMap<String, u64>,
    /// How long the file is.
    pub bytes: u64,
}

/// A file that was found to be a whole backup for the keys at hand.
#[derive(Debug)]
pub struct Backup {
    file: File,
    header: file::Header,
}

impl Backup {
    /// Reads a file through, and makes sure that it is whole, unaltered and made with these keys.
    ///
    /// # Errors
    /// [`BackupError`] where it is not.
    pub fn check(mut file: File, keys: &Keyring, chance: Chance) -> Result<Self, BackupError> {
        let vault = Vault::new(keys, chance);
        let header = file::check(&mut file, &vault, migrations::newest())?;
        Ok(Self { file, header })
    }

    /// When it was taken.
    #[must_use]
    pub fn taken_at(&self) -> Timestamp {
        self.header.taken_at
    }
}

/// How a backup is restored.
#[derive(Debug, Clone, Copy)]
pub struct Restoring {
    /// Whether what the database holds goes.
    pub replace: bool,
    /// When.
    pub now: Timestamp,
    /// From when the carriers are asked about what was on its way: not before their lists show what
    /// the lost service sent last.
    pub ask_at: Timestamp,
}

/// What was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// When the backup was taken.
    pub taken_at: Timestamp,
    /// How many rows of each table.
    pub rows: BTreeMap<String, u64>,
    /// Texts that were on their way: their carriers are asked about them.
    pub to_ask: u64,
    /// E-mails that were on their way: nobody can be asked about them, and they do not go again.
    pub given_up: u64,
}

/// Every column that a backup holds, with PostgreSQL's word for what it is.
#[cfg(test)]
pub(crate) fn columns() -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    for table in tables::TABLES {
        for (column, kind) in table.columns {
            let kind = match kind {
                tables::Kind::Id => "uuid",
                tables::Kind::Text => "text",
                tables::Kind::Instant => "timestamp with time zone",
                tables::Kind::Number => "bigint",
                tables::Kind::Truth => "boolean",
                tables::Kind::Document => "jsonb",
                tables::Kind::Bytes => "bytea",
            };
            all.push((table.name.to_owned(), (*column).to_owned(), kind.to_owned()));
        }
    }
    all.sort();
    all
}
