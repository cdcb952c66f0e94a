//! Hospitals, their rules, members' papers, exceptions and published lists: what comes back, and what
//! cannot be changed.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use model::{
    AgreementStage, ChapterId, ContactId, EditionId, EvidenceId, EvidenceKind, EvidenceStatus,
    HospitalId, InboundId, MemberId, MessageKind, OriginalId, OverrideId, PhotoState, RecallId,
    RuleSetId, minutes,
};
use serde_json::json;
use storage::{
    Addressee, By, Contact, ContactPrivate, Edition, Evidence, Hospital, HospitalPrivate,
    MemberFacts, NewMessage, Original, Override, Photo, Recall, Reminded, RuleSet, Store,
    hash_secret,
};
use testkit::databases::TestDatabase;

use super::sample::{Sample, start};

testkit::on_both! {
    what_is_kept_of_lists_comes_back,
    nobody_is_reminded_twice_of_the_same,
    a_picture_that_came_by_text,
    e_mails_find_their_address_when_they_go,
    the_number_of_a_chapter_s_lists_moves_with_them,
    units_that_wait_for_each_other_are_both_kept,
    units_that_change_other_papers_do_not_wait_for_each_other,
    two_changes_at_once_are_one_and_a_refusal,
    an_original_comes_back_whole_however_long,
}

const BY: &str = "admin:0";

fn day(text: &str) -> jiff::civil::Date {
    text.parse().expect("a day")
}

fn hospital(sample: &Sample, slug: &str, baseline: bool) -> Hospital {
    Hospital {
        id: HospitalId::generate(start(), &sample.chance),
        chapter_id: sample.chapter,
        slug: slug.to_owned(),
        name: "Kings Bay".to_owned(),
        baseline,
        stage: AgreementStage::Signed,
        stage_since: start(),
        renewal_on: Some(day("2027-03-01")),
        private: HospitalPrivate {
            note: "Ask for Marguerite at the desk".to_owned(),
            link: Some(format!("link-secret-{slug}")),
        },
        version: 1,
        created_at: start(),
    }
}

struct Kept {
    hospital: Hospital,
    contact: Contact,
    rules: RuleSet,
    facts: MemberFacts,
    evidence: Evidence,
    exception: Override,
    edition: Edition,
    recall: Recall,
}

fn kept(sample: &Sample, member: MemberId) -> Kept {
    let (chapter_id, chance): (ChapterId, _) = (sample.chapter, &sample.chance);
    let hospital = hospital(sample, "kings-bay", true);
    let hospital_id = hospital.id;
    Kept {
        contact: Contact {
            id: ContactId::generate(start(), chance),
            chapter_id,
            hospital_id,
            role: "unit manager".to_owned(),
            private: ContactPrivate {
                name: "Marguerite Quill".to_owned(),
                email: Some("m.quill@chapter.example".to_owned()),
                phone: Some(super::filled::FAMILY.to_owned()),
                note: "Prefers Larkspur".to_owned(),
            },
            created_at: start(),
        },
        rules: RuleSet {
            id: RuleSetId::generate(start(), chance),
            chapter_id,
            hospital_id,
            version: "KB-1".to_owned(),
            effective_from: Some(day("2026-01-01")),
            content: json!({"rules": [{"key": "hipaa", "source": {"told_by": "Marguerite Quill"}}]}),
            added_by: BY.to_owned(),
            created_at: start(),
        },
        facts: MemberFacts {
            member_id: member,
            chapter_id,
            content: json!({"conflicts": ["employed_by:larkspur-Larkspur"]}),
            updated_at: start(),
        },
        evidence: Evidence {
            id: EvidenceId::generate(start(), chance),
            chapter_id,
            member_id: member,
            kind: EvidenceKind::Credential,
            status: EvidenceStatus::Submitted,
            content: json!({"attrs": {"cred": "IBCLC", "number": "Larkspur-41207"}}),
            submitted_by: format!("member:{member}"),
            submitted_at: start(),
            decided_by: None,
            decided_at: None,
        },
        exception: Override {
            id: OverrideId::generate(start(), chance),
            chapter_id,
            hospital_id,
            member_id: member,
            rule: "hipaa".to_owned(),
            reason: "Zoë waits for a course".to_owned(),
            expires: day("2027-01-31"),
            requested_by: BY.to_owned(),
            requested_at: start(),
            approved_by: None,
            granted: None,
            ended_by: None,
            ended_at: None,
        },
        edition: Edition {
            id: EditionId::generate(start(), chance),
            chapter_id,
            hospital_id,
            number: 1,
            corrects: Some(0),
            as_of: day("2026-11-21"),
            content: json!({"entries": [{"name": super::filled::NAME}]}),
            published_by: BY.to_owned(),
            published_at: start(),
        },
        recall: Recall {
            id: RecallId::generate(start(), chance),
            chapter_id,
            hospital_id,
            member_id: member,
            reason: "Insurance lapsed in June".to_owned(),
            recalled_by: BY.to_owned(),
            recalled_at: start(),
        },
        hospital,
    }
}

