//! Who of those named may call a family: its number goes to nobody without its written yes.

use model::{ConsentId, MemberId, MessageKind, PersonName, ReferralId, day_hours};
use serde_json::json;
use storage::{EventFilter, Inquiry, Referral};

use super::Question;
use crate::{
    Result,
    desk::{Actor, Desk},
    outgoing::Belongs,
    paging::Reason,
    texts::{ToFamily, ToMember},
};

/// For so long a yes answers whether those named may call: after it the family speaks of something else.
const CALL_HOURS: i64 = 12;

/// The change that keeps to whom a family's number went.
const AGREED: &str = "call_agreed";

impl Desk<'_> {
    /// Those named could call the family, if it says in writing that they get its number. Where it has said so
    /// of all of them and asks again, nothing is left to be asked: it is told that they have it, and a person is
    /// called, because they have not.
    pub(super) async fn asks_for_call(
        &mut self,
        inquiry: &mut Inquiry,
        referral: &mut Referral,
        cause: &str,
    ) -> Result<bool> {
        let members = self.named_members(referral.id).await?;
        if members.is_empty() {
            return Ok(false);
        }
        let may = self.who_may_call(referral.id).await?;
        let code = self.code_of(referral);
        let what = format!("reply:{cause}");
        if members.iter().all(|member| may.contains(&member.id)) {
            let names = members.into_iter().map(|member| member.name).collect::<Vec<_>>();
            let text = ToFamily::CallAgreed { names: &names, code };
            self.tell_family(inquiry, Some(referral), MessageKind::Reply, what, &text).await?;
            self.page(Reason::Callback, Some(inquiry.id), Some(referral.id), None).await?;
            self.save(inquiry, referral).await?;
            return Ok(true);
        }
        let unasked = members.into_iter().filter(|member| !may.contains(&member.id));
        let (members, names): (Vec<_>, Vec<_>) =
            unasked.map(|member| (member.id, member.name)).unzip();
        let text = ToFamily::CallAsk { names: &names, code };
        let told =
            self.tell_family(inquiry, Some(referral), MessageKind::Reply, what, &text).await?;
        if told.is_some() {
            let until = self.now.after(day_hours(CALL_HOURS));
            Question::MayCall { members, until }.put_to(inquiry);
            self.record(&*referral, Actor::FAMILY, "call_asked", json!({})).await?;
        }
        self.save(inquiry, referral).await?;
        Ok(true)
    }

    /// The family's written yes: kept word for word, and only then do those it was asked about get
    /// its number, if they are still named.
    pub(super) async fn may_call(
        &mut self,
        inquiry: &mut Inquiry,
        referral: &mut Referral,
        asked: &[MemberId],
        cause: &str,
    ) -> Result<()> {
        let mut members = self.named_members(referral.id).await?;
        members.retain(|member| asked.contains(&member.id));
        let names = members.iter().map(|member| member.name.clone()).collect::<Vec<_>>();
        let code = self.code_of(referral);
        let Some(phone) = self.tx.phone(inquiry.phone_id).await? else { return Ok(()) };
        let Some(number) = phone.number.clone() else { return Ok(()) };
        // Consent outlives what is sealed and erased: whom it names stands there by her id.
        let ids = asked.iter().map(|id| PersonName::new(id.to_string())).collect::<Vec<_>>();
        let voice = self.voice(&inquiry.language);
        let wording = self.texts().to_family(&voice, &ToFamily::CallAsk { names: &ids, code });
        let lang = voice.lang.to_owned();
        let id = ConsentId::generate(self.now, &self.shared.chance);
        let wording = wording.reveal();
        self.tx.add_consent(id, &phone, "call", wording, &lang, "text", self.now).await?;
        let mut told = Vec::new();
        for member in members {
            let text = ToMember::FamilyCall { code, phone: &number };
            let what = format!("call:{}:{}:{cause}", referral.id, member.id);
            let belongs = Belongs::to(referral);
            self.tell_member(&member, MessageKind::ClaimReply, what, belongs, &text).await?;
            told.push(member.id);
        }
        self.record(&*referral, Actor::FAMILY, AGREED, json!({"members": told})).await?;
        let text = ToFamily::CallAgreed { names: &names, code };
        let what = format!("reply:{cause}");
        self.tell_family(inquiry, Some(referral), MessageKind::Reply, what, &text).await?;
        self.save(inquiry, referral).await
    }

    /// The members who have the family's number by its yes, of this referral.
    async fn who_may_call(&mut self, referral: ReferralId) -> Result<Vec<MemberId>> {
        let agreed = EventFilter {
            kind: Some(AGREED.to_owned()),
            referral: Some(referral),
            limit: i64::MAX,
            ..EventFilter::default()
        };
        let mut members = Vec::new();
        for recorded in self.tx.events(self.chapter.id, &agreed).await? {
            let told = recorded.event.detail["members"].as_array().cloned().unwrap_or_default();
            members.extend(
                told.into_iter().filter_map(|id| serde_json::from_value::<MemberId>(id).ok()),
            );
        }
        Ok(members)
    }
}
