use model::Word;

use super::{FileError, place::Place};
use crate::{
    ChapterStatus, Evidence, EvidenceKind, ImmunizationForm, Member, Override, Profile, Proof,
    ScreenResult,
};

type Read<T> = Result<T, FileError>;

pub(super) fn member(place: &Place<'_>) -> Read<Member> {
    let id = place.need("id")?.name()?.to_owned();
    let place = place.clone().called(&id);
    let profile =
        place.get("profile")?.map_or_else(|| Ok(Profile::default()), |it| profile(&it))?;
    let evidence = place.list_in("evidence")?.iter().map(evidence).collect::<Result<_, _>>()?;
    Ok(Member::new(&id, profile, evidence))
}

pub(super) fn profile(place: &Place<'_>) -> Read<Profile> {
    let mut events = Vec::new();
    events.extend(place.date_in("last_event")?);
    for event in place.list_in("events")? {
        events.push(event.date()?);
    }
    Ok(Profile {
        chapter_status: place
            .text_in("chapter_status")?
            .map_or(ChapterStatus::Active, |word| ChapterStatus::from_word(word.trim())),
        membership_paid_through: place.date_in("membership_paid_through")?,
        events,
        conflicts: place.texts_in("conflicts")?,
        visit_types: place.texts_in("visit_types")?,
        payers: place.texts_in("payers")?,
        sliding_scale: place.flag_in("sliding_scale")?.unwrap_or(false),
        languages: place.texts_in("languages")?,
        practice_start: place.date_in("practice_start")?,
        areas: place.texts_in("areas")?,
    })
}

pub(super) fn evidence(place: &Place<'_>) -> Read<Evidence> {
    let id = place.text_in("id")?.unwrap_or_default();
    let place = if id.is_empty() { place.clone() } else { place.clone().called(&id) };
    Ok(Evidence {
        proof: proof(&place)?,
        issued: place.date_in("issued")?,
        expires: place.date_in("expires")?,
        status: place.need("status")?.word()?,
        rejected_because: first_text(&place, &["rejected_because", "reason", "why"])?,
        verifier: place.text_in("verifier")?,
        verified_on: match place.get("verified_on")? {
            Some(on) => Some(on.date()?),
            None => None,
        },
        lookup: place.text_in("lookup")?,
        id,
    })
}

fn proof(place: &Place<'_>) -> Read<Proof> {
    let none = serde_json::Value::Object(serde_json::Map::new());
    let attrs = match place.get("attrs")? {
        Some(attrs) => attrs,
        None => Place::root(&none).within(place, "attrs"),
    };
    let text = |name: &str| Ok::<_, FileError>(attrs.need(name)?.name()?.to_owned());
    Ok(match place.need("type")?.word()? {
        EvidenceKind::Credential => {
            Proof::Credential { credential: text("cred")?, number: attrs.text_in("number")? }
        }
        EvidenceKind::License => Proof::License {
            kind: text("kind")?,
            state: attrs.text_in("state")?.unwrap_or_default(),
        },
        EvidenceKind::Liability => Proof::Liability {
            per_occurrence: attrs.number_in("per_occurrence")?,
            aggregate: attrs.number_in("aggregate")?,
            additional_insured: attrs.texts_in("additional_insured")?,
        },
        EvidenceKind::Training => Proof::Training { topic: text("topic")? },
        EvidenceKind::BackgroundCheck => {
            Proof::BackgroundCheck { result: result(&attrs, ScreenResult::NotClear)? }
        }
        EvidenceKind::ExclusionScreen => Proof::ExclusionScreen {
            list: text("list")?,
            result: result(&attrs, ScreenResult::Match)?,
        },
        EvidenceKind::Immunization => Proof::Immunization {
            code: text("code")?,
            season: attrs.text_in("season")?,
            form: attrs.word_in("form")?.unwrap_or(ImmunizationForm::Record),
        },
        EvidenceKind::Availability => Proof::Availability {
            within_hours: attrs.count_in("within_hours")?,
            weekend: attrs.flag_in("weekend")?.unwrap_or(false),
        },
        EvidenceKind::Reference => {
            Proof::Reference { role: attrs.text_in("role")?.unwrap_or_default() }
        }
        EvidenceKind::Document => {
            Proof::Document { doc: text("doc")?, version: attrs.text_in("version")? }
        }
        EvidenceKind::Unsorted => Proof::Unsorted,
    })
}

/// The result of a report. Whatever is neither clear nor in review counts as found.
fn result(attrs: &Place<'_>, found: ScreenResult) -> Read<Option<ScreenResult>> {
    let Some(word) = attrs.text_in("result")? else { return Ok(None) };
    Ok(Some(match word.trim() {
        "in_review" | "name_clash" | "possible_match" => ScreenResult::Review,
        word => ScreenResult::from_word(word).unwrap_or(found),
    }))
}

fn first_text(place: &Place<'_>, names: &[&str]) -> Read<Option<String>> {
    for name in names {
        if let Some(text) = place.text_in(name)? {
            return Ok(Some(text));
        }
    }
    Ok(None)
}

pub(super) fn granted(place: &Place<'_>) -> Read<Override> {
    let id = place.text_in("id")?.unwrap_or_default();
    let place = if id.is_empty() { place.clone() } else { place.clone().called(&id) };
    Ok(Override {
        hospital: place.need("hospital")?.name()?.to_owned(),
        member: place.need("member")?.name()?.to_owned(),
        rule: place.need("rule")?.name()?.to_owned(),
        reason: place.text_in("reason")?.unwrap_or_default(),
        requested_by: place.text_in("requested_by")?,
        approver: place.text_in("approver")?,
        granted: place.date_in("granted")?,
        expires: place.date_in("expires")?,
        id,
    })
}
