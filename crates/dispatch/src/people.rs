//! The chapter's people: invited, given a role, let go. Owners decide, and nobody decides about herself.

use futures_util::future::BoxFuture;
use model::{AdminId, ChapterId, EmailAddress, PersonName, Phone, Role};
use serde_json::json;
use storage::{Admin, NewAdmin};

use crate::{
    Dispatch, Result,
    desk::{About, Actor, Desk},
    moderation::By,
};

/// Somebody who is to be one of the chapter's people.
#[derive(Debug, Clone)]
pub struct Invited {
    /// Her name.
    pub name: PersonName,
    /// Where her link goes.
    pub email: EmailAddress,
    /// Where her codes and calls go.
    pub phone: Phone,
    /// What she may do.
    pub role: Role,
}

/// Why nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PeopleRefusal {
    /// Only owners decide who the chapter's people are.
    #[error("only an owner decides this")]
    NotOwner,
    /// Nobody decides about herself.
    #[error("somebody else decides about you")]
    Own,
    /// The chapter has no such person.
    #[error("there is no such person")]
    NotFound,
    /// Nobody would be left who decides about people.
    #[error("the chapter would be without an owner")]
    LastOwner,
    /// Her number is one of theirs already.
    #[error("the number is one of the chapter's people's already")]
    Known,
}

/// What is decided about one of the chapter's people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AboutPerson {
    /// She may do what this role may.
    Role(Role),
    /// She is none of them any more: her sessions end at once, and the threads she has go back to the
    /// service.
    LetGo,
    /// Another link is e-mailed to her.
    InviteAgain,
}

type Decided = Result<Result<(), PeopleRefusal>>;

impl Dispatch {
    /// Adds somebody to the chapter's people and e-mails her a link that works for a week, with a code.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn invite(
        &self,
        chapter: ChapterId,
        by: impl Into<By>,
        invited: Invited,
    ) -> BoxFuture<'_, Decided> {
        let by = by.into();
        Box::pin(async move {
            self.at_desk(chapter, move |desk| Box::pin(desk.invite(by, invited))).await
        })
    }

    /// Decides about one of the chapter's people.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn decide_about_person(
        &self,
        chapter: ChapterId,
        by: impl Into<By>,
        about: AdminId,
        decision: AboutPerson,
    ) -> BoxFuture<'_, Decided> {
        let by = by.into();
        Box::pin(async move {
            self.at_desk(chapter, move |desk| Box::pin(desk.about_person(by, about, decision)))
                .await
        })
    }
}

impl Desk<'_> {
    /// The chapter's people, locked, if `by` is one of their owners. Whether a program's token may what an
    /// owner may was asked where it came in.
    async fn owned_by(&mut self, by: By) -> Result<Result<Vec<Admin>, PeopleRefusal>> {
        let people = self.tx.lock_admins(self.chapter.id).await?;
        let is_owner = match by {
            By::Admin(by) => people.iter().any(|one| one.id == by && one.role == Role::Owner),
            By::Token(_) => true,
        };
        Ok(if is_owner { Ok(people) } else { Err(PeopleRefusal::NotOwner) })
    }

    async fn invite(&mut self, by: By, invited: Invited) -> Decided {
        if let Err(refusal) = self.owned_by(by).await? {
            return Ok(Err(refusal));
        }
        let (chapter, now, chance) = (self.chapter.id, self.now, self.shared.chance.clone());
        let phone = self.tx.phone_for(chapter, &invited.phone, now, &chance).await?;
        let id = AdminId::generate(now, &chance);
        let admin = NewAdmin {
            id,
            chapter_id: chapter,
            phone_id: phone.id,
            name: invited.name,
            email: invited.email,
            role: invited.role,
            now,
        };
        if !self.tx.add_admin(&admin).await? {
            return Ok(Err(PeopleRefusal::Known));
        }
        // The row of somebody who was let go stays the number's row.
        let known = self.tx.admin_by_phone(phone.id, chapter).await?;
        let id = known.map_or(id, |known| known.id);
        let detail = json!({"person": id, "role": invited.role});
        self.record(About(None, None), Actor::from(by), "person_invited", detail).await?;
        self.send_invitation(id).await?;
        Ok(Ok(()))
    }

    async fn about_person(&mut self, by: By, about: AdminId, decision: AboutPerson) -> Decided {
        let people = match self.owned_by(by).await? {
            Ok(people) => people,
            Err(refusal) => return Ok(Err(refusal)),
        };
        // So the chapter never is without an owner: the one who decides stays.
        if by == By::Admin(about) {
            return Ok(Err(PeopleRefusal::Own));
        }
        let others = people.iter().filter(|one| one.id != about);
        let keeps_owner = others.filter(|one| one.role == Role::Owner).count() > 0;
        let ends_owner = match decision {
            AboutPerson::Role(role) => role != Role::Owner,
            AboutPerson::LetGo => true,
            AboutPerson::InviteAgain => false,
        };
        if ends_owner && !keeps_owner {
            return Ok(Err(PeopleRefusal::LastOwner));
        }
        let Some(person) = people.into_iter().find(|one| one.id == about) else {
            return Ok(Err(PeopleRefusal::NotFound));
        };
        let (kind, detail) = match decision {
            AboutPerson::Role(role) => {
                self.tx.set_admin_role(about, role).await?;
                ("person_role", json!({"person": about, "from": person.role, "to": role}))
            }
            AboutPerson::LetGo => {
                self.hand_back_all(about, by).await?;
                self.tx.end_admin(about, self.now).await?;
                ("person_let_go", json!({"person": about}))
            }
            AboutPerson::InviteAgain => {
                self.send_invitation(about).await?;
                ("person_invited", json!({"person": about, "role": person.role}))
            }
        };
        self.record(About(None, None), Actor::from(by), kind, detail).await?;
        Ok(Ok(()))
    }
}
