//! The claim protocol as a model, looked through in every order there is.
//!
//! Members claim, confirm and give back; the carrier delivers their texts in any order, some twice, to
//! either of two nodes; nodes crash in the midst of a unit of work; provisional claims lapse and
//! promised times pass whenever they like. Who gets which place is judged by the product's own
//! arithmetic (`dispatch::places`); what a unit of work writes, and what people are told in it, mirrors
//! `dispatch::claims`, `gate`, `hand_off` and `promise` step by step.
//!
//! A model that cannot fail proves nothing: each thing that the protocol rests on is taken away once,
//! and the explorer must find what goes wrong then.
//! Where claims are collected before anybody has a place, the order in which places are given is the
//! claims' own turned round: whatever a policy says, the protocol must bear it.

mod explore;
mod protocol;

use explore::explore;
use protocol::{Cast, Said, Without};

/// Five ask for three places; two of their texts come twice; nodes crash twice.
fn five_claim() -> Cast {
    Cast::new(
        &[(0, Said::Claim), (1, Said::Claim), (2, Said::Claim), (3, Said::Claim), (4, Said::Claim)],
        2,
        2,
    )
}

/// One is asked back before her place is firm, and confirms, or not in time.
fn one_is_asked_back() -> Cast {
    Cast::new(
        &[
            (0, Said::Tentative),
            (0, Said::Claim),
            (1, Said::Claim),
            (2, Said::Claim),
            (3, Said::Claim),
        ],
        1,
        1,
    )
}

/// Two give back what they have, or what they do not have yet; one of them changes her mind again.
fn two_give_back() -> Cast {
    Cast::new(
        &[
            (0, Said::Claim),
            (0, Said::GiveBack),
            (1, Said::Claim),
            (1, Said::GiveBack),
            (2, Said::Claim),
            (3, Said::Claim),
        ],
        1,
        1,
    )
}

/// Three have been named; two go, one after the other, and others come.
fn names_are_replaced() -> Cast {
    Cast::new(
        &[
            (0, Said::Claim),
            (0, Said::GiveBack),
            (0, Said::Claim),
            (1, Said::Claim),
            (1, Said::GiveBack),
            (2, Said::Claim),
            (3, Said::Claim),
        ],
        1,
        0,
    )
}

/// Two claim and no more, whenever they like.
fn two_claim_late() -> Cast {
    Cast::new(&[(0, Said::Claim), (1, Said::Claim)], 1, 1)
}

/// Claims are collected first: four want a place, one of them perhaps; one gives hers back.
fn some_are_collected() -> Cast {
    Cast::new(
        &[
            (0, Said::Claim),
            (1, Said::Tentative),
            (1, Said::Claim),
            (2, Said::Claim),
            (2, Said::GiveBack),
            (3, Said::Claim),
        ],
        1,
        1,
    )
    .collecting()
}

/// Five are collected, and one whose turn came gives her place back: the rest move up in turn.
fn five_are_collected() -> Cast {
    Cast::new(
        &[
            (0, Said::Claim),
            (1, Said::Claim),
            (2, Said::Claim),
            (3, Said::Claim),
            (4, Said::Claim),
            (4, Said::GiveBack),
        ],
        1,
        1,
    )
    .collecting()
}

fn holds(name: &str, cast: &Cast) {
    match explore(cast) {
        Ok(states) => println!("{name}: {states} states, and nothing is wrong in any"),
        Err(found) => panic!("{name}: {found}"),
    }
}

fn breaks(name: &str, cast: Cast, without: Without, what: &str) {
    match explore(&cast.without(without)) {
        Ok(states) => panic!("{name}: {states} states, and nobody noticed"),
        Err(found) => {
            println!("{name}: {}", found.wrong);
            assert!(found.wrong.contains(what), "{name}: {found}");
        }
    }
}

#[test]
fn three_places_whoever_claims_when_and_however_often_it_is_delivered() {
    holds("five claim", &five_claim());
    holds("two claim late", &two_claim_late());
}

#[test]
fn a_tentative_claim_is_confirmed_or_lapses() {
    holds("one is asked back", &one_is_asked_back());
}

#[test]
fn places_given_back_move_up_and_names_are_taken_back_once() {
    holds("two give back", &two_give_back());
    holds("names are replaced", &names_are_replaced());
}

#[test]
fn what_is_collected_gets_its_places_once_and_in_turn() {
    holds("some are collected", &some_are_collected());
    holds("five are collected", &five_are_collected());
}

#[test]
fn what_the_protocol_rests_on_is_missed_when_it_is_gone() {
    breaks("no lock, no unique places", five_claim(), Without::LockAndUniquePlaces, "have place");
    breaks("no lock, unique places alone", two_give_back(), Without::Lock, "");
    breaks("texts are not known again", five_claim(), Without::InboundIds, "answered 2 times");
    breaks("names are not marked", names_are_replaced(), Without::NamedMarks, "again");
    breaks("one text a round", names_are_replaced(), Without::KeysOfTheirOwn, "never");
    breaks("late names wait for all three", two_claim_late(), Without::LateNames, "never");
    breaks("standby is forgotten", two_give_back(), Without::MovingUp, "stands by");
    breaks("a gate that stays", some_are_collected(), Without::ClosingTheGate, "claims collected");
    breaks("standby keeps its turns", five_are_collected(), Without::TurnsAfterTheGate, "turn");
}
