//! What got better and worse since the last run.

use super::Meaning::{Bad, Dim, Good, Text, Warn};
use super::{Blocks, Glyph, phrases};
use crate::account::age::ago;
use crate::checks::Control;
use crate::wizard::{Drift, World};

/// Number of controls that are named.
const MAX_NAMED: usize = 3;

/// Adds the changes, if an earlier run exists and everything has been read.
pub(in crate::wizard) fn say<'p>(sheet: &mut Blocks<'p>, world: &World) {
    let Some(drift) = world.drift() else { return };
    let when = ago(drift.since, world.now());
    if drift.better.is_empty() && drift.worse.is_empty() {
        let unread = match drift.unknown {
            0 => String::new(),
            count => format!("; {} could not be read", phrases::count(count, "control", "controls")),
        };
        let text = format!("Nothing got better or worse since the last run, {when}{unread}.");
        sheet.signed(Dim, Glyph::Bullet, Dim, text);
        return sheet.gap();
    }
    let (style, sign) = if drift.worse.is_empty() { (Good, Glyph::Pass) } else { (Bad, Glyph::Fail) };
    let text = format!("Since the last run, {when}: {}.", counts(&drift));
    sheet.signed(style, sign, style, text);
    for (word, controls) in [("Worse", &drift.worse), ("Better", &drift.better)] {
        if !controls.is_empty() {
            sheet.indented(Text, format!("{word}: {}.", names(controls)));
        }
    }
    sheet.gap();
}

/// Adds a note if the last run ended during a call.
pub(in crate::wizard) fn cut_off<'p>(sheet: &mut Blocks<'p>, world: &World) {
    let Some((call, is_settled)) = world.cut_off() else { return };
    let then = match (is_settled, &call.deactivates) {
        (false, _) => "It is not known yet whether it took effect.",
        (true, Some((_, key))) if world.facts().waits.contains_key(key) => {
            "It took effect, and the key waits for deletion."
        }
        (true, Some(_)) => "It did not take effect.",
        (true, None) => "lockroot has read the account since; the step shows the result.",
    };
    let when = ago(call.at, world.now());
    let text = format!("The last run was cut off {when} during a call: {}. {then}", call.words);
    sheet.signed(Warn, Glyph::Partial, Warn, text);
    sheet.gap();
}

/// `2 better, 1 worse`
fn counts(drift: &Drift) -> String {
    let of = |count: usize, word: &str| (count > 0).then(|| format!("{count} {word}"));
    let parts = [of(drift.better.len(), "better"), of(drift.worse.len(), "worse")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn names(controls: &[&Control]) -> String {
    let named: Vec<&str> = controls.iter().take(MAX_NAMED).map(|control| control.title).collect();
    match controls.len().saturating_sub(MAX_NAMED) {
        0 => named.join("; "),
        more => format!("{}; and {more} more", named.join("; ")),
    }
}
