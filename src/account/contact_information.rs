//! The primary contact. Source: Account Management API 2021-02-01, `GetContactInformation`,
//! `PutContactInformation`.

mod rules;

/// The account's primary contact. It is the way back in when root's password or MFA device is lost. Unset fields are
/// empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContactInformation {
    /// A person or a department.
    pub full_name: String,
    pub company_name: String,
    /// Street and number.
    pub address_line_1: String,
    pub address_line_2: String,
    pub address_line_3: String,
    pub city: String,
    /// Required in some countries.
    pub state_or_region: String,
    pub district_or_county: String,
    pub postal_code: String,
    /// Two capital letters (ISO 3166).
    pub country_code: String,
    /// With `+` and the country's calling code.
    pub phone: String,
    pub website_url: String,
    /// AWS's verification state of the phone number. Read only, never sent.
    pub phone_status: PhoneStatus,
}

/// The primary contact as it was before lockroot changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviousPrimary {
    pub contact: Box<ContactInformation>,
    /// When lockroot replaced it.
    pub until: super::Timestamp,
}

/// A field of the primary contact that a person can set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContactField {
    FullName,
    CompanyName,
    AddressLine1,
    AddressLine2,
    AddressLine3,
    City,
    StateOrRegion,
    DistrictOrCounty,
    PostalCode,
    CountryCode,
    PhoneNumber,
    WebsiteUrl,
}

impl ContactField {
    /// In the order of the form.
    pub const ALL: [Self; 12] = [
        Self::FullName,
        Self::CompanyName,
        Self::PhoneNumber,
        Self::AddressLine1,
        Self::AddressLine2,
        Self::AddressLine3,
        Self::PostalCode,
        Self::City,
        Self::DistrictOrCounty,
        Self::StateOrRegion,
        Self::CountryCode,
        Self::WebsiteUrl,
    ];

    /// The API's spelling.
    #[must_use]
    pub fn wire(self) -> &'static str {
        match self {
            Self::FullName => "FullName",
            Self::CompanyName => "CompanyName",
            Self::AddressLine1 => "AddressLine1",
            Self::AddressLine2 => "AddressLine2",
            Self::AddressLine3 => "AddressLine3",
            Self::City => "City",
            Self::StateOrRegion => "StateOrRegion",
            Self::DistrictOrCounty => "DistrictOrCounty",
            Self::PostalCode => "PostalCode",
            Self::CountryCode => "CountryCode",
            Self::PhoneNumber => "PhoneNumber",
            Self::WebsiteUrl => "WebsiteUrl",
        }
    }

    /// The word shown to people.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::FullName => "Full name",
            Self::CompanyName => "Company",
            Self::AddressLine1 => "Address",
            Self::AddressLine2 => "Address, line 2",
            Self::AddressLine3 => "Address, line 3",
            Self::City => "City",
            Self::StateOrRegion => "State or region",
            Self::DistrictOrCounty => "District or county",
            Self::PostalCode => "Postal code",
            Self::CountryCode => "Country",
            Self::PhoneNumber => "Phone",
            Self::WebsiteUrl => "Website",
        }
    }

    /// Maximum length in characters.
    #[must_use]
    pub fn max(self) -> usize {
        match self {
            Self::AddressLine1 | Self::AddressLine2 | Self::AddressLine3 => 60,
            Self::PostalCode | Self::PhoneNumber => 20,
            Self::CountryCode => 2,
            Self::WebsiteUrl => 256,
            Self::FullName | Self::CompanyName | Self::City | Self::StateOrRegion | Self::DistrictOrCounty => 50,
        }
    }

    /// Whether AWS requires it in every country.
    #[must_use]
    pub fn is_needed(self) -> bool {
        matches!(
            self,
            Self::FullName | Self::AddressLine1 | Self::City | Self::PostalCode | Self::CountryCode | Self::PhoneNumber
        )
    }
}

impl ContactInformation {
    /// The field's value; empty if unset.
    #[must_use]
    pub fn get(&self, field: ContactField) -> &str {
        match field {
            ContactField::FullName => &self.full_name,
            ContactField::CompanyName => &self.company_name,
            ContactField::AddressLine1 => &self.address_line_1,
            ContactField::AddressLine2 => &self.address_line_2,
            ContactField::AddressLine3 => &self.address_line_3,
            ContactField::City => &self.city,
            ContactField::StateOrRegion => &self.state_or_region,
            ContactField::DistrictOrCounty => &self.district_or_county,
            ContactField::PostalCode => &self.postal_code,
            ContactField::CountryCode => &self.country_code,
            ContactField::PhoneNumber => &self.phone,
            ContactField::WebsiteUrl => &self.website_url,
        }
    }

    pub fn put(&mut self, field: ContactField, text: impl Into<String>) {
        let place = match field {
            ContactField::FullName => &mut self.full_name,
            ContactField::CompanyName => &mut self.company_name,
            ContactField::AddressLine1 => &mut self.address_line_1,
            ContactField::AddressLine2 => &mut self.address_line_2,
            ContactField::AddressLine3 => &mut self.address_line_3,
            ContactField::City => &mut self.city,
            ContactField::StateOrRegion => &mut self.state_or_region,
            ContactField::DistrictOrCounty => &mut self.district_or_county,
            ContactField::PostalCode => &mut self.postal_code,
            ContactField::CountryCode => &mut self.country_code,
            ContactField::PhoneNumber => &mut self.phone,
            ContactField::WebsiteUrl => &mut self.website_url,
        };
        *place = text.into();
    }

    /// The fields that are sent: those with a value.
    pub fn filled(&self) -> impl Iterator<Item = (ContactField, &str)> {
        ContactField::ALL.into_iter().map(|field| (field, self.get(field))).filter(|(_, text)| !text.is_empty())
    }

    /// Whether all settable fields are equal. The phone's status is ignored.
    #[must_use]
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        ContactField::ALL.into_iter().all(|field| self.get(field) == other.get(field))
    }

    /// The postal address in lines, from street to country code.
    #[must_use]
    pub fn address(&self) -> Vec<String> {
        let town = [self.postal_code.as_str(), self.city.as_str()];
        let town = town.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        let lines = [
            &self.address_line_1,
            &self.address_line_2,
            &self.address_line_3,
            &town,
            &self.district_or_county,
            &self.state_or_region,
            &self.country_code,
        ];
        lines.into_iter().filter(|line| !line.is_empty()).cloned().collect()
    }
}

/// AWS's verification state of the phone number (`PhoneNumberVerificationStatus`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum PhoneStatus {
    /// AWS sent a passcode and waits for it.
    Pending,
    Verified,
    Unverified,
    /// AWS does not verify this account's numbers.
    NotSupported,
    /// AWS reports no status.
    #[default]
    Unsaid,
    /// A newer status, as AWS spells it.
    Other(String),
}

impl PhoneStatus {
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Pending => "verification pending",
            Self::Verified => "verified",
            Self::Unverified => "not verified",
            Self::NotSupported => "AWS verifies no numbers here",
            Self::Unsaid => "verification unknown",
            Self::Other(other) => other,
        }
    }
}
