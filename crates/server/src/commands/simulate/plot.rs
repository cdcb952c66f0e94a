//! The figures drawn: lines and bars, readable without colour.

use std::fmt::Write as _;

use dispatch::policy::simulation::Figures;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 420.0;
const LEFT: f64 = 110.0;
const RIGHT: f64 = 130.0;
const TOP: f64 = 50.0;
const BOTTOM: f64 = 60.0;

/// A colour and a stroke of its own for each policy: the strokes alone tell them apart.
const STROKES: [(&str, &str); 4] =
    [("#14564b", "none"), ("#744d00", "8 4"), ("#2f4b8f", "2 3"), ("#7a2f6b", "12 4 2 4")];

fn x(part: f64) -> f64 {
    LEFT + part * (WIDTH - LEFT - RIGHT)
}

fn y(part: f64) -> f64 {
    HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM)
}

/// The parts of all places that went to the least placed members: a straight line is an even share.
pub(super) fn places(figures: &[Figures]) -> String {
    let mut svg =
        head("Who is placed", "Members, the least often placed first; their part of all places");
    for tick in 0..=4 {
        let part = f64::from(tick) / 4.0;
        let _ = writeln!(
            svg,
            "<line class=\"grid\" x1=\"{0:.1}\" y1=\"{1:.1}\" x2=\"{2:.1}\" y2=\"{1:.1}\"/>\
             <text x=\"{3:.1}\" y=\"{4:.1}\" text-anchor=\"end\">{5:.0} %</text>\
             <text x=\"{6:.1}\" y=\"{7:.1}\" text-anchor=\"middle\">{5:.0} %</text>",
            x(0.0),
            y(part),
            x(1.0),
            x(0.0) - 8.0,
            y(part) + 5.0,
            part * 100.0,
            x(part),
            y(0.0) + 22.0
        );
    }
    let _ = writeln!(
        svg,
        "<line class=\"grid\" x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\"/>",
        x(0.0),
        y(0.0),
        x(1.0),
        y(1.0)
    );
    for (nth, (one, (colour, dashes))) in figures.iter().zip(STROKES).enumerate() {
        let all = one.placed.iter().map(|&placed| f64::from(placed)).sum::<f64>().max(1.0);
        let (mut sum, mut points) = (0.0, format!("{:.1},{:.1}", x(0.0), y(0.0)));
        for (rank, &placed) in (1..).zip(&one.placed) {
            sum += f64::from(placed);
            let part = f64::from(rank) / one.placed.len() as f64;
            let _ = write!(points, " {:.1},{:.1}", x(part), y(sum / all));
        }
        let at = TOP + 20.0 + 24.0 * nth as f64;
        let _ = writeln!(
            svg,
            "<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dashes}\"/>\
             <line x1=\"{0:.1}\" y1=\"{at:.1}\" x2=\"{1:.1}\" y2=\"{at:.1}\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dashes}\"/>\
             <text x=\"{2:.1}\" y=\"{3:.1}\">{4}, Gini {5:.2}</text>",
            x(0.0) + 16.0,
            x(0.0) + 52.0,
            x(0.0) + 60.0,
            at + 5.0,
            one.policy,
            one.gini
        );
    }
    svg.push_str("</svg>\n");
    svg
}

/// Minutes until the names: the bar ends at the median, the line at nine families of ten.
pub(super) fn waiting(figures: &[Figures]) -> String {
    let mut svg = head(
        "How long families wait",
        "Minutes until the names: bar to the median, line to nine of ten",
    );
    let most = figures.iter().map(|one| one.wait_p90).fold(1.0, f64::max);
    let row = (HEIGHT - TOP - BOTTOM) / figures.len().max(1) as f64;
    for (nth, (one, (colour, _))) in figures.iter().zip(STROKES).enumerate() {
        let top = TOP + row * nth as f64 + row * 0.2;
        let middle = top + row * 0.3;
        let _ = writeln!(
            svg,
            "<text x=\"{0:.1}\" y=\"{1:.1}\" text-anchor=\"end\">{2}</text>\
             <rect x=\"{3:.1}\" y=\"{top:.1}\" width=\"{4:.1}\" height=\"{5:.1}\" fill=\"{colour}\"/>\
             <line x1=\"{3:.1}\" y1=\"{middle:.1}\" x2=\"{6:.1}\" y2=\"{middle:.1}\" stroke=\"{colour}\" stroke-width=\"2\"/>\
             <text x=\"{7:.1}\" y=\"{1:.1}\">{8:.1}, {9:.1}</text>",
            x(0.0) - 8.0,
            middle + 5.0,
            one.policy,
            x(0.0),
            x(one.wait_median / most) - x(0.0),
            row * 0.6,
            x(one.wait_p90 / most),
            x(one.wait_p90 / most) + 8.0,
            one.wait_median,
            one.wait_p90
        );
    }
    svg.push_str("</svg>\n");
    svg
}

fn head(title: &str, note: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{title}\">\n\
         <style>text {{ font: 15px sans-serif; fill: #1c2325 }} .grid {{ stroke: #ded8cb }}</style>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n\
         <text x=\"16\" y=\"28\" font-weight=\"bold\">{title}</text>\n\
         <text x=\"16\" y=\"{:.1}\">{note}</text>\n",
        HEIGHT - 12.0
    )
}
