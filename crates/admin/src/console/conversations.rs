//! `/conversations`: the inbox of all threads; a thread taken over, answered as the line, handed back.

use askama::Template;
use axum::{
    Router,
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use dispatch::{
    Answered, TalkRefusal,
    view::{Conversation, Speaker, ThreadRow},
};
use model::{AdminId, InquiryId, InquiryState, MessageText, Phone, ReferralId, Shelf, Word as _};
use serde::Deserialize;
use storage::InboxFilter;

use super::{
    calls::{Called, called},
    clock::{Clock, Moment},
    costs,
    fault::Fault,
    frame::{Frame, Room, show},
    known::Known,
    names::{self, Badge},
    said::{Said, Saying},
    signed::{Filled, Id, Moderator, Signed},
    thread::{self, Bubble},
};
use crate::{Desk, api::cursor, session::Session};

/// So many threads a page.
const PAGE: usize = 25;

pub(super) fn router() -> Router<Desk> {
    Router::new()
        .route("/conversations", get(inbox))
        .route("/conversations/{id}", get(page))
        .route("/conversations/{id}/take-over", post(take_over))
        .route("/conversations/{id}/hand-back", post(hand_back))
        .route("/conversations/{id}/answer", post(answer))
}

#[derive(Template)]
#[template(path = "inbox.html")]
struct Inbox {
    frame: Frame,
    shelves: Vec<Tab>,
    rows: Vec<Row>,
    older: Option<String>,
    is_first: bool,
    is_all: bool,
}

/// A shelf to choose.
struct Tab {
    href: String,
    name: &'static str,
    is_chosen: bool,
}

struct Row {
    href: String,
    called: String,
    who: String,
    badge: Badge,
    about: Option<String>,
    last: Option<String>,
    has: Option<String>,
    at: Moment,
}

/// What a person may choose; what cannot be read is as if it were not there.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Chosen {
    shelf: String,
    before: String,
}

async fn inbox(
    State(desk): State<Desk>,
    Signed(session): Signed,
    Saying(said): Saying,
    chosen: Result<Query<Chosen>, QueryRejection>,
) -> Result<Response, Fault> {
    let chosen = chosen.map(|Query(chosen)| chosen).unwrap_or_default();
    let shelf = Shelf::from_word(&chosen.shelf);
    let before =
        cursor::decode(&chosen.before).map(|(at, id)| (at, InquiryId::from_uuid(id.as_uuid())));
    let filter = InboxFilter { shelf, before, limit: PAGE as i64 + 1 };
    let mut rows = desk.dispatch().inbox(session.chapter.id, filter).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let address = |shelf: Option<Shelf>| match shelf {
        Some(shelf) => format!("/conversations?shelf={shelf}"),
        None => "/conversations".to_owned(),
    };
    let older = rows.last().filter(|_| more).map(|last| {
        let cursor = cursor::encode(last.last_text_at, ReferralId::from_uuid(last.id.as_uuid()));
        format!("/conversations?shelf={}&before={cursor}", shelf.map_or("", |shelf| shelf.as_str()))
    });
    let all = std::iter::once(None).chain(Shelf::ALL.iter().copied().map(Some));
    let clock = Clock::new(desk.dispatch().now(), &session.chapter.timezone);
    show(&Inbox {
        shelves: all
            .map(|tab| Tab {
                href: address(tab),
                name: tab.map_or("all", shelf_name),
                is_chosen: tab == shelf,
            })
            .collect(),
        rows: rows.iter().map(|row| Row::of(row, &session, &clock)).collect(),
        older,
        is_first: before.is_none(),
        is_all: shelf.is_none(),
        frame: Frame::new(Room::Conversations, &session, said),
    })
}

fn shelf_name(shelf: Shelf) -> &'static str {
    match shelf {
        Shelf::NeedsPerson => "needs a person",
        Shelf::Running => "running",
        Shelf::TakenOver => "taken over",
        Shelf::Closed => "closed",
    }
}

/// Whose a thread is, from where one of the chapter's people stands.
fn has(speaker: &Speaker, me: AdminId) -> Option<String> {
    match speaker {
        Speaker::Service => None,
        Speaker::Person(id, _) if *id == me => Some("you".to_owned()),
        Speaker::Person(_, name) => Some(name.reveal().to_owned()),
        Speaker::Other => Some("a program".to_owned()),
    }
}

