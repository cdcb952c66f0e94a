//! The console's pages: what they show, to whom, and what their buttons do.

use model::ReferralState;

use crate::{
    asking::{get, post},
    house::{FAMILY, House, MEMBER, run},
};

#[tokio::test]
async fn now_shows_what_needs_a_person_once_and_leads_to_it() {
    let house = House::new().await;
    let cookie = house.signed_in(house.ours.owner).await;
    let page = get("/").cookie(&cookie).of(&house.router).await.body;
    let href = format!("href=\"/referrals/{}\"", house.ours.held);
    assert!(page.contains(&href));
    assert_eq!(page.matches("class=\"card\"").count(), 1, "the call and the hold are one card");
    assert!(page.contains("a family asks to be called") && page.contains("data-state=\"held\""));
    assert!(page.contains("Park Slope 11215"));
    assert!(!page.contains(&house.theirs.held.to_string()));
    assert!(!page.contains("Milo"), "the family's words stay on the referral's page");
}

#[tokio::test]
async fn now_tells_who_has_a_place_and_by_when_names_come() {
    let house = House::new().await;
    run(&house).await;
    let cookie = house.signed_in(house.ours.reader).await;
    let page = get("/").cookie(&cookie).of(&house.router).await.body;
    assert!(page.contains(">K7Q</a>"));
    assert!(page.contains("1 of 3: Ana Sample"));
    assert!(page.contains("10:23 am, in 23 min"), "the clock is the chapter's");
}

#[tokio::test]
async fn an_installation_without_anything_says_how_to_begin() {
    let house = House::new().await;
    let version = house.held().await.summary.version;
    let cookie = house.signed_in(house.ours.owner).await;
    let close = format!("/referrals/{}/close", house.ours.held);
    post(close)
        .cookie(&cookie)
        .form(&format!("version={version}&sure=yes"))
        .of(&house.router)
        .await;
    let page = get("/").cookie(&cookie).of(&house.router).await.body;
    assert!(page.contains("Nothing needs you") && page.contains("Nothing runs at the moment"));
    assert!(!page.contains("held"), "what is closed is held no more");
    let none = get("/referrals?state=open").cookie(&cookie).of(&house.router).await.body;
    assert!(none.contains("None is open"));
}

#[tokio::test]
async fn a_referral_shows_its_thread_as_text_and_why_it_was_read_so() {
    let house = House::new().await;
    run(&house).await;
    let cookie = house.signed_in(house.ours.owner).await;
    let path = format!("/referrals/{}", house.ours.held);
    let page = get(path).cookie(&cookie).of(&house.router).await.body;
    assert!(
        page.contains("my baby &#60;b&#62;Milo&#60;/b&#62; won&#39;t latch https://evil.example")
    );
    assert!(!page.contains("href=\"https://evil"), "her links are no links");
    for shown in
        [FAMILY, MEMBER, "after 5 pm", "1 picture", "K7Q", "carrier's code 30005", "<dd>latch</dd>"]
    {
        assert!(page.contains(shown), "the page does not show {shown}");
    }
    assert!(page.contains("<q>won&#39;t latch</q>"), "the words that a reading rests on");
    assert!(page.contains("Waits for the admin: callback."), "the trace in plain words");
}

