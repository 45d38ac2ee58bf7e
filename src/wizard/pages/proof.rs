//! Reads back the changes, and decides where to go next. Only a fresh read confirms a change.

mod content;

use super::super::keys::Binding;
use super::by_hand::ByHand;
use super::calls::waiting;
use super::console::Console;
use super::key_watch::KeyWatch;
use super::record::{ReadBack, Record};
use super::{ClockMoves, Content, Input, Leaving, Next, Page, PageBehaviour, World};
use crate::account::facts::KeyStatus;
use crate::account::{AlarmPart, Change, Timestamp};
use crate::checks;
use crate::steps::StepId;
use crate::wizard::requests::shown_by;
use crate::wizard::secrets::{IssuedSecrets, RootMfa, next_turn, unshown};

/// Number of reads before lockroot reports that a change does not show yet.
const MAX_READS: u32 = 6;

/// The page that reads back the changes.
#[derive(Debug, PartialEq)]
pub struct Proof {
    /// The step that made the changes.
    pub(in crate::wizard) step: StepId,
    /// Changes that AWS accepted.
    pub(in crate::wizard) applied: Vec<Change>,
    /// Number of reads that did not show all changes.
    pub(in crate::wizard) tries: u32,
    /// Next read; `None` while a read is pending.
    pub(in crate::wizard) again_at: Option<Timestamp>,
    /// New secrets from AWS.
    pub(in crate::wizard) issued: IssuedSecrets,
}

impl Proof {
    /// Reads back the accepted changes.
    pub(super) fn of(step: StepId, applied: Vec<Change>, issued: IssuedSecrets, world: &mut World) -> Self {
        world.read_afresh(step, shown_by(applied.iter()));
        Self { step, applied, tries: 0, again_at: None, issued }
    }

    /// Checks that everything shows. If not, it reads again after a pause, up to [`MAX_READS`] times.
    fn assess(mut self, world: &mut World) -> Next {
        let missing = self.issued.read_back(&self.applied, world.facts()).contains(&Some(false));
        if missing && self.tries + 1 < MAX_READS {
            self.again_at = Some(world.now() + time::Duration::seconds(1 << self.tries.min(3)));
            self.tries += 1;
            return self.stay();
        }
        let missed = missed(&self.applied, world);
        let step = self.step;
        let next = after(step, &self.applied, self.issued, world);
        // A new subscriber has to confirm the mail that AWS sends now.
        let is_subscription =
            |change: &Change| matches!(change, Change::Alarm { part: AlarmPart::Subscription { .. }, .. });
        let asked = self.applied.iter().any(is_subscription) && !missing;
        Next::Go(match (missed, checks::control("root-use-alarm").filter(|_| asked)) {
            (Some(key), _) => KeyWatch::start(key, step, world.now(), world).into(),
            (None, Some(alarm)) => ByHand::watch(alarm, world).into(),
            (None, None) => next,
        })
    }
}

/// The next page: the console, the new secrets user by user, or the result.
pub(super) fn after(step: StepId, applied: &[Change], issued: IssuedSecrets, world: &mut World) -> Page {
    let record = Record::of(step, applied, &issued, world);
    world.note_done(&record.lines);
    world.remember(applied);
    if issued.root_mfa == RootMfa::Refused {
        return Console::after_asking(step, world).into();
    }
    next_turn(world.sign_in_address(), world.account(), issued.people, record)
}

/// The key that was just deactivated, if it was used recently.
fn missed(applied: &[Change], world: &World) -> Option<String> {
    let [change @ Change::SetKeyStatus { owner, key, status: KeyStatus::Inactive }] = applied else {
        return None;
    };
    let found = world.facts().keys_of(owner)?.iter().find(|found| found.id == *key)?;
    let shows = change.shows_in(world.facts()) == Some(true);
    (shows && found.late_use(world.now()).is_some()).then(|| key.clone())
}

/// The read-back of `applied`.
impl Record {
    pub(super) fn of(step: StepId, applied: &[Change], issued: &IssuedSecrets, world: &World) -> Self {
        let seen = |shows: Option<bool>| match shows {
            Some(true) => ReadBack::Shown,
            Some(false) => ReadBack::NotYet,
            None => ReadBack::Unread,
        };
        let lines = applied.iter().zip(issued.read_back(applied, world.facts()));
        Self::new(step, lines.map(|(change, shows)| (change.words(), seen(shows))).collect())
    }
}

impl PageBehaviour for Proof {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content::of(world, self)
    }

    fn keys(&self, _: &World) -> Vec<Binding> {
        waiting()
    }

    fn on(mut self, input: Input, world: &mut World) -> Next {
        match input {
            Input::Facts if self.again_at.is_none() && !world.is_reading_for(self.step) => self.assess(world),
            Input::Tick if self.again_at.is_some_and(|at| at <= world.now()) => {
                self.again_at = None;
                world.read_afresh(self.step, shown_by(self.applied.iter()));
                self.stay()
            }
            _ => self.unhandled(),
        }
    }

    fn leaving(&self, _: &World) -> Leaving {
        let lost = unshown(&self.issued);
        if lost.is_empty() { Leaving::Free } else { Leaving::Loses(lost) }
    }

    fn clock_moves(&self) -> ClockMoves {
        ClockMoves::Moves
    }

    fn wakes_at(&self, _: &World, _: bool) -> Option<Timestamp> {
        self.again_at
    }
}
