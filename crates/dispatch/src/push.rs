//! Notifications on members' phones, beside their texts or instead of them where they chose so.
//!
//! A notification is a row of the outbox like a text, with a lease, tries and a useful life of its own,
//! and it says nothing of a family: a code, and the link to the offer's page. It is sealed for the one
//! browser that asked for it. Where it alone was to tell of an offer and cannot, a text does.

use std::sync::Arc;

use carriers::{
    Refusal, Sent,
    push::{Push, Pusher, Subscription},
};
use futures_util::future::{BoxFuture, join_all};
use model::{Code, ErrorClass, MessageKind, MessageText, OfferBy, OutboxId, PushId, Timestamp};
use serde_json::json;
use storage::{By, Leased, NewMessage, NewSubscription, Offer, Outgoing, Referral};

use crate::{
    Dispatch, OwnPage, Result,
    broadcast::Recipient,
    desk::{About, Actor, Desk},
    sender,
};

/// So many are handed over at once.
const AT_ONCE: i64 = 32;

impl Dispatch {
    /// Gives the work a way to push; it keeps the first that it is given.
    pub fn pushes_by(&self, pusher: Arc<dyn Pusher>) {
        let _ = self.0.pusher.set(pusher);
    }

    /// The public key with which browsers subscribe; `None` where this service pushes nothing.
    #[must_use]
    pub fn push_key(&self) -> Option<&str> {
        self.pusher().map(|pusher| pusher.public_key())
    }

    fn pusher(&self) -> Option<&Arc<dyn Pusher>> {
        // Without links there is nothing to open.
        self.0.pusher.get().filter(|_| self.0.links)
    }

    /// How many of a member's browsers want notifications.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn own_browsers(&self, page: OwnPage) -> BoxFuture<'_, Result<usize>> {
        Box::pin(async move {
            self.store()
                .read(move |tx| {
                    Box::pin(async move { Ok(tx.subscriptions(page.member).await?.len()) })
                })
                .await
        })
    }

    /// A member's browser wants notifications; `false` where it is at no push service that we speak to.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn own_push_on(&self, page: OwnPage, to: Subscription) -> BoxFuture<'_, Result<bool>> {
        Box::pin(async move {
            if !self.pusher().is_some_and(|pusher| pusher.takes(&to)) {
                return Ok(false);
            }
            self.at_desk(page.chapter, move |desk| {
                Box::pin(async move {
                    let content = json!(to);
                    let new = NewSubscription {
                        id: PushId::generate(desk.now, &desk.shared.chance),
                        chapter_id: page.chapter,
                        member_id: page.member,
                        endpoint: to.endpoint,
                        content,
                        now: desk.now,
                    };
                    desk.tx.add_subscription(&new).await?;
                    let detail = json!({"member": page.member});
                    let actor = Actor::member(page.member);
                    desk.record(About(None, None), actor, "push_on", detail).await?;
                    Ok(true)
                })
            })
            .await
        })
    }

    /// None of a member's browsers wants notifications any more.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn own_push_off(&self, page: OwnPage) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            self.at_desk(page.chapter, move |desk| {
                Box::pin(async move {
                    desk.tx.forget_subscriptions(page.member, None).await?;
                    let detail = json!({"member": page.member});
                    let actor = Actor::member(page.member);
                    desk.record(About(None, None), actor, "push_off", detail).await
                })
            })
            .await
        })
    }

    /// Sends the notifications that are due; gives how many moved.
    pub(crate) async fn send_pushes(&self) -> Result<usize> {
        let Some(pusher) = self.pusher().cloned() else { return Ok(0) };
        let (now, lease) = (self.now(), self.0.sending.lease);
        let leased = self
            .0
            .store
            .write::<_, storage::Error, _>(move |tx| {
                Box::pin(async move {
                    tx.return_lapsed(now).await?;
                    tx.lease_pushes(now, lease, AT_ONCE).await
                })
            })
            .await?;
        let handed = join_all(leased.into_iter().map(async |leased| {
            let sent = match pushed(&leased, now) {
                Ok(push) => pusher.send(&push).await,
                Err(sent) => sent,
            };
            metrics::counter!("latchline_sends_total", "carrier" => "push", "outcome" => sent.word()).increment(1);
            sender::Handed { line: None, leased, sent }
        }))
        .await;
        let moved = handed.len();
        self.record_outcomes(handed).await?;
        Ok(moved)
    }
}

