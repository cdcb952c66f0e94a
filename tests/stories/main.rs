//! What a chapter lives through, told as stories: families text, members answer, time passes, and
//! nothing happens that the story did not expect.
//!
//! Every story runs the real work on a real database; the clock, the carrier and chance are the
//! story's. `testkit::Chapter` says how a story ends, and why most of them fail where a text is sent
//! that nobody reads.

mod after_names;
mod asking;
mod calling;
mod choosing;
mod claiming;
mod clocks;
mod commands;
mod danger;
mod deciding;
mod deleting;
mod following_up;
mod giving_back;
mod happy_path;
mod holding_up;
mod joining;
mod languages;
mod merging;
mod naming;
mod neighbours;
mod papers;
mod pushing;
mod racing;
mod reading_names;
mod recovering;
mod repeats;
mod sending;
mod settling;
mod signing_in;
mod standing;
mod standing_ready;
mod stopping;
mod talking;
mod tapping;

use testkit::Chapter;

/// What a family texts that tells all that is needed.
const JESS: &str = "Hi! I'm in Park Slope 11215, my daughter is 5 days old and won't latch on the \
                    left side. Nipples are cracked. Looking for a home visit, we have Aetna. \
                    Thanks, Jess";

/// The members of the usual chapter.
const ALL: [&str; 5] = ["ana", "beth", "cleo", "dora", "ella"];

/// Jess texts, is told what happens, and these members are asked; gives the code.
async fn jess_asks(chapter: &Chapter, asked: &[&str]) -> String {
    chapter.family("jess").texts(JESS).await;
    chapter.settle().await;
    let code = chapter.family("jess").receives("Got it").code();
    for member in asked {
        assert_eq!(chapter.phone(member).receives_offer().code(), code);
    }
    code
}

/// These members claim with the code and are told their places, from `from` on.
async fn claim(chapter: &Chapter, code: &str, members: &[&str], from: usize) {
    for (place, member) in members.iter().enumerate() {
        chapter.phone(member).replies(code).await;
        let place = place + from;
        let _ = chapter.phone(member).receives(&format!("{code}: place {place} of 3"));
    }
}

/// Jess asks, Ana, Beth and Cleo claim, and she has their names; gives the code.
async fn jess_has_names(chapter: &Chapter) -> String {
    let code = jess_asks(chapter, &ALL).await;
    claim(chapter, &code, &["ana", "beth", "cleo"], 1).await;
    let _ = chapter.family("jess").receives("Here are 3 consultants");
    code
}
