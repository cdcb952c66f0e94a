//! Areas as rules mean them, who serves a neighborhood serves its borough's families too; and as a member
//! chooses them, borough by borough.

use std::sync::LazyLock;

use reading::Reader;

/// Read once: it takes a moment.
pub(crate) static READER: LazyLock<Reader> = LazyLock::new(Reader::new);

/// A member's areas with the boroughs in which they lie. A neighborhood stands for its borough; a borough
/// stands for none of its neighborhoods.
pub(crate) fn with_boroughs(areas: &[String]) -> Vec<String> {
    let mut all = areas.to_vec();
    for borough in areas.iter().filter_map(|area| READER.borough_of(area)) {
        if !all.iter().any(|known| known.eq_ignore_ascii_case(&borough)) {
            all.push(borough);
        }
    }
    all
}

/// A borough, and what of it a member serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoroughServed {
    /// The borough.
    pub name: &'static str,
    /// She serves all of it.
    pub whole: bool,
    /// Its neighborhoods by the alphabet, each with whether she named it.
    pub neighborhoods: Vec<(String, bool)>,
}

/// A member's areas, as she chooses them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Areas {
    /// The city's boroughs.
    pub boroughs: Vec<BoroughServed>,
    /// Her other places: ZIPs, towns.
    pub others: Vec<String>,
}

impl Areas {
    /// Sorts areas into boroughs and other places.
    #[must_use]
    pub fn of(areas: &[String]) -> Self {
        let named = |name: &str| areas.iter().any(|area| READER.area(area) == Some(name));
        let boroughs = READER.boroughs().into_iter().map(|(name, neighborhoods)| BoroughServed {
            name,
            whole: named(name),
            neighborhoods: neighborhoods
                .iter()
                .map(|one| ((*one).to_owned(), named(one)))
                .collect(),
        });
        let others = areas.iter().filter(|area| READER.area(area).is_none()).cloned();
        Self { boroughs: boroughs.collect(), others: others.collect() }
    }

    /// All of them in one list.
    #[must_use]
    pub fn all(&self) -> Vec<String> {
        let mut all = Vec::new();
        for borough in &self.boroughs {
            all.extend(borough.whole.then(|| borough.name.to_owned()));
            let named = borough.neighborhoods.iter().filter(|(_, served)| *served);
            all.extend(named.map(|(name, _)| name.clone()));
        }
        all.extend(self.others.iter().cloned());
        all
    }
}

/// A place as the roster keeps it: a borough or a neighborhood as it is properly called, anything else as
/// it was written. `None` where it can be no place.
pub(crate) fn place(written: &str) -> Option<String> {
    let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(known) = READER.area(&written) {
        return Some(known.to_owned());
    }
    let digits = written.chars().filter(char::is_ascii_digit).count();
    let fits = match digits {
        0 => written.chars().all(|c| c.is_alphabetic() || " .'-".contains(c)),
        5 => written.len() == 5,
        _ => false,
    };
    (fits && (2..=40).contains(&written.chars().count())).then_some(written)
}

#[cfg(test)]
mod tests {
    use super::{Areas, place, with_boroughs};

    #[test]
    fn areas_are_sorted_by_borough_and_come_back_whole() {
        let areas = ["Brooklyn", "astoria", "11215", "Montclair"].map(str::to_owned);
        let sorted = Areas::of(&areas);
        let served = |name: &str| {
            sorted.boroughs.iter().find(|borough| borough.name == name).expect("a borough")
        };
        assert!(served("Brooklyn").whole && !served("Queens").whole);
        let named = served("Queens").neighborhoods.iter().filter(|(_, named)| *named);
        assert_eq!(named.map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["Astoria"]);
        assert_eq!(sorted.others, ["11215", "Montclair"]);
        assert_eq!(sorted.all(), ["Brooklyn", "Astoria", "11215", "Montclair"]);
    }

    #[test]
    fn a_place_is_called_as_it_properly_is() {
        for (written, kept) in [
            ("park slope", "Park Slope"),
            (" 11215 ", "11215"),
            ("bk", "Brooklyn"),
            ("St. James", "St. James"),
        ] {
            assert_eq!(place(written).as_deref(), Some(kept));
        }
        for written in ["", "x", "12 Main Street", "112155", "<b>", "718-555-0101"] {
            assert_eq!(place(written), None, "{written}");
        }
    }

    #[test]
    fn a_neighborhood_stands_for_its_borough_and_not_the_other_way_round() {
        let of = |areas: &[&str]| {
            with_boroughs(&areas.iter().map(|&area| area.to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(of(&["Park Slope"]), ["Park Slope", "Brooklyn"]);
        assert_eq!(of(&["Brooklyn"]), ["Brooklyn"]);
        assert_eq!(
            of(&["Astoria", "queens", "Park Slope"]),
            ["Astoria", "queens", "Park Slope", "Brooklyn"]
        );
        assert_eq!(of(&["Montclair"]), ["Montclair"]);
    }
}
