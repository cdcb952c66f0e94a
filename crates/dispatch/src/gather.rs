//! Putting together what several messages of a family say.

use model::reading::{BabyStage, FamilyKind, FamilyReading, Location, Precision, Route, Urgency};

/// What is known after a further message: what it says stands over what was known, and nothing that
/// was known is lost.
pub(crate) fn together(known: FamilyReading, new: FamilyReading) -> FamilyReading {
    let mut all = known;
    let (extract, more) = (&mut all.extract, new.extract);
    if better_place(extract.location.as_ref(), more.location.as_ref()) {
        extract.location = more.location;
    }
    match (&mut extract.baby, more.baby) {
        (Some(baby), Some(news)) => {
            if news.stage != BabyStage::Unknown {
                baby.stage = news.stage;
            }
            baby.count = news.count.or(baby.count);
            if news.age.is_some() || news.age_days.is_some() {
                (baby.age, baby.age_days) = (news.age, news.age_days);
            }
            baby.birth_date = news.birth_date.or(baby.birth_date.take());
            baby.due_date = news.due_date.or(baby.due_date.take());
            baby.preterm_weeks = news.preterm_weeks.or(baby.preterm_weeks.take());
            baby.in_nicu = news.in_nicu.or(baby.in_nicu);
        }
        (baby @ None, news) => *baby = news,
        (Some(_), None) => {}
    }
    join(&mut extract.concerns, more.concerns);
    if extract.concerns.len() > 1 {
        extract.concerns.retain(|concern| concern != "general");
    }
    join(&mut extract.visit_types, more.visit_types);
    join(&mut extract.consult_languages, more.consult_languages);
    join(&mut extract.preferences, more.preferences);
    extract.insurance = more.insurance.or(extract.insurance.take());
    extract.callback = more.callback.or(extract.callback.take());
    extract.time_prefs = more.time_prefs.or(extract.time_prefs.take());
    extract.referral_source = more.referral_source.or(extract.referral_source.take());
    extract.questions_asked = more.questions_asked;
    if more.contact_role != "parent" && !more.contact_role.is_empty() {
        extract.contact_role = more.contact_role;
    }
    all.urgency = sooner(all.urgency, new.urgency);
    // Only what this message says is answered with a care line; earlier signs were answered then.
    all.red_flags = new.red_flags;
    all.kind = match new.kind {
        FamilyKind::Answer
        | FamilyKind::Unclear
        | FamilyKind::Followup
        | FamilyKind::EmojiOnly
        | FamilyKind::MediaOnly => all.kind,
        kind => kind,
    };
    if new.lang != "und" {
        all.lang = new.lang;
    }
    all.answer = new.answer;
    // What an earlier message gave reasons for, and this one does not speak of, rests on those still.
    let own = ["kind", "private", "answer", "child"];
    all.reasons.retain(|reason| {
        !own.contains(&reason.field.as_str())
            && !new.reasons.iter().any(|newer| newer.field == reason.field)
    });
    all.reasons.extend(new.reasons);
    all.missing.retain(|slot| match slot.as_str() {
        "location" | "zip" => !is_placed(extract.location.as_ref()),
        "baby_age" => {
            extract.baby.as_ref().is_none_or(|baby| baby.age.is_none() && baby.due_date.is_none())
        }
        "concern" => extract.concerns.is_empty(),
        _ => false,
    });
    all.route = match new.route {
        Route::SafetyHold | Route::HoldAdmin | Route::Close => new.route,
        route => {
            let safety = matches!(route, Route::SafetyThenAsk | Route::SafetyThenDispatch);
            match (is_placed(extract.location.as_ref()), safety) {
                (true, false) => Route::Dispatch,
                (true, true) => Route::SafetyThenDispatch,
                (false, false) => Route::Ask,
                (false, true) => Route::SafetyThenAsk,
            }
        }
    };
    all
}

fn join(have: &mut Vec<String>, more: Vec<String>) {
    have.extend(more);
    have.sort();
    have.dedup();
}

/// Whether the place is known well enough to ask members.
pub(crate) fn is_placed(location: Option<&Location>) -> bool {
    location.is_some_and(|at| matches!(at.precision, Precision::Zip | Precision::Neighborhood))
}

/// Whether at least the borough is known.
pub(crate) fn is_roughly_placed(location: Option<&Location>) -> bool {
    location.is_some_and(|at| {
        at.borough.is_some() && !matches!(at.precision, Precision::Invalid | Precision::OutOfArea)
    })
}

fn better_place(known: Option<&Location>, new: Option<&Location>) -> bool {
    match (known, new) {
        (_, None) => false,
        (None, Some(_)) => true,
        // "Bronx" does not stand over "10467"; another ZIP does.
        (Some(known), Some(new)) => is_placed(Some(new)) || !is_placed(Some(known)),
    }
}

fn sooner(known: Option<Urgency>, new: Option<Urgency>) -> Option<Urgency> {
    match (known, new) {
        (Some(Urgency::Unknown) | None, new) => new.or(known),
        (known, Some(Urgency::Unknown) | None) => known,
        (known, new) => known.min(new),
    }
}
