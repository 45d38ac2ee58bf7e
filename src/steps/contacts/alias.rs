//! The account alias: at most one; a new one replaces it.

use super::super::{Call, Consent, Field, FieldId, Form, Plan, Problem, Row};
use crate::account::alias::{ALIAS_LENGTH, alias_problem};
use crate::account::{Change, Facts, Reading};

pub(super) fn row(facts: &Facts) -> Row {
    let value = match &facts.alias {
        Reading::Unread => "reading…".to_owned(),
        Reading::Known { value: Some(alias), .. } => format!("{alias}, in the sign-in address"),
        Reading::Known { value: None, .. } => "none: the sign-in address has the number".to_owned(),
        Reading::Failed(failure) => format!("could not be read: {failure}"),
        Reading::Closed(reason) => format!("could not be read: {reason}"),
    };
    Row::value("Account alias", value)
}

/// Sign-in address of IAM users, with the alias or the account number.
fn address(facts: &Facts, alias: Option<&str>) -> String {
    let Some(caller) = facts.caller.known() else { return String::new() };
    caller.partition().user_sign_in(alias.unwrap_or(&caller.account))
}

pub(super) fn form(facts: &Facts) -> Form {
    let now = facts.alias.known().cloned().flatten().unwrap_or_default();
    let hint = "3 to 63 lowercase letters, digits, single hyphens. It is public. Empty: no alias.";
    let field = Field::text(FieldId::Alias, "Account alias", hint, now).at_most(*ALIAS_LENGTH.end());
    Form::new(vec![field], "Review")
}

pub(super) fn problems(form: &Form, facts: &Facts) -> Vec<Problem> {
    let text = form.text(FieldId::Alias);
    if text.is_empty() && facts.alias.known().is_some_and(Option::is_some) {
        return Vec::new();
    }
    let problem = alias_problem(text).map(|words| {
        let at_once = words.contains("too long") || words.contains("not allowed");
        Problem { field: FieldId::Alias, words, at_once: at_once && !text.ends_with('-') }
    });
    problem.into_iter().collect()
}

pub(super) fn plan(form: &Form, facts: &Facts) -> Result<Plan, String> {
    let before = facts.alias.known().ok_or("The alias could not be read. Read again (r).")?.as_deref();
    let after = Some(form.text(FieldId::Alias)).filter(|alias| !alias.is_empty());
    let change = match (before, after) {
        (before, after) if before == after => return Err("Nothing differs from the current settings.".into()),
        (_, Some(alias)) => Change::CreateAlias { alias: alias.to_owned() },
        (Some(alias), None) => Change::DeleteAlias { alias: alias.to_owned() },
        (None, None) => return Err("The form is empty.".into()),
    };
    let said = |alias: Option<&str>| alias.unwrap_or("none").to_owned();
    let effect = vec![
        ("Account alias", said(before), said(after)),
        ("Sign-in address", address(facts, before), address(facts, after)),
    ];
    let mut notes = Vec::new();
    if let Some(old) = before {
        notes.push(format!(
            "The sign-in address of all users changes: the one with {old} stops working at once, and any other account can take {old}. Tell people first, and check bookmarks and manuals."
        ));
    }
    notes.push("The address with the account number always works.".into());
    if after.is_some() {
        notes.push("An alias is not secret, and unique within the partition: AWS refuses one that is taken.".into());
    }
    Ok(Plan {
        title: "Set the account alias".into(),
        calls: vec![Call { change, effect }],
        notes,
        consent: if before.is_some() { Consent::Careful } else { Consent::Plain },
        ..Plan::default()
    })
}
