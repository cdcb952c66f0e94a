//! Paging the chapter's people: a text and an e-mail, to one after the other until somebody answers.

mod answering;

use jiff::SignedDuration;
use model::{
    AdminId, InquiryId, LineId, LineState, MemberId, MessageKind, OutboxId, PageId, ReferralId,
    TaskKind, Timestamp, minutes,
};
use serde_json::json;
use storage::{Admin, By, NewMessage, NewPage, Page};

use crate::{
    Result,
    desk::{About, Actor, Desk},
    outgoing::Belongs,
    texts::{Email, PageReason, ToAdmin},
};

pub(crate) use crate::texts::PageReason as Reason;

/// The short id by which people find a thing on the phone and on paper: the last eight characters
/// of its id, which are drawn by chance.
pub(crate) fn short(id: uuid::Uuid) -> String {
    let text = id.simple().to_string().to_uppercase();
    text[text.len() - 4..].to_owned()
}

/// So many times everybody is called at the pace of the chapter's setting.
const QUICK_ROUNDS: usize = 2;
/// From then on what is no danger calls once in so long.
const PATIENT: SignedDuration = minutes(60);

/// What a call is about that has no code: the inquiry, the member or the line.
pub(crate) fn subject_of(page: &Page) -> uuid::Uuid {
    let inquiry = page.inquiry_id.map(InquiryId::as_uuid);
    let member = || page.member_id.map(MemberId::as_uuid);
    let line = || page.line_id.map(LineId::as_uuid);
    inquiry.or_else(member).or_else(line).unwrap_or(page.id.as_uuid())
}

/// What makes the e-mail of a page's turn the one it is.
fn page_email(page: PageId, turn: i64) -> String {
    format!("page:{page}:{turn}:email")
}

/// Whether somebody is called, and when.
enum Calls {
    /// At once, at any hour.
    AtAnyHour,
    /// When the chapter's quiet hours are over.
    ByDay,
    /// Nobody: it waits in the console.
    Nobody,
}

fn calls(reason: Reason) -> Calls {
    match reason {
        Reason::Emergency
        | Reason::Crisis
        | Reason::Private
        | Reason::Doctor
        | Reason::Loss
        | Reason::LineFailing
        | Reason::Restored
        | Reason::AfterRestore => Calls::AtAnyHour,
        Reason::Complaint
        | Reason::Held
        | Reason::Unfilled
        | Reason::DeadEnd
        | Reason::Replacement
        | Reason::Reopened
        | Reason::Budget
        | Reason::Erasure
        | Reason::Callback
        | Reason::Written
        | Reason::Merged
        | Reason::NamesWait
        | Reason::Unreachable => Calls::ByDay,
        Reason::OptOut | Reason::Money | Reason::Unread | Reason::Language => Calls::Nobody,
    }
}

/// The console's page on which what a call is about is seen.
fn opens_at(page: &Page) -> String {
    match (page.referral_id, page.inquiry_id, page.member_id, page.line_id) {
        (Some(referral), ..) => format!("/referrals/{referral}"),
        (None, Some(inquiry), ..) => format!("/inquiries/{inquiry}"),
        (None, None, Some(member), _) => format!("/roster/{member}"),
        (None, None, None, Some(_)) => "/lines".to_owned(),
        (None, None, None, None) => "/".to_owned(),
    }
}

/// Whether somebody is called at any hour for this.
pub(crate) fn calls_at_any_hour(reason: Reason) -> bool {
    matches!(calls(reason), Calls::AtAnyHour)
}

