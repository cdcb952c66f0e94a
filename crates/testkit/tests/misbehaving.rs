//! Twilio's adapter through its real client and real connections, against a carrier that
//! misbehaves; and the misbehaving carrier itself, whose webhooks the adapter must believe.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    routing::post,
};
use carriers::{
    Account, AskError, Carrier as _, CarrierAnswered, Event, Found, Hook, Missing, OutboundText,
    RawRequest, Sent,
    twilio::{HttpOptions, Twilio},
};
use jiff::SignedDuration;
use model::{
    Chance, Clock, ErrorClass, MessageText, OutboxId, OutboxState, Phone, Timestamp, seconds,
};
use testkit::misbehaving::{Chances, Fault, Misbehaving, Options};
use tokio::net::TcpListener;

const FAMILY: &str = "+17185550123";
const LINE: &str = "+12125550100";

/// A clock that stands until it is moved.
#[derive(Clone)]
struct Hand(Arc<Mutex<Timestamp>>);

impl Hand {
    fn at_noon() -> Self {
        Self(Arc::new(Mutex::new(noon())))
    }

    fn pass(&self, time: SignedDuration) {
        let mut now = self.0.lock().expect("the clock");
        *now = now.after(time);
    }
}

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        *self.0.lock().expect("the clock")
    }
}

fn noon() -> Timestamp {
    "2026-03-01T12:00:00Z".parse().expect("an instant")
}

fn phone(number: &str) -> Phone {
    Phone::from_carrier(number).expect("a number")
}

fn twilio() -> Twilio {
    let options = HttpOptions {
        connect_timeout: Duration::from_secs(1),
        request_timeout: Duration::from_secs(2),
        ..HttpOptions::default()
    };
    Twilio::new(&options).expect("a client")
}

struct Stage {
    carrier: Misbehaving,
    clock: Hand,
    account: Account,
    twilio: Twilio,
    chance: Chance,
}

impl Stage {
    async fn set(options: Options) -> Self {
        let clock = Hand::at_noon();
        let options = Options { silence: Duration::from_secs(5), ..options };
        let account = Account {
            number: phone(LINE),
            account_sid: options.account_sid.clone(),
            auth_token: options.auth_token.clone(),
            shared_key: None,
            messaging_service: options.service.as_ref().map(|(sid, _)| sid.clone()),
            api_base: None,
        };
        let carrier = Misbehaving::start(options, Arc::new(clock.clone()), Chance::seeded(3)).await;
        let carrier = carrier.expect("the carrier");
        let account = Account { api_base: Some(carrier.base()), ..account };
        Self { carrier, clock, account, twilio: twilio(), chance: Chance::seeded(4) }
    }

    fn text(&self, words: &str) -> OutboundText {
        OutboundText {
            id: OutboxId::generate(self.clock.now(), &self.chance),
            to: phone(FAMILY),
            text: MessageText::new(words),
            status_url: None,
            valid_seconds: 600,
        }
    }

    async fn send(&self, text: &OutboundText) -> Sent {
        self.twilio.send(&self.account, text).await
    }

    async fn find(&self, missing: &Missing) -> Result<Found, AskError> {
        self.twilio.find(&self.account, missing).await
    }

    fn missing(&self, words: &str) -> Missing {
        Missing {
            id: OutboxId::generate(self.clock.now(), &self.chance),
            to: phone(FAMILY),
            text: MessageText::new(words),
            written_after: self.clock.now(),
            accounted_for: vec![],
        }
    }
}

fn id(sent: &Sent) -> String {
    let Sent::Accepted { carrier_message_id, .. } = sent else { panic!("{sent:?}") };
    carrier_message_id.clone()
}

fn class(sent: &Sent) -> Option<ErrorClass> {
    if let Sent::Refused(refusal) = sent { Some(refusal.class) } else { None }
}

async fn eventually(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..500 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("never: {what}");
}

