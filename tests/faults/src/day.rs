//! A busy day: families text, members answer, the admin says OK, and the carrier calls the service
//! for all of it, sometimes twice, late or not at all.

use std::{
    collections::{BTreeMap, HashSet},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use model::{Chance, Clock, Timestamp};
use testkit::misbehaving::{Accepted, Misbehaving};
use tokio::{task::JoinSet, time::sleep};

use crate::installation::{ADMIN, LINE, family};

/// The time, as everybody on this machine has it.
pub(crate) struct Now;

impl Clock for Now {
    #[expect(clippy::disallowed_methods, reason = "the real program has a real clock")]
    fn now(&self) -> Timestamp {
        Timestamp::new(jiff::Timestamp::now())
    }
}

/// Where the families are; every place has members of its own.
pub(crate) const PLACES: [&str; 4] = ["11215", "11226", "10027", "11375"];

/// A yes that names nothing.
pub(crate) const THUMB: &str = "\u{1f44d}";

/// What families write first, and what becomes of them.
#[derive(Debug, Clone, Copy)]
enum Story {
    /// She says everything at once.
    Plain,
    /// Two texts that belong together, at the same moment.
    InTwo,
    /// She does not say where she is, and is asked.
    Asked,
    /// She asks for news later.
    AsksForNews,
    /// She opts out while it runs; perhaps she comes back.
    Stops,
    /// It is an emergency.
    Emergency,
}

/// A day, and everything that is known of it outside the service.
pub(crate) struct Day {
    pub(crate) carrier: Misbehaving,
    pub(crate) chance: Chance,
    hook: String,
    members: HashSet<String>,
    over: AtomicBool,
    families: AtomicUsize,
    /// So many families may have written by now.
    expected: AtomicUsize,
    /// When the service first took the text of an id with an answer that says so.
    taken: Mutex<BTreeMap<String, Timestamp>>,
    /// Ids of texts that came in, for repeating them.
    sids: Mutex<Vec<String>>,
}

impl Day {
    pub(crate) fn new(
        carrier: Misbehaving,
        chance: Chance,
        hook: String,
        members: &[String],
    ) -> Self {
        Self {
            carrier,
            chance,
            hook,
            members: members.iter().cloned().collect(),
            over: AtomicBool::new(false),
            families: AtomicUsize::new(0),
            expected: AtomicUsize::new(0),
            taken: Mutex::default(),
            sids: Mutex::default(),
        }
    }

    /// When the service took texts, by the carrier's id.
    pub(crate) fn taken(&self) -> BTreeMap<String, Timestamp> {
        locked(&self.taken).clone()
    }

    /// How many families have written.
    pub(crate) fn families(&self) -> usize {
        self.families.load(Ordering::SeqCst)
    }

    /// So many more families write. The day goes on as its processes are killed, and not by the clock:
    /// a slow machine has a longer day and not a busier one.
    pub(crate) fn more_families(&self, more: usize) {
        self.expected.fetch_add(more, Ordering::SeqCst);
    }

    /// No new family writes from now on, and members begin nothing new.
    pub(crate) fn ends(&self) {
        self.over.store(true, Ordering::SeqCst);
    }

    fn is_over(&self) -> bool {
        self.over.load(Ordering::SeqCst)
    }

    fn one_in(&self, n: u64) -> bool {
        self.chance.below(n) == 0
    }

    async fn a_while(&self, least: u64, most: u64) {
        sleep(Duration::from_millis(least + self.chance.below(most - least))).await;
    }

    /// Somebody texts the line. The carrier calls the service for it, unless it loses the call.
    pub(crate) async fn texts(&self, from: &str, body: &str) {
        let told = self.carrier.text(&self.hook, from, LINE, body).await;
        if told.statuses.iter().any(|status| (200..300).contains(status)) {
            locked(&self.taken).entry(told.sid.clone()).or_insert_with(|| Now.now());
        }
        locked(&self.sids).push(told.sid);
    }

    /// The carrier calls once more for a text of a while ago.
    async fn repeats(&self) {
        let sid = {
            let sids = locked(&self.sids);
            let count = u64::try_from(sids.len()).unwrap_or(0);
            sids.get(usize::try_from(self.chance.below(count)).unwrap_or(0)).cloned()
        };
        if let Some(sid) = sid {
            let told = self.carrier.redeliver(&self.hook, &sid).await;
            if told.statuses.iter().any(|status| (200..300).contains(status)) {
                locked(&self.taken).entry(sid).or_insert_with(|| Now.now());
            }
        }
    }

    /// Plays the day until it ends and everybody has said what they had to say.
    pub(crate) async fn play(self: Arc<Self>, places: usize) {
        let mut said = JoinSet::new();
        let watch = tokio::spawn(watch(self.clone()));
        while !self.is_over() {
            self.a_while(50, 600).await;
            if self.families() < self.expected.load(Ordering::SeqCst) {
                let number = self.families.fetch_add(1, Ordering::SeqCst);
                said.spawn(self.clone().family(number, PLACES[number % places]));
            }
            if self.one_in(6) {
                let day = self.clone();
                said.spawn(async move { day.repeats().await });
            }
            while said.try_join_next().is_some() {}
        }
        while said.join_next().await.is_some() {}
        // A panic of the watcher is one of this program, and has been printed.
        let _ = watch.await;
    }

    async fn family(self: Arc<Self>, number: usize, place: &str) {
        let me = family(number);
        let story = match self.chance.below(20) {
            0..=9 => Story::Plain,
            10..=11 => Story::InTwo,
            12..=13 => Story::Asked,
            14..=15 => Story::AsksForNews,
            16..=18 => Story::Stops,
            _ => Story::Emergency,
        };
        let need = format!("Hi, I am in {place}, baby 3 weeks, low supply, home visit please");
        match story {
            Story::Plain => self.texts(&me, &need).await,
            Story::InTwo => {
                let place = format!("I'm in {place}");
                let what = "my baby is 3 weeks old and I have low supply, home visit please";
                tokio::join!(self.texts(&me, &place), self.texts(&me, what));
            }
            Story::Asked => {
                self.texts(&me, "Hi, my baby is 3 weeks old and I have low supply").await;
                if self.hears(&me, "ZIP").await {
                    self.texts(&me, place).await;
                }
            }
            Story::AsksForNews => {
                self.texts(&me, &need).await;
                if self.hears(&me, "asking").await {
                    self.a_while(500, 4000).await;
                    self.texts(&me, "any news yet?").await;
                }
            }
            Story::Stops => {
                self.texts(&me, &need).await;
                self.a_while(200, 8000).await;
                self.texts(&me, "STOP").await;
                if self.one_in(3) {
                    self.a_while(3000, 6000).await;
                    self.texts(&me, "START").await;
                }
            }
            Story::Emergency => self.texts(&me, "help my baby is not breathing").await,
        }
    }

    /// Waits until a text with these words has reached a phone; not for ever.
    async fn hears(&self, phone: &str, words: &str) -> bool {
        for _ in 0..60 {
            let texts = self.carrier.accepted();
            if texts.iter().any(|text| text.to == phone && text.body.contains(words)) {
                return true;
            }
            if self.is_over() {
                return false;
            }
            sleep(Duration::from_millis(500)).await;
        }
        false
    }

    /// What a member, or the admin, does with a text.
    async fn reads(self: Arc<Self>, text: Accepted) {
        let (me, body) = (&text.to, &text.body);
        if me == ADMIN {
            if body.contains("Reply OK") && self.one_in(2) {
                self.texts(me, "OK").await;
            }
            return;
        }
        let Some(code) = code_of(body) else { return };
        if body.contains("to claim, NO to pass") {
            self.a_while(20, 3000).await;
            if self.is_over() {
                return;
            }
            match self.chance.below(20) {
                0..=6 => self.texts(me, code).await,
                7..=8 => {
                    // Her thumb was quicker than she thought.
                    tokio::join!(self.texts(me, code), self.texts(me, code));
                }
                9 => self.texts(me, &format!("{} yes after 5", code.to_lowercase())).await,
                10 => self.texts(me, THUMB).await,
                11..=13 => self.texts(me, "NO").await,
                14 if self.one_in(4) => {
                    self.texts(me, "STOP").await;
                    if self.one_in(3) {
                        self.a_while(2000, 5000).await;
                        self.texts(me, "START").await;
                    }
                }
                _ => {}
            }
        } else if body.contains(&format!("{code}: place ")) {
            if self.one_in(9) {
                self.a_while(200, 5000).await;
                self.texts(me, &format!("DROP {code}")).await;
            }
        } else if body.starts_with(&format!("Claim {code}?")) && !self.one_in(3) {
            self.a_while(100, 2000).await;
            self.texts(me, code).await;
        }
    }
}

/// Looks at what reaches the members and the admin, and has each read it once.
async fn watch(day: Arc<Day>) {
    let mut seen = 0;
    let mut reading = JoinSet::new();
    while !day.is_over() {
        let texts = day.carrier.accepted();
        for text in texts.into_iter().skip(seen) {
            seen += 1;
            if text.to == ADMIN || day.members.contains(&text.to) {
                reading.spawn(day.clone().reads(text));
            }
        }
        while reading.try_join_next().is_some() {}
        sleep(Duration::from_millis(150)).await;
    }
    while reading.join_next().await.is_some() {}
}

/// The first code in a text, standing as a word of its own.
pub(crate) fn code_of(text: &str) -> Option<&str> {
    text.split(|c: char| !c.is_alphanumeric()).find(|word| {
        let mut signs = word.chars();
        word.len() == 3
            && signs.next().is_some_and(|c| c.is_ascii_uppercase())
            && signs.next().is_some_and(|c| c.is_ascii_digit())
            && signs.next().is_some_and(|c| c.is_ascii_uppercase())
    })
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
