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
    // Without a code the failure comes from something between lockroot and AWS.
    let who = if failure.code.is_some() { "AWS said" } else { "Cause" };
    sheet.pair(who, NAMES, Text, said);
    sheet.pair("To do", NAMES, Text, failure.advice());
    sheet.pair("Request", NAMES, Dim, failure.request_id.as_deref().unwrap_or("AWS gave no id"));
}
