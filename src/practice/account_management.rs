//! Account Management: the alternate contacts and the account's own. Source: Account Management API, 2021-02-01.

use serde_json::{Value, json};

use super::refusal::Refusal;
use super::state::State;
use crate::account::{AlternateContact, ContactType};

/// A call: parameters in, output or none out.
pub type Call = fn(&mut State, &Value) -> Result<Option<Value>, Refusal>;

/// The call whose path is `/getAlternateContact` is `GetAlternateContact`.
pub fn name_of(path: &str) -> String {
    let mut rest = path.trim_start_matches('/').chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// The call called `name`.
pub fn call(name: &str) -> Option<Call> {
    match name {
        "GetAlternateContact" => Some(alternate_contact),
        "PutAlternateContact" => Some(put_alternate_contact),
        "DeleteAlternateContact" => Some(delete_alternate_contact),
        "GetContactInformation" => Some(contact_information),
        _ => None,
    }
}

fn alternate_contact(state: &mut State, input: &Value) -> Result<Option<Value>, Refusal> {
    let of = contact_type(state, input)?;
    let contact = state.contacts.get(&of).ok_or_else(absent)?;
    Ok(Some(json!({ "AlternateContact": {
        "AlternateContactType": of.wire(),
        "Name": contact.name,
        "Title": contact.title,
        "EmailAddress": contact.email,
        "PhoneNumber": contact.phone,
    }})))
}

fn put_alternate_contact(state: &mut State, input: &Value) -> Result<Option<Value>, Refusal> {
    let of = contact_type(state, input)?;
    let contact = AlternateContact {
        name: text(input, "Name", 64, |_| true)?.to_owned(),
        title: text(input, "Title", 50, |_| true)?.to_owned(),
        // Observed: the address is trimmed, the other fields keep their blanks.
        email: text(input, "EmailAddress", 254, is_email)?.trim().to_owned(),
        phone: text(input, "PhoneNumber", 25, is_phone)?.to_owned(),
    };
    state.contacts.insert(of, contact);
    Ok(None)
}

fn delete_alternate_contact(state: &mut State, input: &Value) -> Result<Option<Value>, Refusal> {
    let of = contact_type(state, input)?;
    state.contacts.remove(&of).map(|_| None).ok_or_else(absent)
}

/// What an account is opened with.
fn contact_information(state: &mut State, input: &Value) -> Result<Option<Value>, Refusal> {
    own_account(state, input)?;
    Ok(Some(json!({ "ContactInformation": {
        "FullName": "Practice Account",
        "AddressLine1": "1 Example Street",
        "City": "Exampletown",
        "PostalCode": "12345",
        "CountryCode": "CH",
        "PhoneNumber": "+41 44 000 00 00",
    }})))
}

fn contact_type(state: &State, input: &Value) -> Result<ContactType, Refusal> {
    own_account(state, input)?;
    let sent = text(input, "AlternateContactType", usize::MAX, |_| true)?;
    let known = ContactType::ALL.into_iter().find(|of| of.wire() == sent);
    known.ok_or_else(|| {
        let constraint = "Member must satisfy enum value set: [BILLING, OPERATIONS, SECURITY]";
        Refusal::constraint(Some(sent), "AlternateContactType", constraint)
    })
}

/// An account outside an organization may not name itself, nor any other.
fn own_account(state: &State, input: &Value) -> Result<(), Refusal> {
    let Some(id) = input.get("AccountId") else { return Ok(()) };
    let id = id.as_str().unwrap_or_default();
    if id.len() != 12 || !id.bytes().all(|b| b.is_ascii_digit()) {
        let constraint = r"Member must satisfy regular expression pattern: \d{12}";
        return Err(Refusal::constraint(Some(id), "AccountId", constraint));
    }
    let said = format!("User: arn:aws:iam::{}:root is not authorized to act on account {id}", state.account);
    Err(Refusal::access_denied(said))
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
    text.chars().all(|c| c.is_whitespace() || c.is_ascii_digit() || "()+-".contains(c))
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
    fn calls_are_named_by_their_paths() {
        assert_eq!(name_of("/putAlternateContact"), "PutAlternateContact");
        assert_eq!(name_of("/"), "");
    }
}
