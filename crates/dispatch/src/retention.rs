//! What goes when its time is over, once a day: whatever families asked to have deleted
//! ([`crate::deleting`]), the words of inquiries that were closed, then numbers that nobody has used since.
//! And what an admin erases, or hands out, because a family asks for it.

use futures_util::future::BoxFuture;
use jiff::civil::{self, DateTime};
use model::{ChapterId, InquiryId, MessageText, PhoneId, TaskKind, Timestamp, day_hours, seconds};
use serde_json::{Value, json};
use storage::{Chapter, Inquiry, ReadTx, Task, WriteTx};

use crate::{
    By, Dispatch, Error, Result,
    chapter::settings_of,
    deleting,
    desk::{About, Actor, Desk},
};

/// When it is done, where the chapter is.
const AT: civil::Time = civil::time(3, 20, 0, 0);
/// So much in one unit of work: others wait for no more than that.
const AT_ONCE: i64 = 50;
/// So many units in one go; what is left is done soon after.
const UNITS: usize = 40;
/// What tools were told is kept for so many days.
const TOLD_DAYS: i64 = 30;

/// What went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Erased {
    /// The inquiries whose words went.
    inquiries: u64,
    /// Texts that belonged to none.
    texts: u64,
    /// Numbers.
    numbers: u64,
}

/// Why a family was not erased; nothing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotErased {
    /// The chapter has no such conversation.
    NotFound,
    /// One of the family's conversations is open, and must be closed first.
    Open,
}

impl Erased {
    fn add(&mut self, other: Self) {
        self.inquiries += other.inquiries;
        self.texts += other.texts;
        self.numbers += other.numbers;
    }
}

/// Plans the erasing of a chapter, unless it is planned.
pub(crate) async fn plan(
    tx: &mut WriteTx,
    chapter: ChapterId,
    now: Timestamp,
) -> storage::Result<()> {
    let task = Task { kind: TaskKind::Erase, subject: chapter.as_uuid(), chapter_id: chapter };
    tx.plan_once(task, now).await
}

impl Dispatch {
    /// Erases what has had its time in a chapter, in small units of work, and plans the next day's.
    pub(crate) async fn erase_due(&self, task: Task) -> Result<()> {
        let (chapter, mut all, mut more) = (task.chapter_id, Erased::default(), true);
        for _ in 0..UNITS {
            let erased = self.at_desk(chapter, |desk| Box::pin(desk.erase_some())).await?;
            all.add(erased);
            more = erased != Erased::default();
            if !more {
                break;
            }
        }
        self.at_desk(chapter, move |desk| {
            Box::pin(async move {
                if all != Erased::default() {
                    let detail = json!({
                        "conversations": all.inquiries, "texts": all.texts, "numbers": all.numbers,
                    });
                    desk.record(About(None, None), Actor::SERVICE, "erased", detail).await?;
                }
                let next =
                    if more { desk.now.after(seconds(5)) } else { next(desk.now, &desk.chapter) };
                Ok(desk.tx.plan(task, next).await?)
            })
        })
        .await
    }

    /// Erases everything that a family wrote and was written to, what was read of it, and its number. What
    /// is left are counts, and that there was consent. Where one of its inquiries is open it is refused
    /// ([`NotErased::Open`]).
    ///
    /// # Errors
    /// Where the database failed.
    pub fn erase_family(
        &self,
        chapter: ChapterId,
        inquiry: InquiryId,
        by: By,
    ) -> BoxFuture<'_, Result<Result<(), NotErased>>> {
        Box::pin(async move {
            self.at_desk(chapter, move |desk| Box::pin(desk.erase_family(inquiry, by))).await
        })
    }

    /// Everything that the chapter has of the family of an inquiry, for the family itself; `None` where the
    /// chapter has no such inquiry. That it was handed out is recorded.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn export_family(
        &self,
        chapter: ChapterId,
        inquiry: InquiryId,
        by: By,
    ) -> BoxFuture<'_, Result<Option<Value>>> {
        Box::pin(async move {
            self.at_desk(chapter, move |desk| Box::pin(desk.export_family(inquiry, by))).await
        })
    }
}

/// The next time that it is done in a chapter.
fn next(now: Timestamp, chapter: &Chapter) -> Timestamp {
    let local = now.in_zone(&chapter.timezone);
    let today = local.date();
    let day = if local.time() < AT { today } else { today.tomorrow().unwrap_or(today) };
    let at = chapter.timezone.instant(DateTime::from_parts(day, AT));
    at.filter(|at| *at > now).unwrap_or_else(|| now.after(day_hours(24)))
}

