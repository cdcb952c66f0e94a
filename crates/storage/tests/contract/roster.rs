//! The roster: one row a number, brought up to date, asked only where a text arrives.

use model::{ClaimId, ClaimKind, EmailAddress, MemberStatus, ReferralState};
use serde_json::json;
use storage::{MemberPrivate, NewClaim, NewMember, Profile};
use testkit::databases::TestDatabase;

use super::sample::{Sample, at_once, start};

testkit::on_both! {
    a_member_put_twice_is_brought_up_to_date,
    a_member_put_by_twelve_at_once_is_one_who_can_be_read,
    only_who_is_active_and_reachable_is_asked,
    what_is_known_of_her_changes_piece_by_piece,
}

async fn a_member_put_twice_is_brought_up_to_date(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (phone, chapter) = (sample.phone(1).await, sample.chapter);
    let first = sample.new_member(phone, "Ana Bell");
    let second = NewMember {
        email: Some(EmailAddress::new("ana@example.org")),
        private: MemberPrivate { booking_url: None, note: "back from leave".to_owned() },
        status: MemberStatus::Paused,
        profile: Profile {
            areas: vec!["Brooklyn".to_owned()],
            night_owl: true,
            ..Profile::default()
        },
        ..sample.new_member(phone, "Ana Bell-Ortiz")
    };
    let expected = second.clone();
    let (put, again) =
        kept!(sample.store, tx => (tx.put_member(&first).await?, tx.put_member(&second).await?));
    assert_eq!((put.1, again), (true, (put.0, false)));
    let read =
        seen!(sample.store, tx => tx.member_by_phone(phone, chapter).await?.expect("her row"));
    assert_eq!((read.id, read.name, read.email), (put.0, expected.name, expected.email));
    assert_eq!(
        (read.private, read.status, read.profile),
        (expected.private, expected.status, expected.profile)
    );
    assert_eq!(seen!(sample.store, tx => tx.roster(chapter).await?.len()), 1);
}

/// What is sealed opens only in its own row: whoever comes second must seal for the first one's.
async fn a_member_put_by_twelve_at_once_is_one_who_can_be_read(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let phone = sample.phone(1).await;
    let put = at_once((0..12).map(|n| {
        let (store, new) = (sample.store.clone(), sample.new_member(phone, &format!("Ana {n}")));
        async move { kept!(store, tx => tx.put_member(&new).await?) }
    }))
    .await;
    assert_eq!(put.iter().filter(|(_, new)| *new).count(), 1);
    let id = put[0].0;
    assert!(put.iter().all(|(other, _)| *other == id), "{put:?}");
    let read = seen!(sample.store, tx => tx.member(id).await?.expect("her row"));
    assert!(read.name.reveal().starts_with("Ana "));
}

async fn only_who_is_active_and_reachable_is_asked(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (chapter, line, second) = (sample.chapter, sample.line, sample.second_line().await);
    let mut members = Vec::new();
    for n in 0..7 {
        members.push(sample.member(n).await);
    }
    let (running, over) = (sample.referral(100).await, sample.referral(101).await);
    let (ids, chance) = (members.clone(), sample.chance.clone());
    kept!(sample.store, tx => {
        for (n, referral) in [running, over].into_iter().enumerate() {
            tx.put_claim(&NewClaim {
                id: ClaimId::generate(start(), &chance),
                chapter_id: chapter,
                referral_id: referral,
                member_id: ids[0],
                kind: if n == 0 { ClaimKind::Provisional } else { ClaimKind::Firm },
                place: Some(1),
                turn: 1,
                caveat: None,
                held_until: None,
                now: start(),
            })
            .await?;
        }
        let mut over = tx.referral_for_update(over).await?.expect("the referral");
        over.state = ReferralState::Closed;
        over.closed_at = Some(start());
        tx.save_referral(&mut over).await?;
        tx.set_member_status(ids[1], MemberStatus::Suspended, Some("a complaint")).await?;
        let mut phones = Vec::new();
        for id in &ids {
            let member = tx.member(*id).await?.expect("her row");
            phones.push(tx.phone(member.phone_id).await?.expect("her number"));
        }
        tx.suppress(&phones[2], "chapter", "keyword", start()).await?;
        tx.suppress(&phones[3], &line.to_string(), "keyword", start()).await?;
        tx.suppress(&phones[4], &second.to_string(), "keyword", start()).await?;
        tx.set_phone_unreachable(phones[5].id, Some("30006")).await?;
        tx.set_phone_blocked(phones[6].id, Some(start())).await?;
    });
    let asked = seen!(sample.store, tx => tx.askable_members(chapter, line).await?);
    let told = asked.iter().map(|member| (member.id, member.holding, member.reachable));
    let mut expected = vec![
        (members[0], 1, true),
        (members[2], 0, false),
        (members[3], 0, false),
        (members[4], 0, true),
        (members[5], 0, false),
        (members[6], 0, false),
    ];
    expected.sort_unstable();
    let mut told = told.collect::<Vec<_>>();
    told.sort_unstable();
    assert_eq!(told, expected);
}

async fn what_is_known_of_her_changes_piece_by_piece(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (id, chapter) = (sample.member(1).await, sample.chapter);
    let profile = Profile { quiet_days: vec!["sun".to_owned()], ..Profile::default() };
    let (asked, kept_profile) = (json!({"confirm": "K7Q"}), profile.clone());
    let (kept_asked, away) = (asked.clone(), start().after(model::day_hours(48)));
    kept!(sample.store, tx => {
        tx.set_member_status(id, MemberStatus::Paused, Some("on leave")).await?;
        tx.set_member_away(id, Some(away)).await?;
        tx.set_member_profile(id, &kept_profile).await?;
        tx.set_member_awaiting(id, Some(&kept_asked)).await?;
    });
    let read = seen!(sample.store, tx => tx.member(id).await?.expect("her row"));
    assert_eq!(
        (read.status, read.status_reason.as_deref()),
        (MemberStatus::Paused, Some("on leave"))
    );
    assert_eq!((read.away_until, read.profile, read.awaiting), (Some(away), profile, Some(asked)));
    kept!(sample.store, tx => {
        tx.set_member_away(id, None).await?;
        tx.set_member_awaiting(id, None).await?;
        tx.set_member_status(id, MemberStatus::Removed, None).await?;
    });
    let (read, roster, by_phone) = seen!(sample.store, tx => {
        let member = tx.member(id).await?.expect("her row");
        let by_phone = tx.member_by_phone(member.phone_id, chapter).await?;
        (member, tx.roster(chapter).await?.len(), by_phone)
    });
    assert_eq!((read.away_until, read.awaiting, read.status_reason), (None, None, None));
    assert_eq!((roster, by_phone.is_none()), (0, true), "she was removed");
}
