//! `/m/TOKEN`: what a member does on her own pages: claiming, giving back, being away, what she offers.

use model::{TaskKind, day_hours};

use crate::house::{Answer, House};

const RUNS_ON: [TaskKind; 2] = [TaskKind::Promise, TaskKind::DeadEnd];
/// What her profile's form sends when nothing is ticked.
const BARE: &str = "hours=chapter&from=&to=&cap=&other_areas=Brooklyn&exclude_areas=&languages=&payers=&visit_types=&quiet_days=";

/// The address of somebody's own page, which she asks for by text.
pub(crate) async fn own(house: &House, member: &str) -> String {
    let phone = house.chapter.phone(member);
    phone.texts("Page").await;
    format!("/m/{}", phone.receives("Your page").link_to("m").expect("a link"))
}

/// Where a referral's buttons on a page press.
fn pressed_at(page: &Answer) -> String {
    let (_, after) = page.body.split_once("action=\"/m/").expect("a button");
    let (to, _) = after.split_once('"').expect("its address");
    assert!(to.contains("/referrals/"), "{to}");
    format!("/m/{to}")
}

#[tokio::test]
async fn a_place_is_claimed_and_given_back_on_her_own_page_as_on_the_offers() {
    let house = House::asking().await;
    let page = own(&house, "ana").await;
    let shown = house.get(&page).await;
    shown.says(&format!("Claim {}</button>", house.code)).says("Park Slope 11215").lacks("Jess");
    let button = pressed_at(&shown);
    house.get(&button).await;
    house.get(&page).await.says("<strong>0 of 3</strong>");

    let pressed = house.post(&button, "act=claim&line=after+6+pm").await;
    assert_eq!((pressed.status.as_u16(), pressed.header("location")), (303, &*page));
    let _ = house.chapter.phone("ana").receives("place 1 of 3").says("after 6 pm");
    let shown = house.get(&page).await;
    shown.says("You have place 1 of 3.").says("No request is open to you now").says("Undo");
    shown.lacks("What became of it?");
    house.get(house.of("ana")).await.says("You have place 1 of 3.");
    // Nobody's name was given out: there is nothing to tell.
    assert_eq!(house.post(&button, "told=booked").await.status, 404);

    house.post(&button, "act=give_back").await;
    let _ = house.chapter.phone("ana").receives("released");
    house.get(&page).await.says("<strong>0 of 3</strong>").says("Claim");
    house.get(&format!("{page}/history")).await.says("given back").says("Park Slope");

    // A button of somebody else's page, of no referral, of one she was not asked about.
    let of_beth = button.replace(&page, &own(&house, "beth").await);
    assert_eq!(house.post(&of_beth, "act=claim").await.status, 303);
    let _ = house.chapter.phone("beth").receives("place 1 of 3");
    let odd = format!("{page}/referrals/0192f0c0-0000-7000-8000-000000000000");
    for (path, form, status) in [
        (&*odd, "act=claim", 404),
        (&format!("{page}/referrals/x"), "act=claim", 404),
        (&button.replace(&page, "/m/aaaaaaaaaaaaaaaa"), "act=claim", 404),
        (&*button, "act=other", 400),
        (&*button, "told=connected", 400),
    ] {
        assert_eq!(house.post(path, form).await.status, status, "{path} {form}");
    }
    house.chapter.done_leaving(&RUNS_ON).await;
}

