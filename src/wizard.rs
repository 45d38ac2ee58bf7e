//! The state machine of the guided hardening: events go in, effects come out. No IO, no clock, no terminal in here;
//! the same machine runs over AWS, over the practice account and in tests.

pub mod clock;
mod enrol;
pub mod examine;
mod flow;
mod handing;
pub mod keys;
mod leave;
mod memory;
mod parting;
mod press;
mod previous;
mod second_way;
mod seed_copy;
mod sign_in;
pub mod stage;
mod update;
mod ways;

use std::collections::BTreeMap;

use crate::account::{Caller, Change, Fact, Facts, Failure, Machine, NewDevice, Outcome, Question, Source, Timestamp};
use crate::journal::{Journal, Note};
use crate::secret::Secret;
pub use crate::steps::Lock;
use crate::steps::{Page, StepId};
pub use keys::{Binding, Key, KeyPress, bindings};
pub use second_way::{Guard, Proving};
pub use sign_in::SignIn;
pub use stage::Stage;
pub use update::update;
pub use ways::{Ended, Errand, Offer, Way};

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

/// Where the session with AWS stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Session {
    /// On its way.
    Connecting,
    /// There is none, and why.
    Absent(Failure),
    /// Established; the facts say who is signed in.
    Established,
}

/// What the main pane shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Who is signed in.
    SignIn,
    /// A step.
    Step(StepId),
    /// All controls with their verdicts.
    Summary,
}

impl Place {
    /// All places, as the checklist lists them.
    pub const ALL: [Self; 9] = [
        Self::SignIn,
        Self::Step(StepId::RootKeys),
        Self::Step(StepId::RootMfa),
        Self::Step(StepId::Contacts),
        Self::Step(StepId::Administrator),
        Self::Step(StepId::PasswordPolicy),
        Self::Step(StepId::RootSignIn),
        Self::Step(StepId::Groups),
        Self::Summary,
    ];
}

/// What lies over the main pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlay {
    /// Nothing.
    None,
    /// All keys that work now; scrolled by so many lines.
    Help(u16),
    /// The step's whole explanation; scrolled by so many lines.
    Guide(u16),
    /// What the verdicts rest on; scrolled by so many lines.
    Evidence(u16),
    /// The question whether to leave.
    Leaving,
    /// The console's address as a QR code.
    Address,
    /// The break-glass sheet; scrolled by so many lines.
    Sheet(u16),
    /// The secret key that the console shows, drawn once more: [`Wizard::seed_copy`].
    Seed,
    /// How far to move the practice account's clock.
    Clock,
    /// The second way in, and how to prove it.
    SecondWay,
}

/// The secret key of root's device, pasted from the console to be drawn as a QR code for a second phone or a password
/// manager. It is sent nowhere.
#[derive(Debug, Default, PartialEq)]
pub struct SeedCopy {
    /// What was typed so far.
    pub typed: Secret,
    /// What was wrong with it.
    pub problem: Option<String>,
    /// The clean seed and what its QR code says, once it is drawn.
    pub drawn: Option<(Secret, Secret)>,
}

/// Names one effect, so that the reply to an overtaken one can be told and dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// What has happened.
#[derive(Debug)]
pub enum Event {
    /// A key was pressed.
    Key(KeyPress),
    /// A connection was made, or not.
    Connected(Ticket, Result<(), Failure>),
    /// AWS answered a question.
    Learned(Ticket, Question, Fact),
    /// A change ended; it comes back with what came of it.
    Applied(Ticket, Change, Result<Outcome, Failure>),
    /// The practice console offered a device for root.
    ConsoleOffered(Ticket, Result<NewDevice, Failure>),
    /// The practice console answered two codes.
    ConsoleAssigned(Ticket, Result<(), Failure>),
    /// A password was generated.
    Generated(Secret),
    /// Files were to be written: where they are now, or why not.
    Saved(Result<Vec<String>, String>),
    /// Secrets were to be written, encrypted: the file, or why not.
    Sealed(Result<String, String>),
    /// A browser was asked to show an address; if it could not be, why.
    Opened(Result<(), String>),
    /// This is what there is on the machine to sign in with.
    Found(Ticket, Machine),
    /// A command that had the terminal has ended.
    Returned(Ticket, Ended),
    /// What is remembered of an account, or why that could not be read or kept.
    Remembered(String, Result<Journal, String>),
    /// Somebody was asked who it is, beside the session that there is.
    Answered(Ticket, Result<Caller, Failure>),
    /// The practice console signed somebody in.
    ConsoleSignedIn(Ticket, Result<(), Failure>),
    /// Time has passed, or the screen has changed its size.
    Tick,
    /// The terminal or the system wants the program to end.
    Interrupted,
}

