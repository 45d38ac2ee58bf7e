//! The proof that someone other than root can sign in. Nothing is finished without it.

use super::facts::{Field, KeyStatus, People, User, is_administrator_access};
use super::{Caller, Facts, Principal, Timestamp};

/// A proven way in for someone other than root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondWay {
    pub how: ProofKind,
    pub at: Timestamp,
}

/// How the second way in was proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProofKind {
    /// IAM recorded a use of this administrator's password after it was set.
    Seen(String),
    /// Credentials of another principal answered `sts:GetCallerIdentity`.
    Answered {
        /// The principal's ARN.
        arn: String,
        /// The chosen profile, if any.
        profile: Option<String>,
    },
    /// Not proven: a person typed the account number to accept the risk.
    Accepted,
}

/// A principal's rights, as far as known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rights {
    Administrator,
    /// Its policies were read and do not include AdministratorAccess.
    NotShown,
    /// The facts do not tell.
    Untold,
}

impl SecondWay {
    /// The proof that `caller`'s credentials give, if they are neither root's nor based on somebody else's key.
    ///
    /// # Errors
    /// Why they prove nothing.
    pub fn by(caller: &Caller, profile: Option<String>, facts: &Facts, now: Timestamp) -> Result<Self, String> {
        let who = caller.principal.words();
        match &facts.caller.known() {
            Some(here) if here.account != caller.account => {
                return Err(format!(
                    "That is {who} of another account: {}, not {}. It proves nothing here.",
                    caller.account, here.account
                ));
            }
            Some(here) if here.partition() != caller.partition() => {
                return Err(format!("That is {who} in another partition of AWS. It proves nothing here."));
            }
            None => return Err("Sign in first.".into()),
            Some(_) => {}
        }
        match caller.principal {
            Principal::Root => {
                return Err("That is root again. Sign in as somebody other than root.".into());
            }
            Principal::Federated(_) | Principal::Other => {
                return Err(format!("That is {who}: a session that another user's credentials created."));
            }
            Principal::User(_) | Principal::Role { .. } => {}
        }
        if facts.people.known().is_none() {
            return Err(format!("lockroot could not read whether {who} is an administrator. So it proves nothing."));
        }
        if rights(&caller.principal, facts) == Rights::NotShown {
            return Err(format!("That is {who}, for whom no AdministratorAccess was found: not an administrator."));
        }
        Ok(Self { how: ProofKind::Answered { arn: caller.arn.clone(), profile }, at: now })
    }

    /// Whether the proof is still valid. It is not if the principal lost its administrator rights or its last
    /// credential.
    #[must_use]
    pub fn stands(&self, facts: &Facts) -> bool {
        let principal = match &self.how {
            ProofKind::Seen(user) => Principal::User(user.clone()),
            ProofKind::Answered { arn, .. } => Principal::of_arn(arn),
            ProofKind::Accepted => return true,
        };
        let gets_in = match (&self.how, &principal) {
            (ProofKind::Seen(user), _) => has_password(user, facts) != Some(false),
            (_, Principal::User(user)) => {
                has_password(user, facts) != Some(false) || has_key(user, facts) != Some(false)
            }
            _ => true,
        };
        gets_in && rights(&principal, facts) != Rights::NotShown
    }

    /// Whether a sign-in was proven, rather than the risk accepted.
    #[must_use]
    pub fn is_proof(&self) -> bool {
        self.how != ProofKind::Accepted
    }

    /// The kind of proof and its date, for people.
    #[must_use]
    pub fn words(&self) -> String {
        let date = self.at.date();
        match &self.how {
            ProofKind::Seen(user) => format!("proven by {user}'s console sign-in, {date}"),
            ProofKind::Answered { arn, profile } => {
                let who = Principal::of_arn(arn).words();
                let with = profile.as_ref().map_or_else(String::new, |name| format!(" (profile {name})"));
                format!("proven by {who}{with}, {date}")
            }
            ProofKind::Accepted => format!("not proven; risk accepted {date}"),
        }
    }
}

/// The second way in: from current facts, or remembered and still valid. An accepted risk counts only without a
/// proof.
#[must_use]
pub fn second_way(facts: &Facts) -> Option<SecondWay> {
    let remembered = facts.second_way.clone().filter(|way| way.stands(facts));
    remembered.clone().filter(SecondWay::is_proof).or_else(|| found(facts)).or(remembered)
}

/// The second way in that current facts prove.
#[must_use]
pub fn found(facts: &Facts) -> Option<SecondWay> {
    let seen = || Some(SecondWay { how: ProofKind::Seen(seen_user(facts)?.0), at: seen_user(facts)?.1 });
    session(facts).or_else(seen)
}

/// The signed-in principal, if it is an administrator other than root.
fn session(facts: &Facts) -> Option<SecondWay> {
    let (caller, at) = (facts.caller.known()?, facts.caller.at()?);
    (rights(&caller.principal, facts) == Rights::Administrator)
        .then(|| SecondWay { how: ProofKind::Answered { arn: caller.arn.clone(), profile: None }, at })
}

/// The administrator with the most recent password use after the password was set.
fn seen_user(facts: &Facts) -> Option<(String, Timestamp)> {
    let used = |user: &User| {
        let set = user.sign_in.as_ref()?.password.known()?.as_ref()?.created?;
        let used = (*user.password_used.known()?)?;
        (used >= set).then(|| (user.name.clone(), used))
    };
    facts.people.known()?.administrators().filter_map(used).max_by_key(|(_, at)| *at)
}

/// Whether `user` has a console password; `None`: not read.
fn has_password(user: &str, facts: &Facts) -> Option<bool> {
    Some(facts.sign_in(user)?.password.known()?.is_some())
}

/// Whether `user` has an active access key, from its keys or the credential report; `None`: neither was read.
#[must_use]
pub fn has_key(user: &str, facts: &Facts) -> Option<bool> {
    if let Some(keys) = facts.user_keys.get(user).and_then(|reading| reading.known()) {
        return Some(keys.iter().any(|key| key.status == KeyStatus::Active));
    }
    let row = facts.credential_report.known()?.users().find(|row| row.user.eq_ignore_ascii_case(user))?;
    Some(row.keys.iter().any(|key| key.active == Field::Value(true)))
}

/// The rights of `principal`, as far as the facts tell.
#[must_use]
pub fn rights(principal: &Principal, facts: &Facts) -> Rights {
    let Some(people) = facts.people.known() else { return Rights::Untold };
    match principal {
        Principal::User(name) if is_administrator(people, name) => Rights::Administrator,
        Principal::User(_) => Rights::NotShown,
        // The policy of a session can take rights away, so a role's policies alone never show an administrator.
        Principal::Role { role, .. } if people.lacks_full_access(role) => Rights::NotShown,
        Principal::Root | Principal::Role { .. } | Principal::Federated(_) | Principal::Other => Rights::Untold,
    }
}

/// Administrator by group or by a directly attached policy.
fn is_administrator(people: &People, name: &str) -> bool {
    let by_group = people.administrators().any(|user| user.name.eq_ignore_ascii_case(name));
    let directly = people.user(name).is_some_and(|user| {
        user.boundary.as_deref().is_none_or(is_administrator_access)
            && user.attached_policies.iter().any(|arn| is_administrator_access(arn))
    });
    by_group || directly
}

#[cfg(test)]
mod tests;
