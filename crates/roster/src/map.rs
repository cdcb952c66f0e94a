//! A sketch of the city with some of its places marked, as an SVG to stand in a page.
//!
//! It is drawn from the middles of the ZIPs alone: each has the ground that lies nearer to it than to
//! any other, no farther out than its neighbours lie. What is told of no street, it cannot show.

use std::{f64::consts::TAU, fmt::Write as _, sync::LazyLock};

use reading::Zip;

use crate::areas::READER;

/// A point in kilometres to the east and the south of a corner beyond the city.
type Point = (f64, f64);

/// A ZIP and its ground.
struct Ground {
    zip: &'static Zip,
    edge: Vec<Point>,
}

static CITY: LazyLock<Vec<Ground>> = LazyLock::new(|| {
    let all: Vec<_> = READER.zips().map(|zip| (zip, middle(zip))).collect();
    all.iter().map(|&(zip, at)| Ground { zip, edge: ground(zip, at, &all) }).collect()
});

/// Between boroughs so much is left free, in kilometres: their rivers.
const RIVER: f64 = 0.5;
/// Around the boroughs that are shown, in kilometres.
const MARGIN: f64 = 1.0;
/// The sides of a ground that no neighbour cuts.
const SIDES: u32 = 12;

/// The city with these places marked, cut to the boroughs in which they lie; `None` where none of them
/// is in the city. Its colours are the classes `land` and `here` within `map`; what is marked is to be
/// said in words beside it.
#[must_use]
pub fn area_map(areas: &[String]) -> Option<String> {
    let marked: Vec<_> = areas.iter().flat_map(|area| READER.zips_of(area)).collect();
    let is_marked = |zip: &Zip| marked.iter().any(|marked| marked.code == zip.code);
    let is_near = |zip: &Zip| marked.iter().any(|marked| marked.borough == zip.borough);
    let shown = CITY.iter().filter(|ground| is_near(ground.zip)).flat_map(|ground| &ground.edge);
    let frame = Frame::around(shown)?;
    let inside = CITY.iter().filter(|ground| ground.edge.iter().any(|&point| frame.holds(point)));
    let (here, land): (Vec<_>, Vec<_>) = inside.partition(|ground| is_marked(ground.zip));
    let Frame { west, north, east, south } = frame;
    Some(format!(
        "<svg class=\"map\" role=\"img\" aria-label=\"Sketch of the city with the area marked\" \
         viewBox=\"{} {} {} {}\"><path class=\"land\" d=\"{}\"/><path class=\"here\" d=\"{}\"/></svg>",
        drawn(west),
        drawn(north),
        drawn(east - west),
        drawn(south - north),
        path(&land),
        path(&here),
    ))
}

/// The part of the city that is shown.
struct Frame {
    west: f64,
    north: f64,
    east: f64,
    south: f64,
}

impl Frame {
    fn around<'a>(points: impl Iterator<Item = &'a Point>) -> Option<Self> {
        let mut frame: Option<Self> = None;
        for &(x, y) in points {
            let (west, north, east, south) = (x - MARGIN, y - MARGIN, x + MARGIN, y + MARGIN);
            frame = Some(match frame {
                None => Self { west, north, east, south },
                Some(so_far) => Self {
                    west: so_far.west.min(west),
                    north: so_far.north.min(north),
                    east: so_far.east.max(east),
                    south: so_far.south.max(south),
                },
            });
        }
        frame
    }

    fn holds(&self, (x, y): Point) -> bool {
        (self.west..self.east).contains(&x) && (self.north..self.south).contains(&y)
    }
}

/// Where a ZIP's middle lies: a degree of latitude is 111.2 km, one of longitude 84.3 km here.
fn middle(zip: &Zip) -> Point {
    ((zip.longitude + 74.3) * 84.3, (40.95 - zip.latitude) * 111.2)
}

