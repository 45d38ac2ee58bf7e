//! Wizards in which every name tries to steer the terminal.

use super::account::{caller, neglected, read};
use super::changes::refused;
use super::{at, chosen, denied, enrolment, having_read};
use crate::account::*;
use crate::steps::{Field, FieldId, Form, StepId};
use crate::wizard::chosen_action::PlanSource;
use crate::wizard::pages::enrol::Enrolee;
use crate::wizard::pages::record::ReadBack;
use crate::wizard::pages::review::ReviewFocus;
use crate::wizard::pages::{FillIn, Record, Review, Skip, skip};
use crate::wizard::{Mode, Page, Wizard};

/// A wizard every name in which tries to steer the terminal.
pub fn hostile() -> Vec<Wizard> {
    const FOREIGN: &str =
        "e\u{1b}]0;x\u{7}vil\u{202e}\u{200b}\u{200f}\u{61c}\u{3164}\u{2067}\u{e0041}\u{9b}31m\n\ttext";
    let mut facts = neglected();
    let mut caller = caller("arn:aws:iam::123456789012:user/x", FOREIGN, CredentialKind::LongTerm);
    caller.principal = Principal::User(FOREIGN.into());
    caller.arn = FOREIGN.into();
    caller.account = FOREIGN.into();
    caller.credential.source = FOREIGN.into();
    facts.caller = read(caller);
    facts.alias = read(Some(FOREIGN.into()));
    let mut failure = denied();
    (failure.message, failure.code, failure.request_id) = (FOREIGN.into(), Some(FOREIGN.into()), Some(FOREIGN.into()));
    let change = Change::CreateUser { user: FOREIGN.into(), tags: Vec::new() };
    let call = crate::steps::Call::new(change, "User", FOREIGN, FOREIGN);
    let consent = crate::steps::Consent::Typed { what: FOREIGN.into(), expected: FOREIGN.into() };
    let plan = crate::steps::Plan {
        title: FOREIGN.into(),
        calls: vec![call],
        notes: vec![FOREIGN.into()],
        consent,
        ..crate::steps::Plan::default()
    };
    let fields = vec![Field::text(FieldId::UserName, "User name", "", FOREIGN)];
    let pages: Vec<Page> = vec![
        FillIn { chosen: chosen(None), form: Form::new(fields, "Review") }.into(),
        Review {
            unfolded: Vec::new(),
            since: super::NOW,
            as_of: super::NOW,
            moved: vec![FOREIGN.into()],
            by_whom: vec![FOREIGN.into()],
            moved_since: super::NOW,
            plan,
            focus: ReviewFocus::Ahead,
            typed: FOREIGN.into(),
            scroll: 0,
            seen: Default::default(),
            source: PlanSource::Action(chosen(None)),
        }
        .into(),
        refused(failure),
        Skip { step: StepId::RootMfa, reason: FOREIGN.into(), stage: skip::SkipStage::Typing }.into(),
        Skip { step: StepId::RootMfa, reason: FOREIGN.into(), stage: skip::SkipStage::Skipped }.into(),
        Record::new(StepId::RootKeys, vec![(FOREIGN.into(), ReadBack::Unread)]).into(),
        enrolment(Enrolee::User(FOREIGN.into())).into(),
    ];
    let mut wizards: Vec<Wizard> = pages.into_iter().map(|page| at(StepId::Administrator, page)).collect();
    wizards.push(having_read(Mode::Practice { scenario: FOREIGN.into() }, facts.clone()));
    for wizard in &mut wizards {
        *wizard.world.facts_mut() = facts.clone();
        wizard.world.set_remark(Some(FOREIGN.into()));
    }
    wizards.extend(super::keys::foreign(FOREIGN));
    wizards
}