/// A leased row as it is handed over, or why it is not.
fn pushed(leased: &Leased, now: Timestamp) -> Result<Push, Sent> {
    if let Some(place) = leased.unreadable {
        return Err(sender::unreadable(place));
    }
    if leased.suppressed {
        return Err(sender::refused(ErrorClass::Suppressed));
    }
    if leased.expires_at <= now {
        return Err(sender::refused(ErrorClass::Expired));
    }
    let to = leased.push.clone().and_then(|content| serde_json::from_value(content).ok());
    let (Some(to), Some(body)) = (to, &leased.body) else {
        return Err(sender::refused(ErrorClass::BadNumber));
    };
    Ok(Push {
        id: leased.id,
        to,
        body: body.reveal().as_bytes().to_vec(),
        life: leased.expires_at.since(now),
        topic: leased.id.as_uuid().simple().to_string(),
    })
}

/// What a notification of an offer says: all of it is for our own page to show and open.
fn told(chapter: &str, code: Code, address: &str) -> MessageText {
    let body = format!("{code}: a family asks. Tap to see what it needs.");
    let told = json!({"title": chapter, "body": body, "tag": code, "open": address});
    MessageText::new(told.to_string())
}

/// The notifications that tell of an offer.
pub(crate) struct Pushes {
    /// The first of them.
    pub(crate) lead: Option<OutboxId>,
    /// What they say.
    pub(crate) told: MessageText,
}

impl Desk<'_> {
    /// Writes an offer's notifications, one for each of her browsers; `None` where she wants none, or
    /// none can go.
    pub(crate) async fn push_offer(
        &mut self,
        referral: &Referral,
        offer: &Offer,
        to: Recipient,
        address: Option<&str>,
        until: Option<Timestamp>,
    ) -> Result<Option<Pushes>> {
        if to.by == OfferBy::Text || self.shared.pusher.get().is_none() {
            return Ok(None);
        }
        let Some(address) = address else { return Ok(None) };
        let browsers = self.tx.subscriptions(to.member).await?;
        if browsers.is_empty() {
            return Ok(None);
        }
        let told = told(self.name(), self.code_of(referral), address);
        let mut lead = None;
        for browser in browsers {
            let id = self.message_id();
            let message = NewMessage {
                id,
                chapter_id: self.chapter.id,
                by: By::Push { to: browser, member: to.member },
                kind: MessageKind::Offer,
                dedupe: format!("push:{}:{}:{}:{browser}", offer.id, offer.round, offer.position),
                inquiry_id: Some(referral.inquiry_id),
                referral_id: Some(referral.id),
                offer_id: Some(offer.id),
                body: told.clone(),
                now: self.now,
                due_at: self.now,
                expires_at: until.unwrap_or_else(|| self.now.after(model::day_hours(2))),
            };
            if self.tx.enqueue(&message).await? {
                lead = lead.or(Some(id));
            }
        }
        Ok(Some(Pushes { lead, told }))
    }

    /// What follows when a notification will not arrive: a browser that is gone is forgotten, and where
    /// no text told of the offer, one does.
    pub(crate) async fn push_fails(&mut self, message: &Outgoing, refusal: &Refusal) -> Result<()> {
        let about = About(message.inquiry_id, message.referral_id);
        let detail = json!({
            "message": message.id, "for": message.kind, "code": refusal.code, "class": refusal.class,
            "channel": message.channel,
        });
        self.record(about, Actor::CARRIER, "undelivered", detail).await?;
        if refusal.class == ErrorClass::BadNumber
            && let (Some(member), Some(push)) = self.tx.browser_of(message.id).await?
        {
            self.tx.forget_subscriptions(member, Some(push)).await?;
        }
        if refusal.class == ErrorClass::Suppressed || !self.is_of_use(message).await? {
            return Ok(());
        }
        let (Some(offer), Some(referral)) = (message.offer_id, message.referral_id) else {
            return Ok(());
        };
        let (offer, referral) = (self.tx.offer(offer).await?, self.tx.referral(referral).await?);
        let (Some(offer), Some(referral)) = (offer, referral) else { return Ok(()) };
        match self.tx.member(offer.member_id).await? {
            Some(member) => self.text_offer(&referral, offer, (&member).into()).await,
            None => Ok(()),
        }
    }
}
