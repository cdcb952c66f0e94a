//! What we say to people, in their language.
//!
//! Nobody outside handles a key or a loose string: what is to be said is one of [`ToFamily`],
//! [`ToMember`], [`ToAdmin`] or [`Email`], and what comes back is ready to be sent. The sentences
//! stand in Fluent files, one a language (`crates/dispatch/texts`); here they are chosen, put
//! together, and shortened until they fit a text message.
//!
//! Families are answered in their language where we have it, in plain English otherwise. Members
//! and admins are written to in English.

mod ack;
mod admin;
mod bundles;
mod care;
mod clock;
mod family;
mod letter;
mod member;
mod names;
mod offer;
mod question;
mod rule;
mod sheet;
mod speech;
mod told;
mod words;

pub use admin::{Email, PageReason, ToAdmin};
pub use care::Care;
pub use family::ToFamily;
pub use letter::Letter;
pub use member::{AboutPapers, Ending, HeldPlace, OpenOffer, ToMember};
use model::{MessageText, TimeZone, Timestamp, referral::Facts, settings::Settings};
pub use names::Card;
pub use question::Ask;
pub use sheet::{Buttons, Introduced, Sheet, SheetCard};

use self::{
    bundles::{Bundles, ENGLISH},
    speech::Speech,
};
use crate::policy::Terms;

/// The codes of all lactation concerns that we have words for.
#[must_use]
pub fn concern_codes() -> &'static [&'static str] {
    &words::CONCERNS
}

/// Who speaks, in which language, and when.
#[derive(Debug, Clone, Copy)]
pub struct Voice<'a> {
    /// The chapter's name as it stands at the head of a text: short, such as `NYLCA`.
    pub name: &'a str,
    /// The language, as it was read (`es`, `zh-Hans`, `und`). One we have no texts in, and `und`,
    /// get English; whether unreviewed texts may be used is the caller's to ask of
    /// [`Texts::speaks`].
    pub lang: &'a str,
    /// Where people may write instead; empty where the chapter has not said.
    pub contact: &'a str,
    /// The chapter's zone, in which all times are told.
    pub zone: &'a TimeZone,
    /// The present, so that "tomorrow" is tomorrow.
    pub now: Timestamp,
}

/// Every text we have, in every language we have it in.
pub struct Texts(Bundles);

impl Default for Texts {
    fn default() -> Self {
        Self::new()
    }
}

impl Texts {
    /// Reads the embedded files. It takes a few milliseconds: once a process.
    #[must_use]
    pub fn new() -> Self {
        Self(Bundles::read())
    }

    /// Whether a family may be answered in `lang`: we have texts in it, and either a native reader
    /// has read them or the chapter accepts them unread (`accepted_unreviewed` names the language
    /// or is `*`). Any other language is answered in English.
    #[must_use]
    pub fn speaks(&self, lang: &str, accepted_unreviewed: &[String]) -> bool {
        let Some(ours) = self.0.find(lang) else { return false };
        let accepted = |tag: &String| tag == "*" || self.0.find(tag) == Some(ours);
        self.0.is_reviewed(ours) || accepted_unreviewed.iter().any(accepted)
    }

    /// The languages we have texts in, and whether a native reader has read them.
    #[must_use]
    pub fn languages(&self) -> Vec<(&'static str, bool)> {
        bundles::LANGUAGES.iter().map(|(lang, _)| (*lang, self.0.is_reviewed(lang))).collect()
    }

    /// The day on which the hotlines' numbers were last called, as `2026-11-21`.
    #[must_use]
    pub fn numbers_checked_on(&self) -> String {
        self.0.say(ENGLISH, "numbers-checked-on", &[])
    }

    /// A text to a family, in the voice's language.
    #[must_use]
    pub fn to_family(&self, voice: &Voice<'_>, what: &ToFamily<'_>) -> MessageText {
        family::text(&self.to_families(voice), what)
    }

    /// A text to a family, which first says what care its words call for; a text that speaks of
    /// care itself stays as it is.
    #[must_use]
    pub fn to_family_in_need(
        &self,
        voice: &Voice<'_>,
        care: Care,
        what: &ToFamily<'_>,
    ) -> MessageText {
        family::with_care_first(&self.to_families(voice), care, what)
    }

    /// A text to a member.
    #[must_use]
    pub fn to_member(&self, voice: &Voice<'_>, what: &ToMember<'_>) -> MessageText {
        member::text(&self.in_english(voice), what)
    }

