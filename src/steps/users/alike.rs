//! Which findings can go together in one plan.

use super::MAX_AT_ONCE;
use super::findings::{Finding, What};
use crate::account::Timestamp;
use crate::account::facts::AccessKey;

/// The findings that can go together with `picked` in one plan: unused keys, or unused passwords.
pub(super) fn alike<'f, 'a>(picked: &'f Finding<'a>, found: &'f [Finding<'a>], now: Timestamp) -> Vec<&'f Finding<'a>> {
    let Some(kind) = kind(picked, now) else { return vec![picked] };
    let is_alike = |finding: &&Finding<'a>| kind_of_free(finding, now) == Some(kind);
    found.iter().filter(is_alike).take(MAX_AT_ONCE).collect()
}

/// Whether others can be like it: it is unused.
pub(super) fn has_kind(finding: &Finding<'_>, now: Timestamp) -> bool {
    kind(finding, now).is_some()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    UnusedKey,
    UnusedPassword,
}

fn kind_of_free(finding: &Finding<'_>, now: Timestamp) -> Option<Kind> {
    kind(finding, now).filter(|_| finding.is_next())
}

fn kind(finding: &Finding<'_>, now: Timestamp) -> Option<Kind> {
    match &finding.what {
        What::Key(key) if finding.is_open() && is_unused(key, now) => Some(Kind::UnusedKey),
        What::Password(password) if password.is_unused => Some(Kind::UnusedPassword),
        _ => None,
    }
}

/// Whether nothing can depend on `key`, as far as IAM tells. A last use that could not be read counts as one.
pub(super) fn is_unused(key: &AccessKey, now: Timestamp) -> bool {
    key.last_used.known().is_some() && key.recent_use(now).is_none()
}
