//! The machine's interface: events in, effects out, and the tickets that tie an answer to its request.

use super::{Drawn, Ended, KeyPress, Mode, TerminalCommand};
use crate::account::new_profile::NewProfile;
use crate::account::{
    Acceptances, Caller, Change, CredentialSource, Fact, Failure, Inbox, Machine, NewDevice, Outcome, Question,
    Renewal, Suppression,
};
use crate::journal::{Claim, Journal, Note};
use crate::secret::Secret;

/// Identifies a request, so that an outdated reply can be dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// An input to the machine.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "an event is made once and handed on by value")]
pub enum Event {
    /// A key was pressed.
    Key(KeyPress),
    /// A request was answered.
    Reply(Ticket, Reply),
    /// Time has passed, or the screen has changed its size.
    Tick,
    /// The wizard was drawn, with what was visible.
    Drawn(Drawn),
    /// The terminal or the system wants the program to end.
    Interrupted,
}

/// An action for the driver.
#[derive(Debug, PartialEq, Eq)]
pub enum Effect {
    /// Carry out a request. The driver answers every request, if necessary with a failure.
    Ask(Ticket, Request),
    /// Drop keys that were pressed before the person could see what they would do now.
    DropPendingKeys,
    /// Send text to the terminal's clipboard. Empty text clears it.
    Copy(Secret),
    /// Give the terminal back until the shell continues the program.
    Suspend,
    /// Move the practice account's clock forward.
    Advance(std::time::Duration),
    /// End the program.
    Quit,
}

/// A request to the world outside. Each has its own [`Reply`].
#[derive(Debug, PartialEq, Eq)]
pub enum Request {
    /// Connect to AWS, or to the practice account if the mode says so.
    Connect(Mode),
    /// Connect to AWS with credentials from that source.
    ConnectWith(CredentialSource),
    /// Connect to the practice account as a user.
    ConnectAs(String),
    /// Switch the session to other credentials of the same principal. On failure the session stays as it is.
    Renew(Renewal),
    /// Ask AWS who signs with that source's credentials. The current session stays.
    Identify(CredentialSource),
    /// Have the practice console sign a user in.
    ConsoleSignIn(String),
    /// List the credentials on this machine. With `true`, ask the AWS CLI for its version too.
    InspectMachine(bool),
    /// Give the terminal to a command until it ends.
    Run(TerminalCommand),
    /// Ask AWS.
    Read(Question),
    /// Change the account. The person has confirmed exactly this change.
    Apply(Change),
    /// Have the practice console create an MFA device for root.
    ConsoleOffer,
    /// Give the practice console two codes of the device with that serial number.
    ConsoleAssign(String, (String, String)),
    /// Ask the practice phone for the device with that serial number.
    ConsolePhone(String),
    /// Have the practice console carry out the manual work of that control.
    ConsoleByHand(&'static str),
    /// Read the last message from AWS in the practice phone or mailbox.
    ReadInbox(Inbox),
    /// Claim an account, so that only this lockroot changes it.
    Claim(String),
    /// Load the journal of an account.
    LoadJournal(String),
    /// Append a note to the journal of an account.
    AppendJournal(String, Note),
    /// Load the accepted risks of an account.
    LoadSuppressions(String),
    /// Save an accepted risk. The person has confirmed exactly this text.
    SaveSuppression(String, Suppression),
    /// Generate a password of at least this many characters.
    GeneratePassword(u32),
    /// Write new files, by name and text, into the folder where lockroot was started. Existing files are not
    /// overwritten.
    WriteFiles(Vec<(String, String)>),
    /// Add a profile to the AWS credentials file. Practice uses a file of its own.
    AddProfile(NewProfile),
    /// Open an address in the person's browser.
    Open(String),
}

/// The answer to a [`Request`].
#[derive(Debug)]
pub enum Reply {
    /// Whether the connection was made.
    Connected(Result<(), Failure>),
    /// Whether the session has other credentials of the same principal.
    Renewed(Result<(), Failure>),
    /// Who signs with the other credentials. The session did not change.
    Identified(Result<Caller, Failure>),
    /// Whether the practice console signed the user in.
    ConsoleSignedIn(Result<(), Failure>),
    /// The credentials found on this machine.
    Found(Machine),
    /// How a command ended that had the terminal.
    Returned(Ended),
    /// AWS's answer to a question.
    Learned(Fact),
    /// A change with its outcome.
    Applied(Change, Result<Outcome, Failure>),
    /// The device that the practice console created for root.
    ConsoleOffered(Result<NewDevice, Failure>),
    /// Whether the practice console accepted the two codes.
    ConsoleAssigned(Result<(), Failure>),
    /// The device on the practice phone.
    ConsolePhone(Result<NewDevice, Failure>),
    /// Whether the practice console carried out the manual work.
    ConsoleByHand(Result<(), Failure>),
    /// The last message in the practice phone or mailbox, if any.
    Message(Option<String>),
    /// Whether this lockroot may change the account, or another one works on it.
    Claimed(Claim),
    /// The journal of an account, or why it could not be read or written.
    Remembered(Result<Journal, String>),
    /// The accepted risks of an account, or why they could not be read or written.
    Accepted(Result<Acceptances, String>),
    /// A generated password.
    Password(Secret),
    /// Where the files were written, or why not.
    Saved(Result<Vec<String>, String>),
    /// The profile that was added to the AWS credentials file, or why none was.
    ProfileKept(Result<String, String>),
    /// Whether a browser was opened, or why not.
    Opened(Result<(), String>),
}
