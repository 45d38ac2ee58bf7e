//! One field of a form: id, label, value.

use std::borrow::Cow;

use super::Value;
use crate::account::{ContactField, ContactType, Topic};
use crate::secret::Secret;

/// Which field of which step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldId {
    /// Own values for this contact, or those of another.
    SameAs(ContactType),
    /// The contact's name.
    Name(ContactType),
    /// The contact's title.
    Title(ContactType),
    /// The contact's e-mail address.
    Email(ContactType),
    /// The contact's phone number.
    Phone(ContactType),
    /// The administrator's user name.
    UserName,
    /// The administrators' group.
    GroupName,
    /// Password generated or typed.
    PasswordSource,
    /// The password that lockroot made; never drawn in the form.
    GeneratedPassword,
    /// The password that was typed.
    Password,
    /// The console password of now, of whoever changes their own.
    OldPassword,
    /// The password that was typed, again.
    PasswordAgain,
    /// Whether the password has to be changed at the first sign-in.
    ResetRequired,
    /// Whether an access key is made too.
    AccessKey,
    /// Whether the group denies everything until MFA is present.
    DenyUnlessMfa,
    /// Which set of values the password policy starts from.
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
    /// What a person says of that.
    Answer(Topic),
    /// A field of the primary contact.
    Primary(ContactField),
    /// The code that AWS sent to the primary contact's phone.
    PhoneCode,
    /// The account's alias.
    Alias,
    /// Which of the alternate contacts.
    WhichContact,
    /// Tags for whom or what is made.
    Tags,
    /// The password that lockroot made for another administrator of the same form; never drawn. From 1.
    FurtherPassword(u8),
    /// What a user may do: a managed policy that is not AdministratorAccess, or an existing group.
    SmallerPolicy,
    /// Which MFA device, of several.
    WhichDevice,
    /// A code of an MFA device.
    FirstCode,
    /// The code after it.
    SecondCode,
    /// The name of a profile for the AWS CLI and the SDKs.
    ProfileName,
    /// In which Regions something is turned on.
    RegionScope,
    /// Their names.
    RegionList,
    /// Whom AWS writes to: e-mail addresses.
    Addresses,
    /// The name of an SNS topic.
    TopicName,
    /// The name of a rule of EventBridge.
    RuleName,
    /// Who is added to a group.
    Members,
    /// Why a risk is accepted.
    Reason,
    /// Who answers for it.
    Owner,
    /// The last day on which it is accepted.
    Until,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Which one.
    pub id: FieldId,
    /// What stands before it.
    pub label: &'static str,
    /// A heading above it, where a group of fields begins.
    pub heading: Option<&'static str>,
    /// What is said of it while it has the focus: meaning, range, reason.
    pub hint: Cow<'static, str>,
    /// What it holds.
    pub value: Value,
    /// It is there only while that choice has that option chosen; `None`: always.
    pub only_if: Option<(FieldId, usize)>,
    /// Longest text, in characters: what is typed past it is kept and said to be too long.
    pub max: Option<usize>,
}

impl Field {
    /// A line of text.
    #[must_use]
    pub fn text(id: FieldId, label: &'static str, hint: impl Into<Cow<'static, str>>, text: impl Into<String>) -> Self {
        let text = text.into();
        let cursor = text.chars().count();
        Self::new(id, label, hint, Value::Text { text, cursor })
    }

    /// A secret.
    #[must_use]
    pub fn secret(id: FieldId, label: &'static str, hint: impl Into<Cow<'static, str>>) -> Self {
        Self::new(id, label, hint, Value::Secret(Secret::default()))
    }

    /// One of several.
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

    /// Yes or no.
    #[must_use]
    pub fn toggle(id: FieldId, label: &'static str, hint: impl Into<Cow<'static, str>>, on: bool) -> Self {
        Self::new(id, label, hint, Value::Toggle(on))
    }

    fn new(id: FieldId, label: &'static str, hint: impl Into<Cow<'static, str>>, value: Value) -> Self {
        Self { id, label, heading: None, hint: hint.into(), value, only_if: None, max: None }
    }

    /// Under a heading.
    #[must_use]
    pub fn under(mut self, heading: &'static str) -> Self {
        self.heading = Some(heading);
        self
    }

    /// There only while `choice` has option `chosen`.
    #[must_use]
    pub fn only_if(mut self, choice: FieldId, chosen: usize) -> Self {
        self.only_if = Some((choice, chosen));
        self
    }

    /// At most `max` characters.
    #[must_use]
    pub fn at_most(mut self, max: usize) -> Self {
        self.max = Some(max);
        self
    }
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which field.
    pub field: FieldId,
    /// What is wrong, what is allowed.
    pub words: String,
    /// It is said even before the form is sent off: the field holds something that can't be right.
    pub at_once: bool,
}