#[tokio::test]
async fn a_text_is_handed_over_as_it_is() {
    let stage = Stage::set(Options::default()).await;
    let words = "NYLCA: \"names by 4:15 pm\" & más {K7Q} + 100% ☺\n";
    let text = OutboundText { valid_seconds: 90_000, ..stage.text(words) };
    let sent = stage.send(&text).await;
    let taken = stage.carrier.accepted();
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].sid, id(&sent));
    assert_eq!(taken[0].body, words);
    assert_eq!((taken[0].from.as_str(), taken[0].to.as_str()), (LINE, FAMILY));
    assert_eq!(taken[0].validity_period.as_deref(), Some("36000"));
    assert_eq!(taken[0].status_callback, None);
    assert!(matches!(sent, Sent::Accepted { segments: Some(1), .. }));
}

#[tokio::test]
async fn every_misbehaviour_ends_as_what_is_certain() {
    let stage = Stage::set(Options::default()).await;
    for (fault, expected, taken) in [
        (Fault::Fine, "accepted", true),
        (Fault::Busy(7), "refused", false),
        (Fault::Refused(21610), "refused", false),
        (Fault::Broken, "unknown", false),
        (Fault::BrokenAfter, "unknown", true),
        (Fault::Silent, "unknown", false),
        (Fault::SilentAfter, "unknown", true),
        (Fault::Dropped, "unknown", false),
        (Fault::DroppedAfter, "unknown", true),
        (Fault::Fine, "accepted", true),
    ] {
        let before = (stage.carrier.accepted().len(), stage.carrier.attempts());
        stage.carrier.script([fault]);
        let words = format!("{fault:?}");
        let sent = stage.send(&stage.text(&words)).await;
        assert_eq!(sent.word(), expected, "{fault:?}");
        let now = stage.carrier.accepted().len();
        assert_eq!(now - before.0, usize::from(taken), "{fault:?}");
        // Nothing is repeated behind our back: neither by the client nor by its pool.
        assert_eq!(stage.carrier.attempts() - before.1, 1, "{fault:?}");
        // What is unknown is found exactly where it was taken.
        if sent == Sent::Unknown {
            let found = stage.find(&stage.missing(&words)).await.expect("an answer");
            assert_eq!(found != Found::Nothing, taken, "{fault:?}: {found:?}");
        }
    }
}

#[tokio::test]
async fn a_refusal_says_what_it_means_and_until_when() {
    let stage = Stage::set(Options::default()).await;
    stage.carrier.number(FAMILY, Fault::Refused(30034));
    assert_eq!(class(&stage.send(&stage.text("x")).await), Some(ErrorClass::Configuration));
    stage.carrier.number(FAMILY, Fault::Busy(7));
    let Sent::Refused(refusal) = stage.send(&stage.text("x")).await else { panic!("not refused") };
    assert_eq!(refusal.code, "20429");
    assert_eq!(refusal.class, ErrorClass::RetryLater);
    assert_eq!(refusal.retry_after, Some(seconds(7)));
}

#[tokio::test]
async fn a_wrong_account_is_a_matter_of_configuration() {
    let stage = Stage::set(Options::default()).await;
    for account in [
        Account { auth_token: "another".into(), ..stage.account.clone() },
        Account { account_sid: "AC9".into(), ..stage.account.clone() },
        Account { account_sid: "AC/../x".into(), ..stage.account.clone() },
        Account { account_sid: String::new(), ..stage.account.clone() },
        Account { api_base: Some("not an address".into()), ..stage.account.clone() },
    ] {
        let sent = stage.twilio.send(&account, &stage.text("x")).await;
        assert_eq!(class(&sent), Some(ErrorClass::Configuration), "{sent:?}");
    }
    assert_eq!(stage.carrier.accepted(), []);
}

