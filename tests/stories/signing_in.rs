//! The chapter's people sign in: a link by e-mail, a code by text; and what a stranger gets nowhere with.

use dispatch::{AboutPerson, CodeSent, Entered, Invited, PeopleRefusal};
use model::{EmailAddress, PersonName, Phone, Role, minutes};
use testkit::{Chapter, databases::TestDatabase};

testkit::on_both!(a_link_and_a_code_open_the_console_once);

/// Asks for a link as Ruth and gives the token in it.
async fn link_of(chapter: &Chapter, name: &str) -> String {
    let address = format!("{name}@nylca.example");
    chapter.dispatch().ask_for_link(format!(" {} ", address.to_uppercase())).await.expect("asked");
    chapter.run().await;
    token_in(&chapter.phone(name).emailed("your sign-in link"))
}

fn token_in(mail: &str) -> String {
    let (_, rest) = mail.split_once("/sign-in/").expect("a link");
    rest.chars().take_while(char::is_ascii_alphanumeric).collect()
}

/// Has a code texted and gives it.
async fn code_of(chapter: &Chapter, name: &str, token: &str) -> String {
    let sent = chapter.dispatch().text_code(token.to_owned()).await.expect("asked");
    assert_eq!(sent, CodeSent::Sent);
    chapter.run().await;
    let text = chapter.phone(name).receives("your sign-in code is").text;
    let digits = text.split(|c: char| !c.is_ascii_digit());
    digits.into_iter().find(|part| part.len() == 6).expect("a code").to_owned()
}

async fn enters(chapter: &Chapter, token: &str, code: &str) -> Entered {
    let entered = chapter.dispatch().enter_code(token.to_owned(), code.to_owned()).await;
    entered.expect("the database answers")
}

async fn a_link_and_a_code_open_the_console_once(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    let token = link_of(&chapter, "ruth").await;
    let first = code_of(&chapter, "ruth", &token).await;
    let code = code_of(&chapter, "ruth", &token).await;
    assert_eq!(
        enters(&chapter, &token, &first).await,
        Entered::Wrong,
        "the newest code alone works"
    );
    let other = link_of(&chapter, "ruth").await;
    assert_eq!(enters(&chapter, &other, &code).await, Entered::Wrong, "a code is its link's");
    let ruth = chapter.admin_id("ruth");
    assert_eq!(enters(&chapter, &token, &code).await, Entered::Welcome(ruth));
    assert_eq!(enters(&chapter, &token, &code).await, Entered::Unknown, "it works once");
    chapter.done().await;
}

#[tokio::test]
async fn a_stranger_gets_no_link_and_guesses_no_code() {
    let chapter = Chapter::begin().await;
    chapter.dispatch().ask_for_link("nobody@example.org".to_owned()).await.expect("asked");
    chapter.run().await;
    chapter.admin("ruth").is_left_alone();
    let token = link_of(&chapter, "ruth").await;
    let code = code_of(&chapter, "ruth", &token).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        assert_eq!(enters(&chapter, &token, wrong).await, Entered::Wrong);
    }
    assert_eq!(enters(&chapter, &token, &code).await, Entered::Unknown, "five tries and no more");
    for _ in 0..4 {
        let _ = link_of(&chapter, "ruth").await;
    }
    chapter.dispatch().ask_for_link("ruth@nylca.example".to_owned()).await.expect("asked");
    chapter.run().await;
    chapter.admin("ruth").is_left_alone();
    // Whoever asked in her name keeps her out for no longer than those links work.
    chapter.advance(minutes(16)).await;
    let token = link_of(&chapter, "ruth").await;
    let code = code_of(&chapter, "ruth", &token).await;
    assert_eq!(enters(&chapter, &token, &code).await, Entered::Welcome(chapter.admin_id("ruth")));
    chapter.done().await;
}

#[tokio::test]
async fn links_and_codes_grow_old() {
    let chapter = Chapter::begin().await;
    let token = link_of(&chapter, "ruth").await;
    let code = code_of(&chapter, "ruth", &token).await;
    chapter.advance(minutes(11)).await;
    assert_eq!(enters(&chapter, &token, &code).await, Entered::Wrong);
    chapter.advance(minutes(5)).await;
    assert_eq!(enters(&chapter, &token, &code).await, Entered::Unknown);
    chapter.done().await;
}

#[tokio::test]
async fn owners_invite_and_let_go_and_nobody_decides_about_herself() {
    let chapter = Chapter::begin().await;
    chapter.employs("mo", Role::Moderator).await;
    let (ruth, mo) = (chapter.admin_id("ruth"), chapter.admin_id("mo"));
    let (dispatch, id) = (chapter.dispatch(), chapter.id());
    let decides = async |by, about, decision| {
        dispatch.decide_about_person(id, by, about, decision).await.expect("it is taken in")
    };
    assert_eq!(decides(mo, ruth, AboutPerson::LetGo).await, Err(PeopleRefusal::NotOwner));
    assert_eq!(decides(ruth, ruth, AboutPerson::LetGo).await, Err(PeopleRefusal::Own));
    assert_eq!(decides(ruth, mo, AboutPerson::Role(Role::Reader)).await, Ok(()));
    let nina = || Invited {
        name: PersonName::new("Nina New"),
        email: EmailAddress::new("nina@example.org"),
        phone: Phone::parse("718-555-0177").expect("a number"),
        role: Role::Admin,
    };
    let mo_invites = dispatch.invite(id, mo, nina()).await.expect("taken in");
    assert_eq!(mo_invites, Err(PeopleRefusal::NotOwner));
    assert_eq!(decides(ruth, mo, AboutPerson::InviteAgain).await, Ok(()));
    chapter.run().await;
    let token = token_in(&chapter.phone("mo").emailed("you are invited"));
    assert_eq!(decides(ruth, mo, AboutPerson::LetGo).await, Ok(()));
    let sent = dispatch.text_code(token).await.expect("asked");
    assert_eq!(sent, CodeSent::Unknown, "her links end with it");
    // Her number is another's today: the link goes to the address that is told now.
    let bea = Invited { phone: chapter.person("mo").phone, ..nina() };
    assert_eq!(dispatch.invite(id, ruth, bea).await.expect("taken in"), Ok(()));
    chapter.run().await;
    assert_eq!(chapter.mails_to("nina@example.org").len(), 1);
    let now = chapter.look(move |tx| Box::pin(async move { tx.admin(mo).await })).await;
    assert_eq!(now.expect("the number's row").name.reveal(), "Nina New");
    let _ = chapter.phone("mo").reads_mails();
    chapter.done().await;
}
