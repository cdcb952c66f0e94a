//! Reminders: once a day every member is told, in one text for all her lists, what ends in 60, 30 or 7
//! days, what ends today, and that grace runs. Each is told once; what was told is a row, written with
//! the text.

use eligibility::{AsOf, Proof, reminders};
use jiff::civil::{self, Date};
use model::{
    ChapterId, MemberId, MemberStatus, MessageKind, OutboxId, TaskKind, Timestamp, day_hours,
};
use roster::Roll;
use storage::{Addressee, By, Member, NewMessage, Reminded, Task, WriteTx};

use crate::{
    Dispatch, Error, Result,
    chapter::settings_of,
    desk::{About, Actor, Desk},
    member_page::REMINDED_DAYS,
    outgoing::Belongs,
    texts::{AboutPapers, Ending, Letter, ToMember},
};

/// When members are reminded, where the chapter is.
const AT: civil::Time = civil::time(10, 0, 0, 0);

/// Something of a member's that she is to be told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Due {
    /// What it is, to tell it from others: a paper's id, or a word.
    pub(crate) item: String,
    /// The paper that would take its place, where it is one.
    pub(crate) paper: Option<Proof>,
    pub(crate) ending: Ending,
}

/// What the member at a place of a roll is to be told of on a day.
pub(crate) fn due(roll: &Roll, place: usize, day: Date) -> Vec<Due> {
    let Some(member) = roll.facts().get(place) else { return Vec::new() };
    // Who was taken off a list is not reminded for its sake.
    let taken_off: Vec<_> = roll
        .hospitals
        .iter()
        .filter(|hospital| roll.is_recalled(hospital.id, roll.members[place].id))
        .map(|hospital| hospital.slug.as_str())
        .collect();
    let all = reminders(roll.rules(), member, roll.overrides(), AsOf::day(day));
    let told = all.into_iter().filter_map(|reminder| {
        let on = |slug: &str| !taken_off.contains(&slug);
        let lists = reminder.hospitals.iter().filter(|hospital| on(&hospital.id)).count();
        let paper = reminder.paper.and_then(|id| member.evidence().iter().find(|it| it.id == id));
        (lists > 0).then(|| Due {
            item: reminder.paper.unwrap_or(&reminder.what).to_owned(),
            paper: paper.map(|paper| paper.proof.unread()),
            ending: Ending {
                what: reminder.what,
                stage: reminder.stage.to_string(),
                last_good: reminder.last_good,
                lists,
            },
        })
    });
    told.collect()
}

/// Plans the reminding of a chapter's members, unless it is planned.
pub(crate) async fn plan(
    tx: &mut WriteTx,
    chapter: ChapterId,
    now: Timestamp,
) -> storage::Result<()> {
    let task = Task { kind: TaskKind::Remind, subject: chapter.as_uuid(), chapter_id: chapter };
    tx.plan_once(task, now).await
}

impl Dispatch {
    /// Reminds the members of a chapter, each in a unit of its own, and plans the next day's.
    pub(crate) async fn remind(&self, task: Task) -> Result<()> {
        let (now, chapter) = (self.now(), task.chapter_id);
        let installation = self.0.settings.clone();
        let roll = self
            .store()
            .read::<_, Error, _>(move |tx| {
                Box::pin(async move {
                    let Some(row) = tx.chapter(chapter).await? else { return Ok(None) };
                    let settings = settings_of(&row, &installation)?;
                    let at = first_hour(now, &settings, &row);
                    if at > now {
                        return Ok(Some((at, None)));
                    }
                    let next = next_day(now, &row);
                    match Roll::load(tx, chapter).await {
                        Ok(roll) => Ok(Some((next, Some(roll)))),
                        Err(roster::Error::Storage(error)) => Err(error.into()),
                        Err(error) => {
                            let error = &error as &dyn std::error::Error;
                            tracing::error!(
                                error,
                                "a chapter's lists cannot be judged: nobody is reminded"
                            );
                            Ok(Some((next, None)))
                        }
                    }
                })
            })
            .await?;
        let next = match roll {
            None => None,
            Some((next, roll)) => {
                if let Some(roll) = roll {
                    self.remind_all(&roll).await?;
                }
                Some(next)
            }
        };
        self.at_desk(chapter, move |desk| {
            Box::pin(async move {
                match next {
                    Some(at) => desk.tx.plan(task, at).await?,
                    None => desk.tx.unplan(task.kind, task.subject).await?,
                }
                Ok(())
            })
        })
        .await
    }

