//! Places: ZIPs, neighbourhoods, boroughs, and towns around the city.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::family::lexicon::LexiconError;

pub(crate) mod locate;
mod prefixes;

const ZIPS: &str = include_str!("../data/nyc_zips.csv");
const METRO: &str = include_str!("../data/metro_zips.csv");
/// Names in the order of their authority: what a later table says of a name already known is not heard.
const NAMES: [(&str, &str); 2] = [
    ("nyc_place_aliases.csv", include_str!("../data/nyc_place_aliases.csv")),
    ("places.csv", include_str!("../data/places.csv")),
];
const COMMON_TOWNS: &str = include_str!("../data/common_towns.txt");

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    /// A neighbourhood of a borough.
    Neighborhood(String),
    /// A borough.
    Borough,
    /// The city as a whole: more is needed.
    City,
    /// One of several: which, as they are asked for.
    Ambiguous(Vec<String>),
    /// A town outside, in this state.
    Town(String),
    /// A state or region outside.
    Region(String),
}

/// A place by one of its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// What it is called properly.
    pub(crate) name: String,
    /// What it is.
    pub(crate) what: What,
    /// Whether the name is a word of some language too: it counts in capitals, in an English text,
    /// or as an answer.
    pub(crate) short: bool,
    /// Whether it counts only as the answer to the question for the place.
    pub(crate) answer: bool,
    /// Whether a state has to stand beside it.
    pub(crate) weak: bool,
}

/// A ZIP of the city, as it lies there.
#[derive(Debug, Clone, PartialEq)]
pub struct Zip {
    /// Five digits.
    pub code: String,
    /// Its borough.
    pub borough: String,
    /// The latitude of its middle, in degrees.
    pub latitude: f64,
    /// The longitude of its middle, in degrees.
    pub longitude: f64,
}

/// All places.
#[derive(Default)]
pub(crate) struct Places {
    zips: BTreeMap<String, Zip>,
    /// The ZIPs of a neighbourhood, by its proper name.
    spread: HashMap<String, BTreeSet<String>>,
    metro: HashMap<String, (String, String)>,
    places: Vec<Place>,
    names: Vec<(String, i32)>,
}

impl Places {
    /// Reads the embedded tables.
    pub(crate) fn load() -> Result<Self, LexiconError> {
        let mut out = Self::default();
        let mut known = HashSet::new();
        for (table, content) in NAMES {
            for row in csv::Reader::from_reader(content.as_bytes()).records() {
                let row = row.map_err(|error| LexiconError::Table(table, error))?;
                let field = |at: usize| row.get(at).unwrap_or("").trim();
                let place = named(field(1), field(2), field(4));
                known.insert(field(0).to_lowercase());
                if let What::Neighborhood(_) = place.what {
                    out.spread(&place.name, field(3).split_whitespace());
                }
                out.name(field(0), place);
            }
        }
        for row in csv::Reader::from_reader(ZIPS.as_bytes()).records() {
            let row = row.map_err(|error| LexiconError::Table("nyc_zips.csv", error))?;
            let field = |at: usize| row.get(at).unwrap_or("").trim();
            let (zip, borough) = (field(0), field(1));
            if let (Ok(latitude), Ok(longitude)) = (field(5).parse(), field(6).parse()) {
                let (code, borough) = (zip.to_owned(), borough.to_owned());
                out.zips.insert(zip.to_owned(), Zip { code, borough, latitude, longitude });
            }
            for name in field(2).split(';') {
                let name = name.split('(').next().unwrap_or("").trim();
                if name.is_empty() {
                    continue;
                }
                if known.insert(name.to_lowercase()) {
                    out.name(name, plain(name, What::Neighborhood(borough.to_owned())));
                }
                if let Some(name) = out.area(name).map(str::to_owned) {
                    out.spread(&name, [zip].into_iter());
                }
            }
        }
        let common: HashSet<&str> = COMMON_TOWNS.lines().map(str::trim).collect();
        let mut towns = HashSet::new();
        for row in csv::Reader::from_reader(METRO.as_bytes()).records() {
            let row = row.map_err(|error| LexiconError::Table("metro_zips.csv", error))?;
            let field = |at: usize| row.get(at).unwrap_or("").trim().to_owned();
            let (zip, state, city) = (field(0), field(1), field(3));
            if towns.insert((city.clone(), state.clone())) {
                let weak = common.contains(city.as_str()) || known.contains(&city.to_lowercase());
                out.name(&city, Place { weak, ..plain(&city, What::Town(state.clone())) });
            }
            out.metro.insert(zip, (state, city));
        }
        Ok(out)
    }

    fn name(&mut self, alias: &str, place: Place) {
        let value = self.places.iter().position(|other| *other == place).unwrap_or_else(|| {
            self.places.push(place);
            self.places.len() - 1
        });
        self.names.push((alias.to_owned(), value as i32));
    }

