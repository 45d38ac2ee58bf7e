//! Draws QR codes: always dark on light, with a quiet zone, so that cameras can read them.

use qrcode::bits::Bits;
use qrcode::{Color as Module, EcLevel, QrCode, Version};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::{Color, Modifier, Style};

/// Themes remap the sixteen colours, and some palettes 16 to 21 too. Some terminals lack true colour. On 256 colours,
/// the last cell of the colour cube is always white, and the first of the grey ramp always black.
const LIGHT: Color = Color::Indexed(231);
/// See [`LIGHT`].
const DARK: Color = Color::Indexed(232);

/// The light margin around a code, in modules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietZone {
    /// Left and right.
    pub sides: u16,
    pub top: u16,
    pub bottom: u16,
}

impl QuietZone {
    /// The standard's zone; a smaller one that cameras accept; and the largest that 80×24 leaves for a seed longer
    /// than AWS's, which is better than no code.
    pub const ALL: [Self; 3] = [
        Self { sides: 4, top: 4, bottom: 4 },
        Self { sides: 2, top: 2, bottom: 2 },
        Self { sides: 2, top: 1, bottom: 2 },
    ];
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modules {
    side: usize,
    dark: Vec<bool>,
}

/// The smallest code for `text` at the lowest error correction. `None`: too long for any.
#[must_use]
pub fn modules(text: &str) -> Option<Modules> {
    let code = (1..=40).find_map(|version| encoded(text, Version::Normal(version)))?;
    Some(Modules {
        side: code.width(),
        dark: code.to_colors().into_iter().map(|module| module == Module::Dark).collect(),
    })
}

/// `text` in a code of this `version`, if it fits. Level L suffices, since a screen has no dirt or creases, and the
/// code must fit 80×24. The switch from bytes to letters is chosen here: left to the library, the size would depend
/// on the seed.
fn encoded(text: &str, version: Version) -> Option<QrCode> {
    let (before, seed, after) = around_seed(text);
    let mut bits = Bits::new(version);
    bits.push_byte_data(before.as_bytes()).ok()?;
    if !seed.is_empty() {
        bits.push_alphanumeric_data(seed.as_bytes()).ok()?;
    }
    if !after.is_empty() {
        bits.push_byte_data(after.as_bytes()).ok()?;
    }
    bits.push_terminator(EcLevel::L).ok()?;
    QrCode::with_bits(bits, EcLevel::L).ok()
}

/// Splits `text` around its first long run of base32.
fn around_seed(text: &str) -> (&str, &str, &str) {
    const LONG: usize = 16;
    let is_base32 = |c: char| c.is_ascii_uppercase() || ('2'..='7').contains(&c);
    let run = text.split(|c| !is_base32(c)).find(|run| run.len() >= LONG);
    match run.and_then(|run| Some((run, text.split_once(run)?))) {
        Some((run, (before, after))) => (before, run, after),
        None => (text, "", ""),
    }
}

impl Modules {
    /// Modules per side, without quiet zone.
    #[must_use]
    pub fn side(&self) -> usize {
        self.side
    }

    /// Whether the module at column `x`, row `y` is dark. Modules outside are light.
    #[must_use]
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.side && y < self.side && self.dark[y * self.side + x]
    }

    /// Its size in cells with this quiet zone.
    #[must_use]
    pub fn cells(&self, zone: QuietZone, unicode: bool) -> Size {
        let (width, height) = (self.side as u16 + 2 * zone.sides, self.side as u16 + zone.top + zone.bottom);
        if unicode { Size::new(width, height.div_ceil(2)) } else { Size::new(2 * width, height) }
    }

    /// Its minimum size in cells.
    #[must_use]
    pub fn least(&self, unicode: bool) -> Size {
        self.cells(QuietZone::ALL[2], unicode)
    }

