//! The sign and the word of each line of the checklist.

use super::content::marks::{accepted, mark, unread};
use super::content::{Glyph, Mark, Meaning};
use super::{Place, Session, Status, Wizard};
use crate::steps::{StepId, StepStatus, status_in};

/// For a line of the checklist.
#[must_use]
pub fn mark_of(wizard: &Wizard, place: Place) -> Mark {
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
