//! The page of an offer: what its link shows a member, and what she does on it.
//!
//! Looking changes nothing: mail programs, scanners and previews open links. What she does goes
//! through the same judging, under the same locks, as a text of hers, and is answered by the same
//! texts, so that her thread tells the whole of it.

use futures_util::future::BoxFuture;
use model::{
    ClaimKind, Code, LinkPurpose, MemberStatus, MessageKind, OfferId, ReferralState, TimeZone,
    Timestamp,
    reading::{MemberContext, OpenOffer},
    referral::{PLACES, Place},
    seconds,
};
use serde_json::json;
use storage::{Chapter, Claim, Member, ReadTx, Referral};

use crate::{
    Dispatch, Result,
    chapter::settings_of,
    claims::{Claimed, Wanted, confirms},
    desk::{Actor, Desk},
    links,
    outgoing::Belongs,
    places,
    texts::ToMember,
};

/// For so long what she did can be called back in one word; then it is a drop like any other.
const UNDO_SECONDS: i64 = 60;

/// An offer as its page shows it.
#[derive(Debug, Clone)]
pub struct OfferPage {
    /// How the chapter calls itself.
    pub chapter: String,
    /// The referral's code.
    pub code: Code,
    /// What the text said and a little more: each fact's name and words.
    pub told: Vec<(&'static str, String)>,
    /// Where the family is, as far as she may know, for a map; nothing where it is not known.
    pub area: Option<String>,
    /// Help is wanted today.
    pub urgent: bool,
    /// By when the family was promised names.
    pub promised_at: Option<Timestamp>,
    /// How many of the three places are taken, hers included.
    pub taken: i64,
    /// How she stands.
    pub stands: Stands,
    /// What the family reads beside her name.
    pub caveat: Option<String>,
    /// The chapter's zone, in which all times are told.
    pub zone: TimeZone,
    /// When it was looked at.
    pub at: Timestamp,
}

/// How a member stands with a referral that was offered to her.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// She may take a place.
    MayClaim,
    /// All places are taken: she may stand by.
    MayStandBy,
    /// A place is held for her until then, while we wait for her word.
    Held {
        /// 1, 2 or 3.
        place: i64,
        /// Until when.
        until: Timestamp,
    },
    /// She has a place.
    Placed {
        /// 1, 2 or 3.
        place: i64,
        /// Whether the family has her name.
        named: bool,
        /// Until when she may call it back in one word.
        undo_until: Option<Timestamp>,
    },
    /// Her claim is in, and places are given later, by the chapter's policy.
    Collected {
        /// At this time at the latest.
        by: Timestamp,
        /// Whether she means it; else she is asked, and her turn is kept.
        certain: bool,
    },
    /// She moves up if a place opens.
    StandsBy,
    /// The family has her name from before, and asked for more.
    Kept,
    /// Her listing rests.
    Paused,
    /// One of the chapter's people looks at it before anybody claims.
    Waits,
    /// Nothing can be claimed any more.
    Over,
}

/// What a member does on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tap {
    /// She takes a place, stands by, or changes what the family reads beside her name.
    Claim {
        /// Her times and terms; empty for none.
        line: String,
    },
    /// She gives her place, or her standing by, back.
    GiveBack,
}

/// What came of it, beside what the page shows anyway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tapped {
    /// Done, or nothing was left to do: the page tells.
    Done,
    /// Her line reaches the family without what is private, or is no time and no term.
    LinePartly,
    /// Nothing of her line reaches the family.
    LineNot,
    /// She wants no texts from the chapter: nothing was done.
    NoTexts,
}

