//! Twilio's webhooks, byte for byte: signatures against vectors made with its own library, and
//! what each body tells.

use carriers::{
    Account, Call, CarrierAnswered, Event, Hook, HookError, InboundText, RawRequest, Report,
    twilio::{HttpOptions, Signing, Twilio},
};
use carriers::{Carrier as _, Refusal};
use model::{Chance, ErrorClass, MessageText, OutboxId, OutboxState, Phone};
use proptest::prelude::*;
use serde_json::Value;

const TOKEN: &str = "2f6e1b0a9c8d7e6f5a4b3c2d1e0f9a8b";
const URL: &str = "https://refer.example.org/hooks/twilio/message";

fn twilio() -> Twilio {
    Twilio::new(&HttpOptions::default()).expect("a client")
}

fn account() -> Account {
    Account {
        number: phone("+12125550100"),
        account_sid: "AC0123456789abcdef0123456789abcdef".into(),
        auth_token: TOKEN.into(),
        shared_key: None,
        messaging_service: None,
        api_base: None,
    }
}

fn phone(number: &str) -> Phone {
    Phone::from_carrier(number).expect("a number")
}

fn vectors() -> Value {
    serde_json::from_str(include_str!("data/twilio.json")).expect("the vectors")
}

fn text<'a>(vector: &'a Value, key: &str) -> &'a str {
    vector[key].as_str().unwrap_or_default()
}

/// The body that Twilio would send for a vector's parameters.
fn body(vector: &Value) -> Vec<u8> {
    if vector["kind"] == "json" {
        return text(vector, "raw_body_utf8").as_bytes().to_vec();
    }
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in vector["params"].as_object().expect("parameters") {
        match value {
            Value::Array(values) => {
                for value in values {
                    form.append_pair(name, value.as_str().expect("text"));
                }
            }
            value => {
                form.append_pair(name, value.as_str().expect("text"));
            }
        }
    }
    form.finish().into_bytes()
}

fn verify(account: &Account, url: &str, kind: &str, signature: Option<&str>, body: &[u8]) -> bool {
    let header = |name: &str| match name {
        "x-twilio-signature" => signature.map(str::to_owned),
        "content-type" => Some(kind.to_owned()),
        _ => None,
    };
    twilio().verify(account, RawRequest { url, header: &header, body }).is_ok()
}

const FORM: &str = "application/x-www-form-urlencoded; charset=UTF-8";

fn account_of(vector: &Value) -> Account {
    let mut account = account();
    match (vector["key"].as_str(), vector["algorithm"].as_str()) {
        (Some(key), Some("HMAC_SHA256")) => account.shared_key = Some(key.into()),
        (Some(key), _) => account.auth_token = key.into(),
        (None, _) => {}
    }
    account
}

#[test]
fn every_signature_of_the_carriers_own_library_holds() {
    let vectors = vectors();
    let vectors = vectors["vectors"].as_array().expect("vectors");
    assert_eq!(vectors.len(), 14);
    for vector in vectors {
        let (name, body) = (text(vector, "name"), body(vector));
        let kind = if vector["kind"] == "json" { "application/json" } else { FORM };
        let signature = text(vector, "expected_signature");
        let account = account_of(vector);
        for url in [text(vector, "url"), text(vector, "configured_url")] {
            if url.is_empty() {
                continue;
            }
            assert!(verify(&account, url, kind, Some(signature), &body), "{name} {url}");
            assert!(!verify(&account, url, kind, None, &body), "{name}: no signature");
            assert!(!verify(&account, url, kind, Some(""), &body), "{name}: an empty one");
            let wrong = signature.replacen(&signature[..1], "_", 1);
            assert!(!verify(&account, url, kind, Some(&wrong), &body), "{name}: a wrong one");
            let mut other = account.clone();
            other.auth_token.push('0');
            other.shared_key = other.shared_key.map(|key| key + "0");
            assert!(!verify(&other, url, kind, Some(signature), &body), "{name}: another key");
            let mut longer = body.clone();
            longer.extend_from_slice(b"&x=1");
            assert!(!verify(&account, url, kind, Some(signature), &longer), "{name}: tampered");
        }
    }
}

#[test]
fn we_sign_as_the_carriers_own_library_does() {
    for vector in vectors()["vectors"].as_array().expect("vectors") {
        let (account, body) = (account_of(vector), body(vector));
        let body = if vector["kind"] == "json" { Vec::new() } else { body };
        let signature = Signing::of(&account).sign(text(vector, "url"), &body);
        assert_eq!(signature, text(vector, "expected_signature"), "{}", text(vector, "name"));
    }
}

