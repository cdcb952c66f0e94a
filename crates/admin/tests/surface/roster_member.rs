//! A member's page in the console: added by hand, when she is asked, another number, her papers.

use model::{ErrorClass, MemberId, MessageKind, OutboxState};
use serde_json::json;

use crate::{
    asking::{Answer, get, post, sent},
    house::{House, MEMBER},
    lists::Lists,
};

/// A keeper at a member's page.
struct Desk<'h> {
    house: &'h House,
    cookie: String,
    here: String,
}

impl<'h> Desk<'h> {
    async fn of(house: &'h House) -> Self {
        let cookie = house.signed_in(house.ours.keeper).await;
        Self { house, cookie, here: format!("/roster/{}", house.ours.member) }
    }

    async fn page(&self) -> Answer {
        get(&self.here).cookie(&self.cookie).of(&self.house.router).await
    }

    async fn sends(&self, way: &str, form: &str) -> Answer {
        let path = format!("{}{way}", self.here);
        post(path).cookie(&self.cookie).form(form).of(&self.house.router).await
    }

    /// What it said of what was just done.
    async fn said(&self, way: &str, form: &str) -> String {
        let done = self.sends(way, form).await;
        let said = done.location().strip_prefix(&format!("{}?said=", self.here));
        said.map_or_else(|| panic!("{} {}", done.status, done.body), str::to_owned)
    }

    /// A reader is refused, and another chapter's owner finds nothing.
    async fn is_for_keepers_alone(&self, way: &str, form: &str) {
        let (reader, theirs) = (self.house.ours.reader, self.house.theirs.owner);
        for (admin, status) in [(reader, 403), (theirs, 404)] {
            let cookie = self.house.signed_in(admin).await;
            let asked = post(format!("{}{way}", self.here)).cookie(&cookie).form(form);
            assert_eq!(asked.of(&self.house.router).await.status, status, "{way}");
        }
        let path = format!("{}{way}", self.here);
        let nobody = post(&path).form(form).of(&self.house.router).await;
        assert_eq!(nobody.location(), "/sign-in", "{way}");
        let elsewhere = post(&path).cookie(&self.cookie).header("sec-fetch-site", "cross-site");
        let elsewhere = elsewhere.raw(form);
        assert_eq!(
            elsewhere.of(&self.house.router).await.status,
            403,
            "{way}: another site's page"
        );
    }
}

#[tokio::test]
async fn when_she_is_asked_is_entered_for_her_and_never_saved_over() {
    let house = House::new().await;
    let desk = Desk::of(&house).await;
    let times = |seen: &str, hours: &str, cap: &str| {
        format!(
            "seen={}&hours={hours}&from=09%3A00&to=18%3A30&quiet_days=fri&quiet_days=shabbat&cap={cap}\
             &exclude_areas=bronx%2C+11215",
            sent(seen)
        )
    };
    let seen = async || {
        let page = desk.page().await.body;
        let (_, form) = page.split_once("/times\"").expect("the form");
        let (_, rest) = form.split_once("name=\"seen\" value=\"").expect("what was seen");
        rest.split_once('"').expect("a value").0.to_owned()
    };
    let first = seen().await;
    for (form, wrong) in [
        (times(&first, "own", "3").replace("18%3A30", "09%3A00"), "Hours: must begin"),
        (times(&first, "own", "3").replace("18%3A30", ""), "Hours: must be two times"),
        (times(&first, "any", "0"), "must be 1 or more"),
        (times(&first, "any", "3").replace("bronx", "12+Main+Street"), "holds what we do not know"),
    ] {
        let refused = desk.sends("/times", &form).await;
        assert_eq!(refused.status, 422, "{wrong}");
        refused.says(wrong).says("Nothing was changed").says("value=\"shabbat\" checked");
    }
    desk.is_for_keepers_alone("/times", &times(&first, "own", "3")).await;
    assert_eq!(desk.said("/times", &times(&first, "own", "3")).await, "kept");
    let page = desk.page().await;
    page.says("value=\"own\" checked").says("value=\"09:00\"").says("value=\"18:30\"");
    page.says("value=\"fri\" checked").says("value=\"3\"").says("value=\"Bronx, 11215\"");
    assert_eq!(desk.said("/times", &times(&first, "any", "5")).await, "changed", "a stale page");
    desk.page().await.says("value=\"own\" checked");
    assert_eq!(desk.said("/times", &times(&seen().await, "any", "")).await, "kept");
    let member = get(format!("/api/v1/members/{}", house.ours.member)).bearer(&house.ours.token);
    let member = member.of(&house.router).await.json();
    assert_eq!((&member["night_owl"], &member["cap"]), (&json!(true), &json!(null)));
    assert_eq!(member["quiet_days"], json!(["fri", "shabbat"]));
}

