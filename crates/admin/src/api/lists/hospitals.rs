//! `/hospitals`: who they are and whom to ask there.

use axum::{Json, extract::State};
use jiff::civil::Date;
use model::{
    AgreementStage, ContactId, HospitalId, Timestamp,
    schemars::{self, JsonSchema},
    shapes::Slug,
};
use roster::{HospitalChange, NewContact, NewHospital};
use serde::{Deserialize, Serialize};

use super::{Area, Hospital, Problem, Routes};
use crate::{
    Desk,
    api::{
        address::{Asked, Named, Whole},
        answer::{Created, Done, Secret, Versioned},
        bearer::{Keeper, Looker},
        body::{Nothing, Told},
        page::{Listed, Page, Paging},
        seen::{Seen, counted},
    },
};

pub(super) fn add(routes: Routes) -> Routes {
    let area = Area::Lists;
    routes
        .get("/hospitals", area, ("List hospitals", "The chapter's hospitals, in the order in which they were added."), list)
        .post("/hospitals", area, ("Add a hospital", "Adds a hospital, or the chapter's own list with baseline."), new)
        .get("/hospitals/{slug}", area, ("Read a hospital", "A hospital, and how far the chapter has come with it."), one)
        .patch("/hospitals/{slug}", area, ("Change a hospital", "Changes what is given; the rest stays."), change)
        .post("/hospitals/{slug}/link", area, ("Make a hospital's link", "Makes the private link to the current list anew; the one before opens nothing any more."), link)
        .get("/hospitals/{slug}/contacts", area, ("List contacts", "A hospital's people."), contacts)
        .post("/hospitals/{slug}/contacts", area, ("Add a contact", "Adds one of a hospital's people."), add_contact)
        .delete("/hospitals/{slug}/contacts/{id}", area, ("Remove a contact", "Lets one of a hospital's people go; her name and number are erased."), end_contact)
}

/// A hospital, or the chapter itself with its own list.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Hospital")]
struct Shown {
    /// Its id.
    id: HospitalId,
    /// How it is called in addresses, files and rules.
    slug: String,
    /// What people call it.
    name: String,
    /// Whether its list is the chapter's own.
    baseline: bool,
    /// How far the chapter has come with it.
    stage: AgreementStage,
    /// Since when.
    stage_since: Timestamp,
    /// The day on which the agreement is to be renewed.
    renewal_on: Option<Date>,
    /// The chapter's note.
    note: String,
    /// Whether there is a private link to its current list.
    has_link: bool,
    /// Counts its changes, from 1.
    version: i64,
}

impl From<storage::Hospital> for Shown {
    fn from(hospital: storage::Hospital) -> Self {
        Self {
            id: hospital.id,
            slug: hospital.slug,
            name: hospital.name,
            baseline: hospital.baseline,
            stage: hospital.stage,
            stage_since: hospital.stage_since,
            renewal_on: hospital.renewal_on,
            note: hospital.private.note,
            has_link: hospital.private.link.is_some(),
            version: hospital.version,
        }
    }
}

impl Listed for Shown {
    const NAME: &'static str = "hospitals";

    fn place(&self) -> String {
        self.id.to_string()
    }
}

fn versioned(hospital: storage::Hospital) -> Versioned<Shown> {
    Versioned { version: hospital.version.to_string(), body: hospital.into() }
}

async fn list(
    State(desk): State<Desk>,
    Looker(by): Looker,
    Asked(paging): Asked<Paging>,
) -> Result<Page<Shown>, Problem> {
    let chapter = by.act.chapter;
    let hospitals = desk.dispatch().store().read::<_, roster::Error, _>(move |tx| {
        Box::pin(async move { Ok(tx.hospitals(chapter).await?) })
    });
    paging.of(hospitals.await?.into_iter().map(Shown::from).collect())
}