impl Row {
    /// Numbers and words are for whoever may answer.
    fn of(row: &ThreadRow, session: &Session, clock: &Clock) -> Self {
        let has = has(&row.speaker, session.admin.id);
        let may_read = session.admin.role.may_moderate();
        let number = row.phone.as_ref().map_or_else(|| "number erased".to_owned(), Phone::national);
        let last = row.last_words.as_ref().filter(|_| may_read);
        Self {
            href: format!("/conversations/{}", row.id),
            called: row.called.clone(),
            who: if may_read { number } else { String::new() },
            badge: badge(row),
            about: row.about.clone(),
            last: last.map(|words| words.reveal().to_owned()),
            has,
            at: clock.both(row.last_text_at),
        }
    }
}

fn badge(row: &ThreadRow) -> Badge {
    if row.waits_for_person {
        return Badge { state: "held", name: "needs a person" };
    }
    match (row.state, &row.referral, &row.speaker) {
        (InquiryState::Closed, ..) => Badge { state: "closed", name: "closed" },
        (_, _, Speaker::Person(..) | Speaker::Other) => {
            Badge { state: "asked", name: "taken over" }
        }
        (_, Some((_, _, state)), Speaker::Service) => names::referral(*state),
        _ => Badge { state: "gathering", name: "gathering" },
    }
}

#[derive(Template)]
#[template(path = "conversation.html")]
struct Page {
    frame: Frame,
    href: String,
    title: String,
    badge: Badge,
    about: Option<String>,
    with: String,
    language: String,
    referral: Option<(String, String)>,
    inquiry: String,
    calls: Vec<Called>,
    thread: Vec<Bubble>,
    hold: Hold,
    wants_none: bool,
    is_reopened: bool,
    /// Whether she may write here now.
    writes: bool,
    later: Option<Moment>,
    key: String,
    draft: String,
    /// What the draft takes, and what it costs.
    takes: Option<String>,
    canned: Vec<(String, String, String)>,
    others: Vec<(String, Moment)>,
    known: Option<Known>,
}

