//! Telling a chapter's tools, against a server that listens.

use carriers::webhook::{Answer, Notice, Post as _, Poster, Reach, Unreachable};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

const NOTICE: Notice<'_> =
    Notice { id: "n1", at: 1_700_000_000, body: "{}", secrets: &["c2VjcmV0"] };

/// A server that answers one request so; gives its address and what it was asked.
async fn answering(answer: &'static str) -> (String, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://localhost:{}/tool", listener.local_addr().expect("it").port());
    let asked = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("somebody");
        let mut asked = vec![0; 4096];
        let many = stream.read(&mut asked).await.expect("a request");
        stream.write_all(answer.as_bytes()).await.expect("an answer");
        String::from_utf8_lossy(&asked[..many]).into_owned()
    });
    (url, asked)
}

#[tokio::test]
async fn a_tool_is_told_once_and_nowhere_else() {
    let wide = Reach { plain_http: true, private_addresses: true };
    let poster = Poster::new(wide).expect("a client");
    let (url, asked) = answering("HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n").await;
    assert_eq!(poster.post(&url, NOTICE).await, Answer::Status(204));
    let asked = asked.await.expect("a request").to_lowercase();
    for part in
        ["post /tool", "webhook-id: n1", "webhook-timestamp: 1700000000", "webhook-signature: v1,"]
    {
        assert!(asked.contains(part), "{part}: {asked}");
    }
    let moved = "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
    let (url, _asked) = answering(moved).await;
    assert_eq!(poster.post(&url, NOTICE).await, Answer::Status(302), "it is not followed");
    assert_eq!(poster.post("http://127.0.0.1:1/", NOTICE).await, Answer::Silence);
}

#[tokio::test]
async fn a_name_that_leads_into_a_private_network_is_not_followed() {
    let poster =
        Poster::new(Reach { plain_http: true, private_addresses: false }).expect("a client");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("it").port();
    for host in ["localhost", "127.0.0.1", "[::1]"] {
        let url = format!("http://{host}:{port}/");
        assert_eq!(
            poster.post(&url, NOTICE).await,
            Answer::Refused(Unreachable::Private),
            "{host}"
        );
    }
    let strict = Poster::new(Reach::default()).expect("a client");
    let plain = strict.post("http://example.org/", NOTICE).await;
    assert_eq!(plain, Answer::Refused(Unreachable::Form));
}