#[test]
fn what_the_carriers_own_library_refuses_is_refused() {
    let vectors = vectors();
    let vectors = vectors["negative_vectors"].as_array().expect("vectors");
    assert_eq!(vectors.len(), 6);
    for vector in vectors {
        let signature = Some(text(vector, "signature"));
        let holds = verify(&account(), text(vector, "url"), FORM, signature, &body(vector));
        assert!(!holds, "{}", text(vector, "name"));
    }
}

#[test]
fn a_port_may_be_signed_or_left_out() {
    let body = b"MessageSid=SM1&Body=";
    for configured in ["https://a.example/h?x=1", "https://a.example:443/h?x=1"] {
        for signed in ["https://a.example/h?x=1", "https://a.example:443/h?x=1"] {
            let signature = Signing::AuthToken(TOKEN).sign(signed, body);
            assert!(verify(&account(), configured, FORM, Some(&signature), body));
        }
        let signature = Signing::AuthToken(TOKEN).sign("https://a.example:8443/h?x=1", body);
        assert!(!verify(&account(), configured, FORM, Some(&signature), body));
    }
}

#[test]
fn no_header_talks_us_down_to_the_weaker_key() {
    let body = b"MessageSid=SM1";
    let mut pinned = account();
    pinned.shared_key = Some("sk_pinned".into());
    let token = Signing::AuthToken(TOKEN).sign(URL, body);
    let key = Signing::SharedKey("sk_pinned").sign(URL, body);
    assert!(verify(&pinned, URL, FORM, Some(&key), body));
    assert!(!verify(&pinned, URL, FORM, Some(&token), body));
    assert!(!verify(&account(), URL, FORM, Some(&key), body));
}

#[test]
fn a_json_body_is_held_to_the_hash_in_its_address() {
    let vectors = vectors();
    let vector = vectors["vectors"]
        .as_array()
        .and_then(|all| all.iter().find(|v| v["kind"] == "json"))
        .expect("the JSON vector");
    let (url, signature) = (text(vector, "url"), Some(text(vector, "expected_signature")));
    assert!(verify(&account(), url, "application/json", signature, &body(vector)));
    assert!(!verify(&account(), url, "application/json", signature, b"{}"));
    // Called a form, the same body is signed as one.
    assert!(!verify(&account(), url, FORM, signature, &body(vector)));
}

#[test]
fn an_account_without_a_secret_takes_nothing() {
    let mut open = account();
    open.auth_token = String::new();
    let signature = Signing::AuthToken("").sign(URL, b"MessageSid=SM1");
    assert!(!verify(&open, URL, FORM, Some(&signature), b"MessageSid=SM1"));
}

fn parse_at(hook: Hook, url: &str, body: &str) -> Result<Vec<Event>, HookError> {
    let header = |_: &str| None;
    twilio().parse(hook, RawRequest { url, header: &header, body: body.as_bytes() })
}

fn parse(hook: Hook, body: &str) -> Result<Vec<Event>, HookError> {
    parse_at(hook, URL, body)
}

fn inbound(text: &str) -> InboundText {
    InboundText {
        carrier_message_id: "SM1".into(),
        from: phone("+17185550123"),
        text: MessageText::new(text),
        media: 0,
        carrier_answered: None,
    }
}

#[test]
fn a_text_is_read_as_it_was_sent() {
    let rest = "MessageSid=SM1&From=%2B17185550123&To=%2B12125550100";
    for (more, expected) in [
        ("&Body=Hi%2C+5+days+old%0A&NumMedia=0", inbound("Hi, 5 days old\n")),
        ("&Body=%F0%9F%91%B6", inbound("👶")),
        ("&Body=", inbound("")),
        ("", inbound("")),
        // Odd bytes do not lose the text around them.
        ("&Body=11201%FF", inbound("11201\u{FFFD}")),
        ("&Body=&NumMedia=3", InboundText { media: 3, ..inbound("") }),
        ("&Body=x&NumMedia=many", inbound("x")),
        (
            "&Body=Stop&OptOutType=STOP",
            InboundText { carrier_answered: Some(CarrierAnswered::Stop), ..inbound("Stop") },
        ),
        (
            "&Body=hey&OptOutType=Start",
            InboundText { carrier_answered: Some(CarrierAnswered::Start), ..inbound("hey") },
        ),
        (
            "&Body=help&OptOutType=HELP",
            InboundText { carrier_answered: Some(CarrierAnswered::Help), ..inbound("help") },
        ),
        ("&Body=x&OptOutType=", inbound("x")),
    ] {
        let events = parse(Hook::Message, &format!("{rest}{more}"));
        assert_eq!(events, Ok(vec![Event::Inbound(expected)]), "{more}");
    }
    let long = "a".repeat(1600);
    let events = parse(Hook::Message, &format!("{rest}&Body={long}"));
    assert_eq!(events, Ok(vec![Event::Inbound(inbound(&long))]));
}

