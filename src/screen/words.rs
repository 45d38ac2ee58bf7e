//! The words and signs for verdicts, standings and read-backs: one table, so that the same thing is called the same
//! everywhere. Nothing is told by colour alone.

use ratatui::style::Style;

use super::Look;
use crate::account::Timestamp;
use crate::checks::{Judged, Verdict};
use crate::steps::{Standing, StepId, standing_in};
use crate::wizard::stage::Seen;
use crate::wizard::{Place, Session, Stage, Wizard};

/// A sign, a word and their style.
pub(super) struct Mark {
    pub glyph: &'static str,
    pub word: String,
    pub style: Style,
}

fn mark(glyph: &'static str, word: impl Into<String>, style: Style) -> Mark {
    Mark { glyph, word: word.into(), style }
}

/// For a verdict.
pub(super) fn verdict(look: &Look, verdict: Verdict) -> Mark {
    let (theme, glyphs) = (&look.theme, look.glyphs());
    match verdict {
        Verdict::Pass => mark(glyphs.pass, "pass", theme.good),
        Verdict::Fail => mark(glyphs.fail, "fail", theme.bad),
        Verdict::Manual => mark(glyphs.manual, "manual", theme.warn),
        Verdict::NotApplicable => mark(glyphs.nothing, "n/a", theme.dim),
        Verdict::Unknown => mark(glyphs.unknown, "unknown", theme.warn),
    }
}

/// For a control whose facts are on their way, or have not been asked for.
pub(super) fn unread(wizard: &Wizard, look: &Look) -> Mark {
    if wizard.is_busy() && !matches!(wizard.session, Session::Absent(_)) {
        mark(spinner(look, wizard.now), "…", look.theme.dim)
    } else {
        mark(look.glyphs().waiting, "unread", look.theme.dim)
    }
}

/// For a change that was made.
pub(super) fn seen(look: &Look, seen: Seen) -> Mark {
    let (theme, glyphs) = (&look.theme, look.glyphs());
    match seen {
        Seen::Shown => mark(glyphs.pass, "read back", theme.good),
        Seen::NotYet => mark(glyphs.partial, "not shown yet", theme.warn),
        Seen::Unread => mark(glyphs.unknown, "not read back", theme.warn),
    }
}

/// For a line of the checklist.
pub(super) fn place(wizard: &Wizard, judged: &Judged, look: &Look, place: Place) -> Mark {
    let (theme, glyphs) = (&look.theme, look.glyphs());
    match place {
        Place::SignIn => match (&wizard.session, wizard.caller()) {
            (Session::Absent(_), _) => mark(glyphs.fail, "no", theme.bad),
            (Session::Established, Some(_)) => mark(glyphs.pass, "yes", theme.good),
            (Session::Connecting | Session::Established, _) => unread(wizard, look),
        },
        Place::Step(id) => step(wizard, judged, look, id),
        Place::Summary => {
            let (green, all) = (judged.passing(), judged.applying());
            match (is_finished(wizard, judged), green == all) {
                (true, _) => mark(glyphs.pass, format!("{green}/{all}"), theme.good),
                (false, true) => mark(glyphs.partial, format!("{green}/{all}"), theme.warn),
                (false, false) => mark(glyphs.waiting, format!("{green}/{all}"), theme.dim),
            }
        }
    }
}

fn step(wizard: &Wizard, judged: &Judged, look: &Look, id: StepId) -> Mark {
    let (theme, glyphs) = (&look.theme, look.glyphs());
    match (&wizard.step(id).stage, standing_in(judged, id, &wizard.facts)) {
        (Stage::Changing(_), _) => mark(spinner(look, wizard.now), "busy", theme.accent),
        (Stage::HandedOff(_), Standing::ToDo(..) | Standing::Unread) => {
            mark(spinner(look, wizard.now), "watch", theme.accent)
        }
        (Stage::Watching(_), Standing::ToDo(..) | Standing::Unread) => {
            mark(spinner(look, wizard.now), "watch", theme.accent)
        }
        (_, Standing::Sound) => mark(glyphs.pass, "green", theme.good),
        (Stage::Skipped(_), _) => mark(glyphs.nothing, "later", theme.dim),
        (_, Standing::Unread) => unread(wizard, look),
        (_, Standing::NotApplicable) => mark(glyphs.nothing, "n/a", theme.dim),
        (_, Standing::ToAnswer) => mark(glyphs.manual, "answer", theme.warn),
        (_, Standing::Unknown) => mark(glyphs.unknown, "unknown", theme.warn),
        (_, Standing::ToDo(0, _)) => mark(glyphs.fail, "to do", theme.bad),
        (_, Standing::ToDo(passed, all)) => mark(glyphs.partial, format!("{passed}/{all}"), theme.warn),
    }
}

/// The name of a place in the checklist, short enough to leave room for its word.
pub(super) fn name(place: Place) -> &'static str {
    match place {
        Place::SignIn => "Signed in",
        Place::Step(StepId::RootKeys) => "Root keys",
        Place::Step(StepId::Contacts) => "Contacts",
        Place::Step(StepId::PasswordPolicy) => "Passwords",
        Place::Step(id) => id.definition().title(),
        Place::Summary => "Summary",
    }
}

/// Whether all controls pass and a second way in is proven, or the risk of having none accepted.
pub(super) fn is_finished(wizard: &Wizard, judged: &Judged) -> bool {
    judged.passing() == judged.applying() && wizard.second_way().is_some()
}

/// The picture of motion at `now`. It stands still when no time passes.
pub(super) fn spinner(look: &Look, now: Timestamp) -> &'static str {
    let pictures = look.glyphs().spinner;
    pictures[(now.unix_timestamp_nanos().unsigned_abs() / 120_000_000 % pictures.len() as u128) as usize]
}

/// The time of day in UTC.
pub(super) fn clock(moment: Timestamp) -> String {
    format!("{:02}:{:02}:{:02} UTC", moment.hour(), moment.minute(), moment.second())
}

/// An account's number as the console writes it: `1234-5678-9012`.
pub(super) fn account_number(account: &str) -> String {
    match (account.get(..4), account.get(4..8), account.get(8..)) {
        (Some(first), Some(second), Some(third)) if account.len() == 12 => format!("{first}-{second}-{third}"),
        _ => account.to_owned(),
    }
}

/// `count` things, in the singular or the plural.
pub(super) fn count(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}
