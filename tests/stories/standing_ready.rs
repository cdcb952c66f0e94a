//! Texts that stand ready for their request, and what happens to their people meanwhile.

use std::time::Duration;

use model::{ErrorClass, OutboxState, TaskKind, seconds};
use testkit::{Chapter, network::Carried};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::{ALL, JESS};

/// A node at work that sends one text at once.
struct Node {
    shutdown: CancellationToken,
    sender: JoinHandle<()>,
}

impl Node {
    /// Jess's request is about to be put to the members: one text is with a carrier that is silent,
    /// and behind it two stand ready.
    async fn busy(chapter: &Chapter) -> Self {
        let need = {
            chapter.family("jess");
            chapter.text_from("jess", JESS)
        };
        chapter.delivers(&need).await;
        chapter.house().clock.advance(seconds(26));
        chapter.dispatch().run_due_tasks().await.expect("tasks run");
        chapter.house().network.is_silent(true);
        let node = chapter.house().another_node_sending(1).await;
        let shutdown = CancellationToken::new();
        let sender = {
            let shutdown = shutdown.clone();
            tokio::spawn(async move { node.run_sender(shutdown).await })
        };
        until(async || count(chapter, OutboxState::Sending).await == 3).await;
        until(async || chapter.house().network.carried().len() == 1).await;
        Self { shutdown, sender }
    }

    /// The carrier answers again, so much later; gives what went out from then on.
    async fn goes_on(self, chapter: &Chapter, later: i64) -> Vec<Carried> {
        chapter.house().clock.advance(seconds(later));
        chapter.house().network.is_silent(false);
        until(async || {
            count(chapter, OutboxState::Sending).await + count(chapter, OutboxState::Waiting).await
                == 0
        })
        .await;
        self.shutdown.cancel();
        self.sender.await.expect("it ends");
        chapter.house().network.carried().split_off(1)
    }
}

async fn count(chapter: &Chapter, state: OutboxState) -> usize {
    let id = chapter.id();
    chapter
        .look(move |tx| Box::pin(async move { tx.outbox_in(Some(id), state, 100).await }))
        .await
        .len()
}

/// Waits for what another task does.
async fn until(done: impl AsyncFn() -> bool) {
    for _ in 0..2000 {
        if done().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it never comes to that");
}

#[tokio::test]
async fn a_stop_holds_for_texts_that_stand_ready() {
    let chapter = Chapter::begin().await;
    let node = Node::busy(&chapter).await;
    for member in ALL {
        let stop = chapter.text_from(member, "STOP");
        chapter.delivers(&stop).await;
    }
    let sent = node.goes_on(&chapter, 2).await;
    assert_eq!(sent.len(), ALL.len(), "{sent:#?}");
    for member in ALL {
        let _ = chapter.phone(member).receives("unsubscribed");
    }
    let _ = chapter.family("jess").receives("Got it");
    chapter.knows_failed(ErrorClass::Suppressed).await;
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn an_offer_that_stands_ready_is_not_made_when_the_places_are_gone() {
    let chapter = Chapter::begin().await;
    let node = Node::busy(&chapter).await;
    let code = chapter.referral().await.code.expect("a code").to_string();
    // They have heard of it elsewhere.
    for member in ["ana", "beth", "cleo"] {
        let claim = chapter.text_from(member, &code);
        chapter.delivers(&claim).await;
    }
    let sent = node.goes_on(&chapter, 2).await;
    assert!(!sent.iter().any(|text| testkit::manners::is_offer(&text.text)), "{sent:#?}");
    for (place, member) in ["ana", "beth", "cleo"].into_iter().enumerate() {
        let _ = chapter.phone(member).receives(&format!("{code}: place {} of 3", place + 1));
    }
    let jess = chapter.family("jess");
    let _ = (jess.receives("Got it"), jess.receives("Here are 3 consultants"));
    chapter.knows_failed(ErrorClass::Expired).await;
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn a_text_that_stood_ready_for_too_long_goes_back_and_comes_again() {
    let chapter = Chapter::begin().await;
    let Node { shutdown, sender } = Node::busy(&chapter).await;
    chapter.house().clock.advance(seconds(31));
    // It takes no more, and ends with what it has in hand.
    shutdown.cancel();
    chapter.house().network.is_silent(false);
    sender.await.expect("it ends");
    // They might be another node's soon: they wait, as those do that were never leased.
    assert_eq!(chapter.house().network.carried().len(), 1);
    assert_eq!(count(&chapter, OutboxState::Waiting).await, ALL.len());
    chapter.advance(seconds(10)).await;
    for member in ALL {
        let _ = chapter.phone(member).receives_offer();
    }
    let _ = chapter.family("jess").receives("Got it");
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}
