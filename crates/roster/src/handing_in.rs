//! A paper that comes as a photo or a file, from the member herself: kept with its original, sealed, to
//! be looked at.

use eligibility::{Proof, file::write};
use jiff::civil::Date;
use model::{EvidenceId, MemberId, OriginalId};
use serde_json::{Value, json};
use storage::{Evidence, Original, Store, WriteTx};

use crate::{
    Act, Error, Result,
    evidence::{LARGEST, media_type, recorded, submitted},
    roll::unsent,
};

/// A photo or file that a member hands in.
#[derive(Clone)]
pub struct HandedIn {
    /// Whose it is.
    pub member: MemberId,
    /// What she says it is.
    pub proof: Proof,
    /// The day on it, where she says one.
    pub issued: Option<Date>,
    /// Its last good day, where she says one.
    pub expires: Option<Date>,
    /// Its id, so that the same said twice is kept once.
    pub id: EvidenceId,
    /// The photo or file.
    pub file: Vec<u8>,
}

/// What is written down of a paper that nobody has read yet.
#[must_use]
pub fn unread(proof: &Proof, issued: Option<Date>, expires: Option<Date>) -> Value {
    write::evidence(&unsent(proof.clone(), issued, expires))
}

/// Keeps a paper that a member hands in, within a unit of work of the caller's. Handed in twice under
/// one id, it is kept once. Of an immunisation the file is not kept: somebody asks her for the date.
///
/// # Errors
/// A [`Refusal`](crate::Refusal), or what the database says.
pub async fn hand_in(tx: &mut WriteTx, act: &Act, paper: HandedIn) -> Result<Evidence> {
    let original = original(paper.file)?;
    let mut content = unread(&paper.proof, paper.issued, paper.expires);
    if let Some(fields) = content.as_object_mut() {
        fields.remove("id");
        fields.insert("status".to_owned(), json!("submitted"));
    }
    if let Some(known) = tx.evidence(paper.id).await? {
        let ours = known.member_id == paper.member && known.chapter_id == act.chapter;
        return if ours { Ok(known) } else { Err(crate::Refusal::Taken("id").into()) };
    }
    let evidence = submitted(tx, act, paper.member, paper.id, content).await?;
    if !paper.proof.has_original() {
        return Ok(evidence);
    }
    let mut ids = || OriginalId::generate(act.now, &act.chance);
    tx.put_original(evidence.id, &original, &mut ids, act.now).await?;
    recorded(tx, act, "original_kept", &evidence).await?;
    Ok(evidence)
}

/// The same in a unit of work of its own.
///
/// # Errors
/// A [`Refusal`](crate::Refusal), or what the database says.
pub async fn hand_in_alone(store: &Store, act: &Act, paper: HandedIn) -> Result<Evidence> {
    let act = act.clone();
    store.write_again(move |tx| Box::pin(async move { hand_in(tx, &act, paper).await })).await
}

/// A file that may be kept: of a kind that is known by its first bytes, and not too large.
///
/// # Errors
/// A [`Refusal`](crate::Refusal).
pub(crate) fn original(file: Vec<u8>) -> Result<Original> {
    let media_type = media_type(&file)
        .ok_or_else(|| Error::invalid("file", "must be a JPEG, a PNG, a WebP or a PDF"))?;
    if file.len() > LARGEST {
        return Err(Error::invalid("file", "must be at most 8 MB"));
    }
    Ok(Original { media_type: media_type.to_owned(), content: file })
}
