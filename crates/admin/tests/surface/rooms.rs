//! Who may do what in the rooms of the console, and that no other site and no neighbour may.

use crate::{
    asking::{get, post},
    house::House,
};

/// The inquiry of our held referral.
async fn inquiry(house: &House) -> String {
    house.held().await.inquiry.to_string()
}

#[tokio::test]
async fn a_reader_changes_nothing_and_a_keeper_decides_about_no_people() {
    let house = House::new().await;
    let (reader, keeper) = (house.ours.reader, house.ours.keeper);
    let (talk, member) = (inquiry(&house).await, house.ours.member);
    let (reader_cookie, keeper_cookie) =
        (house.signed_in(reader).await, house.signed_in(keeper).await);
    for (path, form) in [
        (format!("/conversations/{talk}/take-over"), ""),
        (format!("/conversations/{talk}/hand-back"), ""),
        (format!("/conversations/{talk}/answer"), "key=k&text=Hello"),
        (format!("/roster/{member}/standing"), "status=suspended&reason=x"),
        (format!("/referrals/{}/claim", house.ours.held), "version=1&who=Ana"),
        ("/people".to_owned(), "name=N&email=n%40example.org&phone=718-555-0177&role=owner"),
        (format!("/people/{keeper}/let-go"), "sure=yes"),
    ] {
        let answer = post(&path).cookie(&reader_cookie).form(form).of(&house.router).await;
        assert_eq!(answer.status, 403, "{path}");
    }
    for path in ["/roster", "/roster/export.csv"] {
        let answer = get(path).cookie(&reader_cookie).of(&house.router).await;
        assert_eq!(answer.status, 403, "{path}");
        assert_eq!(get(path).cookie(&keeper_cookie).of(&house.router).await.status, 200);
    }
    let form = "role=owner";
    let path = format!("/people/{reader}/role");
    let answer = post(&path).cookie(&keeper_cookie).form(form).of(&house.router).await;
    assert_eq!(answer.status, 403, "a keeper makes nobody an owner");
    let owner = house.signed_in(house.ours.owner).await;
    let answer = post(&path).cookie(&owner).form("role=moderator").of(&house.router).await;
    assert_eq!(answer.location(), "/people?said=kept");
    let answer =
        get(format!("/conversations/{talk}")).cookie(&reader_cookie).of(&house.router).await;
    assert!(answer.body.contains("Take over"), "her role holds at once");
}

#[tokio::test]
async fn a_neighbour_sees_no_thread_and_no_member_and_other_sites_press_nothing() {
    let house = House::new().await;
    let (talk, member) = (inquiry(&house).await, house.ours.member);
    let theirs = house.signed_in(house.theirs.owner).await;
    for path in [format!("/conversations/{talk}"), format!("/roster/{member}")] {
        assert_eq!(get(&path).cookie(&theirs).of(&house.router).await.status, 404, "{path}");
    }
    let (owner, path) = (house.ours.owner, format!("/conversations/{talk}/take-over"));
    let taken = post(&path).cookie(&theirs).form("").of(&house.router).await;
    assert_eq!(taken.status, 404);
    let let_go = post(format!("/people/{owner}/let-go")).cookie(&theirs).form("sure=yes");
    assert_eq!(let_go.of(&house.router).await.status, 404);
    let ours = house.signed_in(owner).await;
    for path in
        [path, "/people".to_owned(), "/sign-in".to_owned(), format!("/roster/{member}/profile")]
    {
        let evil = post(&path)
            .cookie(&ours)
            .header("sec-fetch-site", "cross-site")
            .header("origin", "https://evil.example");
        assert_eq!(evil.of(&house.router).await.status, 403, "{path}");
    }
}

#[tokio::test]
async fn a_thread_is_taken_over_answered_and_handed_back() {
    let house = House::new().await;
    let talk = inquiry(&house).await;
    let cookie = house.signed_in(house.ours.owner).await;
    let inbox = get("/conversations?shelf=needs_person").cookie(&cookie).of(&house.router).await;
    assert!(inbox.body.contains(&format!("/conversations/{talk}")), "it waits for a person");
    assert!(!inbox.body.contains("<b>Milo"), "what a family writes is no markup");
    let press = async |way: &str, form: &str| {
        let path = format!("/conversations/{talk}/{way}");
        post(path).cookie(&cookie).form(form).of(&house.router).await.location().to_owned()
    };
    assert!(press("take-over", "").await.ends_with("said=taken_over"));
    let sent = press("answer", "key=k&text=This+is+Ruth").await;
    assert!(sent.contains("said=sent"), "{sent}");
    let page = get(format!("/conversations/{talk}")).cookie(&cookie).of(&house.router).await;
    assert!(page.body.contains("This is Ruth") && page.body.contains("You have this thread"));
    assert!(press("hand-back", "").await.ends_with("said=handed_back"));
}