#[tokio::test]
async fn whoever_was_not_asked_claims_nothing_by_guessing_and_is_told_what_a_visit_came_to() {
    let house = House::asking().await;
    let button = pressed_at(&house.get(&own(&house, "ana").await).await);
    let joining = testkit::chapter::Joining::usual("Fay Latecomer");
    house.chapter.joins("fay", joining).await;
    let of_fay = own(&house, "fay").await;
    let (_, referral) = button.split_once("/referrals/").expect("its referral");
    let guessed = format!("{of_fay}/referrals/{referral}");
    assert_eq!(house.post(&guessed, "act=claim").await.status, 404);
    house.get(&of_fay).await.says("No request is open to you now");

    for member in ["ana", "beth", "cleo"] {
        house.post(house.of(member), "act=claim").await;
        let _ = house.chapter.phone(member).receives("of 3");
    }
    let _ = house.chapter.family("jess").receives("Here are 3 consultants");
    let page = own(&house, "ana").await;
    house.get(&page).await.says("What became of it?").says("The family has your card");
    let button = pressed_at(&house.get(&page).await);
    let told = house.post(&button, "told=booked").await;
    assert_eq!(told.header("location"), format!("{page}?said=told"));
    house.get(told.header("location")).await.says("Noted.").says(">booked</span>");
    house.chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn she_is_away_until_a_day_and_back() {
    let house = House::asking().await;
    let page = own(&house, "ana").await;
    let press = async |form: &str| {
        house.post(&format!("{page}/away"), form).await.header("location").to_owned()
    };
    for wrong in ["2026-11-17", "2026-11-01", "soon"] {
        assert_eq!(
            press(&format!("act=away&until={wrong}")).await,
            format!("{page}?said=away_day")
        );
    }
    house.get(&page).await.says("I am away").says("Claim ");
    assert_eq!(press("act=away&until=2026-11-20").await, format!("{page}?said=away"));
    let shown = house.get(&page).await;
    shown.says("away until Friday, 20 Nov 2026").lacks("I am away</button>");
    let ana = house.chapter.member("ana");
    let away = async || {
        let found =
            house.chapter.look(move |tx| Box::pin(async move { tx.member(ana).await })).await;
        found.expect("she is there").away_until
    };
    assert_eq!(away().await, Some("2026-11-20T05:00:00Z".parse().expect("an instant")));
    press("act=back").await;
    assert_eq!(away().await, None);
    press("act=away&until=").await;
    house.get(&page).await.says("until you say that you are back");
    house.chapter.phone("ana").texts("BACK").await;
    let _ = house.chapter.phone("ana").receives("back");
    assert_eq!(away().await, None);
    house.chapter.done_leaving(&RUNS_ON).await;
}

#[tokio::test]
async fn what_she_offers_is_changed_on_her_page_and_decides_who_is_asked() {
    let house = House::asking().await;
    let page = own(&house, "ana").await;
    let profile = format!("{page}/profile");
    house.get(&profile).await.says("Brooklyn").says("value=\"aetna\" checked");
    let said = async |path: &str, form: &str| {
        let answer = house.post(path, form).await;
        let (_, said) = answer.header("location").split_once("said=").expect("a word");
        said.to_owned()
    };
    // What cannot be kept comes back as she wrote it, with all that stood beside it.
    let all_week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let all_week = all_week.map(|day| format!("&quiet_days={day}")).concat();
    for (form, refused, typed) in [
        (BARE.replace("hours=chapter&from=", "hours=own&from=09:15"), "the hours were", "09:15"),
        (BARE.replace("cap=", "cap=none"), "write a number", "none"),
        (BARE.replace("=Brooklyn", "=12+Main"), "a place was not", "12 Main"),
        (BARE.replace("payers=", "payers=%3Cb%3E"), "a payer was not", "&#60;b&#62;"),
        (format!("{BARE}{all_week}"), "at least one day", "mon\" checked"),
    ] {
        let answer = house.post(&profile, &format!("{form}&languages=ht")).await;
        assert_eq!(answer.status, 200);
        answer.says("Not saved").says(refused).says("value=\"ht\" checked").lacks("<b>");
        answer.says(&format!("value=\"{typed}"));
        house.get(&profile).await.lacks(&format!("value=\"{typed}")).lacks("value=\"ht\" checked");
    }
    let form = format!(
        "{BARE}&languages=en&languages=ht&payers=uhc&payers=Local+700&visit_types=virtual&quiet_days=shabbat"
    )
    .replace("hours=chapter&from=&to=&cap=", "hours=own&from=09:00&to=17:30&cap=2");
    assert_eq!(said(&profile, &form).await, "saved");
    assert_eq!(said(&profile, &form).await, "same");
    let shown = house.get(&profile).await;
    shown.says("value=\"ht\" checked").says("value=\"Local 700\"").says("value=\"17:30\"");
    shown.says("last confirmed on 17 Nov 2026").says("value=\"shabbat\" checked");

    let borough = format!("{page}/areas/queens");
    house.get(&borough).await.says("Astoria").lacks("Park Slope");
    assert_eq!(said(&borough, "place=Astoria&place=Jackson+Heights").await, "saved");
    house.get(&profile).await.says("Astoria, Jackson Heights");
    assert_eq!(
        house.post(&borough, "place=Park+Slope").await.header("location"),
        format!("{profile}?said=bad_places")
    );
    assert_eq!(house.get(&format!("{page}/areas/yonkers")).await.status, 404);
    assert_eq!(house.post(&format!("{page}/areas/yonkers"), "whole=yes").await.status, 404);

    // A family in Park Slope at home is not hers any more.
    let kate = house.chapter.family("kate");
    kate.texts("Park Slope 11215, my son is 9 days old, sore nipples, home visit, Aetna").await;
    house.chapter.settle().await;
    let _ = kate.receives("Got it");
    house.chapter.phone("ana").receives_nothing();
    for asked in ["beth", "cleo", "dora", "ella"] {
        let _ = house.chapter.phone(asked).receives_offer();
    }
    house.chapter.done_leaving(&RUNS_ON).await;
}

#[tokio::test]
async fn she_sees_her_share_beside_the_median_and_the_rule_that_holds() {
    let house = House::asking().await;
    house.post(house.of("ana"), "act=claim").await;
    let _ = house.chapter.phone("ana").receives("place 1 of 3");
    let page = own(&house, "ana").await;
    let shown = house.get(&format!("{page}/share")).await;
    shown.says("the median is that of 5 members");
    shown.says("Claimed</th><td class=\"number\">1</td><td class=\"number\">0</td>");
    shown.says("Asked</th><td class=\"number\">1</td><td class=\"number\">1</td>");
    for sentence in house.chapter.dispatch().rule(house.chapter.id()).await.expect("the rule") {
        shown.says(&sentence.replace('\'', "&#39;"));
    }
    house.chapter.done_leaving(&RUNS_ON).await;
}

#[tokio::test]
async fn her_pages_are_small_load_nothing_of_others_and_open_for_nobody_else() {
    let house = House::asking().await;
    let page = own(&house, "ana").await;
    let rooms = ["", "/profile", "/phone", "/history", "/share", "/areas/brooklyn"];
    for room in rooms {
        let answer = house.get(&format!("{page}{room}")).await;
        assert_eq!(answer.status, 200);
        answer.lacks("http://").lacks("https://").lacks(" style=").says("Ana Sample");
        let bytes = answer.body.len();
        assert!(bytes < 50_000, "{room}: {bytes} bytes");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("cache-control"), "no-store");
        let other = house.get(&format!("/m/aaaaaaaaaaaaaaaa{room}")).await;
        assert_eq!(other.status, 404);
    }
    house.chapter.done_leaving(&RUNS_ON).await;
    house.chapter.house().clock.advance(day_hours(73));
    for room in rooms {
        assert_eq!(house.get(&format!("{page}{room}")).await.status, 404);
        assert_eq!(house.post(&format!("{page}{room}"), BARE).await.status, 404);
    }
    assert_eq!(house.post(&format!("{page}/away"), "act=away&until=").await.status, 404);
}

