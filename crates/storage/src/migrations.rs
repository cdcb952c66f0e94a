//! The tables' history: same numbers and names for both databases.

use sqlx::{
    SqlSafeStr as _,
    migrate::{Migration, MigrationType, Migrator},
};

/// A migration's number, name, and text for SQLite and for PostgreSQL.
type Step = (i64, &'static str, &'static str, &'static str);

/// Every step, in order. A released step is never changed; a new one only adds, so that the last
/// release's statements still hold while old and new nodes work side by side.
const STEPS: &[Step] = &[
    (
        1,
        "initial",
        include_str!("../../../migrations/sqlite/0001_initial.sql"),
        include_str!("../../../migrations/postgres/0001_initial.sql"),
    ),
    (
        2,
        "restored",
        include_str!("../../../migrations/sqlite/0002_restored.sql"),
        include_str!("../../../migrations/postgres/0002_restored.sql"),
    ),
    (
        3,
        "corrections",
        include_str!("../../../migrations/sqlite/0003_corrections.sql"),
        include_str!("../../../migrations/postgres/0003_corrections.sql"),
    ),
    (
        4,
        "lists",
        include_str!("../../../migrations/sqlite/0004_lists.sql"),
        include_str!("../../../migrations/postgres/0004_lists.sql"),
    ),
    (
        5,
        "links",
        include_str!("../../../migrations/sqlite/0005_links.sql"),
        include_str!("../../../migrations/postgres/0005_links.sql"),
    ),
    (
        6,
        "policies",
        include_str!("../../../migrations/sqlite/0006_policies.sql"),
        include_str!("../../../migrations/postgres/0006_policies.sql"),
    ),
    (
        7,
        "reminders",
        include_str!("../../../migrations/sqlite/0007_reminders.sql"),
        include_str!("../../../migrations/postgres/0007_reminders.sql"),
    ),
    (
        8,
        "token owners",
        include_str!("../../../migrations/sqlite/0008_token_owners.sql"),
        include_str!("../../../migrations/postgres/0008_token_owners.sql"),
    ),
    (
        9,
        "indexes",
        include_str!("../../../migrations/sqlite/0009_indexes.sql"),
        include_str!("../../../migrations/postgres/0009_indexes.sql"),
    ),
    (
        10,
        "answers",
        include_str!("../../../migrations/sqlite/0010_answers.sql"),
        include_str!("../../../migrations/postgres/0010_answers.sql"),
    ),
    (
        11,
        "desk",
        include_str!("../../../migrations/sqlite/0011_desk.sql"),
        include_str!("../../../migrations/postgres/0011_desk.sql"),
    ),
    (
        12,
        "threads",
        include_str!("../../../migrations/sqlite/0012_threads.sql"),
        include_str!("../../../migrations/postgres/0012_threads.sql"),
    ),
    (
        13,
        "people",
        include_str!("../../../migrations/sqlite/0013_people.sql"),
        include_str!("../../../migrations/postgres/0013_people.sql"),
    ),
    (
        14,
        "push",
        include_str!("../../../migrations/sqlite/0014_push.sql"),
        include_str!("../../../migrations/postgres/0014_push.sql"),
    ),
    (
        15,
        "passkeys",
        include_str!("../../../migrations/sqlite/0015_passkeys.sql"),
        include_str!("../../../migrations/postgres/0015_passkeys.sql"),
    ),
    (
        16,
        "portraits",
        include_str!("../../../migrations/sqlite/0016_portraits.sql"),
        include_str!("../../../migrations/postgres/0016_portraits.sql"),
    ),
    (
        17,
        "calls",
        include_str!("../../../migrations/sqlite/0017_calls.sql"),
        include_str!("../../../migrations/postgres/0017_calls.sql"),
    ),
    (
        18,
        "figures",
        include_str!("../../../migrations/sqlite/0018_figures.sql"),
        include_str!("../../../migrations/postgres/0018_figures.sql"),
    ),
    (
        19,
        "newest",
        include_str!("../../../migrations/sqlite/0019_newest.sql"),
        include_str!("../../../migrations/postgres/0019_newest.sql"),
    ),
    (
        20,
        "shares",
        include_str!("../../../migrations/sqlite/0020_shares.sql"),
        include_str!("../../../migrations/postgres/0020_shares.sql"),
    ),
    (
        21,
        "record",
        include_str!("../../../migrations/sqlite/0021_record.sql"),
        include_str!("../../../migrations/postgres/0021_record.sql"),
    ),
];

/// The number of the newest step: the version of the tables.
pub(crate) fn newest() -> i64 {
    STEPS.last().map_or(0, |step| step.0)
}

pub(crate) fn sqlite() -> Migrator {
    migrator(|step| step.2)
}

pub(crate) fn postgres() -> Migrator {
    migrator(|step| step.3)
}

fn migrator(text: impl Fn(&Step) -> &'static str) -> Migrator {
    up_to(newest(), text)
}

fn up_to(last: i64, text: impl Fn(&Step) -> &'static str) -> Migrator {
    let steps = STEPS
        .iter()
        .filter(|step| step.0 <= last)
        .map(|step| {
            Migration::new(
                step.0,
                step.1.into(),
                MigrationType::Simple,
                text(step).into_sql_str(),
                false,
            )
        })
        .collect();
    let mut migrator = Migrator::with_migrations(steps);
    // A newer node may have added steps that this older one does not know: it works on.
    migrator.set_ignore_missing(true);
    migrator
}

#[cfg(test)]
mod tests;
