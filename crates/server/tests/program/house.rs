//! An installation as the guide makes one: configuration, key, database, and `latchline serve`.

use std::{
    future::Future,
    io::{BufRead as _, BufReader},
    net::TcpListener,
    process::{Child, Command, Output, Stdio},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use model::{Chance, Clock, Timestamp};
use serde_json::Value;
use testkit::misbehaving::{Accepted, Delivery, Misbehaving, Options};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

pub(crate) const LINE: &str = "+12125550100";
pub(crate) const ADMIN: &str = "+16465550100";
pub(crate) const MEMBERS: [(&str, &str); 5] = [
    ("Ana Sample", "+19175550101"),
    ("Beth Example", "+19175550102"),
    ("Cleo Muster", "+19175550103"),
    ("Dina Prueba", "+19175550104"),
    ("Eve Ensayo", "+19175550105"),
];
pub(crate) const NEED: &str = "Hi, I'm in Park Slope 11215, my baby is 5 days old and won't latch. \
                               Home visit, Aetna. Thanks, Jess";

/// What takes longer than this is not slow but stuck.
const PATIENCE: Duration = Duration::from_secs(120);

struct MachineClock;

impl Clock for MachineClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the program and its carrier share the machine's"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::new(jiff::Timestamp::now())
    }
}

/// A folder with everything, and the program that serves it.
pub(crate) struct House {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) carrier: Misbehaving,
    port: u16,
    serving: Option<Child>,
    said: Arc<Mutex<String>>,
}

impl House {
    /// A chapter with a line, an admin and five members, not yet served.
    pub(crate) async fn new(database_url: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let port =
            TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("it").port();
        let options = Options { silence: Duration::from_secs(1), ..Options::default() };
        let carrier =
            Misbehaving::start(options.clone(), Arc::new(MachineClock), Chance::seeded(3))
                .await
                .expect("a carrier");
        let house = Self { folder, carrier, port, serving: None, said: Arc::default() };
        house.configure(database_url);
        let key = house.path("latchline.key");
        house.must(&["key", "generate", &key], false).await;
        let chapter = ["--chapter", "nylca"];
        house
            .must(
                &[
                    "chapter",
                    "add",
                    "--slug",
                    "nylca",
                    "--name",
                    "NYLCA",
                    "--timezone",
                    "America/New_York",
                ],
                true,
            )
            .await;
        std::fs::write(house.path("token"), &options.auth_token).expect("a file");
        let (base, token) = (house.carrier.base(), house.path("token"));
        let line = [
            "line",
            "add",
            "--carrier",
            "twilio",
            "--number",
            LINE,
            "--account-sid",
            &options.account_sid,
            "--auth-token-file",
            &token,
            "--api-base",
            &base,
            "--per-second",
            "0",
        ];
        let added = house.must(&[&line[..], &chapter[..]].concat(), true).await;
        assert!(added.contains("/hooks/twilio/message#rc=5&rp=all"), "{added}");
        let admin = [
            "admin",
            "add",
            "--name",
            "Ruth Sample",
            "--email",
            "ruth@example.org",
            "--phone",
            ADMIN,
            "--role",
            "owner",
        ];
        house.must(&[&admin[..], &chapter[..]].concat(), true).await;
        let mut roster = "name,phone,email,status,credentials,areas,languages,payers,visit_types,night_owl,booking_url,note\n"
            .to_owned();
        for (name, number) in MEMBERS {
            roster
                .push_str(&format!("{name},{number},,active,IBCLC,Brooklyn,en,aetna,home,yes,,\n"));
        }
        let file = house.path("roster.csv");
        std::fs::write(&file, roster).expect("a file");
        house.must(&[&["roster", "import", &file][..], &chapter[..]].concat(), true).await;
        house
    }

    /// Writes the configuration for a database.
    pub(crate) fn configure(&self, database_url: &str) {
        let (port, key) = (self.port, self.path("latchline.key"));
        let text = format!(
            "[server]\nlisten = \"127.0.0.1:{port}\"\npublic_url = \"http://127.0.0.1:{port}\"\n\
             [database]\nurl = \"{database_url}\"\n[secrets]\nkey_file = \"{key}\"\n\
             [dispatch]\nsettle_seconds = 0\nquiet_hours = \"off\"\n\
             [sending]\nlost_after_seconds = 3\n"
        );
        std::fs::write(self.folder.path().join("config.toml"), text).expect("a file");
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    pub(crate) fn pid(&self) -> u32 {
        self.serving.as_ref().map(Child::id).expect("it serves")
    }

    /// One of the other commands, to its end.
    pub(crate) async fn run(&self, words: &[&str], configured: bool) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_latchline"));
        command.args(words).stdin(Stdio::null());
        if configured {
            command.args(["--config", &self.path("config.toml")]);
        }
        let ended = tokio::task::spawn_blocking(move || command.output());
        ended.await.expect("it ends").expect("the program starts")
    }

