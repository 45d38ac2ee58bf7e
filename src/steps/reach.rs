//! What the signed-in principal can do in a step, as far as steps share the rules.

use crate::account::facts::Summary;
use crate::account::{Caller, CredentialKind, Facts, Fault, Partition, Principal};

/// How far the signed-in principal can take a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Completely, in lockroot.
    Here(&'static str),
    /// Another principal or another tool must do it. The text says which.
    HandOff(&'static str),
    /// Nothing to do in this account or partition.
    NotApplicable(&'static str),
    /// AWS refuses it to this principal or session.
    Refused(&'static str),
    /// Undocumented, or not read yet.
    Unknown(&'static str),
}

impl Reach {
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Here(_) => "here",
            Self::HandOff(_) => "hand-off",
            Self::NotApplicable(_) => "n/a",
            Self::Refused(_) => "refused",
            Self::Unknown(_) => "unknown",
        }
    }

    /// The reason, or the way to do it.
    #[must_use]
    pub fn why(self) -> &'static str {
        match self {
            Self::Here(why)
            | Self::HandOff(why)
            | Self::NotApplicable(why)
            | Self::Refused(why)
            | Self::Unknown(why) => why,
        }
    }
}

/// Whether this is a session from `sts:GetSessionToken` without MFA. STS knows its key; IAM answers that it does not.
#[must_use]
pub fn lacks_mfa(facts: &Facts) -> bool {
    let temporary = |caller: &Caller| {
        caller.credential.kind == CredentialKind::Temporary
            && matches!(caller.principal, Principal::Root | Principal::User(_))
    };
    let refused = |failure: &crate::account::Failure| failure.fault == Fault::UnknownKey;
    facts.caller.known().is_some_and(temporary) && facts.summary.failure().is_some_and(refused)
}

/// Whether AWS denies the principal the list of users. An administrator has to run lockroot then.
#[must_use]
pub fn is_kept_out(facts: &Facts) -> bool {
    let is_root = facts.caller.known().is_some_and(Caller::is_root);
    !is_root && facts.people.failure().is_some_and(|failure| failure.fault == Fault::AccessDenied)
}

/// Whether the principal is an IAM user who may not read the account: only their own sign-in is left to manage.
#[must_use]
pub fn has_own_sign_in_only(facts: &Facts) -> bool {
    facts.own_name().is_some() && is_kept_out(facts)
}

/// Whether root's password, keys and MFA are all removed, as organizations do for member accounts.
pub(super) fn root_was_removed(facts: &Facts) -> bool {
    let numbers = |summary: &Summary| (summary.root_password(), summary.root_keys(), summary.root_mfa());
    facts.summary.known().map(numbers) == Some((Some(0), Some(0), Some(0)))
}

/// The kind of principal, and its consequences.
#[must_use]
pub fn describe_caller(caller: &Caller, facts: &Facts) -> &'static str {
    match (&caller.principal, caller.credential.kind, caller.partition()) {
        _ if lacks_mfa(facts) => {
            "A session from GetSessionToken without MFA: IAM refuses all its calls as if the key were unknown. Sign in with `aws login` instead."
        }
        (Principal::Root, CredentialKind::Temporary, _) => {
            "Root, with a temporary session: the safest way. It needs no root access key."
        }
        (Principal::Root, CredentialKind::LongTerm, Partition::GovCloud) => {
            "Root, with its access key: the only way for root in GovCloud. Delete or deactivate the key when nothing needs it."
        }
        (Principal::Root, CredentialKind::LongTerm, _) => {
            "Root, with an access key: it works, but the key itself is a problem. Delete it last, once an administrator can sign in."
        }
        (Principal::User(_), ..) => {
            "An IAM user: everything that its policies allow, except root's keys and MFA, which only root can change."
        }
        (Principal::Role { .. }, ..) => {
            "A role: everything that its policies allow, except root's keys and MFA, which only root can change."
        }
        (Principal::Federated(_), ..) => {
            "A federated user: its session's policies decide, and it may not call IAM. Sign in as an administrator or as root."
        }
        (Principal::Other, ..) => "lockroot does not know this kind of principal. It shows what AWS allows.",
    }
}

/// Reach of an IAM step, from IAM's refusal and from the kind of session.
pub(super) fn iam(caller: &Caller, facts: &Facts, refusal: Option<Fault>) -> Reach {
    if lacks_mfa(facts) { NO_MFA } else { by_reads(caller, refusal) }
}

pub(super) const NO_MFA: Reach = Reach::Refused("IAM refuses a session from GetSessionToken without MFA");
pub(super) const UNDOCUMENTED: Reach = Reach::Unknown("AWS has not documented what root can do in this partition");

/// Reach by the refused reads: without permission to read, a principal can't change anything knowingly.
pub(super) fn by_reads(caller: &Caller, refusals: impl IntoIterator<Item = Fault>) -> Reach {
    let refusals: Vec<Fault> = refusals.into_iter().collect();
    let met = |fault| refusals.contains(&fault);
    match () {
        () if met(Fault::AccessDenied) && caller.is_root() => Reach::Refused(
            "AWS denies it even to root: an organization's policy forbids it; its management account can change that",
        ),
        () if met(Fault::AccessDenied) => {
            Reach::Refused("this principal may not read it; sign in as an administrator or root")
        }
        () if met(Fault::ExpiredSession) => Reach::Unknown("the session has expired"),
        () if !refusals.is_empty() => Reach::Unknown("it could not be read; the step says why"),
        () if caller.is_root() => Reach::Here("root may do all of it"),
        () => Reach::Here("as far as this principal's policies allow"),
    }
}

#[cfg(test)]
mod tests;
