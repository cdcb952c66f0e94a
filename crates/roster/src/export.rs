//! The roster as a CSV file that an import takes back.

use model::{ChapterId, EmailAddress, MemberStatus, PersonName, Phone, Word as _};
use storage::{Member, MemberPrivate, Profile, Store};

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
    let rows = members.iter().map(|(member, phone)| cells_of(member, phone.as_ref()));
    Ok(sheet::write(COLUMNS.map(|(name, _)| name), rows))
}

/// A member as a row, in the order of the columns.
#[must_use]
pub fn cells_of(member: &Member, phone: Option<&Phone>) -> [String; 12] {
    let (email, private) = (member.email.as_ref(), &member.private);
    cells(&member.name, phone, email, member.status, &member.profile, private)
}

pub(crate) fn cells(
    name: &PersonName,
    phone: Option<&Phone>,
    email: Option<&EmailAddress>,
    status: MemberStatus,
    profile: &Profile,
    private: &MemberPrivate,
) -> [String; 12] {
    [
        name.reveal().to_owned(),
        phone.map_or("", |phone| phone.e164()).to_owned(),
        email.map_or("", |email| email.reveal()).to_owned(),
        status.as_str().to_owned(),
        profile.credentials.join(";"),
        profile.areas.join(";"),
        profile.languages.join(";"),
        profile.payers.join(";"),
        profile.visit_types.join(";"),
        if profile.night_owl { "yes" } else { "no" }.to_owned(),
        private.booking_url.clone().unwrap_or_default(),
        private.note.clone(),
    ]
}
