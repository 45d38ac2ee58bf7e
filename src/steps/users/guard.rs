//! Guards against lock-out: your own sign-in, the key that signs, and the last administrator can't be removed.

use crate::account::facts::{AccessKey, KeyStatus, User};
use crate::account::second_way::has_key;
use crate::account::{Facts, Principal};

/// Something with which a user signs in or signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loss<'a> {
    /// The console password of this user.
    Password(&'a str),
    /// An active key of this user, by its id.
    Key(&'a str, &'a str),
    /// Part of what this user may do.
    Rights(&'a str),
}

impl<'a> Loss<'a> {
    /// Whether `user` can't sign in to the console any more as what it was.
    fn ends_console_of(self, user: &str) -> bool {
        matches!(self, Self::Password(lost) | Self::Rights(lost) if lost.eq_ignore_ascii_case(user))
    }

    fn user(self) -> &'a str {
        match self {
            Self::Password(user) | Self::Key(user, _) | Self::Rights(user) => user,
        }
    }
}

/// What the facts say about who has to stay.
#[derive(Debug)]
pub(super) struct Guard<'a> {
    pub facts: &'a Facts,
    /// The user who is signed in.
    me: Option<&'a str>,
    /// Who can do everything, or may: a policy could not be read.
    administrators: Vec<&'a str>,
    /// Who certainly can, and signs in to the console.
    with_password: Vec<&'a str>,
    /// Administrators come in by IAM Identity Center too.
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

    /// Why not all of `losses` may be taken away together, if so.
    pub fn blocks(&self, losses: &[Loss<'_>]) -> Option<String> {
        losses.iter().find_map(|loss| self.is_own(*loss)).or_else(|| self.is_last(losses))
    }

    fn is_own(&self, loss: Loss<'_>) -> Option<String> {
        if let Loss::Key(_, key) = loss
            && self.facts.caller.known().is_some_and(|caller| caller.signed_with(key))
        {
            return Some("This session is signed with this key. Sign in another way first (Ctrl-L).".into());
        }
        let me = self.me.filter(|me| me.eq_ignore_ascii_case(loss.user()))?;
        let what = if matches!(loss, Loss::Rights(_)) { "what you may do" } else { "what you sign in with" };
        Some(format!("You are signed in as {me}. Another administrator must take away {what}."))
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

    /// The users of `losses` of whom that is true: that they keep a way in, that they keep none (neither a console password nor an
    /// active key), or that it could not be read (`None`).
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
            // The report tells no ids: what is lost of it can't be told from what stays.
            None => has_key(user, self.facts)
                .filter(|_| !losses.iter().any(|loss| matches!(loss, Loss::Key(of, _) if *of == user))),
        };
        match (password, keys) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        }
    }

    /// Who would be shut out, and which administrators would be left.
    pub fn words(&self, losses: &[Loss<'_>]) -> Vec<String> {
        let (shut_out, unsure) = (self.who(Some(false), losses), self.who(None, losses));
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

    /// Who is left of the administrators, where one of them loses the console password.
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
