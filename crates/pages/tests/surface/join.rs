//! `/join/CHAPTER`: an application, what keeps one from being taken, and what becomes of it.

use model::{MemberId, MemberStatus, Phone, TaskKind, day_hours};

use crate::house::{Answer, House};

const NINA: &str = "name=Nina+Newcomer%2C+IBCLC&phone=718-555-0199&email=nina%40example.org\
    &credentials=IBCLC%2C+RN&areas=brooklyn%2C+queens&languages=English&payers=Aetna\
    &visit_types=home%2C+video&booking_url=&agreed=yes";

impl House {
    async fn applies(&self, form: &str) -> Answer {
        self.post("/join/nylca", form).await
    }

    /// Those of a standing.
    async fn of_standing(&self, status: MemberStatus) -> Vec<storage::Member> {
        let id = self.chapter.id();
        let look = self.chapter.look(move |tx| {
            Box::pin(async move { tx.members_after(id, Some(status), None, 10).await })
        });
        look.await
    }

    /// Nina's application, the only one.
    async fn applicant(&self) -> MemberId {
        let waiting = self.of_standing(MemberStatus::Applied).await;
        assert_eq!(waiting.len(), 1, "{waiting:?}");
        waiting[0].id
    }
}

/// A chapter, and Nina's phone.
async fn house() -> House {
    let house = House::new().await;
    house.chapter.knows("nina", &Phone::parse("718-555-0199").expect("a number"));
    house
}

#[tokio::test]
async fn an_application_waits_for_the_chapter_and_is_answered_by_text() {
    let house = house().await;
    let form = house.get("/join/nylca").await;
    form.says("type=\"tel\"").says("type=\"email\"").says("autocomplete=\"tel\"");
    form.says("autocomplete=\"name\"").lacks("aria-invalid=\"true\" aria-describedby");
    house.applies(NINA).await.says("Thank you.");
    let nina = house.of_standing(MemberStatus::Applied).await.remove(0);
    assert_eq!(nina.profile.areas, ["Brooklyn", "Queens"]);
    assert_eq!(nina.profile.credentials, ["IBCLC", "RN"]);
    assert_eq!(nina.profile.visit_types, ["home", "virtual"]);
    house.chapter.phone("nina").receives_nothing();
    // Whoever sends it again, or is on the roster, is told the same, and nothing comes of it.
    house.applies(&NINA.replace("Nina+Newcomer", "Nina+Other")).await.says("Thank you.");
    assert_eq!(house.applicant().await, nina.id);
    assert_eq!(house.of_standing(MemberStatus::Applied).await[0].name, nina.name);

    house.stands(nina.id, MemberStatus::Active, "").await;
    let _ = house.chapter.phone("nina").receives("You are on the roster now");
    house.chapter.done().await;
}

#[tokio::test]
async fn what_is_missing_or_cannot_be_used_is_said_beside_its_field_and_nothing_is_kept() {
    let house = house().await;
    let wrong = NINA
        .replace("areas=brooklyn%2C+queens", "areas=12+Main+Street")
        .replace("phone=718-555-0199", "phone=12")
        .replace("&agreed=yes", "");
    let answer = house.applies(&wrong).await;
    assert_eq!(answer.status, 422);
    answer.says("Nothing was sent yet").says("value=\"12 Main Street\"").says("Please tick");
    answer.says("id=\"areas-wrong\"").says("id=\"phone-wrong\"").lacks("id=\"name-wrong\"");
    assert_eq!(answer.body.matches("aria-invalid=\"true\" aria-describedby").count(), 2);
    assert_eq!(house.post("/join/nylca", "%").await.status, 422, "an empty form is no fault");
    for (path, form) in [("/join/nobody", NINA), ("/join/nobody", "")] {
        assert_eq!(house.get(path).await.status, 404);
        assert_eq!(house.post(path, form).await.status, 404);
    }
    assert!(house.of_standing(MemberStatus::Applied).await.is_empty());
    house.chapter.done().await;
}

#[tokio::test]
async fn an_application_is_its_chapter_s_alone() {
    let house = house().await;
    let other = house.chapter.neighbour("harbor").await;
    house.post("/join/harbor", NINA).await.says("Thank you.");
    assert!(house.of_standing(MemberStatus::Applied).await.is_empty());
    house.applies(NINA).await.says("Thank you.");
    house.applicant().await;
    other.done_leaving(&[TaskKind::Application]).await;
    house.chapter.done_leaving(&[TaskKind::Application]).await;
}