/// Puts something into every column there is for lists.
pub(crate) async fn fill(sample: &Sample, member: MemberId, text: InboundId) {
    let chance = sample.chance.clone();
    let kept = kept(sample, member);
    let gone = Contact { id: ContactId::generate(start(), &chance), ..kept.contact.clone() };
    let original =
        Original { media_type: "image/jpeg".to_owned(), content: b"Larkspur Lane".to_vec() };
    let mails = [Addressee::Contact(kept.contact.id), Addressee::Member(member)];
    kept!(sample.store, tx => {
        assert!(tx.add_hospital(&kept.hospital).await?);
        assert!(tx.add_contact(&kept.contact).await?);
        assert!(tx.add_contact(&gone).await?);
        assert!(tx.end_contact(kept.hospital.id, gone.id, start()).await?);
        assert!(tx.add_rule_set(&kept.rules).await?);
        tx.put_member_facts(&kept.facts).await?;
        assert!(tx.add_evidence(&kept.evidence).await?);
        let mut decided = kept.evidence.clone();
        decided.status = EvidenceStatus::Rejected;
        decided.decided_by = Some(BY.to_owned());
        decided.decided_at = Some(start());
        tx.save_evidence(&decided).await?;
        let mut ids = || OriginalId::generate(start(), &chance);
        tx.put_original(kept.evidence.id, &original, &mut ids, start()).await?;
        assert!(tx.add_override(&kept.exception).await?);
        assert!(tx.approve_override(&kept.exception, "admin:1", day("2026-11-21")).await?);
        assert!(tx.end_override(&kept.exception, BY, start()).await?);
        assert!(tx.add_edition(&kept.edition).await?);
        assert!(tx.add_recall(&kept.recall).await?);
        assert!(tx.lift_recall(&kept.hospital, member, BY, start()).await?);
        assert!(tx.add_reminder(kept.hospital.chapter_id, &reminded(member)).await?);
        let mut picture = photo(&kept.evidence, text);
        assert!(tx.add_photo(&picture).await?);
        (picture.state, picture.ended_at) = (PhotoState::Lost, Some(start()));
        tx.save_photo(&picture).await?;
    });
    for (nth, to) in mails.into_iter().enumerate() {
        let mail = mail(sample, to, &format!("list:{nth}"));
        kept!(sample.store, tx => assert!(tx.enqueue(&mail).await?));
    }
}

fn reminded(member: MemberId) -> Reminded {
    Reminded {
        member_id: member,
        item: "membership".to_owned(),
        last_good: day("2026-12-31"),
        stage: "60_days".to_owned(),
        sent_at: start(),
    }
}

fn photo(evidence: &Evidence, text: InboundId) -> Photo {
    Photo {
        id: text,
        chapter_id: evidence.chapter_id,
        member_id: evidence.member_id,
        state: PhotoState::Asked,
        content: json!({"may_be": [{"type": "training", "attrs": {"topic": "Larkspur"}}]}),
        received_at: start(),
        ended_at: None,
    }
}

