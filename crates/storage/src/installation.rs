//! The one row that tells whether the key at hand fits.

use std::sync::Arc;

use model::Timestamp;
use uuid::Uuid;

use crate::{Error, Keyring, Result, Store, Vault, WriteTx};

const PLACE: &str = "installation.key_check";
const PLAIN: &[u8] = b"latchline";

impl Store {
    /// Makes the newest key of a ring this database's, before it has sealed anything: a key file without it
    /// is refused from now on, and so is another ring that has grown from the same.
    ///
    /// # Errors
    /// [`Error::OldKey`] or [`Error::WrongKey`] where another key is this database's; nothing changed.
    pub async fn take_key(&self, keys: &Keyring, now: Timestamp) -> Result<()> {
        let newest = Arc::new(self.vault().with(&keys.settled()));
        self.write(move |tx| Box::pin(async move { tx.check_key(&newest, now).await })).await
    }
}

impl WriteTx {
    /// Checks a key against the database; a fresh database takes it as its own. Where an older one was the
    /// database's, the present one is from now on.
    pub(crate) async fn check_key(&mut self, vault: &Vault, now: Timestamp) -> Result<()> {
        // Nodes that begin at once try for the one row; whoever comes second looks at it again.
        loop {
            let kept: Option<Vec<u8>> = self
                .statement(sql!("SELECT key_check FROM installation WHERE id = 1"))
                .scalar("installation")
                .await?;
            let sealed = vault.seal(PLACE, Uuid::nil(), PLAIN);
            let taken = match kept {
                None => {
                    self.statement(sql!(
                        "INSERT INTO installation (id, key_check, created_at) VALUES (1, $1, $2)
                         ON CONFLICT DO NOTHING"
                    ))
                    .bind(sealed)
                    .bind(now)
                    .execute()
                    .await?
                }
                Some(kept) => {
                    match vault.open(PLACE, Uuid::nil(), &kept) {
                        Some(plain) if plain == PLAIN => {}
                        _ if vault.knows(&kept) => return Err(Error::WrongKey),
                        _ => return Err(Error::OldKey),
                    }
                    if !vault.is_older(&kept) {
                        return Ok(());
                    }
                    self.statement(sql!(
                        "UPDATE installation SET key_check = $1 WHERE id = 1 AND key_check = $2"
                    ))
                    .bind(sealed)
                    .bind(kept)
                    .execute()
                    .await?
                }
            };
            if taken == 1 {
                return Ok(());
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
