//! The link to a member's own page: how she gets one, and whose page it opens.

mod absence;
mod keeping;
mod past;
mod share;
mod work;

use futures_util::future::BoxFuture;
use model::{ChapterId, LinkPurpose, MemberId, MemberStatus, MessageKind, Timestamp};
use roster::Roll;
use storage::{Chapter, Member};

use crate::{
    Dispatch, Error, Result,
    desk::Desk,
    links::{self, Drawn},
    outgoing::Belongs,
    receive::Text,
    texts::{AboutPapers, ToMember},
};

pub(crate) use self::share::Medians;
pub use self::{
    keeping::{KEPT_DAYS, Keeping},
    past::{Before, Past, PastClaim},
    share::{Figure, Share},
    work::{OwnReferral, Work},
};

/// A link that she asked for works for so many hours.
const ASKED_HOURS: i64 = 72;
/// A link in a reminder, for so many days.
pub(crate) const REMINDED_DAYS: i64 = 7;

/// What she may text for the link to her page.
const WORDS: [&str; 7] = ["page", "lists", "my lists", "my page", "mypage", "my papers", "papers"];

/// Whose page a link opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnPage {
    /// Her chapter.
    pub chapter: ChapterId,
    /// Who she is.
    pub member: MemberId,
    /// Until when.
    pub expires_at: Timestamp,
    /// Whether she asked for a link that she can keep.
    pub is_kept: bool,
}

impl Dispatch {
    /// Whose own page a link's secret part opens; `None` for one that is over, of something else, or
    /// none of ours, and for whoever is no member any more: nobody can tell which.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn own_page<'a>(&'a self, secret: &'a str) -> BoxFuture<'a, Result<Option<OwnPage>>> {
        Box::pin(async move {
            let (now, secret) = (self.now(), secret.to_owned());
            self.store()
                .read(move |tx| {
                    Box::pin(async move {
                        let opened = links::opened(tx, &secret, LinkPurpose::Member, now).await?;
                        let Some(link) = opened else { return Ok(None) };
                        let member = tx.member(MemberId::from_uuid(link.subject)).await?;
                        let stays = |member: &Member| {
                            member.chapter_id == link.chapter_id
                                && member.status != MemberStatus::Removed
                        };
                        Ok(member.filter(stays).map(|member| OwnPage {
                            chapter: link.chapter_id,
                            member: member.id,
                            expires_at: link.expires_at,
                            is_kept: link.expires_at
                                >= link.created_at.after(model::day_hours(24 * KEPT_DAYS)),
                        }))
                    })
                })
                .await
        })
    }
}

impl Dispatch {
    /// The payers that a member's page names, each by its code.
    #[must_use]
    pub fn payers(&self, chapter: &Chapter) -> Vec<(&'static str, String)> {
        self.texts().payers(&self.plain_voice(chapter))
    }

    /// The chapter and the member of a page.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn own_self(&self, page: OwnPage) -> BoxFuture<'_, Result<(Chapter, Member)>> {
        Box::pin(async move {
            self.store()
                .read(move |tx| {
                    Box::pin(async move {
                        let chapter = tx.chapter(page.chapter).await?;
                        let member = tx.member(page.member).await?;
                        let chapter = chapter.ok_or(Error::Missing("chapter"))?;
                        Ok((chapter, member.ok_or(Error::Missing("member"))?))
                    })
                })
                .await
        })
    }
}

/// Whether a text asks for her page.
pub(crate) fn asks_for_page(text: &str) -> bool {
    let said = text.trim().trim_end_matches(['.', '?']).to_lowercase();
    WORDS.contains(&said.as_str())
}

impl Desk<'_> {
    /// Draws a link to a member's own page.
    pub(crate) fn draw_page(&self, member: MemberId, hours: i64) -> Option<Drawn> {
        let until = self.now.after(model::day_hours(hours));
        self.draw_link(LinkPurpose::Member, member.as_uuid(), until)
    }

    /// Answers whoever asks for her page.
    pub(crate) async fn sends_page(&mut self, member: &Member, text: &Text) -> Result<()> {
        let today = self.now.in_zone(&self.chapter.timezone).date();
        let (on, of) = match Roll::of_member(self.tx, self.chapter.id, member.id).await {
            Ok(roll) => roll.standing_of_one(today),
            Err(roster::Error::Storage(error)) => return Err(error.into()),
            // What cannot be judged is told on no page either; she still gets what there is.
            Err(_) => (0, 0),
        };
        let drawn = self.draw_page(member.id, ASKED_HOURS);
        let link = drawn.as_ref().map(|drawn| (drawn.address.as_str(), ASKED_HOURS));
        let what = ToMember::Papers(AboutPapers::Page { on, of, link });
        let body = self.texts().to_member(&self.voice("en"), &what);
        let Some(line) = self.members_line().await? else { return Ok(()) };
        let dedupe = format!("reply:{}", text.id);
        let (kind, belongs) = (MessageKind::ClaimReply, Belongs::default());
        let written = self
            .write_text(line, member.phone_id, kind, dedupe, belongs, body.clone(), None)
            .await?;
        self.keep_link(drawn, written.map(|_| &body)).await
    }
}

#[cfg(test)]
mod tests {
    use super::asks_for_page;

    #[test]
    fn the_words_for_the_page_are_whole_texts() {
        for asks in ["LISTS", " my page. ", "My Lists?", "papers"] {
            assert!(asks_for_page(asks), "{asks}");
        }
        for other in ["LIST", "K7Q lists", "open", "which lists am I on", ""] {
            assert!(!asks_for_page(other), "{other}");
        }
    }
}
