//! Parses section headings. Names may have shell quotes, as the AWS CLI writes them.

/// A parsed heading.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heading {
    Profile(String),
    SsoSession(String),
    Services(String),
    /// Not a profile or session; with the reason, if it looks like one.
    Other(Option<&'static str>),
}

const UNCLEAR: &str =
    "this profile is passed over: put a name with blanks in quotation marks, and an apostrophe in double ones";

const CONTROL: &str = "this section is passed over: its name holds a control character";

/// Parses the text between the brackets. In `credentials` the whole text is a profile name.
pub(super) fn read(heading: &str, is_config: bool) -> Heading {
    // Names are shown on terminals, and no intended name has control characters.
    if heading.replace('\t', " ").contains(char::is_control) {
        return Heading::Other(Some(CONTROL));
    }
    if !is_config || heading == "default" {
        return Heading::Profile(heading.to_owned());
    }
    let make = match heading.split_whitespace().next() {
        Some("profile") => Heading::Profile,
        Some("sso-session") => Heading::SsoSession,
        Some("services") => Heading::Services,
        _ => return Heading::Other(None),
    };
    match words(heading).as_deref() {
        Some([_, name]) => make(name.clone()),
        _ => Heading::Other(Some(UNCLEAR)),
    }
}

pub(super) fn is_prefixed_default(heading: &str) -> bool {
    heading != "default" && read(heading, true) == Heading::Profile("default".into())
}

/// Splits `text` like Python's `shlex.split`; `None` for an unclosed quotation mark.
fn words(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (None, c) if c.is_ascii_whitespace() => words.extend(word.take()),
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (Some(open), c) if open == c => quote = None,
            (None | Some('"'), '\\') => {
                let next = chars.next()?;
                let word = word.get_or_insert_default();
                if quote.is_some() && !"\"\\".contains(next) {
                    word.push('\\');
                }
                word.push(next);
            }
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn section_names_are_parsed_with_and_without_quotation_marks() {
        for (heading, name) in [
            ("profile x", "x"),
            ("profile\tx", "x"),
            ("profile 'Foo Bar'", "Foo Bar"),
            ("profile \"root\"", "root"),
            ("profile 'Someone'\"'\"'s MacBook Pro'", "Someone's MacBook Pro"),
            ("profile \"a\\\"b\\c\"", "a\"b\\c"),
            ("profile a\\ b", "a b"),
            ("profile Bücher,&#1", "Bücher,&#1"),
            ("profile ''", ""),
            ("default", "default"),
        ] {
            assert_eq!(read(heading, true), Heading::Profile(name.into()), "{heading}");
        }
        assert_eq!(read("sso-session 'my org'", true), Heading::SsoSession("my org".into()));
        assert_eq!(read("services s", true), Heading::Services("s".into()));
        for heading in ["x", "preview", "plugins", "profiles x"] {
            assert_eq!(read(heading, true), Heading::Other(None), "{heading}");
        }
        for heading in ["profile a b", "profile Someone's", "profile", "profile x\\"] {
            assert_eq!(read(heading, true), Heading::Other(Some(UNCLEAR)), "{heading}");
        }
        assert_eq!(read("profile 'a\u{1b}[2Jb'", true), Heading::Other(Some(CONTROL)));
        assert_eq!(read("a\u{7}", false), Heading::Other(Some(CONTROL)));
        assert_eq!(read("Foo 'Bar", false), Heading::Profile("Foo 'Bar".into()));
    }
}
