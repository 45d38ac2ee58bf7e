//! What was recorded of a key, the watch on it, and its end.

use super::common::{enter, esc, general, one, quiet, scrolling};
use super::{Binding, Intent, Key};
use crate::wizard::Wizard;
use crate::wizard::stage::Examination;

pub(super) fn examining(wizard: &Wizard, look: &Examination) -> Vec<Binding> {
    let reading = !look.stopped && !wizard.is_examined(&look.key);
    let mut bindings = vec![esc(if reading { "stop reading" } else { "back" })];
    if look.stopped && !wizard.is_examined(&look.key) {
        bindings.push(enter("read on"));
    }
    bindings.push(one(Key::Char('p'), "p", if look.policy { "evidence" } else { "policy" }, Intent::Policy));
    if look.policy {
        bindings.push(one(Key::Char('y'), "y", "copy", Intent::Copy));
    }
    bindings.push(scrolling());
    bindings.extend(general());
    bindings
}

pub(super) fn watching() -> Vec<Binding> {
    let mut bindings = vec![
        one(Key::Char('a'), "a", "activate again", Intent::Activate),
        one(Key::Char('u'), "u", "who uses it", Intent::Examine),
        esc("stop watching"),
        one(Key::Char('w'), "w", "why", Intent::Guide),
        quiet(scrolling()),
    ];
    bindings.extend(general());
    bindings
}
