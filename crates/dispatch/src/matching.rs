//! Who fits a referral, and who may be asked now. Pure.

use jiff::civil::{self, Weekday};
use model::{
    TimeZone, Timestamp,
    referral::Facts,
    settings::{QuietHours, Settings},
    word,
};
use storage::{Profile, SHABBAT};

word! {
    /// Why a member is not asked.
    NotAsked {
        /// She is away.
        Away = "away",
        /// Texts do not reach her, or she wants none.
        Unreachable = "unreachable",
        /// She is new, and has not answered from her number yet.
        Unconfirmed = "unconfirmed",
        /// She is not eligible on the chapter's own list.
        Standing = "standing",
        /// She holds as many referrals as she may.
        AtCap = "at_cap",
        /// She was named to this family before.
        NamedBefore = "named_before",
        /// It is she who asks.
        Asks = "asks",
        /// She has this offer already.
        HasIt = "has_it",
        /// She does not serve the place, or wants none from there.
        Area = "area",
        /// She does not make such visits.
        Visit = "visit",
        /// She does not speak the language.
        Language = "language",
        /// She does not take the payer.
        Payer = "payer",
    }
}

/// In what a member fits a referral.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    /// She serves the place, or it does not matter.
    pub area: bool,
    /// She makes such visits.
    pub visit: bool,
    /// She speaks the language.
    pub language: bool,
    /// She takes the payer.
    pub payer: bool,
    /// She sees families by video.
    pub video: bool,
}

/// How far the matching is widened. 0 asks those who fit in everything; each step lets one wish go,
/// the least important first.
pub const WIDEST: i64 = 5;

/// So far widened, everybody is asked whom the family can reach in its language: all in the area, and
/// those elsewhere who see families by video.
pub const ALL_IN_REACH: i64 = 3;

impl Fit {
    /// Compares a member's profile with what the family needs. `borough_of` tells the borough of a
    /// neighbourhood, where it is known.
    #[must_use]
    pub fn of(
        profile: &Profile,
        facts: &Facts,
        borough_of: &dyn Fn(&str) -> Option<String>,
    ) -> Self {
        let wants_only_video =
            !facts.visit_types.is_empty() && facts.visit_types.iter().all(|visit| is_video(visit));
        let overlap = |have: &[String], want: &[String]| {
            have.is_empty()
                || want.is_empty()
                || want.iter().any(|want| have.iter().any(|have| same(have, want)))
        };
        Self {
            area: wants_only_video || serves(profile, facts, borough_of),
            visit: overlap(&profile.visit_types, &facts.visit_types),
            language: facts.languages.is_empty()
                || facts.languages.iter().any(|want| {
                    same(want, "en") || profile.languages.iter().any(|have| same(have, want))
                }),
            payer: facts.insurance.as_ref().is_none_or(|insurance| {
                same(&insurance.class, "self_pay")
                    || profile
                        .payers
                        .iter()
                        .any(|have| same(have, &insurance.payer) || same(have, &insurance.class))
            }),
            video: profile.visit_types.iter().any(|visit| is_video(visit)),
        }
    }

    /// The least widening at which she is asked.
    #[must_use]
    pub fn stage(self) -> i64 {
        match self {
            Self { area: true, visit: true, language: true, payer: true, .. } => 0,
            Self { area: true, visit: true, language: true, .. } => 1,
            Self { area: true, language: true, .. } => 2,
            Self { language: true, video: true, .. } => 3,
            Self { area: true, .. } | Self { video: true, .. } => 4,
            _ => WIDEST,
        }
    }

    /// The first wish she does not meet.
    #[must_use]
    pub fn lacks(self) -> NotAsked {
        match self {
            Self { area: false, .. } => NotAsked::Area,
            Self { language: false, .. } => NotAsked::Language,
            Self { visit: false, .. } => NotAsked::Visit,
            _ => NotAsked::Payer,
        }
    }
}

/// How far to widen at the start: payers are let go where fewer than three fit in everything; a
/// place, a language or a kind of visit only where otherwise nobody would be asked.
#[must_use]
pub fn opening_stage(stages: &[i64]) -> i64 {
    let up_to = |stage: i64| stages.iter().filter(|&&have| have <= stage).count();
    if up_to(0) >= 3 {
        return 0;
    }
    (1..=WIDEST).find(|&stage| up_to(stage) > 0).unwrap_or(WIDEST)
}

/// The next widening that brings in somebody new; `None` where there is nobody left.
#[must_use]
pub fn next_stage(stages: &[i64], from: i64) -> Option<i64> {
    (from + 1..=WIDEST).find(|&stage| stages.iter().any(|&have| have > from && have <= stage))
}

/// How many referrals she may hold at once: as many as the chapter allows, or fewer where she wants fewer.
#[must_use]
pub fn cap(profile: &Profile, settings: &Settings) -> i64 {
    i64::from(profile.cap.unwrap_or(settings.member_cap).min(settings.member_cap))
}

/// When a member may be asked: now, or when her hours begin. Her own hours go before the chapter's.
#[must_use]
pub fn hours(profile: &Profile, settings: &Settings, zone: &TimeZone, now: Timestamp) -> Timestamp {
    let quiet = match profile.quiet_hours {
        _ if profile.night_owl => QuietHours::Off,
        Some(own) => own,
        None => settings.quiet_hours,
    };
    let mut at = quiet.end_after(now, zone);
    // When a day off ends her hours decide again. Seven days off would be no member at all; the bound
    // only keeps this finite.
    for _ in 0..9 {
        let Some(end) = off_until(&profile.quiet_days, at, zone) else { return at };
        at = quiet.end_after(end, zone);
    }
    at
}

