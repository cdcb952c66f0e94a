//! Telling a hospital's people that its list is published or corrected: one e-mail to each, once.

use model::{EditionId, Timestamp};
use roster::{Edition, EditionChange};
use serde_json::json;
use storage::Addressee;

use crate::{
    Result,
    desk::{About, Actor, Desk},
    texts::Letter,
};

impl Desk<'_> {
    /// Writes to the people of the hospital whose list an edition is.
    pub(crate) async fn tell_contacts(&mut self, id: EditionId) -> Result<Option<Timestamp>> {
        let Some(stored) = self.tx.edition_by_id(id).await? else { return Ok(None) };
        let hospital = stored.hospital_id;
        let before = self.tx.newest_edition(hospital, Some(stored.number)).await?;
        let hospitals = self.tx.hospitals(self.chapter.id).await?;
        let Some(hospital) = hospitals.into_iter().find(|known| known.id == hospital) else {
            return Ok(None);
        };
        let read = |edition| Edition::try_from(edition).ok();
        let Some(edition) = read(stored) else { return Ok(None) };
        let before = before.and_then(read);
        let changes =
            before.is_some().then(|| counted(&roster::changes(before.as_ref(), &edition)));
        let link = hospital.private.link.as_ref().filter(|_| self.shared.links);
        let link = link.map(|secret| format!("{}/h/{secret}", self.shared.public_url));
        let letter = Letter::Edition {
            chapter: &self.chapter.name,
            hospital: &hospital.name,
            number: edition.number,
            entries: edition.frozen.entries.len(),
            corrects: edition.corrects.map(|number| (number, edition.frozen.taken_off)),
            changes,
            link: link.as_deref(),
        };
        let (subject, body) = self.texts().letter(&self.voice("en"), &letter);
        let mut told = Vec::new();
        for contact in self.tx.contacts(self.chapter.id).await? {
            let reached =
                contact.private.email.as_deref().is_some_and(|email| !email.trim().is_empty());
            if contact.hospital_id != hospital.id || !reached {
                continue;
            }
            let dedupe = format!("edition:{id}:{}", contact.id);
            let to = Addressee::Contact(contact.id);
            self.write_letter(to, subject.clone(), body.clone(), dedupe).await?;
            told.push(contact.id);
        }
        let detail = json!({"hospital": hospital.id, "edition": edition.number, "contacts": told});
        self.record(About(None, None), Actor::SERVICE, "contacts_told", detail).await?;
        Ok(None)
    }
}

/// How many are new, are gone, and are changed.
fn counted(changes: &[EditionChange]) -> (usize, usize, usize) {
    let (mut added, mut removed, mut changed) = (0, 0, 0);
    for change in changes {
        match change {
            EditionChange::Added { .. } => added += 1,
            EditionChange::Removed { .. } => removed += 1,
            EditionChange::Changed { .. } => changed += 1,
        }
    }
    (added, removed, changed)
}
