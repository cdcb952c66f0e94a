//! The storage contract: what every other room may rely on, proven on SQLite and on PostgreSQL.

/// Runs a unit of work that is expected to be kept; `?` inside gives up with a [`storage::Error`].
macro_rules! kept {
    ($store:expr, $tx:ident => $body:expr) => {
        $store
            .write(move |$tx| Box::pin(async move { Ok::<_, storage::Error>($body) }))
            .await
            .expect("the unit is kept")
    };
}

/// Runs a unit of work that reads.
macro_rules! seen {
    ($store:expr, $tx:ident => $body:expr) => {
        $store
            .read(move |$tx| Box::pin(async move { Ok::<_, storage::Error>($body) }))
            .await
            .expect("the unit reads")
    };
}

mod contract {
    mod ahead;
    mod arrivals;
    mod backups;
    mod care;
    mod cells;
    mod codes;
    mod faults;
    mod filled;
    mod keys;
    mod leases;
    mod lists;
    mod locks;
    mod opening;
    mod order;
    mod outcomes;
    mod own;
    mod paging;
    mod places;
    mod roster;
    mod rows;
    mod sample;
    mod sealed;
    mod service;
    mod signing_in;
    mod snapshots;
    mod tasks;
    mod units;
    mod unreadable;
    mod wakes;
}
