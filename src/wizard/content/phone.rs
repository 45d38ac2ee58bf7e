//! The practice phone: the codes that an authenticator app would show.

use super::Meaning::{Accent, Bad, Dim, Text};
use super::{Blocks, words};
use crate::account::Timestamp;
use crate::secret::Secret;
use crate::totp::{Generator, STEP, seconds_left};

/// The current code and how long it is valid.
pub(in crate::wizard) fn lines<'p>(seed: &Secret, now: Timestamp) -> Blocks<'p> {
    let mut lines = Blocks::default();
    let Some(generator) = Generator::new(seed) else {
        lines.line([words(Bad, "The seed is not Base32.")]);
        return lines;
    };
    let unix = now.unix_timestamp().unsigned_abs();
    let left = format!("{:>2} s left", seconds_left(unix));
    let code = spaced(&generator.code(unix));
    lines.line([words(Dim, "now   "), words(Accent, code), words(Dim, "  "), words(Dim, left)]);
    lines.line([words(Dim, "next  "), words(Text, spaced(&generator.code(unix + STEP)))]);
    lines
}

/// `123 456`, as apps write it.
fn spaced(code: &str) -> String {
    match (code.get(..3), code.get(3..)) {
        (Some(first), Some(second)) => format!("{first} {second}"),
        _ => code.to_owned(),
    }
}
