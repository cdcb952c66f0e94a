//! Errors that the work logged instead of returning: a story that caused one fails.

use std::{
    cell::RefCell,
    error::Error,
    fmt::{self, Write as _},
    sync::Once,
};

use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

thread_local! {
    static TROUBLES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Starts to note errors. A story's own thread steps the work, so what it logs is the story's.
pub(crate) fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Where a test has a subscriber of its own already, that one is the one to ask.
        let _ = tracing::subscriber::set_global_default(Watch);
    });
}

/// The errors logged on this thread since the last time somebody asked.
pub(crate) fn take() -> Vec<String> {
    TROUBLES.take()
}

/// Forgets the errors that hold this; gives how many.
pub(crate) fn forget(part: &str) -> usize {
    TROUBLES.with_borrow_mut(|troubles| {
        let before = troubles.len();
        troubles.retain(|trouble| !trouble.contains(part));
        before - troubles.len()
    })
}

struct Watch;

impl Subscriber for Watch {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() == Level::ERROR
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut words = Words(String::new());
        event.record(&mut words);
        TROUBLES.with_borrow_mut(|troubles| troubles.push(words.0));
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

struct Words(String);

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = write!(self.0, "{field}: {value:?}; ");
    }

    fn record_error(&mut self, field: &Field, value: &(dyn Error + 'static)) {
        let _ = write!(self.0, "{field}: {value}");
        let mut source = value.source();
        while let Some(error) = source {
            let _ = write!(self.0, ": {error}");
            source = error.source();
        }
        self.0.push_str("; ");
    }
}
