//! Draws a table to pick from. If it is too wide, it shortens the first column (identifiers differ at their ends),
//! then the last.

use ratatui::style::Style;

use crate::account::Timestamp;
use crate::screen::RenderOptions;
use crate::screen::sheet::{Piece, Sheet};
use crate::screen::text::{clean, cut, cut_middle, pad, width};
use crate::wizard::content::{Cell, Table};

/// Rows farther from the picked one are outside any terminal's view and are not built.
const MAX_ROWS: usize = 400;

pub(super) fn table(sheet: &mut Sheet<'_>, table: &Table<'_>, now: Timestamp) {
    let (options, theme) = (sheet.options, sheet.options.theme);
    let widths = widths(table, sheet.columns().saturating_sub(2), sheet.options.unicode);
    let heads: Vec<Cell<'_>> = table.columns.iter().map(|column| Cell::new(column.head)).collect();
    line(sheet, &heads, &widths, (theme.text, " "), theme.dim, now);
    for i in 0..table.len {
        if i.abs_diff(table.picked) >= MAX_ROWS {
            sheet.line(&[]);
            continue;
        }
        let picked = i == table.picked;
        let (pointer, style) = if picked { (options.glyphs().pointer, theme.accent) } else { (" ", theme.text) };
        line(sheet, &(table.row)(i), &widths, (style, pointer), style, now);
        if picked {
            sheet.keep_from(sheet.len() - 1);
        }
    }
}

fn line(sheet: &mut Sheet<'_>, cells: &[Cell<'_>], widths: &[usize], pointer: Piece<'_>, style: Style, now: Timestamp) {
    let options = sheet.options;
    // Adjacent cells of the same style are one piece, so that a cut is marked once.
    let mut pieces: Vec<(Style, String)> = Vec::new();
    for (i, cell) in cells.iter().enumerate() {
        let of_cell = cell.meaning.map_or(style, |meaning| options.style(meaning));
        let text = fitted(cell, i, widths, options, now);
        match pieces.last_mut() {
            Some((last, before)) if *last == of_cell => before.push_str(&text),
            _ => pieces.push((of_cell, text)),
        }
    }
    let mut line: Vec<Piece<'_>> = vec![pointer, (options.theme.text, " ")];
    line.extend(pieces.iter().map(|(style, text)| (*style, text.as_str())));
    sheet.line(&line);
}

/// A cell's text cut to its column, and padded if another column follows.
fn fitted(cell: &Cell<'_>, i: usize, widths: &[usize], options: &RenderOptions, now: Timestamp) -> String {
    let ellipsis = options.glyphs().ellipsis;
    let room = widths.get(i).copied().unwrap_or(0);
    let text = clean(&cell.text, options.unicode);
    let text = match cell.sign {
        Some(glyph) => format!("{} {text}", options.glyph(glyph, now)),
        None => text,
    };
    let text = if i == 0 { cut_middle(&text, room, ellipsis) } else { cut(&text, room, ellipsis) };
    if i + 1 == widths.len() { text } else { format!("{}  ", pad(&text, room)) }
}

fn widths(table: &Table<'_>, room: usize, unicode: bool) -> Vec<usize> {
    let columns = table.columns.len();
    let measured = table.columns.iter().any(|column| column.characters.is_none());
    let rows: Vec<Vec<Cell<'_>>> = if measured { (0..table.len).map(|i| (table.row)(i)).collect() } else { Vec::new() };
    let widest =
        |i: usize| rows.iter().filter_map(|row| row.get(i)).map(|cell| width(&clean(&cell.text, unicode))).max();
    let wanted = |(i, head): (usize, &str)| widest(i).unwrap_or(0).max(width(head));
    let each = table.columns.iter().enumerate();
    let mut widths: Vec<usize> =
        each.map(|(i, column)| column.characters.unwrap_or_else(|| wanted((i, column.head)))).collect();
    let total = |widths: &[usize]| widths.iter().sum::<usize>() + 2 * columns.saturating_sub(1);
    for i in [0, columns.saturating_sub(1), 1] {
        let over = total(&widths).saturating_sub(room);
        if let (Some(width), Some(column)) = (widths.get_mut(i), table.columns.get(i)) {
            *width = width.saturating_sub(over).max(column.least.min(*width));
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::screen::ThemeName;
    use crate::wizard::content::Column;

    const NOW: Timestamp = time::macros::datetime!(2026-11-21 12:00 UTC);

    fn column(characters: Option<usize>) -> Column {
        Column { head: "NAME", characters, least: 4 }
    }

    #[test]
    fn without_unicode_a_column_is_as_wide_as_its_longest_text_in_ascii() {
        let row = |_: usize| vec![Cell::new("key …AB7I"), Cell::new("8 y old")];
        let keys = Table { columns: vec![column(None), column(None)], len: 1, picked: 0, row: Box::new(row) };
        assert_eq!((widths(&keys, 60, true), widths(&keys, 60, false)), (vec![9, 7], vec![10, 7]));
    }

    #[test]
    fn a_long_table_builds_only_rows_near_the_selected_one() {
        let made = AtomicUsize::new(0);
        let row = |i: usize| {
            made.fetch_add(1, Ordering::Relaxed);
            vec![Cell::new(format!("user-{i}"))]
        };
        let users = Table { columns: vec![column(Some(12))], len: 50_000, picked: 20_000, row: Box::new(row) };
        let options = RenderOptions::new(ThemeName::Dark, true);
        let mut sheet = Sheet::new(&options, 80);
        table(&mut sheet, &users, NOW);
        assert_eq!(made.load(Ordering::Relaxed), 2 * MAX_ROWS - 1);
        assert_eq!(sheet.len(), 50_001, "each of them has its line, so that scrolling counts right");
    }

    #[test]
    fn a_table_that_is_too_wide_shortens_its_first_then_its_last_column() {
        let cells = ["AKIAIOSFODNN7EXAMPLE", "Active", "a long word about its last use"];
        let row = move |_: usize| cells.iter().map(|text| Cell::new(*text)).collect();
        let columns = vec![column(None), column(None), column(None)];
        let keys = Table { columns, len: 1, picked: 0, row: Box::new(row) };
        assert_eq!(widths(&keys, 60, true), [20, 6, 30]);
        assert_eq!(widths(&keys, 50, true), [10, 6, 30]);
        assert_eq!(widths(&keys, 30, true), [4, 6, 16]);
    }
}
