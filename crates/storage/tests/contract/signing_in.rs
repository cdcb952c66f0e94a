//! Links, sessions and tokens: only hashes are kept, and a link works once.

use model::{AdminId, EmailAddress, PersonName, Role, TokenId, minutes};
use serde_json::json;
use storage::{Challenge, NewAdmin, SignIn, Token, hash_secret};
use testkit::databases::TestDatabase;

use super::sample::{Sample, at_once, start};

testkit::on_both! {
    a_link_that_twelve_browsers_open_at_once_lets_one_in,
    a_link_lets_nobody_in_when_it_is_old_or_unknown,
    a_session_lasts_until_it_ends,
    a_token_opens_its_chapter,
    a_token_may_be_one_persons,
    strangers_fill_no_table_with_what_they_are_asked_to_sign,
}

async fn admin(sample: &Sample) -> AdminId {
    let new = NewAdmin {
        id: AdminId::generate(start(), &sample.chance),
        chapter_id: sample.chapter,
        phone_id: sample.phone(1).await,
        name: PersonName::new("Admin One"),
        email: EmailAddress::new("one@example.org"),
        role: Role::Owner,
        now: start(),
    };
    let id = new.id;
    assert!(kept!(sample.store, tx => tx.add_admin(&new).await?));
    id
}

async fn a_link_that_twelve_browsers_open_at_once_lets_one_in(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (admin, hash) = (admin(&sample).await, hash_secret("a link"));
    let (kept_hash, until) = (hash.clone(), start().after(minutes(15)));
    kept!(sample.store, tx => tx.add_sign_in(kept_hash, admin, until).await?);
    let opened = at_once((0..12).map(|_| {
        let (store, hash) = (sample.store.clone(), hash.clone());
        async move { kept!(store, tx => tx.use_sign_in(hash, start()).await?) }
    }))
    .await;
    let welcome = opened.iter().filter(|came| **came == SignIn::Welcome(admin)).count();
    let used = opened.iter().filter(|came| **came == SignIn::Used).count();
    assert_eq!((welcome, used), (1, 11));
}

async fn a_link_lets_nobody_in_when_it_is_old_or_unknown(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (admin, until) = (admin(&sample).await, start().after(minutes(15)));
    kept!(sample.store, tx => tx.add_sign_in(hash_secret("a link"), admin, until).await?);
    let unknown = kept!(sample.store, tx => tx.use_sign_in(hash_secret("another"), start()).await?);
    let old = kept!(sample.store, tx => tx.use_sign_in(hash_secret("a link"), until).await?);
    assert_eq!((unknown, old), (SignIn::Unknown, SignIn::Unknown));
}

async fn a_session_lasts_until_it_ends(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (admin, until) = (admin(&sample).await, start().after(minutes(60)));
    kept!(sample.store, tx => {
        tx.begin_session(hash_secret("one"), admin, start(), until).await?;
        tx.begin_session(hash_secret("two"), admin, start(), until).await?;
        tx.end_session(hash_secret("two"), start()).await?;
    });
    let (before, after, ended, unknown) = seen!(sample.store, tx => (
        tx.session(hash_secret("one"), start().after(minutes(59))).await?,
        tx.session(hash_secret("one"), until).await?,
        tx.session(hash_secret("two"), start()).await?,
        tx.session(hash_secret("three"), start()).await?,
    ));
    assert_eq!(before.expect("her session").id, admin);
    assert!(after.is_none() && ended.is_none() && unknown.is_none());
}

async fn strangers_fill_no_table_with_what_they_are_asked_to_sign(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let known = admin(&sample).await;
    kept!(sample.store, tx => {
        let asked = |admin| Challenge { admin, content: json!({}) };
        tx.add_challenge("hers", &asked(Some(known)), start(), start().after(minutes(1)), 3).await?;
        for (at, token) in ["one", "two", "three", "four"].into_iter().enumerate() {
            let until = start().after(minutes(2 + at as i64));
            tx.add_challenge(token, &asked(None), start(), until, 3).await?;
        }
    });
    let mut left = Vec::new();
    for token in ["hers", "one", "two", "three", "four"] {
        let taken = kept!(sample.store, tx => tx.take_challenge(token, start()).await?);
        left.extend(taken.map(|_| token));
    }
    assert_eq!(left, ["hers", "two", "three", "four"], "the oldest of the strangers' goes");
}

async fn a_token_may_be_one_persons(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let admin = admin(&sample).await;
    let phone = seen!(sample.store, tx => tx.admin(admin).await?).expect("her").phone_id;
    let token = Token {
        id: TokenId::generate(start(), &sample.chance),
        chapter_id: sample.chapter,
        name: "hers".to_owned(),
        role: Role::Admin,
        owner: Some((admin, phone)),
        scopes: Some(vec!["lists:read".to_owned(), "lists:write".to_owned()]),
    };
    let kept = token.clone();
    kept!(sample.store, tx => tx.add_token(&kept, hash_secret("a token"), start()).await?);
    assert_eq!(seen!(sample.store, tx => tx.token(hash_secret("a token")).await?), Some(token));
}

async fn a_token_opens_its_chapter(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let token = Token {
        id: TokenId::generate(start(), &sample.chance),
        chapter_id: sample.chapter,
        name: "ci".to_owned(),
        role: Role::Reader,
        owner: None,
        scopes: None,
    };
    let (kept, twice) =
        (token.clone(), Token { id: TokenId::from_uuid(uuid::Uuid::nil()), ..token.clone() });
    let added = kept!(sample.store, tx => [
        tx.add_token(&kept, hash_secret("a token"), start()).await?,
        tx.add_token(&twice, hash_secret("another"), start()).await?,
    ]);
    assert_eq!(added, [true, false]);
    let (found, unknown) = seen!(sample.store, tx => (
        tx.token(hash_secret("a token")).await?,
        tx.token(hash_secret("another")).await?,
    ));
    assert_eq!((found, unknown), (Some(token), None));
    let mut raw = super::cells::Raw::connect(&database).await;
    raw.run("UPDATE tokens SET revoked_at = created_at").await.expect("revoked");
    assert_eq!(seen!(sample.store, tx => tx.token(hash_secret("a token")).await?), None);
}
