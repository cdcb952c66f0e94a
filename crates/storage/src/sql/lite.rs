//! SQLite without a thread between: statements of the one writer, run where they stand.
//!
//! `sqlx` gives every SQLite connection a thread of its own and wakes it for each statement; a unit
//! of work of a dozen statements spent most of its time asleep between the two. Values stand in
//! the file exactly as `sqlx`, which reads it, writes them.

use std::sync::Arc;

use rusqlite::{Connection, Statement, types::Value};
use sqlx::error::BoxDynError;
use uuid::Uuid;

use super::{
    Sql,
    values::{Instant, Source},
};
use crate::Result;

/// A row as SQLite gave it.
pub(crate) struct LiteRow {
    names: Arc<[String]>,
    values: Vec<Value>,
}

impl LiteRow {
    pub(super) fn named(&self, column: &str) -> Result<&Value, BoxDynError> {
        let at = self.names.iter().position(|name| name == column);
        self.at(at.ok_or("there is no such column")?)
    }

    pub(super) fn at(&self, index: usize) -> Result<&Value, BoxDynError> {
        self.values.get(index).ok_or_else(|| "there is no such column".into())
    }
}

pub(super) fn execute(connection: &Connection, sql: Sql, values: &[Value]) -> Result<u64> {
    let mut statement = connection.prepare_cached(sql.sqlite)?;
    if statement.column_count() > 0 {
        // A statement that gives rows is run to its end for what it does.
        return Ok(read(&mut statement, values, usize::MAX)?.len() as u64);
    }
    bind(&mut statement, values)?;
    Ok(statement.raw_execute()? as u64)
}

/// SQLite counts `$2` as the first placeholder where it stands first; ours go by their numbers.
fn bind(statement: &mut Statement<'_>, values: &[Value]) -> Result<()> {
    for index in 1..=statement.parameter_count() {
        let number = statement.parameter_name(index).and_then(|name| name[1..].parse().ok());
        let value = number.and_then(|number: usize| values.get(number.checked_sub(1)?));
        let value = value.ok_or(rusqlite::Error::InvalidParameterCount(index, values.len()))?;
        statement.raw_bind_parameter(index, value)?;
    }
    Ok(())
}

/// The rows of a statement, and at most so many; it is run to its end all the same.
pub(super) fn rows(
    connection: &Connection,
    sql: Sql,
    values: &[Value],
    most: usize,
) -> Result<Vec<LiteRow>> {
    read(&mut *connection.prepare_cached(sql.sqlite)?, values, most)
}

fn read(statement: &mut Statement<'_>, values: &[Value], most: usize) -> Result<Vec<LiteRow>> {
    let names: Arc<[String]> = statement.column_names().into_iter().map(str::to_owned).collect();
    bind(statement, values)?;
    let mut rows = statement.raw_query();
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        if all.len() < most {
            let values =
                (0..names.len()).map(|at| row.get(at)).collect::<Result<_, rusqlite::Error>>()?;
            all.push(LiteRow { names: names.clone(), values });
        }
    }
    Ok(all)
}

/// What the one writer can write.
pub(crate) trait IntoLite {
    fn into_lite(self) -> Value;
}

/// What the one writer can read.
pub(crate) trait FromLite: Sized {
    fn from_lite(value: &Value) -> Result<Self, BoxDynError>;
}

fn unexpected<T>(value: &Value) -> Result<T, BoxDynError> {
    Err(format!("it holds {}", value.data_type()).into())
}

macro_rules! lite {
    ($type:ty, $value:ident => $into:expr, $pattern:pat => $from:expr) => {
        impl IntoLite for $type {
            fn into_lite(self) -> Value {
                let $value = self;
                $into
            }
        }
        impl FromLite for $type {
            fn from_lite(value: &Value) -> Result<Self, BoxDynError> {
                match value {
                    $pattern => $from,
                    other => unexpected(other),
                }
            }
        }
    };
}
lite!(bool, it => Value::Integer(it.into()), Value::Integer(it) => Ok(*it != 0));
lite!(i64, it => Value::Integer(it), Value::Integer(it) => Ok(*it));
lite!(String, it => Value::Text(it), Value::Text(it) => Ok(it.clone()));
lite!(Vec<u8>, it => Value::Blob(it), Value::Blob(it) => Ok(it.clone()));
lite!(Uuid, it => Value::Blob(it.as_bytes().to_vec()), Value::Blob(it) => Ok(Self::from_slice(it)?));
lite!(Instant, it => Value::Text(it.0.to_text()), Value::Text(it) => Ok(Self(it.parse()?)));
lite!(Source, it => Value::Text(it.0), Value::Text(it) => Ok(Self(it.clone())));

impl<T: IntoLite> IntoLite for Option<T> {
    fn into_lite(self) -> Value {
        self.map_or(Value::Null, T::into_lite)
    }
}

impl<T: FromLite> FromLite for Option<T> {
    fn from_lite(value: &Value) -> Result<Self, BoxDynError> {
        match value {
            Value::Null => Ok(None),
            value => T::from_lite(value).map(Some),
        }
    }
}
