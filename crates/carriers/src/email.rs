//! E-mail: the other way to reach the chapter's people.

mod kept;
mod smtp;

use futures_util::future::BoxFuture;
pub use kept::{Kept, KeptMail};
use model::{EmailAddress, MessageText, OutboxId};
pub use smtp::{Smtp, SmtpError, SmtpOptions, Tls};

use crate::Sent;

/// A mail on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Our id of it. It is part of the mail's own id, so that one sent twice shows once.
    pub id: OutboxId,
    /// To whom.
    pub to: EmailAddress,
    /// The subject: it is seen in passing, so it holds nothing personal.
    pub subject: String,
    /// The words, as plain text.
    pub text: MessageText,
}

/// Somebody who carries mails.
///
/// Nothing here retries: the outbox decides. [`Sent::Unknown`] cannot be asked about; a mail that
/// is sent again carries the same id.
pub trait Mailer: Send + Sync {
    /// Hands a mail over, once.
    fn send<'a>(&'a self, mail: &'a Mail) -> BoxFuture<'a, Sent>;
}
