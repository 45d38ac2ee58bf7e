//! Writes XML for all answers, and escapes every value.

use crate::account::Timestamp;
use crate::account::moment::rfc3339;

/// The content of an XML element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Xml(String);

impl Xml {
    pub fn new() -> Self {
        Self::default()
    }

    /// An element with text.
    pub fn text(mut self, name: &str, value: &str) -> Self {
        self.open(name);
        self.0.push_str(&escaped(value));
        self.close(name)
    }

    /// The same, if there is a value.
    pub fn maybe(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.text(name, value),
            None => self,
        }
    }

    pub fn flag(self, name: &str, value: bool) -> Self {
        self.text(name, if value { "true" } else { "false" })
    }

    pub fn number(self, name: &str, value: impl std::fmt::Display) -> Self {
        self.text(name, &value.to_string())
    }

    /// A timestamp in whole seconds, like IAM's and STS's.
    pub fn moment(self, name: &str, value: Timestamp) -> Self {
        self.text(name, &rfc3339(value))
    }

    pub fn maybe_moment(self, name: &str, value: Option<Timestamp>) -> Self {
        match value {
            Some(value) => self.moment(name, value),
            None => self,
        }
    }

    /// An element with child elements.
    pub fn nested(mut self, name: &str, inside: Self) -> Self {
        self.open(name);
        self.0.push_str(&inside.0);
        self.close(name)
    }

    /// A list of structures in `<member>` elements.
    pub fn list(self, name: &str, members: impl IntoIterator<Item = Self>) -> Self {
        let inside = members.into_iter().fold(Self::new(), |list, member| list.nested("member", member));
        self.nested(name, inside)
    }

    /// A list of texts in `<member>` elements.
    pub fn texts<'a>(self, name: &str, members: impl IntoIterator<Item = &'a str>) -> Self {
        let inside = members.into_iter().fold(Self::new(), |list, member| list.text("member", member));
        self.nested(name, inside)
    }

    /// Appends all elements of `other`.
    pub fn with(mut self, other: Self) -> Self {
        self.0.push_str(&other.0);
        self
    }

    /// The whole document with `root` in its namespace.
    pub fn document(self, root: &str, namespace: &str) -> Vec<u8> {
        format!("<{root} xmlns=\"{namespace}\">{}</{root}>", self.0).into_bytes()
    }

    fn open(&mut self, name: &str) {
        self.0.push('<');
        self.0.push_str(name);
        self.0.push('>');
    }

    fn close(mut self, name: &str) -> Self {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
        self
    }
}

fn escaped(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\r' => escaped.push_str("&#13;"),
            // Not allowed in XML 1.0.
            c if (c < ' ' && c != '\t' && c != '\n') || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                escaped.push('\u{fffd}')
            }
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_escaped() {
        let xml = Xml::new().text("Message", "a<b> & \"c\" 'd'\u{1}\r").document("E", "urn:x");
        let written = String::from_utf8(xml).unwrap();
        assert_eq!(
            written,
            "<E xmlns=\"urn:x\"><Message>a&lt;b&gt; &amp; &quot;c&quot; &apos;d&apos;\u{fffd}&#13;</Message></E>"
        );
    }

    #[test]
    fn times_have_whole_seconds() {
        let moment = time::macros::datetime!(2026-03-04 05:06:07.89 +2);
        assert_eq!(rfc3339(moment), "2026-03-04T03:06:07Z");
    }
}
