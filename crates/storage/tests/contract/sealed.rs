//! Nothing private stands in clear, in any table there is.

use testkit::databases::TestDatabase;

use super::{
    cells::{Raw, contains},
    filled::{NOT_FILLED, PRIVATE, fill},
    sample::Sample,
};

testkit::on_both! {
    no_private_word_stands_in_any_cell,
}

/// A table or a column that a new migration adds fails this test until `filled` puts something
/// into it, which is when whoever adds it decides whether it is sealed.
async fn no_private_word_stands_in_any_cell(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    fill(&sample).await;
    let mut raw = Raw::connect(&database).await;
    let columns = raw.columns().await;
    let (mut empty, mut telling, mut in_clear) = (Vec::new(), Vec::new(), 0);
    for (table, column) in &columns {
        let cells = raw.cells(table, column).await;
        if cells.is_empty() && !NOT_FILLED.contains(&(table, column)) {
            empty.push(format!("{table}.{column}"));
        }
        for cell in cells {
            // The search finds what is there: these two are public.
            in_clear += usize::from(contains(&cell, "+12125550100") || contains(&cell, "nylca"));
            for word in PRIVATE.iter().filter(|word| contains(&cell, word)) {
                telling.push(format!("{table}.{column} tells {word}"));
            }
        }
    }
    assert!(columns.len() > 100, "only {} columns were looked at", columns.len());
    assert_eq!(empty, Vec::<String>::new(), "columns in which nothing was looked at");
    assert_eq!(telling, Vec::<String>::new());
    assert_eq!(in_clear, 2);
}

/// Deleted rows, indexes, the log: everything that a copy of the disk holds.
#[tokio::test]
async fn no_private_word_stands_anywhere_in_the_file_or_its_log() {
    let database = TestDatabase::sqlite();
    let sample = Sample::new(&database).await;
    fill(&sample).await;
    let file = database.sqlite_file().expect("a file");
    let mut looked_at = 0;
    let mut search = |when: &str| {
        let mut found = false;
        for kind in ["", "-wal", "-shm"] {
            let path = format!("{}{kind}", file.display());
            let Ok(bytes) = std::fs::read(&path) else { continue };
            looked_at += bytes.len();
            for word in PRIVATE {
                assert!(!contains(&bytes, word), "{when}: the file {kind} tells {word}");
            }
            found |= contains(&bytes, "nylca");
        }
        assert!(found, "{when}: the search finds what is there");
    };
    search("open");
    sample.store.close().await;
    search("closed");
    assert!(looked_at > 100_000, "only {looked_at} bytes were looked at");
}
