//! The account password policy. Every write replaces the whole policy, so it is read, merged and written.

mod ages;
mod next_change;
mod own_change;
mod people;

use super::plan::policy_effect;
use super::{
    Action, ActionId, Call, Changes, Consent, Field, FieldId, Form, Opening, Plan, Problem, Reach, Row, Scope, Step,
    StepId, StepView, Table, Value, Verdict, reach, verdict_rows,
};
use crate::account::{Caller, Change, Facts, PasswordPolicy, Question, Reading, Timestamp};
use crate::checks;

pub(super) struct Policy;

const CIS: usize = 0;
const NIST: usize = 1;
const OWN_VALUES: usize = 2;
const AWS_DEFAULT: usize = 3;

impl Step for Policy {
    fn title(&self) -> &'static str {
        "Password policy"
    }

    fn short_title(&self) -> &'static str {
        "Passwords"
    }

    fn scope(&self) -> Scope {
        Scope::Root
    }

    fn asks_of_one(&self, _question: &Question) -> bool {
        false
    }

    fn reach(&self, caller: &Caller, facts: &Facts) -> Reach {
        reach::iam(caller, facts, facts.password_policy.failure().map(|failure| failure.fault))
    }

    fn changes(&self) -> Changes {
        Changes { anybody: &["iam:DeleteAccountPasswordPolicy", "iam:UpdateAccountPasswordPolicy"], root: &[] }
    }

    fn guide(&self) -> &'static str {
        include_str!("../../assets/guide/password-policy.md")
    }

    fn further_questions(&self) -> Vec<Question> {
        // To name the users whose password an expiry would end.
        vec![Question::People]
    }

    fn view(&self, facts: &Facts, _item: usize, _now: Timestamp) -> StepView {
        let mut rows = verdict_rows(StepId::PasswordPolicy, facts);
        if let Some(policy) = facts.password_policy.known() {
            rows.extend(in_words(policy.as_ref()));
        }
        StepView {
            why: "It decides which console passwords IAM users may have. It does not cover root's password.",
            rows,
            table: Table::default(),
            notes: vec!["Length and characters apply at the next password change; an expiry applies at once.".into()],
            actions: vec![Action {
                id: ActionId::FillIn,
                label: "Change it".into(),
                blocked: facts
                    .password_policy
                    .failure()
                    .map(|_| "The policy could not be read. Read again (r).".into()),
            }],
        }
    }

    fn open(&self, _action: ActionId, _item: usize, facts: &Facts) -> Opening {
        let mut form = Form::new(fields(), "Review");
        fill(&mut form, &in_force(facts).raised_to_cis());
        Opening::Form(form)
    }

    fn next_item(&self, _facts: &Facts, _now: Timestamp) -> Option<usize> {
        None
    }

    fn settle(&self, form: &mut Form, changed: FieldId, facts: &Facts) {
        if changed != FieldId::Preset {
            form.put(FieldId::Preset, preset(OWN_VALUES));
        }
        let chosen = form.chosen(FieldId::Preset);
        if let Some(field) = form.fields.iter_mut().find(|field| field.id == FieldId::Preset) {
            field.hint = reason(chosen).into();
        }
        if changed != FieldId::Preset {
            return;
        }
        match form.chosen(FieldId::Preset) {
            CIS => fill(form, &in_force(facts).raised_to_cis()),
            NIST => fill(form, &in_force(facts).by_nist()),
            AWS_DEFAULT => fill(form, &PasswordPolicy::aws_default()),
            _ => fill(form, &in_force(facts)),
        }
    }

    fn problems(&self, form: &Form, _facts: &Facts) -> Vec<Problem> {
        let number = |field: FieldId, range: std::ops::RangeInclusive<u32>, may_be_empty: bool, unit: &str| {
            let text = form.text(field);
            let good =
                (may_be_empty && text.is_empty()) || text.parse().is_ok_and(|number: u32| range.contains(&number));
            let or = if may_be_empty { ", or nothing" } else { "" };
            let words = format!("a whole number of {unit} from {} to {}{or}", range.start(), range.end());
            (!good).then_some(Problem { field, words, at_once: !text.is_empty() })
        };
        [
            number(FieldId::MinimumLength, PasswordPolicy::LENGTH, false, "characters"),
            number(FieldId::Reuse, PasswordPolicy::REUSE, true, "passwords"),
            number(FieldId::MaxAge, PasswordPolicy::AGE, true, "days"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn plan_questions(&self, _action: ActionId, _item: usize, form: Option<&Form>, _facts: &Facts) -> Vec<Question> {
        // Only for the plan: AWS may take half a minute for the report, and neither page nor proof needs it.
        let names = |form: &Form| !form.text(FieldId::MaxAge).is_empty() || !form.is_on(FieldId::AllowChange);
        form.is_some_and(names).then_some(Question::CredentialReport).into_iter().collect()
    }

    fn plan(
        &self,
        _action: ActionId,
        _item: usize,
        form: Option<&Form>,
        facts: &Facts,
        as_of: Timestamp,
    ) -> Result<Plan, String> {
        let form = form.ok_or("The form is empty.")?;
        let before = facts.password_policy.known().ok_or("The policy could not be read. Read again (r).")?.as_ref();
        let after = if form.chosen(FieldId::Preset) == AWS_DEFAULT {
            None
        } else {
            Some(filled_in(form).ok_or("A number is missing.")?)
        };
        if before == after.as_ref() {
            return Err("Nothing differs from the current policy.".into());
        }
        let effect = policy_effect(before, after.as_ref());
        let locks = after.as_ref().is_some_and(|policy| policy.hard_expiry);
        let expires = people::is_sooner(before, after.as_ref());
        let people::Effect { mut notes, listings } = people::effect(before, after.as_ref(), facts, as_of);
        let fails = fails_with(facts, after.as_ref());
        notes.extend(fails.as_ref().map(|why| format!("This policy fails the check. {why}")));
        let fails_anew = fails.is_some() && fails_with(facts, before).is_none();
        let takes_away = before.is_none_or(|policy| policy.allow_change)
            && after.as_ref().is_some_and(|policy| !policy.allow_change);
        let careful = expires || locks || takes_away || fails_anew || after.is_none();
        let consent = if careful { Consent::Careful } else { Consent::Plain };
        let change = after.map_or(Change::DeletePasswordPolicy, Change::PutPasswordPolicy);
        Ok(Plan {
            title: "Set the account password policy".into(),
            calls: vec![Call { change, effect }],
            notes,
            consent,
            listings,
        })
    }
}

/// Why the step's control would fail with `policy`. `None`: it would not.
fn fails_with(facts: &Facts, policy: Option<&PasswordPolicy>) -> Option<String> {
    let at = facts.password_policy.at()?;
    let then = Facts { password_policy: Reading::Known { value: policy.cloned(), at }, ..Facts::default() };
    let assessment = checks::control("password-policy")?.assess(&then);
    (assessment.verdict == Verdict::Fail).then_some(assessment.why)
}

fn in_force(facts: &Facts) -> PasswordPolicy {
    facts.password_policy.known().cloned().flatten().unwrap_or_else(PasswordPolicy::aws_default)
}

fn preset(chosen: usize) -> Value {
    Value::Choice { options: &["CIS", "NIST 800-63B", "own values", "AWS default"], chosen }
}

/// The reason for a preset, and its settings.
fn reason(preset: usize) -> &'static str {
    match preset {
        CIS => "What auditors require: 14 characters, 24 old ones refused, all classes. Stricter stays.",
        NIST => "Revision 4: length 15, no classes, no expiry. (8 would do if everyone had MFA.)",
        AWS_DEFAULT => "Removes the policy: 8 characters, three of four classes, no expiry. It fails the check.",
        _ => "The current policy, as you edit it below.",
    }
}

fn fields() -> Vec<Field> {
    let toggle = |id, label, hint| Field::toggle(id, label, hint, false);
    let mut first = Field::choice(FieldId::Preset, "Start from", reason(CIS), &[], 0);
    first.value = preset(CIS);
    vec![
        first,
        Field::text(FieldId::MinimumLength, "Minimum length", "6 to 128 characters. CIS requires 14.", "").at_most(3),
        toggle(FieldId::Uppercase, "A capital letter", "At least one of A to Z."),
        toggle(FieldId::Lowercase, "A small letter", "At least one of a to z."),
        toggle(FieldId::Numbers, "A digit", "At least one of 0 to 9."),
        toggle(FieldId::Symbols, "A symbol", "At least one of ! @ # $ % ^ & * ( ) _ + - = [ ] { } | '"),
        Field::text(FieldId::Reuse, "Old passwords refused", "1 to 24, or empty. CIS requires 24.", "").at_most(2),
        Field::text(
            FieldId::MaxAge,
            "Expires after days",
            "1 to 1095, or empty for never. NIST advises against expiry.",
            "",
        )
        .at_most(4),
        toggle(FieldId::AllowChange, "Users may change theirs", "Without it only administrators can change passwords."),
        toggle(
            FieldId::HardExpiry,
            "Lock out when expired",
            "Lock-out risk: only an administrator, or the user with an active key, can replace an expired password. Leave it off.",
        ),
    ]
}

fn fill(form: &mut Form, policy: &PasswordPolicy) {
    let number = |number: Option<u32>| number.map_or_else(String::new, |number| number.to_string());
    form.put_text(FieldId::MinimumLength, policy.minimum_length.to_string());
    form.put_text(FieldId::Reuse, number(policy.reuse_prevention));
    form.put_text(FieldId::MaxAge, number(policy.max_age));
    for (id, on) in [
        (FieldId::Uppercase, policy.require_uppercase),
        (FieldId::Lowercase, policy.require_lowercase),
        (FieldId::Numbers, policy.require_numbers),
        (FieldId::Symbols, policy.require_symbols),
        (FieldId::AllowChange, policy.allow_change),
        (FieldId::HardExpiry, policy.hard_expiry),
    ] {
        form.put(id, Value::Toggle(on));
    }
}

fn filled_in(form: &Form) -> Option<PasswordPolicy> {
    let number = |id| match form.text(id) {
        "" => Some(None),
        text => text.parse().ok().map(Some),
    };
    Some(PasswordPolicy {
        minimum_length: form.text(FieldId::MinimumLength).parse().ok()?,
        require_symbols: form.is_on(FieldId::Symbols),
        require_numbers: form.is_on(FieldId::Numbers),
        require_uppercase: form.is_on(FieldId::Uppercase),
        require_lowercase: form.is_on(FieldId::Lowercase),
        allow_change: form.is_on(FieldId::AllowChange),
        max_age: number(FieldId::MaxAge)?,
        reuse_prevention: number(FieldId::Reuse)?,
        hard_expiry: form.is_on(FieldId::HardExpiry),
    })
}

const LOCKED: &str = "locked out until an administrator (or the user, with an active key) sets a new one";
const CHANGED: &str = "changed at the next sign-in";

fn in_words(policy: Option<&PasswordPolicy>) -> Vec<Row> {
    let row = |name: &str, value: String| Row::value(name, value);
    let Some(policy) = policy else {
        return vec![row("In force", "AWS's default: 8 characters, three of four classes".into())];
    };
    let classes: Vec<&str> = [
        (policy.require_uppercase, "capital letter"),
        (policy.require_lowercase, "small letter"),
        (policy.require_numbers, "digit"),
        (policy.require_symbols, "symbol"),
    ]
    .into_iter()
    .filter_map(|(required, name)| required.then_some(name))
    .collect();
    vec![
        row("Minimum length", policy.minimum_length.to_string()),
        row("Must have", if classes.is_empty() { "no rule".into() } else { classes.join(", ") }),
        row("Old ones refused", policy.reuse_prevention.map_or("none".into(), |count| count.to_string())),
        row(
            "Expires",
            policy
                .max_age
                .map_or("never".into(), |days| format!("after {days} {}", if days == 1 { "day" } else { "days" })),
        ),
        row("Once expired", if policy.hard_expiry { LOCKED } else { CHANGED }.into()),
    ]
}

#[cfg(test)]
mod tests;
