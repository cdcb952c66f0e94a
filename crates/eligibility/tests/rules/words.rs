//! Explanations: rule, fact, date and what to do, in plain words.

use eligibility::{AsOf, Dates, evaluate, file, forecast, renewals};
use serde_json::json;

use crate::one::{One, day, paper};

const CASES: &str = include_str!("../data/eligibility_cases.json");

fn reasons_of(hospital: &str, member: &str, dates: Dates) -> Vec<String> {
    let book = file::read(CASES).expect("a good file");
    let hospital = book.hospitals.iter().find(|it| it.id == hospital).expect("a hospital");
    let member = book.members.iter().find(|it| it.id == member).expect("a member");
    evaluate(hospital, member, &book.overrides, AsOf::day(day("2026-11-21"))).reasons(dates)
}

#[test]
fn they_name_the_rule_the_fact_the_date_and_the_fix() {
    for (hospital, member, expected) in [
        (
            "H2",
            "A02",
            "hipaa: HIPAA training expired 11 Nov 2026 (10 days ago); grace ends 11 Dec 2026; upload a new certificate",
        ),
        (
            "H1",
            "A02",
            "hipaa: HIPAA training expired 11 Nov 2025; grace ended 25 Nov 2025; upload a new certificate",
        ),
        (
            "CH",
            "A04",
            "ibclc: IBCLC valid through 31 Dec 2026; recertify (applications by continuing education closed on 30 Sep 2026) and upload the new certificate",
        ),
        (
            "CH",
            "A07",
            "ibclc: IBCLC: A07-E1 submitted, not yet verified; nothing to send; the chapter checks what was sent",
        ),
        (
            "CH",
            "A08",
            "standing: the last chapter event counted until 30 Sep 2026; come to a chapter event",
        ),
        ("CH", "A11", "chapter status is suspended: off every list until reinstated"),
        (
            "CH",
            "A16",
            "ibclc: IBCLC: IBCLC number L-9931 is not of the form L-12345 or L-123456; check the number against the certificate",
        ),
        (
            "H1",
            "A06",
            "years: 0 full years in practice since 15 Jun 2026, 2 needed; reached 15 Jun 2028; waived by board:helen until 31 Jan 2027 (Former H1 postpartum nurse, 9 years at the bedside; H1 lactation coordinator asked for her)",
        ),
        (
            "H1",
            "A10",
            "liability: professional liability insurance: limits 500,000/1,000,000 are below 1,000,000/3,000,000; upload a certificate of insurance with limits of at least 1,000,000/3,000,000",
        ),
        (
            "H1",
            "A12",
            "ibclc: IBCLC expired 30 Jun 2026; override OV2 refused: this rule cannot be waived; recertify with IBLCE and upload the new certificate",
        ),
        (
            "H1",
            "A12",
            "agreement: listing agreement (H1): signed version v2, current is v3; sign version v3",
        ),
        (
            "H1",
            "A13",
            "exclusion: OIG_LEIE exclusion screen of 20 Oct 2026 expired 20 Nov 2026; the chapter runs a new screen",
        ),
        (
            "H3",
            "A15",
            "exclusion: OIG_LEIE exclusion screen: MATCH on 3 Nov 2026; override OV6 refused: this rule cannot be waived; the chapter looks into it",
        ),
        (
            "H4",
            "A10",
            "confirmation: annual confirmation (H4) expired 15 Oct 2026; override OV4 refused: the requester cannot approve; sign the annual confirmation (H4) anew",
        ),
        (
            "H6",
            "A09",
            "no_pumps: conflict of interest: sells_pumps; override OV5 ended 30 Sep 2026; tell the chapter when that has ended",
        ),
        (
            "H2",
            "A08",
            "credential: none of: IBCLC: nothing on file | NY RN license: nothing on file; upload the certificate with its number, or send the license",
        ),
        (
            "H5",
            "A01",
            "references: 0 of 2 references from midwife or pediatrician; send 2 more letters from a midwife or pediatrician",
        ),
        (
            "H1",
            "A02",
            "area: does not serve Manhattan; add Manhattan to the profile's areas, if that is served",
        ),
        ("H1", "A01", "all requirements met"),
    ] {
        let reasons = reasons_of(hospital, member, Dates::Spoken);
        assert!(reasons.iter().any(|reason| reason == expected), "{expected}\nnot in {reasons:#?}");
    }
    let iso = reasons_of("H2", "A02", Dates::Iso);
    assert!(iso[0].contains("expired 2026-11-11 (10 days ago); grace ends 2026-12-11"), "{iso:?}");
}

#[test]
fn every_finding_has_a_sentence_and_every_shortfall_something_to_do() {
    let book = file::read(CASES).expect("a good file");
    let as_of = AsOf::day(day("2026-11-21"));
    let mut seen = 0;
    let check = |text: &str| {
        assert!(!text.is_empty() && !text.contains("  ") && !text.ends_with(' '), "{text:?}");
        assert!(text.is_ascii() && !text.contains('!'), "plain characters: {text:?}");
        assert!(
            !text.contains("Some(") && !text.contains("None") && !text.contains('"'),
            "{text:?}"
        );
    };
    for hospital in &book.hospitals {
        for member in &book.members {
            let evaluation = evaluate(hospital, member, &book.overrides, as_of);
            for finding in &evaluation.findings {
                check(&finding.sentence(as_of.day, Dates::Spoken));
                if finding.status.blocks() {
                    check(&finding.fix(as_of.day, Dates::Spoken).expect("something to do"));
                }
                seen += 1;
            }
            evaluation.reasons(Dates::Iso).iter().for_each(|reason| check(reason));
            for turn in forecast(hospital, member, &book.overrides, as_of, 400).turns {
                check(&turn.sentence(Dates::Spoken));
                turn.fixes(Dates::Spoken).iter().for_each(|fix| check(fix));
            }
        }
    }
    assert!(seen > 800, "{seen}");
}