#[tokio::test]
async fn what_was_never_written_is_known_to_be_so() {
    let stage = Stage::set(Options::default()).await;
    let closed = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = closed.local_addr().expect("an address");
    // Somebody listens but never speaks TLS; and then nobody listens.
    for base in [
        format!("https://{address}"),
        format!("http://127.0.0.1:{}", {
            let gone = TcpListener::bind("127.0.0.1:0").await.expect("a port");
            gone.local_addr().expect("an address").port()
        }),
        "http://no-such-host.invalid".into(),
    ] {
        let account = Account { api_base: Some(base.clone()), ..stage.account.clone() };
        assert_eq!(stage.twilio.send(&account, &stage.text("x")).await, Sent::NotWritten, "{base}");
    }
}

#[tokio::test]
async fn a_connection_that_died_idle_costs_no_text() {
    let stage = Stage::set(Options::default()).await;
    id(&stage.send(&stage.text("one")).await);
    let listen = stage.carrier.base()["http://".len()..].parse().expect("an address");
    drop(stage.carrier);
    tokio::time::sleep(Duration::from_millis(50)).await;
    let options = Options { listen, ..Options::default() };
    let again = Misbehaving::start(options, Arc::new(stage.clock.clone()), Chance::seeded(5)).await;
    let again = again.expect("the carrier again");
    let text = OutboundText {
        id: OutboxId::generate(noon(), &stage.chance),
        to: phone(FAMILY),
        text: MessageText::new("two"),
        status_url: None,
        valid_seconds: 600,
    };
    id(&stage.twilio.send(&stage.account, &text).await);
    assert_eq!(again.accepted().len(), 1);
}

#[tokio::test]
async fn a_text_is_found_by_its_words_and_by_nothing_less() {
    let stage = Stage::set(Options::default()).await;
    stage.carrier.script([Fault::SilentAfter]);
    assert_eq!(stage.send(&stage.text("K7Q: 11215")).await, Sent::Unknown);
    let sid = stage.carrier.accepted()[0].sid.clone();
    eventually("delivered", || stage.carrier.accepted()[0].status == "delivered").await;
    let state = OutboxState::Delivered;
    let message = || Found::Message { carrier_message_id: sid.clone(), state, error: None };
    let found = stage.find(&stage.missing("K7Q: 11215")).await;
    assert_eq!(found.expect("an answer"), message());
    let base = || stage.missing("K7Q: 11215");
    for other in [
        stage.missing("K7Q: 1121"),
        stage.missing("k7q: 11215"),
        stage.missing(""),
        Missing { to: phone("+17185550124"), ..base() },
        Missing { written_after: noon().after(seconds(90)), ..base() },
        Missing { accounted_for: vec!["SM9".into(), sid.clone()], ..base() },
    ] {
        assert_eq!(stage.find(&other).await.expect("an answer"), Found::Nothing, "{other:?}");
    }
    // The clocks may differ a little.
    let early = Missing { written_after: noon().after(seconds(30)), ..base() };
    assert_eq!(stage.find(&early).await.expect("an answer"), message());
    // A text of the family's with the same words is not ours, nor is what a line of ours hears
    // from another, nor another line's text.
    for (from, to) in [(FAMILY, LINE), (LINE, FAMILY)] {
        stage.carrier.text("http://127.0.0.1:9/", from, to, "mine").await;
    }
    assert_eq!(stage.find(&stage.missing("mine")).await.expect("an answer"), Found::Nothing);
    let other = Account { number: phone("+12125550199"), ..stage.account.clone() };
    let found = stage.twilio.find(&other, &base()).await;
    assert_eq!(found.expect("an answer"), Found::Nothing);
}

#[tokio::test]
async fn of_the_same_words_the_oldest_unaccounted_for_is_meant() {
    let stage = Stage::set(Options::default()).await;
    for _ in 0..3 {
        id(&stage.send(&stage.text("same")).await);
        stage.clock.pass(seconds(1));
    }
    let sids: Vec<_> = stage.carrier.accepted().into_iter().map(|text| text.sid).collect();
    let mut known = Vec::new();
    for sid in sids {
        let missing = Missing {
            written_after: noon(),
            accounted_for: known.clone(),
            ..stage.missing("same")
        };
        let found = stage.find(&missing).await.expect("an answer");
        let Found::Message { carrier_message_id, .. } = found else { panic!("{found:?}") };
        assert_eq!(carrier_message_id, sid);
        known.push(sid);
    }
}

