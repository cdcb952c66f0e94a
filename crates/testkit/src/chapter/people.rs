//! Who is in a chapter.

use std::sync::atomic::Ordering;

use model::{AdminId, EmailAddress, MemberId, MemberStatus, PersonName, Phone, Role};
use storage::{MemberPrivate, NewAdmin, NewMember, Profile};

use super::Chapter;

/// Somebody with a phone.
#[derive(Debug, Clone)]
pub struct Person {
    /// The number.
    pub phone: Phone,
    /// The name on the roster; empty for a family.
    pub roster_name: String,
    /// Where e-mails go; empty for nowhere.
    pub email: String,
    /// Her id on the roster.
    pub member: Option<MemberId>,
    /// Her id among the chapter's people.
    pub admin: Option<AdminId>,
}

/// A member who joins a chapter.
#[derive(Debug, Clone)]
pub struct Joining {
    /// Her name on the roster.
    pub roster_name: String,
    /// What she offers.
    pub profile: Profile,
    /// How she stands.
    pub status: MemberStatus,
    /// Her address, if the chapter has one.
    pub email: Option<String>,
}

impl Joining {
    /// An active consultant for home visits in Brooklyn who speaks English and takes Aetna.
    #[must_use]
    pub fn usual(roster_name: &str) -> Self {
        let list = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        Self {
            roster_name: roster_name.to_owned(),
            profile: Profile {
                credentials: list(&["IBCLC"]),
                areas: list(&["Brooklyn"]),
                languages: list(&["en"]),
                payers: list(&["aetna"]),
                visit_types: list(&["home"]),
                ..Profile::default()
            },
            status: MemberStatus::Active,
            email: None,
        }
    }

    /// In these areas instead.
    #[must_use]
    pub fn areas(mut self, areas: &[&str]) -> Self {
        self.profile.areas = areas.iter().map(|&area| area.to_owned()).collect();
        self
    }

    /// Speaking these languages.
    #[must_use]
    pub fn languages(mut self, languages: &[&str]) -> Self {
        self.profile.languages = languages.iter().map(|&lang| lang.to_owned()).collect();
        self
    }

    /// Making these visits.
    #[must_use]
    pub fn visits(mut self, visits: &[&str]) -> Self {
        self.profile.visit_types = visits.iter().map(|&visit| visit.to_owned()).collect();
        self
    }

    /// Who may be asked at night.
    #[must_use]
    pub fn night_owl(mut self) -> Self {
        self.profile.night_owl = true;
        self
    }

    /// Without referrals on these days.
    #[must_use]
    pub fn quiet_on(mut self, days: &[&str]) -> Self {
        self.profile.quiet_days = days.iter().map(|&day| day.to_owned()).collect();
        self
    }

    /// With an e-mail address.
    #[must_use]
    pub fn email(mut self, address: &str) -> Self {
        self.email = Some(address.to_owned());
        self
    }

    /// In another standing.
    #[must_use]
    pub fn standing(mut self, status: MemberStatus) -> Self {
        self.status = status;
        self
    }
}

impl Chapter {
    /// Ana, Beth, Cleo, Dora and Ella, who all fit a home visit in Brooklyn with Aetna, and Ruth, the
    /// admin.
    pub(super) async fn usual_people(&self) {
        let everything = ["home", "office", "virtual"];
        self.joins("ana", Joining::usual("Ana Sample").languages(&["en", "es"])).await;
        self.joins("beth", Joining::usual("Beth Example").visits(&["home", "virtual"])).await;
        self.joins("cleo", Joining::usual("Cleo Specimen").areas(&["Brooklyn", "Queens"])).await;
        self.joins("dora", Joining::usual("Dora Pattern").night_owl()).await;
        self.joins("ella", Joining::usual("Ella Model").visits(&everything)).await;
        self.employs("ruth", Role::Owner).await;
    }

