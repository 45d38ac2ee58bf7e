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
mod profile;
mod progress;
pub mod qr;
mod refused;
mod review;
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
use crate::wizard::{Drawn, Overlay, Place, Stage, Wizard};
pub use addresses::{Link, links};
use sheet::Pane;
use shell::Shell;
pub use theme::{Theme, ThemeName};

/// Columns and rows below which nothing but a message is drawn, and nothing is decided.
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
///
/// What of it could be seen is for whoever draws to tell the wizard: [`Event::Drawn`](crate::wizard::Event::Drawn).
pub fn draw(frame: &mut Frame, wizard: &Wizard, look: &Look) -> Drawn {
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
    let drawn = main(frame, shell.main, wizard, judged, look);
    footer::draw(frame, shell.keys, wizard, look);
    drawn
}

fn main(frame: &mut Frame, area: Rect, wizard: &Wizard, judged: &Judged, look: &Look) -> Drawn {
    let text = Rect { width: area.width.min(READABLE), ..area };
    let columns = text.width;
    let (pane, scroll) = match (wizard.overlay, wizard.here().map(|step| &step.stage)) {
        (Overlay::Leaving, _) => return leaving::draw(frame, area, wizard, look),
        (Overlay::Address, _) => return address::draw(frame, area, wizard, look),
        (Overlay::Seed, _) => return seed::draw(frame, area, wizard, look),
        (Overlay::None, Some(Stage::Enrolling(enrolment))) => {
            return enrolling::draw(frame, area, enrolment, wizard, look);
        }
        (Overlay::Clock, _) => (clock::pane(wizard, look, columns), wizard.scroll),
        (Overlay::SecondWay, _) => (second_way::pane(wizard, look, columns), wizard.scroll),
        (Overlay::Users(picked), _) => (users::list(wizard, look, columns, picked), wizard.scroll),
        (Overlay::User(picked, line), _) => (users::detail(wizard, look, columns, picked), Some(line)),
        (Overlay::Sheet(line), _) => (manual::sheet(wizard, look, columns), Some(line)),
        (Overlay::Help(line), _) => (manual::help(wizard, look, columns), Some(line)),
        (Overlay::Guide(line), _) => (manual::guide(wizard, look, columns), Some(line)),
        (Overlay::Evidence(line), _) => (evidence::pane(wizard, look, columns), Some(line)),
        (Overlay::None, Some(Stage::Confirming(review))) => (review::pane(look, columns, review), Some(review.scroll)),
        (Overlay::None, _) => (pane(wizard, judged, look, columns), wizard.scroll),
    };
    pane.show(frame, text, scroll)
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
        Stage::NamingProfile(naming) => profile::pane(wizard, look, columns, naming),
        Stage::Skipping(reason) => settled::skipping(look, columns, id, reason),
        Stage::Skipped(reason) => settled::skipped(wizard, look, columns, id, reason),
    }
}