#[tokio::test]
async fn a_session_ends_where_its_owner_says_and_an_address_tells_nothing() {
    let house = House::new().await;
    let (first, second) =
        (house.signed_in(house.ours.owner).await, house.signed_in(house.ours.owner).await);
    let page = get("/people").cookie(&first).of(&house.router).await;
    let (_, rest) = page.body.split_once("/sessions/").expect("another session");
    let path = format!("/sessions/{}", rest.split('"').next().expect("an address"));
    let stranger = house.signed_in(house.ours.keeper).await;
    let answer = post(&path).cookie(&stranger).form("").of(&house.router).await;
    assert_eq!(answer.status, 404, "nobody ends another's session");
    assert_eq!(post(&path).cookie(&first).form("").of(&house.router).await.status, 303);
    assert_eq!(get("/").cookie(&second).of(&house.router).await.location(), "/sign-in");
    let asked = async |address: &str| {
        let form = format!("email={address}%40example.org");
        post("/sign-in").form(&form).of(&house.router).await
    };
    let (unknown, known) = (asked("nobody").await, asked("Reader").await);
    assert_eq!((known.status, &known.body), (unknown.status, &unknown.body));
    // The answer does not wait for the e-mail.
    let links = async || {
        let waiting = house.write(|tx| {
            Box::pin(async move { tx.outbox_in(None, model::OutboxState::Waiting, 100).await })
        });
        let links = waiting.await.into_iter();
        links.filter(|row| row.kind == model::MessageKind::SignIn).collect::<Vec<_>>()
    };
    for _ in 0..1000 {
        if links().await.len() == 2 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let sent = links().await;
    let chapters = sent.iter().map(|row| row.chapter_id).collect::<std::collections::HashSet<_>>();
    assert_eq!((sent.len(), chapters.len()), (2, 2), "the reader of either chapter has one");
}

#[tokio::test]
async fn who_keeps_the_roster_sees_a_member_s_photo_and_takes_it_away() {
    let house = House::new().await;
    let (chapter, member, now) = (house.ours.id, house.ours.member, house.dispatch.now());
    let put = house.dispatch.store().write::<_, storage::Error, _>(move |tx| {
        Box::pin(async move { tx.put_portrait(chapter, member, b"a photo", now).await })
    });
    put.await.expect("it is kept");
    let (page, photo) = (format!("/roster/{member}"), format!("/roster/{member}/photo"));
    let removal = format!("{photo}/remove");
    let keeper = house.signed_in(house.ours.keeper).await;
    for (who, status) in [(house.ours.reader, 403), (house.theirs.owner, 404)] {
        let cookie = house.signed_in(who).await;
        assert_eq!(get(&photo).cookie(&cookie).of(&house.router).await.status, status);
        let pressed = post(&removal).cookie(&cookie).form("").of(&house.router).await;
        assert_eq!(pressed.status, status);
    }
    let shown = get(&page).cookie(&keeper).of(&house.router).await;
    assert!(shown.body.contains(&format!("src=\"{photo}\"")));
    assert_eq!(get(&photo).cookie(&keeper).of(&house.router).await.body, "a photo");
    let gone = post(&removal).cookie(&keeper).form("").of(&house.router).await;
    assert_eq!(gone.location(), format!("{page}?said=photo_gone"));
    assert_eq!(get(&photo).cookie(&keeper).of(&house.router).await.status, 404);
    assert!(!get(&page).cookie(&keeper).of(&house.router).await.body.contains("<img"));
}

#[tokio::test]
async fn buttons_about_people_say_whose_they_are_and_letting_go_asks_once_more() {
    let house = House::new().await;
    let cookie = house.signed_in(house.ours.owner).await;
    let page = get("/people").cookie(&cookie).of(&house.router).await;
    for button in ["Set<", "Send a new link<", "Let go<"] {
        let named = format!("{button}span class=\"visually-hidden\">: Ruth reader</span>");
        page.says(&named);
    }
    let path = format!("/people/{}/let-go", house.ours.reader);
    let unsure = post(&path).cookie(&cookie).form("").of(&house.router).await;
    assert_eq!(unsure.location(), "/people?said=not_sure");
    let reader = house.signed_in(house.ours.reader).await;
    let sure = post(&path).cookie(&cookie).form("sure=yes").of(&house.router).await;
    assert_eq!(sure.location(), "/people?said=let_go");
    assert_eq!(get("/").cookie(&reader).of(&house.router).await.location(), "/sign-in");
}

/// What somebody wrote is before her again where it was not sent, with the reason.
#[tokio::test]
async fn nothing_that_was_typed_is_lost() {
    let house = House::new().await;
    let talk = format!("/conversations/{}", inquiry(&house).await);
    let (owner, keeper) = (house.ours.owner, house.ours.keeper);
    let (owner_cookie, keeper_cookie) =
        (house.signed_in(owner).await, house.signed_in(keeper).await);
    let sends = async |cookie: &str, words: &str| {
        let form = format!("key=k&text={}", crate::asking::sent(words));
        post(format!("{talk}/answer")).cookie(cookie).form(&form).of(&house.router).await
    };
    let take = post(format!("{talk}/take-over")).cookie(&owner_cookie).form("");
    take.of(&house.router).await;
    let (long, draft) = ("a <i> ".repeat(200), "I am <b>here</b> today");
    let refused = sends(&owner_cookie, &long).await;
    assert_eq!(refused.status, 422);
    refused.says("There was nothing to send.").says("a &#60;i&#62; a &#60;i&#62; ");
    let take = post(format!("{talk}/take-over")).cookie(&keeper_cookie);
    take.form(&format!("from={owner}")).of(&house.router).await;
    let refused = sends(&owner_cookie, draft).await;
    assert_eq!(refused.status, 409);
    refused.says("Somebody else has this thread.").says("Ruth admin has this thread");
    refused.says("readonly>I am &#60;b&#62;here&#60;/b&#62; today</textarea>");
    let close = post(format!("/referrals/{}/close", house.ours.held)).cookie(&owner_cookie);
    let version = house.held().await.summary.version;
    close.form(&format!("version={version}&sure=yes&tell=no")).of(&house.router).await;
    // Whoever keeps the roster writes in it again; the same goes to nobody who may not.
    let page = get(&talk).cookie(&keeper_cookie).of(&house.router).await;
    page.says("What you write opens this one again").says("name=\"text\"");
    assert!(sends(&keeper_cookie, draft).await.location().contains("said=sent"));
    let page = get(&talk).cookie(&keeper_cookie).of(&house.router).await;
    page.says("You have this thread").says("handed back it is closed again");
    let hands = post(format!("{talk}/hand-back")).cookie(&keeper_cookie).form("");
    assert!(hands.of(&house.router).await.location().ends_with("said=handed_back"));
    house.clock.advance(model::day_hours(24 * 8));
    let keeper_cookie = house.signed_in(keeper).await;
    let page = get(&talk).cookie(&keeper_cookie).of(&house.router).await;
    page.says("This thread is closed").lacks("name=\"text\"");
    let late = sends(&keeper_cookie, draft).await;
    assert_eq!(late.status, 409);
    late.says("This thread is closed.").says("I am &#60;b&#62;here");
}

/// The console tells a reader no more of a family than the API does.
#[tokio::test]
async fn a_reader_reads_no_words_of_a_family_s_and_no_number() {
    let house = House::new().await;
    crate::house::run(&house).await;
    let talk = inquiry(&house).await;
    let (reader, moderator) =
        (house.signed_in(house.ours.reader).await, house.signed_in(house.ours.keeper).await);
    for path in [
        "/conversations".to_owned(),
        format!("/conversations/{talk}"),
        format!("/referrals/{}", house.ours.held),
    ] {
        let page = get(&path).cookie(&reader).of(&house.router).await;
        assert_eq!(page.status, 200, "{path}");
        page.lacks("Milo").lacks(crate::house::FAMILY).lacks("won&#39;t latch");
        let page = get(&path).cookie(&moderator).of(&house.router).await;
        page.says("Milo").says(crate::house::FAMILY);
    }
    let page = get(format!("/conversations/{talk}")).cookie(&reader).of(&house.router).await;
    page.says("2 texts. Moderators read the words.").says("a number that moderators see");
}
