//! Forms, empty and half filled in.

use super::*;

pub fn forms() -> Vec<(&'static str, Wizard)> {
    let typed = |form: &mut Form| {
        form.put(FieldId::PasswordSource, Value::Choice { options: &["generated", "typed"], chosen: 1 });
        form.put(FieldId::Password, Value::Secret(Secret::new(PASSWORD)));
        form.put(FieldId::PasswordAgain, Value::Secret(Secret::new("other")));
        form.focus_on(FieldId::Password);
    };
    let wrong = |form: &mut Form| {
        form.tried = true;
        form.put_text(
            FieldId::Title(ContactType::Billing),
            "Head of the department of finance and of much more besides",
        );
        form.put_text(FieldId::Email(ContactType::Billing), "billing");
        form.focus_on(FieldId::Title(ContactType::Billing));
    };
    let mut live = way_back(2);
    live.world.set_mode(Mode::Live);
    vec![
        ("form-contacts", filling(StepId::Contacts, |form| form.focus = 2)),
        ("form-contacts-problems", filling(StepId::Contacts, wrong)),
        ("form-contacts-button", filling(StepId::Contacts, |form| form.focus = form.visible().count())),
        ("form-administrator", filling(StepId::Administrator, |form: &mut Form| form.focus = 2)),
        ("form-administrator-typed", filling(StepId::Administrator, typed)),
        ("form-way-back", way_back(0)),
        ("form-way-back-practice", way_back(2)),
        ("form-way-back-live", live),
        ("form-root-sign-in", filling(StepId::RootSignIn, |form| form.focus = 3)),
        ("form-password-policy", filling(StepId::PasswordPolicy, |form| form.focus = 1)),
        ("preparing", at(StepId::Contacts, preparing(StepId::Contacts, Some(form(StepId::Contacts))))),
        ("preparing-no-form", at(StepId::RootKeys, preparing(StepId::RootKeys, None))),
    ]
}

fn preparing(step: StepId, form: Option<Form>) -> Page {
    let source = PlanSource::Action(ChosenAction { step, ..chosen(form) });
    Prepare { source, wait: Wait::default(), goal: Goal::Review }.into()
}

fn way_back(focus: usize) -> Wizard {
    let Opening::Form(mut form) = StepId::RootMfa.definition().open(ActionId::Answer, 0, &neglected()) else {
        unreachable!("the answers have a form")
    };
    (form.tried, form.focus) = (focus == 0, focus);
    let chosen = ChosenAction { step: StepId::RootMfa, action: ActionId::Answer, item: 0, subject: None, form: None };
    at(StepId::RootMfa, FillIn { chosen, form })
}
