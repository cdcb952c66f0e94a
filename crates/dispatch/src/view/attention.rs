//! What calls for a person: unanswered pages, and lines that carry nothing.

use futures_util::future::BoxFuture;
use model::{
    CarrierKind, InquiryId, LineId, LinePurpose, LineState, LinkPurpose, MemberId, PageId,
    PersonName, Phone, ReferralId, Timestamp,
};
use storage::{Line, ReadTx, Referral};

use super::names_of;
use crate::{
    Dispatch, Result,
    chapter::settings_of,
    lines::for_members,
    links::{masked, stand_in},
    paging::{short, subject_of},
    texts::{PageReason, ToMember, Voice},
};

/// A call for attention that nobody has answered.
#[derive(Debug, Clone)]
pub struct Call {
    /// Its id.
    pub id: PageId,
    /// Why, in few plain words.
    pub words: String,
    /// Somebody may be in danger.
    pub is_safety: bool,
    /// How the call names what it is about: a code, or a short id.
    pub thing: String,
    /// The referral it is about.
    pub referral: Option<ReferralId>,
    /// The inquiry it is about.
    pub inquiry: Option<InquiryId>,
    /// The line it is about.
    pub line: Option<LineId>,
    /// The member it is about, with her name.
    pub member: Option<(MemberId, PersonName)>,
    /// How many times somebody was called.
    pub turns: i64,
    /// Since when.
    pub raised_at: Timestamp,
}

/// A line as the chapter's people see it.
#[derive(Debug, Clone)]
pub struct LineView {
    /// Its id.
    pub id: LineId,
    /// Its number, which is public.
    pub number: Phone,
    /// Who carries its texts.
    pub carrier: CarrierKind,
    /// Whom it is for.
    pub purpose: LinePurpose,
    /// Whether it carries texts now.
    pub state: LineState,
    /// The carrier's code for why it is paused.
    pub paused_code: Option<String>,
    /// Since when it is paused.
    pub paused_at: Option<Timestamp>,
    /// How many texts it may send a second; `None` where it has no rate of its own.
    pub per_second: Option<f64>,
    /// Up to when the carrier's list of incoming texts has been compared with ours.
    pub listed_until: Timestamp,
    /// How many texts wait to go out from it, and since when the oldest was to go.
    pub waiting: Option<(i64, Timestamp)>,
}

impl From<Line> for LineView {
    fn from(line: Line) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "a gap is far below 2^52 microseconds")]
        let per_second = (line.gap_micros > 0).then(|| 1e6 / line.gap_micros as f64);
        Self {
            id: line.id,
            number: line.number,
            carrier: line.carrier,
            purpose: line.purpose,
            state: line.state,
            paused_code: line.paused_code,
            paused_at: line.paused_at,
            per_second,
            listed_until: line.listed_until,
            waiting: None,
        }
    }
}

impl Dispatch {
    /// A chapter's lines, oldest first.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn lines(&self, chapter: model::ChapterId) -> BoxFuture<'_, Result<Vec<LineView>>> {
        Box::pin(async move { self.store().read(move |tx| Box::pin(lines(tx, chapter))).await })
    }

    /// A chapter's unanswered calls, those about safety first, then the oldest.
    pub(super) async fn calls(
        &self,
        tx: &mut ReadTx,
        chapter: &storage::Chapter,
    ) -> Result<Vec<Call>> {
        let voice = self.plain_voice(chapter);
        let pages = tx.open_pages(chapter.id).await?;
        if pages.is_empty() {
            return Ok(Vec::new());
        }
        let referrals: Vec<_> = pages.iter().filter_map(|page| page.referral_id).collect();
        let codes = tx.codes_of(&referrals).await?;
        let names = names_of(tx, pages.iter().filter_map(|page| page.member_id)).await?;
        let call = |page: storage::Page| {
            let code = page.referral_id.and_then(|id| codes.get(&id));
            Call {
                id: page.id,
                words: self.reason_words(&voice, &page.reason),
                is_safety: matches!(
                    page.reason.parse(),
                    Ok(PageReason::Emergency
                        | PageReason::Crisis
                        | PageReason::Private
                        | PageReason::Doctor)
                ),
                thing: code.map_or_else(|| short(subject_of(&page)), ToString::to_string),
                referral: page.referral_id,
                inquiry: page.inquiry_id,
                line: page.line_id,
                member: page.member_id.and_then(|id| Some((id, names.get(&id)?.clone()))),
                turns: page.turns,
                raised_at: page.raised_at,
            }
        };
        let mut calls: Vec<Call> = pages.into_iter().map(call).collect();
        calls.sort_by_key(|call| (!call.is_safety, call.raised_at));
        Ok(calls)
    }

    /// A reason as it is kept, in the few words that a call uses.
    pub(super) fn reason_words(&self, voice: &Voice<'_>, reason: &str) -> String {
        match reason.parse() {
            Ok(reason) => self.texts().reason(voice, reason),
            Err(_) => reason.replace('_', " "),
        }
    }

    /// The offer's text as a member gets it, or would, but for the secret part of her own link, and as
    /// it is where it carries none. A referral that has no code yet shows `K7Q` in its place.
    pub(super) fn offer_texts(
        &self,
        chapter: &storage::Chapter,
        referral: &Referral,
    ) -> Result<[model::MessageText; 2]> {
        let settings = settings_of(chapter, &self.0.settings)?;
        let voice = self.chapter_voice(chapter, &settings);
        let Some(code) = referral.code.or_else(|| "K7Q".parse().ok()) else {
            return Ok(Default::default());
        };
        // What it says of the family depends on the room that the link leaves.
        let link = self.0.links.then(|| stand_in(LinkPurpose::Offer, self.public_url()));
        Ok([link.as_deref(), None].map(|link| {
            let offer = ToMember::Offer {
                code,
                facts: &referral.facts,
                coarse: settings.coarse_offers,
                urgent: referral.urgent,
                again: referral.round > 1,
                link,
            };
            let text = self.texts().to_member(&voice, &offer);
            model::MessageText::new(masked(text.reveal(), self.public_url()))
        }))
    }
}

/// What the members' group may be told: what an offer says, without anybody's link, and how to claim. `None`
/// before there is a code, and where no line hears members.
pub(super) fn group_post(
    referral: &Referral,
    offer: &model::MessageText,
    lines: &[Line],
) -> Option<String> {
    let (code, line) = referral.code.zip(for_members(lines))?;
    let (offer, number) = (offer.reveal(), line.number.national());
    Some(format!("{offer}\n\nTo claim it, text {code} to {number}: so the place is yours."))
}

/// A chapter's lines, oldest first.
pub(super) async fn lines(tx: &mut ReadTx, chapter: model::ChapterId) -> Result<Vec<LineView>> {
    let mut lines: Vec<_> = tx.lines_of(chapter).await?.into_iter().map(LineView::from).collect();
    for (id, count, oldest) in tx.waiting_at_lines(chapter).await? {
        let line = lines.iter_mut().find(|line| line.id == id);
        line.into_iter().for_each(|line| line.waiting = Some((count, oldest)));
    }
    Ok(lines)
}