    /// The same where it has to succeed; gives what it printed.
    pub(crate) async fn must(&self, words: &[&str], configured: bool) -> String {
        let done = self.run(words, configured).await;
        let (out, error) =
            (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        assert!(done.status.success(), "latchline {words:?}: {out}{error}");
        out.into_owned()
    }

    /// The same where it has to fail in one clear line; gives the line.
    pub(crate) async fn refuses(&self, words: &[&str]) -> String {
        let done = self.run(words, true).await;
        let said = String::from_utf8_lossy(&done.stderr).trim_end().to_owned();
        assert_eq!(done.status.code(), Some(1), "latchline {words:?}: {said}");
        assert_eq!(said.lines().count(), 1, "latchline {words:?}: {said}");
        said
    }

    /// Starts `latchline serve` and waits until it is ready. `SIGXFSZ` is ignored, as it would be under
    /// a service manager, so that a limit on a file's size is told as an error.
    pub(crate) async fn serve(&mut self) {
        let mut command = Command::new("sh");
        command
            .args(["-c", "trap '' XFSZ; exec \"$0\" serve --config \"$1\""])
            .args([env!("CARGO_BIN_EXE_latchline"), &self.path("config.toml")])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let (stderr, said) = (child.stderr.take().expect("its errors"), self.said.clone());
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
                said.push_str(&line);
                said.push('\n');
            }
        });
        self.serving = Some(child);
        self.until("serve is ready", async || {
            (self.status("/readyz").await == Some(200)).then_some(())
        })
        .await;
    }

    /// Kills it at once, as a power cut would.
    pub(crate) fn kill(&mut self) {
        let mut child = self.serving.take().expect("it serves");
        child.kill().expect("it is killed");
        child.wait().expect("it is gone");
    }

    /// The status of a page; `None` where nobody answers.
    pub(crate) async fn status(&self, path: &str) -> Option<u16> {
        let ask = async {
            let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.ok()?;
            stream
                .write_all(format!("GET {path} HTTP/1.0\r\nHost: x\r\n\r\n").as_bytes())
                .await
                .ok()?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await.ok()?;
            answer.split(' ').nth(1)?.parse().ok()
        };
        tokio::time::timeout(Duration::from_secs(20), ask).await.ok()?
    }

    /// Waits for something; what the service said is told where it never comes.
    pub(crate) async fn until<T, F: Future<Output = Option<T>>>(
        &self,
        what: &str,
        mut look: impl FnMut() -> F,
    ) -> T {
        let waiting = async {
            loop {
                if let Some(seen) = look().await {
                    return seen;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        match tokio::time::timeout(PATIENCE, waiting).await {
            Ok(seen) => seen,
            Err(_) => panic!(
                "{what}: it never came.\nSent: {:#?}\nSaid:\n{}",
                self.carrier.accepted(),
                self.said.lock().unwrap_or_else(PoisonError::into_inner)
            ),
        }
    }

    /// Where the carrier delivers a text; with the fragment it tries again after any failure.
    fn webhook(&self, fragment: &str) -> String {
        format!("http://127.0.0.1:{}/hooks/twilio/message{fragment}", self.port)
    }

    /// Somebody texts the line; gives the statuses with which the webhook was answered.
    pub(crate) async fn text(&self, from: &str, words: &str) -> Vec<u16> {
        let url = self.webhook("#rc=5&rp=all");
        self.carrier.text(&url, from, LINE, words).await.statuses
    }

    /// The same by a carrier that tries once.
    pub(crate) async fn text_once(&self, from: &str, words: &str) -> Delivery {
        self.carrier.text(&self.webhook("#rc=0"), from, LINE, words).await
    }

    /// The carrier delivers a text once more.
    pub(crate) async fn again(&self, sid: &str) -> Vec<u16> {
        self.carrier.redeliver(&self.webhook("#rc=0"), sid).await.statuses
    }

    /// Waits for a text to a number that holds these words.
    pub(crate) async fn told(&self, to: &str, words: &str) -> Accepted {
        self.until(&format!("{words:?} to {to}"), async || {
            self.texts(to).into_iter().find(|text| text.body.contains(words))
        })
        .await
    }

    /// The texts a number was sent.
    pub(crate) fn texts(&self, to: &str) -> Vec<Accepted> {
        self.carrier.accepted().into_iter().filter(|text| text.to == to).collect()
    }

    /// How many texts are in a state. E-mails wait for ever: nobody carries them here.
    async fn texts_in(&self, state: &str) -> usize {
        let told = self.must(&["outbox", "list", "--json", "--state", state], true).await;
        let told: Value = serde_json::from_str(&told).expect("JSON");
        let messages = told["messages"].as_array().expect("messages").iter();
        messages.filter(|message| message["channel"] == "text").count()
    }

    /// Waits until every text has found its end.
    pub(crate) async fn outbox_rests(&self) {
        self.until("the outbox rests", async || {
            for state in ["waiting", "sending", "unknown"] {
                if self.texts_in(state).await > 0 {
                    return None;
                }
            }
            Some(())
        })
        .await;
    }

    /// No two texts to one number say the same.
    pub(crate) fn nothing_was_sent_twice(&self) {
        let mut seen = std::collections::HashSet::new();
        for text in self.carrier.accepted() {
            assert!(seen.insert((text.to.clone(), text.body.clone())), "sent twice: {text:?}");
        }
    }

    /// The family asks, and everybody but these is asked; gives the code.
    pub(crate) async fn asks(&self, family: &str, not_reached: &[&str]) -> String {
        assert_eq!(self.text(family, NEED).await, [200]);
        let code = code_in(&self.told(family, "We are asking").await.body);
        for (_, number) in MEMBERS {
            if !not_reached.contains(&number) {
                self.told(number, &code).await;
            }
        }
        code
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if let Some(mut child) = self.serving.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// The code that stands in a text as a word.
pub(crate) fn code_in(text: &str) -> String {
    let word =
        text.split(|c: char| !c.is_alphanumeric()).find(|word| word.parse::<model::Code>().is_ok());
    word.unwrap_or_else(|| panic!("no code: {text}")).to_owned()
}
