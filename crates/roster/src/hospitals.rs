//! Hospitals: who they are, whom to ask there, how far the chapter has come with them, and what they
//! ask for.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use eligibility::file::{read_rule_set, write};
use jiff::civil::Date;
use model::{
    AgreementStage, ContactId, HospitalId, RuleSetId,
    schemars::JsonSchema,
    shapes::{Email, Line, Slug, Words},
};
use serde::Deserialize;
use serde_json::{Value, json};
use storage::{
    Contact, ContactPrivate, Hospital, HospitalPrivate, ReadTx, RuleSet, Store, WriteTx,
};

use crate::{Act, Error, Refusal, Result, act::some_text};

/// A hospital to be added.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(crate = "model::schemars")]
#[serde(deny_unknown_fields)]
pub struct NewHospital {
    /// How it is called in addresses, files and rules: letters, digits and hyphens.
    #[schemars(with = "Slug")]
    pub slug: String,
    /// What people call it.
    #[schemars(with = "Line<120>")]
    pub name: String,
    /// Whether this is the chapter's own list.
    #[serde(default)]
    pub baseline: bool,
    /// How far the chapter has come with it.
    #[serde(default)]
    pub stage: Option<AgreementStage>,
    /// When the agreement is to be renewed.
    #[serde(default)]
    pub renewal_on: Option<Date>,
    /// The chapter's note.
    #[serde(default)]
    #[schemars(with = "Words<4000>")]
    pub note: String,
}

/// What is to be other than it is; what is not given stays.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[schemars(crate = "model::schemars")]
#[serde(deny_unknown_fields, default)]
pub struct HospitalChange {
    /// What people call it.
    #[schemars(with = "Option<Line<120>>")]
    pub name: Option<String>,
    /// How far the chapter has come with it.
    pub stage: Option<AgreementStage>,
    /// When the agreement is to be renewed; `null` for no such day.
    #[serde(deserialize_with = "given")]
    #[schemars(with = "Option<Date>")]
    pub renewal_on: Option<Option<Date>>,
    /// The chapter's note.
    #[schemars(with = "Option<Words<4000>>")]
    pub note: Option<String>,
}

/// Tells `null` from nothing.
fn given<'de, D: serde::Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// One of a hospital's people, to be added.
#[derive(Clone, Deserialize, JsonSchema)]
#[schemars(crate = "model::schemars")]
#[serde(deny_unknown_fields)]
pub struct NewContact {
    /// What she does there.
    #[schemars(with = "Line<60>")]
    pub role: String,
    /// Her name.
    #[schemars(with = "Line<120>")]
    pub name: String,
    /// Her e-mail address.
    #[serde(default)]
    #[schemars(with = "Option<Email>")]
    pub email: Option<String>,
    /// Her number.
    #[serde(default)]
    #[schemars(with = "Option<Line<40>>")]
    pub phone: Option<String>,
    /// The chapter's note.
    #[serde(default)]
    #[schemars(with = "Words<4000>")]
    pub note: String,
}

/// A chapter's hospital by its slug.
///
/// # Errors
/// [`Refusal::NotFound`], or what the database says.
pub async fn hospital(tx: &mut ReadTx, act: &Act, slug: &str) -> Result<Hospital> {
    Ok(tx.hospital(act.chapter, slug).await?.ok_or(Refusal::NotFound)?)
}

/// Adds a hospital.
///
/// # Errors
/// A [`Refusal`], or what the database says.
pub async fn add_hospital(store: &Store, act: &Act, new: NewHospital) -> Result<Hospital> {
    let act = act.clone();
    store.write_again(move |tx| Box::pin(async move { add(tx, &act, new).await })).await
}

