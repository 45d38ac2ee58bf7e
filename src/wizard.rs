//! The state machine of the guided hardening: events go in, effects come out. No IO, no clock, no terminal in here;
//! the same machine runs over AWS, over the practice account and in tests.

mod access;
mod calls;
mod clipboard;
pub mod clock;
mod console;
pub mod content;
mod drawn;
mod drift;
mod enrol;
mod event;
pub mod examine;
mod filling;
mod handing;
pub mod keys;
mod leave;
mod memory;
mod opening;
mod parting;
mod place;
mod planning;
mod press;
mod previous;
mod profile;
mod proof;
mod reads;
mod refusal;
mod review;
mod second_way;
mod seed_copy;
mod session;
mod sheet;
mod sign_in;
pub mod stage;
mod taking_turns;
mod travel;
mod update;
mod users;
mod wakes;
mod ways;
mod weighed;

use std::collections::BTreeMap;

use crate::account::{Caller, Question, Timestamp};
pub use crate::journal::Claim;
use crate::steps::{Page, StepId};
pub use access::Access;
pub use drawn::{Coverage, Drawn};
pub use drift::Drift;
pub use event::{Effect, Event, Ticket};
pub use keys::{Binding, Key, KeyPress, bindings};
pub use place::{Overlay, Place};
pub use reads::Awaited;
pub use second_way::{Guard, Proving};
pub use seed_copy::SeedCopy;
pub use session::Session;
pub use sign_in::SignIn;
pub use stage::Stage;
pub use update::update;
pub use ways::{Ended, Errand, Offer, Way};
pub use weighed::Weighed;

/// Whether it is for real.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// On the practice account, in that scenario.
    Practice {
        /// The scenario's name.
        scenario: String,
    },
    /// On an AWS account.
    Live,
}

impl Mode {
    /// `PRACTICE` or `LIVE`, as it stands on every screen.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Practice { .. } => "PRACTICE",
            Self::Live => "LIVE",
        }
    }
}

/// A step and its stage.
#[derive(Debug, PartialEq)]
pub struct Step {
    /// Which one.
    pub id: StepId,
    /// Where it is.
    pub stage: Stage,
    /// A form that was left half filled in, so that nothing typed is lost.
    pub draft: Option<stage::Draft>,
}

/// Everything that the screen shows and that decides what happens next.
#[derive(Debug)]
pub struct Wizard {
    /// Practice or live.
    pub mode: Mode,
    /// The time of the last event.
    pub now: Timestamp,
    /// The session with AWS.
    pub session: Session,
    /// What is known of the account.
    pub facts: Weighed,
    /// What the main pane shows.
    pub place: Place,
    /// What lies over it.
    pub overlay: Overlay,
    /// The steps, in the order of [`StepId::ALL`].
    pub steps: [Step; 7],
    /// Something to be said in passing, above the keys; gone with the next key.
    pub remark: Option<String>,
    /// The secret key that was pasted, while [`Overlay::Seed`] is up.
    pub seed_copy: SeedCopy,
    /// Whether a browser can be opened where the person sits: not over SSH.
    pub has_browser: bool,
    /// How far the practice account's clock was moved ahead.
    pub clock_ahead: std::time::Duration,
    /// The line to which the person has scrolled the main pane; none: it follows what has the focus.
    pub scroll: Option<u16>,
    /// What the last drawing could show.
    drawn: Drawn,
    /// What lies under the help.
    beneath: Overlay,
    /// Questions on their way, each with the ticket whose answer counts.
    reads: BTreeMap<Question, Ticket>,
    /// The ticket of each question's newest answer.
    answered: BTreeMap<Question, Ticket>,
    /// The other effect on its way (connect, change, console), if any. There is never more than one.
    pending: Option<Ticket>,
    /// The program ends as soon as the change on its way has ended.
    leaving: bool,
    tickets: u64,
    /// Who was signed in before the last connection was made.
    known: Option<Caller>,
    /// Signing in.
    pub sign_in: SignIn,
    /// The second way in.
    pub guard: Guard,
    /// The run before this one.
    runs: drift::Runs,
    /// Whose the account is to change.
    claimed: access::Claimed,
    /// It was said that nothing can be remembered. Once is enough.
    forgetful: bool,
    /// From when on a region's CloudTrail may be asked again.
    pace: BTreeMap<String, Timestamp>,
    /// What the plain terminal says after the program has ended.
    pub farewell: Vec<String>,
    /// Until when a secret of this program stays on the terminal's clipboard.
    clipboard_until: Option<Timestamp>,
}

impl Wizard {
    /// A wizard that has not connected yet, and the effects that start it.
    #[must_use]
    pub fn start(mode: Mode, now: Timestamp) -> (Self, Vec<Effect>) {
        let mut wizard = Self {
            mode,
            now,
            session: Session::Connecting,
            facts: Weighed::default(),
            place: Place::SignIn,
            overlay: Overlay::None,
            steps: StepId::ALL.map(|id| Step { id, stage: Stage::default(), draft: None }),
            remark: None,
            seed_copy: SeedCopy::default(),
            has_browser: false,
            clock_ahead: std::time::Duration::ZERO,
            scroll: None,
            drawn: Drawn::NOTHING,
            beneath: Overlay::None,
            reads: BTreeMap::new(),
            answered: BTreeMap::new(),
            pending: None,
            leaving: false,
            tickets: 0,
            known: None,
            sign_in: SignIn::default(),
            guard: Guard::default(),
            runs: drift::Runs::default(),
            claimed: access::Claimed::default(),
            forgetful: false,
            pace: BTreeMap::new(),
            farewell: Vec::new(),
            clipboard_until: None,
        };
        let effects = wizard.connect();
        (wizard, effects)
    }

    /// The step `id`.
    #[must_use]
    pub fn step(&self, id: StepId) -> &Step {
        &self.steps[id as usize]
    }

    /// The step in the main pane, if one is there.
    #[must_use]
    pub fn here(&self) -> Option<&Step> {
        match self.place {
            Place::Step(id) => Some(self.step(id)),
            Place::SignIn | Place::Summary => None,
        }
    }

    /// The page of the step `id`, as its cursor stands.
    #[must_use]
    pub fn page(&self, id: StepId) -> Page {
        let item = match &self.step(id).stage {
            Stage::Explaining(cursor) => cursor.item,
            _ => 0,
        };
        self.with_access(id.definition().page(&self.facts, item, self.now))
    }

    /// Who is signed in, once it is known.
    #[must_use]
    pub fn caller(&self) -> Option<&Caller> {
        self.facts.caller.known()
    }

    /// Whether anything is on its way, so that motion is honest.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.pending.is_some() || !self.reads.is_empty() || self.claimed.is_asking()
    }

    /// The time by AWS's clock, in seconds since the epoch: codes are judged by it. Whoever tells `now` tells AWS's, once it
    /// is known.
    #[must_use]
    pub fn aws_unix(&self) -> u64 {
        self.now.unix_timestamp().unsigned_abs()
    }

    /// Whether a change is on its way, for whose end the program waits.
    #[must_use]
    pub fn is_changing(&self) -> bool {
        self.pending.is_some() && self.steps.iter().any(|step| matches!(step.stage, Stage::Changing(_)))
    }

    /// Whether the program ends once the change on its way has ended.
    #[must_use]
    pub fn is_leaving(&self) -> bool {
        self.leaving
    }
}
