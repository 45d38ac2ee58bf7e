//! The machine's interface: events in, effects out, and the tickets that tie an answer to its request.

use super::{Drawn, Ended, KeyPress, Mode, TerminalCommand};
use crate::account::new_profile::NewProfile;
use crate::account::{
    Acceptances, Caller, Change, CredentialSource, Fact, Failure, Inbox, Machine, NewDevice, Outcome, Question,
    Renewal, Suppression,
};
use crate::journal::{Claim, Journal, Note};
use crate::secret::Secret;

/// Names one request, so that the answer to one that was overtaken can be told and dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// What has happened.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "an event is made once and handed on by value")]
pub enum Event {
    /// A key was pressed.
    Key(KeyPress),
    /// A request was answered.
    Reply(Ticket, Reply),
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
    /// Do this and answer, with a failure if need be. Every request is answered.
    Ask(Ticket, Request),
    /// Forget keys that were pressed before the person could see what they would now mean.
    DropPendingKeys,
    /// Send text to the terminal's clipboard; none clears it.
    Copy(Secret),
    /// Give the terminal back until the program is continued.
    Suspend,
    /// Move the practice account's clock forward.
    Advance(std::time::Duration),
    /// End the program.
    Quit,
}

/// What is asked of the world outside. Each variant has its own among [`Reply`].
#[derive(Debug, PartialEq, Eq)]
pub enum Request {
    /// Connect to AWS, or to the practice account if the mode says so.
    Connect(Mode),
    /// Connect to AWS with the credentials of that source.
    ConnectWith(CredentialSource),
    /// Connect to the practice account as that user.
    ConnectAs(String),
    /// Switch the session to other credentials of the same principal. On failure the session stays as it is.
    Renew(Renewal),
    /// Ask AWS who signs with that source's credentials. The current session stays.
    Identify(CredentialSource),
    /// Have the practice console sign that user in.
    ConsoleSignIn(String),
    /// Look what there is on the machine to sign in with; whether the AWS CLI is asked for its version too.
    InspectMachine(bool),
    /// Give the terminal to a command until it ends.
    Run(TerminalCommand),
    /// Ask AWS.
    Read(Question),
    /// Change the account. The person has confirmed this very value.
    Apply(Change),
    /// Have the practice console offer a device for root.
    ConsoleOffer,
    /// Hand two codes to the practice console, for the device with that serial number.
    ConsoleAssign(String, (String, String)),
    /// Look up what the practice phone holds of the device with that serial number.
    ConsolePhone(String),
    /// Have the practice console do by hand what the control of that name asks a person for.
    ConsoleByHand(&'static str),
    /// Look into the practice phone or mailbox, to which AWS writes.
    ReadInbox(Inbox),
    /// Make that account this program's own to change, unless another lockroot works on it.
    Claim(String),
    /// Look up what is remembered of that account.
    LoadJournal(String),
    /// Remember something of that account beyond this run.
    AppendJournal(String, Note),
    /// Look up which risks somebody accepts for that account.
    LoadSuppressions(String),
    /// Write down that somebody accepts a risk for that account. The person has confirmed this very value.
    SaveSuppression(String, Suppression),
    /// Make a password of at least so many characters.
    GeneratePassword(u32),
    /// Write new files, by name and text, to where the program was started. None that exists is overwritten.
    WriteFiles(Vec<(String, String)>),
    /// Add a profile to the AWS credentials file. In practice it is a file of its own.
    AddProfile(NewProfile),
    /// Show an address in the person's browser.
    Open(String),
}

/// The answer to a [`Request`].
#[derive(Debug)]
pub enum Reply {
    /// A connection was made, or not.
    Connected(Result<(), Failure>),
    /// The session has other credentials of the same principal, or not.
    Renewed(Result<(), Failure>),
    /// Who signs with other credentials; the session is as it was.
    Identified(Result<Caller, Failure>),
    /// The practice console signed somebody in.
    ConsoleSignedIn(Result<(), Failure>),
    /// This is what there is on the machine to sign in with.
    Found(Machine),
    /// A command that had the terminal has ended.
    Returned(Ended),
    /// AWS answered a question.
    Learned(Fact),
    /// A change ended; it comes back with what came of it.
    Applied(Change, Result<Outcome, Failure>),
    /// The practice console offered a device for root.
    ConsoleOffered(Result<NewDevice, Failure>),
    /// The practice console answered two codes.
    ConsoleAssigned(Result<(), Failure>),
    /// What the practice phone holds of a device.
    ConsolePhone(Result<NewDevice, Failure>),
    /// The practice console did by hand what a control asks for, or could not.
    ConsoleByHand(Result<(), Failure>),
    /// What came to the practice phone or mailbox last, if anything did.
    Message(Option<String>),
    /// Whose the account is to change: this program's or another lockroot's.
    Claimed(Claim),
    /// What is remembered of an account, or why that could not be read or kept.
    Remembered(Result<Journal, String>),
    /// The risks that somebody accepts for an account, or why they could not be read or written.
    Accepted(Result<Acceptances, String>),
    /// A password was made.
    Password(Secret),
    /// Files were to be written: where they are now, or why not.
    Saved(Result<Vec<String>, String>),
    /// An access key was to be added to the AWS credentials file: what was done, or why not.
    ProfileKept(Result<String, String>),
    /// A browser was asked to show an address; if it could not be, why.
    Opened(Result<(), String>),
}
