//! What is between a member and the chapter: calls about her, and the last texts both ways. It is for
//! whoever keeps the roster.

use futures_util::future::BoxFuture;
use model::{ChapterId, MemberId, MessageKind, MessageText};
use storage::{Outgoing, ReadTx};

use super::{Call, ThreadText};
use crate::{Dispatch, Result, links::masked};

/// So many of her texts are shown.
const MOST: usize = 20;

/// What is between a member and the chapter.
#[derive(Debug, Clone, Default)]
pub struct WithMember {
    /// The calls for attention about her that nobody has answered.
    pub calls: Vec<Call>,
    /// The last texts to and from her as a member, in the order of their times. What she asked for as
    /// a family stands in its own thread, codes for signing in are nobody's to read, and of her links
    /// the secret part is left out.
    pub thread: Vec<ThreadText>,
}

impl Dispatch {
    /// What is between a member and the chapter; nothing where it has no such member.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn with_member(
        &self,
        chapter: ChapterId,
        member: MemberId,
    ) -> BoxFuture<'_, Result<WithMember>> {
        Box::pin(async move {
            let dispatch = self.clone();
            self.store()
                .read(move |tx| Box::pin(async move { dispatch.with(tx, chapter, member).await }))
                .await
        })
    }

    async fn with(
        &self,
        tx: &mut ReadTx,
        chapter: ChapterId,
        member: MemberId,
    ) -> Result<WithMember> {
        let known = tx.member(member).await?.filter(|member| member.chapter_id == chapter);
        let row = tx.chapter(chapter).await?;
        let (Some(known), Some(row)) = (known, row) else { return Ok(WithMember::default()) };
        let mut calls = self.calls(tx, &row).await?;
        calls.retain(|call| call.member.as_ref().is_some_and(|(about, _)| *about == member));
        let phone = known.phone_id;
        let mut thread = Vec::new();
        for line in tx.lines_of(chapter).await? {
            let hers = tx.texts_of_phone(line.id, phone, MOST as i64).await?.into_iter();
            thread.extend(hers.filter(|text| text.inquiry_id.is_none()).map(ThreadText::from));
            let ours = tx.messages_to_phone(line.id, phone, MOST as i64).await?;
            thread.extend(ours.iter().filter(|text| is_to_member(text)).map(|text| ThreadText {
                body: text.body.as_ref().map(|body| self.without_links(body)),
                ..ThreadText::ours(text, self.now())
            }));
        }
        thread.sort_by_key(|text| text.at);
        let thread = thread.split_off(thread.len().saturating_sub(MOST));
        Ok(WithMember { calls, thread })
    }

    fn without_links(&self, words: &MessageText) -> MessageText {
        MessageText::new(masked(words.reveal(), self.public_url()))
    }
}

/// Whether a text was to her as a member.
fn is_to_member(text: &Outgoing) -> bool {
    match text.kind {
        MessageKind::Offer | MessageKind::ClaimReply => true,
        MessageKind::Page | MessageKind::SignIn => false,
        _ => text.inquiry_id.is_none(),
    }
}
