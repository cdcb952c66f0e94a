//! What is around every page: the rooms, who is signed in, and what was just done.

use askama::Template;
use axum::response::{Html, IntoResponse as _, Response};

use super::{fault::Fault, names, said::Said};
use crate::session::Session;

/// Around a page.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) room: Room,
    pub(crate) chapter: String,
    pub(crate) who: String,
    pub(crate) role: &'static str,
    pub(crate) may_act: bool,
    pub(crate) may_keep: bool,
    pub(crate) said: Option<Said>,
}

/// Which of the rooms a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Room {
    Now,
    Referrals,
    Conversations,
    Roster,
    Lists,
    Papers,
    Lines,
    People,
    Settings,
    Texts,
    Audit,
    Outbox,
    Try,
}

impl Room {
    /// How the chapter is run: rooms that stand together.
    pub(crate) fn is_of_settings(self) -> bool {
        matches!(self, Self::Settings | Self::Texts | Self::Lines | Self::People | Self::Audit)
    }
}

impl Frame {
    pub(crate) fn new(room: Room, session: &Session, said: Option<Said>) -> Self {
        Self {
            room,
            chapter: session.chapter.name.clone(),
            who: session.admin.name.reveal().to_owned(),
            role: names::role(session.admin.role),
            may_keep: session.admin.role.may_keep_lists(),
            may_act: session.admin.role.may_moderate(),
            said,
        }
    }
}

/// A page, written.
pub(crate) fn show(page: &impl Template) -> Result<Response, Fault> {
    Ok(Html(page.render()?).into_response())
}
