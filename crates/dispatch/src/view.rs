//! What people see of the work: a referral with its places, its thread and its trace, in plain words.
//!
//! Views are read in one go and hold copies. The thread holds the family's words: it is for the
//! chapter's own people.

mod asked;
mod attention;
mod audit;
mod closing;
mod conversations;
mod day;
mod inquiry;
mod member;
mod now;
mod outbox;
pub mod plainly;
mod samples;
mod thread;
mod words;

use futures_util::future::BoxFuture;
use std::collections::{HashMap, HashSet};

use model::{
    ChapterId, ClaimKind, Code, InquiryId, MemberId, MessageText, Outcome, PersonName, Phone,
    PhoneId, ReferralId, ReferralState, Timestamp,
    reading::{FamilyReading, Reason},
    referral::{Facts, PLACES},
    schemars::JsonSchema,
};
use serde::Serialize;
use storage::{ReadTx, Referral, ReferralFilter};

pub use asked::{Asked, LeftOut, why_not};
pub use attention::{Call, LineView};
pub use audit::AuditRow;
pub use conversations::{Conversation, Speaker, ThreadRow};
pub use day::Day;
pub use inquiry::InquiryView;
pub use member::WithMember;
pub use now::{Now, Running};
pub use outbox::{Failure, Message, retry_until};
pub use samples::{Length, Sample, length};
pub(crate) use thread::thread_of;
pub use thread::{Sending, Step, ThreadText, Weight};
pub use words::GROUPS as CHANGES;

use crate::{Dispatch, Result, texts::Voice};

/// A referral in a list.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(crate = "model::schemars")]
pub struct Summary {
    /// Its id.
    pub id: ReferralId,
    /// Its code.
    pub code: Option<Code>,
    /// How people speak of it: its code, or a short id while it has none.
    #[serde(skip)]
    pub called: String,
    /// How far it has come.
    pub state: ReferralState,
    /// Why it is held.
    pub hold_reason: Option<String>,
    /// The same in few plain words.
    #[serde(skip)]
    pub hold_words: Option<String>,
    /// What it is about, in few words.
    pub about: String,
    /// Whether names are promised sooner.
    pub urgent: bool,
    /// How many members were asked.
    pub asked: i64,
    /// When asking begins.
    pub asking_from: Option<Timestamp>,
    /// By when the family was promised names.
    pub promised_at: Option<Timestamp>,
    /// When the family was first given names.
    pub names_at: Option<Timestamp>,
    /// How many places are firm.
    pub firm: i64,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// When it was over.
    pub closed_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Counts every change.
    pub version: i64,
}

/// One of the three places.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(crate = "model::schemars")]
pub struct PlaceView {
    /// 1, 2 or 3.
    pub place: i64,
    /// Who has it.
    pub member: Option<MemberId>,
    /// Firm, or held while she is asked.
    pub kind: Option<ClaimKind>,
    /// Her condition.
    #[serde(skip)]
    pub caveat: Option<String>,
    /// Her name, as the family was given it: whoever reads the trace must know whom it speaks of.
    #[serde(serialize_with = "revealed")]
    #[schemars(with = "Option<String>")]
    pub name: Option<PersonName>,
}

fn revealed<S: serde::Serializer>(
    name: &Option<PersonName>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    name.as_ref().map(PersonName::reveal).serialize(serializer)
}

