//! The accountant finds each kind of fault in books that hold it, and none in books that are right.

use model::Timestamp;
use serde_json::json;

use super::audit;
use crate::books::{
    Books, Came, Claim, Event, Inbound, Inquiry, Member, Offer, Outgoing, Referral, Taken,
};

const CODE: &str = "K7Q";
const FAMILY: &str = "+19172000001";

fn at(second: i64) -> Timestamp {
    let start: Timestamp = "2026-11-21T15:00:00Z".parse().expect("an instant");
    start.after(model::seconds(second))
}

fn phone(member: usize) -> String {
    format!("+1718200000{member}")
}

fn out(id: &str, kind: &str, to: &str) -> Outgoing {
    Outgoing {
        id: id.to_owned(),
        kind: kind.to_owned(),
        state: "delivered".to_owned(),
        dedupe: id.to_owned(),
        phone_id: Some(format!("phone of {to}")),
        inquiry_id: Some("inquiry".to_owned()),
        referral_id: Some("referral".to_owned()),
        offer_id: None,
        carrier_message_id: Some(format!("SM {id}")),
        error_class: None,
        settled_how: None,
        attempts: 1,
        written_at: Some(at(1)),
    }
}

fn taken(row: &Outgoing, to: &str, body: &str) -> Taken {
    Taken {
        sid: format!("SM {}", row.id),
        row: Some(row.id.clone()),
        to: to.to_owned(),
        body: body.to_owned(),
        at: at(2),
        undelivered: false,
    }
}

/// One family, four members: three claim and are named, the fourth stands by.
fn good() -> Books {
    let mut books = Books {
        inquiries: vec![Inquiry { id: "inquiry".to_owned() }],
        referrals: vec![Referral {
            id: "referral".to_owned(),
            phone_id: format!("phone of {FAMILY}"),
            inquiry_id: "inquiry".to_owned(),
            code: Some(CODE.to_owned()),
            state: "handed_off".to_owned(),
        }],
        ..Books::default()
    };
    says(&mut books, FAMILY, "family", "in1", "I need help in 11215");
    let ack = out("ack", "reply", FAMILY);
    books.taken.push(taken(&ack, FAMILY, "We are asking 4 consultants."));
    books.outbox.push(ack);
    let mut names = "Here are 3 consultants".to_owned();
    for n in 1..=4 {
        let (member, number) = (format!("abc{n}"), phone(n));
        books.members.push(Member { id: member.clone(), phone_id: format!("phone of {number}") });
        let reminder = Outgoing {
            dedupe: format!("remind:{member}:2026-11-21"),
            ..out(&format!("reminder{n}"), "notice", &number)
        };
        books.taken.push(taken(&reminder, &number, "HIPAA training ends Fri Dec 11 (1 list)."));
        books.outbox.push(reminder);
        let offer = format!("offer{n}");
        let text = Outgoing { offer_id: Some(offer.clone()), ..out(&offer, "offer", &number) };
        books.taken.push(taken(&text, &number, "K7Q: baby. Reply K7Q to claim, NO to pass."));
        books.offers.push(Offer {
            id: offer,
            referral_id: "referral".to_owned(),
            member_id: member.clone(),
            state: "claimed".to_owned(),
            outbox_id: Some(text.id.clone()),
        });
        books.outbox.push(text);
        let said = format!("in{}", n + 1);
        says(&mut books, &number, "member", &said, CODE);
        let firm = n <= 3;
        let reply = Outgoing {
            dedupe: format!("reply:{said}"),
            ..out(&format!("r{n}"), "claim_reply", &number)
        };
        let words = if firm { format!("K7Q: place {n} of 3.") } else { "K7Q: standby.".to_owned() };
        books.taken.push(taken(&reply, &number, &words));
        books.outbox.push(reply);
        let place = firm.then_some(n);
        books.events.push(Event::new(
            i64::try_from(n).expect("small"),
            "claimed",
            "referral",
            json!({"member": member, "kind": if firm { "firm" } else { "standby" }, "place": place}),
        ));
        books.claims.push(Claim {
            referral_id: "referral".to_owned(),
            member_id: member,
            kind: if firm { "firm" } else { "standby" }.to_owned(),
            place: place.map(|place| i64::try_from(place).expect("small")),
            named_at: firm.then(|| at(3)),
        });
        if firm {
            names.push_str(&format!(" 718-200-000{n}"));
        }
    }
    let hand_off = out("names", "hand_off", FAMILY);
    books.taken.push(taken(&hand_off, FAMILY, &names));
    books.outbox.push(hand_off);
    books
}

fn says(books: &mut Books, from: &str, standing: &str, sid: &str, body: &str) {
    books.came.push(Came {
        sid: sid.to_owned(),
        from: from.to_owned(),
        body: body.to_owned(),
        at: at(0),
        answered: Some(at(0)),
    });
    books.inbound.push(Inbound {
        id: sid.to_owned(),
        seq: i64::try_from(books.inbound.len()).expect("small"),
        carrier_message_id: sid.to_owned(),
        standing: standing.to_owned(),
        inquiry_id: (standing == "family").then(|| "inquiry".to_owned()),
        read_at: Some(at(1)),
    });
}

fn row<'a>(books: &'a mut Books, id: &str) -> &'a mut Outgoing {
    books.outbox.iter_mut().find(|row| row.id == id).expect("a row")
}

/// A text still waits: nobody has tried to send it.
fn never_left(books: &mut Books, id: &str) {
    books.taken.retain(|text| text.row.as_deref() != Some(id));
    let row = row(books, id);
    (row.attempts, row.carrier_message_id) = (0, None);
    (row.state, row.error_class) = ("failed".to_owned(), Some("expired".to_owned()));
}

