//! Readers by the words that chapters add: made when those words are first met, and kept.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use model::{
    ChapterId,
    reading::{MemberContext, MemberReading},
    settings::Settings,
};
use reading::{Reader, member::MemberReader};

use crate::desk::Desk;

/// The readers of all chapters of an installation.
pub(crate) struct Readers {
    plain: Reader,
    own: Mutex<HashMap<ChapterId, Arc<Own>>>,
}

/// The readers of a chapter that adds words of its own.
struct Own {
    lexicon: String,
    member_lexicon: String,
    family: Reader,
    member: Option<MemberReader>,
}

impl Readers {
    pub(crate) fn new() -> Self {
        Self { plain: Reader::new(), own: Mutex::default() }
    }

    /// The reader of families' messages with nobody's additions.
    pub(crate) fn plain(&self) -> &Reader {
        &self.plain
    }

    /// The chapter's own readers; `None` where it adds nothing.
    fn own(&self, chapter: ChapterId, settings: &Settings) -> Option<Arc<Own>> {
        if settings.lexicon.is_empty() && settings.member_lexicon.is_empty() {
            return None;
        }
        let mut all = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = all.get(&chapter)
            && own.lexicon == settings.lexicon
            && own.member_lexicon == settings.member_lexicon
        {
            return Some(own.clone());
        }
        let own = Arc::new(self.make(chapter, settings));
        all.insert(chapter, own.clone());
        Some(own)
    }

    /// Words that another version accepted and this one cannot read are left aside: texts are read
    /// all the same.
    fn make(&self, chapter: ChapterId, settings: &Settings) -> Own {
        let family = match Reader::with_extra(&settings.lexicon) {
            Ok(reader) => reader,
            Err(error) => {
                tracing::error!(%chapter, %error, "the chapter's own words cannot be used");
                self.plain.clone()
            }
        };
        let member = match MemberReader::with(&settings.member_lexicon) {
            Ok(reader) => Some(reader),
            Err(error) => {
                tracing::error!(%chapter, %error, "the chapter's own phrases of members cannot be used");
                None
            }
        };
        Own {
            lexicon: settings.lexicon.clone(),
            member_lexicon: settings.member_lexicon.clone(),
            family,
            member,
        }
    }

    /// The reader of families' messages to a chapter.
    pub(crate) fn family(&self, chapter: ChapterId, settings: &Settings) -> Reader {
        self.own(chapter, settings).map_or_else(|| self.plain.clone(), |own| own.family.clone())
    }

    /// Whether a message speaks of danger by words the chapter has added.
    pub(crate) fn danger_in_own_words(
        &self,
        chapter: ChapterId,
        settings: &Settings,
        words: &str,
    ) -> bool {
        self.own(chapter, settings).is_some_and(|own| own.family.danger(words))
    }

    fn member(
        &self,
        chapter: ChapterId,
        settings: &Settings,
        words: &str,
        context: &MemberContext,
    ) -> MemberReading {
        match self.own(chapter, settings).as_ref().and_then(|own| own.member.as_ref()) {
            Some(reader) => reader.read(words, context),
            None => self.plain.member(words, context),
        }
    }
}

impl Desk<'_> {
    /// The chapter's reader of families' messages.
    pub(crate) fn reader(&self) -> Reader {
        self.shared.readers.family(self.chapter.id, &self.settings)
    }

    /// Reads a member's reply by the chapter's phrases.
    pub(crate) fn read_member(&self, words: &str, context: &MemberContext) -> MemberReading {
        self.shared.readers.member(self.chapter.id, &self.settings, words, context)
    }
}
