//! A whole chapter in a test's hand: a real database, the real work, a network and a mailer that keep
//! what they were given, and a clock that moves when it is told to.
//!
//! A story speaks through [`Phone`]s and moves time; it never sleeps. It ends with
//! [`Chapter::done`], which fails on everything the story did not expect: a text or an e-mail nobody
//! read, a message left in the outbox or refused, an error in the log, a task that nobody named.

mod ending;
mod people;
mod phone;

use std::{
    collections::{BTreeMap, HashSet},
    io::Seek as _,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use carriers::{
    CarrierAnswered, InboundText,
    email::{Kept, Mailer},
};
use dispatch::{Dispatch, Parts, Received, RegisteredLine, Sending};
use jiff::SignedDuration;
use model::{
    CarrierKind, Chance, ChapterId, Clock as _, ErrorClass, LineId, LinePurpose, MessageText,
    OutboxId, Timestamp, seconds, settings::Settings,
};
use serde_json::{Map, Value};
use storage::{
    Backup, LineAccount, NewLine, ReadTx, Referral, ReferralFilter, Restoring, Store, WriteTx,
};

pub use people::{Joining, Person};
pub use phone::{Heard, Phone};

use crate::{clock::ManualClock, databases::TestDatabase, network::Network, troubles};

/// When every story begins: a Tuesday at ten in the morning in New York.
const BEGINS: &str = "2026-11-17T10:00:00-05:00";

/// An installation: what the chapters of one database share.
pub struct Installation {
    // Declared before the database, so that it is let go first.
    dispatch: Dispatch,
    links: bool,
    /// The clock.
    pub clock: ManualClock,
    /// The network.
    pub network: Network,
    mailer: Kept,
    chance: Chance,
    numbers: AtomicU64,
    database: TestDatabase,
}

impl Installation {
    async fn open(database: TestDatabase, links: bool) -> Self {
        troubles::watch();
        let begins: Timestamp = BEGINS.parse().expect("an instant");
        let clock = ManualClock::new(begins);
        let network = Network::new(clock.clone());
        let mailer = Kept::new(Arc::new(clock.clone()));
        let chance = Chance::seeded(7);
        let store = database.store().await;
        let dispatch =
            Dispatch::new(parts(store, &clock, &network, &mailer, chance.clone(), links));
        let numbers = AtomicU64::new(100);
        Self { dispatch, links, clock, network, mailer, chance, numbers, database }
    }

    /// What was recorded, in order: the kind of each event and its detail.
    pub async fn recorded(&self) -> Vec<(String, Value)> {
        self.database.recorded().await
    }

    /// One more node over the same database, with the same network and clock.
    pub async fn another_node(&self) -> Dispatch {
        let (store, chance) = (self.database.store().await, Chance::seeded(70));
        let (network, mailer) = (&self.network, &self.mailer);
        Dispatch::new(parts(store, &self.clock, network, mailer, chance, self.links))
    }

    /// The same, and it sends so many texts at once.
    pub async fn another_node_sending(&self, at_once: usize) -> Dispatch {
        let sending = Sending { concurrency: at_once, ..Sending::default() };
        self.another_node_with(|parts| Parts { sending, ..parts }).await
    }

    /// The same, made of other parts.
    pub async fn another_node_with(&self, change: impl FnOnce(Parts) -> Parts) -> Dispatch {
        let (store, chance) = (self.database.store().await, Chance::seeded(71));
        let (network, mailer) = (&self.network, &self.mailer);
        Dispatch::new(change(parts(store, &self.clock, network, mailer, chance, self.links)))
    }

    /// Does everything that is due, until nothing is.
    async fn run(&self) -> usize {
        let mut moved = 0;
        for _ in 0..10_000 {
            let tasks = self.dispatch.run_due_tasks().await.expect("tasks run");
            let sent = self.dispatch.send_due().await.expect("texts are sent");
            if tasks + sent == 0 {
                return moved;
            }
            moved += tasks + sent;
        }
        panic!("the work never comes to rest");
    }

    async fn advance(&self, by: SignedDuration) {
        let end = self.clock.now().after(by);
        let mut idle = 0;
        loop {
            idle = if self.run().await > 0 { 0 } else { idle + 1 };
            let now = self.clock.now();
            if now >= end {
                return;
            }
            let (task, texts) = self
                .dispatch
                .store()
                .read::<_, storage::Error, _>(|tx| {
                    Box::pin(
                        async move { Ok((tx.next_task_at().await?, tx.outbox_depth().await?.0)) },
                    )
                })
                .await
                .expect("the database answers");
            let mut next = task.unwrap_or(end).min(end);
            if texts > 0 {
                // What waits may go by its line's pace or its person's: looked at every second,
                // and every minute once it has waited for long.
                next = next.min(now.after(seconds(if idle < 120 { 1 } else { 60 })));
            }
            self.clock.advance(next.since(now).max(SignedDuration::from_micros(1)));
        }
    }
}

fn parts(
    store: Store,
    clock: &ManualClock,
    network: &Network,
    mailer: &Kept,
    chance: Chance,
    links: bool,
) -> Parts {
    let mailer: Arc<dyn Mailer> = Arc::new(mailer.clone());
    Parts {
        store,
        carriers: vec![Arc::new(network.clone())],
        mailer: Some(mailer),
        clock: Arc::new(clock.clone()),
        chance,
        settings: Settings::default(),
        sending: Sending::default(),
        public_url: "https://latchline.example".to_owned(),
        links,
    }
}

/// What a chapter begins with.
struct Terms {
    purposes: Vec<LinePurpose>,
    settings: Map<String, Value>,
    gap: SignedDuration,
    links: bool,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            purposes: vec![LinePurpose::Both],
            settings: Map::new(),
            gap: SignedDuration::ZERO,
            links: false,
        }
    }
}

