//! What the first three digits of a ZIP tell, where the tables do not know it.

/// What can be said of a ZIP that is in no table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Prefix {
    /// A building or post-office box of the city, in this borough.
    City(&'static str),
    /// Elsewhere, in this state.
    Elsewhere(&'static str),
    /// Never assigned.
    None,
}

/// Ranges of prefixes and their states; what lies between is not assigned.
const STATES: &[(u32, u32, &str)] = &[
    (5, 5, "NY"),
    (6, 9, "PR"),
    (10, 27, "MA"),
    (28, 29, "RI"),
    (30, 38, "NH"),
    (39, 49, "ME"),
    (50, 54, "VT"),
    (55, 55, "MA"),
    (56, 59, "VT"),
    (60, 69, "CT"),
    (70, 89, "NJ"),
    (90, 98, "AE"),
    (105, 109, "NY"),
    (115, 115, "NY"),
    (117, 149, "NY"),
    (150, 196, "PA"),
    (197, 199, "DE"),
    (200, 200, "DC"),
    (201, 201, "VA"),
    (202, 205, "DC"),
    (206, 212, "MD"),
    (214, 219, "MD"),
    (220, 246, "VA"),
    (247, 268, "WV"),
    (270, 289, "NC"),
    (290, 299, "SC"),
    (300, 319, "GA"),
    (320, 342, "FL"),
    (344, 344, "FL"),
    (346, 347, "FL"),
    (349, 349, "FL"),
    (350, 352, "AL"),
    (354, 369, "AL"),
    (370, 385, "TN"),
    (386, 397, "MS"),
    (398, 399, "GA"),
    (400, 418, "KY"),
    (420, 427, "KY"),
    (430, 459, "OH"),
    (460, 479, "IN"),
    (480, 499, "MI"),
    (500, 516, "IA"),
    (520, 528, "IA"),
    (530, 532, "WI"),
    (534, 535, "WI"),
    (537, 549, "WI"),
    (550, 551, "MN"),
    (553, 567, "MN"),
    (570, 577, "SD"),
    (580, 588, "ND"),
    (590, 599, "MT"),
    (600, 620, "IL"),
    (622, 629, "IL"),
    (630, 631, "MO"),
    (633, 641, "MO"),
    (644, 658, "MO"),
    (660, 662, "KS"),
    (664, 679, "KS"),
    (680, 681, "NE"),
    (683, 693, "NE"),
    (700, 701, "LA"),
    (703, 708, "LA"),
    (710, 714, "LA"),
    (716, 729, "AR"),
    (730, 731, "OK"),
    (733, 733, "TX"),
    (734, 741, "OK"),
    (743, 749, "OK"),
    (750, 770, "TX"),
    (772, 799, "TX"),
    (800, 816, "CO"),
    (820, 831, "WY"),
    (832, 838, "ID"),
    (840, 847, "UT"),
    (850, 853, "AZ"),
    (855, 857, "AZ"),
    (859, 860, "AZ"),
    (863, 865, "AZ"),
    (870, 871, "NM"),
    (873, 875, "NM"),
    (877, 885, "NM"),
    (889, 891, "NV"),
    (893, 895, "NV"),
    (897, 898, "NV"),
    (900, 908, "CA"),
    (910, 928, "CA"),
    (930, 961, "CA"),
    (962, 966, "AP"),
    (967, 968, "HI"),
    (969, 969, "GU"),
    (970, 979, "OR"),
    (980, 986, "WA"),
    (988, 994, "WA"),
    (995, 999, "AK"),
];

/// What a ZIP of five digits is by its beginning. One that ends in 00 was never assigned in the
/// city.
pub(super) fn prefix(zip: &str) -> Prefix {
    let Some(number) = zip.get(..3).and_then(|digits| digits.parse::<u32>().ok()) else {
        return Prefix::None;
    };
    let city = match number {
        100..=102 => Some("Manhattan"),
        103 => Some("Staten Island"),
        104 => Some("Bronx"),
        112 => Some("Brooklyn"),
        111 | 113 | 114 | 116 => Some("Queens"),
        110 if matches!(zip, "11004" | "11005") => Some("Queens"),
        _ => None,
    };
    if let Some(borough) = city {
        return if zip.ends_with("00") { Prefix::None } else { Prefix::City(borough) };
    }
    if number == 110 {
        return Prefix::Elsewhere("NY");
    }
    STATES
        .iter()
        .find(|(from, to, _)| (*from..=*to).contains(&number))
        .map_or(Prefix::None, |&(_, _, state)| Prefix::Elsewhere(state))
}

#[cfg(test)]
mod tests {
    use super::{Prefix, prefix};

    #[test]
    fn a_zip_is_the_citys_or_elsewhere_or_nothing() {
        for (zip, expected) in [
            ("10118", Prefix::City("Manhattan")),
            ("11242", Prefix::City("Brooklyn")),
            ("10000", Prefix::None),
            ("00000", Prefix::None),
            ("11040", Prefix::Elsewhere("NY")),
            ("90210", Prefix::Elsewhere("CA")),
            ("08540", Prefix::Elsewhere("NJ")),
            ("34300", Prefix::None),
        ] {
            assert_eq!(prefix(zip), expected, "{zip}");
        }
    }
}
