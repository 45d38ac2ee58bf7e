//! Draws a page's blocks as lines of a sheet.

mod buttons;
mod fields;
mod markdown;
mod secrets;
mod table;

use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::style::{Modifier, Style};

use super::sheet::{Pane, Piece, Sheet};
use super::text::{clean, cut, pad, width, wrap};
use super::{READABLE, RenderOptions, frames, qr, shell};
use crate::account::Timestamp;
use crate::wizard::content::{Block, Blocks, Content, Glyph, KeyLine, Mark, Meaning, Pair, Qr, Room, Span, TextInput};
use crate::wizard::{Drawn, Wizard};

/// Minimum columns of the text beside a QR code.
const MIN_TEXT_COLUMNS: u16 = 30;
/// Maximum columns of the text beside a QR code.
const MAX_TEXT_COLUMNS: u16 = 60;
/// Lines reserved for a hint, so that moving the focus moves nothing else.
const HINT_LINES: usize = 2;
/// Rows of the small box below the text.
const BOX_ROWS: u16 = 4;

/// What all blocks are drawn with.
#[derive(Clone, Copy)]
struct BlockContext {
    now: Timestamp,
    /// Size needed for the QR code, if it does not fit.
    missing: Option<Size>,
    /// Column width of names in the current group.
    names: usize,
    /// Column width of badges.
    badges: usize,
}

/// Draws `content` in `area`, scrolled to line `scroll` or to the focus.
pub(super) fn show(
    frame: &mut Frame,
    area: Rect,
    wizard: &Wizard,
    options: &RenderOptions,
    content: &Content<'_>,
    scroll: Option<u16>,
) -> Drawn {
    let now = wizard.now();
    match (&content.qr, content.room) {
        (None, Room::Box(columns)) => boxed(frame, area, options, content, now, columns, scroll),
        (None, Room::Whole) => {
            let text = with_mode(frame, area, wizard, options);
            let text = Rect { width: text.width.min(READABLE), ..text };
            pane(content, options, text.width, now, None).show(frame, text, scroll)
        }
        (Some(Qr::Beside(of)), Room::Whole) => beside(frame, area, wizard, options, content, of.expose(), scroll),
        (Some(Qr::Below(of)), Room::Whole) => below(frame, area, wizard, options, content, of, scroll),
        (qr, Room::Readable | Room::Box(_)) => {
            let text = Rect { width: area.width.min(READABLE), ..area };
            let missing = match qr {
                Some(Qr::Beside(of)) => qr::modules(of.expose()).map(|modules| taken_beside(&modules, options)),
                Some(Qr::Below(_)) | None => None,
            };
            pane(content, options, text.width, now, missing).show(frame, text, scroll)
        }
    }
}

/// Draws the part of `content` that fits `area`.
pub(super) fn show_cut(frame: &mut Frame, area: Rect, wizard: &Wizard, options: &RenderOptions, content: &Content<'_>) {
    pane(content, options, area.width, wizard.now(), None).cut().show(frame, area, None);
}

/// Lays out `content` in `columns`.
fn pane<'a>(
    content: &Content<'_>,
    options: &'a RenderOptions,
    columns: u16,
    now: Timestamp,
    missing: Option<Size>,
) -> Pane<'a> {
    let body = sheet(&content.body, options, columns, now, missing);
    let foot = sheet(&content.foot, options, columns, now, missing);
    let reserved = foot.len() + foot.spare;
    let pane = if content.scrolls { Pane::roomy(body, foot) } else { Pane::tight(body, foot) };
    pane.reserving(reserved)
}

/// Lays out `blocks` in `columns`.
pub(super) fn sheet<'a>(
    blocks: &Blocks<'_>,
    options: &'a RenderOptions,
    columns: u16,
    now: Timestamp,
    missing: Option<Size>,
) -> Sheet<'a> {
    let mut sheet = Sheet::new(options, columns);
    let context = BlockContext { now, missing, names: 0, badges: 0 };
    draw_blocks(&mut sheet, &blocks.0, BlockContext { badges: badges(&blocks.0, options, context), ..context });
    sheet
}

/// Draws the mode in the last row of `area`, because the page covers its usual place.
fn with_mode(frame: &mut Frame, area: Rect, wizard: &Wizard, options: &RenderOptions) -> Rect {
    shell::mode_rule(frame, Rect { y: area.y + area.height - 1, height: 1, ..area }, wizard, options);
    Rect { height: area.height - 1, ..area }
}

/// Terminal size for the code beside its text.
fn taken_beside(modules: &qr::Modules, options: &RenderOptions) -> Size {
    let least = modules.least(options.unicode);
    Size::new(least.width + MIN_TEXT_COLUMNS + 4, least.height + 2)
}