/// A chapter of an [`Installation`].
pub struct Chapter {
    house: Arc<Installation>,
    id: ChapterId,
    lines: Vec<RegisteredLine>,
    people: Mutex<BTreeMap<String, Person>>,
    read: Mutex<HashSet<OutboxId>>,
    excused: Mutex<HashSet<OutboxId>>,
    ended: AtomicBool,
}

impl Chapter {
    /// A chapter with a line for all, five members of different profiles and one admin, on a SQLite
    /// database of its own.
    pub async fn begin() -> Self {
        Self::on(TestDatabase::sqlite()).await
    }

    /// The same on a given database.
    pub async fn on(database: TestDatabase) -> Self {
        Self::with(database, Terms::default()).await
    }

    /// The same with settings of its own, as JSON.
    pub async fn with_settings(settings: Value) -> Self {
        let Value::Object(settings) = settings else { panic!("settings are an object") };
        Self::with(TestDatabase::sqlite(), Terms { settings, ..Terms::default() }).await
    }

    /// The same with these lines.
    pub async fn with_lines(purposes: &[LinePurpose]) -> Self {
        let terms = Terms { purposes: purposes.to_vec(), ..Terms::default() };
        Self::with(TestDatabase::sqlite(), terms).await
    }

    /// The same with these lines and settings of its own.
    pub async fn with_lines_and_settings(purposes: &[LinePurpose], settings: Value) -> Self {
        let Value::Object(settings) = settings else { panic!("settings are an object") };
        let terms = Terms { purposes: purposes.to_vec(), settings, ..Terms::default() };
        Self::with(TestDatabase::sqlite(), terms).await
    }

    /// The same on a given database, with settings of its own and a line that sends a text every so
    /// often.
    pub async fn on_sending_every(
        database: TestDatabase,
        settings: Value,
        gap: SignedDuration,
    ) -> Self {
        let Value::Object(settings) = settings else { panic!("settings are an object") };
        Self::with(database, Terms { settings, gap, ..Terms::default() }).await
    }

    /// The same on a given database, with texts that carry links to the public pages.
    pub async fn with_links(database: TestDatabase) -> Self {
        Self::with(database, Terms { links: true, ..Terms::default() }).await
    }

    /// The same with a line that sends a text every so often.
    pub async fn sending_every(gap: SignedDuration) -> Self {
        Self::with(TestDatabase::sqlite(), Terms { gap, ..Terms::default() }).await
    }

    async fn with(database: TestDatabase, terms: Terms) -> Self {
        let house = Arc::new(Installation::open(database, terms.links).await);
        let chapter = Self::open(house, "nylca", "NYLCA", terms).await;
        chapter.usual_people().await;
        chapter
    }

    /// Another chapter in the same installation, with a line and nobody in it.
    pub async fn neighbour(&self, slug: &str) -> Self {
        Self::open(self.house.clone(), slug, "Bayside LC", Terms::default()).await
    }

