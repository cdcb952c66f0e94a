//! What years of work leave behind: closed referrals with their threads, copies, places, messages and events,
//! and a few that run.

use anyhow::Result;
use jiff::SignedDuration;
use model::{
    ActorKind, Chance, ChapterId, ClaimId, ClaimKind, EventId, InboundId, InquiryId, InquiryState,
    LineId, MemberId, MessageKind, MessageText, OfferId, OfferState, OutboxId, OutboxState, PageId,
    Phone, ReferralId, ReferralState, Standing, Timestamp, day_hours, minutes,
    referral::{Facts, Place},
};
use storage::{
    By, NewClaim, NewEvent, NewInbound, NewInquiry, NewMessage, NewOffer, NewPage, NewReferral,
    Settled, Store, WriteTx,
};

use super::Looked;
use crate::program::family;

/// So many are written in one unit of work.
const AT_ONCE: usize = 250;
/// The last so many still run.
const RUNNING: usize = 40;
/// So many copies of each were sent.
const COPIES: usize = 6;
/// So long after the first text a family has its names.
const NAMED: SignedDuration = SignedDuration::from_mins(30);
const NEED: &str = "Hi, my baby is 5 days old and latching hurts. Park Slope 11215";

#[derive(Clone)]
struct Chapter {
    id: ChapterId,
    line: LineId,
    members: Vec<(MemberId, model::PhoneId)>,
    /// When the first referral was.
    began: Timestamp,
    chance: Chance,
}

pub(super) async fn fill(store: &Store, referrals: usize) -> Result<Looked> {
    let read = store.read::<_, storage::Error, _>(|tx| {
        Box::pin(async move {
            let id = tx.chapters().await?.remove(0).id;
            let line = tx.lines_of(id).await?.remove(0).id;
            let members = tx.roster(id).await?;
            Ok((id, line, members.iter().map(|member| (member.id, member.phone_id)).collect()))
        })
    });
    let (id, line, members): (_, _, Vec<_>) = read.await?;
    let began = super::now().after(-day_hours(24 * 730));
    let chapter = Chapter { id, line, members, began, chance: Chance::seeded(2) };
    let mut looked = None;
    for first in (0..referrals).step_by(AT_ONCE) {
        let chapter = chapter.clone();
        let last = (first + AT_ONCE).min(referrals);
        let written = store.write::<_, storage::Error, _>(move |tx| {
            Box::pin(async move {
                let mut made = None;
                for number in first..last {
                    made = Some(chapter.add(tx, number, number + RUNNING >= referrals).await?);
                }
                Ok(made)
            })
        });
        looked = written.await?.or(looked);
    }
    let (inquiry, referral) = looked.ok_or_else(|| anyhow::anyhow!("nothing was written"))?;
    Ok(Looked { member: chapter.members[0].0, referral, inquiry })
}

impl Chapter {
    /// Adds one referral with all that belongs to it.
    async fn add(
        &self,
        tx: &mut WriteTx,
        number: usize,
        runs: bool,
    ) -> storage::Result<(InquiryId, ReferralId)> {
        // Two years, ten minutes and a half between two.
        let now = self.began.after(minutes(i64::try_from(number).unwrap_or(0) * 21 / 2));
        let Ok(from) = Phone::from_carrier(&family(number)) else { unreachable!("a number") };
        let phone = tx.phone_for(self.id, &from, now, &self.chance).await?.id;
        let new = NewInquiry {
            id: InquiryId::generate(now, &self.chance),
            chapter_id: self.id,
            line_id: self.line,
            phone_id: phone,
            language: "en".to_owned(),
            now,
        };
        let (mut inquiry, _) = tx.open_inquiry(&new).await?;
        tx.add_inbound(&NewInbound {
            id: InboundId::generate(now, &self.chance),
            chapter_id: self.id,
            line_id: self.line,
            phone_id: phone,
            carrier_message_id: format!("SMpast{number}"),
            standing: Standing::Family,
            body: MessageText::new(NEED),
            media: 0,
            inquiry_id: Some(inquiry.id),
            received_at: now,
        })
        .await?;
        let id = ReferralId::generate(now, &self.chance);
        let state = if runs { ReferralState::Open } else { ReferralState::Closed };
        let mut referral = tx
            .add_referral(&NewReferral {
                id,
                chapter_id: self.id,
                inquiry_id: inquiry.id,
                line_id: self.line,
                phone_id: phone,
                state,
                now,
            })
            .await?;
        self.ask(tx, number, &referral, now).await?;
        referral.facts = facts();
        referral.asked = i64::try_from(COPIES).unwrap_or(0);
        referral.promised_at = Some(now.after(minutes(120)));
        inquiry.state = if runs { InquiryState::Referred } else { InquiryState::Closed };
        if !runs {
            referral.code = "K7Q".parse().ok();
            referral.closed_at = Some(now.after(day_hours(30)));
            referral.names_at = Some(now.after(NAMED));
            for claim in tx.claims(id).await? {
                tx.save_claim(&storage::Claim { named_at: referral.names_at, ..claim }).await?;
            }
        } else {
            self.call(tx, &referral, now).await?;
            inquiry.closed_at = referral.closed_at;
        }
        tx.save_referral(&mut referral).await?;
        tx.save_inquiry(&inquiry).await?;
        Ok((inquiry.id, id))
    }

