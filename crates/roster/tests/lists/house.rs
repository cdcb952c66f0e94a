//! A chapter with two hospitals, three members and two of its people, one of whom is a member.

use std::sync::Arc;

use jiff::civil::Date;
use model::{
    AdminId, Chance, ChapterId, EmailAddress, MemberId, MemberStatus, PersonName, Phone, PhoneId,
    Role, Timestamp,
};
use roster::{Act, Decision, Edition, NewEvidence, NewHospital, Person, Roll};
use serde_json::{Value, json};
use storage::{Evidence, MemberPrivate, NewAdmin, NewMember, Profile, Store, WriteTx};
use testkit::{clock::ManualClock, databases::TestDatabase};

pub(crate) struct House {
    pub(crate) store: Store,
    pub(crate) chapter: ChapterId,
    pub(crate) chance: Chance,
    pub(crate) clock: Arc<ManualClock>,
    /// Not a member.
    pub(crate) ruth: Person,
    /// The member Ana as well, by her number.
    pub(crate) ana_as_admin: Person,
    /// The member Beth as well, by her e-mail address.
    pub(crate) beth_as_admin: Person,
    pub(crate) ana: MemberId,
    pub(crate) beth: MemberId,
    pub(crate) cleo: MemberId,
    pub(crate) database: TestDatabase,
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

/// What the first hospital asks: a certificate, insurance with grace, a waivable training.
pub(crate) fn rules(version: &str) -> Value {
    json!({
        "version": version,
        "rules": [
            {"key": "ibclc", "kind": "credential", "params": {"any_of": ["IBCLC"]}, "waivable": false},
            {"key": "hipaa", "kind": "training", "params": {"topic": "hipaa", "max_age_months": 12}},
            {"key": "languages", "kind": "languages", "params": {"any_of": ["es"]}, "severity": "preferred"},
        ],
    })
}

impl House {
    pub(crate) async fn new(database: TestDatabase) -> Self {
        let store = database.store().await;
        let clock = Arc::new(ManualClock::new("2026-11-21T15:00:00Z".parse().expect("an instant")));
        let (chance, now) = (Chance::seeded(5), model::Clock::now(clock.as_ref()));
        let chapter = ChapterId::generate(now, &chance);
        let drawn = chance.clone();
        let ([ruth, ana_as_admin, beth_as_admin], members) = store
            .write::<_, storage::Error, _>(move |tx| {
                Box::pin(async move {
                    tx.add_chapter(&storage::Chapter {
                        id: chapter,
                        slug: "nylca".to_owned(),
                        name: "Sample Chapter".to_owned(),
                        timezone: "America/New_York".parse().expect("a zone"),
                        settings: serde_json::Map::new(),
                        created_at: now,
                    })
                    .await?;
                    let mut members = Vec::new();
                    for (n, name) in
                        ["Ana Sample", "Beth Example", "Cleo Muster"].iter().enumerate()
                    {
                        members.push(member(tx, chapter, now, &drawn, n, name).await?);
                    }
                    let number = Phone::from_carrier("+16465550130").expect("a number");
                    let phone = tx.phone_for(chapter, &number, now, &drawn).await?.id;
                    let ruth = admin(tx, chapter, now, &drawn, phone, "ruth@example.org").await?;
                    let number = members[0].1;
                    let ana = admin(tx, chapter, now, &drawn, number, "ana@example.org").await?;
                    let number = Phone::from_carrier("+16465550131").expect("a number");
                    let other = tx.phone_for(chapter, &number, now, &drawn).await?.id;
                    let beth =
                        admin(tx, chapter, now, &drawn, other, "Member1@Example.org").await?;
                    Ok(([ruth, ana, beth], members))
                })
            })
            .await
            .expect("a chapter");
        let [ana, beth, cleo] = [0, 1, 2].map(|n: usize| members[n].0);
        let house = Self {
            store,
            chapter,
            chance,
            clock,
            ruth,
            ana_as_admin,
            beth_as_admin,
            ana,
            beth,
            cleo,
            database,
        };
        for (slug, baseline) in [("chapter", true), ("kings-bay", false), ("eastriver", false)] {
            house.hospital(slug, baseline).await;
        }
        house
    }

    async fn hospital(&self, slug: &str, baseline: bool) {
        let new = NewHospital {
            slug: slug.to_owned(),
            name: format!("{slug} hospital"),
            baseline,
            stage: None,
            renewal_on: None,
            note: String::new(),
        };
        roster::add_hospital(&self.store, &self.act(self.ruth), new).await.expect("a hospital");
    }

