//! Accepts the risk of a failed control: reason, owner, end date. The person reviews the text before it is written;
//! the control stays failed.

mod content;

use time::Date;

use super::super::keys::common::{bind, enter, esc, help, quiet, scrolling};
use super::super::keys::{Binding, Intent, Key};
use super::fill_in::{edit_form, of_form, takes_text};
use super::review::{MIN_REVIEW_TIME, ReviewFocus, scroll_first};
use super::{Content, Input, Leaving, Next, PageBehaviour, World};
use crate::account::{Suppression, Timestamp, day};
use crate::checks::{Control, Verdict};
use crate::steps::{Form, acceptance};
use crate::wizard::event::{Effect, Reply, Request};
use crate::wizard::requests::Wait;
use crate::wizard::{Coverage, Ticket};

/// The page that accepts a risk.
#[derive(Debug, PartialEq)]
pub struct Accept {
    /// The failed control.
    pub(in crate::wizard) control: &'static Control,
    pub(in crate::wizard) form: Form,
    pub(in crate::wizard) stage: AcceptStage,
}

/// Progress of the page.
#[derive(Debug, PartialEq)]
pub enum AcceptStage {
    /// The person completes the form.
    Filling,
    /// The person reviews the text to be written.
    Review(ReviewedRisk),
    /// Confirmed. The control is read again, to see whether it still fails.
    Reading(ReviewedRisk, Wait),
    /// The risk is being written.
    Writing(Suppression, Ticket),
}

/// The text under review.
#[derive(Debug, PartialEq)]
pub struct ReviewedRisk {
    pub(in crate::wizard) risk: Suppression,
    /// The account that the risk is accepted for.
    pub(in crate::wizard) account: String,
    pub(in crate::wizard) focus: ReviewFocus,
    /// How much of the text has been on the screen.
    pub(in crate::wizard) seen: Coverage,
    /// When it was first shown.
    pub(in crate::wizard) since: Timestamp,
}

impl Accept {
    /// Opens the form. It suggests the owner of the last accepted risk.
    pub(super) fn of(control: &'static Control, world: &World) -> Self {
        let owner = world.facts().accepted.all.last().map_or("", |risk| risk.owner.as_str());
        let form = acceptance::form(control, owner, day(world.now()));
        Self { control, form, stage: AcceptStage::Filling }
    }

    /// Today's date in UTC.
    #[must_use]
    pub fn today(world: &World) -> Date {
        day(world.now())
    }
}

/// The control and the form without a stage, so that each arm has to name the next stage.
struct Filled {
    control: &'static Control,
    form: Form,
}

impl Filled {
    fn at(self, stage: AcceptStage) -> Accept {
        Accept { control: self.control, form: self.form, stage }
    }

    fn submit(mut self, world: &mut World) -> Next {
        let today = Accept::today(world);
        if let Some(first) = acceptance::problems(&self.form, today).first() {
            self.form.tried = true;
            self.form.focus_on(first.field);
        } else if !world.is_practice() && world.facts().accepted.file.is_none() {
            world.say("lockroot's config.toml could not be read. Nothing was added to it.");
        } else if let Some(risk) = acceptance::risk(self.control, &self.form, today) {
            world.order(Effect::DropPendingKeys);
            let (account, focus, since) = (world.account(), ReviewFocus::Back, world.now());
            let shown = ReviewedRisk { risk, account, focus, seen: Coverage::default(), since };
            return self.at(AcceptStage::Review(shown)).stay();
        }
        self.at(AcceptStage::Filling).stay()
    }

    fn filling(mut self, input: Input, world: &mut World) -> Next {
        match input {
            Input::Do(Intent::Back) => Next::Back,
            Input::Do(Intent::Turn(_)) => self.submit(world),
            Input::Do(Intent::Choose) if self.form.focused().is_none() => self.submit(world),
            input if edit_form(&mut self.form, &input) => self.at(AcceptStage::Filling).stay(),
            _ => self.at(AcceptStage::Filling).unhandled(),
        }
    }

    fn reviewing(self, mut shown: ReviewedRisk, input: Input, world: &mut World) -> Next {
        match input {
            Input::Do(Intent::Back) => return self.at(AcceptStage::Filling).stay(),
            Input::Do(Intent::Choose) => return self.choose(shown, world),
            Input::Do(Intent::Shift(_)) => {
                shown.focus = match shown.focus {
                    ReviewFocus::Back => ReviewFocus::Ahead,
                    ReviewFocus::Ahead => ReviewFocus::Back,
                }
            }
            Input::Drawn(drawn) => {
                let is_new = shown.seen == Coverage::default();
                shown.seen.add(&drawn);
                if is_new && shown.seen != Coverage::default() {
                    shown.since = world.now();
                }
            }
            _ => return self.at(AcceptStage::Review(shown)).unhandled(),
        }
        self.at(AcceptStage::Review(shown)).stay()
    }

