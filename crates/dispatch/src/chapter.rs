//! What holds in a chapter: the installation's settings with the chapter's own over them.

use futures_util::future::BoxFuture;
use model::{ChapterId, settings::Settings};
use serde_json::Value;
use storage::Chapter;

use crate::{Dispatch, Error, Result};

/// A chapter's settings that cannot be used. It names the key, never the value.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ChapterSettingsError(String);

impl Dispatch {
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