#[tokio::test]
async fn a_text_that_failed_is_found_with_its_reason() {
    let stage = Stage::set(Options::default()).await;
    stage.carrier.script([Fault::Undelivered(30005)]);
    id(&stage.send(&stage.text("x")).await);
    eventually("undelivered", || stage.carrier.accepted()[0].status == "undelivered").await;
    let found = stage.find(&stage.missing("x")).await.expect("an answer");
    let Found::Message { state: OutboxState::Failed, error: Some(error), .. } = found else {
        panic!("{found:?}")
    };
    assert_eq!((error.code.as_str(), error.class), ("30005", ErrorClass::BadNumber));
}

#[tokio::test]
async fn a_text_is_found_behind_many_pages_and_while_it_still_waits() {
    let stage = Stage::set(Options {
        page_size: 3,
        step: Duration::from_secs(60),
        service: Some(("MG1".into(), LINE.into())),
        ..Options::default()
    })
    .await;
    stage.carrier.script([Fault::DroppedAfter]);
    assert_eq!(stage.send(&stage.text("the “first”")).await, Sent::Unknown);
    for n in 0..10 {
        stage.clock.pass(seconds(1));
        id(&stage.send(&stage.text(&format!("text {n}"))).await);
    }
    // It has neither a sender nor a date on which it was sent.
    let taken = &stage.carrier.accepted()[0];
    assert_eq!((taken.from.as_str(), taken.status.as_str()), ("", "accepted"));
    let missing = Missing { written_after: noon(), ..stage.missing("the “first”") };
    let found = stage.find(&missing).await.expect("an answer");
    let Found::Message { carrier_message_id, state: OutboxState::Accepted, .. } = found else {
        panic!("{found:?}")
    };
    assert_eq!(carrier_message_id, taken.sid);
    // Another service's texts are not this line's.
    let other = Account { messaging_service: Some("MG2".into()), ..stage.account.clone() };
    assert_eq!(stage.twilio.find(&other, &missing).await.expect("an answer"), Found::Nothing);
}

#[tokio::test]
async fn a_list_that_lags_shows_the_text_later() {
    let stage = Stage::set(Options { listing_lag: seconds(20), ..Options::default() }).await;
    stage.carrier.script([Fault::DroppedAfter]);
    assert_eq!(stage.send(&stage.text("x")).await, Sent::Unknown);
    let missing = stage.missing("x");
    assert_eq!(stage.find(&missing).await.expect("an answer"), Found::Nothing);
    stage.clock.pass(seconds(21));
    assert_ne!(stage.find(&missing).await.expect("an answer"), Found::Nothing);
}

#[tokio::test]
async fn a_question_that_finds_no_answer_is_no_answer() {
    let stage = Stage::set(Options::default()).await;
    for fault in [Fault::Busy(1), Fault::Broken, Fault::Silent, Fault::Dropped] {
        stage.carrier.script_lists([fault]);
        let asked = stage.find(&stage.missing("x")).await;
        assert!(matches!(asked, Err(AskError::Unreachable)), "{fault:?}: {asked:?}");
        stage.carrier.script_lists([fault]);
        let asked = stage.twilio.inbound_since(&stage.account, noon()).await;
        assert!(matches!(asked, Err(AskError::Unreachable)), "{fault:?}: {asked:?}");
    }
    let wrong = Account { auth_token: "another".into(), ..stage.account.clone() };
    let asked = stage.twilio.inbound_since(&wrong, noon()).await;
    assert!(matches!(asked, Err(AskError::Refused(code)) if code == "20003"));
}

