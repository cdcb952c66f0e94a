//! A new member's first steps by text: she answers from her number, and claims a practice referral, so
//! that she has done it once before a family waits.

use futures_util::future::BoxFuture;
use model::{ChapterId, Code, MemberId, MemberStatus, MessageKind};
use serde_json::{Value, json};
use storage::Member;

use crate::{
    Dispatch, Result,
    desk::{About, Actor, Desk},
    hand_off::polite,
    outgoing::Belongs,
    paging::Reason,
    receive::{Text, codes_in, is_ok},
    texts::ToMember,
};

/// So many new members are written to at once.
const AT_ONCE: i64 = 50;

const NUMBER: &str = "number";
const PRACTICE: &str = "practice:";

impl Dispatch {
    /// Writes to those of a chapter's members whose numbers were never asked for an answer, where the
    /// chapter wants numbers confirmed; gives how many. The work does it by itself every few minutes.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn ask_new_numbers(&self, chapter: ChapterId) -> BoxFuture<'_, Result<usize>> {
        Box::pin(async move {
            self.at_desk(chapter, move |desk| Box::pin(desk.ask_new_numbers())).await
        })
    }

    /// Asks one member, again if need be, whether her number is hers; `false` where the chapter has
    /// no such member.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn ask_number(&self, chapter: ChapterId, member: MemberId) -> BoxFuture<'_, Result<bool>> {
        Box::pin(async move {
            self.at_desk(chapter, move |desk| {
                Box::pin(async move {
                    let Some(member) = desk.own_member(member).await? else { return Ok(false) };
                    desk.ask_number(&member).await?;
                    Ok(true)
                })
            })
            .await
        })
    }

    /// Sends one member a practice referral; `false` where the chapter has no such member.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn offer_practice(
        &self,
        chapter: ChapterId,
        member: MemberId,
    ) -> BoxFuture<'_, Result<bool>> {
        Box::pin(async move {
            self.at_desk(chapter, move |desk| {
                Box::pin(async move {
                    let Some(member) = desk.own_member(member).await? else { return Ok(false) };
                    desk.offer_practice(&member).await?;
                    Ok(true)
                })
            })
            .await
        })
    }
}

impl Desk<'_> {
    pub(crate) async fn own_member(&mut self, id: MemberId) -> Result<Option<Member>> {
        let member = self.tx.member(id).await?;
        Ok(member.filter(|member| {
            member.chapter_id == self.chapter.id && member.status != MemberStatus::Removed
        }))
    }

    /// Writes to new members, where the chapter wants their numbers confirmed, at an hour at which one
    /// may write unasked. Each is written to once, whoever else looks at the same time; who is asked
    /// something else just now comes later.
    pub(crate) async fn ask_new_numbers(&mut self) -> Result<usize> {
        let may_write = polite(self.now, &self.chapter.timezone) <= self.now;
        if !self.settings.confirm_numbers || !may_write || self.members_line().await?.is_none() {
            return Ok(0);
        }
        let mut asked = 0;
        for member in self.tx.members_to_confirm(self.chapter.id, AT_ONCE).await? {
            if self.tx.first_ask_number(member.id, self.now).await? {
                self.ask_number(&member).await?;
                asked += 1;
            }
        }
        Ok(asked)
    }

    /// Asks a member whether her number is hers.
    pub(crate) async fn ask_number(&mut self, member: &Member) -> Result<()> {
        self.tx.set_number_asked(member.id, self.now).await?;
        self.tx.set_member_awaiting(member.id, Some(&json!(NUMBER))).await?;
        let detail = json!({"member": member.id});
        self.record(About(None, None), Actor::SERVICE, "number_asked", detail).await?;
        self.tell_new(member, &ToMember::ConfirmNumber).await
    }

    /// An offer that is none: its code is one that nothing has now.
    async fn offer_practice(&mut self, member: &Member) -> Result<()> {
        let code = self.draw_code().await?;
        let awaiting = json!(format!("{PRACTICE}{code}"));
        self.tx.set_member_awaiting(member.id, Some(&awaiting)).await?;
        self.tell_new(member, &ToMember::Practice { code }).await
    }

    async fn tell_new(&mut self, member: &Member, text: &ToMember<'_>) -> Result<()> {
        let what = format!("joining:{}", self.message_id());
        self.tell_member(member, MessageKind::ClaimReply, what, Belongs::default(), text).await
    }

    /// Takes a new member's answer to what we asked her, and her wish to practise; `false` where her
    /// text is neither.
    pub(crate) async fn takes_first_steps(&mut self, member: &Member, text: &Text) -> Result<bool> {
        let words = text.body.reveal();
        let awaiting = member.awaiting.as_ref().and_then(Value::as_str).unwrap_or_default();
        if awaiting == NUMBER {
            return self.answers_for_number(member, words).await;
        }
        let practice = awaiting.strip_prefix(PRACTICE).and_then(|code| code.parse::<Code>().ok());
        // A family's request that has the code by now comes before practice.
        let practice = match practice {
            Some(code) if self.tx.referral_by_code(self.chapter.id, code).await?.is_some() => None,
            practice => practice,
        };
        if let Some(code) = practice.filter(|code| codes_in(words).contains(code)) {
            self.tx.set_member_awaiting(member.id, None).await?;
            self.tx.set_member_practised(member.id, self.now).await?;
            let detail = json!({"member": member.id});
            let actor = Actor::member(member.id);
            self.record(About(None, None), actor, "practised", detail).await?;
            self.tell_new(member, &ToMember::Practised { code }).await?;
            return Ok(true);
        }
        let plain = words.trim().trim_end_matches(['.', '!']).to_lowercase();
        // A pass on what was only practice gives back nothing that is real.
        if practice.is_some() && ["no", "n", "pass"].contains(&plain.as_str()) {
            self.tx.set_member_awaiting(member.id, None).await?;
            return Ok(true);
        }
        if plain == "practice" || plain == "practise" {
            self.offer_practice(member).await?;
            return Ok(true);
        }
        Ok(false)
    }

    /// Yes, it is hers; or no, and a person has to look. Anything else is read as it is, and the
    /// question stands.
    async fn answers_for_number(&mut self, member: &Member, words: &str) -> Result<bool> {
        if is_ok(words) {
            self.tx.set_number_confirmed(member.id, self.now).await?;
            let detail = json!({"member": member.id});
            let actor = Actor::member(member.id);
            self.record(About(None, None), actor, "number_confirmed", detail).await?;
            self.offer_practice(member).await?;
            return Ok(true);
        }
        let plain = words.trim().trim_end_matches(['.', '!']).to_lowercase();
        if !["no", "n", "nope", "wrong number", "wrong person"].contains(&plain.as_str()) {
            return Ok(false);
        }
        self.tx.set_member_awaiting(member.id, None).await?;
        self.page_about(Reason::Unreachable, member.id).await?;
        Ok(true)
    }
}
