//! What there is, what can happen, and what must never.

mod gate;

use dispatch::places::{self, Judged};
use model::{ClaimId, ClaimKind, MemberId, ReferralId, Timestamp};
use storage::Claim;
use uuid::Uuid;

pub(crate) const MEMBERS: usize = 5;
const TEXTS: usize = 7;
/// No time is promised.
const NEVER: u8 = u8::MAX;

/// What a member texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// She takes a place.
    Claim,
    /// She would, on a condition that is asked about first.
    Tentative,
    /// She gives back what she has.
    GiveBack,
}

/// What is taken away from the protocol to see that it is missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Without {
    Nothing,
    Lock,
    LockAndUniquePlaces,
    InboundIds,
    NamedMarks,
    KeysOfTheirOwn,
    LateNames,
    MovingUp,
    ClosingTheGate,
    TurnsAfterTheGate,
}

/// Who texts what, how often each text is delivered, and how often a node may crash.
#[derive(Clone)]
pub(crate) struct Cast {
    texts: Vec<(usize, Said)>,
    copies: u8,
    crashes: u8,
    collects: bool,
    without: Without,
}

impl Cast {
    /// The first two texts are delivered so many times, the others once.
    pub(crate) fn new(texts: &[(usize, Said)], copies: u8, crashes: u8) -> Self {
        assert!(texts.len() <= TEXTS);
        Self { texts: texts.to_vec(), copies, crashes, collects: false, without: Without::Nothing }
    }

    /// Claims are collected at first.
    pub(crate) fn collecting(self) -> Self {
        Self { collects: true, ..self }
    }

    pub(crate) fn without(self, without: Without) -> Self {
        Self { without, ..self }
    }

    fn locks(&self) -> bool {
        !matches!(self.without, Without::Lock | Without::LockAndUniquePlaces)
    }
}

/// A member's claim, as the database has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Own {
    kind: ClaimKind,
    place: u8,
    turn: u8,
    /// She is asked whether she means it: it is provisional, or collected and not certain.
    asked: bool,
    /// She is asked, and the time for her answer is over.
    over: bool,
    named: bool,
}

/// What a member was told last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Told {
    Nothing,
    Place(u8),
    Collected,
    Standby,
    Over,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Stage {
    Open,
    Filled,
    HandedOff,
}

/// What a node has in hand: it has read the claims and not yet committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Unit {
    work: Work,
    read: [Option<Own>; MEMBERS],
}

/// What a unit of work is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Work {
    Text(u8),
    Hold,
    Gate,
    Promise,
}

/// Something that happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Begins { node: usize, work: Work },
    Commits { node: usize },
    Crashes { node: usize },
    AnHourPasses,
}

/// Everything there is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct State {
    claims: [Option<Own>; MEMBERS],
    stage: Stage,
    /// Claims are collected, and nobody has a place.
    collects: bool,
    /// In how many hours places are given.
    gate_due: u8,
    /// Who stood by when places were given, in the order of the policy.
    stood_by: Vec<usize>,
    top_ups: u8,
    /// In how many hours the task of the promised time is due, if it is planned.
    promise_due: u8,
    /// The time that was promised last has not come.
    promised: bool,
    /// How many deliveries of each text are left.
    copies: [u8; TEXTS],
    /// Which texts are kept.
    seen: [bool; TEXTS],
    /// How many answers to each text stand in the outbox.
    answers: [u8; TEXTS],
    told: [Told; MEMBERS],
    /// Whose names the family has.
    has: [bool; MEMBERS],
    /// Which texts to the family are in the outbox: each at most once.
    keys: u64,
    nodes: [Option<Unit>; 2],
    crashes: u8,
    /// The family was given a name that it had.
    named_again: bool,
    /// Somebody moved up before one who stood before her when places were given.
    out_of_turn: bool,
}

/// Which text to the family: its kind, and the turn of the claim that it is about.
#[derive(Clone, Copy)]
enum Key {
    Names(u8),
    TopUp(u8),
    Replacement(u8),
}

