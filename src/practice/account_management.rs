//! Account Management: primary and alternate contacts. Source: Account Management API, 2021-02-01.

pub mod contact_information;
pub mod regions;

use serde_json::{Value, json};

use super::json_request::{JsonAnswer, JsonCall, JsonRequest};
use super::organization::Organization;
use super::refusal::Refusal;
use crate::account::moment::rfc3339;
use crate::account::{AlternateContact, ContactType};

pub const CALLS: &[JsonCall] = &[
    ("DeleteAlternateContact", delete_alternate_contact),
    ("GetAccountInformation", account_information),
    ("GetAlternateContact", alternate_contact),
    ("GetContactInformation", contact_information::get),
    ("GetPrimaryEmail", primary_email),
    ("GetRegionOptStatus", regions::opt_status),
    ("ListRegions", regions::list),
    ("PutAlternateContact", put_alternate_contact),
    ("PutContactInformation", contact_information::put),
    ("SendPhoneNumberVerification", contact_information::send_code),
    ("VerifyPhoneNumber", contact_information::verify),
];

/// The call behind a path: `/getAlternateContact` is `GetAlternateContact`.
pub fn name_of(path: &str) -> String {
    let mut rest = path.trim_start_matches('/').chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

fn alternate_contact(request: &mut JsonRequest) -> JsonAnswer {
    let of = contact_type(request)?;
    let contact = request.state.contacts.get(&of).ok_or_else(absent)?;
    Ok(Some(json!({ "AlternateContact": {
        "AlternateContactType": of.wire(),
        "Name": contact.name,
        "Title": contact.title,
        "EmailAddress": contact.email,
        "PhoneNumber": contact.phone,
    }})))
}

fn put_alternate_contact(request: &mut JsonRequest) -> JsonAnswer {
    let of = contact_type(request)?;
    let input = request.input;
    let contact = AlternateContact {
        name: text(input, "Name", 64, |_| true)?.to_owned(),
        title: text(input, "Title", 50, |_| true)?.to_owned(),
        // Observed: AWS trims the address and keeps the blanks of other fields.
        email: text(input, "EmailAddress", 254, is_email)?.trim().to_owned(),
        phone: text(input, "PhoneNumber", 25, is_phone)?.to_owned(),
    };
    request.state.contacts.insert(of, contact);
    Ok(None)
}

fn delete_alternate_contact(request: &mut JsonRequest) -> JsonAnswer {
    let of = contact_type(request)?;
    request.state.contacts.remove(&of).map(|_| None).ok_or_else(absent)
}

fn contact_type(request: &JsonRequest) -> Result<ContactType, Refusal> {
    own_account(request)?;
    let sent = text(request.input, "AlternateContactType", usize::MAX, |_| true)?;
    let known = ContactType::ALL.into_iter().find(|of| of.wire() == sent);
    known.ok_or_else(|| {
        let constraint = "Member must satisfy enum value set: [BILLING, OPERATIONS, SECURITY]";
        Refusal::constraint(Some(sent), "AlternateContactType", constraint)
    })
}

/// Name, age and state.
fn account_information(request: &mut JsonRequest) -> JsonAnswer {
    own_account(request)?;
    Ok(Some(json!({
        "AccountId": request.state.account,
        "AccountName": request.state.account_name,
        "AccountCreatedDate": rfc3339(request.state.created),
        "AccountState": "ACTIVE",
    })))
}

/// AWS returns members' addresses to their management account only. No standalone account can read its own.
fn primary_email(request: &mut JsonRequest) -> JsonAnswer {
    request.required("AccountId")?;
    match named_member(request)? {
        Some(address) => Ok(Some(json!({ "PrimaryEmail": address }))),
        None => Err(Refusal::new("ResourceNotFoundException", 404, "The account was not found.")),
    }
}

/// Refuses a call for a member account: practice stores no data of members.
fn own_account(request: &JsonRequest) -> Result<(), Refusal> {
    match named_member(request)? {
        Some(_) => Err(Refusal::access_denied("The practice account does not act on other accounts.")),
        None => Ok(()),
    }
}

/// The address of the member that the call names; `None` without `AccountId`. Source: Account Management Reference
/// Guide, "Modes of operation".
fn named_member<'a>(request: &'a JsonRequest) -> Result<Option<&'a str>, Refusal> {
    let Some(id) = request.input.get("AccountId").filter(|id| !id.is_null()) else { return Ok(None) };
    let id = id.as_str().unwrap_or_default();
    if id.len() != 12 || !id.bytes().all(|b| b.is_ascii_digit()) {
        let constraint = r"Member must satisfy regular expression pattern: \d{12}";
        return Err(Refusal::constraint(Some(id), "AccountId", constraint));
    }
    let own = &request.state.account;
    let manages = |organization: &&Organization| {
        let manages = organization.management || organization.delegated_for_account_management;
        manages && organization.all_features && organization.trusts_account_management
    };
    let Some(organization) = request.state.organization.as_ref().filter(manages) else {
        let said = format!("User: arn:aws:iam::{own}:root is not authorized to act on account {id}");
        return Err(Refusal::access_denied(said));
    };
    if id == own && organization.management {
        let said =
            "The management account can only be managed using the standalone context from the management account.";
        return Err(Refusal::access_denied(said));
    }
    let address = organization.members.get(id).map(|address| Some(address.as_str()));
    address.ok_or_else(|| Refusal::access_denied(format!("The account {id} is not in your organization.")))
}

