//! What the chapter has of somebody is handed out and erased in the console, by whoever keeps lists.

use axum::http::header;
use serde_json::json;

use crate::{
    asking::{Answer, get, post},
    house::{FAMILY, House, WORDS},
    lists::Lists,
};

/// Presses one of the two buttons on somebody's page.
async fn presses(house: &House, admin: model::AdminId, path: &str, form: &str) -> Answer {
    let cookie = house.signed_in(admin).await;
    post(path).cookie(&cookie).form(form).of(&house.router).await
}

async fn sees(house: &House, path: &str) -> Answer {
    let cookie = house.signed_in(house.ours.keeper).await;
    get(path).cookie(&cookie).of(&house.router).await
}

/// A moderator's likes, strangers and other chapters come to nothing.
async fn is_for_keepers_alone(house: &House, here: &str) {
    for way in ["known", "erase"] {
        let path = format!("{here}/{way}");
        assert_eq!(
            presses(house, house.ours.reader, &path, "sure=yes").await.status,
            403,
            "{path}"
        );
        assert_eq!(
            presses(house, house.theirs.owner, &path, "sure=yes").await.status,
            404,
            "{path}"
        );
        let nobody = post(&path).form("sure=yes").of(&house.router).await;
        assert_eq!(nobody.location(), "/sign-in", "{path}");
        let cookie = house.signed_in(house.ours.keeper).await;
        let cross = post(&path).cookie(&cookie).header("sec-fetch-site", "cross-site");
        assert_eq!(
            cross.raw("sure=yes").of(&house.router).await.status,
            403,
            "{path}: another site"
        );
    }
    let reader = house.signed_in(house.ours.reader).await;
    get(here).cookie(&reader).of(&house.router).await.lacks("id=\"known\"");
}

#[tokio::test]
async fn a_member_s_data_is_given_out_and_erased_from_her_page() {
    let lists = Lists::new().await;
    let (house, keeper) = (&lists.house, lists.house.ours.keeper);
    let here = format!("/roster/{}", house.ours.member);
    let reason = "she spoke ill of a patient";
    presses(
        house,
        keeper,
        &format!("{here}/standing"),
        "status=paused&reason=a+quarrel+about+fees",
    )
    .await;
    let recall = json!({"member": house.ours.member, "reason": reason});
    lists.sends("/hospitals/kings-bay/recalls", &recall).await.is(201);
    is_for_keepers_alone(house, &here).await;
    sees(house, &here).await.says("What we have of her").says(&format!("{here}/erase"));
    let told = presses(house, keeper, &format!("{here}/known"), "").await;
    assert_eq!(told.header(header::CONTENT_DISPOSITION), "attachment; filename=\"member.json\"");
    let known = told.json();
    assert_eq!(
        (&known["name"], &known["recalls"][0]["reason"]),
        (&json!("Ana Sample, IBCLC"), &json!(reason))
    );
    let unsure = presses(house, keeper, &format!("{here}/erase"), "").await;
    assert_eq!(unsure.location(), format!("{here}?said=not_erased"));
    sees(house, &here).await.says("Ana Sample, IBCLC");
    let erased = presses(house, keeper, &format!("{here}/erase"), "sure=yes").await;
    assert_eq!(erased.location(), "/roster?said=erased");
    sees(house, &here).await.lacks("Ana Sample").lacks("id=\"known\"");
    // The record says that it was done, and nothing of her.
    sees(house, "/audit")
        .await
        .says("Gave out what is known of a member.")
        .says("Erased a member.");
    let api = get("/api/v1/audit?limit=200").bearer(&house.ours.token).of(&house.router).await;
    for record in [sees(house, "/audit").await, sees(house, "/audit.csv").await, api] {
        assert_eq!(record.status, 200);
        record.lacks("Ana").lacks("Sample,").lacks("quarrel").lacks("patient").lacks("347555");
    }
}

#[tokio::test]
async fn nobody_erases_herself() {
    let house = House::new().await;
    let here = format!("/roster/{}", house.ours.member);
    let (member, keeper) = (house.ours.member, house.ours.keeper);
    house
        .write(move |tx| {
            Box::pin(async move {
                let keeper = tx.admin(keeper).await?.expect("she is known");
                tx.set_member_number(member, keeper.phone_id).await
            })
        })
        .await;
    sees(&house, &here).await.says("This is you: somebody else erases it.").lacks("/erase\"");
    let refused = presses(&house, keeper, &format!("{here}/erase"), "sure=yes").await;
    assert_eq!(refused.location(), format!("{here}?said=own_paper"));
    sees(&house, &here).await.says("Ana Sample");
}

#[tokio::test]
async fn a_family_s_data_is_given_out_and_erased_once_it_is_closed() {
    let house = House::new().await;
    let (keeper, here) =
        (house.ours.keeper, format!("/conversations/{}", house.held().await.inquiry));
    is_for_keepers_alone(&house, &here).await;
    let told = presses(&house, keeper, &format!("{here}/known"), "").await;
    assert_eq!(told.json()["conversations"][0]["texts"][0]["words"], WORDS);
    sees(&house, &here).await.says("once its conversations are closed").lacks("/erase\"");
    let open = presses(&house, keeper, &format!("{here}/erase"), "sure=yes").await;
    assert_eq!(open.location(), format!("{here}?said=still_open"));
    let close = format!("/api/v1/referrals/{}/close", house.ours.held);
    post(close).bearer(&house.ours.token).of(&house.router).await.is(200);
    sees(&house, &here).await.says(&format!("{here}/erase\"")).says(FAMILY);
    let unsure = presses(&house, keeper, &format!("{here}/erase"), "").await;
    assert_eq!(unsure.location(), format!("{here}?said=not_erased"));
    let erased = presses(&house, keeper, &format!("{here}/erase"), "sure=yes").await;
    assert_eq!(erased.location(), format!("{here}?said=erased"));
    sees(&house, &here).await.lacks("Milo").lacks(FAMILY);
}
