//! Eight styles with names that say what they mean. Colours are the terminal's own sixteen, so that the user's palette
//! decides; no pane names a colour itself.

use ratatui::style::{Color, Modifier, Style};

/// Which set of styles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThemeName {
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
    /// Without any colour, for `NO_COLOR`.
    Plain,
}

impl ThemeName {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Dark, Self::Light, Self::Plain];
}

/// The styles by meaning. None of them says anything that a glyph or a word does not say too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// What is to be read.
    pub text: Style,
    /// What is there to be looked up.
    pub dim: Style,
    /// Names that matter, what is picked.
    pub accent: Style,
    /// Sound.
    pub good: Style,
    /// Not sound.
    pub bad: Style,
    /// To be known before going on.
    pub warn: Style,
    /// What can't be taken back; a real account.
    pub danger: Style,
    /// What the next key goes to.
    pub focus: Style,
}

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
                bad: plain.bad.fg(Color::LightRed),
                warn: plain.warn.fg(Color::Yellow),
                danger: plain.danger.fg(Color::LightRed),
                focus: plain.focus.fg(Color::Cyan),
                ..plain
            },
            // No yellow and no cyan: on white nobody can read them.
            ThemeName::Light => Self {
                accent: plain.accent.fg(Color::Blue),
                good: plain.good.fg(Color::Green),
                bad: plain.bad.fg(Color::Red),
                warn: plain.warn.fg(Color::Magenta),
                danger: plain.danger.fg(Color::Red),
                focus: plain.focus.fg(Color::Blue),
                ..plain
            },
        }
    }

    /// Modifiers only. `dim` is the terminal's own dimming of its own text: bright black, the usual grey, is invisible
    /// in some palettes.
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
