//! Where things are: header, rules, checklist, main pane, keys; and the message for a screen that is too small.
//!
//! ```text
//!  lockroot  [PRACTICE fresh]            root · 1234-5678-9012    header
//! ─────────────────────────┬────────── PRACTICE · … ───────────   rule
//!  ✓ 1 Signed in       yes │ Root access keys                     checklist, main
//! ─────────────────────────┴───────────────────────────────────   rule, or a remark
//!  ↑↓ pick  ⏎ choose  ? help  q quit                              keys
//! ```

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::sheet::{Pane, Sheet};
use super::text::{clean, cut, width, wrap};
use super::{MIN_SIZE, READABLE, RenderOptions, blocks, footer};
use crate::wizard::content::Room;
use crate::wizard::{Drawn, Mode, SmallScreen, Wizard};

/// Columns of the checklist.
const CHECKLIST: u16 = 26;
/// Minimum columns for a checklist pane.
const TWO_PANES: u16 = 72;
/// Minimum columns for a third pane, whose content is available elsewhere on narrower terminals.
pub(super) const THREE_PANES: u16 = 120;
/// Minimum columns of the main pane beside a third one.
const BESIDE_THIRD: u16 = 54;

/// Shown while the session is expired and no other remark is.
const SESSION_OVER: &str = "The session has expired. Ctrl-L signs in again; your input is kept.";

/// How the checklist is drawn.
pub(super) enum ChecklistLayout {
    /// A list on the left.
    Pane(Rect),
    /// One line above the main pane.
    Line(Rect),
    /// Not drawn: the main pane needs the whole screen.
    Hidden,
}

/// The areas of the screen.
pub(super) struct Shell {
    pub header: Rect,
    pub checklist: ChecklistLayout,
    pub main: Rect,
    /// A third pane, if there is room and the page has content for it.
    pub third: Option<Rect>,
    pub keys: Rect,
    /// The rule under the header or the checklist's line, if there is room.
    upper: Option<Rect>,
    /// The rule above the keys, or the remark instead, if the main pane leaves room.
    lower: Option<Rect>,
}

impl Shell {
    /// The areas for a page that needs `room`, with a third pane if `has_third_pane`.
    pub fn of(area: Rect, wizard: &Wizard, options: &RenderOptions, room: Room, has_third_pane: bool) -> Self {
        let row = |y: u16, height: u16| Rect { y, height, ..area };
        let remark = remark(wizard, options, area.width).len().max(1) as u16;
        let keys = row(area.height - 1, 1);
        let lower = row(area.height - 1 - remark, remark);
        let header = row(0, 1);
        let between = |top: u16, left: u16, bottom: u16| Rect {
            x: left,
            y: top,
            width: area.width - left - 1,
            height: bottom.saturating_sub(top),
        };
        // The QR code is in the main pane and leaves no room at 80×24.
        if room == Room::Whole {
            let main = between(1, 1, keys.y);
            return Self {
                header,
                checklist: ChecklistLayout::Hidden,
                main,
                third: None,
                keys,
                upper: None,
                lower: None,
            };
        }
        let (checklist, main, upper) = if area.width < TWO_PANES || address_needs_all(wizard, area.width) {
            (ChecklistLayout::Line(row(1, 1)), between(3, 1, lower.y), row(2, 1))
        } else {
            let list = Rect { x: 0, y: 2, width: CHECKLIST, height: lower.y.saturating_sub(2) };
            (ChecklistLayout::Pane(list), between(2, CHECKLIST + 2, lower.y), row(1, 1))
        };
        let (main, third) = split(main, has_third_pane);
        Self { header, checklist, main, third, keys, upper: Some(upper), lower: Some(lower) }
    }

    /// Draws the rules, the mode and the remark.
    pub fn draw_rules(&self, frame: &mut Frame, wizard: &Wizard, options: &RenderOptions) {
        let glyphs = options.glyphs();
        let split = matches!(self.checklist, ChecklistLayout::Pane(_));
        if let Some(upper) = self.upper {
            mode_rule(frame, upper, wizard, options);
            if split {
                frame.buffer_mut().set_string(CHECKLIST, upper.y, glyphs.tee_down, options.theme.dim);
            }
        }
        let Some(lower) = self.lower else { return };
        rule(frame, lower, options);
        if split {
            frame.buffer_mut().set_string(CHECKLIST, lower.y, glyphs.tee_up, options.theme.dim);
            for y in self.main.y..lower.y {
                frame.buffer_mut().set_string(CHECKLIST, y, glyphs.vertical, options.theme.dim);
            }
        }
        if let (Some(third), Some(upper)) = (self.third, self.upper) {
            let x = third.x - 2;
            frame.buffer_mut().set_string(x, upper.y, glyphs.tee_down, options.theme.dim);
            for y in third.y..lower.y {
                frame.buffer_mut().set_string(x, y, glyphs.vertical, options.theme.dim);
            }
            frame.buffer_mut().set_string(x, lower.y, glyphs.tee_up, options.theme.dim);
        }
        for (i, line) in remark(wizard, options, lower.width).iter().enumerate() {
            let columns = usize::from(lower.width);
            let line = super::text::pad(&format!(" {line}"), columns);
            frame.buffer_mut().set_stringn(
                0,
                lower.y + i as u16,
                line,
                columns,
                options.theme.warn.patch(bold()).remove_modifier(Modifier::DIM),
            );
        }
    }
}

