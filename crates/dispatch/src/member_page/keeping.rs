//! A link that a member keeps on her phone, and the closing of all she has.

use futures_util::future::BoxFuture;
use model::{LinkPurpose, MessageKind};
use serde_json::json;

use super::OwnPage;
use crate::{
    Dispatch, Result,
    desk::{About, Actor, Desk},
    outgoing::Belongs,
    texts::ToMember,
};

/// A link that she keeps works for so many days.
pub const KEPT_DAYS: i64 = 180;

/// What came of wanting to keep a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keeping {
    /// It is kept: the secret part of its link.
    Kept(String),
    /// The page is one that is kept: no further link is made from it.
    Before,
    /// This service has no links.
    NoLinks,
}

impl Dispatch {
    /// Makes a link that a member can keep, from one that she cannot, and tells her by text: whoever
    /// had her phone in hand for a moment makes none behind her back, and none that outlasts the first.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn own_keep(&self, page: OwnPage) -> BoxFuture<'_, Result<Keeping>> {
        Box::pin(async move {
            if page.is_kept {
                return Ok(Keeping::Before);
            }
            self.at_desk(page.chapter, move |desk| Box::pin(desk.keep_page(page))).await
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

impl Desk<'_> {
    async fn keep_page(&mut self, page: OwnPage) -> Result<Keeping> {
        let Some(member) = self.tx.member(page.member).await? else { return Ok(Keeping::NoLinks) };
        let Some(drawn) = self.draw_page(member.id, 24 * KEPT_DAYS) else {
            return Ok(Keeping::NoLinks);
        };
        let secret = self.open_link(drawn).await?;
        let detail = json!({"member": member.id, "days": KEPT_DAYS});
        self.record(About(None, None), Actor::member(member.id), "page_kept", detail).await?;
        let (what, text) =
            (format!("page_kept:{}", self.message_id()), ToMember::PageKept { days: KEPT_DAYS });
        let (kind, belongs) = (MessageKind::ClaimReply, Belongs::default());
        self.tell_member(&member, kind, what, belongs, &text).await?;
        Ok(Keeping::Kept(secret))
    }
}
