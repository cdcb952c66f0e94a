use anyhow::{Context as _, Result, bail};
use model::{ChapterId, Clock as _, settings::Settings};
use serde_json::{Map, Value};
use storage::Chapter;

use crate::{clock::SystemClock, configuration::Configuration, install};

pub(super) async fn add(
    configuration: &Configuration,
    slug: &str,
    name: &str,
    timezone: &str,
    settings: &[String],
) -> Result<()> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if slug.is_empty() || slug.len() > 40 || !slug.chars().all(plain) {
        bail!("--slug takes up to 40 small letters, digits and hyphens");
    }
    if name.trim().is_empty() {
        bail!("--name must not be empty");
    }
    let timezone = timezone.parse().map_err(|_| {
        anyhow::anyhow!("--timezone {timezone:?} is no IANA zone (such as America/New_York)")
    })?;
    let mut own = Map::new();
    apply(&mut own, settings, &configuration.dispatch)?;
    let (now, chance) = (SystemClock.now(), install::chance()?);
    let chapter = Chapter {
        id: ChapterId::generate(now, &chance),
        slug: slug.to_owned(),
        name: name.trim().to_owned(),
        timezone,
        settings: own,
        created_at: now,
    };
    let store = install::store(configuration).await?;
    let added = store
        .write::<_, storage::Error, _>(move |tx| {
            Box::pin(async move { tx.add_chapter(&chapter).await })
        })
        .await?;
    store.close().await;
    if !added {
        bail!("there is a chapter {slug:?} already");
    }
    println!("Added chapter {slug}. Next: latchline line add --chapter {slug} ...");
    Ok(())
}

pub(super) async fn set(
    configuration: &Configuration,
    slug: &str,
    settings: &[String],
) -> Result<()> {
    let store = install::store(configuration).await?;
    let chapter = install::chapter(&store, slug).await?;
    let mut own = chapter.settings;
    apply(&mut own, settings, &configuration.dispatch)?;
    let shown = serde_json::to_string(&own)?;
    store
        .write::<_, storage::Error, _>(move |tx| {
            Box::pin(async move { tx.set_chapter_settings(chapter.id, &own).await })
        })
        .await?;
    store.close().await;
    println!("Chapter {slug} decides for itself: {shown}");
    Ok(())
}

/// Lays `KEY=VALUE` pairs into a chapter's own settings, and checks that the whole can be used.
fn apply(own: &mut Map<String, Value>, pairs: &[String], installation: &Settings) -> Result<()> {
    let Value::Object(known) = serde_json::to_value(installation)? else {
        bail!("the settings cannot be laid out")
    };
    for pair in pairs {
        let (key, value) =
            pair.split_once('=').with_context(|| format!("{pair:?} is not KEY=VALUE"))?;
        let Some(before) = known.get(key) else {
            bail!(
                "a chapter has no setting {key:?}; see the [dispatch] section of the reference configuration"
            )
        };
        if value.is_empty() {
            own.remove(key);
            continue;
        }
        let value = match before {
            Value::String(_) => Value::String(value.to_owned()),
            Value::Array(_) => {
                value.split(',').map(|item| Value::String(item.trim().to_owned())).collect()
            }
            _ => serde_json::from_str(value)
                .with_context(|| format!("{key} takes a number, true or false"))?,
        };
        own.insert(key.to_owned(), value);
    }
    let mut all = known;
    all.extend(own.clone());
    serde_json::from_value::<Settings>(Value::Object(all))
        .context("these settings cannot be used")?;
    Ok(())
}