    pub(crate) fn act(&self, by: Person) -> Act {
        let now = model::Clock::now(self.clock.as_ref());
        Act { chapter: self.chapter, by, now, chance: self.chance.clone() }
    }

    /// Goes on by so many days.
    pub(crate) fn later(&self, days: i64) {
        self.clock.advance(model::day_hours(24 * days));
    }

    pub(crate) async fn asks(&self, slug: &str, rules: Value) {
        let act = self.act(self.ruth);
        roster::add_rule_set(&self.store, &act, slug, rules).await.expect("a version");
    }

    pub(crate) async fn sends(&self, member: MemberId, content: Value) -> Evidence {
        let act = self.act(Person::Member(member));
        let new = NewEvidence { member, content, id: None };
        roster::submit(&self.store, &act, new).await.expect("it is taken")
    }

    /// Sends a paper that somebody else verifies.
    pub(crate) async fn shows(&self, member: MemberId, content: Value) -> Evidence {
        let sent = self.sends(member, content).await;
        let verified = Decision::Verify { lookup: Some("registry".to_owned()) };
        roster::decide(&self.store, &self.act(self.ruth), sent.id, None, verified)
            .await
            .expect("verified")
    }

    pub(crate) async fn certified(&self, member: MemberId) {
        self.shows(member, certificate()).await;
        self.shows(member, training("2026-06-01")).await;
    }

    pub(crate) async fn roll(&self) -> Roll {
        let chapter = self.chapter;
        self.store
            .read(move |tx| Box::pin(async move { Roll::load(tx, chapter).await }))
            .await
            .expect("a roll")
    }

    /// A member's place on the roll.
    pub(crate) fn place(roll: &Roll, member: MemberId) -> usize {
        roll.members.iter().position(|one| one.id == member).expect("she is on the roster")
    }

    /// Who is on a hospital's list on a day, without publishing it.
    pub(crate) async fn listed(&self, slug: &str, on: &str) -> Vec<MemberId> {
        let roll = self.roll().await;
        let place = roll.place_of(slug).expect("a hospital");
        roll.listed(place, day(on)).map(|(member, _)| member.id).collect()
    }

    pub(crate) async fn publishes(&self, slug: &str) -> Edition {
        roster::publish(&self.store, &self.act(self.ruth), slug).await.expect("an edition")
    }
}

pub(crate) fn certificate() -> Value {
    json!({
        "type": "credential", "issued": "2023-06-30", "expires": "2028-06-30",
        "attrs": {"cred": "IBCLC", "number": "L-41207"},
    })
}

pub(crate) fn training(issued: &str) -> Value {
    json!({"type": "training", "issued": issued, "attrs": {"topic": "hipaa"}})
}

async fn member(
    tx: &mut WriteTx,
    chapter_id: ChapterId,
    now: Timestamp,
    chance: &Chance,
    n: usize,
    name: &str,
) -> storage::Result<(MemberId, PhoneId)> {
    let number = Phone::from_carrier(&format!("+1347555012{n}")).expect("a number");
    let phone_id = tx.phone_for(chapter_id, &number, now, chance).await?.id;
    let new = NewMember {
        id: MemberId::generate(now, chance),
        chapter_id,
        phone_id,
        name: PersonName::new(name),
        email: Some(EmailAddress::new(format!("member{n}@example.org"))),
        private: MemberPrivate::default(),
        status: MemberStatus::Active,
        profile: Profile {
            credentials: vec!["IBCLC".to_owned()],
            languages: vec!["en".to_owned(), "es".to_owned()],
            areas: vec!["Brooklyn".to_owned()],
            payers: vec!["aetna".to_owned()],
            ..Profile::default()
        },
        now,
    };
    Ok((tx.put_member(&new).await?.0, phone_id))
}

async fn admin(
    tx: &mut WriteTx,
    chapter_id: ChapterId,
    now: Timestamp,
    chance: &Chance,
    phone_id: PhoneId,
    email: &str,
) -> storage::Result<Person> {
    let id = AdminId::generate(now, chance);
    tx.add_admin(&NewAdmin {
        id,
        chapter_id,
        phone_id,
        name: PersonName::new("Ruth Sample"),
        email: EmailAddress::new(email),
        role: Role::Owner,
        now,
    })
    .await?;
    Ok(Person::Admin(id, phone_id))
}
