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
    let form = Form::parse(request.body());
    let name = service.call_name(request, &form);
    let action = format!("{}:{name}", service.prefix());
    let fault = fault::take(&mut state.faults, &action);
    if let Some(refusal) = fault.and_then(|fault| fault.refusal(&action)) {
        return Ending::Answered(Err(refusal));
    }
    match fault {
        Some(FaultKind::ResetBefore) => return Ending::Cut(Reply::Reset),
        Some(FaultKind::Silence) => return Ending::Cut(Reply::Silence),
        Some(FaultKind::NotXml) => return Ending::Cut(Reply::Answer(query::foreign_page())),
        _ => {}
    }
    let body = perform(state, service, &signer, &name, request, &form, now);
    match fault {
        Some(FaultKind::ResetAfter) => Ending::Cut(Reply::Reset),
        _ => Ending::Answered(body),
    }
}

/// Makes the call called `name`, if there is one and `signer` may.
fn perform(
    state: &mut State,
    service: Service,
    signer: &Signer,
    name: &str,
    request: &Request<Vec<u8>>,
    form: &Form,
    now: Timestamp,
) -> Result<Body, Refusal> {
    let action = format!("{}:{name}", service.prefix());
    let calls = match service {
        Service::Iam => iam::CALLS,
        Service::Sts => sts::CALLS,
        Service::Account => {
            let call = account_management::call(name).ok_or_else(|| service.unknown(name))?;
            let resource = format!("arn:aws:account::{}:account", state.account);
            permissions::authorise(state, signer, &action, &resource)?;
            return call(state, &rest_json::input(request.body())?).map(Body::Json);
        }
    };
    let (_, call) = calls.iter().find(|(known, _)| *known == name).ok_or_else(|| service.unknown(name))?;
    let resource = permissions::resource(state, signer, name, form);
    permissions::authorise(state, signer, &action, &resource)?;
    let result = call(&mut Visit { state, signer, form, now })?;
    Ok(Body::Xml { action: name.to_owned(), result })
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

    /// The call's name: a parameter of the query protocol, the path of rest-json.
    fn call_name(self, request: &Request<Vec<u8>>, form: &Form) -> String {
        match self {
            Self::Account => account_management::name_of(request.uri().path()),
            Self::Iam | Self::Sts => form.text("Action").unwrap_or_default().to_owned(),
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
