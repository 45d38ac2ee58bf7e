//! What each change touches, returns, removes and replaces. One row for each change and no default, so no other
//! list of changes can be forgotten.

use super::{Change, Subject};
use crate::account::facts::KeyStatus;
use crate::account::{ContactInformation, ContactType, Question};
use crate::secret::Secret;

/// What the rest of the program needs to know about a change, before and after it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declared<'a> {
    /// The owner of what it changes.
    pub touches: Touches<'a>,
    /// What only AWS's answer, or only the sender, knows.
    pub brings: Brings<'a>,
    /// Whether something is lost.
    pub takes_away: TakesAway,
    pub replaces: Replaces<'a>,
}

/// The owner of what a change touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touches<'a> {
    RootKey {
        key: &'a str,
        becomes: KeyBecomes,
    },
    /// Anything else of root.
    Root,
    UserKey {
        user: &'a str,
        /// Access key id.
        key: &'a str,
        becomes: KeyBecomes,
    },
    /// A new access key for this user.
    NewKey(&'a str),
    /// This user's console sign-in.
    SignIn(&'a str),
    /// Anything else of this user.
    User(&'a str),
    /// A group, which affects all its members.
    Group(&'a str),
    /// SNS topic ARN.
    Topic(&'a str),
    /// The whole account.
    Account,
    /// No principal: a question to AWS, or an unassigned virtual MFA device.
    Nobody,
}

/// State of an access key after a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyBecomes {
    Active,
    /// Refused until it is activated again.
    Inactive,
    Deleted,
}

/// A secret that the change creates and nobody can read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brings<'a> {
    Nothing,
    /// A console password, sent in the call itself.
    Password {
        /// The recipient.
        user: &'a str,
        password: &'a Secret,
        /// Whether the user had no password before.
        is_first: bool,
    },
    /// An access key with its secret.
    Key {
        /// The recipient.
        user: &'a str,
    },
    /// A virtual MFA device with its seed.
    Device {
        /// The intended user; `None`: root.
        user: Option<&'a str>,
    },
}

/// Whether a change removes something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakesAway {
    Nothing,
    /// A later call can restore it.
    UntilRestored,
    /// No later call can restore it.
    ForGood,
}

/// What a change overwrites. A call that AWS refuses for an existing thing overwrites nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replaces<'a> {
    Nothing,
    /// An alternate contact, by another or by none.
    AlternateContact(ContactType),
    /// The primary contact, by this one.
    PrimaryContact(&'a ContactInformation),
    /// The account password policy, by another or by AWS's default.
    PasswordPolicy,
    Alias,
    /// A group's inline policy of the same name.
    GroupPolicy,
    Password,
}

impl<'a> Declared<'a> {
    /// Whether the change affects root.
    #[must_use]
    pub fn touches_root(&self) -> bool {
        match self.touches {
            Touches::RootKey { .. } | Touches::Root => true,
            Touches::UserKey { .. }
            | Touches::NewKey(_)
            | Touches::SignIn(_)
            | Touches::User(_)
            | Touches::Group(_)
            | Touches::Topic(_)
            | Touches::Account
            | Touches::Nobody => false,
        }
    }

    /// An extra question about the one user or topic that the change touches. The step's own questions do not cover
    /// it.
    #[must_use]
    pub fn shown_by(&self) -> Option<Question> {
        match self.touches {
            Touches::SignIn(user) => Some(Question::SignIn(user.to_owned())),
            Touches::UserKey { user, .. } | Touches::NewKey(user) => Some(Question::UserKeys(user.to_owned())),
            Touches::Topic(arn) => Some(Question::SnsTopic(arn.to_owned())),
            Touches::RootKey { .. }
            | Touches::Root
            | Touches::User(_)
            | Touches::Group(_)
            | Touches::Account
            | Touches::Nobody => None,
        }
    }

    /// An existing access key: owner (`None`: root), id, and its new state.
    #[must_use]
    pub fn key(&self) -> Option<(Option<&'a str>, &'a str, KeyBecomes)> {
        match self.touches {
            Touches::RootKey { key, becomes } => Some((None, key, becomes)),
            Touches::UserKey { user, key, becomes } => Some((Some(user), key, becomes)),
            Touches::Root
            | Touches::NewKey(_)
            | Touches::SignIn(_)
            | Touches::User(_)
            | Touches::Group(_)
            | Touches::Topic(_)
            | Touches::Account
            | Touches::Nobody => None,
        }
    }

    /// Whether only the call's own answer proves it: no read can tell one secret from another.
    #[must_use]
    pub fn brings_secret(&self) -> bool {
        self.brings != Brings::Nothing
    }
}

impl Change {
    #[must_use]
    pub fn declares(&self) -> Declared<'_> {
        use TakesAway::{ForGood, UntilRestored};
        use Touches::{Account, Group, Nobody, Root, SignIn, User};
        let row = |touches, brings, takes_away, replaces| Declared { touches, brings, takes_away, replaces };
        let (no_secret, no_loss, new) = (Brings::Nothing, TakesAway::Nothing, Replaces::Nothing);
        match self {
            Self::SetKeyStatus { owner, key, status } => {
                row(key_of(owner, key, becomes(status)), no_secret, lost_by(status), new)
            }
            Self::DeleteKey { owner, key } => row(key_of(owner, key, KeyBecomes::Deleted), no_secret, ForGood, new),
            Self::SetCertificateStatus { owner, status, .. } => row(of(owner), no_secret, lost_by(status), new),
            Self::DeleteCertificate { owner, .. } => row(of(owner), no_secret, ForGood, new),
            Self::PutContact { of, .. } => row(Account, no_secret, no_loss, Replaces::AlternateContact(*of)),
            Self::DeleteContact { of } => row(Account, no_secret, UntilRestored, Replaces::AlternateContact(*of)),
            Self::PutContactInformation(to) => row(Account, no_secret, no_loss, Replaces::PrimaryContact(to)),
            // CorrectTrail: the replaced selectors keep the data events.
            Self::SendPhoneCode { .. } | Self::VerifyPhone { .. } | Self::TurnOn { .. } | Self::CorrectTrail { .. } => {
                row(Account, no_secret, no_loss, new)
            }
            // Putting the same rule again changes only its state.
            Self::Alarm { part, .. } => row(part.topic().map_or(Account, Touches::Topic), no_secret, no_loss, new),
            Self::CreateAlias { .. } => row(Account, no_secret, no_loss, Replaces::Alias),
            // The alias can be set again unless somebody else takes it meanwhile.
            Self::DeleteAlias { .. } => row(Account, no_secret, UntilRestored, Replaces::Alias),
            Self::PutPasswordPolicy(_) => row(Account, no_secret, no_loss, Replaces::PasswordPolicy),
            Self::DeletePasswordPolicy => row(Account, no_secret, UntilRestored, Replaces::PasswordPolicy),
            Self::CreateGroup { group } | Self::AttachGroupPolicy { group, .. } => {
                row(Group(group), no_secret, no_loss, new)
            }
            Self::PutGroupPolicy { group, .. } => row(Group(group), no_secret, no_loss, Replaces::GroupPolicy),
            Self::CreateUser { user, .. } | Self::AddUserToGroup { user, .. } | Self::TagUser { user, .. } => {
                row(User(user), no_secret, no_loss, new)
            }
            Self::DetachUserPolicy { user, .. }
            | Self::DeleteUserPolicy { user, .. }
            | Self::RemoveUserFromGroup { user, .. } => row(User(user), no_secret, UntilRestored, new),
            Self::CreateLoginProfile { user, password, .. } => {
                row(SignIn(user), Brings::Password { user, password, is_first: true }, no_loss, new)
            }
            // Nobody holds the replaced password: the wizard sets a new one only in that case.
            Self::SetPassword { user, password, .. } => {
                row(SignIn(user), Brings::Password { user, password, is_first: false }, no_loss, Replaces::Password)
            }
            // A new password can be set, but never this one again.
            Self::DeleteLoginProfile { user } => row(SignIn(user), no_secret, ForGood, new),
            Self::SetServiceCredentialStatus { user, status, .. } => row(User(user), no_secret, lost_by(status), new),
            Self::DeleteServiceCredential { user, .. } => row(User(user), no_secret, ForGood, new),
            Self::CreateKey { user } => row(Touches::NewKey(user), Brings::Key { user }, no_loss, new),
            Self::ChangePassword { user, new: password, .. } => {
                row(SignIn(user), Brings::Password { user, password, is_first: false }, no_loss, Replaces::Password)
            }
            Self::CreateDevice { user, .. } => row(Nobody, Brings::Device { user: user.as_deref() }, no_loss, new),
            Self::EnableDevice { user, .. } => row(SignIn(user), no_secret, no_loss, new),
            Self::ResyncDevice { user, .. } => row(User(user), no_secret, no_loss, new),
            Self::AskRootDevice { .. } => row(Nobody, no_secret, no_loss, new),
            Self::EnableRootDevice { .. } => row(Root, no_secret, no_loss, new),
            // The seed cannot be restored; a new device has another one.
            Self::DeleteDevice { .. } => row(Nobody, no_secret, ForGood, new),
        }
    }
}

fn of(owner: &Subject) -> Touches<'_> {
    match owner {
        Subject::Root => Touches::Root,
        Subject::User(user) => Touches::User(user),
    }
}

fn key_of<'a>(owner: &'a Subject, key: &'a str, becomes: KeyBecomes) -> Touches<'a> {
    match owner {
        Subject::Root => Touches::RootKey { key, becomes },
        Subject::User(user) => Touches::UserKey { user, key, becomes },
    }
}

fn becomes(status: &KeyStatus) -> KeyBecomes {
    match status {
        KeyStatus::Inactive => KeyBecomes::Inactive,
        // No plan sends another status: AWS accepts only these two.
        KeyStatus::Active | KeyStatus::Other(_) => KeyBecomes::Active,
    }
}

fn lost_by(status: &KeyStatus) -> TakesAway {
    match becomes(status) {
        KeyBecomes::Active => TakesAway::Nothing,
        KeyBecomes::Inactive | KeyBecomes::Deleted => TakesAway::UntilRestored,
    }
}

#[cfg(test)]
mod tests;
