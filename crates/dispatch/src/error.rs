/// What went wrong with the work.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database failed; nothing was done.
    #[error("the work could not be recorded")]
    Storage(#[from] storage::Error),
    /// Something that must be there is not.
    #[error("there is no such {0}")]
    Missing(&'static str),
    /// A chapter's own settings cannot be used.
    #[error("the settings of chapter {chapter} cannot be used")]
    Settings {
        /// The chapter's slug.
        chapter: String,
        /// Which one, and why.
        #[source]
        source: crate::ChapterSettingsError,
    },
    /// A carrier did not answer a question of ours.
    #[error("the carrier could not be asked")]
    Carrier(#[from] carriers::AskError),
    /// A message was tried out: what was written for it is undone.
    #[error("it was tried out, and nothing of it is kept")]
    Tried,
}

/// The result of work.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Whether trying again later may help.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Storage(error) => error.is_passing(),
            Self::Carrier(error) => matches!(error, carriers::AskError::Unreachable),
            _ => false,
        }
    }
}
