//! The primary contact. Source: Account Management API, `ContactInformation`.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, de};
use serde_json::{Value, json};

use super::super::identifiers;
use super::super::json_request::{JsonAnswer, JsonRequest};
use super::super::refusal::Refusal;
use crate::account::Timestamp;
use crate::account::moment::exact;

/// A field: AWS's name, the scenario's name, maximum length, and whether it is required.
pub struct Field {
    pub wire: &'static str,
    pub name: &'static str,
    most: usize,
    needed: bool,
}

const fn field(wire: &'static str, name: &'static str, most: usize, needed: bool) -> Field {
    Field { wire, name, most, needed }
}

/// Lengths and requirements are the service model's.
pub const FIELDS: [Field; 12] = [
    field("FullName", "full_name", 50, true),
    field("AddressLine1", "address_line_1", 60, true),
    field("AddressLine2", "address_line_2", 60, false),
    field("AddressLine3", "address_line_3", 60, false),
    field("City", "city", 50, true),
    field("StateOrRegion", "state_or_region", 50, false),
    field("DistrictOrCounty", "district_or_county", 50, false),
    field("PostalCode", "postal_code", 20, true),
    field("CountryCode", "country_code", 2, true),
    field("PhoneNumber", "phone_number", 20, true),
    field("CompanyName", "company_name", 50, false),
    field("WebsiteUrl", "website_url", 256, false),
];

/// Countries that require StateOrRegion. Source: Account Management API, `ContactInformation`.
const WITH_STATES: [&str; 7] = ["US", "CA", "GB", "DE", "JP", "IN", "BR"];

/// Values of `VerificationStatus` for the phone number.
pub const STATUSES: [&str; 4] = ["PENDING", "VERIFIED", "UNVERIFIED", "NOT_SUPPORTED"];

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(into = "Written")]
pub struct ContactInformation {
    /// By AWS's field names.
    fields: BTreeMap<&'static str, String>,
    /// One of [`STATUSES`].
    status: &'static str,
    /// The latest code sent to the phone.
    sent: Option<Sent>,
}

/// A pending verification code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Sent {
    code: String,
    #[serde(with = "exact")]
    until: Timestamp,
    /// The number that received it.
    phone: String,
}

/// Validity of a code. Source: Account Management Reference Guide, "Update the primary contact".
const COUNTS: time::Duration = time::Duration::minutes(5);

/// The serialized form.
#[derive(Serialize, Deserialize)]
struct Written {
    status: String,
    fields: BTreeMap<String, String>,
    #[serde(default)]
    sent: Option<Sent>,
}

impl<'de> Deserialize<'de> for ContactInformation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Written::deserialize(deserializer)?.try_into().map_err(de::Error::custom)
    }
}

impl TryFrom<Written> for ContactInformation {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let status = STATUSES.into_iter().find(|status| *status == written.status);
        let status = status.ok_or_else(|| format!("{:?} is no verification status", written.status))?;
        let value = |field: &Field| written.fields.get(field.wire).map(String::as_str);
        let read = Self::read(status, value);
        let read = read.map_err(|(field, refusal)| format!("{}: {}", field.wire, refusal.message))?;
        Ok(Self { sent: written.sent, ..read })
    }
}

impl From<ContactInformation> for Written {
    fn from(contact: ContactInformation) -> Self {
        let fields = contact.fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { status: contact.status.to_owned(), fields, sent: contact.sent }
    }
}

impl ContactInformation {
    /// Builds a contact from field values; `status` is one of [`STATUSES`].
    ///
    /// # Errors
    /// The invalid field and the problem.
    pub fn read<'a>(
        status: &'static str,
        value: impl Fn(&Field) -> Option<&'a str>,
    ) -> Result<Self, (&'static Field, Refusal)> {
        let mut fields = BTreeMap::new();
        for field in &FIELDS {
            let Some(value) = value(field) else { continue };
            field.check(value).map_err(|refusal| (field, refusal))?;
            fields.insert(field.wire, value.to_owned());
        }
        let needs_state = fields.get("CountryCode").is_some_and(|code| WITH_STATES.contains(&code.as_str()));
        let is_missing = |field: &&Field| {
            (field.needed || (field.wire == "StateOrRegion" && needs_state)) && !fields.contains_key(field.wire)
        };
        match FIELDS.iter().find(is_missing) {
            Some(field) => Err((field, field.refuse(None, "Member must not be null"))),
            None => Ok(Self { fields, status, sent: None }),
        }
    }

    /// The contact of a scenario without one.
    pub fn practice() -> Self {
        let fields = [
            ("FullName", "Practice Account"),
            ("AddressLine1", "1 Example Street"),
            ("City", "Exampletown"),
            ("PostalCode", "12345"),
            ("CountryCode", "CH"),
            ("PhoneNumber", "+41 44 000 00 00"),
        ];
        let fields = fields.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
        Self { fields, status: STATUSES[3], sent: None }
    }

    /// The code that the phone shows.
    pub fn code(&self) -> Option<&str> {
        self.sent.as_ref().map(|sent| sent.code.as_str())
    }

    fn phone(&self) -> &str {
        self.fields.get("PhoneNumber").map_or("", String::as_str)
    }
}

