//! Finds invisible characters and unusual blanks in typed text. They come from pasting, and readers cannot see them.

/// Normalizes a character: any blank becomes a space, an invisible character becomes `None`.
#[must_use]
pub fn plain(character: char) -> Option<char> {
    match character {
        _ if is_mark(character) => None,
        _ if character.is_whitespace() => Some(' '),
        _ => Some(character),
    }
}

/// The problem with a text that contains an invisible character or unusual blank, if any.
#[must_use]
pub fn hidden_problem(text: &str) -> Option<String> {
    let hidden = text.chars().find(|c| plain(*c) != Some(*c))?;
    let what = if is_mark(hidden) { "an invisible character" } else { "an unusual blank" };
    Some(format!("U+{:04X}, {what}, is not allowed: type this part again", u32::from(hidden)))
}

/// Soft hyphen, zero-width blanks and joiners, direction marks, byte order mark.
fn is_mark(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_replaced() {
        let made = |text: &str| text.chars().filter_map(plain).collect::<String>();
        assert_eq!(made("+33\u{a0}1\u{202f}23\u{2007}45\u{3000}67\u{200b}\u{feff}"), "+33 1 23 45 67");
        assert_eq!(made("\u{202a}Zoë, 東京 –\u{202c}"), "Zoë, 東京 –");
    }

    #[test]
    fn invisible_characters_are_reported() {
        assert_eq!(hidden_problem("Zoë, 東京"), None);
        assert!(hidden_problem("a\u{a0}b").unwrap().starts_with("U+00A0, an unusual blank"));
        assert!(hidden_problem("a\u{200b}b").unwrap().starts_with("U+200B, an invisible character"));
    }
}
