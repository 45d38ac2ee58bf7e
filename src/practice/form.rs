//! Parses and validates the parameters of a query-protocol call.

use std::ops::RangeInclusive;

use super::refusal::Refusal;
use super::rules::Rule;

/// Form parameters of a call.
#[derive(Debug, Default)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Parses an `application/x-www-form-urlencoded` body.
    pub fn parse(body: &[u8]) -> Self {
        Self(form_urlencoded::parse(body).into_owned().collect())
    }

    /// The unvalidated value of `name`.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// All parameters, unvalidated.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// An optional string.
    pub fn optional(&self, name: &str, rule: &Rule) -> Result<Option<&str>, Refusal> {
        let value = self.text(name);
        value.map_or(Ok(()), |value| rule.check(name, value))?;
        Ok(value)
    }

    /// A required string.
    pub fn required(&self, name: &str, rule: &Rule) -> Result<&str, Refusal> {
        self.optional(name, rule)?.ok_or_else(|| Refusal::constraint(None, name, "Member must not be null"))
    }

    /// An optional string from a closed set.
    pub fn one_of(&self, name: &str, values: &[&'static str]) -> Result<Option<&'static str>, Refusal> {
        let Some(sent) = self.text(name) else { return Ok(None) };
        let known = values.iter().find(|value| **value == sent).copied();
        let constraint = || format!("Member must satisfy enum value set: [{}]", values.join(", "));
        known.map(Some).ok_or_else(|| Refusal::constraint(Some(sent), name, &constraint()))
    }

    /// An optional boolean.
    pub fn flag(&self, name: &str) -> Result<Option<bool>, Refusal> {
        match self.text(name) {
            None => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some(_) => Err(Refusal::new("MalformedInput", 400, format!("{name} is not a boolean"))),
        }
    }

    /// An optional number.
    pub fn number(&self, name: &str, range: RangeInclusive<u32>) -> Result<Option<u32>, Refusal> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let malformed = || Refusal::new("MalformedInput", 400, format!("{name} is not a number"));
        let number: i64 = text.parse().map_err(|_| malformed())?;
        let refuse = |constraint| Err(Refusal::constraint(Some(text), name, constraint));
        match u32::try_from(number) {
            Ok(number) if range.contains(&number) => Ok(Some(number)),
            Ok(number) if number > *range.end() => {
                refuse(&*format!("Member must have value less than or equal to {}", range.end()))
            }
            _ if number > 0 && number > i64::from(*range.end()) => {
                refuse(&*format!("Member must have value less than or equal to {}", range.end()))
            }
            _ => refuse(&*format!("Member must have value greater than or equal to {}", range.start())),
        }
    }

    /// A list of strings: `Filter.member.1`, `Filter.member.2`, …
    pub fn members(&self, name: &str) -> Vec<&str> {
        (1..).map_while(|n| self.text(&format!("{name}.member.{n}"))).collect()
    }

    /// A list of structures with two members, e.g. tags: `Tags.member.1.Key`, `Tags.member.1.Value`, …
    pub fn pairs(&self, name: &str, first: &str, second: &str) -> Vec<(&str, &str)> {
        let item = |n: usize, member: &str| self.text(&format!("{name}.member.{n}.{member}"));
        (1..).map_while(|n| Some((item(n, first)?, item(n, second).unwrap_or_default()))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::rules;
    use super::*;

    #[test]
    fn a_form_body_is_decoded() {
        let form = Form::parse(b"Action=CreateUser&UserName=a%2Bb&Filter.member.1=User&Filter.member.2=Group");
        assert_eq!(form.required("UserName", &rules::NEW_USER_NAME).unwrap(), "a+b");
        assert_eq!(form.members("Filter"), ["User", "Group"]);
    }

    #[test]
    fn a_missing_parameter_is_null_in_awss_error_message() {
        let refusal = Form::default().required("GroupName", &rules::GROUP_NAME).unwrap_err();
        assert!(refusal.message.contains("Value null at 'groupName'"), "{}", refusal.message);
    }

    #[test]
    fn numbers_must_be_in_their_range() {
        let number = |text: &str| Form::parse(format!("N={text}").as_bytes()).number("N", 6..=128);
        assert_eq!(number("14").unwrap(), Some(14));
        assert!(number("5").unwrap_err().message.contains("greater than or equal to 6"));
        assert!(number("129").unwrap_err().message.contains("less than or equal to 128"));
        assert!(number("99999999999").unwrap_err().message.contains("less than or equal to 128"));
        assert_eq!(number("many").unwrap_err().code, "MalformedInput");
    }
}
