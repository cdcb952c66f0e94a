//! The one row that tells whether the key at hand fits.

use model::Timestamp;
use uuid::Uuid;

use crate::{Error, Result, WriteTx};

const PLAIN: &[u8] = b"latchline";

impl WriteTx {
    /// Checks the key against the database; a fresh database takes this key as its own.
    pub(crate) async fn check_key(&mut self, now: Timestamp) -> Result<()> {
        let kept: Option<Vec<u8>> = self
            .statement(sql!("SELECT key_check FROM installation WHERE id = 1"))
            .scalar("installation")
            .await?;
        match kept {
            Some(sealed) => match self.vault.open("installation.key_check", Uuid::nil(), &sealed) {
                Some(plain) if plain == PLAIN => Ok(()),
                _ => Err(Error::WrongKey),
            },
            None => {
                let sealed = self.vault.seal("installation.key_check", Uuid::nil(), PLAIN);
                let taken = self
                    .statement(sql!(
                        "INSERT INTO installation (id, key_check, created_at) VALUES (1, $1, $2)
                         ON CONFLICT DO NOTHING"
                    ))
                    .bind(sealed)
                    .bind(now)
                    .execute()
                    .await?;
                // Two nodes starting on a fresh database at once: the other's key must be ours.
                if taken == 0 { Box::pin(self.check_key(now)).await } else { Ok(()) }
            }
        }
    }

    /// Whether the database answers and can be written to.
    ///
    /// # Errors
    /// [`Error`] where it does not.
    pub async fn probe(&mut self) -> Result<()> {
        self.statement(sql!("UPDATE installation SET id = 1 WHERE id = 1")).execute().await?;
        Ok(())
    }
}
