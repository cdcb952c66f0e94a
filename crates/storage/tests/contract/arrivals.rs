//! Texts that come in: each once, and one open inquiry for whoever sent them.

use model::{
    ActorKind, EventId, InboundId, InquiryId, InquiryState, LineId, MessageText, PhoneId, Standing,
    TaskKind, seconds,
};
use serde_json::json;
use storage::{Arrival, Caller, FirstText, NewEvent, NewInbound, Task};
use testkit::databases::TestDatabase;

use super::sample::{Sample, at_once, number, start};

testkit::on_both! {
    a_text_delivered_twelve_times_at_once_counts_once,
    the_same_carrier_id_on_another_line_is_another_text,
    one_number_becomes_one_row_whoever_comes_first,
    twelve_texts_at_once_open_one_inquiry,
    an_inquiry_that_closes_while_texts_come_is_followed_by_one,
    texts_are_read_once_and_in_order,
    the_last_inquiry_is_found_again,
    first_texts_kept_together_are_as_if_kept_alone,
    first_texts_of_which_one_is_none_are_not_kept,
}

fn text(sample: &Sample, line: LineId, phone: PhoneId, carrier_id: &str) -> NewInbound {
    NewInbound {
        id: InboundId::generate(start(), &sample.chance),
        chapter_id: sample.chapter,
        line_id: line,
        phone_id: phone,
        carrier_message_id: carrier_id.to_owned(),
        standing: Standing::Family,
        body: MessageText::new(format!("help please ({carrier_id})")),
        media: 0,
        inquiry_id: None,
        received_at: start(),
    }
}

/// The whole of what a delivery does hangs on being the first.
async fn a_text_delivered_twelve_times_at_once_counts_once(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let phone = sample.phone(1).await;
    let deliveries = (0..12).map(|_| {
        let store = sample.store.clone();
        let (new, inquiry) = (text(&sample, sample.line, phone, "SM1"), sample.new_inquiry(phone));
        let event = NewEvent {
            id: EventId::generate(start(), &sample.chance),
            chapter_id: sample.chapter,
            inquiry_id: None,
            referral_id: None,
            at: start(),
            actor: ActorKind::Family,
            actor_id: None,
            kind: "text_received".to_owned(),
            detail: json!({}),
        };
        async move {
            kept!(store, tx => {
                let first = tx.add_inbound(&new).await?;
                if first {
                    let (open, begun) = tx.open_inquiry(&inquiry).await?;
                    assert!(begun);
                    tx.assign_inbound(new.id, open.id).await?;
                    tx.add_event(&NewEvent { inquiry_id: Some(open.id), ..event }).await?;
                }
                first.then_some(inquiry.id)
            })
        }
    });
    let firsts = at_once(deliveries).await.into_iter().flatten().collect::<Vec<_>>();
    let [inquiry] = firsts[..] else { panic!("{} deliveries were first", firsts.len()) };
    let line = sample.line;
    let (texts, known, trace) = seen!(sample.store, tx => {
        let nothing = model::ReferralId::from_uuid(uuid::Uuid::nil());
        let known = tx.has_inbound(line, "SM1").await? && !tx.has_inbound(line, "SM2").await?;
        (tx.inquiry_texts(inquiry, false).await?.len(), known, tx.trace(nothing, inquiry).await?.len())
    });
    assert_eq!((texts, known, trace), (1, true, 1));
}

async fn the_same_carrier_id_on_another_line_is_another_text(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (phone, second) = (sample.phone(1).await, sample.second_line().await);
    let here = text(&sample, sample.line, phone, "SM1");
    let there = text(&sample, second, phone, "SM1");
    let again = text(&sample, second, phone, "SM1");
    let added = kept!(sample.store, tx => [
        tx.add_inbound(&here).await?,
        tx.add_inbound(&there).await?,
        tx.add_inbound(&again).await?,
    ]);
    assert_eq!(added, [true, true, false]);
}

