//! What a step's page shows: the current state and the possible actions.

use crate::checks::{Control, Verdict};

/// A step's page: the current state and the possible actions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StepView {
    /// Why the step matters, in a sentence or two. A key opens the full guide.
    pub why: &'static str,
    /// The current state.
    pub rows: Vec<Row>,
    /// Rows to choose from. Empty for many steps.
    pub table: Table,
    /// Notes to read before acting.
    pub notes: Vec<String>,
    pub actions: Vec<Action>,
}

/// A line of the current state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A control with its verdict and reason; `None`: not read yet.
    Control(&'static Control, Option<(Verdict, String)>),
    /// Something that no control checks: name, verdict and reason.
    Assessed(&'static str, Verdict, String),
    /// A name with AWS's value.
    Value(String, String),
}

impl Row {
    pub(super) fn value(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self::Value(name.into(), value.into())
    }

    #[must_use]
    pub fn verdict(&self) -> Option<Verdict> {
        match self {
            Self::Control(_, assessed) => assessed.as_ref().map(|(verdict, _)| *verdict),
            Self::Assessed(_, verdict, _) => Some(*verdict),
            Self::Value(..) => None,
        }
    }
}

/// A table in which one row can be selected.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Column headings.
    pub heads: Vec<&'static str>,
    /// Cells of each row.
    pub rows: Vec<Vec<String>>,
    /// Unique name of each row. Empty: the first cell is the name.
    pub subjects: Vec<String>,
    /// Which things matter less; empty: none.
    pub dim: Vec<bool>,
}

impl Table {
    /// Name of row `item`.
    #[must_use]
    pub fn subject(&self, item: usize) -> Option<&String> {
        if self.subjects.is_empty() { self.rows.get(item)?.first() } else { self.subjects.get(item) }
    }

    /// Index of the row with that name.
    #[must_use]
    pub fn row_of(&self, subject: &str) -> Option<usize> {
        (0..self.rows.len()).find(|item| self.subject(*item).is_some_and(|other| other == subject))
    }
}

/// An action on a step's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    pub id: ActionId,
    /// Label of its button.
    pub label: String,
    /// Why the action can't be chosen now.
    pub blocked: Option<String>,
}

/// Identifies an action on any step's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionId {
    /// Deactivate access keys.
    Deactivate,
    /// Activate an access key again.
    Activate,
    /// Delete access keys, a console password or another credential.
    Delete,
    /// Deactivate everything of the selected item's kind.
    DeactivateAll,
    /// Delete everything of the selected item's kind.
    DeleteAll,
    /// Show a message to send: a request to people, or a report of the changes.
    Message,
    /// Open the step's form.
    FillIn,
    /// Open the console page and watch AWS.
    HandOff,
    /// Show CloudTrail's events about a key.
    Examine,
    /// Watch a deactivated key.
    Watch,
    /// Set up MFA for a user without it.
    EnrolMfa,
    /// Answer a question that no API can.
    Answer,
    /// Generate a password for root.
    MakePassword,
    /// Ask AWS whether root's MFA can be assigned by API.
    AskAws,
    /// Delete an unassigned MFA device.
    DeleteDevice,
    /// Set the primary contact.
    PrimaryContact,
    /// Set or delete the account alias.
    AccountAlias,
    /// Delete an alternate contact.
    DeleteContact,
    /// Have AWS send a code to the primary contact's phone.
    SendPhoneCode,
    /// Enter the code from the phone.
    EnterPhoneCode,
    /// Restore a previous contact.
    RestoreContact,
    /// Replace an administrator's password that nobody knows.
    ResetPassword,
    /// Set up a user for daily work, who is not an administrator.
    AddDailyUser,
    /// Let an existing group with the same policies give a user its permissions.
    MoveToGroup,
    /// Let a new group with the same policies give a user its permissions.
    MoveToNewGroup,
    /// Turn on the selected service in the Regions where it is off.
    TurnOn,
    /// Do the selected item by hand, and watch AWS.
    ByHand,
    /// Turn on every service in the Regions where it is off.
    TurnOnAll,
    /// Let users manage their own password, access keys and MFA.
    AllowSelfService,
    /// Replace a user's own policies with a group that gives less.
    ReducePermissions,
    /// Note on the user that somebody reviewed the selected finding.
    MarkReviewed,
    /// Detach policies from a user that a group already gives.
    DetachFromUser,
    /// Change one's own password.
    ChangePassword,
    /// Create another access key for oneself.
    NewKey,
    /// Enter an MFA code to start a session with MFA.
    MfaSession,
    /// Resynchronize an administrator's MFA device.
    ResyncMfa,
}
