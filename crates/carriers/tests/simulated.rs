//! The simulated network: a good day, and each fault on its own.

use std::{sync::Arc, time::Duration};

use carriers::{
    Account, Carrier as _, Event, Found, Hook, HookError, Missing, OutboundText, RawRequest, Sent,
    simulated::{Faults, Simulated, Way, Webhook},
};
use model::{Chance, Clock, ErrorClass, MessageText, OutboxId, OutboxState, Phone, Timestamp};

struct Noon;

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        noon()
    }
}

fn noon() -> Timestamp {
    "2026-03-01T12:00:00Z".parse().expect("an instant")
}

fn network(faults: Faults) -> Simulated {
    Simulated::new(Arc::new(Noon), Chance::seeded(7), faults)
}

fn phone(number: &str) -> Phone {
    Phone::from_carrier(number).expect("a number")
}

fn account() -> Account {
    Account {
        number: phone("+12125550100"),
        account_sid: "demo".into(),
        auth_token: "a token".into(),
        shared_key: None,
        messaging_service: None,
        api_base: None,
    }
}

fn ana() -> Phone {
    phone("+17185550111")
}

fn offer(text: &str) -> OutboundText {
    OutboundText {
        id: OutboxId::generate(noon(), &Chance::seeded(1)),
        to: ana(),
        text: MessageText::new(text),
        status_url: Some("https://refer.example.org/hooks/simulated/status".into()),
        valid_seconds: 600,
    }
}

fn missing(text: &str) -> Missing {
    Missing {
        id: OutboxId::generate(noon(), &Chance::seeded(1)),
        to: ana(),
        text: MessageText::new(text),
        written_after: noon(),
        accounted_for: vec![],
    }
}

/// Puts a webhook to the carrier as the intake would: verified, then read.
fn told(network: &Simulated, webhook: &Webhook) -> Event {
    let header = |name: &str| webhook.header(name);
    let url = webhook.url.as_deref().unwrap_or("https://refer.example.org/hooks/simulated/message");
    let request = RawRequest { url, header: &header, body: &webhook.body };
    assert_eq!(network.addressed_to(webhook.hook, request), Ok(Some(account().number)));
    assert_eq!(network.verify(&account(), request), Ok(()));
    network.parse(webhook.hook, request).expect("an event").remove(0)
}

fn all_told(network: &Simulated) -> Vec<Event> {
    std::iter::from_fn(|| network.take_webhook()).map(|webhook| told(network, &webhook)).collect()
}

fn states(events: &[Event]) -> Vec<OutboxState> {
    let state = |event: &Event| match event {
        Event::Report(report) => report.state,
        other => panic!("{other:?}"),
    };
    events.iter().map(state).collect()
}

fn words(events: &[Event]) -> Vec<&str> {
    fn words(event: &Event) -> &str {
        let Event::Inbound(text) = event else { panic!("{event:?}") };
        text.text.reveal()
    }
    events.iter().map(words).collect()
}

#[tokio::test]
async fn on_a_good_day_a_text_arrives_and_is_reported_on() {
    let network = network(Faults::default());
    let mut changes = network.changes();
    let sent = network.send(&account(), &offer("K7Q: 11215")).await;
    let Sent::Accepted { carrier_message_id: id, segments: Some(1) } = sent else {
        panic!("{sent:?}")
    };
    assert!(changes.has_changed().expect("the network lives"));
    changes.mark_unchanged();
    let thread = network.thread(&ana());
    assert_eq!(thread.len(), 1);
    assert_eq!(thread[0].id, id);
    assert_eq!(thread[0].way, Way::ToPhone(OutboxState::Delivered));
    assert_eq!(thread[0].text.reveal(), "K7Q: 11215");
    let events = all_told(&network);
    assert_eq!(states(&events), [OutboxState::Accepted, OutboxState::Delivered]);
    let Event::Report(report) = &events[1] else { panic!("{events:?}") };
    assert_eq!(report.outbox_id, Some(offer("").id));
    assert_eq!(report.carrier_message_id, id);
    assert_eq!(report.error, None);
}