#[test]
fn a_text_that_lacks_what_it_needs_is_refused() {
    for (body, expected) in [
        ("From=%2B17185550123&Body=x", HookError::Incomplete("MessageSid")),
        ("MessageSid=&From=%2B17185550123&Body=x", HookError::Incomplete("MessageSid")),
        ("MessageSid=SM1&Body=x", HookError::Incomplete("From")),
        ("MessageSid=SM1&From=&Body=x", HookError::Incomplete("From")),
        ("MessageSid=SM+1&From=%2B17185550123", HookError::Malformed),
        ("MessageSid=SM1&From=whatsapp%3A%2B17185550123", HookError::Malformed),
        ("MessageSid=SM1&From=rcs%3Aagent", HookError::Malformed),
        ("", HookError::Incomplete("MessageSid")),
        ("{\"MessageSid\":\"SM1\"}", HookError::Incomplete("MessageSid")),
        ("\u{0}\u{1}%%%&&==", HookError::Incomplete("MessageSid")),
    ] {
        assert_eq!(parse(Hook::Message, body), Err(expected), "{body}");
    }
    // A sender who is no number cannot be answered and is no family.
    assert_eq!(parse(Hook::Message, "MessageSid=SM1&From=BANK&Body=x"), Ok(vec![]));
}

#[test]
fn a_report_finds_its_row_by_our_own_id() {
    let id =
        OutboxId::generate("2026-03-01T12:00:00Z".parse().expect("an instant"), &Chance::seeded(1));
    let ours = format!("https://refer.example.org/hooks/twilio/status?m={id}");
    let report = |state, error| {
        vec![Event::Report(Report {
            outbox_id: Some(id),
            carrier_message_id: "SM1".into(),
            state,
            error,
        })]
    };
    let refusal = |code: &str, class| Some(Refusal { code: code.into(), class, retry_after: None });
    for (body, expected) in [
        ("MessageStatus=queued", report(OutboxState::Accepted, None)),
        ("MessageStatus=sent", report(OutboxState::Accepted, None)),
        ("MessageStatus=delivered", report(OutboxState::Delivered, None)),
        ("SmsStatus=delivered", report(OutboxState::Delivered, None)),
        // A code beside anything but a failure is a warning.
        ("MessageStatus=delivered&ErrorCode=30025", report(OutboxState::Delivered, None)),
        (
            "MessageStatus=undelivered&ErrorCode=30003",
            report(OutboxState::Failed, refusal("30003", ErrorClass::RetryLater)),
        ),
        (
            "MessageStatus=failed&ErrorCode=21610",
            report(OutboxState::Failed, refusal("21610", ErrorClass::OptedOut)),
        ),
        ("MessageStatus=failed", report(OutboxState::Failed, refusal("", ErrorClass::Unlisted))),
        // Words for texts that come in, and words to come.
        ("MessageStatus=receiving", vec![]),
        ("MessageStatus=teleported", vec![]),
    ] {
        let events = parse_at(Hook::Status, &ours, &format!("MessageSid=SM1&{body}"));
        assert_eq!(events, Ok(expected), "{body}");
    }
    let stray = parse_at(Hook::Status, &format!("{URL}?m=42"), "MessageSid=SM1&MessageStatus=sent");
    let Ok([Event::Report(Report { outbox_id: None, .. })]) = stray.as_deref() else {
        panic!("{stray:?}")
    };
    for (body, missing) in
        [("MessageStatus=sent", "MessageSid"), ("MessageSid=SM1", "MessageStatus")]
    {
        assert_eq!(parse_at(Hook::Status, &ours, body), Err(HookError::Incomplete(missing)));
    }
}

