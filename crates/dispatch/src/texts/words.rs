//! The words of a referral as people read them: concerns, visits, payers, languages, ages.

use model::{
    reading::Insurance,
    referral::{Facts, Place},
};

use super::speech::Speech;

/// Lactation concerns, in the order in which a consultant wants to know them: what decides whether
/// she is the one comes first, because a short text keeps the first ones.
pub(super) const CONCERNS: [&str; 42] = [
    "loss_lactation",
    "nicu_preterm",
    "medical_complexity",
    "breast_surgery",
    "chestfeeding_trans",
    "induced_lactation",
    "relactation",
    "multiples",
    "prenatal_consult",
    "mastitis",
    "latch_difficulty",
    "nipple_pain",
    "low_supply",
    "weight_gain",
    "tongue_tie",
    "jaundice_feeding",
    "sleepy_baby",
    "newborn_feeding",
    "nursing_strike",
    "plugged_duct",
    "engorgement",
    "oversupply",
    "thrush",
    "bottle_refusal",
    "exclusive_pumping",
    "flange_fitting",
    "pumping",
    "combo_feeding",
    "bottle_feeding",
    "food_allergy",
    "fussy_gassy",
    "weaning",
    "biting",
    "tandem_pregnancy",
    "donor_milk",
    "starting_solids",
    "return_to_work",
    "prenatal_class",
    "medication_safety",
    "second_opinion",
    "general",
    "postpartum_mood",
];

/// Payers that have a name of their own, and paying oneself.
pub(super) const PAYERS: [&str; 17] = [
    "1199seiu",
    "aetna",
    "anthem_bcbs",
    "cigna",
    "emblemhealth",
    "fidelis",
    "healthfirst",
    "humana",
    "medicaid",
    "medicare",
    "metroplus",
    "molina",
    "oscar",
    "tln",
    "tricare",
    "uhc",
    "self_pay",
];

/// How a family feels is hers to tell, not ours to repeat or to pass on.
const UNTOLD: &str = "postpartum_mood";

