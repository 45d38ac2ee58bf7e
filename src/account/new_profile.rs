//! An access key as a profile for the AWS CLI and SDKs: rules for its name, existing names, and the text to append.
//! `commands` writes the file. Source: AWS SDKs and Tools Reference Guide, "Shared config and credentials files".

use crate::secret::Secret;

/// Maximum name length in characters. AWS sets no limit; nobody needs a longer name.
pub const MAX_NAME_LEN: usize = 64;

/// A profile to add to the credentials file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProfile {
    pub name: String,
    /// Access key id.
    pub key_id: String,
    /// Secret access key.
    pub secret: Secret,
}

impl NewProfile {
    /// The text to append to a file with the content `before`: a separate section, in the file's line endings.
    #[must_use]
    pub fn text_after(&self, before: &[u8]) -> Secret {
        let end = if is_dos(before) { "\r\n" } else { "\n" };
        let mut text = Secret::default();
        let mut put = |piece: &str| piece.chars().for_each(|character| text.push(character));
        match before {
            [] => {}
            _ if before.ends_with([end, end].concat().as_bytes()) => {}
            [.., b'\n' | b'\r'] => put(end),
            _ => [end, end].into_iter().for_each(&mut put),
        }
        for piece in ["[", &self.name, "]", end, "aws_access_key_id = ", &self.key_id, end, "aws_secret_access_key = "]
        {
            put(piece);
        }
        put(self.secret.expose());
        put(end);
        text
    }
}

/// Whether the last complete line ends with CRLF.
fn is_dos(text: &[u8]) -> bool {
    let last = text.iter().rposition(|byte| *byte == b'\n');
    last.is_some_and(|place| place > 0 && text[place - 1] == b'\r')
}

/// The problem with a name, if any.
#[must_use]
pub fn name_problem(name: &str) -> Option<String> {
    let bad = name.chars().find(|c| !c.is_ascii_alphanumeric() && !"_.+@-".contains(*c));
    let length = name.chars().count();
    if name.is_empty() {
        return Some("the name is missing".into());
    }
    if length > MAX_NAME_LEN {
        return Some(format!("too long by {}: at most {MAX_NAME_LEN} characters", length - MAX_NAME_LEN));
    }
    if let Some(bad) = bad {
        return Some(format!("{bad:?} is not allowed: use letters, digits and _ . + @ -"));
    }
    // Python's parser, and so botocore's, applies the DEFAULT section to every profile.
    name.eq_ignore_ascii_case("default")
        .then(|| "every program without a profile uses default: choose another name".into())
}

/// A valid profile name derived from `user`.
#[must_use]
pub fn suggestion(user: &str) -> String {
    let fits = |c: char| if c.is_ascii_alphanumeric() || "_.+@-".contains(c) { c } else { '-' };
    let name: String = user.chars().map(fits).take(MAX_NAME_LEN).collect();
    if name_problem(&name).is_some() { "administrator".into() } else { name }
}

/// The section of `file` that a reader could take for `name`: other case, surrounding blanks, or a `profile` prefix.
#[must_use]
pub fn taken(file: &[u8], name: &str) -> Option<String> {
    let text = String::from_utf8_lossy(file);
    let lines = text.trim_start_matches('\u{feff}').split(['\n', '\r']);
    let heads = lines.filter_map(|line| line.trim_start().strip_prefix('[')).flat_map(|line| {
        // Some readers end the name at the first bracket, some at the last, and some accept an unclosed one.
        let ends = [line.find(']'), line.rfind(']')];
        ends.map(|end| end.map_or(line, |end| &line[..end]).trim().to_owned())
    });
    let wanted = plain(name);
    heads.into_iter().find(|head| plain(head) == wanted)
}

fn plain(head: &str) -> String {
    let words: Vec<String> = head.split_whitespace().map(str::to_lowercase).collect();
    let words = match words.split_first() {
        Some((first, rest)) if first == "profile" && !rest.is_empty() => rest,
        _ => &words,
    };
    words.join(" ").trim_matches(['"', '\'']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(before: &str) -> String {
        let profile = NewProfile { name: "ada".into(), key_id: "AKIA1".into(), secret: Secret::new("s3cret") };
        format!("{before}{}", profile.text_after(before.as_bytes()).expose())
    }

    #[test]
    fn a_new_profile_gets_its_own_section_with_the_files_line_endings() {
        const SECTION: &str = "[ada]\naws_access_key_id = AKIA1\naws_secret_access_key = s3cret\n";
        assert_eq!(after(""), SECTION);
        assert_eq!(after("[x]\na=b\n"), format!("[x]\na=b\n\n{SECTION}"));
        assert_eq!(after("[x]\na=b\n\n"), format!("[x]\na=b\n\n{SECTION}"));
        assert_eq!(after("[x]\na=b"), format!("[x]\na=b\n\n{SECTION}"), "no end of line at the end");
        let dos = SECTION.replace('\n', "\r\n");
        assert_eq!(after("[x]\r\na=b\r\n"), format!("[x]\r\na=b\r\n\r\n{dos}"));
        assert_eq!(after("[x]\r\na=b"), format!("[x]\r\na=b\r\n\r\n{dos}"));
        assert_eq!(after("# only a remark"), format!("# only a remark\n\n{SECTION}"));
    }

    #[test]
    fn a_profile_name_that_any_reader_could_find_is_taken() {
        let files = [
            "[ada]\n",
            "x\n[Ada]",
            "[ ada ]",
            "  [ada]",
            "[profile ada]",
            "[Profile  ADA]",
            "[ada] # mine",
            "[ada]x]",
            "\u{feff}[ada]",
            "a=b\r[ada]\r",
            "[ada",
            "[\"ada\"]",
            "[profile \"ada\"]",
        ];
        for file in files {
            assert!(taken(file.as_bytes(), "ada").is_some(), "{file:?}");
        }
        for file in ["", "# [ada]", "; [ada]", "[adam]\n[ad]", "key = [ada]", "[profile]", "[x]y[ada]"] {
            assert_eq!(taken(file.as_bytes(), "ada"), None, "{file:?}");
        }
        assert_eq!(taken(b"\xff\xfe\n[ada]\n", "ada").as_deref(), Some("ada"), "bytes that are no text");
    }

    #[test]
    fn only_names_that_every_reader_accepts_are_allowed() {
        assert_eq!(name_problem("ada.lovelace+aws@example.com"), None);
        for (name, words) in
            [("", "missing"), ("a b", "not allowed"), ("a]", "not allowed"), ("Default", "another name")]
        {
            assert!(name_problem(name).unwrap().contains(words), "{name}");
        }
        assert!(name_problem(&"a".repeat(65)).unwrap().contains("too long by 1"));
        assert_eq!(suggestion("a=b,c"), "a-b-c");
        assert_eq!(suggestion("default"), "administrator");
    }
}
