//! Who fits a referral, and who may be asked now. Pure.

use model::{TimeZone, Timestamp, referral::Facts, settings::Settings, word};
use storage::Member;

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
    pub fn of(member: &Member, facts: &Facts, borough_of: &dyn Fn(&str) -> Option<String>) -> Self {
        let profile = &member.profile;
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

/// When a member may be asked: now, or when her hours begin.
#[must_use]
pub fn hours(member: &Member, settings: &Settings, zone: &TimeZone, now: Timestamp) -> Timestamp {
    let mut at =
        if member.profile.night_owl { now } else { settings.quiet_hours.end_after(now, zone) };
    // A day off ends at its midnight, and then her hours decide again. Seven days off would be
    // no member at all; the bound only keeps this finite.
    for _ in 0..7 {
        let local = at.in_zone(zone);
        let day = local.strftime("%a").to_string();
        if !member.profile.quiet_days.iter().any(|off| same(off, &day)) {
            return at;
        }
        let Ok(tomorrow) = local.date().tomorrow() else { return at };
        let Some(midnight) = zone.instant(tomorrow.at(0, 0, 0, 0)) else { return at };
        at = if member.profile.night_owl {
            midnight
        } else {
            settings.quiet_hours.end_after(midnight, zone)
        };
    }
    at
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
    let plain = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    plain(a) == plain(b)
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
