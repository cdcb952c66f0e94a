//! The page's whole state as one document.

use std::collections::HashMap;

use anyhow::Result;
use carriers::simulated::{Faults, Way};
use dispatch::view::{View, Weight};
use model::{ClaimKind, Code, EmailAddress, MemberId, Phone, ReferralState, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use storage::ReferralFilter;

use super::{
    play::{Play, zone},
    sample::{self, MEMBERS, SampleMember},
};

/// Whose phone is whose on the page.
pub(super) fn number(id: &str) -> Option<Phone> {
    let number = match id {
        "family" => sample::FAMILY,
        "admin" => sample::ADMIN,
        id => MEMBERS.iter().find(|member| member.id == id)?.number,
    };
    Phone::from_carrier(number).ok()
}

/// What a number is to the simulated carrier.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Standing {
    /// Texts reach it.
    Reached,
    /// It texted STOP, and the carrier keeps to that.
    OptedOut,
    /// It takes no texts.
    BadNumber,
}

impl Standing {
    fn at(faults: &Faults, phone: &Phone) -> Self {
        if faults.opted_out.contains(phone) {
            Self::OptedOut
        } else if faults.bad_numbers.contains(phone) {
            Self::BadNumber
        } else {
            Self::Reached
        }
    }

    /// Makes a number so from now on.
    pub(super) fn make(self, phone: Phone, faults: &mut Faults) {
        faults.opted_out.remove(&phone);
        faults.bad_numbers.remove(&phone);
        match self {
            Self::Reached => false,
            Self::OptedOut => faults.opted_out.insert(phone),
            Self::BadNumber => faults.bad_numbers.insert(phone),
        };
    }
}

pub(super) async fn snapshot(play: &Play) -> Result<Value> {
    let version = play.version();
    let filter = ReferralFilter { limit: 4, ..ReferralFilter::default() };
    let mut views = Vec::new();
    for summary in play.dispatch.referrals(play.sample.chapter, filter).await? {
        views.extend(play.dispatch.referral(play.sample.chapter, summary.id).await?);
    }
    let mut phones = vec![phone(
        play,
        "family",
        "family",
        "Jess",
        sample::FAMILY,
        "parent, Park Slope",
        &family_says(&views),
    )];
    for member in &MEMBERS {
        let says = member_says(&views, member.name);
        phones.push(phone(
            play,
            member.id,
            "member",
            member.name,
            member.number,
            member.about,
            &says,
        ));
    }
    phones.push(phone(
        play,
        "admin",
        "admin",
        "Ruth Sample",
        sample::ADMIN,
        "chapter admin",
        &["OK".to_owned()],
    ));
    let mails = play.mails.mails();
    let emails = mails.iter().map(|kept| {
        json!({
            "id": kept.mail.id, "to": addressee(&kept.mail.to), "subject": kept.mail.subject,
            "body": kept.mail.text.reveal(), "at": kept.at,
        })
    });
    let faults = play.simulated.faults();
    Ok(json!({
        "version": version,
        "now": play.now(),
        "zone": zone().name(),
        "local": play.now().in_zone(&zone()).strftime("%a %-I:%M %P").to_string(),
        "chapter": {"name": sample::CHAPTER, "short_name": sample::SHORT, "line": sample::LINE},
        "phones": phones,
        "emails": emails.collect::<Vec<_>>(),
        "referrals": views.iter().map(referral).collect::<Vec<_>>(),
        "jumps": jumps(play).await?,
        "carrier": {
            "latency_ms": u64::try_from(faults.latency.as_millis()).unwrap_or(0), "loss": faults.loss,
            "duplicates": faults.duplicates, "reordering": faults.reordering, "busy": faults.busy,
        },
    }))
}

/// Whose e-mail it is: everybody's address begins with her name.
fn addressee(to: &EmailAddress) -> &'static str {
    let of = |member: &&SampleMember| to.reveal().starts_with(member.id);
    MEMBERS.iter().find(of).map_or("Ruth (admin)", |member| member.name)
}

fn phone(
    play: &Play,
    id: &str,
    role: &str,
    name: &str,
    number: &str,
    about: &str,
    says: &[String],
) -> Value {
    let known = Phone::from_carrier(number).ok();
    let texts = known.as_ref().map(|phone| play.simulated.thread(phone)).unwrap_or_default();
    let standing = known.map(|phone| Standing::at(&play.simulated.faults(), &phone));
    let messages = texts.iter().map(|text| {
        let (mine, state) = match text.way {
            Way::FromPhone => (true, "received".to_owned()),
            Way::ToPhone(state) => (false, state.to_string()),
        };
        json!({"id": text.id, "mine": mine, "text": text.text.reveal(), "at": text.at, "state": state})
    });
    json!({
        "id": id, "role": role, "name": name, "number": number, "about": about, "suggestions": says,
        "standing": standing, "messages": messages.collect::<Vec<_>>(),
    })
}