fn mail(sample: &Sample, to: Addressee, dedupe: &str) -> NewMessage {
    let text =
        sample.text(model::PhoneId::from_uuid(uuid::Uuid::nil()), MessageKind::Notice, dedupe);
    NewMessage { by: By::Mail { to, subject: "Larkspur".to_owned() }, ..text }
}

async fn nobody_is_reminded_twice_of_the_same(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (member, chapter) = (sample.member(1).await, sample.chapter);
    let (first, nearer) =
        (reminded(member), Reminded { stage: "30_days".to_owned(), ..reminded(member) });
    kept!(sample.store, tx => {
        assert!(tx.add_reminder(chapter, &first).await?);
        assert!(!tx.add_reminder(chapter, &first).await?, "once for each stage");
        assert!(tx.add_reminder(chapter, &nearer).await?);
    });
    let mut all = seen!(sample.store, tx => tx.reminders_of(member).await?);
    all.sort_by(|a, b| b.stage.cmp(&a.stage));
    assert_eq!(
        all,
        [reminded(member), Reminded { stage: "30_days".to_owned(), ..reminded(member) }]
    );
}

async fn a_picture_that_came_by_text(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let filled = super::filled::fill(&sample).await;
    let (text, line) = (filled.inbound, sample.line);
    let read = seen!(sample.store, tx => {
        assert_eq!(tx.source_of_text(text).await?, Some((line, "SM0001".to_owned())));
        assert_eq!(tx.source_of_text(InboundId::from_uuid(uuid::Uuid::nil())).await?, None);
        tx.photo(text).await?.expect("the picture")
    });
    assert_eq!((read.state, read.ended_at), (PhotoState::Lost, Some(start())));
    assert_eq!(read.content["may_be"][0]["attrs"]["topic"], "Larkspur");
    kept!(sample.store, tx => {
        let again = tx.photo_for_update(text).await?.expect("the picture");
        assert_eq!(again, read);
        assert!(!tx.add_photo(&again).await?, "a text's pictures are known once");
    });
}

async fn e_mails_find_their_address_when_they_go(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let member = sample.member(1).await;
    let kept = kept(&sample, member);
    let (hospital, contact) = (kept.hospital.id, kept.contact.id);
    let (first, second) = (Addressee::Contact(contact), Addressee::Member(member));
    let (one, other) = (mail(&sample, first, "a"), mail(&sample, second, "b"));
    let late = mail(&sample, first, "c");
    let unwritten = late.id;
    let leased = kept!(sample.store, tx => {
        tx.add_hospital(&kept.hospital).await?;
        tx.add_contact(&kept.contact).await?;
        tx.enqueue(&one).await?;
        tx.lease_emails(start(), minutes(1), 9).await?
    });
    let address = leased[0].address.as_ref().map(|to| to.reveal().to_owned());
    assert_eq!((leased.len(), address.as_deref()), (1, Some("m.quill@chapter.example")));
    let leased = kept!(sample.store, tx => {
        tx.end_contact(hospital, contact, start()).await?;
        tx.enqueue(&other).await?;
        tx.enqueue(&late).await?;
        tx.lease_emails(start(), minutes(1), 9).await?
    });
    assert_eq!(leased.len(), 2);
    for mail in leased {
        assert!(mail.unreadable.is_none());
        if mail.id == unwritten {
            assert!(mail.address.is_none(), "who is gone is not written to");
        }
    }
}

async fn the_number_of_a_chapter_s_lists_moves_with_them(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let member = sample.member(1).await;
    let (kept, chapter) = (Arc::new(kept(&sample, member)), sample.chapter);
    let mut moved = vec![seen!(sample.store, tx => tx.list_version(chapter).await?)];
    macro_rules! moves {
        ($($tx:ident, $kept:ident => $change:expr;)*) => {$(
            let $kept = Arc::clone(&kept);
            kept!(sample.store, $tx => $change);
            moved.push(seen!(sample.store, tx => tx.list_version(chapter).await?));
        )*};
    }
    moves! {
        tx, it => tx.add_hospital(&it.hospital).await?;
        tx, it => tx.add_rule_set(&it.rules).await?;
        tx, it => tx.put_member_facts(&it.facts).await?;
        tx, it => tx.add_evidence(&it.evidence).await?;
        tx, it => tx.save_evidence(&it.evidence).await?;
        tx, it => tx.add_override(&it.exception).await?;
    }
    moved.pop();
    moves! {
        tx, it => tx.approve_override(&it.exception, "admin:1", day("2026-11-21")).await?;
        tx, it => tx.end_override(&it.exception, BY, start()).await?;
        tx, it => tx.add_recall(&it.recall).await?;
        tx, it => tx.lift_recall(&it.hospital, member, BY, start()).await?;
    }
    assert_eq!(moved.first(), Some(&0));
    assert!(moved.windows(2).all(|two| two[0] < two[1]), "{moved:?}");
}

