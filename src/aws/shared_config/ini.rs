//! Parses shared configuration files by the rules of Python's `configparser`, which the AWS CLI uses. Bad lines are
//! recorded, and the rest is still read. A comment ends a value, as in the AWS SDKs.

const NO_PROPERTY: &str = "expected NAME = VALUE, without control characters";
const NO_HEADING: &str = "expected ] at the end of a section's name";
const NO_SECTION: &str = "expected a section first, such as [default]";

/// The parsed file.
#[derive(Debug, Default)]
pub(super) struct Parsed<'a> {
    pub sections: Vec<Section<'a>>,
    /// Lines before any section.
    pub stray: Vec<(usize, &'static str)>,
}

/// A section with its heading, without brackets.
#[derive(Debug)]
pub(super) struct Section<'a> {
    pub heading: &'a str,
    pub line: usize,
    pub properties: Vec<Property>,
    /// Lines that cannot be parsed.
    pub broken: Vec<(usize, &'static str)>,
}

/// A property. Further indented lines belong to its value, each after a line break.
pub(super) struct Property {
    pub name: String,
    pub value: String,
    pub line: usize,
}

impl std::fmt::Debug for Property {
    /// Leaves out the value, which can be a secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.line, self.name)
    }
}

/// Where the next line belongs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before the first section.
    Start,
    /// In a section with an unreadable heading: its lines are dropped.
    Nowhere,
    Section,
    /// After a property with this indentation.
    Property(usize),
}

pub(super) fn parse(text: &str) -> Parsed<'_> {
    let mut parsed = Parsed::default();
    let mut place = Place::Start;
    // Python also ends a line at a lone carriage return.
    let lines = text.split('\n').flat_map(|line| line.trim_end_matches('\r').split('\r'));
    for (number, line) in (1..).zip(lines) {
        let bare = line.trim();
        if !bare.is_empty() && !bare.starts_with(['#', ';']) {
            place = parsed.take(place, number, line.len() - line.trim_start().len(), bare);
        }
    }
    parsed
}

impl<'a> Parsed<'a> {
    /// Adds a non-blank line. Returns the place of the next one.
    fn take(&mut self, place: Place, line: usize, indent: usize, bare: &'a str) -> Place {
        if let Place::Property(of) = place
            && indent > of
        {
            let property = self.sections.last_mut().and_then(|section| section.properties.last_mut());
            property.into_iter().for_each(|property| property.value.extend(["\n", bare]));
            return place;
        }
        if bare.starts_with('[') {
            return self.open(line, bare);
        }
        let Some(section) = self.sections.last_mut().filter(|_| !matches!(place, Place::Start | Place::Nowhere)) else {
            if place == Place::Start {
                self.stray.push((line, NO_SECTION));
            }
            return Place::Nowhere;
        };
        match property(bare) {
            Some((name, value)) => {
                section.properties.push(Property { name, value, line });
                Place::Property(indent)
            }
            None => {
                section.broken.push((line, NO_PROPERTY));
                Place::Section
            }
        }
    }

    fn open(&mut self, line: usize, bare: &'a str) -> Place {
        match heading(bare) {
            Some(heading) => {
                self.sections.push(Section { heading, line, properties: Vec::new(), broken: Vec::new() });
                Place::Section
            }
            None => {
                self.stray.push((line, NO_HEADING));
                Place::Nowhere
            }
        }
    }
}

/// The text between the brackets. Text after them is a comment.
fn heading(bare: &str) -> Option<&str> {
    let inner = bare.strip_prefix('[')?;
    let mut quote = None;
    let mut end = None;
    for (at, c) in inner.char_indices() {
        match (quote, c) {
            (None, ']') if inner[at + 1..].chars().next().is_none_or(char::is_whitespace) => {
                end = Some(at);
                break;
            }
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    // A name may contain brackets and single apostrophes; it then ends at the last bracket.
    let end = end.or_else(|| inner.rfind(']'))?;
    Some(&inner[..end]).filter(|heading| !heading.trim().is_empty())
}

/// `NAME = VALUE` or `NAME: VALUE`.
fn property(bare: &str) -> Option<(String, String)> {
    let remark =
        bare.char_indices().zip(bare.chars().skip(1)).find(|((_, c), next)| c.is_whitespace() && "#;".contains(*next));
    let said = remark.map_or(bare, |((at, _), _)| &bare[..at]);
    let (name, value) = said.split_once(['=', ':'])?;
    let name = name.trim_end();
    let is_plain = !said.replace('\t', " ").contains(char::is_control);
    (!name.is_empty() && is_plain).then(|| (name.to_ascii_lowercase(), value.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&str, Vec<(String, String)>)> {
        let properties = |section: &Section<'_>| {
            section.properties.iter().map(|property| (property.name.clone(), property.value.clone())).collect()
        };
        parse(text).sections.iter().map(|section| (section.heading, properties(section))).collect()
    }

    fn one(text: &str) -> Vec<(String, String)> {
        read(&format!("[x]\n{text}")).remove(0).1
    }

    fn pairs(wanted: &[(&str, &str)]) -> Vec<(String, String)> {
        wanted.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn properties_are_parsed_in_every_spelling() {
        for (text, wanted) in [
            ("a = b", [("a", "b")].as_slice()),
            ("A=b\r\nc: d\r\n", &[("a", "b"), ("c", "d")]),
            ("  a = b\n  c = d", &[("a", "b"), ("c", "d")]),
            ("a = b # remark\nc = d;e", &[("a", "b"), ("c", "d;e")]),
            ("a =\n  b = c\n\n  # remark\n  d = e\nf = g", &[("a", "\nb = c\nd = e"), ("f", "g")]),
            ("a =\nb = # nothing", &[("a", ""), ("b", "")]),
            ("a = https://x/#/y\rc = d", &[("a", "https://x/#/y"), ("c", "d")]),
        ] {
            assert_eq!(one(text), pairs(wanted), "{text:?}");
        }
    }

    #[test]
    fn a_heading_ends_at_its_bracket_and_not_at_one_in_a_comment() {
        for (line, wanted) in [
            ("[profile x] /* note */", "profile x"),
            ("[profile x] ; see [1]", "profile x"),
            ("[profile 'a] b']", "profile 'a] b'"),
            ("  [Someone's Mac]", "Someone's Mac"),
            ("[a]b]", "a]b"),
            ("[x]# remark", "x"),
            ("[profile a#b]", "profile a#b"),
        ] {
            assert_eq!(read(line), [(wanted, Vec::new())], "{line}");
        }
    }

    #[test]
    fn an_unreadable_line_is_named_and_affects_nothing_else() {
        let parsed = parse("a = 1\n[x\nb = 2\n[y]\nnonsense\ne = \u{1b}[2J\nc = 4\n[]\nd = 5");
        assert_eq!(parsed.stray, [(1, NO_SECTION), (2, NO_HEADING), (8, NO_HEADING)]);
        let [section] = parsed.sections.as_slice() else { panic!("{parsed:?}") };
        assert_eq!((section.heading, section.line), ("y", 4));
        assert_eq!(section.broken, [(5, NO_PROPERTY), (6, NO_PROPERTY)]);
        assert_eq!(format!("{:?}", section.properties), "[7:c]", "what is behind a broken heading is nobody's");
    }
}
