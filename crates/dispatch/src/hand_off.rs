//! The names: to the family as soon as three are firm, or at the promised time with those there are;
//! then topped up once, and replaced where somebody drops out.

use model::{
    ClaimKind, ConsentId, LinkPurpose, MessageKind, MessageText, Phone, ReferralId, ReferralState,
    TaskKind, Timestamp, day_hours,
};
use serde_json::json;
use storage::{Claim, Inquiry, Member, ReadTx, Referral};

use crate::{
    Result,
    desk::{Actor, Desk},
    links::Drawn,
    names_page::LINK_HOURS,
    outgoing::Said,
    paging::Reason,
    places,
    policy::Terms,
    texts::{Card, ToFamily},
    waiting::{Step, waited},
};

/// A member as a family gets her, with her number opened.
pub(crate) struct Named {
    pub(crate) member: Member,
    claim: Claim,
    phone: Phone,
    area: String,
}

impl Named {
    /// Who made a claim; `None` where she or her number is no more.
    pub(crate) async fn of(tx: &mut ReadTx, claim: &Claim) -> Result<Option<Self>> {
        let Some(member) = tx.member(claim.member_id).await? else { return Ok(None) };
        let phone = tx.phone(member.phone_id).await?.and_then(|phone| phone.number);
        let area = member.profile.areas.iter().take(2).cloned().collect::<Vec<_>>().join(", ");
        Ok(phone.map(|phone| Self { member, claim: claim.clone(), phone, area }))
    }

    pub(crate) fn card(&self) -> Card<'_> {
        Card {
            name: &self.member.name,
            credentials: &self.member.profile.credentials,
            area: &self.area,
            visits: &self.member.profile.visit_types,
            payers: &self.member.profile.payers,
            phone: &self.phone,
            booking: self.member.private.booking_url.as_deref(),
            caveat: self.claim.caveat.as_deref(),
        }
    }
}

/// What tells one text of names from another: the claims it rests on. Each has a turn of its own, so
/// that what is said of it is said once, and not kept back for another's.
fn turns_of(named: &[Named]) -> String {
    named.iter().map(|one| one.claim.turn.to_string()).collect::<Vec<_>>().join("-")
}

