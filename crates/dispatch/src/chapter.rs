//! What holds in a chapter: the installation's settings with the chapter's own over them.

use futures_util::future::BoxFuture;
use model::{ChapterId, Policy, TimeZone, Timestamp, Word as _, settings::Settings};
use reading::{Reader, member::MemberReader};
use serde_json::{Map, Value, json};
use storage::{Chapter, WriteTx, hash_secret};

use crate::{
    Dispatch, Error, Result,
    desk::{About, Actor, Desk},
    reminding, retention,
};

/// A chapter's settings that cannot be used. It names the key, never the value.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ChapterSettingsError(String);

/// A chapter and what holds in it.
#[derive(Debug, Clone)]
pub struct ChapterView {
    /// Its row, with what it decides for itself.
    pub chapter: Chapter,
    /// What holds in it.
    pub settings: Settings,
    /// Names it as it is now: another once anything of it has changed.
    pub version: String,
}

/// What is to be changed of a chapter; what is not given stays.
#[derive(Debug, Clone, Default)]
pub struct ChapterChange {
    /// Its full name.
    pub name: Option<String>,
    /// The zone in which its people live.
    pub timezone: Option<TimeZone>,
    /// Settings by their names; `null` goes back to the installation's.
    pub settings: Map<String, Value>,
}

/// Why a chapter was not changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChapterRefusal {
    /// Somebody changed it meanwhile.
    Changed,
    /// Something cannot be used.
    Invalid {
        /// The setting; `settings` where they do not fit each other.
        field: String,
        /// What is wrong, as the end of a sentence that begins with the setting's name.
        problem: String,
    },
}

/// Plans what a chapter needs from the start, unless it is planned: its members' reminders, and the erasing
/// of what has had its time.
///
/// # Errors
/// Where the database failed.
pub async fn plan_chapter(
    tx: &mut WriteTx,
    chapter: ChapterId,
    now: Timestamp,
) -> storage::Result<()> {
    reminding::plan(tx, chapter, now).await?;
    retention::plan(tx, chapter, now).await
}

impl Dispatch {
    /// Plans what every chapter needs from the start. Adding one plans it; this is for what an older version
    /// added.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn plan_for_chapters(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            let now = self.now();
            self.store()
                .write::<_, Error, _>(move |tx| {
                    Box::pin(async move {
                        for chapter in tx.chapters().await? {
                            plan_chapter(tx, chapter.id, now).await?;
                        }
                        Ok(())
                    })
                })
                .await
        })
    }

    /// A chapter and what holds in it.
    ///
    /// # Errors
    /// Where the database failed, or there is no such chapter.
    pub fn chapter(&self, id: ChapterId) -> BoxFuture<'_, Result<ChapterView>> {
        Box::pin(async move {
            let installation = self.0.settings.clone();
            self.store()
                .read(move |tx| {
                    Box::pin(async move {
                        let chapter = tx.chapter(id).await?.ok_or(Error::Missing("chapter"))?;
                        view(chapter, &installation)
                    })
                })
                .await
        })
    }

    /// Changes a chapter, if it is still the version that was seen.
    ///
    /// # Errors
    /// Where the database failed. A change that is not made is no error but a [`ChapterRefusal`].
    pub fn change_chapter(
        &self,
        id: ChapterId,
        by: crate::By,
        seen: Option<String>,
        change: ChapterChange,
    ) -> BoxFuture<'_, Result<Result<ChapterView, ChapterRefusal>>> {
        Box::pin(async move {
            self.at_desk(id, move |desk| Box::pin(desk.change_chapter(by, seen, change))).await
        })
    }

    /// How places are decided in a chapter, sentence by sentence, from its settings: for members'
    /// pages and the console.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn rule(&self, chapter: ChapterId) -> BoxFuture<'_, Result<Vec<String>>> {
        Box::pin(async move {
            let dispatch = self.clone();
            self.store()
                .read(move |tx| {
                    Box::pin(async move {
                        let Some(chapter) = tx.chapter(chapter).await? else {
                            return Ok(Vec::new());
                        };
                        let settings = settings_of(&chapter, &dispatch.0.settings)?;
                        Ok(dispatch.texts().rule(&dispatch.plain_voice(&chapter), &settings))
                    })
                })
                .await
        })
    }
}

