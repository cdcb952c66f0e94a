//! `/settings/texts`: what the line says in each language, how long that is and what it costs.

use askama::Template;
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    response::Response,
};
use dispatch::{
    ChapterView,
    view::{Sample, length},
};
use serde::Deserialize;

use super::{GROUPS, Group, Kind, Of, Shown, Wrong};
use crate::{
    Desk,
    console::{
        costs::takes,
        facts,
        fault::Fault,
        frame::{Frame, Room, show},
        said::Saying,
        signed::Signed,
    },
    session::Session,
};

/// So many texts may be at hand, and so many empty rows wait for more.
pub(super) const MOST_CANNED: usize = 30;
const SPARE: usize = 2;

#[derive(Template)]
#[template(path = "settings_texts.html")]
struct Page {
    frame: Frame,
    version: String,
    voice: Option<Shown>,
    canned: Vec<Canned>,
    canned_wrong: Option<String>,
    tongues: Vec<Tongue>,
    lang: &'static str,
    language: String,
    is_read: bool,
    is_used: bool,
    samples: Vec<Text>,
    to_members: Vec<Text>,
}

/// A text at hand.
struct Canned {
    name: String,
    text: String,
    takes: Option<String>,
}

/// A language, and whether families are answered in it.
struct Tongue {
    lang: &'static str,
    name: String,
    is_read: bool,
    is_used: bool,
    is_chosen: bool,
}

struct Text {
    what: &'static str,
    text: String,
    takes: String,
}

/// What a person may choose; what cannot be read is as if it were not there.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Chosen {
    lang: String,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    Signed(session): Signed,
    chosen: Result<Query<Chosen>, QueryRejection>,
    Saying(said): Saying,
) -> Result<Response, Fault> {
    let lang = chosen.map(|Query(chosen)| chosen.lang).unwrap_or_default();
    let view = desk.dispatch().chapter(session.chapter.id).await?;
    let frame = Frame::new(Room::Texts, &session, said);
    show(&Page::of(&desk, &view, &lang, frame, None))
}

/// The page of a form that was not kept.
pub(super) fn refused(
    desk: &Desk,
    session: &Session,
    view: &ChapterView,
    wrong: &Wrong,
) -> Result<Response, Fault> {
    let frame = Frame::new(Room::Texts, session, None);
    show(&Page::of(desk, view, "", frame, Some(wrong)))
}

impl Page {
    fn of(
        desk: &Desk,
        view: &ChapterView,
        lang: &str,
        frame: Frame,
        wrong: Option<&Wrong>,
    ) -> Self {
        let (dispatch, price) = (desk.dispatch(), view.settings.segment_price);
        let languages = dispatch.languages();
        let (lang, is_read) = languages
            .iter()
            .find(|(known, _)| *known == lang)
            .or(languages.first())
            .copied()
            .unwrap_or(("en", true));
        let tongue = |&(one, is_read): &(&'static str, bool)| Tongue {
            lang: one,
            name: facts::language(one),
            is_read,
            is_used: dispatch.answers_in(view, one),
            is_chosen: one == lang,
        };
        let text = |sample: Sample| Text {
            what: sample.what,
            takes: takes(sample.length, price),
            text: sample.text,
        };
        let of_canned = wrong.filter(|wrong| has(wrong.group, Kind::Canned));
        Self {
            version: view.version.clone(),
            voice: GROUPS
                .iter()
                .find(|group| group.of == Of::Texts && !has(group, Kind::Canned))
                .map(|group| Shown::of(desk, view, group, wrong)),
            canned: canned(view, of_canned, price),
            canned_wrong: of_canned.map(|wrong| wrong.problem.clone()),
            tongues: languages.iter().map(tongue).collect(),
            lang,
            language: facts::language(lang),
            is_read,
            is_used: dispatch.answers_in(view, lang),
            samples: dispatch.samples(view, lang).into_iter().map(text).collect(),
            to_members: dispatch.samples_to_members(view).into_iter().map(text).collect(),
            frame,
        }
    }
}

fn has(group: &Group, kind: Kind) -> bool {
    group.fields.iter().any(|given| given.kind == kind)
}

/// The texts at hand, as they are or as they were typed, and some empty rows.
fn canned(view: &ChapterView, wrong: Option<&Wrong>, price: u32) -> Vec<Canned> {
    let rows: Vec<(String, String)> = match wrong {
        Some(wrong) => wrong.typed.canned(),
        None => {
            view.settings.canned.iter().map(|one| (one.name.clone(), one.text.clone())).collect()
        }
    };
    let empty = MOST_CANNED.saturating_sub(rows.len()).min(SPARE);
    rows.into_iter()
        .map(|(name, text)| Canned {
            takes: (!text.is_empty()).then(|| takes(length(&text), price)),
            name,
            text,
        })
        .chain((0..empty).map(|_| Canned { name: String::new(), text: String::new(), takes: None }))
        .collect()
}
