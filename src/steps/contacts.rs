//! Alternate contacts, primary contact and account alias.

mod alias;
mod alternate;
mod phone;
mod previous;
mod primary;
mod test_message;

use super::{
    Action, ActionId, Changes, FieldId, Form, Opening, Plan, Problem, READ_AGAIN, Reach, Scope, Step, StepId, StepView,
    Table, reach, verdict_rows,
};
use crate::account::{AnswerValue, Caller, ContactField, ContactType, Facts, Question, Reading, Timestamp, Topic};

pub(super) struct Contacts;

impl Step for Contacts {
    fn title(&self) -> &'static str {
        "Contacts and alias"
    }

    fn short_title(&self) -> &'static str {
        "Contacts"
    }

    fn scope(&self) -> Scope {
        Scope::Root
    }

    fn asks_of_one(&self, _question: &Question) -> bool {
        false
    }

    fn reach(&self, caller: &Caller, facts: &Facts) -> Reach {
        let refusals = facts.contacts.iter().filter_map(Reading::failure);
        reach::by_reads(caller, refusals.map(|failure| failure.fault))
    }

    fn changes(&self) -> Changes {
        Changes {
            anybody: &[
                "account:DeleteAlternateContact",
                "account:PutAlternateContact",
                "account:PutContactInformation",
                "account:SendPhoneNumberVerification",
                "account:VerifyPhoneNumber",
                "iam:CreateAccountAlias",
                "iam:DeleteAccountAlias",
            ],
            root: &[],
        }
    }

    fn guide(&self) -> &'static str {
        include_str!("../../assets/guide/alternate-contacts.md")
    }

    fn further_questions(&self) -> Vec<Question> {
        vec![Question::ContactInformation, Question::Alias]
    }

    fn view(&self, facts: &Facts, _item: usize, now: Timestamp) -> StepView {
        let mut rows = verdict_rows(StepId::Contacts, facts);
        rows.extend(primary::rows(facts));
        rows.push(alias::row(facts));
        rows.extend(test_message::row(facts, now));
        rows.extend(previous::rows(facts, now));
        // The form already asks for a shared mailbox.
        let set = facts.contacts.each_ref().map(|set| set.known().and_then(Option::as_ref));
        StepView {
            why: "AWS writes to these people and to root's mailbox, which nobody reads every day. The security contact hears of leaked keys.",
            rows,
            table: Table::default(),
            notes: alternate::mailbox_notes(&set),
            actions: actions(facts, now),
        }
    }

    fn open(&self, action: ActionId, _item: usize, facts: &Facts) -> Opening {
        match action {
            ActionId::PrimaryContact => Opening::Form(primary::form(facts)),
            ActionId::AccountAlias => Opening::Form(alias::form(facts)),
            ActionId::DeleteContact => Opening::Form(previous::deletion_form(facts)),
            ActionId::RestoreContact => Opening::Form(previous::put_back_form(facts)),
            ActionId::SendPhoneCode => Opening::Plan,
            ActionId::EnterPhoneCode => Opening::Form(phone::form(facts)),
            ActionId::Message => Opening::Message(test_message::message(facts)),
            ActionId::Answer => Opening::Form(test_message::form(facts)),
            _ => Opening::Form(alternate::form(facts)),
        }
    }

    fn changes_at(&self, facts: &Facts, now: Timestamp) -> Option<Timestamp> {
        phone::pause(facts, now).map(|_| now + time::Duration::seconds(1))
    }

    fn next_item(&self, _facts: &Facts, _now: Timestamp) -> Option<usize> {
        None
    }

    fn problems(&self, form: &Form, facts: &Facts) -> Vec<Problem> {
        if form.field(FieldId::Primary(ContactField::FullName)).is_some() {
            primary::problems(form)
        } else if form.field(FieldId::Alias).is_some() {
            alias::problems(form, facts)
        } else if form.field(FieldId::PhoneCode).is_some() {
            phone::problems(form)
        } else if form.field(FieldId::Answer(Topic::ContactsReached)).is_some() {
            test_message::problems(form)
        } else if form.field(FieldId::WhichContact).is_some() {
            Vec::new()
        } else {
            alternate::problems(form)
        }
    }

    fn answers(&self, form: &Form) -> Vec<(Topic, AnswerValue)> {
        test_message::answers(form)
    }

    fn plan(
        &self,
        action: ActionId,
        _item: usize,
        form: Option<&Form>,
        facts: &Facts,
        _as_of: Timestamp,
    ) -> Result<Plan, String> {
        let filled = form.ok_or_else(|| "The form is empty.".to_owned());
        match action {
            ActionId::PrimaryContact => primary::plan(filled?, facts),
            ActionId::AccountAlias => alias::plan(filled?, facts),
            ActionId::DeleteContact => previous::delete(filled?, facts),
            ActionId::RestoreContact => previous::put_back(filled?, facts),
            ActionId::SendPhoneCode => phone::send(facts),
            ActionId::EnterPhoneCode => phone::verify(filled?, facts),
            _ => alternate::plan(filled?, facts),
        }
    }
}

fn actions(facts: &Facts, now: Timestamp) -> Vec<Action> {
    let blocked = |unread: bool, what: &str| unread.then(|| format!("{what} could not be read. Read again (r)."));
    let unread = ContactType::ALL.iter().any(|of| facts.contact(*of).failure().is_some());
    let action = |id, label: &str, blocked| Action { id, label: label.into(), blocked };
    // A code is valid for five minutes, so it comes first.
    let (pending, phone): (Vec<Action>, Vec<Action>) = if phone::is_pending(facts) {
        (phone::actions(facts, now), Vec::new())
    } else {
        (Vec::new(), phone::actions(facts, now))
    };
    let mut actions = pending;
    actions.extend([
        action(ActionId::FillIn, "Alternate contacts", blocked(unread, "The contacts")),
        action(
            ActionId::PrimaryContact,
            "Primary contact",
            blocked(facts.contact_information.failure().is_some(), "The primary contact"),
        ),
        action(ActionId::AccountAlias, "Account alias", blocked(facts.alias.failure().is_some(), "The alias")),
    ]);
    actions.extend(phone);
    actions.extend(test_message::actions(facts));
    actions.extend(previous::actions(facts));
    actions
}

#[cfg(test)]
mod tests;
