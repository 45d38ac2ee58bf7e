//! The lines of a pane, wrapped and cleaned. All screen text goes through here, so no untrusted control character
//! reaches a cell.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::RenderOptions;
use super::text::{clean, cut, pad, width, wrap};
use crate::wizard::Drawn;

/// Minimum height for blank lines in a text that scrolls.
const ROOMY: usize = 14;

/// Rows of a pane in a terminal of 24 lines. Up to this height the foot is at the bottom, so that nothing moves.
const USUAL: usize = 20;

/// In a taller pane the foot follows its text directly, but not above this row.
const MIN_ROW: usize = 14;

/// Text in one style.
pub(super) type Piece<'a> = (Style, &'a str);

enum Row {
    /// A blank line, removed first if room is short.
    Gap,
    /// A rule, removed together with blank lines.
    Rule,
    Text(Line<'static>),
}

pub(super) struct Sheet<'a> {
    pub options: &'a RenderOptions,
    columns: usize,
    rows: Vec<Row>,
    /// First and last row that must be visible.
    keep: Option<(usize, usize)>,
    cursor: Option<(usize, usize)>,
    /// Lines that may be added while only the focus moves.
    pub spare: usize,
}

/// A pane: a body that may scroll, and a foot that is always visible.
pub(super) struct Pane<'a> {
    pub body: Sheet<'a>,
    pub foot: Sheet<'a>,
    /// Lines that the foot may gain while only the focus moves. They decide whether the body loses its blank lines,
    /// which would otherwise come and go.
    reserved: usize,
    /// Whether it loses its blank lines before it scrolls.
    is_tight: bool,
    /// Whether it cannot scroll: surplus text is dropped, and no scroll key is shown.
    is_cut: bool,
}

impl<'a> Sheet<'a> {
    pub fn new(options: &'a RenderOptions, columns: u16) -> Self {
        Self { options, columns: usize::from(columns), rows: Vec::new(), keep: None, cursor: None, spare: 0 }
    }

