//! Finds who signed a request: root, a user, a session or a role.

use http::Request;

use super::principal::{Credential, Principal};
use super::refusal::Refusal;
use super::service::Service;
use super::signature::Authorization;
use super::state::{KeyUse, State};
use crate::account::Timestamp;
use crate::account::moment::rfc3339;
use crate::secret::Secret;

/// The principal behind a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// The signing principal.
    pub principal: Principal,
    pub arn: String,
    /// `UserId` in GetCallerIdentity.
    pub id: String,
    /// Id of the signing key.
    pub access_key_id: String,
    /// The kind of key.
    pub credential: Credential,
    /// `aws:MultiFactorAuthPresent`: set for temporary credentials, never for access keys.
    pub mfa: Option<bool>,
    /// When the session began.
    pub since: Option<Timestamp>,
}

/// Owner, secret and kind of a key.
struct Found {
    principal: Principal,
    secret: Secret,
    credential: Credential,
    mfa: Option<bool>,
    since: Option<Timestamp>,
}

/// AWS records a key's use at most every fifteen minutes.
const NOTED_EVERY: time::Duration = time::Duration::minutes(15);

/// Finds the signer of `request`, or refuses it as AWS does.
pub fn authenticate(
    state: &mut State,
    request: &Request<Vec<u8>>,
    service: Service,
    now: Timestamp,
) -> Result<Signer, Refusal> {
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
    if !service.is_signed_for(&authorization.region) {
        let said = format!("Credential should be scoped to a valid region, not '{}'. ", authorization.region);
        return Err(Refusal::new("SignatureDoesNotMatch", 403, said));
    }
    let token = request.headers().get("x-amz-security-token").and_then(|token| token.to_str().ok());
    let found = credential(state, &authorization.access_key_id, token, now)?;
    if !authorization.verifies(request, &found.secret) {
        return Err(Refusal::new(
            "SignatureDoesNotMatch",
            403,
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
        ));
    }
    in_time(&authorization, request, state.ahead, now)?;
    let (arn, id) = identity(state, &found.principal)?;
    note_use(state, &authorization, now);
    let Found { principal, credential, mfa, since, .. } = found;
    Ok(Signer { principal, arn, id, access_key_id: authorization.access_key_id, credential, mfa, since })
}

/// A signature is valid for fifteen minutes around its date. If the account's clock was moved `ahead`, other programs
/// may sign by the machine's clock, or by an earlier answer's date.
fn in_time(
    authorization: &Authorization,
    request: &Request<Vec<u8>>,
    ahead: std::time::Duration,
    now: Timestamp,
) -> Result<(), Refusal> {
    const WINDOW: time::Duration = time::Duration::minutes(15);
    let Some(signed) = authorization.moment(request) else { return Ok(()) };
    let text = |moment: Timestamp| rfc3339(moment).replace(['-', ':'], "");
    let (limit, said) = if signed < now - ahead - WINDOW {
        (format!("{} ({} - 15 min.)", text(now - WINDOW), text(now)), "Signature expired: {} is now earlier than ")
    } else if signed > now + WINDOW {
        (
            format!("{} ({} + 15 min.)", text(now + WINDOW), text(now)),
            "Signature not yet current: {} is still later than ",
        )
    } else {
        return Ok(());
    };
    let said = format!("{}{limit}", said.replace("{}", &text(signed)));
    Err(Refusal::new("SignatureDoesNotMatch", 403, said))
}

/// The owner and secret of key `id`. A new key is unknown until it is visible.
fn credential(state: &State, id: &str, token: Option<&str>, now: Timestamp) -> Result<Found, Refusal> {
    if let Some(session) = state.sessions.iter().find(|session| session.key_id == id) {
        if token != Some(session.token.expose()) {
            return Err(unknown());
        }
        if session.expires <= now {
            return Err(Refusal::new("ExpiredToken", 403, "The security token included in the request is expired"));
        }
        return Ok(Found {
            principal: session.owner.clone(),
            secret: session.secret.clone(),
            credential: session.credential,
            mfa: Some(session.mfa),
            since: Some(session.created),
        });
    }
    let key = state.keys.iter().find(|key| key.id == id && key.active && token.is_none()).ok_or_else(unknown)?;
    if key.visible_from > now {
        return Err(unknown());
    }
    let (principal, secret) = (key.owner.clone().into(), key.secret.clone());
    Ok(Found { principal, secret, credential: Credential::LongTerm, mfa: None, since: None })
}

/// AWS's refusal of an unknown key.
pub fn unknown() -> Refusal {
    Refusal::new("InvalidClientTokenId", 403, "The security token included in the request is invalid.")
}

/// A principal's ARN and id.
fn identity(state: &State, principal: &Principal) -> Result<(String, String), Refusal> {
    match principal {
        Principal::Root => Ok((state.arn("root"), state.account.clone())),
        Principal::User(name) => {
            let user = state.user(name).map_err(|_| unknown())?;
            Ok((state.user_arn(user), user.id.clone()))
        }
        Principal::Role { role, session } => {
            let role = state.roles.get(role).ok_or_else(unknown)?;
            Ok((state.session_arn(role, session), format!("{}:{session}", role.id)))
        }
    }
}

fn note_use(state: &mut State, authorization: &Authorization, now: Timestamp) {
    let Some(key) = state.keys.iter_mut().find(|key| key.id == authorization.access_key_id) else { return };
    if key.last_use.as_ref().is_none_or(|last| now - last.at >= NOTED_EVERY) {
        let (service, region) = (authorization.service.clone(), authorization.region.clone());
        key.last_use = Some(KeyUse { at: now, service, region });
    }
}

#[cfg(test)]
impl Signer {
    /// Root in a login session.
    pub fn root(state: &State) -> Self {
        Self {
            principal: Principal::Root,
            arn: state.arn("root"),
            id: state.account.clone(),
            access_key_id: "ASIAEXAMPLE".into(),
            credential: Credential::Login,
            mfa: Some(true),
            since: None,
        }
    }
}
