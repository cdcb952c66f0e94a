//! What the log is told of links: nothing, whatever is done with them and whatever goes wrong.

use std::{
    fmt::{Debug, Write as _},
    sync::{Arc, Mutex, PoisonError},
};

use model::TaskKind;
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

use crate::house::House;

/// Hears everything, at every level.
#[derive(Clone, Default)]
struct Listener(Arc<Mutex<String>>);

impl Listener {
    fn heard(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Visit for Listener {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let mut heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = writeln!(heard, "{field}={value:?}");
    }
}

impl Subscriber for Listener {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &span::Attributes<'_>) -> span::Id {
        span.record(&mut self.clone());
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

#[tokio::test]
async fn no_link_is_told_to_the_log() {
    let listener = Listener::default();
    let _hears = tracing::subscriber::set_default(listener.clone());
    tracing::info!(word = "it hears");
    let house = House::asking().await;
    let ana = house.chapter.phone("ana");
    ana.texts("PAGE").await;
    let own = format!("/m/{}", ana.receives("Your page").link_to("m").expect("a link"));
    for member in ["ana", "beth", "cleo"] {
        house.post(house.of(member), "act=claim&line=after+5+pm").await;
        let _ = house.chapter.phone(member).receives("of 3");
    }
    let names = house.chapter.family("jess").receives("Here are 3 consultants");
    let names = format!("/f/{}", names.link_to("f").expect("a link"));
    for path in [&own, &names, &format!("{names}/1.vcf"), house.of("dora"), &format!("{own}/share")]
    {
        assert_eq!(house.get(path).await.status, 200, "{path}");
    }
    house.post(&format!("{own}/profile"), "hours=chapter").await;
    house.chapter.done_leaving(&[TaskKind::FollowUp]).await;
    house.chapter.dispatch().store().close().await;
    for path in [&own, &names, house.of("dora")] {
        assert!(house.get(path).await.status.is_server_error(), "{path}");
    }
    let heard = listener.heard();
    assert!(heard.contains("it hears") && heard.contains("could not be answered"), "{heard}");
    for link in [&own, &names, house.of("dora"), house.of("ana")] {
        let secret = &link[3..];
        assert!(secret.len() == 16 && !heard.contains(secret), "{link} is in: {heard}");
    }
}
