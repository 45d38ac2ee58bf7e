//! Dated answers to questions that only a person can answer. They never contain a secret.

use super::Timestamp;
use super::age::ago;

/// A question for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Whether the account's phone number is right and somebody answers it.
    RecoveryPhone,
    /// Whether somebody receives mail to root's e-mail address.
    RecoveryEmail,
    /// Whether root's e-mail address is on a company domain.
    EmailDomain,
    /// Whether several trusted people read that mailbox.
    EmailGroup,
    /// Who is responsible for the mailbox.
    MailboxHolder,
    /// Who holds the account's phone.
    PhoneHolder,
    /// Whether root's password is random, kept in a password manager and not reused.
    PasswordKept,
    /// Whether only its keepers know root's password.
    PasswordNotShared,
    /// Whether root's password was changed within the last year and since the last person who knew it left.
    PasswordFresh,
    /// Where root's MFA devices are kept.
    DevicePlaces,
    /// Whether the alternate contacts answered a test message.
    ContactsReached,
}

impl Topic {
    /// In the order in which they are asked.
    pub const ALL: [Self; 11] = [
        Self::RecoveryPhone,
        Self::RecoveryEmail,
        Self::EmailDomain,
        Self::EmailGroup,
        Self::MailboxHolder,
        Self::PhoneHolder,
        Self::PasswordKept,
        Self::PasswordNotShared,
        Self::PasswordFresh,
        Self::DevicePlaces,
        Self::ContactsReached,
    ];

    /// Stable id for files and reports. Never change it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::RecoveryPhone => "recovery-phone",
            Self::RecoveryEmail => "recovery-email",
            Self::EmailDomain => "email-domain",
            Self::EmailGroup => "email-group",
            Self::MailboxHolder => "mailbox-holder",
            Self::PhoneHolder => "phone-holder",
            Self::PasswordKept => "password-kept",
            Self::PasswordNotShared => "password-not-shared",
            Self::PasswordFresh => "password-fresh",
            Self::DevicePlaces => "device-places",
            Self::ContactsReached => "contacts-reached",
        }
    }

    #[must_use]
    pub fn of_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.id() == id)
    }

    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::RecoveryPhone => "Phone reachable",
            Self::RecoveryEmail => "E-mail reachable",
            Self::EmailDomain => "Company domain",
            Self::EmailGroup => "Group mailbox",
            Self::MailboxHolder => "Mailbox read by",
            Self::PhoneHolder => "Phone held by",
            Self::PasswordKept => "Password manager",
            Self::PasswordNotShared => "Not shared",
            Self::PasswordFresh => "Changed this year",
            Self::DevicePlaces => "MFA devices kept",
            Self::ContactsReached => "Test message",
        }
    }

    /// Whether the answer is free text, not yes or no.
    #[must_use]
    pub fn is_text(self) -> bool {
        matches!(self, Self::MailboxHolder | Self::PhoneHolder | Self::DevicePlaces)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerValue {
    /// The account is as it should be.
    Yes,
    /// It is not, or nobody knows.
    No,
    /// Free text.
    Text(String),
}

impl AnswerValue {
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Yes => "yes",
            Self::No => "no, or nobody knows",
            Self::Text(text) => text,
        }
    }
}

/// A dated answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub said: AnswerValue,
    pub at: Timestamp,
}

impl Answer {
    #[must_use]
    pub fn new(said: AnswerValue, at: Timestamp) -> Self {
        Self { said, at }
    }

    /// The answer, its age, and whether it must be asked again.
    #[must_use]
    pub fn words(&self, now: Timestamp) -> String {
        let again = if self.is_stale(now) { ": check again" } else { "" };
        format!("{}, said {}{again}", self.said.words(), ago(self.at, now))
    }

    /// Days after which the question is asked again.
    pub const VALID_FOR: i64 = 365;

    /// Whether the answer is older than [`Self::VALID_FOR`].
    #[must_use]
    pub fn is_stale(&self, now: Timestamp) -> bool {
        (now - self.at).whole_days() >= Self::VALID_FOR
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_is_found_by_its_name() {
        for topic in Topic::ALL {
            assert_eq!(Topic::of_id(topic.id()), Some(topic));
        }
        assert_eq!(Topic::of_id("password"), None);
    }

    #[test]
    fn an_answer_is_valid_for_a_year() {
        let at = time::macros::datetime!(2025-11-21 12:00 UTC);
        let answer = Answer::new(AnswerValue::Yes, at);
        assert!(!answer.is_stale(at + time::Duration::days(364)));
        assert!(answer.is_stale(at + time::Duration::days(365)));
    }
}