    /// The copies, the places, what was sent and what happened.
    async fn ask(
        &self,
        tx: &mut WriteTx,
        number: usize,
        referral: &storage::Referral,
        now: Timestamp,
    ) -> storage::Result<()> {
        for copy in 0..COPIES {
            let (member, phone) = self.members[(number * COPIES + copy) % self.members.len()];
            let id = OutboxId::generate(now, &self.chance);
            tx.enqueue(&NewMessage {
                id,
                chapter_id: self.id,
                by: By::Line { line: self.line, phone },
                kind: MessageKind::Offer,
                dedupe: format!("past:{number}:{copy}"),
                inquiry_id: Some(referral.inquiry_id),
                referral_id: Some(referral.id),
                offer_id: None,
                body: MessageText::new(
                    "K7Q: Park Slope 11215, 5 days, latch. Reply K7Q to take a place.",
                ),
                now,
                due_at: now,
                expires_at: now.after(day_hours(4)),
            })
            .await?;
            let failed = number.is_multiple_of(500) && copy == 0;
            let end = if failed { OutboxState::Failed } else { OutboxState::Delivered };
            tx.settle_message(id, &Settled::to(end), now).await?;
            tx.add_offer(&NewOffer {
                id: OfferId::generate(now, &self.chance),
                chapter_id: self.id,
                referral_id: referral.id,
                member_id: member,
                round: 1,
                position: i64::try_from(copy).unwrap_or(0),
                state: OfferState::Sent,
                due_at: now,
                outbox_id: Some(id),
            })
            .await?;
            if copy < 3 {
                let place = i64::try_from(copy + 1).unwrap_or(1);
                tx.put_claim(&NewClaim {
                    id: ClaimId::generate(now, &self.chance),
                    chapter_id: self.id,
                    referral_id: referral.id,
                    member_id: member,
                    kind: ClaimKind::Firm,
                    place: Some(place),
                    turn: place,
                    caveat: None,
                    held_until: None,
                    now,
                })
                .await?;
            }
        }
        for kind in
            ["inquiry_begun", "read", "asked_members", "claimed", "handed_off", "followed_up"]
        {
            tx.add_event(&NewEvent {
                id: EventId::generate(now, &self.chance),
                chapter_id: self.id,
                inquiry_id: Some(referral.inquiry_id),
                referral_id: Some(referral.id),
                at: now,
                actor: ActorKind::Service,
                actor_id: None,
                kind: kind.to_owned(),
                detail: self.detail(kind, referral),
            })
            .await?;
        }
        Ok(())
    }
}

impl Chapter {
    /// Somebody is called about it.
    async fn call(
        &self,
        tx: &mut WriteTx,
        referral: &storage::Referral,
        now: Timestamp,
    ) -> storage::Result<()> {
        tx.add_page(&NewPage {
            id: PageId::generate(now, &self.chance),
            chapter_id: self.id,
            reason: "unfilled".to_owned(),
            inquiry_id: Some(referral.inquiry_id),
            referral_id: Some(referral.id),
            line_id: None,
            member_id: None,
            now,
        })
        .await?;
        Ok(())
    }

    /// Of what runs it stands who was not asked, and why: the whole roster but a few.
    fn detail(&self, kind: &str, referral: &storage::Referral) -> serde_json::Value {
        if kind != "asked_members" || referral.state != ReferralState::Open {
            return serde_json::json!({});
        }
        let ids = |members: &[(MemberId, model::PhoneId)]| {
            members.iter().map(|(id, _)| id.to_string()).collect::<Vec<_>>()
        };
        let (asked, others) = self.members.split_at(COPIES.min(self.members.len()));
        let left: Vec<_> = ids(others)
            .into_iter()
            .map(|id| serde_json::json!({"member": id, "why": "area"}))
            .collect();
        serde_json::json!({"asked": ids(asked), "not_asked": left})
    }
}

fn facts() -> Facts {
    Facts {
        place: Place {
            zip: Some("11215".to_owned()),
            neighborhood: Some("Park Slope".to_owned()),
            borough: Some("Brooklyn".to_owned()),
        },
        baby: "5 days".to_owned(),
        concerns: vec!["latch_difficulty".to_owned()],
        ..Facts::default()
    }
}
