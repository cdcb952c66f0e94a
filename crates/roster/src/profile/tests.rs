use jiff::civil::{date, time};

use super::*;

fn list(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

fn made(change: ProfileChange) -> Result<Profile> {
    let known = Profile {
        areas: list(&["Brooklyn", "11215"]),
        payers: list(&["aetna"]),
        night_owl: true,
        ..Profile::default()
    };
    changed(&known, change, date(2026, 11, 17))
}

fn refused(change: ProfileChange) -> &'static str {
    match made(change) {
        Err(Error::Refused(Refusal::Invalid { field, .. })) => field,
        other => panic!("it should be refused: {other:?}"),
    }
}

#[test]
fn what_is_not_named_stays_and_what_is_named_is_kept_by_our_words() {
    let change = ProfileChange {
        languages: Some(list(&["Spanish", "es", " en "])),
        visit_types: Some(list(&["home", "virtual"])),
        quiet_days: Some(list(&[SHABBAT, "sun"])),
        cap: Some(Some(2)),
        offer_by: Some(OfferBy::Push),
        ..ProfileChange::default()
    };
    let profile = made(change).expect("a profile");
    assert_eq!(profile.languages, ["es", "en"]);
    assert_eq!((profile.visit_types.len(), profile.quiet_days.len()), (2, 2));
    assert_eq!((profile.cap, profile.offer_by), (Some(2), OfferBy::Push));
    assert_eq!(profile.areas, ["Brooklyn", "11215"]);
    assert!(profile.night_owl && profile.payers_confirmed.is_none());
}

#[test]
fn to_name_payers_is_to_confirm_them_today() {
    let payers = |named: &[&str]| {
        let change = ProfileChange { payers: Some(list(named)), ..ProfileChange::default() };
        let profile = made(change).expect("a profile");
        (profile.payers, profile.payers_confirmed)
    };
    assert_eq!(payers(&["aetna"]), (list(&["aetna"]), Some(date(2026, 11, 17))));
    assert_eq!(payers(&[]), (Vec::new(), None));
}

#[test]
fn a_borough_is_chosen_alone_and_other_places_stay() {
    let choice = |whole, neighborhoods: &[&str]| ProfileChange {
        borough: Some(BoroughChange {
            name: "Brooklyn".to_owned(),
            whole,
            neighborhoods: list(neighborhoods),
        }),
        ..ProfileChange::default()
    };
    assert_eq!(made(choice(false, &["Park Slope"])).expect("it").areas, ["Park Slope", "11215"]);
    assert_eq!(made(choice(false, &[])).expect("it").areas, ["11215"]);
    assert_eq!(refused(choice(false, &["Astoria"])), "areas");
    let others = ProfileChange {
        other_areas: Some(list(&["Montclair", "astoria"])),
        ..ProfileChange::default()
    };
    assert_eq!(made(others).expect("it").areas, ["Brooklyn", "Montclair", "Astoria"]);
}

#[test]
fn hours_are_the_chapters_any_or_her_own() {
    let hours = |hours| {
        made(ProfileChange { hours: Some(hours), ..ProfileChange::default() }).expect("a profile")
    };
    let own = Hours::Between(time(10, 0, 0, 0), time(18, 30, 0, 0));
    let profile = hours(own);
    assert_eq!(profile.quiet_hours.map(|quiet| quiet.to_string()).as_deref(), Some("18:30-10:00"));
    assert!(!profile.night_owl);
    assert_eq!(Hours::of(&profile), own);
    assert_eq!(Hours::of(&hours(Hours::Chapter)), Hours::Chapter);
    assert_eq!(Hours::of(&hours(Hours::Any)), Hours::Any);
    let never = Hours::Between(time(9, 0, 0, 0), time(9, 0, 0, 0));
    assert_eq!(refused(ProfileChange { hours: Some(never), ..ProfileChange::default() }), "hours");
}

#[test]
fn what_we_do_not_know_is_refused_by_its_field() {
    let none = ProfileChange::default;
    assert_eq!(
        refused(ProfileChange { languages: Some(list(&["Klingon"])), ..none() }),
        "languages"
    );
    assert_eq!(refused(ProfileChange { areas: Some(list(&["12 Main"])), ..none() }), "areas");
    assert_eq!(refused(ProfileChange { payers: Some(list(&["<b>"])), ..none() }), "payers");
    assert_eq!(refused(ProfileChange { cap: Some(Some(0)), ..none() }), "cap");
    assert_eq!(
        refused(ProfileChange { visit_types: Some(list(&["teleport"])), ..none() }),
        "visit_types"
    );
    let all = ProfileChange { quiet_days: Some(list(&DAYS_OFF)), ..none() };
    assert_eq!(refused(all), "quiet_days");
}
