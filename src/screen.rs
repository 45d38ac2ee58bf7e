//! Draws the wizard's state: header, checklist, main pane, keys. No IO, no clock, no memory between frames.

mod addresses;
mod blocks;
mod checklist;
mod footer;
mod frames;
mod glyphs;
mod header;
pub mod qr;
mod render_options;
mod sheet;
mod shell;
#[cfg(test)]
mod tests;
mod text;
mod theme;

use ratatui::Frame;

use crate::wizard::{Drawn, Wizard};
pub use addresses::{Hyperlink, links};
use shell::Shell;
pub use theme::{Theme, ThemeName};

/// Minimum columns and rows. Below them only a message is drawn, and nothing can be confirmed.
pub const MIN_SIZE: (u16, u16) = (60, 16);

/// Maximum columns of running text.
const READABLE: u16 = 96;

/// Theme and character set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RenderOptions {
    pub theme: Theme,
    /// Whether the terminal shows more than ASCII.
    pub unicode: bool,
}

impl RenderOptions {
    /// Options with this theme.
    #[must_use]
    pub fn new(theme: ThemeName, unicode: bool) -> Self {
        Self { theme: Theme::named(theme), unicode }
    }

    /// Options with 24-bit colours.
    #[must_use]
    pub fn in_24_bits(theme: ThemeName, unicode: bool) -> Self {
        Self { theme: Theme::in_24_bits(theme), unicode }
    }

    fn glyphs(&self) -> &'static glyphs::Glyphs {
        if self.unicode { &glyphs::UNICODE } else { &glyphs::ASCII }
    }
}

/// Draws `wizard`.
///
/// The caller must report the result to the wizard: [`Event::Drawn`](crate::wizard::Event::Drawn).
pub fn draw(frame: &mut Frame, wizard: &Wizard, options: &RenderOptions) -> Drawn {
    let area = frame.area();
    if area.width < MIN_SIZE.0 || area.height < MIN_SIZE.1 {
        return shell::too_small(frame, wizard, options);
    }
    let content = wizard.content();
    let third = wizard.third_pane().filter(|_| area.width >= shell::THREE_PANES);
    let shell = Shell::of(area, wizard, options, content.room, third.is_some());
    header::draw(frame, shell.header, wizard, options);
    shell.draw_rules(frame, wizard, options);
    match shell.checklist {
        shell::ChecklistLayout::Pane(area) => checklist::draw(frame, area, wizard, options),
        shell::ChecklistLayout::Line(area) => checklist::draw_line(frame, area, wizard, options),
        shell::ChecklistLayout::Hidden => {}
    }
    let drawn = blocks::show(frame, shell.main, wizard, options, &content, wizard.line());
    if let (Some(area), Some(third)) = (shell.third, third) {
        blocks::show_cut(frame, area, wizard, options, &third);
    }
    footer::draw(frame, shell.keys, wizard, options);
    drawn
}