#[tokio::test]
async fn what_a_page_offers_is_what_the_state_and_the_role_allow() {
    let house = House::new().await;
    let path = format!("/referrals/{}", house.ours.held);
    let owner = house.signed_in(house.ours.owner).await;
    let reader = house.signed_in(house.ours.reader).await;
    let offers = |page: &str| {
        ["release", "widen", "hold", "close", "seen", "block"]
            .into_iter()
            .filter(|act| page.contains(&format!("action=\"{path}/{act}\"")))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let held = get(&path).cookie(&owner).of(&house.router).await.body;
    assert_eq!(offers(&held), "release close seen block");
    let looked = get(&path).cookie(&reader).of(&house.router).await.body;
    assert!(!looked.contains("<button class=\"button primary\""), "a reader looks");
    run(&house).await;
    let open = get(&path).cookie(&owner).of(&house.router).await.body;
    assert_eq!(offers(&open), "widen hold close seen block");

    for act in ["release", "widen", "hold", "close", "seen", "block"] {
        let form = post(format!("{path}/{act}")).cookie(&reader).form("version=1");
        let answer = form.of(&house.router).await;
        assert_eq!(answer.status, 403, "{act}");
        assert!(answer.body.contains("look, not change"));
    }
    let retry = post(format!("/outbox/{}/retry", house.ours.failed)).cookie(&reader).form("");
    assert_eq!(retry.of(&house.router).await.status, 403);
    assert_eq!(house.held().await.summary.state, ReferralState::Open);
    assert!(house.held().await.blocked_at.is_none());
}

#[tokio::test]
async fn a_stale_page_changes_nothing_and_says_so() {
    let house = House::new().await;
    let cookie = house.signed_in(house.ours.owner).await;
    let path = format!("/referrals/{}", house.ours.held);
    let seen = house.held().await.summary.version;
    run(&house).await;
    let form = format!("version={seen}&sure=yes&tell=no");
    let answer = post(format!("{path}/close")).cookie(&cookie).form(&form).of(&house.router).await;
    assert_eq!(answer.location(), format!("{path}?said=changed"));
    assert_eq!(house.held().await.summary.state, ReferralState::Open);
    let page = get(answer.location()).cookie(&cookie).of(&house.router).await.body;
    assert!(page.contains("Somebody changed it meanwhile."));
    // What the address says is one of our own words, or nothing.
    let page = get(format!("{path}?said=zyxwv")).cookie(&cookie).of(&house.router).await;
    assert!(page.status == 200 && !page.body.contains("zyxwv"));
    let missing = post(format!("{path}/close")).cookie(&cookie).form("").of(&house.router).await;
    assert_eq!(missing.status, 400, "a form without a version decides nothing");
}

#[tokio::test]
async fn holding_seeing_and_blocking_are_done_and_told() {
    let house = House::new().await;
    run(&house).await;
    let cookie = house.signed_in(house.ours.owner).await;
    let path = format!("/referrals/{}", house.ours.held);
    let act = async |pressed: &str| {
        let version = house.held().await.summary.version;
        let (act, more) = pressed.split_once('&').unwrap_or((pressed, ""));
        let form = format!("version={version}&sure=yes&{more}");
        let form = post(format!("{path}/{act}")).cookie(&cookie).form(&form);
        form.of(&house.router).await.location().to_owned()
    };
    assert_eq!(act("seen").await, format!("{path}?said=seen"));
    assert!(house.held().await.calls.is_empty());
    assert_eq!(act("hold").await, format!("{path}?said=held"));
    assert_eq!(house.held().await.summary.state, ReferralState::Held);
    assert_eq!(act("block").await, format!("{path}?said=blocked"));
    assert!(house.held().await.blocked_at.is_some());
    assert_eq!(act("unblock").await, format!("{path}?said=unblocked"));
    assert!(house.held().await.blocked_at.is_none());
    assert_eq!(act("close").await, format!("{path}?said=not_closed"), "the family waits for names");
    assert_eq!(act("close&tell=yes").await, format!("{path}?said=closed_and_told"));
    assert_eq!(act("close").await, format!("{path}?said=state"), "it is over");
    let who = house.held().await.trace.last().map(|step| step.actor);
    assert_eq!(who, Some(model::ActorKind::Admin));
}

/// A family that waits for names is told, or not: whoever closes it says which, and that she is sure.
#[tokio::test]
async fn closing_asks_once_more_and_says_what_the_family_is_told() {
    let house = House::new().await;
    run(&house).await;
    let cookie = house.signed_in(house.ours.owner).await;
    let path = format!("/referrals/{}", house.ours.held);
    let page = get(&path).cookie(&cookie).of(&house.router).await;
    page.says("We have stopped asking (ref K7Q).").says("name=\"tell\" value=\"yes\" checked");
    let version = house.held().await.summary.version;
    let close = async |more: &str| {
        let form = format!("version={version}{more}");
        let form = post(format!("{path}/close")).cookie(&cookie).form(&form);
        form.of(&house.router).await.location().to_owned()
    };
    for more in ["", "&tell=yes", "&sure=yes", "&sure=yes&tell=perhaps"] {
        assert_eq!(close(more).await, format!("{path}?said=not_closed"), "{more}");
    }
    assert_eq!(house.held().await.summary.state, ReferralState::Open);
    assert_eq!(close("&sure=yes&tell=no").await, format!("{path}?said=closed"));
    let shown = get(&path).cookie(&cookie).of(&house.router).await;
    shown.lacks("We have stopped asking").lacks("/close\"");
}

#[tokio::test]
async fn a_release_asks_the_members_and_tells_the_family() {
    let house = House::new().await;
    let cookie = house.signed_in(house.ours.owner).await;
    let path = format!("/referrals/{}", house.ours.held);
    let version = house.held().await.summary.version;
    let form = format!("version={version}");
    let done = post(format!("{path}/release")).cookie(&cookie).form(&form).of(&house.router).await;
    assert_eq!(done.location(), format!("{path}?said=released"));
    let view = house.held().await;
    assert_eq!(view.summary.state, ReferralState::Open);
    assert!(view.calls.is_empty(), "whoever decides has seen it");
    let page = get(done.location()).cookie(&cookie).of(&house.router).await.body;
    let code = view.summary.code.expect("it has a code now").to_string();
    assert!(page.contains("Released.") && page.contains(&format!("Referral {code}")));
    assert!(page.contains("12:00 pm, in 2 hours"), "by when names come");
    assert!(page.contains("An admin releases it to the members."));
    let asked = page.split("In the shuffled order of sending").nth(1).expect("who was asked");
    assert!(asked.contains("Ana Sample"));
}

#[tokio::test]
async fn a_promise_that_passed_without_a_name_needs_a_person() {
    let house = House::new().await;
    let cookie = house.signed_in(house.ours.owner).await;
    let path = format!("/referrals/{}", house.ours.held);
    for act in ["seen", "release"] {
        let form = format!("version={}", house.held().await.summary.version);
        post(format!("{path}/{act}")).cookie(&cookie).form(&form).of(&house.router).await;
    }
    let needs = async || {
        let page = get("/").cookie(&cookie).of(&house.router).await.body;
        page.split("<h2>Running").next().expect("what needs her").to_owned()
    };
    assert!(needs().await.contains("Nothing needs you"));
    house.clock.advance(model::minutes(121));
    let late = needs().await;
    assert!(late.contains(&path) && late.contains("nobody has answered yet"), "{late}");
}

#[tokio::test]
async fn what_only_a_button_does_is_not_done_by_opening_it() {
    let house = House::new().await;
    let cookie = house.signed_in(house.ours.owner).await;
    let close = format!("/referrals/{}/close", house.ours.held);
    for path in [close.as_str(), "/sign-out"] {
        let answer = get(path).cookie(&cookie).of(&house.router).await;
        assert!(answer.status == 405 && answer.body.contains("from its button"), "{path}");
    }
    assert_eq!(house.held().await.summary.state, ReferralState::Held);
    assert_eq!(get("/").cookie(&cookie).of(&house.router).await.status, 200, "still signed in");
}

#[tokio::test]
async fn another_chapter_s_is_as_if_it_were_not() {
    let house = House::new().await;
    let cookie = house.signed_in(house.ours.owner).await;
    let theirs = house.dispatch.referral(house.theirs.id, house.theirs.held).await;
    let theirs = theirs.expect("it can be read").expect("it is there");
    let missing = get("/referrals/0193a000-0000-7000-8000-000000000001");
    let missing = missing.cookie(&cookie).of(&house.router).await;
    for path in [
        format!("/referrals/{}", house.theirs.held),
        format!("/inquiries/{}", theirs.inquiry),
        "/referrals/not-an-id".to_owned(),
    ] {
        let answer = get(&path).cookie(&cookie).of(&house.router).await;
        assert_eq!((answer.status, &answer.body), (missing.status, &missing.body), "{path}");
    }
    assert_eq!(missing.status, 404);
    let version = theirs.summary.version;
    for path in [
        format!("/referrals/{}/close", house.theirs.held),
        format!("/referrals/{}/block", house.theirs.held),
        format!("/inquiries/{}/block", theirs.inquiry),
        format!("/outbox/{}/retry", house.theirs.failed),
    ] {
        let form = post(&path).cookie(&cookie).form(&format!("version={version}"));
        assert_eq!(form.of(&house.router).await.status, 404, "{path}");
    }
    let call = theirs.calls[0].id;
    post(format!("/calls/{call}/seen")).cookie(&cookie).form("").of(&house.router).await;
    let after = house.dispatch.referral(house.theirs.id, house.theirs.held).await;
    let after = after.expect("it can be read").expect("it is there");
    assert_eq!((after.summary.version, after.calls.len()), (version, 1));
    assert!(after.blocked_at.is_none());
    for path in ["/", "/referrals", "/lines", "/outbox"] {
        let page = get(path).cookie(&cookie).of(&house.router).await.body;
        for their in [house.theirs.held.to_string(), house.theirs.failed.to_string()] {
            assert!(!page.contains(&their), "{path}");
        }
        assert!(!page.contains("212-555-0102") && !page.contains("Chapter other"), "{path}");
    }
}

#[tokio::test]
async fn a_call_about_an_inquiry_leads_to_its_thread_and_is_answered() {
    let house = House::new().await;
    let (chapter, now) = (house.ours.clone(), house.dispatch.now());
    let (inquiry, page) = house
        .write(move |tx| {
            Box::pin(async move {
                let chance = model::Chance::seeded(5);
                let number = model::Phone::from_carrier("+19175550188").expect("a number");
                let phone = tx.phone_for(chapter.id, &number, now, &chance).await?;
                let new = storage::NewInquiry {
                    id: model::InquiryId::generate(now, &chance),
                    chapter_id: chapter.id,
                    line_id: chapter.line,
                    phone_id: phone.id,
                    language: "en".to_owned(),
                    now,
                };
                let (inquiry, _) = tx.open_inquiry(&new).await?;
                let page = storage::NewPage {
                    id: model::PageId::generate(now, &chance),
                    chapter_id: chapter.id,
                    reason: "complaint".to_owned(),
                    inquiry_id: Some(inquiry.id),
                    referral_id: None,
                    line_id: None,
                    member_id: None,
                    now,
                };
                tx.add_page(&page).await?;
                Ok((inquiry.id, page.id))
            })
        })
        .await;
    let cookie = house.signed_in(house.ours.owner).await;
    let path = format!("/inquiries/{inquiry}");
    let now = get("/").cookie(&cookie).of(&house.router).await.body;
    assert!(now.contains(&format!("href=\"{path}\"")) && now.contains("a complaint"));
    let shown = get(&path).cookie(&cookie).of(&house.router).await.body;
    assert!(shown.contains("917-555-0188") && shown.contains("a complaint"));
    let seen = post(format!("/calls/{page}/seen")).cookie(&cookie).form("").of(&house.router).await;
    assert_eq!(seen.location(), "/?said=seen");
    let now = get("/").cookie(&cookie).of(&house.router).await.body;
    assert!(!now.contains("a complaint"));
    // An inquiry that became a referral is shown as that.
    let path = format!("/inquiries/{}", house.held().await.inquiry);
    let led = get(path).cookie(&cookie).of(&house.router).await;
    assert_eq!(led.location(), format!("/referrals/{}", house.ours.held));
}

#[tokio::test]
async fn lines_say_what_to_enter_and_what_is_wrong() {
    let house = House::new().await;
    let cookie = house.signed_in(house.ours.reader).await;
    let page = get("/lines").cookie(&cookie).of(&house.router).await.body;
    assert!(page.contains("212-555-0101") && page.contains("families and members"));
    for hook in ["message", "voice"] {
        let hook = format!("https://refer.example.org/hooks/twilio/{hook}#rc=5&#38;rp=all");
        assert!(page.contains(&hook), "{page}");
    }
    assert!(!page.contains("secret-of-the-line") && page.contains("1 text a second"));
    let (line, now) = (house.ours.line, house.dispatch.now());
    house.write(move |tx| Box::pin(tx.pause_line(line, "20003", now))).await;
    let page = get("/lines").cookie(&cookie).of(&house.router).await.body;
    assert!(page.contains("code 20003") && page.contains("Nothing is lost"));
    let now = get("/").cookie(&cookie).of(&house.router).await.body;
    assert!(now.contains("Line 212-555-0101"));
}

#[tokio::test]
async fn the_outbox_shows_what_failed_and_tries_it_again() {
    let house = House::new().await;
    let cookie = house.signed_in(house.ours.owner).await;
    let page = get("/outbox").cookie(&cookie).of(&house.router).await.body;
    assert!(page.contains("a passing fault lasted too long (code 30005)"));
    assert!(!page.contains("somebody will call"), "without its words");
    let retry = format!("/outbox/{}/retry", house.ours.failed);
    let again = post(&retry).cookie(&cookie).form("").of(&house.router).await;
    assert_eq!(again.location(), "/outbox?said=retried");
    let again = post(&retry).cookie(&cookie).form("").of(&house.router).await;
    assert_eq!(again.location(), "/outbox?said=not_retried");
    let page = get("/outbox").cookie(&cookie).of(&house.router).await.body;
    assert!(page.contains("sent again by hand") && !page.contains("code 30005"));
}
