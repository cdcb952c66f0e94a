/// What went wrong on the way to an answer. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The work itself failed.
    #[error("the work could not be done")]
    Work(#[from] dispatch::Error),
    /// A list could not be kept or judged.
    #[error("the lists could not be kept")]
    Lists(#[from] roster::Error),
    /// The database failed.
    #[error("the database could not be asked")]
    Storage(#[from] storage::Error),
    /// A page could not be written.
    #[error("the page could not be written")]
    Page(#[from] askama::Error),
}

/// The result of handling a request.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Whether trying again later may help.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Work(error) => error.is_passing(),
            Self::Storage(error) => error.is_passing(),
            Self::Lists(roster::Error::Storage(error)) => error.is_passing(),
            Self::Lists(_) | Self::Page(_) => false,
        }
    }

    /// Tells the log, once, with the whole chain. Errors name tables, keys and ids, never content.
    pub(crate) fn log(&self) {
        let mut chain = self.to_string();
        let mut source = std::error::Error::source(self);
        while let Some(error) = source {
            chain.push_str(": ");
            chain.push_str(&error.to_string());
            source = error.source();
        }
        tracing::error!(error = chain, "a request of the chapter's people failed");
    }
}