async fn one_number_becomes_one_row_whoever_comes_first(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let ids = at_once((0..12).map(|_| {
        let (store, chapter, chance) =
            (sample.store.clone(), sample.chapter, sample.chance.clone());
        async move {
            kept!(store, tx => {
                let row = tx.phone_for(chapter, &number(5), start(), &chance).await?;
                assert_eq!(row.number.as_ref(), Some(&number(5)));
                row.id
            })
        }
    }))
    .await;
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    let read = seen!(sample.store, tx => tx.phone(ids[0]).await?.expect("the row"));
    assert_eq!(read.number, Some(number(5)));
}

async fn twelve_texts_at_once_open_one_inquiry(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let phone = sample.phone(1).await;
    let opened = at_once((0..12).map(|n| {
        let store = sample.store.clone();
        let (new, inquiry) =
            (text(&sample, sample.line, phone, &format!("SM{n}")), sample.new_inquiry(phone));
        async move {
            kept!(store, tx => {
                assert!(tx.add_inbound(&new).await?);
                let (open, begun) = tx.open_inquiry(&inquiry).await?;
                tx.assign_inbound(new.id, open.id).await?;
                (open.id, begun)
            })
        }
    }))
    .await;
    assert_eq!(opened.iter().filter(|(_, begun)| *begun).count(), 1);
    assert!(opened.iter().all(|(id, _)| *id == opened[0].0));
    let inquiry = opened[0].0;
    assert_eq!(seen!(sample.store, tx => tx.inquiry_texts(inquiry, true).await?.len()), 12);
}

/// The table itself refuses a second open inquiry, so the units that race here never see one.
async fn an_inquiry_that_closes_while_texts_come_is_followed_by_one(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (phone, line) = (sample.phone(1).await, sample.line);
    let rounds = at_once((0..24).map(|n| {
        let (store, new) = (sample.store.clone(), sample.new_inquiry(phone));
        async move {
            kept!(store, tx => {
                let (mut open, begun) = tx.open_inquiry(&new).await?;
                if n % 3 == 0 {
                    open.state = InquiryState::Closed;
                    open.closed_at = Some(start());
                    tx.save_inquiry(&open).await?;
                }
                (open.id, begun)
            })
        }
    }))
    .await;
    let begun = rounds.iter().filter(|(_, begun)| *begun).map(|(id, _)| *id).collect::<Vec<_>>();
    for (id, _) in &rounds {
        assert!(begun.contains(id), "a text went to an inquiry that nobody began");
    }
    let (open, previous) = kept!(sample.store, tx => {
        (tx.open_inquiry_of(line, phone).await?, tx.previous_inquiry(line, phone).await?)
    });
    assert!(previous.is_some_and(|inquiry| begun.contains(&inquiry.id)));
    assert!(open.is_none_or(|inquiry| begun.contains(&inquiry.id)));
    assert!(begun.len() == 8 || begun.len() == 9, "{} were begun, 8 closed", begun.len());
}

async fn texts_are_read_once_and_in_order(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (phone, line) = (sample.phone(1).await, sample.line);
    let inquiry = sample.new_inquiry(phone);
    let texts = ["SM3", "SM1", "SM2"].map(|id| text(&sample, line, phone, id));
    let id: InquiryId = inquiry.id;
    let later = start().after(seconds(5));
    kept!(sample.store, tx => {
        tx.open_inquiry(&inquiry).await?;
        for text in &texts {
            tx.add_inbound(text).await?;
            tx.assign_inbound(text.id, id).await?;
        }
        tx.mark_read(id, start()).await?;
        tx.touch_inquiry(id, later).await?;
        tx.count_family_text(id).await?;
        tx.count_family_text(id).await?;
    });
    let late = text(&sample, line, phone, "SM4");
    kept!(sample.store, tx => {
        tx.add_inbound(&late).await?;
        tx.assign_inbound(late.id, id).await?;
    });
    let words = |texts: Vec<storage::Inbound>| -> Vec<String> {
        let body = |text: storage::Inbound| text.body.expect("words").reveal().to_owned();
        texts.into_iter().map(body).collect()
    };
    let (all, unread, newest, read) = seen!(sample.store, tx => (
        tx.inquiry_texts(id, false).await?,
        tx.inquiry_texts(id, true).await?,
        tx.texts_of_phone(line, phone, 2).await?,
        tx.inquiry(id).await?.expect("the inquiry"),
    ));
    let help = |id: &str| format!("help please ({id})");
    assert_eq!(words(all), ["SM3", "SM1", "SM2", "SM4"].map(help));
    assert_eq!(words(unread), ["SM4"].map(help));
    assert_eq!(words(newest), ["SM2", "SM4"].map(help));
    assert_eq!((read.texts_sent, read.last_text_at, read.first_text_at), (2, later, start()));
}