#[tokio::test]
async fn texts_that_never_reached_us_are_listed_oldest_first() {
    let stage = Stage::set(Options { page_size: 2, ..Options::default() }).await;
    stage.carrier.set_chances(Chances { texts_lost: 1.0, ..Chances::default() });
    id(&stage.send(&stage.text("ours")).await);
    for n in 0..7 {
        // The first three within one second.
        stage.clock.pass(if n < 3 { seconds(0) } else { seconds(60) });
        let told =
            stage.carrier.text("http://127.0.0.1:9/", FAMILY, LINE, &format!("text {n}")).await;
        assert!(told.statuses.is_empty());
    }
    // A clock of the carrier's that goes back does not turn the order round.
    stage.clock.pass(seconds(-30));
    stage.carrier.text("http://127.0.0.1:9/", FAMILY, LINE, "before text 6").await;
    stage.clock.pass(seconds(60));
    stage.carrier.text("http://127.0.0.1:9/", FAMILY, "+12125550199", "another line's").await;
    stage
        .carrier
        .text("http://127.0.0.1:9/", "whatsapp:+17185550123", LINE, "another channel's")
        .await;
    let words = |listed: Vec<(Timestamp, carriers::InboundText)>| {
        assert!(listed.is_sorted_by_key(|(at, _)| *at));
        listed.into_iter().map(|(_, text)| text.text.reveal().to_owned()).collect::<Vec<_>>()
    };
    let all = stage.twilio.inbound_since(&stage.account, noon()).await.expect("a list");
    assert_eq!((all[0].0, all[3].0), (noon(), noon().after(seconds(60))));
    assert_eq!(all[0].1.from, phone(FAMILY));
    let mut expected: Vec<_> = (0..7).map(|n| format!("text {n}")).collect();
    expected.insert(6, "before text 6".into());
    assert_eq!(words(all), expected);
    // Texts a minute older may come again: the clocks may differ, and nothing is lost by it.
    let since = noon().after(seconds(3 * 60));
    let late = stage.twilio.inbound_since(&stage.account, since).await.expect("a list");
    assert_eq!(words(late), ["text 4", "text 5", "before text 6", "text 6"]);
}

/// What the service heard, verified and read.
#[derive(Clone)]
struct Service {
    heard: Arc<Mutex<Vec<Event>>>,
    answers: Arc<Mutex<Vec<u16>>>,
    account: Account,
    base: String,
}

impl Service {
    async fn open(account: &Account) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let (heard, answers) = (Arc::default(), Arc::default());
        let service = Self { heard, answers, account: account.clone(), base };
        let router = Router::new().route("/{hook}", post(Self::hear)).with_state(service.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        service
    }

    async fn hear(
        State(service): State<Self>,
        uri: Uri,
        headers: HeaderMap,
        body: Bytes,
    ) -> StatusCode {
        let scripted = {
            let mut answers = service.answers.lock().expect("the answers");
            (!answers.is_empty()).then(|| answers.remove(0))
        };
        if let Some(status) = scripted {
            return StatusCode::from_u16(status).expect("a status");
        }
        let url = format!("{}{uri}", service.base);
        let header = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
        let request = RawRequest { url: &url, header: &header, body: &body };
        let twilio = twilio();
        let hook = match uri.path() {
            "/message" => Hook::Message,
            "/status" => Hook::Status,
            _ => Hook::Voice,
        };
        assert_eq!(twilio.addressed_to(hook, request), Ok(Some(phone(LINE))));
        if twilio.verify(&service.account, request).is_err() {
            return StatusCode::FORBIDDEN;
        }
        let events = twilio.parse(hook, request).expect("an event");
        service.heard.lock().expect("what was heard").extend(events);
        StatusCode::NO_CONTENT
    }

    fn url(&self, hook: &str) -> String {
        format!("{}/{hook}", self.base)
    }

    fn heard(&self) -> Vec<Event> {
        self.heard.lock().expect("what was heard").clone()
    }

