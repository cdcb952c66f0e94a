//! Signing in with an e-mailed link and a texted code, as a browser does it.

use admin::Options;
use axum::{Router, http::header};
use model::LinePurpose;
use testkit::Chapter;

use crate::asking::{Answer, get, post};

/// A chapter that works, at whose console somebody signs in.
struct Door {
    chapter: Chapter,
    router: Router,
}

impl Door {
    fn of(chapter: Chapter) -> Self {
        let options = Options { secure: false, ..Options::default() };
        let router = admin::router(chapter.dispatch().clone(), options);
        Self { chapter, router }
    }

    /// A link that Ruth asked for.
    async fn link(&self) -> String {
        let asked = self.chapter.dispatch().ask_for_link("ruth@nylca.example".to_owned()).await;
        asked.expect("asked");
        self.chapter.run().await;
        let mail = self.chapter.phone("ruth").emailed("your sign-in link");
        let (_, rest) = mail.split_once("/sign-in/").expect("a link");
        let token = rest.chars().take_while(char::is_ascii_alphanumeric).collect::<String>();
        format!("/sign-in/{token}")
    }

    /// The code that was texted for it.
    async fn code(&self, link: &str) -> String {
        self.press(link, "", "").await.says("Type the code");
        self.chapter.run().await;
        let text = self.chapter.phone("ruth").receives("your sign-in code is").text;
        let digits = text.split(|c: char| !c.is_ascii_digit()).find(|part| part.len() == 6);
        digits.expect("a code").to_owned()
    }

    async fn press(&self, path: &str, form: &str, cookie: &str) -> Answer {
        post(path).cookie(cookie).form(form).of(&self.router).await
    }
}

fn cookie_of(answer: &Answer) -> String {
    let set = answer.header(header::SET_COOKIE);
    set.split(';').next().expect("a value").to_owned()
}

#[tokio::test]
async fn the_right_code_signs_in_and_ends_the_session_the_browser_had() {
    let door = Door::of(Chapter::begin().await);
    let link = door.link().await;
    let code = door.code(&link).await;
    let typed = format!("{link}/code");
    let first = door.press(&typed, &format!("code={code}"), "").await;
    assert_eq!((first.status.as_u16(), first.location()), (303, "/"));
    let first = cookie_of(&first);
    assert_eq!(get("/").cookie(&first).of(&door.router).await.status, 200);
    let again = door.press(&typed, &format!("code={code}"), "").await;
    assert_eq!(again.status, 410, "it works once");

    let link = door.link().await;
    let code = door.code(&link).await;
    let spaced = format!("code={}+{}", &code[..3], &code[3..]);
    let second = door.press(&format!("{link}/code"), &spaced, &first).await;
    let second = cookie_of(&second);
    assert_eq!(get("/").cookie(&first).of(&door.router).await.location(), "/sign-in");
    assert_eq!(get("/").cookie(&second).of(&door.router).await.status, 200);
    door.chapter.done().await;
}

#[tokio::test]
async fn a_wrong_code_is_said_so_and_five_of_them_are_the_end() {
    let door = Door::of(Chapter::begin().await);
    let link = door.link().await;
    let code = door.code(&link).await;
    let typed = format!("{link}/code");
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        let answer = door.press(&typed, &format!("code={wrong}"), "").await;
        assert_eq!(answer.status, 403);
        answer.says("That was not the code").says(&format!("action=\"{typed}\""));
        assert!(answer.headers.get(header::SET_COOKIE).is_none());
    }
    let right = door.press(&typed, &format!("code={code}"), "").await;
    assert_eq!(right.status, 410, "five tries and no more");
    assert!(right.headers.get(header::SET_COOKIE).is_none());
    assert_eq!(door.press(&typed, "other=1", "").await.status, 400);
    door.chapter.done().await;
}

#[tokio::test]
async fn where_no_line_can_text_a_code_the_page_says_so() {
    let door = Door::of(Chapter::with_lines(&[LinePurpose::Families]).await);
    let link = door.link().await;
    let answer = door.press(&link, "", "").await;
    assert_eq!(answer.status, 410);
    answer.says("No code can be texted").says("latchline admin add").lacks("too old");
    door.chapter.done().await;
}
