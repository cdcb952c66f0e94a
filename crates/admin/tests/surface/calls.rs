//! Calls for attention at the console: about whom, who may see that, and what ends them.

use model::{Chance, InboundId, MemberId, MessageKind, MessageText, OutboxId, PageId, Standing};
use storage::{By, NewInbound, NewMessage, NewPage};

use crate::{
    asking::{get, post},
    house::{Chapter, House, MEMBER},
};

/// Somebody is called about a member, who wrote and was written to.
async fn called_about(house: &House, chapter: &Chapter, about: MemberId) -> PageId {
    let (chapter, now) = (chapter.clone(), house.dispatch.now());
    house
        .write(move |tx| {
            Box::pin(async move {
                let chance = Chance::seeded(11);
                let phone = tx.member(about).await?.expect("the member").phone_id;
                let text = |words: &str| MessageText::new(words);
                tx.add_inbound(&NewInbound {
                    id: InboundId::generate(now, &chance),
                    chapter_id: chapter.id,
                    line_id: chapter.line,
                    phone_id: phone,
                    carrier_message_id: "SMfromher".to_owned(),
                    standing: Standing::Member,
                    body: text("My colleague Pia takes <b>K7Q</b>"),
                    media: 0,
                    inquiry_id: None,
                    received_at: now,
                })
                .await?;
                let to_her = |kind, words: &str| NewMessage {
                    id: OutboxId::generate(now, &chance),
                    chapter_id: chapter.id,
                    by: By::Line { line: chapter.line, phone },
                    kind,
                    dedupe: format!("{kind:?}"),
                    inquiry_id: None,
                    referral_id: None,
                    offer_id: None,
                    body: text(words),
                    now,
                    due_at: now,
                    expires_at: now.after(model::day_hours(1)),
                };
                let page = "Your page: https://refer.example.org/m/ABCDEFGH12345678 for a week";
                tx.enqueue(&to_her(MessageKind::ClaimReply, page)).await?;
                tx.enqueue(&to_her(MessageKind::SignIn, "your sign-in code is 123456")).await?;
                let call = NewPage {
                    id: PageId::generate(now, &chance),
                    chapter_id: chapter.id,
                    reason: "unread".to_owned(),
                    inquiry_id: None,
                    referral_id: None,
                    line_id: None,
                    member_id: Some(about),
                    now,
                };
                tx.add_page(&call).await?;
                Ok(call.id)
            })
        })
        .await
}

#[tokio::test]
async fn a_call_about_a_member_says_whom_and_what_to_who_keeps_the_roster() {
    let house = House::new().await;
    let member = house.ours.member;
    let call = called_about(&house, &house.ours, member).await;
    let page = format!("/roster/{member}");
    let keeper = house.signed_in(house.ours.keeper).await;
    let now = get("/").cookie(&keeper).of(&house.router).await;
    now.says(&format!("<h3><a href=\"{page}\">{MEMBER}</a></h3>"));
    let shown = get(&page).cookie(&keeper).of(&house.router).await;
    shown.says("a text we could not read").says("My colleague Pia takes &#60;b&#62;K7Q");
    shown.says("https://refer.example.org/m/... for a week");
    shown.lacks("ABCDEFGH").lacks("123456").lacks("Milo");
    // A reader is told whom it is about, and no more; a neighbour nothing.
    let reader = house.signed_in(house.ours.reader).await;
    let now = get("/").cookie(&reader).of(&house.router).await;
    now.says(&format!("<h3>{MEMBER}</h3>")).lacks(&page).lacks("Pia");
    assert_eq!(get(&page).cookie(&reader).of(&house.router).await.status, 403);
    let theirs = house.signed_in(house.theirs.owner).await;
    get("/").cookie(&theirs).of(&house.router).await.lacks("a text we could not read");
    assert_eq!(get(&page).cookie(&theirs).of(&house.router).await.status, 404);
    let seen = post(format!("/calls/{call}/seen")).cookie(&keeper).form("").of(&house.router).await;
    assert_eq!(seen.location(), "/?said=seen");
    get(&page).cookie(&keeper).of(&house.router).await.lacks("Called:");
}

/// Looking ends the calling and nothing else, and only where the browser of somebody says that she looks
/// who could do something about it.
#[tokio::test]
async fn only_who_may_act_opens_a_call_and_it_stands() {
    let house = House::new().await;
    let call = house.held().await.calls[0].id;
    let (path, page) = (format!("/calls/{call}/opened"), format!("/referrals/{}", house.ours.held));
    let chapter = house.ours.id;
    let is_open = async || {
        let pages = house.write(move |tx| Box::pin(async move { tx.open_pages(chapter).await }));
        pages.await.iter().any(|page| page.opened_at.is_some())
    };
    let owner = house.signed_in(house.ours.owner).await;
    let mark = format!("data-call=\"{call}\"");
    get(&page).cookie(&owner).of(&house.router).await.says(&mark);
    assert_eq!(get(&path).cookie(&owner).of(&house.router).await.status, 405);
    let reader = house.signed_in(house.ours.reader).await;
    get(&page).cookie(&reader).of(&house.router).await.lacks(&mark);
    for (who, status) in [(house.ours.reader, 403), (house.theirs.owner, 204)] {
        let cookie = house.signed_in(who).await;
        let sent = post(&path).cookie(&cookie).form("").of(&house.router).await;
        assert_eq!(sent.status, status);
    }
    let evil = post(&path).cookie(&owner).header("sec-fetch-site", "cross-site");
    let evil = evil.header("origin", "https://evil.example").of(&house.router).await;
    assert_eq!(evil.status, 403);
    assert!(!is_open().await, "none of them has opened it");
    assert_eq!(post(&path).cookie(&owner).form("").of(&house.router).await.status, 204);
    assert!(is_open().await);
    assert_eq!(house.held().await.calls.len(), 1, "it stands until somebody decides");
    get("/").cookie(&owner).of(&house.router).await.says("a family asks to be called");
}