#[tokio::test]
async fn a_phone_texts_and_calls_the_line() {
    let network = network(Faults::default());
    let id = network.text(&account(), &ana(), "K7Q, after 5 & only video");
    let Event::Inbound(text) = told(&network, &network.next_webhook().await) else {
        panic!("no text")
    };
    assert_eq!(text.carrier_message_id, id);
    assert_eq!(text.from, ana());
    assert_eq!(text.text.reveal(), "K7Q, after 5 & only video");
    assert_eq!(network.thread(&ana())[0].way, Way::FromPhone);
    let listed = network.inbound_since(&account(), noon()).await.expect("a list");
    assert_eq!(listed, [(noon(), text)]);
    let later = network.inbound_since(&account(), noon().after(model::seconds(1))).await;
    assert_eq!(later.expect("a list"), []);

    let id = network.call(&account(), &ana());
    let Event::Call(call) = told(&network, &network.next_webhook().await) else {
        panic!("no call")
    };
    assert_eq!((call.carrier_call_id, call.from), (id, Some(ana())));
}

#[test]
fn only_its_own_webhooks_hold() {
    let network = network(Faults::default());
    network.text(&account(), &ana(), "hello");
    let mut webhook = network.take_webhook().expect("a webhook");
    let verify = |account: &Account, webhook: &Webhook| {
        let header = |name: &str| webhook.header(name);
        network.verify(account, RawRequest { url: "", header: &header, body: &webhook.body })
    };
    assert_eq!(verify(&account(), &webhook), Ok(()));
    let other = Account { auth_token: "another".into(), ..account() };
    assert_eq!(verify(&other, &webhook), Err(HookError::Unsigned));
    webhook.body.extend_from_slice(b"&text=more");
    assert_eq!(verify(&account(), &webhook), Err(HookError::Unsigned));
    webhook.headers.clear();
    assert_eq!(verify(&account(), &webhook), Err(HookError::Unsigned));

    let open = Account { auth_token: String::new(), ..account() };
    network.text(&open, &ana(), "hello");
    let webhook = network.take_webhook().expect("a webhook");
    assert_eq!(verify(&open, &webhook), Err(HookError::Unsigned));
}

#[test]
fn what_lacks_its_parts_is_refused() {
    let network = network(Faults::default());
    let header = |_: &str| None;
    for (hook, body, expected) in [
        (Hook::Message, "", HookError::Incomplete("id")),
        (Hook::Message, "id=1", HookError::Incomplete("phone")),
        (Hook::Message, "id=1&phone=x&text=", HookError::Malformed),
        (Hook::Message, "id=1&phone=%2B17185550111", HookError::Incomplete("text")),
        (Hook::Status, "id=1", HookError::Incomplete("state")),
        (Hook::Status, "id=1&state=gone", HookError::Malformed),
        (Hook::Voice, "id=1", HookError::Incomplete("phone")),
    ] {
        let request = RawRequest { url: "", header: &header, body: body.as_bytes() };
        assert_eq!(network.parse(hook, request), Err(expected), "{body}");
    }
}

#[tokio::test]
async fn a_text_that_is_lost_is_reported_or_found_by_asking() {
    let network = network(Faults { loss: 1.0, ..Faults::default() });
    assert_eq!(network.send(&account(), &offer("lost")).await.word(), "accepted");
    assert_eq!(network.thread(&ana())[0].way, Way::ToPhone(OutboxState::Failed));
    let events = all_told(&network);
    assert_eq!(states(&events), [OutboxState::Accepted, OutboxState::Failed]);
    let Event::Report(report) = &events[1] else { panic!("{events:?}") };
    assert_eq!(report.error.as_ref().map(|error| error.class), Some(ErrorClass::RetryLater));

    let id = network.text(&account(), &ana(), "hello?");
    assert_eq!(network.take_webhook(), None);
    let listed = network.inbound_since(&account(), noon()).await.expect("a list");
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].1.carrier_message_id, id);
}

