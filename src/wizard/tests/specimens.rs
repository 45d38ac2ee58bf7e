//! Every page of the wizard, built from literals, each with a name for its snapshot.

pub(in crate::wizard) mod account;
mod changes;
mod devices;
mod forms;
mod guard;
mod hostile;
mod keys;
mod own;
mod pages;
mod rest;
mod ways;

pub use account::NOW;
use account::{caller, fact, hardened, in_every_region, neglected, read};
pub use hostile::hostile;

use crate::account::facts::*;
use crate::account::*;
use crate::secret::Secret;
use crate::steps::{ActionId, FieldId, Form, Opening, StepId, Value};
use crate::wizard::chosen_action::{ChosenAction, PlanSource};
use crate::wizard::pages::by_hand::{HandOffStage, TestSignIn};
use crate::wizard::pages::enrol::{CodeField, Enrolee};
use crate::wizard::pages::hand_over::Visibility;
use crate::wizard::pages::prepare::{Confirmed, Goal};
use crate::wizard::pages::record::ReadBack;
use crate::wizard::pages::review::ReviewFocus;
use crate::wizard::pages::{
    Accept, Address, ByHand, Calls, Clock, Enrol, FillIn, HandOver, Home, Leave, Page, PastedSeed, Prepare, Proof,
    Record, Refused, Review, Save, Sheet, Skip, Users, accept, skip, text_page,
};
use crate::wizard::secrets::{IssuedSecrets, UserSecrets};
use crate::wizard::{
    Claim, Effect, Event, Key, KeyPress, Mode, Place, Reply, Request, Session, Ticket, Wait, Wizard, update,
};

pub const PASSWORD: &str = "k0O1l-Tq8#vZ3wYp%b7RmX2s";
pub const SECRET_KEY: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
pub const SEED: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQMFZWIZTHNBVGY3TQOJQXG5DVPB4XE3DP";

pub fn practice() -> Mode {
    Mode::Practice { scenario: "fresh".into() }
}

/// A wizard that has read all of `facts`, and waits.
pub fn having_read(mode: Mode, facts: Facts) -> Wizard {
    having_read_beside(Claim::Ours, mode, facts)
}

/// A wizard that has read all of `facts`, after the reply `claim`.
pub fn having_read_beside(claim: Claim, mode: Mode, facts: Facts) -> Wizard {
    let (mut wizard, mut effects) = Wizard::start(mode, NOW);
    while let Some(effect) = effects.pop() {
        let Effect::Ask(ticket, request) = effect else { continue };
        let reply = match request {
            Request::Connect(_) => Reply::Connected(Ok(())),
            Request::Read(question) => Reply::Learned(fact(&facts, question)),
            Request::Claim(_) => Reply::Claimed(claim.clone()),
            _ => continue,
        };
        let event = Event::Reply(ticket, reply);
        effects.extend(update(&mut wizard, NOW, event));
    }
    *wizard.world.facts_mut() = facts;
    wizard.set_place(Place::SignIn);
    wizard
}

/// The step `id` of the neglected practice account, in `stage`.
pub fn at(id: StepId, page: impl Into<Page>) -> Wizard {
    with(having_read(practice(), neglected()), id, page)
}

fn with(mut wizard: Wizard, id: StepId, page: impl Into<Page>) -> Wizard {
    wizard.set_place(Place::Step(id));
    wizard.set_page(Place::Step(id), page);
    wizard
}

fn live() -> Wizard {
    having_read(Mode::Live, neglected())
}

fn form(id: StepId) -> Form {
    match id.definition().open(ActionId::FillIn, 0, &neglected()) {
        Opening::Form(form) => form,
        _ => unreachable!("{id:?} has a form"),
    }
}

fn chosen(form: Option<Form>) -> ChosenAction {
    ChosenAction { step: StepId::Administrator, action: ActionId::FillIn, item: 0, subject: None, form }
}

fn filling(id: StepId, edit: impl FnOnce(&mut Form)) -> Wizard {
    let mut form = form(id);
    edit(&mut form);
    at(id, FillIn { chosen: ChosenAction { step: id, ..chosen(None) }, form })
}

fn administrator_form() -> Form {
    let mut form = form(StepId::Administrator);
    form.put(FieldId::GeneratedPassword, Value::Secret(Secret::new(PASSWORD)));
    form
}

fn confirming(id: StepId, action: ActionId, item: usize, form: Option<Form>, focus: ReviewFocus) -> Wizard {
    let plan = id.definition().plan(action, item, form.as_ref(), &neglected(), NOW).unwrap();
    let source = PlanSource::Action(ChosenAction { step: id, ..chosen(form) });
    at(id, Review { focus, ..Review::new(plan, source, NOW) })
}

pub fn denied() -> Failure {
    Failure {
        code: Some("AccessDenied".into()),
        request_id: Some("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0".into()),
        ..Failure::new(
            Fault::AccessDenied,
            "iam:CreateUser",
            "User: arn:aws:iam::123456789012:root is not authorized to perform: iam:CreateUser on resource: administrator with an explicit deny in a service control policy",
        )
    }
}

/// Content of the QR code of an administrator's device.
pub fn uri() -> Secret {
    enrolment(Enrolee::User("administrator".into())).uri
}

fn enrolment(enrolee: Enrolee) -> Enrol {
    let device = NewDevice { serial: "arn:aws:iam::123456789012:mfa/administrator".into(), seed: Secret::new(SEED) };
    Enrol::new(enrolee, StepId::Administrator, device, "123456789012")
}

fn over(mut wizard: Wizard, page: impl Into<Page>) -> Wizard {
    wizard.set_over(page);
    wizard
}

/// All of them.
pub fn all() -> Vec<(&'static str, Wizard)> {
    [
        pages::signed_in(),
        pages::pages(),
        forms::forms(),
        changes::changes(),
        devices::devices(),
        keys::keys(),
        rest::rest(),
        ways::ways(),
        guard::guards(),
        own::own(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
