//! One text in the making: whose it is, in which language, and how its pieces are joined.

use carriers::segments;
use model::{MessageText, TimeZone, Timestamp};

use super::{
    Voice,
    bundles::{Args, Bundles},
};

/// Speaks one language for one chapter.
pub(super) struct Speech<'a> {
    bundles: &'a Bundles,
    lang: &'static str,
    voice: &'a Voice<'a>,
}

impl<'a> Speech<'a> {
    pub(super) fn new(bundles: &'a Bundles, lang: &'static str, voice: &'a Voice<'a>) -> Self {
        Self { bundles, lang, voice }
    }

    pub(super) fn name(&self) -> &str {
        self.voice.name
    }

    pub(super) fn lang(&self) -> &'static str {
        self.lang
    }

    pub(super) fn contact(&self) -> Option<&str> {
        Some(self.voice.contact).filter(|contact| !contact.is_empty())
    }

    pub(super) fn now(&self) -> Timestamp {
        self.voice.now
    }

    pub(super) fn zone(&self) -> &TimeZone {
        self.voice.zone
    }

    pub(super) fn say(&self, key: &str, args: &Args<'_>) -> String {
        self.bundles.say(self.lang, key, args)
    }

    /// The sentence, where there is one under this key in this or the English file.
    pub(super) fn say_if(&self, key: &str) -> Option<String> {
        let english = || self.bundles.look_up(super::bundles::ENGLISH, key, &[]);
        self.bundles.look_up(self.lang, key, &[]).or_else(english)
    }

    /// Sentences one after the other.
    pub(super) fn sentences(&self, sentences: &[String]) -> String {
        sentences.join(&self.say("between", &[]))
    }

    /// "a, b, c".
    pub(super) fn list(&self, items: &[String]) -> String {
        items.join(&self.say("comma", &[]))
    }

    /// "a, b and c", "a, b or c": `last` is the key that joins the last two.
    pub(super) fn series(&self, items: &[String], last: &str) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., end] => {
                self.say(last, &[("first", self.list(first).into()), ("last", end.as_str().into())])
            }
        }
    }

    /// A text with the chapter's name at its head.
    pub(super) fn headed(&self, text: &str) -> String {
        self.say("head", &[("name", self.name().into()), ("text", text.into())])
    }

    /// Sentences with the chapter's name at their head, as a text ready to be sent.
    pub(super) fn letter(&self, sentences: &[String]) -> MessageText {
        MessageText::new(self.headed(&self.sentences(sentences)))
    }
}

/// How long a text may be, in segments of the encoding it needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limit {
    pub(super) gsm: usize,
    pub(super) ucs2: usize,
}

impl Limit {
    /// An ordinary answer to a family.
    pub(super) const ANSWER: Self = Self { gsm: 2, ucs2: 4 };
    /// One that carries a care line as well.
    pub(super) const CARE: Self = Self { gsm: 3, ucs2: 6 };
    /// The names, if they carry a link to their page: it gives way first.
    pub(super) const NAMES: Self = Self { gsm: 5, ucs2: 10 };
    /// A member's copy of a broadcast.
    pub(super) const OFFER: Self = Self { gsm: 1, ucs2: 1 };

    /// Whether the text keeps to the limit.
    pub(super) fn holds(self, text: &str) -> bool {
        let segments = segments::count(text);
        let most = match segments.encoding {
            segments::Encoding::Gsm7 => self.gsm,
            segments::Encoding::Ucs2 => self.ucs2,
        };
        segments.segments as usize <= most
    }
}

/// The first of `shorter` and shorter texts that keeps to the limit; the last one where none does.
pub(super) fn first_that_fits(limit: Limit, shorter: impl Iterator<Item = String>) -> String {
    let mut last = String::new();
    for text in shorter {
        if limit.holds(&text) {
            return text;
        }
        last = text;
    }
    last
}
