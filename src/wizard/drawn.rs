//! What was visible in the last frame: how far it can scroll, and whether the whole review was shown.

/// What the last drawing of the main pane could show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawn {
    /// The terminal is large enough for more than a message that says it is not.
    pub fits: bool,
    /// Columns of the text. In another width it breaks into other lines.
    pub columns: usize,
    /// Lines of the text.
    pub lines: usize,
    /// The first of them that was in view, counted from 0.
    pub first: usize,
    /// How many were in view.
    pub shown: usize,
}

impl Drawn {
    /// Nothing was drawn yet.
    pub const NOTHING: Self = Self { fits: true, columns: 0, lines: 0, first: 0, shown: 0 };

    /// A text of one line that was in view.
    pub const WHOLE: Self = Self { fits: true, columns: 80, lines: 1, first: 0, shown: 1 };

    /// The terminal is too small.
    pub const TOO_SMALL: Self = Self { fits: false, ..Self::NOTHING };

    /// The first line after scrolling by `lines`.
    #[must_use]
    pub fn scrolled(&self, lines: i16) -> u16 {
        let last = self.lines.saturating_sub(self.shown);
        let first = self.first.saturating_add_signed(isize::from(lines)).min(last);
        u16::try_from(first).unwrap_or(u16::MAX)
    }

    /// Lines of a page: one less than there is room for, so that nothing is passed over.
    #[must_use]
    pub fn page(&self) -> i16 {
        i16::try_from(self.shown.saturating_sub(1).max(1)).unwrap_or(i16::MAX)
    }
}

/// How much of a text was on the screen so far, from its start and without a gap.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Columns and lines of the text: in another layout the same line is another one.
    layout: (usize, usize),
    lines: usize,
    whole: bool,
}

impl Coverage {
    /// Adds what was drawn.
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

    /// Whether all of it was.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// How many lines were not.
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
    fn in_another_width_reading_starts_again() {
        let mut seen = Coverage::default();
        seen.add(&view(0, 15));
        seen.add(&Drawn { columns: 40, lines: 30, ..view(10, 15) });
        assert_eq!(seen.left(), 30);
        seen.add(&Drawn::TOO_SMALL);
        assert!(!seen.is_whole());
    }
}
