//! What was visible in the last frame: how far it can scroll, and whether the whole review was shown.

/// The visible part of the main pane in the last frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawn {
    /// Whether the terminal is large enough to show a page.
    pub fits: bool,
    /// Text width in columns. Another width breaks lines differently.
    pub columns: usize,
    /// Number of text lines.
    pub lines: usize,
    /// Index of the first visible line.
    pub first: usize,
    /// Number of visible lines.
    pub shown: usize,
}

impl Drawn {
    /// Nothing has been drawn yet.
    pub const NOTHING: Self = Self { fits: true, columns: 0, lines: 0, first: 0, shown: 0 };

    /// One line of text, fully visible.
    pub const WHOLE: Self = Self { fits: true, columns: 80, lines: 1, first: 0, shown: 1 };

    pub const TOO_SMALL: Self = Self { fits: false, ..Self::NOTHING };

    /// First visible line after scrolling by `lines`.
    #[must_use]
    pub fn scrolled(&self, lines: i16) -> u16 {
        let last = self.lines.saturating_sub(self.shown);
        let first = self.first.saturating_add_signed(isize::from(lines)).min(last);
        u16::try_from(first).unwrap_or(u16::MAX)
    }

    /// Lines to scroll for one page: one less than visible, so that no line is skipped.
    #[must_use]
    pub fn page(&self) -> i16 {
        i16::try_from(self.shown.saturating_sub(1).max(1)).unwrap_or(i16::MAX)
    }
}

/// How much of a text has been on the screen, from its start without a gap.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Columns and lines of the text. In another layout the count starts again.
    layout: (usize, usize),
    lines: usize,
    whole: bool,
}

impl Coverage {
    /// Adds a frame.
    pub fn add(&mut self, drawn: &Drawn) {
        if !drawn.fits || drawn.shown == 0 {
            return;
        }
        if self.layout != (drawn.columns, drawn.lines) {
            *self = Self { layout: (drawn.columns, drawn.lines), lines: 0, whole: self.whole };
        }
        if drawn.first <= self.lines {
            self.lines = self.lines.max(drawn.first + drawn.shown);
        }
        self.whole |= self.lines >= drawn.lines;
    }

    /// Whether the whole text has been on the screen.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// Number of lines that have not been on the screen.
    #[must_use]
    pub fn left(&self) -> usize {
        if self.whole { 0 } else { self.layout.1.saturating_sub(self.lines).max(1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(first: usize, shown: usize) -> Drawn {
        Drawn { fits: true, columns: 60, lines: 20, first, shown }
    }

    #[test]
    fn scrolling_ends_where_the_text_ends() {
        let drawn = view(10, 8);
        assert_eq!([drawn.scrolled(-1), drawn.scrolled(1), drawn.scrolled(100)], [9, 11, 12]);
        assert_eq!([drawn.scrolled(i16::MIN), drawn.scrolled(i16::MAX)], [0, 12]);
        assert_eq!(drawn.page(), 7);
        assert_eq!(Drawn::NOTHING.scrolled(5), 0);
    }

    #[test]
    fn skipped_lines_do_not_count_as_seen() {
        let mut seen = Coverage::default();
        assert!(!seen.is_whole());
        seen.add(&view(0, 8));
        seen.add(&view(12, 8));
        assert_eq!((seen.is_whole(), seen.left()), (false, 12), "End passed over the middle");
        seen.add(&view(8, 8));
        seen.add(&view(12, 8));
        assert_eq!((seen.is_whole(), seen.left()), (true, 0));
        seen.add(&Drawn { columns: 30, lines: 40, ..view(0, 8) });
        assert!(seen.is_whole(), "what was read stays read");
    }

    #[test]
    fn another_width_starts_the_reading_again() {
        let mut seen = Coverage::default();
        seen.add(&view(0, 15));
        seen.add(&Drawn { columns: 40, lines: 30, ..view(10, 15) });
        assert_eq!(seen.left(), 30);
        seen.add(&Drawn::TOO_SMALL);
        assert!(!seen.is_whole());
    }
}