pub(super) async fn found(
    desk: &Desk,
    act: &roster::Act,
    slug: String,
) -> Result<storage::Hospital, Problem> {
    let act = act.clone();
    let found = desk
        .dispatch()
        .store()
        .read(move |tx| Box::pin(async move { roster::hospital(tx, &act, &slug).await }));
    Ok(found.await?)
}

async fn one(
    State(desk): State<Desk>,
    Looker(by): Looker,
    Named(Hospital { slug }): Named<Hospital>,
) -> Result<Versioned<Shown>, Problem> {
    Ok(versioned(found(&desk, &by.act, slug).await?))
}

async fn new(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Told(new): Told<NewHospital>,
) -> Result<Created<Versioned<Shown>>, Problem> {
    let added = roster::add_hospital(desk.dispatch().store(), &by.act, new).await?;
    Ok(Created(versioned(added)))
}

async fn change(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Hospital { slug }): Named<Hospital>,
    Seen(seen): Seen,
    Told(change): Told<HospitalChange>,
) -> Result<Versioned<Shown>, Problem> {
    let (store, version) = (desk.dispatch().store(), counted(seen)?);
    Ok(versioned(roster::change_hospital(store, &by.act, &slug, version, change).await?))
}

/// Where a hospital's current list is read.
#[derive(Serialize, JsonSchema)]
struct Link {
    /// The address. Whoever has it reads the list.
    address: String,
}

async fn link(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Hospital { slug }): Named<Hospital>,
    _: Nothing,
) -> Result<Created<Secret<Link>>, Problem> {
    let secret = roster::new_link(desk.dispatch().store(), &by.act, &slug).await?;
    let address = format!("{}/h/{secret}", desk.dispatch().public_url());
    Ok(Created(Secret(Link { address })))
}

/// One of a hospital's people.
#[derive(Serialize, JsonSchema)]
struct Contact {
    /// Her id.
    id: ContactId,
    /// What she does there.
    role: String,
    /// Her name.
    name: String,
    /// Her e-mail address.
    email: Option<String>,
    /// Her number.
    phone: Option<String>,
    /// The chapter's note.
    note: String,
}

impl From<storage::Contact> for Contact {
    fn from(contact: storage::Contact) -> Self {
        let private = contact.private;
        Self {
            id: contact.id,
            role: contact.role,
            name: private.name,
            email: private.email,
            phone: private.phone,
            note: private.note,
        }
    }
}

impl Listed for Contact {
    const NAME: &'static str = "contacts";

    fn place(&self) -> String {
        self.id.to_string()
    }
}

async fn contacts(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Hospital { slug }): Named<Hospital>,
    Asked(paging): Asked<Paging>,
) -> Result<Page<Contact>, Problem> {
    let hospital = found(&desk, &by.act, slug).await?;
    let all = desk.dispatch().store().read::<_, roster::Error, _>(move |tx| {
        Box::pin(async move { Ok(tx.contacts(hospital.chapter_id).await?) })
    });
    let hers = all.await?.into_iter().filter(|contact| contact.hospital_id == hospital.id);
    paging.of(hers.map(Contact::from).collect())
}

async fn add_contact(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Hospital { slug }): Named<Hospital>,
    Told(new): Told<NewContact>,
) -> Result<Created<Json<Contact>>, Problem> {
    let contact = roster::add_contact(desk.dispatch().store(), &by.act, &slug, new).await?;
    Ok(Created(Json(contact.into())))
}

#[derive(Deserialize, JsonSchema)]
struct Whom {
    /// The hospital's slug.
    #[schemars(with = "Slug")]
    slug: String,
    /// The contact.
    id: ContactId,
}

async fn end_contact(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Whom { slug, id }): Named<Whom>,
    Asked(Whole {}): Asked<Whole>,
) -> Result<Done, Problem> {
    roster::end_contact(desk.dispatch().store(), &by.act, &slug, id).await?;
    Ok(Done)
}