    /// A text to one of the chapter's admins.
    #[must_use]
    pub fn to_admin(&self, voice: &Voice<'_>, what: &ToAdmin<'_>) -> MessageText {
        admin::text(&self.in_english(voice), what)
    }

    /// An e-mail to one of the chapter's admins: its subject and its body.
    #[must_use]
    pub fn email(&self, voice: &Voice<'_>, what: &Email<'_>) -> (String, MessageText) {
        admin::email(&self.in_english(voice), what)
    }

    /// An e-mail to a member or to one of a hospital's people: its subject and its body.
    #[must_use]
    pub fn letter(&self, voice: &Voice<'_>, what: &Letter<'_>) -> (String, MessageText) {
        letter::letter(&self.in_english(voice), what)
    }

    /// What somebody hears who calls the line, in the voice's language.
    #[must_use]
    pub fn spoken(&self, voice: &Voice<'_>) -> String {
        let speech = self.to_families(voice);
        speech.say("spoken", &[("name", voice.name.into())])
    }

    /// The sentence of `text` that tells a family what is shared with whom, word for word as it
    /// was said: a record of consent keeps it. `None` where the text says nothing of the kind.
    #[must_use]
    pub fn sharing(&self, voice: &Voice<'_>, text: &MessageText) -> Option<String> {
        let speech = self.to_families(voice);
        let sentences = ack::SHARED.iter().map(|key| speech.say(key, &[]));
        sentences.into_iter().find(|sentence| text.reveal().contains(sentence.as_str()))
    }

    /// A referral in few words, for lists of several: "Park Slope 11215, 5 days, latch, home".
    ///
    /// `coarse` leaves out the ZIP and tells the age roughly, as in the chapter's offers.
    #[must_use]
    pub fn about(&self, voice: &Voice<'_>, facts: &Facts, coarse: bool) -> String {
        offer::about(&self.in_english(voice), facts, coarse)
    }

    /// What members may read of a referral, fact by fact: the name of each that is known, and its
    /// words.
    #[must_use]
    pub fn told(&self, voice: &Voice<'_>, facts: &Facts) -> Vec<(&'static str, String)> {
        told::told(&self.in_english(voice), facts)
    }

    /// A family's page of names, which works until the given day, in the voice's language.
    #[must_use]
    pub fn sheet(
        &self,
        voice: &Voice<'_>,
        code: model::Code,
        all: &[Introduced<'_>],
        terms: &Terms,
        until: Timestamp,
    ) -> Sheet {
        sheet::sheet(&self.to_families(voice), code, all, terms, until)
    }

    /// How the names of a referral were chosen on these terms, and that nobody pays for it: what a
    /// family reads beside them, in the voice's language.
    #[must_use]
    pub fn chosen(&self, voice: &Voice<'_>, terms: &Terms) -> [String; 2] {
        rule::to_family(&self.to_families(voice), terms)
    }

    /// How places are decided in a chapter with these settings, sentence by sentence: what members
    /// read, and what the console shows.
    #[must_use]
    pub fn rule(&self, voice: &Voice<'_>, settings: &Settings) -> Vec<String> {
        rule::to_members(&self.in_english(voice), settings)
    }

    /// What a member may read of a referral on the page of its offer, fact by fact: what the text
    /// says, and what did not fit. `coarse` tells no ZIP and the age roughly, as in the text.
    #[must_use]
    pub fn offered(
        &self,
        voice: &Voice<'_>,
        facts: &Facts,
        coarse: bool,
    ) -> Vec<(&'static str, String)> {
        told::offered(&self.in_english(voice), facts, coarse)
    }

    /// The payers that have a name of their own, each by its code, and paying oneself.
    #[must_use]
    pub fn payers(&self, voice: &Voice<'_>) -> Vec<(&'static str, String)> {
        let speech = self.in_english(voice);
        words::PAYERS.map(|code| (code, speech.payer(code))).to_vec()
    }

    /// Why an admin is called, in the few words that a call uses.
    #[must_use]
    pub fn reason(&self, voice: &Voice<'_>, reason: PageReason) -> String {
        admin::why(&self.in_english(voice), reason)
    }

    fn to_families<'a>(&'a self, voice: &'a Voice<'a>) -> Speech<'a> {
        Speech::new(&self.0, self.0.find(voice.lang).unwrap_or(ENGLISH), voice)
    }

    fn in_english<'a>(&'a self, voice: &'a Voice<'a>) -> Speech<'a> {
        Speech::new(&self.0, ENGLISH, voice)
    }
}

#[cfg(test)]
mod tests;