/// The code left, the text right.
fn beside(
    frame: &mut Frame,
    area: Rect,
    wizard: &Wizard,
    options: &RenderOptions,
    content: &Content<'_>,
    of: &str,
    scroll: Option<u16>,
) -> Drawn {
    let modules = qr::modules(of);
    let room = Rect { width: area.width.saturating_sub(MIN_TEXT_COLUMNS + 2), ..area };
    let taken = modules.as_ref().and_then(|modules| modules.draw(frame.buffer_mut(), room, options.unicode));
    let left = taken.map_or(0, |taken| taken.width + 2);
    let right = Rect { x: area.x + left, width: area.width.saturating_sub(left), ..area };
    let right = with_mode(frame, right, wizard, options);
    let text = Rect { width: right.width.min(MAX_TEXT_COLUMNS), ..right };
    let below = if content.below.is_some() { BOX_ROWS.min(text.height / 2) } else { 0 };
    let above = Rect { height: text.height - below, ..text };
    let missing = if taken.is_none() { modules.map(|modules| taken_beside(&modules, options)) } else { None };
    let drawn = pane(content, options, text.width, wizard.now(), missing).show(frame, above, scroll);
    if let Some((title, blocks)) = content.below.as_ref().filter(|_| below > 0) {
        let place = Rect { y: text.y + above.height, height: below, ..text };
        small_box(frame, place, options, title, blocks, wizard.now());
    }
    drawn
}

/// The text in the first two rows, the code below.
fn below(
    frame: &mut Frame,
    area: Rect,
    wizard: &Wizard,
    options: &RenderOptions,
    content: &Content<'_>,
    of: &str,
    scroll: Option<u16>,
) -> Drawn {
    let modules = qr::modules(of);
    let area = with_mode(frame, area, wizard, options);
    let room = Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area };
    let taken = modules.as_ref().and_then(|modules| modules.draw(frame.buffer_mut(), room, options.unicode));
    let least = |modules: qr::Modules| modules.least(options.unicode);
    let missing = match taken {
        Some(_) => None,
        None => modules.map(least).map(|size| Size::new(size.width + 1, size.height + 5)),
    };
    let head = if taken.is_some() { Rect { height: area.height.min(2), ..area } } else { area };
    pane(content, options, area.width, wizard.now(), missing).show(frame, head, scroll)
}

/// A question in the middle of `area`.
fn boxed(
    frame: &mut Frame,
    area: Rect,
    options: &RenderOptions,
    content: &Content<'_>,
    now: Timestamp,
    columns: u16,
    scroll: Option<u16>,
) -> Drawn {
    let columns = area.width.min(columns);
    let pane = pane(content, options, columns.saturating_sub(4), now, None);
    let height = (pane.body.len() as u16 + 2).min(area.height);
    let place = area.centered(columns.into(), height.into());
    let inner = frames::boxed(frame, place, options);
    pane.show(frame, inner, scroll)
}

fn small_box(frame: &mut Frame, area: Rect, options: &RenderOptions, title: &str, blocks: &Blocks<'_>, now: Timestamp) {
    let place = Rect { width: area.width.min(34), height: BOX_ROWS.min(area.height), ..area };
    let inner = frames::boxed(frame, place, options);
    if inner.height < 2 {
        return;
    }
    let title = format!(" {title} ");
    frame.buffer_mut().set_stringn(place.x + 2, place.y, title, usize::from(inner.width), options.theme.dim);
    let foot = Sheet::new(options, inner.width);
    Pane::tight(sheet(blocks, options, inner.width, now, None), foot).show(frame, inner, None);
}

fn draw_blocks(sheet: &mut Sheet<'_>, blocks: &[Block<'_>], context: BlockContext) {
    for block in blocks {
        draw_block(sheet, block, context);
    }
}

