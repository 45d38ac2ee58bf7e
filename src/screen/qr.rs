//! QR codes in cells: always dark on light, with a quiet zone, in every theme. What is drawn here must be readable by a
//! camera; nothing else matters.

use qrcode::{Color as Module, EcLevel, QrCode};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::{Color, Modifier, Style};

/// Themes remap the sixteen colours, and some shell palettes 16 to 21 too; true colour is missing in some terminals. The
/// last cell of the colour cube and the first of the grey ramp mean white and black wherever there are 256 colours.
const LIGHT: Color = Color::Indexed(231);
/// See [`LIGHT`].
const DARK: Color = Color::Indexed(232);

/// The quiet zone that the standard asks for, in modules, and the one that cameras still take.
const ZONES: [u16; 2] = [4, 2];

/// A QR code's modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modules {
    side: usize,
    dark: Vec<bool>,
}

/// The modules of the smallest code, at the lowest error correction, that says `text`. `None`: it is too long for any.
#[must_use]
pub fn modules(text: &str) -> Option<Modules> {
    // Level L: a screen has no dirt and no creases, and the code has to fit 80×24.
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    Some(Modules {
        side: code.width(),
        dark: code.to_colors().into_iter().map(|module| module == Module::Dark).collect(),
    })
}

impl Modules {
    /// Modules on one side, without quiet zone.
    #[must_use]
    pub fn side(&self) -> usize {
        self.side
    }

    /// Whether the module at column `x`, row `y` is dark. Everything outside is light.
    #[must_use]
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.side && y < self.side && self.dark[y * self.side + x]
    }

    /// The cells that it takes with a quiet zone of `zone` modules.
    #[must_use]
    pub fn cells(&self, zone: u16, unicode: bool) -> Size {
        let side = self.side as u16 + 2 * zone;
        if unicode { Size::new(side, side.div_ceil(2)) } else { Size::new(2 * side, side) }
    }

    /// The least room that it can be drawn in.
    #[must_use]
    pub fn least(&self, unicode: bool) -> Size {
        self.cells(ZONES[1], unicode)
    }

    /// Draws it into the upper left of `area`, with the widest quiet zone that fits, and says what it took; `None`, and
    /// nothing is drawn, where there is no room.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, unicode: bool) -> Option<Rect> {
        let fits = |size: &Size| size.width <= area.width && size.height <= area.height;
        let (zone, size) = ZONES.iter().map(|zone| (*zone, self.cells(*zone, unicode))).find(|(_, size)| fits(size))?;
        let taken = Rect { width: size.width, height: size.height, ..area };
        for position in taken.positions() {
            let (x, y) = (usize::from(position.x - area.x), usize::from(position.y - area.y));
            let (symbol, style) = self.cell(x, y, usize::from(zone), unicode);
            let cell = &mut buffer[position];
            cell.reset();
            cell.set_symbol(symbol).set_style(style);
        }
        Some(taken)
    }

    fn cell(&self, x: usize, y: usize, zone: usize, unicode: bool) -> (&'static str, Style) {
        let dark = |x: usize, y: usize| x >= zone && y >= zone && self.is_dark(x - zone, y - zone);
        let style = Style::new().fg(DARK).bg(LIGHT).remove_modifier(Modifier::all());
        if !unicode {
            return (" ", if dark(x / 2, y) { style.fg(LIGHT).bg(DARK) } else { style });
        }
        let symbol = match (dark(x, 2 * y), dark(x, 2 * y + 1)) {
            (false, false) => " ",
            (true, false) => "▀",
            (false, true) => "▄",
            (true, true) => "█",
        };
        (symbol, style)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::ThemeName;

    fn read_back(buffer: &Buffer, taken: Rect, side: usize, unicode: bool) -> Vec<bool> {
        let zone = if unicode { (usize::from(taken.width) - side) / 2 } else { (usize::from(taken.height) - side) / 2 };
        let dark = |x: usize, y: usize| {
            let at = if unicode { (x as u16, y as u16 / 2) } else { (2 * x as u16, y as u16) };
            let cell = &buffer[(taken.x + at.0, taken.y + at.1)];
            let inked = match (cell.symbol(), y % 2) {
                ("█", _) | ("▀", 0) | ("▄", 1) => true,
                _ => false,
            };
            if inked { cell.fg == DARK } else { cell.bg == DARK }
        };
        (0..side * side).map(|i| dark(i % side + zone, i / side + zone)).collect()
    }

    #[test]
    fn the_cells_say_what_the_code_says() {
        let text = format!("otpauth://totp/AWS:administrator@123456789012?secret={}&issuer=AWS", "A7".repeat(32));
        let modules = modules(&text).unwrap();
        assert_eq!(modules.side(), 37, "version 5");
        assert_eq!(modules.least(true), Size::new(41, 21), "beside the seed at 80×24");
        for unicode in [true, false] {
            let area = Rect::new(3, 2, 120, 50);
            let mut buffer = Buffer::empty(Rect::new(0, 0, 130, 60));
            let taken = modules.draw(&mut buffer, area, unicode).unwrap();
            assert_eq!(read_back(&buffer, taken, modules.side(), unicode), modules.dark);
            for position in taken.positions() {
                let cell = &buffer[position];
                assert!([cell.fg, cell.bg].iter().all(|colour| [LIGHT, DARK].contains(colour)), "{cell:?}");
                assert_eq!(cell.modifier, Modifier::empty());
            }
        }
        let _ = ThemeName::ALL;
    }

    #[test]
    fn a_code_without_room_is_not_drawn_at_all() {
        let modules = modules("https://example.com").unwrap();
        let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 9));
        let before = buffer.clone();
        let area = buffer.area;
        assert!(modules.draw(&mut buffer, area, true).is_none());
        assert_eq!(buffer, before);
    }

    #[test]
    fn what_no_code_can_hold_has_no_modules() {
        assert!(modules(&"x".repeat(4000)).is_none());
    }
}