fn text<'a>(input: &'a Value, member: &str, most: usize, allows: fn(&str) -> bool) -> Result<&'a str, Refusal> {
    let value = input.get(member).and_then(Value::as_str);
    let value = value.ok_or_else(|| Refusal::constraint(None, member, "Member must not be null"))?;
    let refuse = |constraint: &str| Err(Refusal::constraint(Some(value), member, constraint));
    match value.chars().count() {
        0 => refuse("Member must have length greater than or equal to 1"),
        length if length > most => refuse(&format!("Member must have length less than or equal to {most}")),
        _ if !allows(value) => refuse("Member must satisfy regular expression pattern"),
        _ => Ok(value),
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// `[\s]*[\w+=.#|!&-]+@[\w.-]+\.[\w]+[\s]*`
fn is_email(text: &str) -> bool {
    let Some((local, host)) = text.trim().split_once('@') else { return false };
    let Some((domain, top)) = host.rsplit_once('.') else { return false };
    let all = |text: &str, more: &str| !text.is_empty() && text.chars().all(|c| is_word(c) || more.contains(c));
    all(local, "+=.#|!&-") && all(domain, ".-") && all(top, "")
}

/// `[\s0-9()+-]+`
fn is_phone(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_whitespace() || c.is_ascii_digit() || "()+-".contains(c))
}

fn absent() -> Refusal {
    Refusal::new("ResourceNotFoundException", 404, "No contact of the inputted alternate contact type found.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_follow_the_pattern_of_the_model() {
        for good in ["aws@example.com", " a+b=c.d#e|f!g&h-i_j@sub.example-host.co "] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["aws", "@example.com", "aws@example", "aws@.com", "a b@example.com", "a@b@c.de"] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn a_management_account_names_its_members_and_never_itself() {
        let now = time::macros::datetime!(2026-11-21 12:00:00 UTC);
        let mut state = super::super::state::State::empty("123456789012", now);
        state.organization = Some(Organization {
            management: true,
            all_features: true,
            trusts_account_management: true,
            members: [("210987654321".to_owned(), "root@example.com".to_owned())].into(),
            ..Organization::default()
        });
        let mut ask = |make: fn(&mut JsonRequest) -> JsonAnswer, id: &str| {
            let input = json!({ "AccountId": id });
            make(&mut JsonRequest { state: &mut state, input: &input, region: "us-east-1", now })
        };
        assert_eq!(ask(primary_email, "210987654321").unwrap().unwrap()["PrimaryEmail"], "root@example.com");
        assert_eq!(ask(primary_email, "123456789012").unwrap_err().code, "AccessDenied");
        assert_eq!(ask(account_information, "123456789012").unwrap_err().code, "AccessDenied");
        assert_eq!(ask(primary_email, "999999999999").unwrap_err().code, "AccessDenied");
        assert_eq!(ask(primary_email, "12").unwrap_err().code, "ValidationError");
        if let Some(organization) = &mut state.organization {
            (organization.management, organization.delegated_for_account_management) = (false, true);
        }
        let input = json!({ "AccountId": "210987654321" });
        let answer = primary_email(&mut JsonRequest { state: &mut state, input: &input, region: "us-east-1", now });
        assert_eq!(answer.unwrap().unwrap()["PrimaryEmail"], "root@example.com", "a delegated administrator may too");
    }

    #[test]
    fn calls_are_named_by_their_paths() {
        assert_eq!(name_of("/putAlternateContact"), "PutAlternateContact");
        assert_eq!(name_of("/"), "");
    }
}