    fn spread<'a>(&mut self, name: &str, zips: impl Iterator<Item = &'a str>) {
        self.spread.entry(name.to_owned()).or_default().extend(zips.map(str::to_owned));
    }

    /// The ZIPs of the city, in their order.
    pub(crate) fn zips(&self) -> impl Iterator<Item = &Zip> {
        self.zips.values()
    }

    /// The ZIPs of a borough, a neighbourhood or a ZIP of the city; none of any other place, and of a
    /// neighbourhood whose ZIPs no table tells, those of its borough.
    pub(crate) fn zips_of(&self, place: &str) -> Vec<&Zip> {
        if let Some(zip) = self.zips.get(place.trim()) {
            return vec![zip];
        }
        let Some(name) = self.area(place) else { return Vec::new() };
        let named = self.spread.get(name).into_iter().flatten();
        let named = named.filter_map(|zip| self.zips.get(zip)).collect::<Vec<_>>();
        if !named.is_empty() {
            return named;
        }
        let borough = self.borough_of(name).unwrap_or(name);
        self.zips().filter(|zip| zip.borough == borough).collect()
    }

    /// Every name with the number of its place.
    pub(crate) fn aliases(&self) -> impl Iterator<Item = (String, i32)> {
        self.names.iter().cloned()
    }

    /// A place by its number.
    pub(crate) fn get(&self, number: i32) -> Option<&Place> {
        self.places.get(usize::try_from(number).ok()?)
    }

    /// The borough of a ZIP of the city.
    pub(crate) fn borough(&self, zip: &str) -> Option<&str> {
        self.zips.get(zip).map(|zip| zip.borough.as_str())
    }

    /// The borough of a neighbourhood by one of its names, whatever the case.
    pub(crate) fn borough_of(&self, name: &str) -> Option<&str> {
        let name = name.trim().to_lowercase();
        self.names.iter().filter(|(alias, _)| alias.to_lowercase() == name).find_map(
            |(_, number)| match &self.get(*number)?.what {
                What::Neighborhood(borough) => Some(borough.as_str()),
                _ => None,
            },
        )
    }

    /// The neighbourhoods of a borough by the alphabet.
    pub(crate) fn neighborhoods(&self, borough: &str) -> Vec<&str> {
        let lies_there = |place: &&Place| match &place.what {
            What::Neighborhood(of) => of == borough,
            _ => false,
        };
        let mut names: Vec<_> =
            self.places.iter().filter(lies_there).map(|place| place.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// What a borough or a neighbourhood is properly called, by one of its names, whatever the case.
    pub(crate) fn area(&self, name: &str) -> Option<&str> {
        let name = name.trim().to_lowercase();
        self.names.iter().filter(|(alias, _)| alias.to_lowercase() == name).find_map(
            |(_, number)| {
                let place = self.get(*number)?;
                let known = matches!(place.what, What::Neighborhood(_) | What::Borough);
                known.then_some(place.name.as_str())
            },
        )
    }

    /// State and town of a ZIP around the city.
    pub(crate) fn around(&self, zip: &str) -> Option<(&str, &str)> {
        self.metro.get(zip).map(|(state, city)| (state.as_str(), city.as_str()))
    }
}

fn plain(name: &str, what: What) -> Place {
    Place { name: name.to_owned(), what, short: false, answer: false, weak: false }
}

/// A row of the tables of names, by its note.
fn named(canonical: &str, borough: &str, note: &str) -> Place {
    let note = note.trim();
    let what = if let Some(state) = note.strip_prefix("town:") {
        What::Town(state.trim_end_matches(" weak").to_owned())
    } else if let Some(state) = note.strip_prefix("region:") {
        What::Region(state.to_owned())
    } else if note.starts_with("city") {
        What::City
    } else if let Some(list) = note.strip_prefix("ambiguous:") {
        let others = list.split('|').map(|other| other.split('(').next().unwrap_or("").trim());
        if canonical == "?" {
            What::Ambiguous(others.map(str::to_owned).collect())
        } else {
            // Another place of the same name elsewhere in the city has to be asked for; one outside
            // the city is named with its state by those who live there.
            let inside: Vec<String> = others
                .filter(|other| BOROUGHS.iter().any(|borough| other.ends_with(borough)))
                .map(str::to_owned)
                .collect();
            if inside.is_empty() {
                What::Neighborhood(borough.to_owned())
            } else {
                let mut all = vec![format!("{canonical}, {borough}")];
                all.extend(inside);
                What::Ambiguous(all)
            }
        }
    } else if canonical == borough {
        What::Borough
    } else {
        What::Neighborhood(borough.to_owned())
    };
    Place {
        name: canonical.to_owned(),
        what,
        short: note.contains("short"),
        answer: note.contains("answer"),
        weak: note.contains("weak"),
    }
}

/// The five boroughs.
pub(crate) const BOROUGHS: [&str; 5] =
    ["Manhattan", "Brooklyn", "Queens", "Bronx", "Staten Island"];
