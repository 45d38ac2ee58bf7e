//! Issues the credentials that clients sign with: access keys or temporary credentials.

use super::SignedInAs;
use super::identifiers;
use super::principal::{Credential, Principal};
use super::state::{Session, State};
use crate::account::{Subject, Timestamp};
use crate::secret::Secret;
use crate::wire::SigningKeys;

/// Maximum duration of `aws login`, silent renewals included.
const LOGIN: time::Duration = time::Duration::hours(12);

/// How long an expired session is remembered, so that AWS's answer says it expired.
const REMEMBERED: time::Duration = time::Duration::days(1);

pub fn start(state: &mut State, who: &SignedInAs, now: Timestamp) -> Option<SigningKeys> {
    match who {
        SignedInAs::RootLogin => state.root.password.then(|| login(state, Subject::Root, now)),
        SignedInAs::RootKey => long_term(state, &Subject::Root),
        SignedInAs::User(name) => {
            let user = state.user(name).ok()?;
            let (owner, has_password) = (Subject::User(user.name.clone()), user.login.is_some());
            long_term(state, &owner).or_else(|| has_password.then(|| login(state, owner, now)))
        }
    }
}

/// Keys of no account.
pub fn nobody() -> SigningKeys {
    SigningKeys {
        access_key_id: "AKIAAAAAAAAAAAAAAAAA".into(),
        secret_access_key: Secret::default(),
        session_token: None,
        source: "practice account, a principal that is no longer there".into(),
    }
}

/// Creates temporary credentials.
pub fn mint(
    state: &mut State,
    owner: Principal,
    (credential, mfa): (Credential, bool),
    now: Timestamp,
    lasts: time::Duration,
) -> Session {
    let session = Session {
        key_id: state.ids.key("ASIA"),
        secret: identifiers::secret_access_key(),
        token: identifiers::session_token(),
        owner,
        credential,
        mfa,
        created: now,
        expires: now + lasts,
    };
    state.sessions.retain(|session| session.expires + REMEMBERED > now);
    state.sessions.push(session.clone());
    session
}

fn long_term(state: &State, owner: &Subject) -> Option<SigningKeys> {
    let key = state.keys_of(owner).find(|key| key.active)?;
    Some(SigningKeys {
        access_key_id: key.id.clone(),
        secret_access_key: key.secret.clone(),
        session_token: None,
        source: "practice account, access key".into(),
    })
}

/// A sign-in counts as MFA if the owner has a device: the console requires it.
fn login(state: &mut State, owner: Subject, now: Timestamp) -> SigningKeys {
    match &owner {
        Subject::Root => state.root.password_last_used = Some(now),
        Subject::User(name) => {
            if let Ok(user) = state.user_mut(name) {
                user.password_last_used = Some(now);
            }
        }
    }
    let mfa = state.devices_of(&owner).next().is_some();
    let session = mint(state, owner.into(), (Credential::Login, mfa), now, LOGIN);
    SigningKeys {
        access_key_id: session.key_id,
        secret_access_key: session.secret,
        session_token: Some(session.token),
        source: "practice account, `aws login`".into(),
    }
}