#[tokio::test]
async fn refusals_say_what_to_do() {
    let to = |set: &[Phone]| set.iter().cloned().collect();
    for (faults, class) in [
        (Faults { busy: 1.0, ..Faults::default() }, ErrorClass::RetryLater),
        (Faults { opted_out: to(&[ana()]), ..Faults::default() }, ErrorClass::OptedOut),
        (Faults { bad_numbers: to(&[ana()]), ..Faults::default() }, ErrorClass::BadNumber),
    ] {
        let network = network(faults);
        let sent = network.send(&account(), &offer("x")).await;
        let Sent::Refused(refusal) = sent else { panic!("{sent:?}") };
        assert_eq!(refusal.class, class);
        assert_eq!(refusal.retry_after.is_some(), class == ErrorClass::RetryLater);
        assert_eq!(network.texts(), []);
        assert_eq!(network.take_webhook(), None);
    }
}

#[tokio::test]
async fn a_time_out_leaves_a_text_that_can_be_asked_about() {
    let before = network(Faults { timeout_before: 1.0, ..Faults::default() });
    assert_eq!(before.send(&account(), &offer("x")).await, Sent::Unknown);
    assert_eq!(before.find(&account(), &missing("x")).await.expect("an answer"), Found::Nothing);

    let after = network(Faults { timeout_after: 1.0, ..Faults::default() });
    assert_eq!(after.send(&account(), &offer("x")).await, Sent::Unknown);
    let found = after.find(&account(), &missing("x")).await.expect("an answer");
    let Found::Message { carrier_message_id, state: OutboxState::Delivered, error: None } = found
    else {
        panic!("{found:?}")
    };
    for other in [
        missing("y"),
        Missing { to: phone("+17185550112"), ..missing("x") },
        Missing { written_after: noon().after(model::seconds(1)), ..missing("x") },
        Missing { accounted_for: vec![carrier_message_id], ..missing("x") },
    ] {
        assert_eq!(after.find(&account(), &other).await.expect("an answer"), Found::Nothing);
    }
}

#[test]
fn webhooks_come_twice_and_out_of_order_but_none_is_lost() {
    let network = network(Faults { duplicates: 0.5, reordering: 0.5, ..Faults::default() });
    let sent: Vec<String> = (0..50).map(|n| format!("text {n}")).collect();
    for words in &sent {
        network.text(&account(), &ana(), words.clone());
    }
    let events = all_told(&network);
    let heard = words(&events);
    assert!(heard.len() > 55 && heard.len() < 95, "{}", heard.len());
    let mut first: Vec<_> = heard.clone();
    first.sort_unstable();
    first.dedup();
    assert_eq!(first.len(), 50);
    assert!(heard.windows(2).any(|pair| {
        let number =
            |text: &str| text.trim_start_matches("text ").parse::<u32>().expect("a number");
        number(pair[0]) > number(pair[1])
    }));
    // None more than twice.
    assert!(first.iter().all(|text| heard.iter().filter(|other| *other == text).count() <= 2));
}

#[tokio::test]
async fn latency_holds_up_the_text_and_its_reports() {
    let network = network(Faults { latency: Duration::from_millis(20), ..Faults::default() });
    network.send(&account(), &offer("x")).await;
    assert_eq!(network.thread(&ana())[0].way, Way::ToPhone(OutboxState::Accepted));
    assert_eq!(network.take_webhook(), None);
    let first = tokio::time::timeout(Duration::from_secs(5), network.next_webhook()).await;
    told(&network, &first.expect("a report in time"));
    assert_eq!(network.thread(&ana())[0].way, Way::ToPhone(OutboxState::Delivered));
}

#[test]
fn the_same_seed_plays_the_same_day() {
    let play = || {
        let network =
            network(Faults { duplicates: 0.3, reordering: 0.3, loss: 0.2, ..Faults::default() });
        for n in 0..30 {
            network.text(&account(), &ana(), format!("text {n}"));
        }
        std::iter::from_fn(|| network.take_webhook()).map(|w| w.body).collect::<Vec<_>>()
    };
    assert_eq!(play(), play());
}
