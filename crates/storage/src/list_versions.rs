//! A number for each chapter that moves with everything that decides who is on its lists, so that what
//! was worked out from it is known to be old.

use model::ChapterId;

use crate::{ReadTx, Result, WriteTx};

impl ReadTx {
    /// The number as it stands; 0 where nothing was ever written.
    ///
    /// # Errors
    /// What the database says.
    pub async fn list_version(&mut self, chapter: ChapterId) -> Result<i64> {
        let version: Option<i64> = self
            .statement(sql!("SELECT version FROM list_versions WHERE chapter_id = $1"))
            .bind(chapter)
            .scalar("list_versions")
            .await?;
        Ok(version.unwrap_or(0))
    }
}

impl WriteTx {
    /// It moves once this unit is done. Members' profiles and standing do not move it: whoever judges
    /// reads them anew.
    pub(crate) async fn lists_change(&mut self, chapter: ChapterId) -> Result<()> {
        self.lists.insert(chapter);
        Ok(())
    }

    /// Moves the numbers: the last that a unit does, so that whoever waits for one holds nothing that
    /// the unit still wants.
    pub(crate) async fn move_list_versions(&mut self) -> Result<()> {
        for chapter in std::mem::take(&mut self.lists) {
            self.statement(sql!(
                "INSERT INTO list_versions (chapter_id, version) VALUES ($1, 1)
                 ON CONFLICT (chapter_id) DO UPDATE SET version = list_versions.version + 1"
            ))
            .bind(chapter)
            .execute()
            .await?;
        }
        Ok(())
    }
}
