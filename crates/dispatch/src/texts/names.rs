//! The names: cards of consultants as a family gets them.

use model::{Code, MessageText, PersonName, Phone};

use super::speech::{Limit, Speech, first_that_fits};

/// One consultant as a family gets her.
#[derive(Clone, Copy)]
pub struct Card<'a> {
    /// Her name exactly as it stands on the roster.
    pub name: &'a PersonName,
    /// Her credentials by their initials: `IBCLC`, `RN`.
    pub credentials: &'a [String],
    /// Where she works, in few words; empty where she has not said.
    pub area: &'a str,
    /// Visit types by code.
    pub visits: &'a [String],
    /// Payers by code, or as she calls them.
    pub payers: &'a [String],
    /// Her number.
    pub phone: &'a Phone,
    /// Where she can be booked.
    pub booking: Option<&'a str>,
    /// What she said with her claim: "after 5 pm, video only".
    pub caveat: Option<&'a str>,
}

/// Which text of names it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occasion {
    /// The first names.
    First,
    /// New ones after a second try.
    Again,
    /// Those that were missing from the first.
    TopUp,
}

impl Speech<'_> {
    /// A text of names: the cards a line each, numbered.
    pub(super) fn names(
        &self,
        cards: &[Card<'_>],
        code: Code,
        occasion: Occasion,
        more_coming: bool,
        page: Option<&str>,
    ) -> MessageText {
        let key = match occasion {
            Occasion::First => "names",
            Occasion::Again => "names-again",
            Occasion::TopUp => "names-top-up",
        };
        let count = i64::try_from(cards.len()).unwrap_or(i64::MAX);
        let head = self.say(key, &[("count", count.into()), ("code", code.as_str().into())]);
        let mut lines = vec![self.headed(&head)];
        for (number, card) in (1..).zip(cards) {
            lines.push(format!("{number}) {}", self.card(card)));
        }
        let mut end = Vec::new();
        if more_coming {
            end.push(self.say("names-more", &[]));
        }
        end.push(self.say("names-help", &[]));
        lines.push(self.sentences(&end));
        let plain = lines.join("\n");
        let linked = page.map(|page| {
            let link = self.say("names-page", &[("page", page.into())]);
            format!("{plain}\n{link}")
        });
        let tries = linked.into_iter().chain([plain]);
        MessageText::new(first_that_fits(Limit::NAMES, tries))
    }

    /// A card on one line: "Dana Osei, IBCLC, RN - Park Slope - home, video - Aetna - 718-555-0123".
    pub(super) fn card(&self, card: &Card<'_>) -> String {
        let mut name = vec![card.name.reveal().to_owned()];
        name.extend_from_slice(card.credentials);
        let payers = card.payers.iter().map(|payer| self.payer(payer)).collect::<Vec<_>>();
        let mut parts = vec![name.join(", ")];
        parts.push(card.area.to_owned());
        parts.push(self.list(&self.visits(card.visits)));
        parts.push(self.list(&payers));
        parts.push(card.phone.national());
        parts.extend(card.booking.map(str::to_owned));
        parts.extend(card.caveat.map(|caveat| format!("\"{caveat}\"")));
        parts.retain(|part| !part.is_empty());
        parts.join(" - ")
    }
}
