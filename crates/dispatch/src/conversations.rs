//! Conversations: a person takes a family's thread over, speaks as the line, and hands it back.
//!
//! While a person has a thread the service says nothing in it but what danger and STOP call for. What
//! it would have said waits: names are kept until she hands the thread back, and she is told of them.

mod writing;

use futures_util::future::BoxFuture;
use model::{
    AdminId, ChapterId, InquiryId, InquiryState, MessageKind, MessageText, ReferralState, TaskKind,
    Timestamp,
    reading::{Answer, FamilyReading},
    referral::Facts,
};
use serde_json::json;
use storage::{Inquiry, Referral, hash_secret};

use crate::{
    Dispatch, Result,
    asks::Question,
    closing::is_reopened,
    desk::{Actor, Desk},
    gather,
    hand_off::Named,
    moderation::By,
    paging::Reason,
    receive::is_gathering,
    texts::{Care, ToFamily},
};

/// What a person writes has no more letters than this.
pub(crate) const MOST_LETTERS: usize = 800;

/// Why a thread was not changed; nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TalkRefusal {
    /// The chapter has no such inquiry.
    #[error("there is no such conversation in this chapter")]
    NotFound,
    /// It is over: a further text begins a new one.
    #[error("the conversation is closed")]
    Closed,
    /// Somebody else has it.
    #[error("somebody else has taken the conversation over")]
    Theirs,
    /// Nothing was written, or too much.
    #[error("an answer has between 1 and {MOST_LETTERS} letters")]
    Words,
    /// The number wants no texts, or is blocked.
    #[error("the number wants no texts")]
    WantsNone,
    /// The number was erased.
    #[error("the number was erased")]
    Erased,
}

/// An answer that was written, now or by the same press of the button before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    /// When it goes out: at night it waits for the morning, unless the family is awake.
    pub goes_at: Timestamp,
}

pub(crate) use self::writing::answer_at;

pub(crate) type Talk<T> = Result<Result<T, TalkRefusal>>;

impl Dispatch {
    /// Takes a thread over. Where somebody else has it, it is hers, unless `from` names her: whoever
    /// takes it from her has seen that she has it.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn take_over(
        &self,
        chapter: ChapterId,
        inquiry: InquiryId,
        by: By,
        from: Option<AdminId>,
    ) -> BoxFuture<'_, Talk<()>> {
        Box::pin(async move {
            self.at_desk(chapter, move |desk| Box::pin(desk.take_over(inquiry, by, from))).await
        })
    }

    /// Gives a thread back to the service, which goes on from where things stand.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn hand_back(
        &self,
        chapter: ChapterId,
        inquiry: InquiryId,
        by: By,
    ) -> BoxFuture<'_, Talk<()>> {
        Box::pin(async move {
            self.at_desk(chapter, move |desk| Box::pin(desk.hand_back(inquiry, by))).await
        })
    }

    /// Writes to a family as the line it texted, and takes its thread over with it. `key` is drawn by
    /// whoever shows the form: the same words with the same key go once.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn answer(
        &self,
        chapter: ChapterId,
        inquiry: InquiryId,
        by: By,
        key: String,
        words: MessageText,
    ) -> BoxFuture<'_, Talk<Answered>> {
        Box::pin(async move {
            self.at_desk(chapter, move |desk| {
                Box::pin(async move { desk.speak(inquiry, by, &key, words).await })
            })
            .await
        })
    }
}

/// How `handled_by` names somebody.
fn handler(by: By) -> String {
    match by {
        By::Admin(admin) => admin.to_string(),
        By::Token(token) => token.to_string(),
    }
}

