//! How secrets are saved: encrypted, for a passphrase or for somebody's age key. What the person fills in, and what is
//! wrong with it. The encrypting itself is the driver's.

use super::{Field, FieldId, Form, LeadsTo, Problem, strength_of};
use crate::secret::Secret;

const PASSPHRASE: usize = 0;
const RECIPIENT: usize = 1;
/// From which strength on a passphrase is taken: what can be tried offline has to withstand more than a sign-in.
const STRONG_ENOUGH: u8 = 3;

/// Who can open what is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lock {
    /// Whoever knows the passphrase.
    Passphrase(Secret),
    /// Whoever has the key that belongs to this public one: `age1…`.
    Recipient(String),
}

/// The form, empty.
#[must_use]
pub fn form() -> Form {
    Form::new(
        vec![
            Field::choice(
                FieldId::SealWith,
                "Encrypted for",
                "The file is encrypted with age; age and rage open it. Nothing is ever saved in plain text.",
                &["a passphrase", "an age recipient"],
                PASSPHRASE,
            ),
            Field::secret(
                FieldId::Passphrase,
                "Passphrase",
                "Whoever has the file can try passphrases for ever: a long one.",
            )
            .only_if(FieldId::SealWith, PASSPHRASE),
            Field::secret(FieldId::PassphraseAgain, "Once more", "The same again. Without it nobody opens the file.")
                .only_if(FieldId::SealWith, PASSPHRASE),
            Field::text(FieldId::Recipient, "Recipient", "The public key of whoever shall open it: age1…", "")
                .only_if(FieldId::SealWith, RECIPIENT),
        ],
        "Encrypt and save",
    )
    .leading_to(LeadsTo::File)
}

/// What is wrong with it.
#[must_use]
pub fn problems(form: &Form) -> Vec<Problem> {
    if form.field(FieldId::ProfileName).is_some() {
        return super::profile::problems(form);
    }
    let problem = |field, words: &str, at_once| Problem { field, words: words.into(), at_once };
    if form.chosen(FieldId::SealWith) == RECIPIENT {
        let recipient = form.text(FieldId::Recipient);
        let tail = recipient.strip_prefix("age1").unwrap_or_default();
        let right = !tail.is_empty() && tail.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        let words = "a public key is needed: it begins with age1 and has small letters and digits only";
        return if right { Vec::new() } else { vec![problem(FieldId::Recipient, words, false)] };
    }
    let secret = |id| form.secret(id).map_or("", Secret::expose);
    let (first, second) = (secret(FieldId::Passphrase), secret(FieldId::PassphraseAgain));
    let mut problems = Vec::new();
    if passphrase_strength(form).is_none_or(|strength| strength.0 < STRONG_ENOUGH) {
        problems.push(problem(FieldId::Passphrase, "too weak for a file: four or five random words do", false));
    }
    if first != second {
        let at_once = !second.is_empty() && !first.starts_with(second);
        problems.push(problem(FieldId::PassphraseAgain, "not the same as above", at_once));
    }
    problems
}

/// How strong the passphrase is that is being typed.
pub(super) fn passphrase_strength(form: &Form) -> Option<super::Strength> {
    let passphrase = form.secret(FieldId::Passphrase)?;
    (!passphrase.is_empty() && form.chosen(FieldId::SealWith) == PASSPHRASE).then(|| strength_of(passphrase, &[]))
}

/// The lock that was filled in.
#[must_use]
pub fn lock(form: &Form) -> Lock {
    if form.chosen(FieldId::SealWith) == RECIPIENT {
        Lock::Recipient(form.text(FieldId::Recipient).to_owned())
    } else {
        Lock::Passphrase(form.secret(FieldId::Passphrase).cloned().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::steps::Value;

    #[test]
    fn a_weak_passphrase_a_slip_and_no_key_are_refused() {
        let mut form = form();
        let fill = |form: &mut Form, first: &str, second: &str| {
            form.put(FieldId::Passphrase, Value::Secret(Secret::new(first)));
            form.put(FieldId::PassphraseAgain, Value::Secret(Secret::new(second)));
        };
        fill(&mut form, "password1", "password1");
        assert_eq!(problems(&form)[0].field, FieldId::Passphrase);
        fill(&mut form, "correct walnut battery tulip", "correct walnut");
        assert_eq!(problems(&form)[0].field, FieldId::PassphraseAgain);
        fill(&mut form, "correct walnut battery tulip", "correct walnut battery tulip");
        assert_eq!(problems(&form), []);
        assert_eq!(lock(&form), Lock::Passphrase(Secret::new("correct walnut battery tulip")));
        form.focused_mut().unwrap().value.shift(1);
        for wrong in ["", "age1", "AGE-SECRET-KEY-1ABC", "ssh-ed25519 AAAA"] {
            form.put_text(FieldId::Recipient, wrong);
            assert_eq!(problems(&form).len(), 1, "{wrong}");
        }
        form.put_text(FieldId::Recipient, "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p");
        assert_eq!(problems(&form), []);
    }
}