async fn the_last_inquiry_is_found_again(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (phone, other, line) = (sample.phone(1).await, sample.phone(2).await, sample.line);
    let mut closed = Vec::new();
    // The second ended last, the third is somebody else's.
    for (phone, last_text) in [(phone, 1), (phone, 9), (phone, 5), (other, 20)] {
        let new = sample.new_inquiry(phone);
        closed.push(new.id);
        kept!(sample.store, tx => {
            let (mut inquiry, _) = tx.open_inquiry(&new).await?;
            inquiry.state = InquiryState::Closed;
            inquiry.last_text_at = start().after(seconds(last_text));
            inquiry.closed_at = Some(inquiry.last_text_at);
            tx.save_inquiry(&inquiry).await?;
        });
    }
    let open = sample.new_inquiry(phone);
    kept!(sample.store, tx => tx.open_inquiry(&open).await?);
    let previous = seen!(sample.store, tx => tx.previous_inquiry(line, phone).await?);
    assert_eq!(previous.map(|inquiry| inquiry.id), Some(closed[1]));
}

fn first_text(sample: &Sample, n: u32) -> FirstText {
    FirstText {
        phone: PhoneId::generate(start(), &sample.chance),
        number: number(n),
        inquiry: InquiryId::generate(start(), &sample.chance),
        event: EventId::generate(start(), &sample.chance),
        id: InboundId::generate(start(), &sample.chance),
        chapter: sample.chapter,
        line: sample.line,
        carrier_message_id: format!("SM{n}"),
        body: MessageText::new(format!("h\u{e9}lp \"please\" {n}")),
        media: 2,
        received_at: start(),
        read_at: start().after(seconds(25)),
    }
}

fn callers(sample: &Sample, numbers: impl IntoIterator<Item = u32>) -> Vec<Caller> {
    let caller = |n| Caller {
        chapter: sample.chapter,
        line: sample.line,
        number: number(n),
        carrier_message_id: format!("SM{n}"),
    };
    numbers.into_iter().map(caller).collect()
}

