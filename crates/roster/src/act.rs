//! Who does something, when, and what may come of it other than that it is done.

use std::fmt;

use jiff::civil::Date;
use model::{
    ActorKind, AdminId, Chance, ChapterId, EmailAddress, EventId, MemberId, PhoneId, Role,
    Timestamp, TokenId,
};
use serde_json::Value;
use storage::{Member, NewEvent, ReadTx, WriteTx};

/// Somebody who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Person {
    /// One of the chapter's people. She may be a member as well: that is told by her number.
    Admin(AdminId, PhoneId),
    /// A program with one of the chapter's tokens.
    Token(TokenId),
    /// A member, about herself.
    Member(MemberId),
    /// Whoever has the command line, or the service itself.
    Service,
}

impl Person {
    /// Whether this person is the member: by her number or her e-mail address.
    ///
    /// # Errors
    /// What the database says.
    pub async fn is(self, tx: &mut ReadTx, member: &Member) -> storage::Result<bool> {
        Ok(self.known(tx).await?.is(member))
    }

    /// The person with all by which she is told, for who asks of many members.
    pub(crate) async fn known(self, tx: &mut ReadTx) -> storage::Result<Known> {
        let email = match self {
            Self::Admin(id, _) => tx.admin(id).await?.map(|admin| admin.email),
            _ => None,
        };
        Ok(Known { person: self, email })
    }

    /// Whether this is one of the chapter's people: a program decides about nobody's papers and
    /// approves no exception.
    #[must_use]
    pub fn decides(self) -> bool {
        matches!(self, Self::Admin(..))
    }

    fn actor(self) -> (ActorKind, Option<uuid::Uuid>) {
        match self {
            Self::Admin(id, _) => (ActorKind::Admin, Some(id.as_uuid())),
            Self::Token(id) => (ActorKind::Token, Some(id.as_uuid())),
            Self::Member(id) => (ActorKind::Member, Some(id.as_uuid())),
            Self::Service => (ActorKind::Service, None),
        }
    }
}

/// Somebody who acts, with her e-mail address if she is one of the chapter's people.
pub(crate) struct Known {
    person: Person,
    email: Option<EmailAddress>,
}

impl Known {
    /// Whether this person is the member: by her number or her e-mail address.
    pub(crate) fn is(&self, member: &Member) -> bool {
        match self.person {
            Person::Admin(_, phone) => {
                let addresses = self.email.as_ref().zip(member.email.as_ref());
                phone == member.phone_id
                    || addresses.is_some_and(|(one, other)| same_address(one, other))
            }
            Person::Member(id) => id == member.id,
            Person::Token(_) | Person::Service => false,
        }
    }
}

/// Whether two e-mail addresses are one person's.
pub(crate) fn same_address(one: &EmailAddress, other: &EmailAddress) -> bool {
    one.reveal().trim().eq_ignore_ascii_case(other.reveal().trim())
}

impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.actor() {
            (kind, Some(id)) => write!(f, "{kind}:{id}"),
            (kind, None) => write!(f, "{kind}"),
        }
    }
}

/// One thing that somebody does in a chapter.
#[derive(Debug, Clone)]
pub struct Act {
    /// The chapter.
    pub chapter: ChapterId,
    /// Who.
    pub by: Person,
    /// When.
    pub now: Timestamp,
    /// What ids and secrets are drawn from.
    pub chance: Chance,
}

impl Act {
    /// Records what was done. The detail holds ids, numbers and keys, never anything personal.
    pub(crate) async fn record(
        &self,
        tx: &mut WriteTx,
        kind: &str,
        detail: Value,
    ) -> storage::Result<()> {
        let (actor, actor_id) = self.by.actor();
        tx.add_event(&NewEvent {
            id: EventId::generate(self.now, &self.chance),
            chapter_id: self.chapter,
            inquiry_id: None,
            referral_id: None,
            at: self.now,
            actor,
            actor_id,
            kind: kind.to_owned(),
            detail,
        })
        .await
    }

    /// The day it is where the chapter is.
    pub(crate) fn today(&self, chapter: &storage::Chapter) -> Date {
        self.now.in_zone(&chapter.timezone).date()
    }
}

/// Why something is not done. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such thing in this chapter.
    #[error("there is no such thing in this chapter")]
    NotFound,
    /// Somebody changed it meanwhile.
    #[error("somebody changed it meanwhile")]
    Changed,
    /// What it would be called is taken.
    #[error("the {0} is taken")]
    Taken(&'static str),
    /// Something that was given cannot be used.
    #[error("{field} {problem}")]
    Invalid {
        /// What, by its name.
        field: &'static str,
        /// What is wrong with it, without what stands there.
        problem: String,
    },
    /// Nobody decides about herself: her papers, her facts, her standing.
    #[error("nobody decides about her own papers or standing")]
    OwnPaper,
    /// It is for one of the chapter's people to decide, not for a program.
    #[error("one of the chapter's people decides this: a program's own token does not")]
    Program,
    /// A token may do no more than that of this role.
    #[error("it needs the role {0} or a higher one")]
    NeedsRole(Role),
    /// Nobody can waive the rule.
    #[error("the rule cannot be waived")]
    NotWaivable,
    /// Another than the one who asked, and than the member, must approve.
    #[error("another person than the one who asked, and than the member, must approve it")]
    SecondPerson,
    /// It is decided, over or done already.
    #[error("it is decided or over already")]
    Over,
    /// There is nothing in force that could be published.
    #[error("the hospital has no rules in force on that day")]
    NoRules,
}

/// What went wrong, or why not.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database failed.
    #[error("the database could not be asked")]
    Storage(#[from] storage::Error),
    /// It is refused.
    #[error("it was refused: {0}")]
    Refused(#[from] Refusal),
    /// What is stored cannot be understood.
    #[error("the {what} of row {id} cannot be understood")]
    Unreadable {
        /// What.
        what: &'static str,
        /// Which.
        id: String,
    },
}

impl Error {
    pub(crate) fn invalid(field: &'static str, problem: impl Into<String>) -> Self {
        Self::Refused(Refusal::Invalid { field, problem: problem.into() })
    }

    pub(crate) fn unreadable(what: &'static str, id: impl fmt::Display) -> Self {
        Self::Unreadable { what, id: id.to_string() }
    }
}

/// The result of something that is done or refused.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Makes room for what was given: a text that must say something, of no more than so many letters.
pub(crate) fn some_text(field: &'static str, text: &str, most: usize) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::invalid(field, "must say something"));
    }
    if text.chars().count() > most {
        return Err(Error::invalid(field, format!("must be at most {most} letters long")));
    }
    Ok(text.to_owned())
}
