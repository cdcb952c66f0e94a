//! Somebody looks at what a call is about, or has seen to it, at the console.

use futures_util::future::BoxFuture;
use model::{AdminId, ChapterId, PageId, TaskKind};
use serde_json::json;
use storage::Page;

use crate::{
    Dispatch, Result,
    desk::{About, Actor, Desk},
};

impl Dispatch {
    /// Answers one call for attention; `false` where the chapter has no such call, or somebody
    /// answered it before.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn answer_page(
        &self,
        chapter: ChapterId,
        page: PageId,
        by: AdminId,
    ) -> BoxFuture<'_, Result<bool>> {
        Box::pin(async move {
            self.at_desk(chapter, move |desk| Box::pin(desk.answer_one_page(page, by))).await
        })
    }

    /// One of the chapter's people looks at what a call is about: nobody further is called for it, and it
    /// stands until somebody decides. `false` where the chapter has no such call that is open, or
    /// somebody looked before.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn open_page(
        &self,
        chapter: ChapterId,
        page: PageId,
        by: AdminId,
    ) -> BoxFuture<'_, Result<bool>> {
        Box::pin(async move {
            self.at_desk(chapter, move |desk| Box::pin(desk.opens_page(page, by))).await
        })
    }
}

impl Desk<'_> {
    async fn own_page(&mut self, id: PageId) -> Result<Option<Page>> {
        let page = self.tx.page_for_update(id).await?;
        Ok(page.filter(|page| page.chapter_id == self.chapter.id))
    }

    async fn answer_one_page(&mut self, id: PageId, by: AdminId) -> Result<bool> {
        let Some(page) = self.own_page(id).await? else { return Ok(false) };
        self.take_answer(&page, by).await
    }

    /// Somebody looks at what a page is about: nobody further is called, and it stays until somebody
    /// decides. `false` where the chapter has no such page that is open, or somebody looked before.
    async fn opens_page(&mut self, id: PageId, admin: AdminId) -> Result<bool> {
        let Some(page) = self.own_page(id).await? else { return Ok(false) };
        if !self.tx.open_page(id, self.now).await? {
            return Ok(false);
        }
        self.tx.unplan(TaskKind::Page, id.as_uuid()).await?;
        let about = About(page.inquiry_id, page.referral_id);
        let detail = json!({"reason": page.reason});
        self.record(about, Actor::admin(admin), "page_opened", detail).await?;
        Ok(true)
    }
}