fn draw_block(sheet: &mut Sheet<'_>, block: &Block<'_>, context: BlockContext) {
    let options = sheet.options;
    match block {
        Block::Gap => sheet.gap(),
        Block::Title(text) => sheet.title(text),
        Block::Say(meaning, text) => sheet.say(options.style(*meaning), text),
        Block::Hang(lead, meaning, text) => {
            sheet.hang(&borrowed(&pieces(sheet, lead, context)), options.style(*meaning), text)
        }
        Block::Pair(of) => pair(sheet, of, context),
        Block::Short { name, names, value } => {
            let room = sheet.columns().saturating_sub(names + 2);
            let value = cut(&clean(value, options.unicode), room, options.glyphs().ellipsis);
            sheet.pair(name, *names, options.theme.text, &value);
        }
        Block::Marked { sign, meaning, text, word } => {
            let (style, glyph) = piece(options, sign, context);
            sheet.marked((style, glyph.as_str()), options.style(*meaning), text, word);
        }
        Block::Assessed(mark, name, why) => assessed(sheet, mark, name, why, context),
        Block::Line(spans) => sheet.line(&borrowed(&pieces(sheet, spans, context))),
        Block::Becomes { what, before, after } => {
            let (lead, text) = (format!("   {what}: "), format!("{before} {} {after}", options.glyphs().arrow));
            sheet.hang(&[(options.theme.dim, &lead)], options.theme.text, &text);
        }
        Block::Keep(inner) => {
            let first = sheet.len();
            draw_blocks(sheet, inner, context);
            sheet.keep_from(first);
        }
        Block::Aligned(most, inner) => {
            let names = inner.iter().filter_map(name).map(width).max().unwrap_or(0).min(*most);
            draw_blocks(sheet, inner, BlockContext { names, ..context });
        }
        Block::Table(of) => table::table(sheet, of, context.now),
        Block::Fields(of) => fields::fields(sheet, of),
        Block::Submit(of) => fields::submit(sheet, of),
        Block::Buttons(of, focus) => buttons::buttons(sheet, of, *focus),
        Block::TextInput(of) => entry(sheet, of),
        Block::Code { name, typed, focused } => secrets::code(sheet, name, typed, *focused),
        Block::Hint(text) => hint(sheet, text),
        Block::Keys(lines) => keys(sheet, lines),
        Block::Markdown(text) => markdown::markdown(sheet, text),
        Block::Secret { name, names, value, visible: true, .. } => secrets::shown(sheet, name, *names, value),
        Block::Secret { name, names, hint, .. } => secrets::covered(sheet, name, *names, hint),
        Block::Seed(seed) => secrets::seed(sheet, seed),
        Block::Scan(beside, instead) => match context.missing {
            None => draw_blocks(sheet, beside, context),
            Some(size) => draw_blocks(sheet, &instead(&format!("{}×{}", size.width, size.height)).0, context),
        },
        // On a separate line, unbroken if possible, so that a terminal can select or open it.
        Block::Address(address) => sheet.say(options.theme.accent, address),
    }
}

/// Width of the widest badge, so that the names beside them align.
fn badges(blocks: &[Block<'_>], options: &RenderOptions, context: BlockContext) -> usize {
    let columns = blocks.iter().map(|block| match block {
        Block::Assessed(mark, ..) => width(&badge(mark, options, context)),
        Block::Keep(inner) | Block::Aligned(_, inner) => badges(inner, options, context),
        _ => 0,
    });
    columns.max().unwrap_or(0)
}

/// Sign and word of a badge.
fn badge(mark: &Mark, options: &RenderOptions, context: BlockContext) -> String {
    clean(&format!("{} {}", options.glyph(mark.glyph, context.now), mark.word), options.unicode)
}

/// A verdict, its subject, and the reason.
fn assessed(sheet: &mut Sheet<'_>, mark: &Mark, name: &str, why: &str, context: BlockContext) {
    let options = sheet.options;
    let badge = pad(&badge(mark, options, context), context.badges);
    sheet.hang(&[(options.badge(mark.meaning), &badge), (options.theme.text, "  ")], options.theme.text, name);
    if !why.is_empty() {
        let indent = " ".repeat(context.badges + 2);
        sheet.hang(&[(options.theme.text, &indent)], options.theme.dim, why);
    }
}

fn name<'b>(block: &'b Block<'_>) -> Option<&'b str> {
    match block {
        Block::Pair(pair) => Some(&pair.name),
        _ => None,
    }
}

/// A name and its value, with a spinner while it is read.
fn pair(sheet: &mut Sheet<'_>, pair: &Pair<'_>, context: BlockContext) {
    let style = sheet.options.style(pair.meaning);
    let names = pair.names.unwrap_or(context.names);
    if pair.busy {
        let value = format!("{} {}", sheet.options.spinner(context.now), pair.value);
        return sheet.pair(&pair.name, names, style, &value);
    }
    sheet.pair(&pair.name, names, style, &pair.value);
}

/// `spans` as styled text for a line of `sheet`.
fn pieces(sheet: &Sheet<'_>, spans: &[Span<'_>], context: BlockContext) -> Vec<(Style, String)> {
    let options = sheet.options;
    let others: usize = spans.iter().map(|span| width(&piece(options, span, context).1)).sum();
    let room = sheet.columns().saturating_sub(others + 1).clamp(8, 30);
    let mut pieces = Vec::new();
    for span in spans {
        match span {
            Span::Bar { meaning, done, of, parts } => {
                let room = parts.unwrap_or(room);
                let full = room * done / (*of).max(1);
                let glyphs = options.glyphs();
                pieces.push((options.style(*meaning), glyphs.full.repeat(full)));
                pieces.push((options.theme.dim, glyphs.empty.repeat(room - full)));
            }
            _ => pieces.push(piece(options, span, context)),
        }
    }
    pieces
}