impl Desk<'_> {
    /// An open inquiry and its referral, locked in their order.
    pub(crate) async fn open_thread(&mut self, id: InquiryId) -> Talk<(Inquiry, Option<Referral>)> {
        let Some(inquiry) = self.tx.inquiry_for_update(id).await? else {
            return Ok(Err(TalkRefusal::NotFound));
        };
        if inquiry.chapter_id != self.chapter.id {
            return Ok(Err(TalkRefusal::NotFound));
        }
        if inquiry.state == InquiryState::Closed {
            return Ok(Err(TalkRefusal::Closed));
        }
        let referral = match self.tx.referral_of_inquiry(id).await? {
            Some(referral) => self.tx.referral_for_update(referral.id).await?,
            None => None,
        };
        Ok(Ok((inquiry, referral)))
    }

    async fn take_over(&mut self, id: InquiryId, by: By, from: Option<AdminId>) -> Talk<()> {
        let (mut inquiry, referral) = match self.open_thread(id).await? {
            Ok(thread) => thread,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let theirs = from.map(|admin| admin.to_string());
        if Some(&inquiry.handled_by) != theirs.as_ref() && self.is_anothers(&inquiry, by).await? {
            return Ok(Err(TalkRefusal::Theirs));
        }
        self.takes(&mut inquiry, referral.as_ref(), by).await?;
        Ok(Ok(()))
    }

    /// Whether another of the chapter's people has a thread: what a program took, or somebody who is
    /// none of them any more, anybody may take.
    async fn is_anothers(&mut self, inquiry: &Inquiry, by: By) -> Result<bool> {
        if !inquiry.is_taken() || inquiry.handled_by == handler(by) {
            return Ok(false);
        }
        let people = self.tx.admins(self.chapter.id).await?;
        Ok(people.iter().any(|one| one.id.to_string() == inquiry.handled_by))
    }

    /// The thread is hers from now on, and the calls about it are answered.
    async fn takes(
        &mut self,
        inquiry: &mut Inquiry,
        referral: Option<&Referral>,
        by: By,
    ) -> Result<()> {
        // What the service asked is asked no longer: the family's next yes is hers.
        if Question::taken_from(inquiry).is_some() {
            self.tx.save_inquiry(inquiry).await?;
        }
        if inquiry.handled_by != handler(by) {
            inquiry.handled_by = handler(by);
            self.tx.save_inquiry(inquiry).await?;
            let about = crate::desk::About(Some(inquiry.id), referral.map(|referral| referral.id));
            self.record(about, by.into(), "taken_over", json!({})).await?;
            // A question that nobody answers leads nowhere while a person is there.
            self.tx.unplan(TaskKind::Unanswered, inquiry.id.as_uuid()).await?;
        }
        let By::Admin(admin) = by else { return Ok(()) };
        for page in self.tx.open_pages(self.chapter.id).await? {
            // Names wait for as long as she has the thread.
            if page.inquiry_id == Some(inquiry.id) && page.reason != Reason::NamesWait.to_string() {
                self.take_answer(&page, admin).await?;
            }
        }
        Ok(())
    }

    async fn speak(
        &mut self,
        id: InquiryId,
        by: By,
        key: &str,
        words: MessageText,
    ) -> Talk<Answered> {
        let (mut inquiry, referral) = match self.thread_to_write(id, by).await? {
            Ok(thread) => thread,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if self.is_anothers(&inquiry, by).await? {
            return Ok(Err(TalkRefusal::Theirs));
        }
        let words = words.reveal().trim().replace("\r\n", "\n");
        if words.is_empty() || words.chars().count() > MOST_LETTERS {
            return Ok(Err(TalkRefusal::Words));
        }
        if let Some(refusal) = self.not_reached(&inquiry).await? {
            return Ok(Err(refusal));
        }
        self.reopens(&mut inquiry, referral.as_ref(), by).await?;
        self.takes(&mut inquiry, referral.as_ref(), by).await?;
        // The key makes a guess at the words from their hash hopeless; it is kept nowhere.
        let hash = hash_secret(&format!("{key}:{words}"));
        let what = format!("person:{id}:{}", model::hex(&hash));
        let words = MessageText::new(words);
        let goes_at = self.write_for(by, &inquiry, referral.as_ref(), what, words).await?;
        Ok(Ok(Answered { goes_at }))
    }

    async fn hand_back(&mut self, id: InquiryId, by: By) -> Talk<()> {
        let (inquiry, referral) = match self.open_thread(id).await? {
            Ok(thread) => thread,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if !inquiry.is_taken() {
            return Ok(Ok(()));
        }
        if self.is_anothers(&inquiry, by).await? {
            return Ok(Err(TalkRefusal::Theirs));
        }
        self.is_handed_back(inquiry, referral, by).await.map(Ok)
    }

    /// The service has every thread again that somebody had.
    pub(crate) async fn hand_back_all(&mut self, had: AdminId, by: By) -> Result<()> {
        for id in self.tx.threads_of(self.chapter.id, &had.to_string()).await? {
            if let Ok((inquiry, referral)) = self.open_thread(id).await?
                && inquiry.handled_by == had.to_string()
            {
                self.is_handed_back(inquiry, referral, by).await?;
            }
        }
        Ok(())
    }

    async fn is_handed_back(
        &mut self,
        mut inquiry: Inquiry,
        referral: Option<Referral>,
        by: By,
    ) -> Result<()> {
        let id = inquiry.id;
        inquiry.give_back();
        self.tx.save_inquiry(&inquiry).await?;
        let about = crate::desk::About(Some(id), referral.as_ref().map(|referral| referral.id));
        self.record(about, by.into(), "handed_back", json!({})).await?;
        if let By::Admin(admin) = by {
            for page in self.tx.open_pages(self.chapter.id).await? {
                if page.inquiry_id == Some(id) && page.reason == Reason::NamesWait.to_string() {
                    self.take_answer(&page, admin).await?;
                }
            }
        }
        if is_reopened(&inquiry) {
            self.closes_again(inquiry).await?;
        } else if is_gathering(&inquiry) {
            self.gathers_again(inquiry, referral).await?;
        } else if let Some(referral) = referral {
            self.runs_again(inquiry, referral).await?;
        }
        Ok(())
    }

    /// A need that was not put to the members: what the family wrote meanwhile is acted on.
    pub(crate) async fn gathers_again(
        &mut self,
        inquiry: Inquiry,
        referral: Option<Referral>,
    ) -> Result<()> {
        // What is held waits for its release.
        if referral.as_ref().is_some_and(|referral| referral.state == ReferralState::Held) {
            return Ok(());
        }
        // Without a reading its texts have not settled: they will be read as always.
        let Some(reading) = inquiry.reading.clone() else { return Ok(()) };
        if inquiry.asked.is_none() {
            let cause = format!("handed_back:{}", self.message_id());
            return self.family_asks(inquiry, referral, reading, &cause).await;
        }
        if gather::is_placed(reading.extract.location.as_ref()) {
            let facts = Facts::from_reading(&reading);
            return self.put_to_members(inquiry, referral, facts, &reading, Care::default()).await;
        }
        self.plan_unanswered(inquiry.id, None).await
    }

    /// A referral that runs: names that waited go out, and a promised time that has passed is kept now.
    async fn runs_again(&mut self, mut inquiry: Inquiry, mut referral: Referral) -> Result<()> {
        let late = referral.promised_at.is_some_and(|by| by <= self.now);
        if late && referral.state.is_asking() {
            self.plan(TaskKind::Promise, referral.id.as_uuid(), self.now).await?;
        }
        self.hand_off_if_due(&mut inquiry, &mut referral).await?;
        self.save(&inquiry, &mut referral).await
    }

    /// There are names for a family whose thread a person has: she is told, and they wait.
    pub(crate) async fn names_wait(
        &mut self,
        inquiry: &Inquiry,
        referral: &Referral,
        named: &[Named],
    ) -> Result<()> {
        let members = named.iter().map(|one| one.member.id).collect::<Vec<_>>();
        self.record(referral, Actor::SERVICE, "names_wait", json!({"members": members})).await?;
        self.page(Reason::NamesWait, Some(inquiry.id), Some(referral.id), None).await
    }

    /// A family writes in a thread that a person has: it is read, danger is answered, and she is told.
    pub(crate) async fn person_reads(
        &mut self,
        mut inquiry: Inquiry,
        referral: Option<Referral>,
        reading: FamilyReading,
        cause: &str,
    ) -> Result<()> {
        let care = Care::of(&reading.red_flags);
        let about = referral.as_ref().map(|referral| referral.id);
        if reading.answer == Some(Answer::DeleteMe) {
            self.deletion_is_asked(&inquiry, referral.as_ref()).await?;
        }
        if care.now || care.today || care.poison {
            let (kind, text) = (MessageKind::Safety, ToFamily::Sorry { care });
            let what = format!("reply:{cause}");
            self.tell_family(&mut inquiry, referral.as_ref(), kind, what, &text).await?;
            self.page(Reason::Doctor, Some(inquiry.id), about, None).await?;
        }
        let waits = referral.as_ref().is_none_or(|referral| {
            matches!(referral.state, ReferralState::Held | ReferralState::Gathering)
        });
        if waits {
            inquiry.reading = Some(self.with_what_was_known(&inquiry, reading));
        }
        self.page(Reason::Written, Some(inquiry.id), about, None).await?;
        self.tx.save_inquiry(&inquiry).await?;
        let Some(mut referral) = referral.filter(|_| waits) else { return Ok(()) };
        if let Some(known) = &inquiry.reading
            && gather::is_roughly_placed(known.extract.location.as_ref())
        {
            referral.facts = Facts::from_reading(known);
            self.tx.save_referral(&mut referral).await?;
        }
        Ok(())
    }
}
