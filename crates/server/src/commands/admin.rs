use anyhow::{Context as _, Result, bail};
use model::{AdminId, Clock as _, EmailAddress, PersonName, Phone, Role};
use storage::NewAdmin;

use crate::{cli::RoleName, clock::SystemClock, configuration::Configuration, install};

pub(super) fn role(name: RoleName) -> Role {
    match name {
        RoleName::Owner => Role::Owner,
        RoleName::Admin => Role::Admin,
        RoleName::Moderator => Role::Moderator,
        RoleName::Reader => Role::Reader,
    }
}

pub(super) async fn add(
    configuration: &Configuration,
    slug: &str,
    name: &str,
    email: &str,
    phone: &str,
    role_name: RoleName,
) -> Result<()> {
    let number = Phone::parse(phone).context("--phone")?;
    if name.trim().is_empty() || !email.contains('@') {
        bail!("--name must not be empty, and --email must be an address");
    }
    let (now, chance) = (SystemClock.now(), install::chance()?);
    let store = install::store(configuration).await?;
    let chapter = install::chapter(&store, slug).await?;
    let (name, email) = (PersonName::new(name.trim()), EmailAddress::new(email.trim()));
    let drawn = chance.clone();
    let (id, added) = store
        .write::<_, storage::Error, _>(move |tx| {
            Box::pin(async move {
                let phone = tx.phone_for(chapter.id, &number, now, &drawn).await?;
                let admin = NewAdmin {
                    id: AdminId::generate(now, &drawn),
                    chapter_id: chapter.id,
                    phone_id: phone.id,
                    name,
                    email,
                    role: role(role_name),
                    now,
                };
                let added = tx.add_admin(&admin).await?;
                let known = tx.admin_by_phone(phone.id, chapter.id).await?;
                Ok((known.map_or(admin.id, |known| known.id), added))
            })
        })
        .await?;
    let token = admin::issue_sign_in(&store, &chance, now, id).await?;
    store.close().await;
    if !added {
        eprintln!(
            "That number is one of the chapter's people already; nothing was changed. A fresh link:"
        );
    }
    println!("{}", admin::sign_in_link(&configuration.server.public_url, &token));
    Ok(())
}
