//! Times as people say them, over midnight and over the nights that lose and gain an hour.

use super::samples::{Chapter, NO_CARE, at, code};
use crate::texts::ToFamily;

/// "by 4:15 pm" out of a text that was sent at `now`.
fn promised(lang: &str, now: &str, by: &str) -> String {
    let promise = ToFamily::AlreadyAsking { code: code("K7Q"), by: at(by), care: NO_CARE };
    let text = Chapter::at(now).family(lang, &promise);
    let start = if lang == "es" { "antes de " } else { "by " };
    let (_, time) = text.rsplit_once(start).expect("a time");
    time.trim_end_matches('.').to_owned()
}

fn asked_from(now: &str, starts: &str) -> String {
    let text = Chapter::at(now).family(
        "en",
        &ToFamily::Ask {
            what: crate::texts::Ask::Place,
            care: NO_CARE,
            night_until: Some(at(starts)),
            age_too: false,
            prenatal: false,
            questions: &[],
        },
    );
    let (_, rest) = text.split_once("from ").expect("a time");
    rest.split_once('.').expect("an end").0.to_owned()
}

#[test]
fn a_time_is_told_as_people_say_it() {
    let now = "2026-11-20T10:15:00-05:00";
    let told = |by| promised("en", now, by);
    assert_eq!(told("2026-11-20T16:15:00-05:00"), "4:15 pm");
    assert_eq!(told("2026-11-20T16:00:00-05:00"), "4 pm");
    assert_eq!(told("2026-11-20T12:00:00-05:00"), "noon");
    assert_eq!(told("2026-11-20T12:30:00-05:00"), "12:30 pm");
    assert_eq!(told("2026-11-20T11:00:00-05:00"), "11 am");
    assert_eq!(told("2026-11-21T10:00:00-05:00"), "10 am tomorrow");
    assert_eq!(told("2026-11-23T10:00:00-05:00"), "10 am Mon");
    assert_eq!(told("2026-11-26T10:00:00-05:00"), "10 am Thu");
    assert_eq!(told("2026-11-27T10:00:00-05:00"), "10 am Fri Nov 27");
}

#[test]
fn a_promise_is_told_on_the_five_minutes_and_never_too_early() {
    let now = "2026-11-20T10:15:00-05:00";
    let told = |by| promised("en", now, by);
    assert_eq!(told("2026-11-20T16:13:27-05:00"), "4:15 pm");
    assert_eq!(told("2026-11-20T16:15:59-05:00"), "4:15 pm");
    assert_eq!(told("2026-11-20T16:16:00-05:00"), "4:20 pm");
    assert_eq!(told("2026-11-20T16:58:00-05:00"), "5 pm");
    assert_eq!(told("2026-11-20T11:56:00-05:00"), "noon");
}

#[test]
fn over_midnight_the_evening_is_still_tonight() {
    let now = "2026-11-20T22:30:00-05:00";
    let told = |by| promised("en", now, by);
    assert_eq!(told("2026-11-20T23:45:00-05:00"), "11:45 pm");
    assert_eq!(told("2026-11-20T23:58:00-05:00"), "midnight tonight");
    assert_eq!(told("2026-11-21T00:30:00-05:00"), "12:30 am tonight");
    assert_eq!(told("2026-11-21T10:00:00-05:00"), "10 am tomorrow");
    // After midnight the same morning is today, and half past midnight of the next day is not.
    assert_eq!(promised("en", "2026-11-21T03:07:00-05:00", "2026-11-21T10:00:00-05:00"), "10 am");
    assert_eq!(
        promised("en", "2026-11-21T10:00:00-05:00", "2026-11-22T00:30:00-05:00"),
        "12:30 am tomorrow"
    );
}

#[test]
fn the_nights_that_lose_and_gain_an_hour_keep_their_mornings() {
    // 8 March 2026 has no 2:30; two hours after half past one the clocks show half past four.
    assert_eq!(promised("en", "2026-03-08T06:30:00Z", "2026-03-08T08:30:00Z"), "4:30 am");
    assert_eq!(asked_from("2026-03-07T23:00:00-05:00", "2026-03-08T12:00:00Z"), "8 am tomorrow");
    // 1 November 2026 has 1:30 twice.
    assert_eq!(promised("en", "2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"), "1:30 am");
    assert_eq!(asked_from("2026-10-31T23:00:00-04:00", "2026-11-01T13:00:00Z"), "8 am tomorrow");
}

#[test]
fn spanish_keeps_its_articles() {
    let now = "2026-11-20T10:15:00-05:00";
    let told = |by| promised("es", now, by);
    assert_eq!(told("2026-11-20T16:15:00-05:00"), "las 4:15 pm");
    assert_eq!(told("2026-11-20T13:00:00-05:00"), "la 1 pm");
    assert_eq!(told("2026-11-20T13:30:00-05:00"), "la 1:30 pm");
    assert_eq!(told("2026-11-20T12:00:00-05:00"), "las 12 del mediodía");
    assert_eq!(told("2026-11-21T10:00:00-05:00"), "las 10 am de mañana");
    assert_eq!(told("2026-11-23T10:00:00-05:00"), "las 10 am del lunes");
    assert_eq!(told("2026-12-04T10:00:00-05:00"), "las 10 am del viernes 4 de diciembre");
}

#[test]
fn a_day_somebody_else_has_named_keeps_its_name() {
    let after = Some(at("2026-11-21T20:00:00-05:00"));
    let text = Chapter::new().family("en", &ToFamily::Callback { after });
    assert!(text.contains("after 8 pm Sat."), "{text}");
}
