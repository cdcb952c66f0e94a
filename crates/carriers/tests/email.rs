//! Mail by SMTP, against a mail server that does as each test tells it.

use std::{sync::Arc, time::Duration};

use carriers::{
    Sent,
    email::{Kept, Mail, Mailer as _, Smtp, SmtpError, SmtpOptions, Tls},
};
use model::{Chance, Clock, EmailAddress, ErrorClass, MessageText, OutboxId, Timestamp};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpListener,
    task::JoinHandle,
};

struct Noon;

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        "2026-03-01T12:00:00Z".parse().expect("an instant")
    }
}

fn mail() -> Mail {
    Mail {
        id: OutboxId::generate(Noon.now(), &Chance::seeded(1)),
        to: EmailAddress::new("ruth@example.org"),
        subject: "Référral K7Q waits".into(),
        text: MessageText::new("A referral waits for you.\n.\nIt is K7Q.\n"),
    }
}

fn options(port: u16) -> SmtpOptions {
    SmtpOptions {
        host: "127.0.0.1".into(),
        port,
        credentials: None,
        tls: Tls::None,
        from: "Referral line <refer@example.org>".into(),
        timeout: Duration::from_millis(400),
    }
}

fn smtp(options: SmtpOptions) -> Smtp {
    Smtp::new(Arc::new(Noon), options).expect("a mailer")
}

/// What the server answers to a command; "" closes the connection and "..." says nothing.
type Answers = fn(&str) -> &'static str;

/// Serves one connection and gives back everything it was told.
async fn server(answers: Answers) -> (u16, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let task = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.expect("a connection");
        let (reader, mut writer) = stream.into_split();
        let mut lines = BufReader::new(reader).lines();
        let mut heard = String::new();
        writer.write_all(b"220 mail.example.org\r\n").await.expect("a greeting");
        let mut words = false;
        while let Ok(Some(line)) = lines.next_line().await {
            heard.push_str(&line);
            heard.push('\n');
            let answer = match line.as_str() {
                "." if words => {
                    words = false;
                    answers("words")
                }
                _ if words => continue,
                command => answers(command),
            };
            words |= answer.starts_with("354");
            match answer {
                "" => break,
                "..." => {}
                answer => {
                    let _ = writer.write_all(format!("{answer}\r\n").as_bytes()).await;
                }
            }
        }
        heard
    });
    (port, task)
}

fn willing(command: &str) -> &'static str {
    match command.split([' ', ':']).next().unwrap_or_default() {
        "EHLO" => "250-mail.example.org\r\n250 AUTH PLAIN LOGIN",
        "DATA" => "354 go on",
        "AUTH" => "235 welcome",
        "QUIT" => "221 bye",
        _ => "250 fine",
    }
}

#[tokio::test]
async fn a_mail_goes_out_whole() {
    let (port, server) = server(willing).await;
    let mut options = options(port);
    options.credentials = Some(("refer".into(), "a password".into()));
    let sent = smtp(options).send(&mail()).await;
    let id = format!("<{}@example.org>", mail().id);
    assert_eq!(sent, Sent::Accepted { carrier_message_id: id.clone(), segments: None });
    let heard = server.await.expect("the server");
    for part in [
        "EHLO example.org\n",
        "AUTH PLAIN ",
        "MAIL FROM:<refer@example.org>\n",
        "RCPT TO:<ruth@example.org>\n",
        "From: \"Referral line\" <refer@example.org>\n",
        "To: ruth@example.org\n",
        "Subject: =?utf-8?",
        "Date: Sun, 01 Mar 2026 12:00:00 +0000\n",
        &format!("Message-ID: {id}\n"),
        "Content-Type: text/plain; charset=utf-8\n",
        // A line of one dot is the words' own, not their end.
        "A referral waits for you.\n..\nIt is K7Q.\n",
    ] {
        assert!(heard.contains(part), "{part:?} is not in {heard}");
    }
}

