//! Guards against lock-out: your own sign-in, the key that signs, and the last administrator can't be removed.

use crate::account::facts::{AccessKey, KeyStatus, User};
use crate::account::second_way::has_key;
use crate::account::{Facts, Principal};

/// Access that a user would lose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loss<'a> {
    /// The user's console password.
    Password(&'a str),
    /// An active key of the user: user name and key id.
    Key(&'a str, &'a str),
    /// Some of the user's permissions.
    Rights(&'a str),
}

impl<'a> Loss<'a> {
    /// Whether `user` could no longer sign in to the console with the same permissions.
    fn ends_console_of(self, user: &str) -> bool {
        matches!(self, Self::Password(lost) | Self::Rights(lost) if lost.eq_ignore_ascii_case(user))
    }

    fn user(self) -> &'a str {
        match self {
            Self::Password(user) | Self::Key(user, _) | Self::Rights(user) => user,
        }
    }
}

/// The users whose access must stay, according to the facts.
#[derive(Debug)]
pub(super) struct Guard<'a> {
    pub facts: &'a Facts,
    /// The signed-in user.
    me: Option<&'a str>,
    /// Certain administrators, and users who may be one because a policy could not be read.
    administrators: Vec<&'a str>,
    /// Certain administrators with a console password.
    with_password: Vec<&'a str>,
    /// Whether administrators also sign in through IAM Identity Center.
    has_identity_center: bool,
}

impl<'a> Guard<'a> {
    pub fn of(facts: &'a Facts) -> Self {
        let people = facts.people.known();
        let signs_in = |user: &&User| {
            facts.sign_in(&user.name).is_some_and(|sign_in| matches!(sign_in.password.known(), Some(Some(_))))
        };
        let certain = people.into_iter().flat_map(|people| people.with_full_access()).map(|(user, _)| user);
        let role = people.and_then(|people| people.identity_center());
        Self {
            facts,
            me: facts.caller.known().and_then(|caller| match &caller.principal {
                Principal::User(name) => Some(name.as_str()),
                _ => None,
            }),
            administrators: people
                .into_iter()
                .flat_map(|people| people.perhaps_with_full_access())
                .map(|user| user.name.as_str())
                .collect(),
            with_password: certain.filter(signs_in).map(|user| user.name.as_str()).collect(),
            has_identity_center: role.is_some_and(|role| role.last_used.is_some()),
        }
    }

    pub fn is_administrator(&self, user: &str) -> bool {
        self.administrators.iter().any(|name| name.eq_ignore_ascii_case(user))
    }

