//! The table `[contact_information]`: the primary contact and its phone's verification status.

use toml::Spanned;

use super::check::Wrong;
use super::schema::Scenario;
use crate::practice::account_management::contact_information::{ContactInformation, FIELDS, Field, STATUSES};

/// The key of the phone's verification status, which is not a field of the contact.
const STATUS: &str = "verification_status";

impl Scenario {
    /// The primary contact; `None` if the scenario has no such table.
    pub(in crate::practice) fn contact_information(&self) -> Option<ContactInformation> {
        self.read_contact_information().and_then(Result::ok)
    }

    pub(super) fn check_contact_information(&self) -> Result<(), Wrong> {
        let Some(table) = &self.contact_information else { return Ok(()) };
        let is_known = |name: &str| name == STATUS || FIELDS.iter().any(|field| field.name == name);
        if let Some(name) = table.get_ref().keys().find(|name| !is_known(name.get_ref())) {
            let known: Vec<&str> = FIELDS.iter().map(|field| field.name).chain([STATUS]).collect();
            return Err((
                name.span(),
                format!("unknown field `{}`, expected one of {}", name.get_ref(), known.join(", ")),
            ));
        }
        self.read_contact_information().map_or(Ok(()), |read| read.map(|_| ()))
    }

    fn read_contact_information(&self) -> Option<Result<ContactInformation, Wrong>> {
        let table = self.contact_information.as_ref()?;
        let value = |name: &str| table.get_ref().iter().find(|(key, _)| key.get_ref() == name).map(|(_, value)| value);
        let status = match value(STATUS) {
            None => Ok(STATUSES[3]),
            Some(said) => STATUSES.into_iter().find(|status| status == said.get_ref()).ok_or_else(|| {
                (said.span(), format!("{:?} is no status; expected one of {}", said.get_ref(), STATUSES.join(", ")))
            }),
        };
        Some(status.and_then(|status| {
            let text = |field: &Field| value(field.name).map(|value: &Spanned<String>| value.get_ref().as_str());
            ContactInformation::read(status, text).map_err(|(field, refusal)| {
                let span = value(field.name).map_or_else(|| table.span(), Spanned::span);
                (span, format!("{}: {}", field.name, refusal.message))
            })
        }))
    }
}