/// A referral whole.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(crate = "model::schemars")]
pub struct View {
    /// What a list shows.
    #[serde(flatten)]
    pub summary: Summary,
    /// What members may see.
    pub facts: Facts,
    /// The same fact by fact, in plain words.
    #[serde(skip)]
    pub told: Vec<(&'static str, String)>,
    /// The three places.
    pub places: Vec<PlaceView>,
    /// Who stands by, in order.
    pub standby: Vec<MemberId>,
    /// Who was asked, in the order of sending.
    pub asked: Vec<Asked>,
    /// Who was not asked, and why.
    pub not_asked: Vec<LeftOut>,
    /// Everything that happened, in order.
    pub trace: Vec<Step>,
    /// What was sent, and how it fared.
    pub sent: Vec<Sending>,
    /// The thread with the family.
    #[serde(skip)]
    pub thread: Vec<ThreadText>,
    /// What was read.
    #[serde(skip)]
    pub reading: Option<FamilyReading>,
    /// Why it was read so.
    #[serde(skip)]
    pub reasons: Vec<Reason>,
    /// The family's number, for the chapter's own people.
    #[serde(skip)]
    pub phone: Option<Phone>,
    /// The inquiry that it puts to the members.
    #[serde(skip)]
    pub inquiry: InquiryId,
    /// The row of the family's number.
    #[serde(skip)]
    pub phone_id: PhoneId,
    /// Since when the chapter wants nothing from that number.
    #[serde(skip)]
    pub blocked_at: Option<Timestamp>,
    /// What a member is sent, word for word, once or if it is put to the members; but for the secret
    /// part of the link, which each has of her own.
    #[serde(skip)]
    pub offer: MessageText,
    /// What the members' group may be told, once there is a code.
    #[serde(skip)]
    pub post: Option<String>,
    /// What the family is told if it is closed now, while names are promised and none was sent.
    #[serde(skip)]
    pub goodbye: Option<MessageText>,
    /// The calls for attention about it that nobody has answered.
    #[serde(skip)]
    pub calls: Vec<Call>,
    /// The members of whom its page tells: all who have a part in it, and some of those who were asked.
    #[serde(skip)]
    pub members: HashMap<MemberId, PersonName>,
}

impl Dispatch {
    /// A chapter's referrals, newest first.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn referrals(
        &self,
        chapter: ChapterId,
        filter: ReferralFilter,
    ) -> BoxFuture<'_, Result<Vec<Summary>>> {
        Box::pin(async move {
            let dispatch = self.clone();
            self.store()
                .read(move |tx| {
                    Box::pin(async move {
                        let Some(row) = tx.chapter(chapter).await? else { return Ok(Vec::new()) };
                        let referrals = tx.referrals(chapter, &filter).await?;
                        let claims = claims_of(tx, &referrals).await?;
                        let summary = |referral: &Referral| {
                            let firm = crate::places::firm(of(&claims, referral.id));
                            dispatch.summary(&row, referral, firm)
                        };
                        Ok(referrals.iter().map(summary).collect())
                    })
                })
                .await
        })
    }

    /// A referral whole; `None` where the chapter has no such referral.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn referral(
        &self,
        chapter: ChapterId,
        id: ReferralId,
    ) -> BoxFuture<'_, Result<Option<View>>> {
        Box::pin(async move {
            let dispatch = self.clone();
            self.store()
                .read(move |tx| {
                    Box::pin(async move {
                        let Some(row) = tx.chapter(chapter).await? else { return Ok(None) };
                        let Some(referral) = tx
                            .referral(id)
                            .await?
                            .filter(|referral| referral.chapter_id == chapter)
                        else {
                            return Ok(None);
                        };
                        Ok(Some(dispatch.view(tx, &row, referral).await?))
                    })
                })
                .await
        })
    }

    /// The chapter speaking to its own people.
    pub(crate) fn plain_voice<'a>(&self, chapter: &'a storage::Chapter) -> Voice<'a> {
        Voice {
            name: &chapter.name,
            lang: "en",
            contact: "",
            zone: &chapter.timezone,
            now: self.now(),
        }
    }

    /// The chapter speaking as it does in texts.
    fn chapter_voice<'a>(
        &self,
        chapter: &'a storage::Chapter,
        settings: &'a model::settings::Settings,
    ) -> Voice<'a> {
        let name =
            if settings.short_name.is_empty() { &chapter.name } else { &settings.short_name };
        Voice { name, contact: &settings.contact, ..self.plain_voice(chapter) }
    }

    fn summary(&self, chapter: &storage::Chapter, referral: &Referral, firm: i64) -> Summary {
        let voice = self.plain_voice(chapter);
        Summary {
            id: referral.id,
            code: referral.code,
            called: referral.code.map_or_else(
                || crate::paging::short(referral.inquiry_id.as_uuid()),
                |code| code.to_string(),
            ),
            state: referral.state,
            hold_reason: referral.hold_reason.clone(),
            hold_words: referral.hold_reason.as_deref().map(|why| self.reason_words(&voice, why)),
            about: self.texts().about(&voice, &referral.facts, false),
            urgent: referral.urgent,
            asked: referral.asked,
            asking_from: referral.asking_from,
            promised_at: referral.promised_at,
            names_at: referral.names_at,
            firm,
            outcome: referral.outcome,
            closed_at: referral.closed_at,
            created_at: referral.created_at,
            version: referral.version,
        }
    }

    async fn view(
        &self,
        tx: &mut ReadTx,
        chapter: &storage::Chapter,
        referral: Referral,
    ) -> Result<View> {
        let claims = tx.claims(referral.id).await?;
        let inquiry = tx.inquiry(referral.inquiry_id).await?;
        let events = tx.trace(referral.id, referral.inquiry_id).await?;
        let messages = tx.messages_of_referral(referral.id).await?;
        let offers = tx.offers(referral.id).await?;
        let asked = asked::asked(&offers, &messages, self.now());
        let spoken_of = events.iter().flat_map(audit::spoken_of);
        let of_claims = claims.iter().map(|claim| claim.member_id);
        let told_of: HashSet<MemberId> =
            spoken_of.chain(of_claims).chain(asked::told_of(&asked)).collect();
        let members = tx.members_of(&told_of.into_iter().collect::<Vec<_>>()).await?;
        let whose = thread::whose(&members, &offers);
        let names: HashMap<MemberId, PersonName> =
            members.into_iter().map(|member| (member.id, member.name)).collect();
        let Referral { line_id, phone_id, inquiry_id, .. } = referral;
        let thread = thread::thread(tx, line_id, phone_id, inquiry_id, self.now()).await?;
        let places = place_views(&claims, &names);
        let standby = claims
            .iter()
            .filter(|claim| claim.kind == ClaimKind::Standby)
            .map(|claim| claim.member_id)
            .collect();
        let phone = tx.phone(referral.phone_id).await?;
        let mut calls = self.calls(tx, chapter).await?;
        calls.retain(|call| call.referral == Some(referral.id));
        let lang = inquiry.as_ref().map_or("en", |inquiry| inquiry.language.as_str());
        let goodbye = self.goodbye(chapter, &referral, lang)?;
        let reading = inquiry.and_then(|inquiry| inquiry.reading);
        let not_asked = asked::left_out(&events, &offers);
        let [offer, group_offer] = self.offer_texts(chapter, &referral)?;
        let lines = tx.lines_of(chapter.id).await?;
        let post = attention::group_post(&referral, &group_offer, &lines);
        Ok(View {
            summary: self.summary(chapter, &referral, crate::places::firm(&claims)),
            told: self.texts().told(&self.plain_voice(chapter), &referral.facts),
            facts: referral.facts,
            places,
            standby,
            trace: thread::steps(events, &names, chapter),
            sent: thread::sendings(&messages, &whose),
            asked,
            not_asked,
            thread,
            reasons: reading.as_ref().map(|reading| reading.reasons.clone()).unwrap_or_default(),
            reading,
            inquiry: referral.inquiry_id,
            phone_id: referral.phone_id,
            blocked_at: phone.as_ref().and_then(|phone| phone.blocked_at),
            phone: phone.and_then(|phone| phone.number),
            offer,
            post,
            goodbye,
            calls,
            members: names,
        })
    }
}

