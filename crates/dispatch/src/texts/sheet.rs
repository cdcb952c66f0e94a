//! A family's page of names: all its words, in its language.

use jiff::civil::Date;
use model::{Code, MemberId, PersonName, Phone, Timestamp};

use super::{Card, rule, speech::Speech};
use crate::policy::Terms;

/// Languages that are written from right to left.
const RIGHT_TO_LEFT: [&str; 4] = ["ar", "he", "ur", "yi"];

/// A consultant as the page introduces her: her card, and what a text has no room for.
pub struct Introduced<'a> {
    /// Her card.
    pub card: Card<'a>,
    /// The languages she works in, by code.
    pub languages: &'a [String],
    /// The day on which what she says of payers was last confirmed.
    pub payers_confirmed: Option<Date>,
    /// Whose photo is shown beside it, where she gave one.
    pub portrait: Option<MemberId>,
}

/// The page, ready to be laid out.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The chapter's name.
    pub chapter: String,
    /// The language it is written in.
    pub lang: &'static str,
    /// `rtl` or `ltr`.
    pub direction: &'static str,
    /// What stands above the names.
    pub title: String,
    /// The consultants in the order of their places.
    pub cards: Vec<SheetCard>,
    /// What the buttons say.
    pub buttons: Buttons,
    /// How the names were chosen, and that nobody pays for it.
    pub chosen: [String; 2],
    /// What to do where nobody is free, and in an emergency.
    pub help: String,
    /// Until when the page works.
    pub until: String,
}

/// A consultant on the page.
#[derive(Debug, Clone)]
pub struct SheetCard {
    /// Her name exactly as on the roster.
    pub name: PersonName,
    /// Her credentials: "IBCLC, RN".
    pub credentials: String,
    /// What is known of her, each with its name.
    pub rows: Vec<(String, String)>,
    /// Her number.
    pub phone: Phone,
    /// Where she can be booked.
    pub booking: Option<String>,
    /// Whose photo is shown beside it, where she gave one.
    pub portrait: Option<MemberId>,
}

/// What the buttons of a card say.
#[derive(Debug, Clone)]
pub struct Buttons {
    /// To call her.
    pub call: String,
    /// To text her.
    pub text: String,
    /// To book her.
    pub book: String,
    /// To keep her number on the phone.
    pub save: String,
}

/// The page of these names.
pub(super) fn sheet(
    speech: &Speech<'_>,
    code: Code,
    all: &[Introduced<'_>],
    terms: &Terms,
    until: Timestamp,
) -> Sheet {
    let plain = |key: &str| speech.say(key, &[]);
    let count = i64::try_from(all.len()).unwrap_or(i64::MAX);
    let title = if all.is_empty() {
        plain("names-more")
    } else {
        speech.say("names", &[("count", count.into()), ("code", code.as_str().into())])
    };
    let last_day = speech.day(until.in_zone(speech.zone()).date());
    let lang = speech.lang();
    Sheet {
        chapter: speech.name().to_owned(),
        lang,
        direction: if RIGHT_TO_LEFT.contains(&lang) { "rtl" } else { "ltr" },
        title,
        cards: all.iter().map(|introduced| card(speech, introduced)).collect(),
        buttons: Buttons {
            call: plain("page-call"),
            text: plain("page-text"),
            book: plain("page-book"),
            save: plain("page-save"),
        },
        chosen: rule::to_family(speech, terms),
        help: plain("names-help"),
        until: speech.say("page-until", &[("date", last_day.into())]),
    }
}

fn card(speech: &Speech<'_>, introduced: &Introduced<'_>) -> SheetCard {
    let Introduced { card, languages, payers_confirmed, portrait } = introduced;
    let payers = card.payers.iter().map(|payer| speech.payer(payer)).collect::<Vec<_>>();
    let mut payers = speech.list(&payers);
    if let Some(day) = payers_confirmed.filter(|_| !payers.is_empty()) {
        let confirmed = speech.say("page-confirmed", &[("date", speech.day(day).into())]);
        payers = format!("{payers} ({confirmed})");
    }
    let rows = [
        ("page-note", card.caveat.map(|caveat| format!("\"{caveat}\"")).unwrap_or_default()),
        ("page-area", card.area.to_owned()),
        ("page-visits", speech.list(&speech.visits(card.visits))),
        ("page-payers", payers),
        ("page-languages", speech.list(&speech.languages(languages))),
    ];
    let rows = rows.into_iter().filter(|(_, words)| !words.is_empty());
    SheetCard {
        name: card.name.clone(),
        credentials: card.credentials.join(", "),
        rows: rows.map(|(key, words)| (speech.say(key, &[]), words)).collect(),
        phone: card.phone.clone(),
        booking: card.booking.map(str::to_owned),
        portrait: *portrait,
    }
}