pub(crate) async fn add(tx: &mut WriteTx, act: &Act, new: NewHospital) -> Result<Hospital> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if new.slug.is_empty() || new.slug.len() > 40 || !new.slug.chars().all(is_plain) {
        return Err(Error::invalid("slug", "must be at most 40 letters, digits and hyphens"));
    }
    let hospital = Hospital {
        id: HospitalId::generate(act.now, &act.chance),
        chapter_id: act.chapter,
        slug: new.slug,
        name: some_text("name", &new.name, 120)?,
        baseline: new.baseline,
        stage: new.stage.unwrap_or(AgreementStage::Asked),
        stage_since: act.now,
        renewal_on: new.renewal_on,
        private: HospitalPrivate { note: new.note, link: None },
        version: 1,
        created_at: act.now,
    };
    if !tx.add_hospital(&hospital).await? {
        let slug = tx.hospital(act.chapter, &hospital.slug).await?.is_some();
        return Err(Refusal::Taken(if slug { "slug" } else { "place of the baseline" }).into());
    }
    let detail = json!({"hospital": hospital.id, "baseline": hospital.baseline});
    act.record(tx, "hospital_added", detail).await?;
    Ok(hospital)
}

/// Changes what is known of a hospital. With `version`, only if it is still that one.
///
/// # Errors
/// A [`Refusal`], or what the database says.
pub async fn change_hospital(
    store: &Store,
    act: &Act,
    slug: &str,
    version: Option<i64>,
    change: HospitalChange,
) -> Result<Hospital> {
    let (act, slug) = (act.clone(), slug.to_owned());
    store
        .write_again(move |tx| {
            Box::pin(async move {
                let mut hospital = hospital(tx, &act, &slug).await?;
                if version.is_some_and(|version| version != hospital.version) {
                    return Err(Refusal::Changed.into());
                }
                let before = hospital.clone();
                if let Some(name) = change.name {
                    hospital.name = some_text("name", &name, 120)?;
                }
                if let Some(stage) = change.stage {
                    reach(tx, &act, &mut hospital, stage).await?;
                }
                if let Some(on) = change.renewal_on {
                    hospital.renewal_on = on;
                }
                if let Some(note) = change.note {
                    hospital.private.note = note;
                }
                let fields = [
                    ("name", before.name != hospital.name),
                    ("renewal_on", before.renewal_on != hospital.renewal_on),
                    ("note", before.private.note != hospital.private.note),
                ];
                let other = fields.into_iter().filter_map(|(name, other)| other.then_some(name));
                let other: Vec<_> = other.collect();
                if !other.is_empty() {
                    let detail = json!({"hospital": hospital.id, "fields": other});
                    act.record(tx, "hospital_changed", detail).await?;
                }
                save(tx, &mut hospital).await?;
                Ok(hospital)
            })
        })
        .await
}

/// Notes that the chapter has come to another stage with a hospital, which is yet to be saved.
async fn reach(
    tx: &mut WriteTx,
    act: &Act,
    hospital: &mut Hospital,
    stage: AgreementStage,
) -> Result<()> {
    if stage != hospital.stage {
        let detail = json!({"hospital": hospital.id, "from": hospital.stage, "to": stage});
        act.record(tx, "hospital_stage", detail).await?;
        (hospital.stage, hospital.stage_since) = (stage, act.now);
    }
    Ok(())
}

async fn save(tx: &mut WriteTx, hospital: &mut Hospital) -> Result<()> {
    if !tx.save_hospital(hospital).await? {
        return Err(Refusal::Changed.into());
    }
    hospital.version += 1;
    Ok(())
}

/// Gives a hospital a private link to its current list, in place of the one it had, and gives the
/// link's secret part.
///
/// # Errors
/// A [`Refusal`], or what the database says.
pub async fn new_link(store: &Store, act: &Act, slug: &str) -> Result<String> {
    let (act, slug) = (act.clone(), slug.to_owned());
    store
        .write_again(move |tx| {
            Box::pin(async move {
                let mut hospital = hospital(tx, &act, &slug).await?;
                linked(tx, &act, &mut hospital).await
            })
        })
        .await
}

/// The hospital with a private link: the one it has, or a fresh one.
pub(crate) async fn with_link(
    tx: &mut WriteTx,
    act: &Act,
    mut hospital: Hospital,
) -> Result<Hospital> {
    if hospital.private.link.is_none() {
        linked(tx, act, &mut hospital).await?;
    }
    Ok(hospital)
}

