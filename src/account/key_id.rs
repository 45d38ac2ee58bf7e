//! Reads the account number from an access key id. Keys issued since 2019 contain it.

/// The account that an access key id likely belongs to (12 digits); `None` for older or invalid ids. Only a hint: AWS
/// does not document it.
///
/// Source: Aidan Steele, "AWS Access Key ID formats", 2020; Tal Be'ery, "A short note on AWS KEY ID", 2023.
#[must_use]
pub fn likely_account(access_key_id: &str) -> Option<String> {
    let body = access_key_id.strip_prefix("AKIA").or_else(|| access_key_id.strip_prefix("ASIA"))?;
    if body.len() != 16 || !body.bytes().all(|byte| value(byte).is_some()) {
        return None;
    }
    // The first eight characters hold forty bits: a flag that an account number follows, then the number.
    let bits = body.bytes().take(8).filter_map(value).fold(0_u64, |bits, five| (bits << 5) | u64::from(five));
    let (mark, rest) = (bits >> 39, bits & ((1 << 39) - 1));
    // The number's last bit is the first bit of the ninth character.
    let last = body.as_bytes().get(8).copied().and_then(value).map(|five| u64::from(five >> 4))?;
    let account = (rest << 1) | last;
    (mark == 1 && account < 1_000_000_000_000).then(|| format!("{account:012}"))
}

/// The 5-bit value of a base32 character (RFC 4648).
fn value(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'2'..=b'7' => Some(byte - b'2' + 26),
        _ => None,
    }
}

/// Shortens an access key id: still recognizable, but not searchable.
#[must_use]
pub fn shortened(access_key_id: &str) -> String {
    let characters: Vec<char> = access_key_id.chars().collect();
    let tail: String = characters[characters.len().saturating_sub(4)..].iter().collect();
    format!("…{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ids published together with their accounts, mostly canary tokens.
    #[test]
    fn the_account_is_read_from_the_key_id() {
        for (id, account) in [
            ("ASIAQNZGKIQY56JQ7WML", "029608264753"),
            ("ASIAVJ2E6QGR2WZILJFM", "364679954851"),
            ("ASIAY34FZKBOKMUTVV7A", "609629065308"),
            ("AKIASP2TPHJSQH3FJRUX", "171436882533"),
            ("AKIAXYZDQCEN4B6JSJQI", "534261010715"),
        ] {
            assert_eq!(likely_account(id).as_deref(), Some(account), "{id}");
        }
    }

    #[test]
    fn old_key_ids_and_other_texts_name_no_account() {
        for id in [
            "AKIAIOSFODNN7EXAMPLE",
            "AKIAI44QH8DHBEXAMPLE",
            "AIDAQNZGKIQY56JQ7WML",
            "ASIAQNZGKIQY",
            "",
            "AKIA77777777777777é7",
        ] {
            assert_eq!(likely_account(id), None, "{id}");
        }
    }

    #[test]
    fn a_shortened_key_id_keeps_only_its_end() {
        assert_eq!(shortened("ASIAQNZGKIQY56JQ7WML"), "…7WML");
        assert_eq!(shortened("é"), "…é");
    }
}
