use anyhow::{Context as _, Result, bail};
use model::{AdminId, ChapterId, Clock as _, PhoneId, TokenId};
use storage::{Admin, Store, Token, hash_secret};

use crate::{cli::RoleName, clock::SystemClock, configuration::Configuration, install};

pub(super) async fn create(
    configuration: &Configuration,
    slug: &str,
    name: &str,
    role: RoleName,
    for_admin: Option<&str>,
) -> Result<()> {
    let (now, chance) = (SystemClock.now(), install::chance()?);
    let secret = chance.bytes::<32>().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let token = format!("latchline_{secret}");
    let store = install::store(configuration).await?;
    let chapter = install::chapter(&store, slug).await?;
    let owner = match for_admin {
        Some(email) => Some(owner(&store, chapter.id, email).await?),
        None => None,
    };
    let row = Token {
        id: TokenId::generate(now, &chance),
        chapter_id: chapter.id,
        name: name.to_owned(),
        role: super::admin::role(role),
        owner,
        scopes: None,
    };
    let hash = hash_secret(&token);
    let added = store
        .write::<_, storage::Error, _>(move |tx| {
            Box::pin(async move { tx.add_token(&row, hash, now).await })
        })
        .await?;
    store.close().await;
    if !added {
        bail!("the chapter has a token of that name already");
    }
    println!("{token}");
    Ok(())
}

/// The one of a chapter's people with this e-mail address.
async fn owner(store: &Store, chapter: ChapterId, email: &str) -> Result<(AdminId, PhoneId)> {
    let admins = store
        .read::<_, storage::Error, _>(move |tx| Box::pin(async move { tx.admins(chapter).await }))
        .await?;
    let hers = |admin: &&Admin| admin.email.reveal().eq_ignore_ascii_case(email.trim());
    let admin = admins.iter().find(hers);
    let admin = admin.context("nobody of the chapter's people has this e-mail address")?;
    Ok((admin.id, admin.phone_id))
}
