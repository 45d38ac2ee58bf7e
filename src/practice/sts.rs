//! Security Token Service. Source: AWS STS API Reference, 2011-06-15.

use super::devices;
use super::iam_request::{Answer, Call, IamRequest};
use super::permissions;
use super::policy::Decision;
use super::policy::trust::{Asking, Trust, Trusted};
use super::principal::{Credential, Principal};
use super::refusal::Refusal;
use super::rules;
use super::sessions;
use super::state::{Role, Session, key};
use super::xml::Xml;

/// Its calls.
pub const CALLS: &[Call] =
    &[("AssumeRole", assume_role), ("GetCallerIdentity", caller_identity), ("GetSessionToken", session_token)];

/// Root's sessions last an hour at most, whatever is asked for.
const ROOT_SECONDS: u32 = 3600;
const USER_SECONDS: u32 = 43_200;
const ROLE_SECONDS: u32 = 3600;

fn caller_identity(visit: &mut IamRequest) -> Answer {
    let identity = Xml::new()
        .text("UserId", &visit.signer.id)
        .text("Account", &visit.state.account)
        .text("Arn", &visit.signer.arn);
    Ok(Some(identity))
}

fn session_token(visit: &mut IamRequest) -> Answer {
    let asked = visit.form.number("DurationSeconds", 900..=129_600)?;
    if visit.signer.credential != Credential::LongTerm {
        return Err(Refusal::access_denied("Cannot call GetSessionToken with session credentials"));
    }
    let mfa = multi_factor(visit)?;
    let seconds = match visit.signer.principal {
        Principal::Root => asked.unwrap_or(ROOT_SECONDS).min(ROOT_SECONDS),
        Principal::User(_) | Principal::Role { .. } => asked.unwrap_or(USER_SECONDS),
    };
    let owner = visit.signer.principal.clone();
    let session = sessions::mint(visit.state, owner, (Credential::SessionToken, mfa), visit.now, whole(seconds));
    Ok(Some(credentials(&session)))
}

fn assume_role(visit: &mut IamRequest) -> Answer {
    let arn = visit.form.required("RoleArn", &rules::POLICY_ARN)?;
    let name = visit.form.required("RoleSessionName", &rules::SESSION_NAME)?;
    let asked = visit.form.number("DurationSeconds", 900..=43_200)?.unwrap_or(ROLE_SECONDS);
    if visit.signer.principal == Principal::Root {
        return Err(Refusal::access_denied("Roles may not be assumed by root accounts."));
    }
    let role = role(visit, arn)?;
    let (role_key, session_arn, id) = (key(&role.name), visit.state.session_arn(role, name), role.id.clone());
    if visit.signer.credential == Credential::AssumedRole && asked > ROLE_SECONDS {
        let said = "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining";
        return Err(Refusal::validation(said));
    }
    if asked > role.max_session_seconds {
        let said = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
        return Err(Refusal::validation(said));
    }
    let mfa = multi_factor(visit)?;
    trusted(visit, arn, name, mfa)?;
    let owner = Principal::Role { role: role_key, session: name.to_owned() };
    let session = sessions::mint(visit.state, owner, (Credential::AssumedRole, mfa), visit.now, whole(asked));
    let user = Xml::new().text("AssumedRoleId", &format!("{id}:{name}")).text("Arn", &session_arn);
    Ok(Some(credentials(&session).nested("AssumedRoleUser", user)))
}

/// The role with this ARN. AWS does not tell whether one is missing or closed.
fn role<'a>(visit: &'a IamRequest, arn: &str) -> Result<&'a Role, Refusal> {
    let role = visit.state.roles.values().find(|role| visit.state.role_arn(role) == arn);
    role.ok_or_else(|| closed(visit, arn, ""))
}

fn closed(visit: &IamRequest, arn: &str, because: &str) -> Refusal {
    let who = &visit.signer.arn;
    Refusal::access_denied(format!(
        "User: {who} is not authorized to perform: sts:AssumeRole on resource: {arn}{because}"
    ))
}

/// Whether the role trusts the caller by name, or trusts the account and the caller's own policies allow it.
/// `mfa`: the call carries a code.
fn trusted(visit: &IamRequest, arn: &str, session: &str, mfa: bool) -> Result<(), Refusal> {
    let role = role(visit, arn)?;
    let external = visit.form.text("ExternalId");
    let mut context = permissions::context(visit.state, visit.signer)
        .with("sts:RoleSessionName", session)
        .maybe("sts:ExternalId", external);
    if mfa {
        context = context.but("aws:MultiFactorAuthPresent", "true");
    }
    let mut arns = vec![visit.signer.arn.clone()];
    arns.extend(context.get("aws:PrincipalArn").map(str::to_owned));
    let own = permissions::decide(visit.state, &visit.signer.principal, "sts:AssumeRole", arn, &context);
    let asking = Asking { account: &visit.state.account, arns: &arns };
    // What is malformed was refused when it was written.
    let trust = Trust::parse(&role.trust).map_or(Trusted::No, |trust| trust.decide(asking, &context));
    match (trust, own) {
        (Trusted::ByName, Decision::Allow | Decision::Silent) | (Trusted::AsOneOfTheAccount, Decision::Allow) => Ok(()),
        (Trusted::AsOneOfTheAccount, Decision::Silent) => {
            Err(closed(visit, arn, " because no identity-based policy allows the sts:AssumeRole action"))
        }
        _ => Err(closed(visit, arn, "")),
    }
}

/// Whether the call carries a code; a wrong one is refused.
fn multi_factor(visit: &mut IamRequest) -> Result<bool, Refusal> {
    let serial = visit.form.optional("SerialNumber", &rules::SERIAL_NUMBER)?;
    let code = visit.form.optional("TokenCode", &rules::CODE)?;
    let failed = |how: &str| Refusal::access_denied(format!("MultiFactorAuthentication failed{how}"));
    let (serial, code) = match (serial, code) {
        (None, None) => return Ok(false),
        (Some(serial), Some(code)) => (serial, code),
        _ => return Err(failed(", must provide both MFA serial number and one time pass code.")),
    };
    let (owner, now, delay) = (visit.signer.principal.subject(), visit.now, visit.state.visible_after);
    let known = visit.state.devices.iter_mut().find(|device| {
        let is_seen = device.enabled.is_some_and(|enabled| enabled + delay <= now);
        device.serial == serial && owner.is_some() && device.owner == owner && is_seen
    });
    let device = known.ok_or_else(|| {
        failed(", unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.")
    })?;
    if !devices::accepts(device, code, now) {
        return Err(failed(" with invalid MFA one time pass code. "));
    }
    Ok(true)
}

fn credentials(session: &Session) -> Xml {
    let credentials = Xml::new()
        .text("AccessKeyId", &session.key_id)
        .text("SecretAccessKey", session.secret.expose())
        .text("SessionToken", session.token.expose())
        .moment("Expiration", session.expires);
    Xml::new().nested("Credentials", credentials)
}

fn whole(seconds: u32) -> time::Duration {
    time::Duration::seconds(seconds.into())
}