impl Dispatch {
    /// What would be told of a chapter's rule under each policy, with the chapter's other settings.
    #[must_use]
    pub fn rules(&self, view: &ChapterView) -> Vec<(Policy, Vec<String>)> {
        let told = |&policy: &Policy| {
            let settings = Settings { policy, ..view.settings.clone() };
            (policy, self.texts().rule(&self.plain_voice(&view.chapter), &settings))
        };
        Policy::ALL.iter().map(told).collect()
    }
}

impl Desk<'_> {
    async fn change_chapter(
        &mut self,
        by: crate::By,
        seen: Option<String>,
        change: ChapterChange,
    ) -> Result<Result<ChapterView, ChapterRefusal>> {
        self.tx.lock_chapter(self.chapter.id).await?;
        let row = self.tx.chapter(self.chapter.id).await?;
        let before = row.ok_or(Error::Missing("chapter"))?;
        if seen.is_some_and(|seen| seen != version(&before)) {
            return Ok(Err(ChapterRefusal::Changed));
        }
        if let Err(refusal) = readable(&change.settings) {
            return Ok(Err(refusal));
        }
        let mut after = before.clone();
        after.name = change.name.unwrap_or(after.name);
        after.timezone = change.timezone.unwrap_or(after.timezone);
        for (key, value) in change.settings {
            if value.is_null() {
                after.settings.remove(&key);
            } else {
                after.settings.insert(key, value);
            }
        }
        let viewed = match view(after, &self.shared.settings) {
            Ok(viewed) => viewed,
            Err(Error::Settings { source, .. }) => {
                let field = "settings".to_owned();
                return Ok(Err(ChapterRefusal::Invalid { field, problem: source.to_string() }));
            }
            Err(error) => return Err(error),
        };
        let changed = differing(&before, &viewed.chapter);
        if !changed.is_empty() {
            self.tx.save_chapter(&viewed.chapter).await?;
            let detail = json!({"settings": changed});
            self.record(About(None, None), Actor::from(by), "chapter_changed", detail).await?;
        }
        Ok(Ok(viewed))
    }
}

/// The names of what differs, never what stands there.
fn differing(before: &Chapter, after: &Chapter) -> Vec<String> {
    let keys = before.settings.keys().chain(after.settings.keys());
    let differs = |key: &&String| before.settings.get(*key) != after.settings.get(*key);
    let mut names: Vec<_> = keys.filter(differs).cloned().collect();
    names.extend((before.name != after.name).then(|| "name".to_owned()));
    names.extend((before.timezone != after.timezone).then(|| "timezone".to_owned()));
    names.sort();
    names.dedup();
    names
}

/// Whether the words that a chapter adds can be read, line by line.
fn readable(settings: &Map<String, Value>) -> Result<(), ChapterRefusal> {
    let text = |key| settings.get(key).and_then(Value::as_str);
    let family = text("lexicon").map(|text| Reader::with_extra(text).map(drop));
    let member = text("member_lexicon").map(|text| MemberReader::with(text).map(drop));
    let refused = |field: &str, problem: String| {
        Err(ChapterRefusal::Invalid { field: field.to_owned(), problem })
    };
    match (family, member) {
        (Some(Err(error)), _) => refused("lexicon", format!("cannot be read: {error}")),
        (_, Some(Err(error))) => refused("member_lexicon", format!("cannot be read: {error}")),
        _ => Ok(()),
    }
}

fn view(chapter: Chapter, installation: &Settings) -> Result<ChapterView> {
    let settings = settings_of(&chapter, installation)?;
    Ok(ChapterView { version: version(&chapter), chapter, settings })
}

/// Names a chapter as it is: half a hash of what can be changed of it.
fn version(chapter: &Chapter) -> String {
    let all = json!([chapter.name, chapter.timezone.name(), chapter.settings]);
    let hash = hash_secret(&all.to_string());
    model::hex(&hash[..16])
}

/// Lays the chapter's own settings over the installation's.
pub(crate) fn settings_of(chapter: &Chapter, installation: &Settings) -> Result<Settings> {
    if chapter.settings.is_empty() {
        return Ok(installation.clone());
    }
    let refused = |why: String| Error::Settings {
        chapter: chapter.slug.clone(),
        source: ChapterSettingsError(why),
    };
    let Ok(Value::Object(mut all)) = serde_json::to_value(installation) else {
        return Err(refused("the installation's settings cannot be laid out".to_owned()));
    };
    for (key, value) in &chapter.settings {
        all.insert(key.clone(), value.clone());
    }
    serde_json::from_value(Value::Object(all)).map_err(|error| refused(error.to_string()))
}
