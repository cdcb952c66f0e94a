//! The accountant: what really went to whom, against what the service believes.

mod reminders;

use std::collections::{BTreeMap, BTreeSet};

use model::Timestamp;

use crate::{
    books::{Books, Came, Id, Inbound, Outgoing, Taken},
    day::code_of,
};

/// One account: what was looked at, and what is wrong with it.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) name: &'static str,
    pub(crate) looked_at: usize,
    pub(crate) faults: Vec<String>,
}

/// The books with everything found again that belongs together.
struct Ledger<'a> {
    books: &'a Books,
    rows: BTreeMap<&'a str, &'a Outgoing>,
    /// What the carrier took for each row.
    taken: BTreeMap<&'a str, Vec<&'a Taken>>,
    numbers: BTreeMap<&'a str, &'a str>,
    came: BTreeMap<&'a str, &'a Came>,
    stops: BTreeMap<&'a str, Vec<Stop>>,
}

/// A time in which a number wants no texts.
struct Stop {
    /// The text that said so.
    by: Id,
    /// When the service certainly had it; `None` where it never said so.
    from: Option<Timestamp>,
    /// When the number asked for texts again.
    until: Option<Timestamp>,
}

/// Draws up every account.
pub(crate) fn audit(books: &Books) -> Vec<Account> {
    let ledger = Ledger::new(books);
    vec![
        ledger.nothing_is_left_undone(),
        ledger.every_text_that_came_is_kept(),
        ledger.every_familys_text_is_read(),
        ledger.every_members_answer_is_answered(),
        ledger.every_inquiry_is_answered(),
        ledger.no_row_goes_twice(),
        ledger.what_is_believed_is_so(),
        ledger.nothing_fails_without_a_reason(),
        ledger.every_offer_is_out_once(),
        ledger.three_places_at_any_time(),
        ledger.three_are_told_that_they_have_a_place(),
        ledger.every_name_is_given_once(),
        ledger.who_wants_no_texts_gets_none(),
        ledger.every_member_is_reminded_once(),
    ]
}

impl<'a> Ledger<'a> {
    fn new(books: &'a Books) -> Self {
        let rows =
            books.outbox.iter().map(|row| (row.id.as_str(), row)).collect::<BTreeMap<_, _>>();
        let mut taken: BTreeMap<&str, Vec<&Taken>> = BTreeMap::new();
        let mut numbers = BTreeMap::new();
        for text in &books.taken {
            let Some(row) = &text.row else { continue };
            taken.entry(row).or_default().push(text);
            if let Some(phone) = rows.get(row.as_str()).and_then(|row| row.phone_id.as_deref()) {
                numbers.insert(phone, text.to.as_str());
            }
        }
        let came =
            books.came.iter().map(|text| (text.sid.as_str(), text)).collect::<BTreeMap<_, _>>();
        let mut this = Self { books, rows, taken, numbers, came, stops: BTreeMap::new() };
        this.stops = this.stops();
        this
    }

