//! A field of a form: id, label, hint and value.

use std::borrow::Cow;

use super::Value;
use crate::account::{ContactField, ContactType, Topic};
use crate::secret::Secret;

/// Identifies a field in all forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldId {
    /// Whether the contact has values of its own or those of another contact.
    SameAs(ContactType),
    Name(ContactType),
    Title(ContactType),
    Email(ContactType),
    Phone(ContactType),
    UserName,
    GroupName,
    /// Whether the password is generated or typed.
    PasswordSource,
    /// The generated password; never drawn in the form.
    GeneratedPassword,
    /// The typed password.
    Password,
    /// The current console password of the signed-in user.
    OldPassword,
    /// The typed password again.
    PasswordAgain,
    /// Whether the user must change the password at the first sign-in.
    ResetRequired,
    /// Whether to create an access key too.
    AccessKey,
    /// Whether the group denies everything without MFA.
    DenyUnlessMfa,
    /// The preset of the password policy.
    Preset,
    /// `MinimumPasswordLength`
    MinimumLength,
    /// `RequireUppercaseCharacters`
    Uppercase,
    /// `RequireLowercaseCharacters`
    Lowercase,
    /// `RequireNumbers`
    Numbers,
    /// `RequireSymbols`
    Symbols,
    /// `PasswordReusePrevention`
    Reuse,
    /// `MaxPasswordAge`
    MaxAge,
    /// `AllowUsersToChangePassword`
    AllowChange,
    /// `HardExpiry`
    HardExpiry,
    /// A person's answer to that topic.
    Answer(Topic),
    /// A field of the primary contact.
    Primary(ContactField),
    /// The code that AWS sent to the primary contact's phone.
    PhoneCode,
    /// The account alias.
    Alias,
    WhichContact,
    /// Tags for the new users.
    Tags,
    /// The generated password of another user in the same form; never drawn. Counts from 1.
    FurtherPassword(u8),
    /// The user's permissions: a managed policy other than AdministratorAccess, or an existing group.
    SmallerPolicy,
    /// The groups that a user leaves.
    GroupsLeft,
    /// Which of several MFA devices.
    WhichDevice,
    /// A code from an MFA device.
    FirstCode,
    /// The code that follows it.
    SecondCode,
    /// Profile name for the AWS CLI and the SDKs.
    ProfileName,
    /// Whether all Regions or only some are chosen.
    RegionScope,
    /// Names of the chosen Regions.
    RegionList,
    /// E-mail addresses that AWS writes to.
    Addresses,
    TopicName,
    RuleName,
    /// Users to add to a group.
    Members,
    /// Why the risk is accepted.
    Reason,
    /// Who is responsible for the risk.
    Owner,
    /// Last day of the acceptance.
    Until,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub id: FieldId,
    /// Name shown before the value.
    pub label: &'static str,
    /// Heading above it, if it starts a group.
    pub heading: Option<&'static str>,
    /// Hint while the field is in focus: meaning, range, reason.
    pub hint: Cow<'static, str>,
    pub value: Value,
    /// Visible only while that choice has that option. `None`: always.
    pub only_if: Option<(FieldId, usize)>,
    /// Longest text in characters. Longer text is kept, with a problem.
    pub max: Option<usize>,
}

impl Field {
    /// A text field.
    #[must_use]
    pub fn text(id: FieldId, label: &'static str, hint: impl Into<Cow<'static, str>>, text: impl Into<String>) -> Self {
        let text = text.into();
        let cursor = text.chars().count();
        Self::new(id, label, hint, Value::Text { text, cursor })
    }

    #[must_use]
    pub fn secret(id: FieldId, label: &'static str, hint: impl Into<Cow<'static, str>>) -> Self {
        Self::new(id, label, hint, Value::Secret(Secret::default()))
    }

    /// A choice of options.
    #[must_use]
    pub fn choice(
        id: FieldId,
        label: &'static str,
        hint: impl Into<Cow<'static, str>>,
        options: &'static [&'static str],
        chosen: usize,
    ) -> Self {
        Self::new(id, label, hint, Value::Choice { options, chosen })
    }

    #[must_use]
    pub fn toggle(id: FieldId, label: &'static str, hint: impl Into<Cow<'static, str>>, on: bool) -> Self {
        Self::new(id, label, hint, Value::Toggle(on))
    }

    fn new(id: FieldId, label: &'static str, hint: impl Into<Cow<'static, str>>, value: Value) -> Self {
        Self { id, label, heading: None, hint: hint.into(), value, only_if: None, max: None }
    }

    /// Puts a heading above the field.
    #[must_use]
    pub fn under(mut self, heading: &'static str) -> Self {
        self.heading = Some(heading);
        self
    }

    /// Shows the field only while `choice` has option `chosen`.
    #[must_use]
    pub fn only_if(mut self, choice: FieldId, chosen: usize) -> Self {
        self.only_if = Some((choice, chosen));
        self
    }

    /// Limits the text to `max` characters.
    #[must_use]
    pub fn at_most(mut self, max: usize) -> Self {
        self.max = Some(max);
        self
    }
}

/// A problem of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub field: FieldId,
    /// Says the problem and the allowed range.
    pub words: String,
    /// Whether to show it before the form is submitted, because more typing can't fix it.
    pub at_once: bool,
}
