//! Every stage of the wizard as it can be met, built from literals, each with a name for its snapshot.

mod account;
mod changes;
mod devices;
mod forms;
mod guard;
mod hostile;
mod keys;
mod pages;
mod rest;
mod ways;

pub use account::NOW;
use account::{caller, fact, hardened, neglected, read};
pub use hostile::hostile;

use crate::account::facts::*;
use crate::account::*;
use crate::secret::Secret;
use crate::steps::{ActionId, FieldId, Form, Opening, StepId, Value};
use crate::wizard::stage::*;
use crate::wizard::{
    Awaited, Claim, Coverage, Effect, Event, Key, KeyPress, Mode, Overlay, Place, Session, Stage, Wizard, update,
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

/// The same where whoever `claim` says works on the account.
pub fn having_read_beside(claim: Claim, mode: Mode, facts: Facts) -> Wizard {
    let (mut wizard, mut effects) = Wizard::start(mode, NOW);
    while let Some(effect) = effects.pop() {
        let event = match effect {
            Effect::Connect(ticket, _) => Event::Reply(ticket, Reply::Connected(Ok(()))),
            Effect::Read(ticket, question) => Event::Reply(ticket, Reply::Learned(question.clone(), fact(&facts, question))),
            Effect::Claim(account) => Event::Claimed(account, claim.clone()),
            _ => continue,
        };
        effects.extend(update(&mut wizard, NOW, event));
    }
    wizard.facts() = facts.into();
    wizard.place() = Place::SignIn;
    wizard
}

/// The step `id` of the neglected practice account, in `stage`.
pub fn at(id: StepId, stage: Stage) -> Wizard {
    with(having_read(practice(), neglected()), id, stage)
}

fn with(mut wizard: Wizard, id: StepId, stage: Stage) -> Wizard {
    wizard.place() = Place::Step(id);
    wizard.steps[id as usize].stage = stage;
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

fn draft(form: Option<Form>) -> Draft {
    Draft { action: ActionId::FillIn, item: 0, subject: None, form }
}

fn filling(id: StepId, edit: impl FnOnce(&mut Form)) -> Wizard {
    let mut form = form(id);
    edit(&mut form);
    at(id, Page::FillIn(draft(Some(form))))
}

fn administrator_form() -> Form {
    let mut form = form(StepId::Administrator);
    form.put(FieldId::GeneratedPassword, Value::Secret(Secret::new(PASSWORD)));
    form
}

fn confirming(id: StepId, action: ActionId, item: usize, form: Option<Form>, focus: ReviewFocus) -> Wizard {
    let plan = id.definition().plan(action, item, form.as_ref(), &neglected(), NOW).unwrap();
    let origin = Origin::Draft(draft(form));
    at(
        id,
        Page::Review(Review {
            plan,
            as_of: NOW,
            moved: Vec::new(),
            focus,
            typed: String::new(),
            scroll: 0,
            seen: Coverage::default(),
            since: NOW,
            origin,
        }),
    )
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

pub fn enrolment(enrolee: Enrolee) -> Enrolment {
    let device = NewDevice { serial: "arn:aws:iam::123456789012:mfa/administrator".into(), seed: Secret::new(SEED) };
    Enrolment::new(enrolee, device, "123456789012")
}

fn over(mut wizard: Wizard, overlay: Overlay) -> Wizard {
    wizard.overlay = overlay;
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
    ]
    .into_iter()
    .flatten()
    .collect()
}