    async fn remind_all(&self, roll: &Roll) -> Result<()> {
        let today = self.now().in_zone(&roll.chapter.timezone).date();
        for (place, member) in roll.members.iter().enumerate() {
            let due = due(roll, place, today);
            if due.is_empty() || !is_reminded(member) {
                continue;
            }
            let id = member.id;
            self.at_desk(roll.chapter.id, move |desk| {
                Box::pin(async move { desk.remind_member(id, due, today).await })
            })
            .await?;
        }
        Ok(())
    }
}

fn is_reminded(member: &Member) -> bool {
    matches!(member.status, MemberStatus::Active | MemberStatus::Paused)
}

/// Not in the chapter's quiet hours.
fn first_hour(
    now: Timestamp,
    settings: &model::settings::Settings,
    chapter: &storage::Chapter,
) -> Timestamp {
    settings.quiet_hours.end_after(now, &chapter.timezone)
}

fn next_day(now: Timestamp, chapter: &storage::Chapter) -> Timestamp {
    let today = now.in_zone(&chapter.timezone).date();
    let tomorrow = today.tomorrow().unwrap_or(today);
    let at = civil::DateTime::from_parts(tomorrow, AT);
    chapter.timezone.instant(at).unwrap_or_else(|| now.after(day_hours(24)))
}

impl Desk<'_> {
    /// Tells one member what she was not told yet.
    async fn remind_member(&mut self, id: MemberId, due: Vec<Due>, day: Date) -> Result<()> {
        let Some(member) = self.tx.member(id).await?.filter(is_reminded) else { return Ok(()) };
        let Some(phone) = self.tx.phone(member.phone_id).await? else { return Ok(()) };
        let line = self.members_line().await?;
        let texted = match line {
            Some(line) => !self.tx.is_suppressed(&phone, line).await?,
            None => false,
        };
        if !texted && member.email.is_none() {
            return Ok(());
        }
        let mut told = Vec::new();
        for due in due {
            let reminded = Reminded {
                member_id: id,
                item: due.item,
                last_good: due.ending.last_good,
                stage: due.ending.stage.clone(),
                sent_at: self.now,
            };
            if self.tx.add_reminder(self.chapter.id, &reminded).await? {
                told.push(due.ending);
            }
        }
        if told.is_empty() {
            return Ok(());
        }
        let stages: Vec<_> = told.iter().map(|ending| ending.stage.as_str()).collect();
        let detail = serde_json::json!({"member": id, "stages": stages});
        self.record(About(None, None), Actor::SERVICE, "reminded", detail).await?;
        let drawn = self.draw_page(id, REMINDED_DAYS * 24);
        let link = drawn.as_ref().map(|drawn| drawn.address.clone());
        let mut written = None;
        if let Some(line) = line.filter(|_| texted) {
            let what = AboutPapers::Remind { endings: &told, link: link.as_deref() };
            let body = self.texts().to_member(&self.voice("en"), &ToMember::Papers(what));
            let (kind, belongs) = (MessageKind::Notice, Belongs::default());
            let dedupe = format!("remind:{id}:{day}");
            self.write_text(line, phone.id, kind, dedupe, belongs, body.clone(), None).await?;
            written = Some(body);
        }
        if member.email.is_some() {
            let letter = Letter::Reminder {
                endings: &told,
                link: link.as_deref().map(|link| (link, REMINDED_DAYS)),
            };
            let (subject, body) = self.texts().letter(&self.voice("en"), &letter);
            self.write_letter(
                Addressee::Member(id),
                subject,
                body.clone(),
                format!("remind:{id}:{day}:mail"),
            )
            .await?;
            written = Some(body);
        }
        self.keep_link(drawn, written.as_ref()).await
    }

    /// Writes an e-mail to somebody outside the console.
    pub(crate) async fn write_letter(
        &mut self,
        to: Addressee,
        subject: String,
        body: model::MessageText,
        dedupe: String,
    ) -> Result<()> {
        let message = NewMessage {
            id: OutboxId::generate(self.now, &self.shared.chance),
            chapter_id: self.chapter.id,
            by: By::Mail { to, subject },
            kind: MessageKind::Notice,
            dedupe,
            inquiry_id: None,
            referral_id: None,
            offer_id: None,
            body,
            now: self.now,
            due_at: self.now,
            expires_at: self.now.after(day_hours(72)),
        };
        self.tx.enqueue(&message).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use model::Word as _;

    #[test]
    fn every_stage_has_a_sentence() {
        let texts = include_str!("../texts/papers.ftl");
        for stage in eligibility::Stage::ALL {
            assert!(texts.contains(&format!("remind-{stage} = ")), "{stage}");
        }
    }
}