/// Two papers, known to the database.
async fn two_papers(sample: &Sample) -> [Evidence; 2] {
    let member = sample.member(1).await;
    let first = kept(sample, member).evidence;
    let second = Evidence { id: EvidenceId::generate(start(), &sample.chance), ..first.clone() };
    let both = [first, second];
    let written = both.clone();
    kept!(sample.store, tx => {
        for paper in &written {
            tx.add_evidence(paper).await?;
        }
    });
    both
}

/// Saves some papers, each locked before, and counts how often the unit was begun.
async fn saved(store: &Store, papers: [Evidence; 2], begun: &Arc<AtomicUsize>) {
    let begun = Arc::clone(begun);
    let unit = store.write_again::<_, storage::Error, _>(move |tx| {
        begun.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            for paper in &papers {
                tx.evidence_for_update(paper.id).await?;
                tx.save_evidence(paper).await?;
                // Long enough that the other unit holds its first as well.
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
            Ok(())
        })
    });
    unit.await.expect("the unit is kept");
}

async fn units_that_wait_for_each_other_are_both_kept(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let [first, second] = two_papers(&sample).await;
    let begun = Arc::new(AtomicUsize::new(0));
    let (there, back) = ([first.clone(), second.clone()], [second, first]);
    tokio::join!(saved(&sample.store, there, &begun), saved(&sample.store, back, &begun));
    assert!(begun.load(Ordering::SeqCst) >= 2);
}

async fn units_that_change_other_papers_do_not_wait_for_each_other(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let [first, second] = two_papers(&sample).await;
    let begun = Arc::new(AtomicUsize::new(0));
    // Both move the number of the chapter's lists. One wants, after its own paper, that of the other,
    // which has changed it and holds nothing else until it ends.
    let (both, one) = ([first, second.clone()], [second.clone(), second]);
    tokio::join!(saved(&sample.store, both, &begun), saved(&sample.store, one, &begun));
    assert_eq!(begun.load(Ordering::SeqCst), 2, "neither was ended for the other");
}

