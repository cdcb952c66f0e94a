//! She tells of herself: her days off, her wishes, what became of a visit.

use model::{Code, MessageKind, Outcome, reading::MemberExtract};
use serde_json::{Value, json};
use storage::Member;

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
        let until = until.filter(|day: &jiff::civil::Date| *day > today);
        let back = until.and_then(|day| self.chapter.timezone.instant(day.at(0, 0, 0, 0)));
        // Away without a day is away until she says so.
        let far = jiff::civil::date(9000, 1, 1).at(0, 0, 0, 0);
        let at = back.or_else(|| self.chapter.timezone.instant(far));
        self.tx.set_member_away(reply.member.id, at).await?;
        for (referral, _) in &reply.open {
            if let Some(code) = referral.code {
                self.decline(&reply.member, code).await?;
            }
        }
        let detail = json!({"member": reply.member.id, "until": extract.away_until});
        self.record(About(None, None), Actor::member(reply.member.id), "away", detail).await?;
        self.answer(reply, None, &ToMember::Away { until }).await
    }

    /// A wish about days or areas takes effect once she says yes to what we understood; what is not
    /// understood goes to the admin.
    pub(super) async fn wishes(
        &mut self,
        reply: &Reply<'_>,
        extract: &MemberExtract,
    ) -> Result<()> {
        if extract.quiet_days.is_empty() && extract.exclude_areas.is_empty() {
            self.page(Reason::Unread, None, None, None).await?;
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
        let mine = self
            .tx
            .claims(referral.id)
            .await?
            .iter()
            .any(|claim| claim.member_id == reply.member.id && claim.named_at.is_some());
        if !mine {
            return self.explain(reply).await;
        }
        // What members report is kept apart from what families say: it is an event, not the outcome.
        let detail = json!({"member": reply.member.id, "outcome": outcome, "as": extract.outcome, "visit": extract.visit_date});
        self.record(&referral, Actor::member(reply.member.id), "member_outcome", detail).await?;
        let text = if extract.redacted.is_empty() {
            ToMember::OutcomeThanks { code, booked: outcome == Outcome::Booked }
        } else {
            ToMember::NoClinical { code }
        };
        self.answer(reply, Some(code), &text).await
    }
}
