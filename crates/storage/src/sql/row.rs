use sqlx::{Row as _, postgres::PgRow, sqlite::SqliteRow};

use super::{
    Loaded,
    lite::{FromLite as _, LiteRow},
};
use crate::{Error, Result, Vault};

/// A row that came back, from whichever database.
pub(crate) enum Row {
    Lite(LiteRow),
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

/// Something that a row of a table can be read into.
pub(crate) trait FromRow: Sized {
    /// The table, for errors.
    const TABLE: &'static str;
    /// Reads the columns, opening what is sealed.
    fn from_row(row: &Row, vault: &Vault) -> Result<Self>;
}

#[derive(Clone, Copy)]
enum Column {
    Named(&'static str),
    At(usize),
}

impl Row {
    /// Reads a column that may be null.
    pub(crate) fn maybe<T: Loaded>(
        &self,
        table: &'static str,
        column: &'static str,
    ) -> Result<Option<T>> {
        self.read(Column::Named(column))
            .and_then(|raw| raw.map(T::from_raw).transpose())
            .map_err(|source| Error::unreadable(table, column, self.id(), source))
    }

    /// Reads a column that must not be null.
    pub(crate) fn get<T: Loaded>(&self, table: &'static str, column: &'static str) -> Result<T> {
        self.maybe(table, column)?
            .ok_or_else(|| Error::unreadable(table, column, self.id(), "it is null"))
    }

    /// Reads a column by its place.
    pub(crate) fn at<T: Loaded>(&self, table: &'static str, index: usize) -> Result<Option<T>> {
        self.read(Column::At(index))
            .and_then(|raw| raw.map(T::from_raw).transpose())
            .map_err(|source| Error::unreadable(table, "(computed)", self.id(), source))
    }

    fn read<T>(&self, column: Column) -> Result<Option<T>, sqlx::error::BoxDynError>
    where
        T: super::values::Readable,
    {
        Ok(match (self, column) {
            (Self::Lite(row), Column::Named(name)) => Option::<T>::from_lite(row.named(name)?)?,
            (Self::Lite(row), Column::At(index)) => Option::<T>::from_lite(row.at(index)?)?,
            (Self::Sqlite(row), Column::Named(name)) => row.try_get(name)?,
            (Self::Sqlite(row), Column::At(index)) => row.try_get(index)?,
            (Self::Postgres(row), Column::Named(name)) => row.try_get(name)?,
            (Self::Postgres(row), Column::At(index)) => row.try_get(index)?,
        })
    }

    /// The row's id for an error, where it has one.
    fn id(&self) -> String {
        let id: Option<uuid::Uuid> = self.read(Column::Named("id")).ok().flatten();
        id.map_or_else(|| "(no id)".to_owned(), |id| id.to_string())
    }
}
