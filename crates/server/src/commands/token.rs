use anyhow::{Context as _, Result, bail};
use model::{AdminId, ChapterId, Clock as _, PhoneId};
use roster::{Act, NewToken, Person, Refusal};
use storage::{Admin, ListedToken, Store, Token};

use crate::{cli::RoleName, clock::SystemClock, configuration::Configuration, install};

pub(super) async fn create(
    configuration: &Configuration,
    slug: &str,
    name: &str,
    role: RoleName,
    for_admin: Option<&str>,
    scopes: Vec<String>,
) -> Result<()> {
    let known = ::admin::api_scopes();
    if scopes.iter().any(|scope| !known.contains(scope)) {
        bail!("--scope must be one of {}", known.join(", "));
    }
    let store = install::store(configuration).await?;
    let chapter = install::chapter(&store, slug).await?;
    let owner = match for_admin {
        Some(email) => Some(owner(&store, chapter.id, email).await?),
        None => None,
    };
    let act = by_hand(chapter.id)?;
    let new = NewToken {
        name: name.to_owned(),
        role: super::admin::role(role),
        owner,
        scopes: (!scopes.is_empty()).then_some(scopes),
    };
    let made = roster::make_token(&store, &act, None, new).await;
    store.close().await;
    let (_, token) = match made {
        Err(roster::Error::Refused(Refusal::Taken(_))) => {
            bail!("the chapter has a token of that name already")
        }
        made => made?,
    };
    println!("{token}");
    Ok(())
}

pub(super) async fn list(configuration: &Configuration, slug: &str) -> Result<()> {
    let store = install::store(configuration).await?;
    let chapter = install::chapter(&store, slug).await?;
    for listed in of_chapter(&store, chapter.id).await? {
        let scopes = listed.token.scopes.map_or_else(|| "all".to_owned(), |all| all.join(","));
        let revoked = listed.revoked_at.map_or_else(String::new, |at| format!("  revoked {at}"));
        let Token { id, name, role, .. } = listed.token;
        println!("{id}  {name}  {role}  {scopes}{revoked}");
    }
    store.close().await;
    Ok(())
}

pub(super) async fn revoke(configuration: &Configuration, slug: &str, name: &str) -> Result<()> {
    let store = install::store(configuration).await?;
    let chapter = install::chapter(&store, slug).await?;
    let tokens = of_chapter(&store, chapter.id).await?;
    let wanted = tokens.iter().find(|listed| listed.token.name == name);
    let id = wanted.context("the chapter has no token of that name")?.token.id;
    let done = roster::end_token(&store, &by_hand(chapter.id)?, None, id).await;
    store.close().await;
    match done {
        Err(roster::Error::Refused(Refusal::Over)) => bail!("it is revoked already"),
        done => done?,
    }
    println!("Revoked: it opens nothing any more.");
    Ok(())
}

/// What whoever has the command line does in a chapter.
fn by_hand(chapter: ChapterId) -> Result<Act> {
    let (now, chance) = (SystemClock.now(), install::chance()?);
    Ok(Act { chapter, by: Person::Service, now, chance })
}

async fn of_chapter(store: &Store, chapter: ChapterId) -> Result<Vec<ListedToken>> {
    let tokens = store
        .read::<_, storage::Error, _>(move |tx| Box::pin(async move { tx.tokens(chapter).await }));
    Ok(tokens.await?)
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
