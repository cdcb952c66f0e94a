//! What a member offers, and how she wants to be asked: what may be said of it, whoever says it.

use jiff::civil::{Date, Time};
use model::{MemberId, MemberStatus, OfferBy, settings::QuietHours};
use serde_json::json;
use storage::{Profile, SHABBAT, Store};

use crate::{
    Act, Areas, Error, Person, Refusal, Result, areas, evidence::member, import::VISIT_TYPES,
    languages, member::mark,
};

/// So many of anything one may name.
const MOST: usize = 60;

/// The days on which a member can ask to be left alone.
pub const DAYS_OFF: [&str; 8] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", SHABBAT];

/// What is to be other. What is `None` stays as it is; an empty list is a list with nothing on it.
#[derive(Debug, Clone, Default)]
pub struct ProfileChange {
    /// The places served: boroughs, neighborhoods, ZIPs, towns.
    pub areas: Option<Vec<String>>,
    /// What is served of one borough, and nothing of the others.
    pub borough: Option<BoroughChange>,
    /// The places served beside boroughs and neighborhoods.
    pub other_areas: Option<Vec<String>>,
    /// Places from which none is wanted.
    pub exclude_areas: Option<Vec<String>>,
    /// Languages, by code or name.
    pub languages: Option<Vec<String>>,
    /// Payers taken. To name them is to confirm them.
    pub payers: Option<Vec<String>>,
    /// How families are seen.
    pub visit_types: Option<Vec<String>>,
    /// When she may be asked.
    pub hours: Option<Hours>,
    /// The days on which she is left alone.
    pub quiet_days: Option<Vec<String>>,
    /// How many referrals she wants to hold at once; as many as the chapter allows for none.
    pub cap: Option<Option<u32>>,
    /// By which way she is told of offers.
    pub offer_by: Option<OfferBy>,
    /// What was seen of the profile ([`profile_mark`]): one that was changed meanwhile stays as it is.
    pub seen: Option<String>,
}

/// What is served of a borough.
#[derive(Debug, Clone, Default)]
pub struct BoroughChange {
    /// The borough.
    pub name: String,
    /// All of it.
    pub whole: bool,
    /// These of its neighborhoods.
    pub neighborhoods: Vec<String>,
}

/// When a member may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hours {
    /// As the chapter has it.
    Chapter,
    /// At any hour.
    Any,
    /// From the first time to the second, over midnight if the second is earlier.
    Between(Time, Time),
}

impl Hours {
    /// The hours of a profile.
    #[must_use]
    pub fn of(profile: &Profile) -> Self {
        match profile.quiet_hours {
            _ if profile.night_owl => Self::Any,
            Some(QuietHours::Between(from, to)) => Self::Between(to, from),
            Some(QuietHours::Off) => Self::Any,
            None => Self::Chapter,
        }
    }

    /// The hours as a form's words have them: `chapter`, `any`, or `own` with two times of a clock. `None`
    /// where they are none.
    #[must_use]
    pub fn told(word: &str, from: &str, to: &str) -> Option<Self> {
        let time = |clock: &str| Time::strptime("%H:%M", clock).ok();
        match word {
            "chapter" => Some(Self::Chapter),
            "any" => Some(Self::Any),
            "own" => Some(Self::Between(time(from)?, time(to)?)),
            _ => None,
        }
    }

    /// The same in a form's words.
    #[must_use]
    pub fn words(self) -> (&'static str, String, String) {
        let clock = |time: Time| time.strftime("%H:%M").to_string();
        match self {
            Self::Chapter => ("chapter", String::new(), String::new()),
            Self::Any => ("any", String::new(), String::new()),
            Self::Between(from, to) => ("own", clock(from), clock(to)),
        }
    }

    fn put(self, profile: &mut Profile) -> Result<()> {
        profile.night_owl = self == Self::Any;
        profile.quiet_hours = match self {
            Self::Between(from, to) if from == to => {
                return Err(Error::invalid("hours", "must begin and end at different times"));
            }
            Self::Between(from, to) => Some(QuietHours::Between(to, from)),
            Self::Chapter | Self::Any => None,
        };
        Ok(())
    }
}

/// What a day off is called.
#[must_use]
pub fn day_off_name(day: &str) -> &'static str {
    match day {
        "mon" => "Monday",
        "tue" => "Tuesday",
        "wed" => "Wednesday",
        "thu" => "Thursday",
        "fri" => "Friday",
        "sat" => "Saturday",
        "sun" => "Sunday",
        _ => "Shabbat: Friday 3 pm to Saturday 10 pm",
    }
}

/// A mark of what a member offers: another one as soon as any of it is changed.
#[must_use]
pub fn profile_mark(profile: &Profile) -> String {
    mark(&json!(profile))
}

