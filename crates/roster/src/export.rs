//! The roster as a CSV file that an import takes back.

use model::{ChapterId, Word as _};
use storage::Store;

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
    let mut file = csv::Writer::from_writer(Vec::new());
    let header = [
        "name",
        "phone",
        "email",
        "status",
        "credentials",
        "areas",
        "languages",
        "payers",
        "visit_types",
        "night_owl",
        "booking_url",
        "note",
    ];
    // Writing into memory cannot fail.
    let _ = file.write_record(header);
    for (member, phone) in members {
        let profile = &member.profile;
        let _ = file.write_record(
            [
                member.name.reveal(),
                phone.as_ref().map_or("", |phone| phone.e164()),
                member.email.as_ref().map_or("", |email| email.reveal()),
                member.status.as_str(),
                &profile.credentials.join(";"),
                &profile.areas.join(";"),
                &profile.languages.join(";"),
                &profile.payers.join(";"),
                &profile.visit_types.join(";"),
                if profile.night_owl { "yes" } else { "no" },
                member.private.booking_url.as_deref().unwrap_or_default(),
                &member.private.note,
            ]
            .map(defused),
        );
    }
    Ok(String::from_utf8(file.into_inner().unwrap_or_default()).unwrap_or_default())
}

/// A number keeps its plus: nothing that begins with a plus and goes on in digits is a formula.
fn defused(cell: &str) -> String {
    let number =
        cell.strip_prefix('+').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    if !number && cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}
