//! The first page's day: what waits for whoever keeps roster and lists, and five figures since midnight.

use model::AdminId;
use serde_json::json;
use testkit::databases::TestDatabase;

use crate::{
    asking::{Answer, get},
    house::{House, run},
    lists::Lists,
};

testkit::on_both!(a_day_is_told_in_figures_that_lead_to_what_they_count);

async fn sees(house: &House, admin: AdminId, path: &str) -> Answer {
    let cookie = house.signed_in(admin).await;
    get(path).cookie(&cookie).of(&house.router).await
}

/// What the first page says of a figure: how many, what beside it, and where it leads.
fn figure(page: &str, name: &str) -> (String, String, String) {
    let (before, after) = page.split_once(&format!("\">{name}</a></dt><dd><strong>")).expect(name);
    let href = before.rsplit_once("href=\"").expect("a link").1.replace("&#38;", "&");
    let (count, rest) = after.split_once("</strong>").expect("a figure");
    let note = rest.split_once("</dd>").expect("its end").0;
    let note = note.split_once('>').map_or("", |(_, note)| note.trim_end_matches("</span>"));
    (count.to_owned(), note.to_owned(), href)
}

async fn a_day_is_told_in_figures_that_lead_to_what_they_count(database: TestDatabase) {
    let house = House::on(database).await;
    let reader = house.ours.reader;
    let counts = async || {
        let page = sees(&house, reader, "/").await.body;
        let names = [
            "Families texted",
            "Referrals opened",
            "Names sent",
            "Without a name",
            "Texts that failed",
        ];
        names.map(|name| figure(&page, name).0).join(" ")
    };
    assert_eq!(counts().await, "1 1 0 0 1", "this chapter's alone");

    // The promised time passes without a name; then it gets names all the same.
    run(&house).await;
    assert_eq!(counts().await, "1 1 0 0 1", "there is time yet");
    house.clock.advance(model::minutes(24));
    assert_eq!(counts().await, "1 1 0 1 1");
    let page = sees(&house, reader, "/").await.body;
    let (_, _, without) = figure(&page, "Without a name");
    sees(&house, reader, &without).await.says(">K7Q</a>");
    let (id, now) = (house.ours.held, house.dispatch.now());
    house
        .write(move |tx| {
            Box::pin(async move {
                let mut referral = tx.referral(id).await?.expect("it is there");
                referral.names_at = Some(now);
                tx.save_referral(&mut referral).await
            })
        })
        .await;
    assert_eq!(counts().await, "1 1 1 0 1");
    sees(&house, reader, &without).await.lacks("K7Q").says("Choose an earlier day");
    let page = sees(&house, reader, "/").await.body;
    let (_, note, sent) = figure(&page, "Names sent");
    assert_eq!(note, "median 24 min");
    sees(&house, reader, &sent).await.says(">K7Q</a>");
    let (_, _, opened) = figure(&page, "Referrals opened");
    sees(&house, reader, &opened).await.says(">K7Q</a>");

    // It is 10:24 where the chapter is: the day ends thirteen and a half hours later.
    house.clock.advance(model::minutes(13 * 60 + 35));
    assert_eq!(counts().await, "1 1 1 0 1", "a minute before midnight");
    house.clock.advance(model::minutes(2));
    assert_eq!(counts().await, "0 0 0 0 0", "a minute after");
    sees(&house, reader, &sent).await.says(">K7Q</a>");
    let page = sees(&house, reader, "/").await.body;
    let (_, _, today) = figure(&page, "Names sent");
    sees(&house, reader, &today).await.lacks("K7Q");
    let other = sees(&house, reader, "/referrals?since=%3Cb%3E&names=%3Cb%3E").await;
    assert_eq!(other.status, 200);
    other.lacks("<b>");
}

#[tokio::test]
async fn what_waits_for_a_keeper_stands_on_the_first_page() {
    let lists = Lists::new().await;
    let house = &lists.house;
    let keeper = house.ours.keeper;
    sees(house, keeper, "/").await.lacks("paper waits").lacks("second person");
    lists.paper(json!({"type": "training", "attrs": {"topic": "hipaa"}})).await;
    let exception = json!({
        "hospital": "kings-bay", "member": house.ours.member, "rule": "hipaa",
        "reason": "the course is full", "expires": "2027-01-31",
    });
    lists.sends("/overrides", &exception).await.is(201);
    let page = sees(house, keeper, "/").await;
    page.says("1 paper waits.").says("href=\"/papers\"");
    page.says("1 exception waits for a second person.");
    page.says("href=\"/lists/kings-bay#exceptions\"");
    sees(house, keeper, "/lists/kings-bay").await.says("id=\"exceptions\"");
    for other in [house.ours.reader, house.theirs.owner] {
        sees(house, other, "/").await.lacks("paper waits").lacks("second person");
    }
}