    pub fn columns(&self) -> usize {
        self.columns
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Adds a blank line, unless the sheet is empty or already ends in one.
    pub fn gap(&mut self) {
        if matches!(self.rows.last(), Some(Row::Text(_))) {
            self.rows.push(Row::Gap);
        }
    }

    /// Adds one line, cut to the width.
    pub fn line(&mut self, pieces: &[Piece<'_>]) {
        let line = self.fitted(pieces, self.columns);
        self.rows.push(Row::Text(line));
    }

    /// Adds a heading with a rule.
    pub fn title(&mut self, text: &str) {
        self.say(self.options.theme.accent.add_modifier(Modifier::BOLD), text);
        self.rows.push(Row::Rule);
    }

    /// Adds wrapped text.
    pub fn say(&mut self, style: Style, text: &str) {
        self.hang(&[], style, text);
    }

    /// Adds text after `lead`; continuation lines are indented below it.
    pub fn hang(&mut self, lead: &[Piece<'_>], style: Style, text: &str) {
        let indent: usize = lead.iter().map(|(_, text)| width(&clean(text, self.options.unicode))).sum();
        let indent = if indent * 3 > self.columns * 2 { self.columns / 3 } else { indent };
        let text = clean(text, self.options.unicode);
        for (i, part) in wrap(&text, self.columns.saturating_sub(indent)).into_iter().enumerate() {
            let mut line = if i == 0 {
                self.fitted(lead, indent)
            } else {
                Line::from(Span::styled(" ".repeat(indent), self.options.theme.text))
            };
            line.push_span(Span::styled(part, style));
            self.rows.push(Row::Text(line));
        }
    }

    /// Adds a name, padded to `column`, and its value.
    pub fn pair(&mut self, name: &str, column: usize, style: Style, value: &str) {
        let name = format!("{}  ", pad(&clean(name, self.options.unicode), column));
        self.hang(&[(self.options.theme.dim, &name)], style, value);
    }

    /// Adds text after a sign, with a word of the same meaning at the end of its first line.
    pub fn marked(&mut self, sign: Piece<'_>, style: Style, text: &str, word: &str) {
        let word = clean(word, self.options.unicode);
        let (first, columns) = (self.rows.len(), self.columns);
        self.columns = columns.saturating_sub(width(&word) + 1);
        self.hang(&[sign, (style, " ")], style, text);
        self.columns = columns;
        if let Some(Row::Text(line)) = self.rows.get_mut(first) {
            let blanks = columns.saturating_sub(line.width() + width(&word));
            line.push_span(Span::raw(" ".repeat(blanks)));
            line.push_span(Span::styled(word, sign.0));
        }
    }

    /// Keeps row `first` and all later ones visible.
    pub fn keep_from(&mut self, first: usize) {
        self.keep = Some((first, self.rows.len().saturating_sub(1)));
    }

    /// Puts the cursor into the last line.
    pub fn put_cursor(&mut self, column: usize) {
        self.cursor = self.rows.len().checked_sub(1).map(|row| (row, column));
    }

    /// Appends `other`, which must have the same width.
    pub fn append(&mut self, other: Sheet<'a>) {
        let offset = self.rows.len();
        self.keep = other.keep.map(|(first, last)| (first + offset, last + offset)).or(self.keep);
        self.cursor = other.cursor.map(|(row, column)| (row + offset, column)).or(self.cursor);
        self.rows.extend(other.rows);
    }

    fn fitted(&self, pieces: &[Piece<'_>], columns: usize) -> Line<'static> {
        let ellipsis = self.options.glyphs().ellipsis;
        let mut room = columns;
        let mut line = Line::default();
        for (style, text) in pieces {
            let text = cut(&clean(text, self.options.unicode), room, ellipsis);
            room -= width(&text);
            line.push_span(Span::styled(text, *style));
        }
        line
    }

    /// Removes gaps and rules.
    fn tightened(self) -> Self {
        self.keeping(|row| matches!(row, Row::Text(_)))
    }

    /// Removes the rules: in a low pane they would come and go with the text.
    fn without_rules(self) -> Self {
        self.keeping(|row| !matches!(row, Row::Rule))
    }

    /// Keeps the rows selected by `stays`, and adjusts the marks.
    fn keeping(mut self, stays: fn(&Row) -> bool) -> Self {
        let gone_before = |row: usize| self.rows[..row].iter().filter(|row| !stays(row)).count();
        self.keep = self.keep.map(|(first, last)| (first - gone_before(first), last - gone_before(last)));
        self.cursor = self.cursor.map(|(row, column)| (row - gone_before(row), column));
        self.rows.retain(stays);
        self
    }

    /// The first visible row in `height` rows; the last of them shows how much more there is. The person's scroll
    /// position wins over the rows to keep.
    fn first_row(&self, height: usize, scroll: Option<u16>) -> usize {
        let shown = height.saturating_sub(1).max(1);
        let last = self.rows.len().saturating_sub(shown);
        match (scroll, self.keep) {
            (Some(scroll), _) => usize::from(scroll).min(last),
            (None, Some((_, end))) if end < shown => 0,
            (None, Some((start, end))) => (end + 1).saturating_sub(shown).min(start).min(last),
            (None, None) => 0,
        }
    }

    /// Moves the first `count` rows to the end of `other`.
    fn move_start_to(&mut self, other: &mut Self, count: usize) {
        let rest = self.rows.split_off(count.min(self.rows.len()));
        other.rows.extend(std::mem::replace(&mut self.rows, rest));
        let within = |row: usize| row.checked_sub(count);
        self.keep = self.keep.and_then(|(first, last)| Some((within(first).unwrap_or(0), within(last)?)));
        self.cursor = self.cursor.and_then(|(row, column)| Some((within(row)?, column)));
    }
}

impl<'a> Pane<'a> {
    /// A pane whose text keeps its blank lines as long as possible.
    pub fn roomy(body: Sheet<'a>, foot: Sheet<'a>) -> Self {
        Self { body, foot, reserved: 0, is_tight: false, is_cut: false }
    }

    /// A pane that loses its blank lines before it scrolls.
    pub fn tight(body: Sheet<'a>, foot: Sheet<'a>) -> Self {
        Self { is_tight: true, ..Self::roomy(body, foot) }
    }

    /// A pane that cannot scroll.
    pub fn cut(self) -> Self {
        Self { is_cut: true, ..self }
    }

    /// A pane whose foot may grow to `lines`.
    pub fn reserving(self, lines: usize) -> Self {
        Self { reserved: lines, ..self }
    }

    /// Draws it into `area`, scrolled to line `scroll` or to the focus. Returns the visible part of the body.
    pub fn show(self, frame: &mut Frame, area: Rect, scroll: Option<u16>) -> Drawn {
        if area.is_empty() {
            return Drawn::NOTHING;
        }
        let height = usize::from(area.height);
        let is_tall = height > USUAL;
        let mut foot = self.foot;
        let mut body = if is_tall { self.body } else { self.body.without_rules() };
        let height = if is_tall { height.min(MIN_ROW.max(body.len() + foot.len() + 1)) } else { height };
        let area = Rect { height: height as u16, ..area };
        let gap = usize::from(foot.len() > 0);
        if body.len() + foot.len().max(self.reserved) + gap > height && (self.is_tight || height < ROOMY) {
            body = body.tightened();
        }
        if foot.len() + 3 > height {
            foot = foot.tightened();
        }
        // A foot that is too high cannot scroll, so its start moves to the body.
        if body.len() > 0 && foot.len() * 3 > height * 2 {
            foot.move_start_to(&mut body, foot.len() - height / 2);
        }
        let of_foot = foot.len().min(height);
        let gap = usize::from(of_foot > 0 && body.len() + of_foot < height);
        let of_body = (height - of_foot - gap) as u16;
        let drawn = rows(frame, body, Rect { height: of_body, ..area }, scroll, self.is_cut);
        let top = area.y + area.height - of_foot as u16;
        rows(frame, foot, Rect { y: top, height: of_foot as u16, ..area }, None, false);
        drawn
    }
}

/// Draws the visible rows of `sheet`, and how many more there are.
fn rows(frame: &mut Frame, sheet: Sheet<'_>, area: Rect, scroll: Option<u16>, is_cut: bool) -> Drawn {
    let height = usize::from(area.height);
    let mut drawn = Drawn { columns: sheet.columns, lines: sheet.len(), ..Drawn::NOTHING };
    if height == 0 {
        return drawn;
    }
    let overflows = sheet.rows.len() > height && height > 1;
    let first = if overflows { sheet.first_row(height, scroll) } else { 0 };
    let shown = if overflows { height - 1 } else { height };
    for (y, row) in sheet.rows.iter().skip(first).take(shown).enumerate() {
        let y = area.y + y as u16;
        match row {
            Row::Gap => {}
            Row::Rule => {
                let rule = sheet.options.glyphs().horizontal.repeat(sheet.columns);
                frame.buffer_mut().set_stringn(area.x, y, rule, usize::from(area.width), sheet.options.theme.dim);
            }
            Row::Text(line) => {
                frame.buffer_mut().set_line(area.x, y, line, area.width);
            }
        }
    }
    if overflows && is_cut {
        let y = area.y + area.height - 1;
        frame.buffer_mut().set_string(area.x, y, sheet.options.glyphs().ellipsis, sheet.options.theme.dim);
    } else if overflows {
        more(frame, &sheet, area, first, sheet.rows.len() - first - shown);
    }
    if let Some((row, column)) = sheet.cursor
        && (first..first + shown).contains(&row)
    {
        let x = area.x + (column as u16).min(area.width.saturating_sub(1));
        frame.set_cursor_position(Position { x, y: area.y + (row - first) as u16 });
    }
    drawn.first = first;
    drawn.shown = shown.min(sheet.len() - first);
    drawn
}

/// Shows in the last row of `area` how many lines are above and below.
fn more(frame: &mut Frame, sheet: &Sheet<'_>, area: Rect, above: usize, below: usize) {
    let glyphs = sheet.options.glyphs();
    let lines = |count: usize| if count == 1 { "line" } else { "lines" };
    let text = match (above, below) {
        (_, 0) => format!("{} {above} {} above, end of text", glyphs.up, lines(above)),
        (0, _) => format!("{} {below} more {}", glyphs.down, lines(below)),
        _ => format!("{} {above} above  {} {below} more {}", glyphs.up, glyphs.down, lines(below)),
    };
    let y = area.y + area.height - 1;
    frame.buffer_mut().set_stringn(area.x, y, text, usize::from(area.width), sheet.options.theme.dim);
}
