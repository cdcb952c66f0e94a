//! The roster in the console: a file is brought in after a look, and one member is kept up to date.

use model::MemberStatus;

use crate::{
    asking::{Answer, get, post, sent},
    house::House,
};

/// A keeper at the console.
struct Desk {
    house: House,
    cookie: String,
}

impl Desk {
    async fn of_keeper() -> Self {
        let house = House::new().await;
        let cookie = house.signed_in(house.ours.keeper).await;
        Self { house, cookie }
    }

    async fn get(&self, path: &str) -> Answer {
        get(path).cookie(&self.cookie).of(&self.house.router).await
    }

    async fn post(&self, path: &str, form: &str) -> Answer {
        post(path).cookie(&self.cookie).form(form).of(&self.house.router).await
    }

    /// What an import of a file would change.
    async fn looks(&self, file: &[u8]) -> Answer {
        post("/roster/import").cookie(&self.cookie).file(file).of(&self.house.router).await
    }

    /// The button below that look.
    async fn keeps(&self, look: &Answer) -> Answer {
        self.post("/roster/import/all", &format!("csv={}", sent(&look.hidden("csv")))).await
    }

    fn member(&self) -> String {
        format!("/roster/{}", self.house.ours.member)
    }
}

#[tokio::test]
async fn a_spreadsheet_s_own_letters_come_through_the_look() {
    let desk = Desk::of_keeper().await;
    let look = desk.looks(b"name,phone\nZo\xeb Sample,718-555-0150\n").await;
    look.says("1 new, 0 changed").says("Zo\u{eb} Sample");
    assert_eq!(desk.keeps(&look).await.location(), "/roster?said=imported");
    desk.get("/roster").await.says("Zo\u{eb} Sample");
}

#[tokio::test]
async fn a_file_with_a_bad_row_has_no_button_and_brings_nobody_in() {
    let desk = Desk::of_keeper().await;
    let file = "name,phone\nNina Newcomer,718-555-0150\nOlga Other,12\n";
    let look = desk.looks(file.as_bytes()).await;
    look.says("line 3, column phone").says("Nobody is brought in before these are mended");
    look.lacks("Keep all of this").lacks("left alone");
    let pressed = desk.post("/roster/import/all", &format!("csv={}", sent(file))).await;
    pressed.says("line 3, column phone").lacks("Keep all of this");
    desk.get("/roster").await.lacks("Nina Newcomer");
    let unread = desk.post("/roster/import/all", "other=x").await;
    assert_eq!(unread.status, 400);
}

#[tokio::test]
async fn rows_that_are_left_alone_are_shown_apart_and_said_at_the_end() {
    let desk = Desk::of_keeper().await;
    let removed =
        desk.post(&format!("{}/standing", desk.member()), "status=removed&reason=x").await;
    assert!(removed.location().ends_with("said=standing"));
    let file = "name,phone,note\nNina Newcomer,718-555-0150,\nAna Sample,347-555-0121,back\n";
    let look = desk.looks(file.as_bytes()).await;
    look.says("left alone").says("line 3, column status: she was removed");
    look.says("Keep the rest").lacks("mended");
    assert_eq!(desk.keeps(&look).await.location(), "/roster?said=imported_in_part");
    desk.get("/roster?said=imported_in_part").await.says("left alone").says("Nina Newcomer");
}

/// What the form of a member's profile sends.
fn profile(seen: &str, areas: &str, note: &str) -> String {
    format!(
        "seen={}&name=Ana+Sample&email=&credentials=IBCLC%2C+RN&areas={}&languages=en&payers=\
         &visit_types=home&booking_url=&note={note}",
        sent(seen),
        sent(areas)
    )
}

#[tokio::test]
async fn places_are_kept_one_by_one_and_one_that_can_be_none_is_said_beside_its_field() {
    let desk = Desk::of_keeper().await;
    let (here, saves) = (desk.member(), format!("{}/profile", desk.member()));
    let seen = desk.get(&here).await.hidden("seen");
    let wrong = desk.post(&saves, &profile(&seen, "Brooklyn; 12 Main Street", "kept")).await;
    wrong.says("Nothing was changed").says("aria-invalid=\"true\"");
    wrong.says("id=\"areas-wrong\"").says("value=\"Brooklyn; 12 Main Street\"").says(">kept<");
    assert_eq!(wrong.status, 422);
    let kept = desk.post(&saves, &profile(&seen, "brooklyn, queens; 11215", "")).await;
    assert_eq!(kept.location(), format!("{here}?said=kept"));
    let page = desk.get(&here).await;
    page.says("value=\"Brooklyn;Queens;11215\"").says("value=\"IBCLC;RN\"");
}

#[tokio::test]
async fn what_somebody_changed_meanwhile_is_not_saved_over() {
    let desk = Desk::of_keeper().await;
    let (here, saves) = (desk.member(), format!("{}/profile", desk.member()));
    let seen = desk.get(&here).await.hidden("seen");
    let first = desk.post(&saves, &profile(&seen, "Queens", "first")).await;
    assert_eq!(first.location(), format!("{here}?said=kept"));
    let second = desk.post(&saves, &profile(&seen, "Bronx", "second")).await;
    assert_eq!(second.location(), format!("{here}?said=changed"));
    desk.get(&here).await.says("value=\"Queens\"").says(">first<").lacks("second");
    let unseen = profile("", "Bronx", "third").replace("seen=&", "");
    assert_eq!(desk.post(&saves, &unseen).await.status, 400, "nothing was seen");
    let seen = desk.get(&here).await.hidden("seen");
    let again = desk.post(&saves, &profile(&seen, "Bronx", "second")).await;
    assert_eq!(again.location(), format!("{here}?said=kept"));
    let stranger = desk.house.signed_in(desk.house.theirs.owner).await;
    let theirs = post(&saves).cookie(&stranger).form(&profile(&seen, "Bronx", "x"));
    assert_eq!(theirs.of(&desk.house.router).await.status, 404);
}

#[tokio::test]
async fn whoever_was_removed_is_found_on_a_shelf_of_her_own_and_taken_back() {
    let desk = Desk::of_keeper().await;
    let standing = format!("{}/standing", desk.member());
    desk.post(&standing, "status=removed&reason=moved+away").await;
    let leads = format!("href=\"{}\"", desk.member());
    desk.get("/roster").await.lacks(&leads).says("href=\"/roster?status=removed\"");
    desk.get("/roster?status=removed").await.says(&leads);
    desk.get(&desk.member()).await.says("Take back").says("moved away");
    desk.post(&standing, "status=active").await;
    desk.get("/roster?status=removed").await.lacks(&leads);
    desk.get("/roster?status=active").await.says(&leads);
    // Whoever asks to join stands where the day begins.
    desk.get("/").await.lacks("to join");
    // Nobody on the roster goes back to having asked: she would be told that she is not taken in.
    desk.post(&standing, "status=applied&reason=anew").await;
    desk.get("/").await.lacks("to join");
    let (member, applied) = (desk.house.ours.member, MemberStatus::Applied);
    desk.house
        .write(move |tx| Box::pin(async move { tx.set_member_status(member, applied, None).await }))
        .await;
    desk.get("/").await.says("1 consultant asks").says("href=\"/roster?status=applied\"");
}
