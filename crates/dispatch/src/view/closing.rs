//! What a family is told where its request is closed while it waits for names.

use model::MessageText;
use storage::{Chapter, Referral};

use crate::{
    Dispatch, Result,
    chapter::settings_of,
    closing::waits_for_names,
    texts::{ToFamily, Voice},
};

impl Dispatch {
    /// The text, in the family's language; `None` where it waits for no names.
    pub(super) fn goodbye(
        &self,
        chapter: &Chapter,
        referral: &Referral,
        lang: &str,
    ) -> Result<Option<MessageText>> {
        let Some(code) = referral.code.filter(|_| waits_for_names(referral)) else {
            return Ok(None);
        };
        let settings = settings_of(chapter, &self.0.settings)?;
        let spoken = self.texts().speaks(lang, &settings.unreviewed_languages);
        let lang = if spoken { lang } else { "en" };
        let voice = Voice { lang, ..self.chapter_voice(chapter, &settings) };
        Ok(Some(self.texts().to_family(&voice, &ToFamily::Withdrawn { code })))
    }
}