    fn reports(&self) -> Vec<(Option<OutboxId>, OutboxState)> {
        let report = |event| match event {
            Event::Report(report) => Some((report.outbox_id, report.state)),
            _ => None,
        };
        self.heard().into_iter().filter_map(report).collect()
    }
}

#[tokio::test]
async fn reports_come_signed_with_our_id() {
    let stage = Stage::set(Options::default()).await;
    let service = Service::open(&stage.account).await;
    let text = OutboundText { status_url: Some(service.url("status")), ..stage.text("x") };
    let sid = id(&stage.send(&text).await);
    eventually("two reports", || service.heard().len() == 2).await;
    let states = [OutboxState::Accepted, OutboxState::Delivered];
    assert_eq!(service.reports(), states.map(|state| (Some(text.id), state)));
    let all = service.heard();
    assert!(
        all.iter().all(|event| matches!(event, Event::Report(r) if r.carrier_message_id == sid))
    );

    stage.carrier.script([Fault::Undelivered(21610)]);
    id(&stage.send(&text).await);
    eventually("two more", || service.heard().len() == 4).await;
    let Some(Event::Report(last)) = service.heard().pop() else { panic!("no report") };
    assert_eq!(last.state, OutboxState::Failed);
    assert_eq!(last.error.map(|error| error.class), Some(ErrorClass::OptedOut));
}

#[tokio::test]
async fn reports_come_twice_and_out_of_order() {
    let stage = Stage::set(Options::default()).await;
    let service = Service::open(&stage.account).await;
    stage.carrier.set_chances(Chances {
        reports_doubled: 1.0,
        reports_reordered: 1.0,
        ..Chances::default()
    });
    let text = OutboundText { status_url: Some(service.url("status")), ..stage.text("x") };
    id(&stage.send(&text).await);
    eventually("four reports", || service.heard().len() == 4).await;
    let states: Vec<_> = service.reports().into_iter().map(|(_, state)| state).collect();
    let (first, last) = (OutboxState::Delivered, OutboxState::Accepted);
    assert_eq!(states, [first, first, last, last]);
}

#[tokio::test]
async fn texts_come_signed_and_come_again_where_the_address_asks_for_it() {
    let stage = Stage::set(Options { answers_stop: true, ..Options::default() }).await;
    let service = Service::open(&stage.account).await;
    let url = service.url("message");
    let told = stage.carrier.text(&url, FAMILY, LINE, "5 days old & won’t latch +1\n").await;
    assert_eq!(told.statuses, [204]);
    let Some(Event::Inbound(text)) = service.heard().pop() else { panic!("no text") };
    assert_eq!(text.carrier_message_id, told.sid);
    assert_eq!(text.text.reveal(), "5 days old & won’t latch +1\n");
    assert_eq!(stage.carrier.redeliver(&url, &told.sid).await.statuses, [204]);
    assert_eq!(service.heard()[0], service.heard()[1]);

    // A 503 is the end of it, unless the fragment says otherwise.
    service.answers.lock().expect("the answers").extend([503]);
    assert_eq!(stage.carrier.text(&url, FAMILY, LINE, "lost").await.statuses, [503]);
    service.answers.lock().expect("the answers").extend([503, 500]);
    let again = stage.carrier.text(&format!("{url}#rc=5&rp=all"), FAMILY, LINE, "late").await;
    assert_eq!(again.statuses, [503, 500, 204]);

    let told = stage.carrier.text(&url, FAMILY, LINE, " Stop").await;
    assert_eq!(told.statuses, [204]);
    let Some(Event::Inbound(text)) = service.heard().pop() else { panic!("no text") };
    assert_eq!(text.carrier_answered, Some(CarrierAnswered::Stop));
    assert_eq!(class(&stage.send(&stage.text("x")).await), Some(ErrorClass::OptedOut));

    assert_eq!(stage.carrier.call(&service.url("voice"), FAMILY, LINE).await.statuses, [204]);
    assert!(matches!(service.heard().pop(), Some(Event::Call(_))));

    let forged = Account { auth_token: "another".into(), ..stage.account.clone() };
    let stranger = Service::open(&forged).await;
    let told = stage.carrier.text(&stranger.url("message"), FAMILY, LINE, "hello").await;
    assert_eq!(told.statuses, [403]);
    assert_eq!(stranger.heard(), []);
}

