//! The record of who did what, as the chapter's people read it.

use std::collections::HashMap;

use futures_util::future::BoxFuture;
use model::{ActorKind, ChapterId, InquiryId, MemberId, PersonName, ReferralId, Timestamp};
use serde_json::Value;
use storage::{Event, EventFilter, Recorded};
use uuid::Uuid;

use super::{names_of, words};
use crate::{Dispatch, Result};

/// One change in the record.
#[derive(Debug, Clone)]
pub struct AuditRow {
    /// Its place in the record.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who, by kind.
    pub actor: ActorKind,
    /// Who, by name, where it was one of the chapter's people or a member.
    pub who: Option<PersonName>,
    /// What happened, in plain words.
    pub words: String,
    /// The referral it is about.
    pub referral: Option<ReferralId>,
    /// The inquiry it is about.
    pub inquiry: Option<InquiryId>,
}

impl Dispatch {
    /// A chapter's record, newest first.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn audit(
        &self,
        chapter: ChapterId,
        filter: EventFilter,
    ) -> BoxFuture<'_, Result<Vec<AuditRow>>> {
        Box::pin(async move {
            self.store()
                .read(move |tx| {
                    Box::pin(async move {
                        let Some(row) = tx.chapter(chapter).await? else { return Ok(Vec::new()) };
                        let all = tx.events(chapter, &filter).await?;
                        let people = tx.admins_ever(chapter).await?.into_iter();
                        let spoken_of = all.iter().flat_map(|one| {
                            let event = &one.event;
                            let by = event.actor_id.filter(|_| event.actor == ActorKind::Member);
                            spoken_of(event).into_iter().chain(by.map(MemberId::from_uuid))
                        });
                        let names = Names {
                            people: people.map(|one| (one.id.as_uuid(), one.name)).collect(),
                            members: names_of(tx, spoken_of).await?,
                        };
                        Ok(all.into_iter().map(|one| names.row(one, &row)).collect())
                    })
                })
                .await
        })
    }
}

/// Whom the record speaks of.
struct Names {
    people: HashMap<Uuid, PersonName>,
    members: HashMap<MemberId, PersonName>,
}

impl Names {
    fn row(&self, recorded: Recorded, chapter: &storage::Chapter) -> AuditRow {
        let Recorded { seq, event } = recorded;
        let (words, _) = words::of(&event, &self.members, &chapter.timezone);
        let who = event.actor_id.and_then(|id| {
            self.people.get(&id).or_else(|| self.members.get(&MemberId::from_uuid(id))).cloned()
        });
        AuditRow {
            seq,
            at: event.at,
            actor: event.actor,
            who,
            words,
            referral: event.referral_id,
            inquiry: event.inquiry_id,
        }
    }
}

/// The members whom the sentence about a change names.
pub(super) fn spoken_of(event: &Event) -> Vec<MemberId> {
    let detail = &event.detail;
    let one = ["member", "gone", "by"].map(|key| &detail[key]);
    let lists = ["asked", "resting", "members"].map(|key| detail[key].as_array());
    let lists = lists.into_iter().flatten().flat_map(|all| all.iter().take(words::MOST_NAMES));
    let not_asked = detail["not_asked"].as_array().into_iter().flatten();
    let not_asked = not_asked.take(words::MOST_REASONS).map(|entry| &entry["member"]);
    let all = one.into_iter().chain(lists).chain(not_asked);
    all.filter_map(Value::as_str).filter_map(|id| id.parse().ok()).collect()
}