#[test]
fn a_call_tells_who_calls_unless_the_number_is_withheld() {
    for (body, from) in [
        (
            "CallSid=CA1&From=%2B17185550123&CallStatus=ringing&Direction=inbound",
            Some("+17185550123"),
        ),
        ("CallSid=CA1&From=%2B266696687&CallStatus=ringing", None),
        ("CallSid=CA1&From=anonymous", None),
        ("CallSid=CA1&From=", None),
        ("CallSid=CA1", None),
    ] {
        let call = Call { carrier_call_id: "CA1".into(), from: from.map(phone) };
        assert_eq!(parse(Hook::Voice, body), Ok(vec![Event::Call(call)]), "{body}");
    }
    for body in ["CallSid=CA1&CallStatus=completed", "CallSid=CA1&Direction=outbound-api"] {
        assert_eq!(parse(Hook::Voice, body), Ok(vec![]), "{body}");
    }
    assert_eq!(parse(Hook::Voice, "From=%2B1718"), Err(HookError::Incomplete("CallSid")));
}

#[test]
fn a_request_names_its_line() {
    let header = |_: &str| None;
    for (hook, body, line) in [
        (Hook::Message, "To=%2B12125550100&From=%2B17185550123", Some("+12125550100")),
        (Hook::Voice, "To=%2B12125550100&From=%2B17185550123", Some("+12125550100")),
        (Hook::Status, "From=%2B12125550100&To=%2B17185550123", Some("+12125550100")),
        (Hook::Message, "To=whatsapp%3A%2B12125550100", None),
        (Hook::Message, "From=%2B12125550100", None),
        (Hook::Status, "", None),
    ] {
        let request = RawRequest { url: URL, header: &header, body: body.as_bytes() };
        assert_eq!(twilio().addressed_to(hook, request), Ok(line.map(phone)), "{body}");
    }
}

#[test]
fn a_report_that_names_no_line_names_the_text_it_is_about() {
    let id = "01936f5e-1c00-7000-8000-000000000001";
    let address = format!("{URL}?m={id}");
    let header = |_: &str| None;
    for (hook, url, about) in [
        (Hook::Status, address.as_str(), Some(id)),
        (Hook::Status, URL, None),
        (Hook::Status, "https://a.example/s?m=7", None),
        (Hook::Message, address.as_str(), None),
    ] {
        let request = RawRequest { url, header: &header, body: b"MessageStatus=failed&From=" };
        let told = twilio().about(hook, request).map(|id| id.to_string());
        assert_eq!(told.as_deref(), about, "{hook:?} {url}");
        assert_eq!(twilio().addressed_to(hook, request), Ok(None));
    }
}

#[test]
fn the_answer_is_never_a_text() {
    let (kind, answer) = twilio().receipt();
    assert_eq!(kind, "text/xml");
    assert!(answer.ends_with("<Response/>"), "{answer}");
}

#[test]
fn nothing_personal_is_in_what_is_printed() {
    let printed = format!(
        "{:?} {:?} {:?}",
        account(),
        parse(Hook::Message, "MessageSid=SM1&From=%2B17185550123&Body=secret"),
        parse(Hook::Voice, "CallSid=CA1&From=%2B17185550123"),
    );
    for private in ["secret", "5550123", "5550100", TOKEN] {
        assert!(!printed.contains(private), "{private}");
    }
}

proptest! {
    #[test]
    fn no_body_is_too_odd(body in prop::collection::vec(any::<u8>(), 0..200), url in ".{0,60}", signature in ".{0,40}") {
        let header = |_: &str| Some(signature.clone());
        let request = RawRequest { url: &url, header: &header, body: &body };
        for hook in [Hook::Message, Hook::Status, Hook::Voice] {
            let _ = (twilio().addressed_to(hook, request), twilio().parse(hook, request));
        }
        prop_assert!(twilio().verify(&account(), request).is_err());
    }

    #[test]
    fn what_is_signed_is_verified_whatever_it_holds(
        pairs in prop::collection::vec(("[A-Za-z]{0,6}", any::<String>()), 0..10),
        query in "[a-z0-9=&%+]{0,20}",
    ) {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
        let url = format!("https://a.example/h?{query}");
        let signature = Signing::AuthToken(TOKEN).sign(&url, body.as_bytes());
        prop_assert!(verify(&account(), &url, FORM, Some(&signature), body.as_bytes()));
    }
}