    /// Why `losses` can't all be removed together.
    pub fn blocks(&self, losses: &[Loss<'_>]) -> Option<String> {
        losses.iter().find_map(|loss| self.is_own(*loss)).or_else(|| self.is_last(losses))
    }

    fn is_own(&self, loss: Loss<'_>) -> Option<String> {
        if let Loss::Key(_, key) = loss
            && self.facts.caller.known().is_some_and(|caller| caller.signed_with(key))
        {
            return Some("This session is signed with this key. Sign in another way first.".into());
        }
        if let Loss::Rights(user) = loss
            && self.signs_with_a_key_of(user)
        {
            return Some(format!("This session is signed with a key of {user}. Sign in another way first."));
        }
        let me = self.me.filter(|me| me.eq_ignore_ascii_case(loss.user()))?;
        let what = if matches!(loss, Loss::Rights(_)) { "what you may do" } else { "what you sign in with" };
        Some(format!("You are signed in as {me}. Another administrator must take away {what}."))
    }

    /// Whether this session was made from a key of `user`, as one of a role can be.
    fn signs_with_a_key_of(&self, user: &str) -> bool {
        let keys = self.facts.user_keys.get(user).and_then(|reading| reading.known());
        let caller = self.facts.caller.known();
        caller.zip(keys).is_some_and(|(caller, keys)| keys.iter().any(|key| caller.signed_with(&key.id)))
    }

    /// Whether no administrator would be left who signs in to the console.
    fn is_last(&self, losses: &[Loss<'_>]) -> Option<String> {
        let last = losses.iter().map(|loss| loss.user()).find(|user| self.is_administrator(user))?;
        let is_lost = |name: &str| losses.iter().any(|loss| loss.ends_console_of(name));
        let stays = self.has_identity_center || self.with_password.iter().any(|name| !is_lost(name));
        let is_unread = |name: &&&str| {
            !is_lost(name) && self.facts.sign_in(name).is_none_or(|sign_in| sign_in.password.known().is_none())
        };
        (!stays).then(|| match self.administrators.iter().find(is_unread) {
            Some(other) => format!(
                "{last} is an administrator. Whether the other one, {other}, can sign in to the console could not be read. Read again (r)."
            ),
            None => format!(
                "{last} is the last administrator who can sign in to the console. Set up another one first: the step Administrator."
            ),
        })
    }

    /// Users of `losses` who keep a way in (`true`), keep neither console password nor active key (`false`), or whose
    /// credentials could not be read (`None`).
    fn who(&self, keeps_a_way: Option<bool>, losses: &[Loss<'_>]) -> Vec<String> {
        let mut users: Vec<&str> = losses.iter().map(|loss| loss.user()).collect();
        users.sort_unstable();
        users.dedup();
        users.into_iter().filter(|user| self.keeps_a_way(user, losses) == keeps_a_way).map(str::to_owned).collect()
    }

    fn keeps_a_way(&self, user: &str, losses: &[Loss<'_>]) -> Option<bool> {
        let password = self.facts.sign_in(user).and_then(|sign_in| sign_in.password.known()).map(Option::is_some);
        let password = password.map(|there| there && !losses.contains(&Loss::Password(user)));
        let stays = |key: &AccessKey| key.status == KeyStatus::Active && !losses.contains(&Loss::Key(user, &key.id));
        let keys = match self.facts.user_keys.get(user).and_then(|reading| reading.known()) {
            Some(keys) => Some(keys.iter().any(stays)),
            // The report has no key ids, so the lost key can't be told from the others.
            None => has_key(user, self.facts)
                .filter(|_| !losses.iter().any(|loss| matches!(loss, Loss::Key(of, _) if *of == user))),
        };
        match (password, keys) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        }
    }

    /// Who would be locked out, and which administrators would be left.
    pub fn words(&self, losses: &[Loss<'_>]) -> Vec<String> {
        // Fewer permissions take away no way to sign in.
        let ways: Vec<Loss<'_>> = losses.iter().filter(|loss| !matches!(loss, Loss::Rights(_))).copied().collect();
        let (shut_out, unsure) = (self.who(Some(false), &ways), self.who(None, &ways));
        let names = crate::checks::some(&shut_out);
        let shut_out = match shut_out.len() {
            0 => None,
            1 => Some(format!("After this {names} can't sign in: no password and no active key is left.")),
            _ => Some(format!("After this these users can't sign in: {names}. No password and no active key is left.")),
        };
        let unsure = (!unsure.is_empty()).then(|| {
            let names = crate::checks::some(&unsure);
            format!("These users' other ways to sign in could not be read: {names}.")
        });
        shut_out.into_iter().chain(unsure).chain(self.left(losses)).collect()
    }

    /// The administrators left, if one of them loses the console password.
    fn left(&self, losses: &[Loss<'_>]) -> Option<String> {
        let is_lost = |user: &&str| losses.iter().any(|loss| loss.ends_console_of(user));
        let lost: Vec<&str> = self.with_password.iter().copied().filter(is_lost).collect();
        let left: Vec<&str> = self.with_password.iter().copied().filter(|user| !is_lost(user)).collect();
        if lost.is_empty() {
            return None;
        }
        let is = if lost.len() == 1 { "is an administrator" } else { "are administrators" };
        let lost = crate::checks::some(&lost);
        let others =
            if self.has_identity_center { " Administrators of IAM Identity Center can sign in too." } else { "" };
        Some(match left.as_slice() {
            [] => format!("{lost} {is}. After this, administrators can sign in only through IAM Identity Center."),
            [last] => format!(
                "{lost} {is}. After this only {last} has a console password: if {last} can't sign in, only root can.{others}"
            ),
            several => format!(
                "{lost} {is}. Other administrators with a console password: {}.{others}",
                crate::checks::some(several)
            ),
        })
    }
}
