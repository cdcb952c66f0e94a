//! Yes, perhaps and no, for which referral.

use model::{
    Code,
    reading::{Intent, MemberExtract},
};

use super::{
    Verdict, caveat, codes_once, colleagues,
    lexicon::{Found, Meaning},
    offers,
    reply::{Reply, filled},
    tokens::Tag,
};

/// Codes she takes and codes she passes on, in the order she names them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Sides {
    pub(crate) yes: Vec<Code>,
    pub(crate) no: Vec<Code>,
}

/// Which of the typed codes are said no to.
pub(crate) fn sides(reply: &Reply<'_>) -> Sides {
    let codes = reply.codes();
    if codes.len() > 1 {
        return several(reply);
    }
    let denied = negations(reply)
        .filter(|found| !goes_on_to_limit(reply, *found))
        .any(|found| (found.from..found.to).any(|at| code_at(reply, at).is_some()));
    if denied { Sides { yes: Vec::new(), no: codes } } else { Sides { yes: codes, no: Vec::new() } }
}

/// Several codes, each with its yes or no.
///
/// "Not K7Q" governs what follows; a bare "no" does so only if the first yes or no of the message
/// came before its first code ("yes K7Q no M3T"), and else belongs to what it follows ("K7Q no").
fn several(reply: &Reply<'_>) -> Sides {
    let tokens = &reply.tokens.all;
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let first_code = (0..tokens.len()).find(|&at| code_at(reply, at).is_some());
    let first_sign =
        (0..tokens.len()).find(|&at| YES.contains(&word(at)) || NO.contains(&word(at)));
    let before = first_sign < first_code && first_sign.is_some();
    let mut sides = Sides::default();
    let mut since = Vec::new();
    let mut denying = false;
    for at in 0..tokens.len() {
        if let Some(code) = code_at(reply, at) {
            let side = if denying { &mut sides.no } else { &mut sides.yes };
            if !side.contains(&code) {
                side.push(code);
            }
            since.push(code);
            continue;
        }
        let leads = matches!(word(at + 1), "to" | "for" | "on");
        let clause = reply.tokens.clause_of(at);
        let code_follows = (at..clause.end).any(|at| code_at(reply, at).is_some());
        if NOT.contains(&word(at)) && code_follows || NO.contains(&word(at)) && (leads || before) {
            denying = true;
            since.clear();
        } else if NOT.contains(&word(at)) || NO.contains(&word(at)) {
            sides.yes.retain(|code| !since.contains(code));
            sides.no.append(&mut since);
        } else if YES.contains(&word(at)) {
            denying = false;
            since.clear();
        } else if matches!(word(at), "but" | "pero" | "но" | "mais") {
            denying = false;
        }
    }
    sides.yes.retain(|code| !sides.no.contains(code));
    sides.no = codes_once(sides.no);
    sides
}

/// Words that say yes to a code beside them.
const YES: [&str; 25] = [
    "yes", "y", "yep", "yeah", "yup", "sure", "ok", "okay", "me", "mine", "take", "taking",
    "claim", "claiming", "can", "want", "si", "да", "oui", "wi", "tak", "please", "puedo", "могу",
    "可",
];

/// Words that say no to a code beside them.
const NO: [&str; 12] =
    ["no", "nope", "nah", "n", "pass", "нет", "non", "nie", "decline", "skip", "不", "没"];

/// Words that say no to the code after them.
const NOT: [&str; 12] = [
    "not", "cant", "cannot", "dont", "wont", "without", "except", "too", "unable", "не", "neither",
    "nor",
];

/// "K7Q no" in "K7Q no weekends".
fn goes_on_to_limit(reply: &Reply<'_>, no: Found) -> bool {
    reply
        .all(Meaning::Limit)
        .any(|limit| limit.from < no.to && no.from <= limit.from && no.to < limit.to)
}

/// Phrases that say no, without those that only limit.
pub(crate) fn negations<'r>(reply: &'r Reply<'_>) -> impl Iterator<Item = Found> + 'r {
    [Meaning::Decline, Meaning::No, Meaning::Neither]
        .into_iter()
        .flat_map(|meaning| reply.all(meaning))
}

/// Phrases that say yes, without those inside a longer no.
pub(crate) fn affirmation(reply: &Reply<'_>) -> Option<Found> {
    let said = reply.all(Meaning::Claim).chain(reply.all(Meaning::Yes));
    said.filter(|found| !negations(reply).any(|no| no.from <= found.from && found.from < no.to))
        .filter(|found| !denied_before(reply, found.from))
        .filter(|found| !inside_a_question(reply, found.from))
        .min_by_key(|found| found.from)
}

/// "Can you send her number so I can call": the question came first in the same clause.
fn inside_a_question(reply: &Reply<'_>, at: usize) -> bool {
    let clause = reply.tokens.clause_of(at);
    reply
        .all(Meaning::Question)
        .any(|asked| clause.contains(&asked.from) && asked.from < at && asked.to <= at)
}