#[test]
fn books_that_are_right_have_no_fault() {
    for account in audit(&good()) {
        assert_eq!(account.faults, Vec::<String>::new(), "{}", account.name);
    }
}

/// Spoils good books in one way, and asserts that this account says so.
fn finds(account: &str, spoil: impl FnOnce(&mut Books)) {
    let mut books = good();
    spoil(&mut books);
    let faulty = audit(&books).into_iter().filter(|account| !account.faults.is_empty());
    let faulty = faulty.map(|account| account.name).collect::<Vec<_>>();
    assert!(faulty.contains(&account), "{account}: only {faulty:?} have faults");
}

#[test]
fn every_kind_of_fault_is_found() {
    finds("nothing is left undone", |books| row(books, "ack").state = "unknown".to_owned());
    finds("nothing is left undone", |books| books.overdue = 1);
    finds("every text that came is kept, once", |books| drop(books.inbound.pop()));
    finds("every text that came is kept, once", |books| {
        books.inbound.push(books.inbound[0].clone());
    });
    finds("every family's text is read, in one inquiry", |books| books.inbound[0].read_at = None);
    finds("every family's text is read, in one inquiry", |books| {
        says(books, FAMILY, "family", "more", "hello?");
        books.inbound.last_mut().expect("it").inquiry_id = Some("another".to_owned());
    });
    finds("every claim and drop is answered", |books| {
        row(books, "r2").dedupe = "reply:nobody".to_owned();
    });
    finds("every inquiry is answered", |books| {
        books.inquiries.push(Inquiry { id: "another".to_owned() });
    });
    finds("no text goes twice", |books| {
        let again = Taken { sid: "SM 9".to_owned(), ..books.taken[0].clone() };
        books.taken.push(again);
    });
    finds("what is believed of a text is so", |books| drop(books.taken.remove(0)));
    finds("what is believed of a text is so", |books| {
        row(books, "ack").state = "failed".to_owned();
    });
    finds("what is believed of a text is so", |books| {
        let foreign = out("foreign", "reply", FAMILY);
        books.taken.push(taken(&foreign, FAMILY, "who wrote this?"));
    });
    finds("no text is given up without a reason", |books| {
        let mut lost = out("lost", "reply", FAMILY);
        (lost.state, lost.error_class) = ("failed".to_owned(), Some("lost".to_owned()));
        books.outbox.push(lost);
    });
    finds("every offer is out once", |books| {
        books.taken.retain(|text| text.row.as_deref() != Some("offer2"));
    });
    finds("every offer is out once", |books| {
        let twice = Outgoing { dedupe: "offer1".to_owned(), ..out("offer1b", "offer", &phone(1)) };
        books.taken.push(taken(&twice, &phone(1), "K7Q: baby. Reply K7Q to claim, NO to pass."));
        books.outbox.push(twice);
    });
    finds("every offer is out once", |books| books.offers[3].state = "unsent".to_owned());
    finds("every offer is out once", |books| {
        books.offers[3].state = "passed".to_owned();
        never_left(books, "offer4");
    });
    finds("every offer is out once", |books| {
        let asked = json!({"member": "abc4", "kind": "provisional", "place": null});
        books.events.push(Event::new(8, "claimed", "referral", asked));
        never_left(books, "offer4");
    });
    finds("never more than three places", |books| {
        let fourth = json!({"member": "abc4", "place": 3});
        books.events.push(Event::new(9, "claimed", "referral", fourth));
    });
    finds("never more than three places", |books| books.claims[3].place = Some(3));
    finds("three are told that they have a place, and they have it", |books| {
        let text = books.taken.iter_mut().find(|text| text.row.as_deref() == Some("r4"));
        text.expect("the reply").body = "K7Q: place 3 of 3.".to_owned();
    });
    finds("each family's names are given once", |books| {
        let again = out("again", "hand_off", FAMILY);
        books.taken.push(taken(&again, FAMILY, "Here is 1 consultant 718-200-0002"));
        books.outbox.push(again);
    });
    finds("each family's names are given once", |books| {
        let names = books.taken.last_mut().expect("the names");
        names.body = names.body.replace("718-200-0003", "");
    });
    finds("who wants no texts gets none", |books| {
        says(books, FAMILY, "family", "stop", "STOP");
        let row = Outgoing { written_at: Some(at(5)), ..out("late", "notice", FAMILY) };
        books.taken.push(Taken { at: at(6), ..taken(&row, FAMILY, "We are still looking.") });
        books.outbox.push(row);
    });
}

#[test]
fn a_reminder_that_is_doubled_or_missing_is_found() {
    let account = "every member is reminded once";
    finds(account, |books| {
        let again = Outgoing {
            dedupe: "remind:abc2:2026-11-22".to_owned(),
            ..out("again", "notice", &phone(2))
        };
        books.taken.push(taken(&again, &phone(2), "HIPAA training ends Fri Dec 11 (1 list)."));
        books.outbox.push(again);
    });
    finds(account, |books| books.outbox.retain(|row| row.id != "reminder3"));
    finds(account, |books| never_left(books, "reminder1"));
}

#[test]
fn what_is_on_its_way_when_she_stops_is_no_fault() {
    let mut books = good();
    says(&mut books, FAMILY, "family", "abc", "STOP");
    books.came.last_mut().expect("it").answered = Some(at(4));
    let last = Outgoing {
        dedupe: "stopped:a-b-c".to_owned(),
        written_at: Some(at(5)),
        ..out("bye", "consent", FAMILY)
    };
    books.taken.push(Taken { at: at(6), ..taken(&last, FAMILY, "You are unsubscribed.") });
    books.outbox.push(last);
    for account in audit(&books) {
        assert_eq!(account.faults, Vec::<String>::new(), "{}", account.name);
    }
}
