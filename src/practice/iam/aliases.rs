//! The account alias: at most one; a new one replaces it.

use super::super::iam_request::{Answer, IamRequest};
use super::super::page::Page;
use super::super::refusal::Refusal;
use super::super::rules;
use super::super::xml::Xml;

/// Aliases of other accounts. AWS's real list is long and unpublished.
const TAKEN: [&str; 4] = ["amazon", "aws", "example", "test"];

pub fn list(request: &mut IamRequest) -> Answer {
    let page = Page::of(request.form, request.state.alias.iter().map(|alias| (alias.clone(), alias.as_str())))?;
    Ok(Some(page.end(Xml::new().texts("AccountAliases", page.items.iter().copied()))))
}

pub fn create(request: &mut IamRequest) -> Answer {
    let alias = request.form.required("AccountAlias", &rules::ALIAS)?;
    if TAKEN.contains(&alias) || request.state.alias.as_deref() == Some(alias) {
        return Err(Refusal::already_exists(format!("The account alias {alias} already exists.")));
    }
    request.state.alias = Some(alias.to_owned());
    Ok(None)
}

pub fn delete(request: &mut IamRequest) -> Answer {
    let alias = request.form.required("AccountAlias", &rules::ALIAS)?;
    if request.state.alias.as_deref() != Some(alias) {
        return Err(Refusal::no_such_entity(format!("The Account Alias {alias} cannot be found.")));
    }
    request.state.alias = None;
    Ok(None)
}
