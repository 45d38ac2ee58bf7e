//! Verdicts on the user's own sign-in. They are not controls, because a user who may not read the account can still
//! read these. Ages count to the time of the read.

use super::{devices, keys_read, sign_in};
use crate::account::facts::{AccessKey, KeyStatus};
use crate::account::{Facts, Failure, Fault, Reading, Timestamp};
use crate::checks::Verdict;

/// A part of the user's own sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Own {
    Mfa,
    Password,
    AccessKeys,
}

impl Own {
    pub const ALL: [Self; 3] = [Self::Mfa, Self::Password, Self::AccessKeys];

    /// Name in the goals of a scenario.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Mfa => "mfa",
            Self::Password => "password",
            Self::AccessKeys => "access-keys",
        }
    }

    /// Its name as a line of the checklist has it.
    #[must_use]
    pub fn short_title(self) -> &'static str {
        match self {
            Self::Mfa => "MFA",
            Self::Password => "Password",
            Self::AccessKeys => "Access keys",
        }
    }

    /// The good state.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Mfa => "You have MFA",
            Self::Password => "No password change is pending",
            Self::AccessKeys => "At most one access key, not old",
        }
    }

    /// Verdict and reason; `None`: not read yet.
    #[must_use]
    pub fn assess(self, facts: &Facts) -> Option<(Verdict, String)> {
        match self {
            Self::Mfa => read(&sign_in(facts)?.devices, |_, _| match devices(facts).unwrap_or_default() {
                [] if has_password(facts) => {
                    (Verdict::Fail, "You have no MFA device: your password is enough to sign in to the console.".into())
                }
                [] => (Verdict::Fail, "You have no MFA device.".into()),
                [only] => (Verdict::Pass, format!("1 device: {}.", only.kind())),
                several => (Verdict::Pass, format!("{} devices.", several.len())),
            }),
            Self::Password => read(&sign_in(facts)?.password, |password, _| match password {
                None => (Verdict::NotApplicable, "You have no console password.".into()),
                Some(profile) if profile.reset_required => {
                    (Verdict::Fail, "Somebody else set it. AWS requires you to change it.".into())
                }
                Some(_) => (Verdict::Pass, "AWS does not ask you to change it.".into()),
            }),
            Self::AccessKeys => read(keys_read(facts)?, |keys, at| of_keys(keys, at, facts)),
        }
    }
}

fn read<T>(reading: &Reading<T>, assess: impl FnOnce(&T, Timestamp) -> (Verdict, String)) -> Option<(Verdict, String)> {
    match reading {
        Reading::Known { value, at } => Some(assess(value, *at)),
        Reading::Failed(failure) => Some((Verdict::Unknown, unread(failure))),
        Reading::Closed(reason) => Some((Verdict::Unknown, (*reason).to_owned())),
        Reading::Unread => None,
    }
}

/// Why a part could not be read.
fn unread(failure: &Failure) -> String {
    match failure.fault {
        Fault::AccessDenied => format!("AWS does not let you see it ({}).", failure.action),
        _ => failure.to_string(),
    }
}

/// Whether an active key is older than the limit for all users.
pub(super) fn is_old(key: &AccessKey, at: Timestamp, facts: &Facts) -> bool {
    let days = i64::from(facts.parameters.key_age_days);
    key.status == KeyStatus::Active && key.created.is_some_and(|created| (at - created).whole_days() > days)
}

/// Whether a password is known to be set.
fn has_password(facts: &Facts) -> bool {
    sign_in(facts).is_some_and(|sign_in| matches!(sign_in.password.known(), Some(Some(_))))
}

fn of_keys(keys: &[AccessKey], at: Timestamp, facts: &Facts) -> (Verdict, String) {
    let active = keys.iter().filter(|key| key.status == KeyStatus::Active).count();
    let old = keys.iter().find(|key| is_old(key, at, facts));
    match (keys.len(), active, old) {
        (0, ..) => (Verdict::Pass, "You have no access key.".into()),
        (_, _, Some(key)) => {
            let days = facts.parameters.key_age_days;
            let first = if keys.len() > 1 { "Move its use to the other key" } else { "Create a new one" };
            (Verdict::Fail, format!("…{} is older than {days} days. {first}, then delete it.", key.last_four()))
        }
        (_, 2.., _) => (Verdict::Fail, "2 active access keys exist. Delete the one that you don't use.".into()),
        (_, active, _) if active < keys.len() => (
            Verdict::Fail,
            "A deactivated access key is left over. Delete it once you are sure that nothing needs it.".into(),
        ),
        _ if keys.iter().any(|key| key.created.is_none()) => {
            (Verdict::Unknown, "AWS does not say how old your access key is.".into())
        }
        _ => (Verdict::Pass, "1 access key, not old.".into()),
    }
}
