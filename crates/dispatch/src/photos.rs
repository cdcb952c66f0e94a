//! Fetching what a member texted: the pictures come from the carrier, are sealed, and wait as papers of
//! hers for one of the chapter's people.

use carriers::Picture;
use eligibility::Proof;
use jiff::SignedDuration;
use model::{EvidenceId, InboundId, PhotoState};
use roster::{Act, HandedIn, Person};
use serde_json::json;
use storage::{DueTask, Photo, Task};

use crate::{
    Dispatch, RegisteredLine, Result,
    desk::{About, Actor, Desk},
    texts::AboutPapers,
};

/// The carrier is asked so often; a text's pictures may show a little late.
const MOST_ATTEMPTS: i64 = 8;
/// A carrier's list may show a picture later than its text.
const AGAIN: SignedDuration = SignedDuration::from_secs(20);

impl Dispatch {
    /// Fetches the pictures of a text, and keeps them.
    pub(crate) async fn fetch_photo(&self, due: DueTask) -> Result<()> {
        let (task, id) = (due.task, InboundId::from_uuid(due.task.subject));
        let found = self
            .store()
            .read::<_, storage::Error, _>(move |tx| {
                Box::pin(async move {
                    let photo = tx.photo(id).await?.filter(|photo| photo.ended_at.is_none());
                    let source = tx.source_of_text(id).await?;
                    let Some((photo, (line, carrier_id))) = photo.zip(source) else {
                        return Ok(None);
                    };
                    Ok(tx.line(line).await?.map(|line| (photo, line, carrier_id)))
                })
            })
            .await?;
        let Some((photo, line, carrier_id)) = found else {
            return self.at_desk(task.chapter_id, move |desk| Box::pin(desk.drop_task(task))).await;
        };
        let pictures = match self.carrier(line.carrier) {
            Some(carrier) => {
                let line = RegisteredLine::from(&line);
                carrier.pictures(&line.account, &carrier_id).await
            }
            None => Ok(Vec::new()),
        };
        let pictures = match pictures {
            Ok(pictures) => pictures,
            Err(error) if due.attempts < MOST_ATTEMPTS => return Err(error.into()),
            Err(_) => Vec::new(),
        };
        let again = pictures.is_empty() && due.attempts < MOST_ATTEMPTS;
        self.at_desk(task.chapter_id, move |desk| {
            Box::pin(async move {
                if again {
                    return Ok(desk.tx.put_off(task, due.due_at, desk.now.after(AGAIN)).await?);
                }
                desk.keep_photo(task, photo.id, pictures).await
            })
        })
        .await
    }
}

impl Desk<'_> {
    async fn drop_task(&mut self, task: Task) -> Result<()> {
        Ok(self.tx.unplan(task.kind, task.subject).await?)
    }

    async fn keep_photo(
        &mut self,
        task: Task,
        id: InboundId,
        pictures: Vec<Picture>,
    ) -> Result<()> {
        self.drop_task(task).await?;
        let photo = self.tx.photo_for_update(id).await?;
        let Some(mut photo) = photo.filter(|photo| photo.ended_at.is_none()) else {
            return Ok(());
        };
        let Some(member) = self.tx.member(photo.member_id).await? else { return Ok(()) };
        let act = Act {
            chapter: self.chapter.id,
            by: Person::Member(member.id),
            now: self.now,
            chance: self.shared.chance.clone(),
        };
        let proof = said(&photo);
        let mut kept = Vec::new();
        for picture in pictures {
            let paper = HandedIn {
                member: member.id,
                proof: proof.clone(),
                issued: None,
                expires: None,
                id: EvidenceId::generate(self.now, &self.shared.chance),
                file: picture.content,
            };
            match roster::hand_in(self.tx, &act, paper).await {
                Ok(evidence) => kept.push(evidence.id),
                // It is no picture and no PDF, or too large: nothing is kept of it.
                Err(roster::Error::Refused(_)) => {}
                Err(roster::Error::Storage(error)) => return Err(error.into()),
                Err(_) => {}
            }
        }
        photo.state = if kept.is_empty() { PhotoState::Lost } else { PhotoState::Kept };
        photo.ended_at = Some(self.now);
        self.tx.save_photo(&photo).await?;
        let detail = json!({"member": member.id, "evidence": kept});
        self.record(About(None, None), Actor::SERVICE, "photo_fetched", detail).await?;
        let words = (proof != Proof::Unsorted).then(|| proof.words());
        let about = match kept.is_empty() {
            true => AboutPapers::Lost,
            false => AboutPapers::Kept { what: words.as_deref() },
        };
        self.answers_photo(&member, id, &about).await
    }
}

/// What she said the photo is.
fn said(photo: &Photo) -> Proof {
    let read = eligibility::file::read_evidence(&photo.content["is"]);
    read.map_or(Proof::Unsorted, |paper| paper.proof)
}
