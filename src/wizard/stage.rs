//! The lifecycle of a step. All steps share it; what differs between them is in `steps`.
//! A step's progress is never stored here as truth: after a failure or a restart it is worked out from fresh facts.

use crate::account::{Change, Failure, NewDevice, Outcome, Timestamp};
use crate::secret::Secret;
use crate::steps::{ActionId, Form, Plan};
use crate::totp;

/// Where a step is.
#[derive(Debug, PartialEq)]
pub enum Stage {
    /// Its page is shown: why, what is true now, what can be done.
    Explaining(Cursor),
    /// A form is being filled in.
    Filling(Draft),
    /// The form is sent off; what the plan rests on is being read afresh.
    Preparing(Draft),
    /// The plan is shown and waits for consent.
    Confirming(Review),
    /// The calls are being made, one at a time.
    Changing(Progress),
    /// The calls are made; AWS is being asked whether they show.
    Proving(Proof),
    /// A call failed. What is true now is being read, or has been read since.
    Refused(Refusal),
    /// Secrets are shown, this once.
    Showing(HandOver),
    /// A QR code is shown and two codes are awaited.
    Enrolling(Enrolment),
    /// The person is at the console; AWS is being watched.
    HandedOff(Watch),
    /// What CloudTrail recorded of a key is being read.
    Examining(Examination),
    /// A key was deactivated; AWS is being watched for whoever misses it.
    Watching(KeyWatch),
    /// The key that signed this session was deleted last. Somebody else has to see that it is gone.
    Parting(Parting),
    /// The result: what was done and whether a fresh read shows it.
    Settled(Record),
    /// The reason for skipping is asked for.
    Skipping(String),
    /// Skipped, for that reason.
    Skipped(String),
    /// Secrets are about to be saved, encrypted.
    Sealing(Sealing),
}

impl Default for Stage {
    fn default() -> Self {
        Self::Explaining(Cursor::default())
    }
}

/// What is picked on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    /// The row of the page's table.
    pub item: usize,
    /// The action.
    pub action: usize,
}

/// What the person wants, as far as it has been said.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The action.
    pub action: ActionId,
    /// The row of the page's table that it is about.
    pub item: usize,
    /// What stood first in that row. By the time of the plan the table may have changed, and another row be in its place.
    pub subject: Option<String>,
    /// What was filled in, if the action has a form.
    pub form: Option<Form>,
}

/// A plan before the person.
#[derive(Debug, PartialEq)]
pub struct Review {
    /// What is shown, and what will be sent.
    pub plan: Plan,
    /// Where the focus is.
    pub focus: ReviewFocus,
    /// What was typed, where typing is asked for.
    pub typed: String,
    /// Lines scrolled.
    pub scroll: u16,
    /// What it was made from; going back returns there.
    pub origin: Origin,
}

/// What can have the focus in a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewFocus {
    /// The button that goes back.
    Back,
    /// The button that goes ahead, or the line that is to be typed.
    Ahead,
}

/// Calls under way.
#[derive(Debug, PartialEq)]
pub struct Progress {
    /// What the plan is about.
    pub title: String,
    /// Calls that AWS has taken.
    pub done: Vec<Change>,
    /// The call under way, in words and by its action.
    pub running: (String, &'static str),
    /// Calls still to come, in reverse order.
    pub waiting: Vec<Change>,
    /// What came back.
    pub kept: Keepsakes,
    /// Where to return if AWS refuses.
    pub origin: Origin,
}

/// Where a plan came from, so that nothing is lost when it is refused.
#[derive(Debug, PartialEq)]
pub enum Origin {
    /// The page or its form.
    Draft(Draft),
    /// The page with the QR code.
    Enrolment(Box<Enrolment>),
}

/// Secrets that came back from AWS, until they are shown.
#[derive(Debug, Default, PartialEq)]
pub struct Keepsakes {
    /// The user and the console password that it was given.
    pub password: Option<(String, Secret)>,
    /// The access key's id and secret.
    pub key: Option<(String, Secret)>,
    /// A virtual MFA device that waits for its codes.
    pub device: Option<NewDevice>,
    /// The user whom all this is about.
    pub user: Option<String>,
    /// Whether AWS was asked about root's MFA and refused: then the console comes next.
    pub asked: bool,
}

impl Keepsakes {
    /// Keeps what `change` and its `outcome` hold that is told only this once.
    pub fn keep(&mut self, change: &Change, outcome: Outcome) {
        match (change, outcome) {
            (Change::CreateLoginProfile { user, password, .. } | Change::SetPassword { user, password, .. }, _) => {
                self.password = Some((user.clone(), password.clone()))
            }
            (Change::CreateKey { .. }, Outcome::Key { id, secret }) => self.key = Some((id, secret)),
            (Change::CreateDevice { .. }, Outcome::Device(device)) => self.device = Some(device),
            (_, Outcome::Done | Outcome::Door(_) | Outcome::Device(_) | Outcome::Key { .. }) => {}
        }
    }

