//! Root's e-mail address and password. On a standalone account no API reads or sets them, so a person answers, with a
//! date.

use super::root_mfa::account_page;
use super::{
    Action, ActionId, Changes, Field, FieldId, Form, LeadsTo, Opening, Plan, Problem, Reach, Row, Scope, Step, StepId,
    StepView, reach, verdict_rows,
};
use crate::account::{AnswerValue, Caller, Facts, Partition, Question, Timestamp, Topic, Traced};

pub(super) struct RootSignIn;

/// Longest text answer, in characters.
const MAX_ANSWER_LEN: usize = 120;
const OPTIONS: &[&str] = &["not answered", "yes", "no, or nobody knows"];

/// The questions. The one about phone and mailbox is also asked before MFA, with the same answer.
const TOPICS: [(Topic, &str); 10] = [
    (Topic::EmailDomain, "Root's e-mail address is on a domain of your company. A personal one leaves with its owner."),
    (Topic::EmailGroup, "More than one trusted person reads it. Each of them can ask for a new root password."),
    (Topic::RecoveryEmail, "Write to it. Does the message arrive?"),
    (Topic::MailboxHolder, "A team or a role, for the break-glass sheet. May stay blank."),
    (Topic::RecoveryPhone, "Call the account's number. Who answers, and still in a year?"),
    (Topic::PhoneHolder, "A role, not the one that reads the mailbox. May stay blank."),
    (Topic::PasswordKept, "Root's password is random, in a password manager, and used nowhere else."),
    (
        Topic::PasswordNotShared,
        "Only its keepers know it, and nobody shares it. For work, people sign in as an administrator.",
    ),
    (Topic::PasswordFresh, "Root's password was changed within a year, and after anybody who knew it left."),
    (Topic::DevicePlaces, "A safe, a drawer, two offices. May stay blank."),
];

impl Step for RootSignIn {
    fn title(&self) -> &'static str {
        "Root sign-in"
    }

    fn short_title(&self) -> &'static str {
        "Root sign-in"
    }

    fn scope(&self) -> Scope {
        Scope::Root
    }

    fn asks_of_one(&self, _question: &Question) -> bool {
        false
    }

    fn reach(&self, caller: &Caller, facts: &Facts) -> Reach {
        match caller.partition() {
            Partition::China => Reach::NotApplicable("accounts in AWS China have no root user"),
            Partition::GovCloud => Reach::NotApplicable("GovCloud's root has no password and no console"),
            Partition::EuropeanSovereign | Partition::Other(_) => reach::UNDOCUMENTED,
            Partition::Commercial if reach::root_was_removed(facts) => {
                Reach::NotApplicable("a member account whose root user has no password: nobody can sign in as root")
            }
            Partition::Commercial => {
                Reach::HandOff("no API shows it: you answer, and change it in the console as root")
            }
        }
    }

    fn changes(&self) -> Changes {
        Changes { anybody: &[], root: &[] }
    }

    fn guide(&self) -> &'static str {
        include_str!("../../assets/guide/root-sign-in.md")
    }

    fn view(&self, facts: &Facts, _item: usize, now: Timestamp) -> StepView {
        let mut rows = verdict_rows(StepId::RootSignIn, facts);
        for (topic, _) in TOPICS {
            let value = facts.answers.get(&topic).map_or("not answered".to_owned(), |answer| answer.words(now));
            rows.push(Row::value(topic.title(), value));
        }
        let closed = facts.caller.known().is_some_and(|caller| !caller.partition().has_root_console());
        let blocked = closed.then(|| "Root has no e-mail sign-in in this partition.".to_owned());
        let action = |id, label: &str| Action { id, label: label.into(), blocked: blocked.clone() };
        StepView {
            why: "Anyone who reads root's mailbox can reset root's password. No API shows who that is: you answer.",
            rows,
            notes: vec![
                format!("Change e-mail address, password and phone here, as root: {}", account_page(facts)),
                "There: Account details, Actions, Update email address and password, Edit. w shows each click.".into(),
            ],
            actions: vec![
                action(ActionId::Answer, "Answer the questions"),
                action(ActionId::MakePassword, "Make a password"),
                Action { id: ActionId::Examine, label: "What did root do?".into(), blocked: None },
            ],
            ..StepView::default()
        }
    }

    fn open(&self, action: ActionId, _item: usize, facts: &Facts) -> Opening {
        match action {
            ActionId::MakePassword => Opening::Password,
            ActionId::Examine => Opening::Evidence(Traced::Root),
            _ => Opening::Form(form(facts)),
        }
    }

    fn next_item(&self, _facts: &Facts, _now: Timestamp) -> Option<usize> {
        None
    }

    fn problems(&self, form: &Form, _facts: &Facts) -> Vec<Problem> {
        let problem = |topic: Topic| {
            let field = FieldId::Answer(topic);
            if topic.is_text() {
                let length = form.text(field).chars().count();
                let words = format!("At most {MAX_ANSWER_LEN} characters; this has {length}.");
                return (length > MAX_ANSWER_LEN).then_some(Problem { field, words, at_once: true });
            }
            let words = "Not answered yet. \"No, or nobody knows\" is an answer too.".to_owned();
            (form.chosen(field) == 0).then_some(Problem { field, words, at_once: false })
        };
        TOPICS.iter().filter_map(|(topic, _)| problem(*topic)).collect()
    }

    fn answers(&self, form: &Form) -> Vec<(Topic, AnswerValue)> {
        let said = |topic: Topic| {
            let field = FieldId::Answer(topic);
            match (topic.is_text(), form.chosen(field)) {
                (true, _) => {
                    Some(form.text(field)).filter(|text| !text.is_empty()).map(|text| AnswerValue::Text(text.into()))
                }
                (false, 1) => Some(AnswerValue::Yes),
                (false, 2) => Some(AnswerValue::No),
                (false, _) => None,
            }
        };
        TOPICS.iter().filter_map(|(topic, _)| Some((*topic, said(*topic)?))).collect()
    }

    fn plan(
        &self,
        _action: ActionId,
        _item: usize,
        _form: Option<&Form>,
        _facts: &Facts,
        _as_of: Timestamp,
    ) -> Result<Plan, String> {
        Err("There is no API call for this.".into())
    }
}

/// The questions with the previous answers.
fn form(facts: &Facts) -> Form {
    let field = |(topic, hint): (Topic, &'static str)| {
        let id = FieldId::Answer(topic);
        let before = facts.answers.get(&topic).map(|answer| &answer.said);
        if topic.is_text() {
            let text = before.map(AnswerValue::words).unwrap_or_default();
            return Field::text(id, topic.title(), hint, text).at_most(MAX_ANSWER_LEN);
        }
        let chosen = match before {
            Some(AnswerValue::Yes) => 1,
            Some(AnswerValue::No) => 2,
            Some(AnswerValue::Text(_)) | None => 0,
        };
        Field::choice(id, topic.title(), hint, OPTIONS, chosen)
    };
    Form::new(TOPICS.into_iter().map(field).collect(), "Keep the answers").leading_to(LeadsTo::Answers)
}