fn apart(a: Point, b: Point) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// The ground of a ZIP among all others.
fn ground(zip: &Zip, at: Point, all: &[(&'static Zip, Point)]) -> Vec<Point> {
    let others = || all.iter().filter(|(other, _)| other.code != zip.code);
    let mut near: Vec<f64> = others()
        .filter(|(other, _)| other.borough == zip.borough)
        .map(|&(_, other)| apart(at, other))
        .collect();
    near.sort_by(f64::total_cmp);
    near.truncate(3);
    let reach = (0.95 * near.iter().sum::<f64>() / f64::from(SIDES / 4)).clamp(0.7, 2.6);
    let mut edge: Vec<Point> = (0..SIDES)
        .map(|side| f64::from(side) * TAU / f64::from(SIDES))
        .map(|turn| (at.0 + reach * turn.cos(), at.1 + reach * turn.sin()))
        .collect();
    for &(other, there) in others() {
        let far = apart(at, there);
        // Farther away it cuts nothing; in the same place there is nothing to cut.
        if (0.05..3.0 * 2.6).contains(&far) {
            let free = if other.borough == zip.borough { 0.0 } else { RIVER / 2.0 };
            let towards = ((there.0 - at.0) / far, (there.1 - at.1) / far);
            edge = cut(&edge, at, towards, far / 2.0 - free);
        }
    }
    edge
}

/// What of a ground lies no farther than `reach` from a point in a direction.
fn cut(edge: &[Point], from: Point, towards: Point, reach: f64) -> Vec<Point> {
    let beyond = |(x, y): Point| (x - from.0) * towards.0 + (y - from.1) * towards.1 - reach;
    let mut left = Vec::with_capacity(edge.len() + 1);
    let before = edge.iter().cycle().skip(edge.len().saturating_sub(1));
    for (&a, &b) in before.zip(edge) {
        let (over_a, over_b) = (beyond(a), beyond(b));
        if (over_a > 0.0) != (over_b > 0.0) {
            let part = over_a / (over_a - over_b);
            left.push((a.0 + (b.0 - a.0) * part, a.1 + (b.1 - a.1) * part));
        }
        if over_b <= 0.0 {
            left.push(b);
        }
    }
    left
}

/// A length as it is drawn: in hectometres, as no sketch needs more.
#[expect(clippy::cast_possible_truncation, reason = "the city is 50 km wide")]
fn drawn(kilometres: f64) -> i32 {
    (kilometres * 10.0).round() as i32
}

fn path(grounds: &[&Ground]) -> String {
    let mut path = String::new();
    for ground in grounds {
        let mut last = None;
        for &(x, y) in &ground.edge {
            let (x, y) = (drawn(x), drawn(y));
            // Writing to a string does not fail.
            let _ = match last {
                None => write!(path, "M{x} {y}"),
                Some(last) if last == (x, y) => Ok(()),
                Some((from_x, from_y)) => write!(path, "l{} {}", x - from_x, y - from_y),
            };
            last = Some((x, y));
        }
        if last.is_some() {
            path.push('z');
        }
    }
    path.replace(" -", "-")
}

#[cfg(test)]
mod tests {
    use super::{CITY, area_map};

    fn of(areas: &[&str]) -> Option<String> {
        area_map(&areas.iter().map(|&area| area.to_owned()).collect::<Vec<_>>())
    }

    /// How many pieces of ground are marked.
    fn marked(map: &str) -> usize {
        map.split("class=\"here\"").nth(1).expect("what is marked").matches('z').count()
    }

    #[test]
    fn a_neighborhood_is_marked_within_its_borough() {
        let map = of(&["Park Slope"]).expect("a map");
        let in_brooklyn = CITY.iter().filter(|ground| ground.zip.borough == "Brooklyn").count();
        assert!((1..5).contains(&marked(&map)), "{}", marked(&map));
        assert_eq!(marked(&of(&["Brooklyn"]).expect("a map")), in_brooklyn);
        assert_eq!(marked(&of(&["11215", "park slope"]).expect("a map")), marked(&map));
        assert_eq!(marked(&of(&["11215"]).expect("a map")), 1);
        let land = map.matches('z').count();
        assert!(land > in_brooklyn && land < CITY.len(), "Brooklyn and its edges, not the city");
        assert!(
            of(&["Montclair"]).is_none() && of(&[]).is_none() && of(&["12 Main Street"]).is_none()
        );
    }

    #[test]
    fn every_zip_has_ground_and_a_map_is_small() {
        assert!(CITY.len() > 200 && CITY.iter().all(|ground| ground.edge.len() >= 3));
        let city = of(&["Manhattan", "Brooklyn", "Queens", "Bronx", "Staten Island"]);
        let (city, part) = (city.expect("a map").len(), of(&["Astoria"]).expect("a map").len());
        assert!(city < 10_000 && part < 6_500, "{city} and {part} bytes");
    }
}
