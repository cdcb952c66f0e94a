//! A published list as it is shown later: nobody stays on it past her last day, or once the chapter
//! bars her.

use std::collections::HashSet;

use jiff::civil::Date;
use model::{MemberId, Timestamp};
use storage::{Chapter, Hospital, Store};

use super::{Edition, of_hospital};
use crate::{Result, standing};

/// A hospital's list as its staff see it on a day.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The current edition, without those who are not on the list any more.
    pub edition: Edition,
    /// The edition before it, as it was published.
    pub before: Option<Edition>,
    /// How many of the edition are not shown.
    pub left_out: usize,
}

impl Seen {
    fn on(
        day: Date,
        stay: &HashSet<MemberId>,
        (mut edition, before): (Edition, Option<Edition>),
    ) -> Self {
        let all = edition.frozen.entries.len();
        edition.frozen.entries.retain(|entry| {
            let is_good = entry.card.valid_until.is_none_or(|last| day <= last);
            is_good && stay.contains(&entry.member)
        });
        let left_out = all - edition.frozen.entries.len();
        Self { edition, before, left_out }
    }
}

/// The hospital, with its chapter, to whose list a private link leads, and its current list as it is
/// seen now. `None` for a link that is none, or not any more.
///
/// # Errors
/// What the database says.
pub async fn edition_of_link(
    store: &Store,
    secret: &str,
    now: Timestamp,
) -> Result<Option<(Chapter, Hospital, Option<Seen>)>> {
    let hash = storage::hash_secret(secret);
    store
        .read(move |tx| {
            Box::pin(async move {
                let Some(hospital) = tx.hospital_by_link(hash).await? else { return Ok(None) };
                let Some(chapter) = tx.chapter(hospital.chapter_id).await? else { return Ok(None) };
                let Some(editions) = of_hospital(tx, hospital.id).await? else {
                    return Ok(Some((chapter, hospital, None)));
                };
                let members = tx.roster(chapter.id).await?;
                let stay = members.iter().filter(|member| !standing::bars(member.status));
                let stay = stay.map(|member| member.id).collect();
                let day = now.in_zone(&chapter.timezone).date();
                Ok(Some((chapter, hospital, Some(Seen::on(day, &stay, editions)))))
            })
        })
        .await
}
