//! The promised time, and what keeps a request from ending nowhere.

use model::{MessageKind, ReferralId, ReferralState, TaskKind, Timestamp};
use serde_json::json;

use crate::{
    Result,
    desk::{Actor, Desk},
    paging::Reason,
    places,
    texts::ToFamily,
};

impl Desk<'_> {
    /// The promised time has come: the family gets the names there are; where there are none it is
    /// told, more members are asked, and a person knows. Gives the next promised time.
    pub(crate) async fn promised_time(&mut self, id: ReferralId) -> Result<Option<Timestamp>> {
        let Some((mut inquiry, mut referral)) = self.locked(id).await? else { return Ok(None) };
        let waits = referral.state.is_asking();
        let tops_up = referral.state == ReferralState::HandedOff && referral.top_ups == 0;
        let Some(promised) = referral.promised_at.filter(|_| waits || tops_up) else {
            return Ok(None);
        };
        if promised > self.now {
            return Ok(Some(promised));
        }
        // Whoever was still being asked has had her time.
        let far = self.now.after(model::day_hours(24));
        self.lapse(&referral, far).await?;
        self.give_places(&mut referral).await?;
        self.record(&referral, Actor::SERVICE, "promised_time", json!({})).await?;
        if tops_up {
            self.top_up(&mut inquiry, &mut referral).await?;
            self.save(&inquiry, &mut referral).await?;
            return Ok(None);
        }
        let firm = places::firm(&self.tx.claims(id).await?);
        if firm > 0 && inquiry.is_taken() {
            // The person who has the thread is told; the names go when she hands it back.
            self.hand_off(&mut inquiry, &mut referral).await?;
            self.save(&inquiry, &mut referral).await?;
            return Ok(None);
        }
        if firm > 0 {
            self.hand_off(&mut inquiry, &mut referral).await?;
            if firm < model::referral::PLACES {
                self.promise_again(&mut referral).await?;
                self.widen(&mut referral, Actor::SERVICE).await?;
            }
        } else {
            self.promise_again(&mut referral).await?;
            let asked = self.widen(&mut referral, Actor::SERVICE).await?.unwrap_or_default();
            let text = ToFamily::StillLooking {
                code: self.code_of(&referral),
                asked: asked.now,
                until: referral.promised_at.unwrap_or(self.now),
            };
            let what = format!("still_looking:{id}:{}", referral.round);
            self.tell_family(&mut inquiry, Some(&referral), MessageKind::Notice, what, &text)
                .await?;
            self.page(Reason::Unfilled, Some(inquiry.id), Some(id), None).await?;
        }
        self.save(&inquiry, &mut referral).await?;
        let runs_on = referral.state.is_asking()
            || (referral.state == ReferralState::HandedOff && referral.top_ups == 0);
        Ok(referral.promised_at.filter(|&at| runs_on && at > self.now))
    }

    /// Nobody within a day: the family gets resources, and a person takes over.
    pub(crate) async fn dead_end(&mut self, id: ReferralId) -> Result<Option<Timestamp>> {
        let Some((mut inquiry, mut referral)) = self.locked(id).await? else { return Ok(None) };
        if !referral.state.is_asking() || places::firm(&self.tx.claims(id).await?) > 0 {
            return Ok(None);
        }
        let text = ToFamily::NoneFound { code: self.code_of(&referral) };
        let what = format!("none_found:{id}:{}", referral.round);
        // It is the last word the service has, and it must come.
        self.tell_family(&mut inquiry, Some(&referral), MessageKind::HandOff, what, &text).await?;
        self.tx.take_back_unseen_offers(id, self.now).await?;
        self.tx.unplan(TaskKind::Promise, id.as_uuid()).await?;
        self.hold(&mut inquiry, &mut referral, Reason::DeadEnd, Actor::SERVICE).await?;
        self.save(&inquiry, &mut referral).await?;
        Ok(None)
    }
}
