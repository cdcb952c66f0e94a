//! Opening what a command works on: key, database, chapter.

use std::{
    io::{ErrorKind, Write as _},
    path::Path,
    sync::Arc,
};

use anyhow::{Context as _, Result, bail};
use carriers::{
    Carrier,
    email::{Mailer, Smtp, SmtpOptions, Tls},
    push::{PushKey, PushServices, WebPush},
    simulated::{Faults, Simulated},
    twilio::{HttpOptions, Twilio},
};
use dispatch::{Dispatch, Parts};
use model::{Chance, Clock as _};
use storage::{Chapter, Keyring, Store};

use crate::{
    clock::SystemClock,
    configuration::{Configuration, Mail},
};

/// Chance, seeded by the operating system.
pub(crate) fn chance() -> Result<Chance> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed)
        .map_err(|_| anyhow::anyhow!("the operating system gives no random numbers"))?;
    Ok(Chance::from_seed(seed))
}

/// The keys of this installation.
pub(crate) fn keys(file: &Path) -> Result<Keyring> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => bail!(
            "there is no key file at {0} (secrets.key_file); make one with: latchline key generate {0}",
            file.display()
        ),
        Err(error) => {
            return Err(error)
                .with_context(|| format!("the key file {} cannot be read", file.display()));
        }
    };
    Keyring::parse(&text).with_context(|| format!("the key file {} cannot be used", file.display()))
}

/// Puts a ring in place of the one in the key file: all of it, or none.
pub(crate) fn keep_keys(file: &Path, ring: &Keyring) -> Result<()> {
    let beside = file.with_extension("new");
    let written = || -> std::io::Result<()> {
        // One that a broken rotation left behind was never in use.
        match std::fs::remove_file(&beside) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut out = private_file(&beside)?;
        out.write_all(ring.to_text().as_bytes())?;
        out.sync_all()?;
        // Whoever owns the one before it owns this one.
        #[cfg(unix)]
        {
            use std::os::unix::fs::{MetadataExt as _, chown};
            let before = std::fs::metadata(file)?;
            std::fs::set_permissions(&beside, before.permissions())?;
            chown(&beside, Some(before.uid()), Some(before.gid()))?;
        }
        std::fs::rename(&beside, file)
    };
    written().with_context(|| format!("the key file {} cannot be written", file.display()))
}

/// Makes a new file, readable by its owner alone; never over another.
pub(crate) fn private_file(file: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(file)
}

/// Writes a new key, readable by its owner alone; never over another.
pub(crate) fn generate_key(file: &Path) -> Result<()> {
    let mut out = match private_file(file) {
        Ok(out) => out,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!(
                "{} exists already and is not overwritten: whatever it sealed would be lost",
                file.display()
            )
        }
        Err(error) => {
            return Err(error).with_context(|| format!("{} cannot be written", file.display()));
        }
    };
    let ring = Keyring::generate(&chance()?);
    out.write_all(ring.to_text().as_bytes())
        .and_then(|()| out.sync_all())
        .with_context(|| format!("{} cannot be written", file.display()))
}

/// Opens the database of a configuration, with its tables up to date.
pub(crate) async fn store(configuration: &Configuration) -> Result<Store> {
    let keys = keys(&configuration.secrets.key_file)?;
    Store::open(&configuration.database.url, &keys, chance()?, SystemClock.now())
        .await
        .context("the database cannot be opened (database.url)")
}

/// The chapter of a slug.
pub(crate) async fn chapter(store: &Store, slug: &str) -> Result<Chapter> {
    let wanted = slug.to_owned();
    let found = store
        .read::<_, storage::Error, _>(move |tx| {
            Box::pin(async move { tx.chapter_by_slug(&wanted).await })
        })
        .await?;
    found.with_context(|| {
        format!(
            "there is no chapter {slug:?}; add it with: latchline chapter add --slug {slug} ..."
        )
    })
}

/// The service over a database, with the carriers there are.
pub(crate) fn dispatch(
    configuration: &Configuration,
    store: Store,
) -> Result<(Dispatch, Simulated)> {
    let (clock, chance) = (Arc::new(SystemClock), chance()?);
    let twilio =
        Twilio::new(&HttpOptions::default()).context("the HTTP client cannot be set up")?;
    let simulated = Simulated::new(clock.clone(), chance.clone(), Faults::default());
    let carriers: Vec<Arc<dyn Carrier>> = vec![Arc::new(twilio), Arc::new(simulated.clone())];
    let dispatch = Dispatch::new(Parts {
        store,
        carriers,
        mailer: mailer(&configuration.mail, clock.clone())?,
        clock,
        chance,
        settings: configuration.dispatch.clone(),
        sending: configuration.sending(),
        public_url: configuration.server.public_url.clone(),
        links: configuration.is_reachable()?,
    });
    Ok((dispatch, simulated))
}

/// Gives the service a way to push, with the installation's own key; a new one where it has none.
pub(crate) async fn push(configuration: &Configuration, dispatch: &Dispatch) -> Result<()> {
    let hosts = configuration.push.hosts();
    if hosts.is_empty() || !configuration.is_reachable()? {
        return Ok(());
    }
    let (new, now) = (PushKey::generate()?, SystemClock.now());
    let kept = dispatch.store().write::<_, storage::Error, _>(move |tx| {
        Box::pin(async move { tx.push_key(&new, now).await })
    });
    let key = PushKey::open(&kept.await?)?;
    let (clock, services) = (Arc::new(SystemClock), PushServices::at(hosts));
    let contact = &configuration.server.public_url;
    let pusher = WebPush::new(key, services, contact, clock, chance()?)
        .context("the HTTP client cannot be set up")?;
    dispatch.pushes_by(Arc::new(pusher));
    Ok(())
}

fn mailer(mail: &Mail, clock: Arc<SystemClock>) -> Result<Option<Arc<dyn Mailer>>> {
    if mail.host.is_empty() {
        return Ok(None);
    }
    let tls = match mail.tls.as_str() {
        "starttls" => Tls::StartTls,
        "tls" => Tls::Implicit,
        "none" => Tls::None,
        _ => bail!("mail.tls is \"starttls\", \"tls\" or \"none\""),
    };
    let credentials = if mail.username.is_empty() {
        None
    } else {
        let password = std::fs::read_to_string(&mail.password_file)
            .with_context(|| format!("mail.password_file {} cannot be read", mail.password_file))?;
        Some((mail.username.clone(), password.trim_end().to_owned()))
    };
    let options = SmtpOptions {
        host: mail.host.clone(),
        port: mail.port,
        credentials,
        tls,
        from: mail.from.clone(),
        timeout: std::time::Duration::from_secs(30),
    };
    let smtp = Smtp::new(clock, options).context("[mail] cannot be used")?;
    Ok(Some(Arc::new(smtp)))
}