    async fn open(house: Arc<Installation>, slug: &str, name: &str, terms: Terms) -> Self {
        let now = house.clock.now();
        let id = ChapterId::generate(now, &house.chance);
        let row = storage::Chapter {
            id,
            slug: slug.to_owned(),
            name: name.to_owned(),
            timezone: "America/New_York".parse().expect("a zone"),
            settings: terms.settings,
            created_at: now,
        };
        let mut lines = Vec::new();
        for purpose in terms.purposes {
            let number = format!("+1212555{:04}", house.numbers.fetch_add(1, Ordering::SeqCst));
            lines.push(NewLine {
                id: LineId::generate(now, &house.chance),
                chapter_id: id,
                carrier: CarrierKind::Simulated,
                number: model::Phone::from_carrier(&number).expect("a number"),
                purpose,
                account: LineAccount {
                    account_sid: "AC1".to_owned(),
                    auth_token: "token".to_owned(),
                    messaging_service: None,
                    api_base: None,
                },
                gap_micros: i64::try_from(terms.gap.as_micros()).expect("a short while"),
                now,
            });
        }
        let lines = house
            .dispatch
            .store()
            .write::<_, storage::Error, _>(move |tx| {
                Box::pin(async move {
                    tx.add_chapter(&row).await?;
                    let mut registered = Vec::new();
                    for line in &lines {
                        tx.add_line(line).await?;
                        let line = tx.line(line.id).await?.expect("the line just made");
                        registered.push(RegisteredLine::from(&line));
                    }
                    Ok(registered)
                })
            })
            .await
            .expect("a chapter is added");
        Self {
            house,
            id,
            lines,
            people: Mutex::default(),
            read: Mutex::default(),
            excused: Mutex::default(),
            ended: AtomicBool::new(false),
        }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> ChapterId {
        self.id
    }

    /// The work itself.
    #[must_use]
    pub fn dispatch(&self) -> &Dispatch {
        &self.house.dispatch
    }

    /// What it shares with other chapters.
    #[must_use]
    pub fn house(&self) -> &Installation {
        &self.house
    }

    /// Its first line.
    #[must_use]
    pub fn line(&self) -> &RegisteredLine {
        &self.lines[0]
    }

    /// Its lines, in the order in which they were named.
    #[must_use]
    pub fn lines(&self) -> &[RegisteredLine] {
        &self.lines
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.house.clock.now()
    }

    /// Moves the clock on, through everything that falls due, in its order.
    pub async fn advance(&self, by: SignedDuration) {
        self.house.advance(by).await;
    }

    /// Moves the clock to an hour of this day, or of the next where it is past.
    pub async fn until(&self, hour: i8, minute: i8) {
        let local = self.now().in_zone(&"America/New_York".parse().expect("a zone"));
        let mut at = local.with().hour(hour).minute(minute).second(0).subsec_nanosecond(0).build();
        if at.as_ref().is_ok_and(|at| *at <= local) {
            at = local.tomorrow().and_then(|day| {
                day.with().hour(hour).minute(minute).second(0).subsec_nanosecond(0).build()
            });
        }
        let at = Timestamp::new(at.expect("an hour").timestamp());
        self.advance(at.since(self.now())).await;
    }

    /// Lets texts settle and be answered.
    pub async fn settle(&self) {
        self.advance(seconds(26)).await;
    }

    /// Does what is due at this instant.
    pub async fn run(&self) {
        self.house.run().await;
    }

    /// A family's phone, new where it is not known.
    pub fn family(&self, name: &str) -> Phone<'_> {
        self.give_number(name);
        self.phone(name)
    }