impl Field {
    fn refuse(&self, value: Option<&str>, constraint: &str) -> Refusal {
        let (first, rest) = self.wire.split_at(1);
        Refusal::constraint(value, &format!("ContactInformation.{}{rest}", first.to_ascii_lowercase()), constraint)
    }

    fn check(&self, value: &str) -> Result<(), Refusal> {
        let refuse = |constraint: &str| Err(self.refuse(Some(value), constraint));
        let length = value.chars().count();
        let least = if self.wire == "CountryCode" { 2 } else { 1 };
        let is_phone = |text: &str| {
            let inside = |c: char| c.is_ascii_whitespace() || c.is_ascii_digit() || "()-".contains(c);
            text.strip_prefix('+').is_some_and(|rest| !rest.is_empty() && rest.chars().all(inside))
        };
        match self.wire {
            _ if length < least => refuse(&format!("Member must have length greater than or equal to {least}")),
            _ if length > self.most => refuse(&format!("Member must have length less than or equal to {}", self.most)),
            "PhoneNumber" if !is_phone(value) => {
                refuse(r"Member must satisfy regular expression pattern: [+][\s0-9()-]+")
            }
            // The model checks the length only; AWS documents ISO 3166.
            "CountryCode" if !value.bytes().all(|b| b.is_ascii_uppercase()) => {
                refuse("Member must be a two-letter country code of ISO 3166")
            }
            _ => Ok(()),
        }
    }
}

pub fn get(request: &mut JsonRequest) -> JsonAnswer {
    super::own_account(request)?;
    let contact = &request.state.contact_information;
    Ok(Some(json!({ "ContactInformation": contact.fields, "VerificationStatus": contact.status })))
}

/// Replaces the whole contact. A new phone number is unverified.
pub fn put(request: &mut JsonRequest) -> JsonAnswer {
    super::own_account(request)?;
    let sent = request.input.get("ContactInformation").filter(|sent| sent.is_object());
    let sent = sent.ok_or_else(|| Refusal::constraint(None, "ContactInformation", "Member must not be null"))?;
    let before = &request.state.contact_information;
    let value = |field: &Field| sent.get(field.wire).and_then(Value::as_str);
    let mut contact = ContactInformation::read(before.status, value).map_err(|(_, refusal)| refusal)?;
    if contact.status != "NOT_SUPPORTED" && contact.fields.get("PhoneNumber") != before.fields.get("PhoneNumber") {
        contact.status = "UNVERIFIED";
    }
    contact.sent = before.sent.clone();
    request.state.contact_information = contact;
    Ok(None)
}

/// Sends a code to the phone.
pub fn send_code(request: &mut JsonRequest) -> JsonAnswer {
    super::own_account(request)?;
    let code = identifiers::code().expose().to_owned();
    let until = request.now + COUNTS;
    let contact = &mut request.state.contact_information;
    if contact.status == "NOT_SUPPORTED" || contact.status == "VERIFIED" {
        return Ok(Some(json!({ "Status": contact.status })));
    }
    contact.status = "PENDING";
    contact.sent = Some(Sent { code, until, phone: contact.phone().to_owned() });
    Ok(Some(json!({ "Status": contact.status })))
}

/// Verifies a code. AWS refuses a wrong or expired one, and one sent to another number.
pub fn verify(request: &mut JsonRequest) -> JsonAnswer {
    super::own_account(request)?;
    let is_code = |text: &str| text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let given = request.required("Otp")?;
    if !is_code(given) {
        let pattern = "Member must satisfy regular expression pattern: [a-zA-Z0-9]{6}";
        return Err(Refusal::constraint(None, "Otp", pattern));
    }
    let now = request.now;
    let contact = &mut request.state.contact_information;
    let refused = |said: &str| Err(Refusal::new("ValidationException", 400, said));
    match &contact.sent {
        None => refused("No verification is pending for the phone number."),
        Some(sent) if sent.phone != contact.phone() => {
            Err(Refusal::new("ConflictException", 409, "The phone number changed after the code was sent."))
        }
        Some(sent) if sent.until < now => refused("The one-time passcode has expired."),
        Some(sent) if sent.code != given => refused("The one-time passcode is incorrect."),
        Some(_) => {
            (contact.status, contact.sent) = ("VERIFIED", None);
            Ok(Some(json!({ "Status": contact.status })))
        }
    }
}