#[tokio::test]
async fn a_page_she_keeps_is_an_app_and_every_link_closes_when_she_says_so() {
    let house = House::asking().await;
    let page = own(&house, "ana").await;
    assert_eq!(house.get(&format!("{page}/app.webmanifest")).await.status, 404);
    house.get(&format!("{page}/phone")).await.lacks("rel=\"manifest\"").says("works for 180 days");
    let answer = house.post(&format!("{page}/keep"), "act=keep").await;
    let kept = answer.header("location").trim_end_matches("/phone?said=kept").to_owned();
    assert!(kept.starts_with("/m/") && kept != page, "{kept}");
    let shown = house.get(&format!("{kept}/phone?said=kept")).await;
    shown.says("Your page is kept.").says(&format!("href=\"{kept}/app.webmanifest\""));
    let manifest = house.get(&format!("{kept}/app.webmanifest")).await;
    assert_eq!(manifest.header("content-type"), "application/manifest+json");
    assert_eq!(manifest.header("cache-control"), "no-store");
    manifest.says(&format!("\"start_url\":\"{kept}\"")).says("standalone").says("app-512.png");
    manifest.says("\"id\":\"/m/nylca\"");
    let _ = house.chapter.phone("ana").receives("Your page was kept on a phone");
    // Whoever has the phone for a moment makes no second one of it.
    let again = house.post(&format!("{kept}/keep"), "act=keep").await;
    assert_eq!(again.header("location"), format!("{kept}/phone?said=kept_before"));
    house.get(&format!("{kept}/phone?said=kept_before")).await.says("It is kept already.");
    house.chapter.phone("ana").receives_nothing();
    for (path, kind) in [
        ("/assets/app-180.png", "image/png"),
        ("/assets/app-192.png", "image/png"),
        ("/assets/app-512.png", "image/png"),
        ("/assets/own.js", "text/javascript; charset=utf-8"),
        ("/m/worker.js", "text/javascript; charset=utf-8"),
        ("/m/offline", "text/html; charset=utf-8"),
    ] {
        let (status, found) = house.raw(path).await;
        assert_eq!((status, found.as_str()), (200, kind), "{path}");
    }
    let forgets = house.post(&format!("{page}/keep"), "act=forget").await;
    assert_eq!(forgets.status, 303);
    for closed in [&page, &kept, &format!("{kept}/app.webmanifest")] {
        assert_eq!(house.get(closed).await.status, 404, "{closed}");
    }
    // Other links of hers, and other members' pages, are no matter of this.
    assert_eq!(house.get(house.of("ana")).await.status, 200);
    house.chapter.done_leaving(&RUNS_ON).await;
}