/// "Not available", "don't think I can": the word before takes the yes back.
fn denied_before(reply: &Reply<'_>, at: usize) -> bool {
    let clause = reply.tokens.clause_of(at);
    let words = [
        "not", "dont", "cant", "isnt", "never", "no", "wish", "doubt", "arent", "whether",
        "unless", "hope", "until", "when", "till",
    ];
    (1..=3).filter_map(|back| at.checked_sub(back)).filter(|at| clause.contains(at)).any(|at| {
        reply.tokens.all.get(at).is_some_and(|token| words.contains(&token.text.as_str()))
    })
}

fn code_at(reply: &Reply<'_>, at: usize) -> Option<Code> {
    match reply.tokens.all.get(at)?.tag {
        Tag::Code(code) => Some(code),
        Tag::Plain => None,
    }
}

/// A no that is only a limit on a yes: "yes, but I can't do mornings".
pub(crate) fn only_limits(reply: &Reply<'_>, yes: Option<Found>) -> bool {
    negations(reply).all(|no| {
        let limit = reply.all(Meaning::Limit).any(|limit| limit.from < no.to && no.from < limit.to);
        let elsewhere = match yes {
            Some(yes) => !reply.tokens.clause_of(no.from).contains(&yes.from) || yes.from < no.from,
            // The code alone said yes; a no in its own clause is a no to it.
            // "K7Q no weekends" is none to it all the same.
            None => {
                let with_code =
                    reply.tokens.clause_of(no.from).any(|at| code_at(reply, at).is_some());
                let outright = reply.tokens.all[no.from..no.to].iter().any(|token| {
                    matches!(token.text.as_str(), "cant" | "cannot" | "wont" | "unable" | "sorry")
                });
                !with_code || !outright
            }
        };
        limit && elsewhere
    })
}

/// A claim of whatever kind, with its codes judged by what is open.
pub(crate) fn claim(
    reply: &Reply<'_>,
    intent: Intent,
    rule: &str,
    found: Option<Found>,
    sides: &Sides,
) -> Verdict {
    let mut extract = MemberExtract::default();
    caveat::read(reply, &mut extract);
    extract.declined = sides.no.clone();
    extract.colleague = colleagues::beside_her(reply);
    let (intent, codes) = targets(reply, intent, sides);
    if intent == Intent::Duplicate && reply.has(Meaning::Thanks) && reply.codes().is_empty() {
        return Verdict::new(Intent::Acknowledgement, codes)
            .because("thanks", reply.text.original());
    }
    let verdict = Verdict::new(intent, codes).with(extract);
    match found {
        Some(found) => verdict.found(rule, reply, found),
        None => verdict.because(rule, reply.text.original()),
    }
}

/// Which referrals a claim is for, and what that makes of it.
fn targets(reply: &Reply<'_>, intent: Intent, sides: &Sides) -> (Intent, Vec<Code>) {
    let free = reply.free_codes();
    let offers = reply.free_offers();
    let mut codes = sides.yes.clone();
    if codes.is_empty() && offers.len() > 1 {
        codes = offers::described(reply, &offers, false);
        if codes.is_empty() {
            let left =
                free.iter().copied().filter(|code| !sides.no.contains(code)).collect::<Vec<_>>();
            let several = left.len() > 1;
            return (if several { Intent::ClaimAmbiguous } else { intent }, left);
        }
    }
    if codes.is_empty() {
        match (free.as_slice(), reply.claimed()) {
            ([only], _) => codes.push(*only),
            ([], Some(mine)) => return (Intent::Duplicate, vec![mine]),
            _ => return (Intent::ClaimLate, codes),
        }
    }
    // A wrong code for a reply that names several is not made late by one of them.
    let mine = reply.claimed();
    if !codes.is_empty() && codes.iter().all(|code| Some(*code) == mine) {
        return (Intent::Duplicate, codes);
    }
    let open = |code: &Code| {
        reply
            .context
            .open_referrals
            .iter()
            .any(|offer| !filled(offer) && offer.code.parse() == Ok(*code))
    };
    if intent == Intent::Claim && !codes.iter().any(open) {
        return (Intent::ClaimLate, codes);
    }
    (intent, codes)
}

/// A no, for the codes she typed or for all that are open.
pub(crate) fn decline(reply: &Reply<'_>, sides: &Sides, found: Option<Found>) -> Verdict {
    let mut codes = if sides.no.is_empty() { sides.yes.clone() } else { sides.no.clone() };
    if codes.is_empty() {
        let offers = reply.free_offers();
        codes =
            if offers.len() > 1 { offers::described(reply, &offers, false) } else { Vec::new() };
        if codes.is_empty() {
            codes = reply.free_codes();
        }
    }
    let verdict = Verdict::new(Intent::Decline, codes);
    match found {
        Some(found) => verdict.found("decline", reply, found),
        None => verdict,
    }
}
