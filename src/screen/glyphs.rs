//! The signs in Unicode and ASCII. Each sign comes with a word.

use crate::plain::signs;

/// A set of signs. Those in a column of their own are one column wide.
#[derive(Debug)]
pub(super) struct Glyphs {
    pub pass: &'static str,
    pub fail: &'static str,
    pub partial: &'static str,
    pub nothing: &'static str,
    pub manual: &'static str,
    pub unknown: &'static str,
    pub waiting: &'static str,
    pub pointer: &'static str,
    pub bullet: &'static str,
    pub dot: &'static str,
    pub separator: &'static str,
    pub arrow: &'static str,
    pub up: &'static str,
    pub down: &'static str,
    pub ellipsis: &'static str,
    pub before: &'static str,
    pub after: &'static str,
    pub full: &'static str,
    pub empty: &'static str,
    pub horizontal: &'static str,
    pub vertical: &'static str,
    pub tee_down: &'static str,
    pub tee_up: &'static str,
    pub corners: [&'static str; 4],
    pub spinner: &'static [&'static str],
}

pub(super) static UNICODE: Glyphs = Glyphs {
    pass: signs::PASS.0,
    fail: signs::FAIL.0,
    partial: "!",
    nothing: signs::NOT_APPLICABLE.0,
    manual: signs::MANUAL.0,
    unknown: signs::UNKNOWN.0,
    waiting: "·",
    pointer: "▸",
    bullet: "•",
    dot: "•",
    separator: "·",
    arrow: "→",
    up: "↑",
    down: "↓",
    ellipsis: "…",
    before: "‹",
    after: "›",
    full: "━",
    empty: "─",
    horizontal: "─",
    vertical: "│",
    tee_down: "┬",
    tee_up: "┴",
    corners: ["┌", "┐", "└", "┘"],
    spinner: &["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"],
};

pub(super) static ASCII: Glyphs = Glyphs {
    pass: signs::PASS.1,
    fail: signs::FAIL.1,
    partial: "!",
    nothing: signs::NOT_APPLICABLE.1,
    manual: signs::MANUAL.1,
    unknown: signs::UNKNOWN.1,
    waiting: ".",
    pointer: ">",
    bullet: "*",
    dot: "*",
    separator: "-",
    arrow: "->",
    up: "^",
    down: "v",
    ellipsis: "..",
    before: "<",
    after: ">",
    full: "#",
    empty: "-",
    horizontal: "-",
    vertical: "|",
    tee_down: "+",
    tee_up: "+",
    corners: ["+", "+", "+", "+"],
    spinner: &["|", "/", "-", "\\"],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sign_has_one_meaning_and_one_column() {
        for glyphs in [&UNICODE, &ASCII] {
            let Glyphs { pass, fail, partial, nothing, manual, unknown, waiting, .. } = *glyphs;
            let signs = [pass, fail, partial, nothing, manual, unknown, waiting];
            for (i, sign) in signs.iter().enumerate() {
                assert!(!signs[..i].contains(sign), "{sign} is there twice");
                assert_eq!(crate::screen::text::width(sign), 1, "{sign}");
            }
        }
    }
}
