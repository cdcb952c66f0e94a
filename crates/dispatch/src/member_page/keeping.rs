//! A link that a member keeps on her phone, and the closing of all she has.

use futures_util::future::BoxFuture;
use model::LinkPurpose;
use serde_json::json;

use super::OwnPage;
use crate::{
    Dispatch, Result,
    desk::{About, Actor},
};

/// A link that she keeps works for so many days.
pub const KEPT_DAYS: i64 = 180;

impl Dispatch {
    /// Makes a link that a member can keep; gives its secret part. `None` where this service has no
    /// links.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn own_keep(&self, page: OwnPage) -> BoxFuture<'_, Result<Option<String>>> {
        Box::pin(async move {
            self.at_desk(page.chapter, move |desk| {
                Box::pin(async move {
                    let Some(drawn) = desk.draw_page(page.member, 24 * KEPT_DAYS) else {
                        return Ok(None);
                    };
                    let secret = desk.open_link(drawn).await?;
                    let detail = json!({"member": page.member, "days": KEPT_DAYS});
                    let actor = Actor::member(page.member);
                    desk.record(About(None, None), actor, "page_kept", detail).await?;
                    Ok(Some(secret))
                })
            })
            .await
        })
    }

    /// Closes every link to a member's pages, and forgets her browsers.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn own_forget(&self, page: OwnPage) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            self.at_desk(page.chapter, move |desk| {
                Box::pin(async move {
                    let subject = page.member.as_uuid();
                    desk.tx.forget_links(LinkPurpose::Member, subject).await?;
                    desk.tx.forget_subscriptions(page.member, None).await?;
                    let detail = json!({"member": page.member});
                    let actor = Actor::member(page.member);
                    desk.record(About(None, None), actor, "links_closed", detail).await
                })
            })
            .await
        })
    }
}