/// What a family might text now.
fn family_says(views: &[View]) -> Vec<String> {
    let running = views.iter().find(|view| !view.summary.state.is_over());
    let says: &[&str] = match running.map(|view| (view.summary.state, view.summary.names_at)) {
        None => &[
            "Hi! I'm in Park Slope 11215, my baby is 5 days old and won't latch. Home visit, Aetna.",
            "its 3am, 6 days old and he wont latch, im in so much pain",
            "Hola, vivo en Corona 11368. Mi bebé tiene 10 días y no sube de peso. ¿Alguien habla español?",
            "my baby is 4 days old, no wet diaper since last night and she wont wake up to eat",
        ],
        Some((ReferralState::Gathering, _)) => &["11215", "Brooklyn"],
        Some((ReferralState::HandedOff, _)) => {
            &["1", "0", "thank you so much", "none of them called me back"]
        }
        Some(_) => &["any news?", "STOP"],
    };
    says.iter().map(|&text| text.to_owned()).collect()
}

/// What a member might text now: the code of what is open to her, or what goes with the place she has.
fn member_says(views: &[View], name: &str) -> Vec<String> {
    let Some(view) =
        views.iter().find(|view| view.summary.state.takes_claims() && view.summary.code.is_some())
    else {
        return vec!["OPEN".to_owned(), "HELP".to_owned()];
    };
    let code = view.summary.code.as_ref().map(Code::to_string).unwrap_or_default();
    let mine = view
        .places
        .iter()
        .find(|place| place.name.as_ref().is_some_and(|have| have.reveal() == name));
    match mine.and_then(|place| place.kind) {
        Some(ClaimKind::Provisional) => vec!["Y".to_owned(), "NO".to_owned()],
        Some(_) => vec![format!("DROP {code}"), "MINE".to_owned()],
        None => vec![code, "me".to_owned(), "yes after 5 pm".to_owned(), "NO".to_owned()],
    }
}

fn referral(view: &View) -> Value {
    let name = |id: &MemberId| view.members.get(id).map(|name| name.reveal().to_owned());
    let places = view.places.iter().map(|place| {
        let kind = match place.kind {
            Some(ClaimKind::Provisional) => "provisional",
            Some(_) => "firm",
            None => "free",
        };
        json!({"place": place.place, "name": place.name.as_ref().map(model::PersonName::reveal), "kind": kind})
    });
    let trace = view.trace.iter().enumerate().map(|(at, step)| {
        let weight = match step.weight {
            Weight::Plain => "plain",
            Weight::Key => "key",
            Weight::Warn => "warn",
            Weight::Safety => "safety",
        };
        json!({"id": format!("{}-{at}", view.summary.id), "at": step.at, "words": step.words, "weight": weight})
    });
    json!({
        "id": view.summary.id, "code": view.summary.code, "state": view.summary.state, "about": view.summary.about,
        "promised_at": view.summary.promised_at, "places": places.collect::<Vec<_>>(),
        "standby": view.standby.iter().filter_map(name).collect::<Vec<_>>(),
        "trace": trace.collect::<Vec<_>>(),
    })
}

/// The ways the clock can be moved on.
async fn jumps(play: &Play) -> Result<Vec<Value>> {
    let mut jumps = vec![json!({"id": "settle", "label": "26 seconds: the texts settle"})];
    if let Some(at) = play.next_promise().await? {
        jumps.push(
            json!({"id": "promise", "label": format!("to the promised time, {}", clock(at))}),
        );
    }
    jumps.push(json!({"id": "minutes", "label": "ten minutes"}));
    jumps.push(json!({"id": "hour", "label": "an hour"}));
    jumps.push(json!({"id": "morning", "label": "to 8 am tomorrow"}));
    Ok(jumps)
}

/// Where a jump leads.
pub(super) async fn target(play: &Play, id: &str) -> Result<Option<Timestamp>> {
    Ok(match id {
        "settle" => Some(play.now().after(model::seconds(26))),
        "minutes" => Some(play.now().after(model::minutes(10))),
        "hour" => Some(play.now().after(model::day_hours(1))),
        "morning" => Some(play.next_morning()),
        "promise" => play.next_promise().await?,
        _ => None,
    })
}

fn clock(at: Timestamp) -> String {
    at.in_zone(&zone()).strftime("%-I:%M %P").to_string()
}

/// Chances by their keys, as the page sends them.
pub(super) fn chances(sent: &HashMap<String, f64>) -> impl Fn(&str, f64) -> f64 + '_ {
    |key, before| {
        sent.get(key).copied().filter(|chance| chance.is_finite()).unwrap_or(before).clamp(0.0, 1.0)
    }
}