/// What is to be done.
#[derive(Debug, PartialEq, Eq)]
pub enum Effect {
    /// Connect to AWS, or to the practice account if the mode says so.
    Connect(Ticket, Mode),
    /// Connect to AWS with the credentials of that source.
    ConnectWith(Ticket, Source),
    /// Connect to the practice account as that user.
    ConnectAs(Ticket, String),
    /// Ask whoever that source's credentials belong to who it is. The session that there is stays.
    Ask(Ticket, Source),
    /// Have the practice console sign that user in.
    ConsoleSignIn(Ticket, String),
    /// Look what there is on the machine to sign in with; whether the AWS CLI is asked for its version too.
    LookAround(Ticket, bool),
    /// Give the terminal to a command until it ends.
    Run(Ticket, Errand),
    /// Ask AWS.
    Read(Ticket, Question),
    /// Change the account. The person has confirmed this very value.
    Apply(Ticket, Change),
    /// Have the practice console offer a device for root.
    ConsoleOffer(Ticket),
    /// Hand two codes to the practice console.
    ConsoleAssign(Ticket, String, (String, String)),
    /// Look up what is remembered of that account.
    Recall(String),
    /// Remember something of that account beyond this run.
    Remember(String, Note),
    /// Make a password of at least so many characters.
    Generate(u32),
    /// Forget keys that were pressed before the person could see what they would now mean.
    DropPendingKeys,
    /// Send text to the terminal's clipboard; none clears it.
    Copy(Secret),
    /// Write a new file of that name with this text in it, encrypted.
    Seal(String, Secret, Lock),
    /// Write new files, by name and text, to where the program was started. None that exists is overwritten.
    Save(Vec<(String, String)>),
    /// Show an address in the person's browser.
    Open(String),
    /// Give the terminal back until the program is continued.
    Suspend,
    /// Move the practice account's clock forward.
    Advance(std::time::Duration),
    /// End the program.
    Quit,
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
    pub facts: Facts,
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
    /// Lines by which the main pane is scrolled, where it has no cursor that it follows.
    pub scroll: u16,
    /// Questions on their way, each with the ticket whose answer counts.
    reads: BTreeMap<Question, Ticket>,
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
            facts: Facts::default(),
            place: Place::SignIn,
            overlay: Overlay::None,
            steps: StepId::ALL.map(|id| Step { id, stage: Stage::default(), draft: None }),
            remark: None,
            seed_copy: SeedCopy::default(),
            has_browser: false,
            clock_ahead: std::time::Duration::ZERO,
            scroll: 0,
            reads: BTreeMap::new(),
            pending: None,
            leaving: false,
            tickets: 0,
            known: None,
            sign_in: SignIn::default(),
            guard: Guard::default(),
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
        id.definition().page(&self.facts, item, self.now)
    }

    /// Who is signed in, once it is known.
    #[must_use]
    pub fn caller(&self) -> Option<&Caller> {
        self.facts.caller.known()
    }

    /// Whether anything that `id` rests on is on its way.
    #[must_use]
    pub fn is_reading_for(&self, id: StepId) -> bool {
        let of_plan = match &self.step(id).stage {
            Stage::Preparing(draft) => id.definition().plan_questions(draft.form.as_ref(), &self.facts),
            _ => Vec::new(),
        };
        id.questions().iter().chain(&of_plan).any(|question| self.reads.contains_key(question))
            || self.reads.keys().any(|question| matches!(question, Question::SignIn(_)) && id == StepId::Administrator)
    }

    /// Whether `question` is on its way.
    #[must_use]
    pub fn is_reading(&self, question: &Question) -> bool {
        self.reads.contains_key(question)
    }

    /// Whether anything is on its way, so that motion is honest.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.pending.is_some() || !self.reads.is_empty()
    }

    /// The time by AWS's clock, in seconds since the epoch: codes are judged by it, not by this machine's.
    #[must_use]
    pub fn aws_unix(&self) -> u64 {
        let ahead = self.caller().and_then(|caller| caller.clock_ahead).unwrap_or_default();
        (self.now - ahead).unix_timestamp().unsigned_abs()
    }

    /// Whether there is a session to ask with.
    fn can_ask(&self) -> bool {
        self.session == Session::Established && self.sign_in.over.is_none()
    }

    /// A change is about to be sent: whatever is still being read belongs to the time before it.
    fn drop_reads(&mut self) {
        self.reads.clear();
    }

    /// Whether a connection, a change or the practice console is on its way: no other may start.
    fn is_occupied(&self) -> bool {
        self.pending.is_some()
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

    /// When the wizard wants a [`Event::Tick`]; `None`: it waits for keys and answers only, and uses no processor.
    #[must_use]
    pub fn wakes_at(&self) -> Option<Timestamp> {
        let second = self.now + time::Duration::seconds(1);
        let spin = self.is_busy().then(|| self.now + time::Duration::milliseconds(120));
        let stages = self.steps.iter().filter_map(|step| match &step.stage {
            Stage::Enrolling(_) => matches!(self.place, Place::Step(id) if id == step.id).then_some(second),
            // Without a session there is nobody to ask; connecting again wakes the watch.
            Stage::HandedOff(_) if !self.can_ask() => None,
            Stage::HandedOff(watch) => Some(if self.is_busy() { second } else { watch.next.min(second) }),
            Stage::Proving(proof) => proof.again_at,
            Stage::Examining(_) => self.examines_at(),
            Stage::Parting(parting) if self.can_ask() => parting.next,
            Stage::Parting(_) => None,
            Stage::Watching(_) if !self.can_ask() => None,
            Stage::Watching(watch) => Some(if self.is_busy() { second } else { watch.next.min(second) }),
            Stage::Explaining(_)
            | Stage::Filling(_)
            | Stage::Preparing(_)
            | Stage::Confirming(_)
            | Stage::Changing(_)
            | Stage::Refused(_)
            | Stage::Showing(_)
            | Stage::Settled(_)
            | Stage::Skipping(_)
            | Stage::Skipped(_) => None,
            Stage::Sealing(sealing) => sealing.busy.then_some(second),
        });
        stages.chain(spin).chain(self.guards_at()).chain(self.clipboard_until).min()
    }
}
