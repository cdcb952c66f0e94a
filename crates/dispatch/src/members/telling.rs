//! She tells of herself: her days off, her wishes, what became of a visit.

use jiff::civil::Date;
use model::{Code, MessageKind, Outcome, reading::MemberExtract};
use serde_json::{Value, json};
use storage::{Member, Referral};

use super::Reply;
use crate::{
    Result,
    desk::{About, Actor, Desk},
    outgoing::Belongs,
    paging::Reason,
    receive::Text,
    texts::ToMember,
};

impl Desk<'_> {
    pub(super) async fn goes_away(
        &mut self,
        reply: &Reply<'_>,
        extract: &MemberExtract,
    ) -> Result<()> {
        let today = self.now.in_zone(&self.chapter.timezone).date();
        // A day that is over is none we understood: she is away until she says so.
        let until = extract.away_until.as_deref().and_then(|day| day.parse().ok());
        let until = until.filter(|day: &Date| *day > today);
        self.leaves(&reply.member, until, Actor::member(reply.member.id)).await?;
        self.answer(reply, None, &ToMember::Away { until }).await
    }

    /// She is away until this day, or until she says that she is back; what is open to her she passes.
    pub(crate) async fn leaves(
        &mut self,
        member: &Member,
        until: Option<Date>,
        by: Actor,
    ) -> Result<()> {
        let back = until.and_then(|day| self.chapter.timezone.instant(day.at(0, 0, 0, 0)));
        let far = jiff::civil::date(9000, 1, 1).at(0, 0, 0, 0);
        let at = back.or_else(|| self.chapter.timezone.instant(far));
        self.tx.set_member_away(member.id, at).await?;
        for (referral, _) in self.tx.referrals_put_to(member).await? {
            if let Some(code) = referral.code {
                self.decline(member, code, by).await?;
            }
        }
        let detail = json!({"member": member.id, "until": until});
        self.record(About(None, None), by, "away", detail).await
    }

    /// She is asked again from now on.
    pub(crate) async fn returns(&mut self, member: &Member, by: Actor) -> Result<()> {
        self.tx.set_member_away(member.id, None).await?;
        let detail = json!({"member": member.id});
        self.record(About(None, None), by, "back", detail).await
    }

    /// A wish about days or areas takes effect once she says yes to what we understood; what is not
    /// understood goes to the admin.
    pub(super) async fn wishes(
        &mut self,
        reply: &Reply<'_>,
        extract: &MemberExtract,
    ) -> Result<()> {
        if extract.quiet_days.is_empty() && extract.exclude_areas.is_empty() {
            self.page_about(Reason::Unread, reply.member.id).await?;
            return self.answer(reply, None, &ToMember::PreferenceNoted).await;
        }
        let wish =
            format!("wish:{};{}", extract.quiet_days.join(","), extract.exclude_areas.join(","));
        self.tx.set_member_awaiting(reply.member.id, Some(&json!(wish))).await?;
        let (quiet_days, exclude_areas) = (&extract.quiet_days[..], &extract.exclude_areas[..]);
        self.answer(reply, None, &ToMember::PreferenceAsk { quiet_days, exclude_areas }).await
    }

    /// She was asked about a wish, and says yes: it stands from now on.
    pub(super) async fn confirms_wish(&mut self, member: &Member, text: &Text) -> Result<bool> {
        let asked = member
            .awaiting
            .as_ref()
            .and_then(Value::as_str)
            .and_then(|asked| asked.strip_prefix("wish:"));
        let Some((days, areas)) = asked.and_then(|wish| wish.split_once(';')) else {
            return Ok(false);
        };
        if !crate::receive::is_ok(text.body.reveal()) {
            return Ok(false);
        }
        // Somebody may change what she offers at this moment, in the console or from a file.
        let Some(Member { mut profile, .. }) = self.tx.member_for_update(member.id).await? else {
            return Ok(false);
        };
        let add = |have: &mut Vec<String>, more: &str| {
            for word in more.split(',').filter(|word| !word.is_empty()) {
                if !have.iter().any(|known| known == word) {
                    have.push(word.to_owned());
                }
            }
        };
        add(&mut profile.quiet_days, days);
        add(&mut profile.exclude_areas, areas);
        self.tx.set_member_profile(member.id, &profile).await?;
        self.tx.set_member_awaiting(member.id, None).await?;
        let detail = json!({"member": member.id, "quiet_days": profile.quiet_days, "exclude_areas": profile.exclude_areas});
        self.record(About(None, None), Actor::member(member.id), "wishes", detail).await?;
        let what = format!("reply:{}", text.id);
        self.tell_member(
            member,
            MessageKind::ClaimReply,
            what,
            Belongs::default(),
            &ToMember::PreferenceSet,
        )
        .await?;
        Ok(true)
    }

    pub(super) async fn outcome(
        &mut self,
        reply: &Reply<'_>,
        code: Option<Code>,
        outcome: Outcome,
        extract: &MemberExtract,
    ) -> Result<()> {
        let referral = match code {
            Some(code) => self.tx.referral_by_code(self.chapter.id, code).await?,
            None => match self.tx.last_named(reply.member.id).await? {
                Some(id) => self.tx.referral(id).await?,
                None => None,
            },
        };
        let Some((referral, code)) =
            referral.and_then(|referral| referral.code.map(|code| (referral, code)))
        else {
            return self.explain(reply).await;
        };
        let more = (extract.outcome.as_deref(), extract.visit_date.as_deref());
        if !self.tells_outcome(&reply.member, &referral, outcome, more).await? {
            return self.explain(reply).await;
        }
        let text = if extract.redacted.is_empty() {
            ToMember::OutcomeThanks { code, booked: outcome == Outcome::Booked }
        } else {
            ToMember::NoClinical { code }
        };
        self.answer(reply, Some(code), &text).await
    }

    /// What became of a visit, as she tells it: the word she used and the day, where she named them.
    /// `false` where the family never had her name. It is kept apart from what families say: an event,
    /// not the referral's outcome.
    pub(crate) async fn tells_outcome(
        &mut self,
        member: &Member,
        referral: &Referral,
        outcome: Outcome,
        (word, day): (Option<&str>, Option<&str>),
    ) -> Result<bool> {
        let claims = self.tx.claims(referral.id).await?;
        let named =
            |claim: &storage::Claim| claim.member_id == member.id && claim.named_at.is_some();
        if !claims.iter().any(named) {
            return Ok(false);
        }
        let detail = json!({"member": member.id, "outcome": outcome, "as": word, "visit": day});
        self.record(referral, Actor::member(member.id), "member_outcome", detail).await?;
        Ok(true)
    }
}
