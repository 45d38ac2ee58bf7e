//! The account's alias. There is one at most; a new one replaces it.

use super::super::iam_request::{Answer, IamRequest};
use super::super::page::Page;
use super::super::refusal::Refusal;
use super::super::rules;
use super::super::xml::Xml;

/// Other accounts of this world have these. AWS's own list is long, and nobody knows it.
const TAKEN: [&str; 4] = ["amazon", "aws", "example", "test"];

pub fn list(visit: &mut IamRequest) -> Answer {
    let page = Page::of(visit.form, visit.state.alias.iter().map(|alias| (alias.clone(), alias.as_str())))?;
    Ok(Some(page.end(Xml::new().texts("AccountAliases", page.items.iter().copied()))))
}

pub fn create(visit: &mut IamRequest) -> Answer {
    let alias = visit.form.required("AccountAlias", &rules::ALIAS)?;
    if TAKEN.contains(&alias) || visit.state.alias.as_deref() == Some(alias) {
        return Err(Refusal::already_exists(format!("The account alias {alias} already exists.")));
    }
    visit.state.alias = Some(alias.to_owned());
    Ok(None)
}

pub fn delete(visit: &mut IamRequest) -> Answer {
    let alias = visit.form.required("AccountAlias", &rules::ALIAS)?;
    if visit.state.alias.as_deref() != Some(alias) {
        return Err(Refusal::no_such_entity(format!("The Account Alias {alias} cannot be found.")));
    }
    visit.state.alias = None;
    Ok(None)
}
