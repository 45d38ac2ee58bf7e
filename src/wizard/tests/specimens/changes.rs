//! Reviews, running calls, read-backs, failures and results.

use super::*;

pub fn changes() -> Vec<(&'static str, Wizard)> {
    let id = StepId::Administrator;
    let policy = Some(form(StepId::PasswordPolicy));
    let later = NOW + time::Duration::seconds(3);
    vec![
        ("confirming", confirming(id, ActionId::FillIn, 0, Some(administrator_form()), ReviewFocus::Ahead)),
        ("confirming-policy", confirming(StepId::PasswordPolicy, ActionId::FillIn, 0, policy, ReviewFocus::Ahead)),
        ("confirming-careful", confirming(StepId::RootKeys, ActionId::Deactivate, 1, None, ReviewFocus::Back)),
        ("confirming-typed", typed("MP")),
        ("confirming-typed-right", typed("MPLE")),
        ("confirming-regions", regions()),
        ("confirming-again", moved()),
        ("checking", checking()),
        ("changing", at(id, changing())),
        ("proving", at(id, proving(0, None))),
        ("proving-again", at(id, proving(2, Some(later)))),
        ("refused", at(id, refused(denied()))),
        ("refused-unclear", at(id, refused(broken()))),
        ("settled", settled()),
    ]
}

fn typed(text: &str) -> Wizard {
    let mut wizard = confirming(StepId::RootKeys, ActionId::Delete, 1, None, ReviewFocus::Ahead);
    wizard.world.set_mode(Mode::Live);
    if let Page::Review(review) = wizard.page_mut(Place::Step(StepId::RootKeys)) {
        review.typed = text.into();
    }
    wizard
}

/// A review of one call in many Regions.
fn regions() -> Wizard {
    let (facts, step) = (super::pages::unwatched(), StepId::Watchers);
    let Opening::Form(form) = step.definition().open(ActionId::TurnOn, 1, &facts) else { unreachable!("it is a form") };
    let plan = step.definition().plan(ActionId::TurnOn, 1, Some(&form), &facts, NOW).unwrap();
    let chosen =
        ChosenAction { step, action: ActionId::TurnOn, item: 1, subject: Some("GuardDuty".into()), form: Some(form) };
    with(having_read(practice(), facts), step, Review::new(plan, PlanSource::Action(chosen), NOW))
}

/// A second review, because the policy changed between the review and its confirmation.
fn moved() -> Wizard {
    let policy = Some(form(StepId::PasswordPolicy));
    let mut wizard = confirming(StepId::PasswordPolicy, ActionId::FillIn, 0, policy, ReviewFocus::Back);
    if let Page::Review(review) = wizard.page_mut(Place::Step(StepId::PasswordPolicy)) {
        review.moved = vec!["Minimum length: 8 at your review, 20 now.".into()];
        review.by_whom = by_whom(&Reading::Unread, NOW, "");
    }
    wizard
}

fn checking() -> Wizard {
    let mut wizard = moved();
    let place = Place::Step(StepId::PasswordPolicy);
    let page = std::mem::replace(wizard.page_mut(place), Record::new(StepId::Administrator, Vec::new()).into());
    let Page::Review(review) = page else { unreachable!("it is at its review") };
    let Review { plan, as_of, source, .. } = *review;
    let goal = Goal::Send(Confirmed { plan, as_of });
    wizard.set_page(place, Prepare { source, wait: Wait::default(), goal });
    wizard
}

fn administrator_changes() -> Vec<Change> {
    let form = administrator_form();
    let plan = StepId::Administrator.definition().plan(ActionId::FillIn, 0, Some(&form), &neglected(), NOW).unwrap();
    plan.calls.into_iter().map(|call| call.change).collect()
}

fn changing() -> Page {
    let mut changes = administrator_changes();
    let waiting: Vec<Change> = changes.split_off(3).into_iter().rev().collect();
    let running = changes.pop().unwrap();
    Calls {
        title: "Set up the administrator administrator".into(),
        done: changes,
        refused: Vec::new(),
        running: (running.words(), running.action()),
        waiting,
        issued: IssuedSecrets::default(),
        source: PlanSource::Action(chosen(Some(administrator_form()))),
        ticket: Ticket(0),
    }
    .into()
}

fn proving(tries: u32, again_at: Option<Timestamp>) -> Page {
    let step = StepId::Administrator;
    Proof { step, applied: administrator_changes(), tries, again_at, issued: IssuedSecrets::default() }.into()
}

pub fn refused(failure: Failure) -> Page {
    let mut changes = administrator_changes();
    let left = changes.split_off(3).iter().map(Change::words).collect();
    let change = changes.pop().unwrap();
    Refused {
        tried: change.words(),
        failure,
        change: Some(change),
        done: changes,
        left,
        issued: IssuedSecrets::default(),
        source: PlanSource::Action(chosen(Some(administrator_form()))),
    }
    .into()
}

fn broken() -> Failure {
    let failure = Failure::new(Fault::Broken, "iam:CreateUser", "connection reset by peer");
    Failure { may_have_happened: true, ..failure }
}

fn settled() -> Wizard {
    let mut facts = neglected();
    facts.contacts = hardened().contacts;
    let lines = vec![
        ("Set the operations contact".to_owned(), ReadBack::Shown),
        ("Set the security contact".to_owned(), ReadBack::NotYet),
    ];
    with(having_read(practice(), facts), StepId::Contacts, Record::new(StepId::Contacts, lines))
}
