//! Large providers of personal mailboxes, used for a warning.

/// Mail domains. Country variants are matched by the part before the dot.
const DOMAINS: [&str; 23] = [
    "126.com",
    "163.com",
    "aol.com",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.com",
    "icloud.com",
    "live.com",
    "mac.com",
    "mail.ru",
    "me.com",
    "msn.com",
    "outlook.com",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "t-online.de",
    "web.de",
    "yandex.ru",
];

/// Providers with domains in many countries.
const IN_MANY_COUNTRIES: [&str; 4] = ["hotmail", "live", "outlook", "yahoo"];

/// The domain of `email`, if it belongs to a provider of personal mailboxes.
#[must_use]
pub fn personal_provider(email: &str) -> Option<String> {
    let domain = email.trim().rsplit_once('@')?.1.to_ascii_lowercase();
    let (name, rest) = domain.split_once('.')?;
    let is_of_country = rest.split('.').all(|part| matches!(part, "com" | "co") || part.len() == 2);
    let known = DOMAINS.contains(&domain.as_str()) || (IN_MANY_COUNTRIES.contains(&name) && is_of_country);
    known.then_some(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_providers_are_known_by_their_domains() {
        for personal in ["a@gmail.com", "A@GMail.Com", " a@yahoo.co.uk ", "a@hotmail.fr", "a@outlook.com", "a@web.de"] {
            assert!(personal_provider(personal).is_some(), "{personal}");
        }
        for other in ["a@example.com", "a@gmail.com.example.org", "a@yahoo.example.com", "gmail.com", "a@live", ""] {
            assert_eq!(personal_provider(other), None, "{other}");
        }
    }
}
