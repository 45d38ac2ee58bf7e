//! Cleans, cuts and wraps text by columns. No style.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::plain::{MARK, misleads};

/// Columns that `text` occupies.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// Replaces characters that move the cursor, change the reading direction or are invisible, and non-ASCII ones if
/// `unicode` is false. The replacement is a visible mark, so that different names never look alike.
pub(super) fn clean(text: &str, unicode: bool) -> String {
    let mut clean = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            ' '..='~' => clean.push(character),
            _ if misleads(character) => clean.push(if unicode { MARK } else { '?' }),
            _ if unicode => clean.push(character),
            _ => clean.push_str(in_ascii(character)),
        }
    }
    clean
}

fn in_ascii(character: char) -> &'static str {
    match character {
        '…' => "..",
        '–' | '—' | '·' | '‑' => "-",
        '→' => "->",
        '•' => "*",
        '▸' | '›' => ">",
        '‹' => "<",
        '“' | '”' | '„' => "\"",
        '‘' | '’' => "'",
        '×' => "x",
        '✓' => "+",
        '✗' => "x",
        '\u{a0}' => " ",
        _ => "?",
    }
}

/// Cuts `text` to `columns`, with `ellipsis` if something is cut.
pub(super) fn cut(text: &str, columns: usize, ellipsis: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(width(ellipsis));
    let mut cut = head(text, room).to_owned();
    if columns >= width(ellipsis) {
        cut.push_str(ellipsis);
    }
    cut
}

/// Cuts `text` in the middle: identifiers differ at their ends.
pub(super) fn cut_middle(text: &str, columns: usize, ellipsis: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(width(ellipsis));
    let (front, back) = (room.div_ceil(2), room / 2);
    format!("{}{ellipsis}{}", head(text, front), tail(text, back))
}

/// The longest start of `text` that fits `columns`.
pub(super) fn head(text: &str, columns: usize) -> &str {
    let mut taken = 0;
    for (byte, character) in text.char_indices() {
        taken += character.width().unwrap_or(0);
        if taken > columns {
            return &text[..byte];
        }
    }
    text
}

/// The longest end of `text` that fits `columns`.
pub(super) fn tail(text: &str, columns: usize) -> &str {
    let mut taken = 0;
    for (byte, character) in text.char_indices().rev() {
        taken += character.width().unwrap_or(0);
        if taken > columns {
            return &text[byte + character.len_utf8()..];
        }
    }
    text
}

/// Pads `text` with blanks to `columns`; never cuts it.
pub(super) fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// Wraps `text` to `columns` between words, and breaks words that are longer than a line. Returns at least one line.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = vec![String::new()];
    for mut word in text.split(' ').filter(|word| !word.is_empty()) {
        let taken = lines.last().map_or(0, |line| width(line));
        if taken > 0 && taken + 1 + width(word) <= columns {
            push(&mut lines, " ");
        } else if taken > 0 {
            lines.push(String::new());
        }
        while width(word) > columns {
            let front = seam(head(word, columns), columns);
            // A character wider than the whole line gets its own line and is clipped there.
            let front = if front.is_empty() { &word[..word.chars().next().map_or(0, char::len_utf8)] } else { front };
            push(&mut lines, front);
            lines.push(String::new());
            word = &word[front.len()..];
        }
        push(&mut lines, word);
    }
    lines
}

/// Cuts `front`, the start of a long word, after a separator of URLs and ARNs; keeps all of it if the line would be
/// too short.
fn seam(front: &str, columns: usize) -> &str {
    let end = front.rfind(['/', '#', '?', '&', ':']).map_or(0, |at| at + 1);
    if width(&front[..end]) * 3 >= columns { &front[..end] } else { front }
}

fn push(lines: &mut [String], text: &str) {
    if let Some(line) = lines.last_mut() {
        line.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_cannot_steer_the_terminal() {
        let foreign = "a\u{1b}[31mb\u{202e}c\u{7}d\u{200b}e\nf\u{9b}g";
        assert_eq!(clean(foreign, true), "a�[31mb�c�d�e�f�g");
        assert_eq!(clean(foreign, false), "a?[31mb?c?d?e?f?g");
        assert_eq!(clean("Zoë → 東京…", false), "Zo? -> ??..");
        assert_eq!(clean("Zoë → 東京…", true), "Zoë → 東京…");
    }

    #[test]
    fn lines_are_wrapped_by_columns() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("arn:aws:iam::123456789012:root", 10), ["arn:aws:", "iam::", "1234567890", "12:root"]);
        let address = "https://console.aws.amazon.com/iam/home#/security_credentials";
        assert_eq!(wrap(address, 58), ["https://console.aws.amazon.com/iam/home#/", "security_credentials"]);
        assert_eq!(wrap("東京東京 a", 4), ["東京", "東京", "a"]);
        assert_eq!(wrap("東", 1), ["東", ""]);
        assert_eq!(wrap("", 9), [""]);
    }

    #[test]
    fn cut_text_ends_with_an_ellipsis() {
        assert_eq!(cut("administrator", 6, "…"), "admin…");
        assert_eq!(cut("東京東京", 4, "…"), "東…");
        assert_eq!(cut_middle("AKIAIOSFODNN7EXAMPLE", 9, "…"), "AKIA…MPLE");
        assert_eq!(cut("abc", 0, "…"), "");
    }
}
