//! `/conversations`: the threads with families. Who reads their words is one who may answer them.

use axum::{Json, extract::State};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use dispatch::view::ThreadText;
use model::{
    AdminId, ChapterId, InquiryId, InquiryState, LineId, MessageKind, MessageText, OutboxState,
    ReferralId, Timestamp,
    schemars::{self, JsonSchema},
    shapes::Words,
    word,
};
use serde::{Deserialize, Serialize};
use storage::{Conversation, ConversationFilter};

use super::{
    Problem,
    address::{Asked, Id, Named, Whole},
    answer::Versioned,
    bearer::{Looker, Moderator},
    body::{Nothing, Told},
    cursor,
    page::{Listed, Page, Paging},
    routes::{Area, Routes},
    seen::{MayHaveSeen, unless_changed},
};
use crate::{Desk, Error};

pub(super) fn add(routes: Routes) -> Routes {
    let area = Area::Conversations;
    routes
        .get("/conversations", area, ("List conversations", "The threads with families, those that began last first; nothing of what was written."), list)
        .get("/conversations/{id}", area, ("Read a conversation", "A thread with a family: how far it has come, and who is on it."), one)
        .post("/conversations/{id}/take-over", area, ("Take a conversation over", "From now on the service says nothing there by itself but what danger and STOP call for. It is taken from somebody else only where `from` names her. A token of one person's takes it for her."), take_over)
        .post("/conversations/{id}/answer", area, ("Answer as the line", "Writes to the family as the line that it texted, and takes the conversation over. At night it waits for the morning, unless the family wrote within the hour."), answer)
        .post("/conversations/{id}/hand-back", area, ("Hand a conversation back", "The service goes on from where things stand."), hand_back)
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
) -> Result<Versioned<Shown>, Problem> {
    shown(&desk, by.act.chapter, id).await
}

async fn shown(
    desk: &Desk,
    chapter: ChapterId,
    id: InquiryId,
) -> Result<Versioned<Shown>, Problem> {
    let read = desk.dispatch().store().read::<_, storage::Error, _>(move |tx| {
        Box::pin(async move { tx.conversation(chapter, id).await })
    });
    let found = read.await.map_err(Error::from)?;
    Ok(Versioned::hashed(found.ok_or_else(Problem::not_found)?.into()))
}

/// Whether the conversation is still what the caller saw, where she says what she saw.
async fn is_as_seen(
    desk: &Desk,
    chapter: ChapterId,
    id: InquiryId,
    seen: Option<String>,
) -> Result<(), Problem> {
    let now = shown(desk, chapter, id).await?;
    unless_changed(seen, &now.version)
}

/// Who is seen to have the conversation that is taken over.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct TakeOver {
    /// The one of the chapter's people who has it now, if somebody does.
    from: Option<AdminId>,
}

async fn take_over(
    State(desk): State<Desk>,
    Moderator(by): Moderator,
    Named(Id { id }): Named<Id<InquiryId>>,
    MayHaveSeen(seen): MayHaveSeen,
    Told(TakeOver { from }): Told<TakeOver>,
) -> Result<Versioned<Shown>, Problem> {
    let chapter = by.act.chapter;
    is_as_seen(&desk, chapter, id, seen).await?;
    desk.dispatch().take_over(chapter, id, by.person(), from).await??;
    shown(&desk, chapter, id).await
}

async fn hand_back(
    State(desk): State<Desk>,
    Moderator(by): Moderator,
    Named(Id { id }): Named<Id<InquiryId>>,
    MayHaveSeen(seen): MayHaveSeen,
    _: Nothing,
) -> Result<Versioned<Shown>, Problem> {
    let chapter = by.act.chapter;
    is_as_seen(&desk, chapter, id, seen).await?;
    desk.dispatch().hand_back(chapter, id, by.person()).await??;
    shown(&desk, chapter, id).await
}

/// What the line is to say.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewAnswer {
    /// The words, as they go out.
    #[schemars(with = "Words<800>")]
    text: String,
}

/// An answer that was written.
#[derive(Serialize, JsonSchema)]
struct Answered {
    /// When it goes out.
    goes_at: Timestamp,
}

async fn answer(
    State(desk): State<Desk>,
    Moderator(by): Moderator,
    Named(Id { id }): Named<Id<InquiryId>>,
    MayHaveSeen(seen): MayHaveSeen,
    Told(NewAnswer { text }): Told<NewAnswer>,
) -> Result<Json<Answered>, Problem> {
    let (dispatch, chapter) = (desk.dispatch(), by.act.chapter);
    is_as_seen(&desk, chapter, id, seen).await?;
    // What is wanted once is told by the Idempotency-Key, at the door.
    let key = URL_SAFE_NO_PAD.encode(dispatch.chance().bytes::<16>());
    let words = MessageText::new(text);
    let answered = dispatch.answer(chapter, id, by.person(), key, words).await??;
    Ok(Json(Answered { goes_at: answered.goes_at }))
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