/// When the day off ends in which `at` lies, if it lies in one: at its midnight, and Shabbat on Saturday
/// at ten, having begun on Friday at three. Its own hours move with the sun; these hold all year in New York.
fn off_until(days: &[String], at: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let local = at.in_zone(zone);
    let (date, time, day) = (local.date(), local.time(), local.weekday());
    let rests = |word: &str| days.iter().any(|off| same(off, word));
    if rests(SHABBAT) {
        let (begins, ends) = (civil::time(15, 0, 0, 0), civil::time(22, 0, 0, 0));
        let saturday = match day {
            Weekday::Friday if time >= begins => date.tomorrow().ok(),
            Weekday::Saturday if time < ends => Some(date),
            _ => None,
        };
        if let Some(saturday) = saturday {
            return zone.instant(civil::DateTime::from_parts(saturday, ends));
        }
    }
    if !rests(&local.strftime("%a").to_string()) {
        return None;
    }
    zone.instant(date.tomorrow().ok()?.at(0, 0, 0, 0))
}

fn serves(
    profile: &storage::Profile,
    facts: &Facts,
    borough_of: &dyn Fn(&str) -> Option<String>,
) -> bool {
    let place = &facts.place;
    let told = [place.zip.as_deref(), place.neighborhood.as_deref(), place.borough.as_deref()];
    let is_there = |area: &String| {
        told.iter().flatten().any(|told| same(area, told))
            // Where the family told no more than its borough, whoever serves a part of it may be right.
            || (place.zip.is_none()
                && place.neighborhood.is_none()
                && place.borough.as_deref().is_some_and(|borough| borough_of(area).is_some_and(|of| same(&of, borough))))
    };
    if profile.exclude_areas.iter().any(is_there) {
        return false;
    }
    profile.areas.is_empty()
        || told.iter().all(Option::is_none)
        || profile.areas.iter().any(is_there)
}

fn is_video(visit: &str) -> bool {
    same(visit, "virtual") || same(visit, "video")
}

/// Whether two words are the same but for case, spaces and signs.
fn same(a: &str, b: &str) -> bool {
    fn plain(text: &str) -> impl Iterator<Item = char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
    }
    plain(a).eq(plain(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payer_is_let_go_before_a_language_and_a_language_before_nobody() {
        let all = Fit { area: true, visit: true, language: true, payer: true, video: false };
        assert_eq!(all.stage(), 0);
        assert_eq!(Fit { payer: false, ..all }.stage(), 1);
        assert_eq!(Fit { payer: false, visit: false, ..all }.stage(), 2);
        assert_eq!(Fit { area: false, video: true, ..all }.stage(), 3);
        assert_eq!(Fit { language: false, ..all }.stage(), 4);
        assert_eq!(Fit { area: false, ..all }.stage(), WIDEST);
    }

    #[test]
    fn her_own_hours_and_days_off_go_before_the_chapters() {
        let zone = "America/New_York".parse().expect("a zone");
        let (settings, at) =
            (Settings::default(), |text: &str| -> Timestamp { text.parse().expect("an instant") });
        let asked = |profile: storage::Profile, now: &str| {
            hours(&profile, &settings, &zone, at(now)).to_text()
        };
        let own = storage::Profile {
            quiet_hours: Some("17:30-10:00".parse().expect("hours")),
            ..storage::Profile::default()
        };
        let night = storage::Profile { night_owl: true, ..own.clone() };
        // A Friday at nine, at ten and at eight in the evening in New York.
        let [nine, ten, eight] =
            ["2026-11-20T14:00:00Z", "2026-11-20T15:00:00Z", "2026-11-21T01:00:00Z"];
        assert_eq!(asked(own.clone(), nine), at(ten).to_text());
        assert_eq!(asked(own.clone(), eight), at("2026-11-21T15:00:00Z").to_text());
        assert_eq!(asked(night, eight), at(eight).to_text());
        let shabbat = storage::Profile {
            quiet_days: vec![SHABBAT.to_owned()],
            ..storage::Profile::default()
        };
        assert_eq!(asked(shabbat.clone(), ten), at(ten).to_text());
        // From Friday at three until Saturday at ten in the evening; and then it is night.
        let sunday = at("2026-11-22T13:00:00Z").to_text();
        for within in ["2026-11-20T20:00:00Z", "2026-11-21T17:00:00Z", "2026-11-22T02:59:00Z"] {
            assert_eq!(asked(shabbat.clone(), within), sunday, "{within}");
        }
        let owl = storage::Profile { night_owl: true, ..shabbat };
        assert_eq!(asked(owl, "2026-11-21T17:00:00Z"), at("2026-11-22T03:00:00Z").to_text());
    }

    #[test]
    fn she_may_want_fewer_than_the_chapter_allows_and_never_more() {
        let settings = Settings { member_cap: 3, ..Settings::default() };
        let of = |most| {
            let profile = storage::Profile { cap: most, ..storage::Profile::default() };
            cap(&profile, &settings)
        };
        assert_eq!([of(None), of(Some(1)), of(Some(9))], [3, 1, 3]);
    }

    #[test]
    fn asking_starts_no_wider_than_it_must() {
        assert_eq!(opening_stage(&[0, 0, 0, 4]), 0);
        assert_eq!(opening_stage(&[0, 1, 4]), 1);
        assert_eq!(opening_stage(&[0, 4, 4, 4]), 1);
        assert_eq!(opening_stage(&[4, 5]), 4);
        assert_eq!(opening_stage(&[]), WIDEST);
        assert_eq!(next_stage(&[0, 1, 4], 1), Some(4));
        assert_eq!(next_stage(&[0, 1], 1), None);
    }
}
