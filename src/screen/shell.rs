//! Where things are: header, rules, checklist, main pane, keys; and what is said where there is no room for them.
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

use super::sheet::Sheet;
use super::text::{clean, cut, width, wrap};
use super::{LEAST, Look, footer};
use crate::steps::{StepId, root_mfa};
use crate::wizard::{Mode, Overlay, Place, Stage, Wizard};

/// Columns of the checklist.
const CHECKLIST: u16 = 26;
/// Columns from which it has a pane of its own.
const TWO_PANES: u16 = 72;

/// How the way is shown.
pub(super) enum Way {
    /// As a list on the left.
    Pane(Rect),
    /// As one line above the main pane.
    Line(Rect),
    /// Not at all: the main pane needs the whole screen.
    Hidden,
}

/// The parts of the screen.
pub(super) struct Shell {
    pub header: Rect,
    pub checklist: Way,
    pub main: Rect,
    pub keys: Rect,
    /// The rule under the header (or under the checklist's line), if there is room for one.
    upper: Option<Rect>,
    /// The rule above the keys, or the remark in its place.
    lower: Rect,
}

impl Shell {
    pub fn of(area: Rect, wizard: &Wizard, look: &Look) -> Self {
        let row = |y: u16, height: u16| Rect { y, height, ..area };
        let remark = remark(wizard, look, area.width).len().max(1) as u16;
        let keys = row(area.height - 1, 1);
        let lower = row(area.height - 1 - remark, remark);
        let header = row(0, 1);
        let between = |top: u16, left: u16| Rect {
            x: left,
            y: top,
            width: area.width - left - 1,
            height: lower.y.saturating_sub(top),
        };
        if needs_all(wizard) {
            return Self { header, checklist: Way::Hidden, main: between(1, 0), keys, upper: None, lower };
        }
        if area.width < TWO_PANES || address_needs_all(wizard, area.width) {
            let way = Way::Line(row(1, 1));
            return Self { header, checklist: way, main: between(3, 1), keys, upper: Some(row(2, 1)), lower };
        }
        let list = Rect { x: 0, y: 2, width: CHECKLIST, height: lower.y.saturating_sub(2) };
        Self {
            header,
            checklist: Way::Pane(list),
            main: between(2, CHECKLIST + 2),
            keys,
            upper: Some(row(1, 1)),
            lower,
        }
    }

    /// Draws the rules, with the mode in one of them, and the remark.
    pub fn draw_rules(&self, frame: &mut Frame, wizard: &Wizard, look: &Look) {
        let glyphs = look.glyphs();
        let split = matches!(self.checklist, Way::Pane(_));
        if let Some(upper) = self.upper {
            rule(frame, upper, look, split.then_some(glyphs.tee_down));
        }
        rule(frame, self.lower, look, split.then_some(glyphs.tee_up));
        mode(frame, self.upper.unwrap_or(self.lower), wizard, look);
        if split {
            for y in self.main.y..self.lower.y {
                frame.buffer_mut().set_string(CHECKLIST, y, glyphs.vertical, look.theme.dim);
            }
        }
        let remark = remark(wizard, look, self.lower.width);
        for (i, line) in remark.iter().enumerate() {
            let y = self.lower.y + i as u16;
            let line = format!(" {line:<columns$}", columns = usize::from(self.lower.width) - 1);
            frame.buffer_mut().set_stringn(0, y, line, usize::from(self.lower.width), look.theme.warn.patch(bold()));
        }
    }
}

fn bold() -> ratatui::style::Style {
    ratatui::style::Style::new().add_modifier(Modifier::BOLD)
}

/// Whether the QR code is in the main pane: at 80×24 it leaves no room for anything else.
fn needs_all(wizard: &Wizard) -> bool {
    let enrolling = matches!(wizard.here().map(|step| &step.stage), Some(Stage::Enrolling(_)));
    wizard.overlay == Overlay::Address || (enrolling && matches!(wizard.overlay, Overlay::None | Overlay::Leaving))
}

/// Whether the console's address would be broken beside the checklist: broken, no terminal lets it be clicked.
fn address_needs_all(wizard: &Wizard, columns: u16) -> bool {
    let handed_off = matches!(wizard.step(StepId::RootMfa).stage, Stage::HandedOff(_));
    let beside = usize::from(columns.saturating_sub(CHECKLIST + 3));
    handed_off
        && wizard.place == Place::Step(StepId::RootMfa)
        && width(&root_mfa::console_address(&wizard.facts)) > beside
}

/// The remark in lines. Where every row counts it is cut to one.
fn remark(wizard: &Wizard, look: &Look, columns: u16) -> Vec<String> {
    let Some(remark) = &wizard.remark else { return Vec::new() };
    let ellipsis = look.glyphs().ellipsis;
    let text = clean(&format!("{} {remark}", look.glyphs().partial), look.unicode);
    let room = usize::from(columns).saturating_sub(2);
    if needs_all(wizard) {
        return vec![cut(&text, room, ellipsis)];
    }
    let mut lines = wrap(&text, room);
    if lines.len() > 3 {
        lines.truncate(3);
        lines[2] = cut(&format!("{} {ellipsis}", lines[2]), room, ellipsis);
    }
    lines
}

fn rule(frame: &mut Frame, area: Rect, look: &Look, tee: Option<&str>) {
    let glyphs = look.glyphs();
    let line = glyphs.horizontal.repeat(usize::from(area.width));
    frame.buffer_mut().set_string(area.x, area.y, line, look.theme.dim);
    if let Some(tee) = tee {
        frame.buffer_mut().set_string(CHECKLIST, area.y, tee, look.theme.dim);
    }
}

/// Says in a rule whether it is for real.
fn mode(frame: &mut Frame, area: Rect, wizard: &Wizard, look: &Look) {
    let theme = &look.theme;
    let (words, style) = match wizard.mode {
        Mode::Practice { .. } => (" PRACTICE · nothing here is real ", theme.accent),
        Mode::Live => (" LIVE · a real AWS account ", theme.danger),
    };
    let words = clean(words, look.unicode);
    let x = (area.x + area.width).saturating_sub(width(&words) as u16 + 2);
    frame.buffer_mut().set_string(x, area.y, words, style);
}

/// What is said below the least size. One line is enough in a very small one.
pub(super) fn too_small(frame: &mut Frame, wizard: &Wizard, look: &Look) {
    let area = frame.area();
    let mut sheet = Sheet::new(look, area.width);
    let style = look.theme.text;
    sheet.say(style, &format!("lockroot [{}]", wizard.mode.word()));
    sheet.say(style, &format!("needs {}×{}, this is {}×{}.", LEAST.0, LEAST.1, area.width, area.height));
    sheet.say(style, "Make the terminal larger, or its font smaller.");
    sheet.say(style, "The keys go on working:");
    sheet.say(look.theme.dim, &footer::fitted(wizard, look, area.width).1);
    let foot = Sheet::new(look, area.width);
    super::Pane { body: sheet, foot, scroll: 0 }.show(frame, area);
}
