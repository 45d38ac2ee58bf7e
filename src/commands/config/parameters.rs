//! The table `[parameters]`: a company's own thresholds for controls.

use std::ops::{Range, RangeInclusive};

use serde::Deserialize;
use toml::Spanned;

use crate::account::Parameters;

/// The table as written; missing entries keep their defaults.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    unused_days: Option<Spanned<i64>>,
    key_age_days: Option<Spanned<i64>>,
    root_unused_days: Option<Spanned<i64>>,
    root_activity_days: Option<Spanned<i64>>,
    root_devices: Option<Spanned<i64>>,
    administrators: Option<Spanned<i64>>,
    password_length: Option<Spanned<i64>>,
    password_reuse: Option<Spanned<i64>>,
    password_expiry_days: Option<Spanned<i64>>,
}

/// More than ten years would be a typo.
const DAYS: RangeInclusive<i64> = 1..=3650;

impl Table {
    /// Validates the table.
    ///
    /// # Errors
    /// The place of a number out of range, and the range.
    pub(super) fn read(self) -> Result<Parameters, (Range<usize>, String)> {
        let mut parameters = Parameters::default();
        let fields = [
            (self.unused_days, DAYS, &mut parameters.unused_days),
            (self.key_age_days, DAYS, &mut parameters.key_age_days),
            (self.root_unused_days, DAYS, &mut parameters.root_unused_days),
            // CloudTrail's history covers 90 days.
            (self.root_activity_days, 1..=90, &mut parameters.root_activity_days),
            // AWS's maximum for root.
            (self.root_devices, 1..=8, &mut parameters.root_devices),
            (self.administrators, 1..=100, &mut parameters.administrators),
            // AWS's own ranges.
            (self.password_length, 6..=128, &mut parameters.password_length),
            (self.password_reuse, 1..=24, &mut parameters.password_reuse),
        ];
        for (written, range, parameter) in fields {
            if let Some(written) = written {
                *parameter = within(&written, range)?;
            }
        }
        parameters.password_expiry_days = self.password_expiry_days.map(|days| within(&days, 1..=1095)).transpose()?;
        Ok(parameters)
    }
}

fn within(written: &Spanned<i64>, range: RangeInclusive<i64>) -> Result<u32, (Range<usize>, String)> {
    let number = *written.get_ref();
    let known = range.contains(&number).then(|| u32::try_from(number).ok()).flatten();
    known.ok_or_else(|| (written.span(), format!("expected a number from {} to {}", range.start(), range.end())))
}
