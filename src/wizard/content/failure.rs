//! A failed call in four lines.

use super::Blocks;
use super::Meaning::{Dim, Text};
use crate::account::Failure;

/// Columns for the names.
const NAMES: usize = 9;

/// Adds what was tried, AWS's answer, the advice, and the request id by which AWS finds the request.
pub(in crate::wizard) fn four_lines<'p>(sheet: &mut Blocks<'p>, tried: &str, failure: &'p Failure) {
    sheet.pair("Tried", NAMES, Text, format!("{tried} ({})", failure.action));
    let said = match &failure.code {
        Some(code) => format!("{code}: {}", failure.message),
        None => failure.message.clone(),
    };
    // Without a code the message is not from AWS, but from the network or the credentials' source.
    let (who, no_id) = match failure.code {
        Some(_) => ("AWS said", "AWS gave no id"),
        None => ("Cause", "none: AWS did not answer"),
    };
    sheet.pair(who, NAMES, Text, said);
    sheet.pair("To do", NAMES, Text, failure.advice());
    sheet.pair("Request", NAMES, Dim, failure.request_id.as_deref().unwrap_or(no_id));
}