impl Desk<'_> {
    /// Asks for an admin's attention, unless the same is unanswered: it stands in the console, and
    /// she is called for what cannot wait there.
    pub(crate) async fn page(
        &mut self,
        reason: Reason,
        inquiry: Option<InquiryId>,
        referral: Option<ReferralId>,
        line: Option<LineId>,
    ) -> Result<()> {
        self.page_anew(reason, inquiry, referral, line).await.map(drop)
    }

    /// The same, and gives whether it was not asked for before.
    pub(crate) async fn page_anew(
        &mut self,
        reason: Reason,
        inquiry: Option<InquiryId>,
        referral: Option<ReferralId>,
        line: Option<LineId>,
    ) -> Result<bool> {
        let page = NewPage {
            inquiry_id: inquiry,
            referral_id: referral,
            line_id: line,
            ..self.new_page(reason)
        };
        self.raise(reason, &page).await
    }

    /// The same about a member: two of them are two calls.
    pub(crate) async fn page_about(&mut self, reason: Reason, member: MemberId) -> Result<()> {
        let page = NewPage { member_id: Some(member), ..self.new_page(reason) };
        self.raise(reason, &page).await.map(drop)
    }

    fn new_page(&self, reason: Reason) -> NewPage {
        NewPage {
            id: PageId::generate(self.now, &self.shared.chance),
            chapter_id: self.chapter.id,
            reason: reason.to_string(),
            inquiry_id: None,
            referral_id: None,
            line_id: None,
            member_id: None,
            now: self.now,
        }
    }

    /// Gives whether it was not asked for before. A call that somebody has looked at and not answered
    /// goes on: this is more than she saw.
    async fn raise(&mut self, reason: Reason, page: &NewPage) -> Result<bool> {
        let anew = self.tx.add_page(page).await?;
        let id = if anew {
            let mut detail = json!({"reason": reason});
            if let Some(member) = page.member_id {
                detail["member"] = json!(member);
            }
            let about = About(page.inquiry_id, page.referral_id);
            self.record(about, Actor::SERVICE, "paged", detail).await?;
            page.id
        } else if let Some(id) = self.tx.raise_again(page).await? {
            id
        } else {
            return Ok(false);
        };
        if let Some(at) = self.call_after(reason, self.now) {
            self.plan(TaskKind::Page, id.as_uuid(), at).await?;
        }
        Ok(anew)
    }

    /// When somebody may be called for this reason, from an instant on; `None` where nobody is.
    pub(crate) fn call_after(&self, reason: Reason, from: Timestamp) -> Option<Timestamp> {
        match calls(reason) {
            Calls::AtAnyHour => Some(from),
            Calls::ByDay => Some(self.settings.quiet_hours.end_after(from, &self.chapter.timezone)),
            Calls::Nobody => None,
        }
    }

    /// When the next of the chapter's people is called, if nobody answers: soon in the first two
    /// rounds, then once an hour, and for what waits for the day not at night. For danger it stays
    /// soon, at any hour, until somebody answers.
    pub(crate) fn next_call(&self, reason: Reason, turns: usize, people: usize) -> Timestamp {
        let soon = minutes(i64::from(self.settings.page_minutes));
        let by_day = matches!(calls(reason), Calls::ByDay);
        let wait = if by_day && turns >= QUICK_ROUNDS * people { soon.max(PATIENT) } else { soon };
        let at = self.now.after(wait);
        self.call_after(reason, at).unwrap_or(at)
    }

    /// Calls the next admin in turn; gives when the one after is to be called.
    pub(crate) async fn call_next_admin(&mut self, id: PageId) -> Result<Option<Timestamp>> {
        let Some(page) = self.tx.page_for_update(id).await? else { return Ok(None) };
        if page.answered_at.or(page.opened_at).is_some() {
            return Ok(None);
        }
        let admins = self.tx.admins(self.chapter.id).await?;
        if admins.is_empty() {
            // Somebody may be added; until then the console shows it.
            return Ok(Some(self.now.after(minutes(i64::from(self.settings.page_minutes)))));
        }
        let turn = usize::try_from(page.turns).unwrap_or(0);
        let first = self.who_has(&page, &admins).await?;
        let admin = admins[(first + turn) % admins.len()].clone();
        let (thing, again) = (self.name_of(&page).await?, page.turns > 0);
        let reason = page.reason.parse::<PageReason>().unwrap_or(PageReason::Held);
        let of_inquiry = page.inquiry_id.is_some();
        let belongs = Belongs { inquiry: page.inquiry_id, referral: page.referral_id, offer: None };
        if let Some(line) = self.members_line().await? {
            let failing = self
                .lines()
                .await?
                .iter()
                .any(|have| have.id == line && have.state == LineState::Paused);
            // A line that carries nothing would carry the call hours late: e-mail carries it alone.
            if !failing {
                let call = ToAdmin::Page { id: &thing, of_inquiry, reason, again };
                let body = self.texts().to_admin(&self.voice("en"), &call);
                let what = format!("page:{id}:{turn}:text");
                self.write_text(line, admin.phone_id, MessageKind::Page, what, belongs, body, None)
                    .await?;
            }
        }
        let address = format!("{}{}", self.shared.public_url, opens_at(&page));
        let email = Email::Page { id: &thing, reason, again, console: &address };
        let (subject, body) = self.texts().email(&self.voice("en"), &email);
        let message = NewMessage {
            id: OutboxId::generate(self.now, &self.shared.chance),
            chapter_id: self.chapter.id,
            by: By::Email { admin: admin.id, subject },
            kind: MessageKind::Page,
            dedupe: page_email(id, page.turns),
            inquiry_id: page.inquiry_id,
            referral_id: page.referral_id,
            offer_id: None,
            body,
            now: self.now,
            due_at: self.now,
            expires_at: self.now.after(model::day_hours(24)),
        };
        self.tx.enqueue(&message).await?;
        self.tx.set_page_turns(id, page.turns + 1).await?;
        Ok(Some(self.next_call(reason, turn + 1, admins.len())))
    }

    /// Where the calls about a thing begin: with whoever has its thread.
    async fn who_has(&mut self, page: &Page, admins: &[Admin]) -> Result<usize> {
        let Some(id) = page.inquiry_id else { return Ok(0) };
        let Some(inquiry) = self.tx.inquiry(id).await? else { return Ok(0) };
        let has = |admin: &Admin| admin.id.to_string() == inquiry.handled_by;
        Ok(admins.iter().position(has).unwrap_or(0))
    }

    /// How a page names what it is about: the referral's code where there is one.
    async fn name_of(&mut self, page: &Page) -> Result<String> {
        if let Some(referral) = page.referral_id
            && let Some(referral) = self.tx.referral(referral).await?
            && let Some(code) = referral.code
        {
            return Ok(code.to_string());
        }
        Ok(short(subject_of(page)))
    }

    /// Takes an admin's answer to open pages: to those that she was called for, or, where she names a
    /// referral, to all that are about it. Gives the name of one that was answered.
    pub(crate) async fn answer_pages(
        &mut self,
        admin: AdminId,
        about: Option<ReferralId>,
    ) -> Result<Option<String>> {
        let mut answered = None;
        let people = i64::try_from(self.tx.admins(self.chapter.id).await?.len()).unwrap_or(1);
        for page in self.tx.open_pages(self.chapter.id).await? {
            let meant = match about {
                Some(referral) => page.referral_id == Some(referral),
                None => self.was_called(&page, admin, people).await?,
            };
            if meant && self.take_answer(&page, admin).await? {
                answered = Some(self.name_of(&page).await?);
            }
        }
        Ok(answered)
    }

    /// Answers one page; `false` where somebody did before.
    pub(crate) async fn take_answer(&mut self, page: &Page, admin: AdminId) -> Result<bool> {
        if !self.tx.answer_page(page.id, admin, self.now).await? {
            return Ok(false);
        }
        self.tx.unplan(TaskKind::Page, page.id.as_uuid()).await?;
        let about = About(page.inquiry_id, page.referral_id);
        let detail = json!({"reason": page.reason});
        self.record(about, Actor::admin(admin), "page_answered", detail).await?;
        Ok(true)
    }

    /// Whether this page has called her, in the last two rounds among the chapter's people: one that
    /// waits in the console, or called somebody else, is not answered by her word to another.
    async fn was_called(&mut self, page: &Page, admin: AdminId, people: i64) -> Result<bool> {
        for turn in (page.turns - 2 * people.max(1)).max(0)..page.turns {
            // Whoever is called gets an e-mail at any rate.
            if self.tx.admin_of_email(&page_email(page.id, turn)).await? == Some(admin) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