impl Desk<'_> {
    /// Gives the family the names if it is time: three are firm; or names were given at the promised
    /// time already, and the missing ones are there now or no further time is promised for them. Whoever
    /// was told that she has a place is named.
    pub(crate) async fn hand_off_if_due(
        &mut self,
        inquiry: &mut Inquiry,
        referral: &mut Referral,
    ) -> Result<()> {
        let claims = self.standing_claims(referral.id).await?;
        let full = places::firm(&claims) >= model::referral::PLACES;
        let promised = referral.promised_at.is_some_and(|at| at > self.now);
        match referral.state {
            // Those who stood by may fill all places again before anybody is asked: at night.
            ReferralState::Queued | ReferralState::Open | ReferralState::Filled if full => {
                self.hand_off(inquiry, referral).await
            }
            ReferralState::HandedOff if full || !promised => self.top_up(inquiry, referral).await,
            _ => Ok(()),
        }
    }

    /// Gives the family the names of all firm places it does not have yet.
    pub(crate) async fn hand_off(
        &mut self,
        inquiry: &mut Inquiry,
        referral: &mut Referral,
    ) -> Result<()> {
        let claims = self.standing_claims(referral.id).await?;
        let new = self.unnamed(&claims).await?;
        let more_coming = places::firm(&claims) < model::referral::PLACES;
        if new.is_empty() {
            // A person took it back after the names, and released it: the family has them all.
            if claims.iter().any(|claim| claim.kind == ClaimKind::Firm && claim.named_at.is_some())
            {
                self.is_handed_off(referral, more_coming).await?;
            }
            return Ok(());
        }
        let cards = new.iter().map(Named::card).collect::<Vec<_>>();
        let link = self.names_link(referral);
        let text = ToFamily::Names {
            cards: &cards,
            code: self.code_of(referral),
            more_coming,
            first: referral.names_at.is_none(),
            page: link.as_ref().map(|link| link.address.as_str()),
        };
        let what = format!("names:{}:{}:{}", referral.id, referral.round, turns_of(&new));
        let told = self.tell_names(inquiry, referral, what, &text, &new).await?;
        if matches!(told, Said::Before) {
            return Ok(());
        }
        self.keep_names_link(inquiry, referral, link, told.words()).await?;
        let named = new.iter().map(|named| named.member.id).collect::<Vec<_>>();
        let detail = json!({"members": named, "more_coming": more_coming, "round": referral.round});
        self.record(&*referral, Actor::SERVICE, "handed_off", detail).await?;
        if referral.names_at.is_none() {
            waited(Step::HandOff, inquiry, self.now);
        }
        self.is_handed_off(referral, more_coming).await
    }

    /// The family has the names there are: what is left to do is to top up, and to ask how it went.
    async fn is_handed_off(&mut self, referral: &mut Referral, more_coming: bool) -> Result<()> {
        referral.state = ReferralState::HandedOff;
        referral.names_at.get_or_insert(self.now);
        referral.top_ups = i64::from(!more_coming);
        if !more_coming {
            self.tx.unplan(TaskKind::Promise, referral.id.as_uuid()).await?;
        }
        self.tx.unplan(TaskKind::DeadEnd, referral.id.as_uuid()).await?;
        self.plan_follow_up(referral).await
    }

    /// Tells the family names, and marks these and no others as given: a claim that is in no text waits
    /// for one. Where this very text was written before nothing is marked.
    async fn tell_names(
        &mut self,
        inquiry: &mut Inquiry,
        referral: &Referral,
        what: String,
        text: &ToFamily<'_>,
        named: &[Named],
    ) -> Result<Said> {
        if inquiry.is_taken() {
            self.names_wait(inquiry, referral, named).await?;
            return Ok(Said::Before);
        }
        let told =
            self.say_to_family(inquiry, Some(referral), MessageKind::HandOff, what, text).await?;
        if matches!(told, Said::Before) {
            return Ok(told);
        }
        for one in named {
            let claim = Claim { named_at: Some(self.now), ..one.claim.clone() };
            self.tx.save_claim(&claim).await?;
        }
        Ok(told)
    }

    /// Gives the family the names that were missing from the first text.
    pub(crate) async fn top_up(
        &mut self,
        inquiry: &mut Inquiry,
        referral: &mut Referral,
    ) -> Result<()> {
        let claims = self.standing_claims(referral.id).await?;
        let new = self.unnamed(&claims).await?;
        if new.is_empty() {
            return Ok(());
        }
        let cards = new.iter().map(Named::card).collect::<Vec<_>>();
        let link = self.names_link(referral);
        let page = link.as_ref().map(|link| link.address.as_str());
        let text = ToFamily::TopUp { cards: &cards, code: self.code_of(referral), page };
        let what = format!("top_up:{}:{}", referral.id, turns_of(&new));
        let told = self.tell_names(inquiry, referral, what, &text, &new).await?;
        if matches!(told, Said::Before) {
            return Ok(());
        }
        self.keep_names_link(inquiry, referral, link, told.words()).await?;
        referral.top_ups += 1;
        let named = new.iter().map(|named| named.member.id).collect::<Vec<_>>();
        self.record(&*referral, Actor::SERVICE, "topped_up", json!({"members": named})).await?;
        self.tx.unplan(TaskKind::Promise, referral.id.as_uuid()).await?;
        Ok(())
    }

    /// A link to the family's page of names. Each text has its own; all show the names as they stand.
    fn names_link(&self, referral: &Referral) -> Option<Drawn> {
        let over = self.now.after(day_hours(LINK_HOURS));
        self.draw_link(LinkPurpose::Names, referral.id.as_uuid(), over)
    }

    /// Keeps the link to the page of names that a text carries, and records that the family was told how
    /// its names were chosen, word for word as that page says it.
    async fn keep_names_link(
        &mut self,
        inquiry: &Inquiry,
        referral: &Referral,
        link: Option<Drawn>,
        told: Option<&MessageText>,
    ) -> Result<()> {
        let carried = link.as_ref().zip(told);
        let carried = carried.is_some_and(|(link, told)| told.reveal().contains(&link.address));
        self.keep_link(link, told).await?;
        let Some(phone) = self.tx.phone(inquiry.phone_id).await?.filter(|_| carried) else {
            return Ok(());
        };
        let (voice, terms) =
            (self.voice(&inquiry.language), Terms::under(referral.policy, &self.settings));
        let wording = self.texts().chosen(&voice, &terms).join(" ");
        let lang = voice.lang.to_owned();
        let id = ConsentId::generate(self.now, &self.shared.chance);
        self.tx.add_consent(id, &phone, "disclosure", &wording, &lang, "page", self.now).await?;
        Ok(())
    }

    /// Somebody whose name the family has, by her claim of this turn, cannot come: the family gets one
    /// text, with one who is there already; where nobody is, members are asked again and a person knows.
    /// Of the others who are there the family hears as it was told.
    pub(crate) async fn replace_named(
        &mut self,
        inquiry: &mut Inquiry,
        referral: &mut Referral,
        gone: &Member,
        turn: i64,
    ) -> Result<()> {
        let claims = self.tx.claims(referral.id).await?;
        let mut new = self.unnamed(&claims).await?;
        new.truncate(1);
        let (name, code) = (gone.name.clone(), self.code_of(referral));
        let text = ToFamily::Replacement { gone: &name, card: new.first().map(Named::card), code };
        let what = format!("replacement:{}:{turn}", referral.id);
        let told = self.tell_names(inquiry, referral, what, &text, &new).await?;
        if let Some(next) = new.first() {
            if !matches!(told, Said::Before) {
                let detail = json!({"gone": gone.id, "by": next.member.id});
                self.record(&*referral, Actor::SERVICE, "replaced", detail).await?;
            }
            return self.hand_off_if_due(inquiry, referral).await;
        }
        if referral.state.is_asking() {
            // She was one of those it had before it asked for more: the members are being asked.
            return Ok(());
        }
        self.record(&*referral, Actor::SERVICE, "replacement_sought", json!({"gone": gone.id}))
            .await?;
        referral.top_ups = 0;
        self.promise_again(referral).await?;
        self.widen(referral, Actor::SERVICE).await?;
        self.page(Reason::Replacement, Some(inquiry.id), Some(referral.id), None).await
    }

    /// A new promised time from now, by the clock of asking.
    pub(crate) async fn promise_again(&mut self, referral: &mut Referral) -> Result<()> {
        let (_, at) = self.asking_times(referral.urgent);
        referral.promised_at = Some(at);
        self.plan(TaskKind::Promise, referral.id.as_uuid(), at).await
    }

    /// The claims of a referral without those of members who were barred a moment ago, and whom no
    /// family has been told of: their places go to others right away.
    pub(crate) async fn standing_claims(&mut self, referral: ReferralId) -> Result<Vec<Claim>> {
        let mut stand = Vec::new();
        for claim in self.tx.claims(referral).await? {
            let may_go = claim.named_at.is_none() && claim.kind.takes_part();
            let barred = may_go
                && self
                    .tx
                    .member(claim.member_id)
                    .await?
                    .is_some_and(|member| roster::bars(member.status));
            if !barred {
                stand.push(claim);
            }
        }
        Ok(stand)
    }

    /// The firm claims whose names the family does not have, by place.
    async fn unnamed(&mut self, claims: &[Claim]) -> Result<Vec<Named>> {
        let mut firm = claims.iter().filter(|claim| is_unnamed(claim)).collect::<Vec<_>>();
        firm.sort_by_key(|claim| claim.place);
        let mut named = Vec::new();
        for claim in firm {
            named.extend(Named::of(self.tx, claim).await?);
        }
        Ok(named)
    }

    /// The members whose names the family has, in the order of the cards.
    pub(crate) async fn named_members(&mut self, referral: ReferralId) -> Result<Vec<Member>> {
        let mut claims = self.tx.claims(referral).await?;
        claims.retain(|claim| claim.named_at.is_some() && claim.kind.keeps_name());
        claims.sort_by_key(|claim| (claim.named_at, claim.place));
        let mut members = Vec::new();
        for claim in claims {
            members.extend(self.tx.member(claim.member_id).await?);
        }
        Ok(members)
    }

    /// The follow-up comes once, a day after the names, at an hour at which one may write unasked.
    async fn plan_follow_up(&mut self, referral: &Referral) -> Result<()> {
        let at = self.now.after(day_hours(i64::from(self.settings.follow_up_hours)));
        self.plan(TaskKind::FollowUp, referral.id.as_uuid(), polite(at, &self.chapter.timezone))
            .await
    }
}

fn is_unnamed(claim: &Claim) -> bool {
    claim.kind == ClaimKind::Firm && claim.named_at.is_none()
}

/// The first instant from `at` that lies between nine in the morning and eight in the evening.
pub(crate) fn polite(at: Timestamp, zone: &model::TimeZone) -> Timestamp {
    let local = at.in_zone(zone);
    let day = match local.hour() {
        0..=8 => local.date(),
        9..=19 => return at,
        _ => local.date().tomorrow().unwrap_or(local.date()),
    };
    zone.instant(day.at(9, 0, 0, 0)).unwrap_or(at)
}
