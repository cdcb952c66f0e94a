//! `/conversations`: the threads with families. Who reads their words is one who may answer them.

use axum::{Json, extract::State};
use dispatch::view::ThreadText;
use model::{
    ChapterId, InquiryId, InquiryState, LineId, MessageKind, OutboxState, ReferralId, Timestamp,
    schemars::{self, JsonSchema},
    word,
};
use serde::{Deserialize, Serialize};
use storage::{Conversation, ConversationFilter};

use super::{
    Problem,
    address::{Asked, Id, Named, Whole},
    bearer::{Looker, Moderator},
    cursor,
    page::{Listed, Page, Paging},
    routes::{Area, Routes},
};
use crate::{Desk, Error};

pub(super) fn add(routes: Routes) -> Routes {
    let area = Area::Conversations;
    routes
        .get("/conversations", area, ("List conversations", "The threads with families, those that began last first; nothing of what was written."), list)
        .get("/conversations/{id}", area, ("Read a conversation", "A thread with a family: how far it has come, and who is on it."), one)
        .get("/conversations/{id}/messages", area, ("List a conversation's texts", "The texts of a thread with their words, the oldest first. The number is not told."), messages)
}

/// A thread with a family.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Conversation")]
struct Shown {
    /// Its id.
    id: InquiryId,
    /// The line the family texts.
    line: LineId,
    /// How far it has come.
    state: InquiryState,
    /// The language the family is answered in.
    language: String,
    /// `service`, or the id of the one of the chapter's people who has taken it over.
    handled_by: String,
    /// How many texts the family got without a person.
    texts_sent: i64,
    /// The referral it became.
    referral: Option<ReferralId>,
    /// When its first text came.
    began_at: Timestamp,
    /// When its last text came.
    last_text_at: Timestamp,
    /// When it was closed.
    closed_at: Option<Timestamp>,
    /// Why.
    close_reason: Option<String>,
}

impl From<Conversation> for Shown {
    fn from(one: Conversation) -> Self {
        Self {
            id: one.id,
            line: one.line_id,
            state: one.state,
            language: one.language,
            handled_by: one.handled_by,
            texts_sent: one.texts_sent,
            referral: one.referral_id,
            began_at: one.first_text_at,
            last_text_at: one.last_text_at,
            closed_at: one.closed_at,
            close_reason: one.close_reason,
        }
    }
}

impl Listed for Shown {
    const NAME: &'static str = "conversations";

    fn place(&self) -> String {
        self.id.to_string()
    }
}

#[derive(Deserialize, JsonSchema)]
struct Filter {
    /// Only those in this state.
    state: Option<InquiryState>,
    /// Only those that are not closed.
    open: Option<bool>,
    #[serde(flatten)]
    paging: Paging,
}

async fn list(
    State(desk): State<Desk>,
    Looker(by): Looker,
    Asked(Filter { state, open, paging }): Asked<Filter>,
) -> Result<Page<Shown>, Problem> {
    let filter = ConversationFilter {
        state,
        open: open.unwrap_or(false),
        before: paging.begins(cursor::place)?,
        limit: paging.limit() + 1,
    };
    let found = found(&desk, by.act.chapter, filter).await?;
    let shown = found.into_iter().map(Shown::from).collect();
    Ok(paging.page(shown, cursor::of_place))
}

async fn found(
    desk: &Desk,
    chapter: ChapterId,
    filter: ConversationFilter,
) -> Result<Vec<Conversation>, Problem> {
    let read = desk.dispatch().store().read::<_, storage::Error, _>(move |tx| {
        Box::pin(async move { tx.conversations(chapter, &filter).await })
    });
    Ok(read.await.map_err(Error::from)?)
}

async fn one(
    State(desk): State<Desk>,
    Looker(by): Looker,
    Named(Id { id }): Named<Id<InquiryId>>,
    Asked(Whole {}): Asked<Whole>,
) -> Result<Json<Shown>, Problem> {
    let (store, chapter) = (desk.dispatch().store(), by.act.chapter);
    let read = store.read::<_, storage::Error, _>(move |tx| {
        Box::pin(async move { tx.conversation(chapter, id).await })
    });
    let found = read.await.map_err(Error::from)?;
    Ok(Json(found.ok_or_else(Problem::not_found)?.into()))
}

word! {
    /// Who wrote a text.
    Writer {
        /// The family.
        Family = "family",
        /// The line: the service, or a person who answers as it.
        Line = "line",
    }
}

/// A text of a thread.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ConversationText")]
struct Text {
    /// Its place in the thread, from 1.
    number: usize,
    /// Who wrote it.
    from: Writer,
    /// When it was written or received.
    at: Timestamp,
    /// Its words; null once they were erased.
    words: Option<String>,
    /// How many pictures came with it.
    pictures: i64,
    /// What it is for, where it is the line's.
    kind: Option<MessageKind>,
    /// How far it has come, where it is the line's.
    state: Option<OutboxState>,
    /// The carrier's code for why it failed.
    error_code: Option<String>,
}

impl Text {
    fn of((before, text): (usize, ThreadText)) -> Self {
        Self {
            number: before + 1,
            from: if text.from_family { Writer::Family } else { Writer::Line },
            at: text.at,
            words: text.body.map(|body| body.reveal().to_owned()),
            pictures: text.media,
            kind: text.kind,
            state: text.state,
            error_code: text.error_code,
        }
    }
}

impl Listed for Text {
    const NAME: &'static str = "messages";

    fn place(&self) -> String {
        format!("{:08}", self.number)
    }
}

async fn messages(
    State(desk): State<Desk>,
    Moderator(by): Moderator,
    Named(Id { id }): Named<Id<InquiryId>>,
    Asked(paging): Asked<Paging>,
) -> Result<Page<Text>, Problem> {
    let view = desk.dispatch().inquiry(by.act.chapter, id).await?.ok_or_else(Problem::not_found)?;
    paging.of(view.thread.into_iter().enumerate().map(Text::of).collect())
}
