//! Policies written into a user itself. Groups have none here, and say so.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::super::page::Page;
use super::super::policy::Document;
use super::super::refusal::Refusal;
use super::super::rules;
use super::super::visit::{Answer, Visit};
use super::super::xml::Xml;

pub fn put(visit: &mut Visit) -> Answer {
    let (user, name) = (visit.user_name()?, policy_name(visit)?);
    let text = visit.form.required("PolicyDocument", &rules::POLICY_DOCUMENT)?;
    visit.state.user(user)?;
    let document = Document::parse(text).map_err(|said| Refusal::new("MalformedPolicyDocument", 400, said))?;
    visit.state.user_mut(user)?.inline_policies.insert(name.to_owned(), document);
    Ok(None)
}

pub fn read(visit: &mut Visit) -> Answer {
    let (user, name) = (visit.user_name()?, policy_name(visit)?);
    let user = visit.state.user(user)?;
    let document = user.inline_policies.get(name).ok_or_else(|| absent(name))?;
    let xml =
        Xml::new().text("UserName", &user.name).text("PolicyName", name).text("PolicyDocument", &encoded(document));
    Ok(Some(xml))
}

pub fn delete(visit: &mut Visit) -> Answer {
    let (user, name) = (visit.user_name()?, policy_name(visit)?);
    visit.state.user_mut(user)?.inline_policies.remove(name).map(|_| None).ok_or_else(|| absent(name))
}

pub fn list(visit: &mut Visit) -> Answer {
    let user = visit.state.seen_user(visit.user_name()?, visit.now)?;
    let page = Page::of(visit.form, user.inline_policies.keys().map(|name| (name.clone(), name.as_str())))?;
    Ok(Some(page.end(Xml::new().texts("PolicyNames", page.items.iter().copied()))))
}

pub fn list_of_group(visit: &mut Visit) -> Answer {
    visit.state.seen_group(visit.group_name()?, visit.now)?;
    Ok(Some(Xml::new().texts("PolicyNames", []).flag("IsTruncated", false)))
}

/// As IAM writes documents: percent-encoded (RFC 3986).
pub fn encoded(document: &Document) -> String {
    percent(&document.text)
}

/// The same for any text.
pub fn percent(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn policy_name<'a>(visit: &Visit<'a>) -> Result<&'a str, Refusal> {
    visit.form.required("PolicyName", &rules::POLICY_NAME)
}

fn absent(name: &str) -> Refusal {
    Refusal::no_such_entity(format!("The user policy with name {name} cannot be found."))
}