#[tokio::test]
async fn she_chooses_how_she_is_told_and_a_strange_browser_is_not_spoken_to() {
    let house = House::asking().await;
    let page = own(&house, "ana").await;
    let phone = format!("{page}/phone");
    house.get(&phone).await.says("value=\"both\" checked").lacks("data-push");
    let chosen = house.post(&phone, "offer_by=text").await;
    assert_eq!(chosen.header("location"), format!("{phone}?said=saved"));
    house.get(&phone).await.says("value=\"text\" checked");
    assert_eq!(house.post(&phone, "offer_by=pigeon").await.status, 400);

    let service = testkit::push::PushService::open().await;
    let clock = std::sync::Arc::new(house.chapter.house().clock.clone());
    house.chapter.dispatch().pushes_by(std::sync::Arc::new(service.pusher(clock)));
    house.get(&phone).await.says("data-push").says(&format!("data-to=\"{page}/push\""));
    let form = |endpoint: &str| {
        let browser = service.subscription("ana");
        format!("endpoint={endpoint}&p256dh={}&auth={}", browser.p256dh, browser.auth)
    };
    let endpoint = service.subscription("ana").endpoint.replace(':', "%3A").replace('/', "%2F");
    for (form, said) in [
        (form("https%3A%2F%2Felsewhere.example%2Fx"), "push_not"),
        (form(&endpoint).replace("p256dh=B", "p256dh="), "push_not"),
        (form(&endpoint), "push_on"),
    ] {
        let answer = house.post(&format!("{page}/push"), &form).await;
        assert_eq!(answer.header("location"), format!("{phone}?said={said}"));
    }
    house.get(&phone).await.says("shown on 1 of your").lacks(&endpoint).lacks("127.0.0.1");
    assert_eq!(house.post("/m/aaaaaaaaaaaaaaaa/push", &form(&endpoint)).await.status, 404);
    house.post(&format!("{page}/push"), "act=off").await;
    house.get(&phone).await.says("No phone of yours shows notifications.");
    assert_eq!(house.post(&format!("{page}/push"), "act=on").await.status, 400);
    house.chapter.done_leaving(&RUNS_ON).await;
}

#[tokio::test]
async fn whoever_is_removed_has_no_page_and_no_browser_even_when_she_is_taken_back() {
    let house = House::asking().await;
    let page = own(&house, "ana").await;
    let service = testkit::push::PushService::open().await;
    let clock = std::sync::Arc::new(house.chapter.house().clock.clone());
    house.chapter.dispatch().pushes_by(std::sync::Arc::new(service.pusher(clock)));
    let browser = service.subscription("ana");
    let endpoint = browser.endpoint.replace(':', "%3A").replace('/', "%2F");
    let form = format!("endpoint={endpoint}&p256dh={}&auth={}", browser.p256dh, browser.auth);
    house.post(&format!("{page}/push"), &form).await;
    let ana = house.chapter.member("ana");
    let browsers = async || {
        house
            .chapter
            .look(move |tx| Box::pin(async move { tx.subscriptions(ana).await }))
            .await
            .len()
    };
    assert_eq!(browsers().await, 1);
    house.stands(ana, model::MemberStatus::Suspended, "a complaint").await;
    assert_eq!((house.get(&page).await.status.as_u16(), browsers().await), (200, 1));
    house.stands(ana, model::MemberStatus::Removed, "moved away").await;
    assert_eq!((house.get(&page).await.status.as_u16(), browsers().await), (404, 0));
    house.stands(ana, model::MemberStatus::Active, "").await;
    assert_eq!(house.get(&page).await.status, 404, "what she had stays closed");
    assert_eq!(house.get(&own(&house, "ana").await).await.status, 200);
    house.chapter.done_leaving(&RUNS_ON).await;
}
