//! What the page says of what she did.

use serde::{
    Deserialize,
    de::value::{Error, StrDeserializer},
};

/// What came of it. It comes back in the address as one word, so that nothing anybody can write there is
/// ever shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Said {
    Sent,
    NoFile,
    NotPaper,
    TooLarge,
    Dates,
    LinePartly,
    LineNot,
    NoTexts,
    Told,
    Away,
    AwayDay,
    Back,
    Saved,
    Same,
    BadPlaces,
    BadPayers,
    BadHours,
    BadDays,
    BadCap,
    PushOn,
    PushOff,
    PushNot,
    Kept,
    NotPhoto,
    PhotoKept,
    PhotoGone,
    KeptBefore,
}

/// A sentence at the head of the page.
pub(super) struct Notice {
    pub(super) tone: &'static str,
    pub(super) title: &'static str,
    pub(super) words: &'static str,
}

impl Said {
    /// By the word that stands in an address.
    pub(super) fn named(word: &str) -> Option<Self> {
        Self::deserialize(StrDeserializer::<Error>::new(word)).ok()
    }

    pub(super) fn notice(self) -> Notice {
        let (tone, title, words) = match self {
            Self::Sent => (
                "good",
                "Your paper is with the chapter.",
                "It counts once somebody there has checked it.",
            ),
            Self::NoFile => {
                ("wait", "No photo or file came with it.", "Choose one, then send again.")
            }
            Self::NotPaper => (
                "wait",
                "That was no photo and no PDF that can be kept.",
                "A JPEG, PNG, WebP or PDF of at most 8 MB works.",
            ),
            Self::TooLarge => (
                "wait",
                "That was larger than 8 MB.",
                "Take a new photo in a smaller size, then send again.",
            ),
            Self::Dates => (
                "wait",
                "The dates do not fit:",
                "the last good day comes after the day of issue. Nothing was sent.",
            ),
            Self::LinePartly => (
                "wait",
                "Part of your line was left out:",
                "what is private, and what says nothing of your times and terms. What the family reads \
                 stands below.",
            ),
            Self::LineNot => (
                "wait",
                "Your line is not passed on:",
                "we found no times and no terms in it. Write it like \"after 5 pm, video only\".",
            ),
            Self::NoTexts => (
                "wait",
                "Nothing was done:",
                "texts to your number are stopped. Text START to the line, then try again.",
            ),
            Self::Told => ("good", "Noted.", "It stays with the chapter."),
            Self::Away => ("good", "You are away.", "You are not asked until you are back."),
            Self::AwayDay => {
                ("wait", "Nothing was changed:", "choose a day that is still to come, or none.")
            }
            Self::Back => ("good", "You are back.", "You are asked again from now on."),
            Self::Saved => ("good", "Saved.", "It holds from the next request on."),
            Self::Same => ("good", "Nothing was other than before.", ""),
            Self::BadPlaces => (
                "wait",
                "Not saved: a place was not understood.",
                "Write boroughs, neighborhoods, towns or five-digit ZIPs, with commas between them.",
            ),
            Self::BadPayers => (
                "wait",
                "Not saved: a payer was not understood.",
                "Write their names, with commas between them.",
            ),
            Self::BadHours => (
                "wait",
                "Not saved: the hours were not understood.",
                "Your own hours need a time to begin and another to end.",
            ),
            Self::BadDays => ("wait", "Not saved:", "at least one day of the week must be left."),
            Self::PushOn => {
                ("good", "Notifications are on.", "They come to this phone from now on.")
            }
            Self::PushOff => ("good", "Notifications are off.", "Requests come by text."),
            Self::PushNot => (
                "wait",
                "Notifications were not turned on:",
                "this browser gets them from somewhere we do not speak to. Requests come by text.",
            ),
            Self::Kept => (
                "good",
                "Your page is kept.",
                "Use this page's address from now on, or add it to your home screen.",
            ),
            Self::NotPhoto => (
                "wait",
                "That was no photo that can be opened.",
                "A JPEG or PNG of at most 8 MB works.",
            ),
            Self::PhotoKept => ("good", "Your photo is kept.", "Families see it beside your name."),
            Self::PhotoGone => {
                ("good", "Your photo is gone.", "Families see your name without it.")
            }
            Self::KeptBefore => (
                "wait",
                "It is kept already.",
                "For another phone, text PAGE from it and keep the page that comes.",
            ),
            Self::BadCap => {
                ("wait", "Not saved:", "write a number of 1 or more, or leave it empty.")
            }
        };
        Notice { tone, title, words }
    }
}
