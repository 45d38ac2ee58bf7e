//! The page with the QR code: the code on the left, on the right the seed for typing and the two fields. It has the
//! whole screen, because at 80×24 the code leaves room for nothing else.

use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::style::Modifier;

use super::sheet::{Pane, Sheet};
use super::text::clean;
use super::{Look, form, phone, qr, shell};
use crate::account::Caller;
use crate::account::change::device_name;
use crate::secret::Secret;
use crate::totp::{self, STEP, seconds_left};
use crate::wizard::stage::{CodeField, Enrolee, Enrolment};
use crate::wizard::{Drawn, Wizard};

/// Columns that the words need beside the code.
pub(super) const WORDS: u16 = 30;
/// Columns past which the words are not stretched.
pub(super) const WIDEST: u16 = 60;

/// Draws it.
pub(super) fn draw(frame: &mut Frame, area: Rect, enrolment: &Enrolment, wizard: &Wizard, look: &Look) -> Drawn {
    let modules = qr::modules(enrolment.uri.expose());
    let room = Rect { width: area.width.saturating_sub(WORDS + 2), ..area };
    let taken = modules.as_ref().and_then(|modules| modules.draw(frame.buffer_mut(), room, look.unicode));
    let left = taken.map_or(0, |taken| taken.width + 2);
    let right = Rect { x: area.x + left, width: area.width.saturating_sub(left), ..area };
    shell::mode_rule(frame, Rect { y: right.y + right.height - 1, height: 1, ..right }, wizard, look);
    let words = Rect { width: right.width.min(WIDEST), height: right.height - 1, ..right };
    let phone = if enrolment.phone { phone::HEIGHT.min(words.height / 2) } else { 0 };
    let above = Rect { height: words.height - phone, ..words };
    let missing = if taken.is_none() { modules.map(|modules| modules.least(look.unicode)) } else { None };
    let drawn = sheet(wizard, look, words.width, enrolment, missing).show(frame, above, wizard.scroll);
    if phone > 0 {
        let below = Rect { y: words.y + above.height, height: phone, ..words };
        phone::draw(frame, below, &enrolment.device.seed, wizard.now, look);
    }
    drawn
}

/// The words without the code.
pub(super) fn words<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16, enrolment: &Enrolment) -> Pane<'a> {
    let least = qr::modules(enrolment.uri.expose()).map(|modules| modules.least(look.unicode));
    sheet(wizard, look, columns, enrolment, least)
}

/// `missing`: the code does not fit; what it would take.
fn sheet<'a>(wizard: &Wizard, look: &'a Look, columns: u16, enrolment: &Enrolment, missing: Option<Size>) -> Pane<'a> {
    let theme = &look.theme;
    let mut body = Sheet::new(look, columns);
    match &enrolment.enrolee {
        Enrolee::User(user) => body.title(&format!("MFA for {user}")),
        Enrolee::Root => body.title("MFA for root: practice console"),
        Enrolee::RootHere => body.title("MFA for root"),
    }
    body.line(&[(theme.dim, "device "), (theme.text, device_name(&enrolment.device.serial))]);
    body.gap();
    match missing {
        None => body.say(theme.text, "Scan it, or type it in:"),
        Some(size) => {
            let (width, height) = (size.width + WORDS + 4, size.height + 2);
            let text = format!("The QR code takes a terminal of {width}×{height}. Type this into the app instead:");
            body.say(theme.warn, &text);
        }
    }
    seed(&mut body, &enrolment.device.seed);
    body.gap();
    body.say(theme.text, "Then two codes, in order:");
    code(&mut body, "First code ", &enrolment.codes.0, enrolment.focus == CodeField::First);
    code(&mut body, "Second code", &enrolment.codes.1, enrolment.focus == CodeField::Second);
    countdown(&mut body, wizard);
    if let Some(words) = wizard.caller().and_then(Caller::clock_words) {
        body.hang(&[(theme.warn, look.glyphs().partial), (theme.text, " ")], theme.text, &words);
    }
    if let Some(problem) = &enrolment.problem {
        body.hang(&[(theme.bad, look.glyphs().fail), (theme.text, " ")], theme.bad, problem);
    }
    let sends = match &enrolment.enrolee {
        Enrolee::User(_) | Enrolee::RootHere => "Enter: iam:EnableMFADevice",
        Enrolee::Root => "Enter: the practice console",
    };
    let mut foot = Sheet::new(look, columns);
    if let Some(remark) = &wizard.remark {
        foot.hang(&[(theme.warn, look.glyphs().partial), (theme.text, " ")], theme.warn, remark);
    }
    foot.say(theme.dim, sends);
    Pane::tight(body, foot)
}

/// The seed in groups of four, four or eight of them a line.
pub(super) fn seed(sheet: &mut Sheet<'_>, seed: &Secret) {
    let grouped = totp::grouped(seed);
    let groups: Vec<&str> = grouped.expose().split(' ').collect();
    let per_line = if sheet.columns() >= 41 { 8 } else { 4 };
    for line in groups.chunks(per_line) {
        sheet.line(&[(sheet.look.theme.text, "  "), (sheet.look.theme.accent, &line.join(" "))]);
    }
}

fn code(sheet: &mut Sheet<'_>, name: &str, typed: &str, focused: bool) {
    let (look, theme, glyphs) = (sheet.look, sheet.look.theme, sheet.look.glyphs());
    let typed = clean(typed, look.unicode);
    let typed = super::text::tail(&typed, 8);
    let pointer = if focused { glyphs.pointer } else { " " };
    let style = if focused { theme.accent } else { theme.text };
    let line = form::filled(typed, 7, look);
    let label = format!(" {name}  ");
    sheet.line(&[(style, pointer), (style, &label), (style.add_modifier(Modifier::UNDERLINED), &line)]);
    if focused {
        sheet.put_cursor(3 + name.len() + 1 + super::text::width(typed));
        sheet.keep_from(sheet.len() - 1);
    }
}

/// How long until the app shows another code.
fn countdown(sheet: &mut Sheet<'_>, wizard: &Wizard) {
    const BAR: u64 = 10;
    let (theme, glyphs) = (sheet.look.theme, sheet.look.glyphs());
    let left = seconds_left(wizard.aws_unix());
    let full = (left * BAR).div_ceil(STEP);
    let (full, empty) = (glyphs.full.repeat(full as usize), glyphs.empty.repeat((BAR - full) as usize));
    let text = format!(" next in {left:>2} s");
    sheet.line(&[(theme.text, "  "), (theme.accent, &full), (theme.dim, &empty), (theme.dim, &text)]);
}
