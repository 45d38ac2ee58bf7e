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

pub const CALLS: &[Call] =
    &[("AssumeRole", assume_role), ("GetCallerIdentity", caller_identity), ("GetSessionToken", session_token)];

/// Root's sessions last an hour at most, whatever the request.
const ROOT_SECONDS: u32 = 3600;
const USER_SECONDS: u32 = 43_200;
const ROLE_SECONDS: u32 = 3600;

fn caller_identity(request: &mut IamRequest) -> Answer {
    let identity = Xml::new()
        .text("UserId", &request.signer.id)
        .text("Account", &request.state.account)
        .text("Arn", &request.signer.arn);
    Ok(Some(identity))
}

fn session_token(request: &mut IamRequest) -> Answer {
    let asked = request.form.number("DurationSeconds", 900..=129_600)?;
    if request.signer.credential != Credential::LongTerm {
        return Err(Refusal::access_denied("Cannot call GetSessionToken with session credentials"));
    }
    let mfa = multi_factor(request)?;
    let seconds = match request.signer.principal {
        Principal::Root => asked.unwrap_or(ROOT_SECONDS).min(ROOT_SECONDS),
        Principal::User(_) | Principal::Role { .. } => asked.unwrap_or(USER_SECONDS),
    };
    let owner = request.signer.principal.clone();
    let session = sessions::mint(request.state, owner, (Credential::SessionToken, mfa), request.now, whole(seconds));
    Ok(Some(credentials(&session)))
}

fn assume_role(request: &mut IamRequest) -> Answer {
    let arn = request.form.required("RoleArn", &rules::POLICY_ARN)?;
    let name = request.form.required("RoleSessionName", &rules::SESSION_NAME)?;
    let asked = request.form.number("DurationSeconds", 900..=43_200)?.unwrap_or(ROLE_SECONDS);
    if request.signer.principal == Principal::Root {
        return Err(Refusal::access_denied("Roles may not be assumed by root accounts."));
    }
    let role = role(request, arn)?;
    let (role_key, session_arn, id) = (key(&role.name), request.state.session_arn(role, name), role.id.clone());
    if request.signer.credential == Credential::AssumedRole && asked > ROLE_SECONDS {
        let said = "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining";
        return Err(Refusal::validation(said));
    }
    if asked > role.max_session_seconds {
        let said = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
        return Err(Refusal::validation(said));
    }
    let mfa = multi_factor(request)?;
    trusted(request, arn, name, mfa)?;
    let owner = Principal::Role { role: role_key, session: name.to_owned() };
    let session = sessions::mint(request.state, owner, (Credential::AssumedRole, mfa), request.now, whole(asked));
    let user = Xml::new().text("AssumedRoleId", &format!("{id}:{name}")).text("Arn", &session_arn);
    Ok(Some(credentials(&session).nested("AssumedRoleUser", user)))
}

/// The role with this ARN. AWS does not reveal whether it is missing or forbidden.
fn role<'a>(request: &'a IamRequest, arn: &str) -> Result<&'a Role, Refusal> {
    let role = request.state.roles.values().find(|role| request.state.role_arn(role) == arn);
    role.ok_or_else(|| closed(request, arn, ""))
}

fn closed(request: &IamRequest, arn: &str, because: &str) -> Refusal {
    let who = &request.signer.arn;
    Refusal::access_denied(format!(
        "User: {who} is not authorized to perform: sts:AssumeRole on resource: {arn}{because}"
    ))
}

/// Checks that the role trusts the caller by name, or trusts the account and the caller's own policies allow it.
/// `mfa`: the call has a code.
fn trusted(request: &IamRequest, arn: &str, session: &str, mfa: bool) -> Result<(), Refusal> {
    let role = role(request, arn)?;
    let external = request.form.text("ExternalId");
    let mut context = permissions::context(request.state, request.signer)
        .with("sts:RoleSessionName", session)
        .maybe("sts:ExternalId", external);
    if mfa {
        context = context.but("aws:MultiFactorAuthPresent", "true");
    }
    let mut arns = vec![request.signer.arn.clone()];
    arns.extend(context.get("aws:PrincipalArn").map(str::to_owned));
    let own = permissions::decide(request.state, &request.signer.principal, "sts:AssumeRole", arn, &context);
    let asking = Asking { account: &request.state.account, arns: &arns };
    // Trust policies are validated when they are set.
    let trust = Trust::parse(&role.trust).map_or(Trusted::No, |trust| trust.decide(asking, &context));
    match (trust, own) {
        (Trusted::ByName, Decision::Allow | Decision::Silent) | (Trusted::AsOneOfTheAccount, Decision::Allow) => Ok(()),
        (Trusted::AsOneOfTheAccount, Decision::Silent) => {
            Err(closed(request, arn, " because no identity-based policy allows the sts:AssumeRole action"))
        }
        _ => Err(closed(request, arn, "")),
    }
}

/// Whether the call has a valid MFA code; a wrong code is refused.
fn multi_factor(request: &mut IamRequest) -> Result<bool, Refusal> {
    let serial = request.form.optional("SerialNumber", &rules::SERIAL_NUMBER)?;
    let code = request.form.optional("TokenCode", &rules::CODE)?;
    let failed = |how: &str| Refusal::access_denied(format!("MultiFactorAuthentication failed{how}"));
    let (serial, code) = match (serial, code) {
        (None, None) => return Ok(false),
        (Some(serial), Some(code)) => (serial, code),
        _ => return Err(failed(", must provide both MFA serial number and one time pass code.")),
    };
    let (owner, now, delay) = (request.signer.principal.subject(), request.now, request.state.visible_after);
    let known = request.state.devices.iter_mut().find(|device| {
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
