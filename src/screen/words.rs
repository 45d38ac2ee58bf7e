//! The words and signs for verdicts, standings and read-backs: one table, so that the same thing is called the same
//! everywhere. Nothing is told by colour alone.

use crate::account::Timestamp;
use crate::account::age::age;
use crate::checks::{Judged, Verdict};
use crate::steps::{Standing, StepId, standing_in};
use crate::wizard::content::{Glyph, Mark, Meaning, Words};
use crate::wizard::pages::record::Seen;
use crate::wizard::watch::Watch;
use crate::wizard::{Place, Session, Status, Wizard, World};

fn mark(glyph: Glyph, word: impl Into<Words<'static>>, meaning: Meaning) -> Mark {
    Mark { glyph, word: word.into(), meaning }
}

/// For a verdict.
pub(super) fn verdict(verdict: Verdict) -> Mark {
    match verdict {
        Verdict::Pass => mark(Glyph::Pass, "pass", Meaning::Good),
        Verdict::Fail => mark(Glyph::Fail, "fail", Meaning::Bad),
        Verdict::Manual => mark(Glyph::Manual, "manual", Meaning::Warn),
        Verdict::NotApplicable => mark(Glyph::Nothing, "n/a", Meaning::Dim),
        Verdict::Unknown => mark(Glyph::Unknown, "unknown", Meaning::Warn),
    }
}

/// For a control that does not pass, the risk of which somebody accepts.
pub(super) fn accepted() -> Mark {
    mark(Glyph::Partial, "accepted", Meaning::Warn)
}

/// For a control whose facts are on their way, or have not been asked for.
pub(super) fn unread(world: &World) -> Mark {
    if world.is_busy() && !matches!(world.session(), Session::Absent(_)) {
        mark(Glyph::Spinner, "…", Meaning::Dim)
    } else {
        mark(Glyph::Waiting, "unread", Meaning::Dim)
    }
}

/// For a change that was made.
pub(super) fn seen(seen: Seen) -> Mark {
    match seen {
        Seen::Shown => mark(Glyph::Pass, "read back", Meaning::Good),
        Seen::Kept => mark(Glyph::Pass, "kept", Meaning::Good),
        Seen::NotYet => mark(Glyph::Partial, "not shown yet", Meaning::Warn),
        Seen::Unread => mark(Glyph::Unknown, "not read back", Meaning::Warn),
    }
}

/// For a line of the checklist.
pub(super) fn place(wizard: &Wizard, judged: &Judged, place: Place) -> Mark {
    match place {
        Place::SignIn => match (wizard.world.session(), wizard.caller()) {
            (Session::Absent(_), _) => mark(Glyph::Fail, "no", Meaning::Bad),
            (Session::Established, Some(_)) => mark(Glyph::Pass, "yes", Meaning::Good),
            (Session::Connecting | Session::Established, _) => unread(&wizard.world),
        },
        Place::Step(id) => step(wizard, judged, id),
        Place::Summary => {
            let score = wizard.world.score();
            let word = format!("{}/{}", score.done, score.all);
            match (is_finished(&wizard.world), score.is_full()) {
                (true, _) if score.accepted > 0 => mark(Glyph::Partial, word, Meaning::Warn),
                (true, _) => mark(Glyph::Pass, word, Meaning::Good),
                (false, true) => mark(Glyph::Partial, word, Meaning::Warn),
                (false, false) => mark(Glyph::Waiting, word, Meaning::Dim),
            }
        }
    }
}

fn step(wizard: &Wizard, judged: &Judged, id: StepId) -> Mark {
    match (wizard.step(id).status(), standing_in(judged, id, wizard.facts())) {
        (Some(Status::Busy), _) => mark(Glyph::Spinner, "busy", Meaning::Accent),
        (Some(Status::Watching), Standing::ToDo(..) | Standing::Unread) => {
            mark(Glyph::Spinner, "watch", Meaning::Accent)
        }
        (_, Standing::Sound) => mark(Glyph::Pass, "done", Meaning::Good),
        (_, Standing::Accepted) => accepted(),
        (Some(Status::Later), _) => mark(Glyph::Nothing, "later", Meaning::Dim),
        (_, Standing::Unread) => unread(&wizard.world),
        (_, Standing::NotApplicable) => mark(Glyph::Nothing, "n/a", Meaning::Dim),
        (_, Standing::ToAnswer) => mark(Glyph::Manual, "answer", Meaning::Warn),
        (_, Standing::NoAccess) => mark(Glyph::Nothing, "no access", Meaning::Dim),
        (_, Standing::Unknown) => mark(Glyph::Unknown, "unknown", Meaning::Warn),
        (_, Standing::ToDo(0, _)) => mark(Glyph::Fail, "to do", Meaning::Bad),
        (_, Standing::ToDo(passed, all)) => mark(Glyph::Partial, format!("{passed}/{all}"), Meaning::Warn),
    }
}

/// The name of a place in the checklist, short enough to leave room for its word.
pub(super) fn name(place: Place) -> &'static str {
    match place {
        Place::SignIn => "Signed in",
        Place::Step(id) => id.definition().short_title(),
        Place::Summary => "Summary",
    }
}

/// Whether every step is done and a second way in is proven, or the risk of having none accepted.
pub(super) fn is_finished(world: &World) -> bool {
    world.score().is_full() && world.second_way().is_some()
}

/// The time of day in UTC.
pub(super) fn clock(moment: Timestamp) -> String {
    format!("{:02}:{:02}:{:02} UTC", moment.hour(), moment.minute(), moment.second())
}

/// How often a watch looked, and when it looks next; `reading`: it looks now.
pub(super) fn looks(watch: &Watch, reading: bool, now: Timestamp) -> String {
    let looks = count(watch.polls as usize, "look", "looks");
    if reading {
        return format!("{looks}, looking now…");
    }
    format!("{looks}, next in {} s", (watch.next - now).whole_seconds().max(0))
}

/// Since when AWS is watched, how often it was asked, and when it is asked next.
pub(super) fn watching(watch: &Watch, reading: bool, now: Timestamp) -> String {
    let since = match age(watch.since, now).as_str() {
        "now" => format!("{} s", (now - watch.since).whole_seconds().max(0)),
        age => age.to_owned(),
    };
    format!("Watching AWS for {since}, {}", looks(watch, reading, now))
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