#[tokio::test]
async fn a_bad_day_by_chance_adds_up() {
    let stage = Stage::set(Options::default()).await;
    stage.carrier.set_chances(Chances {
        busy: 0.1,
        broken: 0.1,
        broken_after: 0.1,
        dropped: 0.1,
        dropped_after: 0.1,
        ..Chances::default()
    });
    let mut ids = Vec::new();
    let mut unknown = Vec::new();
    for n in 0..200 {
        let words = format!("text {n}");
        match stage.send(&stage.text(&words)).await {
            Sent::Accepted { carrier_message_id, .. } => ids.push(carrier_message_id),
            Sent::Unknown => unknown.push(words),
            Sent::Refused(refusal) => assert_eq!(refusal.class, ErrorClass::RetryLater),
            Sent::NotWritten => panic!("it was written"),
        }
    }
    let mut nowhere = 0;
    for words in &unknown {
        let missing = Missing { written_after: noon(), ..stage.missing(words) };
        match stage.find(&missing).await.expect("an answer") {
            Found::Message { carrier_message_id, .. } => ids.push(carrier_message_id),
            Found::Nothing => nowhere += 1,
        }
    }
    assert!(!unknown.is_empty() && nowhere > 0 && nowhere < unknown.len());
    // Every text the carrier took is known to us by its id, and once.
    let mut taken: Vec<_> = stage.carrier.accepted().into_iter().map(|text| text.sid).collect();
    taken.sort_unstable();
    ids.sort_unstable();
    assert_eq!(ids, taken);
    assert_eq!(stage.carrier.attempts(), 200);
}

#[tokio::test]
async fn another_process_can_read_the_log_and_make_trouble() {
    let stage = Stage::set(Options::default()).await;
    let http = carriers::twilio::http_client(&HttpOptions::default()).expect("a client");
    let url = |what: &str| format!("{}/misbehaving/{what}", stage.carrier.base());
    let busy = serde_json::json!([{"busy": 1}]);
    let status = |response: reqwest::Response| response.status().as_u16();
    let told = http.post(url("script")).json(&busy).send().await.expect("an answer");
    assert_eq!(status(told), 204);
    assert_eq!(class(&stage.send(&stage.text("x")).await), Some(ErrorClass::RetryLater));
    let sid = id(&stage.send(&stage.text("y")).await);
    let bad = serde_json::json!({"number": FAMILY, "fault": {"refused": 21614}});
    let told = http.post(url("numbers")).json(&bad).send().await.expect("an answer");
    assert_eq!(status(told), 204);
    assert_eq!(class(&stage.send(&stage.text("z")).await), Some(ErrorClass::BadNumber));
    let told = http.put(url("chances")).json(&serde_json::json!({"texts_lost": 1.0})).send().await;
    assert_eq!(status(told.expect("an answer")), 204);
    let text =
        serde_json::json!({"url": "http://127.0.0.1:9/", "from": FAMILY, "to": LINE, "body": "hi"});
    let told = http.post(url("texts")).json(&text).send().await.expect("an answer");
    assert_eq!(status(told), 200);
    let read = async |what| {
        let answer = http.get(url(what)).send().await.expect("an answer");
        answer.json::<serde_json::Value>().await.expect("JSON")
    };
    let taken = read("accepted").await;
    assert_eq!(taken.as_array().map(Vec::len), Some(1));
    assert_eq!((&taken[0]["sid"], &taken[0]["body"]), (&sid.into(), &"y".into()));
    let came = read("received").await;
    assert_eq!((&came[0]["body"], &came[0]["from"]), (&"hi".into(), &FAMILY.into()));
}
