//! Inline policies of users and groups. All policies of an owner share a quota; whitespace does not count.

use std::collections::BTreeMap;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::super::iam_request::{Answer, IamRequest};
use super::super::page::Page;
use super::super::policy::{self, Document};
use super::super::refusal::Refusal;
use super::super::rules;
use super::super::xml::Xml;

pub fn put(request: &mut IamRequest) -> Answer {
    let (user, name) = (request.user_name()?, policy_name(request)?);
    let text = request.form.required("PolicyDocument", &rules::POLICY_DOCUMENT)?;
    request.state.user(user)?;
    let document = Document::parse(text).map_err(|said| Refusal::new("MalformedPolicyDocument", 400, said))?;
    let (quota, owner) = (policy::USER_QUOTA, format!("user {user}"));
    embed(&mut request.state.user_mut(user)?.inline_policies, name, document, quota, &owner)
}

pub fn put_to_group(request: &mut IamRequest) -> Answer {
    let (group, name) = (request.group_name()?, policy_name(request)?);
    let text = request.form.required("PolicyDocument", &rules::POLICY_DOCUMENT)?;
    request.state.group(group)?;
    let document = Document::parse(text).map_err(|said| Refusal::new("MalformedPolicyDocument", 400, said))?;
    let (quota, owner) = (policy::GROUP_QUOTA, format!("group {group}"));
    embed(&mut request.state.group_mut(group)?.inline_policies, name, document, quota, &owner)
}

/// Adds `document`, or replaces the policy of the same name.
fn embed(
    policies: &mut BTreeMap<String, Document>,
    name: &str,
    document: Document,
    quota: usize,
    owner: &str,
) -> Answer {
    let others = policies.iter().filter(|(other, _)| *other != name).map(|(_, other)| policy::size(&other.text));
    if others.sum::<usize>() + policy::size(&document.text) > quota {
        let said = format!("Maximum policy size of {quota} bytes exceeded for {owner}");
        return Err(Refusal::new("LimitExceeded", 409, said));
    }
    policies.insert(name.to_owned(), document);
    Ok(None)
}

pub fn read(request: &mut IamRequest) -> Answer {
    let (user, name) = (request.user_name()?, policy_name(request)?);
    let user = request.state.user(user)?;
    let document = user.inline_policies.get(name).ok_or_else(|| absent("user", name))?;
    let xml =
        Xml::new().text("UserName", &user.name).text("PolicyName", name).text("PolicyDocument", &encoded(document));
    Ok(Some(xml))
}

pub fn delete(request: &mut IamRequest) -> Answer {
    let (user, name) = (request.user_name()?, policy_name(request)?);
    request.state.user_mut(user)?.inline_policies.remove(name).map(|_| None).ok_or_else(|| absent("user", name))
}

pub fn read_of_group(request: &mut IamRequest) -> Answer {
    let (group, name) = (request.group_name()?, policy_name(request)?);
    let group = request.state.group(group)?;
    let document = group.inline_policies.get(name).ok_or_else(|| absent("group", name))?;
    let xml = Xml::new().text("GroupName", &group.name).text("PolicyName", name);
    Ok(Some(xml.text("PolicyDocument", &encoded(document))))
}

pub fn delete_of_group(request: &mut IamRequest) -> Answer {
    let (group, name) = (request.group_name()?, policy_name(request)?);
    let policies = &mut request.state.group_mut(group)?.inline_policies;
    policies.remove(name).map(|_| None).ok_or_else(|| absent("group", name))
}

pub fn list(request: &mut IamRequest) -> Answer {
    let user = request.state.seen_user(request.user_name()?, request.now)?;
    let page = Page::of(request.form, user.inline_policies.keys().map(|name| (name.clone(), name.as_str())))?;
    Ok(Some(page.end(Xml::new().texts("PolicyNames", page.items.iter().copied()))))
}

pub fn list_of_group(request: &mut IamRequest) -> Answer {
    let group = request.state.seen_group(request.group_name()?, request.now)?;
    let page = Page::of(request.form, group.inline_policies.keys().map(|name| (name.clone(), name.as_str())))?;
    Ok(Some(page.end(Xml::new().texts("PolicyNames", page.items.iter().copied()))))
}

/// The document percent-encoded (RFC 3986), as IAM writes it.
pub fn encoded(document: &Document) -> String {
    percent(&document.text)
}

/// Percent-encodes any text.
pub fn percent(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn policy_name<'a>(request: &IamRequest<'a>) -> Result<&'a str, Refusal> {
    request.form.required("PolicyName", &rules::POLICY_NAME)
}

fn absent(kind: &str, name: &str) -> Refusal {
    Refusal::no_such_entity(format!("The {kind} policy with name {name} cannot be found."))
}