#[tokio::test]
async fn whoever_was_removed_applies_again_and_the_chapter_sees_why_she_left() {
    let house = house().await;
    let ana = house.chapter.member("ana");
    house.stands(ana, MemberStatus::Removed, "fees were open").await;
    let number = house.chapter.phone("ana").number();
    let form = NINA.replace("718-555-0199", &number.e164().replace('+', "%2B"));
    house.applies(&form).await.says("Thank you.");
    let again = house.of_standing(MemberStatus::Applied).await.remove(0);
    assert_eq!(again.id, ana);
    assert_eq!(again.status_reason.as_deref(), Some("fees were open"));
    assert!(!again.name.reveal().contains("Nina"), "a stranger's form changes nobody's name");
    let events = house.chapter.house().recorded().await;
    let last = events.iter().rev().find(|(kind, _)| kind == "member_applied").expect("an event");
    assert_eq!(last.1["member"], ana.to_string());
    house.stands(ana, MemberStatus::Removed, "still open").await;
    let _ = house.chapter.phone("ana").receives("could not take your application");
    house.chapter.done_leaving(&[TaskKind::Application]).await;
}

#[tokio::test]
async fn after_thirty_days_an_application_is_erased_whether_turned_down_or_never_looked_at() {
    let house = house().await;
    house.applies(NINA).await;
    let unseen = house.applicant().await;
    let other = NINA.replace("718-555-0199", "718-555-0198");
    house.chapter.knows("olga", &Phone::parse("718-555-0198").expect("a number"));
    house.chapter.advance(day_hours(24 * 2)).await;
    house.applies(&other).await;
    let all = house.of_standing(MemberStatus::Applied).await;
    let down = all.iter().find(|member| member.id != unseen).expect("the other").id;
    house.stands(down, MemberStatus::Removed, "no certificate").await;
    let _ = house.chapter.phone("olga").receives("could not take your application");

    let names = async || {
        let removed = house.of_standing(MemberStatus::Removed).await;
        let name = |id| removed.iter().find(|one| one.id == id).map(|one| one.name.clone());
        (name(unseen), name(down))
    };
    house.chapter.advance(day_hours(24 * 27)).await;
    let (before, turned_down) = names().await;
    assert!(before.is_none() && turned_down.is_some_and(|name| name.reveal().contains("Nina")));
    house.chapter.advance(day_hours(24 * 2)).await;
    let (lapsed, turned_down) = names().await;
    assert_eq!(lapsed.expect("it lapsed").reveal(), "Former member");
    assert!(turned_down.expect("not yet").reveal().contains("Nina"));
    house.chapter.advance(day_hours(24 * 2)).await;
    assert_eq!(names().await.1.expect("erased").reveal(), "Former member");

    // Of whom nothing is known any more, what she writes is kept.
    house.applies(&other).await;
    let back = house.of_standing(MemberStatus::Applied).await.remove(0);
    assert!(back.id == down && back.name.reveal().contains("Nina"));
    house.chapter.done_leaving(&[TaskKind::Application]).await;
}

#[tokio::test]
async fn from_one_address_come_no_more_than_a_few_an_hour() {
    let house = house().await;
    let from = async |n: usize, address: &str| {
        let form = NINA.replace("718-555-0199", &format!("917-555-01{n:02}"));
        house.post_from("/join/nylca", &form, address).await
    };
    for n in 0..10 {
        from(n, "203.0.113.7").await.says("Thank you.");
    }
    let more = from(10, "203.0.113.7").await;
    assert_eq!(more.status, 429);
    more.says("come back in an hour").says("value=\"Nina Newcomer, IBCLC\"");
    // Whoever asks says what he likes before what our own proxy adds.
    let forged = from(10, "198.51.100.1, 203.0.113.7").await;
    assert_eq!(forged.status, 429);
    from(11, "203.0.113.8").await.says("Thank you.");
    assert_eq!(house.of_standing(MemberStatus::Applied).await.len(), 10);
    house.chapter.house().clock.advance(jiff::SignedDuration::from_mins(61));
    from(12, "203.0.113.7").await.says("Thank you.");
    house.chapter.done_leaving(&[TaskKind::Application]).await;
}
