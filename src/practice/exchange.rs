//! Handles one request: service, signer, injected faults, permission, then the call.

use std::time::Duration;

use http::Request;
use serde_json::{Map, Value};

use super::account_management::regions;
use super::authentication::{Signer, authenticate, unknown};
use super::cloudtrail::RecordedEvent;
use super::fault::{self, FaultKind};
use super::form::Form;
use super::iam_request::IamRequest;
use super::json_request::JsonRequest;
use super::refusal::Refusal;
use super::service::{Protocol, Service};
use super::signature::Authorization;
use super::state::State;
use super::watchers::{self, event_bridge, sns};
use super::{permissions, query, rest_json};
use crate::account::Timestamp;
use crate::wire::EndpointReply;

/// The outcome of a request.
enum Ending {
    Answered(Result<Body, Refusal>),
    Late(Duration, Result<Body, Refusal>),
    Truncated(Result<Body, Refusal>),
    Cut(EndpointReply),
}

/// The content of a successful answer.
enum Body {
    Xml { action: String, result: Option<super::xml::Xml> },
    Json(Option<Value>),
}

/// A request, parsed as far as possible without the account.
struct Incoming<'a> {
    service: Service,
    /// E.g. `CreateUser`
    name: String,
    /// E.g. `iam:CreateUser`
    action: String,
    /// Parameters in the query protocol.
    form: Form,
    /// Path parameters in REST.
    path: Map<String, Value>,
    query: &'a str,
    body: &'a [u8],
    region: String,
    user_agent: String,
}

pub fn exchange(state: &mut State, request: &Request<Vec<u8>>, now: Timestamp) -> EndpointReply {
    let id = state.ids.request();
    let service = Service::of(request);
    let (body, whole, late) = match serve(state, service, request, now) {
        Ending::Cut(reply) => return reply,
        Ending::Answered(body) => (body, true, None),
        Ending::Late(by, body) => (body, true, Some(by)),
        Ending::Truncated(body) => (body, false, None),
    };
    let mut response = match (service.protocol(), body) {
        (Protocol::Json(version), Ok(Body::Json(json))) => rest_json::answer_1(version, json.as_ref(), &id, now),
        (Protocol::Json(version), Err(refusal)) => rest_json::refusal_1(version, &refusal, &id, now),
        (_, Ok(Body::Json(json))) => rest_json::answer(json.as_ref(), &id, now),
        (Protocol::Rest, Err(refusal)) => rest_json::refusal(&service.refuses(refusal), &id, now),
        (_, Ok(Body::Xml { action, result })) => query::answer(service.namespace(), &action, result, &id, now),
        (_, Err(refusal)) => query::refusal(service.namespace(), &service.refuses(refusal), &id, now),
    };
    if !whole {
        // The declared length lets a client detect the truncation.
        let length = response.body().len();
        response.headers_mut().insert(http::header::CONTENT_LENGTH, length.into());
        response.body_mut().truncate(length / 2);
    }
    match late {
        Some(by) => EndpointReply::Late(by, response),
        None => EndpointReply::Answer(response),
    }
}

fn serve(state: &mut State, service: Service, request: &Request<Vec<u8>>, now: Timestamp) -> Ending {
    let signer = match authenticate(state, request, service, now) {
        Ok(signer) => signer,
        Err(refusal) => return Ending::Answered(Err(refusal)),
    };
    let call = Incoming::read(service, request);
    let fault = injected_fault(state, &call.action);
    let slow = || state.throttle.take(&call.action, &call.region, now).err();
    if let Some(refusal) = fault.and_then(|fault| fault.refusal(&call.action, &signer.arn)).or_else(slow) {
        record(state, &signer, &call, Some(&refusal), now);
        return Ending::Answered(Err(refusal));
    }
    match fault {
        Some(FaultKind::ResetBefore) => return Ending::Cut(EndpointReply::Reset),
        Some(FaultKind::Silence) => return Ending::Cut(EndpointReply::Silence),
        Some(FaultKind::NotXml) => return Ending::Cut(EndpointReply::Answer(query::foreign_page())),
        _ => {}
    }
    let body = match fault {
        Some(FaultKind::FailedEntries) if call.action == "events:PutTargets" => {
            Ok(Body::Json(Some(event_bridge::failed_entries(&serde_json::from_slice(call.body).unwrap_or_default()))))
        }
        _ => perform(state, &signer, &call, now),
    };
    record(state, &signer, &call, body.as_ref().err(), now);
    match fault {
        Some(FaultKind::ResetAfter) => Ending::Cut(EndpointReply::Reset),
        Some(FaultKind::TruncatedBody) => Ending::Truncated(body),
        Some(FaultKind::Latency(by)) => Ending::Late(by, body),
        _ => Ending::Answered(body),
    }
}

/// The fault for this call, if any.
fn injected_fault(state: &mut State, action: &str) -> Option<FaultKind> {
    fault::take(&mut state.injected.faults, action)
        .or_else(|| fault::take(&mut state.faults, action))
        .or_else(|| state.injected.chaos.iter_mut().chain(&mut state.chaos).find_map(|chaos| chaos.next_fault(action)))
}

