//! One request from its arrival to its reply: which service, who signed, what goes wrong on purpose, whether it is allowed,
//! and then the call itself.

use std::time::Duration;

use http::Request;
use serde_json::Value;

use super::authentication::{Signer, authenticate};
use super::cloudtrail::Happening;
use super::fault::{self, FaultKind};
use super::form::Form;
use super::inquiry::Inquiry;
use super::refusal::Refusal;
use super::signature::Authorization;
use super::state::State;
use super::visit::Visit;
use super::{account_management, cloudtrail, iam, permissions, query, rest_json, sts};
use crate::account::Timestamp;
use crate::wire::Reply;

/// The services that answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Service {
    Iam,
    Sts,
    Account,
    CloudTrail,
}

/// How a request ends.
enum Ending {
    Answered(Result<Body, Refusal>),
    Late(Duration, Result<Body, Refusal>),
    Truncated(Result<Body, Refusal>),
    Cut(Reply),
}

/// The inside of a good answer.
enum Body {
    Xml { action: String, result: Option<super::xml::Xml> },
    Json(Option<Value>),
}

/// A request, read as far as it can be without the account.
struct Incoming<'a> {
    service: Service,
    /// `CreateUser`
    name: String,
    /// `iam:CreateUser`
    action: String,
    /// The parameters, in the query protocol.
    form: Form,
    body: &'a [u8],
    region: String,
    user_agent: String,
}

/// Answers `request`.
pub fn exchange(state: &mut State, request: &Request<Vec<u8>>, now: Timestamp) -> Reply {
    let id = state.ids.request();
    let service = Service::of(request);
    let (body, whole, late) = match serve(state, service, request, now) {
        Ending::Cut(reply) => return reply,
        Ending::Answered(body) => (body, true, None),
        Ending::Late(by, body) => (body, true, Some(by)),
        Ending::Truncated(body) => (body, false, None),
    };
    let mut response = match (service, body) {
        (Service::CloudTrail, Ok(Body::Json(json))) => rest_json::answer_1_1(json.as_ref(), &id, now),
        (Service::CloudTrail, Err(refusal)) => rest_json::refusal_1_1(&refusal, &id, now),
        (_, Ok(Body::Json(json))) => rest_json::answer(json.as_ref(), &id, now),
        (Service::Account, Err(refusal)) => rest_json::refusal(&refusal, &id, now),
        (_, Ok(Body::Xml { action, result })) => query::answer(service.namespace(), &action, result, &id, now),
        (_, Err(refusal)) => query::refusal(service.namespace(), &refusal, &id, now),
    };
    if !whole {
        // The length that was promised is what tells a client that something is missing.
        let length = response.body().len();
        response.headers_mut().insert(http::header::CONTENT_LENGTH, length.into());
        response.body_mut().truncate(length / 2);
    }
    match late {
        Some(by) => Reply::Late(by, response),
        None => Reply::Answer(response),
    }
}

fn serve(state: &mut State, service: Service, request: &Request<Vec<u8>>, now: Timestamp) -> Ending {
    let signer = match authenticate(state, request, now) {
        Ok(signer) => signer,
        Err(refusal) => return Ending::Answered(Err(refusal)),
    };
    let call = Incoming::read(service, request);
    let fault = fault::take(&mut state.faults, &call.action)
        .or_else(|| state.chaos.iter_mut().find_map(|chaos| chaos.strike(&call.action)));
    let slow = || state.throttle.take(&call.action, &call.region, now).err();
    if let Some(refusal) = fault.and_then(|fault| fault.refusal(&call.action, &signer.arn)).or_else(slow) {
        record(state, &signer, &call, Some(&refusal), now);
        return Ending::Answered(Err(refusal));
    }
    match fault {
        Some(FaultKind::ResetBefore) => return Ending::Cut(Reply::Reset),
        Some(FaultKind::Silence) => return Ending::Cut(Reply::Silence),
        Some(FaultKind::NotXml) => return Ending::Cut(Reply::Answer(query::foreign_page())),
        _ => {}
    }
    let body = perform(state, &signer, &call, now);
    record(state, &signer, &call, body.as_ref().err(), now);
    match fault {
        Some(FaultKind::ResetAfter) => Ending::Cut(Reply::Reset),
        Some(FaultKind::TruncatedBody) => Ending::Truncated(body),
        Some(FaultKind::Latency(by)) => Ending::Late(by, body),
        _ => Ending::Answered(body),
    }
}

/// Makes the call, if there is one of that name and `signer` may.
fn perform(state: &mut State, signer: &Signer, call: &Incoming, now: Timestamp) -> Result<Body, Refusal> {
    let unknown = || call.service.unknown(&call.name);
    let calls = match call.service {
        Service::Iam => iam::CALLS,
        Service::Sts => sts::CALLS,
        Service::Account | Service::CloudTrail => return perform_json(state, signer, call, now),
    };
    let (_, make) = calls.iter().find(|(known, _)| *known == call.name).ok_or_else(unknown)?;
    let resource = permissions::resource(state, signer, &call.name, &call.form);
    let context = permissions::context(state, signer)
        .maybe("iam:PolicyARN", call.form.text("PolicyArn"))
        .maybe("iam:PermissionsBoundary", call.form.text("PermissionsBoundary"));
    permissions::authorise(state, signer, &call.action, &resource, &context)?;
    // Source: IAM User Guide, "Tags for AWS Identity and Access Management resources": to tag at birth takes both.
    let tagging = match call.name.as_str() {
        "CreateUser" => Some("iam:TagUser"),
        "CreateVirtualMFADevice" => Some("iam:TagMFADevice"),
        _ => None,
    };
    if let Some(action) = tagging.filter(|_| call.form.text("Tags.member.1.Key").is_some()) {
        permissions::authorise(state, signer, action, &resource, &context)?;
    }
    let result = make(&mut Visit { state, signer, form: &call.form, now })?;
    Ok(Body::Xml { action: call.name.clone(), result })
}

