//! Who signed a request. The caller follows the key: root's, a user's, or a session of either.

use http::Request;

use super::refusal::Refusal;
use super::signature::Authorization;
use super::state::{KeyUse, State};
use crate::account::{Subject, Timestamp};
use crate::secret::Secret;

/// The principal behind a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// Whose credentials signed.
    pub subject: Subject,
    /// Its ARN.
    pub arn: String,
    /// What GetCallerIdentity calls its `UserId`.
    pub id: String,
}

/// AWS notes a key's use at most every fifteen minutes.
const NOTED_EVERY: time::Duration = time::Duration::minutes(15);

/// Finds the signer of `request`, or refuses it as AWS does.
pub fn authenticate(state: &mut State, request: &Request<Vec<u8>>, now: Timestamp) -> Result<Signer, Refusal> {
    if !request.headers().contains_key(http::header::AUTHORIZATION) {
        return Err(Refusal::new("MissingAuthenticationToken", 403, "Request is missing Authentication Token"));
    }
    let authorization = Authorization::of(request).ok_or_else(|| {
        Refusal::new(
            "IncompleteSignature",
            400,
            "Authorization header requires Credential, SignedHeaders and Signature",
        )
    })?;
    let token = request.headers().get("x-amz-security-token").and_then(|token| token.to_str().ok());
    let (subject, secret) = credential(state, &authorization.access_key_id, token, now)?;
    if !authorization.verifies(request, &secret) {
        return Err(Refusal::new(
            "SignatureDoesNotMatch",
            403,
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
        ));
    }
    let signer = signer(state, subject)?;
    note_use(state, &authorization, now);
    Ok(signer)
}

/// The owner and the secret of the key called `id`.
fn credential(state: &State, id: &str, token: Option<&str>, now: Timestamp) -> Result<(Subject, Secret), Refusal> {
    if let Some(session) = state.sessions.iter().find(|session| session.key_id == id) {
        if token != Some(session.token.expose()) {
            return Err(unknown());
        }
        if session.expires <= now {
            return Err(Refusal::new("ExpiredToken", 403, "The security token included in the request is expired"));
        }
        return Ok((session.owner.clone(), session.secret.clone()));
    }
    let key = state.keys.iter().find(|key| key.id == id && key.active && token.is_none()).ok_or_else(unknown)?;
    Ok((key.owner.clone(), key.secret.clone()))
}

fn unknown() -> Refusal {
    Refusal::new("InvalidClientTokenId", 403, "The security token included in the request is invalid.")
}

fn signer(state: &State, subject: Subject) -> Result<Signer, Refusal> {
    let (arn, id) = match &subject {
        Subject::Root => (state.arn("root"), state.account.clone()),
        Subject::User(name) => {
            let user = state.user(name).map_err(|_| unknown())?;
            (state.user_arn(user), user.id.clone())
        }
    };
    Ok(Signer { subject, arn, id })
}

fn note_use(state: &mut State, authorization: &Authorization, now: Timestamp) {
    let Some(key) = state.keys.iter_mut().find(|key| key.id == authorization.access_key_id) else { return };
    if key.last_use.as_ref().is_none_or(|last| now - last.at >= NOTED_EVERY) {
        let (service, region) = (authorization.service.clone(), authorization.region.clone());
        key.last_use = Some(KeyUse { at: now, service, region });
    }
}
