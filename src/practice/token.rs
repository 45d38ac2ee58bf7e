//! Pagination tokens that are valid for one list only.

use sha2::{Digest, Sha256};

/// The token for `place` in the list `of`.
pub fn seal(of: &str, place: &str) -> String {
    format!("{}.{place}", stamp(of, place))
}

/// The place in a token of the list `of`; `None` for any other token.
pub fn open<'a>(of: &str, token: &'a str) -> Option<&'a str> {
    let (stamped, place) = token.split_once('.')?;
    (stamped == stamp(of, place)).then_some(place)
}

fn stamp(of: &str, place: &str) -> String {
    let digest = Sha256::digest(format!("{of}\n{place}").as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_token_of_the_same_list_is_accepted() {
        let token = seal("ListUsers", "alice");
        assert_eq!(open("ListUsers", &token), Some("alice"));
        assert_eq!(open("ListGroups", &token), None, "another list's");
        for made_up in ["", "alice", ".", "0123456789abcdef.alice", "after-1"] {
            assert_eq!(open("ListUsers", made_up), None, "{made_up}");
        }
    }
}
