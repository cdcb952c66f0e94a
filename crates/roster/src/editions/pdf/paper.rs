//! Drawing a table on paper: tagged for screen readers (PDF/UA-1), with the fonts inside.

use std::num::NonZeroU16;

use fast_qr::{ECL, QRBuilder};
use krilla::{
    Document, SerializeSettings,
    configure::{Accessibility, ConfigurationBuilder},
    destination::XyzDestination,
    geom::{PathBuilder, Point, Rect},
    metadata::Metadata,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::Fill,
    surface::Surface,
    tagging::{
        Artifact, ArtifactType, ContentTag, Node, SpanTag, TableHeaderScope, Tag, TagGroup, TagTree,
    },
    text::{Font, TextDirection},
};
use ttf_parser::Face;

use super::letters;

pub(super) static REGULAR: &[u8] = include_bytes!("../../../fonts/DejaVuSansCondensed.ttf");
static BOLD: &[u8] = include_bytes!("../../../fonts/DejaVuSansCondensed-Bold.ttf");

/// A letter page across, in points.
const PAGE: (f32, f32) = (792.0, 612.0);
const MARGIN: f32 = 36.0;
const SIZE: f32 = 8.5;
const LINE: f32 = 10.5;
const QR: f32 = 76.0;
/// A cell has so many lines at the most: every row fits a page.
const MOST_LINES: usize = 40;

