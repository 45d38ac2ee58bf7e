//! The screen as a function of the wizard's state: who and where at the top, the way on the left, one thing at a time on
//! the right, the keys that work now at the bottom. No IO, no clock, nothing remembered between two frames.

mod address;
mod addresses;
mod checklist;
mod clock;
mod console;
mod drift;
mod enrolling;
mod evidence;
mod examining;
mod footer;
mod form;
mod glyphs;
mod hand_over;
mod header;
mod key_watch;
mod leaving;
mod manual;
mod page;
mod parting;
mod phone;
mod progress;
pub mod qr;
mod refused;
mod review;
mod sealing;
mod second_way;
mod seed;
mod settled;
mod sheet;
mod shell;
mod signed_in;
mod summary;
#[cfg(test)]
mod tests;
mod text;
mod theme;
mod users;
mod ways;
mod words;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::checks::Judged;
use crate::wizard::stage::{Origin, Preparation};
use crate::wizard::{Overlay, Place, Stage, Wizard};
pub use addresses::{Link, links};
use sheet::Pane;
use shell::Shell;
pub use theme::{Theme, ThemeName};

/// Columns and rows below which nothing but a message is drawn. The keys go on working.
pub const LEAST: (u16, u16) = (60, 16);

/// Columns past which text is not stretched any further.
const READABLE: u16 = 96;

/// How things look: which styles, and whether the terminal has Unicode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// The styles.
    pub theme: Theme,
    /// Whether more than ASCII can be drawn.
    pub unicode: bool,
}

impl Look {
    /// The look of that theme.
    #[must_use]
    pub fn new(theme: ThemeName, unicode: bool) -> Self {
        Self { theme: Theme::named(theme), unicode }
    }

    fn glyphs(&self) -> &'static glyphs::Glyphs {
        if self.unicode { &glyphs::UNICODE } else { &glyphs::ASCII }
    }
}

/// Draws `wizard`.
pub fn draw(frame: &mut Frame, wizard: &Wizard, look: &Look) {
    let area = frame.area();
    if area.width < LEAST.0 || area.height < LEAST.1 {
        return shell::too_small(frame, wizard, look);
    }
    let judged = wizard.facts.judged();
    let shell = Shell::of(area, wizard, look);
    header::draw(frame, shell.header, wizard, look);
    shell.draw_rules(frame, wizard, look);
    match shell.checklist {
        shell::Way::Pane(area) => checklist::draw(frame, area, wizard, judged, look),
        shell::Way::Line(area) => checklist::draw_line(frame, area, wizard, judged, look),
        shell::Way::Hidden => {}
    }
    main(frame, shell.main, wizard, judged, look);
    footer::draw(frame, shell.keys, wizard, look);
}

fn main(frame: &mut Frame, area: Rect, wizard: &Wizard, judged: &Judged, look: &Look) {
    let text = Rect { width: area.width.min(READABLE), ..area };
    match (wizard.overlay, wizard.here().map(|step| &step.stage)) {
        (Overlay::Leaving, _) => leaving::draw(frame, area, wizard, look),
        (Overlay::Clock, _) => clock::pane(wizard, look, text.width).show(frame, text),
        (Overlay::Address, _) => address::draw(frame, area, wizard, look),
        (Overlay::Sheet(scroll), _) => manual::sheet(wizard, look, text.width, scroll).show(frame, text),
        (Overlay::SecondWay, _) => second_way::pane(wizard, look, text.width).show(frame, text),
        (Overlay::Seed, _) => seed::draw(frame, area, wizard, look),
        (Overlay::Users(picked), _) => users::list(wizard, look, text.width, picked).show(frame, text),
        (Overlay::User(picked, scroll), _) => {
            users::detail(wizard, look, text.width, picked, scroll).show(frame, text);
        }
        (Overlay::Help(scroll), _) => manual::help(wizard, look, text.width, scroll).show(frame, text),
        (Overlay::Guide(scroll), _) => manual::guide(wizard, look, text.width, scroll).show(frame, text),
        (Overlay::Evidence(scroll), _) => evidence::pane(wizard, look, text.width, scroll).show(frame, text),
        (Overlay::None, Some(Stage::Enrolling(enrolment))) => {
            enrolling::draw(frame, area, enrolment, wizard, look);
        }
        (Overlay::None, _) => pane(wizard, judged, look, text.width).show(frame, text),
    }
}

/// What the main pane says, in `columns`.
fn pane<'a>(wizard: &'a Wizard, judged: &Judged, look: &'a Look, columns: u16) -> Pane<'a> {
    let id = match wizard.place {
        Place::SignIn => return signed_in::pane(wizard, look, columns),
        Place::Summary => return summary::pane(wizard, judged, look, columns),
        Place::Step(id) => id,
    };
    match &wizard.step(id).stage {
        Stage::Explaining(cursor) => page::pane(wizard, look, columns, id, *cursor),
        Stage::Filling(draft) => form::filling(wizard, look, columns, id, draft),
        Stage::Preparing(Preparation { confirmed: Some(confirmed), .. }) => {
            review::checking(wizard, look, columns, &confirmed.plan)
        }
        Stage::Preparing(Preparation { origin: Origin::Draft(draft), .. }) => {
            form::preparing(wizard, look, columns, id, draft)
        }
        Stage::Preparing(Preparation { origin: Origin::Enrolment(enrolment), .. }) => {
            enrolling::words(wizard, look, columns, enrolment)
        }
        Stage::Confirming(consent) => review::pane(look, columns, consent),
        Stage::Changing(calls) => progress::changing(wizard, look, columns, calls),
        Stage::Proving(proof) => progress::proving(wizard, look, columns, proof),
        Stage::Refused(refusal) => refused::pane(wizard, look, columns, refusal),
        Stage::Showing(hand_over) => hand_over::pane(look, columns, hand_over),
        // Drawn by `main` over the whole width; this is what a change of size in between would show.
        Stage::Enrolling(enrolment) => enrolling::words(wizard, look, columns, enrolment),
        Stage::HandedOff(watch) => console::pane(wizard, look, columns, *watch),
        Stage::Examining(look_at) => examining::pane(wizard, look, columns, look_at),
        Stage::Watching(watch) => key_watch::pane(wizard, look, columns, watch),
        Stage::Parting(key) => parting::pane(wizard, look, columns, key),
        Stage::Settled(record) => settled::settled(wizard, look, columns, id, record),
        Stage::Sealing(sealing) => sealing::pane(wizard, look, columns, sealing),
        Stage::Skipping(reason) => settled::skipping(look, columns, id, reason),
        Stage::Skipped(reason) => settled::skipped(wizard, look, columns, id, reason),
    }
}