    /// Handles Enter on the review.
    fn choose(self, mut shown: ReviewedRisk, world: &mut World) -> Next {
        if (time::Duration::ZERO..MIN_REVIEW_TIME).contains(&(world.now() - shown.since)) {
            shown.since = world.now();
            world.say("Key ignored: this page had just appeared. Nothing was done.");
        } else if shown.focus == ReviewFocus::Back {
            return self.at(AcceptStage::Filling).stay();
        } else if !shown.seen.is_whole() {
            world.say(format!("{}. Read the page to its end first.", scroll_first(shown.seen.left())));
        } else if let Some(why) = world.why_read_only() {
            world.say(why);
        } else if shown.risk.until <= Accept::today(world) {
            // The review has been open past midnight, so the end date is no longer in the future.
            return self.submit(world);
        } else if world.can_ask() {
            let wait = world.wait_for(self.control.questions.to_vec());
            return self.at(AcceptStage::Reading(shown, wait)).stay();
        } else {
            return self.write(shown, world);
        }
        self.at(AcceptStage::Review(shown)).stay()
    }

    /// Waits for the answers that the control needs.
    fn reading(self, shown: ReviewedRisk, wait: Wait, input: Input, world: &mut World) -> Next {
        match input {
            Input::Do(Intent::Back) => self.at(AcceptStage::Filling).stay(),
            Input::Facts if world.has_come(&wait) => self.write(shown, world),
            _ => self.at(AcceptStage::Reading(shown, wait)).unhandled(),
        }
    }

    /// Saves the risk if the control still fails.
    fn write(self, shown: ReviewedRisk, world: &mut World) -> Next {
        match world.facts().assessments().verdict(self.control.id) {
            Some(Verdict::Fail) => {
                let ticket = world.ask_for_page(Request::SaveSuppression(shown.account, shown.risk.clone()));
                return self.at(AcceptStage::Writing(shown.risk, ticket)).stay();
            }
            Some(Verdict::Unknown) | None => {
                world.say("lockroot could not read whether the control still fails. Nothing was written.");
            }
            Some(Verdict::Pass | Verdict::Manual | Verdict::NotApplicable) => {
                world.say("The control no longer fails. Nothing was done.");
            }
        }
        self.at(AcceptStage::Review(shown)).stay()
    }

    /// Waits for the reply. The remark about it is already shown.
    fn writing(self, risk: Suppression, ticket: Ticket, input: Input, world: &mut World) -> Next {
        match input {
            Input::Reply(answered, Reply::Accepted(result)) if answered == ticket => {
                if result.is_ok() {
                    let shown = if world.is_practice() { "" } else { " `lockroot check` shows it too." };
                    world.say(format!("Accepted until {}.{shown}", risk.until));
                    return Next::Back;
                }
                self.at(AcceptStage::Filling).stay()
            }
            _ => self.at(AcceptStage::Writing(risk, ticket)).unhandled(),
        }
    }
}

impl PageBehaviour for Accept {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content::of(world, self)
    }

    fn keys(&self, _: &World) -> Vec<Binding> {
        match self.stage {
            AcceptStage::Filling => of_form(&self.form),
            AcceptStage::Review(_) => {
                let pairs = [(Key::Left, -1), (Key::Right, 1), (Key::Tab, 1), (Key::BackTab, -1)];
                let buttons = pairs.map(|(key, by)| (key, Intent::Shift(by)));
                let buttons = bind(("←→", "Left/Right"), "button", &buttons);
                vec![buttons, enter("choose"), esc("back"), scrolling(), quiet(help())]
            }
            AcceptStage::Reading(..) => vec![esc("back"), quiet(help())],
            AcceptStage::Writing(..) => Vec::new(),
        }
    }

    fn on(self, input: Input, world: &mut World) -> Next {
        let Self { control, form, stage } = self;
        let filled = Filled { control, form };
        match stage {
            AcceptStage::Filling => filled.filling(input, world),
            AcceptStage::Review(shown) => filled.reviewing(shown, input, world),
            AcceptStage::Reading(shown, wait) => filled.reading(shown, wait, input, world),
            AcceptStage::Writing(risk, ticket) => filled.writing(risk, ticket, input, world),
        }
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::HalfWay
    }

    fn types(&self) -> bool {
        self.stage == AcceptStage::Filling && takes_text(&self.form)
    }

    fn wakes_at(&self, world: &World, _: bool) -> Option<Timestamp> {
        matches!(self.stage, AcceptStage::Writing(..)).then(|| world.now() + time::Duration::seconds(1))
    }
}
