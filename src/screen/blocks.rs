//! Draws a page's blocks as lines of a sheet.

mod buttons;
mod fields;
mod layout;
mod markdown;
mod secrets;
mod table;

use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::style::{Modifier, Style};

use super::sheet::{Pane, Piece, Sheet};
use super::text::{clean, cut, pad, width, wrap};
use super::{READABLE, RenderOptions, qr};
use crate::account::Timestamp;
use crate::wizard::content::{Block, Blocks, Content, KeyLine, Mark, Pair, Qr, Room, Span, TextInput};
use crate::wizard::{Drawn, Wizard};

/// Lines reserved for a hint, so that moving the focus moves nothing else.
const HINT_LINES: usize = 2;

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
        (None, Room::Box(columns)) => layout::boxed(frame, area, options, content, now, columns, scroll),
        (None, Room::Whole) => {
            let text = layout::with_mode(frame, area, wizard, options);
            let text = Rect { width: text.width.min(READABLE), ..text };
            pane(content, options, text.width, now, None).show(frame, text, scroll)
        }
        (Some(Qr::Beside(of)), Room::Whole) => {
            layout::beside(frame, area, wizard, options, content, of.expose(), scroll)
        }
        (Some(Qr::Below(of)), Room::Whole) => layout::below(frame, area, wizard, options, content, of, scroll),
        (qr, Room::Readable | Room::Box(_)) => {
            let text = Rect { width: area.width.min(READABLE), ..area };
            let missing = match qr {
                Some(Qr::Beside(of)) => qr::modules(of.expose()).map(|modules| layout::taken_beside(&modules, options)),
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
