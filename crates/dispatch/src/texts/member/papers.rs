//! What a member is told of her papers and lists.

use jiff::civil::Date;

use super::super::speech::{Limit, Speech, first_that_fits};

/// Something of a member's that ends, as a reminder tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// What, in a word or two.
    pub what: String,
    /// How near: `60_days`, `30_days`, `7_days`, `last_day` or `grace`.
    pub stage: String,
    /// The last good day; in grace, the last day of grace.
    pub last_good: Date,
    /// On how many lists it keeps her.
    pub lists: usize,
}

/// One text to a member about her papers and lists.
#[derive(Clone, Copy)]
pub enum AboutPapers<'a> {
    /// She asked for her page.
    Page {
        /// On how many lists she is.
        on: usize,
        /// Of how many.
        of: usize,
        /// The page's address, and for how many hours it works.
        link: Option<(&'a str, i64)>,
    },
    /// What ends soon, all of it.
    Remind {
        /// The nearest end first.
        endings: &'a [Ending],
        /// The address of her page.
        link: Option<&'a str>,
    },
    /// Her photo is with the chapter.
    Kept {
        /// What it was taken for.
        what: Option<&'a str>,
    },
    /// Several papers were asked for: which is it?
    Which {
        /// Those.
        options: &'a [String],
    },
    /// Nothing was asked for.
    Unasked,
    /// The photo could not be had, or is nothing that can be kept.
    Lost,
}

/// A reminder may be as long as this.
const REMINDER: Limit = Limit { gsm: 3, ucs2: 4 };

pub(super) fn words(speech: &Speech<'_>, what: &AboutPapers<'_>) -> String {
    match *what {
        AboutPapers::Page { on, of, link } => page(speech, on, of, link),
        AboutPapers::Remind { endings, link } => {
            let shown = (1..=endings.len()).rev();
            first_that_fits(
                REMINDER,
                shown.map(|most| {
                    let things = things(speech, endings, most);
                    let mut args = vec![("things", things.into())];
                    args.extend(link.map(|link| ("link", link.into())));
                    let key = if link.is_some() { "remind" } else { "remind-plain" };
                    speech.headed(&speech.say(key, &args))
                }),
            )
        }
        AboutPapers::Kept { what: Some(what) } => {
            speech.headed(&speech.say("photo-kept", &[("what", what.into())]))
        }
        AboutPapers::Kept { what: None } => speech.headed(&speech.say("photo-kept-plain", &[])),
        AboutPapers::Which { options } => {
            let other = speech.say("photo-other", &[]);
            let option = |number: usize, what: &str| {
                speech.say(
                    "photo-option",
                    &[("number", number.to_string().into()), ("what", what.into())],
                )
            };
            let mut all: Vec<_> =
                options.iter().enumerate().map(|(at, what)| option(at + 1, what)).collect();
            all.push(option(0, &other));
            let options = speech.list(&all);
            speech.headed(&speech.say("photo-which", &[("options", options.into())]))
        }
        AboutPapers::Unasked => speech.headed(&speech.say("photo-unasked", &[])),
        AboutPapers::Lost => speech.headed(&speech.say("photo-lost", &[])),
    }
}

fn page(speech: &Speech<'_>, on: usize, of: usize, link: Option<(&str, i64)>) -> String {
    let key = match (of, link.is_some()) {
        (0, true) => "my-page-none",
        (0, false) => "my-page-none-plain",
        (_, true) => "my-page",
        (_, false) => "my-page-plain",
    };
    let mut args = vec![("on", on.into()), ("of", of.into())];
    args.extend(
        link.into_iter().flat_map(|(link, hours)| [("link", link.into()), ("hours", hours.into())]),
    );
    speech.headed(&speech.say(key, &args))
}

/// What ends, the first so many of it.
pub(in crate::texts) fn things(speech: &Speech<'_>, endings: &[Ending], most: usize) -> String {
    let thing = |ending: &Ending| {
        let said = speech.say(
            &format!("remind-{}", ending.stage),
            &[("what", ending.what.as_str().into()), ("date", speech.day(ending.last_good).into())],
        );
        speech.say("remind-lists", &[("what", said.into()), ("count", ending.lists.into())])
    };
    let mut all: Vec<_> = endings.iter().take(most).map(thing).collect();
    if let Some(more) = endings.len().checked_sub(most).filter(|more| *more > 0) {
        all.push(speech.say("remind-more", &[("count", more.into())]));
    }
    speech.series(&all, "and")
}
