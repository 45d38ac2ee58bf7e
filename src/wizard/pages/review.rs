//! The review of a plan: shown, confirmed or rejected. What it shows is what will be sent.

pub(super) mod content;

use super::super::keys::common::{bind, enter, erasing, esc, help, one, quiet};
use super::super::keys::{Binding, Intent, Key};
use super::prepare::{Confirmed, Prepare};
use super::{Content, Input, Leaving, Next, PageBehaviour, World};
use crate::account::change::TakesAway;
use crate::account::{Question, Timestamp, by_whom};
use crate::steps::{Call, Consent, Plan};
use crate::wizard::chosen_action::PlanSource;
use crate::wizard::{Coverage, Effect};

/// Minimum time before a review can be confirmed. An earlier Enter was pressed before anybody could see the review,
/// over a slow connection or in a hurry.
pub(super) const MIN_REVIEW_TIME: time::Duration = time::Duration::milliseconds(300);

/// The page that shows a plan before it is sent.
#[derive(Debug, PartialEq)]
pub struct Review {
    pub plan: Plan,
    /// The moment to which ages in the plan count.
    pub(in crate::wizard) as_of: Timestamp,
    /// Differences from the plan that was confirmed, because somebody changed the account meanwhile.
    pub moved: Vec<String>,
    /// Who changed it, according to CloudTrail. Empty in a first review.
    pub by_whom: Vec<String>,
    /// Start of the time in which it changed: when the confirmed review was shown. In a first review: when this one
    /// was.
    pub(in crate::wizard) moved_since: Timestamp,
    pub focus: ReviewFocus,
    /// The typed confirmation, if the plan asks for one.
    pub typed: String,
    /// Whether each group of calls ([`Plan::groups`]) shows its parameters and its command.
    pub(in crate::wizard) unfolded: Vec<bool>,
    /// Scrolled lines.
    pub(in crate::wizard) scroll: u16,
    /// How much of the review has been on the screen.
    pub seen: Coverage,
    /// When the review was first shown.
    pub(in crate::wizard) since: Timestamp,
    /// The source of the plan. Going back returns there.
    pub source: PlanSource,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewFocus {
    /// The button that goes back.
    Back,
    /// The button that goes ahead, or the line for the typed confirmation.
    Ahead,
}

impl Review {
    /// The review before any key.
    #[must_use]
    pub fn new(plan: Plan, source: PlanSource, now: Timestamp) -> Self {
        let focus = if plan.consent == Consent::Careful { ReviewFocus::Back } else { ReviewFocus::Ahead };
        Self {
            unfolded: unfolded(&plan),
            plan,
            as_of: now,
            moved: Vec::new(),
            by_whom: Vec::new(),
            moved_since: now,
            focus,
            typed: String::new(),
            scroll: 0,
            seen: Coverage::default(),
            since: now,
            source,
        }
    }

    /// Shows the review, unless the account is read-only.
    pub(super) fn of(plan: Plan, source: PlanSource, world: &mut World) -> Next {
        Self::shown(Self::new(plan, source, world.now()), world)
    }

    /// Shows a new review at once, because the account changed after the confirmation. Nothing was sent. CloudTrail is
    /// asked who changed it, and the answer is added later. Going back is preselected.
    pub(super) fn again(
        plan: Plan,
        (moved, moved_since): (Vec<String>, Timestamp),
        source: PlanSource,
        world: &mut World,
    ) -> Next {
        world.ask_afresh(Question::RecentChanges);
        let mut review = Self { moved, moved_since, focus: ReviewFocus::Back, ..Self::new(plan, source, world.now()) };
        review.take_by_whom(world);
        Self::shown(review, world)
    }

    fn take_by_whom(&mut self, world: &World) {
        let own_key = world.caller().map_or("", |caller| &caller.credential.access_key_id);
        self.by_whom = by_whom(&world.facts().recent_changes, self.moved_since, own_key);
    }

    fn shown(self, world: &mut World) -> Next {
        debug_assert!(
            self.plan
                .calls
                .iter()
                .all(|call| { self.source.step().definition().changes().contains(call.change.action()) }),
            "the step says which calls it makes: {:?}",
            self.plan.calls
        );
        if let Some(why) = world.why_read_only().filter(|_| world.is_read_only()) {
            world.say(why);
            return self.source.back();
        }
        world.order(Effect::DropPendingKeys);
        Next::Go(self.into())
    }

    /// Whether the plan takes something away and part of it has never been on the screen.
    #[must_use]
    pub fn hides_a_loss(&self) -> bool {
        self.plan.consent != Consent::Plain && !self.seen.is_whole()
    }

    /// Shows or hides the details of one group, or of all.
    fn unfold(&mut self, which: Option<usize>) {
        match which {
            Some(call) => {
                if let Some(unfolded) = self.unfolded.get_mut(call) {
                    *unfolded = !*unfolded;
                }
            }
            None => {
                let all = self.unfolded.iter().all(|unfolded| *unfolded);
                self.unfolded.fill(!all);
            }
        }
    }

