//! Texts to members that name several referrals, or that say how one stands.

use model::Code;

use super::{HeldPlace, OpenOffer};
use crate::texts::speech::Speech;

/// What is open to her.
pub(super) fn open_lines(speech: &Speech<'_>, lines: &[OpenOffer]) -> String {
    let lines = lines.iter().map(|line| line_of(speech, "line", line.code, None, &line.about));
    speech.say("open", &[("lines", lines.collect::<Vec<_>>().join("; ").into())])
}

/// What she has.
pub(super) fn held_lines(speech: &Speech<'_>, lines: &[HeldPlace]) -> String {
    let lines = lines.iter().map(|line| {
        let key = if line.place.is_some() { "line-place" } else { "line-standby" };
        line_of(speech, key, line.code, line.place, &line.about)
    });
    speech.say("mine", &[("lines", lines.collect::<Vec<_>>().join("; ").into())])
}

/// "K7Q: place 2 of 3.", "K7Q: standby."
pub(super) fn place_of(speech: &Speech<'_>, code: Code, place: Option<i64>) -> String {
    let code = code.as_str();
    match place {
        Some(place) => speech.say("claim-place", &[("code", code.into()), ("place", place.into())]),
        None => speech.say("claim-standby", &[("code", code.into())]),
    }
}

fn line_of(speech: &Speech<'_>, key: &str, code: Code, place: Option<i64>, about: &str) -> String {
    let line = speech.say(
        key,
        &[
            ("code", code.as_str().into()),
            ("place", place.unwrap_or_default().into()),
            ("about", about.into()),
        ],
    );
    line.trim_end().to_owned()
}

/// Several are open: which does she mean?
pub(super) fn which(speech: &Speech<'_>, open: &[OpenOffer], minutes: u32) -> String {
    let lines = (1_i64..).zip(open).map(|(number, offer)| {
        let line = speech.say(
            "which-line",
            &[
                ("number", number.into()),
                ("code", offer.code.as_str().into()),
                ("about", offer.about.as_str().into()),
            ],
        );
        line.trim_end().to_owned()
    });
    let lines = lines.collect::<Vec<_>>().join("; ");
    let key = if open.len() == 2 { "which" } else { "which-many" };
    let count = i64::try_from(open.len()).unwrap_or(i64::MAX);
    speech.say(
        key,
        &[("count", count.into()), ("lines", lines.into()), ("minutes", i64::from(minutes).into())],
    )
}

/// How many places are taken, and whether one is hers.
pub(super) fn status(
    speech: &Speech<'_>,
    code: Code,
    taken: i64,
    mine: Option<Option<i64>>,
) -> String {
    let (key, place) = match mine {
        Some(Some(place)) => ("status-mine", place),
        Some(None) => ("status-standby", 0),
        None if taken >= model::referral::PLACES => ("status-full", 0),
        None => ("status", 0),
    };
    speech.say(
        key,
        &[("code", code.as_str().into()), ("taken", taken.into()), ("place", place.into())],
    )
}

/// Asks for her yes to a wish that would change what she gets.
pub(super) fn preference(speech: &Speech<'_>, days: &[String], areas: &[String]) -> String {
    let mut questions = Vec::new();
    if !days.is_empty() {
        let name =
            |day: &String| speech.say_if(&format!("day-{day}")).unwrap_or_else(|| day.clone());
        let days = days.iter().map(name).collect::<Vec<_>>();
        let days = speech.series(&days, "and");
        questions.push(speech.say("preference-days", &[("days", days.into())]));
    }
    if !areas.is_empty() {
        let areas = speech.series(areas, "and");
        questions.push(speech.say("preference-areas", &[("areas", areas.into())]));
    }
    if questions.is_empty() {
        return speech.say("preference-noted", &[]);
    }
    speech.sentences(&questions)
}
