//! Makes untrusted text safe to show: names, tags and messages must not move the cursor, reverse the text direction
//! or hide characters.

pub mod signs;

/// Replaces characters that are not shown, so that different names never look alike.
pub const MARK: char = '\u{fffd}';

/// Invisible and direction-changing characters: Unicode's `Default_Ignorable_Code_Point` and `Bidi_Control`
/// (DerivedCoreProperties.txt and PropList.txt of Unicode 17). Also others that are drawn as nothing: interlinear
/// annotations, the blank Braille pattern, the null notehead, and noncharacters.
const HIDDEN: [(u32, u32); 24] = [
    (0xad, 0xad),
    (0x34f, 0x34f),
    (0x61c, 0x61c),
    (0x115f, 0x1160),
    (0x17b4, 0x17b5),
    (0x180b, 0x180f),
    (0x200b, 0x200f),
    (0x2028, 0x202e),
    (0x2060, 0x206f),
    (0x2800, 0x2800),
    (0x3164, 0x3164),
    (0xfdd0, 0xfdef),
    (0xfe00, 0xfe0f),
    (0xfeff, 0xfeff),
    (0xffa0, 0xffa0),
    (0xfff0, 0xfffb),
    (0xfffe, 0xffff),
    (0x1_bca0, 0x1_bca3),
    (0x1_d159, 0x1_d159),
    (0x1_d173, 0x1_d17a),
    (0x1_fffe, 0x1_ffff),
    (0x2_fffe, 0x2_ffff),
    (0x3_fffe, 0x3_ffff),
    (0xe_0000, 0xe_0fff),
];

/// Whether `character` controls a terminal, changes the reading direction, or is invisible.
#[must_use]
pub fn misleads(character: char) -> bool {
    let code = u32::from(character);
    character.is_control() || HIDDEN.iter().any(|(first, last)| (*first..=*last).contains(&code))
}

/// `text` on one line, with a mark for each misleading character. Blanks and line breaks of all kinds become spaces.
#[must_use]
pub fn plain(text: &str) -> String {
    let shown = |c: char| match c {
        c if c.is_whitespace() => ' ',
        c if misleads(c) => MARK,
        c => c,
    };
    text.chars().map(shown).collect()
}

/// Escapes misleading characters in JSON (`\u200b`): programs read the same text, and people who view the file are
/// not misled. Outside of strings, JSON contains only line breaks and tabs, which stay.
#[must_use]
pub fn plain_json(json: &str) -> String {
    let mut plain = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '\n' | '\r' | '\t' => plain.push(character),
            c if misleads(c) => {
                let units = c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>();
                plain.push_str(&units);
            }
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use icu_properties::CodePointSetData;
    use icu_properties::props::{BidiControl, DefaultIgnorableCodePoint};

    use super::*;

    /// All characters, against Unicode's own data from another library.
    #[test]
    fn ignorable_characters_and_bidi_controls_are_not_shown() {
        let (ignorable, bidi) =
            (CodePointSetData::new::<DefaultIgnorableCodePoint>(), CodePointSetData::new::<BidiControl>());
        let mut hidden = 0;
        for c in '\0'..=char::MAX {
            if ignorable.contains(c) || bidi.contains(c) || c.is_control() {
                hidden += 1;
                assert!(misleads(c), "{c:?}");
            }
            let shown = plain(&c.to_string());
            assert!(shown.chars().count() == 1 && shown.chars().all(|c| !misleads(c)), "{c:?}");
            // Letters of people's names stay unchanged.
            assert!(!c.is_alphabetic() || plain(&c.to_string()) == c.to_string() || ignorable.contains(c), "{c:?}");
        }
        assert!(hidden > 4000, "{hidden}");
    }

    #[test]
    fn names_stay_readable_and_misleading_characters_are_marked() {
        assert_eq!(plain("a\x1b[31mb\n\tc\u{202e}d\u{2066}é"), "a\u{fffd}[31mb  c\u{fffd}d\u{fffd}é");
        assert_eq!(plain("Zoë 李 Ünal-Ğ"), "Zoë 李 Ünal-Ğ");
        assert_ne!(plain("admin"), plain("ad\u{3164}min"));
    }

    #[test]
    fn escaped_json_has_the_same_content() {
        for text in ["a\u{200b}b\u{202e}\u{7f}\u{9b}", "\u{e0001}é\"\\\n", "\u{1d173}"] {
            let value = serde_json::json!({ text: [text] });
            let plain = plain_json(&format!("{value:#}\n"));
            assert!(plain.chars().all(|c| c == '\n' || !misleads(c)), "{plain:?}");
            assert_eq!(serde_json::from_str::<serde_json::Value>(&plain).unwrap(), value);
        }
    }
}