impl Desk<'_> {
    /// A little of what has had its time.
    async fn erase_some(&mut self) -> Result<Erased> {
        let (chapter, now) = (self.chapter.id, self.now);
        let settings = settings_of(&self.chapter, &self.shared.settings)?;
        let ago = |days: u32| now.after(-day_hours(24 * i64::from(days)));
        // Numbers are kept no shorter than the words that name them.
        let words = ago(settings.keep_texts_days);
        let numbers = ago(settings.keep_numbers_days.max(settings.keep_texts_days));
        let asked = self.forget_who_asked(AT_ONCE).await?;
        let inquiries = asked.0 + self.tx.erase_words(chapter, words, now, AT_ONCE).await?;
        let texts = self.tx.erase_loose_words(chapter, words, AT_ONCE).await?;
        self.tx.erase_admins(chapter, numbers).await?;
        let numbers = asked.1 + self.tx.erase_numbers(chapter, numbers, AT_ONCE).await?;
        self.tx.forget_told(chapter, now.after(-day_hours(24 * TOLD_DAYS))).await?;
        Ok(Erased { inquiries, texts, numbers })
    }

    async fn erase_family(&mut self, id: InquiryId, by: By) -> Result<Result<(), NotErased>> {
        let Some(inquiry) = self.own_inquiry(id).await? else {
            return Ok(Err(NotErased::NotFound));
        };
        let all = self.tx.inquiries_of(inquiry.phone_id).await?;
        if deleting::is_open(&all) {
            return Ok(Err(NotErased::Open));
        }
        self.forget(inquiry.phone_id, &all, Actor::from(by)).await?;
        Ok(Ok(()))
    }

    async fn own_inquiry(&mut self, id: InquiryId) -> Result<Option<Inquiry>> {
        let inquiry = self.tx.inquiry_for_update(id).await?;
        Ok(inquiry.filter(|inquiry| inquiry.chapter_id == self.chapter.id))
    }

    async fn export_family(&mut self, id: InquiryId, by: By) -> Result<Option<Value>> {
        let Some(inquiry) = self.own_inquiry(id).await? else { return Ok(None) };
        let phone = self.tx.phone(inquiry.phone_id).await?.ok_or(Error::Missing("number"))?;
        let mut conversations = Vec::new();
        for inquiry in self.tx.inquiries_of(inquiry.phone_id).await? {
            conversations.push(conversation(self.tx, &inquiry).await?);
        }
        let consents = self.tx.consents_of(phone.id).await?;
        let consents = consents.iter().map(|consent| {
            json!({
                "kind": consent.kind, "wording": consent.wording, "language": consent.language,
                "at": consent.at,
            })
        });
        let stopped = self.tx.suppressions(&phone).await?;
        let stopped = stopped.iter().map(|stop| json!({"since": stop.since, "by": stop.source}));
        let told = json!({
            "number": phone.number.as_ref().map(model::Phone::e164),
            "consents": consents.collect::<Vec<_>>(), "stopped": stopped.collect::<Vec<_>>(),
            "conversations": conversations, "texts": loose_texts(self.tx, phone.id).await?,
        });
        self.record(&inquiry, Actor::from(by), "family_exported", json!({})).await?;
        Ok(Some(told))
    }
}

fn text(at: Timestamp, from_family: bool, body: Option<&MessageText>, media: i64) -> Value {
    let from = if from_family { "family" } else { "line" };
    json!({"at": at, "from": from, "words": body.map(MessageText::reveal), "pictures": media})
}

/// What a number wrote and was answered outside of its conversations.
async fn loose_texts(tx: &mut ReadTx, phone: PhoneId) -> Result<Vec<Value>> {
    let texts = tx.loose_texts(phone).await?;
    let told = texts.iter().map(|it| text(it.at, it.is_theirs, it.body.as_ref(), it.media));
    Ok(told.collect())
}

async fn conversation(tx: &mut ReadTx, inquiry: &Inquiry) -> Result<Value> {
    let texts = crate::view::thread_of(tx, inquiry).await?;
    let texts = texts.iter().map(|it| text(it.at, it.from_family, it.body.as_ref(), it.media));
    let texts: Vec<_> = texts.collect();
    let referral = tx.referral_of_inquiry(inquiry.id).await?;
    let referral = referral.map(|referral| {
        json!({
            "code": referral.code, "facts": referral.facts, "created_at": referral.created_at,
            "names_at": referral.names_at, "outcome": referral.outcome, "satisfaction": referral.satisfaction,
        })
    });
    Ok(json!({
        "id": inquiry.id, "language": inquiry.language, "began_at": inquiry.first_text_at,
        "closed_at": inquiry.closed_at, "texts": texts, "read": inquiry.reading, "referral": referral,
    }))
}
