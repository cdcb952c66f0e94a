//! Mail by SMTP, one connection a mail: there are few, and each step's failure means another thing.

use std::{sync::Arc, time::Duration};

use futures_util::future::BoxFuture;
use lettre::{
    Address, Message,
    message::{Mailbox, header::ContentType},
    transport::smtp::{
        Error,
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, TlsParameters},
        commands::{Data, Mail as MailFrom, Rcpt},
        extension::ClientId,
    },
};
use model::{Clock, ErrorClass};
use tokio::time::timeout;
use tracing::{Instrument as _, field::Empty, info_span};

use super::{Mail, Mailer};
use crate::{Refusal, Sent};

/// How a connection to a mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// It begins in clear and must be raised to TLS before anything is said (port 587).
    StartTls,
    /// It is TLS from the first byte (port 465).
    Implicit,
    /// It is not: for a relay on the same machine or a trusted network. No password goes over it
    /// to another machine.
    None,
}

/// Which mail server sends, and as whom.
#[derive(Clone)]
pub struct SmtpOptions {
    /// The server's name; its certificate must be for it.
    pub host: String,
    /// The server's port.
    pub port: u16,
    /// Name and password, where the server wants them.
    pub credentials: Option<(String, String)>,
    /// How the connection is protected.
    pub tls: Tls,
    /// The sender, `refer@example.org` or `Referral line <refer@example.org>`.
    pub from: String,
    /// How long everything up to the mail's own words may take, and then those.
    pub timeout: Duration,
}

impl std::fmt::Debug for SmtpOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmtpOptions")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .finish_non_exhaustive()
    }
}

/// Why no mail can be sent with these options.
#[derive(Debug, thiserror::Error)]
pub enum SmtpError {
    /// The sender is no address.
    #[error("the sender's e-mail address cannot be read")]
    From,
    /// A password would go over the network in clear.
    #[error("a password must not go unencrypted to another machine (use starttls or tls)")]
    PasswordInClear,
    /// TLS cannot be set up.
    #[error("setting up TLS for the mail server")]
    Tls(#[source] Error),
}

/// Mails by SMTP.
#[derive(Clone)]
pub struct Smtp {
    clock: Arc<dyn Clock>,
    options: SmtpOptions,
    from: Mailbox,
    hello: ClientId,
    tls: Option<TlsParameters>,
}

impl Smtp {
    /// Makes ready; nothing is connected yet.
    ///
    /// # Errors
    /// [`SmtpError`] where the options cannot work.
    pub fn new(clock: Arc<dyn Clock>, options: SmtpOptions) -> Result<Self, SmtpError> {
        let from: Mailbox = options.from.parse().map_err(|_| SmtpError::From)?;
        let local = matches!(options.host.as_str(), "localhost" | "127.0.0.1" | "::1");
        let tls = match options.tls {
            Tls::None if options.credentials.is_some() && !local => {
                return Err(SmtpError::PasswordInClear);
            }
            Tls::None => None,
            Tls::StartTls | Tls::Implicit => {
                Some(TlsParameters::new(options.host.clone()).map_err(SmtpError::Tls)?)
            }
        };
        let hello = ClientId::Domain(from.email.domain().to_owned());
        Ok(Self { clock, options, from, hello, tls })
    }

    /// The mail as it goes over the wire; `None` where the recipient's address is none.
    fn written(&self, mail: &Mail) -> Option<(Address, Vec<u8>)> {
        let to: Address = mail.to.reveal().trim().parse().ok()?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.clone()))
            .subject(mail.subject.as_str())
            .date(self.clock.now().as_jiff().into())
            .message_id(Some(self.id(mail)))
            .header(ContentType::TEXT_PLAIN)
            .body(mail.text.reveal().to_owned())
            .ok()?;
        Some((to, message.formatted()))
    }

    fn id(&self, mail: &Mail) -> String {
        format!("<{}@{}>", mail.id, self.from.email.domain())
    }

    async fn hand_over(&self, mail: &Mail) -> Sent {
        let Some((to, message)) = self.written(mail) else {
            return refused("address", ErrorClass::BadNumber);
        };
        let mut connection = match timeout(self.options.timeout, self.ready(to)).await {
            Ok(Ok(connection)) => connection,
            Ok(Err(sent)) => return sent,
            Err(_) => return Sent::NotWritten,
        };
        // From here on the server may have the mail whatever we hear of it.
        let sent = match timeout(self.options.timeout, connection.message(&message)).await {
            Ok(Ok(_)) => Sent::Accepted { carrier_message_id: self.id(mail), segments: None },
            Ok(Err(error)) => answered(&error, ErrorClass::Content).unwrap_or(Sent::Unknown),
            Err(_) => Sent::Unknown,
        };
        // The mail's fate is settled; a server that does not say goodbye changes nothing.
        let _ = timeout(Duration::from_secs(1), connection.abort()).await;
        sent
    }

    /// Everything up to where the server waits for the words.
    async fn ready(&self, to: Address) -> Result<AsyncSmtpConnection, Sent> {
        let fails = |class: ErrorClass| {
            move |error: Error| {
                tracing::debug!(
                    status = error.status().map(tracing::field::display),
                    tls = error.is_tls(),
                    "the mail server was not made ready"
                );
                answered(&error, class).unwrap_or(Sent::NotWritten)
            }
        };
        let configuration = fails(ErrorClass::Configuration);
        let server = (self.options.host.as_str(), self.options.port);
        let implicit = self.tls.clone().filter(|_| self.options.tls == Tls::Implicit);
        let mut connection = AsyncSmtpConnection::connect_tokio1(
            server,
            Some(self.options.timeout),
            &self.hello,
            implicit,
            None,
        )
        .await
        .map_err(configuration)?;
        if let (Tls::StartTls, Some(tls)) = (self.options.tls, self.tls.clone()) {
            connection.starttls(tls, &self.hello).await.map_err(configuration)?;
        }
        if let Some((user, password)) = self.options.credentials.clone() {
            let credentials = Credentials::new(user, password);
            connection.auth(DEFAULT_MECHANISMS, &credentials).await.map_err(configuration)?;
        }
        let from = MailFrom::new(Some(self.from.email.clone()), vec![]);
        connection.command(from).await.map_err(configuration)?;
        connection.command(Rcpt::new(to, vec![])).await.map_err(fails(ErrorClass::BadNumber))?;
        connection.command(Data).await.map_err(fails(ErrorClass::Content))?;
        Ok(connection)
    }
}

impl Mailer for Smtp {
    fn send<'a>(&'a self, mail: &'a Mail) -> BoxFuture<'a, Sent> {
        let span = info_span!("carrier.email.send", outbox = %mail.id.as_uuid(), outcome = Empty);
        let told = span.clone();
        let send = async move {
            let sent = self.hand_over(mail).await;
            told.record("outcome", sent.word());
            sent
        };
        Box::pin(send.instrument(span))
    }
}

/// What the server's own answer amounts to, where it gave one: `class` where it will not change
/// its mind, later where it may.
fn answered(error: &Error, class: ErrorClass) -> Option<Sent> {
    if let Some(status) = error.status() {
        let class = if error.is_transient() { ErrorClass::RetryLater } else { class };
        return Some(refused(&format!("smtp-{status}"), class));
    }
    // It does not offer what the options ask of it: TLS, or a way to sign in.
    error.is_client().then(|| refused("smtp-client", ErrorClass::Configuration))
}

fn refused(code: &str, class: ErrorClass) -> Sent {
    Sent::Refused(Refusal { code: code.to_owned(), class, retry_after: None })
}
