use anyhow::{Result, bail};
use model::{Clock as _, TokenId};
use storage::{Token, hash_secret};

use crate::{cli::RoleName, clock::SystemClock, configuration::Configuration, install};

pub(super) async fn create(
    configuration: &Configuration,
    slug: &str,
    name: &str,
    role: RoleName,
) -> Result<()> {
    let (now, chance) = (SystemClock.now(), install::chance()?);
    let secret = chance.bytes::<32>().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let token = format!("latchline_{secret}");
    let store = install::store(configuration).await?;
    let chapter = install::chapter(&store, slug).await?;
    let row = Token {
        id: TokenId::generate(now, &chance),
        chapter_id: chapter.id,
        name: name.to_owned(),
        role: super::admin::role(role),
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