/// Runs the call, if it exists and `signer` may make it.
fn perform(state: &mut State, signer: &Signer, call: &Incoming, now: Timestamp) -> Result<Body, Refusal> {
    let unknown = || call.service.unknown(&call.name);
    let calls = call.service.query_calls();
    if calls.is_empty() {
        return perform_json(state, signer, call, now);
    }
    let (_, make) = calls.iter().find(|(known, _)| *known == call.name).ok_or_else(unknown)?;
    is_enabled(state, call)?;
    let resource = match call.service {
        Service::Sns => sns::resource(&state.account, &call.region, &call.form),
        _ => permissions::resource(state, signer, &call.name, &call.form),
    };
    let region = Some(call.region.as_str()).filter(|_| call.service.is_regional());
    let context = permissions::context(state, signer)
        .maybe("aws:RequestedRegion", region)
        .maybe("iam:PolicyARN", call.form.text("PolicyArn"))
        .maybe("iam:PermissionsBoundary", call.form.text("PermissionsBoundary"));
    permissions::authorise(state, signer, &call.action, &resource, &context)?;
    // Tagging at creation needs both permissions. Source: IAM User Guide, "Tags for AWS Identity and Access
    // Management resources".
    let tagging = match call.name.as_str() {
        "CreateUser" => Some("iam:TagUser"),
        "CreateVirtualMFADevice" => Some("iam:TagMFADevice"),
        _ => None,
    };
    if let Some(action) = tagging.filter(|_| call.form.text("Tags.member.1.Key").is_some()) {
        permissions::authorise(state, signer, action, &resource, &context)?;
    }
    let result = make(&mut IamRequest { state, signer, form: &call.form, region: &call.region, now })?;
    Ok(Body::Xml { action: call.name.clone(), result })
}

/// Refuses requests to a Region that is not enabled.
fn is_enabled(state: &State, call: &Incoming) -> Result<(), Refusal> {
    let is_open = !call.service.is_regional() || regions::enabled(state).contains(&call.region.as_str());
    if is_open { Ok(()) } else { Err(unknown()) }
}

/// The same for services with JSON protocols.
fn perform_json(state: &mut State, signer: &Signer, call: &Incoming, now: Timestamp) -> Result<Body, Refusal> {
    let known = call.service.json_calls().iter().find(|(known, _)| *known == call.name);
    let (_, make) = known.ok_or_else(|| call.service.unknown(&call.name))?;
    is_enabled(state, call)?;
    let input = rest_json::parameters(call.path.clone(), call.query, call.body)?;
    let kind = input.get("AlternateContactType").and_then(Value::as_str);
    let context = permissions::context(state, signer)
        .with("aws:RequestedRegion", &call.region)
        .maybe("account:AlternateContactTypes", kind);
    let resource = permissions::json_resource(state, call.service, &call.region, &input);
    permissions::authorise(state, signer, &call.action, &resource, &context)?;
    // The first activation also creates the service-linked role, on behalf of the caller.
    if state.watchers.lacks_role_for(&call.action) {
        let role = state.arn(&format!("role/aws-service-role/{}", call.service.source()));
        let context = context.with("iam:AWSServiceName", call.service.source());
        permissions::authorise(state, signer, "iam:CreateServiceLinkedRole", &role, &context)?;
    }
    make(&mut JsonRequest { state, input: &input, region: &call.region, now }).map(Body::Json)
}

/// Records the call in the history, unless it does not exist. Parameters of JSON calls are left out.
fn record(state: &mut State, signer: &Signer, call: &Incoming, refusal: Option<&Refusal>, now: Timestamp) {
    if refusal.is_some_and(|refusal| UNRECORDED.contains(&refusal.code)) {
        return;
    }
    let mut recorded = RecordedEvent::of(signer, &state.account).asked(call.form.all()).ended(refusal);
    recorded.name.clone_from(&call.name);
    recorded.source = call.service.source();
    // Global services record their events there, whatever Region the request is signed for.
    recorded.region = match call.service {
        Service::Iam | Service::Account => "us-east-1".into(),
        _ => call.region.clone(),
    };
    recorded.user_agent.clone_from(&call.user_agent);
    state.changes += u64::from(!recorded.read_only());
    let event = state.cloudtrail.record(recorded, now.replace_nanosecond(0).unwrap_or(now));
    watchers::deliver(state, &event);
}

/// Refusals of requests that are not a call's own, so they are not recorded.
const UNRECORDED: [&str; 4] = ["InvalidAction", "MissingAction", "UnknownOperationException", "InvalidClientTokenId"];

impl<'a> Incoming<'a> {
    /// The call's name is a parameter (query protocol), method and path (REST), or a header (JSON 1.x).
    fn read(service: Service, request: &'a Request<Vec<u8>>) -> Self {
        let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let (mut form, mut path) = (Form::default(), Map::new());
        let name = match service.protocol() {
            Protocol::Query => {
                form = Form::parse(request.body());
                form.text("Action").unwrap_or_default().to_owned()
            }
            Protocol::Rest => {
                let (name, parameters) = service.route(request);
                path = parameters;
                name
            }
            Protocol::Json(_) => header("x-amz-target").rsplit('.').next().unwrap_or_default().to_owned(),
        };
        let action = format!("{}:{name}", service.prefix());
        let region =
            Authorization::of(request).map_or_else(|| "us-east-1".into(), |authorization| authorization.region);
        let user_agent = header("user-agent").to_owned();
        let query = request.uri().query().unwrap_or_default();
        Self { service, name, action, form, path, query, body: request.body(), region, user_agent }
    }
}
