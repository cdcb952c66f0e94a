//! What a text of hers can be about: what was offered to her, what is hers, what she was asked.

use model::{
    ReferralId, ReferralState,
    reading::{ClaimRef, MemberContext, OpenOffer},
};
use serde_json::Value;
use storage::{Member, Referral};

use crate::{RegisteredLine, Result, desk::Desk, receive::Text};

impl Desk<'_> {
    pub(super) async fn member_context(
        &mut self,
        member: &Member,
        open: &[(Referral, i64)],
        text: &Text,
    ) -> Result<MemberContext> {
        let mut already_claimed = None;
        if let Some(claim) = self.tx.newest_running_claim(member.id).await?
            && let Some(referral) = self.tx.referral(claim.referral_id).await?
        {
            already_claimed = Some(claim_ref(&referral, claim.place));
        }
        let last: Option<ReferralId> = self.tx.last_named(member.id).await?;
        let last_referral = match last {
            Some(id) => self.tx.referral(id).await?.map(|referral| claim_ref(&referral, None)),
            None => None,
        };
        let away = member.away_until.is_some_and(|until| until > self.now);
        let member_status = if away { "away".to_owned() } else { member.status.to_string() };
        let open_referrals = open
            .iter()
            .map(|(referral, others)| OpenOffer {
                code: referral.code.map(|code| code.to_string()).unwrap_or_default(),
                state: if *others >= 3 { "filled" } else { "collecting" }.to_owned(),
                claims: u32::try_from(*others).unwrap_or(0),
                slots: 3,
                area: match (&referral.facts.place.borough, referral.facts.place.label()) {
                    (Some(borough), label) if !label.contains(borough.as_str()) => {
                        format!("{label}, {borough}")
                    }
                    (_, label) => label,
                },
                visit: referral.facts.visit_types.first().cloned(),
                insurance: referral
                    .facts
                    .insurance
                    .as_ref()
                    .map(|insurance| insurance.payer.clone()),
                baby: referral.facts.baby.clone(),
                concerns: referral.facts.concerns.clone(),
                broadcast_at: referral.opened_at.map(|at| self.local(at)).unwrap_or_default(),
            })
            .collect();
        Ok(MemberContext {
            received_at: self.local(self.now),
            member_status,
            open_referrals,
            awaiting: member.awaiting.as_ref().and_then(Value::as_str).map(str::to_owned),
            already_claimed,
            last_referral,
            media: u32::try_from(text.media).unwrap_or(u32::MAX),
        })
    }

    /// We asked whether she needs help herself: if she does, what she wrote before is a family's text.
    pub(super) async fn wants_help_herself(
        &mut self,
        line: &RegisteredLine,
        member: &Member,
        text: &Text,
    ) -> Result<bool> {
        let asked = member
            .awaiting
            .as_ref()
            .and_then(Value::as_str)
            .and_then(|asked| asked.strip_prefix("need:"));
        let Some(before) = asked.and_then(|id| id.parse().ok()) else { return Ok(false) };
        let said = text.body.reveal().trim().to_lowercase();
        if !["myself", "me", "i do", "help myself", "yes myself"]
            .contains(&said.trim_end_matches(['.', '!']))
        {
            return Ok(false);
        }
        self.tx.set_member_awaiting(member.id, None).await?;
        let Some(phone) = self.tx.phone(member.phone_id).await? else { return Ok(false) };
        self.family_texts(line, &phone, text).await?;
        if let Some(inquiry) = self.tx.open_inquiry_of(line.id, phone.id).await? {
            // Only what she asked is to be read, not her answer to our question.
            self.tx.mark_read(inquiry.id, self.now).await?;
            self.tx.assign_inbound(before, inquiry.id).await?;
        }
        Ok(true)
    }
}

fn claim_ref(referral: &Referral, place: Option<i64>) -> ClaimRef {
    ClaimRef {
        code: referral.code.map(|code| code.to_string()).unwrap_or_default(),
        state: match referral.state {
            ReferralState::HandedOff => "names_sent".to_owned(),
            state => state.to_string(),
        },
        position: place.and_then(|place| u32::try_from(place).ok()),
    }
}
