//! Going away and coming back, on her own page.

use futures_util::future::BoxFuture;
use jiff::civil::Date;

use super::OwnPage;
use crate::{Dispatch, Result};

impl Dispatch {
    /// A member is away until a day, or until she says that she is back; what is open to her she passes.
    /// `false` where the day is not to come: nothing is changed.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn own_away(&self, page: OwnPage, until: Option<Date>) -> BoxFuture<'_, Result<bool>> {
        Box::pin(async move {
            self.at_desk(page.chapter, move |desk| {
                Box::pin(async move {
                    let today = desk.now.in_zone(&desk.chapter.timezone).date();
                    if until.is_some_and(|day| day <= today) {
                        return Ok(false);
                    }
                    let Some(member) = desk.tx.member(page.member).await? else { return Ok(false) };
                    desk.leaves(&member, until).await?;
                    Ok(true)
                })
            })
            .await
        })
    }

    /// A member is asked again from now on.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn own_back(&self, page: OwnPage) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            self.at_desk(page.chapter, move |desk| {
                Box::pin(async move {
                    match desk.tx.member(page.member).await? {
                        Some(member) => desk.returns(&member).await,
                        None => Ok(()),
                    }
                })
            })
            .await
        })
    }
}
