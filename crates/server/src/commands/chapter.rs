use std::{fs, path::PathBuf};

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
            Box::pin(async move {
                let added = tx.add_chapter(&chapter).await?;
                if added {
                    dispatch::plan_chapter(tx, chapter.id, now).await?;
                }
                Ok(added)
            })
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
    words: &Words,
) -> Result<()> {
    let added = words.read()?;
    let store = install::store(configuration).await?;
    let chapter = install::chapter(&store, slug).await?;
    let mut own = chapter.settings;
    apply(&mut own, settings, &configuration.dispatch)?;
    for (key, text) in added {
        if text.trim().is_empty() {
            own.remove(key);
        } else {
            own.insert(key.to_owned(), Value::String(text));
        }
    }
    let mut shown = own.clone();
    for key in ["lexicon", "member_lexicon"] {
        if let Some(Value::String(text)) = shown.get(key) {
            let lines = text.lines().count();
            shown.insert(key.to_owned(), Value::String(format!("({lines} lines)")));
        }
    }
    let shown = serde_json::to_string(&shown)?;
    store
        .write::<_, storage::Error, _>(move |tx| {
            Box::pin(async move { tx.set_chapter_settings(chapter.id, &own).await })
        })
        .await?;
    store.close().await;
    println!("Chapter {slug} decides for itself: {shown}");
    Ok(())
}

/// The files of words that a chapter adds.
pub(super) struct Words {
    pub(super) lexicon: Option<PathBuf>,
    pub(super) member_lexicon: Option<PathBuf>,
}

impl Words {
    /// What the files say, by the setting that keeps it, once every line of it was understood.
    fn read(&self) -> Result<Vec<(&'static str, String)>> {
        let text = |file: &PathBuf| {
            fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
        };
        let mut words = Vec::new();
        if let Some(file) = &self.lexicon {
            let text = text(file)?;
            reading::Reader::with_extra(&text)
                .with_context(|| format!("{} was not taken up", file.display()))?;
            words.push(("lexicon", text));
        }
        if let Some(file) = &self.member_lexicon {
            let text = text(file)?;
            reading::member::MemberReader::with(&text)
                .with_context(|| format!("{} was not taken up", file.display()))?;
            words.push(("member_lexicon", text));
        }
        Ok(words)
    }
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