/// The same for the services that speak JSON.
fn perform_json(state: &mut State, signer: &Signer, call: &Incoming, now: Timestamp) -> Result<Body, Refusal> {
    let (calls, resource) = match call.service {
        Service::CloudTrail => (cloudtrail::CALLS, "*".to_owned()),
        _ => (account_management::CALLS, format!("arn:aws:account::{}:account", state.account)),
    };
    let known = calls.iter().find(|(known, _)| *known == call.name);
    let (_, make) = known.ok_or_else(|| call.service.unknown(&call.name))?;
    let input = rest_json::input(call.body)?;
    let kind = input.get("AlternateContactType").and_then(Value::as_str);
    let context = permissions::context(state, signer).maybe("account:AlternateContactTypes", kind);
    permissions::authorise(state, signer, &call.action, &resource, &context)?;
    make(&mut Inquiry { state, input: &input, region: &call.region, now }).map(Body::Json)
}

/// Writes the call into the account's history, unless there is no such call. What JSON calls ask for stays unsaid.
fn record(state: &mut State, signer: &Signer, call: &Incoming, refusal: Option<&Refusal>, now: Timestamp) {
    if refusal.is_some_and(|refusal| UNRECORDED.contains(&refusal.code)) {
        return;
    }
    let mut happening = Happening::of(signer, &state.account).asked(call.form.all()).ended(refusal);
    happening.name.clone_from(&call.name);
    happening.source = format!("{}.amazonaws.com", call.service.prefix());
    // Global services write their events there, wherever their requests are signed for.
    happening.region = match call.service {
        Service::Iam | Service::Account => "us-east-1".into(),
        Service::Sts | Service::CloudTrail => call.region.clone(),
    };
    happening.user_agent.clone_from(&call.user_agent);
    state.cloudtrail.record(happening, now.replace_nanosecond(0).unwrap_or(now));
}

/// What a refusal says that is no answer of a call.
const UNRECORDED: [&str; 4] = ["InvalidAction", "MissingAction", "UnknownOperationException", "InvalidClientTokenId"];

impl<'a> Incoming<'a> {
    /// The call's name is a parameter in the query protocol, the path in rest-json, a header in JSON 1.1.
    fn read(service: Service, request: &'a Request<Vec<u8>>) -> Self {
        let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let form = match service {
            Service::Iam | Service::Sts => Form::parse(request.body()),
            Service::Account | Service::CloudTrail => Form::default(),
        };
        let name = match service {
            Service::Iam | Service::Sts => form.text("Action").unwrap_or_default().to_owned(),
            Service::Account => account_management::name_of(request.uri().path()),
            Service::CloudTrail => header("x-amz-target").rsplit('.').next().unwrap_or_default().to_owned(),
        };
        let action = format!("{}:{name}", service.prefix());
        let region =
            Authorization::of(request).map_or_else(|| "us-east-1".into(), |authorization| authorization.region);
        let user_agent = header("user-agent").to_owned();
        Self { service, name, action, form, body: request.body(), region, user_agent }
    }
}

impl Service {
    /// By the credential scope; an unsigned request is told by its path.
    fn of(request: &Request<Vec<u8>>) -> Self {
        let scope = Authorization::of(request).map(|authorization| authorization.service);
        match scope.as_deref() {
            Some("sts") => Self::Sts,
            Some("account") => Self::Account,
            Some("cloudtrail") => Self::CloudTrail,
            None if request.headers().contains_key("x-amz-target") => Self::CloudTrail,
            None if request.uri().path().len() > 1 => Self::Account,
            Some(_) | None => Self::Iam,
        }
    }

    /// As IAM's actions begin.
    fn prefix(self) -> &'static str {
        match self {
            Self::Iam => "iam",
            Self::Sts => "sts",
            Self::Account => "account",
            Self::CloudTrail => "cloudtrail",
        }
    }

    fn namespace(self) -> &'static str {
        match self {
            Self::Sts => "https://sts.amazonaws.com/doc/2011-06-15/",
            Self::Iam | Self::Account | Self::CloudTrail => "https://iam.amazonaws.com/doc/2010-05-08/",
        }
    }

    fn unknown(self, name: &str) -> Refusal {
        match self {
            Self::Account | Self::CloudTrail => {
                Refusal::new("UnknownOperationException", 404, "The requested operation does not exist.")
            }
            Self::Iam | Self::Sts if name.is_empty() => {
                Refusal::new("MissingAction", 400, "The request is missing an action.")
            }
            Self::Iam | Self::Sts => {
                Refusal::new("InvalidAction", 400, format!("Could not find operation {name} for this version"))
            }
        }
    }
}