/// A table and what stands above it.
pub(super) struct Sheet<'a, const N: usize> {
    /// The heading.
    pub(super) title: String,
    /// What stands under it, line by line.
    pub(super) lines: Vec<String>,
    /// The columns: what each is called, and how wide it is beside the others.
    pub(super) columns: [(&'a str, f32); N],
    /// The rows; the first cell names each.
    pub(super) rows: Vec<[String; N]>,
    /// What stands at the foot of every page, before its number.
    pub(super) foot: String,
    /// Where the square leads, and what it is called to those who cannot see it.
    pub(super) link: Option<(String, String)>,
}

/// One of the two fonts.
struct Hand {
    font: Font,
    face: Face<'static>,
}

impl Hand {
    fn new(data: &'static [u8]) -> Option<Self> {
        Some(Self { font: Font::new(data.into(), 0)?, face: Face::parse(data, 0).ok()? })
    }

    /// The text as it can be drawn.
    fn known(&self, text: &str) -> String {
        letters::latin(&self.face, text).unwrap_or_else(|| text.to_owned())
    }

    fn width(&self, text: &str, size: f32) -> f32 {
        let advance = |c| {
            let glyph = self.face.glyph_index(c)?;
            self.face.glyph_hor_advance(glyph)
        };
        let units: f32 = text.chars().filter_map(advance).map(f32::from).sum();
        units * size / f32::from(self.face.units_per_em())
    }

    /// Breaks a text into lines, between words where that is possible.
    fn wrapped(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let (mut lines, mut line) = (Vec::new(), String::new());
        for word in text.split_whitespace() {
            let joined = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width(&joined, size) <= width {
                line = joined;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for c in word.chars() {
                line.push(c);
                if self.width(&line, size) > width && line.chars().count() > 1 {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, c.to_string()));
                }
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }

    /// Draws one line and gives what stands for it among the tags.
    fn draw(&self, surface: &mut Surface<'_>, at: (f32, f32), size: f32, text: &str) -> Node {
        let tagged = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        self.set(surface, at, size, text);
        surface.end_tagged();
        tagged.into()
    }

    fn set(&self, surface: &mut Surface<'_>, (x, y): (f32, f32), size: f32, text: &str) {
        let direction = TextDirection::Auto;
        surface.draw_text(Point::from_xy(x, y), self.font.clone(), size, text, false, direction);
    }
}

/// A row as it is laid out: the lines of each cell.
struct Row<const N: usize>([Vec<String>; N]);

impl<const N: usize> Row<N> {
    fn height(&self) -> f32 {
        let most = self.0.iter().map(Vec::len).max().unwrap_or(0).max(1);
        LINE * f32::from(u16::try_from(most).unwrap_or(u16::MAX)) + 5.0
    }
}

/// Draws it. `None` where it cannot be drawn so that a screen reader can tell it.
pub(super) fn draw<const N: usize>(sheet: &Sheet<'_, N>) -> Option<Vec<u8>> {
    let (plain, bold) = (Hand::new(REGULAR)?, Hand::new(BOLD)?);
    let inner = PAGE.0 - 2.0 * MARGIN;
    let whole: f32 = sheet.columns.iter().map(|(_, part)| part).sum();
    let widths = sheet.columns.map(|(_, part)| inner * part / whole);
    let mut x = MARGIN;
    let lefts = widths.map(|width| {
        let left = x;
        x += width;
        left
    });
    let shown = sheet.rows.iter().map(|row| row.each_ref().map(|cell| plain.known(cell)));
    let shown: Vec<[String; N]> = shown.collect();
    let mut lines: Vec<_> = sheet.lines.iter().map(|line| plain.known(line)).collect();
    if shown != sheet.rows || lines != sheet.lines || plain.known(&sheet.title) != sheet.title {
        lines.push(letters::NOTE.to_owned());
    }
    let rows: Vec<Row<N>> = shown
        .iter()
        .map(|row| {
            Row(std::array::from_fn(|n| {
                let hand = if n == 0 { &bold } else { &plain };
                let mut lines = hand.wrapped(&row[n], SIZE, widths[n] - 6.0);
                if lines.len() > MOST_LINES {
                    lines.truncate(MOST_LINES - 1);
                    lines.push("...".to_owned());
                }
                lines
            }))
        })
        .collect();

    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .ok()?;
    let mut document =
        Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let mut tree = TagTree::new().with_lang(Some("en-US".to_owned()));
    let (mut head, mut body) = (TagGroup::new(Tag::THead), TagGroup::new(Tag::TBody));
    let mut left = rows.iter().peekable();
    let foot = plain.known(&sheet.foot);
    let mut number = 0;
    let mut first = true;
    while first || left.peek().is_some() {
        let mut page = document.start_page_with(PageSettings::from_wh(PAGE.0, PAGE.1)?);
        let mut surface = page.surface();
        let mut y = MARGIN + 18.0;
        if first {
            y = heading(&mut surface, &mut tree, sheet, &lines, (&plain, &bold))?;
        }
        // The heads of the columns are told once, and shown on every page.
        let mut names = TagGroup::new(Tag::TR);
        for ((name, _), x) in sheet.columns.iter().zip(lefts) {
            if first {
                let drawn = bold.draw(&mut surface, (x, y), SIZE, name);
                let head = Tag::TH(TableHeaderScope::Column);
                names.push(TagGroup::with_children(head, vec![drawn]));
            } else {
                surface.start_tagged(ornament());
                bold.set(&mut surface, (x, y), SIZE, name);
                surface.end_tagged();
            }
        }
        if first {
            head.push(names);
        }
        y += 5.0;
        while let Some(row) = left.next_if(|row| y + row.height() <= PAGE.1 - MARGIN) {
            rule(&mut surface, y)?;
            let mut tagged = TagGroup::new(Tag::TR);
            for (n, lines) in row.0.iter().enumerate() {
                let hand = if n == 0 { &bold } else { &plain };
                let mut cell = if n == 0 {
                    TagGroup::new(Tag::TH(TableHeaderScope::Row))
                } else {
                    TagGroup::new(Tag::TD)
                };
                let mut baseline = y + LINE;
                for line in lines {
                    cell.push(hand.draw(&mut surface, (lefts[n], baseline), SIZE, line));
                    baseline += LINE;
                }
                tagged.push(cell);
            }
            body.push(tagged);
            y += row.height();
        }
        rule(&mut surface, y)?;
        number += 1;
        surface.start_tagged(ornament());
        let at = (MARGIN, PAGE.1 - MARGIN / 2.0);
        plain.set(&mut surface, at, SIZE, &format!("{foot}, page {number}"));
        surface.end_tagged();
        surface.finish();
        page.finish();
        first = false;
    }
    let mut table = TagGroup::new(Tag::Table);
    table.push(head);
    table.push(body);
    tree.push(table);
    let mut outline = Outline::new();
    let top = XyzDestination::new(0, Point::from_xy(0.0, 0.0));
    outline.push_child(OutlineNode::new(sheet.title.clone(), top));
    document.set_outline(outline);
    document.set_metadata(Metadata::new().title(sheet.title.clone()).language("en-US".to_owned()));
    document.set_tag_tree(tree);
    document.finish().ok()
}

/// The heading, its lines and the square; gives where the table begins.
fn heading<const N: usize>(
    surface: &mut Surface<'_>,
    tree: &mut TagTree,
    sheet: &Sheet<'_, N>,
    lines: &[String],
    (plain, bold): (&Hand, &Hand),
) -> Option<f32> {
    let mut y = MARGIN + 18.0;
    let title = bold.draw(surface, (MARGIN, y), 18.0, &bold.known(&sheet.title));
    let level = Tag::Hn(NonZeroU16::MIN, Some(sheet.title.clone()));
    tree.push(TagGroup::with_children(level, vec![title]));
    y += 8.0;
    for line in lines {
        let mut words = TagGroup::new(Tag::P);
        for part in plain.wrapped(line, 10.0, PAGE.0 - 3.0 * MARGIN - QR) {
            y += 13.0;
            words.push(plain.draw(surface, (MARGIN, y), 10.0, &part));
        }
        tree.push(words);
    }
    if let Some((address, called)) = &sheet.link {
        let code = QRBuilder::new(address.as_bytes()).ecl(ECL::M).build().ok()?;
        let cells = f32::from(u16::try_from(code.size).ok()?);
        let (cell, x, top) = (QR / cells, PAGE.0 - MARGIN - QR, MARGIN);
        let mut squares = PathBuilder::new();
        let mut at_y = top;
        for row in 0..code.size {
            let mut at_x = x;
            for module in &code[row] {
                if module.value() {
                    squares.push_rect(Rect::from_xywh(at_x, at_y, cell, cell)?);
                }
                at_x += cell;
            }
            at_y += cell;
        }
        let tagged = surface.start_tagged(ContentTag::Other);
        surface.set_fill(Some(Fill::default()));
        surface.draw_path(&squares.finish()?);
        surface.end_tagged();
        let figure = Tag::Figure(Some(called.clone()));
        tree.push(TagGroup::with_children(figure, vec![tagged.into()]));
        y = y.max(MARGIN + QR);
    }
    Some(y + 20.0)
}

fn ornament() -> ContentTag<'static> {
    ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other))
}

fn rule(surface: &mut Surface<'_>, y: f32) -> Option<()> {
    let mut line = PathBuilder::new();
    line.push_rect(Rect::from_xywh(MARGIN, y, PAGE.0 - 2.0 * MARGIN, 0.4)?);
    surface.start_tagged(ornament());
    surface.draw_path(&line.finish()?);
    surface.end_tagged();
    Some(())
}
