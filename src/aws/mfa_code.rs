//! An MFA code that is used for one call only.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use crate::secret::Secret;

/// A code, until somebody takes it: AWS accepts each one once, and whoever connects again needs another.
#[derive(Clone, Default)]
pub struct MfaCode(Arc<Mutex<Option<Secret>>>);

impl MfaCode {
    /// That code.
    #[must_use]
    pub fn new(code: impl Into<String>) -> Self {
        Self(Arc::new(Mutex::new(Some(Secret::new(code)))))
    }

    /// Whether nobody has taken it yet.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    pub(super) fn take(&self) -> Option<Secret> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl fmt::Debug for MfaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MfaCode")
    }
}
