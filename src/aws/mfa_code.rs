//! An MFA code for a single call.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use crate::secret::Secret;

/// A code until its first use: AWS accepts each code once, so a second connection needs another one.
#[derive(Clone, Default)]
pub struct MfaCode(Arc<Mutex<Option<Secret>>>);

impl MfaCode {
    #[must_use]
    pub fn new(code: impl Into<String>) -> Self {
        Self(Arc::new(Mutex::new(Some(Secret::new(code)))))
    }

    /// Whether it is still unused.
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