    /// Draws it at the top left of `area` with the widest quiet zone that fits. Returns the covered area; `None`: no
    /// room, nothing drawn.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, unicode: bool) -> Option<Rect> {
        let fits = |size: &Size| size.width <= area.width && size.height <= area.height;
        let sized = QuietZone::ALL.map(|zone| (zone, self.cells(zone, unicode)));
        let (zone, size) = sized.into_iter().find(|(_, size)| fits(size))?;
        let taken = Rect { width: size.width, height: size.height, ..area };
        for position in taken.positions() {
            let (x, y) = (usize::from(position.x - area.x), usize::from(position.y - area.y));
            let (symbol, style) = self.cell(x, y, zone, unicode);
            let cell = &mut buffer[position];
            cell.reset();
            cell.set_symbol(symbol).set_style(style);
        }
        Some(taken)
    }

    fn cell(&self, x: usize, y: usize, zone: QuietZone, unicode: bool) -> (&'static str, Style) {
        let (left, top) = (usize::from(zone.sides), usize::from(zone.top));
        let dark = |x: usize, y: usize| x >= left && y >= top && self.is_dark(x - left, y - top);
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

    fn uri(name: &str) -> String {
        crate::totp::uri(&crate::secret::Secret::new("A7".repeat(32)), name, "123456789012").expose().to_owned()
    }

    #[test]
    fn every_seed_and_name_gives_a_qr_code_that_fits_80_by_24() {
        for seed in ["A".repeat(64), "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".repeat(2), "2".repeat(64), "7Q".repeat(32)] {
            for name in ["a", "administrator", "averyveryverylongnamethatnobodywouldchoose"] {
                let uri = crate::totp::uri(&crate::secret::Secret::new(seed.clone()), name, "123456789012");
                let side = modules(uri.expose()).map(|modules| modules.side());
                assert_eq!(side, Some(37), "version 5: {name} {seed}");
            }
        }
    }

    /// A module as a camera sees it, from the colours of the cells' halves.
    fn seen(buffer: &Buffer, x: usize, y: usize, unicode: bool) -> bool {
        let at = if unicode { (x as u16, y as u16 / 2) } else { (2 * x as u16, y as u16) };
        let cell = &buffer[at];
        let ink = matches!((cell.symbol(), y % 2), ("█", _) | ("▀", 0) | ("▄", 1));
        if ink { cell.fg == DARK } else { cell.bg == DARK }
    }

    #[test]
    fn the_drawn_cells_match_the_qr_code() {
        let modules = modules(&uri("administrator")).unwrap();
        for (unicode, room) in [(true, (45, 22)), (true, (45, 23)), (true, (60, 30)), (false, (120, 60))] {
            let mut buffer = Buffer::empty(Rect::new(0, 0, room.0, room.1));
            let area = buffer.area;
            let taken = modules.draw(&mut buffer, area, unicode).unwrap();
            let zone =
                QuietZone::ALL.into_iter().find(|zone| modules.cells(*zone, unicode) == taken.as_size()).unwrap();
            for y in 0..modules.side() + usize::from(zone.top + zone.bottom) {
                for x in 0..modules.side() + 2 * usize::from(zone.sides) {
                    let (left, top) = (usize::from(zone.sides), usize::from(zone.top));
                    let dark = x >= left && y >= top && modules.is_dark(x - left, y - top);
                    assert_eq!(seen(&buffer, x, y, unicode), dark, "{x},{y} with {zone:?}");
                }
            }
            for cell in taken.positions().map(|position| &buffer[position]) {
                assert!([cell.fg, cell.bg].iter().all(|colour| [LIGHT, DARK].contains(colour)), "{cell:?}");
                assert_eq!(cell.modifier, Modifier::empty());
            }
        }
    }

    #[test]
    fn the_qr_code_fits_80_by_24_beside_the_seed() {
        for name in ["root", "administrator", "administrator-2"] {
            let least = modules(&uri(name)).unwrap().least(true);
            assert!(least.width <= 45 && least.height <= 22, "{name}: {least}");
        }
    }

    #[test]
    fn a_qr_code_without_room_is_not_drawn() {
        let modules = modules("https://example.com").unwrap();
        let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 9));
        let before = buffer.clone();
        let area = buffer.area;
        assert!(modules.draw(&mut buffer, area, true).is_none());
        assert_eq!(buffer, before);
    }

    #[test]
    fn a_text_that_is_too_long_gives_no_qr_code() {
        assert!(modules(&"x".repeat(4000)).is_none());
    }
}