impl Dispatch {
    /// The page that a link's secret part opens; `None` for one that is over, of something else, or
    /// none of ours: nobody can tell which.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn offer_page<'a>(&'a self, secret: &'a str) -> BoxFuture<'a, Result<Option<OfferPage>>> {
        Box::pin(async move {
            let (dispatch, secret) = (self.clone(), secret.to_owned());
            self.store()
                .read(move |tx| {
                    Box::pin(async move {
                        let now = dispatch.now();
                        let opened = links::opened(tx, &secret, LinkPurpose::Offer, now).await?;
                        let Some(link) = opened else { return Ok(None) };
                        let Some(chapter) = tx.chapter(link.chapter_id).await? else {
                            return Ok(None);
                        };
                        let offer = OfferId::from_uuid(link.subject);
                        let Some((referral, member)) = put(tx, offer).await? else {
                            return Ok(None);
                        };
                        dispatch.offer_shown(tx, &chapter, &referral, &member).await
                    })
                })
                .await
        })
    }

    /// A referral as a member sees it; `None` before it has a code.
    pub(crate) async fn offer_shown(
        &self,
        tx: &mut ReadTx,
        chapter: &Chapter,
        referral: &Referral,
        member: &Member,
    ) -> Result<Option<OfferPage>> {
        let (now, Some(code)) = (self.now(), referral.code) else { return Ok(None) };
        let settings = settings_of(chapter, &self.0.settings)?;
        let claims = tx.claims(referral.id).await?;
        let own = claims.iter().find(|claim| claim.member_id == member.id);
        let voice = self.plain_voice(chapter);
        let (facts, coarse) = (&referral.facts, settings.coarse_offers);
        let taken = claims.iter().filter(|claim| claim.kind.holds_place()).count();
        Ok(Some(OfferPage {
            chapter: chapter.name.clone(),
            code,
            told: self.texts().offered(&voice, facts, coarse),
            area: area(&facts.place, coarse).cloned(),
            urgent: referral.urgent,
            promised_at: referral.promised_at.filter(|&at| at > now),
            taken: i64::try_from(taken).unwrap_or(PLACES),
            stands: stands(member, referral, &claims, now),
            caveat: own.filter(|own| own.kind.holds_place()).and_then(|own| own.caveat.clone()),
            zone: chapter.timezone.clone(),
            at: now,
        }))
    }

    /// Does what a member does on the page of an offer; `None` where the link opens nothing.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn tap<'a>(&'a self, secret: &'a str, tap: Tap) -> BoxFuture<'a, Result<Option<Tapped>>> {
        Box::pin(async move {
            let (now, wanted) = (self.now(), secret.to_owned());
            let opened = self.store().read::<_, crate::Error, _>(move |tx| {
                Box::pin(async move { links::opened(tx, &wanted, LinkPurpose::Offer, now).await })
            });
            let Some(link) = opened.await? else { return Ok(None) };
            let offer = OfferId::from_uuid(link.subject);
            self.at_desk(link.chapter_id, move |desk| Box::pin(desk.tapped(offer, tap))).await
        })
    }
}

/// The referral and the member of an offer that was put to her.
async fn put(tx: &mut ReadTx, offer: OfferId) -> Result<Option<(Referral, Member)>> {
    let Some(offer) = tx.offer(offer).await? else { return Ok(None) };
    let Some(referral) = tx.referral(offer.referral_id).await? else { return Ok(None) };
    Ok(tx.member(offer.member_id).await?.map(|member| (referral, member)))
}

/// The narrowest place that she may know of.
fn area(place: &Place, coarse: bool) -> Option<&String> {
    let zip = place.zip.as_ref().filter(|_| !coarse);
    zip.or(place.neighborhood.as_ref()).or(place.borough.as_ref())
}

fn stands(member: &Member, referral: &Referral, claims: &[Claim], now: Timestamp) -> Stands {
    let own = claims.iter().find(|claim| claim.member_id == member.id);
    let named = own.is_some_and(|own| own.named_at.is_some());
    if !referral.state.is_over()
        && let Some(own) = own
    {
        match (own.kind, own.place, own.held_until) {
            (ClaimKind::Provisional, Some(place), Some(until)) => {
                return Stands::Held { place, until };
            }
            (ClaimKind::Firm, Some(place), _) => {
                let undo_until = own.claimed_at.after(seconds(UNDO_SECONDS));
                let undo_until = Some(undo_until).filter(|&until| until > now && !named);
                return Stands::Placed { place, named, undo_until };
            }
            (ClaimKind::Collected, ..) => {
                let by = referral.collects_until.unwrap_or(now);
                return Stands::Collected { by, certain: own.held_until.is_none() };
            }
            (ClaimKind::Standby, ..) => return Stands::StandsBy,
            (ClaimKind::Kept, ..) if named => return Stands::Kept,
            _ => {}
        }
    }
    let out = own.is_some_and(|own| named && own.kind == ClaimKind::Replaced);
    match referral.state {
        _ if out => Stands::Over,
        ReferralState::Gathering | ReferralState::Held => Stands::Waits,
        state if !state.takes_claims() => Stands::Over,
        _ if member.status != MemberStatus::Active => Stands::Paused,
        _ if places::free_place(claims).is_some() => Stands::MayClaim,
        _ => Stands::MayStandBy,
    }
}

