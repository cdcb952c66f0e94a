//! The roster in the console: a file is brought in after a look, and one member is kept up to date.

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