impl State {
    pub(crate) fn first(cast: &Cast) -> Self {
        let mut copies = [0; TEXTS];
        copies[..cast.texts.len()].fill(1);
        copies[..2].fill(cast.copies);
        Self {
            claims: [None; MEMBERS],
            stage: Stage::Open,
            collects: cast.collects,
            gate_due: 1,
            stood_by: Vec::new(),
            top_ups: 0,
            promise_due: 1,
            promised: true,
            copies,
            seen: [false; TEXTS],
            answers: [0; TEXTS],
            told: [Told::Nothing; MEMBERS],
            has: [false; MEMBERS],
            keys: 0,
            nodes: [None; 2],
            crashes: cast.crashes,
            named_again: false,
            out_of_turn: false,
        }
    }

    /// What can happen next.
    pub(crate) fn steps(&self, cast: &Cast) -> Vec<Step> {
        let mut steps = Vec::new();
        if *self != self.an_hour_later() {
            steps.push(Step::AnHourPasses);
        }
        let locked = cast.locks() && self.nodes.iter().any(Option::is_some);
        for (node, unit) in self.nodes.iter().enumerate() {
            if unit.is_some() {
                steps.push(Step::Commits { node });
                if self.crashes > 0 {
                    steps.push(Step::Crashes { node });
                }
            } else if !locked && (node == 0 || self.nodes[0].is_some()) {
                // Two idle nodes are one as good as the other.
                steps.extend(self.work().map(|work| Step::Begins { node, work }));
            }
        }
        steps
    }

