//! What each change touches, returns, removes and replaces. One row for each change and no default, so no other
//! list of changes can be forgotten.

use super::{Change, Subject};
use crate::account::facts::KeyStatus;
use crate::account::{ContactInformation, ContactType, Question};
use crate::secret::Secret;

/// Everything that the rest of the program asks about a change before or after it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declared<'a> {
    /// Whose it is.
    pub touches: Touches<'a>,
    /// What AWS tells only in the answer to this call, or what only the person who sent it knows.
    pub brings: Brings<'a>,
    /// Whether something is gone afterwards.
    pub takes_away: TakesAway,
    /// What is overwritten.
    pub replaces: Replaces<'a>,
}

/// Whose things a change touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touches<'a> {
    /// One of root's access keys.
    RootKey {
        /// Its id.
        key: &'a str,
        /// What it is afterwards.
        becomes: KeyBecomes,
    },
    /// Something else of root's.
    Root,
    /// One of a user's access keys.
    UserKey {
        /// The user.
        user: &'a str,
        /// The key's id.
        key: &'a str,
        /// What it is afterwards.
        becomes: KeyBecomes,
    },
    /// A further access key of this user.
    NewKey(&'a str),
    /// How this user signs in to the console.
    SignIn(&'a str),
    /// Something else of this user's.
    User(&'a str),
    /// A group, and so everybody in it.
    Group(&'a str),
    /// An SNS topic, by its ARN.
    Topic(&'a str),
    /// The account as a whole.
    Account,
    /// Nobody's: a question to AWS, or a virtual MFA device that no user has.
    Nobody,
}

/// What an access key is after a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyBecomes {
    /// It works.
    Active,
    /// It does not work until it is activated again.
    Inactive,
    /// It no longer exists.
    Deleted,
}

/// What comes with a change and never again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brings<'a> {
    /// No secret.
    Nothing,
    /// A console password, which the call itself carries.
    Password {
        /// The user who gets it.
        user: &'a str,
        /// The password.
        password: &'a Secret,
        /// Whether the user had none before.
        is_first: bool,
    },
    /// An access key with its secret.
    Key {
        /// The user who gets it.
        user: &'a str,
    },
    /// A virtual MFA device with its seed.
    Device {
        /// The user it is meant for; `None`: root.
        user: Option<&'a str>,
    },
}

/// Whether something is gone after a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakesAway {
    /// Nothing is.
    Nothing,
    /// A later call can bring it back.
    UntilRestored,
    /// No later call can.
    ForGood,
}

/// What a change overwrites. A call that is refused where something exists already replaces nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replaces<'a> {
    /// Nothing.
    Nothing,
    /// An alternate contact, with another one or with none.
    AlternateContact(ContactType),
    /// The primary contact, with this one.
    PrimaryContact(&'a ContactInformation),
    /// The account password policy, with another one or with AWS's default.
    PasswordPolicy,
    /// The account alias.
    Alias,
    /// A group's inline policy of the same name.
    GroupPolicy,
    /// A user's console password.
    Password,
}

impl<'a> Declared<'a> {
    /// Whether it changes something of the root user's.
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

    /// What has to be asked of the one user or topic that it touches, to see it: the step's own questions leave that out.
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

    /// An access key that is there already, whose it is (`None`: root's), and what it becomes.
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

    /// Whether only its own answer proves it: no read tells its secret from one that somebody else made.
    #[must_use]
    pub fn brings_secret(&self) -> bool {
        self.brings != Brings::Nothing
    }
}

impl Change {
    /// What this change touches, brings, takes away and replaces.
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
            // Selectors that are put again keep what is there of data events.
            Self::SendPhoneCode { .. } | Self::VerifyPhone { .. } | Self::TurnOn { .. } | Self::CorrectTrail { .. } => {
                row(Account, no_secret, no_loss, new)
            }
            // A rule that is put again is what it was, but for its state.
            Self::Alarm { part, .. } => row(part.topic().map_or(Account, Touches::Topic), no_secret, no_loss, new),
            Self::CreateAlias { .. } => row(Account, no_secret, no_loss, Replaces::Alias),
            // Somebody else may take the name, but as long as nobody does, it can be set again.
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
            Self::DetachUserPolicy { user, .. } | Self::DeleteUserPolicy { user, .. } => {
                row(User(user), no_secret, UntilRestored, new)
            }
            Self::CreateLoginProfile { user, password, .. } => {
                row(SignIn(user), Brings::Password { user, password, is_first: true }, no_loss, new)
            }
            // Nobody holds the password that goes: the wizard sets another one only then.
            Self::SetPassword { user, password, .. } => {
                row(SignIn(user), Brings::Password { user, password, is_first: false }, no_loss, Replaces::Password)
            }
            // Another password can be set, never this one.
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
            // Its seed cannot be set again; a new device has another one.
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
        // No plan sends another status: AWS takes these two only.
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