#[tokio::test]
async fn she_is_away_and_back_and_the_record_says_who_said_so() {
    let house = House::new().await;
    let desk = Desk::of(&house).await;
    desk.is_for_keepers_alone("/away", "act=away").await;
    assert_eq!(desk.said("/away", "act=away&until=2020-01-01").await, "no_day");
    assert_eq!(desk.said("/away", "act=away&until=soon").await, "no_day");
    desk.page().await.lacks("She is back");
    assert_eq!(desk.said("/away", "act=away&until=2030-01-01").await, "member_away");
    desk.page().await.says("Away until Tuesday, Jan 1, 2030").says("She is back");
    assert_eq!(desk.said("/away", "act=away").await, "member_away");
    desk.page().await.says("Away until she says that she is back");
    assert_eq!(desk.said("/away", "act=back").await, "member_back");
    desk.page().await.lacks("She is back");
    let record = get("/audit").cookie(&desk.cookie).of(&house.router).await;
    record.says("Ana Sample is away.").says("Ana Sample is back.").says("Ruth admin");
}

#[tokio::test]
async fn another_number_is_hers_once_and_the_old_one_gets_nothing_more() {
    let house = House::new().await;
    let desk = Desk::of(&house).await;
    let (ours, now) = (house.ours.clone(), house.dispatch.now());
    let id = model::OutboxId::generate(now, &model::Chance::seeded(21));
    house
        .write(move |tx| {
            Box::pin(async move {
                let member = tx.member(ours.member).await?.expect("she is there");
                let offer = storage::NewMessage {
                    id,
                    chapter_id: ours.id,
                    by: storage::By::Line { line: ours.line, phone: member.phone_id },
                    kind: MessageKind::Offer,
                    dedupe: "an offer".to_owned(),
                    inquiry_id: None,
                    referral_id: None,
                    offer_id: None,
                    body: model::MessageText::new("K7Q"),
                    now,
                    due_at: now,
                    expires_at: now.after(model::minutes(60)),
                };
                tx.enqueue(&offer).await?;
                let link = storage::Link {
                    chapter_id: ours.id,
                    purpose: model::LinkPurpose::Member,
                    subject: ours.member.as_uuid(),
                    created_at: now,
                    expires_at: now.after(model::day_hours(1)),
                };
                tx.add_link(vec![7; 32], &link).await
            })
        })
        .await;
    desk.is_for_keepers_alone("/number", "number=917-555-0177").await;
    for wrong in ["12", "347-555-0121"] {
        assert_eq!(desk.said("/number", &format!("number={wrong}")).await, "no_number", "{wrong}");
    }
    let own = format!("number={}", sent("+16465550137"));
    assert_eq!(desk.said("/number", &own).await, "own_paper", "the keeper's own");
    desk.page().await.says("347-555-0121");
    assert_eq!(desk.said("/number", "number=917-555-0177").await, "number_changed");
    desk.page().await.says("917-555-0177").lacks("347-555-0121");
    let (offer, link, texts) = house
        .write(move |tx| {
            Box::pin(async move {
                let link = tx.link(vec![7; 32], model::LinkPurpose::Member, now).await?;
                let member = tx.member(ours.member).await?.expect("she is there");
                let asked = member.number_asked_at.is_some() && member.awaiting.is_some();
                Ok((tx.outgoing(id).await?.expect("the offer"), link, asked))
            })
        })
        .await;
    assert_eq!(
        (offer.state, offer.error_class),
        (OutboxState::Failed, Some(ErrorClass::Suppressed))
    );
    assert!(link.is_none() && texts, "her old links are dead, and she is asked at the new number");
    // Nobody else gets it.
    let added = post("/roster/new").cookie(&desk.cookie).form("name=Bea+Sample&phone=917-555-0177");
    let added = added.of(&house.router).await;
    assert_eq!(added.location(), format!("{}?said=on_roster", desk.here));
}

