//! Areas as rules mean them: who serves a neighborhood serves its borough's families too.

use std::sync::LazyLock;

use reading::Reader;

/// Read once: it takes a moment.
static READER: LazyLock<Reader> = LazyLock::new(Reader::new);

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

#[cfg(test)]
mod tests {
    use super::with_boroughs;

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
