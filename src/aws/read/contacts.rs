//! The alternate contacts.

use aws_sdk_account::types::AlternateContactType;

use crate::account::{AlternateContact, ContactType, Failure, Fault};
use crate::aws::Aws;
use crate::aws::failures::of_read;

impl Aws {
    /// A contact that is not set is an answer too. It is known by its code; the HTTP status differs between endpoints.
    pub(in crate::aws) async fn contact(&self, of: ContactType) -> Result<Option<AlternateContact>, Failure> {
        const ACTION: &str = "account:GetAlternateContact";
        let call = self.reading.account.get_alternate_contact().alternate_contact_type(contact_type(of));
        let answer = match call.send().await.map_err(of_read(ACTION)) {
            Ok(answer) => answer,
            Err(failure) if failure.fault == Fault::Absent => return Ok(None),
            Err(failure) => return Err(failure),
        };
        let contact = answer.alternate_contact.ok_or_else(|| Failure::lacks(ACTION, "AlternateContact"))?;
        // The model requires none of its fields in an answer: what is not there is blank.
        Ok(Some(AlternateContact {
            name: contact.name.unwrap_or_default(),
            title: contact.title.unwrap_or_default(),
            email: contact.email_address.unwrap_or_default(),
            phone: contact.phone_number.unwrap_or_default(),
        }))
    }
}

/// As the SDK spells it.
pub(in crate::aws) fn contact_type(of: ContactType) -> AlternateContactType {
    match of {
        ContactType::Billing => AlternateContactType::Billing,
        ContactType::Operations => AlternateContactType::Operations,
        ContactType::Security => AlternateContactType::Security,
    }
}
