//! `/f/TOKEN`: a family's names, and each as a card for its phone.

use axum::http::{Method, header};
use model::TaskKind;

use crate::house::House;

/// A chapter whose family has three names, and the address of their page.
pub(crate) async fn named() -> (House, String) {
    let house = House::asking().await;
    for member in ["ana", "beth", "cleo"] {
        house.post(house.of(member), "act=claim&line=after+5+pm").await;
        let _ = house.chapter.phone(member).receives("of 3");
    }
    let text = house.chapter.family("jess").receives("Here are 3 consultants");
    let page = format!("/f/{}", text.link_to("f").expect("the text has a link"));
    (house, page)
}

#[tokio::test]
async fn a_family_finds_whom_to_call_text_book_and_keep() {
    let (house, page) = named().await;
    let answer = house.get(&page).await;
    assert_eq!(answer.status, 200);
    let number = house.chapter.phone("ana").number();
    answer.says("<html lang=\"en\" dir=\"ltr\">").says("Ana Sample").says("IBCLC");
    answer.says(&format!("href=\"tel:{}\"", number.e164()));
    answer.says(&format!("href=\"sms:{}\"", number.e164()));
    answer.says("href=\"https://book.example/ana\" rel=\"noopener noreferrer nofollow\"");
    answer.says("after 5 pm").says("Nobody pays to be asked").says("in random order");
    assert_eq!(answer.header(header::REFERRER_POLICY), "no-referrer");
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    assert!(answer.header("x-robots-tag").contains("noindex"));
    assert!(answer.body.len() < 35_000, "{} bytes", answer.body.len());

    let card = house.get(&format!("{page}/1.vcf")).await;
    assert_eq!(card.header(header::CONTENT_TYPE), "text/vcard; charset=utf-8");
    let lines = card.body.split("\r\n").collect::<Vec<_>>();
    assert_eq!(lines[..4], ["BEGIN:VCARD", "VERSION:3.0", "N:Sample;Ana;;;", "FN:Ana Sample"]);
    assert_eq!(lines[4], format!("TEL;TYPE=CELL,VOICE:{}", number.e164()));
    assert_eq!(lines[lines.len() - 2..], ["END:VCARD", ""]);
    house.chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn what_is_not_there_gets_the_one_answer() {
    let (house, page) = named().await;
    let unknown = house.get("/f/aaaaaaaaaaaaaaaa").await;
    assert_eq!(unknown.status, 404);
    let theirs = page.replace("/f/", "/c/");
    let offers = house.of("ana").replace("/c/", "/f/");
    for path in ["/f/x", &theirs, &offers, "/f/aaaaaaaaaaaaaaaa/1.vcf"] {
        assert_eq!(house.get(path).await.body, unknown.body, "{path}");
    }
    for file in ["0.vcf", "4.vcf", "1", "x.vcf", "-1.vcf", "99999999999999999999.vcf"] {
        assert_eq!(house.get(&format!("{page}/{file}")).await.body, unknown.body, "{file}");
    }
    assert_eq!(house.ask(Method::POST, &page, "").await.status, 404);
    house.chapter.done_leaving(&[TaskKind::FollowUp]).await;
}
