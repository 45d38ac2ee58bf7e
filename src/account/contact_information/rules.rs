//! Validates the primary contact's fields by the limits and patterns of `PutContactInformation`.

use super::super::country::{is_country, needs_state};
use super::super::plain_text::hidden_problem;
use super::{ContactField, ContactInformation};

impl ContactInformation {
    /// The problem with `field` under AWS's rules, if any, and whether more typing can fix it.
    #[must_use]
    pub fn problem(&self, field: ContactField) -> Option<String> {
        let text = self.get(field);
        let length = text.chars().count();
        if length == 0 {
            return self.missing(field);
        }
        if length > field.max() {
            let over = length - field.max();
            return Some(format!("too long by {over}: at most {} characters", field.max()));
        }
        if let Some(hidden) = hidden_problem(text) {
            return Some(hidden);
        }
        match field {
            ContactField::PhoneNumber => phone_problem(text),
            ContactField::CountryCode if !is_country(text) => {
                Some("use a country code of two capital letters (ISO 3166): DE, GB, US".into())
            }
            _ => None,
        }
    }

    fn missing(&self, field: ContactField) -> Option<String> {
        match field {
            ContactField::StateOrRegion if needs_state(&self.country_code) => {
                Some(format!("AWS requires a state or region in {}", self.country_code))
            }
            _ => field.is_needed().then(|| "AWS requires this in every country".into()),
        }
    }
}

/// AWS's pattern is `[+][\s0-9()-]+`.
fn phone_problem(phone: &str) -> Option<String> {
    let Some(rest) = phone.strip_prefix('+') else {
        return Some("begin with + and the country's calling code: +49 30 1234567".into());
    };
    if let Some(bad) = rest.chars().find(|c| !c.is_ascii_digit() && !" ()-".contains(*c)) {
        return Some(format!("{bad:?} is not allowed: use digits, blanks, ( ) and -"));
    }
    (!rest.chars().any(|c| c.is_ascii_digit())).then(|| "the phone number has no digits".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> ContactInformation {
        ContactInformation {
            full_name: "Ada Example".into(),
            address_line_1: "1 Example Street".into(),
            city: "Bern".into(),
            postal_code: "3000".into(),
            country_code: "CH".into(),
            phone: "+41 (31) 000-00".into(),
            ..ContactInformation::default()
        }
    }

    fn wrong(contact: &ContactInformation) -> Vec<ContactField> {
        ContactField::ALL.into_iter().filter(|field| contact.problem(*field).is_some()).collect()
    }

    #[test]
    fn required_fields_depend_on_the_country() {
        assert_eq!(wrong(&good()), []);
        for country in ["US", "CA", "GB", "DE", "JP", "IN", "BR"] {
            let contact = ContactInformation { country_code: country.into(), ..good() };
            assert_eq!(wrong(&contact), [ContactField::StateOrRegion], "{country}");
            let contact = ContactInformation { state_or_region: "Somewhere".into(), ..contact };
            assert_eq!(wrong(&contact), [], "{country}");
        }
        let needed = wrong(&ContactInformation::default());
        assert_eq!(needed, ContactField::ALL.into_iter().filter(|field| field.is_needed()).collect::<Vec<_>>());
        assert_eq!(needed.len(), 6);
    }

    #[test]
    fn every_field_has_its_limit() {
        for field in ContactField::ALL {
            let mut contact = good();
            let full = match field {
                ContactField::PhoneNumber => format!("+{}", "1".repeat(19)),
                ContactField::CountryCode => "LI".into(),
                _ => "ü".repeat(field.max()),
            };
            contact.put(field, full.clone());
            assert_eq!(contact.problem(field), None, "{field:?}");
            contact.put(field, full + "1");
            let words = contact.problem(field).expect("one too many");
            assert!(words.starts_with("too long by 1"), "{field:?}: {words}");
        }
    }

    #[test]
    fn invisible_characters_are_reported_in_every_field() {
        for field in ContactField::ALL {
            for hidden in ['\u{a0}', '\u{200b}'] {
                let mut contact = good();
                contact.put(field, format!("1{hidden}"));
                let words = contact.problem(field).unwrap_or_default();
                assert!(words.starts_with(&format!("U+{:04X}", u32::from(hidden))), "{field:?}: {words}");
            }
        }
    }

    #[test]
    fn phone_and_country_follow_the_pattern_of_aws() {
        for phone in ["0041 31", "+", "+()", "+41 x", "41+31", "+41\u{a0}31", "+41\u{200b}31"] {
            assert_eq!(wrong(&ContactInformation { phone: phone.into(), ..good() }), [ContactField::PhoneNumber]);
        }
        for country in ["UK", "ch", "C"] {
            let contact = ContactInformation { country_code: country.into(), ..good() };
            assert_eq!(wrong(&contact), [ContactField::CountryCode], "{country}");
        }
    }
}