async fn first_texts_kept_together_are_as_if_kept_alone(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let member = sample.member(9).await;
    let (together, alone) =
        ([first_text(&sample, 1), first_text(&sample, 2)], first_text(&sample, 3));
    let texts = together.clone();
    kept!(sample.store, tx => tx.begin_inquiries(&texts).await?);
    let (one, chance) = (alone.clone(), sample.chance.clone());
    let (line, chapter) = (sample.line, sample.chapter);
    let (phone, inquiry) = kept!(sample.store, tx => {
        let phone = tx.phone_for(one.chapter, &one.number, start(), &chance).await?;
        let new = storage::NewInquiry {
            id: one.inquiry, chapter_id: chapter, line_id: line, phone_id: phone.id,
            language: "und".to_owned(), now: start(),
        };
        let (inquiry, begun) = tx.open_inquiry(&new).await?;
        assert!(begun);
        tx.add_inbound(&NewInbound {
            id: one.id, chapter_id: chapter, line_id: line, phone_id: phone.id,
            carrier_message_id: one.carrier_message_id.clone(), standing: Standing::Family,
            body: one.body.clone(), media: one.media, inquiry_id: Some(inquiry.id), received_at: start(),
        }).await?;
        tx.add_event(&NewEvent {
            id: one.event, chapter_id: chapter, inquiry_id: Some(inquiry.id), referral_id: None, at: start(),
            actor: ActorKind::Family, actor_id: None, kind: "inquiry_begun".to_owned(), detail: json!({}),
        }).await?;
        let task = Task { kind: TaskKind::Settle, subject: inquiry.id.as_uuid(), chapter_id: chapter };
        tx.plan(task, one.read_at).await?;
        (phone.id, inquiry.id)
    });
    let everything = |phone: PhoneId, inquiry: InquiryId, n: u32| {
        let (store, from, number) = (sample.store.clone(), number(n), number(n));
        async move {
            let nothing = model::ReferralId::from_uuid(uuid::Uuid::nil());
            let (row, open, texts, trace, due) = seen!(store, tx => (
                tx.phone_by_number(chapter, &from).await?.expect("the number"),
                tx.inquiry(inquiry).await?.expect("the inquiry"),
                tx.inquiry_texts(inquiry, true).await?,
                tx.trace(nothing, inquiry).await?,
                tx.task_due_at(TaskKind::Settle, inquiry.as_uuid()).await?,
            ));
            assert_eq!((row.id, row.number, open.phone_id), (phone, Some(number), phone));
            let said = texts.iter().map(|text| {
                let body = text.body.as_ref().expect("words").reveal().replace(&n.to_string(), "n");
                format!("{body} {} {} {}", text.media, text.standing, text.received_at)
            });
            let events = trace
                .iter()
                .map(|event| format!("{} {} {}", event.kind, event.actor, event.detail));
            format!(
                "{:?} {} {} {} {:?} {:?} {due:?} {:?}",
                row.language,
                open.state,
                open.language,
                open.handled_by,
                said.collect::<Vec<_>>(),
                events.collect::<Vec<_>>(),
                (open.first_text_at, open.last_text_at),
            )
        }
    };
    let wanted = everything(phone, inquiry, 3).await;
    for (text, n) in together.iter().zip([1, 2]) {
        assert_eq!(everything(text.phone, text.inquiry, n).await, wanted);
    }
    let asked = callers(&sample, [3, 1, 9, 8]);
    let known = seen!(sample.store, tx => tx.arrivals(&asked).await?);
    let told = |arrival: &Option<Arrival>| {
        let arrival = arrival.as_ref().expect("a chapter");
        let phone = arrival.phone.as_ref().and_then(|phone| phone.number.clone());
        (phone, arrival.is_kept, arrival.is_member, arrival.is_admin, arrival.is_suppressed)
    };
    let (kept, stranger) = ((true, false, false, false), (None, false, false, false, false));
    assert_eq!(told(&known[0]), (Some(number(3)), kept.0, kept.1, kept.2, kept.3));
    assert_eq!(told(&known[1]), (Some(number(1)), kept.0, kept.1, kept.2, kept.3));
    assert_eq!(told(&known[2]), (Some(number(9)), false, true, false, false));
    assert_eq!(told(&known[3]), stranger);
    let _ = member;
}

async fn first_texts_of_which_one_is_none_are_not_kept(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    sample.phone(2).await;
    let texts = [first_text(&sample, 1), first_text(&sample, 2)];
    let told = sample
        .store
        .write::<_, storage::Error, _>(move |tx| {
            Box::pin(async move { tx.begin_inquiries(&texts).await })
        })
        .await;
    assert!(matches!(&told, Err(error) if !error.is_passing()), "{told:?}");
    let asked = callers(&sample, [1]);
    let known = seen!(sample.store, tx => tx.arrivals(&asked).await?);
    assert!(known[0].as_ref().is_some_and(|known| known.phone.is_none() && !known.is_kept));
}