#[tokio::test]
async fn one_member_is_added_by_hand_and_nobody_twice() {
    let house = House::new().await;
    let cookie = house.signed_in(house.ours.keeper).await;
    let adds = async |cookie: &str, form: &str| {
        post("/roster/new").cookie(cookie).form(form).of(&house.router).await
    };
    get("/roster").cookie(&cookie).of(&house.router).await.says("href=\"/roster/new\"");
    let form = get("/roster/new").cookie(&cookie).of(&house.router).await;
    form.says("action=\"/roster/new\"");
    let refused = adds(&cookie, "name=&phone=12").await;
    assert_eq!(refused.status, 422);
    refused.says("a member needs a name").says("not a phone number").says("value=\"12\"");
    let added = adds(&cookie, "name=Zo%C3%AB+Sample%2C+IBCLC&phone=718-555-0150").await;
    let (page, said) = added.location().split_once('?').expect("her page");
    assert_eq!(said, "said=member_added");
    assert!(page.strip_prefix("/roster/").is_some_and(|id| id.parse::<MemberId>().is_ok()));
    get(page).cookie(&cookie).of(&house.router).await.says("Zo\u{eb} Sample, IBCLC").says("active");
    let again = adds(&cookie, "name=Other&phone=%28718%29+555-0150").await;
    assert_eq!(again.location(), format!("{page}?said=on_roster"));
    get(page).cookie(&cookie).of(&house.router).await.says("Zo\u{eb} Sample").lacks("Other");
    let own = adds(&cookie, "name=Ruth&phone=646-555-0137").await;
    assert_eq!(own.location(), "/roster/new?said=own_paper", "nobody makes herself a member");
    // What another chapter has is none of ours.
    let theirs = adds(&cookie, "name=Bea+Sample&phone=347-555-0122").await;
    assert!(theirs.location().ends_with("?said=member_added"));
    let reader = house.signed_in(house.ours.reader).await;
    assert_eq!(adds(&reader, "name=X&phone=718-555-0151").await.status, 403);
    assert_eq!(get("/roster/new").cookie(&reader).of(&house.router).await.status, 403);
}

#[tokio::test]
async fn a_paper_tells_what_it_says_who_looked_at_it_and_where() {
    let lists = Lists::new().await;
    let house = &lists.house;
    let desk = Desk::of(house).await;
    let id = lists
        .paper(json!({
            "type": "credential", "issued": "2023-06-30", "expires": "2028-06-30",
            "attrs": {"cred": "IBCLC", "number": "L-41207"},
        }))
        .await;
    let opens = format!("href=\"/papers/{id}\"");
    desk.page().await.says("to be looked at").says(&opens).says("L-41207").lacks("Looked up in");
    lists
        .sends(&format!("/evidence/{id}/verify"), &json!({"lookup": "IBLCE registry"}))
        .await
        .is(200);
    let page = desk.page().await;
    page.says("verified").says(&opens).says(">Open<");
    for fact in ["L-41207", "2023-06-30", "2028-06-30", "Ruth admin", "IBLCE registry"] {
        page.says(&format!("<dd>{fact}</dd>"));
    }
}

#[tokio::test]
async fn her_page_shows_where_she_serves_and_her_share() {
    let house = House::new().await;
    let desk = Desk::of(&house).await;
    let here = desk.page().await;
    here.says(MEMBER);
    here.lacks("<svg").says("Asked 0 times, named to 0 families").says("Of 1 active members");
    let member = house.ours.member;
    house
        .write(move |tx| {
            Box::pin(async move {
                let areas = vec!["Brooklyn".to_owned()];
                let profile = storage::Profile { areas, ..storage::Profile::default() };
                tx.set_member_profile(member, &profile).await
            })
        })
        .await;
    desk.page().await.says("<svg").says("class=\"here\"").says("value=\"Brooklyn\"");
}
