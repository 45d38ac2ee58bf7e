//! Credentials of the practice account for other programs.

use super::SignedInAs;
use super::principal::Principal;
use super::sessions;
use super::state::State;
use crate::account::{Subject, Timestamp};
use crate::wire::SigningKeys;

/// A principal and credentials to sign in with.
#[derive(Debug, Clone)]
pub struct PracticeLogin {
    /// `root` or the user name.
    pub name: String,
    pub arn: String,
    /// An active access key if there is one, else a temporary session.
    pub keys: SigningKeys,
}

/// Root first, then the users by name. Handing out credentials is not a sign-in, so the last-use records stay
/// unchanged.
pub fn all(state: &mut State, now: Timestamp) -> Vec<PracticeLogin> {
    let users: Vec<String> = state.users.values().map(|user| user.name.clone()).collect();
    let root = [SignedInAs::RootKey, SignedInAs::RootLogin].into_iter().find_map(|who| hand_out(state, &who, now));
    let root = root.map(|keys| PracticeLogin { name: "root".into(), arn: state.arn("root"), keys });
    let mut principals: Vec<PracticeLogin> = root.into_iter().collect();
    for name in users {
        let keys = hand_out(state, &SignedInAs::User(name.clone()), now);
        let arn = arn(state, &Subject::User(name.clone()));
        principals.extend(keys.zip(arn).map(|(keys, arn)| PracticeLogin { name, arn, keys }));
    }
    principals
}

/// ARN of the owner of key `id`, whether the key works or not.
pub fn owner(state: &State, id: &str) -> Option<String> {
    if let Some(session) = state.sessions.iter().find(|session| session.key_id == id) {
        return match &session.owner {
            Principal::Role { role, session } => state.roles.get(role).map(|role| state.session_arn(role, session)),
            root_or_user => arn(state, &root_or_user.subject()?),
        };
    }
    arn(state, &state.keys.iter().find(|key| key.id == id)?.owner)
}

fn arn(state: &State, subject: &Subject) -> Option<String> {
    match subject {
        Subject::Root => Some(state.arn("root")),
        Subject::User(name) => state.user(name).ok().map(|user| state.user_arn(user)),
    }
}

fn hand_out(state: &mut State, who: &SignedInAs, now: Timestamp) -> Option<SigningKeys> {
    let root = state.root.password_last_used;
    let user = match who {
        SignedInAs::User(name) => state.user(name).ok().and_then(|user| user.password_last_used),
        SignedInAs::RootLogin | SignedInAs::RootKey => None,
    };
    let keys = sessions::start(state, who, now);
    state.root.password_last_used = root;
    if let SignedInAs::User(name) = who
        && let Ok(found) = state.user_mut(name)
    {
        found.password_last_used = user;
    }
    keys
}