/// Who has the thread, from where one stands.
#[derive(PartialEq, Eq)]
enum Hold {
    /// It is over.
    Closed,
    /// The service.
    Service,
    /// Oneself.
    Mine,
    /// Another, by id and name.
    Theirs(String, String),
    /// A program.
    Program,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Draft {
    canned: Option<usize>,
}

async fn page(
    State(desk): State<Desk>,
    Signed(session): Signed,
    Id(id): Id<InquiryId>,
    draft: Result<Query<Draft>, QueryRejection>,
    Saying(said): Saying,
) -> Result<Response, Fault> {
    let chosen = draft.ok().and_then(|Query(draft)| draft.canned);
    let mut page = read(&desk, &session, id, said).await?;
    let canned = chosen.and_then(|at| page.canned.get(at));
    page.draft = canned.map(|(.., words)| words.clone()).unwrap_or_default();
    page.takes = costs::of_words(&page.draft, costs::price(&desk, &session).await?);
    show(&page)
}

async fn read(
    desk: &Desk,
    session: &Session,
    id: InquiryId,
    said: Option<Said>,
) -> Result<Page, Fault> {
    let dispatch = desk.dispatch();
    let view = dispatch.conversation(session.chapter.id, id).await?.ok_or_else(Fault::not_found)?;
    let clock = Clock::new(dispatch.now(), &session.chapter.timezone);
    let frame = Frame::new(Room::Conversations, session, said);
    let mut page = Page::of(&view, session.admin.id, &clock, frame);
    page.later = (view.goes_at > dispatch.now()).then(|| clock.exact(view.goes_at));
    page.key = URL_SAFE_NO_PAD.encode(dispatch.chance().bytes::<16>());
    Ok(page)
}

impl Page {
    fn of(view: &Conversation, me: AdminId, clock: &Clock, frame: Frame) -> Self {
        let href = format!("/conversations/{}", view.row.id);
        let referral = view.row.referral.as_ref();
        let hold = match (&view.row.speaker, view.row.state) {
            (_, InquiryState::Closed) => Hold::Closed,
            (Speaker::Service, _) => Hold::Service,
            (Speaker::Person(id, _), _) if *id == me => Hold::Mine,
            (Speaker::Person(id, name), _) => {
                Hold::Theirs(id.to_string(), name.reveal().to_owned())
            }
            (Speaker::Other, _) => Hold::Program,
        };
        let hers = hold == Hold::Mine && frame.may_act;
        let again = hold == Hold::Closed && view.reopens && frame.may_keep;
        Self {
            title: format!("Conversation {}", view.row.called),
            badge: badge(&view.row),
            about: view.row.about.clone(),
            with: thread::with(view.row.phone.as_ref(), frame.may_act),
            language: super::facts::language(&view.language),
            referral: referral.map(|(id, code, _)| {
                let name = code
                    .map_or_else(|| "Its referral".to_owned(), |code| format!("Referral {code}"));
                (format!("/referrals/{id}"), name)
            }),
            inquiry: format!("/inquiries/{}", view.row.id),
            calls: called(&view.inquiry.calls, clock),
            thread: thread::bubbles(&view.inquiry.thread, clock),
            hold,
            writes: (hers || again) && !view.wants_none,
            is_reopened: view.is_reopened,
            wants_none: view.wants_none,
            later: None,
            key: String::new(),
            draft: String::new(),
            takes: None,
            canned: view
                .canned
                .iter()
                .enumerate()
                .map(|(at, canned)| {
                    (format!("{href}?canned={at}#answer"), canned.name.clone(), canned.text.clone())
                })
                .collect(),
            others: view
                .others
                .iter()
                .map(|(id, at)| (format!("/conversations/{id}"), clock.exact(*at)))
                .collect(),
            known: frame.may_keep.then(|| Known {
                href: href.clone(),
                is_member: false,
                not_yet: (view.row.state != InquiryState::Closed)
                    .then_some("It can be erased once its conversations are closed."),
            }),
            href,
            frame,
        }
    }
}

/// Who is seen to have the thread that is taken over.
#[derive(Deserialize)]
struct From {
    from: Option<AdminId>,
}

async fn take_over(
    State(desk): State<Desk>,
    Moderator(session): Moderator,
    Id(id): Id<InquiryId>,
    Filled(sent): Filled<From>,
) -> Result<Response, Fault> {
    let (chapter, by) = (session.chapter.id, session.admin.id.into());
    let done = desk.dispatch().take_over(chapter, id, by, sent.from).await?;
    back(id, done, |()| Said::TakenOver)
}

async fn hand_back(
    State(desk): State<Desk>,
    Moderator(session): Moderator,
    Id(id): Id<InquiryId>,
) -> Result<Response, Fault> {
    let done = desk.dispatch().hand_back(session.chapter.id, id, session.admin.id.into()).await?;
    back(id, done, |()| Said::HandedBack)
}

/// What the form of an answer sends.
#[derive(Deserialize)]
struct Sent {
    key: String,
    text: String,
}

async fn answer(
    State(desk): State<Desk>,
    Moderator(session): Moderator,
    Id(id): Id<InquiryId>,
    Filled(sent): Filled<Sent>,
) -> Result<Response, Fault> {
    let (dispatch, words) = (desk.dispatch(), MessageText::new(&*sent.text));
    let (chapter, by) = (session.chapter.id, session.admin.id.into());
    let done = dispatch.answer(chapter, id, by, sent.key, words).await?;
    let refusal = match done {
        Err(refusal) if refusal != TalkRefusal::NotFound => refusal,
        done => {
            let later = |answered: Answered| answered.goes_at > dispatch.now();
            return back(id, done, |done| if later(done) { Said::SentLater } else { Said::Sent });
        }
    };
    // What she wrote stays before her.
    let mut page = read(&desk, &session, id, why(refusal)).await?;
    page.draft = sent.text;
    let status = match refusal {
        TalkRefusal::Words => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::CONFLICT,
    };
    Ok((status, show(&page)?).into_response())
}

/// Back to the thread, which says what was done or why it was not.
fn back<T>(
    id: InquiryId,
    done: Result<T, TalkRefusal>,
    well: impl FnOnce(T) -> Said,
) -> Result<Response, Fault> {
    let said = match done {
        Ok(done) => well(done),
        Err(refusal) => why(refusal).ok_or_else(Fault::not_found)?,
    };
    Ok(said.at(&format!("/conversations/{id}")))
}

/// What a page says about a refusal; of what is not there no page says anything.
fn why(refusal: TalkRefusal) -> Option<Said> {
    match refusal {
        TalkRefusal::NotFound => None,
        TalkRefusal::Closed => Some(Said::ThreadClosed),
        TalkRefusal::Theirs => Some(Said::Theirs),
        TalkRefusal::Words => Some(Said::NoWords),
        TalkRefusal::WantsNone => Some(Said::WantsNone),
        TalkRefusal::Erased => Some(Said::Gone),
    }
}
