//! The sample chapter: everybody in it is invented, and their numbers cannot be called.

use model::{
    AdminId, CarrierKind, Chance, ChapterId, EmailAddress, LineId, LinePurpose, MemberId,
    MemberStatus, PersonName, Phone, Role, Timestamp,
};
use serde_json::json;
use storage::{Chapter, LineAccount, MemberPrivate, NewAdmin, NewLine, NewMember, Profile, Store};

pub(super) const LINE: &str = "+12125550100";
pub(super) const FAMILY: &str = "+19175550150";
pub(super) const ADMIN: &str = "+17185550190";
pub(super) const CHAPTER: &str = "Harbor Lactation Chapter";
pub(super) const SHORT: &str = "Harbor LC";

/// A member of the sample chapter.
pub(super) struct SampleMember {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) number: &'static str,
    credentials: &'static [&'static str],
    areas: &'static [&'static str],
    languages: &'static [&'static str],
    payers: &'static [&'static str],
    visits: &'static [&'static str],
    night_owl: bool,
    pub(super) about: &'static str,
}

pub(super) const MEMBERS: [SampleMember; 5] = [
    SampleMember {
        id: "ana",
        name: "Ana Sample",
        number: "+17185550101",
        credentials: &["IBCLC", "RN"],
        areas: &["Brooklyn", "Manhattan"],
        languages: &["en", "es"],
        payers: &["Aetna", "Cigna"],
        visits: &["home", "virtual"],
        night_owl: false,
        about: "consultant, Brooklyn, speaks Spanish",
    },
    SampleMember {
        id: "beth",
        name: "Beth Example",
        number: "+17185550102",
        credentials: &["IBCLC"],
        areas: &["Brooklyn", "Queens"],
        languages: &["en"],
        payers: &["Aetna"],
        visits: &["home", "office", "virtual"],
        night_owl: false,
        about: "consultant, Brooklyn and Queens",
    },
    SampleMember {
        id: "cleo",
        name: "Cleo Specimen",
        number: "+17185550103",
        credentials: &["IBCLC"],
        areas: &["Brooklyn"],
        languages: &["en", "ht", "fr"],
        payers: &["Aetna", "Medicaid"],
        visits: &["home", "virtual"],
        night_owl: true,
        about: "consultant, night owl",
    },
    SampleMember {
        id: "dora",
        name: "Dora Pattern",
        number: "+17185550104",
        credentials: &["IBCLC", "CLC"],
        areas: &["Brooklyn", "Bronx", "Queens"],
        languages: &["en", "ru"],
        payers: &["Aetna", "UnitedHealthcare"],
        visits: &["home", "virtual"],
        night_owl: false,
        about: "consultant, three boroughs",
    },
    SampleMember {
        id: "esme",
        name: "Esme Draft",
        number: "+17185550105",
        credentials: &["IBCLC"],
        areas: &[],
        languages: &["en", "es", "zh"],
        payers: &["Aetna", "Medicaid"],
        visits: &["virtual", "home"],
        night_owl: false,
        about: "consultant, all five boroughs",
    },
];

/// What the sample chapter is known by.
pub(super) struct Sample {
    pub(super) chapter: ChapterId,
    pub(super) admin: AdminId,
    pub(super) account: carriers::Account,
}

/// Fills an empty database with the sample chapter.
pub(super) async fn fill(store: &Store, chance: Chance, now: Timestamp) -> anyhow::Result<Sample> {
    let number = |text: &str| Phone::from_carrier(text);
    let chapter = Chapter {
        id: ChapterId::generate(now, &chance),
        slug: "sample".to_owned(),
        name: CHAPTER.to_owned(),
        timezone: "America/New_York".parse()?,
        settings: json!({
            "short_name": SHORT, "contact": "refer@example.org", "unreviewed_languages": ["*"],
        })
        .as_object()
        .cloned()
        .unwrap_or_default(),
        created_at: now,
    };
    let account = LineAccount {
        account_sid: "simulated".to_owned(),
        auth_token: model::hex(&chance.bytes::<16>()),
        messaging_service: None,
        api_base: None,
    };
    let line = NewLine {
        id: LineId::generate(now, &chance),
        chapter_id: chapter.id,
        carrier: CarrierKind::Simulated,
        number: number(LINE)?,
        purpose: LinePurpose::Both,
        account: account.clone(),
        // A real line sends one text a second; so does this one, and one sees the phones light up.
        gap_micros: 700_000,
        now,
    };
    let sample = Sample {
        chapter: chapter.id,
        admin: AdminId::generate(now, &chance),
        account: carriers::Account {
            number: line.number.clone(),
            account_sid: account.account_sid,
            auth_token: account.auth_token,
            shared_key: None,
            messaging_service: None,
            api_base: None,
        },
    };
    let admin_number = number(ADMIN)?;
    let numbers =
        MEMBERS.iter().map(|member| number(member.number)).collect::<Result<Vec<_>, _>>()?;
    let admin = sample.admin;
    store
        .write::<_, storage::Error, _>(move |tx| {
            Box::pin(async move {
                tx.add_chapter(&chapter).await?;
                tx.add_line(&line).await?;
                let phone = tx.phone_for(chapter.id, &admin_number, now, &chance).await?;
                tx.add_admin(&NewAdmin {
                    id: admin,
                    chapter_id: chapter.id,
                    phone_id: phone.id,
                    name: PersonName::new("Ruth Sample"),
                    email: EmailAddress::new("ruth@example.org"),
                    role: Role::Owner,
                    now,
                })
                .await?;
                for (member, number) in MEMBERS.iter().zip(numbers) {
                    let phone = tx.phone_for(chapter.id, &number, now, &chance).await?;
                    tx.put_member(&new_member(member, chapter.id, phone.id, now, &chance)).await?;
                }
                Ok(())
            })
        })
        .await?;
    Ok(sample)
}

fn new_member(
    sample: &SampleMember,
    chapter_id: ChapterId,
    phone_id: model::PhoneId,
    now: Timestamp,
    chance: &Chance,
) -> NewMember {
    let words = |list: &[&str]| list.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
    NewMember {
        id: MemberId::generate(now, chance),
        chapter_id,
        phone_id,
        name: PersonName::new(sample.name),
        email: Some(EmailAddress::new(format!("{}@example.org", sample.id))),
        private: MemberPrivate {
            booking_url: (sample.id == "ana").then(|| "https://example.org/ana".to_owned()),
            note: String::new(),
        },
        status: MemberStatus::Active,
        profile: Profile {
            credentials: words(sample.credentials),
            areas: words(sample.areas),
            languages: words(sample.languages),
            payers: words(sample.payers),
            payers_confirmed: Some(jiff::civil::date(2026, 11, 1)),
            visit_types: words(sample.visits),
            night_owl: sample.night_owl,
            ..Profile::default()
        },
        now,
    }
}