/// The claims of referrals, each one's by turn.
type Claims = HashMap<ReferralId, Vec<storage::Claim>>;

async fn claims_of(tx: &mut ReadTx, referrals: &[Referral]) -> Result<Claims> {
    let ids: Vec<_> = referrals.iter().map(|referral| referral.id).collect();
    let mut claims = Claims::new();
    for claim in tx.claims_of(&ids).await? {
        claims.entry(claim.referral_id).or_default().push(claim);
    }
    Ok(claims)
}

fn of(claims: &Claims, referral: ReferralId) -> &[storage::Claim] {
    claims.get(&referral).map(Vec::as_slice).unwrap_or_default()
}

/// The names of members, those who were removed among them.
async fn names_of(
    tx: &mut ReadTx,
    ids: impl IntoIterator<Item = MemberId>,
) -> Result<HashMap<MemberId, PersonName>> {
    let ids: HashSet<MemberId> = ids.into_iter().collect();
    let members = tx.members_of(&ids.into_iter().collect::<Vec<_>>()).await?;
    Ok(members.into_iter().map(|member| (member.id, member.name)).collect())
}

/// The three places, taken or free.
fn place_views(claims: &[storage::Claim], names: &HashMap<MemberId, PersonName>) -> Vec<PlaceView> {
    (1..=PLACES)
        .map(|place| {
            let claim =
                claims.iter().find(|claim| claim.place == Some(place) && claim.kind.holds_place());
            PlaceView {
                place,
                member: claim.map(|claim| claim.member_id),
                kind: claim.map(|claim| claim.kind),
                caveat: claim.and_then(|claim| claim.caveat.clone()),
                name: claim.and_then(|claim| names.get(&claim.member_id).cloned()),
            }
        })
        .collect()
}
