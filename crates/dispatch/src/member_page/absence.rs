//! Going away and coming back: on her own page, or as one of the chapter's people says for her.

use futures_util::future::BoxFuture;
use jiff::civil::Date;
use model::{ChapterId, MemberId};

use super::OwnPage;
use crate::{By, Dispatch, Result, desk::Actor};

impl Dispatch {
    /// A member is away until a day, or until she says that she is back; what is open to her she passes.
    /// `false` where the day is not to come: nothing is changed.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn own_away(&self, page: OwnPage, until: Option<Date>) -> BoxFuture<'_, Result<bool>> {
        self.away(page.chapter, page.member, Actor::member(page.member), until)
    }

    /// A member is asked again from now on.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn own_back(&self, page: OwnPage) -> BoxFuture<'_, Result<()>> {
        self.back(page.chapter, page.member, Actor::member(page.member))
    }

    /// One of the chapter's people says that a member is away ([`Self::own_away`]); `false` also where the
    /// chapter has no such member.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn member_away(
        &self,
        chapter: ChapterId,
        member: MemberId,
        by: By,
        until: Option<Date>,
    ) -> BoxFuture<'_, Result<bool>> {
        self.away(chapter, member, by.into(), until)
    }

    /// One of the chapter's people says that a member is back.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn member_back(
        &self,
        chapter: ChapterId,
        member: MemberId,
        by: By,
    ) -> BoxFuture<'_, Result<()>> {
        self.back(chapter, member, by.into())
    }

    fn away(
        &self,
        chapter: ChapterId,
        id: MemberId,
        by: Actor,
        until: Option<Date>,
    ) -> BoxFuture<'_, Result<bool>> {
        Box::pin(async move {
            self.at_desk(chapter, move |desk| {
                Box::pin(async move {
                    let today = desk.now.in_zone(&desk.chapter.timezone).date();
                    if until.is_some_and(|day| day <= today) {
                        return Ok(false);
                    }
                    let Some(member) = desk.own_member(id).await? else { return Ok(false) };
                    desk.leaves(&member, until, by).await?;
                    Ok(true)
                })
            })
            .await
        })
    }

    fn back(&self, chapter: ChapterId, id: MemberId, by: Actor) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            self.at_desk(chapter, move |desk| {
                Box::pin(async move {
                    match desk.own_member(id).await? {
                        Some(member) => desk.returns(&member, by).await,
                        None => Ok(()),
                    }
                })
            })
            .await
        })
    }
}
