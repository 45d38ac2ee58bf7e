//! Eight styles named by meaning. 24-bit terminals get our colours, with a contrast of at least 4.5:1 on usual
//! backgrounds. Others use their own sixteen.

use ratatui::style::{Color, Modifier, Style};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThemeName {
    Dark,
    Light,
    /// Without colours, for `NO_COLOR`.
    Plain,
}

impl ThemeName {
    pub const ALL: [Self; 3] = [Self::Dark, Self::Light, Self::Plain];
}

/// Styles by meaning. A glyph or a word always carries the same information.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Normal text.
    pub text: Style,
    /// Secondary text.
    pub dim: Style,
    /// Important names and the selection.
    pub accent: Style,
    /// In order.
    pub good: Style,
    /// Not in order.
    pub bad: Style,
    /// A warning before continuing.
    pub warn: Style,
    /// Irreversible actions; a real account.
    pub danger: Style,
    /// The focused element.
    pub focus: Style,
}

/// Accent, good, bad, warning, dim, and text on the accent, for a dark background.
const DARK: [u32; 6] = [0x6cb6ff, 0x57c97a, 0xff7b72, 0xe3b341, 0xa3acb9, 0x0d1117];
/// The same for a light background.
const LIGHT: [u32; 6] = [0x0a4fa3, 0x0f6232, 0xad1f1a, 0x734800, 0x545c66, 0xffffff];

impl Theme {
    /// The styles of `name`.
    #[must_use]
    pub fn named(name: ThemeName) -> Self {
        let plain = Self::plain();
        match name {
            ThemeName::Plain => plain,
            ThemeName::Dark => Self {
                accent: plain.accent.fg(Color::Cyan),
                good: plain.good.fg(Color::Green),
                bad: plain.text.fg(Color::LightRed),
                warn: plain.warn.fg(Color::Yellow),
                danger: plain.danger.fg(Color::LightRed),
                focus: plain.focus.fg(Color::Cyan),
                ..plain
            },
            // No yellow and no cyan: they are unreadable on white.
            ThemeName::Light => Self {
                accent: plain.accent.fg(Color::Blue),
                good: plain.good.fg(Color::Green),
                bad: plain.text.fg(Color::Red),
                warn: plain.warn.fg(Color::Magenta),
                danger: plain.danger.fg(Color::Red),
                focus: plain.focus.fg(Color::Blue),
                ..plain
            },
        }
    }

    /// The styles of `name` in 24-bit colours.
    #[must_use]
    pub fn in_24_bits(name: ThemeName) -> Self {
        let plain = Self::plain();
        let [accent, good, bad, warn, dim, back] = match name {
            ThemeName::Plain => return plain,
            ThemeName::Dark => DARK,
            ThemeName::Light => LIGHT,
        }
        .map(Color::from_u32);
        Self {
            text: plain.text,
            dim: plain.text.fg(dim),
            accent: plain.accent.fg(accent),
            good: plain.good.fg(good),
            bad: plain.bad.fg(bad),
            warn: plain.warn.fg(warn),
            danger: plain.danger.fg(bad),
            focus: plain.text.fg(back).bg(accent).add_modifier(Modifier::BOLD),
        }
    }

    /// Modifiers only. `dim` uses the terminal's own dimming: bright black, the usual grey, is invisible in some
    /// palettes.
    fn plain() -> Self {
        let style = Style::new();
        Self {
            text: style,
            dim: style.add_modifier(Modifier::DIM),
            accent: style.add_modifier(Modifier::BOLD),
            good: style,
            bad: style.add_modifier(Modifier::BOLD),
            warn: style,
            danger: style.add_modifier(Modifier::BOLD),
            focus: style.add_modifier(Modifier::REVERSED),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Common terminal backgrounds: black, and those of popular palettes.
    const DARK_BACKGROUNDS: [u32; 6] = [0x000000, 0x0d1117, 0x1e1e1e, 0x1e1e2e, 0x282c34, 0x002b36];
    const LIGHT_BACKGROUNDS: [u32; 4] = [0xffffff, 0xfafafa, 0xfdf6e3, 0xeff1f5];

    /// Relative luminance of a colour (WCAG 2.2).
    fn luminance(colour: u32) -> f64 {
        let part = |shift: u32| {
            let part = f64::from((colour >> shift) & 0xff) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0)
    }

    fn contrast(one: u32, other: u32) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn every_colour_is_legible_on_every_usual_background() {
        for (colours, backgrounds) in [(DARK, &DARK_BACKGROUNDS[..]), (LIGHT, &LIGHT_BACKGROUNDS[..])] {
            let [words @ .., on_accent] = colours;
            for colour in words {
                for &background in backgrounds {
                    let contrast = contrast(colour, background);
                    assert!(contrast >= 4.5, "{colour:06x} on {background:06x}: {contrast:.2}");
                }
            }
            assert!(contrast(on_accent, colours[0]) >= 4.5, "what is written on the accent");
        }
    }

    #[test]
    fn no_color_has_no_colours() {
        assert_eq!(Theme::in_24_bits(ThemeName::Plain), Theme::named(ThemeName::Plain));
    }
}
