//! Reads what families and members write.
//!
//! A family's message becomes a [`FamilyReading`]: what it is, which way it goes, how soon, which
//! signs of danger it holds, and the facts. Everything is deterministic and in this process: the
//! vocabularies and rules are data files, loaded once into a [`Reader`] that is cheap to share.
//! docs/READING.md tells how it decides and how well.

use std::sync::{Arc, LazyLock};

use model::reading::{FamilyContext, FamilyReading, MemberContext, MemberReading};

use crate::family::lexicon::Lexicon;

mod age;
mod family;
pub mod keywords;
pub mod member;
pub mod normalise;
mod places;
pub mod redact;

pub use crate::{family::lexicon::LexiconError, places::Zip};

/// Reads texts: the vocabularies of twelve languages, loaded once.
///
/// Clones share what was loaded. The embedded vocabularies are loaded when first read with, so that
/// having a reader costs nothing; [`Reader::load`] does it before.
#[derive(Clone)]
pub struct Reader {
    /// The embedded vocabularies with a chapter's additions; none where it adds nothing.
    own: Option<Arc<Lexicon>>,
}

/// The embedded vocabularies, loaded when first asked for and shared by everybody after.
#[expect(clippy::expect_used, reason = "the embedded files are part of the program")]
static BUILT_IN: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::load("").expect("the embedded vocabularies can be read"));

impl Reader {
    /// The embedded vocabularies.
    ///
    /// # Panics
    /// Never: the embedded files are read by the tests.
    #[must_use]
    pub fn new() -> Self {
        Self { own: None }
    }

    /// Loads what is not loaded yet, which takes some tenths of a second: until then the first to
    /// read waits for it.
    pub fn load(&self) {
        let _ = self.lexicon();
    }

    fn lexicon(&self) -> &Lexicon {
        self.own.as_deref().unwrap_or_else(|| &BUILT_IN)
    }

    /// Loads the embedded vocabularies and a chapter's own additions, in the language of the files
    /// in `data/words`: `lang es`, `[section]`, phrases; rules after a line `[rules]`.
    ///
    /// # Errors
    /// [`LexiconError`] names the line of `extra` that cannot be read.
    pub fn with_extra(extra: &str) -> Result<Self, LexiconError> {
        Ok(Self { own: Some(Arc::new(Lexicon::load(extra)?)) })
    }

    /// Reads a family's message, of one or several texts, in the light of its thread.
    ///
    /// A text that came twice counts once. Never fails: what cannot be understood is `unclear`.
    #[must_use]
    pub fn family(&self, texts: &[&str], context: &FamilyContext) -> FamilyReading {
        family::read(self.lexicon(), texts, context)
    }

    /// Whether one text holds a sign so grave that it must not wait for the texts to settle: an
    /// emergency, a crisis, violence at home, or something for a doctor at once.
    #[must_use]
    pub fn danger(&self, text: &str) -> bool {
        family::danger(self.lexicon(), text)
    }

    /// Reads a member's reply in the light of what is open to her.
    #[must_use]
    pub fn member(&self, text: &str, context: &MemberContext) -> MemberReading {
        member::read(text, context)
    }

    /// The borough of a neighbourhood or a ZIP of the city, as people write it; `None` for any other
    /// place.
    #[must_use]
    pub fn borough_of(&self, area: &str) -> Option<String> {
        self.lexicon()
            .places
            .borough(area.trim())
            .or_else(|| self.lexicon().places.borough_of(area))
            .map(str::to_owned)
    }

    /// The boroughs of the city, each with its neighbourhoods by the alphabet, as they are properly
    /// called.
    #[must_use]
    pub fn boroughs(&self) -> Vec<(&'static str, Vec<&str>)> {
        let places = &self.lexicon().places;
        places::BOROUGHS.map(|borough| (borough, places.neighborhoods(borough))).to_vec()
    }

    /// What a borough or a neighbourhood is properly called, by one of its names; `None` for any other
    /// place.
    #[must_use]
    pub fn area(&self, name: &str) -> Option<&str> {
        self.lexicon().places.area(name)
    }

    /// The ZIPs of the city, in their order.
    pub fn zips(&self) -> impl Iterator<Item = &Zip> {
        self.lexicon().places.zips()
    }

    /// The ZIPs of a borough, a neighbourhood or a ZIP of the city; none of any other place. A
    /// neighbourhood whose ZIPs are not known has those of its borough.
    #[must_use]
    pub fn zips_of(&self, place: &str) -> Vec<&Zip> {
        self.lexicon().places.zips_of(place)
    }
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}