    /// When which number wanted no texts, in the order in which the service heard of it.
    fn stops(&self) -> BTreeMap<&'a str, Vec<Stop>> {
        let mut inbound = self.books.inbound.iter().collect::<Vec<_>>();
        inbound.sort_by_key(|text| text.seq);
        let mut stops: BTreeMap<&str, Vec<Stop>> = BTreeMap::new();
        for row in inbound {
            let Some(text) = self.came.get(row.carrier_message_id.as_str()) else { continue };
            let of_number = stops.entry(text.from.as_str()).or_default();
            let runs = of_number.last_mut().filter(|stop| stop.until.is_none());
            match (text.body.as_str(), runs) {
                ("STOP", None) => {
                    let confirmed = format!("stopped:{}", row.id);
                    let confirmed = self.books.outbox.iter().find(|row| same(row, &confirmed));
                    let confirmed = confirmed
                        .and_then(|row| self.taken.get(row.id.as_str())?.first())
                        .map(|text| text.at);
                    let from = text.answered.into_iter().chain(confirmed).min();
                    of_number.push(Stop { by: row.id.clone(), from, until: None });
                }
                ("START", Some(stop)) => stop.until = Some(text.at),
                _ => {}
            }
        }
        stops.retain(|_, stops| !stops.is_empty());
        stops
    }

    /// Whether a number has opted out at any time: then much of what others get it does not.
    fn has_stopped(&self, number: &str) -> bool {
        self.stops.contains_key(number)
    }

    fn number_of(&self, phone: Option<&Id>) -> &'a str {
        phone.and_then(|phone| self.numbers.get(phone.as_str())).copied().unwrap_or_default()
    }

    /// What the carrier took for a row, but for what it had to report undelivered.
    fn arrived(&self, row: &Outgoing) -> Vec<&'a Taken> {
        let taken = self.taken.get(row.id.as_str()).into_iter().flatten();
        taken.filter(|text| !text.undelivered).copied().collect()
    }

    fn came_as(&self, row: &Inbound) -> Option<&'a Came> {
        self.came.get(row.carrier_message_id.as_str()).copied()
    }

    fn nothing_is_left_undone(&self) -> Account {
        let mut account = Account::of("nothing is left undone");
        for row in &self.books.outbox {
            account.looked_at += 1;
            if matches!(row.state.as_str(), "waiting" | "sending" | "unknown") {
                account.fault(format!("{} {} is still {}", row.kind, row.id, row.state));
            }
        }
        if self.books.overdue > 0 {
            account.fault(format!("{} tasks are overdue", self.books.overdue));
        }
        account
    }

    fn every_text_that_came_is_kept(&self) -> Account {
        let mut account = Account::of("every text that came is kept, once");
        let mut kept: BTreeMap<&str, usize> = BTreeMap::new();
        for row in &self.books.inbound {
            *kept.entry(row.carrier_message_id.as_str()).or_default() += 1;
            if self.came_as(row).is_none() {
                account.fault(format!("{} never came", row.carrier_message_id));
            }
        }
        for text in &self.books.came {
            account.looked_at += 1;
            let answered = if text.answered.is_some() { "answered" } else { "unanswered" };
            match kept.get(text.sid.as_str()) {
                Some(1) => {}
                None => account.fault(format!("{} ({answered}) was lost", text.sid)),
                Some(times) => account.fault(format!("{} is kept {times} times", text.sid)),
            }
        }
        account
    }

    fn every_familys_text_is_read(&self) -> Account {
        let mut account = Account::of("every family's text is read, in one inquiry");
        let mut inquiries: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for row in self.books.inbound.iter().filter(|row| row.standing == "family") {
            let Some(text) = self.came_as(row) else { continue };
            if self.has_stopped(&text.from) {
                continue;
            }
            account.looked_at += 1;
            match &row.inquiry_id {
                Some(inquiry) if row.read_at.is_some() => {
                    inquiries.entry(&text.from).or_default().insert(inquiry);
                }
                Some(_) => account.fault(format!("{} was never read", row.carrier_message_id)),
                None => account.fault(format!("{} has no inquiry", row.carrier_message_id)),
            }
        }
        for (number, inquiries) in inquiries {
            if inquiries.len() != 1 {
                account.fault(format!("{number} has {} inquiries", inquiries.len()));
            }
        }
        account
    }

    fn every_members_answer_is_answered(&self) -> Account {
        let mut account = Account::of("every claim and drop is answered");
        for row in self.books.inbound.iter().filter(|row| row.standing == "member") {
            let Some(text) = self.came_as(row) else { continue };
            if self.has_stopped(&text.from) || code_of(&text.body.to_uppercase()).is_none() {
                continue;
            }
            account.looked_at += 1;
            let reply = format!("reply:{}", row.id);
            match self.books.outbox.iter().filter(|sent| same(sent, &reply)).count() {
                1 => {}
                replies => account.fault(format!("{} has {replies} replies", row.id)),
            }
        }
        account
    }

    fn every_inquiry_is_answered(&self) -> Account {
        let mut account = Account::of("every inquiry is answered");
        let mut answered = BTreeSet::new();
        let mut stopped = BTreeSet::new();
        for row in &self.books.outbox {
            if let Some(inquiry) = &row.inquiry_id
                && row.kind != "offer"
                && row.kind != "claim_reply"
                && !self.arrived(row).is_empty()
            {
                answered.insert(inquiry.as_str());
            }
        }
        for row in &self.books.inbound {
            if let (Some(inquiry), Some(text)) = (&row.inquiry_id, self.came_as(row))
                && self.has_stopped(&text.from)
            {
                stopped.insert(inquiry.as_str());
            }
        }
        for inquiry in &self.books.inquiries {
            account.looked_at += 1;
            let id = inquiry.id.as_str();
            if !answered.contains(id) && !stopped.contains(id) {
                account.fault(format!("inquiry {id} has no answer"));
            }
        }
        account
    }

    fn no_row_goes_twice(&self) -> Account {
        let mut account = Account::of("no text goes twice");
        for (row, taken) in &self.taken {
            account.looked_at += 1;
            if taken.len() > 1 {
                let kind = self.rows.get(row).map_or("unknown", |row| row.kind.as_str());
                let how = self.rows.get(row).and_then(|row| row.settled_how.as_deref());
                let times = taken.iter().map(|text| text.at.to_string()).collect::<Vec<_>>();
                account.fault(format!(
                    "{kind} {row} was taken {} times ({how:?}): {}",
                    taken.len(),
                    times.join(", ")
                ));
            }
        }
        account
    }

    fn what_is_believed_is_so(&self) -> Account {
        let mut account = Account::of("what is believed of a text is so");
        for text in &self.books.taken {
            account.looked_at += 1;
            let row = text.row.as_deref().and_then(|row| self.rows.get(row));
            let Some(row) = row else {
                account.fault(format!("{} was taken and we know of no such text", text.sid));
                continue;
            };
            if row.carrier_message_id.as_deref() != Some(&text.sid) {
                let known = &row.carrier_message_id;
                account.fault(format!("{} is known as {known:?}, not {}", row.id, text.sid));
            }
            if self.number_of(row.phone_id.as_ref()) != text.to {
                account.fault(format!("{} went to two numbers", row.id));
            }
            let agrees = match row.state.as_str() {
                "failed" => text.undelivered,
                "accepted" | "delivered" => !text.undelivered,
                _ => true, // counted elsewhere
            };
            if !agrees {
                account.fault(format!("{} {} is {} and was taken", row.kind, row.id, row.state));
            }
        }
        for row in &self.books.outbox {
            if matches!(row.state.as_str(), "accepted" | "delivered")
                && !self.taken.contains_key(row.id.as_str())
            {
                account.fault(format!(
                    "{} {} is {} and the carrier has nothing of it",
                    row.kind, row.id, row.state
                ));
            }
        }
        account
    }

    fn nothing_fails_without_a_reason(&self) -> Account {
        let mut account = Account::of("no text is given up without a reason");
        for row in self.books.outbox.iter().filter(|row| row.state == "failed") {
            account.looked_at += 1;
            let taken = self.taken.get(row.id.as_str()).map_or(&[][..], Vec::as_slice);
            let good = match row.error_class.as_deref() {
                // Nobody needs to see it any more, or it came to a number that wants none.
                Some("expired") => row.kind == "offer",
                Some("suppressed") => true,
                Some(_) => taken.iter().any(|text| text.undelivered),
                None => false,
            };
            if !good {
                let (kind, class) = (&row.kind, &row.error_class);
                account.fault(format!("{kind} {} failed as {class:?}", row.id));
            }
        }
        account
    }

    fn every_offer_is_out_once(&self) -> Account {
        let mut account = Account::of("every offer is out once");
        let mut out: BTreeMap<&str, usize> = BTreeMap::new();
        let mut rounds: BTreeMap<&str, usize> = BTreeMap::new();
        for row in self.books.outbox.iter().filter(|row| row.kind == "offer") {
            let times = self.arrived(row).len();
            *out.entry(row.offer_id.as_deref().unwrap_or_default()).or_default() += times;
            // The same member is asked once a round, and each round has a word of its own.
            let round = row.dedupe.strip_prefix("again:").unwrap_or(&row.dedupe);
            *rounds.entry(round).or_default() += times;
        }
        let unsure = self.books.events.iter().filter(|event| {
            event.kind == "claimed" && event.word("kind").as_deref() != Some("firm")
        });
        let asked_about =
            unsure.filter_map(|event| Some((event.referral_id.clone()?, event.id("member")?)));
        let asked_about = asked_about.collect::<Vec<_>>();
        let asked_about = asked_about
            .iter()
            .map(|(referral, member)| (referral, member))
            .collect::<BTreeSet<_>>();
        let phones = self.books.members.iter().map(|m| (m.id.as_str(), &m.phone_id));
        let phones = phones.collect::<BTreeMap<_, _>>();
        for offer in &self.books.offers {
            // What waited for a number is dropped when it wants no more.
            if self.has_stopped(self.number_of(phones.get(offer.member_id.as_str()).copied())) {
                continue;
            }
            account.looked_at += 1;
            let times = out.get(offer.id.as_str()).copied().unwrap_or(0);
            let row = offer.outbox_id.as_deref().and_then(|row| self.rows.get(row));
            let last = row.map_or(0, |row| self.arrived(row).len());
            let good = match offer.state.as_str() {
                "resting" | "unsent" => last == 0,
                "sent" => last == 1,
                // A yes that names nothing is asked about for what may have come: of a text that was
                // on its way just then nobody knew yet that it had not.
                "claimed" => {
                    let asked = asked_about.contains(&(&offer.referral_id, &offer.member_id));
                    times >= 1 || (asked && on_its_way(row))
                }
                "passed" => times >= 1 || on_its_way(row),
                _ => false,
            };
            if !good {
                let told = row.map(|row| (&row.state, &row.error_class, &row.dedupe));
                account.fault(format!(
                    "offer {} ({}) is out {times} times: {told:?}",
                    offer.id, offer.state
                ));
            }
        }
        for (round, times) in rounds.into_iter().filter(|(_, times)| *times > 1) {
            account.fault(format!("{round} is out {times} times"));
        }
        account
    }

    /// By what was recorded, step by step.
    fn three_places_at_any_time(&self) -> Account {
        let mut account = Account::of("never more than three places");
        let mut events = self.books.events.iter().collect::<Vec<_>>();
        events.sort_by_key(|event| event.seq);
        let mut holders: BTreeMap<&str, BTreeSet<Id>> = BTreeMap::new();
        for event in events {
            let Some(referral) = event.referral_id.as_deref() else { continue };
            let holders = holders.entry(referral).or_default();
            if event.kind == "outcome" && event.word("outcome").as_deref() == Some("none_yet") {
                // A second try, without those who had the places.
                holders.clear();
            }
            let Some(member) = event.id("member") else { continue };
            match event.kind.as_str() {
                "claimed" if event.word("place").is_some_and(|place| place != "null") => {
                    holders.insert(member);
                }
                "moved_up" => {
                    holders.insert(member);
                }
                "released" | "lapsed" => {
                    holders.remove(&member);
                }
                _ => continue,
            }
            account.looked_at += 1;
            if holders.len() > 3 {
                account.fault(format!("referral {referral} had {} places", holders.len()));
            }
        }
        for referral in &self.books.referrals {
            let claims = self.books.claims.iter().filter(|claim| claim.referral_id == referral.id);
            let mut places = claims.filter_map(|claim| claim.place).collect::<Vec<_>>();
            let taken = places.len();
            places.sort_unstable();
            places.dedup();
            if places.len() != taken || taken > 3 {
                account.fault(format!("referral {} has the places {places:?}", referral.id));
            }
        }
        account
    }

    /// By what members have in their hands.
    fn three_are_told_that_they_have_a_place(&self) -> Account {
        let mut account = Account::of("three are told that they have a place, and they have it");
        let mut told: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for row in self.books.outbox.iter().filter(|row| row.kind == "claim_reply") {
            for text in self.arrived(row) {
                let Some(code) = code_of(&text.body) else { continue };
                let place = text.body.contains(&format!("{code}: place "))
                    || text.body.contains("it is yours, place ")
                    || text.body.contains("you have place ");
                if place {
                    told.entry(code).or_default().insert(row.phone_id.as_deref().unwrap_or(""));
                }
            }
        }
        let members = self.books.members.iter().map(|m| (m.phone_id.as_str(), m.id.as_str()));
        let members = members.collect::<BTreeMap<_, _>>();
        for referral in &self.books.referrals {
            let Some(told) = referral.code.as_deref().and_then(|code| told.get(code)) else {
                continue;
            };
            account.looked_at += 1;
            let mut holding = 0;
            for phone in told {
                let member = members.get(phone).copied().unwrap_or_default();
                let claim =
                    self.books.claims.iter().find(|claim| {
                        claim.referral_id == referral.id && claim.member_id == member
                    });
                match claim.map(|claim| claim.kind.as_str()) {
                    Some("firm" | "provisional") => holding += 1,
                    Some("dropped" | "lapsed" | "replaced" | "kept") => {}
                    // She gave it back, and came again too late.
                    Some("standby") if self.gave_back(&referral.id, member) > 0 => {}
                    other => account.fault(format!(
                        "{:?}: a member was told of a place, and her claim is {other:?}",
                        referral.code
                    )),
                }
            }
            if holding > 3 {
                account.fault(format!("{:?}: {holding} have been told", referral.code));
            }
        }
        account
    }

    fn every_name_is_given_once(&self) -> Account {
        let mut account = Account::of("each family's names are given once");
        let numbers =
            self.books.members.iter().map(|member| {
                (member.id.as_str(), national(self.number_of(Some(&member.phone_id))))
            });
        let numbers = numbers.collect::<BTreeMap<_, _>>();
        // Who has had all the texts that a family gets from a machine hears the rest from a person.
        let used_up = self.books.events.iter().filter(|event| event.kind == "texts_used_up");
        let used_up = used_up.filter_map(|event| event.inquiry_id.as_deref());
        let used_up = used_up.collect::<BTreeSet<_>>();
        for referral in &self.books.referrals {
            let family = self.number_of(Some(&referral.phone_id));
            let names = self
                .books
                .outbox
                .iter()
                .filter(|row| {
                    row.kind == "hand_off" && row.referral_id.as_deref() == Some(&referral.id)
                })
                .flat_map(|row| self.arrived(row))
                .collect::<Vec<_>>();
            let claims = self.books.claims.iter().filter(|claim| claim.referral_id == referral.id);
            for claim in claims {
                let Some(number) = numbers.get(claim.member_id.as_str()) else { continue };
                let times = names
                    .iter()
                    .filter(|text| !number.is_empty() && text.body.contains(number.as_str()))
                    .count();
                account.looked_at += usize::from(times > 0);
                let due = claim.named_at.is_some()
                    && !self.has_stopped(family)
                    && !used_up.contains(referral.inquiry_id.as_str());
                // Who gave her place back and came again is named again.
                let most = 1 + self.gave_back(&referral.id, &claim.member_id);
                if times > most || (due && times == 0) {
                    account.fault(format!(
                        "{:?} ({}): {} of {} was named {times} times",
                        referral.code, referral.state, claim.kind, claim.member_id
                    ));
                }
            }
        }
        account
    }

    /// How often a member gave her place back.
    fn gave_back(&self, referral: &str, member: &str) -> usize {
        let events = self.books.events.iter().filter(|event| {
            matches!(event.kind.as_str(), "released" | "lapsed")
                && event.referral_id.as_deref() == Some(referral)
                && event.id("member").as_deref() == Some(member)
        });
        events.count()
    }

    fn who_wants_no_texts_gets_none(&self) -> Account {
        let mut account = Account::of("who wants no texts gets none");
        for (number, stops) in &self.stops {
            for stop in stops {
                account.looked_at += 1;
                let confirmed = format!("stopped:{}", stop.by);
                let Some(from) = stop.from else { continue };
                for text in self.books.taken.iter().filter(|text| text.to == **number) {
                    let row = text.row.as_deref().and_then(|row| self.rows.get(row));
                    let Some(row) = row else { continue };
                    // What had been handed over before she was heard may still come.
                    let after = text.at > from && row.written_at.is_some_and(|at| at > from);
                    let before = stop.until.is_none_or(|until| text.at < until);
                    if after && before && !same(row, &confirmed) {
                        account
                            .fault(format!("{} {} went to a number after STOP", row.kind, row.id));
                    }
                }
            }
        }
        account
    }
}

impl Account {
    fn of(name: &'static str) -> Self {
        Self { name, looked_at: 0, faults: Vec::new() }
    }

    fn fault(&mut self, what: String) {
        self.faults.push(what);
    }
}

/// Whether a text has ever been handed over, so that its person may have it.
fn on_its_way(row: Option<&&Outgoing>) -> bool {
    row.is_some_and(|row| row.attempts > 0)
}

/// Whether a row is the one that this word makes it; ids are compared without their dashes.
fn same(row: &Outgoing, word: &str) -> bool {
    let plain = row.dedupe.chars().filter(|c| *c != '-');
    plain.eq(word.chars())
}

/// A number as it stands on a card: 718-555-0123.
fn national(number: &str) -> String {
    match (number.get(2..5), number.get(5..8), number.get(8..)) {
        (Some(area), Some(office), Some(line)) => format!("{area}-{office}-{line}"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests;