    /// What a node could take up.
    fn work(&self) -> impl Iterator<Item = Work> + '_ {
        let in_hand = |work: Work| self.nodes.iter().flatten().any(|unit| unit.work == work);
        let texts = (0..TEXTS).filter(|&text| self.copies[text] > 0);
        let texts = texts.map(|text| Work::Text(u8::try_from(text).expect("few texts")));
        // A task is leased: nobody else has it in hand.
        let hold = self.asked().any(|own| own.over) && !in_hand(Work::Hold);
        let gate = self.gate_is_due() && !in_hand(Work::Gate);
        let promise = self.promise_due == 0 && !in_hand(Work::Promise);
        let tasks = [(hold, Work::Hold), (gate, Work::Gate), (promise, Work::Promise)];
        texts.chain(tasks.into_iter().filter_map(|(due, work)| due.then_some(work)))
    }

    fn asked(&self) -> impl Iterator<Item = &Own> {
        self.claims.iter().flatten().filter(|own| own.asked)
    }

    /// Times are counted from now, so that waiting for ever comes to a state that is known.
    fn an_hour_later(&self) -> Self {
        let mut later = self.clone();
        for own in later.claims.iter_mut().flatten() {
            own.over = own.asked;
        }
        later.gate_due = later.gate_due.saturating_sub(u8::from(later.collects));
        if later.promise_due != NEVER {
            later.promise_due = later.promise_due.saturating_sub(1);
        }
        later.promised = false;
        later
    }

    pub(crate) fn after(&self, cast: &Cast, step: Step) -> Self {
        let mut next = self.clone();
        match step {
            Step::AnHourPasses => return self.an_hour_later(),
            Step::Begins { node, work } => {
                if let Work::Text(text) = work {
                    next.copies[usize::from(text)] -= 1;
                }
                next.nodes[node] = Some(Unit { work, read: self.claims });
            }
            Step::Crashes { node } => {
                next.crashes -= 1;
                next.gives_up(node);
            }
            Step::Commits { node } => {
                let unit = next.nodes[node].expect("it has something in hand");
                let mut kept = next.clone();
                kept.nodes[node] = None;
                if kept.runs(cast, unit) {
                    return kept;
                }
                // The database refuses the commit: nothing is kept, and the carrier tries again.
                next.gives_up(node);
            }
        }
        next
    }

    fn gives_up(&mut self, node: usize) {
        if let Some(Unit { work: Work::Text(text), .. }) = self.nodes[node].take() {
            self.copies[usize::from(text)] += 1;
        }
    }

    /// Does a unit's work; `false` where a unique index refuses it.
    fn runs(&mut self, cast: &Cast, unit: Unit) -> bool {
        match unit.work {
            Work::Text(text) => {
                let at = usize::from(text);
                if self.seen[at] && cast.without != Without::InboundIds {
                    return true;
                }
                self.seen[at] = true;
                let (member, said) = cast.texts[at];
                match said {
                    Said::Claim => self.claim(cast, &unit.read, member, ClaimKind::Firm),
                    Said::Tentative => self.claim(cast, &unit.read, member, ClaimKind::Provisional),
                    Said::GiveBack => self.give_back(cast, member),
                }
                self.answers[at] = (self.answers[at] + 1).min(2);
            }
            Work::Hold => {
                self.lapse(cast, NOW);
                self.after_claims(cast);
            }
            Work::Gate => self.gate_if_due(cast),
            Work::Promise => self.promised_time(cast),
        }
        cast.without == Without::LockAndUniquePlaces || self.places_differ()
    }

    /// `Desk::claim`.
    fn claim(&mut self, cast: &Cast, read: &[Option<Own>], member: usize, wants: ClaimKind) {
        let collected = self.gate_is_due();
        self.gate_if_due(cast);
        if self.collects {
            return self.collect(read, member, wants);
        }
        // What was read is what there is, but for the places that were given just now.
        let given = self.claims;
        let read = if collected { &given } else { read };
        let claims = as_claims(read);
        let judged = places::judge(&claims, member_id(member), wants);
        let turn = u8::try_from(places::next_turn(&claims)).expect("few turns");
        let asked = |kind| kind == ClaimKind::Provisional;
        let put = |kind, place| {
            let asked = asked(kind);
            Own { kind, place, turn, asked, over: false, named: false }
        };
        let byte = |place| u8::try_from(place).expect("three places");
        match judged {
            Judged::AlreadyPlaced(place) => {
                self.told[member] = Told::Place(byte(place));
                return;
            }
            Judged::AlreadyStandingBy => {
                self.told[member] = Told::Standby;
                return;
            }
            Judged::Confirmed(place) => {
                if let Some(own) = read[member] {
                    self.claims[member] =
                        Some(Own { kind: ClaimKind::Firm, asked: false, over: false, ..own });
                }
                self.told[member] = Told::Place(byte(place));
            }
            Judged::Place(place) => {
                self.claims[member] = Some(put(wants, byte(place)));
                self.told[member] = Told::Place(byte(place));
            }
            Judged::Standby => {
                self.claims[member] = Some(put(ClaimKind::Standby, 0));
                self.told[member] = Told::Standby;
            }
        }
        self.after_claims(cast);
    }

    /// `Desk::release`.
    fn give_back(&mut self, cast: &Cast, member: usize) {
        let Some(own) = self.claims[member].filter(|own| own.kind.takes_part()) else { return };
        self.claims[member] =
            Some(Own { kind: ClaimKind::Dropped, place: 0, asked: false, over: false, ..own });
        self.stood_by.retain(|&other| other != member);
        self.told[member] = Told::Over;
        if own.kind.holds_place() {
            if self.stage == Stage::Filled {
                self.stage = Stage::Open;
            }
            self.move_up(cast);
            if own.named {
                self.replace_named(cast, member, own.turn);
            } else {
                self.after_claims(cast);
            }
        }
    }

    /// `Desk::move_up`.
    fn move_up(&mut self, cast: &Cast) {
        if cast.without == Without::MovingUp {
            return;
        }
        loop {
            let claims = as_claims(&self.claims);
            let (Some(place), Some(next)) =
                (places::free_place(&claims), places::next_in_line(&claims))
            else {
                return;
            };
            let member = number_of(next.member_id);
            self.out_of_turn |= self.stood_by.contains(&member) && self.stood_by[0] != member;
            self.stood_by.retain(|&other| other != member);
            let place = u8::try_from(place).expect("three places");
            if let Some(own) = &mut self.claims[member] {
                *own = Own { kind: ClaimKind::Firm, place, ..*own };
            }
            self.told[member] = Told::Place(place);
        }
    }

    /// `Desk::lapse`: ends provisional claims held no longer than `until`.
    fn lapse(&mut self, cast: &Cast, until: i64) {
        for claim in places::lapsed(&as_claims(&self.claims), at(until)) {
            let member = number_of(claim.member_id);
            if let Some(own) = &mut self.claims[member] {
                *own = Own { kind: ClaimKind::Lapsed, place: 0, asked: false, over: false, ..*own };
            }
            self.told[member] = Told::Over;
        }
        self.move_up(cast);
    }

    fn firm(&self) -> i64 {
        places::firm(&as_claims(&self.claims))
    }

    /// `Desk::after_claims`.
    fn after_claims(&mut self, cast: &Cast) {
        if self.stage == Stage::Open && self.firm() >= model::referral::PLACES {
            self.stage = Stage::Filled;
        }
        self.hand_off_if_due(cast);
    }

    fn hand_off_if_due(&mut self, cast: &Cast) {
        let full = self.firm() >= model::referral::PLACES;
        match self.stage {
            Stage::Open | Stage::Filled if full => self.hand_off(cast),
            Stage::HandedOff if full || (!self.promised && cast.without != Without::LateNames) => {
                self.top_up(cast);
            }
            _ => {}
        }
    }

    fn hand_off(&mut self, cast: &Cast) {
        let Some(turn) = self.unnamed_turn() else { return };
        if !self.gives_names(cast, Key::Names(turn)) {
            return;
        }
        self.stage = Stage::HandedOff;
        self.top_ups = u8::from(self.firm() == model::referral::PLACES);
        if self.top_ups == 1 {
            self.promise_due = NEVER;
        }
    }

    fn top_up(&mut self, cast: &Cast) {
        let Some(turn) = self.unnamed_turn() else { return };
        if self.gives_names(cast, Key::TopUp(turn)) {
            self.top_ups = 1;
            self.promise_due = NEVER;
        }
    }

    /// `Desk::replace_named`.
    fn replace_named(&mut self, cast: &Cast, gone: usize, turn: u8) {
        let next = self.unnamed().min_by_key(|(_, own)| own.place).map(|(member, _)| member);
        if self.writes(cast, Key::Replacement(turn)) {
            self.has[gone] = false;
            if let Some(next) = next {
                self.gives_name(cast, next);
            }
        }
        if next.is_some() {
            self.hand_off_if_due(cast);
        } else {
            self.top_ups = 0;
            self.promise_again();
        }
    }

    /// `Desk::promised_time`.
    fn promised_time(&mut self, cast: &Cast) {
        let tops_up = self.stage == Stage::HandedOff && self.top_ups == 0;
        self.promise_due = NEVER;
        if self.stage != Stage::Open && !tops_up {
            return;
        }
        self.lapse(cast, LATER);
        self.give_places(cast);
        if tops_up {
            self.top_up(cast);
            return;
        }
        let firm = self.firm();
        if firm > 0 {
            self.hand_off(cast);
        }
        if firm < model::referral::PLACES {
            self.promise_again();
        }
    }

    fn promise_again(&mut self) {
        self.promise_due = 1;
        self.promised = true;
    }

    fn unnamed(&self) -> impl Iterator<Item = (usize, Own)> + '_ {
        let claims = self.claims.iter().enumerate();
        let owned = claims.filter_map(|(member, own)| own.map(|own| (member, own)));
        owned.filter(|(_, own)| own.kind == ClaimKind::Firm && !own.named)
    }

    fn unnamed_turn(&self) -> Option<u8> {
        self.unnamed().map(|(_, own)| own.turn).min()
    }

    /// A text with the names that are missing, which counts for these alone; `false` where it is in
    /// the outbox already.
    fn gives_names(&mut self, cast: &Cast, key: Key) -> bool {
        let new = self.unnamed().map(|(member, _)| member).collect::<Vec<_>>();
        if !self.writes(cast, key) {
            return false;
        }
        for member in new {
            self.gives_name(cast, member);
        }
        true
    }

    fn gives_name(&mut self, cast: &Cast, member: usize) {
        self.named_again |= self.has[member];
        self.has[member] = true;
        if cast.without != Without::NamedMarks
            && let Some(own) = &mut self.claims[member]
        {
            own.named = true;
        }
    }

    /// Puts a text to the family into the outbox, unless it is there.
    fn writes(&mut self, cast: &Cast, key: Key) -> bool {
        let own = cast.without != Without::KeysOfTheirOwn;
        let bit = match key {
            Key::Names(turn) => {
                if own {
                    turn
                } else {
                    0
                }
            }
            Key::TopUp(turn) => 16 + if own { turn } else { 0 },
            Key::Replacement(turn) => 32 + turn.min(31),
        };
        let is_new = self.keys & (1 << bit) == 0;
        self.keys |= 1 << bit;
        is_new
    }

    fn places_differ(&self) -> bool {
        let held = |place| self.claims.iter().flatten().filter(|own| own.place == place).count();
        (1..=3).all(|place| held(place) <= 1)
    }

    /// What must never be.
    pub(crate) fn wrong(&self) -> Option<String> {
        let holders = self.claims.iter().flatten().filter(|own| own.kind.holds_place()).count();
        if !self.places_differ() || holders > 3 {
            return Some(format!(
                "{holders} have places, or two have place the same: {:?}",
                self.claims
            ));
        }
        if let Some(text) = self.answers.iter().position(|&answers| answers > 1) {
            return Some(format!("text {text} was answered 2 times"));
        }
        if self.out_of_turn {
            return Some("somebody moved up out of her turn".to_owned());
        }
        let collected = self.claims.iter().flatten().any(|own| own.kind == ClaimKind::Collected);
        if self.collects && holders > 0 || !self.collects && collected {
            return Some(format!("places are given, and claims collected: {:?}", self.claims));
        }
        if self.named_again {
            return Some("the family was given a name again".to_owned());
        }
        let told = self.told.iter().filter(|told| matches!(told, Told::Place(_))).count();
        if told > 3 {
            return Some(format!("{told} were told that they have places"));
        }
        for (member, (own, told)) in self.claims.iter().zip(self.told).enumerate() {
            let is = match own.map(|own| (own.kind, own.place)) {
                Some((ClaimKind::Firm | ClaimKind::Provisional, place)) => Told::Place(place),
                Some((ClaimKind::Standby, _)) => Told::Standby,
                Some((ClaimKind::Collected, _)) => Told::Collected,
                Some(_) => Told::Over,
                None => Told::Nothing,
            };
            if is != told {
                return Some(format!("member {member} was told {told:?}, and it is {is:?}"));
            }
        }
        None
    }

    /// What must be once nothing more can happen.
    pub(crate) fn wrong_at_the_end(&self, cast: &Cast) -> Option<String> {
        if let Some(text) = self.answers[..cast.texts.len()].iter().position(|&n| n != 1) {
            return Some(format!("text {text} was never answered"));
        }
        if self.collects {
            return Some("claims are collected for ever".to_owned());
        }
        let claims = as_claims(&self.claims);
        if places::free_place(&claims).is_some() && places::next_in_line(&claims).is_some() {
            return Some("a place is free, and somebody stands by".to_owned());
        }
        for (member, own) in self.claims.iter().enumerate() {
            let firm = own.is_some_and(|own| own.kind == ClaimKind::Firm);
            if firm && !self.has[member] {
                return Some(format!("the family never gets the name of member {member}"));
            }
            if !firm && self.has[member] {
                return Some(format!("the family is never told that member {member} is gone"));
            }
        }
        None
    }
}