impl Desk<'_> {
    async fn tapped(&mut self, offer: OfferId, tap: Tap) -> Result<Option<Tapped>> {
        let Some((referral, member)) = put(self.tx, offer).await? else { return Ok(None) };
        self.taps(&referral, &member, tap).await
    }

    /// Does what a member does about a referral on a page of hers; `None` where it is none of this
    /// chapter's.
    pub(crate) async fn taps(
        &mut self,
        referral: &Referral,
        member: &Member,
        tap: Tap,
    ) -> Result<Option<Tapped>> {
        let Some(code) = referral.code.filter(|_| referral.chapter_id == self.chapter.id) else {
            return Ok(None);
        };
        if self.wants_no_texts(member).await? {
            return Ok(Some(Tapped::NoTexts));
        }
        let act = if tap == Tap::GiveBack { "gives_back" } else { "claims" };
        let detail = json!({"member": member.id, "does": act});
        self.record(referral, Actor::member(member.id), "member_tapped", detail).await?;
        match tap {
            Tap::Claim { line } => self.tapped_claim(referral, member, code, line.trim()).await,
            Tap::GiveBack => {
                let actor = Actor::member(member.id);
                let released = self.release(referral.id, member, ClaimKind::Dropped, actor).await?;
                let text = released.map(|named| {
                    if named {
                        ToMember::DroppedAfterNames { code }
                    } else {
                        ToMember::Dropped { code }
                    }
                });
                self.answer_tap(referral, member, text).await?;
                Ok(Some(Tapped::Done))
            }
        }
    }

    async fn tapped_claim(
        &mut self,
        referral: &Referral,
        member: &Member,
        code: Code,
        line: &str,
    ) -> Result<Option<Tapped>> {
        let claims = self.tx.claims(referral.id).await?;
        let own = claims.iter().find(|claim| claim.member_id == member.id);
        let has_part = own.is_some_and(|own| own.kind.holds_place());
        if member.status != MemberStatus::Active && !has_part {
            return Ok(Some(Tapped::Done));
        }
        // What the family has read already is not written over.
        let line = if own.is_some_and(|own| own.named_at.is_some()) { "" } else { line };
        let caveat = self.caveat_in(code, line);
        let caveat = caveat.as_deref();
        let actor = Actor::member(member.id);
        let wanted = Wanted::firmly(caveat);
        let claimed = self.claim(referral.id, member, wanted, actor).await?;
        if member.awaiting == Some(confirms(code)) {
            self.tx.set_member_awaiting(member.id, None).await?;
        }
        let text = match claimed {
            Claimed::Firm(place) | Claimed::Held(place) => {
                Some(ToMember::Claimed { code, place, caveat })
            }
            Claimed::Already(place) if caveat.is_some() => {
                Some(ToMember::Claimed { code, place, caveat })
            }
            Claimed::Collected(by) => Some(ToMember::Collected { code, by }),
            Claimed::Standby => Some(ToMember::Filled { code }),
            Claimed::Already(_) | Claimed::AlreadyStandby | Claimed::TurnKept | Claimed::Filled => {
                None
            }
        };
        self.answer_tap(referral, member, text).await?;
        Ok(Some(match caveat {
            _ if line.is_empty() => Tapped::Done,
            None => Tapped::LineNot,
            Some(caveat) if same_words(caveat, line) => Tapped::Done,
            Some(_) => Tapped::LinePartly,
        }))
    }

    /// Her times and terms in a line that stands beside a claim: read as if she had texted both.
    fn caveat_in(&self, code: Code, line: &str) -> Option<String> {
        if line.is_empty() {
            return None;
        }
        let open = OpenOffer {
            code: code.to_string(),
            state: "collecting".to_owned(),
            slots: u32::try_from(PLACES).unwrap_or(3),
            ..OpenOffer::default()
        };
        let context = MemberContext {
            received_at: self.local(self.now),
            member_status: "active".to_owned(),
            open_referrals: vec![open],
            ..MemberContext::default()
        };
        self.read_member(&format!("{code} {line}"), &context).extract.caveat
    }

    async fn wants_no_texts(&mut self, member: &Member) -> Result<bool> {
        let Some(line) = self.members_line().await? else { return Ok(false) };
        let Some(phone) = self.tx.phone(member.phone_id).await? else { return Ok(true) };
        Ok(self.tx.is_suppressed(&phone, line).await?)
    }

    async fn answer_tap(
        &mut self,
        referral: &Referral,
        member: &Member,
        text: Option<ToMember<'_>>,
    ) -> Result<()> {
        let Some(text) = text else { return Ok(()) };
        let what = format!("tapped:{}", self.message_id());
        self.tell_member(member, MessageKind::ClaimReply, what, Belongs::to(referral), &text).await
    }
}

/// Whether two lines say the same but for spaces and the signs around them.
fn same_words(a: &str, b: &str) -> bool {
    let words = |line: &str| {
        let words = line.split(|c: char| c.is_whitespace() || ",;.:-!?".contains(c));
        words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect::<Vec<_>>()
    };
    words(a) == words(b)
}
