//! The style of each meaning and the character of each glyph.

use ratatui::style::{Modifier, Style};

use super::RenderOptions;
use crate::account::Timestamp;
use crate::wizard::content::{Glyph, Meaning};

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

    pub(super) fn badge(&self, meaning: Meaning) -> Style {
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
