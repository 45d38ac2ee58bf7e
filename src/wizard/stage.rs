//! The lifecycle of a step. All steps share it; what differs between them is in `steps`.
//! A step's progress is never stored here as truth: after a failure or a restart it is worked out from fresh facts.

mod calls;
mod enrolment;
mod hand_over;
mod keepsakes;
mod review;
mod watches;

pub use calls::{Progress, Proof, Record, Refusal, Seen};
pub use enrolment::{CodeField, Enrolee, Enrolment};
pub use hand_over::{HandOver, NamingProfile, Sight};
pub use keepsakes::{Keepsakes, Kept};
pub use review::{Confirmed, Draft, Origin, Preparation, Review, ReviewFocus};
pub use watches::{Examination, KeyWatch, Parting, Watch};

/// Where a step is.
#[derive(Debug, PartialEq)]
pub enum Stage {
    /// Its page is shown: why, what is true now, what can be done.
    Explaining(Cursor),
    /// A form is being filled in.
    Filling(Draft),
    /// The form is sent off, or its plan confirmed; what the plan rests on is being read afresh.
    Preparing(Preparation),
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
    /// The access key that was shown is about to be added as a profile to a file: its name is asked for.
    NamingProfile(NamingProfile),
}

impl Default for Stage {
    fn default() -> Self {
        Self::Explaining(Cursor::default())
    }
}

impl Stage {
    /// Whether there are secrets in it that only the person can keep, and that can't be had again.
    #[must_use]
    pub fn holds_secrets(&self) -> bool {
        match self {
            Self::Showing(_) | Self::NamingProfile(_) => true,
            Self::Enrolling(enrolment) => enrolment.rest.iter().any(Kept::has_secrets),
            _ => false,
        }
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