/// The baby's age or the due date, taken apart again, so that every language can say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Baby<'a> {
    /// So many of a unit.
    Age { count: u32, unit: &'a str },
    /// Due in a part (`early`, `mid`, `late`, `month`) of a month (1 to 12).
    Due { part: &'static str, month: u32 },
    /// Due, and nothing tells when.
    DueSometime,
    /// In the admin's own words.
    Verbatim(&'a str),
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl<'a> Baby<'a> {
    /// Reads what `model::referral::Facts` says of the baby; `None` where it says nothing.
    pub(super) fn read(words: &'a str) -> Option<Self> {
        let words = words.trim();
        if words.is_empty() {
            return None;
        }
        Some(Self::age(words).or_else(|| Self::due(words)).unwrap_or(Self::Verbatim(words)))
    }

    fn age(words: &'a str) -> Option<Self> {
        let (count, unit) = words.split_once(' ')?;
        let unit = unit.strip_suffix('s').unwrap_or(unit);
        let known = ["hour", "day", "week", "month", "year"].contains(&unit);
        Some(Self::Age { count: count.parse().ok()?, unit }).filter(|_| known)
    }

    fn due(words: &'a str) -> Option<Self> {
        let rest = words.strip_prefix("due")?.trim_start();
        if rest.is_empty() {
            return Some(Self::DueSometime);
        }
        let (part, month) = [("early ", "early"), ("mid-", "mid"), ("late ", "late")]
            .into_iter()
            .find_map(|(prefix, part)| Some((part, rest.strip_prefix(prefix)?)))
            .unwrap_or(("month", rest));
        let start = month.get(..3)?.to_lowercase();
        let month = MONTHS.iter().position(|name| *name == start)?;
        Some(Self::Due { part, month: u32::try_from(month + 1).ok()? })
    }

    /// The age in days, as the lower end of what was told.
    fn days(self) -> Option<u32> {
        let Self::Age { count, unit } = self else { return None };
        let unit = match unit {
            "week" => 7,
            "month" => 30,
            "year" => 365,
            "hour" => return Some(count / 24),
            _ => 1,
        };
        Some(count.saturating_mul(unit))
    }
}

impl Speech<'_> {
    /// Concerns worth telling, the decisive ones first.
    pub(super) fn concerns(&self, facts: &Facts) -> Vec<String> {
        let told_already = |code: &str| code == "multiples" && facts.babies.is_some();
        let mut codes = facts
            .concerns
            .iter()
            .map(String::as_str)
            .filter(|code| *code != UNTOLD && !told_already(code))
            .collect::<Vec<_>>();
        codes.sort_by_key(|code| CONCERNS.iter().position(|known| known == code));
        codes.into_iter().map(|code| self.word("concern", code)).collect()
    }

    /// Visit types.
    pub(super) fn visits(&self, codes: &[String]) -> Vec<String> {
        codes.iter().map(|code| self.word("visit", code)).collect()
    }

    /// Languages by code; English is left out where it stands alone, as it goes without saying.
    pub(super) fn languages(&self, codes: &[String]) -> Vec<String> {
        if codes == ["en"] {
            return Vec::new();
        }
        codes.iter().map(|code| self.word("lang", code)).collect()
    }

    /// Wishes such as `lgbtq_affirming`.
    pub(super) fn wishes(&self, codes: &[String]) -> Vec<String> {
        codes.iter().map(|code| self.word("wish", code)).collect()
    }

    /// A payer by its code, as it calls itself.
    pub(super) fn payer(&self, code: &str) -> String {
        self.word("payer", code)
    }

    /// Who pays: "Aetna", "Medicaid (Healthfirst)".
    pub(super) fn insurance(&self, insurance: &Insurance) -> String {
        let payer = self.payer(&insurance.payer);
        let class = self.payer(&insurance.class);
        if insurance.class == "medicaid" && insurance.payer != "medicaid" {
            self.say("payer-class", &[("class", class.into()), ("payer", payer.into())])
        } else {
            payer
        }
    }

    /// "twins", where there is more than one baby.
    pub(super) fn babies(&self, facts: &Facts) -> Option<String> {
        let count = facts.babies.filter(|&count| count > 1)?;
        Some(self.say("babies", &[("count", i64::from(count).into())]))
    }

    /// "5 days", "due mid-Jan".
    pub(super) fn baby(&self, facts: &Facts) -> Option<String> {
        Some(match Baby::read(&facts.baby)? {
            Baby::Age { count, unit } => {
                self.say(&format!("age-{unit}"), &[("count", i64::from(count).into())])
            }
            Baby::Due { part, month } => {
                let name = self.say(&format!("month-{month}"), &[]);
                self.say(
                    "due",
                    &[
                        ("part", part.into()),
                        ("month", name.into()),
                        ("month_number", i64::from(month).into()),
                    ],
                )
            }
            Baby::DueSometime => self.say("due-unknown", &[]),
            Baby::Verbatim(words) => words.to_owned(),
        })
    }

    /// The age roughly: "under 2 weeks"; `None` where no age is known.
    pub(super) fn age_band(&self, facts: &Facts) -> Option<String> {
        let band = match Baby::read(&facts.baby)?.days()? {
            0..14 => 1,
            14..42 => 2,
            42..90 => 3,
            90..180 => 4,
            180..365 => 5,
            365.. => 6,
        };
        Some(self.say(&format!("age-band-{band}"), &[]))
    }

    /// The due date to the day, from `2027-01-14`; `None` where the day was not told.
    pub(super) fn due_day(&self, due: &str) -> Option<String> {
        let date: jiff::civil::Date = due.parse().ok()?;
        let month = self.say(&format!("month-{}", date.month()), &[]);
        Some(self.say(
            "due-day",
            &[
                ("month", month.into()),
                ("month_number", i64::from(date.month()).into()),
                ("number", i64::from(date.day()).into()),
            ],
        ))
    }

    /// The word for a code, or the code itself with spaces where nobody has given it a word.
    pub(super) fn word(&self, family: &str, code: &str) -> String {
        let is_key = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let known = code.chars().all(is_key).then(|| self.say_if(&format!("{family}-{code}")));
        known.flatten().unwrap_or_else(|| code.replace('_', " "))
    }
}

/// The place without its ZIP, for chapters whose offers are coarse.
pub(super) fn coarse(place: &Place) -> String {
    Place { zip: None, ..place.clone() }.label()
}

#[cfg(test)]
mod tests {
    use super::Baby;

    #[test]
    fn what_is_known_of_the_baby_is_taken_apart() {
        let age = |count, unit| Some(Baby::Age { count, unit });
        assert_eq!(Baby::read("5 days"), age(5, "day"));
        assert_eq!(Baby::read("1 month"), age(1, "month"));
        assert_eq!(Baby::read("due mid-Jan"), Some(Baby::Due { part: "mid", month: 1 }));
        assert_eq!(Baby::read("due late Sept"), Some(Baby::Due { part: "late", month: 9 }));
        assert_eq!(Baby::read("due March"), Some(Baby::Due { part: "month", month: 3 }));
        assert_eq!(Baby::read("due"), Some(Baby::DueSometime));
        assert_eq!(Baby::read("about a week"), Some(Baby::Verbatim("about a week")));
        assert_eq!(Baby::read(" "), None);
    }
}
