//! One request from its arrival to its reply: which service, who signed, what goes wrong on purpose, whether it is allowed,
//! and then the call itself.

use http::Request;
use serde_json::Value;

use super::authentication::{Signer, authenticate};
use super::fault::{self, FaultKind};
use super::form::Form;
use super::refusal::Refusal;
use super::signature::Authorization;
use super::state::State;
use super::visit::Visit;
use super::{account_management, iam, permissions, query, rest_json, sts};
use crate::account::Timestamp;
use crate::wire::Reply;

/// The services that answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Service {
    Iam,
    Sts,
    Account,
}

/// How a request ends.
enum Ending {
    Answered(Result<Body, Refusal>),
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
}

/// Answers `request`.
pub fn exchange(state: &mut State, request: &Request<Vec<u8>>, now: Timestamp) -> Reply {
    let id = state.ids.request();
    let service = Service::of(request);
    let body = match serve(state, service, request, now) {
        Ending::Cut(reply) => return reply,
        Ending::Answered(body) => body,
    };
    Reply::Answer(match (service, body) {
        (_, Ok(Body::Json(json))) => rest_json::answer(json.as_ref(), &id, now),
        (Service::Account, Err(refusal)) => rest_json::refusal(&refusal, &id, now),
        (_, Ok(Body::Xml { action, result })) => query::answer(service.namespace(), &action, result, &id, now),
        (_, Err(refusal)) => query::refusal(service.namespace(), &refusal, &id, now),
    })
}

fn serve(state: &mut State, service: Service, request: &Request<Vec<u8>>, now: Timestamp) -> Ending {
    let signer = match authenticate(state, request, now) {
        Ok(signer) => signer,
        Err(refusal) => return Ending::Answered(Err(refusal)),
    };
    let call = Incoming::read(service, request);
    let fault = fault::take(&mut state.faults, &call.action);
    if let Some(refusal) = fault.and_then(|fault| fault.refusal(&call.action, &signer.arn)) {
        return Ending::Answered(Err(refusal));
    }
    match fault {
        Some(FaultKind::ResetBefore) => return Ending::Cut(Reply::Reset),
        Some(FaultKind::Silence) => return Ending::Cut(Reply::Silence),
        Some(FaultKind::NotXml) => return Ending::Cut(Reply::Answer(query::foreign_page())),
        _ => {}
    }
    let body = perform(state, &signer, &call, now);
    match fault {
        Some(FaultKind::ResetAfter) => Ending::Cut(Reply::Reset),
        _ => Ending::Answered(body),
    }
}

/// Makes the call, if there is one of that name and `signer` may.
fn perform(state: &mut State, signer: &Signer, call: &Incoming, now: Timestamp) -> Result<Body, Refusal> {
    let unknown = || call.service.unknown(&call.name);
    let calls = match call.service {
        Service::Iam => iam::CALLS,
        Service::Sts => sts::CALLS,
        Service::Account => {
            let make = account_management::call(&call.name).ok_or_else(unknown)?;
            let resource = format!("arn:aws:account::{}:account", state.account);
            let input = rest_json::input(call.body)?;
            let kind = input.get("AlternateContactType").and_then(Value::as_str);
            let context = permissions::context(state, signer).maybe("account:AlternateContactTypes", kind);
            permissions::authorise(state, signer, &call.action, &resource, &context)?;
            return make(state, &input).map(Body::Json);
        }
    };
    let (_, make) = calls.iter().find(|(known, _)| *known == call.name).ok_or_else(unknown)?;
    let resource = permissions::resource(state, signer, &call.name, &call.form);
    let context = permissions::context(state, signer)
        .maybe("iam:PolicyARN", call.form.text("PolicyArn"))
        .maybe("iam:PermissionsBoundary", call.form.text("PermissionsBoundary"));
    permissions::authorise(state, signer, &call.action, &resource, &context)?;
    let result = make(&mut Visit { state, signer, form: &call.form, now })?;
    Ok(Body::Xml { action: call.name.clone(), result })
}

impl<'a> Incoming<'a> {
    /// The call's name is a parameter in the query protocol, the path in rest-json.
    fn read(service: Service, request: &'a Request<Vec<u8>>) -> Self {
        let form = match service {
            Service::Iam | Service::Sts => Form::parse(request.body()),
            Service::Account => Form::default(),
        };
        let name = match service {
            Service::Iam | Service::Sts => form.text("Action").unwrap_or_default().to_owned(),
            Service::Account => account_management::name_of(request.uri().path()),
        };
        let action = format!("{}:{name}", service.prefix());
        Self { service, name, action, form, body: request.body() }
    }
}

impl Service {
    /// By the credential scope; an unsigned request is told by its path.
    fn of(request: &Request<Vec<u8>>) -> Self {
        let scope = Authorization::of(request).map(|authorization| authorization.service);
        match scope.as_deref() {
            Some("sts") => Self::Sts,
            Some("account") => Self::Account,
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
        }
    }

    fn namespace(self) -> &'static str {
        match self {
            Self::Sts => "https://sts.amazonaws.com/doc/2011-06-15/",
            Self::Iam | Self::Account => "https://iam.amazonaws.com/doc/2010-05-08/",
        }
    }

    fn unknown(self, name: &str) -> Refusal {
        match self {
            Self::Account => Refusal::new("UnknownOperationException", 404, "The requested operation does not exist."),
            Self::Iam | Self::Sts if name.is_empty() => {
                Refusal::new("MissingAction", 400, "The request is missing an action.")
            }
            Self::Iam | Self::Sts => {
                Refusal::new("InvalidAction", 400, format!("Could not find operation {name} for this version"))
            }
        }
    }
}
