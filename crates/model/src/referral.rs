//! A referral as the members and the family know it.

use serde::{Deserialize, Serialize};

use crate::reading::{Baby, BabyStage, FamilyReading, Insurance, Location, Precision, Urgency};

/// How many places a referral has.
pub const PLACES: i64 = 3;

/// The structured facts of a referral: all that a member may be shown before she claims.
///
/// Never a name, a number, a street, a date of birth or the family's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default, schemars::JsonSchema)]
#[serde(default)]
pub struct Facts {
    /// Where the family is.
    pub place: Place,
    /// The baby's age or due date in few plain words ("5 days", "due mid-Jan"); empty if unknown.
    pub baby: String,
    /// More than one baby.
    pub babies: Option<u32>,
    /// Lactation concerns by code, in alphabetical order.
    pub concerns: Vec<String>,
    /// Wished visit types.
    pub visit_types: Vec<String>,
    /// Who pays.
    pub insurance: Option<Insurance>,
    /// Wished languages.
    pub languages: Vec<String>,
    /// Wished times.
    pub time_wish: Option<String>,
    /// How soon.
    pub urgency: Option<Urgency>,
    /// Who is writing.
    pub contact_role: String,
    /// Wishes such as `lgbtq_affirming`.
    pub preferences: Vec<String>,
    /// Before the birth.
    pub prenatal: bool,
}

/// Where the family is, as members need it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default, schemars::JsonSchema)]
#[serde(default)]
pub struct Place {
    /// Five digits.
    pub zip: Option<String>,
    /// The neighbourhood.
    pub neighborhood: Option<String>,
    /// The borough.
    pub borough: Option<String>,
}

impl Place {
    /// The place in few words: "Park Slope 11215", "Bronx 10467", "Flatbush, Brooklyn".
    #[must_use]
    pub fn label(&self) -> String {
        match (&self.neighborhood, &self.zip, &self.borough) {
            (Some(area), Some(zip), _) => format!("{area} {zip}"),
            (None, Some(zip), Some(borough)) => format!("{borough} {zip}"),
            (None, Some(zip), None) => zip.clone(),
            (Some(area), None, Some(borough)) => format!("{area}, {borough}"),
            (Some(area), None, None) => area.clone(),
            (None, None, Some(borough)) => borough.clone(),
            (None, None, None) => String::new(),
        }
    }
}

impl Facts {
    /// Takes from a reading what members may see.
    #[must_use]
    pub fn from_reading(reading: &FamilyReading) -> Self {
        let extract = &reading.extract;
        let baby = extract.baby.as_ref();
        Self {
            place: extract
                .location
                .as_ref()
                .filter(|at| is_served(at))
                .map(place)
                .unwrap_or_default(),
            baby: baby.map(baby_words).unwrap_or_default(),
            babies: baby.and_then(|baby| baby.count).filter(|&count| count > 1),
            concerns: extract.concerns.clone(),
            visit_types: extract.visit_types.clone(),
            insurance: extract.insurance.clone(),
            languages: extract.consult_languages.clone(),
            time_wish: extract.time_prefs.clone(),
            urgency: reading.urgency,
            contact_role: extract.contact_role.clone(),
            preferences: extract.preferences.clone(),
            prenatal: baby.is_some_and(|baby| baby.stage == BabyStage::Expected),
        }
    }

    /// What may stay of them when the family's words go: the borough and codes that are counted. By
    /// none of it can a family be found.
    #[must_use]
    pub fn counted(&self) -> Self {
        Self {
            place: Place { borough: self.place.borough.clone(), ..Place::default() },
            concerns: self.concerns.clone(),
            visit_types: self.visit_types.clone(),
            insurance: self.insurance.clone().map(|payer| Insurance { plan: None, ..payer }),
            languages: self.languages.clone(),
            urgency: self.urgency,
            prenatal: self.prenatal,
            ..Self::default()
        }
    }

    /// The names of the facts in which another differs.
    #[must_use]
    pub fn changed(&self, other: &Self) -> Vec<&'static str> {
        [
            ("place", self.place != other.place),
            ("baby", (&self.baby, self.prenatal) != (&other.baby, other.prenatal)),
            ("babies", self.babies != other.babies),
            ("concerns", self.concerns != other.concerns),
            ("visit_types", self.visit_types != other.visit_types),
            ("insurance", self.insurance != other.insurance),
            ("languages", self.languages != other.languages),
            ("time_wish", self.time_wish != other.time_wish),
            ("urgency", self.urgency != other.urgency),
            ("contact_role", self.contact_role != other.contact_role),
            ("preferences", self.preferences != other.preferences),
        ]
        .into_iter()
        .filter_map(|(name, differs)| differs.then_some(name))
        .collect()
    }
}

fn is_served(location: &Location) -> bool {
    matches!(location.precision, Precision::Zip | Precision::Neighborhood | Precision::Borough)
}

fn place(location: &Location) -> Place {
    Place {
        zip: location.zip.clone(),
        neighborhood: location.neighborhood.clone(),
        borough: location.borough.clone(),
    }
}

/// The age or the due date as one says it: "5 days", "2 weeks", "due mid-Jan", "due March".
fn baby_words(baby: &Baby) -> String {
    if baby.stage == BabyStage::Expected {
        return baby.due_date.as_deref().map(due_words).unwrap_or_default();
    }
    match (&baby.age, baby.age_days) {
        (Some(age), _) => {
            let plural = if age.value == 1 { "" } else { "s" };
            format!("{} {}{plural}", age.value, age.unit)
        }
        (None, Some([low, _])) if low < 14 => {
            format!("{low} day{}", if low == 1 { "" } else { "s" })
        }
        (None, Some([low, _])) if low < 90 => format!("{} weeks", low / 7),
        (None, Some([low, _])) => format!("{} months", low / 30),
        (None, None) => String::new(),
    }
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"];

fn due_words(due: &str) -> String {
    let mut parts = due.split('-').skip(1).map(|part| part.parse::<usize>().unwrap_or(0));
    let Some(month) = parts.next().and_then(|month| MONTHS.get(month.wrapping_sub(1))) else {
        return "due".to_owned();
    };
    match parts.next() {
        Some(1..=10) => format!("due early {month}"),
        Some(11..=20) => format!("due mid-{month}"),
        Some(_) => format!("due late {month}"),
        None => format!("due {month}"),
    }
}

#[cfg(test)]
mod tests {
    use super::due_words;

    #[test]
    fn a_due_date_is_told_roughly() {
        assert_eq!(due_words("2027-01-14"), "due mid-Jan");
        assert_eq!(due_words("2027-03"), "due March");
        assert_eq!(due_words("2027-12-30"), "due late Dec");
        assert_eq!(due_words("?"), "due");
    }
}