    /// The keys for details. Where the confirmation is typed, digits and letters are text.
    fn unfolding(&self) -> Vec<Binding> {
        if self.is_typed() {
            return vec![one(Key::Tab, "Tab", "details", Intent::Details(None))];
        }
        let digits: Vec<(Key, Intent)> = ('1'..='9')
            .zip(0..self.plan.groups().count())
            .map(|(digit, call)| (Key::Char(digit), Intent::Details(Some(call))))
            .collect();
        if digits.len() < 2 {
            return vec![one(Key::Char('a'), "a", "details", Intent::Details(None))];
        }
        vec![bind(("1–9", "1-9"), "details", &digits), one(Key::Char('a'), "a", "all", Intent::Details(None))]
    }

    fn is_typed(&self) -> bool {
        matches!(self.plan.consent, Consent::Typed { .. })
    }

    /// Handles Enter.
    fn choose(mut self, world: &mut World) -> Next {
        if (time::Duration::ZERO..MIN_REVIEW_TIME).contains(&(world.now() - self.since)) {
            // A held key repeats. The time starts again until it stops.
            self.since = world.now();
            world.say("Key ignored: this page had just appeared. Nothing was done.");
            return self.stay();
        }
        if self.focus == ReviewFocus::Ahead && self.hides_a_loss() {
            world
                .say(format!("{}. Read this review to its end before you confirm it.", scroll_first(self.seen.left())));
            return self.stay();
        }
        match &self.plan.consent {
            consent if !consent.is_given_by(&self.typed) => {
                world.say("The text does not match. Nothing was done.");
                self.stay()
            }
            Consent::Plain | Consent::Careful if self.focus == ReviewFocus::Back => self.source.back(),
            Consent::Plain | Consent::Careful | Consent::Typed { .. } => self.confirm(world),
        }
    }

    /// The person has confirmed. The facts are read once more before anything is sent.
    fn confirm(self, world: &mut World) -> Next {
        if world.is_occupied_and_says_so() {
            return self.stay();
        }
        let confirmed = Confirmed { plan: self.plan, as_of: self.as_of };
        Next::Go(Prepare::to_send(self.source, confirmed, world).into())
    }
}

/// Which groups start with details: those that take something away, because they must be read in full, and a single
/// call.
#[must_use]
pub fn unfolded(plan: &Plan) -> Vec<bool> {
    let alone = plan.calls.len() == 1;
    let takes = |group: &[Call]| group.iter().any(|call| call.change.declares().takes_away != TakesAway::Nothing);
    plan.groups().map(|group| alone || takes(group)).collect()
}

/// The request to scroll down, with the number of lines that were never on the screen.
pub(super) fn scroll_first(lines: usize) -> String {
    let lines = if lines == 1 { "1 more line".to_owned() } else { format!("{lines} more lines") };
    format!("Scroll down first: {lines}")
}

impl PageBehaviour for Review {
    fn content<'p>(&'p self, _: &'p World) -> Content<'p> {
        content::of(self)
    }

    fn keys(&self, _: &World) -> Vec<Binding> {
        let pages = bind(
            ("↑↓", "Up/Down"),
            "scroll",
            &[
                (Key::Up, Intent::Scroll(-1)),
                (Key::Down, Intent::Scroll(1)),
                (Key::PageUp, Intent::Page(-1)),
                (Key::PageDown, Intent::Page(1)),
            ],
        );
        if self.is_typed() {
            let mut keys = vec![enter("confirm what you typed"), esc("back")];
            keys.extend(self.unfolding());
            keys.extend([pages, erasing()]);
            return keys;
        }
        let pairs = [(Key::Left, -1), (Key::Right, 1), (Key::Tab, 1), (Key::BackTab, -1)];
        let buttons = bind(("←→", "Left/Right"), "button", &pairs.map(|(key, by)| (key, Intent::Shift(by))));
        let mut keys = vec![buttons, enter("choose"), esc("back")];
        keys.extend(self.unfolding());
        keys.extend([pages, quiet(help())]);
        keys
    }

    fn on(mut self, input: Input, world: &mut World) -> Next {
        match input {
            Input::Do(Intent::Back) => return self.source.back(),
            Input::Do(Intent::Choose) => return self.choose(world),
            Input::Do(Intent::Scroll(by)) => self.scroll = world.drawn().scrolled(by),
            Input::Do(Intent::Erase(_)) => {
                self.typed.pop();
            }
            Input::Do(Intent::Clear) => self.typed.clear(),
            Input::Do(Intent::Details(which)) => self.unfold(which),
            Input::Do(Intent::Shift(_)) if !self.is_typed() => {
                self.focus = match self.focus {
                    ReviewFocus::Back => ReviewFocus::Ahead,
                    ReviewFocus::Ahead => ReviewFocus::Back,
                }
            }
            Input::Text(character) if self.is_typed() && self.typed.chars().count() < 40 => self.typed.push(character),
            Input::Facts if !self.by_whom.is_empty() => self.take_by_whom(world),
            Input::Drawn(drawn) => {
                let is_new = self.seen == Coverage::default();
                self.seen.add(&drawn);
                // On a slow terminal, the first drawing can come long after the page opened.
                if is_new && self.seen != Coverage::default() {
                    self.since = world.now();
                }
            }
            _ => return self.unhandled(),
        }
        self.stay()
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::HalfWay
    }

    fn third_pane<'p>(&'p self, _: &'p World) -> Option<Content<'p>> {
        content::third_pane(self)
    }

    fn line(&self) -> Option<u16> {
        Some(self.scroll)
    }

    fn types(&self) -> bool {
        self.is_typed()
    }
}