fn borrowed(pieces: &[(Style, String)]) -> Vec<Piece<'_>> {
    pieces.iter().map(|(style, text)| (*style, text.as_str())).collect()
}

fn piece(options: &RenderOptions, span: &Span<'_>, context: BlockContext) -> (Style, String) {
    match span {
        Span::Words(meaning, text) => (options.style(*meaning), text.to_string()),
        Span::Sign(meaning, glyph) => (options.style(*meaning), options.glyph(*glyph, context.now).to_owned()),
        Span::Bar { meaning, .. } => (options.style(*meaning), String::new()),
    }
}

/// A text input with a hint at what Enter or Esc does.
fn entry(sheet: &mut Sheet<'_>, entry: &TextInput<'_>) {
    let (options, theme) = (sheet.options, sheet.options.theme);
    let others = if entry.hint.is_some() { 24 } else { 3 };
    let room = sheet.columns().saturating_sub(others).clamp(4, entry.characters.max(4));
    let typed = clean(entry.typed, options.unicode);
    let typed = super::text::tail(&typed, room.saturating_sub(1));
    let line = fields::filled(typed, room, options);
    let underlined = theme.accent.add_modifier(Modifier::UNDERLINED);
    let hint = entry.hint.as_deref().map_or_else(String::new, |hint| format!("  {hint}"));
    sheet.line(&[(theme.accent, "> "), (underlined, &line), (theme.dim, &hint)]);
    sheet.put_cursor(2 + width(typed));
}

fn hint(sheet: &mut Sheet<'_>, text: &str) {
    let lines = wrap(&clean(text, sheet.options.unicode), sheet.columns());
    for i in 0..HINT_LINES {
        sheet.line(&[(sheet.options.theme.dim, lines.get(i).map_or("", String::as_str))]);
    }
}

fn keys(sheet: &mut Sheet<'_>, lines: &[KeyLine]) {
    let options = sheet.options;
    let label = |line: &KeyLine| if options.unicode { line.label.0 } else { line.label.1 };
    let column = lines.iter().map(|line| width(label(line))).max().unwrap_or(0);
    for line in lines {
        let name = format!("{}  ", pad(label(line), column));
        sheet.hang(&[(options.theme.accent, &name)], options.theme.text, &line.meaning);
    }
}

impl RenderOptions {
    pub(super) fn style(&self, meaning: Meaning) -> Style {
        let theme = &self.theme;
        match meaning {
            Meaning::Text => theme.text,
            Meaning::Dim => theme.dim,
            Meaning::Accent => theme.accent,
            Meaning::Good => theme.good,
            Meaning::Bad => theme.bad,
            Meaning::Warn => theme.warn,
            Meaning::Danger => theme.danger,
            Meaning::Focus => theme.focus,
        }
    }

    fn badge(&self, meaning: Meaning) -> Style {
        self.style(meaning).add_modifier(Modifier::BOLD)
    }

    /// The spinner's picture at `now`. It stops when no time passes.
    pub(super) fn spinner(&self, now: Timestamp) -> &'static str {
        let pictures = self.glyphs().spinner;
        pictures[(now.unix_timestamp_nanos().unsigned_abs() / 120_000_000 % pictures.len() as u128) as usize]
    }

    /// The character of `glyph` at `now`.
    pub(super) fn glyph(&self, glyph: Glyph, now: Timestamp) -> &'static str {
        let glyphs = self.glyphs();
        match glyph {
            Glyph::Pass => glyphs.pass,
            Glyph::Fail => glyphs.fail,
            Glyph::Partial => glyphs.partial,
            Glyph::Nothing => glyphs.nothing,
            Glyph::Manual => glyphs.manual,
            Glyph::Unknown => glyphs.unknown,
            Glyph::Waiting => glyphs.waiting,
            Glyph::Pointer => glyphs.pointer,
            Glyph::Bullet => glyphs.bullet,
            Glyph::Separator => glyphs.separator,
            Glyph::Spinner => self.spinner(now),
        }
    }
}
