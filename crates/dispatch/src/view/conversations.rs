//! The inbox and a conversation, as the chapter's people see them.

use futures_util::future::BoxFuture;
use model::{
    AdminId, ChapterId, Code, InquiryId, InquiryState, MessageText, PersonName, Phone, ReferralId,
    Timestamp, referral::Facts, settings::Canned,
};
use std::collections::HashMap;
use storage::{InboxFilter, Inquiry, ReadTx};

use super::{InquiryView, ReferralState};
use crate::{
    Dispatch, Result,
    chapter::settings_of,
    closing::{is_reopened, may_reopen},
    conversations::answer_at,
    paging::short,
};

/// So many earlier threads of a number are named beside one.
const MOST_EARLIER: i64 = 5;

/// Who speaks for us in a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Speaker {
    /// The service.
    Service,
    /// One of the chapter's people.
    Person(AdminId, PersonName),
    /// A program with a token, or somebody who is none of the chapter's people any more.
    Other,
}

/// A thread in the inbox.
#[derive(Debug, Clone)]
pub struct ThreadRow {
    /// The inquiry it is about.
    pub id: InquiryId,
    /// The short id by which people speak of it.
    pub called: String,
    /// How far the inquiry has come.
    pub state: InquiryState,
    /// The referral it became, with its code and state.
    pub referral: Option<(ReferralId, Option<Code>, ReferralState)>,
    /// What it is about, in few words.
    pub about: Option<String>,
    /// The words of the family's last text.
    pub last_words: Option<MessageText>,
    /// When it came.
    pub last_text_at: Timestamp,
    /// The number; `None` once it was erased.
    pub phone: Option<Phone>,
    /// Who speaks for us.
    pub speaker: Speaker,
    /// Somebody is called about it, or its referral is held.
    pub waits_for_person: bool,
}

/// A conversation whole, for whoever answers it.
#[derive(Debug, Clone)]
pub struct Conversation {
    /// The inquiry with its thread.
    pub inquiry: InquiryView,
    /// What the inbox shows of it.
    pub row: ThreadRow,
    /// The number wants no texts.
    pub wants_none: bool,
    /// It was closed, and not long ago: whoever keeps the roster may write in it again.
    pub reopens: bool,
    /// It was closed before somebody wrote in it: handed back it is closed again.
    pub is_reopened: bool,
    /// When an answer that is written now would go out.
    pub goes_at: Timestamp,
    /// The language the family writes in.
    pub language: String,
    /// Texts that are kept at hand.
    pub canned: Vec<Canned>,
    /// Other threads with the same number, the newest first.
    pub others: Vec<(InquiryId, Timestamp)>,
}

impl Dispatch {
    /// A chapter's threads, the one with the newest text first.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn inbox(
        &self,
        chapter: ChapterId,
        filter: InboxFilter,
    ) -> BoxFuture<'_, Result<Vec<ThreadRow>>> {
        Box::pin(async move {
            let dispatch = self.clone();
            self.store()
                .read(move |tx| {
                    Box::pin(async move {
                        let Some(row) = tx.chapter(chapter).await? else { return Ok(Vec::new()) };
                        let people = people(tx, chapter).await?;
                        let mut rows = Vec::new();
                        for (inquiry, waits) in tx.inbox(chapter, &filter).await? {
                            rows.push(
                                dispatch.thread_row(tx, &row, &inquiry, waits, &people).await?,
                            );
                        }
                        Ok(rows)
                    })
                })
                .await
        })
    }

    /// A conversation; `None` where the chapter has no such inquiry.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn conversation(
        &self,
        chapter: ChapterId,
        id: InquiryId,
    ) -> BoxFuture<'_, Result<Option<Conversation>>> {
        Box::pin(async move {
            let Some(view) = self.inquiry(chapter, id).await? else { return Ok(None) };
            let dispatch = self.clone();
            self.store()
                .read(move |tx| {
                    Box::pin(async move {
                        let Some(chapter) = tx.chapter(chapter).await? else { return Ok(None) };
                        let Some(inquiry) = tx.inquiry(id).await? else { return Ok(None) };
                        let settings = settings_of(&chapter, &dispatch.0.settings)?;
                        let people = people(tx, chapter.id).await?;
                        let waits = !view.calls.is_empty();
                        let row =
                            dispatch.thread_row(tx, &chapter, &inquiry, waits, &people).await?;
                        let wants_none = match tx.phone(inquiry.phone_id).await? {
                            Some(phone) => {
                                phone.blocked_at.is_some()
                                    || tx.is_suppressed(&phone, inquiry.line_id).await?
                            }
                            None => true,
                        };
                        let others = tx.other_inquiries(&inquiry, MOST_EARLIER).await?;
                        Ok(Some(Conversation {
                            inquiry: view,
                            row,
                            wants_none,
                            reopens: may_reopen(&inquiry, dispatch.now())
                                && others.iter().all(|other| other.state == InquiryState::Closed),
                            is_reopened: is_reopened(&inquiry),
                            goes_at: answer_at(
                                dispatch.now(),
                                inquiry.last_text_at,
                                &settings,
                                &chapter.timezone,
                            ),
                            language: inquiry.language.clone(),
                            canned: settings.canned,
                            others: others
                                .iter()
                                .map(|other| (other.id, other.last_text_at))
                                .collect(),
                        }))
                    })
                })
                .await
        })
    }

    async fn thread_row(
        &self,
        tx: &mut ReadTx,
        chapter: &storage::Chapter,
        inquiry: &Inquiry,
        waits: bool,
        people: &HashMap<String, (AdminId, PersonName)>,
    ) -> Result<ThreadRow> {
        let referral = tx.referral_of_inquiry(inquiry.id).await?;
        let phone = tx.phone(inquiry.phone_id).await?;
        let facts = inquiry.reading.as_ref().map(Facts::from_reading);
        Ok(ThreadRow {
            id: inquiry.id,
            called: referral
                .as_ref()
                .and_then(|referral| referral.code)
                .map_or_else(|| short(inquiry.id.as_uuid()), |code| code.to_string()),
            state: inquiry.state,
            about: facts.map(|facts| self.texts().about(&self.plain_voice(chapter), &facts, false)),
            referral: referral.map(|referral| (referral.id, referral.code, referral.state)),
            last_words: tx.last_words(inquiry.id).await?,
            last_text_at: inquiry.last_text_at,
            phone: phone.and_then(|phone| phone.number),
            speaker: if inquiry.is_taken() {
                let known = people.get(&inquiry.handled_by).cloned();
                known.map_or(Speaker::Other, |(id, name)| Speaker::Person(id, name))
            } else {
                Speaker::Service
            },
            waits_for_person: waits,
        })
    }
}

/// The chapter's people by their ids as `handled_by` writes them.
async fn people(
    tx: &mut ReadTx,
    chapter: ChapterId,
) -> Result<HashMap<String, (AdminId, PersonName)>> {
    let admins = tx.admins(chapter).await?;
    Ok(admins.into_iter().map(|admin| (admin.id.to_string(), (admin.id, admin.name))).collect())
}
