//! The screen as a function of the wizard's state: who and where at the top, the way on the left, one thing at a time on
//! the right, the keys that work now at the bottom. No IO, no clock, nothing remembered between two frames.

mod address;
mod addresses;
mod blocks;
mod checklist;
mod clock;
mod console;
mod drift;
mod enrolling;
mod evidence;
mod examining;
mod footer;
mod form;
mod frames;
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

use crate::steps::StepId;
use crate::wizard::content::Content;
use crate::wizard::stage::{Origin, Preparation};
use crate::wizard::{Drawn, Overlay, Place, Stage, Wizard};
pub use addresses::{Link, links};
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
    let drawn = main(frame, shell.main, wizard, look);
    footer::draw(frame, shell.keys, wizard, look);
    drawn
}

fn main(frame: &mut Frame, area: Rect, wizard: &Wizard, look: &Look) -> Drawn {
    let stage = wizard.here().map(|step| &step.stage);
    let scroll = match (wizard.overlay, stage) {
        (
            Overlay::User(_, line)
            | Overlay::Sheet(line)
            | Overlay::Help(line)
            | Overlay::Guide(line)
            | Overlay::Evidence(line),
            _,
        ) => Some(line),
        (Overlay::None, Some(Stage::Confirming(review))) => Some(review.scroll),
        _ => wizard.scroll,
    };
    blocks::show(frame, area, wizard, look, &content(wizard), scroll)
}

/// What the page in front says.
fn content(wizard: &Wizard) -> Content<'_> {
    match wizard.overlay {
        Overlay::None => match wizard.place {
            Place::SignIn => signed_in::content(wizard),
            Place::Summary => summary::content(wizard),
            Place::Step(id) => of_step(wizard, id),
        },
        Overlay::Leaving => leaving::content(wizard),
        Overlay::Address => address::content(wizard),
        Overlay::Seed => seed::content(&wizard.seed_copy),
        Overlay::Clock => clock::content(wizard),
        Overlay::SecondWay => second_way::content(wizard),
        Overlay::Users(picked) => users::list(wizard, picked),
        Overlay::User(picked, _) => users::detail(wizard, picked),
        Overlay::Sheet(_) => manual::sheet(wizard),
        Overlay::Help(_) => manual::help(wizard),
        Overlay::Guide(_) => manual::guide(wizard.here().map(|step| step.id)),
        Overlay::Evidence(_) => evidence::content(wizard),
    }
}

fn of_step(wizard: &Wizard, id: StepId) -> Content<'_> {
    match &wizard.step(id).stage {
        Stage::Explaining(cursor) => page::content(wizard, id, *cursor),
        Stage::Filling(draft) => form::filling(wizard, id, draft),
        Stage::Preparing(Preparation { confirmed: Some(confirmed), .. }) => review::checking(&confirmed.plan),
        Stage::Preparing(Preparation { origin: Origin::Draft(draft), .. }) => form::preparing(id, draft),
        Stage::Preparing(Preparation { origin: Origin::Enrolment(enrolment), .. }) => {
            enrolling::preparing(wizard, enrolment)
        }
        Stage::Confirming(review) => review::content(review),
        Stage::Changing(progress) => progress::changing(wizard, progress),
        Stage::Proving(proof) => progress::proving(wizard, proof),
        Stage::Refused(refusal) => refused::content(wizard, refusal),
        Stage::Showing(hand_over) => hand_over::content(hand_over),
        Stage::Enrolling(enrolment) => enrolling::content(wizard, enrolment),
        Stage::HandedOff(watch) => console::content(wizard, *watch),
        Stage::Examining(shown) => examining::content(wizard, shown),
        Stage::Watching(watch) => key_watch::content(wizard, watch),
        Stage::Parting(parting) => parting::content(wizard, parting),
        Stage::Settled(record) => settled::settled(wizard, id, record),
        Stage::NamingProfile(naming) => profile::content(wizard, naming),
        Stage::Skipping(reason) => settled::skipping(id, reason),
        Stage::Skipped(reason) => settled::skipped(wizard, id, reason),
    }
}
