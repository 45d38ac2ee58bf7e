//! Draws the first line: the program, practice or live, principal and account. It must leave no doubt about what is
//! real.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::RenderOptions;
use super::text::{clean, cut, width};
use crate::account::{CredentialKind, CredentialSource};
use crate::wizard::content::phrases;
use crate::wizard::{Access, Mode, Session, Wizard};

pub(super) fn draw(frame: &mut Frame, area: Rect, wizard: &Wizard, options: &RenderOptions) {
    let (theme, columns) = (&options.theme, usize::from(area.width));
    let mode = mode(wizard, options, columns / 2);
    let style = match wizard.world.mode() {
        Mode::Practice { .. } => theme.accent,
        Mode::Live => theme.danger,
    };
    let left = Line::from_iter([
        Span::styled(" lockroot  ", theme.text.add_modifier(Modifier::BOLD)),
        Span::styled(mode, style.add_modifier(Modifier::REVERSED)),
        Span::styled(moved(wizard, columns), style),
    ]);
    let room = columns.saturating_sub(left.width() + 3);
    let who = who(wizard, options, room);
    let x = area.x + area.width.saturating_sub(width(&who) as u16 + 1);
    let buffer = frame.buffer_mut();
    buffer.set_line(area.x, area.y, &left, area.width);
    buffer.set_stringn(x, area.y, &who, room, theme.text);
}

/// E.g. `[PRACTICE fresh]` or `[LIVE]`: the brackets show even without reversed colours.
fn mode(wizard: &Wizard, options: &RenderOptions, room: usize) -> String {
    let text = match wizard.world.mode() {
        Mode::Practice { scenario } => format!("{} {scenario}", wizard.world.mode().word()),
        Mode::Live => wizard.world.mode().word().to_owned(),
    };
    let text = match wizard.world.access() {
        Access::ReadOnly { .. } => format!("{text} read-only"),
        Access::Full | Access::Asking => text,
    };
    let ellipsis = options.glyphs().ellipsis;
    format!("[{}]", cut(&clean(&text, options.unicode), room.saturating_sub(13), ellipsis))
}

/// E.g. ` clock +4 h` if the practice account's clock was moved, which explains its time.
fn moved(wizard: &Wizard, columns: usize) -> String {
    let span = phrases::span(wizard.world.clock_ahead());
    match span.find(' ').and_then(|first| span[first + 1..].find(' ').map(|second| first + 1 + second)) {
        _ if span.is_empty() => String::new(),
        Some(end) if columns < 72 => format!(" +{}", &span[..end]),
        None if columns < 72 => format!(" +{span}"),
        _ => format!(" clock +{span}"),
    }
}

/// As much of principal, credential, account and alias as fits. The account number is dropped last.
fn who(wizard: &Wizard, options: &RenderOptions, room: usize) -> String {
    let absent = matches!(wizard.world.session(), Session::Absent(_));
    let Some(caller) = wizard.caller().filter(|_| !absent) else {
        let words = match (wizard.world.session(), &wizard.world.sign_in().source) {
            (Session::Connecting, CredentialSource::Profile(name)) => format!("connecting with profile {name}…"),
            (Session::Connecting, _) => "connecting…".into(),
            (Session::Absent(_), _) => "not signed in".into(),
            (Session::Established, _) => "reading who is signed in…".into(),
        };
        return cut(&clean(&words, options.unicode), room, options.glyphs().ellipsis);
    };
    let separator = format!(" {} ", options.glyphs().separator);
    let fit = |text: &str, room: usize| cut(&clean(text, options.unicode), room, options.glyphs().ellipsis);
    let account = fit(&phrases::account_number(&caller.account), room);
    let principal = fit(&caller.principal.words(), room.saturating_sub(width(&account) + width(&separator)));
    let kind = match caller.credential.kind {
        CredentialKind::LongTerm => "access key",
        CredentialKind::Temporary => "session",
    };
    let alias = wizard.facts().alias.known().cloned().flatten().map(|alias| clean(&alias, options.unicode));
    let choices: [Vec<Option<&str>>; 4] = [
        vec![Some(&principal), Some(kind), Some(&account), alias.as_deref()],
        vec![Some(&principal), Some(&account), alias.as_deref()],
        vec![Some(&principal), Some(&account)],
        vec![Some(&account)],
    ];
    let mut lines = choices.into_iter().map(|parts| parts.into_iter().flatten().collect::<Vec<_>>().join(&separator));
    lines
        .find(|line| width(line) <= room && !line.starts_with(separator.trim_start()))
        .unwrap_or_else(|| account.clone())
}
