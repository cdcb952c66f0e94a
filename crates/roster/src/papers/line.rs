//! What one line of a file comes to, judged against what is known.

use eligibility::{EvidenceKind, EvidenceStatus};
use model::{EvidenceId, MemberId, Word as _};
use serde_json::{Map, Value, json};
use storage::Evidence;

use super::{
    FACTS,
    book::{Book, Names},
};
use crate::{
    Act, Bad, Change, Error, Person, Refusal, Result, cells, evidence::stored,
    facts::checked_facts, roll::paper_of, sheet::Line,
};

/// What is to be written for a line.
pub(super) enum Wanted {
    /// A paper that is new.
    Paper(Evidence),
    /// A paper in place of what was known of it, and what became of it by name.
    Instead { before: EvidenceStatus, after: Evidence, what: &'static str },
    /// Her facts as they are now.
    Facts(MemberId, Value),
}

/// A line judged: what it comes to and what is to be written.
pub(super) type Judged = Result<Result<(Change, Option<Wanted>), Bad>>;

/// Judges a line, and keeps in the book what it makes of it.
pub(super) fn judged(
    act: &Act,
    names: &Names,
    book: &mut Book,
    member: MemberId,
    line: &Line,
) -> Judged {
    let done = if FACTS.contains(&line.cell("type")) {
        fact(names, book, member, line)
    } else {
        paper(act, names, book, member, line)
    };
    match done {
        Err(Error::Refused(refusal)) => {
            let column = if EvidenceKind::from_word(line.cell("type")).is_some() {
                "attrs"
            } else {
                "(row)"
            };
            Ok(Err(line.bad(column, refusal.to_string())))
        }
        done => done,
    }
}

/// The columns that only a decision fills.
const DECISION: [&str; 4] = ["verifier", "verified_on", "lookup", "rejected_because"];

fn paper(act: &Act, names: &Names, book: &mut Book, member: MemberId, line: &Line) -> Judged {
    if EvidenceKind::from_word(line.cell("type")).is_none() {
        let known: Vec<_> =
            EvidenceKind::ALL.iter().map(|kind| kind.as_str()).chain(FACTS).collect();
        return Ok(Err(line.bad("type", format!("one of {}", known.join(", ")))));
    }
    let attrs = match cells::read(line.cell("attrs")) {
        Ok(attrs) => cells::insured(attrs),
        Err(why) => return Ok(Err(line.bad("attrs", format!("it {why}")))),
    };
    let told = match line.told("status").map(EvidenceStatus::from_word) {
        Some(None) => return Ok(Err(line.bad("status", "one of submitted, verified, rejected"))),
        told => told.flatten(),
    };
    let plain = EvidenceStatus::Submitted;
    let mut content = json!({"type": line.cell("type"), "attrs": attrs, "status": plain});
    for column in ["issued", "expires"] {
        content[column] = json!(line.told(column));
    }
    let id = EvidenceId::generate(act.now, &act.chance);
    let plain = stored(act, member, id, &content)?;
    let shown = paper_of(&plain)?;
    let known = book.same(member, &shown).cloned();
    let before = known.as_ref().map(|(paper, evidence)| (paper, evidence.status));
    let status = told.or(before.map(|(_, status)| status)).unwrap_or(EvidenceStatus::Submitted);
    content["status"] = json!(status);
    for column in DECISION {
        content[column] = json!(line.told(column));
    }
    if let Some((paper, _)) = before {
        if !line.has("expires") {
            content["expires"] = json!(paper.expires);
        }
        let ends_as_before = !line.has("expires") || shown.expires == paper.expires;
        if told.is_none() && status != EvidenceStatus::Submitted && !ends_as_before {
            let why = format!(
                "this paper is {status} as it was: say how it stands with what is other now"
            );
            return Ok(Err(line.bad("status", why)));
        }
        if status == paper.status && ends_as_before {
            keep_what_is_not_told(&mut content, paper, line);
        }
    }
    if let Err(bad) = decision_is_whole(names, member, status, &content, line) {
        return Ok(Err(bad));
    }
    let id = known.as_ref().map_or(id, |(_, evidence)| evidence.id);
    let mut wanted = stored(act, member, id, &content)?;
    let read = paper_of(&wanted)?;
    let Some((paper, old)) = known else {
        if status != EvidenceStatus::Submitted
            && let Err(bad) = may_decide(act, names, member, line)
        {
            return Ok(Err(bad));
        }
        book.put(read, wanted.clone());
        return Ok(Ok((Change::Added, Some(Wanted::Paper(wanted)))));
    };
    if read == paper {
        return Ok(Ok((Change::Unchanged, None)));
    }
    let plain = EvidenceStatus::Submitted;
    let what = if (old.status, status) == (plain, plain) {
        "evidence_imported"
    } else if let Err(bad) = may_decide(act, names, member, line) {
        return Ok(Err(bad));
    } else {
        match status {
            EvidenceStatus::Verified => "evidence_verified",
            EvidenceStatus::Rejected => "evidence_rejected",
            EvidenceStatus::Submitted => "evidence_reopened",
        }
    };
    (wanted.submitted_by, wanted.submitted_at) = (old.submitted_by, old.submitted_at);
    book.put(read, wanted.clone());
    let instead = Wanted::Instead { before: old.status, after: wanted, what };
    Ok(Ok((Change::Updated, Some(instead))))
}

/// Of a paper that is known and ends as it did: a decision that the file does not name anew is the one
/// there is.
fn keep_what_is_not_told(content: &mut Value, known: &eligibility::Evidence, line: &Line) {
    let known = [
        json!(known.verifier),
        json!(known.verified_on),
        json!(known.lookup),
        json!(known.rejected_because),
    ];
    for (column, known) in DECISION.into_iter().zip(known) {
        if line.told(column).is_none() {
            content[column] = known;
        }
    }
}

/// Whether it says who verified it, somebody else than the member; or why it is rejected.
fn decision_is_whole(
    names: &Names,
    member: MemberId,
    status: EvidenceStatus,
    content: &Value,
    line: &Line,
) -> Result<(), Bad> {
    match (status, content["verifier"].as_str(), content["rejected_because"].as_str()) {
        (EvidenceStatus::Verified, None, _) => Err(line.bad("verifier", "say who verified it")),
        (EvidenceStatus::Verified, Some(verifier), _) if names.of(verifier).contains(&member) => {
            Err(line.bad("verifier", "nobody verifies her own papers"))
        }
        (EvidenceStatus::Rejected, _, None) => Err(line.bad("rejected_because", "say why")),
        _ => Ok(()),
    }
}

/// A program with a token brings papers in and decides nothing about them; nobody does about her own.
/// Whoever has the command line sets a chapter up from what was decided before.
fn may_decide(act: &Act, names: &Names, member: MemberId, line: &Line) -> Result<(), Bad> {
    match act.by {
        Person::Admin(..) if names.is_own(member) => {
            Err(line.bad("status", "nobody decides about her own papers"))
        }
        Person::Admin(..) | Person::Service => Ok(()),
        Person::Token(_) | Person::Member(_) => {
            Err(line.bad("status", "one of the chapter's people decides this: leave it empty"))
        }
    }
}

fn fact(names: &Names, book: &mut Book, member: MemberId, line: &Line) -> Judged {
    let before = book.facts(member);
    let mut facts = before.clone();
    let mut needed = |column: &str, name: &str| match line.told(column) {
        Some(told) => {
            facts.insert(name.to_owned(), json!(told));
            Ok(())
        }
        None => Err(line.bad(column, "it must say something")),
    };
    let put = match line.cell("type") {
        "dues" => needed("expires", "membership_paid_through"),
        "practice" => needed("issued", "practice_start"),
        "event" => one_more(&mut facts, "events", line, "issued"),
        "conflict" => one_more(&mut facts, "conflicts", line, "attrs"),
        _ => match cells::truth(line.cell("attrs")) {
            Some(truth) => {
                facts.insert("sliding_scale".to_owned(), json!(truth));
                Ok(())
            }
            None => Err(line.bad("attrs", "yes or no")),
        },
    };
    if let Err(cell) = put {
        return Ok(Err(cell));
    }
    let after = checked_facts(&Value::Object(facts))?;
    if after == Value::Object(before.clone()) {
        return Ok(Ok((Change::Unchanged, None)));
    }
    if names.is_own(member) {
        return Err(Refusal::OwnPaper.into());
    }
    book.put_facts(member, after.clone());
    let change = if before.is_empty() { Change::Added } else { Change::Updated };
    Ok(Ok((change, Some(Wanted::Facts(member, after)))))
}

fn one_more(
    facts: &mut Map<String, Value>,
    name: &str,
    line: &Line,
    column: &str,
) -> Result<(), Bad> {
    let told = line.told(column).ok_or_else(|| line.bad(column, "it must say something"))?;
    let list = facts.entry(name).or_insert_with(|| json!([]));
    if let Some(list) = list.as_array_mut().filter(|list| !list.contains(&json!(told))) {
        list.push(json!(told));
    }
    Ok(())
}
