//! Reads the account password policy.

use crate::account::{Failure, Fault, PasswordPolicy};
use crate::aws::Aws;
use crate::aws::failures::of_read;

impl Aws {
    /// `None`: AWS's default applies.
    pub(in crate::aws) async fn password_policy(&self) -> Result<Option<PasswordPolicy>, Failure> {
        const ACTION: &str = "iam:GetAccountPasswordPolicy";
        let answer = match self.reading.iam.get_account_password_policy().send().await.map_err(of_read(ACTION)) {
            Ok(answer) => answer,
            Err(failure) if failure.fault == Fault::Absent => return Ok(None),
            Err(failure) => return Err(failure),
        };
        let policy = answer.password_policy.ok_or_else(|| Failure::lacks(ACTION, "PasswordPolicy"))?;
        let length = policy.minimum_password_length.and_then(positive);
        Ok(Some(PasswordPolicy {
            minimum_length: length.ok_or_else(|| Failure::lacks(ACTION, "MinimumPasswordLength"))?,
            require_symbols: policy.require_symbols,
            require_numbers: policy.require_numbers,
            require_uppercase: policy.require_uppercase_characters,
            require_lowercase: policy.require_lowercase_characters,
            allow_change: policy.allow_users_to_change_password,
            // Zero means "never" and "no such rule", and cannot be sent.
            max_age: policy.max_password_age.and_then(positive),
            reuse_prevention: policy.password_reuse_prevention.and_then(positive),
            hard_expiry: policy.hard_expiry.unwrap_or(false),
        }))
    }
}

fn positive(number: i32) -> Option<u32> {
    u32::try_from(number).ok().filter(|number| *number > 0)
}
