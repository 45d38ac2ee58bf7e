//! Reads the primary and the alternate contacts.

use aws_sdk_account::types::{AlternateContactType, PhoneNumberVerificationStatus};

use crate::account::{AlternateContact, ContactInformation, ContactType, Failure, Fault, PhoneStatus};
use crate::aws::Aws;
use crate::aws::failures::of_read;

impl Aws {
    /// A contact that is not set is a valid answer. It is recognized by its error code, since the HTTP status differs
    /// between endpoints.
    pub(in crate::aws) async fn contact(&self, of: ContactType) -> Result<Option<AlternateContact>, Failure> {
        const ACTION: &str = "account:GetAlternateContact";
        let call = self.reading.account.get_alternate_contact().alternate_contact_type(contact_type(of));
        let answer = match call.send().await.map_err(of_read(ACTION)) {
            Ok(answer) => answer,
            Err(failure) if failure.fault == Fault::Absent => return Ok(None),
            Err(failure) => return Err(failure),
        };
        let contact = answer.alternate_contact.ok_or_else(|| Failure::lacks(ACTION, "AlternateContact"))?;
        // The model requires none of these fields; a missing one is empty.
        Ok(Some(AlternateContact {
            name: contact.name.unwrap_or_default(),
            title: contact.title.unwrap_or_default(),
            email: contact.email_address.unwrap_or_default(),
            phone: contact.phone_number.unwrap_or_default(),
        }))
    }
}

impl Aws {
    /// The primary contact.
    pub(in crate::aws) async fn contact_information(&self) -> Result<Option<ContactInformation>, Failure> {
        const ACTION: &str = "account:GetContactInformation";
        let answer = match self.reading.account.get_contact_information().send().await.map_err(of_read(ACTION)) {
            Ok(answer) => answer,
            Err(failure) if failure.fault == Fault::Absent => return Ok(None),
            Err(failure) => return Err(failure),
        };
        let phone_status = answer.verification_status.map_or(PhoneStatus::Unsaid, |status| match status {
            PhoneNumberVerificationStatus::Pending => PhoneStatus::Pending,
            PhoneNumberVerificationStatus::Verified => PhoneStatus::Verified,
            PhoneNumberVerificationStatus::Unverified => PhoneStatus::Unverified,
            PhoneNumberVerificationStatus::NotSupported => PhoneStatus::NotSupported,
            other => PhoneStatus::Other(other.as_str().to_owned()),
        });
        let contact = answer.contact_information.ok_or_else(|| Failure::lacks(ACTION, "ContactInformation"))?;
        Ok(Some(ContactInformation {
            full_name: contact.full_name,
            company_name: contact.company_name.unwrap_or_default(),
            address_line_1: contact.address_line1,
            address_line_2: contact.address_line2.unwrap_or_default(),
            address_line_3: contact.address_line3.unwrap_or_default(),
            city: contact.city,
            state_or_region: contact.state_or_region.unwrap_or_default(),
            district_or_county: contact.district_or_county.unwrap_or_default(),
            postal_code: contact.postal_code,
            country_code: contact.country_code,
            phone: contact.phone_number,
            website_url: contact.website_url.unwrap_or_default(),
            phone_status,
        }))
    }
}

pub(in crate::aws) fn contact_type(of: ContactType) -> AlternateContactType {
    match of {
        ContactType::Billing => AlternateContactType::Billing,
        ContactType::Operations => AlternateContactType::Operations,
        ContactType::Security => AlternateContactType::Security,
    }
}