    /// Whether there is something that only the person can keep from now on.
    #[must_use]
    pub fn has_secrets(&self) -> bool {
        self.password.is_some() || self.key.is_some()
    }
}

/// Calls made, being read back.
#[derive(Debug, PartialEq)]
pub struct Proof {
    /// What AWS took.
    pub applied: Vec<Change>,
    /// How often it was read back without all of it showing.
    pub tries: u32,
    /// When to read again; `None` while a read is on its way.
    pub again_at: Option<Timestamp>,
    /// What came back.
    pub kept: Keepsakes,
}

/// A refused call.
#[derive(Debug, PartialEq)]
pub struct Refusal {
    /// What was tried, in words.
    pub tried: String,
    /// What AWS said.
    pub failure: Failure,
    /// The change itself, if it was one: a fresh read may show that it happened all the same.
    pub change: Option<Change>,
    /// Calls that had been taken before it.
    pub done: Vec<Change>,
    /// Calls that were not made because of it, in words.
    pub left: Vec<String>,
    /// What came back before it.
    pub kept: Keepsakes,
    /// Where to return.
    pub origin: Origin,
}

/// Whether secrets are drawn in clear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// Covered, and never uncovered so far: they can't have been kept.
    Unseen,
    /// In clear.
    Open,
    /// Covered again.
    Covered,
}

/// Secrets before the person, this once.
#[derive(Debug, PartialEq)]
pub struct HandOver {
    /// Where the user signs in.
    pub address: String,
    /// The account's number.
    pub account: String,
    /// Whose they are.
    pub user: Enrolee,
    /// The console password, if one was set just now.
    pub password: Option<Secret>,
    /// The access key and its secret, if one was made just now.
    pub key: Option<(String, Secret)>,
    /// Whether they are drawn in clear.
    pub sight: Sight,
    /// What comes after.
    pub next: Option<Box<Enrolment>>,
    /// What was done before.
    pub record: Record,
}

/// Secrets on their way into an encrypted file.
#[derive(Debug, PartialEq)]
pub struct Sealing {
    /// For whom.
    pub form: Form,
    /// What is saved, and where to return.
    pub hand_over: HandOver,
    /// It is being encrypted and written.
    pub busy: bool,
}

/// Who gets a device or a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Enrolee {
    /// An IAM user: the two codes go to `iam:EnableMFADevice`.
    User(String),
    /// Root, in the practice account's console.
    Root,
    /// Root, by `iam:EnableMFADevice`, once AWS has said that it takes that.
    RootHere,
}

impl Enrolee {
    /// The user's name, or `root`.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::User(user) => user,
            Self::Root | Self::RootHere => "root",
        }
    }
}

/// Which of the two codes is being typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeField {
    /// The code that is shown first.
    First,
    /// The one after it.
    Second,
}

/// A QR code before the person, and two codes awaited.
#[derive(Debug, PartialEq)]
pub struct Enrolment {
    /// For whom.
    pub enrolee: Enrolee,
    /// The device.
    pub device: NewDevice,
    /// What the QR code says.
    pub uri: Secret,
    /// The two codes, as far as they were typed.
    pub codes: (String, String),
    /// Which one is being typed.
    pub focus: CodeField,
    /// Whether the practice phone is shown.
    pub phone: bool,
    /// What was wrong with the codes last sent.
    pub problem: Option<String>,
    /// The watch to return to, where the console is the practice account's.
    pub watch: Option<Watch>,
}

impl Enrolment {
    /// An enrolment at its start.
    #[must_use]
    pub fn new(enrolee: Enrolee, device: NewDevice, account: &str) -> Self {
        let uri = totp::uri(&device.seed, enrolee.name(), account);
        Self {
            enrolee,
            device,
            uri,
            codes: Default::default(),
            focus: CodeField::First,
            phone: false,
            problem: None,
            watch: None,
        }
    }
}

/// Waiting for something that a person does at the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watch {
    /// Since when.
    pub since: Timestamp,
    /// When AWS is asked next.
    pub next: Timestamp,
    /// How often it was asked.
    pub polls: u32,
    /// How many devices root had before; one more is what is waited for.
    pub had: usize,
}

/// The evidence for a key before the person. What was found is in the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examination {
    /// The key's id.
    pub key: String,
    /// The person has stopped the reading.
    pub stopped: bool,
    /// The starting policy is shown instead of the evidence.
    pub policy: bool,
}

/// Waiting for whoever misses a deactivated key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyWatch {
    /// The key's id.
    pub key: String,
    /// When it was deactivated.
    pub since: Timestamp,
    /// When AWS is asked next.
    pub next: Timestamp,
    /// How often it was asked.
    pub polls: u32,
}

/// A deleted key whose session ended with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parting {
    /// The key's id.
    pub key: String,
    /// Whether AWS has said that it is deleted; else its answer was lost.
    pub is_sure: bool,
    /// When it was deleted.
    pub since: Timestamp,
    /// How often somebody else still saw a key.
    pub tries: u32,
    /// When AWS is asked again.
    pub next: Option<Timestamp>,
}

impl Parting {
    /// The four characters by which people tell keys apart.
    #[must_use]
    pub fn last_four(&self) -> &str {
        self.key.get(self.key.len().saturating_sub(4)..).unwrap_or(&self.key)
    }
}

/// Whether a fresh read shows a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// It does.
    Shown,
    /// It does not, although AWS took the call; IAM sometimes takes minutes.
    NotYet,
    /// The read failed, or nothing that is read could show it.
    Unread,
}

/// What came of a step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// What was done, in words, and whether it shows.
    pub lines: Vec<(String, Seen)>,
}
