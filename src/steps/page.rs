//! What a step's page shows: the current state and the possible actions.

use crate::checks::{Control, Verdict};

/// A step's page: what is true now and what can be done about it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StepView {
    /// Why the step matters, in a sentence or two. The whole guide is a key away.
    pub why: &'static str,
    /// What is true now.
    pub rows: Vec<Row>,
    /// Things to pick from, if the step has any.
    pub table: Table,
    /// What is worth knowing before acting.
    pub notes: Vec<String>,
    /// What can be done.
    pub actions: Vec<Action>,
}

/// One line of what is true now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A control with its verdict and the reason; `None`: it has not been read.
    Control(&'static Control, Option<(Verdict, String)>),
    /// What no control assesses, by its name, with a verdict and the reason.
    Assessed(&'static str, Verdict, String),
    /// A name, and what AWS says of it.
    Value(String, String),
}

impl Row {
    /// What AWS says of what is called `name`.
    pub(super) fn value(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self::Value(name.into(), value.into())
    }

    /// The verdict, where there is one.
    #[must_use]
    pub fn verdict(&self) -> Option<Verdict> {
        match self {
            Self::Control(_, assessed) => assessed.as_ref().map(|(verdict, _)| *verdict),
            Self::Assessed(_, verdict, _) => Some(*verdict),
            Self::Value(..) => None,
        }
    }
}

/// Things of which one can be picked, with a column each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The heads of the columns.
    pub heads: Vec<&'static str>,
    /// A row of cells for each thing.
    pub rows: Vec<Vec<String>>,
    /// What each thing is called, and no other one; empty: the first cell says it.
    pub subjects: Vec<String>,
}

impl Table {
    /// What the thing in row `item` is called.
    #[must_use]
    pub fn subject(&self, item: usize) -> Option<&String> {
        if self.subjects.is_empty() { self.rows.get(item)?.first() } else { self.subjects.get(item) }
    }

    /// The row of the thing that is called so.
    #[must_use]
    pub fn row_of(&self, subject: &str) -> Option<usize> {
        (0..self.rows.len()).find(|item| self.subject(*item).is_some_and(|other| other == subject))
    }
}

/// An offer on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Which one.
    pub id: ActionId,
    /// What its button says.
    pub label: String,
    /// Why it can't be chosen now, if it can't.
    pub blocked: Option<String>,
}

/// Something that a step's page offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionId {
    /// Deactivate access keys.
    Deactivate,
    /// Activate an access key again.
    Activate,
    /// Delete access keys, a console password or another credential.
    Delete,
    /// Deactivate everything that is like the picked thing.
    DeactivateAll,
    /// Delete everything that is like the picked thing.
    DeleteAll,
    /// Show a message to send: to the people who have to do something, or about what was done.
    Message,
    /// Fill in the step's form.
    FillIn,
    /// Hand over to the console and watch.
    HandOff,
    /// See what CloudTrail recorded of a key.
    Examine,
    /// Watch a deactivated key.
    Watch,
    /// Set up the MFA of a user who has none.
    EnrolMfa,
    /// Say what no API tells.
    Answer,
    /// Make a password for root.
    MakePassword,
    /// Ask AWS whether root's MFA can be assigned here.
    AskAws,
    /// Delete an MFA device that nobody owns.
    DeleteDevice,
    /// Fill in the primary contact.
    PrimaryContact,
    /// Set or delete the account's alias.
    AccountAlias,
    /// Delete an alternate contact.
    DeleteContact,
    /// Have AWS send a code to the primary contact's phone.
    SendPhoneCode,
    /// Give AWS the code that came to the phone.
    EnterPhoneCode,
    /// Set an alternate contact to what it was before.
    RestoreContact,
    /// Give an administrator another password, because nobody holds the present one.
    ResetPassword,
    /// Set up a user for daily work, who is no administrator.
    AddDailyUser,
    /// Let a group that carries the same give a user its permissions.
    MoveToGroup,
    /// Let a new group give a user its permissions.
    MoveToNewGroup,
    /// Turn on the picked service in the Regions where it is off.
    TurnOn,
    /// Hand the picked thing over, and watch.
    ByHand,
    /// Turn on every service in the Regions where it is off.
    TurnOnAll,
    /// Let users look after their own password, keys and MFA.
    AllowSelfService,
    /// Let a group that gives a user less take the place of its own policies.
    ReducePermissions,
    /// Take policies off a user to whom a group gives the same.
    DetachFromUser,
    /// Set another password of one's own in place of the present one.
    ChangePassword,
    /// Make another access key of one's own.
    NewKey,
    /// Give a code, and go on with a session that carries MFA.
    MfaSession,
    /// Tell AWS how far the clock of an administrator's MFA device has drifted.
    ResyncMfa,
}
