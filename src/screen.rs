//! The screen as a function of the wizard's state: who and where at the top, the way on the left, one thing at a time on
//! the right, the keys that work now at the bottom. No IO, no clock, nothing remembered between two frames.

mod accept;
mod address;
mod addresses;
mod aside;
mod blocks;
mod by_hand;
mod checklist;
mod clock;
mod code;
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
mod lesson;
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
use crate::wizard::pages::Prepare;
use crate::wizard::pages::prepare::Goal;
use crate::wizard::pages::reading::Text;
use crate::wizard::wish::Source;
use crate::wizard::{Drawn, Page, Place, Wizard, World};
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

    /// The same in 24-bit colours, for a terminal that has them.
    #[must_use]
    pub fn in_24_bits(theme: ThemeName, unicode: bool) -> Self {
        Self { theme: Theme::in_24_bits(theme), unicode }
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
    let judged = wizard.facts().judged();
    let shell = Shell::of(area, wizard, look);
    header::draw(frame, shell.header, wizard, look);
    shell.draw_rules(frame, wizard, look);
    match shell.checklist {
        shell::Way::Pane(area) => checklist::draw(frame, area, wizard, judged, look),
        shell::Way::Line(area) => checklist::draw_line(frame, area, wizard, judged, look),
        shell::Way::Hidden => {}
    }
    let drawn = main(frame, shell.main, wizard, look);
    if let Some(area) = shell.aside
        && let Some(content) = aside::content(wizard)
    {
        blocks::show_cut(frame, area, wizard, look, &content);
    }
    footer::draw(frame, shell.keys, wizard, look);
    drawn
}

fn main(frame: &mut Frame, area: Rect, wizard: &Wizard, look: &Look) -> Drawn {
    let scroll = match wizard.front() {
        Page::Users(users) if users.detail.is_some() => users.detail,
        Page::Sheet(sheet) => Some(sheet.line),
        Page::Reading(reading) => Some(reading.line),
        Page::Review(review) => Some(review.scroll),
        _ => wizard.scroll(),
    };
    blocks::show(frame, area, wizard, look, &content(wizard), scroll)
}

/// What the page in front says.
fn content(wizard: &Wizard) -> Content<'_> {
    let world = &wizard.world;
    match wizard.front() {
        Page::SignIn(page) => signed_in::content(world, page),
        Page::Summary(page) => summary::content(wizard, page),
        Page::Accept(page) => accept::content(world, page),
        Page::ByHand(page) => by_hand::content(world, page),
        Page::Home(page) => page::content(world, page),
        Page::FillIn(page) => form::filling(world, page),
        Page::Prepare(page) => preparing(world, page),
        Page::Review(page) => review::content(page),
        Page::Calls(page) => progress::changing(world, page),
        Page::Proof(page) => progress::proving(world, page),
        Page::Refused(page) => refused::content(world, page),
        Page::Record(page) => settled::settled(world, page),
        Page::Skip(page) if page.stands => settled::skipped(world, step(wizard), &page.reason),
        Page::Skip(page) => settled::skipping(step(wizard), &page.reason),
        Page::HandOver(page) => hand_over::content(page),
        Page::Code(page) => code::content(world, page),
        Page::Save(page) => profile::content(world, page),
        Page::Enrol(page) => enrolling::content(world, page),
        Page::Console(page) => console::content(world, page),
        Page::Examine(page) => examining::content(world, page),
        Page::KeyWatch(page) => key_watch::content(world, page),
        Page::KeyRemoval(page) => parting::content(world, page),
        Page::Reading(page) => match page.text {
            Text::Help => manual::help(wizard),
            Text::Guide => manual::guide(step_of(wizard.place())),
            Text::Evidence => evidence::content(world, wizard.place()),
            Text::Control(id) => manual::control(id),
            Text::Lesson => lesson::content(world),
        },
        Page::Sheet(_) => manual::sheet(world),
        Page::Address(_) => address::content(world),
        Page::PastedSeed(page) => seed::content(page),
        Page::Clock(_) => clock::content(world),
        Page::SecondWay(page) => second_way::content(world, page),
        Page::Users(page) if page.detail.is_some() => users::detail(world, page.picked),
        Page::Users(page) => users::list(world, page.picked),
        Page::Leave(_) => leaving::content(world),
    }
}

fn preparing<'p>(world: &'p World, page: &'p Prepare) -> Content<'p> {
    match (&page.goal, &page.source) {
        (Goal::Send(confirmed), _) => review::checking(&confirmed.plan),
        (Goal::Form | Goal::Review, Source::Wish(wish)) => form::preparing(wish),
        (Goal::Form | Goal::Review, Source::Enrol(enrol)) => enrolling::preparing(world, enrol),
    }
}

fn step_of(place: Place) -> Option<StepId> {
    match place {
        Place::Step(id) => Some(id),
        Place::SignIn | Place::Summary => None,
    }
}

/// The step whose page is in front.
fn step(wizard: &Wizard) -> StepId {
    step_of(wizard.place()).unwrap_or(StepId::RootKeys)
}