#[tokio::test]
async fn a_refusal_means_what_the_step_means() {
    let cases: [(Answers, &str, ErrorClass); 6] = [
        (
            |c| if c.starts_with("RCPT") { "550 no such person" } else { willing(c) },
            "smtp-550",
            ErrorClass::BadNumber,
        ),
        (
            |c| if c.starts_with("RCPT") { "450 try later" } else { willing(c) },
            "smtp-450",
            ErrorClass::RetryLater,
        ),
        (
            |c| if c.starts_with("MAIL") { "553 not you" } else { willing(c) },
            "smtp-553",
            ErrorClass::Configuration,
        ),
        (
            |c| if c.starts_with("AUTH") { "535 wrong" } else { willing(c) },
            "smtp-535",
            ErrorClass::Configuration,
        ),
        (
            |c| if c == "words" { "554 looks like spam" } else { willing(c) },
            "smtp-554",
            ErrorClass::Content,
        ),
        (
            |c| if c == "words" { "452 full" } else { willing(c) },
            "smtp-452",
            ErrorClass::RetryLater,
        ),
    ];
    for (answers, code, class) in cases {
        let (port, _server) = server(answers).await;
        let mut options = options(port);
        options.credentials = Some(("refer".into(), "a password".into()));
        let sent = smtp(options).send(&mail()).await;
        let Sent::Refused(refusal) = &sent else { panic!("{code}: {sent:?}") };
        assert_eq!((refusal.code.as_str(), refusal.class), (code, class));
    }
}

#[tokio::test]
async fn a_mail_is_in_doubt_only_once_its_words_went_out() {
    let cases: [(Answers, Sent); 5] = [
        (|c| if c.starts_with("RCPT") { "" } else { willing(c) }, Sent::NotWritten),
        (|c| if c.starts_with("RCPT") { "..." } else { willing(c) }, Sent::NotWritten),
        (|c| if c == "DATA" { "" } else { willing(c) }, Sent::NotWritten),
        (|c| if c == "words" { "" } else { willing(c) }, Sent::Unknown),
        (|c| if c == "words" { "..." } else { willing(c) }, Sent::Unknown),
    ];
    for (answers, expected) in cases {
        let (port, _server) = server(answers).await;
        assert_eq!(smtp(options(port)).send(&mail()).await, expected);
    }
    let closed = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = closed.local_addr().expect("an address").port();
    drop(closed);
    assert_eq!(smtp(options(port)).send(&mail()).await, Sent::NotWritten);
}

#[tokio::test]
async fn nothing_is_said_in_clear_where_tls_is_asked_for() {
    let (port, server) = server(willing).await;
    let mut options = options(port);
    options.tls = Tls::StartTls;
    options.host = "localhost".into();
    options.credentials = Some(("refer".into(), "a password".into()));
    let sent = smtp(options).send(&mail()).await;
    let Sent::Refused(refusal) = &sent else { panic!("{sent:?}") };
    assert_eq!(refusal.class, ErrorClass::Configuration);
    let heard = server.await.expect("the server");
    assert!(!heard.contains("AUTH") && !heard.contains("MAIL"), "{heard}");
}

#[test]
fn options_that_cannot_work_are_refused_at_once() {
    let refused = |options| Smtp::new(Arc::new(Noon), options).err();
    let from = SmtpOptions { from: "the line".into(), ..options(25) };
    assert!(matches!(refused(from), Some(SmtpError::From)));
    let clear = SmtpOptions {
        host: "mail.example.org".into(),
        credentials: Some(("refer".into(), "a password".into())),
        ..options(25)
    };
    assert!(matches!(refused(clear.clone()), Some(SmtpError::PasswordInClear)));
    assert!(!format!("{clear:?}").contains("a password"));
    assert!(refused(SmtpOptions { tls: Tls::Implicit, ..clear }).is_none());
}

#[tokio::test]
async fn an_address_that_is_none_is_a_bad_one() {
    for address in ["", "ruth", "ruth@", "ruth@example.org\r\nRCPT TO:<other@example.org>"] {
        let mail = Mail { to: EmailAddress::new(address), ..mail() };
        let sent = smtp(options(9)).send(&mail).await;
        let Sent::Refused(refusal) = &sent else { panic!("{address:?}: {sent:?}") };
        assert_eq!(refusal.class, ErrorClass::BadNumber);
    }
}

#[tokio::test]
async fn kept_mails_can_be_looked_at() {
    let kept = Kept::new(Arc::new(Noon));
    let changes = kept.changes();
    let sent = kept.clone().send(&mail()).await;
    assert_eq!(sent.word(), "accepted");
    assert!(changes.has_changed().expect("it lives"));
    let mails = kept.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!((&mails[0].mail, mails[0].at), (&mail(), Noon.now()));
}
