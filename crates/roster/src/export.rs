//! The roster as a CSV file that an import takes back.

use model::{ChapterId, Word as _};
use storage::Store;

use crate::{import::COLUMNS, sheet};

/// Writes a chapter's roster. Cells that a spreadsheet would take for a formula are defused.
///
/// # Errors
/// What the database says.
pub async fn export(store: &Store, chapter: ChapterId) -> storage::Result<String> {
    let members = store
        .read::<_, storage::Error, _>(move |tx| {
            Box::pin(async move {
                let mut members = Vec::new();
                for member in tx.roster(chapter).await? {
                    let phone = tx.phone(member.phone_id).await?.and_then(|phone| phone.number);
                    members.push((member, phone));
                }
                Ok(members)
            })
        })
        .await?;
    let rows = members.into_iter().map(|(member, phone)| {
        let profile = &member.profile;
        [
            member.name.reveal().to_owned(),
            phone.as_ref().map_or("", |phone| phone.e164()).to_owned(),
            member.email.as_ref().map_or("", |email| email.reveal()).to_owned(),
            member.status.as_str().to_owned(),
            profile.credentials.join(";"),
            profile.areas.join(";"),
            profile.languages.join(";"),
            profile.payers.join(";"),
            profile.visit_types.join(";"),
            if profile.night_owl { "yes" } else { "no" }.to_owned(),
            member.private.booking_url.clone().unwrap_or_default(),
            member.private.note.clone(),
        ]
    });
    Ok(sheet::write(COLUMNS.map(|(name, _)| name), rows))
}