/// Changes what a member offers: she herself, or one of the chapter's people. Gives the names of what is
/// other than it was.
///
/// # Errors
/// [`Refusal::NotFound`] for a member of another chapter, one who has left, and for another member;
/// [`Refusal::Changed`] where it is not what was seen; [`Refusal::Invalid`] by the name of what cannot be used;
/// or what the database says.
pub async fn change_profile(
    store: &Store,
    act: &Act,
    id: MemberId,
    change: ProfileChange,
) -> Result<Vec<&'static str>> {
    let act = act.clone();
    store
        .write(move |tx| {
            Box::pin(async move {
                let known = member(tx, &act, id).await?;
                let other = matches!(act.by, Person::Member(by) if by != id);
                if other || known.status == MemberStatus::Removed {
                    return Err(Refusal::NotFound.into());
                }
                // She may have said something by text at this moment.
                let known = tx.member_for_update(id).await?.ok_or(Refusal::NotFound)?;
                if change.seen.as_ref().is_some_and(|seen| *seen != profile_mark(&known.profile)) {
                    return Err(Refusal::Changed.into());
                }
                let chapter = tx.chapter(act.chapter).await?.ok_or(Refusal::NotFound)?;
                let changed = changed(&known.profile, change, act.today(&chapter))?;
                let fields = differences(&known.profile, &changed);
                if !fields.is_empty() {
                    tx.set_member_profile(id, &changed).await?;
                    let detail = json!({"member": id, "fields": fields});
                    act.record(tx, "member_profile", detail).await?;
                }
                Ok(fields)
            })
        })
        .await
}

/// The profile as it comes to be.
fn changed(known: &Profile, change: ProfileChange, today: Date) -> Result<Profile> {
    let mut profile = known.clone();
    if let Some(places) = change.areas {
        profile.areas = all("areas", &places, areas::place)?;
    }
    if let Some(choice) = change.borough {
        profile.areas = served(&profile.areas, &choice)?;
    }
    if let Some(places) = change.other_areas {
        let mut areas = Areas::of(&profile.areas);
        areas.others = Vec::new();
        let named = all("other_areas", &places, areas::place)?;
        profile.areas = areas.all();
        profile.areas.extend(named.into_iter().filter(|one| !areas.all().contains(one)));
    }
    if let Some(places) = change.exclude_areas {
        profile.exclude_areas = all("exclude_areas", &places, areas::place)?;
    }
    if let Some(spoken) = change.languages {
        let code = |one: &str| languages::code(one).map(str::to_owned);
        profile.languages = all("languages", &spoken, code)?;
    }
    if let Some(taken) = change.payers {
        profile.payers = all("payers", &taken, payer)?;
        profile.payers_confirmed = Some(today).filter(|_| !profile.payers.is_empty());
    }
    if let Some(visits) = change.visit_types {
        let known = |one: &str| VISIT_TYPES.contains(&one).then(|| one.to_owned());
        profile.visit_types = all("visit_types", &visits, known)?;
    }
    if let Some(hours) = change.hours {
        hours.put(&mut profile)?;
    }
    if let Some(days) = change.quiet_days {
        let known = |one: &str| DAYS_OFF.contains(&one).then(|| one.to_owned());
        profile.quiet_days = all("quiet_days", &days, known)?;
        if DAYS_OFF[..7].iter().all(|day| profile.quiet_days.iter().any(|off| off == day)) {
            return Err(Error::invalid("quiet_days", "must leave a day of the week"));
        }
    }
    if let Some(cap) = change.cap {
        if cap == Some(0) {
            return Err(Error::invalid("cap", "must be 1 or more"));
        }
        profile.cap = cap;
    }
    profile.offer_by = change.offer_by.unwrap_or(profile.offer_by);
    Ok(profile)
}

/// The places with what is served of one borough changed.
fn served(places: &[String], choice: &BoroughChange) -> Result<Vec<String>> {
    let mut areas = Areas::of(places);
    let unknown = || Error::invalid("areas", "must be neighborhoods of the borough");
    let borough = areas.boroughs.iter_mut().find(|borough| borough.name == choice.name);
    let borough = borough.ok_or_else(unknown)?;
    borough.whole = choice.whole;
    for (_, named) in &mut borough.neighborhoods {
        *named = false;
    }
    for chosen in &choice.neighborhoods {
        let place = borough.neighborhoods.iter_mut().find(|(name, _)| name == chosen);
        place.ok_or_else(unknown)?.1 = true;
    }
    Ok(areas.all())
}

/// Each of a list as it is kept, once; refused by its field's name where one of them cannot be.
fn all(
    field: &'static str,
    written: &[String],
    kept: impl Fn(&str) -> Option<String>,
) -> Result<Vec<String>> {
    let mut list = Vec::new();
    for one in written.iter().map(|one| one.trim()).filter(|one| !one.is_empty()) {
        let one = kept(one).ok_or_else(|| Error::invalid(field, "holds what we do not know"))?;
        if !list.contains(&one) {
            list.push(one);
        }
    }
    if list.len() > MOST {
        return Err(Error::invalid(field, format!("must be at most {MOST}")));
    }
    Ok(list)
}

/// A payer: its code, or the words it goes by.
fn payer(written: &str) -> Option<String> {
    let fits = |c: char| c.is_alphanumeric() || " _.&'()/+-".contains(c);
    let words = written.split_whitespace().collect::<Vec<_>>().join(" ");
    (words.chars().count() <= 40 && words.chars().all(fits)).then_some(words)
}

fn differences(before: &Profile, after: &Profile) -> Vec<&'static str> {
    let all = [
        ("areas", before.areas != after.areas),
        ("exclude_areas", before.exclude_areas != after.exclude_areas),
        ("languages", before.languages != after.languages),
        ("payers", before.payers != after.payers),
        ("payers_confirmed", before.payers_confirmed != after.payers_confirmed),
        ("visit_types", before.visit_types != after.visit_types),
        ("hours", Hours::of(before) != Hours::of(after)),
        ("quiet_days", before.quiet_days != after.quiet_days),
        ("cap", before.cap != after.cap),
        ("offer_by", before.offer_by != after.offer_by),
    ];
    all.into_iter().filter(|(_, other)| *other).map(|(field, _)| field).collect()
}

#[cfg(test)]
mod tests;