async fn what_is_kept_of_lists_comes_back(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let member = sample.member(1).await;
    let kept = kept(&sample, member);
    let (chapter, hospital) = (sample.chapter, kept.hospital.id);
    let (written, evidence, exception) = (kept, EvidenceStatus::Submitted, "admin:1");
    let written = kept!(sample.store, tx => {
        tx.add_hospital(&written.hospital).await?;
        tx.add_contact(&written.contact).await?;
        tx.add_rule_set(&written.rules).await?;
        tx.put_member_facts(&written.facts).await?;
        tx.put_member_facts(&written.facts).await?;
        tx.add_evidence(&written.evidence).await?;
        tx.add_override(&written.exception).await?;
        tx.add_edition(&written.edition).await?;
        tx.add_recall(&written.recall).await?;
        assert!(tx.approve_override(&written.exception, exception, day("2026-11-21")).await?);
        assert!(!tx.approve_override(&written.exception, BY, day("2026-11-22")).await?);
        written
    });
    let link = hash_secret("link-secret-kings-bay");
    seen!(sample.store, tx => {
        assert_eq!(tx.hospitals(chapter).await?, std::slice::from_ref(&written.hospital));
        assert_eq!(tx.hospital(chapter, "kings-bay").await?.as_ref(), Some(&written.hospital));
        assert_eq!(tx.hospital_by_link(link).await?.as_ref(), Some(&written.hospital));
        assert_eq!(tx.contacts(chapter).await?, [written.contact]);
        assert_eq!(tx.rule_sets(chapter).await?, [written.rules]);
        assert_eq!(tx.member_facts(chapter).await?, std::slice::from_ref(&written.facts));
        assert_eq!(tx.facts_of_member(member).await?, Some(written.facts));
        assert_eq!(tx.edition_by_id(written.edition.id).await?, Some(written.edition.clone()));
        assert_eq!(tx.evidence_of_chapter(chapter).await?, std::slice::from_ref(&written.evidence));
        assert_eq!(tx.evidence_in(chapter, evidence, None, 9).await?, std::slice::from_ref(&written.evidence));
        assert_eq!(tx.evidence_of(member).await?, [written.evidence]);
        let approved = Override {
            approved_by: Some(exception.to_owned()),
            granted: Some(day("2026-11-21")),
            ..written.exception
        };
        assert_eq!(tx.overrides(chapter).await?, [approved]);
        assert_eq!(tx.newest_edition(hospital, None).await?.as_ref(), Some(&written.edition));
        assert_eq!(tx.newest_edition(hospital, Some(1)).await?, None);
        assert_eq!(tx.edition(hospital, 1).await?.as_ref(), Some(&written.edition));
        assert_eq!(tx.editions(hospital, 5).await?, [written.edition]);
        assert_eq!(tx.recalls(chapter).await?, [written.recall]);
    });
}

async fn two_changes_at_once_are_one_and_a_refusal(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let member = sample.member(1).await;
    let (kept, chance) = (kept(&sample, member), sample.chance.clone());
    let (second, other) = (hospital(&sample, "other", true), hospital(&sample, "other", false));
    kept!(sample.store, tx => {
        assert!(tx.add_hospital(&kept.hospital).await?);
        assert!(!tx.add_hospital(&second).await?, "a chapter has one baseline");
        assert!(tx.add_hospital(&other).await?);
        assert!(tx.save_hospital(&kept.hospital).await?);
        assert!(!tx.save_hospital(&kept.hospital).await?, "somebody changed it meanwhile");
        tx.lock_hospital(kept.hospital.id).await?;
        assert!(tx.add_edition(&kept.edition).await?);
        let again = Edition { id: EditionId::generate(start(), &chance), ..kept.edition };
        assert!(!tx.add_edition(&again).await?, "a number is given once");
        assert!(tx.add_recall(&kept.recall).await?);
        assert!(!tx.add_recall(&kept.recall).await?);
        let named = RuleSet { id: RuleSetId::generate(start(), &chance), ..kept.rules.clone() };
        assert!(tx.add_rule_set(&kept.rules).await?);
        assert!(!tx.add_rule_set(&named).await?, "a version is never replaced");
    });
}

async fn an_original_comes_back_whole_however_long(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let member = sample.member(1).await;
    let (kept, chance) = (kept(&sample, member), sample.chance.clone());
    let long: Vec<u8> =
        (0..200_001_u32).map(|n| n.to_le_bytes()[usize::from(n % 3 == 0)]).collect();
    let original = Original { media_type: "application/pdf".to_owned(), content: long };
    let (id, wanted) = (kept.evidence.id, original.clone());
    let marks = kept!(sample.store, tx => {
        tx.add_evidence(&kept.evidence).await?;
        let mut ids = || OriginalId::generate(start(), &chance);
        let first = Original { media_type: "image/png".to_owned(), content: vec![1; 70_000] };
        let none = tx.original_mark(id).await?;
        tx.put_original(id, &first, &mut ids, start()).await?;
        let before = tx.original_mark(id).await?;
        tx.put_original(id, &original, &mut ids, start()).await?;
        [none, before, tx.original_mark(id).await?]
    });
    assert!(marks[0].is_none() && marks[1].is_some() && marks[1] != marks[2], "{marks:?}");
    seen!(sample.store, tx => {
        assert_eq!(tx.original(id).await?.as_ref(), Some(&wanted));
    });
}
