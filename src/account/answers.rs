//! What no API tells and only a person can know: answers, each with its date.

use super::Timestamp;

/// Something that a person is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Whether the account's phone number is right and somebody answers it.
    RecoveryPhone,
    /// Whether mail to root's e-mail address arrives with somebody.
    RecoveryEmail,
}

impl Topic {
    /// All of them, in the order in which they are asked.
    pub const ALL: [Self; 2] = [Self::RecoveryPhone, Self::RecoveryEmail];

    /// The name in files and reports. Never changes.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::RecoveryPhone => "recovery-phone",
            Self::RecoveryEmail => "recovery-email",
        }
    }

    /// The topic called `id`.
    #[must_use]
    pub fn of_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.id() == id)
    }
}

/// What a person said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// It is as it should be.
    Sound,
    /// It is not, or nobody knows.
    Unsound,
}

impl Said {
    /// The name in files and reports. Never changes.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Sound => "sound",
            Self::Unsound => "unsound",
        }
    }
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// What was said.
    pub said: Said,
    /// When.
    pub at: Timestamp,
}

impl Answer {
    /// An answer given at `at`.
    #[must_use]
    pub fn new(said: Said, at: Timestamp) -> Self {
        Self { said, at }
    }

    /// Days after which a person is asked again.
    pub const GOOD_FOR: i64 = 365;

    /// Whether it is so old that it has to be asked again.
    #[must_use]
    pub fn is_stale(&self, now: Timestamp) -> bool {
        (now - self.at).whole_days() >= Self::GOOD_FOR
    }
}
