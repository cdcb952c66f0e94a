//! Whom we answer in English because the chapter does not accept our texts in her language.

use model::reading::{FamilyKind, FamilyReading};
use storage::{Inbound, Inquiry, Referral};

use crate::{Result, desk::Desk, paging::Reason};

impl Desk<'_> {
    /// Asks for an admin's attention where a family writes in a language that the chapter accepts no
    /// texts in, or that we have none in: it gets plain English and may not read it. Once an inquiry,
    /// with its first texts or where the language `changed` since.
    pub(crate) async fn ask_about_language(
        &mut self,
        inquiry: &Inquiry,
        referral: Option<&Referral>,
        reading: &FamilyReading,
        changed: bool,
        unread: &[Inbound],
    ) -> Result<()> {
        // Nobody waits for an answer to these in any language.
        let needs_none = matches!(
            reading.kind,
            FamilyKind::Spam
                | FamilyKind::Solicitation
                | FamilyKind::Abuse
                | FamilyKind::Reaction
                | FamilyKind::WrongNumber
                | FamilyKind::OptOut
        );
        let lang = &inquiry.language;
        let accepted = self.texts().speaks(lang, &self.settings.unreviewed_languages);
        if needs_none || accepted || lang == "und" {
            return Ok(());
        }
        if !changed && self.tx.inquiry_texts(inquiry.id, false).await?.len() > unread.len() {
            return Ok(());
        }
        self.page(Reason::Language, Some(inquiry.id), referral.map(|referral| referral.id), None)
            .await
    }
}