/// The main pane, and the third pane if there is one.
fn split(main: Rect, has_third_pane: bool) -> (Rect, Option<Rect>) {
    if !has_third_pane {
        return (main, None);
    }
    let left = BESIDE_THIRD.max(main.width * 11 / 20).min(READABLE);
    let third = Rect { x: main.x + left + 3, width: (main.width - left - 3).min(READABLE), ..main };
    (Rect { width: left, ..main }, Some(third))
}

fn bold() -> ratatui::style::Style {
    ratatui::style::Style::new().add_modifier(Modifier::BOLD)
}

/// Whether a URL would wrap beside the checklist: terminals cannot link a wrapped URL.
fn address_needs_all(wizard: &Wizard, columns: u16) -> bool {
    let beside = usize::from(columns.saturating_sub(CHECKLIST + 3));
    wizard.here().unbroken(&wizard.world).is_some_and(|address| width(&address) > beside)
}

/// The remark in at most three lines.
fn remark(wizard: &Wizard, options: &RenderOptions, columns: u16) -> Vec<String> {
    let over = wizard.world.sign_in().over.is_some() && !wizard.world.offers_ways();
    // After the deletion of root's own key the page itself says so.
    let notice = (over && wizard.world.removal().is_none()).then_some(SESSION_OVER);
    let Some(remark) = wizard.world.remark().or(notice) else { return Vec::new() };
    let ellipsis = options.glyphs().ellipsis;
    let text = clean(&format!("{} {remark}", options.glyphs().partial), options.unicode);
    let room = usize::from(columns).saturating_sub(2);
    let mut lines = wrap(&text, room);
    if lines.len() > 3 {
        lines.truncate(3);
        lines[2] = cut(&format!("{} {ellipsis}", lines[2]), room, ellipsis);
    }
    lines
}

fn rule(frame: &mut Frame, area: Rect, options: &RenderOptions) {
    let line = options.glyphs().horizontal.repeat(usize::from(area.width));
    frame.buffer_mut().set_string(area.x, area.y, line, options.theme.dim);
}

/// A rule that shows practice or live.
pub(super) fn mode_rule(frame: &mut Frame, area: Rect, wizard: &Wizard, options: &RenderOptions) {
    rule(frame, area, options);
    let theme = &options.theme;
    let (words, style) = match wizard.world.mode() {
        Mode::Practice { .. } => (" PRACTICE · nothing here is real ", theme.accent),
        Mode::Live => (" LIVE · a real AWS account ", theme.danger),
    };
    let words = clean(words, options.unicode);
    let words =
        if width(&words) + 4 > usize::from(area.width) { format!(" {} ", wizard.world.mode().word()) } else { words };
    let x = (area.x + area.width).saturating_sub(width(&words) as u16 + 2);
    frame.buffer_mut().set_string(x, area.y, words, style.remove_modifier(Modifier::DIM));
}

/// The message below the minimum size; one line in a tiny terminal. Help stays readable as far as it fits.
pub(super) fn too_small(frame: &mut Frame, wizard: &Wizard, options: &RenderOptions) -> Drawn {
    let area = frame.area();
    let mut sheet = Sheet::new(options, area.width);
    let style = options.theme.text;
    sheet.say(style, &format!("lockroot [{}]", wizard.world.mode().word()));
    let small = wizard.front().small_screen();
    if small == Some(SmallScreen::Whole) {
        sheet.append(blocks::sheet(&wizard.content().body, options, area.width, wizard.now(), None));
        let drawn = Pane::roomy(sheet, Sheet::new(options, area.width)).show(frame, area, wizard.line());
        return Drawn { fits: false, ..drawn };
    }
    sheet.say(style, &format!("needs {}×{}, this is {}×{}.", MIN_SIZE.0, MIN_SIZE.1, area.width, area.height));
    if let Some(SmallScreen::Sentence(sentence)) = small {
        sheet.say(style, sentence);
    } else {
        sheet.say(style, "Make the terminal larger, or its font smaller.");
        sheet.say(style, "Until then nothing can be chosen, typed or confirmed. These keys work:");
    }
    sheet.say(options.theme.dim, &footer::plain(wizard, options, area.width));
    let foot = Sheet::new(options, area.width);
    Pane::tight(sheet, foot).show(frame, area, None);
    Drawn::TOO_SMALL
}
