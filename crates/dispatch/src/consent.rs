//! Opting out and back in, and HELP. Our own list is the authority, whatever the carrier does.

use model::{ErrorClass, MessageKind, MessageText, Standing, settings::StopScope};
use serde_json::json;
use storage::{Member, PhoneRow};

use crate::{
    RegisteredLine, Result,
    desk::{Actor, Desk},
    outgoing::Belongs,
    paging::Reason,
    receive::Text,
    texts::{ToFamily, ToMember},
};

/// What ended texts to a number: its person asked to be deleted.
pub(crate) const DELETE_ME: &str = "delete_me";

impl Desk<'_> {
    /// Ends texts to a number: what waits for it is dropped, a referral of its is called off, and
    /// one confirmation goes out, unless the carrier has sent one, or the number is blocked: it is
    /// told nothing, and that it wants no texts holds all the same.
    ///
    /// Where it holds for the chapter, a member ends her referrals with it on whichever line she says
    /// it, though she was a family on that one.
    pub(crate) async fn opt_out(
        &mut self,
        line: &RegisteredLine,
        phone: &PhoneRow,
        member: Option<Member>,
        text: &Text,
        source: &str,
    ) -> Result<()> {
        let (scope, line_alone) = match self.settings.stop_scope {
            StopScope::Chapter => ("chapter".to_owned(), None),
            StopScope::Line => (line.id.to_string(), Some(line.id)),
        };
        let member = match member {
            None if line_alone.is_none() => {
                self.tx.member_by_phone(phone.id, self.chapter.id).await?
            }
            known => known,
        };
        let standing = if member.is_some() { Standing::Member } else { Standing::Family };
        let mut inquiry_id = None;
        if let Some(inquiry) = self.tx.open_inquiry_of(line.id, phone.id).await? {
            self.tx.assign_inbound(text.id, inquiry.id).await?;
            self.tx.mark_read(inquiry.id, self.now).await?;
            inquiry_id = Some(inquiry.id);
            self.withdraw(inquiry, Actor::FAMILY, "opted_out").await?;
        }
        if let Some(member) = &member {
            self.release_all(member, Actor::member(member.id)).await?;
            self.page_about(Reason::OptOut, member.id).await?;
        }
        // After the inquiry and the referrals, which are locked before anything that hangs on them.
        let fresh = self.tx.suppress(phone, &scope, source, self.now).await?;
        self.tx.drop_waiting(phone.id, line_alone, ErrorClass::Suppressed, self.now).await?;
        self.record(
            crate::desk::About(inquiry_id, None),
            if let Some(member) = &member { Actor::member(member.id) } else { Actor::FAMILY },
            "opted_out",
            json!({"standing": standing, "source": source, "scope": self.settings.stop_scope}),
        )
        .await?;
        if fresh && text.answered.is_none() && phone.blocked_at.is_none() {
            let stopped = ToFamily::Stopped { deleting: source == DELETE_ME };
            let body = self.in_words_of(member.as_ref(), phone, &ToMember::Stopped, &stopped);
            let (kind, what) = (MessageKind::Consent, format!("stopped:{}", text.id));
            self.write_text(line.id, phone.id, kind, what, Belongs::default(), body, None).await?;
        }
        Ok(())
    }

    /// Brings texts to a number back.
    pub(crate) async fn opt_in(
        &mut self,
        line: &RegisteredLine,
        phone: &PhoneRow,
        member: Option<Member>,
        text: &Text,
    ) -> Result<()> {
        let lifted = self.tx.lift_suppressions(phone).await?;
        let actor = member.as_ref().map_or(Actor::FAMILY, |member| Actor::member(member.id));
        self.record(crate::desk::About(None, None), actor, "opted_in", json!({})).await?;
        if text.answered.is_some() {
            return Ok(());
        }
        let body =
            self.in_words_of(member.as_ref(), phone, &ToMember::Restarted, &ToFamily::Restarted);
        let (kind, what) = (MessageKind::Consent, format!("restarted:{}", text.id));
        if lifted {
            self.write_text(line.id, phone.id, kind, what, Belongs::default(), body, None).await?;
            Ok(())
        } else {
            self.answer_passively(line.id, phone, what, Belongs::default(), body).await
        }
    }

    /// The same said to a member, or to a family in its language.
    fn in_words_of(
        &self,
        member: Option<&Member>,
        phone: &PhoneRow,
        hers: &ToMember<'_>,
        theirs: &ToFamily<'_>,
    ) -> MessageText {
        let lang = phone.language.as_deref().unwrap_or("en");
        match member {
            Some(_) => self.texts().to_member(&self.voice("en"), hers),
            None => self.texts().to_family(&self.voice(lang), theirs),
        }
    }

    /// HELP gets our own answer, at once and each time; and a desperate parent who types it is not left
    /// there: if nothing is known of her yet, the answer says what to text.
    pub(crate) async fn help_family(
        &mut self,
        line: &RegisteredLine,
        phone: &PhoneRow,
        text: &Text,
    ) -> Result<()> {
        if text.answered.is_some() {
            return Ok(());
        }
        let open = self.tx.open_inquiry_of(line.id, phone.id).await?;
        let lang = phone.language.clone().unwrap_or_else(|| "en".to_owned());
        let body = self.texts().to_family(&self.voice(&lang), &ToFamily::Help);
        let belongs = Belongs { inquiry: open.map(|inquiry| inquiry.id), ..Belongs::default() };
        if let Some(inquiry) = belongs.inquiry {
            self.tx.assign_inbound(text.id, inquiry).await?;
        }
        let (kind, what) = (MessageKind::Reply, format!("reply:{}", text.id));
        self.write_text(line.id, phone.id, kind, what, belongs, body, None).await?;
        Ok(())
    }
}