fn member_id(member: usize) -> MemberId {
    MemberId::from_uuid(Uuid::from_u128(member as u128 + 1))
}

fn number_of(member: MemberId) -> usize {
    usize::try_from(member.as_uuid().as_u128() - 1).expect("a few members")
}

/// What is over is over now; what is not is later.
const NOW: i64 = 1;
const LATER: i64 = 2;

fn at(hour: i64) -> Timestamp {
    Timestamp::from_micros(hour * 3_600_000_000).expect("an instant")
}

/// The claims as the product reads them from its table.
fn as_claims(claims: &[Option<Own>]) -> Vec<Claim> {
    let owned = claims.iter().enumerate().filter_map(|(member, own)| own.map(|own| (member, own)));
    owned
        .map(|(member, own)| Claim {
            id: ClaimId::from_uuid(Uuid::from_u128(member as u128 + 1)),
            referral_id: ReferralId::from_uuid(Uuid::from_u128(9)),
            member_id: member_id(member),
            kind: own.kind,
            place: (own.place > 0).then_some(i64::from(own.place)),
            turn: i64::from(own.turn),
            caveat: None,
            held_until: own.asked.then(|| at(if own.over { NOW } else { LATER })),
            named_at: own.named.then(|| at(0)),
            claimed_at: at(0),
        })
        .collect()
}
