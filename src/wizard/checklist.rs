//! The lines of the checklist, each with its sign and word. For a user who may not read the account, one line stands
//! for all steps, and what is theirs has lines of its own.

use super::content::marks::{self, accepted, mark, unread};
use super::content::{Glyph, Mark, Meaning};
use super::{Page, Place, Session, Status, Wizard};
use crate::checks::Verdict;
use crate::steps::{Own, StepId, StepStatus, status_in};

/// A line of the checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The digits that lead to it, or a blank.
    pub digits: String,
    /// Its name.
    pub title: &'static str,
    /// Its sign and word.
    pub mark: Mark,
    /// Whether the main pane shows it.
    pub is_here: bool,
}

/// All lines, in order.
#[must_use]
pub fn lines(wizard: &Wizard) -> Vec<Line> {
    if !wizard.world.has_own_sign_in_only() {
        return Place::ALL.map(|place| of_place(wizard, place, wizard.place().line())).into();
    }
    let here = wizard.place();
    let mut lines = vec![of_place(wizard, Place::SignIn, here)];
    lines.extend(Own::ALL.map(|own| of_own(wizard, own)));
    lines.extend([account(wizard), of_place(wizard, Place::Summary, here)]);
    lines
}

fn of_place(wizard: &Wizard, place: Place, here: Place) -> Line {
    Line {
        digits: place.digit().to_string(),
        title: place.title(),
        mark: mark_of(wizard, place),
        is_here: place == here,
    }
}

/// A part of the user's own sign-in.
fn of_own(wizard: &Wizard, own: Own) -> Line {
    let place = Place::Step(StepId::OwnSignIn);
    let pages = wizard.places[place.index()].iter().filter_map(|slot| slot.page.as_ref());
    let picked = pages.filter_map(|page| if let Page::Home(home) = page { Some(home.item) } else { None }).next();
    let mark = match own.assess(wizard.facts()) {
        Some((Verdict::Pass, _)) => mark(Glyph::Pass, "done", Meaning::Good),
        Some((Verdict::Fail, _)) => mark(Glyph::Fail, "to do", Meaning::Bad),
        Some((verdict, _)) => marks::verdict(verdict),
        None => unread(&wizard.world),
    };
    let is_here = wizard.place() == place && Own::ALL[picked.unwrap_or_default().min(Own::ALL.len() - 1)] == own;
    Line { digits: " ".into(), title: own.short_title(), mark, is_here }
}

/// The line that stands for all steps.
fn account(wizard: &Wizard) -> Line {
    let is_shown = |step: StepId| match status_in(wizard.facts().assessments(), step, wizard.facts()) {
        StepStatus::Done | StepStatus::Accepted | StepStatus::ToDo(..) | StepStatus::ToAnswer => true,
        StepStatus::Unread | StepStatus::NotApplicable | StepStatus::Unknown | StepStatus::NoAccess => false,
    };
    let mark = if StepId::CHECKLIST.into_iter().any(is_shown) {
        mark(Glyph::Partial, "partly", Meaning::Warn)
    } else {
        mark(Glyph::Nothing, "no access", Meaning::Dim)
    };
    let is_here = matches!(wizard.place(), Place::Step(step) if step.is_listed());
    let [first, .., last] = StepId::CHECKLIST.map(StepId::number);
    Line { digits: format!("{first}-{last}"), title: "Account", mark, is_here }
}

fn mark_of(wizard: &Wizard, place: Place) -> Mark {
    match place {
        Place::SignIn => match (wizard.world.session(), wizard.caller()) {
            (Session::Absent(_), _) => mark(Glyph::Fail, "no", Meaning::Bad),
            (Session::Established, Some(_)) => mark(Glyph::Pass, "yes", Meaning::Good),
            (Session::Connecting | Session::Established, _) => unread(&wizard.world),
        },
        Place::Step(id) => of_step(wizard, id),
        Place::Summary => {
            let score = wizard.world.score();
            let word = format!("{}/{}", score.done, score.all);
            match (wizard.world.is_finished(), score.is_full()) {
                (true, _) if score.accepted > 0 => mark(Glyph::Partial, word, Meaning::Warn),
                (true, _) => mark(Glyph::Pass, word, Meaning::Good),
                (false, true) => mark(Glyph::Partial, word, Meaning::Warn),
                (false, false) => mark(Glyph::Waiting, word, Meaning::Dim),
            }
        }
    }
}

fn of_step(wizard: &Wizard, id: StepId) -> Mark {
    match (wizard.step(id).status(), status_in(wizard.facts().assessments(), id, wizard.facts())) {
        (Some(Status::Busy), _) => mark(Glyph::Spinner, "busy", Meaning::Accent),
        (Some(Status::Watching), StepStatus::ToDo(..) | StepStatus::Unread) => {
            mark(Glyph::Spinner, "watch", Meaning::Accent)
        }
        (_, StepStatus::Done) => mark(Glyph::Pass, "done", Meaning::Good),
        (_, StepStatus::Accepted) => accepted(),
        (Some(Status::Later), _) => mark(Glyph::Nothing, "later", Meaning::Dim),
        (_, StepStatus::Unread) => unread(&wizard.world),
        (_, StepStatus::NotApplicable) => mark(Glyph::Nothing, "n/a", Meaning::Dim),
        (_, StepStatus::ToAnswer) => mark(Glyph::Manual, "answer", Meaning::Warn),
        (_, StepStatus::NoAccess) => mark(Glyph::Nothing, "no access", Meaning::Dim),
        (_, StepStatus::Unknown) => mark(Glyph::Unknown, "unknown", Meaning::Warn),
        (_, StepStatus::ToDo(0, _)) => mark(Glyph::Fail, "to do", Meaning::Bad),
        (_, StepStatus::ToDo(passed, all)) => mark(Glyph::Partial, format!("{passed}/{all}"), Meaning::Warn),
    }
}