#[test]
fn a_certificate_that_ends_on_an_odd_day_is_looked_at_again_and_counts() {
    let of = |expires: Option<&str>| {
        One::rule(
            "credential",
            json!({ "any_of": ["IBCLC"] }),
            &json!([{ "id": "E", "type": "credential", "issued": "2023-06-30", "expires": expires,
                      "status": "verified", "attrs": { "cred": "IBCLC", "number": "L-30544" } }]),
        )
    };
    let reasons = |expires| of(expires).on("2026-11-21").reasons(Dates::Spoken);
    assert_eq!(
        reasons(Some("2028-06-29")),
        [
            "all requirements met",
            "r: the IBCLC certificate is recorded to end on 29 Jun 2028; they end on 30 June or 31 December, so check it"
        ]
    );
    assert_eq!(reasons(Some("2028-06-30")), ["all requirements met"]);
    assert_eq!(reasons(None)[1], "r: no end date is on record for the IBCLC certificate; check it");
}

#[test]
fn what_prevents_it_is_told_plainly() {
    let paper = |more: serde_json::Value| {
        let mut paper = json!({ "id": "E", "type": "training", "issued": "2026-01-01", "status": "verified",
                                "attrs": { "topic": "hipaa" } });
        if let (Some(paper), Some(more)) = (paper.as_object_mut(), more.as_object()) {
            paper.extend(more.clone());
        }
        let one = One::rule(
            "training",
            json!({ "topic": "hipaa", "max_age_months": 12 }),
            &json!([paper]),
        );
        one.on("2026-06-01").reasons(Dates::Iso).remove(0)
    };
    assert_eq!(
        paper(json!({ "status": "rejected", "rejected_because": "the name is cut off" })),
        "r: HIPAA training: E was rejected (the name is cut off); upload a certificate"
    );
    assert_eq!(
        paper(json!({ "verifier": "M" })),
        "r: HIPAA training: E verified by the member herself, which does not count; nothing to send; the chapter checks what was sent"
    );
    assert_eq!(
        paper(json!({ "issued": "2026-07-01" })),
        "r: HIPAA training: E counts only from 2026-07-01; send one that counts before then, or wait"
    );
    assert_eq!(
        paper(json!({ "issued": null })),
        "r: HIPAA training: no issue date on record, and its age matters; send one that shows its date"
    );
}

#[test]
fn an_id_that_a_program_drew_is_told_to_nobody() {
    let drawn = "01a203c9-1817-7c78-8000-0123456789ab";
    let mut paper = paper("training", "2026-01-01", None, json!({ "topic": "hipaa" }));
    for (id, sentence) in [
        (drawn, "r: HIPAA training: a paper was rejected (cut off)"),
        ("E7", "r: HIPAA training: E7 was rejected (cut off)"),
    ] {
        paper["id"] = json!(id);
        paper["status"] = json!("rejected");
        paper["rejected_because"] = json!("cut off");
        let exception = json!([{ "id": id, "hospital": "H", "member": "M", "rule": "r", "reason": "known",
            "requested_by": "a", "approver": "b", "granted": "2026-01-01", "expires": "2026-02-01" }]);
        let one = One::rule("training", json!({ "topic": "hipaa" }), &json!([paper]))
            .overridden(&exception);
        let told = one.on("2026-11-21").reasons(Dates::Spoken).join("; ");
        assert!(told.contains(sentence), "{told}");
        assert!(!told.contains(drawn), "{told}");
        assert!(
            told.contains(if id == drawn {
                "; an override ended 1 Feb 2026"
            } else {
                "; override E7 ended"
            }),
            "{told}"
        );
    }
}

#[test]
fn nothing_personal_is_printed_by_accident() {
    let book = file::read(CASES).expect("a good file");
    let member = &book.members[0];
    let printed =
        format!("{member:?} {:?} {:?} {:?}", member.profile, member.evidence(), book.overrides);
    for private in ["L-41207", "Okafor", "clear", "mmr", "aetna", "bedside", "2015-03-01"] {
        assert!(!printed.contains(private), "{private} in {printed}");
    }
    let as_of = AsOf::day(day("2026-11-21"));
    let evaluation = evaluate(&book.hospitals[1], member, &book.overrides, as_of);
    assert!(!format!("{evaluation:?}").contains("L-41207"));
    let misread = book.members.iter().find(|member| member.id == "A16").expect("A16");
    let evaluation = evaluate(&book.hospitals[0], misread, &book.overrides, as_of);
    let printed = format!("{evaluation:?}");
    assert!(printed.contains("Wrong(A16-E1)") && !printed.contains("9931"), "{printed}");
    assert!(
        !format!("{:?}", renewals(&book.hospitals, member, &book.overrides, as_of))
            .contains("L-41207")
    );
}
