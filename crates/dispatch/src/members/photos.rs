//! A member texts a photo: what it may be of, and what she says it is. The photo itself is fetched by a
//! task ([`crate::photos`]).

use eligibility::Proof;
use model::{InboundId, MessageKind, PhotoState, TaskKind, Timestamp, minutes};
use roster::Roll;
use serde_json::{Value, json};
use storage::{Member, Photo};

use crate::receive::Text;
use crate::{
    Result,
    desk::{About, Actor, Desk},
    outgoing::Belongs,
    reminding::{self, Due},
    texts::{AboutPapers, ToMember},
};

/// Which paper is in a photo is waited for so long; then the chapter's people say it.
const WAIT_MINUTES: i64 = 30;

impl Desk<'_> {
    /// Takes note of a photo that came with a text of hers, which says nothing else.
    pub(super) async fn sends_photo(&mut self, member: &Member, text: &Text) -> Result<()> {
        let may_be = self.asked_papers(member).await?;
        let options: Vec<_> = may_be.iter().map(Proof::words).collect();
        let mut photo = Photo {
            id: text.id,
            chapter_id: self.chapter.id,
            member_id: member.id,
            state: PhotoState::Asked,
            content: content(&may_be, None),
            received_at: self.now,
            ended_at: None,
        };
        let (next, question) = match &may_be[..] {
            [one] => {
                photo.state = PhotoState::Wanted;
                photo.content = content(&may_be, Some(one));
                (Some(self.now), None)
            }
            // She is asked something else already: the chapter's people say what it is.
            [_, ..] if member.awaiting.is_some() && photo_asked_about(member).is_none() => {
                photo.state = PhotoState::Wanted;
                (Some(self.now), None)
            }
            [_, ..] => {
                let later = self.now.after(minutes(WAIT_MINUTES));
                (Some(later), Some(AboutPapers::Which { options: &options }))
            }
            [] => (None, Some(AboutPapers::Unasked)),
        };
        if !self.tx.add_photo(&photo).await? {
            return Ok(());
        }
        let detail =
            json!({"member": member.id, "pictures": text.media, "asked_for": may_be.len()});
        self.record(About(None, None), Actor::member(member.id), "photo_sent", detail).await?;
        if let Some(at) = next {
            self.fetch_photo_at(photo.id, at).await?;
        }
        let Some(question) = question else { return Ok(()) };
        // What she was asked before comes first: her yes is meant for that.
        if member.awaiting.is_none() || photo_asked_about(member).is_some() {
            let awaiting = json!(format!("photo:{}", photo.id));
            self.tx.set_member_awaiting(member.id, Some(&awaiting)).await?;
        }
        self.answers_photo(member, text.id, &question).await
    }

    /// She was asked about a photo, and says what it is.
    pub(super) async fn says_what_photo_is(
        &mut self,
        member: &Member,
        text: &Text,
    ) -> Result<bool> {
        let Some(id) = photo_asked_about(member) else { return Ok(false) };
        let Some(mut photo) = self.tx.photo_for_update(id).await? else { return Ok(false) };
        if photo.state != PhotoState::Asked || photo.member_id != member.id {
            return Ok(false);
        }
        let may_be = proofs(&photo.content);
        let said = text.body.reveal().trim().trim_end_matches('.').to_lowercase();
        let chosen = match said.parse::<usize>() {
            Ok(0) if !may_be.is_empty() => None,
            Ok(number) if (1..=may_be.len()).contains(&number) => may_be.get(number - 1),
            _ if may_be.is_empty() && ["paper", "a paper", "yes", "y"].contains(&&*said) => None,
            _ => return Ok(false),
        };
        photo.state = PhotoState::Wanted;
        photo.content = content(&may_be, chosen);
        self.tx.save_photo(&photo).await?;
        self.tx.set_member_awaiting(member.id, None).await?;
        self.fetch_photo_at(id, self.now).await?;
        Ok(true)
    }

    async fn fetch_photo_at(&mut self, id: InboundId, at: Timestamp) -> Result<()> {
        self.plan(TaskKind::Photo, id.as_uuid(), at).await
    }

    /// What she was reminded of and has not sent since.
    async fn asked_papers(&mut self, member: &Member) -> Result<Vec<Proof>> {
        let roll = match Roll::of_member(self.tx, self.chapter.id, member.id).await {
            Ok(roll) => roll,
            Err(roster::Error::Storage(error)) => return Err(error.into()),
            Err(_) => return Ok(Vec::new()),
        };
        let reminded = self.tx.reminders_of(member.id).await?;
        let today = self.now.in_zone(&self.chapter.timezone).date();
        let due = reminding::due(&roll, 0, today);
        let asked = due.into_iter().filter(|due: &Due| {
            reminded
                .iter()
                .any(|told| told.item == due.item && told.last_good == due.ending.last_good)
        });
        let mut papers: Vec<Proof> = Vec::new();
        for paper in asked.filter_map(|due| due.paper) {
            let waits = roll.facts().iter().flat_map(eligibility::Member::evidence).any(|sent| {
                sent.status == eligibility::EvidenceStatus::Submitted
                    && sent.proof.unread() == paper
            });
            if !waits && !papers.contains(&paper) {
                papers.push(paper);
            }
        }
        papers.truncate(9);
        Ok(papers)
    }

    pub(crate) async fn answers_photo(
        &mut self,
        member: &Member,
        photo: InboundId,
        about: &AboutPapers<'_>,
    ) -> Result<()> {
        let what = match about {
            AboutPapers::Which { .. } | AboutPapers::Unasked => format!("photo:{photo}:asked"),
            _ => format!("photo:{photo}"),
        };
        let kind = MessageKind::ClaimReply;
        self.tell_member(member, kind, what, Belongs::default(), &ToMember::Papers(*about)).await
    }
}

fn photo_asked_about(member: &Member) -> Option<InboundId> {
    let asked = member.awaiting.as_ref().and_then(Value::as_str)?;
    asked.strip_prefix("photo:")?.parse().ok()
}

fn content(may_be: &[Proof], is: Option<&Proof>) -> Value {
    let written = |proof: &Proof| roster::unread(proof, None, None);
    json!({"may_be": may_be.iter().map(written).collect::<Vec<_>>(), "is": is.map(written)})
}

fn proofs(content: &Value) -> Vec<Proof> {
    let all = content["may_be"].as_array().into_iter().flatten();
    all.filter_map(|paper| eligibility::file::read_evidence(paper).ok())
        .map(|paper| paper.proof)
        .collect()
}
