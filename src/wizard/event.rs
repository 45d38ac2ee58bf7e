//! What goes in and what comes out: events that have happened, effects that are to be done, tickets that tie them.

use super::{Drawn, Ended, Errand, KeyPress, Mode};
use crate::account::new_profile::NewProfile;
use crate::account::{Caller, Change, Fact, Failure, Machine, NewDevice, Outcome, Question, Source};
use crate::journal::{Claim, Journal, Note};
use crate::secret::Secret;

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
    /// An access key was to be added to the AWS credentials file: what was done, or why not.
    ProfileKept(Result<String, String>),
    /// A browser was asked to show an address; if it could not be, why.
    Opened(Result<(), String>),
    /// This is what there is on the machine to sign in with.
    Found(Ticket, Machine),
    /// A command that had the terminal has ended.
    Returned(Ticket, Ended),
    /// What is remembered of an account, or why that could not be read or kept.
    Remembered(String, Result<Journal, String>),
    /// Whose an account is to change: this program's or another lockroot's.
    Claimed(String, Claim),
    /// Somebody was asked who it is, beside the session that there is.
    Answered(Ticket, Result<Caller, Failure>),
    /// The practice console signed somebody in.
    ConsoleSignedIn(Ticket, Result<(), Failure>),
    /// Time has passed, or the screen has changed its size.
    Tick,
    /// The wizard was drawn as it is; what of it could be seen.
    Drawn(Drawn),
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
    /// Make that account this program's own to change, unless another lockroot works on it.
    Claim(String),
    /// Remember something of that account beyond this run.
    Remember(String, Note),
    /// Make a password of at least so many characters.
    Generate(u32),
    /// Forget keys that were pressed before the person could see what they would now mean.
    DropPendingKeys,
    /// Send text to the terminal's clipboard; none clears it.
    Copy(Secret),
    /// Write new files, by name and text, to where the program was started. None that exists is overwritten.
    Save(Vec<(String, String)>),
    /// Add a profile to the AWS credentials file. In practice it is a file of its own.
    KeepProfile(NewProfile),
    /// Show an address in the person's browser.
    Open(String),
    /// Give the terminal back until the program is continued.
    Suspend,
    /// Move the practice account's clock forward.
    Advance(std::time::Duration),
    /// End the program.
    Quit,
}