/// Draws a link for a hospital, and gives its secret part.
async fn linked(tx: &mut WriteTx, act: &Act, hospital: &mut Hospital) -> Result<String> {
    let secret = URL_SAFE_NO_PAD.encode(act.chance.bytes::<32>());
    hospital.private.link = Some(secret.clone());
    save(tx, hospital).await?;
    act.record(tx, "hospital_link", json!({"hospital": hospital.id})).await?;
    Ok(secret)
}

/// Adds one of a hospital's people.
///
/// # Errors
/// A [`Refusal`], or what the database says.
pub async fn add_contact(store: &Store, act: &Act, slug: &str, new: NewContact) -> Result<Contact> {
    let (act, slug) = (act.clone(), slug.to_owned());
    store
        .write_again(move |tx| {
            Box::pin(async move {
                let hospital = hospital(tx, &act, &slug).await?;
                let contact = Contact {
                    id: ContactId::generate(act.now, &act.chance),
                    chapter_id: act.chapter,
                    hospital_id: hospital.id,
                    role: some_text("role", &new.role, 60)?,
                    private: ContactPrivate {
                        name: some_text("name", &new.name, 120)?,
                        email: new.email,
                        phone: new.phone,
                        note: new.note,
                    },
                    created_at: act.now,
                };
                tx.add_contact(&contact).await?;
                act.record(
                    tx,
                    "contact_added",
                    json!({"hospital": hospital.id, "contact": contact.id}),
                )
                .await?;
                Ok(contact)
            })
        })
        .await
}

/// Lets one of a hospital's people go; her name and number are erased.
///
/// # Errors
/// A [`Refusal`], or what the database says.
pub async fn end_contact(store: &Store, act: &Act, slug: &str, id: ContactId) -> Result<()> {
    let (act, slug) = (act.clone(), slug.to_owned());
    store
        .write_again(move |tx| {
            Box::pin(async move {
                let hospital = hospital(tx, &act, &slug).await?;
                if !tx.end_contact(hospital.id, id, act.now).await? {
                    return Err(Refusal::NotFound.into());
                }
                act.record(tx, "contact_ended", json!({"hospital": hospital.id, "contact": id}))
                    .await?;
                Ok(())
            })
        })
        .await
}

/// Adds a version of a hospital's rules, in the form of `docs/ELIGIBILITY.md`: `version`,
/// `effective_from`, `note` and `rules`. A version is never replaced.
///
/// # Errors
/// A [`Refusal`], or what the database says.
pub async fn add_rule_set(store: &Store, act: &Act, slug: &str, set: Value) -> Result<RuleSet> {
    let (act, slug) = (act.clone(), slug.to_owned());
    store
        .write_again(move |tx| {
            Box::pin(async move {
                let hospital = hospital(tx, &act, &slug).await?;
                add_version(tx, &act, &hospital, &set).await
            })
        })
        .await
}

pub(crate) async fn add_version(
    tx: &mut WriteTx,
    act: &Act,
    hospital: &Hospital,
    set: &Value,
) -> Result<RuleSet> {
    let read = read_rule_set(set).map_err(|error| Error::invalid("rules", error.to_string()))?;
    let set = RuleSet {
        id: RuleSetId::generate(act.now, &act.chance),
        chapter_id: act.chapter,
        hospital_id: hospital.id,
        version: read.version.clone(),
        effective_from: read.effective_from,
        content: write::rule_set(&read),
        added_by: act.by.to_string(),
        created_at: act.now,
    };
    if !tx.add_rule_set(&set).await? {
        return Err(Refusal::Taken("version").into());
    }
    if hospital.stage == AgreementStage::Asked {
        let mut known = hospital.clone();
        reach(tx, act, &mut known, AgreementStage::Known).await?;
        save(tx, &mut known).await?;
    }
    let detail =
        json!({"hospital": hospital.id, "version": set.version, "rules": read.rules.len()});
    act.record(tx, "rules_added", detail).await?;
    Ok(set)
}