    /// Gives somebody a number, if she has none.
    pub(super) fn give_number(&self, name: &str) {
        let mut people = self.people();
        if people.contains_key(name) {
            return;
        }
        let number = format!("+1718555{:04}", self.house.numbers.fetch_add(1, Ordering::SeqCst));
        let phone = Phone::from_carrier(&number).expect("a number");
        let person = Person {
            phone,
            roster_name: String::new(),
            email: String::new(),
            member: None,
            admin: None,
        };
        people.insert(name.to_owned(), person);
    }

    /// Somebody of another chapter is a person here too, with the same phone.
    pub fn knows(&self, name: &str, phone: &Phone) {
        self.give_number(name);
        let mut people = self.people();
        people.get_mut(name).expect("she has a number").phone = phone.clone();
    }

    /// Puts a member on the roster, or changes what it says of her.
    pub async fn joins(&self, name: &str, joining: Joining) {
        self.give_number(name);
        let phone = self.person(name).phone;
        let (now, chance, chapter) = (self.now(), self.house.chance.clone(), self.id);
        let private = MemberPrivate {
            booking_url: Some(format!("https://book.example/{name}")),
            note: String::new(),
        };
        let roster_name = joining.roster_name.clone();
        let member = self
            .change(move |tx| {
                Box::pin(async move {
                    let phone = tx.phone_for(chapter, &phone, now, &chance).await?;
                    let member = NewMember {
                        id: MemberId::generate(now, &chance),
                        chapter_id: chapter,
                        phone_id: phone.id,
                        name: PersonName::new(joining.roster_name),
                        email: joining.email.map(EmailAddress::new),
                        private,
                        status: joining.status,
                        profile: joining.profile,
                        now,
                    };
                    Ok(tx.put_member(&member).await?.0)
                })
            })
            .await;
        let mut people = self.people();
        let person = people.get_mut(name).expect("she has a number");
        (person.member, person.roster_name) = (Some(member), roster_name);
    }

    /// Makes somebody one of the chapter's people.
    pub async fn employs(&self, name: &str, role: Role) {
        self.give_number(name);
        let phone = self.person(name).phone;
        let (now, chance, chapter) = (self.now(), self.house.chance.clone(), self.id);
        let (email, called) = (format!("{name}@nylca.example"), name.to_owned());
        let address = email.clone();
        let admin = self
            .change(move |tx| {
                Box::pin(async move {
                    let phone = tx.phone_for(chapter, &phone, now, &chance).await?;
                    let admin = NewAdmin {
                        id: AdminId::generate(now, &chance),
                        chapter_id: chapter,
                        phone_id: phone.id,
                        name: PersonName::new(called),
                        email: EmailAddress::new(address),
                        role,
                        now,
                    };
                    tx.add_admin(&admin).await?;
                    Ok(admin.id)
                })
            })
            .await;
        let mut people = self.people();
        let person = people.get_mut(name).expect("she has a number");
        (person.admin, person.email) = (Some(admin), email);
    }

    /// Somebody by name.
    ///
    /// # Panics
    /// Where nobody is called so.
    #[must_use]
    pub fn person(&self, name: &str) -> Person {
        self.people().get(name).unwrap_or_else(|| panic!("nobody is called {name}")).clone()
    }

    /// A member's id.
    ///
    /// # Panics
    /// Where she is no member.
    #[must_use]
    pub fn member(&self, name: &str) -> MemberId {
        self.person(name).member.unwrap_or_else(|| panic!("{name} is no member"))
    }

    /// An admin's id.
    ///
    /// # Panics
    /// Where she is no admin.
    #[must_use]
    pub fn admin_id(&self, name: &str) -> AdminId {
        self.person(name).admin.unwrap_or_else(|| panic!("{name} is no admin"))
    }

    pub(super) fn name_of(&self, member: MemberId) -> String {
        let people = self.people();
        let known = people.iter().find(|(_, person)| person.member == Some(member));
        known.map_or_else(|| "somebody".to_owned(), |(name, _)| name.clone())
    }
}
