//! A room of one's own in a PostgreSQL database, gone when it is left: for plays, which begin anew.

use std::str::FromStr as _;

use model::{Chance, hex};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, postgres::PgConnectOptions};

use crate::Result;

/// A schema that nobody else uses.
#[derive(Debug)]
pub struct Room {
    server: PgConnectOptions,
    name: String,
    url: String,
}

impl Room {
    /// Makes one in the database of this address, whose user must be allowed to.
    ///
    /// # Errors
    /// What the database says.
    pub async fn make(url: &str, chance: &Chance) -> Result<Self> {
        let server = PgConnectOptions::from_str(url)?;
        let name = format!("play_{}", hex(&chance.bytes::<8>()));
        let joint = if url.contains('?') { '&' } else { '?' };
        let room =
            Self { url: format!("{url}{joint}options=-csearch_path%3D{name}"), server, name };
        room.say(format!("CREATE SCHEMA {}", room.name)).await?;
        Ok(room)
    }

    /// The address under which a store finds it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Clears it away with all that is in it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn leave(&self) -> Result<()> {
        self.say(format!("DROP SCHEMA IF EXISTS {} CASCADE", self.name)).await
    }

    async fn say(&self, statement: String) -> Result<()> {
        let mut connection = self.server.connect().await?;
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await?;
        connection.close().await?;
        Ok(())
    }
}
