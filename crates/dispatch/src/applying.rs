//! What becomes of an application: the consultant is told what the chapter decided, and one that came to
//! nothing is erased when its time is over.

use model::{MemberId, MemberStatus, MessageKind, Timestamp};
use roster::{Act, Person};
use storage::Member;

use crate::{Error, Result, desk::Desk, hand_off::polite, outgoing::Belongs, texts::ToMember};

impl Desk<'_> {
    /// Does what is due about an application; gives when to look again.
    pub(crate) async fn application(&mut self, id: MemberId) -> Result<Option<Timestamp>> {
        let Some(member) = self.tx.member_for_update(id).await? else { return Ok(None) };
        match member.status {
            MemberStatus::Applied => self.lapses(&member, roster::application_ends(&member)).await,
            MemberStatus::Active => self.approved(&member).await,
            MemberStatus::Removed => match roster::turned_down_ends(&member) {
                Some(ends) => self.lapses(&member, ends).await,
                None => self.turned_down(&member).await,
            },
            MemberStatus::Paused | MemberStatus::Suspended => Ok(None),
        }
    }

    async fn approved(&mut self, member: &Member) -> Result<Option<Timestamp>> {
        if let Some(later) = self.too_late_to_tell() {
            return Ok(Some(later));
        }
        roster::told_approved(self.tx, member).await.map_err(known)?;
        self.tell_applicant(member, &ToMember::Approved).await?;
        Ok(None)
    }

    async fn turned_down(&mut self, member: &Member) -> Result<Option<Timestamp>> {
        if let Some(later) = self.too_late_to_tell() {
            return Ok(Some(later));
        }
        let text = ToMember::TurnedDown { days: roster::APPLICATION_DAYS };
        self.tell_applicant(member, &text).await?;
        Ok(Some(roster::told_turned_down(self.tx, member, self.now).await.map_err(known)?))
    }

    /// Erases an application that came to nothing, once its time is over.
    async fn lapses(&mut self, member: &Member, ends: Timestamp) -> Result<Option<Timestamp>> {
        if self.now < ends {
            return Ok(Some(ends));
        }
        let chance = self.shared.chance.clone();
        let act = Act { chapter: self.chapter.id, by: Person::Service, now: self.now, chance };
        roster::erase_in(self.tx, &act, member).await.map_err(known)?;
        Ok(None)
    }

    /// The hour from which one may write to her unasked, where it is not yet.
    fn too_late_to_tell(&self) -> Option<Timestamp> {
        Some(polite(self.now, &self.chapter.timezone)).filter(|at| *at > self.now)
    }

    async fn tell_applicant(&mut self, member: &Member, text: &ToMember<'_>) -> Result<()> {
        let what = format!("application:{}", self.message_id());
        self.tell_member(member, MessageKind::ClaimReply, what, Belongs::default(), text).await
    }
}

/// Nothing of this can be refused: what is left is the database.
pub(crate) fn known(error: roster::Error) -> Error {
    match error {
        roster::Error::Storage(error) => error.into(),
        _ => Error::Missing("member"),
    }
}
