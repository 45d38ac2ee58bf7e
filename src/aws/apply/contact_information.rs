//! Sends the primary contact. An account id is never sent: the call affects the signing account, and AWS refuses a
//! management account's id.

use aws_sdk_account::types::ContactInformation as Sent;

use super::done;
use crate::account::{ContactField, ContactInformation, Failure, Fault, Outcome};
use crate::aws::Aws;

impl Aws {
    /// Replaces the whole primary contact. Empty fields are omitted, which deletes them.
    pub(super) async fn put_contact_information(
        &self,
        contact: &ContactInformation,
        action: &'static str,
    ) -> Result<Outcome, Failure> {
        let text = |field: ContactField| Some(contact.get(field).to_owned()).filter(|text| !text.is_empty());
        let sent = Sent::builder()
            .set_full_name(text(ContactField::FullName))
            .set_company_name(text(ContactField::CompanyName))
            .set_address_line1(text(ContactField::AddressLine1))
            .set_address_line2(text(ContactField::AddressLine2))
            .set_address_line3(text(ContactField::AddressLine3))
            .set_city(text(ContactField::City))
            .set_state_or_region(text(ContactField::StateOrRegion))
            .set_district_or_county(text(ContactField::DistrictOrCounty))
            .set_postal_code(text(ContactField::PostalCode))
            .set_country_code(text(ContactField::CountryCode))
            .set_phone_number(text(ContactField::PhoneNumber))
            .set_website_url(text(ContactField::WebsiteUrl))
            .build()
            .map_err(|error| Failure::new(Fault::Invalid, action, error.to_string()))?;
        done(self.changing.account.put_contact_information().contact_information(sent).send(), action).await
    }
}