    /// A phone that is known.
    ///
    /// # Panics
    /// Where nobody is called so.
    pub fn phone(&self, name: &str) -> Phone<'_> {
        assert!(self.people().contains_key(name), "nobody is called {name}");
        Phone::of(self, name)
    }

    /// An admin's phone.
    pub fn admin(&self, name: &str) -> Phone<'_> {
        self.phone(name)
    }

    /// What a person texts, as the carrier delivers it: for delivering it oneself.
    #[must_use]
    pub fn text_from(&self, name: &str, words: &str) -> InboundText {
        InboundText {
            carrier_message_id: self.house.network.next_id(),
            from: self.person(name).phone,
            text: MessageText::new(words),
            media: 0,
            carrier_answered: None,
        }
    }

    /// Delivers a text on the first line, and does nothing further.
    pub async fn delivers(&self, text: &InboundText) -> Received {
        self.dispatch().receive(self.line(), text.clone()).await.expect("a text is taken in")
    }

    /// Delivers a text that the carrier has answered itself.
    pub async fn delivers_answered(&self, name: &str, words: &str, answered: CarrierAnswered) {
        let text = InboundText { carrier_answered: Some(answered), ..self.text_from(name, words) };
        self.delivers(&text).await;
        self.run().await;
    }

    /// Looks at the database.
    pub async fn look<T, F>(&self, look: F) -> T
    where
        F: for<'t> FnOnce(
                &'t mut ReadTx,
            )
                -> futures_util::future::BoxFuture<'t, Result<T, storage::Error>>
            + Send
            + 'static,
        T: Send + 'static,
    {
        self.dispatch().store().read(look).await.expect("the database answers")
    }

    /// Changes the database as the console would.
    pub async fn change<T, F>(&self, change: F) -> T
    where
        F: for<'t> FnOnce(
                &'t mut WriteTx,
            )
                -> futures_util::future::BoxFuture<'t, Result<T, storage::Error>>
            + Send
            + 'static,
        T: Send + 'static,
    {
        self.dispatch().store().write(change).await.expect("the database takes it")
    }

    /// Runs a statement on the database that the work knows nothing of.
    pub async fn tampers(&self, statement: String) {
        self.house.database.tamper(statement).await;
    }

    /// The database is lost, and a backup of this moment is put in its place: what happens from now on
    /// happens in an installation that does not know what it missed.
    ///
    /// # Panics
    /// Where it cannot be restored.
    pub async fn is_restored(&self) {
        let (store, now) = (self.dispatch().store(), self.now());
        let mut file = tempfile::tempfile().expect("a file");
        let out = file.try_clone().expect("the same file");
        store.back_up(out, "0", now).await.expect("a backup");
        file.rewind().expect("it rewinds");
        let keys = self.house.database.keys();
        let backup = Backup::check(file, keys, Chance::seeded(5)).expect("a whole backup");
        let how = Restoring { replace: true, now: now.after(seconds(1)), ask_at: now };
        store.restore(backup, how).await.expect("it is restored");
        self.dispatch().plan_for_lines().await.expect("it is planned");
    }

    /// The chapter's referrals, newest first.
    pub async fn referrals(&self) -> Vec<Referral> {
        let (id, filter) = (self.id, ReferralFilter { limit: 100, ..ReferralFilter::default() });
        self.look(move |tx| Box::pin(async move { tx.referrals(id, &filter).await })).await
    }

    /// The newest referral.
    ///
    /// # Panics
    /// Where there is none.
    pub async fn referral(&self) -> Referral {
        self.referrals().await.into_iter().next().expect("a referral")
    }

    /// What happened to a referral, by kind and in order.
    pub async fn trace(&self, referral: &Referral) -> Vec<storage::Event> {
        let (id, inquiry) = (referral.id, referral.inquiry_id);
        self.look(move |tx| Box::pin(async move { tx.trace(id, inquiry).await })).await
    }

    /// Who has which place: names by place, and who stands by in its turn.
    pub async fn places(&self, referral: &Referral) -> (Vec<String>, Vec<String>) {
        let id = referral.id;
        let mut claims = self.look(move |tx| Box::pin(async move { tx.claims(id).await })).await;
        claims.sort_by_key(|claim| (claim.place, claim.turn));
        let named = |kind| {
            let of = claims.iter().filter(move |claim| claim.kind == kind);
            of.map(|claim| self.name_of(claim.member_id)).collect::<Vec<_>>()
        };
        (named(model::ClaimKind::Firm), named(model::ClaimKind::Standby))
    }

    /// Sets what the chapter decides for itself.
    pub async fn decides_for_itself(&self, settings: Value) {
        let Value::Object(settings) = settings else { panic!("settings are an object") };
        let id = self.id;
        self.change(move |tx| {
            Box::pin(async move { tx.set_chapter_settings(id, &settings).await })
        })
        .await;
    }

    /// The story knows that texts were refused for this reason.
    ///
    /// # Panics
    /// Where none was.
    pub async fn knows_failed(&self, class: ErrorClass) {
        let failed = self.failed().await;
        let of = failed.iter().filter(|row| row.error_class == Some(class)).map(|row| row.id);
        let of = of.collect::<Vec<_>>();
        assert!(!of.is_empty(), "nothing failed as {class}");
        self.excused.lock().unwrap_or_else(PoisonError::into_inner).extend(of);
    }

    fn people(&self) -> MutexGuard<'_, BTreeMap<String, Person>> {
        self.people.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read_texts(&self) -> MutexGuard<'_, HashSet<OutboxId>> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
